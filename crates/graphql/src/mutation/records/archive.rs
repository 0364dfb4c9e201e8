//! Archiving and restoring a record of any kind.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use crate::{
    error::Result,
    exec::{Many, One},
    global_id,
    mutation::{
        input::reference,
        payload::{UserError, settle},
    },
    query::{Node, nodes},
    request::{author, registry},
};

/// What is to be archived, and why.
#[derive(InputObject, Debug)]
pub(crate) struct ArchiveRecordInput {
    /// The record, by its opaque id.
    id: ID,
    /// The version that was read. If the record has another by now, it stays.
    expected_version: i64,
    /// Why, for those who look for it later.
    reason: String,
}

/// What is to be restored.
#[derive(InputObject, Debug)]
pub(crate) struct RestoreRecordInput {
    /// The record, by its opaque id.
    id: ID,
    /// The version that was read, if that matters.
    expected_version: Option<i64>,
}

/// What came of it.
#[derive(SimpleObject)]
pub(crate) struct ArchiveRecordPayload {
    /// The record that is archived now; null where something was wrong.
    id: Option<ID>,
    /// The version that it has now.
    version: Option<i64>,
    /// What was wrong, all of it; none where all went well.
    errors: Many<UserError>,
}

/// What came of it.
#[derive(SimpleObject)]
pub(crate) struct RestoreRecordPayload {
    /// The record as it is now; null where something was wrong, or where the caller may not see it.
    node: Option<Node>,
    /// The version that it has now.
    version: Option<i64>,
    /// What was wrong, all of it; none where all went well.
    errors: Many<UserError>,
}

#[derive(Debug, Default)]
pub(crate) struct ArchiveMutations;

#[Object]
impl ArchiveMutations {
    /// Puts a record away, and with it all that belongs to it: nobody is shown it any more, and it can be restored. Its code
    /// stays its own.
    async fn archive_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, and why.")] input: ArchiveRecordInput,
    ) -> Result<One<ArchiveRecordPayload>> {
        let (which, expected) = (reference(&input.id), Some(input.expected_version));
        let done = Box::pin(registry(ctx).archive(&author(ctx), &which, expected, &input.reason)).await;
        let (saved, errors) = settle(done)?;
        let id = saved.as_ref().map(|saved| global_id::encode(saved.kind, saved.id));
        Ok(One(ArchiveRecordPayload { id, version: saved.map(|saved| saved.version), errors: Many(errors) }))
    }
    /// Restores an archived record, and with it all that belongs to it.
    async fn restore_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What.")] input: RestoreRecordInput,
    ) -> Result<One<RestoreRecordPayload>> {
        let which = reference(&input.id);
        let done = Box::pin(registry(ctx).restore(&author(ctx), &which, input.expected_version)).await;
        let (saved, errors) = settle(done)?;
        let node = match &saved {
            Some(saved) => Box::pin(nodes(ctx, &[global_id::encode(saved.kind, saved.id)])).await?.pop().flatten(),
            None => None,
        };
        Ok(One(RestoreRecordPayload { node, version: saved.map(|saved| saved.version), errors: Many(errors) }))
    }
}
