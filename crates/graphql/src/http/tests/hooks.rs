//! What the hooks decide, and what they are told.

use std::sync::Arc;

use actix_web::http::header;
use serde_json::json;

use super::super::Gateway;
use super::{NEW, OLD, TestHooks, ask, gateway, one, post, schema};

#[actix_web::test]
async fn the_hooks_decide_who_asks_and_what_it_may_cost() {
    let wrong = post(&json!({"query": "{ viewer }"}), OLD).insert_header((header::AUTHORIZATION, "Bearer wrong"));
    let response = ask(gateway(), [wrong]).await.remove(0);
    assert_eq!(
        (response.status().as_u16(), response.headers().get("www-authenticate").unwrap().to_str().unwrap()),
        (401, "Bearer")
    );
    let known = post(&json!({"query": "{ viewer }"}), OLD).insert_header((header::AUTHORIZATION, "Bearer key"));
    assert_eq!(one(known).await.1["data"]["viewer"], "Bearer key");
    let dear = post(&json!({"query": "{ items(first: 13) { id } }"}), NEW);
    let response = ask(gateway(), [dear]).await.remove(0);
    assert_eq!((response.status().as_u16(), response.headers().get("retry-after").unwrap().to_str().unwrap()), (429, "7"));
}

#[actix_web::test]
async fn an_idempotency_key_is_handed_on_with_the_body() {
    let hooks = TestHooks::default();
    let seen = Arc::clone(&hooks.seen);
    let gateway = Gateway::new(schema(), &schema().sdl(), hooks).unwrap();
    let body = json!({"query": "mutation { bump }"});
    let keyed = post(&body, NEW).insert_header(("idempotency-key", "k-1"));
    let wrong = post(&body, NEW).insert_header(("idempotency-key", "two words"));
    let responses = ask(gateway, [keyed, wrong]).await;
    assert_eq!(responses.iter().map(|r| r.status().as_u16()).collect::<Vec<_>>(), [200, 400]);
    assert_eq!(*seen.lock().unwrap(), [("k-1".to_owned(), body.to_string())]);
}
