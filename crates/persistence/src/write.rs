//! Writes: what changed, the audit entry and the change feed are committed together, or none of them.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use ketnoi_domain::{Coded, Head, Id, Kind, Record, Succession};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, EntityTrait, IdenStatic, IntoActiveModel,
    Iterable, QueryFilter, QueryOrder, SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Error, Store, Stored,
    search::{self, Entry},
    settle::{self, Moved, Settled, Touches},
    stored::{Readable, RowHead},
    tables::{partnership_sector, programme_classification, programme_place, succession},
    trail::{Change, Feed, News, Operation, contents_of, sign, with_level},
};

/// What a unit of work did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The registry's revision after it.
    pub revision: i64,
    /// How many records were made.
    pub added: usize,
    /// How many were changed.
    pub changed: usize,
    /// How many were there already as they are.
    pub unchanged: usize,
    /// How many were taken away.
    pub removed: usize,
}

/// Who made a change, when, and from which request: what the trail tells of it.
#[derive(Clone, Copy, Debug)]
pub struct Signature<'a> {
    /// The id of the audit entry.
    pub entry: Uuid,
    /// The instant, RFC 3339 in UTC.
    pub at: &'a str,
    /// What the author is called.
    pub actor: &'a str,
    /// The author's account, if they have one.
    pub account: Option<Uuid>,
    /// The request that asked for it, as the log has it.
    pub request: Option<&'a str>,
    /// What was done: `create programme`, `import registry`.
    pub action: &'a str,
    /// What there is to say besides; never a secret, never a person's name.
    pub detail: &'a str,
}

impl<'a> Signature<'a> {
    /// The signature of what the machine does by itself.
    pub fn of(entry: Uuid, at: &'a str, actor: &'a str, action: &'a str) -> Self {
        Self { entry, at, actor, account: None, request: None, action, detail: "" }
    }
}

/// One change of the registry, of however many records. Dropped without a commit, it leaves nothing.
#[derive(Debug)]
pub struct UnitOfWork {
    writer: DatabaseConnection,
    transaction: DatabaseTransaction,
    receipt: Receipt,
    /// What it did to which records, as far as that is not in the database yet.
    feed: Feed,
    news: Arc<News>,
    /// What may now be seen by more or fewer, itself or what belongs to it.
    unsettled: Touches,
    /// Whether something was written that is no record.
    marked: bool,
    /// Whether it notes what is done under a key (`claim.rs`).
    pub(crate) claimed: bool,
    /// What the audit trail is to say of what is no record.
    noted: String,
    /// The dialogues that this unit may change (`votes/guard.rs`).
    pub(crate) admitted: HashSet<Uuid>,
}

/// After a write of more records than that, the database is told to count its rows anew.
const MANY: usize = 1_000;

/// Rows that are written by one statement; SQLite binds at most 32,766 values in one.
const VALUES: usize = 30_000;

impl UnitOfWork {
    /// Begins. On SQLite it takes the write lock at once: a reader that turned writer later could only fail.
    pub async fn begin(store: &Store) -> Result<Self, Error> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = store.writer().begin_with_options(options).await?;
        // On PostgreSQL this row lock makes writers follow one another, so that revisions are in commit order.
        let bump = Query::update().table("registry").value("revision", Expr::col("revision").add(1)).to_owned();
        transaction.execute(&bump).await?;
        let read = Query::select().column("revision").from("registry").to_owned();
        let row = transaction.query_one(&read).await?;
        let Some(row) = row else {
            return Err(Error::Refused("the registry has not been set up: run `ketnoi migrate up` first".into()));
        };
        let receipt = Receipt { revision: row.try_get("", "revision")?, ..Receipt::default() };
        let (writer, news, feed) = (store.writer().clone(), Arc::clone(store.news()), Feed::of(receipt.revision));
        let (unsettled, marked, noted, admitted) = (Touches::default(), false, String::new(), HashSet::new());
        Ok(Self { writer, transaction, receipt, feed, news, unsettled, marked, claimed: false, noted, admitted })
    }

    /// Makes or changes records of one kind; those that are there already as they are stay untouched.
    pub async fn put<T: Stored>(&mut self, records: &[T]) -> Result<(), Error> {
        self.keep_votes(records).await?;
        let erased = self.bring_back(records).await?;
        let mut known: HashMap<Uuid, <T as Readable>::Row> = HashMap::new();
        let id = id_column::<T>();
        for part in records.chunks(VALUES) {
            let ids = part.iter().map(|r| r.head().id.uuid());
            let find = <T as Readable>::Entity::find().filter(id.is_in(ids));
            known.extend(find.all(&self.transaction).await?.into_iter().map(|row| (row.id(), row)));
        }
        let (mut write, mut found) = (Vec::new(), Vec::new());
        for record in records {
            if erased.contains(&record.head().id.uuid()) {
                self.receipt.unchanged += 1;
                continue;
            }
            if record.is_withheld() {
                return Err(Error::Refused("counts that were withheld from the reader cannot be written back".into()));
            }
            let mut row = record.encode();
            let old = known.get(&row.id());
            if let Some(old) = old {
                // Who may see it in truth is found out when the unit settles; until then it stays as it was.
                row.set_effective(old.effective());
            }
            let operation = match old {
                Some(old) if old.content() == row.content() => {
                    self.receipt.unchanged += 1;
                    continue;
                }
                Some(old) => {
                    row.set_version(old.version() + 1);
                    self.receipt.changed += 1;
                    Operation::Changed
                }
                None => {
                    row.set_version(1);
                    self.receipt.added += 1;
                    Operation::Added
                }
            };
            self.feed.note(&self.transaction, Change::of_rows::<T>(operation, old, Some(&row))).await?;
            self.unsettled.put::<T>(old, &row);
            found.push(Entry::of(record, &row));
            write.push(row);
        }
        search::put(&self.transaction, &found).await?;
        let columns = <<T as Readable>::Entity as EntityTrait>::Column::iter().count();
        let update = OnConflict::column(id).update_columns(<<T as Readable>::Entity as EntityTrait>::Column::iter()).to_owned();
        let mut rows = write.into_iter().map(IntoActiveModel::into_active_model).peekable();
        while rows.peek().is_some() {
            let part: Vec<_> = rows.by_ref().take(VALUES / columns).collect();
            <T as Readable>::Entity::insert_many(part)
                .on_conflict(update.clone())
                .exec_without_returning(&self.transaction)
                .await?;
        }
        Ok(())
    }

    /// Finds out who may see the records of this unit, and what belongs to them, in truth. Done by every commit; earlier by
    /// who wants to know what it changes.
    pub async fn settle(&mut self) -> Result<(), Error> {
        let unsettled = std::mem::take(&mut self.unsettled);
        if unsettled.is_empty() {
            return Ok(());
        }
        let settled = settle::settle(&self.transaction, &unsettled).await?;
        self.note_settled(&settled).await
    }

    /// Settles every record there is, whatever this unit touched: to check a registry, and to mend one.
    pub async fn settle_all(&mut self) -> Result<(), Error> {
        self.unsettled = Touches::default();
        let settled = settle::settle_all(&self.transaction).await?;
        self.note_settled(&settled).await
    }

    /// Tells the feed what settling did: which records more or fewer may see than before, and which stayed at their level but
    /// came into the reach of someone or went out of it.
    async fn note_settled(&mut self, settled: &Settled) -> Result<(), Error> {
        self.receipt.changed += settled.moved.len();
        let all: Vec<&Moved> = settled.moved.iter().chain(&settled.reached).collect();
        for part in all.chunks(MANY) {
            let contents = contents_of(&self.transaction, part.iter().map(|m| (m.kind, m.id))).await?;
            for m in part {
                let now = contents.get(&m.id).cloned().unwrap_or_default();
                let (before, after) = (with_level(now.contents.as_deref(), m.before), now.contents);
                let effective = (Some(m.before), Some(m.after));
                let (operation, code, version) = (Operation::Changed, now.code, now.version);
                let change = Change { kind: m.kind, id: m.id, operation, before, after, effective, code, version };
                self.feed.note(&self.transaction, change).await?;
            }
        }
        Ok(())
    }

    /// Notes what happened to a record that another way than [`UnitOfWork::put`] has written: who archives or restores it says
    /// so here. Levels are those that decide who may see it, nothing where there is no record.
    pub async fn touch(
        &mut self,
        kind: Kind,
        id: Uuid,
        operation: Operation,
        effective: (Option<i64>, Option<i64>),
    ) -> Result<(), Error> {
        self.unsettled.touch(kind, id);
        let now = contents_of(&self.transaction, [(kind, id)]).await?.remove(&id).unwrap_or_default();
        let before = effective.0.and_then(|level| with_level(now.contents.as_deref(), level));
        let after = effective.1.and_then(|level| with_level(now.contents.as_deref(), level));
        let change = Change { kind, id, operation, before, after, effective, code: now.code, version: now.version };
        self.feed.note(&self.transaction, change).await
    }

    /// Takes records of one kind away.
    pub async fn remove<T: Stored>(&mut self, ids: &[Uuid]) -> Result<(), Error> {
        self.keep_votes_whole::<T>(ids).await?;
        settle::forget::<T>(&self.transaction, &mut self.unsettled, ids).await?;
        for part in ids.chunks(MANY) {
            let find = <T as Readable>::Entity::find().filter(id_column::<T>().is_in(part.iter().copied()));
            for old in find.all(&self.transaction).await? {
                self.feed.note(&self.transaction, Change::of_rows::<T>(Operation::Removed, Some(&old), None)).await?;
            }
            <T as Readable>::Entity::delete_many()
                .filter(id_column::<T>().is_in(part.iter().copied()))
                .exec(&self.transaction)
                .await?;
        }
        search::remove(&self.transaction, ids).await?;
        self.receipt.removed += ids.len();
        Ok(())
    }

    /// The codes and ids of all records of a kind whose code starts with one of these prefixes.
    pub async fn ids_below<T: Stored>(&self, prefixes: &[String]) -> Result<Vec<(String, Uuid)>, Error> {
        let code = column::<T>("code");
        let mut all = Vec::new();
        for part in prefixes.chunks(500) {
            let any = part.iter().fold(sea_orm::Condition::any(), |any, p| {
                // Codes hold no wildcard but the underscore; a range needs none.
                any.add(code.gte(p.as_str()).and(code.lt(format!("{p}~"))))
            });
            let rows = <T as Readable>::Entity::find().filter(any).order_by_asc(code).all(&self.transaction).await?;
            all.extend(rows.into_iter().map(|row| (row.code().to_owned(), row.id())));
        }
        Ok(all)
    }

    /// The heads of records of a kind by their codes, whoever may see them.
    pub async fn heads_of<T: Stored>(&self, codes: &[&str]) -> Result<Vec<Head<T>>, Error> {
        let mut all = Vec::new();
        for part in codes.chunks(VALUES) {
            let find = <T as Readable>::Entity::find().filter(column::<T>("code").is_in(part.iter().copied()));
            for row in find.all(&self.transaction).await? {
                all.push(T::from_row(row)?.head().clone());
            }
        }
        Ok(all)
    }

    /// Puts the successions of these bodies in the place of those they had as successors.
    pub async fn put_successions<T: Record>(&mut self, successors: &[Uuid], all: &[Succession<Id<T>>]) -> Result<(), Error> {
        let mut old: Vec<succession::Model> = Vec::new();
        for part in successors.chunks(VALUES) {
            let find = succession::Entity::find().filter(succession::Column::SuccessorId.is_in(part.iter().copied()));
            old.extend(find.all(&self.transaction).await?);
        }
        let new: Vec<succession::Model> = all.iter().map(succession::Model::of).collect();
        let gone: Vec<&succession::Model> = old.iter().filter(|s| !new.contains(s)).collect();
        let come: Vec<&succession::Model> = new.iter().filter(|s| !old.contains(s)).collect();
        for part in gone.chunks(VALUES) {
            let ids = part.iter().map(|s| s.id);
            succession::Entity::delete_many().filter(succession::Column::Id.is_in(ids)).exec(&self.transaction).await?;
        }
        for part in come.chunks(VALUES / 6) {
            let rows = part.iter().map(|s| (*s).clone().into_active_model());
            succession::Entity::insert_many(rows).exec_without_returning(&self.transaction).await?;
        }
        let mut changed: Vec<Uuid> = gone.iter().chain(&come).map(|s| s.successor_id).collect();
        changed.sort_unstable();
        changed.dedup();
        for part in changed.chunks(MANY) {
            let contents = contents_of(&self.transaction, part.iter().map(|id| (T::KIND, *id))).await?;
            for id in part {
                let told = |all: &[succession::Model]| {
                    let own = all.iter().filter(|s| s.successor_id == *id);
                    let one = |s: &succession::Model| json!({ "id": s.predecessor_id, "how": s.how, "on": s.happened_on });
                    Some(json!({ "predecessors": own.map(one).collect::<Vec<_>>() }).to_string())
                };
                let now = contents.get(id).cloned().unwrap_or_default();
                let change = Change {
                    kind: T::KIND,
                    id: *id,
                    operation: Operation::Changed,
                    before: told(&old),
                    after: told(&new),
                    effective: (now.effective, now.effective),
                    code: now.code,
                    version: now.version,
                };
                self.feed.note(&self.transaction, change).await?;
            }
        }
        Ok(())
    }

    /// All successions of a kind of body, as (predecessor, successor).
    pub async fn successions<T: Record>(&self) -> Result<Vec<(Uuid, Uuid)>, Error> {
        let find = succession::Entity::find().filter(succession::Column::Kind.eq(T::KIND.name()));
        Ok(find.all(&self.transaction).await?.into_iter().map(|s| (s.predecessor_id, s.successor_id)).collect())
    }

    /// Who is a part of whom, as (parent, part), among all records of a kind that is a tree.
    pub async fn parents<T: Stored>(&self) -> Result<Vec<(Uuid, Uuid)>, Error> {
        let part_of = Expr::col("parent_id").is_not_null();
        let find = Query::select().columns(["parent_id", "id"]).from(T::TABLE).and_where(part_of).to_owned();
        let rows = self.transaction.query_all(&find).await?;
        rows.iter().map(|row| Ok((row.try_get("", "parent_id")?, row.try_get("", "id")?))).collect()
    }

    /// Writes the lists by which these programmes are found, in the place of the old ones.
    pub async fn put_programme_lists(&mut self, programmes: &[ketnoi_domain::Programme]) -> Result<(), Error> {
        let ids: Vec<Uuid> = programmes.iter().map(|p| p.head.id.uuid()).collect();
        for part in ids.chunks(VALUES) {
            let part = || part.iter().copied();
            let classifications = programme_classification::Column::ProgrammeId.is_in(part());
            programme_classification::Entity::delete_many().filter(classifications).exec(&self.transaction).await?;
            let places = programme_place::Column::ProgrammeId.is_in(part());
            programme_place::Entity::delete_many().filter(places).exec(&self.transaction).await?;
        }
        let codes: Vec<_> = programmes.iter().flat_map(|p| p.classifications.iter().map(|c| (p.head.id.uuid(), c))).collect();
        for part in codes.chunks(VALUES / 3) {
            let rows = part.iter().map(|(programme_id, c)| {
                let (scheme, code) = (c.scheme.code().to_owned(), c.code.clone());
                programme_classification::Model { programme_id: *programme_id, scheme, code }.into_active_model()
            });
            programme_classification::Entity::insert_many(rows).exec_without_returning(&self.transaction).await?;
        }
        let places: Vec<_> =
            programmes.iter().flat_map(|p| p.places.iter().map(|q| (p.head.id.uuid(), q.authority.uuid()))).collect();
        for part in places.chunks(VALUES / 2) {
            let rows = part.iter().map(|(programme_id, authority_id)| {
                programme_place::Model { programme_id: *programme_id, authority_id: *authority_id }.into_active_model()
            });
            programme_place::Entity::insert_many(rows).exec_without_returning(&self.transaction).await?;
        }
        Ok(())
    }

    /// Writes the lists by which these partnerships are found, in the place of the old ones.
    pub async fn put_partnership_lists(&mut self, partnerships: &[ketnoi_domain::Partnership]) -> Result<(), Error> {
        let ids: Vec<Uuid> = partnerships.iter().map(|p| p.head.id.uuid()).collect();
        for part in ids.chunks(VALUES) {
            let old = partnership_sector::Column::PartnershipId.is_in(part.iter().copied());
            partnership_sector::Entity::delete_many().filter(old).exec(&self.transaction).await?;
        }
        let codes: Vec<_> = partnerships.iter().flat_map(|p| p.sectors.iter().map(|c| (p.head.id.uuid(), c))).collect();
        for part in codes.chunks(VALUES / 2) {
            let rows = part.iter().map(|(partnership_id, code)| {
                partnership_sector::Model { partnership_id: *partnership_id, code: (*code).clone() }.into_active_model()
            });
            partnership_sector::Entity::insert_many(rows).exec_without_returning(&self.transaction).await?;
        }
        Ok(())
    }

    /// The transaction, for what is written beside records.
    pub(crate) fn transaction(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Notes that something was written that is no record, so that the commit does not take the unit for an idle one.
    pub fn mark(&mut self) {
        self.marked = true;
    }

    /// The same, with what the audit trail is to say of it; never a secret, never a person's name.
    pub fn note(&mut self, what: &str) {
        self.mark();
        if !self.noted.is_empty() {
            self.noted.push_str("; ");
        }
        self.noted.push_str(what);
    }

    /// What the audit trail is to say besides the records.
    pub fn noted(&self) -> &str {
        &self.noted
    }

    /// Whether nothing has been written so far.
    pub fn is_idle(&self) -> bool {
        self.feed.is_empty() && !self.marked
    }

    /// What it has done so far.
    pub fn receipt(&self) -> Receipt {
        self.receipt
    }

    /// Writes the audit entry and the change feed, and commits all. A unit that touched nothing is rolled back instead, so
    /// that doing a thing twice is the same as doing it once; of such a unit only its claim stays, if it has one: whoever asks
    /// again under that key asks for the same, which must not be done later either.
    pub async fn commit(mut self, signature: &Signature<'_>) -> Result<Receipt, Error> {
        self.settle().await?;
        if self.is_idle() {
            if self.claimed {
                // Nobody else has seen the new revision: the row is locked since this unit began.
                let back = Query::update().table("registry").value("revision", Expr::col("revision").sub(1)).to_owned();
                self.transaction.execute(&back).await?;
                self.transaction.commit().await?;
            } else {
                self.transaction.rollback().await?;
            }
            return Ok(Receipt { revision: self.receipt.revision - 1, ..self.receipt });
        }
        let revision = self.receipt.revision;
        let many = self.feed.len() > MANY;
        let changes = self.feed.close(&self.transaction).await?;
        sign(&self.transaction, signature, revision, &changes).await?;
        News::announce(&self.transaction, revision).await?;
        self.transaction.commit().await?;
        self.news.tell(revision);
        if many {
            look_again(&self.writer).await;
        }
        Ok(self.receipt)
    }

    /// Leaves the registry as it was.
    pub async fn roll_back(self) -> Result<Receipt, Error> {
        self.transaction.rollback().await?;
        Ok(self.receipt)
    }
}

/// Lets the database count its rows anew. Before a first large write it knows of none, and plans for none.
async fn look_again(writer: &DatabaseConnection) {
    let postgres = writer.get_database_backend() == DbBackend::Postgres;
    let look = if postgres { "ANALYZE" } else { "PRAGMA optimize = 0x10002" };
    if let Err(error) = writer.execute_unprepared(look).await {
        // What was written stays written; only plans are worse until the database looks by itself.
        tracing::warn!(%error, "the database could not count its rows anew");
    }
}

fn id_column<T: Stored>() -> <<T as Readable>::Entity as EntityTrait>::Column {
    column::<T>("id")
}

/// A column that every record has.
pub(crate) fn column<T: Stored>(name: &str) -> <<T as Readable>::Entity as EntityTrait>::Column {
    let found = <<T as Readable>::Entity as EntityTrait>::Column::iter().find(|c| c.as_str() == name);
    found.unwrap_or_else(|| unreachable!("every record has the column {name}"))
}
