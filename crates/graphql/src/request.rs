//! The schema, and what a request carries: who asks, in which language.

use std::sync::{Arc, LazyLock};

use async_graphql::{Context, Data, Executor, QueryPathSegment, Request, Response};
use futures_util::{FutureExt as _, StreamExt as _, future::BoxFuture, stream::BoxStream};
use ketnoi_domain::{ExchangeRate, Lang, query::Filter};
use ketnoi_registry::{Author, Claim, Pass, Registry, Session};
use tokio::sync::OnceCell;

use crate::{
    error::{Result, from_registry},
    mutation::MutationRoot,
    query::QueryRoot,
    subscription::SubscriptionRoot,
};

type Executable = async_graphql::Schema<QueryRoot, MutationRoot, SubscriptionRoot>;

/// The schema of the registry.
///
/// It runs requests behind a box, so that the thousand resolvers are compiled in this crate and not again in each that
/// serves them.
#[derive(Clone)]
pub struct Schema(Executable);

impl std::fmt::Debug for Schema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Schema")
    }
}

impl Executor for Schema {
    fn execute(&self, request: Request) -> impl Future<Output = Response> + Send {
        answer(self.0.clone(), request)
    }

    fn execute_stream(&self, request: Request, data: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        self.0.execute_stream_with_session_data(request, data.unwrap_or_default()).boxed()
    }
}

fn answer(schema: Executable, request: Request) -> BoxFuture<'static, Response> {
    async move { schema.execute(request).await }.boxed()
}

/// What every request carries; put it into the request before it is executed.
#[derive(Debug)]
pub struct RequestData {
    /// Reads for the viewer.
    pub session: Session,
    /// The registry, for what is more than reading.
    pub registry: Registry,
    /// The language of the reader.
    pub lang: Lang,
    /// The id of the request, as the log has it.
    pub request: Option<Arc<str>>,
    /// What makes a retry of the request safe.
    pub claim: Option<Claim>,
    /// By what a subscription asks, before each event, who its subscriber is now.
    pub pass: Pass,
    rates: OnceCell<std::result::Result<Arc<Vec<ExchangeRate>>, ketnoi_registry::Error>>,
}

impl RequestData {
    /// A request to a registry by a session, in a language.
    pub fn new(registry: Registry, session: Session, lang: Lang) -> Self {
        let pass = Pass::of(session.viewer().clone());
        Self { session, registry, lang, request: None, claim: None, pass, rates: OnceCell::new() }
    }

    /// The same, with the id under which the log has it, and the claim of its client.
    #[must_use]
    pub fn asked(mut self, request: Option<Arc<str>>, claim: Option<Claim>) -> Self {
        (self.request, self.claim) = (request, claim);
        self
    }

    /// The same, of someone who came with this.
    #[must_use]
    pub fn came_with(self, pass: Pass) -> Self {
        Self { pass, ..self }
    }
}

/// Built once: it takes megabytes and is the same for all.
static SCHEMA: LazyLock<Executable> = LazyLock::new(|| {
    crate::http::harden(Executable::build(QueryRoot::default(), MutationRoot::default(), SubscriptionRoot)).finish()
});

/// The schema. Its limits are those of the HTTP handler, which knows more than the executor.
pub fn build() -> Schema {
    Schema(SCHEMA.clone())
}

/// The schema in GraphQL's schema definition language.
pub fn sdl() -> String {
    SCHEMA.sdl_with_options(async_graphql::SDLExportOptions::new().sorted_enum_items().prefer_single_line_descriptions())
}

pub(crate) fn data<'c>(ctx: &Context<'c>) -> &'c RequestData {
    ctx.data_unchecked::<RequestData>()
}

pub(crate) fn registry<'c>(ctx: &Context<'c>) -> &'c Registry {
    &data(ctx).registry
}

/// Who changes the registry by this root field. Each root field of a request has a claim of its own.
pub(crate) fn author(ctx: &Context<'_>) -> Author {
    let data = data(ctx);
    let field = match ctx.path_node.map(|node| node.segment) {
        Some(QueryPathSegment::Name(name)) => name,
        _ => ctx.field().name(),
    };
    let claim = data.claim.as_ref().map(|c| Claim { key: format!("{}/{field}", c.key), digest: c.digest.clone() });
    Author { viewer: data.session.viewer().clone(), request: data.request.clone(), lang: data.lang, claim }
}

/// Notes that this field tells what changes without a new revision of the registry, or what is this account's alone: the
/// answer is not kept.
pub(crate) fn volatile(ctx: &Context<'_>) {
    ctx.insert_http_header("cache-control", "no-store");
}

pub(crate) fn session<'c>(ctx: &Context<'c>) -> &'c Session {
    &data(ctx).session
}

pub(crate) fn lang(ctx: &Context<'_>) -> Lang {
    data(ctx).lang
}

/// All rates that the viewer may see, loaded once a request.
pub(crate) async fn rates(ctx: &Context<'_>) -> Result<Arc<Vec<ExchangeRate>>> {
    let data = data(ctx);
    let load = || async { data.session.all::<ExchangeRate>(&Filter::all()).await.map(Arc::new) };
    data.rates.get_or_init(load).await.clone().map_err(from_registry)
}
