//! The registry's part in each request to the gateway: who asks, in which language, at which revision, what they may send.

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::HttpRequest;
use async_graphql::{Request, parser::types::OperationType};
use ketnoi_domain::{Coded, Viewer};
use ketnoi_graphql::{
    RequestData,
    http::{Allowance, Hooks, Introduction, Refusal, RequestFacts},
};
use ketnoi_registry::{Claim, Registry};
use sha2::{Digest as _, Sha256};

use crate::{
    config::TrustedDocuments,
    server::{
        caller::{Caller, Callers},
        trusted::Documents,
    },
};

/// What the gateway asks of the registry.
pub(crate) struct RegistryHooks {
    registry: Registry,
    callers: Arc<Callers>,
    documents: Documents,
    trusted: TrustedDocuments,
    production: bool,
}

impl RegistryHooks {
    /// Hooks for the registry, for those whom the callers know.
    pub(crate) fn new(registry: Registry, callers: Arc<Callers>) -> Self {
        let (documents, trusted) = (Documents::default(), TrustedDocuments::Off);
        Self { registry, callers, documents, trusted, production: false }
    }

    /// Lets these send registered operations only.
    #[must_use]
    pub(crate) fn trusted(mut self, trusted: TrustedDocuments) -> Self {
        self.trusted = trusted;
        self
    }

    /// In production, strangers may not ask about the schema.
    #[must_use]
    pub(crate) fn production(mut self, production: bool) -> Self {
        self.production = production;
        self
    }
}

impl Hooks for RegistryHooks {
    type Caller = Caller;

    async fn caller(&self, http: &HttpRequest) -> Result<Caller, Refusal> {
        self.callers.find(http).await
    }

    fn scope(&self, caller: &Caller) -> Option<String> {
        Some(format!("{}|{}", caller.viewer.class(), caller.lang.code()))
    }

    async fn revision(&self) -> Option<u64> {
        let revision = self.registry.store().reader().revision().await.ok()?;
        u64::try_from(revision).ok()
    }

    fn charge(&self, caller: &Caller, cost: u64) -> Result<(), Refusal> {
        self.callers.charge(caller, cost)
    }

    fn allowance(&self, caller: &Caller) -> Allowance {
        let any_document = match self.trusted {
            TrustedDocuments::Off => true,
            TrustedDocuments::Strangers => caller.viewer != Viewer::Stranger,
            TrustedDocuments::Everyone => caller.viewer == Viewer::LocalAdministrator,
        };
        Allowance { any_document, introspection: !self.production || caller.viewer != Viewer::Stranger }
    }

    async fn document(&self, hash: &str) -> Result<Option<Arc<str>>, String> {
        self.documents.find(&self.registry, hash).await.map_err(|error| error.to_string())
    }

    fn address(&self, caller: &Caller) -> Option<IpAddr> {
        caller.address
    }

    async fn introduced(&self, caller: Caller, said: &Introduction, id: &str) -> Result<Caller, Refusal> {
        self.callers.introduced(caller, said, id).await
    }

    async fn again(&self, caller: &Caller) -> Result<Option<Caller>, String> {
        let viewer = self.registry.still(&caller.pass).await.map_err(|error| error.to_string())?;
        Ok(viewer.map(|viewer| Caller { viewer, ..caller.clone() }))
    }

    fn prepare(&self, caller: Caller, request: Request, facts: &RequestFacts<'_>) -> Result<Request, Refusal> {
        let changes = facts.kind == OperationType::Mutation;
        if changes {
            caller.meant()?;
        }
        let claim = facts.idempotency_key.filter(|_| changes).map(|key| claim(&caller.viewer, key, facts.body));
        let session = self.registry.session(caller.viewer);
        let data = RequestData::new(self.registry.clone(), session, caller.lang).came_with(caller.pass);
        Ok(request.data(data.asked(Some(Arc::clone(&facts.id)), claim)))
    }
}

/// The claim of a client that all its requests under one key are this one. Keys belong to accounts: two people of one role
/// who think of the same key do not get each other's answers.
fn claim(viewer: &Viewer, key: &str, body: &[u8]) -> Claim {
    let key = viewer.account().map_or_else(|| key.to_owned(), |account| format!("{account}/{key}"));
    let digest = Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect();
    Claim { key, digest }
}

#[cfg(test)]
mod tests;
