//! A socket as its client meets it, over a small schema and a real connection.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use actix_web::dev::ServerHandle;
use actix_web::http::header;
use actix_web::{App, HttpRequest, HttpServer, web};
use async_graphql::{Context, EmptyMutation, Object, Request, Result, Schema, Subscription};
use futures_util::stream::{self, BoxStream, Stream, StreamExt};
use ketnoi_test_support::{Heard, Socket};
use serde_json::{Value, json};

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

#[actix_web::test]
async fn a_subscription_tells_its_events_and_completes() {
    let server = usual();
    let mut socket = server.begun().await;
    socket.subscribe("a", "subscription S { n: count(to: 2) }").await;
    for n in 0..2 {
        let event = socket.hear().await;
        assert_eq!((&event["id"], &event["type"], &event["payload"]["data"]), (&json!("a"), &json!("next"), &json!({ "n": n })));
        assert_eq!(event["payload"]["extensions"]["cost"]["maximum"], 10_000);
    }
    assert_eq!(socket.hear().await, json!({ "id": "a", "type": "complete" }));
    socket.subscribe("a", "{ one }").await;
    assert_eq!(
        socket.hear().await["payload"]["data"],
        json!({ "one": 1 }),
        "an id that is free again can be used, by a query too"
    );
    assert_eq!(socket.hear().await["type"], "complete");
    server.stop().await;
}

#[actix_web::test]
async fn what_cannot_run_is_told_and_the_socket_lives_on() {
    let server = usual();
    let mut socket = server.begun().await;
    let wrong = [
        ("subscription { nothing }", "BAD_USER_INPUT"),
        ("subscription { a: count(to: 1) b: count(to: 1) }", "BAD_USER_INPUT"),
        ("subscription { ...F } fragment F on Events { count(to: 1) }", "BAD_USER_INPUT"),
        ("subscription {", "BAD_USER_INPUT"),
        ("{ one { a { b { c { d { e { f { g { h { i { j { k { l } } } } } } } } } } } } }", "TOO_COMPLEX"),
    ];
    for (query, code) in wrong {
        socket.subscribe("a", query).await;
        let error = socket.hear().await;
        assert_eq!((&error["id"], &error["type"]), (&json!("a"), &json!("error")), "{query}: {error}");
        assert_eq!(error["payload"][0]["extensions"]["code"], code, "{query}: {error}");
    }
    socket.subscribe("a", "subscription { endsBadly }").await;
    assert_eq!(socket.hear().await["payload"]["data"]["endsBadly"], 1);
    let end = socket.hear().await;
    assert_eq!((&end["type"], &end["payload"][0]["extensions"]["code"]), (&json!("error"), &json!("TOO_SLOW")));
    socket.subscribe("a", "subscription { panics }").await;
    let broken = socket.hear().await;
    assert_eq!((&broken["type"], &broken["payload"][0]["extensions"]["code"]), (&json!("error"), &json!("INTERNAL")));
    assert_eq!(socket.settled().await, Vec::<Value>::new(), "after an error nothing comes");
    server.stop().await;
}

#[actix_web::test]
async fn who_speaks_is_whom_the_client_names_else_whom_the_handshake_named() {
    let server = usual();
    let ask = async |headers: &[(&str, &str)], payload: Value| {
        let mut socket = Socket::begun(server.address, headers, payload).await;
        socket.subscribe("a", "{ viewer }").await;
        socket.hear().await["payload"]["data"]["viewer"].as_str().unwrap().to_owned()
    };
    assert_eq!(ask(&[], json!({})).await, "stranger");
    assert_eq!(ask(&[("authorization", "Bearer h")], json!({})).await, "Bearer h");
    assert_eq!(ask(&[("authorization", "Bearer h")], json!({ "Authorization": "Bearer p" })).await, "Bearer p");
    let protocol = ("sec-websocket-protocol", "graphql-transport-ws");
    assert_eq!(Socket::open(server.address, &[protocol, ("authorization", "Bearer wrong")]).await.unwrap_err(), 401);
    let own = format!("http://{}", server.address);
    for (origin, refused) in [("https://evil.example", Some(403)), (own.as_str(), None)] {
        let headers = [protocol, ("cookie", "ketnoi=t"), ("origin", origin)];
        assert_eq!(Socket::open(server.address, &headers).await.err(), refused, "{origin}");
    }
    server.stop().await;
}

#[actix_web::test]
async fn a_client_that_breaks_the_protocol_hears_which_rule() {
    let server = usual();
    let address = server.address;
    let mut other = Socket::open(address, &[("sec-websocket-protocol", "graphql-ws, x")]).await.unwrap();
    assert_eq!(other.closed().await, 4406);
    assert_eq!(Socket::open(address, &[]).await.unwrap().closed().await, 4406);

    let mut early = Socket::speaking(address, &[]).await;
    early.say(&json!({ "type": "ping", "payload": { "n": 1 } })).await;
    assert_eq!(early.hear().await, json!({ "type": "pong", "payload": { "n": 1 } }), "a ping may come before all else");
    early.subscribe("a", "{ one }").await;
    assert_eq!(early.closed().await, 4401);

    for (token, code) in [("Bearer wrong", 4403), ("Bearer often", 1013), ("Bearer broken", 4500)] {
        let mut socket = Socket::speaking(address, &[]).await;
        socket.say(&json!({ "type": "connection_init", "payload": { "authorization": token } })).await;
        assert_eq!(socket.closed().await, code, "{token}");
    }

    let mut twice = server.begun().await;
    twice.say(&json!({ "type": "connection_init" })).await;
    assert_eq!(twice.closed().await, 4429);

    let mut same = server.begun().await;
    same.subscribe("a", "subscription { never }").await;
    same.subscribe("a", "subscription { never }").await;
    assert_eq!(same.next().await, Heard::Closed(4409, "Subscriber for a already exists".into()));

    for wrong in [&b"no JSON"[..], b"{}", b"{\"type\":\"start\"}", b"{\"type\":\"subscribe\",\"id\":\"a\",\"payload\":{}}"] {
        let mut socket = server.begun().await;
        socket.send(wrong).await;
        assert_eq!(socket.closed().await, 4400, "{}", String::from_utf8_lossy(wrong));
    }
    let mut binary = server.begun().await;
    binary.frame(0x82, b"\0").await;
    assert_eq!(binary.closed().await, 4400);
    let mut latin = server.begun().await;
    latin.send(b"{\"\xe4\"}").await;
    assert_eq!(latin.closed().await, 1007);
    let mut large = server.begun().await;
    large.send(&[b' '; 3_000]).await;
    assert_eq!(large.closed().await, 1009);
    let mut odd = server.begun().await;
    odd.frame(0x83, b"").await;
    assert_eq!(odd.closed().await, 1002);
    let mut polite = server.begun().await;
    polite.frame(0x88, &1000u16.to_be_bytes()).await;
    assert_eq!(polite.closed().await, 1000);
    server.stop().await;
}

#[actix_web::test]
async fn a_client_that_does_not_begin_is_let_go() {
    let server = Server::start(SocketOptions { begin: Duration::from_millis(100), ..SocketOptions::default() });
    assert_eq!(Socket::speaking(server.address, &[]).await.closed().await, 4408);
    server.stop().await;
}

#[actix_web::test]
async fn a_client_that_answers_no_ping_is_let_go_and_one_that_does_stays() {
    let server = Server::start(SocketOptions { look: Duration::from_secs(60), begin: Duration::from_secs(10), ..quick() });
    let mut dead = server.begun().await;
    assert!(matches!(dead.next_unanswered().await, Heard::Ping(_)));
    assert_eq!(dead.next_unanswered().await, Heard::Gone);
    let mut alive = server.begun().await;
    for _ in 0..5 {
        assert!(matches!(alive.next().await, Heard::Ping(_)));
    }
    server.stop().await;
}

#[actix_web::test]
async fn who_no_longer_may_is_let_go() {
    let server = Server::start(SocketOptions { look: Duration::from_millis(100), ..SocketOptions::default() });
    let (mut quiet, mut asking) = (server.begun().await, server.begun().await);
    quiet.subscribe("a", "subscription { never }").await;
    server.hooks.revoked.store(true, Ordering::Relaxed);
    assert_eq!(quiet.closed().await, 4403, "it is asked now and then");
    asking.subscribe("a", "{ one }").await;
    assert_eq!(asking.closed().await, 4403, "and before each operation");
    server.hooks.revoked.store(false, Ordering::Relaxed);
    let mut told = server.begun().await;
    told.subscribe("a", "subscription { noLonger }").await;
    assert_eq!(told.closed().await, 4403, "and by a subscription itself");
    server.stop().await;
}

#[actix_web::test]
async fn what_is_completed_by_its_client_says_no_more() {
    let server = usual();
    let mut socket = server.begun().await;
    for id in ["a", "b"] {
        socket.subscribe(id, "subscription { never }").await;
    }
    socket.settled().await;
    assert_eq!(server.sockets.subscriptions(), 2);
    socket.say(&json!({ "id": "a", "type": "complete" })).await;
    socket.say(&json!({ "id": "none", "type": "complete" })).await;
    assert_eq!(socket.settled().await, Vec::<Value>::new());
    assert_eq!(server.sockets.subscriptions(), 1);
    drop(socket);
    until(|| server.sockets.subscriptions() == 0 && server.sockets.open_now() == 0).await;
    server.stop().await;
}

#[actix_web::test]
async fn operations_on_a_socket_and_sockets_of_an_address_are_limited() {
    let server = Server::start(SocketOptions { operations: 2, per_address: 2, ..SocketOptions::default() });
    let mut socket = server.begun().await;
    for id in ["a", "b", "c"] {
        socket.subscribe(id, "subscription { never }").await;
    }
    let refused = socket.hear().await;
    assert_eq!((&refused["id"], &refused["payload"][0]["extensions"]["code"]), (&json!("c"), &json!("TOO_COMPLEX")));
    assert_eq!(refused["payload"][0]["extensions"]["limit"], 2);
    let _second = server.begun().await;
    assert_eq!(Socket::open(server.address, &[]).await.unwrap_err(), 429);
    server.stop().await;
}

#[actix_web::test]
async fn a_client_that_never_reads_is_not_written_to_for_ever_and_slows_nobody() {
    let server =
        Server::start(SocketOptions { unread: 100_000, patience: Duration::from_millis(500), ..SocketOptions::default() });
    let mut deaf = server.begun().await;
    deaf.subscribe("a", "subscription { flood }").await;
    until(|| server.hooks.asked.load(Ordering::Relaxed) >= 9).await;
    let mut other = server.begun().await;
    for _ in 0..20 {
        other.subscribe("a", "{ large }").await;
        assert_eq!(other.hear().await["payload"]["data"]["large"].as_str().map(str::len), Some(100_000));
        assert_eq!(other.hear().await["type"], "complete");
    }
    // Ten events of 10,000 letters, and no more: the eleventh would be held for someone who does not take it.
    assert!(server.hooks.asked.load(Ordering::Relaxed) <= 11, "{:?}", server.hooks.asked);
    until(|| server.sockets.open_now() == 1).await;
    server.stop().await;
}

#[actix_web::test]
async fn a_client_that_has_still_to_read_is_told_so_and_let_go_where_it_goes_on_asking() {
    let server = Server::start(SocketOptions { unread: 20_000, operations: 3, ..SocketOptions::default() });
    let mut deaf = server.begun().await;
    deaf.subscribe("a", "subscription { flood }").await;
    until(|| server.hooks.asked.load(Ordering::Relaxed) >= 2).await;
    for n in 0..4 {
        deaf.subscribe(&format!("b{n}"), "{ one }").await;
    }
    let mut told = 0;
    let end = loop {
        match deaf.next_unanswered().await {
            Heard::Text(text) => told += usize::from(text.contains("RATE_LIMITED")),
            Heard::Ping(_) => {}
            end @ (Heard::Closed(..) | Heard::Gone) => break end,
        }
    };
    assert!(matches!(end, Heard::Closed(1013, _)), "{end:?}");
    assert_eq!(told, 3);
    server.stop().await;
}

#[actix_web::test]
async fn word_of_nothing_new_buys_no_time() {
    let options = SocketOptions { unread: 20_000, patience: Duration::from_millis(500), ..SocketOptions::default() };
    let server = Server::start(options);
    let mut deaf = server.begun().await;
    deaf.subscribe("a", "subscription { flood }").await;
    let began = Instant::now();
    while server.sockets.open_now() > 0 {
        assert!(began.elapsed() < Duration::from_secs(20), "it is waited for for ever");
        deaf.frame(0x8a, &0u64.to_be_bytes()).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    server.stop().await;
}

#[actix_web::test]
async fn each_event_costs_and_who_has_nothing_left_keeps_the_socket() {
    let server = usual();
    let mut socket = server.begun().await;
    socket.subscribe("a", "subscription { flood }").await;
    assert_eq!(socket.hear().await["type"], "next");
    server.hooks.spent.store(true, Ordering::Relaxed);
    let end = loop {
        let heard = socket.hear().await;
        if heard["type"] != "next" {
            break heard;
        }
    };
    assert_eq!((&end["id"], &end["type"]), (&json!("a"), &json!("error")), "{end}");
    assert_eq!(end["payload"][0]["extensions"]["code"], "RATE_LIMITED");
    server.hooks.spent.store(false, Ordering::Relaxed);
    socket.subscribe("a", "{ one }").await;
    assert_eq!(socket.hear().await["payload"]["data"]["one"], 1);
    server.stop().await;
}

#[actix_web::test]
async fn a_client_that_reads_gets_all_of_a_flood() {
    let server = Server::start(SocketOptions { unread: 20_000, ..SocketOptions::default() });
    let mut socket = server.begun().await;
    socket.subscribe("a", "subscription { flood }").await;
    for _ in 0..200 {
        assert_eq!(socket.hear().await["type"], "next");
    }
    server.stop().await;
}

#[actix_web::test]
async fn a_server_that_stops_ends_what_is_followed_finishes_what_runs_and_says_farewell() {
    let mut server = usual();
    let mut socket = server.begun().await;
    socket.subscribe("follow", "subscription { never }").await;
    socket.settled().await;
    socket.subscribe("slow", "{ slow }").await;
    socket.settled().await;
    let began = Instant::now();
    server.sockets.stop();
    let handle = server.handle.clone();
    let stopping = actix_web::rt::spawn(async move { handle.stop(true).await });
    assert_eq!(socket.hear().await, json!({ "id": "follow", "type": "complete" }));
    assert_eq!(socket.hear().await["payload"]["data"], json!({ "slow": 2 }));
    assert_eq!(socket.hear().await, json!({ "id": "slow", "type": "complete" }));
    assert_eq!(socket.closed().await, 1001);
    stopping.await.unwrap();
    server.ended.take().unwrap().await.unwrap().unwrap();
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

/// Waits until something is so.
async fn until(so: impl Fn() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < Duration::from_secs(20), "it never came to it");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
