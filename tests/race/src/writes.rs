//! Writes: mutations through the gateway beside the bare SQL of the same rows, each a transaction that is on the disk when it
//! is answered.
//!
//! "Bare, the same rows" writes what the mutation writes: the record, its entries in the search, the audit entry, the change
//! rows, the revision. "Bare, the record" writes the record's own row and nothing else: what is between the two is what search
//! and trail cost any program that keeps them. Both know their values beforehand and check nothing.

mod bare;
mod gateway;
mod script;
mod statements;

use std::{
    path::Path,
    sync::{
        Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use ketnoi_persistence::Database;
use ketnoi_registry::Clock;

use crate::{
    Gateway,
    load::Figures,
    writes::{
        gateway::Officer,
        script::{Ids, Part},
    },
};

/// How many write at once.
const CONNECTIONS: [usize; 3] = [1, 8, 32];
const WARM_UP: Duration = Duration::from_millis(200);
const MEASURED: Duration = Duration::from_millis(800);

/// How many actuals one mutation reports.
const ACTUALS: usize = 50;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Write {
    Create,
    Update,
    Bulk,
}

impl Write {
    const ALL: [Self; 3] = [Self::Create, Self::Update, Self::Bulk];

    fn name(self) -> &'static str {
        match self {
            Self::Create => "create a practice",
            Self::Update => "change a practice",
            Self::Bulk => "report 50 actuals",
        }
    }
}

/// One write after another, by one connection.
type Writing = Box<dyn FnMut() -> anyhow::Result<()>>;

/// Runs all writes on a registry that is there, and prints a table.
pub(crate) fn run(binary: &Path, database: &str) -> anyhow::Result<()> {
    let clock = Clock::system();
    // Codes of an earlier run on the same database are taken.
    let stamp: String = clock.new_id().simple().to_string().chars().rev().take(10).collect();
    let key = gateway::key(binary, database)?;
    let gateway = Gateway::start(&binary.to_path_buf(), database, 0)?;
    let officer = Officer { port: gateway.port, key, stamp: stamp.clone() };
    officer.furnish()?;
    let taken = statements::count(database, &stamp)?;
    let parsed = Database::parse(database)?;
    let ids = Ids::new(&clock, &stamp, bare::indicators(&parsed, &stamp)?);
    println!(
        "writes, each on the disk when it is answered{:>20}{:>24}{:>24}",
        "gateway", "bare, the same rows", "bare, the record"
    );
    println!(
        "{:<24}{:>12}{:>12}{:>8}{:>8}{:>13}{:>11}{:>13}{:>11}",
        "", "connections", "writes/s", "p50 ms", "p99 ms", "writes/s", "gateway", "writes/s", "gateway"
    );
    for write in Write::ALL {
        for connections in CONNECTIONS {
            let by_gateway = measure(connections, |number| officer.writing(write, number))?;
            let whole = measure(connections, |_| bare::writing(&parsed, write, Part::Whole, &ids))?;
            let record = measure(connections, |_| bare::writing(&parsed, write, Part::Record, &ids))?;
            let is = |other: Figures| format!("{:.0}%", 100.0 * by_gateway.per_second / other.per_second);
            println!(
                "{:<24}{connections:>12}{:>12.0}{:>8.1}{:>8.1}{:>13.0}{:>11}{:>13.0}{:>11}",
                write.name(),
                by_gateway.per_second,
                by_gateway.p50,
                by_gateway.p99,
                whole.per_second,
                is(whole),
                record.per_second,
                is(record)
            );
        }
    }
    let told = |write: Write| format!("{} {}, bare {}", write.name(), taken.of(write), ids.statements(&parsed, write));
    println!("statements with BEGIN and COMMIT: {}", Write::ALL.map(told).join("; "));
    Ok(())
}

/// Lets so many connections write without a pause, and measures what comes after the warm-up. A thread for each: what is
/// compared waits for the disk.
fn measure(connections: usize, open: impl Fn(usize) -> anyhow::Result<Writing> + Sync) -> anyhow::Result<Figures> {
    let (measuring, stop, opened) = (AtomicBool::new(false), AtomicBool::new(false), Barrier::new(connections + 1));
    let (mut times, took) = thread::scope(|scope| {
        let writers: Vec<_> = (0..connections)
            .map(|number| {
                let (measuring, stop, opened, open) = (&measuring, &stop, &opened, &open);
                scope.spawn(move || -> anyhow::Result<Vec<Duration>> {
                    let writing = open(number);
                    // All meet here, whether or not it went well, lest the others wait for ever.
                    opened.wait();
                    let (mut writing, mut times) = (writing?, Vec::new());
                    while !stop.load(Ordering::Relaxed) {
                        let began = Instant::now();
                        writing()?;
                        if measuring.load(Ordering::Relaxed) {
                            times.push(began.elapsed());
                        }
                    }
                    Ok(times)
                })
            })
            .collect();
        opened.wait();
        thread::sleep(WARM_UP);
        measuring.store(true, Ordering::Relaxed);
        let began = Instant::now();
        thread::sleep(MEASURED);
        stop.store(true, Ordering::Relaxed);
        let took = began.elapsed().as_secs_f64();
        let mut times = Vec::new();
        for writer in writers {
            times.extend(writer.join().map_err(|_| anyhow::anyhow!("a writer panicked"))??);
        }
        anyhow::Ok((times, took))
    })?;
    anyhow::ensure!(!times.is_empty(), "nothing was written");
    times.sort_unstable();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1000.0;
    Ok(Figures { per_second: times.len() as f64 / took, p50: at(0.5), p99: at(0.99) })
}
