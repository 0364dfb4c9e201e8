use std::{fmt, sync::Arc};

use ketnoi_domain::Viewer;
use ketnoi_persistence::Store;
use uuid::Uuid;

use crate::Session;

/// Where the time and new ids come from; tests give their own.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> String + Send + Sync>,
    new_id: Arc<dyn Fn() -> Uuid + Send + Sync>,
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

impl Clock {
    /// A clock that tells the instant by `now`, as RFC 3339 in UTC to the second, and makes ids by `new_id`.
    pub fn new(now: impl Fn() -> String + Send + Sync + 'static, new_id: impl Fn() -> Uuid + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(now), new_id: Arc::new(new_id) }
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
}

/// The registry: an open store and a clock.
#[derive(Clone, Debug)]
pub struct Registry {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
}

impl Registry {
    /// The registry kept in a store.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
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
