//! Accounts: who may do what, how one signs in, and that nothing secret is kept or told.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

mod keys;
mod own;
mod sign_in;
mod standing;
mod support;
mod users;
