//! What can be followed: changes, the turnout of an open vote, how far a report is.
//!
//! A subscription outlives the request that asked for it, so nothing of that request is used for its events but the document:
//! before each event it asks who the subscriber is now (`watch`), and each event is resolved with reads of its own.
//!
//! **To add a subscription:** a file with what it tells and a function that gives the stream, and a field below. Whoever
//! follows must be told the same as a query would tell them at that moment.

mod records;
mod reports;
mod turnout;
mod watch;

use async_graphql::{Context, ID, Subscription};
use futures_util::stream::BoxStream;
use ketnoi_domain::Kind;

use crate::{enums::E, error::Result, mutation::job_id, query::ReportJob};
use records::RecordChange;
use turnout::BallotTurnout;
use watch::{Fresh, Watch};

/// What a subscription tells, as long as it lasts.
type Events<T> = BoxStream<'static, Result<Fresh<T>>>;

/// What can be followed.
#[derive(Debug, Default)]
pub(crate) struct SubscriptionRoot;

/// What can be followed.
#[Subscription(name = "Subscription")]
impl SubscriptionRoot {
    /// Every change that is committed from now on, in commit order, in your view: the same as `changes` tells, as it happens. Who
    /// subscribes first and reads the lists then misses nothing. Whoever reads too slowly is told `TOO_SLOW`, and catches up by
    /// `changes(after:)` with the last cursor.
    async fn record_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of these kinds; none given, of all.")] kinds: Option<Vec<E<Kind>>>,
        #[graphql(desc = "Only of the records with these opaque ids, at most 100; none given, of all.")] ids: Option<Vec<ID>>,
    ) -> Result<Events<RecordChange>> {
        records::follow(Watch::of(ctx), kinds, ids).await
    }

    /// The turnout of a vote: now, and whenever it changes, until the vote is closed. It tells counts by the rule of `vote`: of
    /// few ballots no number is told.
    async fn ballot_turnout(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The dialogue, by its code or its opaque id.")] dialogue: String,
    ) -> Result<Events<BallotTurnout>> {
        turnout::follow(Watch::of(ctx), &dialogue).await
    }

    /// How far a report is that you asked for: now, and whenever it goes on, until it has ended.
    async fn report_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the report, as `requestReport` gave it.")] id: ID,
    ) -> Result<Events<ReportJob>> {
        reports::follow(Watch::of(ctx), job_id(&id)?).await
    }
}
