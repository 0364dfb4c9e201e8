//! A portal: the gateway, as the binary mounts it, before a registry of the test's own.

mod introspect;
mod reply;

use std::sync::{Arc, Mutex, PoisonError};

use actix_web::{
    App, HttpRequest,
    http::header,
    test::{TestRequest, call_service, init_service, read_body},
    web,
};
use async_graphql::{Executor as _, Request, Response};
use futures_util::stream::BoxStream;
use ketnoi_domain::{Lang, Viewer};
use ketnoi_graphql::{
    RequestData, Schema,
    http::{Gateway, Hooks, Limits, Refusal, RequestFacts, graphql},
};
use ketnoi_registry::{Registry, Session};
use ketnoi_test_support::TestDb;
use serde_json::{Value, json};

pub(crate) use introspect::{List, Shape};
pub(crate) use reply::Reply;

/// One who asks, and the gateway that answers.
pub(crate) struct Portal {
    gateway: web::Data<Gateway<Schema, As>>,
}

/// The registry's part in each request, for a viewer and a language that the test chose.
struct As {
    registry: Registry,
    viewer: Mutex<Viewer>,
    lang: Lang,
    /// Reads of the last request that ran.
    last: Mutex<Option<Session>>,
}

impl As {
    fn viewer(&self) -> Viewer {
        self.viewer.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Hooks for As {
    type Caller = ();

    async fn caller(&self, _http: &HttpRequest) -> Result<(), Refusal> {
        Ok(())
    }

    fn scope(&self, (): &()) -> Option<String> {
        Some(self.viewer().class().into_owned())
    }

    async fn revision(&self) -> Option<u64> {
        u64::try_from(self.registry.store().reader().revision().await.ok()?).ok()
    }

    fn prepare(&self, (): (), request: Request, facts: &RequestFacts<'_>) -> Result<Request, Refusal> {
        let session = self.registry.session(self.viewer());
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(session.clone());
        let data = RequestData::new(self.registry.clone(), session, self.lang).asked(Some(Arc::clone(&facts.id)), None);
        Ok(request.data(data))
    }
}

impl Portal {
    /// A stranger who reads Vietnamese.
    pub(crate) fn stranger(db: &TestDb) -> Self {
        Self::new(db, Viewer::Stranger, Lang::Vi, Limits::default())
    }

    /// One who sees everything, and reads English.
    pub(crate) fn administrator(db: &TestDb) -> Self {
        Self::new(db, Viewer::LocalAdministrator, Lang::En, Limits::default())
    }

    /// One who is known, reads Vietnamese, and for whom nothing is too dear.
    pub(crate) fn known(db: &TestDb, viewer: Viewer) -> Self {
        Self::new(db, viewer, Lang::Vi, Limits { cost: u64::MAX, ..Limits::default() })
    }

    /// One who is known, and reads English.
    pub(crate) fn in_english(db: &TestDb, viewer: Viewer) -> Self {
        Self::new(db, viewer, Lang::En, Limits { cost: u64::MAX, ..Limits::default() })
    }

    /// Someone else asks from now on.
    pub(crate) fn becomes(&self, viewer: &Viewer) {
        *self.gateway.hooks().viewer.lock().unwrap() = viewer.clone();
    }

    /// What a subscription tells.
    pub(crate) fn events(&self, query: &str) -> BoxStream<'static, Response> {
        let hooks = self.gateway.hooks();
        let data = RequestData::new(hooks.registry.clone(), hooks.registry.session(hooks.viewer()), hooks.lang);
        ketnoi_graphql::build().execute_stream(Request::new(query).data(data), None)
    }

    /// A stranger that nothing is too dear for.
    pub(crate) fn of_means(db: &TestDb) -> Self {
        Self::new(db, Viewer::Stranger, Lang::Vi, Limits { cost: u64::MAX, ..Limits::default() })
    }

    /// A portal for anyone, within any limits.
    pub(crate) fn new(db: &TestDb, viewer: Viewer, lang: Lang, limits: Limits) -> Self {
        let hooks = As { registry: db.registry().clone(), viewer: Mutex::new(viewer), lang, last: Mutex::default() };
        let gateway = Gateway::new(ketnoi_graphql::build(), &ketnoi_graphql::sdl(), hooks).unwrap().limits(limits);
        Self { gateway: web::Data::new(gateway) }
    }

    /// The same portal, which keeps whole answers as the binary does.
    pub(crate) fn with_cache(db: &TestDb) -> Self {
        let (registry, viewer) = (db.registry().clone(), Mutex::new(Viewer::Stranger));
        let hooks = As { registry, viewer, lang: Lang::En, last: Mutex::default() };
        let gateway = Gateway::new(ketnoi_graphql::build(), &ketnoi_graphql::sdl(), hooks).unwrap().cache(1 << 20);
        Self { gateway: web::Data::new(gateway) }
    }

    /// Asks with variables.
    pub(crate) async fn ask(&self, query: &str, variables: Value) -> Reply {
        let handler = web::resource("/graphql").to(graphql::<Schema, As>);
        let app = init_service(App::new().app_data(self.gateway.clone()).service(handler)).await;
        let request = TestRequest::post()
            .uri("/graphql")
            .insert_header((header::ACCEPT, "application/graphql-response+json"))
            .set_json(json!({ "query": query, "variables": variables }));
        *self.gateway.hooks().last.lock().unwrap() = None;
        let response = call_service(&app, request.to_request()).await;
        let status = response.status().as_u16();
        let bytes = read_body(response).await;
        let statements = self.gateway.hooks().last.lock().unwrap().as_ref().map_or(0, Session::statements);
        Reply::new(query, status, &bytes, statements)
    }

    /// The data of an answer that has no errors.
    pub(crate) async fn data(&self, query: &str) -> Value {
        self.ask(query, json!({})).await.data().clone()
    }
}
