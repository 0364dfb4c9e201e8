//! `/graphql` over HTTP: the media types, status codes and refusals of GraphQL over HTTP, and the limits on what one
//! request may ask for.
//!
//! The handler of async-graphql's own integration answers in one media type, runs mutations over GET and has no limits on
//! aliases or on what fragments unfold to; so this one is our own. It is generic over the executor, and knows nothing of
//! the registry: what it needs from there comes through [`Hooks`].
//!
//! - `negotiate` the media type · `params` reading a request · `documents` parsing it · `handler` the order of the steps
//! - `scan`, `shape`, `cost` what a document asks for, each bounded by [`Limits`] · `model` the schema they look at
//! - `operations` documents that are named and not sent
//! - `gateway` the steps shared by every transport · `roots` the order of an answer · `write` its bytes · `cache` keeps it
//! - `ws` the same over sockets, by the protocol graphql-transport-ws
//! - `error` the one place that maps errors to `extensions.code`
//!
//! To add a limit: a field in [`Limits`], the check where the figure is known, and a test that meets the limit exactly.

mod cache;
mod cost;
mod documents;
mod error;
mod gateway;
mod handler;
mod hooks;
mod limits;
mod model;
mod negotiate;
mod operations;
mod params;
mod roots;
mod scan;
mod shape;
#[cfg(test)]
mod tests;
mod write;
mod ws;

pub use cache::AnswerCache;
pub use error::{Code, Refusal};
pub use gateway::{Admitted, Explorer, Gateway, Settlement};
pub use handler::{Note, RequestId, graphql};
pub use hooks::{Allowance, Hooks, RequestFacts};
pub use limits::{Limits, harden};
pub use negotiate::{Media, languages, negotiate};
pub use operations::hash_of;
pub(crate) use operations::unfolds;
pub use params::{Params, from_body, from_query};
pub use ws::{Introduction, PROTOCOL, SocketOptions, Sockets};
