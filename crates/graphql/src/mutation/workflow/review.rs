//! Records on their way to publication, and back.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use ketnoi_domain::Visibility;
use ketnoi_registry::{
    WriteError,
    workflow::{Publishing, Stepped},
};

use crate::{
    enums::E,
    error::{Result, from_registry},
    exec::{Many, One},
    global_id,
    mutation::{
        input::reference,
        payload::{UserError, settle},
    },
    query::{Node, Publication, nodes},
    request::{author, registry, session},
};

/// A record that is handed in for review.
#[derive(InputObject, Debug)]
pub(crate) struct SubmitForReviewInput {
    /// The record, by its opaque id. It stands by itself; what belongs to it goes with it.
    id: ID,
    /// What is to be said of it.
    note: Option<String>,
}

/// A record that is sent back to be mended.
#[derive(InputObject, Debug)]
pub(crate) struct SendBackInput {
    /// The record, by its opaque id.
    id: ID,
    /// What is to be mended.
    reason: String,
}

/// A record that is published.
#[derive(InputObject, Debug)]
pub(crate) struct PublishRecordInput {
    /// The record, by its opaque id.
    id: ID,
    /// The version that was read. If the record has another by now, it is not published.
    expected_version: i64,
    /// Who sees it from now on: everyone where nothing is said, or partners.
    visibility: Option<E<Visibility>>,
    /// What is to be said of it, for those who look for it later.
    note: Option<String>,
}

/// A record that is taken back from those who see it.
#[derive(InputObject, Debug)]
pub(crate) struct WithdrawRecordInput {
    /// The record, by its opaque id.
    id: ID,
    /// Who still sees it: its editors where nothing is said, or the association.
    visibility: Option<E<Visibility>>,
    /// Why, for those who look for it later.
    reason: String,
}

/// What came of it.
#[derive(SimpleObject)]
pub(crate) struct RecordStepPayload {
    /// The record as it is now; null where something was wrong.
    node: Option<Node>,
    /// The version that it has now.
    version: Option<i64>,
    /// What was wrong, all of it; none where all went well.
    errors: Many<UserError>,
}

/// What came of it.
#[derive(SimpleObject)]
pub(crate) struct PublishRecordPayload {
    /// The record as it is now; null where something was wrong.
    node: Option<Node>,
    /// The version that it has now.
    version: Option<i64>,
    /// The publication that was made; null where something was wrong.
    publication: Option<One<Publication>>,
    /// What was wrong, all of it; none where all went well.
    errors: Many<UserError>,
}

async fn node(ctx: &Context<'_>, stepped: Option<&Stepped>) -> Result<Option<Node>> {
    match stepped {
        Some(stepped) => Ok(Box::pin(nodes(ctx, &[global_id::encode(stepped.kind, stepped.id)])).await?.pop().flatten()),
        None => Ok(None),
    }
}

async fn stepped(ctx: &Context<'_>, done: std::result::Result<Stepped, WriteError>) -> Result<One<RecordStepPayload>> {
    let (stepped, errors) = settle(done)?;
    let node = node(ctx, stepped.as_ref()).await?;
    Ok(One(RecordStepPayload { node, version: stepped.map(|s| s.version), errors: Many(errors) }))
}

/// Records on their way to publication.
#[derive(Debug, Default)]
pub(crate) struct ReviewMutations;

#[Object]
impl ReviewMutations {
    /// Hands a record in for review: an officer publishes it or sends it back.
    async fn submit_for_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which record.")] input: SubmitForReviewInput,
    ) -> Result<One<RecordStepPayload>> {
        let (which, note) = (reference(&input.id), input.note.unwrap_or_default());
        let done = Box::pin(registry(ctx).submit_for_review(&author(ctx), &which, &note)).await;
        stepped(ctx, done).await
    }
    /// Sends a record back that waits for review.
    async fn send_back(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which record, and why.")] input: SendBackInput,
    ) -> Result<One<RecordStepPayload>> {
        let which = reference(&input.id);
        let done = Box::pin(registry(ctx).send_back(&author(ctx), &which, &input.reason)).await;
        stepped(ctx, done).await
    }
    /// Publishes a record: those see it from now on for whom it is published, and what it and its parts hold is kept as it is, to
    /// be compared with later publications. A record that breaks a rule, or belongs to one that is not published, stays as it is.
    async fn publish_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which record, and for whom.")] input: PublishRecordInput,
    ) -> Result<One<PublishRecordPayload>> {
        let which = reference(&input.id);
        let visibility = input.visibility.map_or(Visibility::Public, |v| v.0);
        let publishing = Publishing { visibility, note: input.note.unwrap_or_default() };
        let done = Box::pin(registry(ctx).publish_record(&author(ctx), &which, input.expected_version, &publishing)).await;
        let (stepped, errors) = settle(done)?;
        let publication = match &stepped {
            Some(stepped) => {
                let all = session(ctx).publications(stepped.kind, stepped.id).await.map_err(from_registry)?;
                all.into_iter().find(|p| Some(p.number) == stepped.publication)
            }
            None => None,
        };
        let node = node(ctx, stepped.as_ref()).await?;
        let (version, publication) = (stepped.map(|s| s.version), publication.map(|p| One(Publication::from(p))));
        Ok(One(PublishRecordPayload { node, version, publication, errors: Many(errors) }))
    }
    /// Takes a record back from those who see it. What was published of it stays in its history.
    async fn withdraw_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which record, and why.")] input: WithdrawRecordInput,
    ) -> Result<One<RecordStepPayload>> {
        let which = reference(&input.id);
        let visibility = input.visibility.map_or(Visibility::Draft, |v| v.0);
        let done = Box::pin(registry(ctx).withdraw_record(&author(ctx), &which, visibility, &input.reason)).await;
        stepped(ctx, done).await
    }
}
