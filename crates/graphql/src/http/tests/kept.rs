//! Answers that are kept, here and at the client.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use actix_web::http::header;
use actix_web::test::{call_service, init_service, read_body};
use actix_web::{App, web};
use serde_json::json;

use super::super::{Gateway, graphql};
use super::{NEW, OLD, TestHooks, TestSchema, ask, gateway, get, post, schema};

#[actix_web::test]
async fn answers_are_kept_for_one_revision_one_viewer_and_one_media_type() {
    let hooks = TestHooks::default();
    let (prepared, revision, charged) = (Arc::clone(&hooks.prepared), Arc::clone(&hooks.revision), Arc::clone(&hooks.charged));
    let gateway = Gateway::new(schema(), &schema().sdl(), hooks).unwrap().cache(1 << 20);
    let handler = web::resource("/graphql").to(graphql::<TestSchema, TestHooks>);
    let app = init_service(App::new().app_data(web::Data::new(gateway)).service(handler)).await;
    let query = |accept| post(&json!({"query": "{ items(first: 5) { id } }"}), accept).to_request();

    let first = read_body(call_service(&app, query(OLD)).await).await;
    assert_eq!(read_body(call_service(&app, query(OLD)).await).await, first);
    assert_eq!(prepared.load(Ordering::Relaxed), 1, "the second answer comes from the cache");
    assert_eq!(charged.load(Ordering::Relaxed), 10, "a kept answer costs the same");

    call_service(&app, query(NEW)).await;
    let other = post(&json!({"query": "{ items(first: 5) { id } }"}), OLD).insert_header((header::AUTHORIZATION, "Bearer key"));
    call_service(&app, other.to_request()).await;
    assert_eq!(prepared.load(Ordering::Relaxed), 3);

    revision.store(1, Ordering::Relaxed);
    call_service(&app, query(OLD)).await;
    assert_eq!(prepared.load(Ordering::Relaxed), 4);
}

#[actix_web::test]
async fn mutations_and_errors_are_not_kept() {
    let hooks = TestHooks::default();
    let prepared = Arc::clone(&hooks.prepared);
    let gateway = Gateway::new(schema(), &schema().sdl(), hooks).unwrap().cache(1 << 20);
    let bodies = ["mutation { bump }", "{ fails }"];
    ask(gateway, bodies.iter().chain(&bodies).map(|query| post(&json!({"query": query}), OLD))).await;
    assert_eq!(prepared.load(Ordering::Relaxed), 4);
}

#[actix_web::test]
async fn a_get_has_a_tag_and_what_is_unchanged_is_304() {
    for gateway in [gateway(), gateway().cache(1 << 20)] {
        let handler = web::resource("/graphql").to(graphql::<TestSchema, TestHooks>);
        let app = init_service(App::new().app_data(web::Data::new(gateway)).service(handler)).await;
        let response = call_service(&app, get("{ quick }").to_request()).await;
        let tag = response.headers().get(header::ETAG).unwrap().clone();
        assert_eq!(response.headers().get(header::VARY).unwrap(), "Accept, Accept-Language, Authorization, Cookie");
        let again = call_service(&app, get("{ quick }").insert_header((header::IF_NONE_MATCH, tag)).to_request()).await;
        assert_eq!(again.status(), 304);
        assert!(read_body(again).await.is_empty());
        let changed = call_service(&app, get("{ quick }").insert_header((header::IF_NONE_MATCH, "\"other\"")).to_request()).await;
        assert_eq!(changed.status(), 200);
        let failed = call_service(&app, get("{ fails }").to_request()).await;
        assert!(failed.headers().get(header::ETAG).is_none());
    }
}
