//! Runs statements of sea-query where the request is: on SQLite by a connection of the asking thread, on PostgreSQL by a
//! pipelined connection of that thread. Neither hands a row from one thread to another, which is where the time goes.

mod postgres;
mod sqlite;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sea_orm::sea_query::{PostgresQueryBuilder, SelectStatement, SqliteQueryBuilder, Value};

use crate::{Error, row::FromRow};

/// Reads from one database. Cheap to clone; counts its statements, so that a test can say how many a request takes.
#[derive(Clone, Debug)]
pub struct Reader {
    source: Arc<Source>,
    statements: Arc<AtomicU64>,
}

#[derive(Debug)]
enum Source {
    Sqlite(sqlite::Sqlite),
    SqliteSnapshot(sqlite::Snapshot),
    Postgres(postgres::Postgres),
    PostgresSnapshot(postgres::Snapshot),
}

impl Reader {
    pub(crate) fn sqlite(path: &str) -> Self {
        Self::new(Source::Sqlite(sqlite::Sqlite::new(path)))
    }

    pub(crate) fn postgres(url: &str) -> Self {
        Self::new(Source::Postgres(postgres::Postgres::new(url)))
    }

    fn new(source: Source) -> Self {
        Self { source: Arc::new(source), statements: Arc::default() }
    }

    /// A reader to whom the registry stands still: all its statements see the same instant. For reports.
    pub async fn snapshot(&self) -> Result<Self, Error> {
        Ok(Self::new(match &*self.source {
            Source::Sqlite(db) => Source::SqliteSnapshot(db.snapshot().await?),
            Source::Postgres(db) => Source::PostgresSnapshot(db.snapshot().await?),
            Source::SqliteSnapshot(_) | Source::PostgresSnapshot(_) => return Ok(self.clone()),
        }))
    }

    /// Closes the connections to an embedded database that this thread and the long readers hold.
    pub(crate) fn close(&self) {
        if let Source::Sqlite(db) = &*self.source {
            db.close();
        }
    }

    /// The same reader with a count of its own.
    #[must_use]
    pub fn counted(&self) -> Self {
        Self { source: Arc::clone(&self.source), statements: Arc::default() }
    }

    /// How many statements it has run.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Whether it reads from PostgreSQL.
    pub(crate) fn is_postgres(&self) -> bool {
        matches!(&*self.source, Source::Postgres(_) | Source::PostgresSnapshot(_))
    }

    /// All rows of a statement that is short work: a page, a batch of children.
    pub(crate) async fn all<M: FromRow>(&self, select: &SelectStatement) -> Result<Vec<M>, Error> {
        let (sql, values) = self.build(select);
        match &*self.source {
            Source::Sqlite(db) => db.here(&sql, &values),
            Source::SqliteSnapshot(db) => db.all(&sql, &values),
            // Boxed, here and below: what talks to a server takes kilobytes, which the futures of all callers would have room
            // for, up to that of every field, and would be moved with.
            Source::Postgres(db) => Box::pin(db.all(&sql, &values, postgres::Lane::Short)).await,
            Source::PostgresSnapshot(db) => Box::pin(db.all(&sql, &values)).await,
        }
    }

    /// All rows of a statement that may be long work: counts, aggregates. It does not hold up the requests of its thread.
    pub(crate) async fn all_long<M: FromRow>(&self, select: &SelectStatement) -> Result<Vec<M>, Error> {
        match &*self.source {
            Source::Sqlite(db) => {
                let (sql, values) = self.build(select);
                db.elsewhere(sql, values).await
            }
            Source::Postgres(db) => {
                let (sql, values) = self.build(select);
                Box::pin(db.all(&sql, &values, postgres::Lane::Long)).await
            }
            Source::SqliteSnapshot(_) | Source::PostgresSnapshot(_) => self.all(select).await,
        }
    }

    /// How the database would run a statement, a step a line.
    pub(crate) async fn plan(&self, select: &SelectStatement) -> Result<Vec<String>, Error> {
        let (sql, values) = self.build(select);
        match &*self.source {
            Source::Sqlite(db) => Ok(steps(db.here(&format!("EXPLAIN QUERY PLAN {sql}"), &values)?)),
            Source::SqliteSnapshot(db) => Ok(steps(db.all(&format!("EXPLAIN QUERY PLAN {sql}"), &values)?)),
            Source::Postgres(db) => Ok(lines(db.all(&format!("EXPLAIN {sql}"), &values, postgres::Lane::Short).await?)),
            Source::PostgresSnapshot(db) => Ok(lines(db.all(&format!("EXPLAIN {sql}"), &values).await?)),
        }
    }

    /// How often the registry has been written.
    pub async fn revision(&self) -> Result<i64, Error> {
        let select = sea_orm::sea_query::Query::select().column("revision").from("registry").to_owned();
        Ok(self.all::<(i64,)>(&select).await?.first().map_or(0, |row| row.0))
    }

    fn build(&self, select: &SelectStatement) -> (String, Vec<Value>) {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let (mut sql, mut values) =
            if self.is_postgres() { select.build(PostgresQueryBuilder) } else { select.build(SqliteQueryBuilder) };
        if self.is_postgres() {
            write_limit(&mut sql, &mut values.0);
        }
        tracing::trace!(%sql, "statement");
        (sql, values.0)
    }
}

/// Writes how many rows are wanted into the statement: PostgreSQL plans a statement once for all values, and without this
/// number it would plan for a tenth of the table.
fn write_limit(sql: &mut String, values: &mut Vec<Value>) {
    let Some(at) = sql.rfind(" LIMIT $") else { return };
    let last = sql[at + " LIMIT $".len()..].parse() == Ok(values.len());
    if let (true, Some(Value::BigUnsigned(Some(limit)))) = (last, values.last()) {
        let limit = *limit;
        sql.truncate(at);
        sql.push_str(&format!(" LIMIT {limit}"));
        values.pop();
    }
}

/// The steps of a plan of SQLite's: its first three columns say how they hang together.
fn steps(rows: Vec<(i64, i64, i64, String)>) -> Vec<String> {
    rows.into_iter().map(|row| row.3).collect()
}

/// The lines of a plan of PostgreSQL's.
fn lines(rows: Vec<(String,)>) -> Vec<String> {
    rows.into_iter().map(|row| row.0).collect()
}
