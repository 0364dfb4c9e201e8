//! Leases: one worker at a time makes a report, and a worker that died holds nothing back.

use ketnoi_domain::{Coded as _, ReportJobStage, ReportJobState, Visibility};
use sea_orm::{
    ConnectionTrait, DbBackend, SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sea_query::{Cond, Expr, ExprTrait, LockBehavior, LockType, Order, Query, SelectStatement, UpdateStatement},
};
use uuid::Uuid;

use crate::{Error, KeptReport, Store, kept};

/// How often a report is begun before it is given up: a worker that dies of one must not take all others with it.
const MOST_ATTEMPTS: i64 = 3;

/// Takes the report that has waited longest, or one whose worker let its lease run out. Gives its id.
pub async fn lease_report(store: &Store, holder: &str, now: &str, until: &str) -> Result<Option<Uuid>, Error> {
    give_up(store, now).await?;
    let mut next = Query::select().column("id").from("report_job").cond_where(waits(now)).to_owned();
    next.and_where(Expr::col("attempts").lt(MOST_ATTEMPTS));
    next.order_by("asked_at", Order::Asc).order_by("id", Order::Asc).limit(1);
    // On PostgreSQL workers of several replicas pass over what another is just taking; SQLite has one writer anyway.
    if store.writer().get_database_backend() == DbBackend::Postgres {
        next.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let take = Query::update()
        .table("report_job")
        .value("state", ReportJobState::Running.code())
        .value("stage", ReportJobStage::Reading.code())
        .value("attempts", Expr::col("attempts").add(1))
        .value("holder", holder)
        .value("lease_until", until)
        // One value and no list: a list PostgreSQL may look up anew for each row, and each time it would pass over what it has
        // taken and take the next.
        .and_where(Expr::col("id").eq(next))
        .returning_col("id")
        .to_owned();
    let row = store.writer().query_one(&take).await?;
    row.map(|row| Ok(row.try_get("", "id")?)).transpose()
}

/// What may be taken: what is queued, and what runs under a lease that has run out.
fn waits(now: &str) -> Cond {
    let late = Cond::all().add(Expr::col("state").eq(ReportJobState::Running.code())).add(Expr::col("lease_until").lt(now));
    Cond::any().add(Expr::col("state").eq(ReportJobState::Queued.code())).add(late)
}

/// Ends what was begun too often.
async fn give_up(store: &Store, now: &str) -> Result<(), Error> {
    let problem = format!("whoever made it ended {MOST_ATTEMPTS} times before it was done");
    let end = Query::update()
        .table("report_job")
        .value("state", ReportJobState::Failed.code())
        .value("stage", ReportJobStage::Ended.code())
        .value("problem", problem)
        .value("ended_at", now)
        .cond_where(waits(now))
        .and_where(Expr::col("attempts").gte(MOST_ATTEMPTS))
        .to_owned();
    // Asked before it is written: an idle worker must not take the write lock of an embedded database each second.
    let any = Query::select().column("id").from("report_job").cond_where(waits(now)).limit(1).to_owned();
    if store.writer().query_one(&any).await?.is_some() {
        store.writer().execute(&end).await?;
    }
    Ok(())
}

/// Whether anything waits, read without the writer.
pub async fn reports_wait(store: &Store, now: &str) -> Result<bool, Error> {
    let any: SelectStatement = Query::select().column("attempts").from("report_job").cond_where(waits(now)).limit(1).to_owned();
    Ok(!store.reader().all::<Attempts>(&any).await?.is_empty())
}

struct Attempts;

impl crate::row::FromRow for Attempts {
    const WIDTH: usize = 1;
    fn from_row(_: &crate::row::Row<'_>) -> Result<Self, Error> {
        Ok(Self)
    }
}

/// Renews the lease and says what is being done now. False where it is no longer this worker's: it was cancelled, or taken
/// over.
pub async fn renew_report(store: &Store, id: Uuid, holder: &str, stage: ReportJobStage, until: &str) -> Result<bool, Error> {
    let renew = mine(id, holder).value("stage", stage.code()).value("lease_until", until).to_owned();
    Ok(store.writer().execute(&renew).await?.rows_affected() > 0)
}

/// Keeps a report that was made, for those who may see what is of this visibility and for this party, and ends the request for
/// it: both or neither. False where it is no longer this worker's: what it made may hold what nobody is to read any more, and
/// is not kept.
pub async fn keep_and_end(
    store: &Store,
    id: Uuid,
    holder: &str,
    (report, visibility, party): (&KeptReport, Visibility, Option<Uuid>),
    now: &str,
) -> Result<bool, Error> {
    let options =
        TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
    let transaction = store.writer().begin_with_options(options).await?;
    // The request first: whoever starts all reports anew waits for this row, or has made it somebody else's.
    let end = ended(id, holder, ReportJobState::Done, now)
        .value("kept_id", report.id)
        .value("problem", Option::<String>::None)
        .to_owned();
    if transaction.execute(&end).await?.rows_affected() == 0 {
        transaction.rollback().await?;
        return Ok(false);
    }
    transaction.execute(&kept::insert(report, visibility, party)).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Ends a report that cannot be made. False where it is no longer this worker's.
pub async fn fail_report(store: &Store, id: Uuid, holder: &str, problem: &str, now: &str) -> Result<bool, Error> {
    let end = ended(id, holder, ReportJobState::Failed, now)
        .value("kept_id", Option::<Uuid>::None)
        .value("problem", problem)
        .to_owned();
    Ok(store.writer().execute(&end).await?.rows_affected() > 0)
}

fn ended(id: Uuid, holder: &str, state: ReportJobState, now: &str) -> UpdateStatement {
    mine(id, holder)
        .value("state", state.code())
        .value("stage", ReportJobStage::Ended.code())
        .value("ended_at", now)
        .value("holder", Option::<String>::None)
        .value("lease_until", Option::<String>::None)
        .to_owned()
}

/// Gives a report back to the queue: the worker was told to stop. The attempt does not count.
pub async fn release_report(store: &Store, id: Uuid, holder: &str) -> Result<(), Error> {
    let release = mine(id, holder)
        .value("state", ReportJobState::Queued.code())
        .value("stage", ReportJobStage::Waiting.code())
        .value("attempts", Expr::col("attempts").sub(1))
        .value("holder", Option::<String>::None)
        .value("lease_until", Option::<String>::None)
        .to_owned();
    store.writer().execute(&release).await?;
    Ok(())
}

fn mine(id: Uuid, holder: &str) -> UpdateStatement {
    Query::update()
        .table("report_job")
        .and_where(Expr::col("id").eq(id))
        .and_where(Expr::col("holder").eq(holder))
        .and_where(Expr::col("state").eq(ReportJobState::Running.code()))
        .to_owned()
}
