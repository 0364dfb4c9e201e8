//! The reports on a dialogue, a delegation, an event and a network: what they say, what they draw, and what they leave out.

#[path = "samples/focus.rs"]
mod focus;
mod samples;
#[path = "samples/told.rs"]
mod told;

use ketnoi_domain::{Coordinates, Decimal, Lang};
use ketnoi_reporting::{
    Definition, Options, Shelf, Snapshot,
    model::{Bars, Block, Drawing, Figure, Map, Region, Steps},
    render,
};
use told::{figures, holds, made, sections, words};

fn bars(figure: &Figure) -> &Bars {
    let Drawing::Bars(bars) = &figure.drawing else { panic!("{} draws no bars", figure.caption) };
    bars
}

fn steps(figure: &Figure) -> &Steps {
    let Drawing::Steps(steps) = &figure.drawing else { panic!("{} draws no steps", figure.caption) };
    steps
}

fn map(figure: &Figure) -> &Map {
    let Drawing::Map(map) = &figure.drawing else { panic!("{} draws no map", figure.caption) };
    map
}

#[test]
fn a_vote_is_drawn_by_cluster_and_its_winners_are_set_off() {
    let report = made("policy-dialogue", &focus::dialogue(), Lang::En);
    let drawn = figures(&report, "dialogue");
    assert_eq!(drawn.len(), 1, "the votes in all are those of the clusters");
    let by_cluster = bars(drawn[0]);
    let told: Vec<(&str, bool)> = by_cluster.bars.iter().map(|b| (b.figure.as_str(), b.strong)).collect();
    assert_eq!(told, [("23 votes (62.2%)", true), ("23 votes (62.2%)", true), ("9 votes (24.3%)", false)]);
    assert!(drawn[0].alternative.contains("Let cities keep a share of land revenue: 23 votes (62.2%), priority"));
    assert_eq!(by_cluster.series, ["Illustrative cluster 1", "Illustrative cluster 2"]);
    assert!(by_cluster.bars.iter().all(|b| b.parts.len() == 2));
    assert!(drawn[0].alternative.contains("Illustrative cluster 1 10, Illustrative cluster 2 13"), "{}", drawn[0].alternative);
    let tiles: Vec<String> =
        report.model.cover.tiles.iter().map(|t| format!("{} {}", t.figure.plain(), t.note.plain())).collect();
    assert_eq!(tiles, ["40 turnout 80%", "2 ", "3 ", "2 "]);
}

#[test]
fn a_dialogue_tells_what_was_put_to_the_vote_and_what_was_done_about_it() {
    let report = made("policy-dialogue", &focus::dialogue(), Lang::En);
    holds(
        &report,
        &[
            "Change the law so that a third of it stays with the city.",
            "each ballot picks 1 to 2 recommendations",
            "12/MH-HHĐT",
            "Ministry of Construction",
            "Noted; to be considered when the law is revised",
            "Government of Canada",
        ],
    );
    assert_eq!(sections(&report), ["acknowledgement", "dialogue", "ballot", "recommendations", "documents", "provenance"]);
}

#[test]
fn a_vote_without_a_result_is_not_drawn() {
    let report = made("policy-dialogue", &focus::dialogue_without_result(), Lang::En);
    assert!(figures(&report, "dialogue").is_empty());
    holds(&report, &["The result of the vote is not public", "Conference of illustrative cluster 3"]);
    let tiles: Vec<String> = report.model.cover.tiles.iter().map(|t| t.figure.plain()).collect();
    assert_eq!(tiles, ["12 May – 9 June 2025", "1", "3"], "no tile says that nobody knows");
    let mut nobody = focus::dialogue();
    let result = nobody.dialogues[0].result.as_mut().unwrap();
    result.overall.votes.values_mut().for_each(|v| *v = 0);
    for cluster in &mut nobody.dialogues[0].clusters {
        cluster.tally.as_mut().unwrap().votes.values_mut().for_each(|v| *v = 0);
    }
    assert!(figures(&made("policy-dialogue", &nobody, Lang::Vi), "dialogue").is_empty());
}

#[test]
fn a_mission_tells_who_went_what_they_attended_and_whom_they_met() {
    let report = made("mission", &focus::delegation(), Lang::En);
    let all = ["acknowledgement", "event", "delegation", "sessions", "meetings", "voices", "outcomes", "paid-by", "readings"];
    assert!(sections(&report).starts_with(&all), "{:?}", sections(&report));
    holds(
        &report,
        &[
            "as written: “Thúc đẩy Chính phủ Mông ở Châu Á”",
            "“Mông” stands for “mở”.",
            "Speaker: ",
            "Song Sang Rak",
            "Korean forum",
            "Growth needs people who take part.",
            "these are no quotations",
            "Ask citizens for their views",
            "Republic of Korea",
            "No source names an agreement",
            "Canadian International Development Agency",
        ],
    );
    let drawn = figures(&report, "delegation");
    let sides = bars(drawn[0]);
    assert_eq!(sides.series, ["Women", "Men"]);
    assert_eq!(sides.bars.len(), 1, "of the other side nobody says how many went");
    assert!(drawn[0].alternative.contains("experts: 3 (Women 1, Men 2)"), "{}", drawn[0].alternative);
    let tiles: Vec<String> = report.model.cover.tiles.iter().map(|t| t.figure.plain()).collect();
    assert_eq!(tiles, ["unknown", "Republic of Korea", "at least 3", "3"]);
}

#[test]
fn a_delegation_that_nobody_counted_is_told_without_numbers_or_picture() {
    let mut uncounted = focus::delegation();
    let delegation = &mut uncounted.events[0].delegations[0];
    delegation.attended.clear();
    for group in &mut delegation.members {
        (group.women, group.men, group.uncounted) = (None, None, 1);
    }
    let report = made("mission", &uncounted, Lang::En);
    assert!(figures(&report, "delegation").is_empty());
    holds(
        &report,
        &["The sources name who took part, and no numbers.", "No source says which of these the delegation attended."],
    );
    assert!(!words(&report).contains("\"Women\""));
}

#[test]
fn an_agreement_that_paid_for_a_delegation_is_named() {
    let mut paid = focus::delegation();
    paid.agreements = samples::full(3, 0).agreements;
    paid.events[0].delegations[0].agreement = Some(paid.agreements[0].code.clone());
    let report = made("mission", &paid, Lang::En);
    assert!(!words(&report).contains("No source names an agreement"));
    let section = report.model.sections.iter().find(|s| s.name == "paid-by").unwrap();
    let Block::Facts(facts) = &section.blocks[0] else { panic!("labels with facts") };
    assert_eq!(facts[0].label, "Funder");
}

#[test]
fn a_news_release_keeps_to_one_page_and_cites_nobody() {
    for lang in [Lang::Vi, Lang::En, Lang::Fr, Lang::De] {
        let report = made("news-release", &focus::event(), lang);
        assert_eq!(report.pages, 1, "{lang:?}");
        assert_eq!(sections(&report), ["lead", "editors-notes"]);
    }
    let report = made("news-release", &focus::event(), Lang::En);
    assert!(!words(&report).contains("[1]"), "a release has no numbered sources");
    holds(
        &report,
        &[
            "18–20 October 2024",
            "Four cities discuss how to sort waste.",
            "Organised by Association of Cities of Vietnam and City of Vinh.",
            "Decision: ",
            "Four cities set up a group on sorting waste",
            "about 140",
            "Prof. Nguyễn Văn A",
            "these are no quotations",
            "Notes for editors",
            "Government of Canada",
            "Contact for the workshop",
            "024 0000 0000",
            "lienhe@acvn.example",
        ],
    );
    assert!(report.model.cover.tiles.is_empty(), "its first line has what tiles would say");
    let event = written("event", &["event"]);
    let definition = Definition::load(&event, "mine").unwrap();
    let tiles = render(&definition, &focus::event(), Lang::En, &Options { shelf: event, ..Options::default() })
        .unwrap()
        .model
        .cover
        .tiles;
    assert_eq!(tiles[2].figure.plain(), "at least 88");
}

#[test]
fn people_whose_sex_nobody_states_are_told_apart_from_women_and_men() {
    let mut event = focus::event();
    for group in &mut event.events[0].participants {
        (group.women, group.men, group.unstated, group.uncounted) = (Some(4), Some(5), Some(2), 0);
    }
    let groups = event.events[0].participants.len();
    let told = format!("{} (women {}, men {}, sex unstated {})", 11 * groups, 4 * groups, 5 * groups, 2 * groups);
    holds(&made("news-release", &event, Lang::En), &[&told]);
}

fn degrees(text: &str) -> Decimal {
    text.parse().expect("the sample has degrees")
}

fn at(latitude: &str, longitude: &str) -> Option<Coordinates> {
    Some(Coordinates { latitude: degrees(latitude), longitude: degrees(longitude) })
}

#[test]
fn a_network_draws_its_stages_its_map_and_its_road_map() {
    let mut snapshot = samples::full(3, 0);
    snapshot.places[0].coordinates = at("18.34", "105.91");
    assert!(figures(&made("replication-network", &snapshot, Lang::En), "map").is_empty(), "one place needs no map");
    snapshot.places[1].coordinates = at("10.03", "105.78");
    let report = made("replication-network", &snapshot, Lang::En);
    assert_eq!(report.model.sections[0].name, "acknowledgement");
    let stages = figures(&report, "replication-stages")[0];
    assert_eq!(steps(stages).steps, ["proposed", "taken into the city’s own work"]);
    let reached = &steps(stages).rows[0].reached;
    assert_eq!(reached, &[Some("20 October 2024".to_owned()), Some("June 2025".to_owned())]);
    assert!(stages.note.plain().contains("No source says how far these have come: Trà Vinh."));
    let shown = map(figures(&report, "map")[0]);
    assert_eq!(shown.region, Region::Vietnam);
    let names: Vec<&str> = shown.names.iter().map(|n| n.text.as_str()).collect();
    assert_eq!(names, ["Hoàng Sa", "Trường Sa", "East Sea"]);
    let way = steps(figures(&report, "road-map")[0]);
    assert_eq!(way.rows[0].reached[2].as_deref(), Some("10 August 2025"));
    assert_eq!(way.rows[1].reached[2], None, "it is not done yet");
}

#[test]
fn a_map_shows_the_smallest_part_of_the_world_that_holds_all_places() {
    let mut snapshot = samples::full(3, 0);
    snapshot.places.iter_mut().for_each(|p| p.coordinates = at("18.34", "105.91"));
    let region = |snapshot: &Snapshot| map(figures(&made("replication-network", snapshot, Lang::Vi), "map")[0]).region;
    snapshot.places[0].country = "PH".into();
    assert_eq!(region(&snapshot), Region::SoutheastAsia);
    snapshot.places[0].country = "CA".into();
    assert_eq!(region(&snapshot), Region::World);
    snapshot.places.iter_mut().for_each(|p| p.coordinates = None);
    assert!(figures(&made("replication-network", &snapshot, Lang::Vi), "map").is_empty());
}

#[test]
fn a_network_of_which_nothing_is_known_draws_nothing() {
    for (name, snapshot) in samples::all() {
        let report = made("replication-network", &snapshot, Lang::De);
        assert_eq!(figures(&report, "replication-stages").is_empty(), snapshot.replications.is_empty(), "{name}");
    }
    let report = made("replication-network", &samples::empty(), Lang::Fr);
    assert!(report.model.sections.iter().flat_map(|s| &s.blocks).all(|b| !matches!(b, Block::Figure(_))));
}

#[test]
fn a_narrowed_snapshot_keeps_the_documents_that_are_still_named_and_no_others() {
    let s = focus::event();
    let keys: Vec<&str> = s.documents.iter().map(|d| d.key.as_str()).collect();
    assert_eq!(keys, ["profile", "fcm-past", "partners"], "statements on the programme name the second");
    let mut lone = s.clone();
    lone.programme = None;
    lone.stated_figures.clear();
    lone.keep_cited();
    assert!(lone.statements.is_empty(), "they spoke of the programme");
    let keys: Vec<&str> = lone.documents.iter().map(|d| d.key.as_str()).collect();
    assert_eq!(keys, ["profile", "partners"], "the event names them");
    let delegation = focus::delegation();
    assert!(delegation.statements.iter().any(|s| s.source == "partners" && s.raw.as_deref().is_some_and(|r| r.contains("Mông"))));
}

/// A report of one's own: each of these sections, and what it says where there is nothing to say.
fn written(subject: &str, sections: &[&str]) -> Shelf {
    let sections: String = sections.iter().map(|s| format!("[[section]]\nname = \"{s}\"\nempty = \"say\"\n")).collect();
    Shelf::builtin().with("mine.toml", format!("subject = \"{subject}\"\ntitle.vi = \"Của tôi\"\n{sections}"))
}

#[test]
fn a_report_that_is_only_a_file_can_use_every_section_in_every_language() {
    let of_events = [
        "lead",
        "editors-notes",
        "event",
        "event-figures",
        "delegation",
        "sessions",
        "meetings",
        "outcomes",
        "voices",
        "about-programme",
        "consortium",
        "readings",
        "map",
        "contact",
    ];
    let of_delegations = ["event", "delegation", "sessions", "meetings", "outcomes", "voices", "paid-by", "readings", "map"];
    let of_dialogues = ["ballot", "dialogue", "sessions", "events", "recommendations", "consortium", "readings", "map"];
    let of_programmes = ["replication-stages", "road-map", "map", "consortium", "readings", "contact"];
    let bare = |snapshot: Snapshot| {
        let mut bare = Snapshot::of(snapshot.subject, &snapshot.taken, 1, "public", snapshot.publisher);
        bare.publisher.contacts.clear();
        bare.publisher.website = None;
        bare.publisher.name = ketnoi_domain::Text::default();
        bare
    };
    let reports: [(&str, &[&str], Snapshot); 4] = [
        ("event", &of_events, focus::event()),
        ("delegation", &of_delegations, focus::delegation()),
        ("dialogue", &of_dialogues, focus::dialogue()),
        ("programme", &of_programmes, samples::full(3, 0)),
    ];
    for (subject, sections, snapshot) in reports {
        let shelf = written(subject, sections);
        let definition = Definition::load(&shelf, "mine").unwrap();
        let options = Options { shelf, ..Options::default() };
        for lang in [Lang::Vi, Lang::En, Lang::Fr, Lang::De] {
            for snapshot in [snapshot.clone(), bare(snapshot.clone())] {
                let report = render(&definition, &snapshot, lang, &options).unwrap();
                assert_eq!(report.model.sections.len(), sections.len(), "{subject} {lang:?}");
            }
        }
    }
}

#[test]
fn a_section_that_says_nothing_of_a_subject_is_refused_by_name() {
    let error = Definition::load(&written("programme", &["lead"]), "mine").unwrap_err().to_string();
    assert!(error.contains("section `lead` has nothing to say of the subject `programme`: it is for event"), "{error}");
}
