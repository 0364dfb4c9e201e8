//! Reports: what there is to ask for, and what was asked for.

use async_graphql::{Context, ID, Object, SimpleObject};
use ketnoi_domain::{Lang, ReportAudience, ReportJobStage, ReportJobState};

use crate::{
    enums::E,
    error::{Result, from_registry},
    exec::{Many, One},
    list::sized,
    mutation::job_id,
    request::{registry, session, volatile},
    scalars::{Period, period, told},
};

/// A report that was asked for.
#[derive(Clone)]
pub(crate) struct ReportJob(pub(crate) ketnoi_registry::ReportJob);

/// A report that was asked for.
#[Object]
impl ReportJob {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }
    /// The report's name, as in `reportDefinitions`.
    async fn report(&self) -> &str {
        &self.0.asked.report
    }
    /// The key of what it is about.
    async fn subject(&self) -> &str {
        &self.0.asked.subject
    }
    /// Its language.
    async fn lang(&self) -> E<Lang> {
        E(self.0.asked.lang)
    }
    /// For whom it is.
    async fn audience(&self) -> E<ReportAudience> {
        E(self.0.asked.audience)
    }
    /// The brand that was asked for in place of those of the funders.
    async fn brand(&self) -> Option<&str> {
        self.0.asked.brand.as_deref()
    }
    /// The period that it is about; open ends are null.
    async fn period(&self) -> One<Period> {
        period(self.0.asked.period)
    }
    /// How far it has come.
    async fn state(&self) -> E<ReportJobState> {
        E(self.0.state)
    }
    /// What is being done.
    async fn stage(&self) -> E<ReportJobStage> {
        E(self.0.stage)
    }
    /// How far it is, in hundredths of the whole.
    async fn percent(&self) -> i64 {
        self.0.stage.percent()
    }
    /// Why it could not be made.
    async fn problem(&self) -> Option<&str> {
        self.0.problem.as_deref()
    }
    /// Where the file is to be fetched, once it is there: a path on this server.
    async fn path(&self) -> Option<String> {
        self.0.kept.map(|id| format!("/reports/{id}.pdf"))
    }
    /// When it was asked for, RFC 3339 in UTC.
    async fn asked_at(&self) -> &str {
        &self.0.asked_at
    }
    /// When it ended.
    async fn ended_at(&self) -> Option<&str> {
        self.0.ended_at.as_deref()
    }
}

/// A report that can be asked for.
#[derive(SimpleObject)]
struct ReportDefinition {
    /// Its name.
    name: String,
    /// What it is called, in the language of the request.
    title: String,
    /// For whom it is and what it tells.
    purpose: String,
    /// What sort of thing it is about: programme, organisation, dialogue, delegation, event, countries or year.
    subject: &'static str,
}

/// Questions about reports.
#[derive(Debug, Default)]
pub(crate) struct Jobs;

#[Object]
impl Jobs {
    /// The reports that can be asked for by `requestReport`.
    async fn report_definitions(&self, ctx: &Context<'_>) -> Many<ReportDefinition> {
        let shown = registry(ctx).report_definitions().into_iter().map(|d| ReportDefinition {
            title: told(ctx, None, &d.title).unwrap_or_default().to_owned(),
            purpose: told(ctx, None, &d.purpose).unwrap_or_default().to_owned(),
            subject: d.subject.name(),
            name: d.name,
        });
        Many(shown.collect())
    }

    /// A report that you asked for; null where there is none. Those who keep the registry see everyone's.
    async fn report_job(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<One<ReportJob>>> {
        volatile(ctx);
        let found = session(ctx).report_job(job_id(&id)?).await.map_err(from_registry)?;
        Ok(found.map(|job| One(ReportJob(job))))
    }

    /// The reports that you asked for last, the newest first. Those who keep the registry see everyone's.
    async fn report_jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that have come so far.")] state: Option<E<ReportJobState>>,
        #[graphql(desc = "The first so many, 1 to 100.", default = 20)] first: i32,
    ) -> Result<Many<ReportJob>> {
        volatile(ctx);
        let found = session(ctx).report_jobs(state.map(|s| s.0), sized("first", first)?).await.map_err(from_registry)?;
        Ok(Many(found.into_iter().map(ReportJob).collect()))
    }
}
