//! The registry as a whole: what all rounds together must have left, and nothing besides.

use std::collections::HashSet;

use ketnoi_test_support::Ground;

use crate::{
    asked::{Asked, PROGRAMME, SHARED, Sent},
    look::sql,
};

fn sorted(mut all: Vec<String>) -> Vec<String> {
    all.sort_unstable();
    all
}

fn column(ground: &Ground, statement: &str) -> Vec<String> {
    sorted(sql(ground, statement).into_iter().map(|mut row| row.remove(0)).collect())
}

/// Compares all records of a kind with what was asked for, and the feed with the records.
fn kind(ground: &Ground, kind: &str, expected: Vec<String>) {
    let expected = sorted(expected);
    assert_eq!(column(ground, &format!("SELECT code FROM {kind}")), expected, "every {kind} that there is");
    let added = column(ground, &format!("SELECT code FROM change WHERE kind = '{kind}' AND operation = 'added'"));
    assert_eq!(added, expected, "every {kind} that the feed has seen made");
}

/// The keys of the requests that asked for such a thing.
fn keys(done: &[Sent], of: impl Fn(&Asked) -> bool) -> Vec<String> {
    done.iter().filter(|sent| of(&sent.asked)).map(|sent| sent.key.clone()).collect()
}

/// Looks whether the registry holds what these requests did, which is all that was ever done to it.
pub(crate) fn whole(ground: &Ground, done: &[Sent]) {
    let practices = keys(done, |asked| *asked == Asked::Practice);
    kind(ground, "good_practice", [practices, vec![SHARED.to_owned()]].concat());
    let programmes = keys(done, |asked| *asked == Asked::Programme);
    kind(ground, "programme", [programmes, vec![PROGRAMME.to_owned()]].concat());
    kind(ground, "indicator_period", done.iter().flat_map(|sent| sent.asked.periods()).collect());

    let revision = column(ground, "SELECT revision FROM registry").remove(0);
    let entries = sql(ground, "SELECT MAX(revision), COUNT(*), COUNT(DISTINCT revision) FROM audit_entry").remove(0);
    assert!(entries.iter().all(|n| *n == revision), "revision {revision}; newest entry, entries, their revisions: {entries:?}");
    assert_eq!(column(ground, "SELECT COUNT(*) FROM claim"), [done.len().to_string()], "outcomes that are kept");
    let reports = keys(done, |asked| matches!(asked, Asked::Report { .. })).len();
    assert_eq!(column(ground, "SELECT COUNT(*) FROM report_job"), [reports.to_string()], "reports that were asked for");

    // Each is archived once at most, and restored once at most.
    let restored: HashSet<&str> =
        done.iter().filter_map(|s| if let Asked::Restore(made) = &s.asked { Some(made.code.as_str()) } else { None }).collect();
    let archived = done.iter().filter_map(|s| if let Asked::Archive(made) = &s.asked { Some(made.code.as_str()) } else { None });
    let expected = archived.filter(|code| !restored.contains(code)).map(str::to_owned).collect();
    let found = column(ground, "SELECT p.code FROM archived a JOIN good_practice p ON p.id = a.record_id");
    assert_eq!(found, sorted(expected), "practices that are put away");
    shared(ground, keys(done, |asked| matches!(asked, Asked::Shared { .. })).len());
}

/// The practice that all share has been changed so often, each time from the version before, and says what was written last.
fn shared(ground: &Ground, times: usize) {
    let of = format!("WHERE kind = 'good_practice' AND code = '{SHARED}'");
    let told = sql(ground, &format!(r#"SELECT version, "after" FROM change {of} ORDER BY revision"#));
    let versions: Vec<String> = told.iter().map(|row| row[0].clone()).collect();
    let expected: Vec<String> = (1..=times + 1).map(|version| version.to_string()).collect();
    assert_eq!(versions, expected, "the versions of the practice that all share, as the feed has seen them");
    let now = sql(ground, &format!("SELECT version, description FROM good_practice WHERE code = '{SHARED}'")).remove(0);
    assert_eq!(Some(&now[0]), versions.last(), "its version now");
    let last = &told.last().unwrap()[1];
    let says = serde_json::from_str::<serde_json::Value>(&now[1]).unwrap();
    let said = says["vi"].as_str().unwrap_or_default();
    assert!(last.contains(said), "it says `{said}`, and was last written as {last}");
}
