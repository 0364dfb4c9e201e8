//! A portal: the gateway, as the binary mounts it, before a registry of the test's own.

mod introspect;
mod reply;

use std::sync::{Mutex, PoisonError};

use actix_web::{
    App, HttpRequest,
    http::header,
    test::{TestRequest, call_service, init_service, read_body},
    web,
};
use async_graphql::Request;
use ketnoi_domain::{Lang, Viewer};
use ketnoi_graphql::{
    RequestData, Schema,
    http::{Gateway, Hooks, Limits, Refusal, graphql},
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
    viewer: Viewer,
    lang: Lang,
    /// Reads of the last request that ran.
    last: Mutex<Option<Session>>,
}

impl Hooks for As {
    type Caller = ();

    async fn caller(&self, _http: &HttpRequest) -> Result<(), Refusal> {
        Ok(())
    }

    fn scope(&self, (): &()) -> Option<String> {
        Some(self.viewer.class().to_owned())
    }

    async fn revision(&self) -> Option<u64> {
        u64::try_from(self.registry.store().reader().revision().await.ok()?).ok()
    }

    fn prepare(&self, (): (), request: Request) -> Result<Request, Refusal> {
        let session = self.registry.session(self.viewer.clone());
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(session.clone());
        Ok(request.data(RequestData::new(session, self.lang)))
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

    /// A stranger that nothing is too dear for.
    pub(crate) fn of_means(db: &TestDb) -> Self {
        Self::new(db, Viewer::Stranger, Lang::Vi, Limits { cost: u64::MAX, ..Limits::default() })
    }

    /// A portal for anyone, within any limits.
    pub(crate) fn new(db: &TestDb, viewer: Viewer, lang: Lang, limits: Limits) -> Self {
        let hooks = As { registry: db.registry().clone(), viewer, lang, last: Mutex::default() };
        let gateway = Gateway::new(ketnoi_graphql::build(), &ketnoi_graphql::sdl(), hooks).unwrap().limits(limits);
        Self { gateway: web::Data::new(gateway) }
    }

    /// The same portal, which keeps whole answers as the binary does.
    pub(crate) fn with_cache(db: &TestDb) -> Self {
        let hooks = As { registry: db.registry().clone(), viewer: Viewer::Stranger, lang: Lang::En, last: Mutex::default() };
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
