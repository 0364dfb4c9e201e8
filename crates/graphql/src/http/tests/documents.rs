//! Documents that are registered and named, and who may send others or ask for the schema.

use actix_web::http::header;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, HttpRequest, web};
use async_graphql::Request;
use serde_json::json;

use super::super::{Allowance, Gateway, Hooks, Refusal, RequestFacts, graphql, hash_of};
use super::{NEW, OLD, REGISTERED, TestHooks, TestSchema, code, gateway, one, one_with, parts, post, schema};

fn strict() -> Gateway<TestSchema, TestHooks> {
    Gateway::new(schema(), &schema().sdl(), TestHooks { strict: true, ..TestHooks::default() }).unwrap()
}

#[actix_web::test]
async fn a_registered_operation_can_be_named_in_place_of_being_sent() {
    let hash = hash_of(REGISTERED);
    let named = [
        json!({"documentId": format!("sha256:{hash}")}),
        json!({"id": hash, "operationName": "Two"}),
        json!({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash}}}),
        json!({"query": REGISTERED, "documentId": format!("sha256:{hash}")}),
    ];
    for body in named {
        for gateway in [gateway(), strict()] {
            let (status, answer) = one_with(gateway, post(&body, NEW)).await;
            assert_eq!((status, &answer["data"]["quick"]), (200, &json!(2)), "{body}: {answer}");
        }
    }
    let (status, answer) = one_with(strict(), TestRequest::get().uri(&format!("/graphql?documentId=sha256:{hash}"))).await;
    assert_eq!((status, &answer["data"]["quick"]), (200, &json!(2)));
}

#[actix_web::test]
async fn an_operation_that_is_not_registered_is_told_so() {
    let other = hash_of("{ quick }");
    let (status, body) = one(post(&json!({"documentId": format!("sha256:{other}")}), NEW)).await;
    assert_eq!((status, code(&body)), (400, "NOT_FOUND"));
    let apollo = json!({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": other}}});
    let (_, body) = one(post(&apollo, OLD)).await;
    assert_eq!(body["errors"][0]["message"], "PersistedQueryNotFound");
    for wrong in
        [json!({"documentId": "abc"}), json!({"documentId": format!("md5:{other}")}), json!({"query": "{ slow }", "id": other})]
    {
        let (status, body) = one(post(&wrong, NEW)).await;
        assert_eq!((status, code(&body)), (400, "BAD_USER_INPUT"), "{wrong}: {body}");
    }
}

#[actix_web::test]
async fn where_only_registered_documents_may_be_sent_any_other_is_refused() {
    let (status, body) = one_with(strict(), post(&json!({"query": "{ quick }"}), NEW)).await;
    assert_eq!((status, code(&body)), (403, "FORBIDDEN"));
    assert!(body["errors"][0]["message"].as_str().unwrap().contains("documentId"), "{body}");
    let whole = post(&json!({"query": REGISTERED}), NEW);
    assert_eq!(one_with(strict(), whole).await.0, 200, "a registered document may be sent whole");
    let known = post(&json!({"query": "{ quick }"}), NEW).insert_header((header::AUTHORIZATION, "Bearer key"));
    assert_eq!(one_with(strict(), known).await.0, 200);
}

#[actix_web::test]
async fn introspection_is_refused_to_those_who_may_not() {
    struct Closed;
    impl Hooks for Closed {
        type Caller = ();
        async fn caller(&self, _http: &HttpRequest) -> Result<(), Refusal> {
            Ok(())
        }
        fn allowance(&self, (): &()) -> Allowance {
            Allowance { introspection: false, ..Allowance::default() }
        }
        fn prepare(&self, (): (), request: Request, _facts: &RequestFacts<'_>) -> Result<Request, Refusal> {
            Ok(request)
        }
    }
    let gateway = web::Data::new(Gateway::new(schema(), &schema().sdl(), Closed).unwrap());
    let handler = web::resource("/graphql").to(graphql::<TestSchema, Closed>);
    let app = init_service(App::new().app_data(gateway).service(handler)).await;
    for query in [
        "{ __schema { queryType { name } } }",
        "{ quick t: __type(name: \"Query\") { name } }",
        "{ ...F } fragment F on Query { ... { s: __schema { queryType { name } } } }",
    ] {
        let (status, body) = parts(call_service(&app, post(&json!({"query": query}), NEW).to_request()).await).await;
        assert_eq!((status, code(&body)), (400, "FORBIDDEN"), "{query}: {body}");
    }
    let plain = post(&json!({"query": "{ __typename quick }"}), NEW).to_request();
    assert_eq!(parts(call_service(&app, plain).await).await.0, 200);
}
