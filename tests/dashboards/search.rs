//! What the search over all kinds finds, in which order, and that nothing typed into it is more than words.

use std::collections::BTreeSet;

use ketnoi_domain::fold;
use ketnoi_test_support::{TestDb, on_both_databases_with_demo};
use serde_json::{Value, json};

use crate::support::{Portal, Reply};

const SEARCH: &str = "query($query: String!, $filter: SearchFilter, $first: Int! = 100, $after: String) {
    search(query: $query, filter: $filter, first: $first, after: $after) {
        totalCount
        nodes {
            kind rank title
            titleHighlight { text hit }
            textHighlight { text hit }
            node {
                id
                ... on Organisation { code }
                ... on LocalAuthority { code }
                ... on Programme { code }
                ... on Document { code }
                ... on Event { code }
                ... on GoodPractice { code }
                ... on Replication { code }
                ... on Dialogue { code }
                ... on Partnership { code }
                ... on CooperationAgreement { code }
                ... on NewsItem { code }
            }
        }
        pageInfo { hasNextPage hasPreviousPage endCursor }
    }
}";

/// The ranks, the best first.
const RANKS: [&str; 5] = ["EXACT", "BEGINNING", "WORDS", "UNFINISHED", "TEXT"];

async fn search(portal: &Portal, variables: Value) -> Reply {
    let reply = portal.ask(SEARCH, variables).await;
    reply.data();
    reply
}

fn hits(reply: &Reply) -> &[Value] {
    reply.data()["search"]["nodes"].as_array().unwrap()
}

fn total(reply: &Reply) -> u64 {
    reply.data()["search"]["totalCount"].as_u64().unwrap()
}

/// The codes of what was found, of those kinds whose code is asked for.
fn codes(hits: &[Value]) -> Vec<&str> {
    hits.iter().filter_map(|hit| hit["node"]["code"].as_str()).collect()
}

/// Everything that is found, page after page of so many.
async fn all(portal: &Portal, query: &str, filter: Value, first: usize) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let reply = search(portal, json!({ "query": query, "filter": filter, "first": first, "after": after })).await;
        let info = &reply.data()["search"]["pageInfo"];
        assert_eq!(info["hasPreviousPage"], json!(!found.is_empty()), "{query}");
        assert!(hits(&reply).len() <= first);
        found.extend_from_slice(hits(&reply));
        if info["hasNextPage"] == json!(false) {
            assert_eq!(found.len() as u64, total(&reply), "{query}: all that is counted is found");
            return found;
        }
        assert_eq!(hits(&reply).len(), first, "{query}: only the last page is not full");
        after = info["endCursor"].clone();
    }
}

#[actix_web::test]
async fn what_is_called_just_so_comes_first_whatever_its_case_and_accents() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::of_means(&db);
        let mut answers = Vec::new();
        for (query, first, others) in [
            (
                "da nang",
                ("LOCAL_AUTHORITY", "da-nang"),
                &["da-nang-old-town", "DELGOSEA-VISIT-DA-NANG-2012", "hcmc-2010-06-28", "mh-da-nang-planning"][..],
            ),
            (
                "ile de france",
                ("LOCAL_AUTHORITY", "ile-de-france"),
                &["ha-noi-ile-de-france", "ha-noi-ile-de-france:agreement:agr-2010", "hcmc-2010-11-07", "hcmc-vn-fr-8"][..],
            ),
            ("PMI LED", ("PROGRAMME", "PMI-LED"), &["PMI-LED-DIALOGUES", "PMI-LED-2017", "PMI-LED-TAY-BAC-2017"][..]),
            (
                "Trà Vinh",
                ("LOCAL_AUTHORITY", "tra-vinh"),
                &["tinh-tra-vinh", "phuong-tra-vinh", "DELGOSEA-VISIT-TRA-VINH-2012", "mh-tra-vinh-waste"][..],
            ),
        ] {
            let found = all(&portal, query, Value::Null, 100).await;
            let (best, codes) = (&found[0], codes(&found));
            assert_eq!((best["kind"].as_str(), best["node"]["code"].as_str()), (Some(first.0), Some(first.1)), "{query}");
            assert_eq!(best["rank"], "EXACT", "{query}");
            for other in others {
                assert!(codes.contains(other), "{query} finds {other}: {codes:?}");
            }
            let ranks = found.iter().map(|hit| RANKS.iter().position(|rank| hit["rank"] == *rank).unwrap());
            assert!(ranks.is_sorted(), "{query}: the best come first");
            // However it is typed, the same is found and marked.
            for alike in [query.to_uppercase(), fold(query), format!("  {query} !")] {
                assert_eq!(all(&portal, &alike, Value::Null, 100).await, found, "{alike}");
            }
            answers.push(found);
        }
        answers
    })
    .await;
}

#[actix_web::test]
async fn paging_through_a_search_meets_each_hit_once_and_in_order() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::of_means(&db);
        let found = all(&portal, "do thi", Value::Null, 7).await;
        assert!(found.len() > 50, "{}", found.len());
        let ids: BTreeSet<&str> = found.iter().map(|hit| hit["node"]["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), found.len(), "each hit once");
        assert_eq!(all(&portal, "do thi", Value::Null, 100).await, found);
        let codes = codes(&found);
        for code in ["ACVN", "PMI-LED", "PMI-LED-TAY-BAC-2017", "MH-DT-2023"] {
            assert!(codes.contains(&code), "{code}: {codes:?}");
        }
        found
    })
    .await;
}

#[actix_web::test]
async fn a_search_for_no_word_finds_nothing_and_is_no_error() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::of_means(&db);
        for query in ["", "   ", "´", "%", "_", "%_'\"*()", "')--", "\\", "\u{301}", "—…!?", "\u{0}", "\t\n"] {
            let reply = search(&portal, json!({ "query": query })).await;
            assert_eq!((hits(&reply).len(), total(&reply)), (0, 0), "{query:?}");
            let page = json!({ "hasNextPage": false, "hasPreviousPage": false, "endCursor": null });
            assert_eq!(reply.data()["search"]["pageInfo"], page, "{query:?}");
            let reply =
                portal.ask("query($query: String!) { suggest(query: $query) { title } }", json!({ "query": query })).await;
            assert_eq!(reply.data()["suggest"], json!([]), "{query:?}");
        }
    })
    .await;
}

#[actix_web::test]
async fn what_a_database_would_read_as_its_own_language_is_searched_for_as_words() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::of_means(&db);
        let mut answers = Vec::new();
        for (query, plain) in [
            ("\"da\" OR nang*", "da or nang"),
            ("NEAR(a b)", "near a b"),
            ("names : vinh", "names vinh"),
            ("texts:vinh", "texts vinh"),
            ("a & b | !c", "a b c"),
            ("-vinh", "vinh"),
            ("^vinh", "vinh"),
            ("vinh:*", "vinh"),
            ("vinh <-> tra", "vinh tra"),
            ("{names texts}: vinh", "names texts vinh"),
            ("vinh'); DROP TABLE search_entry; --", "vinh drop table search entry"),
            ("vinh AND NOT tra", "vinh and not tra"),
            ("vin%", "vin"),
            ("vi_h", "vi h"),
        ] {
            let reply = search(&portal, json!({ "query": query })).await;
            let words = search(&portal, json!({ "query": plain })).await;
            assert_eq!(hits(&reply), hits(&words), "{query}");
            assert_eq!(total(&reply), total(&words), "{query}");
            answers.push(reply.text);
        }
        assert!(total(&search(&portal, json!({ "query": "vinh:*" })).await) > 0);
        answers
    })
    .await;
}

#[actix_web::test]
async fn a_search_is_narrowed_by_kind_time_and_place() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::of_means(&db);
        let mut answers = Vec::new();
        let whole = all(&portal, "da nang", Value::Null, 100).await;
        let mut narrowed = async |query: &str, filter: Value| {
            let found = all(&portal, query, filter.clone(), 100).await;
            answers.push((filter, found.clone()));
            found
        };

        let events = narrowed("da nang", json!({ "kinds": ["EVENT"] })).await;
        assert!(!events.is_empty() && events.len() < whole.len());
        assert!(events.iter().all(|hit| hit["kind"] == "EVENT"));
        let wanted: Vec<&Value> = whole.iter().filter(|hit| hit["kind"] == "EVENT").collect();
        assert_eq!(events.iter().collect::<Vec<_>>(), wanted, "those of the kind, in the same order");
        let both = narrowed("da nang", json!({ "kinds": ["EVENT", "NEWS_ITEM"] })).await;
        assert!(both.len() > events.len());

        let (visit, news) = ("DELGOSEA-VISIT-DA-NANG-2012", "hcmc-2010-06-28");
        for (filter, there, not_there) in [
            (json!({ "from": "2012-06", "to": "2012-06" }), visit, news),
            (json!({ "from": "2012-06-30" }), visit, news),
            (json!({ "to": "2010-06-28" }), news, visit),
            (json!({ "from": "2010-06-28", "to": "2010-06-28" }), news, visit),
            (json!({ "kinds": ["EVENT"], "from": "2012" }), visit, news),
        ] {
            let found = narrowed("da nang", filter.clone()).await;
            assert!(found.len() < whole.len(), "{filter}");
            assert!(codes(&found).contains(&there), "{filter}");
            assert!(!codes(&found).contains(&not_there), "{filter}");
        }

        let there = narrowed("da nang", json!({ "place": "da-nang" })).await;
        assert!(there.len() < whole.len() && codes(&there).contains(&visit) && codes(&there).contains(&"da-nang"));
        assert!(there.iter().all(|hit| whole.contains(hit)));
        assert!(narrowed("da nang", json!({ "place": "NOWHERE" })).await.is_empty());

        // The city was split into wards, and was a part of a province.
        let visit = "DELGOSEA-VISIT-TRA-VINH-2012";
        for (place, scope, reaches) in [
            ("tra-vinh", "ITSELF", true),
            ("phuong-tra-vinh", "ITSELF", false),
            ("phuong-tra-vinh", "SUCCESSION", true),
            ("tinh-tra-vinh", "ITSELF", false),
            ("tinh-tra-vinh", "SUCCESSION", false),
            ("tinh-tra-vinh", "FAMILY", true),
        ] {
            let found = narrowed("tra vinh", json!({ "place": place, "placeScope": scope })).await;
            assert!(codes(&found).contains(&place), "{place} {scope}");
            assert_eq!(codes(&found).contains(&visit), reaches, "{place} {scope}");
        }
        answers
    })
    .await;
}

#[actix_web::test]
async fn the_words_that_were_found_are_marked() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::of_means(&db);
        let found = all(&portal, "da nang", Value::Null, 100).await;
        let marked = json!([{ "text": "Đà", "hit": true }, { "text": " ", "hit": false }, { "text": "Nẵng", "hit": true }]);
        assert_eq!(found[0]["titleHighlight"], marked);
        for hit in &found {
            for marks in [&hit["titleHighlight"], &hit["textHighlight"]] {
                let Some(fragments) = marks.as_array() else { continue };
                let words: Vec<String> =
                    fragments.iter().filter(|f| f["hit"] == true).map(|f| fold(f["text"].as_str().unwrap())).collect();
                assert!(!words.is_empty(), "{hit}");
                assert!(words.iter().all(|word| word == "da" || word.starts_with("nang")), "{hit}");
            }
            if hit["rank"] == "TEXT" {
                assert!(hit["textHighlight"].is_array(), "what is told of it holds some of the words: {hit}");
            }
        }
        // The last word need not be typed to its end; the others are whole.
        let found = all(&portal, "da n", Value::Null, 100).await;
        assert_eq!(found[0]["titleHighlight"], marked);
        assert_eq!(found[0]["rank"], "BEGINNING");
        found
    })
    .await;
}

#[actix_web::test]
async fn names_to_go_on_typing_with_come_once_each() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::of_means(&db);
        let query = "query($query: String!, $kinds: [Kind!], $first: Int!) { suggest(query: $query, kinds: $kinds, first: $first) { title kind node { id } } }";
        let mut answers = Vec::new();
        for (typed, kinds, first) in [
            ("da n", json!(null), 10),
            ("tra", json!(null), 100),
            ("tra", json!(["LOCAL_AUTHORITY"]), 100),
            ("do thi", json!(null), 3),
        ] {
            let reply = portal.ask(query, json!({ "query": typed, "kinds": kinds, "first": first })).await;
            let all = reply.data()["suggest"].as_array().unwrap();
            let titles: BTreeSet<String> = all.iter().map(|s| fold(s["title"].as_str().unwrap())).collect();
            assert!(!all.is_empty() && all.len() <= first, "{typed}");
            assert_eq!(titles.len(), all.len(), "{typed}: each once");
            assert!(kinds.is_null() || all.iter().all(|s| s["kind"] == "LOCAL_AUTHORITY"), "{typed}");
            answers.push(reply.text);
        }
        assert!(answers[0].contains(r#""suggest":[{"title":"Đà Nẵng","kind":"LOCAL_AUTHORITY""#), "{}", answers[0]);
        answers
    })
    .await;
}
