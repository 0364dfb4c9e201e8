//! News of commits: those who wait for changes are told the revision that came of each.
//!
//! A commit of this process is told at once. Of other processes PostgreSQL tells by NOTIFY, in the transaction that changed
//! something, to a connection of its own that LISTENs. SQLite tells nobody, and a command may well import beside a running
//! server: the revision is read once a second there, and only while somebody waits.

use std::{
    convert::Infallible,
    fmt,
    sync::{Mutex, PoisonError},
    thread::JoinHandle,
    time::Duration,
};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend,
    sqlx::{self, Postgres, postgres::PgListener},
};
use tokio::sync::watch;

use crate::{Database, Error};

const CHANNEL: &str = "ketnoi_changes";

/// How often an embedded registry is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// After a connection that broke: the first pause, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(30));

/// Tells of commits.
pub(crate) struct News {
    database: Database,
    revision: watch::Sender<i64>,
    /// Says when to stop listening, by being dropped at the latest.
    closing: watch::Sender<bool>,
    listening: Mutex<Option<JoinHandle<()>>>,
}

impl fmt::Debug for News {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address of the database may hold a password.
        write!(f, "News({})", *self.revision.borrow())
    }
}

impl News {
    pub(crate) fn new(database: &Database) -> Self {
        let (revision, closing) = (watch::Sender::new(0), watch::Sender::new(false));
        Self { database: database.clone(), revision, closing, listening: Mutex::new(None) }
    }

    /// Tells of a revision that was committed. Revisions never go back, whatever order they are heard in.
    pub(crate) fn tell(&self, revision: i64) {
        tell(&self.revision, revision);
    }

    /// Has the database tell the other processes, if and when the transaction commits.
    pub(crate) async fn announce(transaction: &DatabaseTransaction, revision: i64) -> Result<(), Error> {
        if transaction.get_database_backend() == DbBackend::Postgres {
            transaction.execute_unprepared(&format!("NOTIFY {CHANNEL}, '{revision}'")).await?;
        }
        Ok(())
    }

    /// Hears of every commit from now on. The first who asks has a thread started that listens to the other processes: a
    /// thread of its own, because the one that asks may end while others still listen.
    pub(crate) fn hear(&self) -> watch::Receiver<i64> {
        let mut listening = self.listening.lock().unwrap_or_else(PoisonError::into_inner);
        if listening.is_none() && !*self.closing.borrow() {
            let (database, revision, closing) = (self.database.clone(), self.revision.clone(), self.closing.subscribe());
            let thread = std::thread::Builder::new().name("ketnoi-news".into());
            match thread.spawn(move || listen(&database, &revision, closing)) {
                Ok(thread) => *listening = Some(thread),
                Err(error) => tracing::warn!(%error, "commits of other processes are not heard of"),
            }
        }
        self.revision.subscribe()
    }

    /// Stops listening. It ends at once, wherever it is, so waiting for it takes no time worth a thread.
    pub(crate) fn close(&self) {
        self.closing.send_replace(true);
        let thread = self.listening.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread
            && thread.join().is_err()
        {
            tracing::warn!("the thread that listened to other processes had broken off");
        }
    }
}

fn tell(to: &watch::Sender<i64>, revision: i64) {
    to.send_if_modified(|known| {
        let newer = revision > *known;
        if newer {
            *known = revision;
        }
        newer
    });
}

fn listen(database: &Database, revision: &watch::Sender<i64>, mut closing: watch::Receiver<bool>) {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return tracing::warn!(%error, "commits of other processes are not heard of"),
    };
    runtime.block_on(async {
        tokio::select! {
            () = hear(database, revision) => {}
            // Whether it was told to stop or its owner is gone, it stops.
            _ = closing.wait_for(|closing| *closing) => {}
        }
    });
    // A name that is being looked up is not waited for.
    runtime.shutdown_background();
}

async fn hear(database: &Database, revision: &watch::Sender<i64>) {
    match database {
        Database::Sqlite { path } => loop {
            match look(path) {
                Ok(now) => tell(revision, now),
                Err(error) => tracing::debug!(%error, "the revision could not be read"),
            }
            tokio::time::sleep(LOOK).await;
        },
        Database::Postgres { url } => {
            let mut pause = PAUSES.0;
            loop {
                let Err(error) = hear_postgres(url, revision, &mut pause).await;
                tracing::warn!(%error, "commits of other processes are not heard of for now");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(PAUSES.1);
            }
        }
    }
}

/// The revision of an embedded registry, by a connection that is not kept: the last one to close must be a writer, which folds
/// the log into the file.
fn look(path: &str) -> Result<i64, rusqlite::Error> {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = rusqlite::Connection::open_with_flags(path, flags)?;
    connection.query_row("SELECT revision FROM registry", [], |row| row.get(0))
}

/// Hears of commits until the connection is lost for good.
async fn hear_postgres(url: &str, revision: &watch::Sender<i64>, pause: &mut Duration) -> Result<Infallible, sqlx::Error> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen(CHANNEL).await?;
    loop {
        // What was committed before it listened, or while the connection was lost, is told by the revision itself.
        let now = sqlx::query_scalar::<Postgres, i64>("SELECT revision FROM registry").fetch_one(&mut listener).await?;
        tell(revision, now);
        *pause = PAUSES.0;
        while let Some(news) = listener.try_recv().await? {
            if let Ok(told) = news.payload().parse() {
                tell(revision, told);
            }
        }
    }
}
