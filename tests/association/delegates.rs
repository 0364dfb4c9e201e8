//! Those who are registered to vote, as those who hold the vote see them: to whom codes are out, as far as that leads to no
//! ballot, and never who has voted.

use std::collections::BTreeSet;

use ketnoi_domain::{AccountRole, Coded as _, KeyScope, Lang, Viewer};
use ketnoi_registry::votes::NewDelegate;
use ketnoi_test_support::{Hall, TestDb, officer, on_both_databases};
use serde_json::{Value, json};

use super::{
    desk::Desk,
    people::{account, in_person, with_key},
};
use crate::support::Portal;

/// The question for the delegates of a dialogue.
fn asked(dialogue: &str, given: &str) -> String {
    format!(
        "{{ dialogue(code: \"{dialogue}\") {{ delegates({given}) {{
            totalCount pageInfo {{ hasPreviousPage hasNextPage endCursor }}
            nodes {{ cluster {{ code }} localAuthority {{ code }} ordinal note hasCode }} }} }} }}"
    )
}

/// All delegates of a dialogue, as the portal is told.
async fn all(portal: &Portal, dialogue: &str) -> Value {
    portal.data(&asked(dialogue, "first: 100")).await["dialogue"]["delegates"].clone()
}

/// Of how many delegates of a cluster it is told that they have a code, that they have none, and neither.
fn told(all: &Value, cluster: &str) -> [usize; 3] {
    let nodes = all["nodes"].as_array().unwrap();
    let count = |has: Value| nodes.iter().filter(|n| n["cluster"]["code"] == cluster && n["hasCode"] == has).count();
    [count(json!(true)), count(json!(false)), count(Value::Null)]
}

#[actix_web::test]
async fn those_who_hold_a_vote_see_who_has_a_code_unless_that_would_single_out_a_few() {
    on_both_databases(async |db: TestDb| {
        let (registry, author) = (db.registry(), officer(1));
        let hall = Hall::prepared(&db, "SECRET").await;
        let north = hall.register(&db, "north", 12).await;
        hall.register(&db, "south", 2).await;
        let office = Portal::in_english(&db, author.viewer.clone());
        let prepared = all(&office, "SECRET").await;
        assert_eq!(prepared["totalCount"], 14);
        assert_eq!((told(&prepared, "north"), told(&prepared, "south")), ([0, 12, 0], [0, 2, 0]), "nobody has a code yet");

        let codes = hall.issue(&db, &[]).await;
        let issued = all(&office, "SECRET").await;
        assert_eq!((told(&issued, "north"), told(&issued, "south")), ([12, 0, 0], [2, 0, 0]), "all have one");

        // Who votes on paper has no code; papers are read by people, and where four are on paper, four are hidden.
        registry.void_codes(&author, &"SECRET".into(), &north[..4]).await.unwrap();
        let few = all(&office, "SECRET").await;
        assert_eq!((told(&few, "north"), told(&few, "south")), ([0, 0, 12], [2, 0, 0]));
        registry.void_codes(&author, &"SECRET".into(), &north[4..5]).await.unwrap();
        let many = all(&office, "SECRET").await;
        assert_eq!(told(&many, "north"), [7, 5, 0]);

        // While it is open, one answer less the one before would tell who has moved to paper.
        registry.open_dialogue(&author, &"SECRET".into(), None).await.unwrap();
        let open = all(&office, "SECRET").await;
        assert_eq!((told(&open, "north"), told(&open, "south")), ([0, 0, 12], [0, 0, 2]));

        // All who have a code vote. Nothing that the office is told is other than before.
        let mut cast = 0;
        for code in &codes {
            cast += usize::from(registry.cast_ballot(Lang::En, code, &[1, 2]).await.is_ok());
        }
        assert_eq!((cast, all(&office, "SECRET").await), (9, open), "who has voted is told nobody");

        registry.close_dialogue(&author, &"SECRET".into(), None).await.unwrap();
        let closed = all(&office, "SECRET").await;
        assert_eq!((told(&closed, "north"), told(&closed, "south")), ([0, 0, 12], [0, 0, 2]), "codes are forgotten");
        assert_eq!(closed["totalCount"], 14);
    })
    .await;
}

#[actix_web::test]
async fn where_ballots_are_named_it_is_told_of_each_whether_a_code_is_out() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::prepared(&db, "NAMED").await;
        let south = hall.register(&db, "south", 3).await;
        hall.issue(&db, &south[..1]).await;
        let office = Portal::in_english(&db, officer(1).viewer);
        assert_eq!(told(&all(&office, "NAMED").await, "south"), [1, 2, 0]);
    })
    .await;
}

#[actix_web::test]
async fn delegates_come_page_by_page_and_a_cursor_fits_its_dialogue_alone() {
    on_both_databases(async |db: TestDb| {
        let secret = Hall::prepared(&db, "SECRET").await;
        secret.register(&db, "north", 9).await;
        secret.register(&db, "south", 5).await;
        Hall { dialogue: "NAMED".to_owned(), codes: Vec::new() }.register(&db, "south", 3).await;
        let office = Portal::in_english(&db, officer(1).viewer);
        let whole = all(&office, "SECRET").await;
        let (mut nodes, mut after) = (Vec::new(), String::new());
        loop {
            let page = office.data(&asked("SECRET", &format!("first: 5{after}"))).await["dialogue"]["delegates"].clone();
            assert_eq!(page["totalCount"], 14, "the whole list is counted, wherever the page is");
            assert_eq!(page["pageInfo"]["hasPreviousPage"], !nodes.is_empty());
            nodes.extend(page["nodes"].as_array().unwrap().iter().cloned());
            after = format!(", after: {}", page["pageInfo"]["endCursor"]);
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(json!(nodes), whole["nodes"]);
        let other = office.ask(&asked("NAMED", &format!("first: 5{after}")), json!({})).await;
        assert_eq!(other.code(), "BAD_USER_INPUT", "{}", other.text);

        let several = |given: &str| {
            format!(
                "{{ dialogues(orderBy: {{ field: TITLE, direction: DESC }}{given}) {{ nodes {{ delegates(first: 2) {{
                    nodes {{ cluster {{ code }} localAuthority {{ code }} }} }} }} }} }}"
            )
        };
        let (one, two) = (office.ask(&several(", first: 1"), json!({})).await, office.ask(&several(""), json!({})).await);
        assert_eq!(two.data()["dialogues"]["nodes"].as_array().unwrap().len(), 2);
        one.data();
        assert_eq!(one.statements, two.statements, "the delegates of all dialogues are read together");
        let anchored = format!("{{ dialogues {{ nodes {{ delegates(first: 2{after}) {{ totalCount }} }} }} }}");
        assert_eq!(office.ask(&anchored, json!({})).await.code(), "BAD_USER_INPUT", "a cursor goes on from one dialogue");
        whole
    })
    .await;
}

#[actix_web::test]
async fn delegates_are_for_those_who_keep_the_registry_and_what_is_said_of_them_for_those_who_may_see_people() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::prepared(&db, "SECRET").await;
        hall.register(&db, "south", 1).await;
        let noted = [NewDelegate { authority: "city-02".into(), note: "Ông Trần Văn Nam, phó chủ tịch".to_owned() }];
        db.registry().register_delegates(&officer(1), &"SECRET".into(), &"south".into(), &noted).await.unwrap();

        let lan = account(&db, "lan", AccountRole::Officer, None).await;
        let city = account(&db, "city", AccountRole::FocalPoint, Some("city-01")).await;
        let every: BTreeSet<KeyScope> = KeyScope::ALL.iter().copied().collect();
        let without = |lacking: KeyScope| every.iter().copied().filter(|scope| *scope != lacking).collect::<BTreeSet<_>>();
        let city = with_key(&db, &city, &every).await;
        for viewer in [
            Viewer::Stranger,
            in_person(&city),
            city,
            with_key(&db, &lan, &without(KeyScope::RegistryWrite)).await,
            with_key(&db, &lan, &without(KeyScope::RegistryRead)).await,
        ] {
            let dialogue = Portal::in_english(&db, viewer.clone()).data(&asked("SECRET", "first: 100")).await;
            assert_eq!(dialogue["dialogue"], json!({ "delegates": null }), "{viewer:?}");
        }
        let notes = async |viewer: Viewer| {
            let all = all(&Portal::in_english(&db, viewer), "SECRET").await;
            all["nodes"].as_array().unwrap().iter().map(|n| n["note"].to_string()).collect::<BTreeSet<String>>()
        };
        let key = with_key(&db, &lan, &every).await;
        let said: BTreeSet<String> = ["null".to_owned(), json!(noted[0].note).to_string()].into();
        assert_eq!(notes(in_person(&key)).await, said);
        assert_eq!(notes(key.clone()).await, said);
        let without_people = with_key(&db, &lan, &without(KeyScope::EventsPeople)).await;
        assert_eq!(notes(without_people.clone()).await, BTreeSet::from(["null".to_owned()]), "it may hold a name");

        // Nor are they told when codes are given out.
        let beside_codes = async |viewer: Viewer| {
            let order = json!({ "dialogue": "SECRET", "reissue": true });
            let issued = Desk::of(&db, viewer).does("issueVotingCodes", "codes { note }", order).await;
            issued["codes"].as_array().unwrap().iter().map(|c| c["note"].to_string()).collect::<BTreeSet<String>>()
        };
        let nothing = json!("").to_string();
        assert_eq!(beside_codes(without_people).await, BTreeSet::from([nothing.clone()]));
        assert_eq!(beside_codes(key).await, [nothing, json!(noted[0].note).to_string()].into());
    })
    .await;
}
