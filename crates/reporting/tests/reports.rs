//! Whole reports: the bytes, the words in them, the figures behind them.

mod samples;

use ketnoi_domain::{Lang, Role};
use ketnoi_reporting::{Definition, Options, Rendered, ReportError, Shelf, render};

fn made(snapshot: &ketnoi_reporting::Snapshot, lang: Lang) -> Rendered {
    let definition = Definition::builtin("programme-summary").expect("the definition is built in");
    render(&definition, snapshot, lang, &Options::default()).expect("the sample is sound")
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|w| w == needle)
}

#[test]
fn the_same_snapshot_gives_the_same_bytes() {
    for (name, snapshot) in samples::all() {
        let (first, second) = (made(&snapshot, Lang::Vi), made(&snapshot, Lang::Vi));
        assert!(first.pdf == second.pdf, "{name}");
        assert_eq!(first.model, second.model);
    }
}

#[test]
fn a_stored_snapshot_makes_the_same_report() {
    for (_, snapshot) in samples::all() {
        let stored = serde_json::to_string(&snapshot).unwrap();
        let again: ketnoi_reporting::Snapshot = serde_json::from_str(&stored).unwrap();
        assert_eq!(again, snapshot);
    }
}

#[test]
fn the_file_claims_its_standards_and_a_summary_stays_small() {
    for (name, snapshot) in samples::all() {
        let report = made(&snapshot, Lang::En);
        assert!(report.pdf.starts_with(b"%PDF-1.7"));
        assert!(contains(&report.pdf, b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"), "{name}");
        assert!(contains(&report.pdf, b"<pdfuaid:part>1</pdfuaid:part>"));
        assert!(report.pages > 6 || report.pdf.len() < 80_000, "{name}: {} bytes", report.pdf.len());
    }
}

#[test]
fn the_file_can_be_read_and_holds_the_model_whose_digest_it_prints() {
    let report = made(&samples::mped(), Lang::Vi);
    let document = lopdf::Document::load_mem(&report.pdf).unwrap();
    assert_eq!(document.get_pages().len(), report.pages);
    let attached = document
        .objects
        .values()
        .filter_map(|o| o.as_stream().ok())
        .find(|s| s.dict.get(b"Type").and_then(lopdf::Object::as_name).is_ok_and(|n| n == b"EmbeddedFile"));
    let json = attached.unwrap().decompressed_content().unwrap();
    let digest: String = <sha2::Sha256 as sha2::Digest>::digest(&json).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(digest, report.digest);
    let model: ketnoi_reporting::ReportModel = serde_json::from_slice(&json).unwrap();
    assert_eq!(model, report.model);
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"vi");
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"OutputIntents") && catalog.has(b"AF"));
}

/// All words of a model.
fn words(report: &Rendered) -> String {
    serde_json::to_string(&report.model).expect("a model is JSON")
}

#[test]
fn conflicting_statements_are_shown_with_both_sources() {
    let words = words(&made(&samples::mped(), Lang::En));
    for part in ["18,458,189 CAD, the maximum contribution", "24.2 million CAD", "[1]", "[2]"] {
        assert!(words.contains(part), "{part}");
    }
}

#[test]
fn a_missing_target_is_stated_and_never_hidden() {
    let words = words(&made(&samples::full(3, 3), Lang::En));
    assert!(words.contains("Recommendations sent") && words.contains("no target set"));
}

#[test]
fn what_is_unknown_is_said_in_words() {
    let report = made(&samples::empty(), Lang::Vi);
    let words = words(&report);
    assert!(words.contains("chưa rõ") && words.contains("Sổ đăng ký chưa ghi tổ chức nào tham gia"));
    assert!(!words.contains("\"0\""));
}

#[test]
fn a_made_up_programme_says_so_on_every_page() {
    let report = made(&samples::full(3, 3), Lang::Vi);
    assert!(report.model.cover.notice.is_some_and(|n| n.starts_with("Minh hoạ")));
    assert!(report.model.frame.mark.is_some());
    assert!(made(&samples::mped(), Lang::Vi).model.frame.mark.is_none());
}

#[test]
fn every_funder_is_acknowledged_and_a_sole_one_gives_its_colours() {
    let mped = made(&samples::mped(), Lang::En);
    assert_eq!(mped.model.brands, ["canada"]);
    let full = made(&samples::full(3, 3), Lang::En);
    assert_eq!(full.model.brands, ["canada", "eu"]);
    let words = words(&full);
    for part in [
        "Government of Canada",
        "Co-funded by the European Union",
        "Also funded by: ",
        "Ministry of Construction",
        "do not necessarily reflect",
    ] {
        assert!(words.contains(part), "{part}");
    }
    let thanks = words.split("Also funded by: ").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(!thanks.contains("European Union") && !thanks.contains("Canada"), "nobody is thanked twice: {thanks}");
    assert_ne!(mped.model.palette, full.model.palette);
}

#[test]
fn a_source_that_gives_an_acronym_alone_is_read_with_the_name_that_it_stands_for() {
    let mut snapshot = samples::full(3, 3);
    let funders = || [Lang::Vi, Lang::En].into_iter().map(|lang| (lang, "FCM")).collect();
    for p in snapshot.participations.iter_mut().filter(|p| p.role == Role::Funding) {
        (p.code, p.short, p.stated_name) = ("FCM".into(), Some("FCM".into()), funders());
        p.name = [(Lang::En, "Federation of Canadian Municipalities")].into_iter().collect();
    }
    let words = words(&made(&snapshot, Lang::En));
    assert!(words.contains("Federation of Canadian Municipalities (FCM)."), "{words}");
    assert!(!words.contains("\"FCM\"") && !words.contains("registered as Federation"), "{words}");
}

#[test]
fn a_code_stands_at_the_end_where_the_acronym_does_not_say_it() {
    let mut snapshot = samples::mped();
    assert!(!words(&made(&snapshot, Lang::En)).contains("Registry code"));
    snapshot.subject.key = "MPED-2010".into();
    let report = made(&snapshot, Lang::En);
    assert!(words(&report).contains("Registry code: MPED-2010"));
    assert!(!report.model.cover.subtitle.plain().contains("MPED-2010"));
}

#[test]
fn what_became_of_a_place_is_said_in_the_readers_language() {
    let snapshot = samples::mped();
    for (lang, said) in [
        (Lang::Vi, ["nay thuộc ", "Tỉnh Vĩnh Long", "từ 01/07/2025"]),
        (Lang::En, ["part of ", "Vĩnh Long Province", "since 1 July 2025"]),
        (Lang::Fr, ["fait partie de : ", "Vĩnh Long Province", "depuis le 1er juillet 2025"]),
        (Lang::De, ["gehört zu ", "Vĩnh Long Province", "seit dem 1. Juli 2025"]),
    ] {
        let words = words(&made(&snapshot, lang));
        let spaced = words.replace('\u{a0}', " ");
        assert!(said.iter().all(|part| spaced.contains(part)), "{said:?}: {words}");
    }
}

#[test]
fn a_text_that_only_another_language_has_is_marked() {
    let words = words(&made(&samples::mped(), Lang::Vi));
    assert!(words.contains("Partnerships for Municipal Innovation"));
    assert!(words.contains(r#""lang":"en""#) && words.contains(r#""style":"mark""#));
    // Readers of other languages get English before Vietnamese.
    let german = made(&samples::full(3, 3), Lang::De).model.cover.title.plain();
    assert_eq!(german, "An illustrative programme\u{A0}EN");
}

#[test]
fn wrong_facts_are_refused_by_name() {
    let definition = Definition::builtin("programme-summary").unwrap();
    let refused = |change: fn(&mut ketnoi_reporting::Snapshot)| {
        let mut snapshot = samples::full(3, 3);
        change(&mut snapshot);
        render(&definition, &snapshot, Lang::Vi, &Options::default()).unwrap_err()
    };
    assert!(matches!(refused(|s| s.taken = "yesterday".into()), ReportError::Instant(_)));
    let dangling = refused(|s| s.stated_figures[0].source = "nowhere".into()).to_string();
    assert!(dangling.contains("`nowhere`") && dangling.contains("snapshot"), "{dangling}");
}

#[test]
fn a_language_or_brand_that_nobody_wrote_is_named_with_those_there_are() {
    let definition = Definition::builtin("programme-summary").unwrap();
    let options = Options { brand: Some("nobody".into()), ..Options::default() };
    let brand = render(&definition, &samples::empty(), Lang::Vi, &options).unwrap_err().to_string();
    assert!(brand.contains("`nobody`") && brand.contains("cities-alliance"), "{brand}");
}

#[test]
fn spending_on_a_line_that_is_not_shown_is_counted_apart() {
    let mut snapshot = samples::full(3, 3);
    snapshot.finance.transactions[1].budget_line = Some("hidden".into());
    let words = words(&made(&snapshot, Lang::En));
    assert!(words.contains("Spent outside the budget lines above: 1,250.75\u{A0}EUR; 15,000,000\u{A0}VND"), "{words}");
}

#[test]
fn a_changed_budget_takes_the_place_of_the_first_and_of_what_was_booked_on_it() {
    let mut snapshot = samples::full(3, 0);
    let mut changed = snapshot.finance.budget_lines[1].clone();
    changed.code = "MH/b1-revised".into();
    changed.kind = ketnoi_domain::BudgetType::Revised;
    changed.value = "7777 VND".parse().unwrap();
    snapshot.finance.budget_lines.push(changed);
    let mut spent = samples::full(3, 5).finance.transactions.remove(4);
    spent.budget_line = Some("MH/b1".into());
    spent.value = "1111 VND".parse().unwrap();
    snapshot.finance.transactions.push(spent);
    let words = words(&made(&snapshot, Lang::En));
    assert!(words.contains("first budget 5,000,000,000,000") && words.contains("6,666"), "{words}");
}

#[test]
fn what_is_done_together_with_others_is_told_where_there_is_any() {
    let names = |report: &Rendered| report.model.sections.iter().map(|s| s.name.clone()).collect::<Vec<_>>();
    let (full, empty) = (made(&samples::full(3, 3), Lang::Vi), made(&samples::empty(), Lang::Vi));
    for name in ["events", "replications", "dialogue", "recommendations"] {
        assert!(names(&full).contains(&name.to_owned()), "{name}");
        assert!(!names(&empty).contains(&name.to_owned()), "{name}");
    }
    let words = words(&made(&samples::full(3, 3), Lang::En));
    for part in [
        "about 140 (October 2024)",
        "at least 88",
        "Attendances in all",
        "practice of Vinh",
        "taken into the city’s own work",
        "Ask citizens for their views",
        "12/MH-HHĐT",
        "345/BXD",
        "each ballot picks 1 to 2 recommendations",
        "84.6%",
        "The result of the vote is not public",
        "Conference of illustrative cluster 3",
    ] {
        assert!(words.contains(part), "{part} is not in {words}");
    }
}

#[test]
fn votes_that_do_not_add_up_are_refused() {
    let definition = Definition::builtin("programme-summary").unwrap();
    let refused = |change: fn(&mut ketnoi_reporting::VoteFacts)| {
        let mut snapshot = samples::full(3, 3);
        change(snapshot.dialogues[0].result.as_mut().unwrap());
        render(&definition, &snapshot, Lang::En, &Options::default()).unwrap_err().to_string()
    };
    let valid = refused(|r| r.overall.valid = 38);
    assert!(valid.contains("Illustrative policy dialogue 2025, Valid: the lines sum to 37, the total says 38"), "{valid}");
    assert!(refused(|r| r.eligible = Some(49)).contains("the lines sum to 50, the total says 49"));
    let votes = refused(|r| r.overall.votes = [(1, 23), (2, 24), (3, 9)].into());
    assert!(votes.contains("the lines sum to 23, the total says 24"), "{votes}");
}

#[test]
fn a_report_a_brand_and_words_of_ones_own_take_effect_without_compiling() {
    let report = "title.vi = \"Ngắn\"\n[[section]]\nname = \"places\"\nempty = \"say\"\ntitle.vi = \"Ở đâu\"\n";
    let brand = "[colours]\nink = \"#000000\"\nmuted = \"#555555\"\nhairline = \"#CCCCCC\"\naccent = \"#005500\"\n";
    let shelf = Shelf::builtin().with("short.toml", report).with("brands/city.toml", brand);
    let definition = Definition::load(&shelf, "short").unwrap();
    let options = Options { brand: Some("city".into()), shelf };
    let report = render(&definition, &samples::empty(), Lang::Vi, &options).unwrap();
    assert_eq!(report.model.sections.len(), 1);
    assert_eq!(report.model.sections[0].title, "Ở đâu");
    assert_eq!(report.model.palette.accent.to_string(), "#005500");
    assert!(report.model.cover.kicker.starts_with("Ngắn"));
}
