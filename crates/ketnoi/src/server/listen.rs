//! Binding the two addresses, serving on them, and stopping without breaking off what has begun.

use std::io;
use std::net::SocketAddr;

use actix_web::web::Data;
use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::{Context, anyhow};
use async_graphql::Executor;
use ketnoi_graphql::http::{Hooks, Sockets};

use super::app::app;
use super::metrics::Metrics;
use super::site::Site;

/// How long requests that have begun may take to finish once the server is told to stop.
const GRACE_SECONDS: u64 = 30;

/// Where the server listens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addresses {
    /// The API and everything beside it.
    pub listen: SocketAddr,
    /// Figures for Prometheus; nobody else should reach this address.
    pub metrics: Option<SocketAddr>,
}

/// Serves until the process is told to stop by SIGTERM or SIGINT. A second signal stops at once.
///
/// `started` is called with the address once it is bound, which matters when the port was 0.
pub(crate) async fn serve<E: Executor, H: Hooks + Send + Sync>(
    site: Site<E, H>,
    addresses: Addresses,
    workers: usize,
    started: impl FnOnce(SocketAddr),
) -> anyhow::Result<()> {
    let metrics = addresses.metrics.map(|address| serve_metrics(&site.metrics, address)).transpose()?;
    let sockets = site.gateway.sockets().clone();
    let server = HttpServer::new(move || app(&site))
        .workers(workers)
        .on_connect(|connection, _| give_up_late(connection))
        .shutdown_timeout(GRACE_SECONDS)
        .disable_signals()
        .bind(addresses.listen)
        .map_err(|error| cannot_bind(addresses.listen, "--listen", &error))?;
    let bound = server.addrs().first().copied().unwrap_or(addresses.listen);
    let server = server.run();
    let metrics_server = metrics.map(|metrics| {
        let handle = metrics.handle();
        actix_web::rt::spawn(metrics);
        handle
    });
    actix_web::rt::spawn(stop_on_signal(server.handle(), sockets));
    started(bound);
    let result = server.await.context("the server stopped by itself");
    if let Some(metrics) = metrics_server {
        metrics.stop(false).await;
    }
    result
}

fn serve_metrics(metrics: &Metrics, address: SocketAddr) -> anyhow::Result<actix_web::dev::Server> {
    let metrics = Data::new(metrics.clone());
    let server = HttpServer::new(move || App::new().app_data(metrics.clone()).route("/metrics", web::get().to(figures)));
    let server = server.workers(1).disable_signals().bind(address);
    Ok(server.map_err(|error| cannot_bind(address, "--metrics-listen", &error))?.run())
}

pub(super) async fn figures(metrics: Data<Metrics>) -> HttpResponse {
    match metrics.text() {
        Ok(text) => HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text),
        Err(error) => {
            tracing::error!(%error, "the figures could not be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

fn cannot_bind(address: SocketAddr, option: &str, error: &io::Error) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::AddrInUse => anyhow!("address {address} is in use: choose another with {option}"),
        io::ErrorKind::PermissionDenied => {
            anyhow!("address {address} may not be used by this user: choose a port above 1023 with {option}")
        }
        io::ErrorKind::AddrNotAvailable => {
            anyhow!("address {address} does not belong to this machine: choose another with {option}")
        }
        _ => anyhow!("address {address} cannot be used: {error}"),
    }
}

async fn stop_on_signal(server: actix_web::dev::ServerHandle, sockets: Sockets) {
    told_to_stop().await;
    // The server waits for connections to end, and sockets do not end by themselves.
    sockets.stop();
    tracing::info!("stopping: requests that have begun may take {GRACE_SECONDS} s to finish");
    let stopping = server.stop(true);
    tokio::select! {
        () = stopping => {}
        () = told_to_stop() => server.stop(false).await,
    }
}

/// How long a client may leave what was sent to it unread before the system gives the connection up.
#[cfg(target_os = "linux")]
const UNREAD: std::time::Duration = std::time::Duration::from_secs(90);

/// Has the system give up a connection whose client takes nothing: neither answers nor sockets can be let go by the server while
/// what is written is not taken.
#[cfg(target_os = "linux")]
fn give_up_late(connection: &dyn std::any::Any) {
    if let Some(connection) = connection.downcast_ref::<actix_web::rt::net::TcpStream>()
        && let Err(error) = socket2::SockRef::from(connection).set_tcp_user_timeout(Some(UNREAD))
    {
        tracing::debug!(%error, "a connection cannot be given up by the system");
    }
}

/// Other systems have no such time for each connection, but one for all.
#[cfg(not(target_os = "linux"))]
fn give_up_late(_connection: &dyn std::any::Any) {}

#[cfg(unix)]
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        }
        Err(error) => {
            tracing::warn!(%error, "SIGTERM cannot be heard; only Ctrl+C stops the server");
            _ = tokio::signal::ctrl_c().await;
        }
    }
}

#[cfg(not(unix))]
async fn told_to_stop() {
    _ = tokio::signal::ctrl_c().await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_the_way_out() {
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap();
        let error = std::net::TcpListener::bind(address).unwrap_err();
        assert_eq!(
            cannot_bind(address, "--listen", &error).to_string(),
            format!("address {address} is in use: choose another with --listen")
        );
    }
}
