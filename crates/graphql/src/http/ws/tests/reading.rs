//! Clients that read slowly or not at all, and those that read everything.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use ketnoi_test_support::Heard;

use super::super::SocketOptions;
use super::{Server, until};

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
async fn a_client_that_reads_gets_all_of_a_flood() {
    let server = Server::start(SocketOptions { unread: 20_000, ..SocketOptions::default() });
    let mut socket = server.begun().await;
    socket.subscribe("a", "subscription { flood }").await;
    for _ in 0..200 {
        assert_eq!(socket.hear().await["type"], "next");
    }
    server.stop().await;
}
