//! The binary is killed while eight write, again and again. Nothing that was acknowledged is lost, and nothing is half done.
//!
//! A round: eight writers send mutations of several sorts, each under a key of its own, until SIGKILL ends the server. It is
//! started again, and the database is looked at past it: of each request there is everything or nothing. What was not
//! answered is asked once more under its key. `KETNOI_TORTURE_ROUNDS` says how many rounds there are; `make torture` makes it
//! many.

#![expect(clippy::unwrap_used, reason = "what fails in the helpers of a test fails the test")]

mod asked;
mod client;
mod look;
mod rack;
#[path = "../cli/support.rs"]
#[expect(dead_code, reason = "the tests of the commands use what this one does not")]
mod support;
mod whole;
mod writers;

use ketnoi_test_support::On;

use crate::rack::Rack;

/// How many rounds there are, unless someone says.
const ROUNDS: u64 = 3;

/// So often the whole audit log and the whole registry are checked.
const CHECKED_EVERY: u64 = 10;

fn rounds() -> u64 {
    let Ok(said) = std::env::var("KETNOI_TORTURE_ROUNDS") else { return ROUNDS };
    said.parse().unwrap_or_else(|_| panic!("KETNOI_TORTURE_ROUNDS is a number of rounds, and not `{said}`"))
}

fn torture(on: On) {
    if !on.is_there() {
        return;
    }
    let rounds = rounds();
    let mut rack = Rack::new(on);
    for round in 1..=rounds {
        rack.round(round);
        if round.is_multiple_of(CHECKED_EVERY) || round == rounds {
            rack.check();
            println!("{on:?}, round {round} of {rounds}: {}", rack.tally());
        }
    }
    assert!(rack.tally().acknowledged > 0, "nothing was ever acknowledged, so nothing was shown");
}

#[test]
fn an_embedded_registry_that_is_killed_loses_nothing_acknowledged_and_leaves_nothing_half_done() {
    torture(On::Sqlite);
}

#[test]
fn a_served_registry_that_is_killed_loses_nothing_acknowledged_and_leaves_nothing_half_done() {
    torture(On::Postgres);
}
