//! What one request may ask for. Every limit can be configured, and each refusal names its limit and what was asked.

use std::time::Duration;

use async_graphql::{ObjectType, SchemaBuilder, SubscriptionType};

/// The limits of the gateway, with the defaults that the documentation promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a request's body.
    pub body_bytes: usize,
    /// Lexical tokens of a document.
    pub tokens: u64,
    /// Brackets open at once, and selections inside one another counting fragments. It guards the stack.
    pub nesting: u64,
    /// Fields inside one another; introspection is exempt and has a rule of its own.
    pub depth: u64,
    /// Aliases of an operation and its fragments, each counted where it is written.
    pub aliases: u64,
    /// Fields at the root of an operation, after fragments are spread.
    pub root_fields: u64,
    /// Directives on one field, fragment or operation.
    pub directives: u64,
    /// Fields and fragments after all fragments are spread: validation walks them all, so small documents must not unfold.
    pub selections: u64,
    /// The cost of an operation, as `cost.rs` counts it.
    pub cost: u64,
    /// How long an operation may run, and how long its body may take to arrive.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 1024 * 1024,
            tokens: 15_000,
            nesting: 32,
            depth: 12,
            aliases: 30,
            root_fields: 20,
            directives: 8,
            selections: 10_000,
            cost: 10_000,
            time: Duration::from_secs(10),
        }
    }
}

/// Switches off what a schema tells strangers unasked, and leaves depth to [`Limits`]: suggestions would spell out the
/// names of fields that introspection hides.
pub fn harden<Q, M, S>(builder: SchemaBuilder<Q, M, S>) -> SchemaBuilder<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    builder.disable_suggestions().limit_recursive_depth(64)
}
