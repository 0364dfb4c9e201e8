//! What changed: the feed that portals follow, the audit log, the history of a record.

use async_graphql::{Context, Enum, ID, InputObject, Json, Object, SimpleObject};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ketnoi_domain::Kind;
use ketnoi_registry::trail::{self as registry_trail, EntryFilter, FeedChange, FeedPlace};
use serde_json::Value;
use uuid::Uuid;

use super::node::{self, Node};
use crate::{
    enums::E,
    error::{Result, bad_input, from_registry},
    exec::{Many, One},
    global_id,
    list::{PageInfo, mark, sized},
    request::session,
    scalars::short,
};

/// How many of the records that a commit touched are shown with its entry.
const SHOWN: u32 = 20;

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

/// What was done with a record.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "registry_trail::Operation")]
pub(crate) enum RecordOperation {
    /// It was made.
    Added,
    /// It was changed, or more or fewer may see it.
    Changed,
    /// It was taken away.
    Removed,
    /// It was put aside: nobody sees it any more, and it can be brought back.
    Archived,
    /// It was brought back.
    Restored,
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

/// Which audit entries are wanted; all that is given must hold.
#[derive(InputObject, Debug, Default)]
pub(crate) struct AuditFilter {
    /// Only what this account did, by its id.
    account: Option<ID>,
    /// Only what is called so, such as `import registry`.
    action: Option<String>,
    /// Only what touched the record with this opaque id.
    record: Option<ID>,
    /// Only at this instant and later, RFC 3339.
    from: Option<String>,
    /// Only before this instant, RFC 3339.
    to: Option<String>,
}

/// A record that a commit touched.
#[derive(SimpleObject, Clone)]
pub(crate) struct AuditedRecord {
    /// What kind of record it is.
    kind: E<Kind>,
    /// The opaque id of the record, which may be gone by now.
    id: ID,
    /// What was done with it.
    operation: RecordOperation,
    /// Its code; null for kinds about persons, whose codes are made of their names.
    code: Option<String>,
}

/// What one commit did.
#[derive(SimpleObject, Clone)]
pub(crate) struct AuditEntry {
    /// Its id.
    id: ID,
    /// The registry's revision that came of it.
    revision: i64,
    /// When, RFC 3339 in UTC.
    at: String,
    /// What the author was called then.
    actor: String,
    /// The id of the author's account; null for what was done without one.
    account: Option<ID>,
    /// The request that asked for it, as the server's log has it; null for what no request asked for.
    request: Option<String>,
    /// What was done.
    action: String,
    /// What there is to say besides.
    detail: String,
    /// The hash of this entry and all before it; null for entries that are older than the chain.
    hash: Option<String>,
    /// The first 20 records that it touched. Ballots are never among them.
    records: Many<AuditedRecord>,
    /// How many records it touched in all.
    record_count: i64,
}

/// An audit entry with its place.
#[derive(SimpleObject)]
pub(crate) struct AuditEntryEdge {
    /// The entry's place in the list, to go on from.
    cursor: String,
    /// The entry.
    node: One<AuditEntry>,
}

/// Part of the audit log, the newest entries first.
pub(crate) struct AuditEntryConnection {
    entries: Vec<(String, AuditEntry)>,
    /// Whether there are entries before and after.
    more: (bool, bool),
}

/// Part of the audit log, the newest entries first.
#[Object]
impl AuditEntryConnection {
    /// The entries with their cursors.
    async fn edges(&self) -> Many<AuditEntryEdge> {
        let edge = |(cursor, entry): &(String, AuditEntry)| AuditEntryEdge { cursor: cursor.clone(), node: One(entry.clone()) };
        Many(self.entries.iter().map(edge).collect())
    }
    /// The entries.
    async fn nodes(&self) -> Many<AuditEntry> {
        Many(self.entries.iter().map(|(_, entry)| entry.clone()).collect())
    }
    /// Which part of the list this is.
    async fn page_info(&self) -> One<PageInfo> {
        let cursor = |entry: Option<&(String, AuditEntry)>| entry.map(|(cursor, _)| cursor.clone());
        One(PageInfo::of(self.more, cursor(self.entries.first()), cursor(self.entries.last())))
    }
}

/// One field in which a record differs from what it was.
#[derive(SimpleObject)]
pub(crate) struct FieldChange {
    /// The field, as the registry calls it: words in small letters, joined by underscores.
    field: String,
    /// What it held, as JSON; null where there was nothing, and always for kinds about persons.
    before: Option<Json<Value>>,
    /// What it holds since.
    after: Option<Json<Value>>,
}

pub(super) fn field_changes(all: Vec<registry_trail::FieldChange>) -> Many<FieldChange> {
    let one =
        |f: registry_trail::FieldChange| FieldChange { field: f.field, before: f.before.map(Json), after: f.after.map(Json) };
    Many(all.into_iter().map(one).collect())
}

/// One change in the history of a record.
#[derive(SimpleObject)]
pub(crate) struct RecordRevision {
    /// The registry's revision that came of it.
    revision: i64,
    /// When, RFC 3339 in UTC.
    at: String,
    /// What the author was called then.
    actor: String,
    /// The id of the author's account; null for what was done without one.
    account: Option<ID>,
    /// The request that asked for it, as the server's log has it.
    request: Option<String>,
    /// What was done in all.
    action: String,
    /// What was done with this record.
    operation: RecordOperation,
    /// The record's version since.
    version: Option<i64>,
    /// Which fields changed. Of kinds about persons only the names of the fields are kept, so that a person can be erased.
    fields: Many<FieldChange>,
    /// Whether the fields are still kept: what a change said is let go after a stated time, and who made it is not.
    fields_kept: bool,
}

/// How a record differs between two revisions of the registry.
#[derive(SimpleObject)]
pub(crate) struct RecordDifference {
    /// Whether the record was there at the earlier one; null where that is not kept, as for kinds about persons.
    was_there: Option<bool>,
    /// Whether it was there at the later one; null where that is not kept.
    is_there: Option<bool>,
    /// The fields that differ; none where either state is not kept.
    fields: Many<FieldChange>,
}

/// What changed.
#[derive(Debug, Default)]
pub(crate) struct Trail;

#[Object]
impl Trail {
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

    /// The audit log: who did what, when, from which request; the newest first. For officers and administrators.
    async fn audit_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only those that fulfil this.")] filter: Option<Box<AuditFilter>>,
    ) -> Result<One<AuditEntryConnection>> {
        let size = sized("first", first)?;
        let filter = filter.map_or_else(|| Ok(EntryFilter::default()), |f| lowered(*f))?;
        let list = mark(("audit", &filter));
        let before = after.as_deref().map(|cursor| revision_of(cursor, list)).transpose()?;
        let session = session(ctx);
        let page = session.audit_entries(&filter, before, size).await.map_err(from_registry)?;
        let revisions: Vec<i64> = page.entries.iter().map(|e| e.revision).collect();
        let (touched, counts) = session.touched(&revisions, SHOWN).await.map_err(from_registry)?;
        let entries = page.entries.into_iter().map(|e| {
            let records = touched.iter().filter(|t| t.revision == e.revision).map(|t| AuditedRecord {
                kind: E(t.kind),
                id: global_id::encode(t.kind, t.record),
                operation: t.operation.into(),
                code: t.code.clone(),
            });
            let entry = AuditEntry {
                id: ID(e.id.to_string()),
                revision: e.revision,
                at: e.at,
                actor: e.actor,
                account: e.account.map(|id| ID(id.to_string())),
                request: e.request,
                action: e.action,
                detail: e.detail,
                hash: e.hash,
                records: Many(records.collect()),
                record_count: counts.get(&e.revision).copied().unwrap_or(0),
            };
            (cursor_of(e.revision, list), entry)
        });
        Ok(One(AuditEntryConnection { entries: entries.collect(), more: (after.is_some(), page.more) }))
    }

    /// What became of a record, the newest change first: who, when, and which fields from what to what. For officers and
    /// administrators.
    async fn record_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The opaque id of the record, which may be gone by now.")] id: ID,
        #[graphql(desc = "The first so many, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Only changes older than this revision.")] older_than: Option<i64>,
    ) -> Result<Many<RecordRevision>> {
        let (kind, id) = global_id::decode(&id)?;
        let all = session(ctx).history(kind, id, older_than, sized("first", first)?).await.map_err(from_registry)?;
        let shown = all.into_iter().map(|r| RecordRevision {
            revision: r.revision,
            at: r.at,
            actor: r.actor,
            account: r.account.map(|id| ID(id.to_string())),
            request: r.request,
            action: r.action,
            operation: r.operation.into(),
            version: r.version,
            fields: field_changes(r.fields),
            fields_kept: r.kept,
        });
        Ok(Many(shown.collect()))
    }

    /// How a record differs between two revisions of the registry, whatever came in between. For officers and administrators.
    async fn record_difference(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The opaque id of the record, which may be gone by now.")] id: ID,
        #[graphql(desc = "The earlier revision; 0 is before all.")] from: i64,
        #[graphql(desc = "The later revision.")] to: i64,
    ) -> Result<One<RecordDifference>> {
        let (kind, id) = global_id::decode(&id)?;
        let found = session(ctx).difference(kind, id, from, to).await.map_err(from_registry)?;
        let (was_there, is_there) = (found.was_there, found.is_there);
        Ok(One(RecordDifference { was_there, is_there, fields: field_changes(found.fields) }))
    }
}

/// The filter as the registry knows it.
fn lowered(filter: AuditFilter) -> Result<EntryFilter> {
    if let Some(action) = &filter.action {
        short(action, "`action`", 200)?;
    }
    let account = filter.account.map(|id| Uuid::parse_str(&id).map_err(|_| bad_input("`account` is no id of an account")));
    let record = filter.record.map(|id| global_id::decode(&id)).transpose()?;
    Ok(EntryFilter {
        account: account.transpose()?,
        action: filter.action,
        record: record.map(|(_, id)| id),
        from: filter.from.map(|text| instant("from", &text)).transpose()?,
        to: filter.to.map(|text| instant("to", &text)).transpose()?,
    })
}

/// An instant as the log keeps it.
fn instant(name: &str, text: &str) -> Result<String> {
    let wrong = || bad_input(format!("`{name}` is no instant: write one such as 2026-11-22T10:00:00Z"));
    let read = chrono::DateTime::parse_from_rfc3339(text).map_err(|_| wrong())?;
    Ok(read.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// The mark of the feed, in all its cursors.
fn feed() -> u64 {
    mark("changes")
}

/// A place of the feed as a cursor.
pub(crate) fn written(place: FeedPlace) -> String {
    let mut bytes = Vec::with_capacity(32);
    bytes.extend_from_slice(&feed().to_be_bytes());
    bytes.extend_from_slice(&place.revision.to_be_bytes());
    bytes.extend_from_slice(place.record.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The place that a cursor of the feed stands for.
pub(crate) fn place(cursor: &str) -> Result<FeedPlace> {
    let read = || {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (mark, rest) = bytes.split_at_checked(8)?;
        let (revision, record) = rest.split_at_checked(8)?;
        let revision = i64::from_be_bytes(revision.try_into().ok()?);
        let place = FeedPlace { revision, record: Uuid::from_slice(record).ok()? };
        (u64::from_be_bytes(mark.try_into().ok()?) == feed()).then_some(place)
    };
    read().ok_or_else(|| bad_input("`after` is no cursor of the change feed: use one as an answer gave it"))
}

fn cursor_of(revision: i64, list: u64) -> String {
    let bytes: Vec<u8> = list.to_be_bytes().into_iter().chain(revision.to_be_bytes()).collect();
    URL_SAFE_NO_PAD.encode(bytes)
}

fn revision_of(cursor: &str, list: u64) -> Result<i64> {
    let read = || {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (mark, revision) = bytes.split_at_checked(8)?;
        let revision = i64::from_be_bytes(revision.try_into().ok()?);
        Some((u64::from_be_bytes(mark.try_into().ok()?), revision))
    };
    match read() {
        Some((mark, revision)) if mark == list => Ok(revision),
        Some(_) => Err(bad_input("`after` is a cursor of another list: it goes with the filter that it came with")),
        None => Err(bad_input("`after` is no cursor: use one as an answer gave it")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_of_the_feed_comes_back_as_its_place_and_others_are_refused() {
        let here = FeedPlace { revision: 7, record: Uuid::from_u128(9) };
        assert_eq!(place(&written(here)).unwrap(), here);
        let of_another_list = cursor_of(7, mark("programmes"));
        for wrong in ["", "x", "!!!", &of_another_list, &written(here)[1..], &"A".repeat(5000)] {
            assert!(place(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_instant_is_brought_to_utc() {
        assert_eq!(instant("from", "2026-11-22T17:00:00+07:00").unwrap(), "2026-11-22T10:00:00Z");
        assert!(instant("from", "yesterday").is_err());
    }
}
