//! In and out, and what a page of ours needs to know of its session.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use ketnoi_domain::Lang;
use ketnoi_registry::{SignIn, say};
use maud::{Markup, html};
use serde_json::json;

use super::{Auth, fault, form, go, refused, too_often, with_cookie};
use crate::server::caller::lang_of;
use crate::server::cookies::Jar;
use crate::server::keeper::Seen;
use crate::server::pages::{Field, Form, alarm, page, page_as};

/// What the form of the sign-in carries. It is never shown, not even to the log.
#[derive(serde::Deserialize)]
pub(super) struct Attempt {
    #[serde(default)]
    token: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

/// A form with nothing but its token.
#[derive(serde::Deserialize)]
pub(super) struct Only {
    #[serde(default)]
    token: String,
}

/// The page to sign in; for someone who has, the page that says so.
pub(super) async fn ask(http: HttpRequest, auth: Data<Auth>) -> HttpResponse {
    let lang = lang_of(&http);
    match auth.callers.visit(&http).await {
        Ok(Some((seen, _))) if seen.must_enrol => go("/auth/second-factor"),
        Ok(Some((seen, _))) => page(lang, &say(lang, "signed-in-title", &[]), inside(lang, &seen)),
        Ok(None) => form_page(&http, &auth, lang, StatusCode::OK, "", None),
        Err(refusal) => refused(lang, &refusal),
    }
}

/// An attempt to sign in.
pub(super) async fn sign_in(http: HttpRequest, auth: Data<Auth>, sent: Result<Form<Attempt>, actix_web::Error>) -> HttpResponse {
    let lang = lang_of(&http);
    let stale = || form_page(&http, &auth, lang, StatusCode::BAD_REQUEST, "", Some("form-stale"));
    let Ok(Form(attempt)) = sent else { return stale() };
    if !form::is_ours(&http, &auth.callers, &attempt.token) {
        return stale();
    }
    let callers = &auth.callers;
    if let Err(wait) = callers.limiter.attempt(&attempt.name, callers.address(&http)) {
        tracing::warn!(target: "ketnoi::auth", "too many attempts to sign in");
        return too_often(lang, wait);
    }
    let code: String = attempt.code.chars().filter(|c| !c.is_whitespace()).collect();
    let code = (!code.is_empty()).then_some(code);
    match callers.keeper.sign_in(&attempt.name, &attempt.password, code.as_deref()).await {
        Ok(SignIn::In(signed_in)) => {
            let response = with_cookie(go("/auth/sign-in"), callers.cookies.set(Jar::Session, &signed_in.token, None));
            with_cookie(response, callers.cookies.clear(Jar::Form))
        }
        Ok(SignIn::NeedsCode) => form_page(&http, &auth, lang, StatusCode::OK, &attempt.name, Some("sign-in-needs-code")),
        Ok(SignIn::Refused) => form_page(&http, &auth, lang, StatusCode::FORBIDDEN, &attempt.name, Some("sign-in-refused")),
        Err(error) => fault(&http, lang, &error.to_string()),
    }
}

/// The page to sign out.
pub(super) async fn ask_out(http: HttpRequest, auth: Data<Auth>) -> HttpResponse {
    let lang = lang_of(&http);
    match auth.callers.visit(&http).await {
        Ok(Some((seen, _))) => page(lang, &say(lang, "sign-out-title", &[]), way_out(lang, &seen.csrf)),
        Ok(None) => go("/auth/sign-in"),
        Err(refusal) => refused(lang, &refusal),
    }
}

/// Ends the session.
pub(super) async fn sign_out(http: HttpRequest, auth: Data<Auth>, sent: Result<Form<Only>, actix_web::Error>) -> HttpResponse {
    let lang = lang_of(&http);
    let (seen, token) = match auth.callers.visit(&http).await {
        Ok(Some(visit)) => visit,
        Ok(None) => return go("/auth/sign-in"),
        Err(refusal) => return refused(lang, &refusal),
    };
    if !sent.is_ok_and(|Form(sent)| form::is_of_session(&http, &seen.csrf, &sent.token)) {
        let title = say(lang, "sign-out-title", &[]);
        let body = html! { (alarm(&say(lang, "form-stale", &[]))) (way_out(lang, &seen.csrf)) };
        return page_as(StatusCode::BAD_REQUEST, lang, &title, body);
    }
    match auth.callers.keeper.sign_out(&token).await {
        Ok(_) => with_cookie(go("/auth/sign-in"), auth.callers.cookies.clear(Jar::Session)),
        Err(error) => fault(&http, lang, &error.to_string()),
    }
}

/// What a page of ours needs to know of its session: who it is, and the token that its changes must carry. Another site can
/// ask for it and not read the answer.
pub(super) async fn session(http: HttpRequest, auth: Data<Auth>) -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CACHE_CONTROL, "no-store")).insert_header((header::VARY, "Cookie"));
    match auth.callers.visit(&http).await {
        Ok(Some((seen, _))) => {
            answer.json(json!({ "name": seen.name, "csrf": seen.csrf, "mustSetUpSecondFactor": seen.must_enrol }))
        }
        Ok(None) => answer.json(json!({})),
        Err(refusal) => refusal.response(),
    }
}

fn form_page(http: &HttpRequest, auth: &Auth, lang: Lang, status: StatusCode, name: &str, wrong: Option<&str>) -> HttpResponse {
    let said = |key: &str| say(lang, key, &[]);
    let token = form::Token::of(http, &auth.callers);
    let (name_label, password_label, code_label) = (said("sign-in-name"), said("sign-in-password"), said("sign-in-code"));
    let code_hint = said("sign-in-code-hint");
    let code = Field {
        name: "code",
        label: &code_label,
        hint: Some(&code_hint),
        kind: "text",
        autocomplete: "one-time-code",
        optional: true,
        ..Field::default()
    };
    let body = html! {
        p.soft { (said("sign-in-lead")) }
        @if let Some(wrong) = wrong { (alarm(&said(wrong))) }
        form method="post" action="/auth/sign-in" {
            (token.field())
            (Field { name: "name", label: &name_label, kind: "text", autocomplete: "username", value: name, ..Field::default() }
                .markup())
            (Field { name: "password", label: &password_label, kind: "password", autocomplete: "current-password", ..Field::default() }
                .markup())
            (code.markup())
            button type="submit" { (said("sign-in-button")) }
        }
        @if !auth.providers.is_empty() {
            div.or {
                p.soft { (said("sign-in-elsewhere")) }
                @for provider in &auth.providers {
                    a.button.quiet href=(format!("/auth/oidc/{}", provider.name())) {
                        (say(lang, "sign-in-with", &[("provider", provider.shown())]))
                    }
                }
            }
        }
        p.soft { (said("sign-in-forgot")) }
    };
    with_cookie(page_as(status, lang, &said("sign-in-title"), body), token.cookie)
}

fn inside(lang: Lang, seen: &Seen) -> Markup {
    let said = |key: &str| say(lang, key, &[]);
    html! {
        p { (say(lang, "signed-in-as", &[("name", &seen.name)])) }
        @if !seen.has_second_factor {
            p { a href="/auth/second-factor" { (said("second-factor-link")) } }
        }
        p { a href="/auth/account" { (said("account-link")) } }
        p { a href="/graphql" { (said("signed-in-api")) } }
        (way_out(lang, &seen.csrf))
    }
}

fn way_out(lang: Lang, csrf: &str) -> Markup {
    html! {
        form method="post" action="/auth/sign-out" {
            (form::session_field(csrf))
            button.quiet type="submit" { (say(lang, "sign-out-button", &[])) }
        }
    }
}
