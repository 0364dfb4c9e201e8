//! The handler as a client meets it, over a small schema. The audits of the npm package `graphql-http` run against the
//! whole server in `tests/tools`.

mod documents;
mod faults;
mod hooks;
mod kept;
mod limits;
mod protocol;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use actix_web::dev::ServiceResponse;
use actix_web::http::header;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, HttpRequest, web};
use async_graphql::{EmptySubscription, Object, Request, Result, Schema};
use serde_json::Value;

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
