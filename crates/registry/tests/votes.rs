//! The vote: one code, one ballot; what is closed is closed; and nothing leads from a code to a ballot.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use std::collections::{BTreeMap, BTreeSet};

use ketnoi_domain::{
    AdvocacyAction, Ballot, Cluster, Dialogue, DialogueCluster, DialogueOption, DialogueStatus, Lang, Recommendation,
    Record as _, Text, Viewer, Visibility, query::Filter,
};
use ketnoi_persistence::{Error as StoreError, Signature, UnitOfWork};
use ketnoi_registry::{
    Error, Reference, UserErrorCode, WriteError,
    votes::{Called, DelegateCalled, IssueOrder, NewDelegate, PaperEntry, SheetOptions, WinnerAction},
};
use ketnoi_test_support::{Hall, NOW, On, TestDb, officer, on_both_databases, refused};
use tokio::task::JoinSet;

#[tokio::test]
async fn one_code_is_one_ballot_however_many_come_with_it_at_once() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("south", 2)]).await;
        let code = hall.codes[0].clone();
        let mut all = JoinSet::new();
        for n in 0..20i64 {
            let (registry, code) = (db.registry().clone(), code.clone());
            all.spawn(async move { registry.cast_ballot(Lang::En, &code, &[1 + n % 4, 5 + n % 4]).await });
        }
        let done: Vec<_> = all.join_all().await;
        let told: BTreeSet<String> =
            done.iter().filter_map(|d| d.as_ref().err().map(|_| refused(d)[0].message.clone())).collect();
        assert_eq!(done.iter().filter(|d| d.is_ok()).count(), 1);
        assert_eq!(told.len(), 1, "every refusal of a code is the same: {told:?}");
        // A code that was never given out, and one that was mistyped, are told the same.
        for other in ["01234-T8YZG", "nonsense", ""] {
            assert_eq!(refused(&db.registry().cast_ballot(Lang::En, other, &[1, 2]).await)[0].message, *told.first().unwrap());
        }
        assert!(db.registry().booth(Lang::En, &code).await.is_err(), "a used code shows no ballot");
        let cast = db.sql("SELECT SUM(electronic) FROM ballot_box").await;
        assert_eq!(cast, [["1"]]);
    })
    .await;
}

#[tokio::test]
async fn a_ballot_of_too_few_or_too_many_choices_is_refused_with_the_rule_and_leaves_the_code_good() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("south", 1)]).await;
        for picked in [&[1][..], &[1, 2, 3, 4], &[], &[2, 2], &[1, 99]] {
            let errors = refused(&db.registry().cast_ballot(Lang::En, &hall.codes[0], picked).await);
            assert_eq!((errors[0].code, errors[0].path.as_str()), (UserErrorCode::Invalid, "choices"), "{picked:?}");
        }
        let told = refused(&db.registry().cast_ballot(Lang::En, &hall.codes[0], &[1, 2, 3, 4]).await);
        assert_eq!(told[0].message, "You picked 4: pick 2 to 3.");
        let booth = db.registry().booth(Lang::Vi, &hall.codes[0].to_lowercase().replace('-', " ")).await.unwrap();
        assert_eq!(booth.options.iter().map(|o| o.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7, 8]);
        db.registry().cast_ballot(Lang::En, &hall.codes[0], &[8, 1]).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn nobody_changes_a_vote_that_is_closed_on_any_path() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("north", 6)]).await;
        fixed(&hall, &db, "from its opening on the rule and the options stay").await;
        hall.cast_all(&db).await;
        let spare = hall.issue(&db, &hall.register(&db, "north", 1).await).await;
        let (registry, author) = (db.registry(), officer(1));
        registry.close_dialogue(&author, &"SECRET".into(), None).await.unwrap();
        let before = dump(&db).await;
        // Every use case of the vote.
        assert!(registry.cast_ballot(Lang::En, &spare[0], &[1, 2]).await.is_err());
        let state = |done: Vec<ketnoi_registry::UserError>| assert_eq!(done[0].code, UserErrorCode::State, "{done:?}");
        state(refused(&registry.open_dialogue(&author, &"SECRET".into(), None).await));
        state(refused(&registry.close_dialogue(&author, &"SECRET".into(), None).await));
        let late = [NewDelegate { authority: "city-16".into(), note: String::new() }];
        state(refused(&registry.register_delegates(&author, &"SECRET".into(), &"north".into(), &late).await));
        let order = IssueOrder { dialogue: "SECRET".into(), cluster: None, delegates: Vec::new(), reissue: true };
        state(refused(&registry.issue_codes(&author, &order).await));
        let named = [DelegateCalled { authority: "city-01".into(), ordinal: 1 }];
        state(refused(&registry.void_codes(&author, &"SECRET".into(), &named).await));
        let paper = [PaperEntry { number: 1, choices: vec![1, 2], spoiled: false, authority: None }];
        state(refused(&registry.enter_paper(&author, &"SECRET".into(), &"north".into(), 1, &paper).await));
        state(refused(&registry.accept_paper(&author, &"SECRET".into(), &"north".into()).await));
        // Every write of a record, and every file.
        fixed(&hall, &db, "after the close").await;
        let file = Hall::file();
        assert!(registry.import(&Viewer::LocalAdministrator, &[file], false, &|_, _, _| ()).await.is_err());
        assert_eq!(dump(&db).await, before);
        // Only its own last step is left.
        registry.publish_dialogue(&author, &"SECRET".into(), None).await.unwrap();
        fixed(&hall, &db, "after its publication").await;
    })
    .await;
}

#[tokio::test]
async fn what_a_vote_is_held_on_and_by_is_not_put_away_and_nothing_comes_back_into_it() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::prepared(&db, "SECRET").await;
        let (registry, author) = (db.registry(), officer(1));
        let session = db.administrator();
        let dialogue: Dialogue = session.require("SECRET").await.unwrap();
        let options = async || -> Vec<DialogueOption> {
            let of = [dialogue.head.id.uuid()];
            db.administrator().all_children(("dialogue_id", &of)).await.unwrap()
        };
        // While it is being prepared an option may go, by itself or with its recommendation.
        let eighth = options().await.into_iter().find(|o| o.number == 8).unwrap();
        registry.archive(&author, &Reference::id(eighth.head.id), None, "too many").await.unwrap();
        let seventh: Recommendation = session.require("advice-7").await.unwrap();
        registry.archive(&author, &Reference::id(seventh.head.id), None, "said twice").await.unwrap();
        assert_eq!(options().await.len(), 6);
        hall.register(&db, "north", 6).await;
        registry.open_dialogue(&author, &"SECRET".into(), None).await.unwrap();

        let first: Recommendation = session.require("advice-1").await.unwrap();
        let north: Cluster = session.require("north").await.unwrap();
        let stays = async |when: &str| {
            let done = [
                registry.archive(&author, &Reference::id(first.head.id), None, "a mistake").await,
                registry.archive(&author, &Reference::id(north.head.id), None, "a mistake").await,
                registry.restore(&author, &Reference::id(eighth.head.id), None).await,
                registry.restore(&author, &Reference::id(seventh.head.id), None).await,
            ];
            for one in &done {
                let errors = refused(one);
                assert_eq!((errors[0].code, errors[0].path.as_str()), (UserErrorCode::State, "id"), "{when}: {one:?}");
            }
            // On every other path as well.
            let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
            let errors = [
                unit.archive::<Recommendation>(&[first.head.id.uuid()], None, "a mistake", NOW).await.err(),
                unit.archive::<Cluster>(&[north.head.id.uuid()], None, "a mistake", NOW).await.err(),
                unit.restore::<DialogueOption>(&[eighth.head.id.uuid()]).await.err(),
                unit.restore::<Recommendation>(&[seventh.head.id.uuid()]).await.err(),
            ];
            unit.roll_back().await.unwrap();
            for error in errors {
                assert!(matches!(error, Some(StoreError::Fixed { .. })), "{when}: {error:?}");
            }
            assert_eq!(options().await.len(), 6, "{when}");
        };
        stays("while it is open").await;
        registry.close_dialogue(&author, &"SECRET".into(), None).await.unwrap();
        stays("after the close").await;
    })
    .await;
}

#[tokio::test]
async fn a_vote_of_which_a_choice_would_be_lost_is_not_closed() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("north", 6), ("islands", 3)]).await;
        hall.cast_all(&db).await;
        // As if an option had gone behind the back of the vote.
        db.sql("UPDATE dialogue_option SET number = 90 WHERE number = 1; SELECT 1").await;
        let before = dump(&db).await;
        let closed = db.registry().close_dialogue(&officer(1), &"SECRET".into(), None).await;
        assert!(matches!(closed, Err(WriteError::Registry(Error::Outcome(_)))), "{closed:?}");
        assert_eq!(dump(&db).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_file_brings_a_closed_dialogue_once_and_changes_it_never() {
    on_both_databases(async |db: TestDb| {
        let closed = |title: &str| {
            let mut file = Hall::file();
            file.text = file.text.replace("status = \"preparing\"", "status = \"closed\"").replace("Đối thoại kín", title);
            file.text.push_str("ballot = [{ choices = [1], authority = \"city-01\" }]\n");
            file
        };
        let import =
            async |title: &str| db.registry().import(&Viewer::LocalAdministrator, &[closed(title)], false, &|_, _, _| ()).await;
        import("Một").await.unwrap();
        let again = import("Một").await.unwrap();
        assert_eq!((again.total.changed, again.total.added), (0, 0), "the same again is no change");
        let error = import("Hai").await.unwrap_err().to_string();
        assert!(error.contains("SECRET"), "{error}");
    })
    .await;
}

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

#[tokio::test]
async fn paper_ballots_count_when_two_people_read_the_same() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("south", 4)]).await;
        hall.cast_all(&db).await;
        let (registry, first, second) = (db.registry(), officer(1), officer(2));
        let (vote, south): (Called, Called) = ("SECRET".into(), "south".into());
        let paper = |number, choices: &[i64]| PaperEntry {
            number,
            choices: choices.to_vec(),
            spoiled: choices.is_empty(),
            authority: None,
        };
        let errors = refused(&registry.enter_paper(&first, &vote, &south, 1, &[paper(1, &[1]), paper(1, &[1, 2])]).await);
        let paths: Vec<&str> = errors.iter().map(|e| e.path.as_str()).collect();
        assert_eq!(paths, ["ballots.0.choices", "ballots.1.number"], "all faults at once");

        let read = [paper(1, &[1, 2]), paper(2, &[3, 2, 1]), paper(3, &[])];
        registry.enter_paper(&first, &vote, &south, 1, &read).await.unwrap();
        let errors = refused(&registry.enter_paper(&first, &vote, &south, 2, &read).await);
        assert_eq!(errors[0].path, "pass", "the same person does not read twice");
        registry.enter_paper(&second, &vote, &south, 2, &[paper(1, &[1, 2]), paper(2, &[1, 2])]).await.unwrap();
        let differ = registry.compare_paper(&first, &vote, &south).await.unwrap();
        assert_eq!(differ.iter().map(|d| d.number).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(differ[1].second, None);
        assert!(refused(&registry.accept_paper(&first, &vote, &south).await)[0].message.contains("2, 3"));
        assert!(!refused(&registry.close_dialogue(&first, &vote, None).await).is_empty(), "papers that wait are not left behind");
        registry.enter_paper(&second, &vote, &south, 2, &read[1..]).await.unwrap();
        registry.accept_paper(&first, &vote, &south).await.unwrap();
        assert_eq!(refused(&registry.enter_paper(&first, &vote, &south, 1, &read[..1]).await)[0].path, "ballots.0.number");
        let said = db.sql("SELECT DISTINCT choices, spoiled FROM paper_ballot").await;
        assert_eq!(said.len(), 1, "what the papers say is in the box alone: {said:?}");

        // Nine may vote: four did by code and three on paper, so three more are one too many.
        let more = [paper(4, &[1, 2]), paper(5, &[1, 2]), paper(6, &[1, 2])];
        registry.enter_paper(&first, &vote, &south, 1, &more).await.unwrap();
        registry.enter_paper(&second, &vote, &south, 2, &more).await.unwrap();
        assert!(refused(&registry.accept_paper(&second, &vote, &south).await)[0].message.contains('9'));
        db.sql("DELETE FROM paper_ballot WHERE number = 6; SELECT 1").await;
        registry.accept_paper(&second, &vote, &south).await.unwrap();
        let late = hall.issue(&db, &hall.register(&db, "south", 1).await).await;
        assert!(refused(&registry.cast_ballot(Lang::En, &late[0], &[1, 2]).await)[0].path == "code", "all ballots are in");

        registry.close_dialogue(&first, &vote, None).await.unwrap();
        let dialogue: Dialogue = db.administrator().require("SECRET").await.unwrap();
        let count = db
            .administrator()
            .count_ballots(std::slice::from_ref(&dialogue))
            .await
            .unwrap()
            .remove(&dialogue.head.id)
            .unwrap()
            .count;
        assert_eq!((count.overall.valid, count.overall.spoiled), (8, 1));
    })
    .await;
}

#[tokio::test]
async fn a_named_vote_keeps_the_city_and_winners_become_letters() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "NAMED", &[("south", 3)]).await;
        let (registry, author) = (db.registry(), officer(1));
        for (code, choice) in hall.codes.iter().zip([2, 2, 3]) {
            registry.cast_ballot(Lang::En, code, &[choice]).await.unwrap();
        }
        let vote: Called = "NAMED".into();
        registry.close_dialogue(&author, &vote, None).await.unwrap();
        let ballots: Vec<Ballot> = db.administrator().all(&Filter::all()).await.unwrap();
        assert!(ballots.len() == 3 && ballots.iter().all(|b| b.authority.is_some()), "{ballots:?}");

        let action = |option| WinnerAction {
            option,
            existing: None,
            kind: ketnoi_domain::AdvocacyKind::Letter,
            title: None,
            addressee: None,
            number: Some("12/HHĐT".into()),
            date: None,
        };
        assert_eq!(refused(&registry.link_winners(&author, &vote, &[action(3)]).await)[0].path, "actions.0.option");
        let ids = registry.link_winners(&author, &vote, &[action(2)]).await.unwrap();
        let made: AdvocacyAction = db.administrator().by_ids(&ids).await.unwrap().remove(0);
        assert_eq!((made.head.code.as_str(), made.title.in_lang(Lang::En)), ("NAMED:action:1", "Advice 2"));
        assert_eq!(made.dialogue, Some(ballots[0].dialogue));
    })
    .await;
}

#[tokio::test]
async fn a_new_code_ends_the_old_one_and_a_voided_one_admits_to_nothing() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("south", 3)]).await;
        let registry = db.registry();
        registry.cast_ballot(Lang::En, &hall.codes[0], &[1, 2]).await.unwrap();
        let order = IssueOrder { dialogue: "SECRET".into(), cluster: None, delegates: Vec::new(), reissue: true };
        let (issued, fresh) = registry.issue_codes(&officer(1), &order).await.unwrap();
        assert_eq!((issued.count, fresh.len()), (2, 2), "who has voted gets no second code");
        assert!(registry.cast_ballot(Lang::En, &hall.codes[1], &[1, 2]).await.is_err());
        let second =
            DelegateCalled { authority: Called { text: String::new(), id: Some(fresh[0].authority.uuid()) }, ordinal: 1 };
        registry.void_codes(&officer(1), &"SECRET".into(), &[second]).await.unwrap();
        assert!(registry.cast_ballot(Lang::En, &fresh[0].code.to_string(), &[1, 2]).await.is_err());
        registry.cast_ballot(Lang::En, &fresh[1].code.to_string(), &[1, 2]).await.unwrap();
        let options = SheetOptions { lang: Lang::Vi, public_url: Some("https://ketnoi.example/".into()) };
        let pdf = registry.print_codes(issued.dialogue, &fresh, &options).await.unwrap();
        assert!(pdf.starts_with(b"%PDF"));
        // No code is kept anywhere as it is.
        let tables = tables(&db).await;
        for table in &tables {
            let rows = db.sql(&format!("SELECT * FROM \"{table}\"")).await;
            let all = rows.concat().join(" ");
            assert!(hall.codes.iter().all(|c| !all.contains(&c.replace('-', ""))), "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_officers_hold_a_vote_and_two_who_open_it_do_not_both() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::prepared(&db, "SECRET").await;
        hall.register(&db, "south", 1).await;
        let stranger = ketnoi_registry::Author::of(Viewer::Stranger, Lang::En);
        let vote: Called = "SECRET".into();
        for refused in [
            db.registry().open_dialogue(&stranger, &vote, None).await.unwrap_err(),
            db.registry().close_dialogue(&stranger, &"NOWHERE".into(), None).await.unwrap_err(),
            db.registry().accept_paper(&stranger, &vote, &"south".into()).await.unwrap_err(),
        ] {
            assert!(matches!(refused, ketnoi_registry::WriteError::Registry(Error::Forbidden(_))), "{refused}");
        }
        let errors = refused(&db.registry().open_dialogue(&officer(1), &vote, Some(7)).await);
        assert_eq!((errors[0].code, errors[0].current_version), (UserErrorCode::Conflict, Some(1)));
        db.registry().open_dialogue(&officer(1), &vote, Some(1)).await.unwrap();
        assert_eq!(refused(&db.registry().open_dialogue(&officer(2), &vote, None).await)[0].code, UserErrorCode::State);
        let opened: Dialogue = db.administrator().require("SECRET").await.unwrap();
        assert_eq!((opened.status, opened.period.from.unwrap().to_string()), (DialogueStatus::Open, NOW[..10].to_owned()));
    })
    .await;
}

/// The first column of an answer.
async fn column(db: &TestDb, sql: &str) -> Vec<String> {
    db.sql(sql).await.into_iter().map(|mut row| row.remove(0)).collect()
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

/// Writes past the use cases, as an import or a change of a single record would; what refuses it.
async fn put<T: ketnoi_registry::Stored>(db: &TestDb, record: T) -> Option<StoreError> {
    let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
    let done = unit.put(&[record]).await;
    match done {
        Ok(()) => {
            unit.commit(&Signature::of(db.registry().clock().new_id(), NOW, "test", "change a record")).await.unwrap();
            None
        }
        Err(error) => {
            unit.roll_back().await.unwrap();
            Some(error)
        }
    }
}

/// Fails unless every record of the vote stays as it is, whoever writes it.
async fn fixed(hall: &Hall, db: &TestDb, when: &str) {
    let session = db.administrator();
    let is_fixed = |error: Option<StoreError>, what: &str| {
        assert!(matches!(error, Some(StoreError::Fixed { .. })), "{what} {when}: {error:?}");
    };
    let dialogue: Dialogue = session.require(&hall.dialogue).await.unwrap();
    is_fixed(put(db, Dialogue { title: Text::new(Lang::Vi, "Khác"), ..dialogue.clone() }).await, "the dialogue");
    is_fixed(put(db, Dialogue { status: DialogueStatus::Preparing, ..dialogue.clone() }).await, "the status");
    let of = [dialogue.head.id.uuid()];
    let option: DialogueOption = session.all_children(("dialogue_id", &of)).await.unwrap().remove(0);
    is_fixed(put(db, DialogueOption { number: 40, ..option.clone() }).await, "an option");
    let cluster: DialogueCluster = session.all_children(("dialogue_id", &of)).await.unwrap().remove(0);
    is_fixed(put(db, DialogueCluster { eligible: Some(400), ..cluster.clone() }).await, "a cluster");
    let head = ketnoi_test_support::head::<Ballot>("a-ballot-more");
    let extra = Ballot {
        head,
        dialogue: dialogue.head.id,
        cluster: cluster.cluster,
        authority: None,
        choices: vec![option.head().id],
        spoiled: false,
    };
    is_fixed(put(db, extra).await, "a further ballot");
    let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
    is_fixed(unit.remove::<DialogueOption>(&[option.head.id.uuid()]).await.err(), "taking an option away");
    unit.roll_back().await.unwrap();
    if let Some(ballot) = session.all_children::<Ballot>(("dialogue_id", &of)).await.unwrap().pop() {
        is_fixed(put(db, Ballot { spoiled: true, choices: Vec::new(), ..ballot.clone() }).await, "a ballot");
        let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
        is_fixed(unit.remove::<Ballot>(&[ballot.head.id.uuid()]).await.err(), "taking a ballot away");
        unit.roll_back().await.unwrap();
    }
    // Who may see it is no part of the vote.
    let mut seen = dialogue;
    seen.head.visibility = Visibility::Public;
    assert!(put(db, seen).await.is_none());
}

/// Everything that the vote consists of, as the database has it.
async fn dump(db: &TestDb) -> Vec<Vec<Vec<String>>> {
    let mut all = Vec::new();
    for table in ["dialogue", "dialogue_option", "dialogue_cluster", "ballot", "ballot_box", "vote", "vote_code", "paper_ballot"]
    {
        let mut rows = db.sql(&format!("SELECT * FROM \"{table}\"")).await;
        rows.sort();
        all.push(rows);
    }
    all
}

/// The names of all tables.
async fn tables(db: &TestDb) -> Vec<String> {
    let sql = match db.on() {
        On::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_index%'",
        On::Postgres => "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()",
    };
    column(db, sql).await
}
