//! Forms that only our own pages can send.
//!
//! Before anyone has signed in, a page and a cookie carry the same random token: another site can neither read nor set the
//! cookie, so it cannot write the form. Within a session, the form carries the session's own token.

use actix_web::HttpRequest;
use actix_web::http::header::HeaderValue;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use maud::Markup;

use crate::server::caller::{Callers, same};
use crate::server::cookies::Jar;
use crate::server::pages::hidden;

/// The field that carries a token.
const FIELD: &str = "token";
/// How long someone may take to fill in a form.
const SECONDS: u32 = 3_600;
/// A token is 32 bytes in the alphabet of addresses.
const LENGTH: usize = 43;

/// A token for a form, and the cookie that goes along.
pub(super) struct Token {
    value: String,
    pub(super) cookie: Option<HeaderValue>,
}

impl Token {
    /// The token that the browser has already, else a new one: two forms in two tabs are both good.
    pub(super) fn of(http: &HttpRequest, callers: &Callers) -> Self {
        let known = callers.cookies.read(http.headers(), Jar::Form).filter(|value| is_token(value));
        let value = known.unwrap_or_else(|| random(callers));
        let cookie = callers.cookies.set(Jar::Form, &value, Some(SECONDS));
        Self { value, cookie }
    }

    /// The field of the form.
    pub(super) fn field(&self) -> Markup {
        hidden(FIELD, &self.value)
    }
}

/// The field of a form within a session.
pub(super) fn session_field(csrf: &str) -> Markup {
    hidden(FIELD, csrf)
}

/// Whether a page of ours sent this form, before anyone has signed in.
pub(super) fn is_ours(http: &HttpRequest, callers: &Callers, token: &str) -> bool {
    let cookie = callers.cookies.read(http.headers(), Jar::Form);
    same_site(http) && cookie.is_some_and(|cookie| is_token(&cookie) && same(cookie.as_bytes(), token.as_bytes()))
}

/// Whether a page of ours sent this form, within a session.
pub(super) fn is_of_session(http: &HttpRequest, csrf: &str, token: &str) -> bool {
    same_site(http) && same(csrf.as_bytes(), token.as_bytes())
}

/// 256 random bits as a text.
pub(super) fn random(callers: &Callers) -> String {
    URL_SAFE_NO_PAD.encode(callers.keeper.random())
}

fn is_token(value: &str) -> bool {
    value.len() == LENGTH && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// Newer browsers say themselves where a form comes from.
fn same_site(http: &HttpRequest) -> bool {
    http.headers().get("sec-fetch-site").is_none_or(|site| matches!(site.as_bytes(), b"same-origin" | b"none"))
}
