//! What the server serves, gathered from the rooms that make it.

use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::web::Data;
use ketnoi_graphql::http::Gateway;
use ketnoi_registry::KeptReport;

use super::auth::Auth;
use super::caller::{Caller, Callers};
use super::client::TrustedProxies;
use super::metrics::Metrics;
use super::vote::Booth;

pub(super) type Readiness = dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), String>>>> + Send + Sync;

/// Makes the map for a caller who asks for these kinds; refuses with a sentence for the client.
pub(super) type Map = dyn Fn(Caller, Option<String>) -> Pin<Box<dyn Future<Output = Result<String, MapRefusal>>>> + Send + Sync;

/// Why there is no map.
pub(crate) enum MapRefusal {
    /// The client asked for what there is not; what to do.
    Asked(String),
    /// The registry could not be read; for the log.
    Failed(String),
}

/// Finds a report that is kept, for a caller who may see it; the error is for the log.
pub(super) type Reports =
    dyn Fn(Caller, uuid::Uuid) -> Pin<Box<dyn Future<Output = Result<Option<KeptReport>, String>>>> + Send + Sync;

/// Everything that the workers share; cloning it is cheap.
pub(crate) struct Site<E, H> {
    pub(super) gateway: Data<Gateway<E, H>>,
    pub(super) sdl: Arc<str>,
    pub(super) origins: Vec<String>,
    pub(super) metrics: Metrics,
    pub(super) readiness: Arc<Readiness>,
    pub(super) map: Arc<Map>,
    pub(super) reports: Arc<Reports>,
    pub(super) proxies: Data<TrustedProxies>,
    pub(super) callers: Arc<Callers>,
    pub(super) auth: Option<Data<Auth>>,
    pub(super) booth: Option<Data<Booth>>,
    pub(super) open_schema: bool,
    pub(super) https: bool,
}

impl<E, H> Clone for Site<E, H> {
    fn clone(&self) -> Self {
        Self {
            gateway: Data::clone(&self.gateway),
            sdl: Arc::clone(&self.sdl),
            origins: self.origins.clone(),
            metrics: self.metrics.clone(),
            readiness: Arc::clone(&self.readiness),
            map: Arc::clone(&self.map),
            reports: Arc::clone(&self.reports),
            proxies: Data::clone(&self.proxies),
            callers: Arc::clone(&self.callers),
            auth: self.auth.clone(),
            booth: self.booth.clone(),
            open_schema: self.open_schema,
            https: self.https,
        }
    }
}

impl<E, H> Site<E, H> {
    /// A site with the API and its schema, always ready, for no other origin, where nobody is known.
    pub(crate) fn new(gateway: Gateway<E, H>, sdl: &str) -> Result<Self, prometheus::Error> {
        let metrics = Metrics::new()?;
        metrics.sockets(gateway.sockets())?;
        Ok(Self {
            gateway: Data::new(gateway),
            sdl: sdl.into(),
            origins: Vec::new(),
            metrics,
            readiness: Arc::new(|| Box::pin(std::future::ready(Ok(())))),
            map: Arc::new(|_, _| Box::pin(std::future::ready(Err(MapRefusal::Asked("there is no map here".into()))))),
            reports: Arc::new(|_, _| Box::pin(std::future::ready(Ok(None)))),
            proxies: Data::default(),
            callers: Arc::new(Callers::nobody()),
            auth: None,
            booth: None,
            open_schema: true,
            https: false,
        })
    }

    /// Lets the pages of these origins use the API from a browser.
    #[must_use]
    pub(crate) fn origins(mut self, origins: Vec<String>) -> Self {
        self.origins = origins;
        self
    }

    /// Asks this before `/readyz` answers. The error is a sentence for everyone to read: no addresses, no secrets.
    #[must_use]
    pub(crate) fn readiness<F, Fut>(mut self, ready: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), String>> + 'static,
    {
        self.readiness = Arc::new(move || Box::pin(ready()));
        self
    }

    /// Answers `/map.geojson` with what this makes.
    #[must_use]
    pub(crate) fn map<F, Fut>(mut self, map: F) -> Self
    where
        F: Fn(Caller, Option<String>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<String, MapRefusal>> + 'static,
    {
        self.map = Arc::new(move |caller, kinds| Box::pin(map(caller, kinds)));
        self
    }

    /// Answers `/reports/ID.pdf` with what this finds.
    #[must_use]
    pub(crate) fn reports<F, Fut>(mut self, find: F) -> Self
    where
        F: Fn(Caller, uuid::Uuid) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Option<KeptReport>, String>> + 'static,
    {
        self.reports = Arc::new(move |caller, id| Box::pin(find(caller, id)));
        self
    }

    /// Finds out by these who asks, on every path but `/graphql`, whose hooks do.
    #[must_use]
    pub(crate) fn callers(mut self, callers: Arc<Callers>) -> Self {
        self.callers = callers;
        self
    }

    /// Serves the pages to sign in.
    #[must_use]
    pub(crate) fn auth(mut self, auth: Auth) -> Self {
        self.auth = Some(Data::new(auth));
        self
    }

    /// Serves the voting page.
    #[must_use]
    pub(crate) fn booth(mut self, booth: Booth) -> Self {
        self.booth = Some(Data::new(booth));
        self
    }

    /// Whether strangers may read the schema.
    #[must_use]
    pub(crate) fn open_schema(mut self, open: bool) -> Self {
        self.open_schema = open;
        self
    }

    /// Whether browsers reach it over https.
    #[must_use]
    pub(crate) fn https(mut self, https: bool) -> Self {
        self.https = https;
        self
    }

    /// Believes these proxies when they say whose request they pass on.
    #[must_use]
    pub(crate) fn proxies(mut self, proxies: Vec<IpAddr>) -> Self {
        self.proxies = Data::new(TrustedProxies(proxies));
        self
    }
}
