//! The vote: one code, one ballot; what is closed is closed; and nothing leads from a code to a ballot.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

mod closed;
mod codes;
mod holding;
mod paper;
mod secrecy;
mod support;
