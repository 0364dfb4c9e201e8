//! Signing in and out, a second factor, a new password, and signing in elsewhere: plain pages under `/auth`, without scripts.
//!
//! - `sign_in` in and out, and what a page of ours needs to know of its session · `second_factor` setting one up
//! - `account` one's own account: another password, the sessions that are open
//! - `reset` a new password by a one-time link · `oidc` signing in at a provider of OpenID Connect
//! - `form` forms that only our own pages can send
//!
//! Nothing here says which half of a sign-in was wrong, whether a name exists, or what is behind a link that is over.

mod account;
mod form;
pub(crate) mod oidc;
mod reset;
mod second_factor;
mod sign_in;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use ketnoi_domain::{Lang, Viewer};
use ketnoi_graphql::http::Refusal;
use ketnoi_registry::{Author, say};
use maud::html;

use super::caller::{Callers, request_id};
use super::limits::Wait;
use super::pages::{alarm, page_as};

/// What the pages need.
pub(crate) struct Auth {
    callers: Arc<Callers>,
    providers: Vec<oidc::Client>,
}

impl Auth {
    /// The pages for those whom the callers know, with buttons for these providers.
    pub(crate) fn new(callers: Arc<Callers>, providers: Vec<oidc::Client>) -> Self {
        Self { callers, providers }
    }
}

/// Puts the pages into an application.
pub(crate) fn routes(auth: &Data<Auth>, config: &mut ServiceConfig) {
    config
        .app_data(Data::clone(auth))
        .service(web::resource("/auth/sign-in").route(web::get().to(sign_in::ask)).route(web::post().to(sign_in::sign_in)))
        .service(web::resource("/auth/sign-out").route(web::get().to(sign_in::ask_out)).route(web::post().to(sign_in::sign_out)))
        .service(web::resource("/auth/session").route(web::get().to(sign_in::session)))
        .service(
            web::resource("/auth/second-factor")
                .route(web::get().to(second_factor::ask))
                .route(web::post().to(second_factor::set_up)),
        )
        .service(
            web::resource("/auth/account").route(web::get().to(account::ask)).route(web::post().to(account::change_password)),
        )
        .service(
            web::resource("/auth/account/sessions")
                .route(web::get().to(account::ask))
                .route(web::post().to(account::end_sessions)),
        )
        .service(web::resource("/auth/reset/{token}").route(web::get().to(reset::ask)).route(web::post().to(reset::reset)))
        .service(web::resource("/auth/oidc/{provider}").route(web::get().to(oidc::begin)))
        .service(web::resource("/auth/oidc/{provider}/callback").route(web::get().to(oidc::end)));
}

/// Sends the browser to another page of ours.
fn go(path: &'static str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, path)).insert_header((header::CACHE_CONTROL, "no-store")).finish()
}

/// The same answer with a cookie.
fn with_cookie(mut response: HttpResponse, cookie: Option<HeaderValue>) -> HttpResponse {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A fault of ours as a page: the log knows more under the id that it names.
fn fault(http: &HttpRequest, lang: Lang, reason: &str) -> HttpResponse {
    let id = request_id(http);
    tracing::error!(request_id = %id, reason, "a page could not be made");
    page_as(
        StatusCode::INTERNAL_SERVER_ERROR,
        lang,
        &say(lang, "page-fault-title", &[]),
        html! { (alarm(&say(lang, "page-fault", &[("id", &id)]))) },
    )
}

/// What the callers refused, as a page.
fn refused(lang: Lang, refusal: &Refusal) -> HttpResponse {
    let title = say(lang, "page-fault-title", &[]);
    page_as(StatusCode::INTERNAL_SERVER_ERROR, lang, &title, html! { (alarm(&refusal.message())) })
}

/// Someone has tried too often. It is told alike whether or not there is anyone of the name that was tried.
fn too_often(lang: Lang, Wait(seconds): Wait) -> HttpResponse {
    let words = say(lang, "sign-in-wait", &[("seconds", &seconds.to_string())]);
    let title = say(lang, "sign-in-wait-title", &[]);
    let mut response = page_as(StatusCode::TOO_MANY_REQUESTS, lang, &title, html! { (alarm(&words)) });
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// Who changes their own account by a page; the registry finds out who that is by what the page brings.
fn author(http: &HttpRequest, viewer: Viewer, lang: Lang) -> Author {
    Author { request: Some(request_id(http)), ..Author::of(viewer, lang) }
}
