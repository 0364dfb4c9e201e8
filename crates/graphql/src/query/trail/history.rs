//! The history of a record, and how it differs between two revisions.

use async_graphql::{Context, Enum, ID, Json, Object, SimpleObject};
use ketnoi_registry::trail as registry_trail;
use serde_json::Value;

use crate::{
    error::{Result, from_registry},
    exec::{Many, One},
    global_id,
    list::sized,
    request::session,
};

/// What was done with a record.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "registry_trail::Operation")]
pub(crate) enum RecordOperation {
    /// It was made.
    Added,
    /// It was changed, or more or fewer may see it.
    Changed,
    /// It was taken away.
    Removed,
    /// It was put aside: nobody sees it any more, and it can be brought back.
    Archived,
    /// It was brought back.
    Restored,
}

/// One field in which a record differs from what it was.
#[derive(SimpleObject)]
pub(crate) struct FieldChange {
    /// The field, as the registry calls it: words in small letters, joined by underscores.
    field: String,
    /// What it held, as JSON; null where there was nothing, and always for kinds about persons.
    before: Option<Json<Value>>,
    /// What it holds since.
    after: Option<Json<Value>>,
}

pub(in super::super) fn field_changes(all: Vec<registry_trail::FieldChange>) -> Many<FieldChange> {
    let one =
        |f: registry_trail::FieldChange| FieldChange { field: f.field, before: f.before.map(Json), after: f.after.map(Json) };
    Many(all.into_iter().map(one).collect())
}

/// One change in the history of a record.
#[derive(SimpleObject)]
pub(crate) struct RecordRevision {
    /// The registry's revision that came of it.
    revision: i64,
    /// When, RFC 3339 in UTC.
    at: String,
    /// What the author was called then.
    actor: String,
    /// The id of the author's account; null for what was done without one.
    account: Option<ID>,
    /// The request that asked for it, as the server's log has it.
    request: Option<String>,
    /// What was done in all.
    action: String,
    /// What was done with this record.
    operation: RecordOperation,
    /// The record's version since.
    version: Option<i64>,
    /// Which fields changed. Of kinds about persons only the names of the fields are kept, so that a person can be erased.
    fields: Many<FieldChange>,
    /// Whether the fields are still kept: what a change said is let go after a stated time, and who made it is not.
    fields_kept: bool,
}

/// How a record differs between two revisions of the registry.
#[derive(SimpleObject)]
pub(crate) struct RecordDifference {
    /// Whether the record was there at the earlier one; null where that is not kept, as for kinds about persons.
    was_there: Option<bool>,
    /// Whether it was there at the later one; null where that is not kept.
    is_there: Option<bool>,
    /// The fields that differ; none where either state is not kept.
    fields: Many<FieldChange>,
}

/// What became of a record.
#[derive(Debug, Default)]
pub(crate) struct History;

#[Object(name = "HistoryQueries")]
impl History {
    /// What became of a record, the newest change first: who, when, and which fields from what to what. For officers and
    /// administrators.
    async fn record_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The opaque id of the record, which may be gone by now.")] id: ID,
        #[graphql(desc = "The first so many, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Only changes older than this revision.")] older_than: Option<i64>,
    ) -> Result<Many<RecordRevision>> {
        let (kind, id) = global_id::decode(&id)?;
        let all = session(ctx).history(kind, id, older_than, sized("first", first)?).await.map_err(from_registry)?;
        let shown = all.into_iter().map(|r| RecordRevision {
            revision: r.revision,
            at: r.at,
            actor: r.actor,
            account: r.account.map(|id| ID(id.to_string())),
            request: r.request,
            action: r.action,
            operation: r.operation.into(),
            version: r.version,
            fields: field_changes(r.fields),
            fields_kept: r.kept,
        });
        Ok(Many(shown.collect()))
    }

    /// How a record differs between two revisions of the registry, whatever came in between. For officers and administrators.
    async fn record_difference(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The opaque id of the record, which may be gone by now.")] id: ID,
        #[graphql(desc = "The earlier revision; 0 is before all.")] from: i64,
        #[graphql(desc = "The later revision.")] to: i64,
    ) -> Result<One<RecordDifference>> {
        let (kind, id) = global_id::decode(&id)?;
        let found = session(ctx).difference(kind, id, from, to).await.map_err(from_registry)?;
        let (was_there, is_there) = (found.was_there, found.is_there);
        Ok(One(RecordDifference { was_there, is_there, fields: field_changes(found.fields) }))
    }
}
