//! The registry's part in each request to the gateway: who asks, in which language, at which revision.

use std::{
    net::SocketAddr,
    sync::{Arc, OnceLock},
};

use actix_web::HttpRequest;
use async_graphql::Request;
use ketnoi_domain::{Coded, Lang, Viewer};
use ketnoi_graphql::{
    RequestData,
    http::{Hooks, Refusal, languages},
};
use ketnoi_registry::{Database, Registry};

use crate::server;

/// What the gateway asks of the registry.
pub(crate) struct RegistryHooks {
    registry: Registry,
    listen: Arc<OnceLock<SocketAddr>>,
}

/// Who asks, in which language.
pub(crate) struct Caller {
    pub(crate) viewer: Viewer,
    pub(crate) lang: Lang,
}

/// Finds out who asks, on every path alike.
pub(crate) fn caller(registry: &Registry, listen: Option<SocketAddr>, http: &HttpRequest) -> Caller {
    // Whoever sits at the machine of an embedded registry keeps it. A server of PostgreSQL has other machines in front.
    let embedded = matches!(registry.store().database(), Database::Sqlite { .. });
    let local = listen.is_some_and(|listen| server::is_local(http, listen));
    let viewer = if embedded && local { Viewer::LocalAdministrator } else { Viewer::Stranger };
    let known = |tag: &&str| Lang::from_code(&tag.split('-').next().unwrap_or_default().to_ascii_lowercase());
    let lang = languages(http.headers()).iter().find_map(known).unwrap_or(Lang::Vi);
    Caller { viewer, lang }
}

impl RegistryHooks {
    /// `listen` is known as soon as the server listens: port 0 stands for any that is free.
    pub(crate) fn new(registry: Registry, listen: Arc<OnceLock<SocketAddr>>) -> Self {
        Self { registry, listen }
    }
}

impl Hooks for RegistryHooks {
    type Caller = Caller;

    async fn caller(&self, http: &HttpRequest) -> Result<Caller, Refusal> {
        Ok(caller(&self.registry, self.listen.get().copied(), http))
    }

    fn scope(&self, caller: &Caller) -> Option<String> {
        Some(format!("{}|{}", caller.viewer.class(), caller.lang.code()))
    }

    async fn revision(&self) -> Option<u64> {
        let revision = self.registry.store().reader().revision().await.ok()?;
        u64::try_from(revision).ok()
    }

    fn prepare(&self, caller: Caller, request: Request) -> Result<Request, Refusal> {
        Ok(request.data(RequestData::new(self.registry.session(caller.viewer), caller.lang)))
    }
}
