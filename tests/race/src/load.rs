//! A load of many connections that each ask again as soon as they are answered.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context as _;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// What is asked of whom.
#[derive(Clone)]
pub(crate) struct Target {
    port: u16,
    request: Arc<[u8]>,
    /// Whether its answer must be the gateway's, byte for byte.
    pub(crate) same: bool,
}

impl Target {
    pub(crate) fn post(port: u16, path: &str, body: &str) -> Self {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-type: application/json\r\naccept: application/json\r\nx-forwarded-for: 192.0.2.1\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        Self { port, request: request.into_bytes().into(), same: true }
    }

    pub(crate) fn get(port: u16, path: &str, same: bool) -> Self {
        let request = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n\r\n");
        Self { port, request: request.into_bytes().into(), same }
    }
}

/// What a run measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    pub(crate) per_second: f64,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

/// One answer's body.
pub(crate) fn once(target: &Target) -> anyhow::Result<String> {
    runtime()?.block_on(async {
        let mut connection = TcpStream::connect(("127.0.0.1", target.port)).await?;
        connection.write_all(&target.request).await?;
        let mut buffer = Vec::new();
        let (head, length) = answer(&mut connection, &mut buffer).await?;
        Ok(String::from_utf8(buffer[head..head + length].to_vec())?)
    })
}

/// Loads a target and measures what comes after the warm-up.
pub(crate) fn run(target: &Target, connections: usize, warm_up: Duration, measured: Duration) -> anyhow::Result<Figures> {
    runtime()?.block_on(async {
        let measuring = Arc::new(AtomicBool::new(false));
        let stop = Arc::new(AtomicBool::new(false));
        let mut askers = Vec::new();
        for _ in 0..connections {
            let (target, measuring, stop) = (target.clone(), Arc::clone(&measuring), Arc::clone(&stop));
            askers.push(tokio::spawn(async move { ask(&target, &measuring, &stop).await }));
        }
        tokio::time::sleep(warm_up).await;
        measuring.store(true, Ordering::Relaxed);
        let began = Instant::now();
        tokio::time::sleep(measured).await;
        stop.store(true, Ordering::Relaxed);
        let took = began.elapsed().as_secs_f64();
        let mut times = Vec::new();
        for asker in askers {
            times.extend(asker.await??);
        }
        anyhow::ensure!(!times.is_empty(), "nothing was answered");
        times.sort_unstable();
        let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1000.0;
        Ok(Figures { per_second: times.len() as f64 / took, p50: at(0.5), p99: at(0.99) })
    })
}

async fn ask(target: &Target, measuring: &AtomicBool, stop: &AtomicBool) -> anyhow::Result<Vec<Duration>> {
    let mut connection = TcpStream::connect(("127.0.0.1", target.port)).await?;
    connection.set_nodelay(true)?;
    let mut buffer = Vec::with_capacity(64 * 1024);
    let mut times = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let began = Instant::now();
        connection.write_all(&target.request).await?;
        buffer.clear();
        answer(&mut connection, &mut buffer).await?;
        if measuring.load(Ordering::Relaxed) {
            times.push(began.elapsed());
        }
    }
    Ok(times)
}

/// Reads one answer into the buffer; gives where its body starts and how long it is.
async fn answer(connection: &mut TcpStream, buffer: &mut Vec<u8>) -> anyhow::Result<(usize, usize)> {
    loop {
        anyhow::ensure!(connection.read_buf(buffer).await? > 0, "the connection was closed");
        let Some(end) = buffer.windows(4).position(|w| w == b"\r\n\r\n") else { continue };
        let head = std::str::from_utf8(&buffer[..end])?.to_ascii_lowercase();
        anyhow::ensure!(head.starts_with("http/1.1 200"), "refused: {head}");
        let length = head.lines().find_map(|l| l.strip_prefix("content-length: ")).context("no content-length")?;
        let length: usize = length.trim().parse()?;
        while buffer.len() < end + 4 + length {
            anyhow::ensure!(connection.read_buf(buffer).await? > 0, "the connection was closed");
        }
        return Ok((end + 4, length));
    }
}
