//! The one file that maps errors to `extensions.code`, and keeps what must stay inside from going out.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use async_graphql::{ErrorExtensionValues, Response, ServerError, Value, parser};

/// At most this many errors of one document are told; the rest would only make the answer long.
const MOST_ERRORS: usize = 20;
/// Messages are cut after this many characters, since some quote what the client sent.
const LONGEST_MESSAGE: usize = 400;

/// Every `extensions.code` that a client can meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The request is wrong and will stay wrong until it is changed.
    BadUserInput,
    /// The caller did not say who they are, or what they said does not hold.
    Unauthenticated,
    /// The caller may see the thing, but not do this with it.
    Forbidden,
    /// A thing that must exist does not, or is hidden from the caller.
    NotFound,
    /// The thing has changed since the caller read it.
    Conflict,
    /// The cursor of the change feed is older than what the feed keeps.
    CursorExpired,
    /// The request asks for more than one request may.
    TooComplex,
    /// The caller has asked for too much in too short a time.
    RateLimited,
    /// The subscriber reads more slowly than events come, and some were let go.
    TooSlow,
    /// Our fault; the client gets a correlation id.
    Internal,
}

impl Code {
    /// The text in `extensions.code`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::CursorExpired => "CURSOR_EXPIRED",
            Self::TooComplex => "TOO_COMPLEX",
            Self::RateLimited => "RATE_LIMITED",
            Self::TooSlow => "TOO_SLOW",
            Self::Internal => "INTERNAL",
        }
    }

    /// An error for a resolver to return, carrying this code.
    pub fn error(self, message: impl Into<String>) -> async_graphql::Error {
        let mut error = async_graphql::Error::new(message);
        error.extensions.get_or_insert_default().set("code", self.as_str());
        error
    }
}

/// A request that is turned down before it runs.
#[derive(Debug)]
pub struct Refusal {
    /// `None` means a request error of GraphQL: 400 in the new media type, 200 in the old one.
    pub(super) status: Option<StatusCode>,
    pub(super) errors: Vec<ServerError>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
}

impl Refusal {
    /// A request error of GraphQL: the request was understood as HTTP, but the document or its values are refused.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { status: None, errors: vec![coded(code, message)], headers: Vec::new() }
    }

    /// A refusal by HTTP itself, with the same status in both media types.
    pub fn http(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        Self { status: Some(status), ..Self::new(code, message) }
    }

    /// The caller must say who they are (401, with the challenge that HTTP asks for).
    pub fn unauthenticated(message: impl Into<String>) -> Self {
        Self::http(StatusCode::UNAUTHORIZED, Code::Unauthenticated, message)
            .header(HeaderName::from_static("www-authenticate"), HeaderValue::from_static("Bearer"))
    }

    /// The caller must wait (429, with `Retry-After` in whole seconds).
    pub fn rate_limited(message: impl Into<String>, retry_after_seconds: u64) -> Self {
        Self::http(StatusCode::TOO_MANY_REQUESTS, Code::RateLimited, message)
            .header(HeaderName::from_static("retry-after"), HeaderValue::from(retry_after_seconds))
    }

    /// A limit that the request passes: the message and the extensions name the limit and what was asked.
    pub fn too_complex(subject: &str, limit: u64, actual: u64) -> Self {
        let message = format!("This request is too complex: {subject} {actual}, the limit is {limit}.");
        Self::new(Code::TooComplex, message).extension("limit", limit).extension("actual", actual)
    }

    /// A fault of ours (500). What it was goes to the log, under the correlation id that the client gets.
    pub fn internal(correlation_id: &str, reason: &str) -> Self {
        tracing::error!(correlation_id, reason, "a request could not be answered");
        Self::http(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, "internal error").extension("correlationId", correlation_id)
    }

    /// The answer of a path other than `/graphql`: the same error in the same shape.
    pub fn response(self) -> HttpResponse {
        let mut reply = HttpResponse::build(self.status.unwrap_or(StatusCode::BAD_REQUEST));
        reply.content_type("application/json; charset=utf-8").insert_header((header::CACHE_CONTROL, "no-store"));
        for (name, value) in self.headers {
            reply.insert_header((name, value));
        }
        reply.body(super::write::to_bytes(&Response::from_errors(self.errors), false))
    }

    /// Adds a member to the extensions of the error.
    #[must_use]
    pub fn extension(mut self, name: &str, value: impl Into<Value>) -> Self {
        if let Some(error) = self.errors.first_mut() {
            error.extensions.get_or_insert_default().set(name, value);
        }
        self
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// What the client is told.
    pub fn message(&self) -> String {
        self.errors.first().map(|error| error.message.clone()).unwrap_or_default()
    }

    /// The code of the first error, for the log.
    pub fn code(&self) -> Option<String> {
        self.errors.first().and_then(code_of)
    }
}

impl From<parser::Error> for Refusal {
    /// The parser draws a picture that quotes the client's whole line; the place is in `locations` already, so only
    /// what was expected is kept.
    fn from(error: parser::Error) -> Self {
        let mut plain = ServerError::from(error);
        let expected = plain.message.rsplit_once("= ").map(|(_, expected)| expected.trim().to_owned());
        if let Some(expected) = expected {
            plain.message = format!("Syntax error: {expected}");
        }
        plain.message = shortened(&plain.message);
        plain.extensions.get_or_insert_default().set("code", Code::BadUserInput.as_str());
        Self { status: None, errors: vec![plain], headers: Vec::new() }
    }
}

/// An error with a code, a message, and nowhere in the document.
fn coded(code: Code, message: impl Into<String>) -> ServerError {
    let mut error = ServerError::new(shortened(&message.into()), None);
    error.extensions.get_or_insert_default().set("code", code.as_str());
    error
}

fn shortened(message: &str) -> String {
    match message.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_owned(),
    }
}

fn code_of(error: &ServerError) -> Option<String> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code.clone()),
        _ => None,
    }
}

/// Whether the request never ran: errors of parsing, validation and coercion have no path, and there is no data.
pub(super) fn is_request_error(response: &Response) -> bool {
    response.data == Value::Null && !response.errors.is_empty() && response.errors.iter().all(|error| error.path.is_empty())
}

/// Gives each error of a finished response its code. What has none and comes from a resolver is a fault of ours: it is
/// logged under the correlation id and blanked, since its text may hold SQL, paths or names.
pub(super) fn settle(response: &mut Response, correlation_id: &str) {
    let refused = is_request_error(response);
    // Errors of execution are kept whole, since each explains a null; a document that is wrong is wrong after twenty too.
    if refused && response.errors.len() > MOST_ERRORS {
        let rest = response.errors.len() - MOST_ERRORS;
        response.errors.truncate(MOST_ERRORS);
        response.errors.push(coded(Code::BadUserInput, format!("and {rest} more errors")));
    }
    for error in &mut response.errors {
        match code_of(error) {
            Some(code) if code != Code::Internal.as_str() => {}
            None if refused || is_input_error(error) => {
                error.message = shortened(&error.message);
                error.extensions.get_or_insert_default().set("code", Code::BadUserInput.as_str());
            }
            _ => blank(error, correlation_id),
        }
    }
}

/// async-graphql reads custom scalars only while it runs, and marks these errors in no way but their wording; they carry
/// no source, which every error converted with `?` in a resolver does.
fn is_input_error(error: &ServerError) -> bool {
    const BEGINNINGS: [&str; 2] = ["Failed to parse \"", "Expected input type \""];
    error.source.is_none()
        && error.extensions.is_none()
        && BEGINNINGS.iter().any(|beginning| error.message.starts_with(beginning))
}

fn blank(error: &mut ServerError, correlation_id: &str) {
    tracing::error!(correlation_id, message = %error.message, path = ?error.path, "a resolver failed");
    error.message = "internal error".to_owned();
    error.source = None;
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", Code::Internal.as_str());
    extensions.set("correlationId", correlation_id);
    error.extensions = Some(extensions);
}

/// The error of a request whose execution broke off, by a panic.
pub(super) fn broken(correlation_id: &str) -> Response {
    let mut error = ServerError::new("the execution panicked", None);
    blank(&mut error, correlation_id);
    Response::from_errors(vec![error])
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::PathSegment;

    fn ran(error: ServerError) -> Response {
        let mut response = Response::from_errors(vec![error.with_path(vec![PathSegment::Field("programme".into())])]);
        settle(&mut response, "c-1");
        response
    }

    fn extension(response: &Response, name: &str) -> Option<String> {
        response.errors[0].extensions.as_ref()?.get(name).map(|value| value.to_string().trim_matches('"').to_owned())
    }

    #[test]
    fn an_unknown_error_of_a_resolver_is_blanked() {
        let response = ran(ServerError::new("SELECT secret FROM programme: no such table", None));
        assert_eq!(response.errors[0].message, "internal error");
        assert_eq!(extension(&response, "code").as_deref(), Some("INTERNAL"));
        assert_eq!(extension(&response, "correlationId").as_deref(), Some("c-1"));
    }

    #[test]
    fn an_error_that_only_looks_like_bad_input_is_blanked() {
        let error = async_graphql::Error::new_with_source(std::io::Error::other("Failed to parse \"/etc/ketnoi\""));
        let response = ran(error.into_server_error(async_graphql::Pos::default()));
        assert_eq!(response.errors[0].message, "internal error");
    }

    #[test]
    fn a_scalar_that_cannot_be_read_is_bad_input() {
        let response = ran(ServerError::new("Failed to parse \"Date\": the month is 13", None));
        assert_eq!(extension(&response, "code").as_deref(), Some("BAD_USER_INPUT"));
        assert!(response.errors[0].message.contains("the month is 13"));
    }

    #[test]
    fn a_code_of_a_resolver_is_kept_but_internal_is_blanked() {
        let kept = Code::Forbidden.error("only officers publish").into_server_error(async_graphql::Pos::default());
        assert_eq!(ran(kept).errors[0].message, "only officers publish");
        let internal = Code::Internal.error("disk /dev/sda1").into_server_error(async_graphql::Pos::default());
        assert_eq!(ran(internal).errors[0].message, "internal error");
    }

    #[test]
    fn a_syntax_error_does_not_quote_the_document() {
        let document = format!("{{ {} ?", "a ".repeat(5000));
        let refusal = Refusal::from(parser::parse_query(&document).unwrap_err());
        assert!(refusal.errors[0].message.len() < 200, "{}", refusal.errors[0].message);
        assert!(refusal.errors[0].message.starts_with("Syntax error: "));
        assert_eq!(refusal.errors[0].locations.len(), 1);
    }

    #[test]
    fn a_flood_of_errors_is_cut() {
        let mut response =
            Response::from_errors((0..500).map(|n| ServerError::new(format!("unknown field {n}"), None)).collect());
        settle(&mut response, "c-1");
        assert_eq!(response.errors.len(), MOST_ERRORS + 1);
        assert_eq!(response.errors[MOST_ERRORS].message, "and 480 more errors");
    }
}
