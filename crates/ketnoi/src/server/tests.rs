//! The server as a client meets it, over a schema of one field.

use std::num::NonZero;
use std::sync::Arc;

use actix_web::body::to_bytes;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::test::{TestRequest, call_service, init_service};
use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
use ketnoi_graphql::http::Gateway;
use serde_json::Value;

use super::app::app;
use super::caller::Callers;
use super::cookies::Cookies;
use super::keeper::people::{KEY, NEW_TOKEN, OLD_SESSION, People, SESSION};
use super::limits::Limiter;
use super::*;

struct Query;

#[Object]
impl Query {
    async fn name(&self) -> &'static str {
        "Kết Nối"
    }
}

type TestSchema = Schema<Query, EmptyMutation, EmptySubscription>;

fn site() -> Site<TestSchema, ()> {
    let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
    let gateway = Gateway::new(schema.clone(), &schema.sdl(), ()).unwrap().explorer(page());
    Site::new(gateway, &schema.sdl()).unwrap()
}

fn generous() -> Limiter {
    Limiter::new(NonZero::<u32>::MAX, NonZero::<u32>::MAX)
}

struct Got {
    status: u16,
    headers: header::HeaderMap,
    text: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }
}

async fn ask(site: &Site<TestSchema, ()>, request: TestRequest) -> Got {
    let app = init_service(app(site)).await;
    read(call_service(&app, request.to_request()).await).await
}

async fn read(response: ServiceResponse<impl actix_web::body::MessageBody>) -> Got {
    let (_, response) = response.into_parts();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let Ok(body) = to_bytes(response.into_body()).await else { panic!("the body broke off") };
    Got { status, headers, text: String::from_utf8_lossy(&body).into_owned() }
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path)
}

#[actix_web::test]
async fn the_api_answers() {
    let got = ask(&site(), get("/graphql?query=%7Bname%7D")).await;
    assert_eq!((got.status, got.json()["data"]["name"].as_str()), (200, Some("Kết Nối")));
}

#[actix_web::test]
async fn the_schema_has_a_tag() {
    let got = ask(&site(), get("/schema.graphql")).await;
    assert!(got.text.contains("type Query {"));
    let again = ask(&site(), get("/schema.graphql").insert_header((header::IF_NONE_MATCH, got.header("etag")))).await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
}

#[actix_web::test]
async fn health_is_alive_and_readiness_says_why_not() {
    assert_eq!(ask(&site(), get("/healthz")).await.status, 200);
    assert_eq!(ask(&site(), get("/readyz")).await.status, 200);
    let waiting = site().readiness(|| async { Err("The database does not answer.".to_owned()) });
    let got = ask(&waiting, get("/readyz")).await;
    assert_eq!((got.status, got.json()["reason"].as_str()), (503, Some("The database does not answer.")));
    assert_eq!(ask(&waiting, get("/healthz")).await.status, 200);
}

#[actix_web::test]
async fn nothing_is_said_in_json_with_the_way() {
    let got = ask(&site(), get("/nowhere/%22%3Cb%3E")).await;
    assert_eq!((got.status, got.json()["errors"][0]["extensions"]["code"].as_str()), (404, Some("NOT_FOUND")));
    assert!(got.json()["errors"][0]["message"].as_str().unwrap().contains("/graphql"));
    assert_eq!(got.header("content-type"), "application/json");
}

#[actix_web::test]
async fn every_answer_carries_the_careful_headers_and_an_id() {
    for path in ["/graphql", "/schema.graphql", "/healthz", "/nowhere", "/graphiql/page.js"] {
        let got = ask(&site(), get(path)).await;
        assert_eq!(got.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(got.header("referrer-policy"), "no-referrer", "{path}");
        assert!(got.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(got.header("x-request-id").len(), 36, "{path}");
        assert_eq!(got.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(got.header("permissions-policy").contains("geolocation=()"), "{path}");
        assert_eq!(got.header("strict-transport-security"), "", "{path}");
        assert_eq!(ask(&site().https(true), get(path)).await.header("strict-transport-security"), "max-age=31536000", "{path}");
    }
}

#[actix_web::test]
async fn a_schema_that_is_closed_is_told_to_those_alone_who_are_known() {
    let callers = || Arc::new(Callers::new(Arc::new(People::default()), Cookies::default(), generous()));
    let closed = || site().callers(callers()).open_schema(false);
    let refused = ask(&closed(), get("/schema.graphql")).await;
    assert_eq!((refused.status, refused.json()["errors"][0]["extensions"]["code"].as_str()), (403, Some("FORBIDDEN")));
    let with = |value: &str| get("/schema.graphql").insert_header((header::AUTHORIZATION, value));
    let known = ask(&closed(), with(&format!("Bearer {KEY}"))).await;
    assert_eq!((known.status, known.header("cache-control")), (200, "private, no-cache"));
    let wrong = ask(&closed(), with("Bearer kn_wrong")).await;
    assert_eq!((wrong.status, wrong.header("www-authenticate")), (401, "Bearer"));
}

#[actix_web::test]
async fn every_path_asks_who_it_is_and_hands_out_a_sessions_new_token() {
    let callers = Arc::new(Callers::new(Arc::new(People::default()), Cookies::default(), generous()));
    let site = site().callers(callers).map(|caller, _| async move { Ok(format!("\"{}\"", caller.viewer.name())) });
    let as_session = |token: &str| get("/map.geojson").insert_header((header::COOKIE, format!("ketnoi={token}")));
    assert_eq!(ask(&site, get("/map.geojson")).await.text, "\"stranger\"");
    let known = ask(&site, as_session(SESSION)).await;
    assert_eq!((known.text.as_str(), known.header("set-cookie")), ("\"an\"", ""));
    let renewed = ask(&site, as_session(OLD_SESSION)).await;
    assert!(renewed.header("set-cookie").starts_with(&format!("ketnoi={NEW_TOKEN}; ")));
    assert_eq!(ask(&site, as_session("unknown")).await.text, "\"stranger\"");
    for path in ["/map.geojson", "/reports/00000000-0000-0000-0000-000000000000.pdf"] {
        let wrong = ask(&site, get(path).insert_header((header::AUTHORIZATION, "Bearer kn_wrong"))).await;
        assert_eq!((wrong.status, wrong.json()["errors"][0]["extensions"]["code"].as_str()), (401, Some("UNAUTHENTICATED")));
    }
}

#[actix_web::test]
async fn the_style_of_pages_has_a_tag_and_names_no_other_host() {
    let got = ask(&site(), get("/pages.css")).await;
    assert!(got.header("content-type").starts_with("text/css") && !got.text.contains("://") && !got.text.contains("@import"));
    let again = ask(&site(), get("/pages.css").insert_header((header::IF_NONE_MATCH, got.header("etag")))).await;
    assert_eq!(again.status, 304);
}

#[actix_web::test]
async fn whoever_has_only_the_address_is_told_what_is_here_and_nothing_else() {
    let english = || get("/").insert_header((header::ACCEPT_LANGUAGE, "en"));
    let got = ask(&site(), english()).await;
    let paths: Vec<&str> = got.text.split("<a href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!((got.status, paths), (200, vec!["/graphql", "/schema.graphql"]), "nobody signs in or votes here");
    let closed = ask(&site().open_schema(false), english()).await;
    assert!(!closed.text.contains("/schema.graphql"), "{}", closed.text);
}

#[actix_web::test]
async fn an_id_is_taken_over_only_if_it_is_plain() {
    let with = |id: &'static str| get("/healthz").insert_header(("x-request-id", id));
    assert_eq!(ask(&site(), with("trace-0001")).await.header("x-request-id"), "trace-0001");
    for odd in ["short", "with space in it", "a\"quote-and-more", &"x".repeat(65).leak()[..]] {
        assert_ne!(ask(&site(), with(odd)).await.header("x-request-id"), odd);
    }
}

#[actix_web::test]
async fn graphiql_loads_only_what_is_here() {
    let got = ask(&site(), get("/graphql").insert_header((header::ACCEPT, "text/html"))).await;
    assert!(got.header("content-security-policy").contains("script-src 'self';"));
    assert!(!got.text.contains("://"), "the page names another host");
    let files: Vec<&str> = got.text.split('"').filter(|part| part.starts_with("/graphiql/")).collect();
    assert_eq!(files.len(), 6);
    for file in files {
        let asset = ask(&site(), get(file)).await;
        assert_eq!(asset.status, 200, "{file}");
        let again = ask(&site(), get(file).insert_header((header::IF_NONE_MATCH, asset.header("etag")))).await;
        assert_eq!(again.status, 304, "{file}");
    }
    assert_eq!(ask(&site(), get("/graphiql/index.html")).await.status, 404);
    assert_eq!(ask(&site(), get("/graphiql/..%2f..%2fCargo.toml")).await.status, 404);
}

#[actix_web::test]
async fn only_configured_origins_may_read_answers() {
    let site = site().origins(vec!["https://portal.example".to_owned()]);
    let from = |origin: &'static str| get("/graphql?query=%7Bname%7D").insert_header((header::ORIGIN, origin));
    let known = ask(&site, from("https://portal.example")).await;
    assert_eq!(known.header("access-control-allow-origin"), "https://portal.example");
    assert_eq!(known.header("access-control-allow-credentials"), "");
    assert!(known.headers.get_all(header::VARY).any(|vary| vary.to_str().unwrap().to_lowercase().contains("origin")));
    assert_eq!(ask(&site, from("https://evil.example")).await.header("access-control-allow-origin"), "");

    let preflight = TestRequest::with_uri("/graphql")
        .method(Method::OPTIONS)
        .insert_header((header::ORIGIN, "https://portal.example"))
        .insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "POST"))
        .insert_header((header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type,authorization"));
    let got = ask(&site, preflight).await;
    assert_eq!((got.status, got.header("access-control-allow-origin")), (200, "https://portal.example"));
    assert_eq!(ask(&self::site(), from("https://portal.example")).await.header("access-control-allow-origin"), "");
}

#[actix_web::test]
async fn answers_are_compressed_for_who_can_read_that() {
    let got = ask(&site(), get("/schema.graphql").insert_header((header::ACCEPT_ENCODING, "gzip"))).await;
    assert_eq!(got.header("content-encoding"), "gzip");
    assert!(got.headers.get_all(header::VARY).any(|vary| vary.to_str().unwrap().eq_ignore_ascii_case("accept-encoding")));
    assert_eq!(ask(&site(), get("/schema.graphql")).await.header("content-encoding"), "");
}

#[actix_web::test]
async fn figures_count_by_route_and_not_by_path() {
    let site = site();
    let app = init_service(app(&site)).await;
    for path in ["/healthz", "/healthz", "/nowhere/1", "/nowhere/2", "/graphiql/page.js", "/graphql?query=%7Bname%7D"] {
        app.call(get(path).to_request()).await.unwrap();
    }
    let got = String::from_utf8(site.metrics.text().unwrap()).unwrap();
    for line in [
        r#"ketnoi_http_requests_total{method="GET",route="/healthz",status="200"} 2"#,
        r#"ketnoi_http_requests_total{method="GET",route="other",status="404"} 2"#,
        r#"ketnoi_http_requests_total{method="GET",route="/graphiql/{file}",status="200"} 1"#,
        r#"ketnoi_http_request_duration_seconds_count{route="/graphql"} 1"#,
        "ketnoi_http_requests_in_flight 0",
        "ketnoi_graphql_cost_total 0",
    ] {
        assert!(got.contains(line), "{line} is missing in:\n{got}");
    }
    assert!(!got.contains("nowhere"));
}
