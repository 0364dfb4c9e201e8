//! The change feed as it grows: read once by one reader, handed to all who follow, and looked at once for each class of viewers.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use ketnoi_domain::{Kind, Viewer};
use ketnoi_persistence::{
    Reader,
    trail::{self, Fed, FeedPlace},
};
use tokio::sync::{OnceCell, broadcast, watch};
use uuid::Uuid;

use super::Live;
use crate::{Error, Registry, Session, trail::FeedChange};

/// So many changes are handed on at once.
const PART: u32 = 500;

/// So many parts are held for those who have not taken them yet. Whoever falls further behind is told so.
const HELD: usize = 64;

/// After a read that failed.
const PAUSE: Duration = Duration::from_secs(1);

/// What one class of viewers is told of some changes.
type Told = Arc<OnceCell<Result<Arc<[FeedChange]>, Error>>>;

/// Where the one reader is, if anybody follows. It holds the only sender: where the reader is gone, so is the channel.
#[derive(Default)]
pub(super) struct Feed(Mutex<Option<broadcast::WeakSender<Arc<Changes>>>>);

/// Changes that were committed, in commit order, as nobody in particular sees them.
pub struct Changes {
    /// The place before the first of them: its revision and its number in it.
    after: (i64, i64),
    all: Vec<Fed>,
    told: Mutex<HashMap<String, Told>>,
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Changes({} after {:?})", self.all.len(), self.after)
    }
}

impl Changes {
    /// Which records they are of.
    pub fn records(&self) -> impl Iterator<Item = (Kind, Uuid)> {
        self.all.iter().map(|fed| (fed.kind, fed.place.record))
    }

    /// What they mean to the session's viewer, by the very statement of `changes(after:)`; asked once for each class of viewers.
    pub async fn seen_by(&self, session: &Session) -> Result<Arc<[FeedChange]>, Error> {
        session.may_follow()?;
        let told = {
            let mut all = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(session.viewer().class().into_owned()).or_default())
        };
        told.get_or_init(|| async { self.look(session).await.map(Arc::from) }).await.clone()
    }

    async fn look(&self, session: &Session) -> Result<Vec<FeedChange>, Error> {
        let size = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        // What the viewer sees is among all that there is, so the first so many that they see hold all of it.
        let mut fed = trail::changes_after(session.reader(), session.viewer(), self.after.0, Some(self.after), size).await?;
        let ours: HashSet<FeedPlace> = self.all.iter().map(|fed| fed.place).collect();
        fed.retain(|fed| ours.contains(&fed.place));
        session.told(&fed).await
    }
}

/// Whoever follows fell behind further than is waited for; what they missed they find by `changes(after:)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "you read slower than changes come, and some are no longer held for you: read them by `changes(after:)`, then subscribe anew"
)]
pub struct TooSlow;

/// One who follows the feed.
#[derive(Debug)]
pub struct Follower(broadcast::Receiver<Arc<Changes>>);

impl Follower {
    /// The next changes; nothing where the reader is gone, with the thread that it ran on.
    pub async fn next(&mut self) -> Option<Result<Arc<Changes>, TooSlow>> {
        match self.0.recv().await {
            Ok(changes) => Some(Ok(changes)),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Err(TooSlow)),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

impl Registry {
    /// Follows all that is committed from now on, here and by other processes, if the session's viewer may. The first who follows
    /// has the reader started, on the runtime that this is called on; it ends with the commit after the last one has left.
    pub fn follow(&self, session: &Session) -> Result<Follower, Error> {
        session.may_follow()?;
        let mut running = self.live.feed.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = running.as_ref().and_then(broadcast::WeakSender::upgrade) {
            return Ok(Follower(sender.subscribe()));
        }
        let (sender, receiver) = broadcast::channel(HELD);
        *running = Some(sender.downgrade());
        let (reader, news) = (self.store.reader().clone(), self.store.revisions());
        tokio::spawn(Reading { live: Arc::downgrade(&self.live), reader, news, sender }.run());
        Ok(Follower(receiver))
    }
}

/// The one reader.
struct Reading {
    live: Weak<Live>,
    reader: Reader,
    news: watch::Receiver<i64>,
    sender: broadcast::Sender<Arc<Changes>>,
}

impl Reading {
    async fn run(mut self) {
        let mut after = None;
        loop {
            if let Err(error) = self.read(&mut after).await {
                tracing::warn!(%error, "the change feed cannot be read for now");
                tokio::time::sleep(PAUSE).await;
                if self.live.strong_count() == 0 {
                    return;
                }
                continue;
            }
            if self.nobody_follows() || self.news.changed().await.is_err() {
                return;
            }
        }
    }

    /// Reads and hands on all that has come since.
    async fn read(&mut self, after: &mut Option<(i64, i64)>) -> Result<(), Error> {
        let heard = *self.news.borrow_and_update();
        let mut from = match *after {
            Some(from) => from,
            // What was heard last was committed before anyone followed. Where nothing was heard yet, it is asked.
            None if heard > 0 => (heard, i64::MAX),
            None => (self.reader.revision().await?, i64::MAX),
        };
        *after = Some(from);
        loop {
            let all = trail::changes_after(&self.reader, &Viewer::LocalAdministrator, 0, Some(from), PART).await?;
            let Some(last) = all.last() else { return Ok(()) };
            let position = trail::place_of(&self.reader, last.place).await?.unwrap_or(i64::MAX);
            let next = (last.place.revision, position);
            let is_whole = u32::try_from(all.len()).is_ok_and(|len| len < PART);
            // Where nobody follows any more, nobody needs it.
            _ = self.sender.send(Arc::new(Changes { after: from, all, told: Mutex::default() }));
            from = next;
            *after = Some(from);
            if is_whole {
                return Ok(());
            }
            // An import may be long, and others want this thread.
            tokio::task::yield_now().await;
        }
    }

    /// Whether the last one has left. Nobody can come while it is asked.
    fn nobody_follows(&self) -> bool {
        let Some(live) = self.live.upgrade() else { return true };
        let mut running = live.feed.0.lock().unwrap_or_else(PoisonError::into_inner);
        let nobody = self.sender.receiver_count() == 0;
        if nobody {
            *running = None;
        }
        nobody
    }
}
