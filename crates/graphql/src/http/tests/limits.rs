//! What one request may ask for, and how long it may take.

use std::time::Duration;

use actix_web::http::header;
use actix_web::test::TestRequest;
use serde_json::json;

use super::super::Limits;
use super::{NEW, OLD, code, gateway, one, one_with, post};

#[actix_web::test]
async fn a_large_body_is_413_with_or_without_a_length() {
    let body = json!({"query": format!("{{ echo(text: \"{}\") }}", "x".repeat(1 << 20))}).to_string();
    let request = || TestRequest::post().uri("/graphql").insert_header((header::CONTENT_TYPE, OLD)).set_payload(body.clone());
    for request in [request(), request().insert_header((header::CONTENT_LENGTH, body.len()))] {
        let (status, body) = one(request).await;
        assert_eq!((status, code(&body)), (413, "BAD_USER_INPUT"));
        assert!(body["errors"][0]["message"].as_str().unwrap().contains("1048576 bytes"));
    }
}

#[actix_web::test]
async fn limits_name_themselves_and_what_was_asked() {
    let deep = format!("{}id{}", "{ items".repeat(13) + "{", "}".repeat(14));
    let cases = [
        (format!("{{ {} }}", "quick ".repeat(15_000)), 15_000, 15_002),
        ("{ quick ".repeat(600), 32, 600),
        (deep, 12, 14),
        ("{ items(first: 100) { items(first: 100) { id } } }".to_owned(), 10_000, 10_100),
    ];
    for (query, limit, actual) in cases {
        let (status, body) = one(post(&json!({"query": query}), NEW)).await;
        assert_eq!((status, code(&body)), (400, "TOO_COMPLEX"), "{body}");
        assert_eq!(body["errors"][0]["extensions"]["limit"], json!(limit), "{body}");
        assert_eq!(body["errors"][0]["extensions"]["actual"], json!(actual), "{body}");
    }
}

#[actix_web::test]
async fn what_runs_too_long_is_broken_off() {
    let limits = Limits { time: Duration::from_millis(1), ..Limits::default() };
    let (status, body) = one_with(gateway().limits(limits), post(&json!({"query": "{ slow }"}), NEW)).await;
    assert_eq!((status, code(&body)), (400, "TOO_COMPLEX"));
    assert!(body["errors"][0]["message"].as_str().unwrap().contains("1 ms"));
}
