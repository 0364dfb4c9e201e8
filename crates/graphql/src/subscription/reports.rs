//! How far a report is, until it has ended.

use std::time::Duration;

use ketnoi_domain::ReportJobState;
use uuid::Uuid;

use super::{
    Events,
    watch::{Fresh, Source, Watch},
};
use crate::{
    error::{Result, from_registry},
    http::Code,
    query::ReportJob,
};

/// How long it rests between two looks. The steps of a report are no commits, so nothing tells of them; all who watch one
/// report share a look.
const REST: Duration = Duration::from_millis(500);

struct Watching {
    watch: Watch,
    id: Uuid,
    told: Option<ketnoi_registry::ReportJob>,
}

pub(super) async fn follow(watch: Watch, id: Uuid) -> Result<Events<ReportJob>> {
    let session = watch.session().await?;
    if session.report_job(id).await.map_err(from_registry)?.is_none() {
        return Err(Code::NotFound.error("there is no such report, or someone else asked for it"));
    }
    Ok(Watching { watch, id, told: None }.events())
}

impl Source for Watching {
    type Event = ReportJob;

    async fn next(&mut self) -> Result<Option<Fresh<ReportJob>>> {
        loop {
            if let Some(told) = &self.told {
                if matches!(told.state, ReportJobState::Done | ReportJobState::Failed | ReportJobState::Cancelled) {
                    return Ok(None);
                }
                tokio::time::sleep(REST).await;
            }
            let session = self.watch.session().await?;
            // Rights to it may have been taken away meanwhile; then it ends like what there is not.
            let Some(job) = self.watch.registry.report_now(&session, self.id).await.map_err(from_registry)? else {
                return Err(Code::NotFound.error("there is no such report, or someone else asked for it"));
            };
            if self.told.as_ref() != Some(&job) {
                self.told = Some(job.clone());
                return Ok(Some(self.watch.event(session, ReportJob(job))));
            }
        }
    }
}
