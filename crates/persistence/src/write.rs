//! Writes: what changed, the audit entry and the change feed are committed together, or none of them.

use std::collections::HashMap;

use ketnoi_domain::{Coded, Head, Id, Kind, Record, Succession};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, EntityTrait, IdenStatic, IntoActiveModel,
    Iterable, QueryFilter, QueryOrder, SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use uuid::Uuid;

use crate::{
    Error, Store, Stored,
    search::{self, Entry},
    settle::settle,
    stored::{Readable, RowHead},
    tables::{partnership_sector, programme_classification, programme_place, succession},
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
    touched: Vec<(Kind, Uuid, &'static str)>,
    /// Whether something that others belong to may now be seen by more or fewer.
    unsettled: bool,
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
        Ok(Self { writer: store.writer().clone(), transaction, receipt, touched: Vec::new(), unsettled: false })
    }

    /// Makes or changes records of one kind; those that are there already as they are stay untouched.
    pub async fn put<T: Stored>(&mut self, records: &[T]) -> Result<(), Error> {
        let mut known: HashMap<Uuid, <T as Readable>::Row> = HashMap::new();
        let id = id_column::<T>();
        for part in records.chunks(VALUES) {
            let ids = part.iter().map(|r| r.head().id.uuid());
            let find = <T as Readable>::Entity::find().filter(id.is_in(ids));
            known.extend(find.all(&self.transaction).await?.into_iter().map(|row| (row.id(), row)));
        }
        let (mut write, mut found) = (Vec::new(), Vec::new());
        for record in records {
            let mut row = record.encode();
            let operation = match known.get(&row.id()) {
                Some(old) if old.content() == row.content() => {
                    self.receipt.unchanged += 1;
                    continue;
                }
                Some(old) => {
                    self.unsettled |= old.effective() != row.effective();
                    row.set_version(old.version() + 1);
                    self.receipt.changed += 1;
                    "changed"
                }
                None => {
                    row.set_version(1);
                    self.receipt.added += 1;
                    "added"
                }
            };
            self.touched.push((T::KIND, row.id(), operation));
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

    /// Lets what belongs to the records of this unit be seen by no more than those may see them. Done by every commit;
    /// earlier by who wants to know what it changes.
    pub async fn settle(&mut self) -> Result<(), Error> {
        if std::mem::take(&mut self.unsettled) {
            let moved = settle(&self.transaction).await?;
            self.receipt.changed += moved.len();
            self.touched.extend(moved.into_iter().map(|(kind, id)| (kind, id, "changed")));
        }
        Ok(())
    }

    /// Takes records of one kind away.
    pub async fn remove<T: Stored>(&mut self, ids: &[Uuid]) -> Result<(), Error> {
        for part in ids.chunks(VALUES) {
            <T as Readable>::Entity::delete_many()
                .filter(id_column::<T>().is_in(part.iter().copied()))
                .exec(&self.transaction)
                .await?;
        }
        search::remove(&self.transaction, ids).await?;
        self.receipt.removed += ids.len();
        self.touched.extend(ids.iter().map(|id| (T::KIND, *id, "removed")));
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
        self.touched.extend(gone.iter().chain(&come).map(|s| (T::KIND, s.successor_id, "changed")));
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

    /// Whether nothing has been written so far.
    pub fn is_idle(&self) -> bool {
        self.touched.is_empty()
    }

    /// What it has done so far.
    pub fn receipt(&self) -> Receipt {
        self.receipt
    }

    /// Writes the audit entry and the change feed, and commits all. A unit that touched nothing is rolled back instead, so
    /// that doing a thing twice is the same as doing it once.
    pub async fn commit(mut self, signature: &Signature<'_>) -> Result<Receipt, Error> {
        self.settle().await?;
        if self.is_idle() {
            self.transaction.rollback().await?;
            return Ok(Receipt { revision: self.receipt.revision - 1, ..self.receipt });
        }
        let revision = self.receipt.revision;
        let Signature { entry, at, actor, action, detail, .. } = *signature;
        let audit = Query::insert()
            .into_table("audit_entry")
            .columns(["id", "revision", "at", "actor", "action", "detail"])
            .values_panic([entry.into(), revision.into(), at.into(), actor.into(), action.into(), detail.into()])
            .to_owned();
        self.transaction.execute(&audit).await?;
        let mut position = 0i64;
        for part in self.touched.chunks(VALUES / 5) {
            let mut feed = Query::insert();
            feed.into_table("change").columns(["revision", "position", "kind", "record_id", "operation"]);
            for (kind, id, operation) in part {
                feed.values_panic([revision.into(), position.into(), kind.name().into(), (*id).into(), (*operation).into()]);
                position += 1;
            }
            self.transaction.execute(&feed).await?;
        }
        self.transaction.commit().await?;
        if self.touched.len() > MANY {
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
fn column<T: Stored>(name: &str) -> <<T as Readable>::Entity as EntityTrait>::Column {
    let found = <<T as Readable>::Entity as EntityTrait>::Column::iter().find(|c| c.as_str() == name);
    found.unwrap_or_else(|| unreachable!("every record has the column {name}"))
}
