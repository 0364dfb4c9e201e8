//! The result of a dialogue equals what an outsider counts from the exported ballots.

use std::{collections::BTreeMap, io::Write as _, process::Command};

use ketnoi_domain::{Dialogue, Viewer};
use ketnoi_test_support::{TestDb, on_both_databases_with_demo, skipped};
use serde_json::Value;

use crate::support::Portal;

const QUESTION: &str = "{ dialogues { nodes { code tally {
    overall { ...figures } clusters { cluster { code } figures { ...figures } }
} } } }
fragment figures on TallyFigures { valid spoiled options { option { number } votes } }";

/// What a tally says, in the words of the recount; what is nought is left out there.
fn said(of: &str, figures: &Value, lines: &mut BTreeMap<String, i64>) {
    let mut add = |what: String, n: &Value| {
        if let Some(n) = n.as_i64().filter(|n| *n > 0) {
            lines.insert(format!("{of} {what}"), n);
        }
    };
    add("valid".into(), &figures["valid"]);
    add("spoiled".into(), &figures["spoiled"]);
    for option in figures["options"].as_array().unwrap() {
        add(format!("option {}", option["option"]["number"]), &option["votes"]);
    }
}

/// What a script of another language counts.
fn recounted(ballots: &str) -> Option<BTreeMap<String, i64>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tools/recount.awk");
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(ballots.as_bytes()).unwrap();
    let output = Command::new("awk").arg("-f").arg(script).arg(file.path()).output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let line = |line: &str| {
        let (what, n) = line.rsplit_once(' ').unwrap();
        (what.to_owned(), n.parse().unwrap())
    };
    Some(text.lines().map(line).collect())
}

#[actix_web::test]
async fn a_tally_equals_a_recount_of_the_exported_ballots_by_an_independent_script() {
    on_both_databases_with_demo(async |db: TestDb| {
        let session = db.registry().session(Viewer::LocalAdministrator);
        let data = Portal::administrator(&db).data(QUESTION).await;
        let mut counted = 0;
        for dialogue in data["dialogues"]["nodes"].as_array().unwrap() {
            if dialogue["tally"].is_null() {
                continue;
            }
            let mut told = BTreeMap::new();
            said("*", &dialogue["tally"]["overall"], &mut told);
            for cluster in dialogue["tally"]["clusters"].as_array().unwrap() {
                said(cluster["cluster"]["code"].as_str().unwrap(), &cluster["figures"], &mut told);
            }
            let code = dialogue["code"].as_str().unwrap();
            let record: Dialogue = session.require(code).await.unwrap();
            let Some(recounted) = recounted(&session.export_ballots(&record).await.unwrap()) else {
                skipped("awk (the recount of ballots)");
                return;
            };
            assert_eq!(told, recounted, "{code}");
            counted += told["* valid"];
        }
        assert!(counted >= 50, "the illustrative dialogues have ballots: {counted}");
    })
    .await;
}

#[actix_web::test]
async fn a_stranger_is_told_the_result_of_a_published_dialogue_only() {
    on_both_databases_with_demo(async |db: TestDb| {
        let data = Portal::stranger(&db)
            .data("{ dialogues { nodes { code status ballots { totalCount } tally { overall { valid } } } } }")
            .await;
        for dialogue in data["dialogues"]["nodes"].as_array().unwrap() {
            let published = dialogue["status"] == "PUBLISHED";
            assert_eq!(!dialogue["tally"].is_null(), published, "{dialogue}");
            assert_eq!(dialogue["ballots"]["totalCount"].as_i64().unwrap() > 0, published, "{dialogue}");
        }
    })
    .await;
}
