//! Reports that are made in the background.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use ketnoi_domain::{Lang, Period, ReportAudience};
use ketnoi_registry::{ReportAsked, WriteError};
use uuid::Uuid;

use super::payload::{UserError, settle};
use crate::{
    enums::E,
    error::{Result, bad_input},
    exec::One,
    query::ReportJob,
    request::{author, lang, registry},
    scalars::PartialDateInput,
};

/// What a report is to be.
#[derive(InputObject)]
struct RequestReportInput {
    /// The report, by its name in `reportDefinitions`: `programme-summary`.
    report: String,
    /// What it is about: the code of a programme, organisation, dialogue, delegation or event, `VN-FR`, `2017`.
    subject: String,
    /// Its language; that of the request where none is given.
    lang: Option<E<Lang>>,
    /// For whom: it holds what they may see.
    audience: Option<E<ReportAudience>>,
    /// A brand in place of those of the funders.
    brand: Option<String>,
    /// From when on, for reports on a period.
    from: Option<PartialDateInput>,
    /// Until when.
    to: Option<PartialDateInput>,
}

/// A report that was asked for.
#[derive(InputObject)]
struct ReportJobInput {
    /// Its id.
    id: ID,
}

/// The report as it stands in the queue.
#[derive(SimpleObject)]
struct ReportJobPayload {
    /// The report; null where there are errors.
    report_job: Option<One<ReportJob>>,
    /// What the caller can mend.
    errors: Vec<UserError>,
}

impl ReportJobPayload {
    fn of(done: std::result::Result<ketnoi_registry::ReportJob, WriteError>) -> Result<One<Self>> {
        let (job, errors) = settle(done)?;
        Ok(One(Self { report_job: job.map(|j| One(ReportJob(j))), errors }))
    }
}

/// The id of a job as clients give it.
pub(crate) fn job_id(id: &ID) -> Result<Uuid> {
    id.parse().map_err(|_| bad_input("this is no id of a report job: use an `id` as an answer gave it"))
}

/// Mutations on reports.
#[derive(Debug, Default)]
pub(crate) struct Jobs;

#[Object(name = "JobMutations")]
impl Jobs {
    /// Asks for a report. It is made in the background with the rights that you have then; `reportJob` tells how far it is,
    /// and where it can be fetched.
    async fn request_report(&self, ctx: &Context<'_>, input: RequestReportInput) -> Result<One<ReportJobPayload>> {
        let asked = ReportAsked {
            report: input.report,
            subject: input.subject,
            lang: input.lang.map_or(lang(ctx), |l| l.0),
            audience: input.audience.map_or(ReportAudience::Public, |a| a.0),
            brand: input.brand,
            period: Period { from: input.from.map(|d| d.0), to: input.to.map(|d| d.0) },
        };
        ReportJobPayload::of(registry(ctx).request_report(&author(ctx), asked).await)
    }

    /// Takes back that a report is wanted.
    async fn cancel_report(&self, ctx: &Context<'_>, input: ReportJobInput) -> Result<One<ReportJobPayload>> {
        ReportJobPayload::of(registry(ctx).cancel_report(&author(ctx), job_id(&input.id)?).await)
    }

    /// Asks once more for a report that failed or was cancelled.
    async fn retry_report(&self, ctx: &Context<'_>, input: ReportJobInput) -> Result<One<ReportJobPayload>> {
        ReportJobPayload::of(registry(ctx).retry_report(&author(ctx), job_id(&input.id)?).await)
    }
}
