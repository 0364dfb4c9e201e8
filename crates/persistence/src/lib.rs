//! Keeps the registry in SQLite or PostgreSQL: sea-orm's rows, their conversion to the domain, and the reads and writes.
//!
//! **For:** one row a record, the same answers in the same order on both databases, every read made for a viewer.
//! **Not for:** deciding who may write (`registry`) or how an answer looks (`graphql`).
//!
//! A read is a statement of sea-query over sea-orm's entities, run by the [`Reader`] on the very thread that asks.
//! A write goes through [`UnitOfWork`], whose commit writes records, audit entry and change feed together.
//!
//! **To add a kind:** a migration for its table, and an entry in `tables/`: the row, the conversion both ways, the fields
//! to filter and order by; what it belongs to and who has a part in it, in `settle/belongs.rs` and `settle/ways.rs`.

pub mod accounts;
mod archive;
mod claim;
mod codec;
mod error;
mod filter;
pub mod jobs;
mod kept;
mod list;
mod look;
mod operations;
mod others;
pub mod people;
mod reader;
mod row;
mod search;
mod settle;
mod store;
mod stored;
mod tables;
pub mod trail;
mod votes;
pub mod workflow;
mod write;

pub use archive::{ArchivedRecord, archived_by, archived_labels, archived_record, archived_records};
pub use claim::forget_claims;
pub use error::{BadRow, Error};
pub use kept::{KeptEntry, KeptReport, keep, kept, list_kept, remove_kept};
pub use list::{Found, children, count, count_children, find_by_codes, find_by_ids, page, plan_of_page};
pub use look::Known;
pub use operations::{StoredOperation, has_administrator, operation, operations};
pub use others::{beyond_reach, taken_part_in};
pub use reader::Reader;
pub use search::{Hit, HitPosition, Hits, Search, search, search_count};
pub use store::{Database, Store};
pub use stored::{Field, Sort, SortKind, Stored, Through};
pub use tables::{relating_to, successions};
pub use trail::Operation;
pub use votes::{
    BallotBox, BoxedBallot, CodeRow, Delegate, PaperBallot, VoteRow, ballot_boxes, code_of, delegates_of, loose_ballots,
    open_votes, paper_of, votes_of,
};
pub use write::{Receipt, Signature, UnitOfWork};
