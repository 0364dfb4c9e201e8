//! A socket as its client meets it, over a small schema and a real connection.

mod callers;
mod operations;
mod protocol;
mod reading;
mod stopping;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use actix_web::dev::ServerHandle;
use actix_web::http::header;
use actix_web::{App, HttpRequest, HttpServer, web};
use async_graphql::{Context, EmptyMutation, Object, Request, Result, Schema, Subscription};
use futures_util::stream::{self, BoxStream, Stream, StreamExt};
use ketnoi_test_support::Socket;
use serde_json::json;

use super::super::{Allowance, Code, Gateway, Hooks, Limits, Refusal, RequestFacts, graphql, harden};
use super::*;

struct Query;

#[Object]
impl Query {
    async fn one(&self) -> i32 {
        1
    }
    async fn slow(&self) -> i32 {
        tokio::time::sleep(Duration::from_millis(500)).await;
        2
    }
    async fn viewer(&self, ctx: &Context<'_>) -> String {
        ctx.data_unchecked::<Caller>().0.clone()
    }
    async fn large(&self) -> String {
        "x".repeat(100_000)
    }
}

/// What a subscription counts: how many events it was asked for.
struct Asked(Arc<AtomicU64>);

struct Events;

#[Subscription]
impl Events {
    async fn count(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(0..to)
    }
    async fn never(&self) -> impl Stream<Item = i32> {
        stream::pending()
    }
    async fn flood(&self, ctx: &Context<'_>) -> BoxStream<'static, String> {
        let asked = Arc::clone(&ctx.data_unchecked::<Asked>().0);
        let event = move |_| {
            asked.fetch_add(1, Ordering::Relaxed);
            "x".repeat(10_000)
        };
        stream::repeat(()).map(event).boxed()
    }
    async fn ends_badly(&self) -> impl Stream<Item = Result<i32>> {
        stream::iter([Ok(1), Err(Code::TooSlow.error("you read slowly"))])
    }
    async fn no_longer(&self) -> impl Stream<Item = Result<i32>> {
        stream::iter([Err(Code::Unauthenticated.error("the key was revoked"))])
    }
    async fn panics(&self, fault: Option<i32>) -> impl Stream<Item = i32> {
        stream::iter([fault]).map(|fault| fault.expect("a resolver's own fault"))
    }
}

type TestSchema = Schema<Query, EmptyMutation, Events>;

#[derive(Clone)]
struct Caller(String);

#[derive(Clone, Default)]
struct TestHooks {
    asked: Arc<AtomicU64>,
    revoked: Arc<AtomicBool>,
    /// Set where callers have nothing left to spend.
    spent: Arc<AtomicBool>,
}

impl Hooks for TestHooks {
    type Caller = Caller;

    async fn caller(&self, http: &HttpRequest) -> Result<Caller, Refusal> {
        match http.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()) {
            Some("Bearer wrong") => Err(Refusal::unauthenticated("This key is not known.")),
            Some(token) => Ok(Caller(token.to_owned())),
            None => Ok(Caller("stranger".to_owned())),
        }
    }
    fn charge(&self, _: &Caller, _cost: u64) -> Result<(), Refusal> {
        if self.spent.load(Ordering::Relaxed) { Err(Refusal::rate_limited("Wait.", 7)) } else { Ok(()) }
    }
    fn allowance(&self, _: &Caller) -> Allowance {
        Allowance::default()
    }
    async fn introduced(&self, caller: Caller, said: &Introduction, _id: &str) -> Result<Caller, Refusal> {
        match said.authorization.as_deref() {
            Some("Bearer wrong") => Err(Refusal::unauthenticated("This key is not known.")),
            Some("Bearer often") => Err(Refusal::rate_limited("Wait.", 7)),
            Some("Bearer broken") => Err(Refusal::internal("c-1", "the database is gone")),
            Some(token) => Ok(Caller(token.to_owned())),
            None => Ok(caller),
        }
    }
    async fn again(&self, caller: &Caller) -> Result<Option<Caller>, String> {
        Ok((!self.revoked.load(Ordering::Relaxed)).then(|| caller.clone()))
    }
    fn prepare(&self, caller: Caller, request: Request, _facts: &RequestFacts<'_>) -> Result<Request, Refusal> {
        Ok(request.data(caller).data(Asked(Arc::clone(&self.asked))))
    }
}

/// A server of one worker, which ends with the test.
struct Server {
    address: SocketAddr,
    sockets: Sockets,
    hooks: TestHooks,
    handle: ServerHandle,
    ended: Option<actix_web::rt::task::JoinHandle<std::io::Result<()>>>,
}

impl Server {
    fn start(options: SocketOptions) -> Self {
        let (hooks, sockets) = (TestHooks::default(), Sockets::new(options));
        let schema: TestSchema = harden(Schema::build(Query, EmptyMutation, Events)).finish();
        let gateway = Gateway::new(schema.clone(), &schema.sdl(), hooks.clone()).unwrap();
        let limits = Limits { body_bytes: 2_000, ..Limits::default() };
        let gateway = web::Data::new(gateway.limits(limits).with_sockets(sockets.clone()));
        let app = move || {
            let handler = web::resource("/graphql").to(graphql::<TestSchema, TestHooks>);
            App::new().app_data(gateway.clone()).service(handler)
        };
        let server = HttpServer::new(app).workers(1).shutdown_timeout(20).disable_signals().bind("127.0.0.1:0").unwrap();
        let address = server.addrs()[0];
        let server = server.run();
        let handle = server.handle();
        let ended = Some(actix_web::rt::spawn(server));
        Self { address, sockets, hooks, handle, ended }
    }

    async fn begun(&self) -> Socket {
        Socket::begun(self.address, &[], json!({})).await
    }

    async fn stop(mut self) {
        self.handle.stop(false).await;
        self.ended.take().unwrap().await.unwrap().unwrap();
    }
}

fn usual() -> Server {
    Server::start(SocketOptions::default())
}

fn quick() -> SocketOptions {
    let short = Duration::from_millis(100);
    SocketOptions { begin: short, quiet: short, patience: short, look: short, ..SocketOptions::default() }
}

/// Waits until something is so.
async fn until(so: impl Fn() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < Duration::from_secs(20), "it never came to it");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
