//! Reads the parameters of a request, from a body of JSON or from a query string.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{Bytes, BytesMut, Payload, Query};
use async_graphql::Variables;
use futures_util::StreamExt;
use serde::Deserialize;

use super::error::{Code, Refusal};

/// The parameters of GraphQL over HTTP, with those of its appendix on persisted documents.
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "Raw")]
pub struct Params {
    /// The document; empty where it is named by `document_id` or in the extensions.
    pub query: String,
    /// The identifier of a registered document: `sha256:` and 64 hexadecimal digits.
    pub document_id: Option<String>,
    /// Which operation of the document to run.
    pub operation_name: Option<String>,
    /// The values of the operation's variables.
    pub variables: Variables,
    /// Further parameters; of these only `persistedQuery` is read, and the type of the whole is checked.
    pub extensions: Option<Extensions>,
}

type Extensions = serde_json::Map<String, serde_json::Value>;

/// The parameters as they are written.
#[derive(Deserialize)]
struct Raw {
    #[serde(default)]
    query: Option<String>,
    #[serde(rename = "documentId", alias = "id", default)]
    document_id: Option<String>,
    #[serde(rename = "operationName", default)]
    operation_name: Option<String>,
    #[serde(default)]
    variables: Variables,
    #[serde(default)]
    extensions: Option<Extensions>,
}

impl TryFrom<Raw> for Params {
    type Error = &'static str;

    fn try_from(raw: Raw) -> Result<Self, Self::Error> {
        let Raw { query, document_id, operation_name, variables, extensions } = raw;
        let named = document_id.is_some() || extensions.as_ref().is_some_and(|e| e.contains_key(PERSISTED));
        match query {
            None if !named => Err("it has neither a `query` nor a `documentId`"),
            query => Ok(Self { query: query.unwrap_or_default(), document_id, operation_name, variables, extensions }),
        }
    }
}

/// Where clients of Apollo name the document.
const PERSISTED: &str = "persistedQuery";

impl Params {
    /// The hash of a document in the way of Apollo: `extensions.persistedQuery.sha256Hash`.
    pub(super) fn apollo_hash(&self) -> Option<&str> {
        self.extensions.as_ref()?.get(PERSISTED)?.get("sha256Hash")?.as_str()
    }
}

/// The longest `Idempotency-Key` that is taken.
const LONGEST_KEY: usize = 255;

/// The header `Idempotency-Key`: 1 to 255 visible characters of ASCII, once.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let mut given = headers.get_all("idempotency-key");
    let Some(key) = given.next() else { return Ok(None) };
    let plain = |key: &&str| (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    match key.to_str().ok().filter(plain) {
        Some(key) if given.next().is_none() => Ok(Some(key)),
        _ => Err(unreadable("The header `Idempotency-Key` takes one key of 1 to 255 visible ASCII characters.")),
    }
}

/// A request that cannot be read is status 400 in both media types: it never became a GraphQL request.
fn unreadable(message: impl Into<String>) -> Refusal {
    Refusal::http(StatusCode::BAD_REQUEST, Code::BadUserInput, message)
}

/// Refuses every body but JSON in UTF-8. A browser sends forms and plain text to other sites without asking first, so
/// this check is also what keeps other sites from posting in a user's name.
pub(super) fn check_content_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let unsupported = |message: &str| Err(Refusal::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::BadUserInput, message));
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut parts = content_type.split(';').map(str::trim);
    if !parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json")) {
        return unsupported("Send the request as `Content-Type: application/json`.");
    }
    let foreign = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        name.eq_ignore_ascii_case("charset") && !value.trim_matches('"').eq_ignore_ascii_case("utf-8")
    };
    if parts.any(foreign) {
        return unsupported("Send the request in UTF-8.");
    }
    if headers.get(header::CONTENT_ENCODING).is_some_and(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return unsupported("Send the request uncompressed.");
    }
    Ok(())
}

/// Collects a body within `time`, so that a client cannot hold a place by sending a byte now and then.
pub(super) async fn read_body(headers: &HeaderMap, payload: Payload, limit: usize, time: Duration) -> Result<Bytes, Refusal> {
    let too_slow = |_| Refusal::http(StatusCode::REQUEST_TIMEOUT, Code::BadUserInput, "The body took too long to arrive.");
    tokio::time::timeout(time, collect(headers, payload, limit)).await.map_err(too_slow)?
}

/// Stops as soon as the body is larger than `limit`, whether or not the client said how long it is.
async fn collect(headers: &HeaderMap, mut payload: Payload, limit: usize) -> Result<Bytes, Refusal> {
    let too_large = || {
        let message = format!("The body is larger than {limit} bytes, the most that this server reads.");
        Refusal::http(StatusCode::PAYLOAD_TOO_LARGE, Code::BadUserInput, message).extension("limit", limit as u64)
    };
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    let mut body = BytesMut::with_capacity(announced.unwrap_or(0));
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| unreadable("The body ended before it was complete."))?;
        if body.len() + chunk.len() > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Reads the parameters from a body of JSON.
pub fn from_body(body: &[u8]) -> Result<Params, Refusal> {
    // serde would take an array for a struct written as a sequence; in GraphQL an array is a batch.
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => return Err(unreadable("The body is empty: send a JSON object with the member `query`.")),
        Some(b'[') => return Err(unreadable("Batches are not accepted: send one operation per request.")),
        Some(_) => {}
    }
    serde_json::from_slice(body).map_err(|error| unreadable(format!("The body is not a GraphQL request: {error}")))
}

/// Reads the parameters from a query string, where `variables` and `extensions` are JSON.
pub fn from_query(query: &str) -> Result<Params, Refusal> {
    #[derive(Deserialize)]
    struct Written {
        query: Option<String>,
        #[serde(rename = "documentId", alias = "id")]
        document_id: Option<String>,
        #[serde(rename = "operationName")]
        operation_name: Option<String>,
        variables: Option<String>,
        extensions: Option<String>,
    }
    let raw =
        Query::<Written>::from_query(query).map_err(|error| unreadable(format!("The query string cannot be read: {error}")))?;
    let raw = raw.into_inner();
    let not_json = |name: &str| unreadable(format!("The parameter `{name}` is not a JSON object."));
    let variables = raw.variables.map(|text| serde_json::from_str(&text).map_err(|_| not_json("variables")));
    let extensions = raw.extensions.map(|text| serde_json::from_str(&text).map_err(|_| not_json("extensions")));
    let raw = Raw {
        query: raw.query,
        document_id: raw.document_id,
        // An empty name is how forms send no name.
        operation_name: raw.operation_name.filter(|name| !name.is_empty()),
        variables: variables.transpose()?.unwrap_or_default(),
        extensions: extensions.transpose()?,
    };
    Params::try_from(raw).map_err(|_| unreadable("The parameter `query` is missing, and so is `documentId`."))
}

/// Refuses GETs that another site may have sent in a user's name. Reading alone changes nothing, but a slow query is a
/// burden and its time tells something. Browsers say where a request comes from, and only pages of this site can add a header.
pub(super) fn check_origin_of_get(headers: &HeaderMap) -> Result<(), Refusal> {
    let from_elsewhere =
        headers.get("sec-fetch-site").is_some_and(|site| matches!(site.as_bytes(), b"cross-site" | b"same-site"));
    if (from_elsewhere || headers.contains_key(header::COOKIE)) && !headers.contains_key("x-ketnoi-preflight") {
        let message = "A GET from another site or with a cookie needs the header `x-ketnoi-preflight`.";
        return Err(Refusal::http(StatusCode::FORBIDDEN, Code::Forbidden, message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        pairs.collect()
    }

    fn status(refusal: &Refusal) -> u16 {
        refusal.status.unwrap().as_u16()
    }

    #[test]
    fn a_body_needs_only_a_document() {
        let params = from_body(br#" {"query": "{ a }", "variables": null, "extensions": null, "operationName": null}"#).unwrap();
        assert_eq!(params.query, "{ a }");
        assert!(params.operation_name.is_none());
    }

    #[test]
    fn a_document_can_be_named_in_place_of_being_sent() {
        let id = |body: &str| from_body(body.as_bytes()).unwrap().document_id;
        assert_eq!(id(r#"{"documentId": "sha256:ab"}"#).as_deref(), Some("sha256:ab"));
        assert_eq!(id(r#"{"id": "sha256:ab", "query": null}"#).as_deref(), Some("sha256:ab"));
        assert_eq!(from_query("documentId=sha256:ab").unwrap().document_id.as_deref(), Some("sha256:ab"));
        let apollo = from_body(br#"{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "cd"}}}"#).unwrap();
        assert_eq!((apollo.query.as_str(), apollo.apollo_hash()), ("", Some("cd")));
    }

    #[test]
    fn an_idempotency_key_is_short_plain_and_given_once() {
        let key = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(HeaderName::from_static("idempotency-key"), HeaderValue::from_static(value));
            }
            idempotency_key(&headers).map(|key| key.map(str::to_owned)).map_err(|refusal| status(&refusal))
        };
        let longest: &'static str = "k".repeat(255).leak();
        let longer: &'static str = "k".repeat(256).leak();
        assert_eq!(key(&[]), Ok(None));
        assert_eq!(key(&["\"8e03978e-40d5-43dd-bc93-6894a57f9324\""]).unwrap().unwrap().len(), 38);
        assert_eq!(key(&[longest]).unwrap().unwrap().len(), 255);
        for wrong in [&[""][..], &["with space"], &[longer], &["one", "two"]] {
            assert_eq!(key(wrong), Err(400), "{wrong:?}");
        }
    }

    #[test]
    fn members_of_the_wrong_type_are_refused() {
        for body in [
            r#"{"query": 1}"#,
            r#"{"query": "{a}", "operationName": {}}"#,
            r#"{"query": "{a}", "variables": "{}"}"#,
            r#"{"query": "{a}", "variables": []}"#,
            r#"{"query": "{a}", "extensions": []}"#,
            r#"{"qeury": "{a}"}"#,
            r#"["{a}"]"#,
            r#"[{"query": "{a}"}]"#,
            "",
            "{ \"not a JSON",
            "\"query\"",
        ] {
            assert_eq!(status(&from_body(body.as_bytes()).unwrap_err()), 400, "{body}");
        }
    }

    #[actix_web::test]
    async fn a_body_that_does_not_arrive_is_given_up() {
        let mut silent = actix_web::dev::Payload::from(futures_util::stream::pending().boxed_local());
        let request = actix_web::test::TestRequest::post().to_http_request();
        let payload = <Payload as actix_web::FromRequest>::from_request(&request, &mut silent).await.unwrap();
        let refusal = read_body(request.headers(), payload, 100, Duration::from_millis(1)).await.unwrap_err();
        assert_eq!(status(&refusal), 408);
    }

    #[test]
    fn a_query_string_carries_json_in_variables() {
        let params = from_query("query=%7Ba%7D&variables=%7B%22n%22%3A1%7D&operationName=").unwrap();
        assert_eq!(params.variables.len(), 1);
        assert!(params.operation_name.is_none());
        assert_eq!(status(&from_query("variables=%7B%7D").unwrap_err()), 400);
        assert_eq!(status(&from_query("query=%7Ba%7D&variables=n").unwrap_err()), 400);
    }

    #[test]
    fn only_json_in_utf_8_is_accepted() {
        assert!(check_content_type(&headers(&[("content-type", "Application/JSON; charset=\"UTF-8\"")])).is_ok());
        for refused in
            ["text/plain", "application/x-www-form-urlencoded", "", "application/json; charset=latin-1", "application/jsonp"]
        {
            assert_eq!(status(&check_content_type(&headers(&[("content-type", refused)])).unwrap_err()), 415, "{refused}");
        }
        let compressed = headers(&[("content-type", "application/json"), ("content-encoding", "gzip")]);
        assert_eq!(status(&check_content_type(&compressed).unwrap_err()), 415);
        assert_eq!(status(&check_content_type(&headers(&[])).unwrap_err()), 415);
    }

    #[test]
    fn a_get_from_elsewhere_needs_the_header() {
        assert!(check_origin_of_get(&headers(&[])).is_ok());
        assert!(check_origin_of_get(&headers(&[("sec-fetch-site", "same-origin")])).is_ok());
        assert!(check_origin_of_get(&headers(&[("sec-fetch-site", "cross-site"), ("x-ketnoi-preflight", "1")])).is_ok());
        assert_eq!(status(&check_origin_of_get(&headers(&[("sec-fetch-site", "cross-site")])).unwrap_err()), 403);
        assert_eq!(status(&check_origin_of_get(&headers(&[("sec-fetch-site", "same-site")])).unwrap_err()), 403);
        assert_eq!(status(&check_origin_of_get(&headers(&[("cookie", "session=1")])).unwrap_err()), 403);
    }
}
