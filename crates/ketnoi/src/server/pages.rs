//! Pages for people that work without scripts: their frame, their style, and the pieces that they are made of.
//!
//! **To write a page:** an `html!` of these pieces, given to [`page`] or [`page_as`]; words come from [`say`], and whatever is
//! put into the markup is escaped by it. A page may load our style sheet and post to us, and nothing else: the policy says so.

use std::time::Duration;

use actix_web::dev::{Payload, UrlEncoded};
use actix_web::error::ErrorRequestTimeout;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use ketnoi_domain::{Coded as _, Lang};
use ketnoi_registry::say;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use qrcode::{Color, QrCode};
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use super::keeper::Soon;
use super::routes;

/// Where the style sheet is.
const STYLE: &str = "/pages.css";
const CSS: &str = include_str!("../../assets/pages/page.css");

/// No script, no frame, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// White modules around a QR code, without which readers do not find it.
const QUIET_ZONE: usize = 4;

/// The largest form that is read, in bytes.
const LARGEST_FORM: usize = 16 * 1024;

/// How long a form may take to arrive.
const FORM_TIME: Duration = Duration::from_secs(10);

/// What a form brought. Every form of ours is read through this: whoever sends one byte now and then holds nothing for long.
pub(super) struct Form<T>(pub(super) T);

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = actix_web::Error;
    type Future = Soon<'static, Self, actix_web::Error>;

    fn from_request(http: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = UrlEncoded::new(http, payload).limit(LARGEST_FORM);
        Box::pin(async move {
            match timeout(FORM_TIME, form).await {
                Ok(form) => Ok(Self(form?)),
                Err(_elapsed) => Err(ErrorRequestTimeout("the form did not arrive in time")),
            }
        })
    }
}

/// A page that answers what was asked.
pub(super) fn page(lang: Lang, title: &str, body: Markup) -> HttpResponse {
    page_as(StatusCode::OK, lang, title, body)
}

/// A page with another status.
pub(super) fn page_as(status: StatusCode, lang: Lang, title: &str, body: Markup) -> HttpResponse {
    let PreEscaped(body) = body;
    let text = html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " · Kết Nối" }
                link rel="stylesheet" href=(STYLE);
            }
            body {
                a.skip href="#main" { (say(lang, "page-skip", &[])) }
                header { p.brand { (emblem()) "Kết Nối" } }
                main #main {
                    div.card {
                        h1 { (title) }
                        (PreEscaped(&body))
                    }
                }
                footer { (say(lang, "page-foot", &[])) }
            }
        }
    };
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, lang.code()))
        .insert_header((header::VARY, "Accept-Language, Cookie"))
        .body(text.into_string())
}

/// Two loops that hold each other.
fn emblem() -> Markup {
    html! {
        svg viewBox="0 0 48 26" fill="none" stroke-width="4" aria-hidden="true" {
            circle.one cx="17" cy="13" r="10" {}
            circle.two cx="31" cy="13" r="10" {}
            path.one d="M21 3.8A10 10 0 0 1 26 8.6" {}
        }
    }
}

/// A field of a form.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Field<'a> {
    /// Its name in the form.
    pub name: &'a str,
    /// What it asks for.
    pub label: &'a str,
    /// What helps to fill it in.
    pub hint: Option<&'a str>,
    /// `text`, `password`.
    pub kind: &'a str,
    /// What a browser may fill in by itself: `username`, `one-time-code`.
    pub autocomplete: &'a str,
    /// What is in it already.
    pub value: &'a str,
    /// Whether it may be left empty.
    pub optional: bool,
}

impl Field<'_> {
    pub(super) fn markup(&self) -> Markup {
        let hint_id = format!("{}-hint", self.name);
        let code = self.autocomplete == "one-time-code";
        html! {
            div.field {
                label for=(self.name) { (self.label) }
                @if let Some(hint) = self.hint { p.hint id=(hint_id) { (hint) } }
                input.code[code] id=(self.name) name=(self.name) type=(self.kind) value=(self.value)
                    autocomplete=(self.autocomplete) autocapitalize="none" spellcheck="false"
                    inputmode=[code.then_some("numeric")] aria-describedby=[self.hint.map(|_| &hint_id)]
                    required[!self.optional];
            }
        }
    }
}

/// A value that a form carries along.
pub(super) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// What went wrong, said where a screen reader reads it out.
pub(super) fn alarm(words: &str) -> Markup {
    html! { div.notice role="alert" { p { (words) } } }
}

/// What went well.
pub(super) fn good(words: &str) -> Markup {
    html! { div.notice.good role="status" { p { (words) } } }
}

/// A text as a QR code, drawn black on white whatever the colours of the page; nothing where the text is too long for one.
pub(super) fn qr(text: &str, described: &str) -> Option<Markup> {
    let code = QrCode::new(text.as_bytes()).ok()?;
    let (width, colours) = (code.width(), code.to_colors());
    let side = width + 2 * QUIET_ZONE;
    let mut path = String::new();
    for (place, _) in colours.iter().enumerate().filter(|(_, colour)| **colour == Color::Dark) {
        let (x, y) = (place % width + QUIET_ZONE, place / width + QUIET_ZONE);
        path.push_str(&format!("M{x} {y}h1v1h-1z"));
    }
    Some(html! {
        svg.qr viewBox=(format!("0 0 {side} {side}")) role="img" aria-label=(described) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    })
}

/// The style sheet.
pub(super) async fn style(http: HttpRequest) -> HttpResponse {
    let tag = routes::tag(CSS.as_bytes());
    if routes::has(http.headers(), &tag) {
        return HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish();
    }
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(CSS)
}

#[cfg(test)]
mod tests {
    use actix_web::body::to_bytes;

    use super::*;

    #[actix_web::test]
    async fn what_is_put_into_a_page_is_escaped_and_the_page_may_load_only_ours() {
        let evil = "\"><script>alert(1)</script>";
        let field = Field { name: "name", label: evil, kind: "text", value: evil, ..Field::default() };
        let response = page(Lang::Vi, evil, html! { (alarm(evil)) (field.markup()) (hidden("form", evil)) });
        assert_eq!(response.headers().get(header::CONTENT_SECURITY_POLICY).unwrap(), POLICY);
        let Ok(body) = to_bytes(response.into_body()).await else { panic!("the body broke off") };
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(!text.contains("<script") && text.contains("&lt;script&gt;"), "{text}");
        assert!(text.starts_with("<!DOCTYPE html><html lang=\"vi\">"), "{text}");
        assert!(!text.contains("style=") && !text.contains("://"), "{text}");
    }

    #[test]
    fn a_code_has_a_quiet_zone_and_says_what_it_is() {
        let text = qr("otpauth://totp/x?secret=ABC", "a code").unwrap().into_string();
        assert!(text.contains("aria-label=\"a code\"") && text.contains("M4 4h1v1h-1z"), "{text}");
        assert!(qr(&"x".repeat(10_000), "too long").is_none());
    }
}
