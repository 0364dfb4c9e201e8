use std::{
    cell::RefCell,
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread::JoinHandle,
    time::Duration,
};

use rusqlite::{
    Connection, OpenFlags,
    config::DbConfig,
    params_from_iter,
    types::{ToSqlOutput, ValueRef},
};
use sea_orm::sea_query::Value;
use tokio::sync::oneshot;

use crate::{
    Error,
    row::{FromRow, Row},
};

thread_local! {
    /// One read-only connection per thread and database file.
    static CONNECTIONS: RefCell<HashMap<Arc<str>, Connection>> = RefCell::default();
}

type Job = Box<dyn FnOnce(&Result<Connection, Error>) + Send>;

/// An embedded database.
pub(super) struct Sqlite {
    path: Arc<str>,
    long: Mutex<Option<LongReaders>>,
}

/// Threads for long reads, and their queue.
struct LongReaders {
    queue: mpsc::SyncSender<Job>,
    threads: Vec<JoinHandle<()>>,
}

impl fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sqlite({})", self.path)
    }
}

impl Sqlite {
    /// How many threads do long reads, and how many of those may wait.
    const LONG_READERS: usize = 2;
    const LONG_QUEUE: usize = 256;

    pub(super) fn new(path: &str) -> Self {
        Self { path: path.into(), long: Mutex::new(None) }
    }

    /// Runs a statement on this thread.
    pub(super) fn here<M: FromRow>(&self, sql: &str, values: &[Value]) -> Result<Vec<M>, Error> {
        CONNECTIONS.with_borrow_mut(|connections| {
            if !connections.contains_key(&self.path) {
                connections.insert(Arc::clone(&self.path), open(&self.path)?);
            }
            connections.get(&self.path).map_or_else(|| Ok(Vec::new()), |c| run(c, sql, values))
        })
    }

    /// Runs a statement on one of the threads for long reads.
    pub(super) async fn elsewhere<M: FromRow>(&self, sql: String, values: Vec<Value>) -> Result<Vec<M>, Error> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let rows = connection.as_ref().map_err(Clone::clone).and_then(|c| run(c, &sql, &values));
            // The asker may have gone; then nobody wants the rows.
            let _ = answer.send(rows);
        });
        self.long_readers().try_send(job).map_err(|_| busy())?;
        answered.await.map_err(|_| Error::Statement("the thread for long reads has ended".into()))?
    }

    /// The queue of the long readers, whose threads start with the first long read and end with the database.
    fn long_readers(&self) -> mpsc::SyncSender<Job> {
        let mut long = self.long.lock().unwrap_or_else(PoisonError::into_inner);
        long.get_or_insert_with(|| {
            let (sender, receiver) = mpsc::sync_channel::<Job>(Self::LONG_QUEUE);
            let receiver = Arc::new(Mutex::new(receiver));
            let thread = || {
                let (path, receiver) = (Arc::clone(&self.path), Arc::clone(&receiver));
                std::thread::spawn(move || {
                    let connection = open(&path);
                    loop {
                        let next = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
                        let Ok(job) = next else { break };
                        job(&connection);
                    }
                })
            };
            LongReaders { queue: sender, threads: std::iter::repeat_with(thread).take(Self::LONG_READERS).collect() }
        })
        .queue
        .clone()
    }

    /// Closes the connections of this thread and of the long readers, whose reads it lets end.
    pub(super) fn close(&self) {
        CONNECTIONS.with_borrow_mut(|connections| connections.remove(&self.path));
        let long = self.long.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(LongReaders { queue, threads }) = long {
            drop(queue);
            for thread in threads {
                // One that panicked has closed its connection as well.
                _ = thread.join();
            }
        }
    }

    pub(super) async fn snapshot(&self) -> Result<Snapshot, Error> {
        let connection = open(&self.path)?;
        // The instant is that of the first read, so one is made at once.
        connection.execute_batch("BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1")?;
        Ok(Snapshot(Mutex::new(connection)))
    }
}

fn busy() -> Error {
    Error::Statement("too many long reads are waiting".into())
}

/// A connection inside a read transaction.
pub(super) struct Snapshot(Mutex<Connection>);

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Snapshot")
    }
}

impl Snapshot {
    pub(super) fn all<M: FromRow>(&self, sql: &str, values: &[Value]) -> Result<Vec<M>, Error> {
        run(&self.0.lock().unwrap_or_else(PoisonError::into_inner), sql, values)
    }
}

fn open(path: &str) -> Result<Connection, Error> {
    // Not opened read-only: a reader of a write-ahead log makes its shared-memory file. `query_only` does the refusing.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(256);
    // Once the database has counted its rows, SQLite would else plan each statement anew for the values bound to it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch("PRAGMA query_only = 1; PRAGMA mmap_size = 0; PRAGMA cache_size = -8000")?;
    Ok(connection)
}

fn run<M: FromRow>(connection: &Connection, sql: &str, values: &[Value]) -> Result<Vec<M>, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params_from_iter(values.iter().map(Bound)))?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(M::from_row(&Row::Sqlite(row))?);
    }
    Ok(all)
}

/// A value of sea-query as rusqlite binds it, without copying texts and bytes.
struct Bound<'v>(&'v Value);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let unbound = |what: &Value| rusqlite::Error::ToSqlConversionFailure(format!("{what:?} is never bound").into());
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::BigInt(Some(n)) => ValueRef::Integer(*n),
            Value::BigUnsigned(Some(n)) => ValueRef::Integer(i64::try_from(*n).map_err(|_| unbound(self.0))?),
            Value::Int(Some(n)) => ValueRef::Integer((*n).into()),
            Value::Bool(Some(b)) => ValueRef::Integer((*b).into()),
            Value::String(Some(s)) => ValueRef::Text(s.as_bytes()),
            Value::Bytes(Some(b)) => ValueRef::Blob(b),
            Value::Uuid(Some(u)) => ValueRef::Blob(u.as_bytes()),
            other => return Err(unbound(other)),
        }))
    }
}
