//! What is refused is refused with the right code and a sentence that says what to do, the same on both databases.

use std::fmt::Write as _;

use ketnoi_test_support::{TestDb, on_both_databases_with_demo};
use serde_json::json;

use crate::support::Portal;

/// A question, and the code of its refusal.
const QUESTIONS: [(&str, &str); 41] = [
    ("{ programmes(first: 1, last: 1) { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ programmes(first: 0) { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ programmes(first: 101) { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ programmes(first: -1) { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ programmes(last: 0) { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ programmes(last: 101) { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ programmes(first: 99999999999) { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ programmes(after: \"\") { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ programmes(after: \"no cursor\") { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ programmes(before: \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\") { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ programmes { nodes { participations(first: 1, last: 1) { nodes { code } } } } }", "BAD_USER_INPUT"),
    ("{ node(id: \"\") { id } }", "BAD_USER_INPUT"),
    ("{ node(id: \"1\") { id } }", "BAD_USER_INPUT"),
    ("{ node(id: \"cHJvZ3JhbW1lOjE\") { id } }", "BAD_USER_INPUT"),
    ("{ nodes(ids: [\"!!\"]) { id } }", "BAD_USER_INPUT"),
    ("{ programmes(filter: { status: { eq: ABANDONED } }) { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ programmes(filter: { period: { from: \"2010-13\" } }) { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ programmes(filter: { colour: { eq: \"red\" } }) { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ programmes(orderBy: { field: COLOUR }) { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ programmes(orderBy: {}) { nodes { code } } }", "BAD_USER_INPUT"),
    ("{ portfolio(by: COLOUR) { groups { key } } }", "BAD_USER_INPUT"),
    (
        "{ portfolio(by: TOTAL) { groups { agreed { converted(to: \"dollars\", on: \"2020-01-01\") { total { amount } } } } } }",
        "BAD_USER_INPUT",
    ),
    (
        "{ portfolio(by: TOTAL) { groups { agreed { converted(to: \"CAD\", on: \"2020-02-30\") { total { amount } } } } } }",
        "BAD_USER_INPUT",
    ),
    ("{ programme { code } }", "BAD_USER_INPUT"),
    ("{ search(query: \"vinh\", first: 0) { totalCount } }", "BAD_USER_INPUT"),
    ("{ search(query: \"vinh\", first: 101) { totalCount } }", "BAD_USER_INPUT"),
    ("{ search(query: \"vinh\", after: \"\") { totalCount } }", "BAD_USER_INPUT"),
    ("{ search(query: \"vinh\", after: \"no cursor\") { totalCount } }", "BAD_USER_INPUT"),
    ("{ search(query: \"vinh\", filter: { kinds: [TOWN] }) { totalCount } }", "BAD_USER_INPUT"),
    ("{ search(query: \"vinh\", filter: { from: \"2010-13\" }) { totalCount } }", "BAD_USER_INPUT"),
    ("{ search { totalCount } }", "BAD_USER_INPUT"),
    ("{ suggest(query: \"vinh\", first: 0) { title } }", "BAD_USER_INPUT"),
    ("{ suggest(query: \"vinh\", first: 101) { title } }", "BAD_USER_INPUT"),
    ("{ map(kinds: [TRANSACTION]) { code } }", "BAD_USER_INPUT"),
    ("{ bilateral(countries: [\"VN\"]) { projectCount } }", "BAD_USER_INPUT"),
    ("{ bilateral(countries: [\"VN\", \"VN\"]) { projectCount } }", "BAD_USER_INPUT"),
    ("{ bilateral(countries: [\"vn\", \"FR\"]) { projectCount } }", "BAD_USER_INPUT"),
    ("{ bilateral(countries: [\"VN\", \"FR\", \"DE\"]) { projectCount } }", "BAD_USER_INPUT"),
    ("{ calendar(year: 99999) { month } }", "BAD_USER_INPUT"),
    ("{ calendar(year: -1) { month } }", "BAD_USER_INPUT"),
    ("{ attendance(by: COLOUR) { key } }", "BAD_USER_INPUT"),
];

#[actix_web::test]
async fn a_wrong_question_is_refused_with_a_code_and_a_sentence() {
    let told = on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::stranger(&db);
        let mut told = String::new();
        for (question, code) in QUESTIONS {
            let reply = portal.ask(question, json!({})).await;
            assert_eq!(reply.code(), code, "{question}\n{}", reply.text);
            let small = reply.text.to_lowercase();
            assert!(
                !["select ", "panick", ".rs:", "sqlite", "postgres"].iter().any(|word| small.contains(word)),
                "{}",
                reply.text
            );
            writeln!(told, "{question}\n  {}: {}", reply.code(), reply.message().replace('\n', "\n  ")).unwrap();
        }
        told
    })
    .await;
    insta::assert_snapshot!("refusals", told);
}

#[actix_web::test]
async fn a_cursor_fits_only_the_list_the_filter_and_the_order_that_it_came_with() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::stranger(&db);
        let from = "{ programmes(orderBy: { field: START }, first: 2) { pageInfo { endCursor } } }";
        let cursor = portal.data(from).await["programmes"]["pageInfo"]["endCursor"].as_str().unwrap().to_owned();
        let own = format!("{{ programmes(orderBy: {{ field: START }}, first: 2, after: \"{cursor}\") {{ nodes {{ code }} }} }}");
        portal.data(&own).await;
        for foreign in [
            format!("{{ programmes(first: 2, after: \"{cursor}\") {{ nodes {{ code }} }} }}"),
            format!("{{ programmes(orderBy: {{ field: END }}, after: \"{cursor}\") {{ nodes {{ code }} }} }}"),
            format!("{{ programmes(orderBy: {{ field: START, direction: DESC }}, after: \"{cursor}\") {{ nodes {{ code }} }} }}"),
            format!("{{ programmes(orderBy: {{ field: START }}, filter: {{ status: {{ eq: CLOSED }} }}, before: \"{cursor}\") {{ nodes {{ code }} }} }}"),
            format!("{{ organisations(after: \"{cursor}\") {{ nodes {{ code }} }} }}"),
            format!("{{ programme(code: \"MPED\") {{ components(orderBy: {{ field: START }}, after: \"{cursor}\") {{ nodes {{ code }} }} }} }}"),
        ] {
            let reply = portal.ask(&foreign, json!({})).await;
            assert_eq!(reply.code(), "BAD_USER_INPUT", "{foreign}\n{}", reply.text);
            assert!(reply.message().contains("is a cursor of another list"), "{foreign}\n{}", reply.text);
        }
        let several = format!("{{ programmes {{ nodes {{ participations(after: \"{cursor}\") {{ nodes {{ code }} }} }} }} }}");
        let reply = portal.ask(&several, json!({})).await;
        assert_eq!(reply.code(), "BAD_USER_INPUT", "{}", reply.text);
        assert!(reply.message().contains("goes on from one record, and there are several here"), "{}", reply.text);
    })
    .await;
}

#[actix_web::test]
async fn a_cursor_of_a_search_fits_only_its_words_and_its_filter() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::stranger(&db);
        let from =
            "{ search(query: \"vinh\", first: 2) { pageInfo { endCursor } } programmes(first: 2) { pageInfo { endCursor } } }";
        let data = portal.data(from).await;
        let cursor = |field: &str| data[field]["pageInfo"]["endCursor"].as_str().unwrap().to_owned();
        let (own, list) = (cursor("search"), cursor("programmes"));
        portal.data(&format!("{{ search(query: \"vinh\", first: 5, after: \"{own}\") {{ nodes {{ title }} }} }}")).await;
        for foreign in [
            format!("{{ search(query: \"hue\", after: \"{own}\") {{ nodes {{ title }} }} }}"),
            format!("{{ search(query: \"vinh\", filter: {{ kinds: [EVENT] }}, after: \"{own}\") {{ nodes {{ title }} }} }}"),
            format!("{{ search(query: \"vinh\", filter: {{ from: \"2010\" }}, after: \"{own}\") {{ nodes {{ title }} }} }}"),
            format!("{{ search(query: \"vinh\", filter: {{ place: \"hue\" }}, after: \"{own}\") {{ nodes {{ title }} }} }}"),
            format!("{{ search(query: \"vinh\", after: \"{list}\") {{ nodes {{ title }} }} }}"),
            format!("{{ programmes(after: \"{own}\") {{ nodes {{ code }} }} }}"),
        ] {
            let reply = portal.ask(&foreign, json!({})).await;
            assert_eq!(reply.code(), "BAD_USER_INPUT", "{foreign}\n{}", reply.text);
            assert!(reply.message().contains("cursor"), "{foreign}\n{}", reply.text);
        }
    })
    .await;
}

#[actix_web::test]
async fn what_is_not_there_is_null_and_no_error() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::stranger(&db);
        let data = portal.data("{ programme(code: \"NO-SUCH\") { code } organisation(code: \"\") { code } fund(code: \"' OR 1=1 --\") { code } }").await;
        assert_eq!(data, json!({ "programme": null, "organisation": null, "fund": null }));
        let empty = "{ calendar(year: 1900) { month } bilateral(countries: [\"VN\", \"ZZ\"]) { projectCount partnerships { code } timeline { kind } } }";
        let none = json!({ "calendar": [], "bilateral": { "projectCount": 0, "partnerships": [], "timeline": [] } });
        assert_eq!(portal.data(empty).await, none);
        let filtered = "{ programmes(filter: { funder: { eq: \"NO-SUCH\" } }) { totalCount nodes { code } }
            portfolio(filter: { sector: { eq: \"99999\" } }, by: YEAR) { groups { key } } }";
        let data = portal.data(filtered).await;
        assert_eq!(data, json!({ "programmes": { "totalCount": 0, "nodes": [] }, "portfolio": { "groups": [] } }));
    })
    .await;
}

#[actix_web::test]
async fn lists_of_values_and_ids_have_an_end() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::stranger(&db);
        let query = "query($codes: [String!]!) { programmes(filter: { code: { in: $codes } }) { totalCount } }";
        let reply = portal.ask(query, json!({ "codes": vec!["A"; 501] })).await;
        assert_eq!((reply.code(), reply.message()), ("BAD_USER_INPUT", "`code` is given 501 values: write at most 500"));
        portal.ask(query, json!({ "codes": vec!["A"; 500] })).await.data();
        let id = portal.data("{ programme(code: \"MPED\") { id } }").await["programme"]["id"].clone();
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let reply = portal.ask(query, json!({ "ids": vec![&id; 101] })).await;
        assert_eq!((reply.code(), reply.message()), ("BAD_USER_INPUT", "`ids` has 101 ids: ask for at most 100"));
        let reply = portal.ask(query, json!({ "ids": vec![&id; 100] })).await;
        assert_eq!(reply.data()["nodes"].as_array().unwrap().len(), 100);
        for field in ["search(query: $text) { totalCount }", "suggest(query: $text) { title }"] {
            let query = format!("query($text: String!) {{ {field} }}");
            let reply = portal.ask(&query, json!({ "text": "a".repeat(10_000) })).await;
            let told = "`query` has 10000 characters: write at most 200";
            assert_eq!((reply.code(), reply.message()), ("BAD_USER_INPUT", told), "{field}");
            // As long as it may be, of letters that take several bytes, it is asked for and not there.
            portal.ask(&query, json!({ "text": "ở".repeat(200) })).await.data();
        }
        let query = "query($text: String!) { programmes(filter: { search: $text }) { totalCount } }";
        let reply = portal.ask(query, json!({ "text": "a".repeat(201) })).await;
        assert_eq!(reply.code(), "BAD_USER_INPUT", "{}", reply.text);
    })
    .await;
}
