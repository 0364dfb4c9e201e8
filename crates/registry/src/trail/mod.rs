//! The trail as its readers meet it: the change feed in a viewer's view, the audit log, the history of a record, and the check
//! that nobody has altered any of it.

mod anchor;
mod check;
mod feed;
mod history;

pub use anchor::{Anchor, AnchorError, AnchorKey};
pub use check::{CHANGES_ARE_KEPT, TrailReport};
pub use feed::{ChangePage, FeedChange, FeedOperation};
pub use history::{AuditPage, Difference, Revision};
pub use ketnoi_persistence::{
    Operation,
    trail::{AuditEntry, ChainFault, EntryFilter, FeedPlace, FieldChange, Inconsistency, Touched},
};
