//! The change feed: every change since a place, each once, in commit order, in the viewer's view.

use ketnoi_domain::{Action, Kind, Viewer};
use ketnoi_persistence::trail::{self, Fed, FeedPlace};
use uuid::Uuid;

use crate::{Error, Session};

/// What a change of the feed means to the viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FeedOperation {
    /// The record has come into the viewer's view: it was made, or more may see it than before.
    Added,
    /// The record was in view and still is.
    Changed,
    /// The record has left the viewer's view: it was taken away or archived, or fewer may see it.
    Removed,
}

/// A change as the viewer is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedChange {
    /// Where it stands.
    pub place: FeedPlace,
    /// The kind of the record.
    pub kind: Kind,
    /// The record.
    pub record: Uuid,
    /// What it means to the viewer.
    pub operation: FeedOperation,
}

/// A part of the feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangePage {
    /// The changes, in commit order.
    pub changes: Vec<FeedChange>,
    /// Whether there are more.
    pub more: bool,
}

impl Session {
    /// The first changes after a place, or the oldest that are kept.
    ///
    /// Strangers may follow what is public, as they may read it: a portal need not ask for a key to stay up to date. A key must
    /// have the scope.
    pub async fn changes(&self, after: Option<FeedPlace>, first: u32) -> Result<ChangePage, Error> {
        self.may_follow()?;
        let (reader, viewer) = (self.reader(), self.viewer());
        let state = trail::feed_state(reader).await?;
        let after = match after {
            None => None,
            Some(place) if place.revision < state.kept_from => return Err(Error::CursorExpired),
            Some(place) => {
                let position = trail::place_of(reader, place).await?.ok_or(Error::BadCursor)?;
                Some((place.revision, position))
            }
        };
        let mut fed = trail::changes_after(reader, viewer, state.kept_from, after, first.saturating_add(1)).await?;
        let size = usize::try_from(first).unwrap_or(usize::MAX);
        let more = fed.len() > size;
        fed.truncate(size);
        Ok(ChangePage { changes: self.told(&fed).await?, more })
    }

    /// The place of the newest change: whoever reads it before the lists, and then follows from there, misses nothing.
    pub async fn latest_change(&self) -> Result<Option<FeedPlace>, Error> {
        self.may_follow()?;
        let state = trail::feed_state(self.reader()).await?;
        Ok(trail::latest_change(self.reader(), self.viewer(), state.kept_from).await?.map(|fed| fed.place))
    }

    pub(crate) fn may_follow(&self) -> Result<(), Error> {
        match self.viewer() {
            Viewer::Stranger => Ok(()),
            viewer if viewer.may(Action::FollowChanges) => Ok(()),
            _ => Err(Error::Forbidden("this key may not follow changes: it lacks the scope changes:read".into())),
        }
    }

    /// What changes mean to the viewer now.
    pub(crate) async fn told(&self, fed: &[Fed]) -> Result<Vec<FeedChange>, Error> {
        let stayed: Vec<(Kind, Uuid)> = fed.iter().filter(|f| f.is_seen).map(|f| (f.kind, f.place.record)).collect();
        let seen = trail::seen_now(self.reader(), self.viewer(), &stayed).await?;
        let tell = |f: &Fed| {
            // What has been hidden since is not told as if it were in view, however it was then.
            let in_view = f.is_seen && seen.contains(&f.place.record);
            let operation = match (in_view, f.was_seen) {
                (false, _) => FeedOperation::Removed,
                (true, true) => FeedOperation::Changed,
                (true, false) => FeedOperation::Added,
            };
            FeedChange { place: f.place, kind: f.kind, record: f.place.record, operation }
        };
        Ok(fed.iter().map(tell).collect())
    }
}
