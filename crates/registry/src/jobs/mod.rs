//! Reports that are made in the background: asked for, made by whichever replica is free, fetched at `/reports/ID.pdf`.
//!
//! Whoever asks gets what they may see at the moment at which it is made: rights that were taken away in between are not
//! lent to a report.

mod run;

use ketnoi_domain::{Action, ReportAudience, ReportJobStage, ReportJobState, Viewer, Visibility};
use ketnoi_persistence::jobs::{self, AskedBy};
use ketnoi_reporting::Definition;
use uuid::Uuid;

pub use ketnoi_persistence::jobs::{ReportAsked, ReportJob};
pub use run::Worker;

use crate::{Author, Error, Registry, Session, UserError, UserErrorCode, WriteError, wording::say};

/// The most jobs that one list tells.
const MOST: u32 = 100;

impl Registry {
    /// The reports that can be asked for; a file that cannot be read is none of them.
    pub fn report_definitions(&self) -> Vec<Definition> {
        Definition::names(&self.shelf).iter().filter_map(|name| Definition::load(&self.shelf, name).ok()).collect()
    }

    /// Asks for a report. It is checked as far as it can be before anything is read: an unknown report or subject is told at
    /// once and not after a wait.
    pub async fn request_report(&self, author: &Author, asked: ReportAsked) -> Result<ReportJob, WriteError> {
        let job = ReportJob {
            id: self.clock.new_id(),
            account: author.viewer.account(),
            asked,
            state: ReportJobState::Queued,
            stage: ReportJobStage::Waiting,
            attempts: 0,
            problem: None,
            kept: None,
            asked_at: self.clock.now(),
            ended_at: None,
        };
        let wrong = if author.viewer.may(Action::RunReports) { self.wrong_with(author, &job.asked).await? } else { Vec::new() };
        let id = self
            .change(author, Action::RunReports, "request report", async |unit| {
                if !wrong.is_empty() {
                    return Err(WriteError::Refused(wrong));
                }
                unit.ask_for_report(&job).await?;
                Ok(job.id)
            })
            .await?;
        self.job_of(author, id).await
    }

    /// All that is wrong with what is asked for.
    async fn wrong_with(&self, author: &Author, asked: &ReportAsked) -> Result<Vec<UserError>, Error> {
        let mut wrong = Vec::new();
        let mut note = |code, path: &str, message| wrong.push(UserError::new(code, path, message));
        let lang = author.lang;
        if !asked.period.is_ordered() {
            note(UserErrorCode::Invalid, "to", say(lang, "rule-it-ends-before-it-starts", &[]));
        }
        match (asked.audience, self.audience_of(&author.viewer, asked.audience)) {
            (_, Some(viewer)) => match Definition::load(&self.shelf, &asked.report) {
                Err(error) => note(UserErrorCode::NotFound, "report", error.to_string()),
                Ok(definition) => {
                    let known = self.session(viewer).subjects(definition.subject).await?;
                    if !known.contains(&asked.subject) {
                        let words = [("kind", definition.subject.name()), ("key", asked.subject.as_str())];
                        note(UserErrorCode::NotFound, "subject", say(lang, "report-no-subject", &words));
                    }
                }
            },
            (ReportAudience::Internal, None) => {
                note(UserErrorCode::Invalid, "audience", say(lang, "report-not-internal", &[]));
            }
            (_, None) => note(UserErrorCode::Invalid, "audience", say(lang, "report-no-partner", &[])),
        }
        if let Some(brand) = &asked.brand
            && !ketnoi_reporting::brands(&self.shelf).contains(brand)
        {
            note(UserErrorCode::NotFound, "brand", say(lang, "report-no-brand", &[("name", brand)]));
        }
        Ok(wrong)
    }

    /// Whose eyes a report for this audience is made with; nothing where who asks may not have one.
    fn audience_of(&self, asker: &Viewer, audience: ReportAudience) -> Option<Viewer> {
        match audience {
            ReportAudience::Public => Some(Viewer::Stranger),
            ReportAudience::Partner => asker.parties().map(|_| asker.clone()),
            ReportAudience::Internal => asker.sees(Visibility::Draft).then(|| asker.clone()),
        }
    }

    /// Takes back that a report is wanted.
    pub async fn cancel_report(&self, author: &Author, id: Uuid) -> Result<ReportJob, WriteError> {
        self.turn(author, id, "cancel report", "report-ended").await
    }

    /// Asks once more for a report that failed or was cancelled.
    pub async fn retry_report(&self, author: &Author, id: Uuid) -> Result<ReportJob, WriteError> {
        self.turn(author, id, "retry report", "report-not-failed").await
    }

    async fn turn(&self, author: &Author, id: Uuid, action: &'static str, otherwise: &str) -> Result<ReportJob, WriteError> {
        let session = self.session(author.viewer.clone());
        let known = author.viewer.may(Action::RunReports) && session.report_job(id).await?.is_some();
        let now = self.clock.now();
        self.change(author, Action::RunReports, action, async |unit| {
            if !known {
                return Err(UserError::new(UserErrorCode::NotFound, "id", say(author.lang, "report-no-job", &[])).into());
            }
            let done = match action {
                "cancel report" => unit.cancel_report(id, &now).await?,
                _ => unit.retry_report(id).await?,
            };
            if done { Ok(()) } else { Err(UserError::new(UserErrorCode::State, "id", say(author.lang, otherwise, &[])).into()) }
        })
        .await?;
        self.job_of(author, id).await
    }

    async fn job_of(&self, author: &Author, id: Uuid) -> Result<ReportJob, WriteError> {
        let found = self.session(author.viewer.clone()).report_job(id).await?;
        found.ok_or_else(|| Error::NotFound { kind: "report job", code: id.to_string() }.into())
    }
}

impl Session {
    /// A report that was asked for: by this viewer, or by anyone for those who keep the registry.
    pub async fn report_job(&self, id: Uuid) -> Result<Option<ReportJob>, Error> {
        match self.asked_by() {
            Some(by) => Ok(jobs::report_job(self.reader(), by, id).await?),
            None => Ok(None),
        }
    }

    /// The reports that were asked for last, the newest first.
    pub async fn report_jobs(&self, state: Option<ReportJobState>, first: u32) -> Result<Vec<ReportJob>, Error> {
        match self.asked_by() {
            Some(by) => Ok(jobs::report_jobs(self.reader(), by, state, first.min(MOST).into()).await?),
            None => Ok(Vec::new()),
        }
    }

    fn asked_by(&self) -> Option<AskedBy> {
        match self.viewer() {
            Viewer::LocalAdministrator => Some(AskedBy::Anyone),
            Viewer::Stranger => None,
            Viewer::Known(_) if !self.viewer().may(Action::RunReports) => None,
            Viewer::Known(_) if self.viewer().sees(Visibility::Internal) => Some(AskedBy::Anyone),
            Viewer::Known(who) => Some(AskedBy::Account(who.account)),
        }
    }
}
