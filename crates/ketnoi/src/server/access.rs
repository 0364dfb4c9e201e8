//! What is recorded of each request: an id, one line of log, the figures. Never variables, documents or headers, which
//! may hold what only the client should know.

use std::sync::Arc;
use std::time::Instant;

use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage};
use ketnoi_graphql::http::{Note, RequestId};

use super::client::{TrustedProxies, client_address};
use super::metrics::Metrics;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The layer around every route.
pub(super) async fn record(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let began = Instant::now();
    let id = id_of(&request);
    request.extensions_mut().insert(RequestId(Arc::clone(&id)));
    let metrics = request.app_data::<Data<Metrics>>().cloned();
    let in_flight = metrics.as_ref().map(|metrics| metrics.begin());

    let mut response = next.call(request).await?;

    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    drop(in_flight);
    let took = began.elapsed();
    let request = response.request();
    let note = request.extensions().get::<Note>().cloned().unwrap_or_default();
    if let Some(metrics) = metrics {
        let pattern = request.match_pattern();
        metrics.answered(request.method(), pattern.as_deref().unwrap_or("other"), response.status().as_u16(), took);
        if let Some(cost) = note.cost {
            metrics.operation(cost, note.cached);
        }
    }
    let trusted = request.app_data::<Data<TrustedProxies>>().map(|t| t.0.clone()).unwrap_or_default();
    let bytes = match response.response().body().size() {
        BodySize::Sized(bytes) => Some(bytes),
        BodySize::None => Some(0),
        BodySize::Stream => None,
    };
    tracing::info!(
        target: "ketnoi::access",
        method = %request.method(),
        path = %shown(request.path()),
        status = response.status().as_u16(),
        ms = took.as_micros() as f64 / 1000.0,
        operation = note.operation.as_deref(),
        cost = note.cost,
        cached = note.cached,
        code = note.code.as_deref(),
        bytes,
        client = client_address(request, &trusted).map(|address| address.to_string()),
        request_id = %id,
        "answered"
    );
    Ok(response)
}

/// Paths that carry a secret behind these words.
const SECRET_BEHIND: [&str; 2] = ["/auth/reset/", "/vote/"];

/// A path as the log may have it: without what is a secret, and not without end.
fn shown(path: &str) -> String {
    match SECRET_BEHIND.iter().find(|beginning| path.to_ascii_lowercase().starts_with(**beginning)) {
        Some(beginning) => format!("{beginning}…"),
        None => path.chars().take(200).collect(),
    }
}

/// The id that the client or a proxy gave, if it is short and plain enough for a log, else one of our own.
fn id_of(request: &ServiceRequest) -> Arc<str> {
    let plain = |id: &&str| {
        (8..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    match request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok()).filter(plain) {
        Some(id) => id.into(),
        #[expect(clippy::disallowed_methods, reason = "a request's id is for logs only: no answer and no record depends on it")]
        None => uuid::Uuid::now_v7().to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_link_is_not_logged_whole() {
        assert_eq!(shown("/auth/reset/s3cret"), "/auth/reset/…");
        assert_eq!(shown("/Auth/Reset/s3cret/more"), "/auth/reset/…");
        assert_eq!(shown("/vote"), "/vote");
        assert_eq!(shown(&format!("/{}", "x".repeat(500))).len(), 200);
    }
}
