//! Whether the trail is whole, and what is let go of it in time.

use chrono::{DateTime, Days};
use ketnoi_domain::{Action, Viewer};
use ketnoi_persistence::{
    Signature, UnitOfWork,
    trail::{self, ChainFault, FORGET, Inconsistency},
};

use super::{Anchor, AnchorKey};
use crate::{Error, Registry};

/// For how many days the feed, and what changes say, is kept unless another time is asked for.
pub const CHANGES_ARE_KEPT: u64 = 400;

/// What a check of the trail found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailReport {
    /// How many entries are chained and fit.
    pub entries: usize,
    /// How many changes they hold.
    pub changes: usize,
    /// How many entries are older than the chain, of which nothing can be said.
    pub unchained: usize,
    /// The last entry that fits: its revision and hash.
    pub head: Option<(i64, String)>,
    /// The first entry that does not fit; nothing where all do.
    pub fault: Option<ChainFault>,
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Registry {
    /// Walks along the chain, the registry standing still, and computes every hash again. An anchor must be met on the way;
    /// whether its signature holds is asked of the anchor itself ([`Anchor::check`]).
    pub async fn verify_trail(&self, anchor: Option<&Anchor>, told: trail::Told<'_>) -> Result<TrailReport, Error> {
        let still = self.store.reader().snapshot().await?;
        let anchor = anchor.map(|a| (a.revision, a.hash.as_str()));
        let found = trail::walk(&still, anchor, told).await?;
        let trail::Verdict { entries, changes, unchained, head, fault } = found;
        Ok(TrailReport { entries, changes, unchained, head, fault })
    }

    /// An anchor of the newest entry, signed if there is a key; nothing while no entry is chained.
    pub async fn anchor(&self, key: Option<&AnchorKey>) -> Result<Option<Anchor>, Error> {
        let head = trail::head_of_chain(self.store.reader()).await?;
        let take = |entry: trail::AuditEntry| Some(Anchor::take(entry.revision, entry.hash?, self.clock.now(), key));
        Ok(head.and_then(take))
    }

    /// Lets go what changes say that are older than so many days: [`CHANGES_ARE_KEPT`] unless a registry is set otherwise. Who
    /// did what when is kept for good. Gives the revision from which on the feed is kept since; nothing where nothing was as old.
    pub async fn forget_changes(&self, viewer: &Viewer, days: u64) -> Result<Option<i64>, Error> {
        if !viewer.may(Action::Administer) {
            return Err(Error::Forbidden("only administrators let go what the trail keeps".into()));
        }
        let now = self.clock.now();
        let before = DateTime::parse_from_rfc3339(&now).ok().and_then(|now| now.checked_sub_days(Days::new(days)));
        let Some(before) = before.map(|before| before.format("%Y-%m-%dT%H:%M:%SZ").to_string()) else { return Ok(None) };
        let mut unit = UnitOfWork::begin(&self.store).await?;
        let kept_from = match unit.forget_changes(&before).await {
            Ok(Some(kept_from)) => kept_from,
            Ok(None) => {
                unit.roll_back().await?;
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        let detail = unit.noted().to_owned();
        let signature = Signature {
            account: viewer.account(),
            detail: &detail,
            ..Signature::of(self.clock.new_id(), &now, viewer.name(), FORGET)
        };
        unit.commit(&signature).await?;
        Ok(Some(kept_from))
    }

    /// All that is not as writers leave it: who may see what, codes under those of their owners, the search. Nothing is
    /// changed; while it looks, nobody else can write.
    pub async fn inconsistencies(&self, told: trail::Told<'_>) -> Result<Vec<Inconsistency>, Error> {
        Ok(trail::inconsistencies(&self.store, told).await?)
    }
}
