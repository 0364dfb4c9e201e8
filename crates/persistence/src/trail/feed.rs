//! The rows of one unit in the change feed: one for each record that it touches, however often.

use std::collections::{HashMap, HashSet};

use ketnoi_domain::{Coded, Kind, Visibility};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction,
    sea_query::{Expr, ExprTrait, OnConflict, Query, Value},
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    chain::{RowFacts, contents_digest},
    contents::{Now, joined, joined_names, names_only},
};
use crate::{
    Error, Stored,
    codec::level,
    people::tells_of_a_person,
    stored::{Readable, RowHead},
};

/// What was done with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
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

impl Operation {
    const ALL: [Self; 5] = [Self::Added, Self::Changed, Self::Removed, Self::Archived, Self::Restored];

    /// Its name, as it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Archived => "archived",
            Self::Restored => "restored",
        }
    }

    /// The operation of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.name() == name)
    }

    /// What two operations on one record are together.
    fn then(self, later: Self) -> Self {
        match (self, later) {
            (_, Self::Removed) => Self::Removed,
            (Self::Added, _) => Self::Added,
            (Self::Removed, Self::Added) | (Self::Archived, Self::Restored) | (Self::Restored, Self::Archived) => Self::Changed,
            (Self::Archived | Self::Restored, Self::Changed) => self,
            (_, later) => later,
        }
    }
}

/// What a unit did to one record.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) kind: Kind,
    pub(crate) id: Uuid,
    pub(crate) operation: Operation,
    /// The record as it was, as JSON.
    pub(crate) before: Option<String>,
    /// The record as it is since.
    pub(crate) after: Option<String>,
    /// The levels that decided and decide who may see it; nothing where there was or is no record.
    pub(crate) effective: (Option<i64>, Option<i64>),
    pub(crate) code: Option<String>,
    pub(crate) version: Option<i64>,
}

impl Change {
    /// What became of a row.
    pub(crate) fn of_rows<T: Stored>(
        operation: Operation,
        old: Option<&<T as Readable>::Row>,
        new: Option<&<T as Readable>::Row>,
    ) -> Self {
        let id = new.or(old).map_or(Uuid::nil(), RowHead::id);
        let (old, new) = (old.map(Now::of::<T>).unwrap_or_default(), new.map(Now::of::<T>).unwrap_or_default());
        Self {
            kind: T::KIND,
            id,
            operation,
            before: old.contents,
            after: new.contents,
            effective: (old.effective, new.effective),
            code: new.code.or(old.code),
            version: new.version.or(old.version),
        }
    }

    /// Without what must not be kept. A person's code is made of their name, so it is not kept either; nor is anything of what
    /// sources say of a person.
    fn kept(self) -> Self {
        if tells_of_a_person(self.before.as_deref()) || tells_of_a_person(self.after.as_deref()) {
            return Self { before: None, after: None, code: None, ..self };
        }
        if !self.kind.is_personal() {
            return self;
        }
        let names = names_only(self.before.as_deref(), self.after.as_deref());
        Self { before: None, after: names, code: None, ..self }
    }

    /// Takes in what the same unit did to the record afterwards.
    fn join(&mut self, later: Self) {
        let made_here = self.effective.0.is_none();
        if self.kind.is_personal() {
            self.after = joined_names(self.after.take(), later.after);
        } else {
            if !made_here {
                self.before = joined(self.before.take(), later.before);
            }
            self.after = if later.operation == Operation::Removed { None } else { joined(later.after, self.after.take()) };
        }
        self.operation = self.operation.then(later.operation);
        self.effective.1 = later.effective.1;
        self.code = later.code.or(self.code.take());
        self.version = later.version.or(self.version);
    }

    fn digest(&self, revision: i64, position: i64) -> [u8; 32] {
        let contents = contents_digest(self.before.as_deref(), self.after.as_deref());
        self.facts(revision, position, contents.as_deref()).digest()
    }

    fn facts<'c>(&'c self, revision: i64, position: i64, contents: Option<&'c str>) -> RowFacts<'c> {
        RowFacts {
            revision,
            position,
            kind: self.kind.name(),
            record: self.id,
            operation: self.operation.name(),
            code: self.code.as_deref(),
            version: self.version,
            effective: self.effective,
            contents,
        }
    }

    fn values(self, revision: i64, position: i64) -> [Value; CHANGE.len()] {
        let contents = contents_digest(self.before.as_deref(), self.after.as_deref());
        [
            revision.into(),
            position.into(),
            self.kind.name().into(),
            self.id.into(),
            self.operation.name().into(),
            self.before.into(),
            self.after.into(),
            contents.into(),
            self.effective.0.into(),
            self.effective.1.into(),
            self.code.into(),
            self.version.into(),
        ]
    }
}

/// The columns of a change, as they are written here and read by those who verify.
pub(super) const CHANGE: [&str; 12] = [
    "revision",
    "position",
    "kind",
    "record_id",
    "operation",
    "before",
    "after",
    "contents",
    "effective_before",
    "effective_after",
    "code",
    "version",
];

/// So many changes are held back at most, and so many bytes of what they say, before they are written: a large import would
/// otherwise hold all its records once more as JSON.
const HELD: usize = 500;
const HELD_BYTES: usize = 4 << 20;

/// The changes of one unit. Of each only its place and its digest stay in memory, about a hundred bytes.
#[derive(Debug)]
pub(crate) struct Feed {
    revision: i64,
    /// Where the change of a record stands.
    places: HashMap<Uuid, usize>,
    /// The digests of those that are written.
    written: Vec<[u8; 32]>,
    held: Vec<Change>,
    held_bytes: usize,
    /// Records that are for partners since.
    for_partners: HashSet<Uuid>,
    /// Whether something was done that leaves no row.
    silent: bool,
}

impl Feed {
    pub(crate) fn of(revision: i64) -> Self {
        let (places, for_partners) = (HashMap::new(), HashSet::new());
        Self { revision, places, written: Vec::new(), held: Vec::new(), held_bytes: 0, for_partners, silent: false }
    }

    /// Whether nothing was done.
    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty() && !self.silent
    }

    /// How many records were touched.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// Notes what was done to a record. What was done to it before by this unit is joined with it: a reader of the feed gets
    /// each record once a revision, and a reader of the trail one before and one after.
    pub(crate) async fn note(&mut self, transaction: &DatabaseTransaction, change: Change) -> Result<(), Error> {
        if change.kind == Kind::Ballot {
            // A row here would tie the ballot to an instant, and so to who came to the table then.
            self.silent = true;
            return Ok(());
        }
        let change = change.kept();
        if change.effective.1 == Some(level(Visibility::Partners)) {
            self.for_partners.insert(change.id);
        }
        match self.places.get(&change.id).copied() {
            Some(place) if place >= self.written.len() => {
                if let Some(held) = self.held.get_mut(place - self.written.len()) {
                    held.join(change);
                }
            }
            Some(place) => self.join_written(transaction, place, change).await?,
            None => {
                self.places.insert(change.id, self.written.len() + self.held.len());
                self.held_bytes += [&change.before, &change.after].into_iter().flatten().map(String::len).sum::<usize>();
                self.held.push(change);
                if self.held.len() >= HELD || self.held_bytes >= HELD_BYTES {
                    self.write(transaction).await?;
                }
            }
        }
        Ok(())
    }

    async fn write(&mut self, transaction: &DatabaseTransaction) -> Result<(), Error> {
        if self.held.is_empty() {
            return Ok(());
        }
        let mut feed = Query::insert();
        feed.into_table("change").columns(CHANGE);
        for change in std::mem::take(&mut self.held) {
            let position = self.position(self.written.len());
            self.written.push(change.digest(self.revision, position));
            feed.values_panic(change.values(self.revision, position).map(Expr::val));
        }
        self.held_bytes = 0;
        transaction.execute(&feed).await?;
        Ok(())
    }

    /// Joins a change with one that is in the database already.
    async fn join_written(&mut self, transaction: &DatabaseTransaction, place: usize, later: Change) -> Result<(), Error> {
        let position = self.position(place);
        let here = || Expr::col("revision").eq(self.revision).and(Expr::col("position").eq(position));
        let read = Query::select().columns(CHANGE).from("change").and_where(here()).to_owned();
        let Some(row) = transaction.query_one(&read).await? else {
            return Err(Error::Statement(format!("the change {position} of revision {} is gone", self.revision)));
        };
        let operation: String = row.try_get("", "operation")?;
        let mut change = Change {
            kind: later.kind,
            id: later.id,
            operation: Operation::from_name(&operation).unwrap_or(later.operation),
            before: row.try_get("", "before")?,
            after: row.try_get("", "after")?,
            effective: (row.try_get("", "effective_before")?, row.try_get("", "effective_after")?),
            code: row.try_get("", "code")?,
            version: row.try_get("", "version")?,
        };
        change.join(later);
        let digest = change.digest(self.revision, position);
        let values = CHANGE.into_iter().zip(change.values(self.revision, position).map(Expr::val)).skip(4);
        let update = Query::update().table("change").values(values).and_where(here()).to_owned();
        transaction.execute(&update).await?;
        if let Some(written) = self.written.get_mut(place) {
            *written = digest;
        }
        Ok(())
    }

    /// Writes what is left, and gives the digest of all.
    pub(crate) async fn close(mut self, transaction: &DatabaseTransaction) -> Result<[u8; 32], Error> {
        self.write(transaction).await?;
        self.keep_reach(transaction).await?;
        let mut all = Sha256::new();
        self.written.iter().for_each(|digest| all.update(digest));
        Ok(all.finalize().into())
    }

    /// Keeps who is in the reach of what this unit left for partners: they are told when it goes out of their view, and by then
    /// their reach is gone.
    async fn keep_reach(&self, transaction: &DatabaseTransaction) -> Result<(), Error> {
        let all: Vec<Uuid> = self.for_partners.iter().copied().collect();
        for part in all.chunks(HELD) {
            let mut now = Query::select();
            now.columns(["record_id", "party_id"]).from("reach").and_where(Expr::col("record_id").is_in(part.iter().copied()));
            let mut keep = Query::insert();
            keep.into_table("reach_past").columns(["record_id", "party_id"]);
            keep.select_from(now).map_err(|e| Error::Statement(e.to_string()))?;
            keep.on_conflict(OnConflict::columns(["record_id", "party_id"]).do_nothing().to_owned());
            transaction.execute(&keep).await?;
        }
        Ok(())
    }

    fn position(&self, place: usize) -> i64 {
        i64::try_from(place).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(kind: Kind, operation: Operation, before: Option<&str>, after: Option<&str>) -> Change {
        let text = |t: Option<&str>| t.map(str::to_owned);
        let effective = (before.map(|_| 3), after.map(|_| 3));
        let (before, after) = (text(before), text(after));
        Change { kind, id: Uuid::nil(), operation, before, after, effective, code: Some("x".into()), version: Some(1) }
    }

    #[test]
    fn a_record_that_is_made_and_changed_was_made() {
        let mut made = change(Kind::Programme, Operation::Added, None, Some(r#"{"a":1}"#));
        made.join(change(Kind::Programme, Operation::Changed, Some(r#"{"a":1}"#), Some(r#"{"a":2}"#)));
        assert_eq!((made.operation, made.before.as_deref(), made.after.as_deref()), (Operation::Added, None, Some(r#"{"a":2}"#)));
        made.join(change(Kind::Programme, Operation::Removed, Some(r#"{"a":2}"#), None));
        assert_eq!((made.operation, made.before, made.after, made.effective), (Operation::Removed, None, None, (None, None)));
    }

    #[test]
    fn a_record_that_is_changed_twice_was_what_it_was_first() {
        let mut twice = change(Kind::Programme, Operation::Changed, Some(r#"{"a":1}"#), Some(r#"{"a":2}"#));
        twice.join(change(Kind::Programme, Operation::Changed, Some(r#"{"a":2}"#), Some(r#"{"a":3}"#)));
        assert_eq!((twice.before.as_deref(), twice.after.as_deref()), (Some(r#"{"a":1}"#), Some(r#"{"a":3}"#)));
        // With a note that says less than the whole record, both stay readable.
        twice.join(change(Kind::Programme, Operation::Changed, Some(r#"{"b":[]}"#), Some(r#"{"b":[1]}"#)));
        let after: serde_json::Value = serde_json::from_str(twice.after.as_deref().unwrap()).unwrap();
        assert_eq!(after, serde_json::json!({ "a": 3, "b": [1] }));
    }

    #[test]
    fn nothing_that_a_person_is_called_is_kept() {
        let old = r#"{"head":{"code":"do-hau"},"name":{"vi":"Đỗ Hậu"}}"#;
        let new = r#"{"head":{"code":"do-hau"},"name":{"vi":"Đỗ Văn Hậu"}}"#;
        let kept = change(Kind::Person, Operation::Changed, Some(old), Some(new)).kept();
        assert_eq!((kept.before, kept.after.as_deref(), kept.code), (None, Some(r#"{"changed":["name"]}"#), None));
        let made = change(Kind::Person, Operation::Added, None, Some(new)).kept();
        assert_eq!((made.before, made.after), (None, None));
    }

    #[test]
    fn operations_have_names_of_their_own() {
        for operation in Operation::ALL {
            assert_eq!(Operation::from_name(operation.name()), Some(operation));
        }
    }
}
