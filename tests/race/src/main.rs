//! The gateway beside its peers, in one run on one machine: what a request costs, as a ratio.
//!
//! **For:** `make bench`. The question is "the first 50 programmes with 3 funders each" on 10,000 programmes, over 32
//! connections. The gateway is the binary itself; the peers are hand-written endpoints that answer the same bytes.
//! **Not for:** asserting a time. Rounds alternate between the racers and the median of each is told, because a machine's
//! speed changes while one looks at it.

mod live;
mod load;
mod peers;
mod registry;
mod writes;

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use load::{Figures, Target};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What is asked.
const QUERY: &str = "query Race { programmes(first: 50) { nodes { code title status start { value } end { value } funders { role organisation { code name country } } } pageInfo { hasNextPage } } }";

struct Racer {
    name: &'static str,
    target: Target,
    rounds: Vec<Figures>,
}

fn main() -> anyhow::Result<()> {
    let binary: PathBuf =
        std::env::args().nth(1).context("name the binary to measure: ketnoi-race target/release/ketnoi [POSTGRES-URL]")?.into();
    let postgres = std::env::args().nth(2);
    if postgres.as_deref() == Some("--fill") {
        return registry::fill(&std::env::args().nth(3).context("name the database to fill")?, programmes());
    }
    let programmes = programmes();
    let rounds: usize = std::env::var("KETNOI_RACE_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("race.db");
    let sqlite = format!("sqlite://{}", file.display());
    let searched = format!("sqlite://{}", folder.path().join("search.db").display());
    registry::fill(&sqlite, programmes)?;
    println!("SQLite, {programmes} programmes");
    race(&binary, &sqlite, peers::sqlite(&file)?, rounds)?;
    beside_a_writer(&binary, &sqlite)?;
    live::beside_sockets(&binary, &sqlite)?;
    writes::run(&binary, &sqlite)?;
    search(&binary, &searched)?;
    if let Some(url) = postgres {
        registry::fill(&url, programmes)?;
        println!("\nPostgreSQL, {programmes} programmes");
        let mut peers = peers::postgres(&url)?;
        peers.extend(peers::postgraphile());
        race(&binary, &url, peers, rounds)?;
        beside_a_writer(&binary, &url)?;
        live::beside_sockets(&binary, &url)?;
        writes::run(&binary, &url)?;
        search(&binary, &format!("{url}_search"))?;
    }
    Ok(())
}

/// How much the reads lose while one writer changes a programme after another without a pause.
fn beside_a_writer(binary: &PathBuf, database: &str) -> anyhow::Result<()> {
    let gateway = Gateway::start(binary, database, 0)?;
    let measure = || load::run(&gateway.target(), 32, Duration::from_secs(1), Duration::from_secs(4));
    let alone = measure()?;
    let writer = registry::Writer::start(database);
    let beside = measure()?;
    let written = writer.stop()?;
    println!(
        "reads beside a writer: {:.0} req/s, {:.0}% of {:.0} alone; {:.0} changes/s, each committed for good",
        beside.per_second,
        100.0 * beside.per_second / alone.per_second,
        alone.per_second,
        written
    );
    Ok(())
}

/// How long a search takes among so many records, one asker at a time: words that a third of them hold, a few, or none.
fn search(binary: &PathBuf, database: &str) -> anyhow::Result<()> {
    const RECORDS: usize = 100_000;
    registry::fill_titles(database, RECORDS)?;
    let gateway = Gateway::start(binary, database, 0)?;
    println!("search among {RECORDS} records{:>25}{:>9}{:>9}", "found", "p50 ms", "p99 ms");
    for words in ["da nang", "nang cap do thi", "do t", "giai doan 77", "khong co gi"] {
        let count = gateway.ask(&format!("{{ search(query: \"{words}\") {{ totalCount }} }}"));
        let found: String = load::once(&count)?.chars().filter(char::is_ascii_digit).take(6).collect();
        let target = gateway.ask(&format!(
            "{{ search(query: \"{words}\", first: 20) {{ nodes {{ kind rank title titleHighlight {{ text hit }} }} }} }}"
        ));
        let f = load::run(&target, 1, Duration::from_secs(1), Duration::from_secs(3))?;
        println!("  {words:<42}{found:>12}{:>9.1}{:>9.1}", f.p50, f.p99);
    }
    Ok(())
}

/// An answer without what the gateway tells of its cost.
fn data(answer: &str) -> &str {
    answer.split(",\"extensions\":").next().unwrap_or_default()
}

fn programmes() -> usize {
    std::env::var("KETNOI_RACE_PROGRAMMES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000)
}

/// Runs every racer in turn, several times, and tells the medians.
fn race(binary: &PathBuf, database: &str, peers: Vec<(&'static str, Target)>, rounds: usize) -> anyhow::Result<()> {
    let plain = Gateway::start(binary, database, 0)?;
    let caching = Gateway::start(binary, database, 32)?;
    let mut racers: Vec<Racer> = [("gateway", plain.target()), ("gateway, kept answers", caching.target())]
        .into_iter()
        .chain(peers)
        .map(|(name, target)| Racer { name, target, rounds: Vec::new() })
        .collect();
    let answers: Vec<String> = racers.iter().map(|r| load::once(&r.target)).collect::<Result<_, _>>()?;
    for (racer, answer) in racers.iter().zip(&answers).filter(|(r, _)| r.target.same) {
        anyhow::ensure!(
            data(answer) == data(&answers[0]),
            "{} answers other bytes than the gateway:\n{answer}\n{}",
            racer.name,
            answers[0]
        );
    }
    for (racer, answer) in racers.iter().zip(&answers) {
        anyhow::ensure!(!answer.contains("\"errors\""), "{} answers with an error:\n{answer}", racer.name);
    }
    println!("an answer has {} bytes", answers[0].len());
    for _ in 0..rounds {
        for racer in &mut racers {
            racer.rounds.push(load::run(&racer.target, 32, Duration::from_secs(1), Duration::from_secs(4))?);
        }
    }
    let median = |racer: &Racer| {
        let mut sorted = racer.rounds.clone();
        sorted.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
        sorted[sorted.len() / 2]
    };
    let gateway = median(&racers[0]).per_second;
    println!("{:<34}{:>10}{:>9}{:>9}{:>18}", "", "req/s", "p50 ms", "p99 ms", "gateway is");
    for racer in &racers {
        let f = median(racer);
        println!("{:<34}{:>10.0}{:>9.1}{:>9.1}{:>17.0}%", racer.name, f.per_second, f.p50, f.p99, 100.0 * gateway / f.per_second);
    }
    println!("memory of the gateway at its peak: {:.0} MB", plain.peak_megabytes()?);
    Ok(())
}

/// The binary, serving.
struct Gateway {
    process: Child,
    port: u16,
}

impl Gateway {
    fn start(binary: &PathBuf, database: &str, cache_mib: usize) -> anyhow::Result<Self> {
        // The system picks a free port and we hand it on; nobody else on this machine is after it.
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut process = Command::new(binary)
            .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--database-url", database, "--log", "error"])
            .args(["--cache-mib", &cache_mib.to_string(), "--sockets-per-address", "2000"])
            // Whoever asks without a pause, a stranger or the holder of a key, would have to wait after a second.
            .args(["--stranger-cost-per-minute", &u32::MAX.to_string(), "--cost-per-minute", &u32::MAX.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} cannot be started", binary.display()))?;
        let mut line = String::new();
        let out = process.stdout.take().context("no output")?;
        BufReader::new(out).read_line(&mut line)?;
        anyhow::ensure!(line.contains("http://"), "the gateway did not start: {line}");
        Ok(Self { process, port })
    }

    fn target(&self) -> Target {
        self.ask(QUERY)
    }

    fn ask(&self, query: &str) -> Target {
        Target::post(self.port, "/graphql", &serde_json::json!({ "query": query }).to_string())
    }

    /// Tells it to stop as a service manager does; gives how long it took to end.
    fn drain(&mut self) -> anyhow::Result<Duration> {
        let began = Instant::now();
        let told = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status()?;
        anyhow::ensure!(told.success(), "the gateway could not be told to stop");
        let status = self.process.wait()?;
        anyhow::ensure!(status.success(), "the gateway ended with {status}");
        Ok(began.elapsed())
    }

    fn peak_megabytes(&self) -> anyhow::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).context("no VmHWM")?;
        let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kilobytes / 1024.0)
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}
