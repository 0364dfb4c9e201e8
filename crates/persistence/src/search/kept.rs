//! What is kept of each record, and how it follows what is written.

use std::collections::BTreeMap;

use ketnoi_domain::{Kind, Record};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query, SimpleExpr, Value},
};
use uuid::Uuid;

use super::{number, weight, whole, words};
use crate::{
    Error,
    codec::to_text,
    stored::{Readable, RowHead, Stored},
    tables::every_kind,
};

/// What the search keeps of a record.
#[derive(Debug)]
pub(crate) struct Entry {
    kind: Kind,
    id: Uuid,
    effective: i64,
    illustrative: bool,
    /// Its folded names whole, each once.
    names: Vec<String>,
    name_words: Vec<String>,
    text_words: Vec<String>,
    sort_key: Vec<u8>,
    starts: Option<String>,
    ends: Option<String>,
    places: Vec<Uuid>,
}

impl Entry {
    pub(crate) fn of<T: Record>(record: &T, row: &impl RowHead) -> Self {
        let (head, said, when) = (record.head(), record.words(), record.when());
        let spellings: Vec<&str> = std::iter::once(head.code.as_str()).chain(said.names).collect();
        let mut names: Vec<String> = spellings.iter().map(|name| whole(name)).filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let mut places: Vec<Uuid> = record.places().into_iter().map(ketnoi_domain::Id::uuid).collect();
        places.sort_unstable();
        places.dedup();
        Self {
            kind: T::KIND,
            id: head.id.uuid(),
            effective: row.effective(),
            illustrative: head.illustrative,
            names,
            name_words: spellings.into_iter().flat_map(words).collect(),
            text_words: said.texts.into_iter().flat_map(words).collect(),
            sort_key: row.sort_key().to_vec(),
            starts: to_text(when.from),
            ends: to_text(when.to),
            places,
        }
    }
}

/// How many entries one statement takes: each binds 11 values.
const PART: usize = 2_000;

const COLUMNS: [&str; 9] = ["number", "kind", "record_id", "effective", "illustrative", "weight", "sort_key", "starts", "ends"];

/// Where PostgreSQL keeps the words.
const WORDS: [&str; 2] = ["name_words", "words"];

/// Entries that are not in the database yet, of each record the last: what many small puts of one unit leave is written by few
/// statements.
#[derive(Debug, Default)]
pub(crate) struct Held(BTreeMap<Uuid, Entry>);

impl Held {
    pub(crate) fn hold(&mut self, entry: Entry) {
        self.0.insert(entry.id, entry);
    }

    /// Whether there are so many that holding more would spare no statement.
    pub(crate) fn is_full(&self) -> bool {
        self.0.len() >= PART
    }

    pub(crate) async fn write(&mut self, transaction: &DatabaseTransaction) -> Result<(), Error> {
        let all: Vec<Entry> = std::mem::take(&mut self.0).into_values().collect();
        put(transaction, &all).await
    }
}

/// Keeps entries, in the place of what was kept of the same records.
async fn put(transaction: &DatabaseTransaction, entries: &[Entry]) -> Result<(), Error> {
    let postgres = transaction.get_database_backend() == DbBackend::Postgres;
    for part in entries.chunks(PART) {
        let mut insert = Query::insert();
        let columns = || COLUMNS.into_iter().chain(WORDS.into_iter().filter(|_| postgres));
        insert.into_table("search_entry").columns(columns());
        let mut update = OnConflict::column("number");
        update.update_columns(columns());
        for e in part {
            let mut values: Vec<SimpleExpr> = vec![
                Expr::val(number(e.id)),
                Expr::val(ketnoi_domain::Coded::name(e.kind)),
                Expr::val(e.id),
                Expr::val(e.effective),
                Expr::val(e.illustrative),
                Expr::val(weight(e.kind)),
                Expr::val(e.sort_key.clone()),
                Expr::val(e.starts.clone()),
                Expr::val(e.ends.clone()),
            ];
            if postgres {
                values.push(vector(&e.name_words, &[]));
                values.push(vector(&e.name_words, &e.text_words));
            }
            insert.values_panic(values);
        }
        insert.on_conflict(update);
        transaction.execute(&insert).await?;
        if !postgres {
            let mut index = Query::insert();
            index.replace().into_table("search_index").columns(["rowid", "names", "texts"]);
            for e in part {
                index.values_panic([number(e.id).into(), e.name_words.join(" ").into(), e.text_words.join(" ").into()]);
            }
            transaction.execute(&index).await?;
        }
        let names = part.iter().flat_map(|e| {
            e.names.iter().map(|name| -> [Value; 3] { [number(e.id).into(), name.as_str().into(), weight(e.kind).into()] })
        });
        replace(transaction, "search_name", ["number", "name", "weight"], part, names.collect()).await?;
        let places = part.iter().flat_map(|e| e.places.iter().map(|place| [number(e.id).into(), (*place).into()]));
        replace(transaction, "search_place", ["number", "authority_id"], part, places.collect()).await?;
    }
    Ok(())
}

/// Words as PostgreSQL keeps them.
fn vector(names: &[String], texts: &[String]) -> SimpleExpr {
    let all: Vec<&str> = names.iter().chain(texts).map(String::as_str).collect();
    Expr::cust_with_values("array_to_tsvector(string_to_array($1, ' '))", [all.join(" ")])
}

/// Puts rows in the place of those that a table had of the same entries.
async fn replace<const N: usize>(
    transaction: &DatabaseTransaction,
    table: &'static str,
    columns: [&'static str; N],
    entries: &[Entry],
    rows: Vec<[Value; N]>,
) -> Result<(), Error> {
    let numbers = entries.iter().map(|e| number(e.id));
    let old = Query::delete().from_table(table).and_where(Expr::col("number").is_in(numbers)).to_owned();
    transaction.execute(&old).await?;
    for part in rows.chunks(PART) {
        let mut insert = Query::insert();
        insert.into_table(table).columns(columns);
        for row in part {
            insert.values_panic(row.clone().map(Expr::val));
        }
        transaction.execute(&insert).await?;
    }
    Ok(())
}

/// Keeps entries of all records that there are, for a registry that is older than its search.
pub(crate) async fn rebuild(transaction: &DatabaseTransaction) -> Result<(), Error> {
    macro_rules! rebuild {
        ($($kind:ident),+) => {{ $(rebuild_kind::<ketnoi_domain::$kind>(transaction).await?;)+ }};
    }
    every_kind!(rebuild);
    Ok(())
}

async fn rebuild_kind<T: Stored>(transaction: &DatabaseTransaction) -> Result<(), Error> {
    let entries = <T as Readable>::Entity::find().all(transaction).await?.into_iter().map(|row| {
        let record = T::from_row(row)?;
        Ok(Entry::of(&record, &record.encode()))
    });
    put(transaction, &entries.collect::<Result<Vec<_>, Error>>()?).await
}

/// Forgets records.
pub(crate) async fn remove(transaction: &DatabaseTransaction, ids: &[Uuid]) -> Result<(), Error> {
    let sqlite = transaction.get_database_backend() == DbBackend::Sqlite;
    for part in ids.chunks(PART) {
        let numbers = || part.iter().map(|id| number(*id));
        let tables =
            [("search_entry", "number"), ("search_name", "number"), ("search_place", "number"), ("search_index", "rowid")];
        // PostgreSQL keeps the words with the entry.
        for (table, column) in tables.into_iter().filter(|(table, _)| sqlite || *table != "search_index") {
            let delete = Query::delete().from_table(table).and_where(Expr::col(column).is_in(numbers())).to_owned();
            transaction.execute(&delete).await?;
        }
    }
    Ok(())
}

/// Follows records that more or fewer may see than before.
pub(crate) async fn settle(transaction: &DatabaseTransaction, ids: &[Uuid], level: i64) -> Result<(), Error> {
    for part in ids.chunks(PART) {
        let entries = Expr::col("number").is_in(part.iter().map(|id| number(*id)));
        let update = Query::update().table("search_entry").value("effective", level).and_where(entries).to_owned();
        transaction.execute(&update).await?;
    }
    Ok(())
}
