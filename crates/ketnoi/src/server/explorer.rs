//! GraphiQL from our own files: the page works without the internet, and may load nothing from elsewhere.

use std::borrow::Cow;

use actix_web::http::header;
use actix_web::web::{Bytes, Path};
use actix_web::{HttpRequest, HttpResponse};
use ketnoi_graphql::http::Explorer;
use rust_embed::RustEmbed;

use super::routes;

#[derive(RustEmbed)]
#[folder = "assets/graphiql"]
struct Assets;

/// Scripts and connections only from here, and no script in the page itself. GraphiQL's editor writes style elements and
/// its style sheet carries fonts and pictures as data.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page for browsers at `/graphql`.
pub(crate) fn page() -> Option<Explorer> {
    let html = Assets::get("index.html")?;
    Some(Explorer { html: bytes(html.data), policy: POLICY })
}

/// What is embedded in the binary is served from where it lies.
fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    }
}

/// One of the page's files.
pub(super) async fn asset(http: HttpRequest, file: Path<String>) -> HttpResponse {
    let content_type = match file.rsplit_once('.') {
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "css")) => "text/css; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
    // The page itself needs its policy, which comes with /graphql only.
    let Some(found) = Assets::get(&file).filter(|_| !file.ends_with(".html")) else { return routes::nothing_here(http).await };
    let tag = routes::tag(&found.metadata.sha256_hash());
    if routes::has(http.headers(), &tag) {
        return HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish();
    }
    HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(bytes(found.data))
}
