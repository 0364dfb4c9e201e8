use std::{sync::Arc, time::Duration};

use ketnoi_migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait, sea_query::Query,
    sqlx::sqlite::SqliteJournalMode,
};

use crate::{Error, Reader, search, settle::settle_all, trail::News};

/// Where a registry is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// In a file of this machine.
    Sqlite {
        /// The file.
        path: String,
    },
    /// In a PostgreSQL server.
    Postgres {
        /// Its address, which may hold a password: never shown.
        url: String,
    },
}

impl Database {
    /// Reads `sqlite://FILE` or `postgres://…`.
    pub fn parse(url: &str) -> Result<Self, Error> {
        if let Some(path) = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")) {
            let path = path.split('?').next().unwrap_or_default();
            if path.is_empty() || path == ":memory:" {
                return Err(Error::Refused("an embedded registry is kept in a file: write sqlite://ketnoi.db".into()));
            }
            return Ok(Self::Sqlite { path: path.to_owned() });
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres { url: url.to_owned() });
        }
        let scheme = url.split(':').next().unwrap_or_default();
        Err(Error::Refused(format!(
            "`{scheme}:` is no database that is known here: write sqlite://FILE or postgres://USER@HOST/NAME"
        )))
    }

    /// The address without its password.
    pub fn shown(&self) -> String {
        match self {
            Self::Sqlite { path } => format!("sqlite://{path}"),
            Self::Postgres { url } => {
                let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
                let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
                format!("{scheme}://{}", host.split('?').next().unwrap_or_default())
            }
        }
    }
}

/// Whether a file is there that SQLite did not write. It begins its files with these words, and makes them empty.
fn is_something_else(path: &str) -> bool {
    use std::io::Read as _;
    let mut start = [0; 16];
    let Ok(mut file) = std::fs::File::open(path) else { return false };
    file.read(&mut start).is_ok_and(|n| n > 0 && start != *b"SQLite format 3\0")
}

/// The migration that brings the search.
const SEARCH: &str = "m0012_search";

/// The migration that brings the reach of records.
const RIGHTS: &str = "m0019_rights";

/// An open registry: one writer, and as many readers as there are threads.
#[derive(Clone, Debug)]
pub struct Store {
    database: Database,
    writer: DatabaseConnection,
    reader: Reader,
    news: Arc<News>,
}

impl Store {
    /// Opens the database; an embedded one is made if it is not there.
    pub async fn open(database: Database) -> Result<Self, Error> {
        let unopened = |e: sea_orm::DbErr| Error::Open { url: database.shown(), problem: e.to_string() };
        let (options, reader) = match &database {
            Database::Sqlite { path } => {
                let folder = std::path::Path::new(path).parent().filter(|f| !f.as_os_str().is_empty());
                if let Some(folder) = folder.filter(|f| !f.is_dir()) {
                    let problem = format!("there is no folder {}; make it, or name another file", folder.display());
                    return Err(Error::Open { url: database.shown(), problem });
                }
                if is_something_else(path) {
                    let problem = "the file is no SQLite database; name another file, or move this one away".to_owned();
                    return Err(Error::Open { url: database.shown(), problem });
                }
                let mut options = ConnectOptions::new(format!("sqlite://{path}?mode=rwc"));
                // One writer: SQLite has no more, and waiting here is cheaper than waiting for its lock.
                options.max_connections(1).map_sqlx_sqlite_opts(|sqlite| {
                    sqlite
                        .journal_mode(SqliteJournalMode::Wal)
                        .synchronous(sea_orm::sqlx::sqlite::SqliteSynchronous::Full)
                        .foreign_keys(true)
                        .busy_timeout(Duration::from_secs(10))
                });
                (options, Reader::sqlite(path))
            }
            Database::Postgres { url } => {
                let mut options = ConnectOptions::new(url.clone());
                options.max_connections(8);
                (options, Reader::postgres(url))
            }
        };
        let mut options = options;
        options.sqlx_logging(false).connect_timeout(Duration::from_secs(10));
        let writer = sea_orm::Database::connect(options).await.map_err(unopened)?;
        let news = Arc::new(News::new(&database));
        Ok(Self { database, writer, reader, news })
    }

    /// Where it is kept.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Reads from it.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// sea-orm's connection, for writes.
    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// The revisions that are committed from now on: those of this process at once, those of others as soon as the database
    /// tells of them. At first it holds the newest that is known, which is 0 until one is.
    pub fn revisions(&self) -> tokio::sync::watch::Receiver<i64> {
        self.news.hear()
    }

    pub(crate) fn news(&self) -> &Arc<News> {
        &self.news
    }

    /// Closes the connections. The last one to an embedded database folds its log into its file: the readers go first.
    pub async fn close(self) -> Result<(), Error> {
        self.news.close();
        self.reader.close();
        Ok(self.writer.close().await?)
    }

    /// Which migrations are there and whether each has been applied, the oldest first.
    pub async fn migrations(&self) -> Result<Vec<(String, bool)>, Error> {
        let known: Vec<String> = Migrator::migrations().iter().map(|m| m.name().to_owned()).collect();
        let applied = self.applied().await?;
        if let Some(newer) = applied.iter().find(|name| !known.contains(name)) {
            let shown = self.database.shown();
            return Err(Error::Refused(format!(
                "the database {shown} was made by a newer version (it knows the migration {newer}): run that version, or name another database"
            )));
        }
        Ok(known.into_iter().map(|name| (applied.contains(&name), name)).map(|(done, name)| (name, done)).collect())
    }

    async fn applied(&self) -> Result<Vec<String>, Error> {
        let backend = self.writer.get_database_backend();
        let tables = match backend {
            DbBackend::Postgres => {
                "SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables WHERE table_schema = current_schema()"
            }
            _ => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        };
        let names = self.names(backend, tables).await?;
        if names.iter().any(|n| n == "seaql_migrations") {
            return self.names(backend, "SELECT version AS name FROM seaql_migrations ORDER BY version").await;
        }
        if !names.is_empty() {
            let shown = self.database.shown();
            return Err(Error::Refused(format!(
                "the database {shown} holds tables that are not a registry's ({}): name another, or an empty one",
                names.iter().take(3).cloned().collect::<Vec<_>>().join(", ")
            )));
        }
        Ok(Vec::new())
    }

    async fn names(&self, backend: DbBackend, sql: &str) -> Result<Vec<String>, Error> {
        let rows = self.writer.query_all_raw(Statement::from_string(backend, sql)).await?;
        rows.iter().map(|row| Ok(row.try_get::<String>("", "name")?)).collect()
    }

    /// Applies the migrations that are missing and says which they were. A new registry remembers who made it.
    pub async fn migrate_up(&self, made_by: &str) -> Result<Vec<String>, Error> {
        let (done, missing): (Vec<_>, Vec<_>) = self.migrations().await?.into_iter().partition(|(_, done)| *done);
        let missing: Vec<String> = missing.into_iter().map(|(name, _)| name).collect();
        Migrator::up(&self.writer, None).await?;
        if !done.is_empty() && missing.iter().any(|name| name == SEARCH) {
            // What is searched is computed in Rust, so the migration itself could not fill it.
            let transaction = self.writer.begin().await?;
            search::rebuild(&transaction).await?;
            transaction.commit().await?;
        }
        if !done.is_empty() && missing.iter().any(|name| name == RIGHTS) {
            // Whom a record is in the reach of is found in Rust as well.
            let transaction = self.writer.begin().await?;
            settle_all(&transaction).await?;
            // From now on the feed tells of what goes out of the view of these.
            let keep =
                r#"INSERT INTO "reach_past" SELECT "record_id", "party_id" FROM "reach" WHERE TRUE ON CONFLICT DO NOTHING"#;
            transaction.execute_unprepared(keep).await?;
            transaction.commit().await?;
        }
        if self.made_by().await?.is_none() {
            let row = [1i64.into(), 0i64.into(), made_by.into()];
            let first =
                Query::insert().into_table("registry").columns(["id", "revision", "made_by"]).values_panic(row).to_owned();
            self.writer.execute(&first).await?;
        }
        Ok(missing)
    }

    /// Who made the registry; nothing while it is not set up.
    pub async fn made_by(&self) -> Result<Option<String>, Error> {
        if !self.migrations().await?.iter().any(|(_, done)| *done) {
            return Ok(None);
        }
        let read = Query::select().column("made_by").from("registry").to_owned();
        Ok(self.writer.query_one(&read).await?.map(|row| row.try_get("", "made_by")).transpose()?)
    }

    /// Takes the last `steps` migrations back, with all that they kept.
    pub async fn migrate_down(&self, steps: u32) -> Result<(), Error> {
        Ok(Migrator::down(&self.writer, Some(steps)).await?)
    }
}
