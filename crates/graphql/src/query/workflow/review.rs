//! How records come to be published, and what was published of them.

use async_graphql::{Context, Enum, ID, Json, Object, SimpleObject};
use ketnoi_domain::{
    Kind, Visibility,
    workflow::{RecordState, ReviewStep},
};
use ketnoi_registry::workflow as registry_workflow;
use serde_json::Value;

use crate::{
    enums::E,
    error::{Result, from_registry},
    exec::{Many, One},
    global_id,
    list::sized,
    query::{
        node::{self, Node},
        trail::{FieldChange, field_changes},
    },
    request::session,
};

/// A step of a record towards its publication, or back.
#[derive(SimpleObject)]
pub(crate) struct RecordStep {
    /// Which step.
    step: E<ReviewStep>,
    /// When, RFC 3339 in UTC.
    at: String,
    /// What its author was called.
    by: String,
    /// The id of the author's account; null for what was done without one.
    account: Option<ID>,
    /// Why; empty where nothing was said.
    why: String,
    /// The registry's revision that came of it.
    revision: i64,
}

/// How a record stands, and how it came to that.
#[derive(SimpleObject)]
pub(crate) struct RecordWorkflow {
    /// How far it has come.
    state: E<RecordState>,
    /// Its steps, the newest first.
    steps: Many<RecordStep>,
}

/// A record that waits for review.
#[derive(SimpleObject)]
pub(crate) struct WaitingRecord {
    /// The record.
    node: Option<Node>,
    /// When it was handed in, RFC 3339 in UTC.
    at: String,
    /// What whoever handed it in was called.
    by: String,
    /// What was said of it.
    note: String,
}

/// Records that wait for review, those that were handed in first before the others.
#[derive(SimpleObject)]
pub(crate) struct RecordsInReview {
    /// The records.
    waiting: Many<WaitingRecord>,
    /// What to give as `after` for those that follow; null where there are none.
    more_after: Option<i64>,
}

/// A publication of a record.
#[derive(SimpleObject)]
pub(crate) struct Publication {
    /// Which publication of the record, from 1.
    number: i64,
    /// When, RFC 3339 in UTC.
    at: String,
    /// The registry's revision that came of it.
    revision: i64,
    /// For whom it was published.
    visibility: E<Visibility>,
    /// What whoever published it was called; null for those who do not keep the registry, as the note is.
    by: Option<String>,
    /// What was said of it.
    note: Option<String>,
    /// The SHA-256 of what it held, in hexadecimal.
    digest: String,
}

impl From<registry_workflow::Publication> for Publication {
    fn from(p: registry_workflow::Publication) -> Self {
        let told = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            number: p.number,
            at: p.at,
            revision: p.revision,
            visibility: E(p.visibility),
            by: told(p.actor),
            note: told(p.note),
            digest: p.digest,
        }
    }
}

/// A publication with what it held.
#[derive(SimpleObject)]
pub(crate) struct PublishedRecord {
    /// The publication.
    publication: One<Publication>,
    /// The record and its parts as they were, as JSON. Of records about persons only the ids are kept.
    contents: Json<Value>,
}

/// What became of a record between two publications.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "registry_workflow::PartChange")]
pub(crate) enum PublishedChange {
    /// It is only in the later one.
    Added,
    /// It is in both, and not the same.
    Changed,
    /// It is only in the earlier one.
    Removed,
}

/// How a record, or a part of it, differs between two publications.
#[derive(SimpleObject)]
pub(crate) struct PublishedDifference {
    /// What kind of record it is.
    kind: E<Kind>,
    /// The opaque id of the record, which may be gone by now.
    id: ID,
    /// Its code; null for kinds about persons.
    code: Option<String>,
    /// What became of it.
    change: PublishedChange,
    /// The fields that differ.
    fields: Many<FieldChange>,
}

/// How records come to be published.
#[derive(Debug, Default)]
pub(crate) struct Reviews;

#[Object(name = "ReviewQueries")]
impl Reviews {
    /// How far a record has come that stands by itself, and its steps: who, when and why. For those who keep the registry.
    async fn record_workflow(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The opaque id of the record.")] id: ID,
    ) -> Result<Option<One<RecordWorkflow>>> {
        let (kind, id) = global_id::decode(&id)?;
        let found = session(ctx).record_steps(kind, id).await.map_err(from_registry)?;
        Ok(found.map(|found| {
            let step = |r: registry_workflow::Review| RecordStep {
                step: E(r.step),
                at: r.at,
                by: r.actor,
                account: r.account.map(|id| ID(id.to_string())),
                why: r.why,
                revision: r.revision,
            };
            One(RecordWorkflow { state: E(found.state), steps: Many(found.steps.into_iter().map(step).collect()) })
        }))
    }

    /// The records that wait for review, those that were handed in first before the others. For those who keep the registry.
    async fn records_in_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Only those behind this, as `moreAfter` gave it.")] after: Option<i64>,
    ) -> Result<One<RecordsInReview>> {
        let page = session(ctx).records_in_review(sized("first", first)?, after).await.map_err(from_registry)?;
        let keys: Vec<_> = page.waiting.iter().map(|review| (review.kind, review.record)).collect();
        let records = node::found(ctx, &keys).await?;
        let waiting = page.waiting.into_iter().zip(records);
        let waiting = waiting.map(|(r, node)| WaitingRecord { node, at: r.at, by: r.actor, note: r.why });
        Ok(One(RecordsInReview { waiting: Many(waiting.collect()), more_after: page.more_after }))
    }

    /// The publications of a record, the newest first; none of a record that the viewer may not see.
    async fn publications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The opaque id of the record.")] id: ID,
    ) -> Result<Many<Publication>> {
        let (kind, id) = global_id::decode(&id)?;
        let all = session(ctx).publications(kind, id).await.map_err(from_registry)?;
        Ok(Many(all.into_iter().map(Publication::from).collect()))
    }

    /// What a publication of a record held; null where there is none of this number. For those who keep the registry: it holds
    /// what may have been withdrawn since, and counts of people however few.
    async fn publication(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The opaque id of the record.")] id: ID,
        #[graphql(desc = "Which publication of it, from 1.")] number: i64,
    ) -> Result<Option<One<PublishedRecord>>> {
        let (kind, id) = global_id::decode(&id)?;
        let found = session(ctx).publication(kind, id, number).await.map_err(from_registry)?;
        let Some((publication, told)) = found else { return Ok(None) };
        // Maps with text keys, lists, texts and numbers: none of them can fail.
        let contents = serde_json::to_value(&told).unwrap_or_default();
        Ok(Some(One(PublishedRecord { publication: One(publication.into()), contents: Json(contents) })))
    }

    /// How two publications of a record differ, field by field: first the record, then its parts. Null where there is no such
    /// publication. For those who keep the registry.
    async fn publication_difference(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The opaque id of the record.")] id: ID,
        #[graphql(desc = "The number of the earlier one.")] from: i64,
        #[graphql(desc = "The number of the later one.")] to: i64,
    ) -> Result<Option<Many<PublishedDifference>>> {
        let (kind, id) = global_id::decode(&id)?;
        let found = session(ctx).publication_difference(kind, id, (from, to)).await.map_err(from_registry)?;
        let one = |d: registry_workflow::PartDifference| PublishedDifference {
            kind: E(d.kind),
            id: global_id::encode(d.kind, d.id),
            code: d.code,
            change: d.change.into(),
            fields: field_changes(d.fields),
        };
        Ok(found.map(|all| Many(all.into_iter().map(one).collect())))
    }
}
