//! What subscribers cost the others: queries a second beside a writer, without them and with a thousand that follow what does not
//! change and one that follows what does and never reads.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use ketnoi_test_support::Socket;
use serde_json::json;

use crate::{Gateway, load, registry::Writer};

/// How many follow what does not change.
const IDLE: usize = 1000;

/// What they follow.
const QUIET: &str = "subscription { recordChanged(kinds: [EVENT]) { operation record { id } } }";

/// What the one follows who never reads.
const LOUD: &str = "subscription { recordChanged { operation cursor record { ... on Programme { code title titleTranslations { lang text } } } } }";

/// Measures and tells.
pub(crate) fn beside_sockets(binary: &PathBuf, database: &str) -> anyhow::Result<()> {
    let mut gateway = Gateway::start(binary, database, 0)?;
    let measure = || -> anyhow::Result<_> {
        let writer = Writer::start(database);
        let reads = load::run(&gateway.target(), 32, Duration::from_secs(1), Duration::from_secs(4))?;
        Ok((reads, writer.stop()?))
    };
    let (alone, written_alone) = measure()?;
    let subscribers = Subscribers::open(SocketAddr::from(([127, 0, 0, 1], gateway.port)))?;
    let (beside, written) = measure()?;
    println!(
        "reads beside a writer and {IDLE} idle subscribers and one that never reads: {:.0} req/s, {:.0}% of {:.0} without them; p99 {:.1} ms, {:.1} without them; {written:.0} changes/s, {written_alone:.0} without them; opened in {:.1} s; memory at its peak {:.0} MB",
        beside.per_second,
        100.0 * beside.per_second / alone.per_second,
        alone.per_second,
        beside.p99,
        alone.p99,
        subscribers.opened_in.as_secs_f64(),
        gateway.peak_megabytes()?
    );
    // While all of them are still there, and none reads.
    println!("SIGTERM with {} sockets open: ended after {:.1} s", IDLE + 1, gateway.drain()?.as_secs_f64());
    subscribers.close()
}

/// Sockets that are held open.
struct Subscribers {
    opened_in: Duration,
    stop: Arc<AtomicBool>,
    thread: JoinHandle<anyhow::Result<()>>,
}

impl Subscribers {
    fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let (stop, (opened, hears)) = (Arc::new(AtomicBool::new(false)), mpsc::channel());
        let (told, began) = (Arc::clone(&stop), Instant::now());
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut held = Vec::with_capacity(IDLE + 1);
                for n in 0..=IDLE {
                    let mut socket = Socket::begun(address, &[], json!({})).await;
                    socket.subscribe("follow", if n == 0 { LOUD } else { QUIET }).await;
                    held.push(socket);
                }
                opened.send(began.elapsed()).context("nobody waits for the sockets")?;
                // None of them reads; those to whom nothing is said are asked after 25 s, which is longer than this takes.
                while !told.load(Ordering::Relaxed) {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                Ok(())
            })
        });
        let opened_in = hears.recv().context("the sockets could not be opened")?;
        Ok(Self { opened_in, stop, thread })
    }

    fn close(self) -> anyhow::Result<()> {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().map_err(|_| anyhow::anyhow!("the subscribers panicked"))?
    }
}
