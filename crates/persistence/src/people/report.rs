//! Kept reports whatever they hold and for whom: for those who look for a person in them. No viewer stands in these statements.

use ketnoi_domain::{Coded as _, ReportJobStage, ReportJobState};
use sea_orm::{
    ConnectionTrait, FromQueryResult, Order,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Error, Reader, UnitOfWork,
    filter::ids_in,
    row::{FromRow, Row},
};

/// What a kept report is, without its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromQueryResult)]
pub struct KeptReportHead {
    /// Its id.
    pub id: Uuid,
    /// The definition's name.
    pub definition: String,
    /// The key of what it is about.
    pub subject: String,
    /// Its language.
    pub lang: String,
    /// For whom it was made.
    pub audience: String,
    /// When its snapshot was taken, RFC 3339 in UTC.
    pub taken: String,
}

/// A report that was taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoneReport {
    /// What it was.
    pub report: KeptReportHead,
    /// Those who asked for it may have it made again: the request in the queue.
    pub job: Option<Uuid>,
}

const HEAD: [&str; 6] = ["id", "definition", "subject", "lang", "audience", "taken"];

/// Ids in one statement.
const PART: usize = 1_000;

impl FromRow for KeptReportHead {
    const WIDTH: usize = HEAD.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: row.get(0)?,
            definition: row.get(1)?,
            subject: row.get(2)?,
            lang: row.get(3)?,
            audience: row.get(4)?,
            taken: row.get(5)?,
        })
    }
}

/// The bytes of a file alone.
struct File(Vec<u8>);

impl FromRow for File {
    const WIDTH: usize = 1;
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        row.get(0).map(Self)
    }
}

fn heads() -> SelectStatement {
    Query::select().columns(HEAD).from("kept_report").order_by("taken", Order::Asc).order_by("id", Order::Asc).to_owned()
}

fn file(id: Uuid) -> SelectStatement {
    Query::select().column("pdf").from("kept_report").and_where(Expr::col("id").eq(id)).to_owned()
}

/// All reports that are kept, the oldest first.
pub async fn kept_report_heads(reader: &Reader) -> Result<Vec<KeptReportHead>, Error> {
    reader.all(&heads()).await
}

/// The file of a report.
pub async fn kept_report_file(reader: &Reader, id: Uuid) -> Result<Option<Vec<u8>>, Error> {
    Ok(reader.all::<File>(&file(id)).await?.pop().map(|File(bytes)| bytes))
}

impl UnitOfWork {
    /// All reports that are kept, the oldest first.
    pub async fn kept_report_heads(&self) -> Result<Vec<KeptReportHead>, Error> {
        let rows = self.transaction().query_all(&heads()).await?;
        Ok(rows.iter().map(|row| KeptReportHead::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    /// The file of a report.
    pub async fn kept_report_file(&self, id: Uuid) -> Result<Option<Vec<u8>>, Error> {
        let row = self.transaction().query_one(&file(id)).await?;
        Ok(row.map(|row| row.try_get("", "pdf")).transpose()?)
    }

    /// Lets reports that are being made begin anew: they may hold what was read before this unit. Those that wait are written
    /// as well, as they are: so no worker takes one, and reads what was before, until this unit is committed.
    pub async fn restart_reports(&mut self) -> Result<(), Error> {
        let again = Query::update()
            .table("report_job")
            .value("state", ReportJobState::Queued.code())
            .value("stage", ReportJobStage::Waiting.code())
            .value("holder", None::<String>)
            .value("lease_until", None::<String>)
            .and_where(Expr::col("state").is_in([ReportJobState::Queued.code(), ReportJobState::Running.code()]))
            .to_owned();
        self.transaction().execute(&again).await?;
        Ok(())
    }

    /// Takes reports away. Requests that they were made for have failed since, for this reason: so they can be made again.
    pub async fn remove_kept_reports(&mut self, reports: Vec<KeptReportHead>, why: &str) -> Result<Vec<GoneReport>, Error> {
        let mut all = Vec::with_capacity(reports.len());
        for report in reports {
            let find = Query::select().column("id").from("report_job").and_where(Expr::col("kept_id").eq(report.id)).to_owned();
            let row = self.transaction().query_one(&find).await?;
            let job: Option<Uuid> = row.map(|row| row.try_get("", "id")).transpose()?;
            all.push(GoneReport { report, job });
        }
        let ids: Vec<Uuid> = all.iter().map(|gone| gone.report.id).collect();
        for part in ids.chunks(PART) {
            let fail = Query::update()
                .table("report_job")
                .value("state", ReportJobState::Failed.code())
                .value("problem", why)
                .value("kept_id", None::<Uuid>)
                .and_where(ids_in("kept_id", part))
                .to_owned();
            self.transaction().execute(&fail).await?;
            let delete = Query::delete().from_table("kept_report").and_where(ids_in("id", part)).to_owned();
            self.transaction().execute(&delete).await?;
            self.mark();
        }
        Ok(all)
    }
}
