//! What a portal hears while it listens: changes in its own view and no others, from every replica; the turnout of a vote; how
//! far a report is.

use std::time::Duration;

use async_graphql::{Executor as _, Request, Response};
use futures_util::{FutureExt as _, StreamExt as _, stream::BoxStream};
use ketnoi_domain::{AccountRole, KeyScope, Lang, Period, Programme, ReportAudience, Viewer, Visibility};
use ketnoi_graphql::RequestData;
use ketnoi_registry::{Author, NewAccount, NewKey, Registry, ReportAsked, Store, Worker};
use ketnoi_test_support::{Bulk, Hall, TestDb, Time, officer, on_both_databases, on_both_databases_with_demo, programme};
use serde_json::{Value, json};
use tokio::time::timeout;

const CHANGES: &str =
    "subscription { recordChanged { operation kind revision cursor record { ... on Programme { code title } } } }";

/// How long an event may take; on SQLite other processes are looked at once a second.
const PATIENCE: Duration = Duration::from_secs(20);

/// A subscription, read when the test says so.
struct Followed(BoxStream<'static, Response>);

impl Followed {
    fn of(registry: &Registry, viewer: Viewer, query: &str) -> Self {
        let data = RequestData::new(registry.clone(), registry.session(viewer), Lang::En);
        Self(ketnoi_graphql::build().execute_stream(Request::new(query).data(data), None))
    }

    /// The same, which has begun. Who it is of must be known without asking the database.
    async fn begun(registry: &Registry, viewer: Viewer, query: &str) -> Self {
        // What was heard of before is not told: so it must have been heard of.
        registry.store().revisions().wait_for(|revision| *revision > 0).await.unwrap();
        let mut followed = Self::of(registry, viewer, query);
        assert!(followed.0.next().now_or_never().is_none(), "nothing has happened yet");
        followed
    }

    /// The next answer; nothing at its end.
    async fn answer(&mut self) -> Option<Value> {
        let response = timeout(PATIENCE, self.0.next()).await.expect("something is told");
        response.map(|response| serde_json::to_value(&response).unwrap())
    }

    /// The next event.
    async fn event(&mut self, field: &str) -> Value {
        let answer = self.answer().await.expect("it has not ended");
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"][field].clone()
    }

    /// The operation and the code of the next record that changes.
    async fn change(&mut self) -> (String, Option<String>) {
        let event = self.event("recordChanged").await;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        (text(&event["operation"]).unwrap(), text(&event["record"]["code"]))
    }

    /// The code of the error that it ends with.
    async fn end(&mut self) -> String {
        let answer = self.answer().await.expect("it has not ended");
        let code = answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none").to_owned();
        assert!(self.answer().await.is_none(), "nothing comes after: {answer}");
        code
    }
}

fn of(code: &str, visibility: Visibility) -> Programme {
    let mut one = programme(code, &format!("Chương trình {code}"));
    (one.head.visibility, one.head.effective) = (visibility, visibility);
    one
}

async fn put(db: &TestDb, programmes: &[Programme]) {
    db.put(&Bulk { programmes: programmes.to_vec(), ..Bulk::default() }).await;
}

fn heard(operation: &str, code: &str) -> (String, Option<String>) {
    (operation.to_owned(), (!code.is_empty()).then(|| code.to_owned()))
}

#[actix_web::test]
async fn two_replicas_hear_of_one_another() {
    on_both_databases(async |db: TestDb| {
        let other = Registry::new(Store::open(db.database().clone()).await.unwrap(), Time::default().clock());
        put(&db, &[of("A", Visibility::Public)]).await;
        let mut here = Followed::begun(db.registry(), Viewer::LocalAdministrator, CHANGES).await;
        let mut there = Followed::begun(&other, Viewer::LocalAdministrator, CHANGES).await;
        put(&db, &[of("B", Visibility::Public)]).await;
        for followed in [&mut here, &mut there] {
            assert_eq!(followed.change().await, heard("ADDED", "B"));
        }
        other.import(&Viewer::LocalAdministrator, &[Hall::file()], false, &|_, _, _| ()).await.unwrap();
        for followed in [&mut here, &mut there] {
            assert_eq!(followed.event("recordChanged").await["revision"], 3);
        }
        other.store().clone().close().await.unwrap();
    })
    .await;
}

#[actix_web::test]
async fn nobody_is_told_of_what_they_may_not_see_and_of_what_left_their_view_only_that_it_did() {
    on_both_databases(async |db: TestDb| {
        put(&db, &[of("FIRST", Visibility::Public)]).await;
        let mut stranger = Followed::begun(db.registry(), Viewer::Stranger, CHANGES).await;
        let mut keeper = Followed::begun(db.registry(), Viewer::LocalAdministrator, CHANGES).await;
        put(&db, &[of("OURS", Visibility::Internal), of("SHOWN", Visibility::Public)]).await;
        put(&db, &[of("SHOWN", Visibility::Internal)]).await;
        put(&db, &[Programme { acronym: Some("X".into()), ..of("SHOWN", Visibility::Internal) }]).await;
        put(&db, &[of("LAST", Visibility::Public)]).await;
        let mut told = vec![stranger.change().await];
        if told[0] == heard("REMOVED", "") {
            // What was shown and hidden before anyone was told is told as hidden, as it is by then.
            told.insert(0, heard("ADDED", "SHOWN"));
        }
        while told.last() != Some(&heard("ADDED", "LAST")) {
            told.push(stranger.change().await);
        }
        told.dedup();
        let expected = [heard("ADDED", "SHOWN"), heard("REMOVED", ""), heard("ADDED", "LAST")];
        assert_eq!(told, expected);
        let mut seen = Vec::new();
        for _ in 0..5 {
            seen.push(keeper.change().await);
        }
        // What was committed together has no order of its own.
        seen[..2].sort();
        let expected = [("ADDED", "OURS"), ("ADDED", "SHOWN"), ("CHANGED", "SHOWN"), ("CHANGED", "SHOWN"), ("ADDED", "LAST")];
        assert_eq!(seen, expected.map(|(operation, code)| heard(operation, code)));
    })
    .await;
}

#[actix_web::test]
async fn only_what_is_asked_for_is_told_and_its_cursor_is_one_of_the_feed() {
    on_both_databases(async |db: TestDb| {
        put(&db, &[of("FIRST", Visibility::Public), of("OTHER", Visibility::Public)]).await;
        let portal = crate::support::Portal::stranger(&db);
        let id = portal.data("{ programme(code: \"FIRST\") { id } }").await["programme"]["id"].as_str().unwrap().to_owned();
        let by_id = format!(
            "subscription {{ recordChanged(ids: [\"{id}\"]) {{ operation cursor record {{ ... on Programme {{ code }} }} }} }}"
        );
        let mut one = Followed::begun(db.registry(), Viewer::Stranger, &by_id).await;
        let events = CHANGES.replace("recordChanged", "recordChanged(kinds: [EVENT])");
        let mut none = Followed::begun(db.registry(), Viewer::Stranger, &events).await;
        put(&db, &[Programme { acronym: Some("O".into()), ..of("OTHER", Visibility::Public) }]).await;
        put(&db, &[Programme { acronym: Some("F".into()), ..of("FIRST", Visibility::Public) }]).await;
        let event = one.event("recordChanged").await;
        assert_eq!(event["record"]["code"], "FIRST");
        assert!(none.0.next().now_or_never().is_none(), "no event has changed");
        let after = event["cursor"].as_str().unwrap();
        let feed =
            portal.ask("query F($after: String) { changes(after: $after) { nodes { kind } } }", json!({ "after": after })).await;
        assert_eq!(feed.data()["changes"]["nodes"], json!([]), "nothing came after it");
        let mut wrong = Followed::of(db.registry(), Viewer::Stranger, "subscription { recordChanged(ids: [\"x\"]) { kind } }");
        assert_eq!(wrong.end().await, "BAD_USER_INPUT");
    })
    .await;
}

#[actix_web::test]
async fn whoever_falls_behind_is_told_so_and_nobody_waits_for_them() {
    on_both_databases(async |db: TestDb| {
        put(&db, &[of("FIRST", Visibility::Public)]).await;
        let mut slow = Followed::begun(db.registry(), Viewer::Stranger, CHANGES).await;
        let mut quick = Followed::begun(db.registry(), Viewer::Stranger, CHANGES).await;
        for n in 0..70 {
            let code = format!("P{n}");
            put(&db, &[of(&code, Visibility::Public)]).await;
            assert_eq!(quick.change().await, heard("ADDED", &code));
        }
        assert_eq!(slow.end().await, "TOO_SLOW");
    })
    .await;
}

#[actix_web::test]
async fn a_key_that_is_revoked_hears_no_more_and_one_without_the_scope_nothing() {
    on_both_databases(async |db: TestDb| {
        let (registry, author) = (db.registry(), Author::of(Viewer::LocalAdministrator, Lang::En));
        let account = NewAccount { name: "portal".into(), role: AccountRole::Officer, organisation: None, authority: None };
        let account = registry.create_account(&author, &account).await.unwrap();
        let key = async |scopes: &[KeyScope]| {
            let new =
                NewKey { account: account.id, label: "k".into(), scopes: scopes.iter().copied().collect(), expires_at: None };
            let issued = registry.issue_key(&author, &new).await.unwrap();
            let viewer = registry.by_key(&issued.token.unwrap()).await.unwrap().unwrap();
            (issued.key.id, viewer)
        };
        let (id, viewer) = key(&[KeyScope::RegistryRead, KeyScope::ChangesRead]).await;
        let mut followed = Followed::of(registry, viewer, CHANGES);
        let first = async {
            // When it has begun nobody says; so records come until one is heard of.
            let mut n = 0;
            loop {
                n += 1;
                put(&db, &[of(&format!("P{n}"), Visibility::Draft)]).await;
                if let Some(heard) = timeout(Duration::from_millis(100), followed.0.next()).await.ok().flatten() {
                    break serde_json::to_value(&heard).unwrap();
                }
            }
        };
        let first = timeout(PATIENCE, first).await.expect("a record is heard of");
        assert_eq!(first["data"]["recordChanged"]["operation"], "ADDED", "{first}");
        registry.revoke_key(&author, id).await.unwrap();
        put(&db, &[of("AFTER", Visibility::Draft)]).await;
        let mut answers = Vec::new();
        while let Some(answer) = followed.answer().await {
            answers.push(answer);
        }
        let last = answers.pop().expect("it is told why it ends");
        assert_eq!(last["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{last}");
        assert!(answers.iter().all(|answer| answer["data"]["recordChanged"]["record"]["code"] != "AFTER"), "{answers:?}");

        let (_, viewer) = key(&[KeyScope::RegistryRead]).await;
        assert_eq!(Followed::of(registry, viewer, CHANGES).end().await, "FORBIDDEN");
    })
    .await;
}

#[actix_web::test]
async fn the_turnout_of_a_vote_is_told_until_it_closes_and_of_few_ballots_no_number() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("south", 7)]).await;
        let query = "subscription { ballotTurnout(dialogue: \"SECRET\") { status turnout { cast clusters { cast } } } }";
        let mut followed = Followed::of(db.registry(), Viewer::LocalAdministrator, query);
        let first = followed.event("ballotTurnout").await;
        assert_eq!((&first["status"], &first["turnout"]["cast"]), (&json!("OPEN"), &json!(0)));
        hall.cast_all(&db).await;
        let some = followed.event("ballotTurnout").await;
        let cast = &some["turnout"]["cast"];
        assert!([json!(null), json!(5), json!(6), json!(7)].contains(cast), "{some}");
        db.registry().close_dialogue(&officer(1), &"SECRET".into(), None).await.unwrap();
        let mut last = some;
        while let Some(answer) = followed.answer().await {
            last = answer["data"]["ballotTurnout"].clone();
        }
        assert_eq!(last["status"], "CLOSED", "{last}");
        let mut none =
            Followed::of(db.registry(), Viewer::Stranger, "subscription { ballotTurnout(dialogue: \"NONE\") { status } }");
        assert_eq!(none.end().await, "NOT_FOUND");
    })
    .await;
}

#[actix_web::test]
async fn a_report_is_followed_to_its_end_by_those_who_may_see_that_it_was_asked_for() {
    on_both_databases_with_demo(async |db: TestDb| {
        let author = Author::of(Viewer::LocalAdministrator, Lang::En);
        let (report, subject) = ("programme-summary".to_owned(), "PMI-LED".to_owned());
        let (lang, audience, period) = (Lang::En, ReportAudience::Public, Period::default());
        let asked = ReportAsked { report, subject, lang, audience, brand: None, period };
        let job = db.registry().request_report(&author, asked).await.unwrap();
        let query = format!("subscription {{ reportProgress(id: \"{}\") {{ state percent path }} }}", job.id);
        let mut followed = Followed::of(db.registry(), Viewer::LocalAdministrator, &query);
        assert_eq!(followed.event("reportProgress").await["state"], "QUEUED");
        assert!(Worker::new(db.registry().clone()).one().await.unwrap());
        let mut last = Value::Null;
        while let Some(answer) = followed.answer().await {
            last = answer["data"]["reportProgress"].clone();
        }
        assert_eq!((&last["state"], &last["percent"]), (&json!("DONE"), &json!(100)));
        assert!(last["path"].as_str().is_some_and(|path| path.ends_with(".pdf")), "{last}");
        assert_eq!(Followed::of(db.registry(), Viewer::Stranger, &query).end().await, "NOT_FOUND");
    })
    .await;
}
