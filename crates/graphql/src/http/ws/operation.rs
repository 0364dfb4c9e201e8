//! One operation of a socket: a stream of what is to be said of it.

use std::future::ready;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use actix_web::web::Data;
use async_graphql::parser::types::OperationType;
use async_graphql::{Executor, Response, ServerError, Value};
use futures_util::stream::{self, LocalBoxStream, StreamExt};

use super::super::error::{self, Refusal};
use super::super::gateway::Gateway;
use super::super::hooks::{Hooks, RequestFacts};
use super::super::params::Params;
use super::super::write::to_bytes;

/// What is to be said of an operation.
#[derive(Debug)]
pub(super) enum Said {
    /// It is a subscription, and runs from now on.
    Follows,
    /// An answer, or an event.
    Next(Vec<u8>),
    /// It was refused, or ended by these; nothing comes after.
    Failed(Vec<ServerError>),
    /// It is over.
    Over,
}

/// Runs an operation for a caller; `id` is what the log has.
pub(super) fn run<E: Executor, H: Hooks>(
    gateway: Data<Gateway<E, H>>,
    caller: H::Caller,
    params: Params,
    id: Arc<str>,
) -> LocalBoxStream<'static, Said> {
    let begun = async move {
        match begin(&gateway, caller, params, id).await {
            Ok(said) => said,
            Err(refusal) => one(Said::Failed(refusal.errors)),
        }
    };
    stream::once(begun).flatten().chain(stream::once(ready(Said::Over))).boxed_local()
}

fn one(said: Said) -> LocalBoxStream<'static, Said> {
    stream::once(ready(said)).boxed_local()
}

async fn begin<E: Executor, H: Hooks>(
    gateway: &Data<Gateway<E, H>>,
    caller: H::Caller,
    params: Params,
    id: Arc<str>,
) -> Result<LocalBoxStream<'static, Said>, Refusal> {
    let again = gateway.hooks.again(&caller).await.map_err(|reason| Refusal::internal(&id, &reason))?;
    let caller = again.ok_or_else(|| Refusal::unauthenticated("What you came with no longer holds: connect anew."))?;
    let admitted = gateway.receive(&caller, params, &id).await?;
    let (kind, cost) = (admitted.kind, admitted.cost);
    gateway.hooks.charge(&caller, cost)?;
    let operation = admitted.name.as_deref();
    tracing::info!(target: "ketnoi::access", operation, cost, kind = %kind, request_id = %id, "over a socket");
    let (request, settlement) = admitted.split();
    // A socket has no header for a key of idempotency, which is all that the body is asked for.
    let facts = RequestFacts { id: Arc::clone(&id), kind, body: &[], idempotency_key: None };
    let request = gateway.hooks.prepare(caller.clone(), request, &facts)?;
    if kind != OperationType::Subscription {
        let mut response = gateway.run(request, &id).await?;
        let executed = settlement.settle(&mut response, &id);
        return Ok(one(if executed { Said::Next(to_bytes(&response, true)) } else { Said::Failed(response.errors) }));
    }
    // A panic in a resolver ends this subscription, and not the worker.
    let events = AssertUnwindSafe(gateway.executor.execute_stream(request, None)).catch_unwind();
    let (gateway, mut first) = (Data::clone(gateway), true);
    let said = events.map(move |event| {
        let Ok(mut response) = event else { return Said::Failed(error::broken(&id).errors) };
        settlement.settle(&mut response, &id);
        let said = of_event(response);
        // The first was paid for with the operation, and to be told of the end costs nothing.
        if std::mem::take(&mut first) || matches!(said, Said::Failed(_)) {
            return said;
        }
        match gateway.hooks.charge(&caller, cost) {
            Ok(()) => said,
            Err(refusal) => Said::Failed(refusal.errors),
        }
    });
    Ok(stream::once(ready(Said::Follows)).chain(said).boxed_local())
}

/// An event whose very source failed is the end of its subscription; where something below it failed, it is an event with errors.
fn of_event(response: Response) -> Said {
    let of_the_source = response.data == Value::Null && !response.errors.is_empty();
    if of_the_source && response.errors.iter().all(|error| error.path.len() <= 1) {
        return Said::Failed(response.errors);
    }
    Said::Next(to_bytes(&response, true))
}
