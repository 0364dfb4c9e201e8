//! The binary as people meet it: what it prints, with which status it ends, and what it leaves behind.

#![expect(clippy::unwrap_used, reason = "what fails in the helpers of a test fails the test")]

mod accounts;
mod check;
mod data;
mod hostile;
mod person;
mod protection;
mod report;
mod serve;
mod support;
mod use_of_it;
