//! The small answers: the schema, the two health checks, and what is said where there is nothing.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use actix_web::http::header::{self, ContentEncoding, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use ketnoi_domain::Viewer;
use ketnoi_graphql::http::Code;
use serde_json::json;

use super::caller::Callers;
use super::ranges::{Part, part};
use super::site::{Map, MapRefusal, Readiness, Reports};

/// What the map takes from what its caller may spend: it reads every kind.
const COST_OF_A_MAP: u64 = 1_000;
/// What a report takes that is kept: one row, and a long one.
const COST_OF_A_REPORT: u64 = 100;

/// What the handlers here need of the site.
pub(super) struct Shared {
    pub sdl: Sdl,
    pub readiness: Arc<Readiness>,
    pub map: Arc<Map>,
    pub reports: Arc<Reports>,
    pub callers: Arc<Callers>,
    /// Whether strangers may read the schema.
    pub open_schema: bool,
}

/// The schema as text, and the tag that says whether a client has it already.
pub(super) struct Sdl {
    text: Bytes,
    tag: String,
}

impl Sdl {
    pub(super) fn new(sdl: &str) -> Self {
        Self { text: Bytes::copy_from_slice(sdl.as_bytes()), tag: tag(sdl.as_bytes()) }
    }
}

/// A weak tag of content, weak because compression may change the bytes on their way.
pub(super) fn tag(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish())
}

/// Whether the client says that it has what carries this tag.
pub(super) fn has(headers: &HeaderMap, tag: &str) -> bool {
    let listed = headers.get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    listed.flat_map(|tags| tags.split(',')).map(str::trim).any(|known| known == "*" || known == tag)
}

pub(super) async fn schema(http: HttpRequest, shared: Data<Shared>) -> HttpResponse {
    if !shared.open_schema {
        match shared.callers.find(&http).await {
            Ok(caller) if caller.viewer != Viewer::Stranger => {}
            Ok(_) => {
                let message = "The schema is told to those who sign in or bring a key.";
                return refused(StatusCode::FORBIDDEN, Code::Forbidden, message);
            }
            Err(refusal) => return refusal.response(),
        }
    }
    let Sdl { text, tag } = &shared.sdl;
    if has(http.headers(), tag) {
        return HttpResponse::NotModified().insert_header((header::ETAG, tag.as_str())).finish();
    }
    HttpResponse::Ok()
        .content_type("application/graphql; charset=utf-8")
        .insert_header((header::ETAG, tag.as_str()))
        .insert_header((header::CACHE_CONTROL, if shared.open_schema { "public, no-cache" } else { "private, no-cache" }))
        .body(text.clone())
}

/// The process answers; nothing more is asked, so that a slow database does not get it restarted.
pub(super) async fn alive() -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(json!({ "status": "alive" }))
}

/// The server can do its work: its database answers and has the right tables.
pub(super) async fn ready(shared: Data<Shared>) -> HttpResponse {
    match (shared.readiness)().await {
        Ok(()) => HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(json!({ "status": "ready" })),
        Err(reason) => HttpResponse::ServiceUnavailable()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(json!({ "status": "not ready", "reason": reason })),
    }
}

/// Which part of the map is wanted.
#[derive(serde::Deserialize)]
pub(super) struct MapParams {
    kinds: Option<String>,
}

/// Everything that has a place, as GeoJSON (RFC 7946).
pub(super) async fn map(http: HttpRequest, params: Query<MapParams>, shared: Data<Shared>) -> HttpResponse {
    let caller = match shared.callers.find(&http).await {
        Ok(caller) => caller,
        Err(refusal) => return refusal.response(),
    };
    if let Err(refusal) = shared.callers.charge(&caller, COST_OF_A_MAP) {
        return refusal.response();
    }
    match (shared.map)(caller, params.into_inner().kinds).await {
        Ok(map) => {
            let tag = tag(map.as_bytes());
            let mut answer = if has(http.headers(), &tag) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
            answer.insert_header((header::ETAG, tag.as_str()));
            answer.insert_header((header::CACHE_CONTROL, "no-cache"));
            answer.insert_header((header::VARY, "Accept-Language, Authorization, Cookie"));
            if has(http.headers(), &tag) { answer.finish() } else { answer.content_type("application/geo+json").body(map) }
        }
        Err(MapRefusal::Asked(message)) => refused(StatusCode::BAD_REQUEST, Code::BadUserInput, &message),
        Err(MapRefusal::Failed(reason)) => {
            tracing::error!(reason, "the map could not be made");
            failed()
        }
    }
}

/// A report that is kept. What is not there and what the caller may not see are told alike.
pub(super) async fn report(http: HttpRequest, file: Path<String>, shared: Data<Shared>) -> HttpResponse {
    let Some(id) = file.strip_suffix(".pdf").and_then(|id| id.parse().ok()) else { return nothing_here(http).await };
    let caller = match shared.callers.find(&http).await {
        Ok(caller) => caller,
        Err(refusal) => return refusal.response(),
    };
    if let Err(refusal) = shared.callers.charge(&caller, COST_OF_A_REPORT) {
        return refusal.response();
    }
    let report = match (shared.reports)(caller, id).await {
        Ok(Some(report)) => report,
        Ok(None) => return nothing_here(http).await,
        Err(reason) => {
            tracing::error!(reason, "a report could not be read");
            return failed();
        }
    };
    let tag = format!("\"{}\"", report.digest);
    if has(http.headers(), &tag) {
        return HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish();
    }
    // A code may hold what a header may not.
    let subject = report.subject.replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "_");
    let name = format!("{}-{subject}-{}.pdf", report.definition, report.lang);
    // Only what is fetched can come in parts.
    let part = if http.method() == Method::GET { part(http.headers(), report.pdf.len(), &tag) } else { Part::Whole };
    let mut answer = match part {
        Part::Whole => HttpResponse::Ok(),
        Part::Bytes(..) => HttpResponse::PartialContent(),
        Part::Beyond => HttpResponse::RangeNotSatisfiable(),
    };
    answer
        .content_type("application/pdf")
        // Its streams are compressed already.
        .insert_header(ContentEncoding::Identity)
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")))
        .insert_header((header::CONTENT_LANGUAGE, report.lang))
        .insert_header((header::ACCEPT_RANGES, "bytes"));
    let length = report.pdf.len();
    match part {
        Part::Whole => answer.body(report.pdf),
        Part::Bytes(from, to) => answer
            .insert_header((header::CONTENT_RANGE, format!("bytes {from}-{to}/{length}")))
            .body(Bytes::from(report.pdf).slice(from..=to)),
        Part::Beyond => answer.insert_header((header::CONTENT_RANGE, format!("bytes */{length}"))).finish(),
    }
}

pub(super) async fn nothing_here(http: HttpRequest) -> HttpResponse {
    // What the client sent is quoted as JSON and cut, so it can neither break the answer nor fill it.
    let path: String = http.path().chars().take(200).collect();
    let message = format!("There is nothing at {path}. The API is at /graphql, and its schema at /schema.graphql.");
    refused(StatusCode::NOT_FOUND, Code::NotFound, &message)
}

/// An error in the shape that `/graphql` gives it.
fn refused(status: StatusCode, code: Code, message: &str) -> HttpResponse {
    HttpResponse::build(status).json(json!({ "errors": [{ "message": message, "extensions": { "code": code.as_str() } }] }))
}

/// A fault of ours, which only the log may tell.
fn failed() -> HttpResponse {
    refused(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, "internal error: the log of the server says more")
}
