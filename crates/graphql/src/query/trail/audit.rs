//! The audit log.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use ketnoi_domain::Kind;
use ketnoi_registry::trail::EntryFilter;
use uuid::Uuid;

use super::{
    cursor::{cursor_of, revision_of},
    history::RecordOperation,
};
use crate::{
    cursor::mark,
    enums::E,
    error::{Result, bad_input, from_registry},
    exec::{Many, One},
    global_id,
    list::{PageInfo, sized},
    request::session,
    scalars::short,
};

/// How many of the records that a commit touched are shown with its entry.
const SHOWN: u32 = 20;

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
        One(PageInfo::over(self.more, &self.entries))
    }
}

/// Who did what.
#[derive(Debug, Default)]
pub(crate) struct AuditLog;

#[Object(name = "AuditQueries")]
impl AuditLog {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_brought_to_utc() {
        assert_eq!(instant("from", "2026-11-22T17:00:00+07:00").unwrap(), "2026-11-22T10:00:00Z");
        assert!(instant("from", "yesterday").is_err());
    }
}
