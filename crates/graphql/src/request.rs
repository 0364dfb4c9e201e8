//! The schema, and what a request carries: who asks, in which language.

use std::sync::Arc;

use async_graphql::{Context, EmptyMutation, EmptySubscription};
use ketnoi_domain::{ExchangeRate, Lang, query::Filter};
use ketnoi_registry::Session;
use tokio::sync::OnceCell;

use crate::{
    error::{Result, from_registry},
    query::QueryRoot,
};

/// The schema of the registry.
pub type Schema = async_graphql::Schema<QueryRoot, EmptyMutation, EmptySubscription>;

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

/// Builds the schema. Its limits are those of the HTTP handler, which knows more than the executor.
pub fn build() -> Schema {
    crate::http::harden(Schema::build(QueryRoot, EmptyMutation, EmptySubscription)).finish()
}

/// The schema in GraphQL's schema definition language.
pub fn sdl() -> String {
    build().sdl_with_options(async_graphql::SDLExportOptions::new().sorted_enum_items().prefer_single_line_descriptions())
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
