use std::{
    cell::RefCell,
    collections::HashMap,
    error::Error as StdError,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sea_orm::sea_query::Value;
use tokio_postgres::{
    Client, NoTls, Statement,
    types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

use crate::{
    Error,
    row::{FromRow, Row},
};

/// Short and long reads use connections of their own: on one connection the short would wait for the long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Lane {
    Short,
    Long,
}

type Wires = HashMap<(Arc<str>, Lane), Arc<Wire>>;

thread_local! {
    /// One pipelined connection per thread, database and lane.
    static WIRES: RefCell<Wires> = RefCell::default();
}

/// A PostgreSQL database.
pub(super) struct Postgres {
    url: Arc<str>,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address may hold a password.
        f.write_str("Postgres")
    }
}

impl Postgres {
    pub(super) fn new(url: &str) -> Self {
        Self { url: url.into() }
    }

    pub(super) async fn all<M: FromRow>(&self, sql: &str, values: &[Value], lane: Lane) -> Result<Vec<M>, Error> {
        let key = (Arc::clone(&self.url), lane);
        let known = WIRES.with_borrow(|wires| wires.get(&key).filter(|w| !w.client.is_closed()).cloned());
        let wire = match known {
            Some(wire) => wire,
            None => {
                let wire = Arc::new(Wire::connect(&self.url).await?);
                // Short reads come in few shapes, again and again: each is planned once. Made anew for each list of ids, a
                // plan took longer than the rows. Long reads are planned for the words that they look for.
                let settings = match lane {
                    Lane::Short => "SET statement_timeout = '10s'; SET plan_cache_mode = force_generic_plan",
                    Lane::Long => "SET statement_timeout = '60s'; SET plan_cache_mode = force_custom_plan",
                };
                wire.client.batch_execute(settings).await?;
                WIRES.with_borrow_mut(|wires| wires.insert(key, Arc::clone(&wire)));
                wire
            }
        };
        wire.all(sql, values).await
    }

    pub(super) async fn snapshot(&self) -> Result<Snapshot, Error> {
        let wire = Wire::connect(&self.url).await?;
        wire.client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1").await?;
        Ok(Snapshot(wire))
    }
}

/// A connection inside a repeatable-read transaction.
pub(super) struct Snapshot(Wire);

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Snapshot")
    }
}

impl Snapshot {
    pub(super) async fn all<M: FromRow>(&self, sql: &str, values: &[Value]) -> Result<Vec<M>, Error> {
        self.0.all(sql, values).await
    }
}

/// A connection with the statements that it has prepared.
struct Wire {
    client: Client,
    prepared: Mutex<HashMap<String, Statement>>,
}

impl Wire {
    /// More shapes of statement than any client needs; past it the oldest knowledge is dropped as a whole.
    const PREPARED: usize = 512;

    async fn connect(url: &str) -> Result<Self, Error> {
        let mut config: tokio_postgres::Config = url.parse()?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(5));
        }
        config.application_name("ketnoi");
        let (client, connection) = config.connect(NoTls).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "a connection to PostgreSQL ended; the next read opens another");
            }
        });
        Ok(Self { client, prepared: Mutex::default() })
    }

    async fn all<M: FromRow>(&self, sql: &str, values: &[Value]) -> Result<Vec<M>, Error> {
        let known = self.prepared.lock().unwrap_or_else(PoisonError::into_inner).get(sql).cloned();
        let statement = match known {
            Some(statement) => statement,
            None => {
                let statement = self.client.prepare(sql).await?;
                let mut prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
                if prepared.len() >= Self::PREPARED {
                    prepared.clear();
                }
                prepared.insert(sql.to_owned(), statement.clone());
                statement
            }
        };
        let bound: Vec<Bound<'_>> = values.iter().map(Bound).collect();
        let parameters: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|b| b as _).collect();
        let rows = self.client.query(&statement, &parameters).await?;
        rows.iter().map(|row| M::from_row(&Row::Postgres(row))).collect()
    }
}

/// A value of sea-query as tokio-postgres binds it, without copying texts and bytes.
#[derive(Debug)]
struct Bound<'v>(&'v Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self.0 {
            Value::BigInt(Some(n)) => n.to_sql_checked(ty, out),
            Value::BigUnsigned(Some(n)) => i64::try_from(*n)?.to_sql_checked(ty, out),
            Value::Int(Some(n)) => n.to_sql_checked(ty, out),
            Value::Bool(Some(b)) => b.to_sql_checked(ty, out),
            Value::String(Some(s)) => s.as_str().to_sql_checked(ty, out),
            Value::Bytes(Some(b)) => b.as_slice().to_sql_checked(ty, out),
            Value::Uuid(Some(u)) => u.to_sql_checked(ty, out),
            other => Err(format!("{other:?} is never bound").into()),
        }
    }
    fn accepts(_: &Type) -> bool {
        // Each value checks its own type above.
        true
    }
    to_sql_checked!();
}
