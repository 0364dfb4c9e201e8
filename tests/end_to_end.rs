//! The tests of the whole, one module a room; `lib.rs` says what is where.

#![expect(clippy::unwrap_used, reason = "what fails in the helpers of a test fails the test")]

mod association;
mod dashboards;
mod house;
mod partner_portals;
mod support;
