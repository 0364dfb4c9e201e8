//! Periods of programmes in which nothing changes any more.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use ketnoi_registry::{WriteError, workflow::NewLock};
use uuid::Uuid;

use crate::{
    error::{Result, bad_input, from_registry},
    exec::{Many, One},
    mutation::{
        input::reference,
        payload::{UserError, settle},
    },
    query::PeriodLock,
    request::{author, registry, session},
    scalars::PartialDateInput,
};

/// A period to lock.
#[derive(InputObject, Debug)]
pub(crate) struct LockPeriodInput {
    /// The programme: its id or its code.
    programme: ID,
    /// The first day, month or year.
    from: PartialDateInput,
    /// The last day, month or year.
    to: PartialDateInput,
    /// Why, for those who look for it later.
    reason: String,
}

/// A period to unlock.
#[derive(InputObject, Debug)]
pub(crate) struct UnlockPeriodInput {
    /// The id of the lock, as `periodLocks` gives it.
    id: ID,
    /// Why, for those who look for it later.
    reason: String,
}

/// What came of it.
#[derive(SimpleObject)]
pub(crate) struct PeriodLockPayload {
    /// The lock as it is now; null where something was wrong.
    period_lock: Option<One<PeriodLock>>,
    /// What was wrong, all of it; none where all went well.
    errors: Many<UserError>,
}

async fn shown(ctx: &Context<'_>, done: std::result::Result<Uuid, WriteError>) -> Result<One<PeriodLockPayload>> {
    let (id, errors) = settle(done)?;
    let lock = match id {
        Some(id) => session(ctx).period_lock(id).await.map_err(from_registry)?,
        None => None,
    };
    Ok(One(PeriodLockPayload { period_lock: lock.map(|lock| One(PeriodLock::from(lock))), errors: Many(errors) }))
}

/// Locked periods.
#[derive(Debug, Default)]
pub(crate) struct LockMutations;

#[Object]
impl LockMutations {
    /// Locks a period of a programme: actuals, transactions and narratives that end within it stand as they are, whoever would
    /// change, propose or import them.
    async fn lock_period(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which period, and why.")] input: LockPeriodInput,
    ) -> Result<One<PeriodLockPayload>> {
        let programme = reference(&input.programme);
        let new = NewLock { programme, from: input.from.0, to: input.to.0, reason: input.reason };
        let done = Box::pin(registry(ctx).lock_period(&author(ctx), &new)).await;
        shown(ctx, done).await
    }
    /// Unlocks a period. For administrators.
    async fn unlock_period(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: UnlockPeriodInput,
    ) -> Result<One<PeriodLockPayload>> {
        let wrong = |_: uuid::Error| bad_input("this is no id of a lock: use an `id` as an answer gave it");
        let id: Uuid = input.id.parse().map_err(wrong)?;
        let done = Box::pin(registry(ctx).unlock_period(&author(ctx), id, &input.reason)).await;
        shown(ctx, done).await
    }
}
