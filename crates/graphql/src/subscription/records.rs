//! Changes as they are committed.

use std::{
    borrow::Cow,
    collections::{HashSet, VecDeque},
};

use async_graphql::{Context, ID, Object};
use ketnoi_domain::Kind;
use ketnoi_registry::{
    Changes, Follower, TooSlow,
    trail::{FeedChange, FeedOperation},
};
use uuid::Uuid;

use super::{
    Events,
    watch::{Fresh, Source, Watch},
};
use crate::{
    enums::E,
    error::{Error, Result, bad_input, from_registry},
    global_id,
    http::Code,
    query::{ChangeOperation, Node, feed_cursor, found},
};

/// So many records can be followed by their ids.
const MOST_IDS: usize = 100;

/// A record changed, came into your view or left it.
pub(crate) struct RecordChange(FeedChange);

/// A record changed, came into your view or left it.
#[Object]
impl RecordChange {
    /// Its place in the change feed, to catch up from by `changes(after:)`.
    async fn cursor(&self) -> String {
        feed_cursor(self.0.place)
    }
    /// What it means to you.
    async fn operation(&self) -> ChangeOperation {
        self.0.operation.into()
    }
    /// What kind of record it is.
    async fn kind(&self) -> E<Kind> {
        E(self.0.kind)
    }
    /// The opaque id of the record.
    async fn id(&self) -> ID {
        global_id::encode(self.0.kind, self.0.record)
    }
    /// The registry's revision that came of it. Changes of one revision were committed together.
    async fn revision(&self) -> i64 {
        self.0.place.revision
    }
    /// The record as it is now; null where it has left your view.
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        if self.0.operation == FeedOperation::Removed {
            return Ok(None);
        }
        Ok(found(ctx, &[(self.0.kind, self.0.record)]).await?.pop().flatten())
    }
}

/// Which changes are wanted.
struct Wanted {
    kinds: Option<HashSet<Kind>>,
    records: Option<HashSet<(Kind, Uuid)>>,
}

impl Wanted {
    fn wants(&self, kind: Kind, record: Uuid) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind))
            && self.records.as_ref().is_none_or(|records| records.contains(&(kind, record)))
    }
}

struct Following {
    watch: Watch,
    follower: Follower,
    wanted: Wanted,
    /// What is still to be told of the changes that were taken last, and the class of the viewer for whom they were chosen.
    waiting: VecDeque<FeedChange>,
    class: Cow<'static, str>,
}

pub(super) async fn follow(watch: Watch, kinds: Option<Vec<E<Kind>>>, ids: Option<Vec<ID>>) -> Result<Events<RecordChange>> {
    if ids.as_ref().is_some_and(|ids| ids.len() > MOST_IDS) {
        return Err(bad_input(format!("`ids` has more than {MOST_IDS}: follow fewer, or all of a kind")));
    }
    let records = ids.map(|ids| ids.iter().map(|id| global_id::decode(id)).collect::<Result<_>>()).transpose()?;
    let wanted = Wanted { kinds: kinds.map(|kinds| kinds.into_iter().map(|kind| kind.0).collect()), records };
    let session = watch.session().await?;
    let follower = watch.registry.follow(&session).map_err(from_registry)?;
    let class = session.viewer().class();
    Ok(Following { watch, follower, wanted, waiting: VecDeque::new(), class }.events())
}

impl Source for Following {
    type Event = RecordChange;

    async fn next(&mut self) -> Result<Option<Fresh<RecordChange>>> {
        loop {
            // A client that reads slowly may take a waiting change long after it came; who they are is asked for each.
            if let Some(change) = self.waiting.pop_front() {
                let session = self.watch.session().await?;
                // What was chosen for who they were may be hidden from who they are, down to its id.
                if session.viewer().class() != self.class {
                    let message = "Your rights have changed: connect anew, and catch up by `changes(after:)`.";
                    return Err(Code::Unauthenticated.error(message));
                }
                return Ok(Some(self.watch.event(session, RecordChange(change))));
            }
            let changes = match self.follower.next().await {
                Some(Ok(changes)) => changes,
                Some(Err(slow)) => return Err(too_slow(slow)),
                None => return Err(Error::new("the reader of the change feed is gone")),
            };
            if changes.records().any(|(kind, record)| self.wanted.wants(kind, record)) {
                self.look(&changes).await?;
            }
        }
    }
}

impl Following {
    /// Chooses what is to be told of some changes.
    async fn look(&mut self, changes: &Changes) -> Result<()> {
        let session = self.watch.session().await?;
        let seen = changes.seen_by(&session).await.map_err(from_registry)?;
        self.waiting = seen.iter().filter(|change| self.wanted.wants(change.kind, change.record)).copied().collect();
        self.class = session.viewer().class();
        Ok(())
    }
}

fn too_slow(slow: TooSlow) -> Error {
    Code::TooSlow.error(slow.to_string())
}
