//! Those who write, and what they know of one another.

use std::sync::{
    Mutex,
    atomic::{AtomicI64, AtomicU32, Ordering},
    mpsc::SyncSender,
};

use crate::{
    asked::{Asked, Made, Sent, Verdict},
    client::{Access, Connection},
};

/// How many write at once.
pub(crate) const WRITERS: u64 = 8;

/// What all writers know.
pub(crate) struct Common {
    practices: Mutex<Practices>,
    /// The newest version that anyone has heard of the practice that all share.
    version: AtomicI64,
    /// How many days were used.
    days: AtomicU32,
}

/// The practices that nobody is about to archive or restore.
#[derive(Default)]
struct Practices {
    standing: Vec<Made>,
    away: Vec<Made>,
}

/// A number that looks like chance and is the same in every run.
pub(crate) fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Common {
    pub(crate) fn new() -> Self {
        Self { practices: Mutex::default(), version: AtomicI64::new(1), days: AtomicU32::new(0) }
    }

    /// What is to be asked next: what the number says, if there is something to do it with.
    fn next(&self, number: u64) -> Asked {
        let mut practices = self.practices.lock().unwrap();
        let found = match number % 32 {
            10..=13 => Some(Asked::Programme),
            14..=20 => Some(Asked::Shared { expected: self.version.load(Ordering::Relaxed) }),
            21..=24 => practices.standing.pop().map(Asked::Archive),
            25..=26 => practices.away.pop().map(Asked::Restore),
            27..=30 => Some(Asked::Actuals { day: self.day() }),
            31 => Some(Asked::Report { day: self.day() }),
            _ => None,
        };
        found.unwrap_or(Asked::Practice)
    }

    fn day(&self) -> String {
        let n = self.days.fetch_add(1, Ordering::Relaxed);
        // Months of 28 days are enough.
        format!("{:04}-{:02}-{:02}", 1900 + n / 336, n / 28 % 12 + 1, n % 28 + 1)
    }

    /// Takes in what an answer says.
    pub(crate) fn learn(&self, sent: &Sent) {
        match (sent.verdict(), &sent.asked) {
            (Some(Verdict::Conflict(version)), _) => {
                self.version.fetch_max(version, Ordering::Relaxed);
            }
            (Some(Verdict::Done), Asked::Shared { expected }) => {
                self.version.fetch_max(expected + 1, Ordering::Relaxed);
            }
            (Some(Verdict::Done), Asked::Practice) => {
                let id = sent.heard.as_ref().and_then(|heard| heard["made"]["id"].as_str()).unwrap();
                self.practices.lock().unwrap().standing.push(Made { code: sent.key.clone(), id: id.to_owned() });
            }
            (Some(Verdict::Done), Asked::Archive(practice)) => self.practices.lock().unwrap().away.push(practice.clone()),
            (Some(Verdict::Done), _) | (None, _) => {}
        }
    }

    /// Whether a practice is put away, as far as anyone knows.
    pub(crate) fn is_away(&self, code: &str) -> bool {
        self.practices.lock().unwrap().away.iter().any(|practice| practice.code == code)
    }
}

/// Sends one request after another until the server is gone. All are answered but perhaps the last.
pub(crate) fn write(to: &Access, (round, writer): (u64, u64), common: &Common, heard: &SyncSender<()>) -> Vec<Sent> {
    let mut all = Vec::new();
    let Ok(mut connection) = Connection::open(to) else { return all };
    loop {
        let n = all.len() as u64;
        let asked = common.next(mixed((round << 32) | (writer << 24) | n));
        let mut sent = Sent::new(format!("torture-{round}-{writer}-{n}"), asked);
        sent.heard = connection.ask(&sent.body, &format!("{}-first", sent.key), Some(&sent.key)).ok();
        common.learn(&sent);
        let ended = sent.heard.is_none();
        all.push(sent);
        if ended {
            return all;
        }
        // One answer is all that anyone waits for; that there was one before is as good.
        let _ = heard.try_send(());
    }
}
