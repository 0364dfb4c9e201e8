//! Nothing leads from a code to a ballot, and a result tells of nobody in particular.

use std::collections::{BTreeMap, BTreeSet};

use ketnoi_domain::{Ballot, Dialogue, DialogueOption, query::Filter};
use ketnoi_test_support::{Hall, TestDb, officer, on_both_databases};

use crate::support::{column, tables};

#[tokio::test]
async fn nothing_that_is_kept_leads_from_a_code_to_a_ballot() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("north", 20), ("south", 9)]).await;
        let digests: Vec<String> = column(&db, "SELECT digest FROM vote_code").await;
        assert_eq!(digests.len(), 29);
        let cast = hall.cast_all(&db).await;
        assert_eq!(cast.iter().collect::<BTreeSet<_>>().len(), 29, "each ballot of the test is known by its choices");

        // While it is open: each box is one row, and its ballots are in the order of their random keys.
        let boxes = column(&db, "SELECT ballots FROM ballot_box WHERE electronic > 0").await;
        let mut keys = Vec::new();
        let mut inside = Vec::new();
        for text in &boxes {
            let ballots: Vec<ketnoi_persistence::BoxedBallot> = serde_json::from_str(text).unwrap();
            assert!(ballots.is_sorted_by_key(|b| b.key));
            assert!(ballots.iter().all(|b| b.authority.is_none()));
            keys.extend(ballots.iter().map(|b| b.key.simple().to_string()));
            inside.extend(ballots.into_iter().map(|b| b.choices));
        }
        unlike(&cast, &inside);
        let tables = tables(&db).await;
        apart(&db, &tables, &digests, &keys).await;
        let feed = db.sql("SELECT COUNT(*) FROM change WHERE kind = 'ballot'").await;
        assert_eq!(feed, [["0"]], "the feed knows no ballot before the close");
        let trail = db.sql("SELECT DISTINCT actor, detail, account, request FROM audit_entry WHERE action = 'cast ballot'").await;
        assert_eq!(trail, [["voter", "SECRET", "", ""]], "the trail says that a ballot was cast, and no more");
        let casts = db.sql("SELECT COUNT(*) FROM audit_entry WHERE action = 'cast ballot'").await;
        assert_eq!(casts, [["29"]]);
        // Nobody is told a result, whoever asks.
        let open: Dialogue = db.administrator().require("SECRET").await.unwrap();
        assert!(db.administrator().count_ballots(&[open]).await.unwrap().is_empty());

        // After the close: the table's own order, the codes' numbers and the feed follow the random keys.
        db.registry().close_dialogue(&officer(1), &"SECRET".into(), None).await.unwrap();
        let session = db.administrator();
        let options: BTreeMap<_, i64> =
            session.all::<DialogueOption>(&Filter::all()).await.unwrap().iter().map(|o| (o.head.id, o.number)).collect();
        let ballots: Vec<Ballot> = session.all(&Filter::all()).await.unwrap();
        let by_id: BTreeMap<String, Vec<i64>> = ballots
            .iter()
            .map(|b| (b.head.id.uuid().simple().to_string(), b.choices.iter().map(|c| options[c]).collect()))
            .collect();
        for order in ["SELECT id FROM ballot", "SELECT id FROM ballot ORDER BY code"] {
            let ids: Vec<String> = column(&db, order).await.iter().map(|id| id.replace('-', "")).collect();
            assert_eq!(ids.len(), 29, "{order}");
            let found: Vec<Vec<i64>> = ids.iter().map(|id| by_id[id].clone()).collect();
            unlike(&cast, &found);
        }
        // The feed keeps nothing of ballots at all.
        assert_eq!(db.sql("SELECT COUNT(*) FROM change WHERE kind = 'ballot'").await, [["0"]]);
        apart(&db, &tables, &digests, &keys).await;
        assert_eq!(db.sql("SELECT COUNT(*) FROM vote_code").await, [["0"]], "nothing is left of the codes");
        let pepper = db.sql("SELECT COUNT(*) FROM vote WHERE length(pepper) > 0 AND closed_at IS NOT NULL").await;
        assert_eq!(pepper, [["0"]]);
    })
    .await;
}

#[tokio::test]
async fn a_handful_of_ballots_is_told_only_together_with_others() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("north", 20), ("south", 9), ("islands", 3)]).await;
        hall.cast_all(&db).await;
        let author = officer(1);
        let open: Dialogue = db.administrator().require("SECRET").await.unwrap();
        let turnout = db.administrator().turnouts(std::slice::from_ref(&open)).await.unwrap().remove(&open.head.id).unwrap();
        let told: BTreeSet<Option<i64>> = turnout.clusters.iter().map(|c| c.cast).collect();
        // The whole less the others would be the three of the islands.
        assert_eq!((turnout.cast, told), (None, BTreeSet::from([None, Some(9), Some(20)])));
        assert_eq!(turnout.codes, Some(32));
        let seen = db.stranger().turnouts(std::slice::from_ref(&open)).await.unwrap().remove(&open.head.id).unwrap();
        assert_eq!((seen.codes, seen.vote.opened.unwrap().1), (None, String::new()), "who opened it is the association's own");

        db.registry().close_dialogue(&author, &"SECRET".into(), None).await.unwrap();
        let closed: Dialogue = db.administrator().require("SECRET").await.unwrap();
        assert!(db.stranger().count_ballots(std::slice::from_ref(&closed)).await.unwrap().is_empty());
        db.registry().publish_dialogue(&author, &"SECRET".into(), None).await.unwrap();
        let mut results = Vec::new();
        for session in [db.administrator(), db.stranger()] {
            let dialogue: Dialogue = session.require("SECRET").await.unwrap();
            let count =
                session.count_ballots(std::slice::from_ref(&dialogue)).await.unwrap().remove(&dialogue.head.id).unwrap().count;
            assert_eq!(count.clusters.values().map(|t| t.valid).collect::<Vec<_>>(), [20]);
            let merged = count.merged.as_ref().unwrap();
            assert_eq!((merged.clusters.len(), merged.tally.valid, merged.tally.eligible), (2, 12, Some(13)));
            assert_eq!((count.overall.valid, count.overall.eligible), (32, Some(33)));
            // Nobody finds the ballots of the small clusters as records either.
            let ballots: Vec<Ballot> = session.all(&Filter::all()).await.unwrap();
            assert_eq!(ballots.len(), 20);

            let mut recount: BTreeMap<(String, i64), u64> = BTreeMap::new();
            for ballot in session.exported_ballots(&dialogue).await.unwrap() {
                for choice in ballot.choices {
                    *recount.entry((ballot.cluster.clone(), choice)).or_default() += 1;
                }
            }
            for (number, votes) in &merged.tally.votes {
                assert_eq!(recount.get(&(String::new(), *number)).copied().unwrap_or(0), *votes);
            }
            for (number, votes) in &count.overall.votes {
                assert_eq!(recount.iter().filter(|((_, n), _)| n == number).map(|(_, v)| v).sum::<u64>(), *votes);
            }
            results.push((count.overall.clone(), count.winners.clone()));
        }
        assert_eq!(results[0], results[1]);
        results.remove(0).1
    })
    .await;
}

/// Fails if an order of ballots tells anything of the order in which they were cast: the ranks of the two are all but
/// uncorrelated.
fn unlike(cast: &[Vec<i64>], found: &[Vec<i64>]) {
    let rank: BTreeMap<&Vec<i64>, usize> = cast.iter().enumerate().map(|(i, choices)| (choices, i)).collect();
    let n = found.len() as f64;
    let squares: f64 = found.iter().enumerate().map(|(i, choices)| (i as f64 - rank[choices] as f64).powi(2)).sum();
    let correlation = 1.0 - 6.0 * squares / (n * (n * n - 1.0));
    assert!(correlation.abs() < 0.75, "the order of the ballots goes along with that of casting: {correlation}");
}

/// Fails if a row of any table holds both something of a code and something of a ballot.
async fn apart(db: &TestDb, tables: &[String], digests: &[String], keys: &[String]) {
    for table in tables {
        for row in db.sql(&format!("SELECT * FROM \"{table}\"")).await {
            // The two databases write ids in two ways.
            let row = row.join(" ").replace('-', "");
            let has = |all: &[String]| all.iter().any(|one| row.contains(one.as_str()));
            assert!(!(has(digests) && has(keys)), "a row of {table} leads from a code to a ballot");
            assert!(!(has(keys) && row.contains("cast ballot")), "a row of {table} names a ballot beside its casting");
        }
    }
}
