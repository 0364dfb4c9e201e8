//! A server that stops.

use std::time::{Duration, Instant};

use serde_json::json;

use super::usual;

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
