//! What is asked on a socket, and what is answered.

use ketnoi_test_support::Socket;
use serde_json::{Value, json};

use super::super::SocketOptions;
use super::{Server, until, usual};

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
