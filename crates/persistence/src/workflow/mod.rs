//! What workflows keep beside the records: their steps, their publications, what is proposed, which periods are locked.
//!
//! None of it is a record: it has no visibility of its own, and whoever reads it says for whom (ADR 0028).

mod answer;
mod lock;
mod parts;
mod proposal;
mod publication;
mod review;

pub use answer::{KeptAnswer, kept_answers};
pub use lock::{PeriodLock, lock, locks};
pub use proposal::{ProposalFilter, ProposalRow, ProposedBy, proposals, proposals_by_ids};
pub use publication::{Publication, publication_contents, publications};
pub use review::{Review, own_levels, reviews, waiting};

use ketnoi_domain::{Coded, Kind};

use crate::{BadRow, Error};

/// A value of a closed list by its code.
fn coded<T: Coded>(table: &'static str, column: &'static str, code: &str) -> Result<T, Error> {
    T::from_code(code).ok_or_else(|| unknown(table, column, code))
}

/// A kind of record by its name.
fn kind_of(table: &'static str, column: &'static str, name: &str) -> Result<Kind, Error> {
    Kind::from_name(name).ok_or_else(|| unknown(table, column, name))
}

fn unknown(table: &'static str, column: &'static str, value: &str) -> Error {
    BadRow { table, column, id: String::new(), problem: format!("`{value}` is not known") }.into()
}
