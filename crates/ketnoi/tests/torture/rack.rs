//! The rack: a database, the binary on it, and what was asked of them so far.

use std::{
    fmt,
    sync::mpsc::sync_channel,
    thread,
    time::{Duration, Instant},
};

use ketnoi_test_support::{Ground, On};
use serde_json::{Value, json};

use crate::{
    asked::{Asked, INDICATORS, PROGRAMME, SHARED, Sent, mutation, text},
    client::{Access, Connection},
    look::{present, sql},
    support::{Place, Server},
    whole::whole,
    writers::{Common, WRITERS, mixed, write},
};

/// The account whose key the writers bring.
const ACCOUNT: &str = "writer";

/// What takes longer than this will never come.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// A database, the binary on it, and what was asked of them.
pub(crate) struct Rack {
    /// Between rounds it runs. It goes before what it stands on.
    server: Option<Server>,
    on: On,
    ground: Ground,
    place: Place,
    key: String,
    common: Common,
    /// Every request that did what it asked for.
    done: Vec<Sent>,
    tally: Tally,
}

/// What came of all requests.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tally {
    began: Instant,
    kills: usize,
    pub(crate) acknowledged: usize,
    refused: usize,
    found: usize,
    absent: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { began, kills, acknowledged, refused, found, absent } = self;
        write!(f, "{kills} kills, {acknowledged} acknowledged and there, {refused} refused as conflicts, ")?;
        write!(f, "{} without an answer ({found} were there whole, {absent} not at all), ", found + absent)?;
        write!(f, "{:.0} s", began.elapsed().as_secs_f64())
    }
}

impl Rack {
    /// An officer with a key, a programme with indicators, and a practice that all share.
    pub(crate) fn new(on: On) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (ground, place) = (runtime.block_on(Ground::empty(on)), Place::new());
        let tally = Tally { began: Instant::now(), kills: 0, acknowledged: 0, refused: 0, found: 0, absent: 0 };
        let (key, common, done) = (String::new(), Common::new(), Vec::new());
        let mut rack = Self { server: None, on, ground, place, key, common, done, tally };
        rack.run(&["user", "add", ACCOUNT, "--role", "officer"]);
        let scopes = ["--scope", "registry:read", "--scope", "registry:write", "--scope", "reports:run"];
        let issued = rack.run(&[&["key", "issue", ACCOUNT, "--label", "torture"][..], &scopes].concat());
        rack.key = issued.lines().last().unwrap().to_owned();
        assert!(rack.key.starts_with("kn_"), "{issued}");
        rack.start();
        rack.furnish();
        rack
    }

    /// Runs a command on the database, which must succeed; gives what it prints.
    fn run(&self, command: &[&str]) -> String {
        let url = self.ground.url();
        self.place.run(&[command, &["--database-url", &url]].concat()).good().out
    }

    fn start(&mut self) {
        let url = self.ground.url();
        // Whoever writes without a pause has spent what a minute allows in seconds.
        let cost = u32::MAX.to_string();
        let options = ["serve", "--database-url", &url, "--workers", "2", "--log", "warn", "--cost-per-minute", &cost];
        self.server = Some(self.place.start(&options));
    }

    fn access(&self) -> Access {
        Access { address: self.server.as_ref().unwrap().address.clone(), key: self.key.clone() }
    }

    fn furnish(&self) {
        let mut connection = Connection::open(&self.access()).unwrap();
        let mut make = |call: &str, made: &str, input: &Value| {
            let answer = connection.ask(&mutation(call, made, input), "furnishing", None).unwrap();
            assert_eq!(answer["errors"], json!([]), "{call}: {answer}");
        };
        let title = text("Tra tấn");
        let programme = json!({ "code": PROGRAMME, "title": title, "level": "PROJECT", "visibility": "PUBLIC" });
        make("createProgramme", "programme { id }", &programme);
        let result = json!({ "programme": PROGRAMME, "level": "OUTPUT", "number": "1", "title": title });
        make("createResult", "result { id }", &result);
        let result = format!("{PROGRAMME}:result:1");
        for n in 1..=INDICATORS {
            let number = n.to_string();
            let indicator = json!({ "result": result, "number": number, "title": title, "measure": "UNIT", "ascending": true });
            make("createIndicator", "indicator { id }", &indicator);
        }
        make("createGoodPractice", "goodPractice { id }", &json!({ "code": SHARED, "title": title, "visibility": "PUBLIC" }));
    }

    /// One round, at whose end the server runs.
    pub(crate) fn round(&mut self, round: u64) {
        let mut all = self.write_until_killed(round);
        self.wait_until_nobody_is_left();
        self.start();

        let here = present(&self.ground, round, &all);
        for (sent, here) in all.iter().zip(here) {
            let column = match (sent.heard.is_some(), here) {
                (true, true) => &mut self.tally.acknowledged,
                (true, false) => &mut self.tally.refused,
                (false, true) => &mut self.tally.found,
                (false, false) => &mut self.tally.absent,
            };
            *column += 1;
        }
        self.ask_again(&mut all);
        let here = present(&self.ground, round, &all);
        let now = all.into_iter().zip(here).filter_map(|(sent, here)| here.then_some(sent));
        self.done.extend(now);
        whole(&self.ground, &self.done);
    }

    /// Lets all write, and kills the server at a moment that looks like chance.
    fn write_until_killed(&mut self, round: u64) -> Vec<Sent> {
        let to = self.access();
        let server = self.server.take().unwrap();
        let common = &self.common;
        // In every other round the time counts from the first answer, so that a server at full speed is killed as well as one
        // that has done nothing yet, however slow the machine is.
        let answered_first = round % 2 == 1;
        let pause = Duration::from_millis(30 + mixed(round) % 371);
        let all: Vec<Sent> = thread::scope(|scope| {
            let (heard, first) = sync_channel(1);
            let writers: Vec<_> = (0..WRITERS)
                .map(|writer| {
                    let (to, heard) = (&to, heard.clone());
                    scope.spawn(move || write(to, (round, writer), common, &heard))
                })
                .collect();
            // Without ours it also ends when no writer is left.
            drop(heard);
            if answered_first {
                first.recv_timeout(LONGEST_WAIT).unwrap_or_else(|e| panic!("nobody had an answer: {e}\n{}", server.log()));
            }
            thread::sleep(pause);
            let log = server.log();
            // What is dropped is killed, with a signal that leaves it no time for anything.
            drop(server);
            assert!(!log.contains("panicked"), "{log}");
            writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
        });
        self.tally.kills += 1;
        all
    }

    /// A server of PostgreSQL finds out by itself that its client is gone, and may still be at its last commit.
    fn wait_until_nobody_is_left(&self) {
        let others = "SELECT COUNT(*) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
        let began = Instant::now();
        while self.on == On::Postgres && sql(&self.ground, others)[0][0] != "0" {
            assert!(began.elapsed() < LONGEST_WAIT, "someone still uses the database of the server that was killed");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sends what was not answered once more, until it is; and what was answered, to hear the same.
    fn ask_again(&self, all: &mut [Sent]) {
        let mut connection = Connection::open(&self.access()).unwrap();
        let mut ask = |sent: &Sent, body: &str, which: &str| -> Value {
            let request = format!("{}-{which}", sent.key);
            connection.ask(body, &request, Some(&sent.key)).unwrap_or_else(|e| panic!("{request}: {e}"))
        };
        for sent in all.iter_mut().filter(|sent| sent.heard.is_none()) {
            sent.heard = Some(ask(sent, &sent.body, "second"));
            self.common.learn(sent);
        }
        for sent in all.iter().filter(|sent| sent.is_done()) {
            // Whoever asks again for a practice that was put away since is told that it was made, and not shown it.
            let hidden = sent.asked == Asked::Practice && self.common.is_away(&sent.key);
            let again = ask(sent, &sent.body, "third");
            assert!(hidden || Some(&again) == sent.heard.as_ref(), "{}: {again}, and before {:?}", sent.key, sent.heard);
            assert_eq!(again["errors"], json!([]), "{}", sent.key);
        }
        // One of each sort is enough.
        let mut tried = Vec::new();
        for sent in all.iter().filter(|sent| sent.is_done()) {
            let sort = std::mem::discriminant(&sent.asked);
            if !tried.contains(&sort) {
                tried.push(sort);
                let refused = ask(sent, &sent.another(), "fourth");
                assert_eq!(refused["errors"][0]["code"], "KEY_REUSED", "{}: {refused}", sent.key);
            }
        }
    }

    /// Has the binary itself check all that it holds.
    pub(crate) fn check(&self) {
        let audit = self.run(&["check", "audit"]);
        assert!(audit.contains("changes fit"), "{audit}");
        let registry = self.run(&["check", "registry"]);
        assert!(registry.contains("as its writers leave it"), "{registry}");
    }

    pub(crate) fn tally(&self) -> Tally {
        self.tally
    }
}
