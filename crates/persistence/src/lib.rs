//! Keeps the registry in SQLite or PostgreSQL: sea-orm's rows, their conversion to the domain, and the reads and writes.
//!
//! **For:** one row a record, the same answers in the same order on both databases, every read made for a viewer.
//! **Not for:** deciding who may write (`registry`) or how an answer looks (`graphql`).
//!
//! A read is a statement of sea-query over sea-orm's entities, run by the [`Reader`] on the very thread that asks.
//! A write goes through [`UnitOfWork`], whose commit writes records, audit entry and change feed together.
//!
//! **To add a kind:** a migration for its table, and an entry in `tables/`: the row, the conversion both ways, the fields
//! to filter and order by.

mod codec;
mod error;
mod filter;
mod kept;
mod list;
mod reader;
mod row;
mod search;
mod settle;
mod store;
mod stored;
mod tables;
mod write;

pub use error::{BadRow, Error};
pub use kept::{KeptEntry, KeptReport, keep, kept, list_kept, remove_kept};
pub use list::{Found, children, count, count_children, find_by_codes, find_by_ids, page, plan_of_page};
pub use reader::Reader;
pub use search::{Hit, HitPosition, Hits, Search, search, search_count};
pub use store::{Database, Store};
pub use stored::{Field, Sort, SortKind, Stored, Through};
pub use tables::{relating_to, successions};
pub use write::{Receipt, UnitOfWork};
