//! What changed: the feed that portals follow, the audit log, the history of a record.

mod audit;
mod cursor;
mod feed;
mod history;

use async_graphql::MergedObject;

pub(crate) use cursor::written;
pub(crate) use feed::ChangeOperation;
pub(super) use history::{FieldChange, field_changes};

/// What changed.
#[derive(MergedObject, Debug, Default)]
#[graphql(name = "TrailQueries")]
pub(crate) struct Trail(feed::Changes, audit::AuditLog, history::History);
