//! Bare SQL by the drivers, with the durability of the registry's own writes.

use std::collections::HashMap;

use ketnoi_persistence::Database;
use rusqlite::types::{ToSqlOutput, ValueRef};
use tokio::runtime::Runtime;
use tokio_postgres::{Client, NoTls, Statement, types::ToSql};
use uuid::Uuid;

use super::{
    ACTUALS, Write, Writing,
    script::{Ids, Part, Step, Value},
};

/// A connection that writes one after another.
pub(super) fn writing(database: &Database, write: Write, part: Part, ids: &Ids) -> anyhow::Result<Writing> {
    let (mut connection, ids, database) = (Connection::open(database)?, ids.clone(), database.clone());
    let (changed, first) = ids.begin(&database, write);
    if !first.is_empty() {
        connection.run(&first)?;
    }
    Ok(Box::new(move || connection.run(&ids.steps(&database, write, part, &changed))))
}

/// The ids of those indicators of the run's programme that nobody reports on through the gateway, which looks at all periods
/// that an indicator has.
pub(super) fn indicators(database: &Database, stamp: &str) -> anyhow::Result<Vec<Uuid>> {
    let find = format!("SELECT id FROM indicator WHERE code LIKE 'w-{stamp}:result:2:%' ORDER BY code");
    let found: Vec<Uuid> = match Connection::open(database)? {
        Connection::Sqlite(connection) => {
            let mut statement = connection.prepare(&find)?;
            let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
            rows.map(|id| Ok(Uuid::from_slice(&id?)?)).collect::<anyhow::Result<_>>()?
        }
        Connection::Postgres { runtime, client, .. } => {
            runtime.block_on(client.query(find.as_str(), &[]))?.iter().map(|row| row.get(0)).collect()
        }
    };
    anyhow::ensure!(found.len() == ACTUALS, "{} indicators and not {ACTUALS}", found.len());
    Ok(found)
}

enum Connection {
    Sqlite(rusqlite::Connection),
    Postgres { runtime: Runtime, client: Client, prepared: HashMap<String, Statement> },
}

impl Connection {
    fn open(database: &Database) -> anyhow::Result<Self> {
        match database {
            Database::Sqlite { path } => {
                let connection = rusqlite::Connection::open(path)?;
                connection.busy_timeout(std::time::Duration::from_secs(10))?;
                // As the store opens its own.
                connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = 1")?;
                Ok(Self::Sqlite(connection))
            }
            Database::Postgres { url } => {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
                let (client, connection) = runtime.block_on(tokio_postgres::connect(url, NoTls))?;
                runtime.spawn(async move {
                    // It ends with its client; an error shows in what the client was asked.
                    _ = connection.await;
                });
                Ok(Self::Postgres { runtime, client, prepared: HashMap::new() })
            }
        }
    }

    /// Runs statements in one transaction.
    fn run(&mut self, steps: &[Step]) -> anyhow::Result<()> {
        match self {
            Self::Sqlite(connection) => {
                connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
                for step in steps {
                    // There `?3` is the third value wherever it stands, and `$3` is a name.
                    connection.prepare_cached(&step.sql.replace('$', "?"))?.execute(rusqlite::params_from_iter(&step.values))?;
                }
                connection.prepare_cached("COMMIT")?.execute([])?;
                Ok(())
            }
            Self::Postgres { runtime, client, prepared } => runtime.block_on(async {
                client.batch_execute("BEGIN").await?;
                for step in steps {
                    let statement = match prepared.get(&step.sql) {
                        Some(known) => known.clone(),
                        None => {
                            let new = client.prepare(&step.sql).await?;
                            prepared.insert(step.sql.clone(), new.clone());
                            new
                        }
                    };
                    let values: Vec<&(dyn ToSql + Sync)> = step.values.iter().map(Value::bound).collect();
                    client.execute(&statement, &values).await?;
                }
                client.batch_execute("COMMIT").await?;
                Ok(())
            }),
        }
    }
}

impl Value {
    fn bound(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Id(id) => id,
            Self::Int(int) => int,
            Self::Text(text) => text,
            Self::Bytes(bytes) => bytes,
        }
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Id(id) => ValueRef::Blob(id.as_bytes()),
            Self::Int(int) => ValueRef::Integer(*int),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
