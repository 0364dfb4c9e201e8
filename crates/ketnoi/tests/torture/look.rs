//! What the database holds of the requests of a round, seen past the server.

use std::collections::HashMap;

use ketnoi_test_support::Ground;

use crate::asked::{Asked, INDICATORS, Sent, Verdict};

/// Runs SQL. Nothing stays open behind it: a connection of ours must not keep for the server what the server has to find
/// again by itself.
pub(crate) fn sql(ground: &Ground, sql: &str) -> Vec<Vec<String>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(ground.sql(sql))
}

/// What there is of a round.
struct Found {
    /// The revisions of audit entries, by the key of the request that they name.
    entries: HashMap<String, Vec<String>>,
    /// Operation, kind, code and contents of changes, by revision.
    changes: HashMap<String, Vec<[String; 4]>>,
    /// The keys that outcomes are kept under.
    claims: HashMap<String, usize>,
    practices: HashMap<String, usize>,
    /// Programmes that have their sector.
    programmes: HashMap<String, usize>,
    /// Periods of indicators, by their day.
    actuals: HashMap<String, usize>,
    /// Reports that were asked for, by the day from which on.
    reports: HashMap<String, usize>,
}

fn counted(rows: impl IntoIterator<Item = String>) -> HashMap<String, usize> {
    let mut all = HashMap::new();
    for row in rows {
        *all.entry(row).or_default() += 1;
    }
    all
}

impl Found {
    fn of(ground: &Ground, round: u64) -> Self {
        let like = format!("LIKE 'torture-{round}-%'");
        let first =
            |statement: &str| -> Vec<String> { sql(ground, statement).into_iter().map(|mut row| row.remove(0)).collect() };
        let mut entries: HashMap<String, Vec<String>> = HashMap::new();
        for mut row in sql(ground, &format!("SELECT request, revision FROM audit_entry WHERE request {like}")) {
            // A request and its retries are told apart behind the key.
            let key = row[0].rsplit_once('-').unwrap().0.to_owned();
            entries.entry(key).or_default().push(row.remove(1));
        }
        let feed = format!(
            r#"SELECT c.revision, c.operation, c.kind, c.code, c."after" FROM change c JOIN audit_entry a ON a.revision = c.revision
               WHERE a.request {like} ORDER BY c.revision, c.position"#
        );
        let mut changes: HashMap<String, Vec<[String; 4]>> = HashMap::new();
        for row in sql(ground, &feed) {
            let [revision, rest @ ..] = <[String; 5]>::try_from(row).unwrap();
            changes.entry(revision).or_default().push(rest);
        }
        let claims = first(&format!("SELECT key FROM claim WHERE key LIKE '%/torture-{round}-%'"));
        let sectors = "SELECT p.code FROM programme p JOIN programme_classification k ON k.programme_id = p.id WHERE p.code";
        Self {
            entries,
            changes,
            // Account, key, field.
            claims: counted(claims.iter().map(|claim| claim.split('/').nth(1).unwrap().to_owned())),
            practices: counted(first(&format!("SELECT code FROM good_practice WHERE code {like}"))),
            programmes: counted(first(&format!("{sectors} {like}"))),
            actuals: counted(first("SELECT period_from FROM indicator_period")),
            reports: counted(first("SELECT from_date FROM report_job")),
        }
    }

    /// Whether a request did what it asked for: all of it and once, or nothing at all.
    fn has(&self, sent: &Sent) -> bool {
        let key = &sent.key;
        let claims = self.claims.get(key).copied().unwrap_or_default();
        assert!(claims <= 1, "{key} has {claims} outcomes");
        let present = claims == 1;
        let revisions = self.entries.get(key).map(Vec::as_slice).unwrap_or_default();
        assert_eq!(revisions.len(), claims, "{key}: as many audit entries (left) as outcomes (right); {}", sent.body);
        let (traces, whole) = match &sent.asked {
            Asked::Practice => (self.practices.get(key), 1),
            Asked::Programme => (self.programmes.get(key), 1),
            Asked::Actuals { day } => (self.actuals.get(day), INDICATORS),
            Asked::Report { day } => (self.reports.get(day), 1),
            // Of these the feed tells.
            Asked::Shared { .. } | Asked::Archive(_) | Asked::Restore(_) => (None, 0),
        };
        let whole = if present { whole } else { 0 };
        assert_eq!(traces.copied().unwrap_or_default(), whole, "{key}: rows there (left) and expected (right); {}", sent.body);
        for revision in revisions {
            let rows = self.changes.get(revision).map(Vec::as_slice).unwrap_or_default();
            let told: Vec<[String; 3]> = rows.iter().map(|[o, k, c, _]| [o.clone(), k.clone(), c.clone()]).collect();
            assert_eq!(told, sent.asked.changes(key), "{key}: what its revision {revision} tells (left) and should (right)");
            if let Asked::Shared { .. } = sent.asked {
                assert!(rows[0][3].contains(key.as_str()), "{key} is not what its revision {revision} wrote: {}", rows[0][3]);
            }
        }
        present
    }
}

/// Which requests of a round did what they asked for. Ends the test where one did half of it, or did it twice, or where
/// something was acknowledged and is not there, or refused and is.
pub(crate) fn present(ground: &Ground, round: u64, all: &[Sent]) -> Vec<bool> {
    let found = Found::of(ground, round);
    let here: Vec<bool> = all.iter().map(|sent| found.has(sent)).collect();
    for (sent, here) in all.iter().zip(&here) {
        match sent.verdict() {
            Some(Verdict::Done) => assert!(here, "{} was acknowledged and is lost; {}", sent.key, sent.body),
            Some(Verdict::Conflict(_)) => assert!(!here, "{} was refused and was done; {}", sent.key, sent.body),
            None => {}
        }
    }
    let done = here.iter().filter(|here| **here).count();
    assert_eq!(
        (found.entries.len(), found.claims.len()),
        (done, done),
        "audit entries and outcomes of requests that nobody sent"
    );
    here
}
