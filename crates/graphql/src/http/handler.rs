//! The handler of `/graphql`.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder};
use async_graphql::parser::types::OperationType;
use async_graphql::{Executor, Response};

use super::cache::{Answer, AnswerCache};
use super::error::{Code, Refusal};
use super::gateway::Gateway;
use super::hooks::{Hooks, RequestFacts};
use super::negotiate::{Media, negotiate, wants_page};
use super::params::{self, Params};
use super::write::to_bytes;
use super::ws;

/// What an answer depends on besides the document: the headers that caches on the way must compare.
const VARY: &str = "Accept, Accept-Language, Authorization, Cookie";

/// The id of a request, which the server's middleware puts into the request's extensions. It is also the correlation id
/// of internal errors, so one search in the log finds both.
#[derive(Clone, Debug)]
pub struct RequestId(pub Arc<str>);

/// What the handler leaves in the request's extensions for the log. Never variables, never the document.
#[derive(Clone, Debug, Default)]
pub struct Note {
    /// The operation's name, from the document.
    pub operation: Option<Arc<str>>,
    /// Its cost.
    pub cost: Option<u64>,
    /// Whether the answer came from the cache.
    pub cached: bool,
    /// The code of a refusal.
    pub code: Option<String>,
}

/// Handles every method at `/graphql`; mount it with `web::resource("/graphql").to(graphql::<E, H>)`.
pub async fn graphql<E: Executor, H: Hooks>(http: HttpRequest, payload: Payload, gateway: Data<Gateway<E, H>>) -> HttpResponse {
    let get = http.method() == Method::GET;
    if get && ws::is_wanted(http.headers()) {
        return match ws::upgrade(&http, payload, &gateway).await {
            Ok(response) => response,
            Err(refusal) => refuse(&http, Media::GraphQl, refusal),
        };
    }
    if get
        && let Some(explorer) = &gateway.explorer
        && wants_page(http.headers())
    {
        return HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((header::CONTENT_SECURITY_POLICY, explorer.policy))
            .insert_header((header::VARY, VARY))
            .body(explorer.html.clone());
    }
    let Some(media) = negotiate(http.headers()) else {
        let message = "This server answers in application/graphql-response+json or application/json.";
        return refuse(&http, Media::Json, Refusal::http(StatusCode::NOT_ACCEPTABLE, Code::BadUserInput, message));
    };
    if !get && http.method() != Method::POST {
        return refuse(&http, media, not_allowed("This path takes GET and POST.", "GET, POST"));
    }
    match answer(&http, payload, &gateway, media).await {
        Ok(response) => response,
        Err(refusal) => refuse(&http, media, refusal),
    }
}

async fn answer<E: Executor, H: Hooks>(
    http: &HttpRequest,
    payload: Payload,
    gateway: &Gateway<E, H>,
    media: Media,
) -> Result<HttpResponse, Refusal> {
    let get = http.method() == Method::GET;
    if get {
        params::check_origin_of_get(http.headers())?;
    } else {
        params::check_content_type(http.headers())?;
    }
    let idempotency_key = params::idempotency_key(http.headers())?;
    let caller = gateway.hooks.caller(http).await?;
    let raw = match get {
        true => Bytes::copy_from_slice(http.query_string().as_bytes()),
        false => params::read_body(http.headers(), payload, gateway.limits.body_bytes, gateway.limits.time).await?,
    };

    let place = Place::of(gateway, &caller, media, get, &raw).await;
    if let Some(known) = place.as_ref().and_then(Place::look_up) {
        gateway.hooks.charge(&caller, known.cost)?;
        note(http, Note { operation: known.operation.clone(), cost: Some(known.cost), cached: true, code: None });
        return Ok(send(http, media, known));
    }

    let params: Params = if get { params::from_query(http.query_string())? } else { params::from_body(&raw)? };
    let correlation_id = correlation_id(http);
    let admitted = gateway.receive(&caller, params, &correlation_id).await?;
    match admitted.kind {
        OperationType::Mutation if get => return Err(not_allowed("A GET runs queries only: send mutations by POST.", "POST")),
        OperationType::Subscription => {
            let message = "Subscriptions run over WebSocket at this path, by the protocol graphql-transport-ws.";
            return Err(Refusal::http(StatusCode::BAD_REQUEST, Code::BadUserInput, message));
        }
        OperationType::Query | OperationType::Mutation => {}
    }
    let (kind, cost) = (admitted.kind, admitted.cost);
    let operation: Option<Arc<str>> = admitted.name.as_deref().map(Arc::from);
    note(http, Note { operation: operation.clone(), cost: Some(cost), cached: false, code: None });
    gateway.hooks.charge(&caller, cost)?;

    let (request, settlement) = admitted.split();
    let facts = RequestFacts { id: Arc::clone(&correlation_id), kind, body: &raw, idempotency_key };
    let request = gateway.hooks.prepare(caller, request, &facts)?;
    let mut response = gateway.run(request, &correlation_id).await?;
    let executed = settlement.settle(&mut response, &correlation_id);
    if !executed {
        return Err(Refusal { status: None, errors: response.errors, headers: Vec::new() });
    }
    let body = Bytes::from(to_bytes(&response, true));
    // A resolver that tells what changes without a new revision says so by a header (`request::volatile`).
    // Only a client that asks by GET can use a tag, and only the cache spares computing it again.
    let kept = place.filter(|_| kind == OperationType::Query && response.is_ok() && response.http_headers.is_empty());
    let etag = if get && response.is_ok() || kept.is_some() { tag(&body) } else { Arc::from("") };
    let answer = Answer { body, etag, operation, cost };
    if let Some(place) = kept {
        place.keep(answer.clone());
    }
    Ok(send(http, media, answer))
}

/// Where an answer is, or would be, in the cache.
struct Place<'a> {
    cache: &'a AnswerCache,
    revision: u64,
    key: Vec<u8>,
}

impl<'a> Place<'a> {
    async fn of<E: Executor, H: Hooks>(
        gateway: &'a Gateway<E, H>,
        caller: &H::Caller,
        media: Media,
        get: bool,
        raw: &[u8],
    ) -> Option<Self> {
        let cache = gateway.cache.as_ref()?;
        let scope = gateway.hooks.scope(caller)?;
        let revision = gateway.hooks.revision().await?;
        let mut key = Vec::with_capacity(scope.len() + raw.len() + 6);
        key.extend_from_slice(&[media.tag(), if get { b'G' } else { b'P' }]);
        // The length keeps the scope and what the client wrote from running into each other.
        key.extend_from_slice(&(scope.len() as u32).to_le_bytes());
        key.extend_from_slice(scope.as_bytes());
        key.extend_from_slice(raw);
        Some(Self { cache, revision, key })
    }

    fn look_up(&self) -> Option<Answer> {
        self.cache.get(&self.key, self.revision)
    }

    fn keep(&self, answer: Answer) {
        self.cache.put(&self.key, self.revision, answer);
    }
}

/// A weak tag, since compression may change the bytes after us. It is of the content alone: a new revision that does not
/// change this answer does not make clients fetch it again.
fn tag(body: &[u8]) -> Arc<str> {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish()).into()
}

fn send(http: &HttpRequest, media: Media, answer: Answer) -> HttpResponse {
    if http.method() != Method::GET || answer.etag.is_empty() {
        return head(StatusCode::OK, media).body(answer.body);
    }
    let same = |value: &HeaderValue| {
        let tags = value.to_str().unwrap_or("");
        tags.split(',')
            .map(str::trim)
            .any(|tag| tag == "*" || tag.trim_start_matches("W/") == answer.etag.trim_start_matches("W/"))
    };
    let unchanged = http.headers().get_all(header::IF_NONE_MATCH).any(same);
    let mut reply = head(if unchanged { StatusCode::NOT_MODIFIED } else { StatusCode::OK }, media);
    reply.insert_header((header::ETAG, &*answer.etag)).insert_header((header::CACHE_CONTROL, "private, no-cache"));
    if unchanged { reply.finish() } else { reply.body(answer.body) }
}

fn head(status: StatusCode, media: Media) -> HttpResponseBuilder {
    let mut reply = HttpResponse::build(status);
    reply.content_type(media.content_type());
    reply.insert_header((header::VARY, VARY)).insert_header((header::CACHE_CONTROL, "no-store"));
    reply
}

fn not_allowed(message: &str, methods: &'static str) -> Refusal {
    Refusal::http(StatusCode::METHOD_NOT_ALLOWED, Code::BadUserInput, message)
        .header(header::ALLOW, HeaderValue::from_static(methods))
}

fn refuse(http: &HttpRequest, media: Media, refusal: Refusal) -> HttpResponse {
    let code = refusal.code();
    let known = http.extensions().get::<Note>().cloned().unwrap_or_default();
    note(http, Note { code, ..known });
    let status = refusal.status.unwrap_or(match media {
        Media::GraphQl => StatusCode::BAD_REQUEST,
        Media::Json => StatusCode::OK,
    });
    let mut reply = head(status, media);
    for (name, value) in refusal.headers {
        reply.insert_header((name, value));
    }
    reply.body(to_bytes(&Response::from_errors(refusal.errors), false))
}

fn note(http: &HttpRequest, note: Note) {
    http.extensions_mut().insert(note);
}

pub(super) fn correlation_id(http: &HttpRequest) -> Arc<str> {
    let known = http.extensions().get::<RequestId>().map(|id| Arc::clone(&id.0));
    #[expect(clippy::disallowed_methods, reason = "a correlation id is for logs only: no answer and no record depends on it")]
    known.unwrap_or_else(|| uuid::Uuid::now_v7().to_string().into())
}
