use std::{fmt, sync::Arc};

use ketnoi_domain::Viewer;
use ketnoi_persistence::Store;
use ketnoi_reporting::Shelf;
use uuid::Uuid;

use crate::{Session, accounts::KnownKeys, live::Live};

/// Where the time, new ids and secrets come from; tests give their own.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> String + Send + Sync>,
    new_id: Arc<dyn Fn() -> Uuid + Send + Sync>,
    random: Arc<dyn Fn() -> [u8; 32] + Send + Sync>,
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

impl Clock {
    /// A clock that tells the instant by `now`, as RFC 3339 in UTC to the second, and makes ids by `new_id`. Secrets are made of
    /// the randomness of this machine.
    pub fn new(now: impl Fn() -> String + Send + Sync + 'static, new_id: impl Fn() -> Uuid + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(now), new_id: Arc::new(new_id), random: Arc::new(machine_random) }
    }

    /// The same, with another source of what secrets are made of.
    #[must_use]
    pub fn with_random(self, random: impl Fn() -> [u8; 32] + Send + Sync + 'static) -> Self {
        Self { random: Arc::new(random), ..self }
    }

    /// The clock and the id source of this machine.
    pub fn system() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock and randomness enter")]
        Self::new(|| chrono::Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string(), Uuid::now_v7)
    }

    /// The instant, such as `2026-11-22T10:00:00Z`.
    pub fn now(&self) -> String {
        (self.now)()
    }

    /// A new id.
    pub fn new_id(&self) -> Uuid {
        (self.new_id)()
    }

    /// 256 random bits for a secret: others every time.
    pub fn random(&self) -> [u8; 32] {
        (self.random)()
    }
}

/// Random bits from the operating system.
fn machine_random() -> [u8; 32] {
    let mut bytes = [0; 32];
    if let Err(error) = getrandom::fill(&mut bytes) {
        // A secret that can be guessed would be worse than a request that fails.
        panic!("this machine gives no random numbers: {error}");
    }
    bytes
}

/// The registry: an open store and a clock.
#[derive(Clone, Debug)]
pub struct Registry {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) known: Arc<KnownKeys>,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) live: Arc<Live>,
}

impl Registry {
    /// The registry kept in a store.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock, known: Arc::default(), shelf: Arc::default(), live: Arc::default() }
    }

    /// The same, with definitions, brands and wording of reports besides those built in.
    #[must_use]
    pub fn with_shelf(self, shelf: Shelf) -> Self {
        Self { shelf: Arc::new(shelf), ..self }
    }

    /// Definitions, brands and wording of reports.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Its store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Its clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Reads for one viewer.
    pub fn session(&self, viewer: Viewer) -> Session {
        Session::new(self.store.reader().counted(), viewer)
    }

    /// Reads for one viewer, the registry standing still at this instant.
    pub async fn snapshot_session(&self, viewer: Viewer) -> Result<Session, crate::Error> {
        Ok(Session::new(self.store.reader().snapshot().await?, viewer))
    }
}
