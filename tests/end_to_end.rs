//! The tests of the whole, one module a room; `lib.rs` says what is where.

mod dashboards;
mod house;
mod partner_portals;
mod support;
