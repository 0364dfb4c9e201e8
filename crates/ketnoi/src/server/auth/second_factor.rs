//! Setting up a second factor: a code for the phone to read, then a code of the phone's to show that it did.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use ketnoi_domain::Lang;
use ketnoi_registry::{WriteError, say};
use maud::{Markup, html};

use super::{Auth, author, fault, form, go, refused, too_often};
use crate::server::caller::lang_of;
use crate::server::keeper::Seen;
use crate::server::pages::{Field, Form, alarm, page, page_as, qr};

/// What the forms of this page carry.
#[derive(serde::Deserialize)]
pub(super) struct Step {
    #[serde(default)]
    token: String,
    /// The code that the phone shows; none asks for a code that the phone can read.
    code: Option<String>,
}

/// The page that explains and begins.
pub(super) async fn ask(http: HttpRequest, auth: Data<Auth>) -> HttpResponse {
    let lang = lang_of(&http);
    match auth.callers.visit(&http).await {
        Ok(Some((seen, _))) => page(lang, &title(lang), beginning(lang, &seen, None)),
        Ok(None) => go("/auth/sign-in"),
        Err(refusal) => refused(lang, &refusal),
    }
}

/// One of the two steps.
pub(super) async fn set_up(http: HttpRequest, auth: Data<Auth>, sent: Result<Form<Step>, actix_web::Error>) -> HttpResponse {
    let lang = lang_of(&http);
    let seen = match auth.callers.visit(&http).await {
        Ok(Some((seen, _))) => seen,
        Ok(None) => return go("/auth/sign-in"),
        Err(refusal) => return refused(lang, &refusal),
    };
    let step = match sent {
        Ok(Form(step)) if form::is_of_session(&http, &seen.csrf, &step.token) => step,
        _ => {
            let stale = say(lang, "form-stale", &[]);
            return page_as(StatusCode::BAD_REQUEST, lang, &title(lang), beginning(lang, &seen, Some(&stale)));
        }
    };
    let author = author(&http, seen.viewer.clone(), lang);
    let keeper = &auth.callers.keeper;
    let Some(code) = step.code else {
        return match keeper.begin_second_factor(&author, seen.account).await {
            Ok(address) => page(lang, &title(lang), reading(lang, &seen, &address)),
            Err(error) => wrong(&http, lang, &error, |words| beginning(lang, &seen, Some(words))),
        };
    };
    // Six digits can be tried out, so the tries are counted.
    if let Err(wait) = auth.callers.limiter.attempt(&seen.account.to_string(), auth.callers.address(&http)) {
        return too_often(lang, wait);
    }
    match keeper.confirm_second_factor(&author, seen.account, &code).await {
        Ok(()) => go("/auth/sign-in"),
        Err(error) => wrong(&http, lang, &error, |words| again(lang, &seen, words)),
    }
}

fn title(lang: Lang) -> String {
    say(lang, "second-factor-title", &[])
}

/// What the registry says against a step, on the page of that step.
fn wrong(http: &HttpRequest, lang: Lang, error: &WriteError, body: impl FnOnce(&str) -> Markup) -> HttpResponse {
    match error {
        WriteError::Refused(errors) => {
            let words: Vec<&str> = errors.iter().map(|e| e.message.as_str()).collect();
            page_as(StatusCode::UNPROCESSABLE_ENTITY, lang, &title(lang), body(&words.join(" ")))
        }
        WriteError::Registry(error) => fault(http, lang, &error.to_string()),
    }
}

fn beginning(lang: Lang, seen: &Seen, problem: Option<&str>) -> Markup {
    let said = |key: &str| say(lang, key, &[]);
    html! {
        p { (said("second-factor-why")) }
        @if seen.must_enrol { p { strong { (said("second-factor-must")) } } }
        @if let Some(problem) = problem { (alarm(problem)) }
        form method="post" action="/auth/second-factor" {
            (form::session_field(&seen.csrf))
            button type="submit" { (said("second-factor-begin")) }
        }
        p { a href="/auth/sign-out" { (said("sign-out-button")) } }
    }
}

/// The code to read, and the field for the phone's answer.
fn reading(lang: Lang, seen: &Seen, address: &str) -> Markup {
    let said = |key: &str| say(lang, key, &[]);
    html! {
        p { (said("second-factor-scan")) }
        @if let Some(code) = qr(address, &said("second-factor-qr")) { (code) }
        @if let Some(secret) = secret_of(address) {
            h2 { (said("second-factor-manual")) }
            p { code { (secret) } }
        }
        (confirming(lang, seen))
    }
}

fn again(lang: Lang, seen: &Seen, problem: &str) -> Markup {
    html! {
        (alarm(problem))
        (confirming(lang, seen))
        form method="post" action="/auth/second-factor" {
            (form::session_field(&seen.csrf))
            button.quiet type="submit" { (say(lang, "second-factor-again", &[])) }
        }
    }
}

fn confirming(lang: Lang, seen: &Seen) -> Markup {
    let said = |key: &str| say(lang, key, &[]);
    let label = said("second-factor-field");
    html! {
        form method="post" action="/auth/second-factor" {
            (form::session_field(&seen.csrf))
            (Field { name: "code", label: &label, kind: "text", autocomplete: "one-time-code", ..Field::default() }.markup())
            button type="submit" { (said("second-factor-confirm")) }
        }
    }
}

/// The secret in an `otpauth:` address, in fours, for who cannot read the picture.
fn secret_of(address: &str) -> Option<String> {
    let (_, parameters) = address.split_once('?')?;
    let secret = parameters.split('&').find_map(|pair| pair.strip_prefix("secret="))?;
    let letters: Vec<char> = secret.chars().collect();
    Some(letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" "))
}
