//! What is put away, for those who may bring it back.

use async_graphql::{Context, ID, Object, SimpleObject};
use ketnoi_domain::Kind;
use uuid::Uuid;

use crate::{
    cursor::{self, mark},
    enums::E,
    error::{Result, from_registry},
    exec::{Many, One},
    global_id,
    list::{PageInfo, sized},
    request::session,
    scalars::told,
};

/// A record that is put away: nobody is shown it, and it can be brought back.
#[derive(SimpleObject, Clone)]
pub(crate) struct ArchivedRecord {
    /// What kind of record it is.
    kind: E<Kind>,
    /// The opaque id of the record, by which `restoreRecord` brings it back.
    id: ID,
    /// Its code, which stays its own.
    code: String,
    /// What people call it, in the language of the request; its code where it has no name.
    title: String,
    /// When it was put away, RFC 3339 in UTC.
    archived_at: String,
    /// What whoever put it away was called then; null for those who may not read the audit trail.
    archived_by: Option<String>,
}

/// A record that is put away, with its place.
#[derive(SimpleObject)]
pub(crate) struct ArchivedRecordEdge {
    /// The record's place in the list, to go on from.
    cursor: String,
    /// The record.
    node: One<ArchivedRecord>,
}

/// Part of what is put away, the last first.
pub(crate) struct ArchivedRecordConnection {
    records: Vec<(String, ArchivedRecord)>,
    /// Whether there are records before and after.
    more: (bool, bool),
}

/// Part of what is put away, the last first.
#[Object]
impl ArchivedRecordConnection {
    /// The records with their cursors.
    async fn edges(&self) -> Many<ArchivedRecordEdge> {
        let edge = |(cursor, record): &(String, ArchivedRecord)| ArchivedRecordEdge {
            cursor: cursor.clone(),
            node: One(record.clone()),
        };
        Many(self.records.iter().map(edge).collect())
    }
    /// The records.
    async fn nodes(&self) -> Many<ArchivedRecord> {
        Many(self.records.iter().map(|(_, record)| record.clone()).collect())
    }
    /// Which part of the list this is.
    async fn page_info(&self) -> One<PageInfo> {
        One(PageInfo::over(self.more, &self.records))
    }
}

/// Questions about what is put away.
#[derive(Debug, Default)]
pub(crate) struct Archived;

#[Object(name = "ArchiveQueries")]
impl Archived {
    /// The records of a kind that are put away, the last first. What is out of sight because something that it belongs to is put
    /// away is not among them: it comes back with that. For officers and administrators.
    async fn archived_records(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which kind.")] kind: E<Kind>,
        #[graphql(desc = "The first so many, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Result<One<ArchivedRecordConnection>> {
        let (kind, size) = (kind.0, sized("first", first)?);
        let list = mark(("archived", kind));
        let place = after.as_deref().map(|cursor| decode(cursor, list)).transpose()?;
        let behind = place.as_ref().map(|(at, id)| (at.as_str(), *id));
        let session = session(ctx);
        // One more than is wanted tells whether the list goes on.
        let mut found = session.archived(kind, size.saturating_add(1), behind).await.map_err(from_registry)?;
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let more = (after.is_some(), found.len() > size);
        found.truncate(size);
        let ids: Vec<Uuid> = found.iter().map(|record| record.id).collect();
        let labels = session.archived_labels(kind, &ids).await.map_err(from_registry)?;
        let mut by = session.archived_by(&ids).await.map_err(from_registry)?;
        let records = found.into_iter().map(|record| {
            let title = labels.get(&record.id).and_then(|label| told(ctx, None, label)).unwrap_or(&record.code).to_owned();
            let cursor = encode((&record.at, record.id), list);
            let shown = ArchivedRecord {
                kind: E(kind),
                id: global_id::encode(kind, record.id),
                title,
                archived_by: by.remove(&record.id),
                code: record.code,
                archived_at: record.at,
            };
            (cursor, shown)
        });
        Ok(One(ArchivedRecordConnection { records: records.collect(), more }))
    }
}

/// A place in the list as a cursor: the instant, and the id among those of one instant.
fn encode((at, id): (&str, Uuid), list: u64) -> String {
    cursor::sealed(list, &[id.as_bytes(), at.as_bytes()])
}

/// The place that a cursor stands for.
fn decode(cursor: &str, list: u64) -> Result<(String, Uuid)> {
    let another = "another list: it goes with the kind that it came with";
    cursor::opened(cursor, list, ("after", another), |bytes| {
        let id = cursor::id(bytes)?;
        Some((cursor::text(bytes)?, id))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_its_place_and_fits_only_its_kind() {
        let place = ("2026-11-22T10:00:00Z".to_owned(), Uuid::from_u128(9));
        let (events, documents) = (mark(("archived", Kind::Event)), mark(("archived", Kind::Document)));
        let cursor = encode((&place.0, place.1), events);
        assert_eq!(decode(&cursor, events).unwrap(), place);
        assert!(decode(&cursor, documents).unwrap_err().message.contains("another list"));
        let nought = encode(("2026\0", place.1), events);
        for wrong in ["", "x", "!!!", "AAAA", &nought] {
            assert!(decode(wrong, events).unwrap_err().message.contains("no cursor"), "{wrong}");
        }
    }
}
