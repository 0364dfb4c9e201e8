//! What GraphQL over HTTP asks of a server: media types, methods, status codes.

use actix_web::http::{Method, header};
use actix_web::test::{TestRequest, read_body};
use serde_json::json;

use super::super::Explorer;
use super::{NEW, OLD, ask, code, gateway, get, one, post};

#[actix_web::test]
async fn a_query_answers_in_the_media_type_and_order_asked() {
    let mut responses = ask(gateway(), [NEW, OLD].map(|accept| post(&json!({"query": "{ slow quick }"}), accept))).await;
    for (response, media) in responses.drain(..).zip([NEW, OLD]) {
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers().get(header::CONTENT_TYPE).unwrap(), &format!("{media}; charset=utf-8"));
        assert_eq!(
            read_body(response).await,
            r#"{"data":{"slow":1,"quick":2},"extensions":{"cost":{"requested":0,"maximum":10000}}}"#
        );
    }
}

#[actix_web::test]
async fn request_errors_have_no_data_and_the_status_of_their_media_type() {
    for query in ["{", "{ unknown }", "query($x: ID!) { __typename }", "{ echo(text: 1) }"] {
        for (media, status) in [(NEW, 400), (OLD, 200)] {
            let (got, body) = one(post(&json!({"query": query, "variables": {"x": null}}), media)).await;
            assert_eq!((got, code(&body)), (status, "BAD_USER_INPUT"), "{query}: {body}");
            assert!(body.get("data").is_none());
        }
    }
}

#[actix_web::test]
async fn suggestions_are_not_made() {
    let (_, body) = one(post(&json!({"query": "{ quik }"}), NEW)).await;
    assert!(!body.to_string().contains("quick"), "{body}");
}

#[actix_web::test]
async fn an_unknown_operation_is_refused() {
    for name in ["X", ""] {
        let (status, body) = one(post(&json!({"query": "query A { quick }", "operationName": name}), OLD)).await;
        assert_eq!((status, code(&body)), (400, "BAD_USER_INPUT"));
    }
    let (status, _) = one(post(&json!({"query": "query A { quick } query B { slow }"}), OLD)).await;
    assert_eq!(status, 400);
}

#[actix_web::test]
async fn a_mutation_by_get_is_not_allowed() {
    let response = ask(gateway(), [get("mutation { bump }")]).await.remove(0);
    assert_eq!((response.status().as_u16(), response.headers().get(header::ALLOW).unwrap().to_str().unwrap()), (405, "POST"));
    let (status, body) = one(post(&json!({"query": "mutation { bump }"}), NEW)).await;
    assert_eq!((status, &body["data"]["bump"]), (200, &json!(1)));
}

#[actix_web::test]
async fn other_methods_are_not_allowed() {
    for method in [Method::PUT, Method::DELETE, Method::HEAD, Method::OPTIONS] {
        let response = ask(gateway(), [TestRequest::with_uri("/graphql").method(method)]).await.remove(0);
        assert_eq!(response.headers().get(header::ALLOW).unwrap(), "GET, POST");
        assert_eq!(response.status(), 405);
    }
}

#[actix_web::test]
async fn what_cannot_be_accepted_is_406_and_what_cannot_be_read_415() {
    assert_eq!(one(post(&json!({"query": "{ quick }"}), "text/csv")).await.0, 406);
    let form = TestRequest::post().uri("/graphql").insert_header((header::CONTENT_TYPE, "text/plain")).set_payload("{}");
    assert_eq!(one(form).await.0, 415);
}

#[actix_web::test]
async fn a_get_from_another_site_runs_nothing() {
    let request = get("{ quick }").insert_header(("sec-fetch-site", "cross-site"));
    let (status, body) = one(request).await;
    assert_eq!((status, code(&body)), (403, "FORBIDDEN"));
    assert_eq!(one(get("{ quick }").insert_header(("cookie", "a=b")).insert_header(("x-ketnoi-preflight", "1"))).await.0, 200);
}

#[actix_web::test]
async fn a_browser_gets_the_page_where_there_is_one() {
    let browser = || TestRequest::get().uri("/graphql").insert_header((header::ACCEPT, "text/html,*/*;q=0.8"));
    let page = Explorer { html: "<!doctype html>".into(), policy: "default-src 'self'" };
    let response = ask(gateway().explorer(Some(page)), [browser()]).await.remove(0);
    assert_eq!(response.headers().get(header::CONTENT_SECURITY_POLICY).unwrap(), "default-src 'self'");
    assert_eq!(read_body(response).await, "<!doctype html>");
    let (status, body) = one(browser()).await;
    assert_eq!((status, code(&body)), (400, "BAD_USER_INPUT"));
}
