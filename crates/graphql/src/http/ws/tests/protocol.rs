//! What the protocol asks of a client, and what becomes of one that breaks it.

use std::time::Duration;

use ketnoi_test_support::{Heard, Socket};
use serde_json::json;

use super::super::SocketOptions;
use super::{Server, quick, usual};

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
