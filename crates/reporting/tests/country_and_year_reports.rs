//! Reports on two countries and on a year: what stands in the models.

#[path = "samples/countries_and_years.rs"]
mod samples;
#[path = "samples/told.rs"]
mod told;

use ketnoi_domain::{Coded as _, Lang};
use ketnoi_reporting::{
    Definition, Options, ReportError, Snapshot,
    model::{Drawing, Figure},
    render,
};
use told::{figures, holds, made, sections, words};

#[test]
fn both_reports_are_made_in_every_language_and_the_same_every_time() {
    let all = [
        ("bilateral", samples::countries()),
        ("bilateral", samples::strangers()),
        ("annual", samples::year()),
        ("annual", samples::empty_year()),
    ];
    for (report, snapshot) in all {
        let definition = Definition::builtin(report).unwrap();
        for lang in Lang::ALL {
            assert!(definition.title.get(*lang).is_some() && definition.purpose.get(*lang).is_some(), "{report} {lang:?}");
            let (first, second) = (made(report, &snapshot, *lang), made(report, &snapshot, *lang));
            assert!(first.pdf == second.pdf && first.pdf.starts_with(b"%PDF-1.7"), "{report} {lang:?}");
            assert!(!words(&first).contains('⟦'), "{report} {lang:?}");
        }
        let stored = serde_json::to_string(&snapshot).unwrap();
        assert_eq!(serde_json::from_str::<Snapshot>(&stored).unwrap(), snapshot);
    }
}

#[test]
fn a_pair_of_countries_and_a_year_have_titles_of_the_wording() {
    let title = |report: &str, snapshot: &Snapshot, lang| made(report, snapshot, lang).model.cover.title.plain();
    assert_eq!(title("bilateral", &samples::countries(), Lang::En), "Cooperation between localities: Viet\u{A0}Nam – France");
    assert_eq!(title("bilateral", &samples::countries(), Lang::Vi), "Hợp tác giữa các địa phương Việt\u{A0}Nam – Pháp");
    assert_eq!(title("annual", &samples::year(), Lang::En), "Cooperation in 2023");
}

#[test]
fn partnerships_stand_with_their_parties_and_with_what_sources_say_of_their_age() {
    let report = made("bilateral", &samples::countries(), Lang::En);
    let parts = [
        "Vùng Île-de-France",
        "Beginning: ",
        "30 years before the page was written",
        "cách đây 30 năm",
        "twinning",
        "from 30 November 2004",
        "21 years up to this report",
        "not known whether it is still active",
        "Rail transport",
        "99999",
    ];
    holds(&report, &parts);
}

#[test]
fn an_agreement_that_was_only_reported_is_said_to_be_that() {
    let report = made("bilateral", &samples::countries(), Lang::En);
    holds(&report, &["reported 7 November 2010; the day of signing is unknown", "signed 1 June 2005", "7/2005"]);
    let tiles: Vec<String> =
        report.model.cover.tiles.iter().map(|t| format!("{} ({})", t.figure.plain(), t.note.plain())).collect();
    assert_eq!(tiles[2], "2 (1 only reported, day of signing unknown)");
}

#[test]
fn the_time_line_has_what_is_dated_and_names_what_is_not() {
    let report = made("bilateral", &samples::countries(), Lang::En);
    let [figure] = figures(&report, "partnership-time-line")[..] else { panic!("one picture") };
    let Drawing::TimeLine(line) = &figure.drawing else { panic!("a time line") };
    let labels: Vec<String> = line.items.iter().map(|i| i.label.plain()).collect();
    assert_eq!(labels.len(), 4, "news of the day of an agreement tell of that: {labels:?}");
    assert!(line.items[0].open && labels[0].starts_with("Hà Nội – Lyon"), "{labels:?}");
    assert_eq!((line.items[1].from, line.items[1].to), (12935, 12935), "1 June 2005");
    assert!(line.items[2].open && labels[2].starts_with("A tram line"), "{labels:?}");
    assert!(figure.alternative.contains("7 November 2010: Cooperation agreement (agreement reported, day of signing unknown)"));
    assert!(figure.note.plain().contains("When these began is not known: Hà Nội – Île-de-France"));
}

#[test]
fn without_a_date_there_is_a_sentence_and_no_picture() {
    let mut snapshot = samples::countries();
    let facts = snapshot.bilateral.as_mut().unwrap();
    facts.partnerships.truncate(1);
    facts.partnerships[0].agreements.clear();
    facts.news.clear();
    let report = made("bilateral", &snapshot, Lang::En);
    assert!(figures(&report, "partnership-time-line").is_empty());
    holds(&report, &["No source gives a date for any of these partnerships.", "No source names the sectors"]);
}

#[test]
fn stated_figures_stand_beside_the_counts_and_cities_have_bars() {
    let report = made("bilateral", &samples::countries(), Lang::En);
    holds(&report, &["French provinces and cities taking part", "over 60", "1 record that was made up"]);
    let bars: Vec<(&str, Vec<String>)> = figures(&report, "partnership-totals")
        .into_iter()
        .filter_map(|f| if let Drawing::Bars(bars) = &f.drawing { Some((f.caption.as_str(), bars)) } else { None })
        .map(|(caption, bars)| (caption, bars.bars.iter().map(|b| b.figure.clone()).collect()))
        .collect();
    assert_eq!(bars.len(), 1, "each sector has one partnership");
    assert_eq!(bars[0].1, ["2", "1", "1"]);
    assert_eq!(report.model.cover.tiles[1].note.plain().matches("sources state").count(), 1);
}

#[test]
fn the_dates_of_a_page_that_contradicts_itself_are_both_shown() {
    let report = made("bilateral", &samples::countries(), Lang::En);
    holds(
        &report,
        &["last changed 12 November 2010", "and yet links to news of 2011", "The related news reach to 21 April 2011"],
    );
    holds(&report, &["not followed", "All were published by: Department."]);
    assert!(!sections(&report).contains(&"conflicts"), "they stand beside what they speak of");
}

#[test]
fn what_the_registry_does_not_hold_is_said_and_not_counted_as_nought() {
    let report = made("bilateral", &samples::strangers(), Lang::En);
    holds(&report, &["That does not mean that there is none.", "none registered"]);
    assert!(!sections(&report).contains(&"map") && !sections(&report).contains(&"partnership-totals"));
    let year = made("annual", &samples::empty_year(), Lang::En);
    holds(&year, &["The registry holds nothing of this year. That does not mean that nothing was done."]);
    assert_eq!(sections(&year), ["year-summary", "provenance"]);
    assert!(year.model.sections.iter().all(|s| figures(&year, &s.name).is_empty()));
}

#[test]
fn a_year_tells_what_became_of_programmes_and_counts_a_whole_once() {
    let report = made("annual", &samples::year(), Lang::En);
    let parts = [
        "Ran all year",
        "Ended in the year",
        "May have run (no source gives the start or the end): ",
        "from March 2010",
        "part of GC",
        "2 programmes are registered without any date",
    ];
    holds(&report, &parts);
    let [funders] = figures(&report, "year-programmes")[..] else { panic!("each sector has one programme") };
    let figures = |f: &Figure| match &f.drawing {
        Drawing::Bars(bars) => bars.bars.iter().map(|b| format!("{} {}", b.label.plain(), b.figure)).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(figures(funders), ["Canada 2", "European Union 1"]);
    assert!(funders.alternative.contains("Canada: 2; European Union: 1"));
}

#[test]
fn money_of_a_year_stays_in_its_currency() {
    let report = made("annual", &samples::year(), Lang::En);
    holds(&report, &["500,100.00\u{A0}CAD", "20,000.00\u{A0}EUR", "7,000,000\u{A0}VND", "none registered"]);
}

#[test]
fn totals_that_the_lines_do_not_make_are_refused() {
    let refused = |change: fn(&mut Snapshot)| {
        let mut snapshot = samples::year();
        change(&mut snapshot);
        let definition = Definition::builtin("annual").unwrap();
        match render(&definition, &snapshot, Lang::En, &Options::default()).unwrap_err() {
            error @ ReportError::Unbalanced { .. } => error.to_string(),
            other => panic!("another error: {other}"),
        }
    };
    let received = refused(|s| s.year.as_mut().unwrap().received = vec!["1 CAD".parse().unwrap()]);
    assert!(received.contains("500100.00 CAD") && received.contains("1.00 CAD"), "{received}");
    assert!(refused(|s| s.year.as_mut().unwrap().spent.clear()).contains("300000.00 CAD"));
}

#[test]
fn people_are_counted_by_sex_and_those_nobody_counted_make_it_a_least_number() {
    let report = made("annual", &samples::year(), Lang::En);
    holds(&report, &["Attendances in all: at least 70.", "Numbers are known of 2 events."]);
    let [figure] = figures(&report, "year-participants")[..] else { panic!("one picture") };
    assert!(figure.alternative.contains("Women: 27; Men: 34; Sex unstated: 9"), "{}", figure.alternative);
    let mut silent = samples::year();
    silent.events.iter_mut().for_each(|e| e.participants.clear());
    assert!(!sections(&made("annual", &silent, Lang::En)).contains(&"year-participants"));
}

#[test]
fn letters_agreements_memberships_and_results_of_the_year_are_told() {
    let report = made("annual", &samples::year(), Lang::En);
    let parts = [
        "2 sent",
        "1 answered",
        "1 signed",
        "1 only reported, day of signing unknown",
        "1,000,000.00\u{A0}CAD",
        "Fund for cities",
        "Cities with a plan",
        "no target set",
        "includes what was reached before",
        "One city was late.",
        "Cities meet",
    ];
    holds(&report, &parts);
    assert!(report.model.frame.mark.is_some(), "a made-up year says so on every page");
}
