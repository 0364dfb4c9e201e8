//! What the server serves, gathered from the rooms that make it.

use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::web::Data;
use ketnoi_graphql::http::Gateway;

use super::client::TrustedProxies;
use super::metrics::Metrics;

pub(super) type Readiness = dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), String>>>> + Send + Sync;

/// Everything that the workers share; cloning it is cheap.
pub(crate) struct Site<E, H> {
    pub(super) gateway: Data<Gateway<E, H>>,
    pub(super) sdl: Arc<str>,
    pub(super) origins: Vec<String>,
    pub(super) metrics: Metrics,
    pub(super) readiness: Arc<Readiness>,
    pub(super) proxies: Data<TrustedProxies>,
}

impl<E, H> Clone for Site<E, H> {
    fn clone(&self) -> Self {
        Self {
            gateway: Data::clone(&self.gateway),
            sdl: Arc::clone(&self.sdl),
            origins: self.origins.clone(),
            metrics: self.metrics.clone(),
            readiness: Arc::clone(&self.readiness),
            proxies: Data::clone(&self.proxies),
        }
    }
}

impl<E, H> Site<E, H> {
    /// A site with the API and its schema, always ready, for no other origin.
    pub(crate) fn new(gateway: Gateway<E, H>, sdl: &str) -> Result<Self, prometheus::Error> {
        Ok(Self {
            gateway: Data::new(gateway),
            sdl: sdl.into(),
            origins: Vec::new(),
            metrics: Metrics::new()?,
            readiness: Arc::new(|| Box::pin(std::future::ready(Ok(())))),
            proxies: Data::default(),
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

    /// Believes these proxies when they say whose request they pass on.
    #[must_use]
    pub(crate) fn proxies(mut self, proxies: Vec<IpAddr>) -> Self {
        self.proxies = Data::new(TrustedProxies(proxies));
        self
    }
}
