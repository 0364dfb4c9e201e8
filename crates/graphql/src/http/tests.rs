//! The handler as a client meets it, over a small schema. The audits of the npm package `graphql-http` run against the
//! whole server in `tests/tools`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use actix_web::dev::ServiceResponse;
use actix_web::http::{Method, header};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, HttpRequest, web};
use async_graphql::{EmptySubscription, Object, Request, Result, Schema};
use serde_json::{Value, json};

use super::*;

struct Query;
struct Mutation;

#[Object]
impl Query {
    async fn slow(&self) -> i32 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        1
    }
    async fn quick(&self) -> i32 {
        2
    }
    async fn echo(&self, text: Option<String>) -> Option<String> {
        text
    }
    async fn fails(&self) -> Result<Option<i32>> {
        Err(std::io::Error::other("SELECT * FROM secret").into())
    }
    async fn fails_hard(&self) -> Result<i32> {
        Err(Code::Forbidden.error("only officers may"))
    }
    async fn panics(&self, fault: Option<i32>) -> i32 {
        fault.expect("a resolver's own fault")
    }
    async fn items(&self, first: Option<i32>) -> Vec<Item> {
        (0..first.unwrap_or(20)).map(|_| Item).collect()
    }
    async fn viewer(&self, ctx: &async_graphql::Context<'_>) -> String {
        ctx.data_opt::<Viewer>().map_or_else(|| "stranger".to_owned(), |viewer| viewer.0.clone())
    }
}

struct Item;

#[Object]
impl Item {
    async fn items(&self, first: Option<i32>) -> Vec<Item> {
        (0..first.unwrap_or(20)).map(|_| Item).collect()
    }
    async fn id(&self) -> i32 {
        1
    }
}

#[Object]
impl Mutation {
    async fn bump(&self) -> i32 {
        1
    }
}

type TestSchema = Schema<Query, Mutation, EmptySubscription>;

fn schema() -> TestSchema {
    harden(Schema::build(Query, Mutation, EmptySubscription)).finish()
}

/// Hooks whose caller is the bearer token, and whose registry changes when the test says so.
#[derive(Default)]
struct TestHooks {
    revision: Arc<AtomicU64>,
    prepared: Arc<AtomicU64>,
    charged: Arc<AtomicU64>,
    strict: bool,
    seen: Arc<std::sync::Mutex<Vec<(String, String)>>>,
}
#[derive(Clone)]
struct Viewer(String);

const REGISTERED: &str = "query Two { quick }";

impl Hooks for TestHooks {
    type Caller = Viewer;

    async fn caller(&self, http: &HttpRequest) -> Result<Viewer, Refusal> {
        let token = http.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or("stranger");
        if token == "Bearer wrong" {
            Err(Refusal::unauthenticated("This key is not known."))
        } else {
            Ok(Viewer(token.to_owned()))
        }
    }
    fn scope(&self, caller: &Viewer) -> Option<String> {
        Some(caller.0.clone())
    }
    async fn revision(&self) -> Option<u64> {
        Some(self.revision.load(Ordering::Relaxed))
    }
    fn charge(&self, _caller: &Viewer, cost: u64) -> Result<(), Refusal> {
        self.charged.fetch_add(cost, Ordering::Relaxed);
        if cost == 13 { Err(Refusal::rate_limited("Wait.", 7)) } else { Ok(()) }
    }
    fn allowance(&self, caller: &Viewer) -> Allowance {
        let free = !self.strict || caller.0 != "stranger";
        Allowance { any_document: free, introspection: free }
    }
    async fn document(&self, hash: &str) -> Result<Option<Arc<str>>, String> {
        Ok((hash == hash_of(REGISTERED)).then(|| REGISTERED.into()))
    }
    fn prepare(&self, caller: Viewer, request: Request, facts: &RequestFacts<'_>) -> Result<Request, Refusal> {
        self.prepared.fetch_add(1, Ordering::Relaxed);
        if let Some(key) = facts.idempotency_key {
            let body = String::from_utf8(facts.body.to_vec()).unwrap();
            self.seen.lock().unwrap().push((key.to_owned(), body));
        }
        Ok(request.data(caller))
    }
}

async fn ask(gateway: Gateway<TestSchema, TestHooks>, requests: impl IntoIterator<Item = TestRequest>) -> Vec<ServiceResponse> {
    let handler = web::resource("/graphql").to(graphql::<TestSchema, TestHooks>);
    let app = init_service(App::new().app_data(web::Data::new(gateway)).service(handler)).await;
    let mut responses = Vec::new();
    for request in requests {
        responses.push(call_service(&app, request.to_request()).await);
    }
    responses
}

fn gateway() -> Gateway<TestSchema, TestHooks> {
    Gateway::new(schema(), &schema().sdl(), TestHooks::default()).unwrap()
}

const NEW: &str = "application/graphql-response+json";
const OLD: &str = "application/json";

fn post(body: &Value, accept: &'static str) -> TestRequest {
    TestRequest::post().uri("/graphql").insert_header((header::ACCEPT, accept)).set_json(body)
}

fn get(query: &str) -> TestRequest {
    let query: String = query.bytes().map(|byte| format!("%{byte:02x}")).collect();
    TestRequest::get().uri(&format!("/graphql?query={query}"))
}

async fn parts(response: ServiceResponse) -> (u16, Value) {
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&read_body(response).await).unwrap_or(Value::Null))
}

async fn one_with(gateway: Gateway<TestSchema, TestHooks>, request: TestRequest) -> (u16, Value) {
    parts(ask(gateway, [request]).await.remove(0)).await
}

async fn one(request: TestRequest) -> (u16, Value) {
    one_with(gateway(), request).await
}

fn code(body: &Value) -> &str {
    body["errors"][0]["extensions"]["code"].as_str().unwrap_or("none")
}

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
