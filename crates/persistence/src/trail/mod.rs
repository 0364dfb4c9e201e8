//! The trail: what was done to which record, by whom, from which request, and how it was before and after.
//!
//! Every commit writes one audit entry and, for each record that it touched, one row of `change`; both are chained by hash.
//! `feed` collects and writes the rows of a unit, `contents` knows what is said in them, `chain` signs the entry and walks the
//! chain, `read` gives feed, entries and history, `news` tells those who wait that something was committed, and `consistency`
//! looks whether the registry is what its writers leave (ADR 0021).

mod chain;
mod consistency;
mod contents;
mod feed;
mod forget;
mod news;
mod read;
mod walk;

pub(crate) use chain::sign;
pub use consistency::{Inconsistency, inconsistencies};
pub use contents::{FieldChange, changed_names, differing};
pub(crate) use contents::{contents_of, with_level};
pub use feed::Operation;
pub(crate) use feed::{Change, Feed};
pub use forget::FORGET;
pub(crate) use news::News;
pub use read::{
    AuditEntry, EntryFilter, Fed, FeedPlace, FeedState, Past, PastState, Touched, changes_after, entries, feed_state, history,
    latest_change, past, place_of, seen_now, touched,
};
pub use walk::{ChainFault, Told, Verdict, head_of_chain, walk};
