//! A worker: takes one report after the other, as long as it is let.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, SecondsFormat, TimeDelta};
use ketnoi_domain::{Coded as _, ReportAudience, ReportJobStage, Viewer};
use ketnoi_persistence::jobs::{self, ReportJob};
use ketnoi_reporting::{Definition, Options, Rendered};
use tokio::sync::watch;
use uuid::Uuid;

use crate::{Error, Registry, SnapshotOptions};

/// How long a lease lasts. Longer than the longest step between two renewals by far: a report takes less than a second.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// How often a worker that hears of nothing looks for leases that ran out.
const LOOK: Duration = Duration::from_secs(5);

/// Makes the reports of the queue.
#[derive(Clone, Debug)]
pub struct Worker {
    registry: Registry,
    holder: String,
}

/// Why a report was not made.
enum Broken {
    /// It is no longer this worker's.
    Gone,
    /// It cannot be made; a sentence for whoever asked.
    Told(String),
    /// A fault of ours, for the log.
    Fault(String),
}

impl From<Error> for Broken {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound { .. } | Error::Forbidden(_) => Self::Told(error.to_string()),
            other => Self::Fault(other.to_string()),
        }
    }
}

impl From<ketnoi_persistence::Error> for Broken {
    fn from(error: ketnoi_persistence::Error) -> Self {
        Self::Fault(error.to_string())
    }
}

impl Worker {
    /// A worker on a registry. Its name tells it from all others, on other replicas too.
    pub fn new(registry: Registry) -> Self {
        let holder = registry.clock.new_id().to_string();
        Self { registry, holder }
    }

    /// Works until it is told to stop; the report at hand is finished first.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        let mut news = self.registry.store.revisions();
        while !*stop.borrow() {
            match self.one().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "the queue of reports cannot be read"),
            }
            tokio::select! {
                _ = stop.changed() => {}
                // Asking for a report is a commit, so whoever hears of commits hears of it.
                _ = news.changed() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Makes the report that has waited longest; says whether there was one.
    pub async fn one(&self) -> Result<bool, Error> {
        let store = &self.registry.store;
        let now = self.registry.clock.now();
        if !jobs::reports_wait(store, &now).await? {
            return Ok(false);
        }
        let Some(id) = jobs::lease_report(store, &self.holder, &now, &self.until(&now)).await? else { return Ok(false) };
        let Some(job) = jobs::report_job(store.reader(), jobs::AskedBy::Anyone, id).await? else { return Ok(true) };
        let problem = match self.make(&job).await {
            Ok(()) => return Ok(true),
            Err(Broken::Gone) => {
                tracing::info!(%id, "a report is no longer wanted of this worker");
                return Ok(true);
            }
            Err(Broken::Told(problem)) => problem,
            Err(Broken::Fault(problem)) => {
                tracing::error!(%id, problem, "a report could not be made");
                format!("a fault of the registry; its log tells more under {id}")
            }
        };
        jobs::fail_report(store, id, &self.holder, &problem, &self.registry.clock.now()).await?;
        Ok(true)
    }

    /// Makes a report and keeps it.
    async fn make(&self, job: &ReportJob) -> Result<(), Broken> {
        let asked = &job.asked;
        let asker = self.registry.asker(job).await?.ok_or_else(|| Broken::Told("whoever asked may no longer ask".into()))?;
        let viewer = self.registry.audience_of(&asker, asked.audience);
        let viewer = viewer.ok_or_else(|| Broken::Told("whoever asked may no longer have a report for this audience".into()))?;
        let told = |e: ketnoi_reporting::ReportError| Broken::Told(e.to_string());
        let definition = Definition::load(&self.registry.shelf, &asked.report).map_err(told)?;
        let session = self.registry.snapshot_session(viewer).await?;
        let options =
            SnapshotOptions { period: asked.period, ..SnapshotOptions::new(&self.registry.clock.now(), asked.audience.name()) };
        let snapshot = session.snapshot(definition.subject, &asked.subject, &options).await?;
        self.step(job.id, ReportJobStage::Setting).await?;
        let (lang, shelf, brand) = (asked.lang, Arc::clone(&self.registry.shelf), asked.brand.clone());
        // Setting pages is all work of the processor and must not hold up what else runs on this thread.
        let set = move || {
            let options = Options { brand, shelf: (*shelf).clone() };
            ketnoi_reporting::render(&definition, &snapshot, lang, &options)
        };
        let rendered: Rendered = match tokio::task::spawn_blocking(set).await {
            Ok(rendered) => rendered.map_err(told)?,
            Err(panicked) => return Err(Broken::Fault(panicked.to_string())),
        };
        self.step(job.id, ReportJobStage::Keeping).await?;
        let party = match (asked.audience, &asker) {
            // What someone sees who speaks for two of them neither may read alone.
            (ReportAudience::Partner, Viewer::Known(who)) => who.organisation.xor(who.authority),
            _ => None,
        };
        let (report, visibility) = self.registry.to_keep(&rendered, party);
        let (store, now) = (&self.registry.store, self.registry.clock.now());
        let kept = jobs::keep_and_end(store, job.id, &self.holder, (&report, visibility, party), &now).await?;
        if kept { Ok(()) } else { Err(Broken::Gone) }
    }

    /// Renews the lease; what is no longer this worker's is let go.
    async fn step(&self, id: Uuid, stage: ReportJobStage) -> Result<(), Broken> {
        let now = self.registry.clock.now();
        let mine = jobs::renew_report(&self.registry.store, id, &self.holder, stage, &self.until(&now)).await?;
        if mine { Ok(()) } else { Err(Broken::Gone) }
    }

    /// When a lease that is taken now runs out.
    fn until(&self, now: &str) -> String {
        // The clock writes RFC 3339; what it could not write would only make the lease run out at once.
        DateTime::parse_from_rfc3339(now)
            .map_or_else(|_| now.to_owned(), |at| (at + LEASE).to_utc().to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

impl Registry {
    /// Who asked for a report, with the rights they have now.
    async fn asker(&self, job: &ReportJob) -> Result<Option<Viewer>, Error> {
        match job.account {
            // Only the administrator at the machine asks without an account.
            None => Ok(Some(Viewer::LocalAdministrator)),
            Some(account) => self.viewer_of_account(account).await,
        }
    }
}
