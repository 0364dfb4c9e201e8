//! Reports that were asked for, as a queue: whoever holds the lease of one makes it, on whichever replica.
//!
//! The queue is a table of the registry's own database, so a report that was asked for is there if and only if the request
//! for it was committed, and nothing else has to run. A lease that is not renewed runs out; another worker then takes the
//! report over, and the first finds that it is no longer its own.

mod lease;

pub use lease::{fail_report, keep_and_end, lease_report, release_report, renew_report, reports_wait};

use ketnoi_domain::{Coded, Lang, PartialDate, Period, ReportAudience, ReportJobStage, ReportJobState};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Order, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    BadRow, Error, Reader, UnitOfWork,
    row::{FromRow, Row},
};

/// What a report is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportAsked {
    /// The definition's name.
    pub report: String,
    /// The key of what it is about.
    pub subject: String,
    /// Its language.
    pub lang: Lang,
    /// For whom.
    pub audience: ReportAudience,
    /// A brand in place of those of the funders.
    pub brand: Option<String>,
    /// The period that it is about; unknown ends are open.
    pub period: Period,
}

/// A report that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportJob {
    /// Its id.
    pub id: Uuid,
    /// The account that asked; nothing for the administrator at the machine.
    pub account: Option<Uuid>,
    /// What was asked for.
    pub asked: ReportAsked,
    /// How far it has come.
    pub state: ReportJobState,
    /// What is being done.
    pub stage: ReportJobStage,
    /// How often it was begun.
    pub attempts: i64,
    /// Why it could not be made.
    pub problem: Option<String>,
    /// The report as it is kept, once it is.
    pub kept: Option<Uuid>,
    /// When it was asked for, RFC 3339 in UTC.
    pub asked_at: String,
    /// When it ended, in whichever way.
    pub ended_at: Option<String>,
}

const COLUMNS: [&str; 16] = [
    "id",
    "account_id",
    "report",
    "subject",
    "lang",
    "audience",
    "brand",
    "from_date",
    "to_date",
    "state",
    "stage",
    "attempts",
    "problem",
    "kept_id",
    "asked_at",
    "ended_at",
];

impl FromRow for ReportJob {
    const WIDTH: usize = COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        let id: Uuid = row.get(0)?;
        let bad = |column: &'static str, value: &str| {
            Error::from(BadRow { table: "report_job", column, id: id.to_string(), problem: format!("`{value}` is not known") })
        };
        fn coded<T: Coded>(text: &str, bad: impl Fn(&str) -> Error) -> Result<T, Error> {
            T::from_code(text).ok_or_else(|| bad(text))
        }
        let date = |index: usize, column: &'static str| -> Result<Option<PartialDate>, Error> {
            let text: Option<String> = row.get(index)?;
            text.map(|t| t.parse().map_err(|_| bad(column, &t))).transpose()
        };
        let (lang, audience): (String, String) = (row.get(4)?, row.get(5)?);
        let (state, stage): (String, String) = (row.get(9)?, row.get(10)?);
        Ok(Self {
            id,
            account: row.get(1)?,
            asked: ReportAsked {
                report: row.get(2)?,
                subject: row.get(3)?,
                lang: coded(&lang, |t| bad("lang", t))?,
                audience: coded(&audience, |t| bad("audience", t))?,
                brand: row.get(6)?,
                period: Period { from: date(7, "from_date")?, to: date(8, "to_date")? },
            },
            state: coded(&state, |t| bad("state", t))?,
            stage: coded(&stage, |t| bad("stage", t))?,
            attempts: row.get(11)?,
            problem: row.get(12)?,
            kept: row.get(13)?,
            asked_at: row.get(14)?,
            ended_at: row.get(15)?,
        })
    }
}

/// Whose reports are read: those of one account, or of everyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedBy {
    /// Of this account alone.
    Account(Uuid),
    /// Of everyone.
    Anyone,
}

fn select(by: AskedBy) -> SelectStatement {
    let mut select = Query::select();
    select.columns(COLUMNS).from("report_job");
    if let AskedBy::Account(account) = by {
        select.and_where(Expr::col("account_id").eq(account));
    }
    select
}

/// A report that was asked for, if it is one of these.
pub async fn report_job(reader: &Reader, by: AskedBy, id: Uuid) -> Result<Option<ReportJob>, Error> {
    let mut select = select(by);
    select.and_where(Expr::col("id").eq(id));
    Ok(reader.all::<ReportJob>(&select).await?.pop())
}

/// The reports that were asked for last, the newest first.
pub async fn report_jobs(
    reader: &Reader,
    by: AskedBy,
    state: Option<ReportJobState>,
    most: u64,
) -> Result<Vec<ReportJob>, Error> {
    let mut select = select(by);
    if let Some(state) = state {
        select.and_where(Expr::col("state").eq(state.code()));
    }
    select.order_by("asked_at", Order::Desc).order_by("id", Order::Desc).limit(most);
    reader.all(&select).await
}

impl UnitOfWork {
    /// Puts a report into the queue.
    pub async fn ask_for_report(&mut self, job: &ReportJob) -> Result<(), Error> {
        let j = job.clone();
        let date = |d: Option<PartialDate>| d.map(|d| d.to_string());
        let values = [
            j.id.into(),
            j.account.into(),
            j.asked.report.into(),
            j.asked.subject.into(),
            j.asked.lang.code().into(),
            j.asked.audience.code().into(),
            j.asked.brand.into(),
            date(j.asked.period.from).into(),
            date(j.asked.period.to).into(),
            j.state.code().into(),
            j.stage.code().into(),
            j.attempts.into(),
            j.problem.into(),
            j.kept.into(),
            j.asked_at.into(),
            j.ended_at.into(),
        ];
        let insert = Query::insert().into_table("report_job").columns(COLUMNS).values_panic(values).to_owned();
        self.transaction().execute(&insert).await?;
        self.note(&format!("report {} on {}", job.asked.report, job.asked.subject));
        Ok(())
    }

    /// Takes a report that has not ended out of the queue; says whether there was one. Its worker finds out at its next step.
    pub async fn cancel_report(&mut self, id: Uuid, at: &str) -> Result<bool, Error> {
        let cancel = Query::update()
            .table("report_job")
            .value("state", ReportJobState::Cancelled.code())
            .value("stage", ReportJobStage::Ended.code())
            .value("ended_at", at)
            .value("holder", Option::<String>::None)
            .value("lease_until", Option::<String>::None)
            .and_where(Expr::col("id").eq(id))
            .and_where(Expr::col("state").is_in([ReportJobState::Queued.code(), ReportJobState::Running.code()]))
            .to_owned();
        let done = self.transaction().execute(&cancel).await?.rows_affected() > 0;
        self.note(&format!("report job {id}"));
        Ok(done)
    }

    /// Puts a report that failed or was cancelled into the queue again; says whether there was one.
    pub async fn retry_report(&mut self, id: Uuid) -> Result<bool, Error> {
        let retry = Query::update()
            .table("report_job")
            .value("state", ReportJobState::Queued.code())
            .value("stage", ReportJobStage::Waiting.code())
            .value("attempts", 0i64)
            .value("problem", Option::<String>::None)
            .value("ended_at", Option::<String>::None)
            .and_where(Expr::col("id").eq(id))
            .and_where(Expr::col("state").is_in([ReportJobState::Failed.code(), ReportJobState::Cancelled.code()]))
            .to_owned();
        let done = self.transaction().execute(&retry).await?.rows_affected() > 0;
        self.note(&format!("report job {id}"));
        Ok(done)
    }
}
