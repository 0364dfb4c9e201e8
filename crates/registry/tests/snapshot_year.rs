//! Snapshots of a year: what ran, was held, voted, signed, paid and reached, as far as a stranger may know.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use ketnoi_domain::{Lang, Totals, Viewer, portfolio::Dimension, query::Filter};
use ketnoi_registry::SnapshotOptions;
use ketnoi_reporting::{Course, Snapshot, SubjectKind, YearFacts};
use ketnoi_test_support::{NOW, TestDb, on_both_databases_with_demo};

async fn snapshot_of(key: &'static str) -> Snapshot {
    on_both_databases_with_demo(async |db: TestDb| {
        let session = db.registry().snapshot_session(Viewer::Stranger).await.unwrap();
        session.snapshot(SubjectKind::Year, key, &SnapshotOptions::new(NOW, "public")).await.unwrap()
    })
    .await
}

fn facts(s: &Snapshot) -> &YearFacts {
    s.year.as_ref().unwrap()
}

fn course(s: &Snapshot, code: &str) -> Option<Course> {
    facts(s).programmes.iter().find(|p| p.code == code).map(|p| p.course)
}

#[tokio::test]
async fn what_became_of_a_programme_in_a_year_is_told_by_its_dates() {
    let s = snapshot_of("2010").await;
    assert_eq!(course(&s, "MPED"), Some(Course::Started));
    assert_eq!(course(&s, "SEA-UEMA"), Some(Course::Ended));
    assert_eq!(course(&s, "MPP"), Some(Course::Ended));
    assert_eq!(course(&s, "PMI-LED"), None, "it began later");
    let later = snapshot_of("2013").await;
    assert_eq!(course(&later, "MPED"), Some(Course::WentOn));
    assert!(!later.subject.illustrative && facts(&later).undated > 0);
    assert!(facts(&later).programmes.iter().all(|p| p.code != "MINH-HOA-01"));
}

#[tokio::test]
async fn a_whole_stands_before_its_parts_and_is_counted_alone() {
    let s = snapshot_of("2013").await;
    let programmes = &facts(&s).programmes;
    for (at, p) in programmes.iter().enumerate() {
        if let Some(whole) = &p.part_of {
            assert!(programmes[..at].iter().any(|q| q.code == *whole), "{} stands before {whole}", p.code);
        }
    }
    let mped = programmes.iter().find(|p| p.code == "MPED").unwrap();
    assert!(mped.part_of.is_none() && !mped.funders.is_empty() && !mped.sources.is_empty());
    assert_eq!(mped.funders[0].get(Lang::En), Some("Canadian International Development Agency"), "the name of the time");
}

#[tokio::test]
async fn a_funder_is_called_the_same_however_sources_call_it() {
    let s = snapshot_of("2010").await;
    let paid = |code: &str| &facts(&s).programmes.iter().find(|p| p.code == code).unwrap().funders;
    assert_eq!(paid("MPED"), paid("SEA-UEMA"));
    assert_eq!(paid("MPED"), paid("MPP"));
}

#[tokio::test]
async fn a_part_of_which_nobody_knows_the_end_does_not_outlast_its_whole() {
    let (during, after) = (snapshot_of("2012").await, snapshot_of("2013").await);
    let parts = |s: &Snapshot| facts(s).programmes.iter().filter(|p| p.code.starts_with("DELGOSEA")).count();
    assert!(parts(&during) > 0);
    assert_eq!(parts(&after), 0);
}

#[tokio::test]
async fn the_events_and_the_vote_of_2017_are_told() {
    let s = snapshot_of("2017").await;
    assert!(s.events.iter().filter(|e| e.period.from.is_some_and(|d| d.year() == 2017)).count() >= 3);
    assert!(s.events.iter().all(|e| e.sessions.is_empty() && e.people.is_empty()));
    assert!(!s.dialogues.is_empty(), "its clusters voted in the year");
}

#[tokio::test]
async fn replications_stand_as_they_did_at_the_end_of_the_year() {
    let s = snapshot_of("2011").await;
    for r in &s.replications {
        assert!(r.stages.iter().any(|x| x.on.is_some_and(|d| d.year() == 2011)), "{}", r.code);
        assert!(r.stages.iter().all(|x| x.on.is_none_or(|d| d.year() <= 2011)), "{}", r.code);
    }
}

#[tokio::test]
async fn only_a_year_of_which_nothing_real_is_known_tells_what_was_made_up() {
    let s = snapshot_of("2023").await;
    assert!(s.subject.illustrative);
    assert_eq!(facts(&s).left_out, 0);
    assert_eq!(course(&s, "MINH-HOA-01"), Some(Course::WentOn));
    assert!(s.events.iter().any(|e| e.code == "MH-HOI-THAO-1"));
    assert!(facts(&s).cooperation_agreements.iter().any(|a| a.signed.is_some()));
    assert!(!facts(&s).results.is_empty() && !s.recommendations.is_empty() && !s.replications.is_empty());
    assert!(
        s.recommendations
            .iter()
            .flat_map(|r| &r.actions)
            .all(|a| { a.date.is_some_and(|d| d.year() == 2023) || a.replied.is_some_and(|d| d.year() == 2023) })
    );
}

#[tokio::test]
async fn the_money_of_a_year_is_that_of_the_portfolio_and_of_its_lines() {
    on_both_databases_with_demo(async |db: TestDb| {
        let mut told = Vec::new();
        for year in ["2022", "2023", "2024"] {
            let session = db.registry().snapshot_session(Viewer::Stranger).await.unwrap();
            let s = session.snapshot(SubjectKind::Year, year, &SnapshotOptions::new(NOW, "public")).await.unwrap();
            let year_facts = facts(&s).clone();
            let lines = |of: fn(&ketnoi_reporting::YearMoneyFacts) -> &Vec<ketnoi_domain::Money>| {
                Totals::of(year_facts.money.iter().flat_map(|m| of(m).iter().copied())).unwrap()
            };
            let totals = |all: &[ketnoi_domain::Money]| Totals::of(all.iter().copied()).unwrap();
            assert_eq!(lines(|m| &m.received), totals(&year_facts.received), "{year}");
            assert_eq!(lines(|m| &m.spent), totals(&year_facts.spent), "{year}");
            let portfolio = session.portfolio(&Filter::all(), Dimension::Year).await.unwrap();
            let group = portfolio.groups.iter().find(|g| g.key.as_deref() == Some(year)).unwrap();
            assert_eq!(totals(&year_facts.received), group.group.received, "{year}");
            assert!(!year_facts.spent.is_empty(), "{year}");
            told.push(year_facts.spent);
        }
        told
    })
    .await;
}

#[tokio::test]
async fn every_source_that_is_named_is_among_the_documents() {
    for key in ["2012", "2017", "2023"] {
        let s = snapshot_of(key).await;
        let keys: Vec<&str> = s.documents.iter().map(|d| d.key.as_str()).collect();
        let f = facts(&s);
        let own = f.programmes.iter().flat_map(|p| &p.sources).chain(f.news.iter().flat_map(|n| &n.sources));
        let own = own.chain(f.memberships.iter().flat_map(|m| &m.sources)).chain(f.practices.iter().flat_map(|p| &p.sources));
        let events = s.events.iter().flat_map(|e| e.sources.iter().chain(e.stated.iter().map(|x| &x.source)));
        let others = s.dialogues.iter().flat_map(|d| &d.sources).chain(s.replications.iter().flat_map(|r| &r.sources));
        let others = others.chain(s.recommendations.iter().flat_map(|r| &r.sources));
        for source in own.chain(events).chain(others) {
            assert!(keys.contains(&source.as_str()), "{key}: {source}");
        }
        assert_eq!(serde_json::from_str::<Snapshot>(&serde_json::to_string(&s).unwrap()).unwrap(), s);
    }
}

#[tokio::test]
async fn a_year_without_anything_is_told_as_that_and_what_is_no_year_is_refused() {
    let none = snapshot_of("1950").await;
    assert!(facts(&none).programmes.is_empty() && none.events.is_empty() && none.documents.is_empty());
    on_both_databases_with_demo(async |db: TestDb| {
        for key in ["17", "20170", "MMXVII", "+201"] {
            let options = SnapshotOptions::new(NOW, "public");
            let error = db.stranger().snapshot(SubjectKind::Year, key, &options).await.unwrap_err().to_string();
            assert!(error.contains(key) && error.contains("four digits"), "{error}");
        }
        let keys = db.stranger().subjects(SubjectKind::Year).await.unwrap();
        assert!(keys.contains(&"2017".to_owned()), "{keys:?}");
    })
    .await;
}

#[tokio::test]
async fn the_number_of_statements_does_not_depend_on_how_much_there_is() {
    on_both_databases_with_demo(async |db: TestDb| {
        let mut counts = Vec::new();
        for key in ["1950", "2012", "2017", "2023"] {
            let session = db.registry().snapshot_session(Viewer::Stranger).await.unwrap();
            session.snapshot(SubjectKind::Year, key, &SnapshotOptions::new(NOW, "public")).await.unwrap();
            counts.push(session.statements());
        }
        assert!(counts.iter().all(|n| *n <= 80), "{counts:?}");
    })
    .await;
}
