//! What the registry puts into the gateway: who asks, what they may cost, and whether an answer can be kept.

use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;

use actix_web::HttpRequest;
use async_graphql::Request;
use async_graphql::parser::types::OperationType;

use super::error::Refusal;
use super::ws::Introduction;

/// What is known of a request besides who asks, when it is about to run.
#[derive(Clone, Debug)]
pub struct RequestFacts<'a> {
    /// Its id, as the log has it.
    pub id: Arc<str>,
    /// Query, mutation or subscription.
    pub kind: OperationType,
    /// The request as it was sent: the body of a POST, the query string of a GET.
    pub body: &'a [u8],
    /// The header `Idempotency-Key`.
    pub idempotency_key: Option<&'a str>,
}

/// What a caller may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Any document, or only those that are registered.
    pub any_document: bool,
    /// Questions about the schema.
    pub introspection: bool,
}

impl Default for Allowance {
    fn default() -> Self {
        Self { any_document: true, introspection: true }
    }
}

/// The registry's part in each request. Callers come first, then what they may send, then the price, then the run.
pub trait Hooks: 'static {
    /// Who asks, in which language, from which request: whatever `prepare` needs.
    type Caller: Clone + 'static;

    /// Finds out who asks, from the headers alone. This comes before the body is read, so that a bad token costs little.
    fn caller(&self, http: &HttpRequest) -> impl Future<Output = Result<Self::Caller, Refusal>>;

    /// The part of a cached answer's key that comes from the caller: the class of viewers that all see the same, and the
    /// language. `None` keeps the answers to this caller out of the cache.
    fn scope(&self, _caller: &Self::Caller) -> Option<String> {
        None
    }

    /// The registry's revision now; `None` where it is not known. It is read before the request runs, so that an answer
    /// can be newer than its revision says, but never older.
    fn revision(&self) -> impl Future<Output = Option<u64>> {
        std::future::ready(None)
    }

    /// Takes the cost of an operation from what the caller may spend; refuses with `Refusal::rate_limited`.
    fn charge(&self, _caller: &Self::Caller, _cost: u64) -> Result<(), Refusal> {
        Ok(())
    }

    /// What the caller may send.
    fn allowance(&self, _caller: &Self::Caller) -> Allowance {
        Allowance::default()
    }

    /// The registered operation whose document has this SHA-256, in hexadecimal; `None` where there is none. The error is for the
    /// log.
    fn document(&self, _hash: &str) -> impl Future<Output = Result<Option<Arc<str>>, String>> {
        std::future::ready(Ok(None))
    }

    /// The address that a caller's sockets are counted by; `None` for that of the connection.
    fn address(&self, _caller: &Self::Caller) -> Option<IpAddr> {
        None
    }

    /// Who speaks over a socket: whoever asked for it by its headers, or whoever its client says it is when it begins. `id` is
    /// that of the request, as the log has it.
    fn introduced(
        &self,
        caller: Self::Caller,
        _said: &Introduction,
        _id: &str,
    ) -> impl Future<Output = Result<Self::Caller, Refusal>> {
        std::future::ready(Ok(caller))
    }

    /// Who a caller is now that came some time ago; `None` where what they came with no longer holds. It is asked before each
    /// operation of a socket, and now and then. The error is for the log.
    fn again(&self, caller: &Self::Caller) -> impl Future<Output = Result<Option<Self::Caller>, String>> {
        std::future::ready(Ok(Some(caller.clone())))
    }

    /// Puts the viewer, the language and loaders made for this request into it; refuses a change that the caller cannot have
    /// meant to make.
    fn prepare(&self, caller: Self::Caller, request: Request, facts: &RequestFacts<'_>) -> Result<Request, Refusal>;
}

/// No registry at all: every caller is a stranger. For schemas that need no context, such as those of tests.
impl Hooks for () {
    type Caller = ();

    async fn caller(&self, _http: &HttpRequest) -> Result<(), Refusal> {
        Ok(())
    }

    fn prepare(&self, (): (), request: Request, _facts: &RequestFacts<'_>) -> Result<Request, Refusal> {
        Ok(request)
    }
}
