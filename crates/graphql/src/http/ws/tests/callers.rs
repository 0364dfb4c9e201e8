//! Who speaks on a socket, whether they still may, and what they have left to spend.

use std::sync::atomic::Ordering;
use std::time::Duration;

use ketnoi_test_support::Socket;
use serde_json::{Value, json};

use super::super::SocketOptions;
use super::{Server, usual};

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
