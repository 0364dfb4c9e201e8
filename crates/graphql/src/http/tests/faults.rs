//! What goes wrong while an operation runs.

use actix_web::test::{call_service, init_service};
use actix_web::{App, web};
use serde_json::{Value, json};

use super::super::{RequestId, graphql};
use super::{NEW, OLD, TestHooks, TestSchema, code, gateway, one, parts, post};

#[actix_web::test]
async fn a_fault_of_ours_is_blanked_under_the_request_id() {
    let request = post(&json!({"query": "{ quick fails }"}), NEW);
    let gateway = web::Data::new(gateway());
    let handler = web::resource("/graphql").to(graphql::<TestSchema, TestHooks>);
    let app = init_service(App::new().app_data(gateway).service(handler)).await;
    let request = request.to_request();
    actix_web::HttpMessage::extensions_mut(&request).insert(RequestId("r-42".into()));
    let (status, body) = parts(call_service(&app, request).await).await;
    assert_eq!((status, &body["data"]), (200, &json!({"quick": 2, "fails": null})));
    assert_eq!(body["errors"][0]["message"], "internal error");
    assert_eq!(body["errors"][0]["extensions"], json!({"code": "INTERNAL", "correlationId": "r-42"}));
    assert!(!body.to_string().contains("SELECT"));
}

#[actix_web::test]
async fn a_failed_field_that_cannot_be_null_takes_the_data_along() {
    let (status, body) = one(post(&json!({"query": "{ quick failsHard }"}), NEW)).await;
    assert_eq!((status, code(&body)), (200, "FORBIDDEN"));
    assert_eq!(body["data"], Value::Null);
    assert_eq!(body["errors"][0]["path"], json!(["failsHard"]));
}

#[actix_web::test]
async fn a_panic_is_an_internal_error() {
    let (status, body) = one(post(&json!({"query": "{ panics }"}), OLD)).await;
    assert_eq!((status, code(&body)), (200, "INTERNAL"));
    assert!(body["errors"][0]["extensions"]["correlationId"].is_string());
    assert!(!body.to_string().contains("own fault"));
}
