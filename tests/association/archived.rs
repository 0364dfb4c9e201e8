//! What is put away is listed for those who may bring it back, and for nobody else.

use std::collections::BTreeSet;

use ketnoi_domain::{AccountRole, Coded as _, KeyScope, Viewer};
use ketnoi_registry::import::SourceFile;
use ketnoi_test_support::{NOW, TestDb, on_both_databases};
use serde_json::{Value, json};

use super::{
    desk::Desk,
    people::{account, in_person, operator, with_key},
};
use crate::support::Portal;

/// The question for what is put away of a kind; `given` are the arguments besides the kind.
fn asked(kind: &str, given: &str) -> String {
    format!(
        "{{ archivedRecords(kind: {kind}{given}) {{ nodes {{ kind id code title archivedAt archivedBy }}
            edges {{ cursor node {{ code }} }} pageInfo {{ hasPreviousPage hasNextPage endCursor }} }} }}"
    )
}

fn every_scope_but(lacking: Option<KeyScope>) -> BTreeSet<KeyScope> {
    KeyScope::ALL.iter().copied().filter(|scope| Some(*scope) != lacking).collect()
}

fn text(of: &Value) -> String {
    of.as_str().unwrap_or_else(|| panic!("{of} is no text")).to_owned()
}

/// The codes that a desk is told.
async fn codes(desk: &Desk, kind: &str) -> Vec<String> {
    let told = desk.reads(&asked(kind, "")).await;
    told["archivedRecords"]["nodes"].as_array().unwrap().iter().map(|node| text(&node["code"])).collect()
}

/// Puts a record away that nobody has changed since it was made.
async fn put_away(desk: &Desk, id: &str) {
    desk.does("archiveRecord", "id", json!({ "id": id, "expectedVersion": 1, "reason": "entered twice" })).await;
}

/// Three papers of an officer's, put away in their order; their ids.
async fn papers(desk: &Desk) -> Vec<String> {
    let mut ids = Vec::new();
    for n in 1..=3 {
        let title = json!([{ "lang": "VI", "text": format!("Bài {n}") }, { "lang": "EN", "text": format!("Paper {n}") }]);
        let paper = json!({ "code": format!("paper-{n}"), "title": title, "category": "WEB_PAGE" });
        let id = text(&desk.does("createDocument", "document { id }", paper).await["document"]["id"]);
        put_away(desk, &id).await;
        ids.push(id);
    }
    ids
}

async fn filled(db: &TestDb) {
    let file = SourceFile { name: "day.toml".into(), text: include_str!("day.toml").into() };
    db.registry().import(&operator().viewer, &[file], false, &|_, _, _| ()).await.unwrap_or_else(|e| panic!("{e}"));
}

/// An officer, with a key that lacks a scope or is asked for none.
async fn officer(db: &TestDb, name: &str, lacking: Option<KeyScope>) -> Viewer {
    let account = account(db, name, AccountRole::Officer, None).await;
    with_key(db, &account, &every_scope_but(lacking)).await
}

#[actix_web::test]
async fn what_is_put_away_is_listed_page_by_page_until_it_is_brought_back() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let lan = Desk::of(&db, in_person(&officer(&db, "lan", None).await));
        assert_eq!(codes(&lan, "DOCUMENT").await, Vec::<String>::new());
        let ids = papers(&lan).await;

        // All at one instant, as the clock of tests has it: the place of each is told by its id.
        let first = lan.reads(&asked("DOCUMENT", ", first: 2")).await["archivedRecords"].clone();
        let paper = |n: usize| {
            json!({
                "kind": "DOCUMENT", "id": ids[n - 1], "code": format!("paper-{n}"), "title": format!("Paper {n}"),
                "archivedAt": NOW, "archivedBy": "lan",
            })
        };
        assert_eq!(first["nodes"], json!([paper(3), paper(2)]));
        let end = text(&first["pageInfo"]["endCursor"]);
        assert_eq!(first["pageInfo"], json!({ "hasPreviousPage": false, "hasNextPage": true, "endCursor": end }));
        assert_eq!(first["edges"][1], json!({ "cursor": end, "node": { "code": "paper-2" } }));
        let rest = lan.reads(&asked("DOCUMENT", &format!(", after: \"{end}\""))).await["archivedRecords"].clone();
        assert_eq!(rest["nodes"], json!([paper(1)]));
        assert_eq!((&rest["pageInfo"]["hasPreviousPage"], &rest["pageInfo"]["hasNextPage"]), (&json!(true), &json!(false)));
        assert_eq!(lan.is_told(&asked("EVENT", &format!(", after: \"{end}\""))).await, "BAD_USER_INPUT", "a cursor of documents");
        assert_eq!(lan.is_told(&asked("DOCUMENT", ", after: \"x\"")).await, "BAD_USER_INPUT");
        assert_eq!(lan.is_told(&asked("DOCUMENT", ", first: 101")).await, "BAD_USER_INPUT");

        let in_vietnamese = Portal::known(&db, lan.viewer.clone());
        let told = in_vietnamese.data(&asked("DOCUMENT", ", first: 1")).await;
        assert_eq!(told["archivedRecords"]["nodes"][0]["title"], "Bài 3");
        let (one, three) = (
            in_vietnamese.ask(&asked("DOCUMENT", ", first: 1"), json!({})).await.statements,
            in_vietnamese.ask(&asked("DOCUMENT", ", first: 100"), json!({})).await.statements,
        );
        assert_eq!(one, three, "three take no more statements than one");

        lan.does("restoreRecord", "node { id }", json!({ "id": ids[1] })).await;
        assert_eq!(codes(&lan, "DOCUMENT").await, ["paper-3", "paper-1"]);
    })
    .await;
}

#[actix_web::test]
async fn what_went_out_of_sight_with_its_whole_is_not_listed_and_what_has_no_name_bears_its_code() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let lan = Desk::of(&db, in_person(&officer(&db, "lan", None).await));
        let green = json!({ "code": "GREEN", "level": "PROGRAMME", "title": [{ "lang": "EN", "text": "Green cities" }] });
        let green = text(&lan.does("createProgramme", "programme { id }", green).await["programme"]["id"]);
        let mut parts = Vec::new();
        for (organisation, role) in [("FUNDER", "FUNDING"), ("HOST", "IMPLEMENTING")] {
            let part = json!({ "programme": "GREEN", "organisation": organisation, "role": role });
            let made = lan.does("createParticipation", "participation { id }", part).await;
            parts.push(text(&made["participation"]["id"]));
        }
        put_away(&lan, &parts[0]).await;
        put_away(&lan, &green).await;
        let told = lan.reads(&asked("PARTICIPATION", "")).await["archivedRecords"]["nodes"].clone();
        let (code, title) = (&told[0]["code"], &told[0]["title"]);
        assert_eq!((told.as_array().unwrap().len(), code, title), (1, &json!("GREEN:funding:FUNDER"), code));
        assert_eq!(codes(&lan, "PROGRAMME").await, ["GREEN"]);
        for kind in ["BALLOT", "PERSON"] {
            assert_eq!(codes(&lan, kind).await, Vec::<String>::new());
        }
    })
    .await;
}

#[actix_web::test]
async fn nobody_but_those_who_keep_the_registry_is_told_what_is_put_away_nor_without_the_trail_by_whom() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let lan = Desk::of(&db, in_person(&officer(&db, "lan", None).await));
        papers(&lan).await;
        let funder = account(&db, "funder", AccountRole::Funder, Some("FUNDER")).await;
        let city = account(&db, "hue", AccountRole::FocalPoint, Some("hue")).await;
        let funder = with_key(&db, &funder, &every_scope_but(None)).await;
        let city = with_key(&db, &city, &every_scope_but(None)).await;
        for viewer in [
            Viewer::Stranger,
            in_person(&funder),
            funder,
            in_person(&city),
            officer(&db, "blind", Some(KeyScope::RegistryRead)).await,
            officer(&db, "idle", Some(KeyScope::RegistryWrite)).await,
        ] {
            let desk = Desk::of(&db, viewer);
            assert_eq!(desk.is_told(&asked("DOCUMENT", "")).await, "FORBIDDEN", "{:?}", desk.viewer);
        }
        let by = async |viewer: Viewer| {
            let told = Desk::of(&db, viewer).reads(&asked("DOCUMENT", "")).await;
            told["archivedRecords"]["nodes"].as_array().unwrap().iter().map(|node| node["archivedBy"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(by(officer(&db, "program", None).await).await, ["lan", "lan", "lan"]);
        assert_eq!(by(Viewer::LocalAdministrator).await, ["lan", "lan", "lan"]);
        let without_the_trail = officer(&db, "untold", Some(KeyScope::AuditRead)).await;
        assert_eq!(by(without_the_trail).await, [Value::Null, Value::Null, Value::Null]);
    })
    .await;
}
