//! What tests stand on: a registry of their own on each database, a clock that stands still, records in bulk.
//!
//! **For:** tests and benches of every crate outside the domain; a dev-dependency only.
//! **Not for:** assertions about one crate, which stand in that crate's tests.
//!
//! **To add a builder:** a function in `bulk` that gives domain values with good defaults; a test changes what it is about.
//! **To write a test for both databases:** give it to [`on_both_databases`], or to [`on_both_databases_with_demo`] if it
//! reads the demonstration registry. What it returns must be the same on both.
//!
//! A failure here is a failure of the test that asked, so everything panics with what is wrong instead of returning it.

mod bulk;
mod clock;
mod database;
mod demo;
mod hall;
mod postgres;
mod skip;
mod socket;
mod sqlite;

pub use bulk::{Bulk, FUNDERS, head, organisation, participation, programme, programmes, transaction};
pub use clock::{NOW, Time, fixed_clock};
pub use database::{Ground, On, TestDb, on_both_databases, on_both_databases_with_demo};
pub use demo::{data_folder, demo_files};
pub use hall::{Hall, officer, refused};
pub use skip::skipped;
pub use socket::{Heard, Socket};
