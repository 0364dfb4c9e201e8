//! Letting go what is kept for a time only.

use chrono::{DateTime, Days};
use ketnoi_domain::Viewer;

use crate::{Error, Registry, trail::CHANGES_ARE_KEPT};

/// For how many days a request that is sent again gets the answer of its first time.
pub const CLAIMS_ARE_KEPT: u64 = 30;

impl Registry {
    /// Lets go the contents of changes and the outcomes of requests that are older than they are kept for. Any replica may do
    /// it at any time: what is gone already is not found again.
    pub async fn tidy(&self) -> Result<(), Error> {
        self.forget_changes(&Viewer::LocalAdministrator, CHANGES_ARE_KEPT).await?;
        let now = DateTime::parse_from_rfc3339(&self.clock.now()).ok();
        let Some(before) = now.and_then(|now| now.checked_sub_days(Days::new(CLAIMS_ARE_KEPT))) else { return Ok(()) };
        let before = before.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        ketnoi_persistence::forget_claims(&self.store, &before).await?;
        Ok(())
    }
}
