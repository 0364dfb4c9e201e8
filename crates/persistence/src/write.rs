//! Writes: what changed, the audit entry and the change feed are committed together, or none of them.

mod relations;
mod settled;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use ketnoi_domain::Head;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, EntityTrait, IdenStatic, IntoActiveModel,
    Iterable, QueryFilter, QueryOrder, SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use uuid::Uuid;

use crate::{
    Error, Store, Stored,
    search::{self, Entry, Held},
    settle::{self, Touches},
    stored::{Readable, RowHead},
    trail::{Change, Feed, News, Operation, sign},
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
    /// What the search is to keep of them, as far as that is not in the database yet.
    entries: Held,
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
        let next = Expr::col("revision").add(1);
        let bump = Query::update().table("registry").value("revision", next).returning_col("revision").to_owned();
        let Some(row) = transaction.query_one(&bump).await? else {
            return Err(Error::Refused("the registry has not been set up: run `ketnoi migrate up` first".into()));
        };
        let receipt = Receipt { revision: row.try_get("", "revision")?, ..Receipt::default() };
        let (writer, news, feed) = (store.writer().clone(), Arc::clone(store.news()), Feed::of(receipt.revision));
        let (entries, unsettled, marked, noted, admitted) =
            (Held::default(), Touches::default(), false, String::new(), HashSet::new());
        Ok(Self { writer, transaction, receipt, feed, entries, news, unsettled, marked, claimed: false, noted, admitted })
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
        let mut write = Vec::new();
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
            self.entries.hold(Entry::of(record, &row));
            if self.entries.is_full() {
                self.write_entries().await?;
            }
            write.push(row);
        }
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
        self.write_entries().await?;
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

    /// Writes what the search is to keep, before something is done to all that it keeps.
    pub(crate) async fn write_entries(&mut self) -> Result<(), Error> {
        self.entries.write(&self.transaction).await
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
