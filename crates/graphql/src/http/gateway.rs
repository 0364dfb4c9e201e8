//! The steps that every request takes, whatever brings it: parse, measure, price, run, settle.
//!
//! The HTTP handler is one user; the sockets of `ws` are the other.

use std::panic::AssertUnwindSafe;

use async_graphql::parser;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection};
use async_graphql::{Executor, Request, Response, Value, Variables};
use futures_util::FutureExt;

use actix_web::http::StatusCode;
use actix_web::web::Bytes;

use super::cache::AnswerCache;
use super::documents::Documents;
use super::error::{self, Code, Refusal};
use super::hooks::Hooks;
use super::limits::Limits;
use super::model::Model;
use super::params::Params;
use super::roots::Roots;
use super::ws::Sockets;
use super::{cost, operations, scan, shape};

/// Everything that `/graphql` needs: the schema, the registry's hooks, the limits.
pub struct Gateway<E, H> {
    pub(super) executor: E,
    pub(super) hooks: H,
    pub(super) limits: Limits,
    pub(super) cache: Option<AnswerCache>,
    pub(super) explorer: Option<Explorer>,
    pub(super) sockets: Sockets,
    documents: Documents,
    model: Model,
}

/// The page that a browser gets at `/graphql`.
#[derive(Clone, Debug)]
pub struct Explorer {
    /// The page itself.
    pub html: Bytes,
    /// Its `Content-Security-Policy`.
    pub policy: &'static str,
}

/// A request that is within the limits and may run.
#[derive(Debug)]
pub struct Admitted {
    /// The request, its document parsed.
    pub request: Request,
    /// Query, mutation or subscription.
    pub kind: OperationType,
    /// The operation's name, if it has one.
    pub name: Option<String>,
    /// Its cost by the model of `cost.rs`.
    pub cost: u64,
    /// Whether it asks about the schema.
    pub introspects: bool,
    most: u64,
    roots: Roots,
}

/// What is left to do once the request has run.
#[derive(Debug)]
pub struct Settlement {
    cost: u64,
    most: u64,
    roots: Roots,
}

impl Admitted {
    /// Parts the request, which the hooks and the executor take, from what settles its response.
    pub fn split(self) -> (Request, Settlement) {
        (self.request, Settlement { cost: self.cost, most: self.most, roots: self.roots })
    }
}

impl<E, H> Gateway<E, H> {
    /// The sockets that are open.
    pub fn sockets(&self) -> &Sockets {
        &self.sockets
    }
}

impl<E: Executor, H: Hooks> Gateway<E, H> {
    /// Finds the document that a caller names or sends, and admits it if this caller may send it. Every transport takes this
    /// way; nothing has run when it returns.
    pub async fn receive(&self, caller: &H::Caller, params: Params, correlation_id: &str) -> Result<Admitted, Refusal> {
        let allowance = self.hooks.allowance(caller);
        let params = operations::resolve(&self.hooks, params, allowance.any_document, correlation_id).await?;
        let admitted = self.admit(params)?;
        if admitted.introspects && !allowance.introspection {
            let message = "Questions about the schema are answered only to those who sign in or bring a key.";
            return Err(Refusal::new(Code::Forbidden, message));
        }
        Ok(admitted)
    }
}

impl<E: Executor, H> Gateway<E, H> {
    /// A gateway with the default limits, no cache and no page. `sdl` is the schema's own, `schema.sdl()`.
    pub fn new(executor: E, sdl: &str, hooks: H) -> Result<Self, parser::Error> {
        let (model, documents) = (Model::read(sdl)?, Documents::default());
        let (limits, sockets) = (Limits::default(), Sockets::default());
        Ok(Self { executor, hooks, limits, cache: None, explorer: None, sockets, documents, model })
    }

    /// Sets the limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Keeps whole answers in a cache of at most so many bytes; 0 switches it off.
    #[must_use]
    pub fn cache(mut self, bytes: usize) -> Self {
        self.cache = (bytes > 0).then(|| AnswerCache::new(bytes));
        self
    }

    /// Serves a page to browsers.
    #[must_use]
    pub fn explorer(mut self, explorer: Option<Explorer>) -> Self {
        self.explorer = explorer;
        self
    }

    /// Whether browsers get a page to ask questions by.
    pub fn has_explorer(&self) -> bool {
        self.explorer.is_some()
    }

    /// Takes sockets as these say, and counts them there.
    #[must_use]
    pub fn with_sockets(mut self, sockets: Sockets) -> Self {
        self.sockets = sockets;
        self
    }

    /// The executor, for other transports.
    pub fn executor(&self) -> &E {
        &self.executor
    }

    /// The hooks, for other transports.
    pub fn hooks(&self) -> &H {
        &self.hooks
    }

    /// Parses a request, and refuses it if it passes a limit. Nothing has run when this returns.
    pub fn admit(&self, params: Params) -> Result<Admitted, Refusal> {
        let scan = scan::scan(&params.query);
        shape::within("its number of tokens is", scan.tokens, self.limits.tokens)?;
        shape::within("its nesting is", scan.nesting, self.limits.nesting)?;
        let document = self.documents.parse(&params.query)?;
        let (name, operation) = choose(&document, params.operation_name.as_deref())?;
        check_variables(operation, &params.variables)?;
        check_subscription(operation)?;
        shape::check(&document, operation, &self.limits)?;
        let cost = cost::cost(&self.model, &document, operation, &params.variables);
        shape::within("its cost is", cost, self.limits.cost)?;
        let roots = Roots::of(&self.model, &document, operation);
        let introspects = shape::introspects(&document, operation);
        let kind = operation.ty;
        let name = name.map(str::to_owned);

        let mut request = Request::new(params.query).variables(params.variables);
        request.operation_name = params.operation_name;
        request.set_parsed_query(document);
        Ok(Admitted { request, kind, name, cost, introspects, most: self.limits.cost, roots })
    }

    /// Runs a query or mutation within the time limit. A panic in a resolver is an answer, not the end of the worker.
    pub(super) async fn run(&self, request: Request, correlation_id: &str) -> Result<Response, Refusal> {
        let run = AssertUnwindSafe(self.executor.execute(request)).catch_unwind();
        match tokio::time::timeout(self.limits.time, run).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(_panic)) => Ok(error::broken(correlation_id)),
            Err(_elapsed) => {
                let milliseconds = self.limits.time.as_millis() as u64;
                let message = format!("This request is too complex: it ran longer than {milliseconds} ms, the limit.");
                Err(Refusal::new(Code::TooComplex, message).extension("limit", milliseconds))
            }
        }
    }
}

impl Settlement {
    /// Gives a response its codes, its order and its cost. Whether it ran at all is the answer: a request error has no data.
    pub fn settle(&self, response: &mut Response, correlation_id: &str) -> bool {
        let executed = !error::is_request_error(response);
        error::settle(response, correlation_id);
        if executed {
            self.roots.arrange(response);
            let cost = [("requested", self.cost), ("maximum", self.most)]
                .map(|(name, value)| (async_graphql::Name::new(name), Value::from(value)));
            response.extensions.insert("cost".to_owned(), Value::Object(cost.into_iter().collect()));
        }
        executed
    }
}

/// The operation to run, with its name.
fn choose<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<(Option<&'a str>, &'a OperationDefinition), Refusal> {
    let refused = |message: String| Err(Refusal::http(StatusCode::BAD_REQUEST, Code::BadUserInput, message));
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Ok((None, &operation.node)),
        (DocumentOperations::Single(_), Some(name)) => {
            refused(format!("There is no operation named \"{name:.100}\": the only one has no name."))
        }
        (DocumentOperations::Multiple(operations), Some(name)) => match operations.get_key_value(name) {
            Some((name, operation)) => Ok((Some(name), &operation.node)),
            None => refused(format!("There is no operation named \"{name:.100}\".")),
        },
        (DocumentOperations::Multiple(operations), None) => match operations.iter().next() {
            Some((name, operation)) if operations.len() == 1 => Ok((Some(name), &operation.node)),
            _ => refused("The document has several operations: name one in `operationName`.".to_owned()),
        },
    }
}

/// Refuses a subscription to anything but one field, written at its root: each event is the answer of one, and the executor
/// looks for it there and not in fragments.
fn check_subscription(operation: &OperationDefinition) -> Result<(), Refusal> {
    let one = matches!(operation.selection_set.node.items.as_slice(), [item] if matches!(item.node, Selection::Field(_)));
    if operation.ty != OperationType::Subscription || one {
        return Ok(());
    }
    let message = "A subscription has exactly one field at its root, written there and not in a fragment.";
    Err(Refusal::new(Code::BadUserInput, message))
}

/// Refuses missing values before anything runs. async-graphql would find them only in the resolver that reads them.
fn check_variables(operation: &OperationDefinition, given: &Variables) -> Result<(), Refusal> {
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        let required = !definition.var_type.node.nullable;
        let missing = match given.get(&definition.name.node) {
            None => required && definition.default_value.is_none(),
            Some(value) => required && *value == Value::Null,
        };
        if missing {
            let message =
                format!("The variable \"${}\" of type \"{}\" must have a value.", definition.name.node, definition.var_type.node);
            return Err(Refusal::new(Code::BadUserInput, message));
        }
    }
    Ok(())
}
