//! What the registry puts into the gateway: who asks, what they may cost, and whether an answer can be kept.

use std::future::Future;

use actix_web::HttpRequest;
use async_graphql::Request;

use super::error::Refusal;

/// The registry's part in each request. The gateway calls these in the order in which they stand here.
pub trait Hooks: 'static {
    /// Who asks, in which language, from which request: whatever `prepare` needs.
    type Caller;

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

    /// Puts the viewer, the language and loaders made for this request into it, or switches introspection off.
    fn prepare(&self, caller: Self::Caller, request: Request) -> Result<Request, Refusal>;
}

/// No registry at all: every caller is a stranger. For schemas that need no context, such as those of tests.
impl Hooks for () {
    type Caller = ();

    async fn caller(&self, _http: &HttpRequest) -> Result<(), Refusal> {
        Ok(())
    }

    fn prepare(&self, (): (), request: Request) -> Result<Request, Refusal> {
        Ok(request)
    }
}
