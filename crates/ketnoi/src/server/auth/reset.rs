//! A new password by a one-time link that an administrator has issued. What is behind a link is told only by using it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use ketnoi_domain::{Lang, Viewer};
use ketnoi_registry::{WriteError, say};
use maud::html;

use super::{Auth, author, fault, form, too_often, with_cookie};
use crate::server::caller::lang_of;
use crate::server::cookies::Jar;
use crate::server::pages::{Field, Form, alarm, good, page, page_as};

/// The longest token that is looked for.
const LONGEST: usize = 200;

/// What the form carries.
#[derive(serde::Deserialize)]
pub(super) struct Wish {
    #[serde(default)]
    token: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    repeated: String,
}

/// The page of a link. It is the same whether or not the link is good, so that nobody tries links by looking at pages.
pub(super) async fn ask(http: HttpRequest, auth: Data<Auth>) -> HttpResponse {
    form_page(&http, &auth, lang_of(&http), StatusCode::OK, None)
}

/// Sets the password.
pub(super) async fn reset(
    http: HttpRequest,
    auth: Data<Auth>,
    link: Path<String>,
    sent: Result<Form<Wish>, actix_web::Error>,
) -> HttpResponse {
    let lang = lang_of(&http);
    let again = |status, problem: &str| form_page(&http, &auth, lang, status, Some(problem));
    let wish = match sent {
        Ok(Form(wish)) if form::is_ours(&http, &auth.callers, &wish.token) => wish,
        _ => return again(StatusCode::BAD_REQUEST, &say(lang, "form-stale", &[])),
    };
    if let Err(wait) = auth.callers.limiter.attempt_from(auth.callers.address(&http)) {
        return too_often(lang, wait);
    }
    if wish.password != wish.repeated {
        return again(StatusCode::UNPROCESSABLE_ENTITY, &say(lang, "reset-differ", &[]));
    }
    if link.len() > LONGEST {
        return again(StatusCode::UNPROCESSABLE_ENTITY, &say(lang, "reset-link-over", &[]));
    }
    let author = author(&http, Viewer::Stranger, lang);
    match auth.callers.keeper.reset(&author, &link, &wish.password).await {
        Ok(()) => {
            let body = html! {
                (good(&say(lang, "reset-done", &[])))
                p { a.button href="/auth/sign-in" { (say(lang, "sign-in-title", &[])) } }
            };
            // All sessions of the account have ended, this browser's among them.
            with_cookie(page(lang, &say(lang, "reset-title", &[]), body), auth.callers.cookies.clear(Jar::Session))
        }
        Err(WriteError::Refused(errors)) => {
            let words: Vec<&str> = errors.iter().map(|e| e.message.as_str()).collect();
            again(StatusCode::UNPROCESSABLE_ENTITY, &words.join(" "))
        }
        Err(WriteError::Registry(error)) => fault(&http, lang, &error.to_string()),
    }
}

fn form_page(http: &HttpRequest, auth: &Auth, lang: Lang, status: StatusCode, problem: Option<&str>) -> HttpResponse {
    let said = |key: &str| say(lang, key, &[]);
    let token = form::Token::of(http, &auth.callers);
    let (new, repeat, hint) = (said("reset-new"), said("reset-repeat"), said("reset-hint"));
    let password = Field { kind: "password", autocomplete: "new-password", ..Field::default() };
    // A form without an address is sent to the address of its page, which holds the link.
    let body = html! {
        p.soft { (said("reset-lead")) }
        @if let Some(problem) = problem { (alarm(problem)) }
        form method="post" {
            (token.field())
            (Field { name: "password", label: &new, hint: Some(&hint), ..password }.markup())
            (Field { name: "repeated", label: &repeat, ..password }.markup())
            button type="submit" { (said("reset-button")) }
        }
    };
    with_cookie(page_as(status, lang, &said("reset-title"), body), token.cookie)
}
