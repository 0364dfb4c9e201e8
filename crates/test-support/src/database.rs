use std::fmt::Debug;

use ketnoi_domain::Viewer;
use ketnoi_persistence::{Database, Signature, Store, UnitOfWork};
use ketnoi_registry::{Registry, Session};

use crate::{NOW, bulk::Bulk, clock::clock_from, fixed_clock, postgres, skipped, sqlite};

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum On {
    /// An embedded one.
    Sqlite,
    /// The server that `KETNOI_TEST_POSTGRES` names.
    Postgres,
}

/// What a database holds before the test begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Holding {
    /// The tables, without a record.
    Nothing,
    /// The demonstration registry.
    Demo,
}

/// A registry of the test's own. It is gone when this is dropped.
#[derive(Debug)]
pub struct TestDb {
    registry: Registry,
    on: On,
    // Dropped after the registry, whose connections are closed by then or may be cut.
    _place: Place,
}

/// What is taken away with the database.
#[derive(Debug)]
#[expect(dead_code, reason = "held only to be dropped")]
enum Place {
    Sqlite(tempfile::TempDir),
    Postgres(postgres::Clone),
}

impl TestDb {
    /// A migrated registry without a record.
    pub async fn empty(on: On) -> Self {
        Self::holding(on, Holding::Nothing).await
    }

    /// The demonstration registry.
    pub async fn with_demo(on: On) -> Self {
        Self::holding(on, Holding::Demo).await
    }

    async fn holding(on: On, holding: Holding) -> Self {
        let (database, place) = place(on, holding).await;
        let store = Store::open(database).await.unwrap_or_else(|e| panic!("{e}"));
        Self { registry: Registry::new(store, fixed_clock()), on, _place: place }
    }

    /// Which database it is on.
    pub fn on(&self) -> On {
        self.on
    }

    /// The registry, with a clock that stands still.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Its store.
    pub fn store(&self) -> &Store {
        self.registry.store()
    }

    /// Where it is: a file, or an address.
    pub fn database(&self) -> &Database {
        self.store().database()
    }

    /// Reads as anyone.
    pub fn stranger(&self) -> Session {
        self.registry.session(Viewer::Stranger)
    }

    /// Reads as one who sees everything.
    pub fn administrator(&self) -> Session {
        self.registry.session(Viewer::LocalAdministrator)
    }

    /// Runs SQL past the registry, to look at the schema or to do damage. The rows of the last statement, every value as
    /// text, what is null as the empty text.
    pub async fn sql(&self, sql: &str) -> Vec<Vec<String>> {
        rows(self.database(), sql).await
    }

    /// Writes records of a builder in one unit of work.
    pub async fn put(&self, bulk: &Bulk) {
        let done = async {
            let mut unit = UnitOfWork::begin(self.store()).await?;
            unit.put(&bulk.organisations).await?;
            unit.put(&bulk.programmes).await?;
            unit.put_programme_lists(&bulk.programmes).await?;
            unit.put(&bulk.participations).await?;
            unit.put(&bulk.transactions).await?;
            unit.commit(&Signature::of(self.registry.clock().new_id(), NOW, "test", "put in bulk")).await
        };
        done.await.unwrap_or_else(|e| panic!("{e}"));
    }
}

/// A migrated database without a record that nobody has open: for tests that run the binary on it, and look at what it left.
/// It is gone when this is dropped.
#[derive(Debug)]
pub struct Ground {
    database: Database,
    _place: Place,
}

impl Ground {
    /// A migrated registry without a record.
    pub async fn empty(on: On) -> Self {
        let (database, place) = place(on, Holding::Nothing).await;
        Self { database, _place: place }
    }

    /// Its address, as the binary takes it.
    pub fn url(&self) -> String {
        match &self.database {
            Database::Sqlite { path } => format!("sqlite://{path}"),
            Database::Postgres { url } => url.clone(),
        }
    }

    /// As [`TestDb::sql`], by a connection that is there for this alone.
    pub async fn sql(&self, sql: &str) -> Vec<Vec<String>> {
        rows(&self.database, sql).await
    }
}

impl On {
    /// Whether tests have it. What they have not is told as skipped.
    pub fn is_there(self) -> bool {
        let there = self == Self::Sqlite || postgres::server().is_some();
        if !there {
            skipped("PostgreSQL (set KETNOI_TEST_POSTGRES)");
        }
        there
    }
}

async fn place(on: On, holding: Holding) -> (Database, Place) {
    match on {
        On::Sqlite => {
            let (database, folder) = sqlite::clone(holding).await;
            (database, Place::Sqlite(folder))
        }
        On::Postgres => {
            let (database, clone) = postgres::clone(holding).await;
            (database, Place::Postgres(clone))
        }
    }
}

async fn rows(database: &Database, sql: &str) -> Vec<Vec<String>> {
    let rows = match database {
        Database::Sqlite { path } => sqlite::sql(path, sql),
        Database::Postgres { url } => postgres::sql(url, sql).await,
    };
    rows.unwrap_or_else(|e| panic!("{sql}: {e:#}"))
}

/// Runs a test on SQLite and, if there is one, on PostgreSQL, each time in an empty registry of its own. What the test
/// returns must be the same on both.
pub async fn on_both_databases<T: PartialEq + Debug>(test: impl AsyncFn(TestDb) -> T) -> T {
    on_both(Holding::Nothing, test).await
}

/// [`on_both_databases`], in the demonstration registry.
pub async fn on_both_databases_with_demo<T: PartialEq + Debug>(test: impl AsyncFn(TestDb) -> T) -> T {
    on_both(Holding::Demo, test).await
}

async fn on_both<T: PartialEq + Debug>(holding: Holding, test: impl AsyncFn(TestDb) -> T) -> T {
    let embedded = test(TestDb::holding(On::Sqlite, holding).await).await;
    if On::Postgres.is_there() {
        let served = test(TestDb::holding(On::Postgres, holding).await).await;
        assert_eq!(embedded, served, "SQLite (left) and PostgreSQL (right) must give the same");
    }
    embedded
}

/// Makes what a template holds.
pub(crate) async fn fill(database: Database, holding: Holding) -> anyhow::Result<()> {
    let store = Store::open(database).await?;
    store.migrate_up("test").await?;
    if holding == Holding::Demo {
        // Far from the ids that tests begin with.
        let registry = Registry::new(store.clone(), clock_from(1 << 32));
        registry.import(&Viewer::LocalAdministrator, &crate::demo_files(), false, &|_, _, _| ()).await?;
    }
    store.close().await?;
    Ok(())
}
