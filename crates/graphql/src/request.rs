//! The schema, and what a request carries: who asks, in which language.

use std::sync::{Arc, LazyLock};

use async_graphql::{Context, Data, EmptyMutation, EmptySubscription, Executor, Request, Response};
use futures_util::{FutureExt as _, StreamExt as _, future::BoxFuture, stream::BoxStream};
use ketnoi_domain::{ExchangeRate, Lang, query::Filter};
use ketnoi_registry::Session;
use tokio::sync::OnceCell;

use crate::{
    error::{Result, from_registry},
    query::QueryRoot,
};

type Executable = async_graphql::Schema<QueryRoot, EmptyMutation, EmptySubscription>;

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
    /// The language of the reader.
    pub lang: Lang,
    rates: OnceCell<std::result::Result<Arc<Vec<ExchangeRate>>, ketnoi_registry::Error>>,
}

impl RequestData {
    /// A request by a session, in a language.
    pub fn new(session: Session, lang: Lang) -> Self {
        Self { session, lang, rates: OnceCell::new() }
    }
}

/// Built once: it takes megabytes and is the same for all.
static SCHEMA: LazyLock<Executable> =
    LazyLock::new(|| crate::http::harden(Executable::build(QueryRoot, EmptyMutation, EmptySubscription)).finish());

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
