//! The change feed, in the view of whoever follows it.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use ketnoi_domain::Kind;
use ketnoi_registry::trail::{self as registry_trail, FeedChange};
use uuid::Uuid;

use super::cursor::{place, written};
use crate::{
    enums::E,
    error::{Result, from_registry},
    exec::{Many, One},
    global_id,
    list::{PageInfo, sized},
    query::node::{self, Node},
    request::session,
};

/// What a change of the feed means to the viewer.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "registry_trail::FeedOperation")]
pub(crate) enum ChangeOperation {
    /// The record has come into the viewer's view: it was made, or more may see it than before.
    Added,
    /// The record was in view and still is.
    Changed,
    /// The record has left the viewer's view: it was taken away or archived, or fewer may see it.
    Removed,
}

/// A change of one record, as the viewer is told of it.
#[derive(SimpleObject)]
pub(crate) struct Change {
    /// Its place in the feed, to go on from.
    cursor: String,
    /// What kind of record it is.
    kind: E<Kind>,
    /// The opaque id of the record.
    id: ID,
    /// What it means to the viewer.
    operation: ChangeOperation,
    /// The registry's revision that came of it. Changes of one revision were committed together.
    revision: i64,
    /// The record as it is now; null where it has left the viewer's view.
    record: Option<Node>,
}

impl Change {
    fn share(&self) -> Self {
        let record = self.record.as_ref().map(Node::share);
        Self { cursor: self.cursor.clone(), id: self.id.clone(), record, ..*self }
    }
}

/// A change with its place.
#[derive(SimpleObject)]
pub(crate) struct ChangeEdge {
    /// The change's place in the feed, to go on from.
    cursor: String,
    /// The change.
    node: One<Change>,
}

/// Part of the change feed, in commit order.
pub(crate) struct ChangeConnection {
    changes: Vec<Change>,
    /// Whether there are changes before and after.
    more: (bool, bool),
    after: Option<String>,
}

/// Part of the change feed, in commit order.
#[Object]
impl ChangeConnection {
    /// The changes with their cursors.
    async fn edges(&self) -> Many<ChangeEdge> {
        Many(self.changes.iter().map(|c| ChangeEdge { cursor: c.cursor.clone(), node: One(c.share()) }).collect())
    }
    /// The changes.
    async fn nodes(&self) -> Many<Change> {
        Many(self.changes.iter().map(Change::share).collect())
    }
    /// Which part of the feed this is. Its end cursor is the one to ask on from, also where nothing has changed since.
    async fn page_info(&self) -> One<PageInfo> {
        let cursor = |change: Option<&Change>| change.map(|c| c.cursor.clone());
        One(PageInfo::of(self.more, cursor(self.changes.first()), cursor(self.changes.last()).or_else(|| self.after.clone())))
    }
    /// The cursor of the newest change; null where there is none. Who reads it before the lists, and follows the feed from there,
    /// misses nothing.
    async fn latest_cursor(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(session(ctx).latest_change().await.map_err(from_registry)?.map(written))
    }
}

/// What changed since a cursor.
#[derive(Debug, Default)]
pub(crate) struct Changes;

#[Object(name = "ChangeQueries")]
impl Changes {
    /// Every change since a cursor, each once, in commit order, in the viewer's view. What leaves that view comes as `REMOVED`,
    /// what was never in it does not come. Changes are kept for a stated time; a cursor from before it is refused with
    /// `CURSOR_EXPIRED`: read the lists anew then. Ballots do not come.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what comes after this cursor; without it from the oldest change that is kept.")] after: Option<
            String,
        >,
        #[graphql(desc = "The first so many, 1 to 100.", default = 20)] first: i32,
    ) -> Result<One<ChangeConnection>> {
        let size = sized("first", first)?;
        let place = after.as_deref().map(place).transpose()?;
        let page = session(ctx).changes(place, size).await.map_err(from_registry)?;
        let wanted = {
            let ahead = ctx.look_ahead();
            ahead.field("nodes").field("record").exists() || ahead.field("edges").field("node").field("record").exists()
        };
        let keys: Vec<(Kind, Uuid)> = page.changes.iter().map(|c| (c.kind, c.record)).collect();
        let in_view = |c: &FeedChange| c.operation != registry_trail::FeedOperation::Removed;
        let records = if wanted { node::found(ctx, &keys).await? } else { keys.iter().map(|_| None).collect() };
        let shown = page.changes.iter().zip(records).map(|(c, record)| Change {
            cursor: written(c.place),
            kind: E(c.kind),
            id: global_id::encode(c.kind, c.record),
            operation: c.operation.into(),
            revision: c.place.revision,
            record: record.filter(|_| in_view(c)),
        });
        Ok(One(ChangeConnection { changes: shown.collect(), more: (after.is_some(), page.more), after }))
    }
}
