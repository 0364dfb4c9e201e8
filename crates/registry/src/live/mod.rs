//! What goes on: changes as they are committed, the turnout of an open vote, how far a report is. Many watch the same, so each
//! is read once for all who may see the same of it.
//!
//! - `feed` one reader of the change feed for all who follow it · `shared` one read for all who ask at once

mod feed;
mod shared;

use std::{fmt, sync::Arc, time::Instant};

use ketnoi_domain::{Dialogue, Id};
use uuid::Uuid;

pub use feed::{Changes, Follower, TooSlow};

use crate::{Error, Registry, ReportJob, Session, votes::Turnout};
use feed::Feed;
use shared::Shared;

/// A dialogue with its turnout, if it is or was put to the vote here.
pub type TurnoutNow = Arc<(Dialogue, Option<Turnout>)>;

/// How many times a second a report is looked at: its steps are no commits, so nothing tells of them.
const LOOKS_PER_SECOND: u128 = 2;

/// What those who watch share.
pub(crate) struct Live {
    feed: Feed,
    turnouts: Shared<Option<TurnoutNow>>,
    reports: Shared<Option<ReportJob>>,
    began: Instant,
}

impl Default for Live {
    fn default() -> Self {
        Self { feed: Feed::default(), turnouts: Shared::default(), reports: Shared::default(), began: Instant::now() }
    }
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Live")
    }
}

impl Registry {
    /// How the vote of a dialogue stands at the newest revision; nothing where the session's viewer sees no such dialogue.
    pub async fn turnout_now(&self, session: &Session, dialogue: Id<Dialogue>) -> Result<Option<TurnoutNow>, Error> {
        let revision = session.revision().await?;
        let load = || async {
            let Some(found) = session.by_ids::<Dialogue>(&[dialogue.uuid()]).await?.pop() else { return Ok(None) };
            let turnout = session.turnouts(std::slice::from_ref(&found)).await?.remove(&dialogue);
            Ok(Some(Arc::new((found, turnout))))
        };
        self.live.turnouts.get((dialogue.uuid(), session.viewer().class().into_owned()), revision, load).await
    }

    /// How far a report is, at most half a second old; nothing where there is none that the session's viewer asked for.
    pub async fn report_now(&self, session: &Session, id: Uuid) -> Result<Option<ReportJob>, Error> {
        let asker = format!("{}|{:?}", session.viewer().class(), session.viewer().account());
        let look = i64::try_from(self.live.began.elapsed().as_millis() * LOOKS_PER_SECOND / 1000).unwrap_or(i64::MAX);
        self.live.reports.get((id, asker), look, || session.report_job(id)).await
    }
}
