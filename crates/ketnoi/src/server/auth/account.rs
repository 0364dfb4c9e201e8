//! One's own account: who one is here, another password, and the sessions that are open.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use ketnoi_domain::{AccountRole, Coded as _, Lang, Text};
use ketnoi_registry::{OpenSession, OwnAccount, PasswordChange, UserError, WriteError, say};
use maud::{Markup, html};

use super::{Auth, author, fault, form, go, refused, too_often, with_cookie};
use crate::server::caller::lang_of;
use crate::server::cookies::Jar;
use crate::server::keeper::Seen;
use crate::server::pages::{Field, Form, alarm, good, hidden, page_as};

/// What the form of the password carries. It is never shown, not even to the log.
#[derive(serde::Deserialize)]
pub(super) struct Wish {
    #[serde(default)]
    token: String,
    #[serde(default)]
    current: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    repeated: String,
}

/// What a button beside a session carries.
#[derive(serde::Deserialize)]
pub(super) struct Ending {
    #[serde(default)]
    token: String,
    /// Which session is to end; without it, all others are.
    session: Option<String>,
}

/// The page.
pub(super) async fn ask(http: HttpRequest, auth: Data<Auth>) -> HttpResponse {
    match inside(&http, &auth).await {
        Ok((seen, token)) => show(&http, &auth, StatusCode::OK, (&token, &seen.csrf), None).await,
        Err(elsewhere) => elsewhere,
    }
}

/// Changes the password. Whoever finds a session open can try passwords out here, so a try counts as one to sign in.
pub(super) async fn change_password(
    http: HttpRequest,
    auth: Data<Auth>,
    sent: Result<Form<Wish>, actix_web::Error>,
) -> HttpResponse {
    let lang = lang_of(&http);
    let (seen, token) = match inside(&http, &auth).await {
        Ok(visit) => visit,
        Err(elsewhere) => return elsewhere,
    };
    let again = async |status, problem: String| show(&http, &auth, status, (&token, &seen.csrf), Some(alarm(&problem))).await;
    let wish = match sent {
        Ok(Form(wish)) if form::is_of_session(&http, &seen.csrf, &wish.token) => wish,
        _ => return again(StatusCode::BAD_REQUEST, say(lang, "form-stale", &[])).await,
    };
    let callers = &auth.callers;
    if let Err(wait) = callers.limiter.attempt(&seen.name, callers.address(&http)) {
        tracing::warn!(target: "ketnoi::auth", "too many attempts to change a password");
        return too_often(lang, wait);
    }
    if wish.password != wish.repeated {
        return again(StatusCode::UNPROCESSABLE_ENTITY, say(lang, "reset-differ", &[])).await;
    }
    let code: String = wish.code.chars().filter(|c| !c.is_whitespace()).collect();
    let code = (!code.is_empty()).then_some(code.as_str());
    let change = PasswordChange { current: &wish.current, code, new: &wish.password };
    let author = author(&http, seen.viewer.clone(), lang);
    match callers.keeper.change_password(&author, &token, &change).await {
        Ok(renewed) => {
            let done = good(&say(lang, "account-password-done", &[]));
            let page = show(&http, &auth, StatusCode::OK, (&renewed.token, &renewed.csrf), Some(done)).await;
            with_cookie(page, callers.cookies.set(Jar::Session, &renewed.token, None))
        }
        Err(WriteError::Refused(errors)) => again(StatusCode::UNPROCESSABLE_ENTITY, told(&errors)).await,
        Err(WriteError::Registry(error)) => fault(&http, lang, &error.to_string()),
    }
}

/// Ends another session, or all others.
pub(super) async fn end_sessions(
    http: HttpRequest,
    auth: Data<Auth>,
    sent: Result<Form<Ending>, actix_web::Error>,
) -> HttpResponse {
    let lang = lang_of(&http);
    let (seen, token) = match inside(&http, &auth).await {
        Ok(visit) => visit,
        Err(elsewhere) => return elsewhere,
    };
    let again = async |status, problem: String| show(&http, &auth, status, (&token, &seen.csrf), Some(alarm(&problem))).await;
    let ending = match sent {
        Ok(Form(ending)) if form::is_of_session(&http, &seen.csrf, &ending.token) => ending,
        _ => return again(StatusCode::BAD_REQUEST, say(lang, "form-stale", &[])).await,
    };
    let (author, keeper) = (author(&http, seen.viewer.clone(), lang), &auth.callers.keeper);
    let done = match &ending.session {
        Some(session) => keeper.end_session(&author, &token, session).await,
        None => keeper.end_other_sessions(&author, &token).await,
    };
    match done {
        Ok(()) => go("/auth/account"),
        Err(WriteError::Refused(errors)) => again(StatusCode::UNPROCESSABLE_ENTITY, told(&errors)).await,
        Err(WriteError::Registry(error)) => fault(&http, lang, &error.to_string()),
    }
}

/// Who has signed in and may look after their account, with the token of their session; or where they have to go first.
async fn inside(http: &HttpRequest, auth: &Auth) -> Result<(Seen, String), HttpResponse> {
    match auth.callers.visit(http).await {
        Ok(Some((seen, _))) if seen.must_enrol => Err(go("/auth/second-factor")),
        Ok(Some(visit)) => Ok(visit),
        Ok(None) => Err(go("/auth/sign-in")),
        Err(refusal) => Err(refused(lang_of(http), &refusal)),
    }
}

/// What the registry says against a change.
fn told(errors: &[UserError]) -> String {
    errors.iter().map(|e| e.message.as_str()).collect::<Vec<_>>().join(" ")
}

/// The page as a session sees it, of which this is the token and what its forms bring; with what there is to say first.
async fn show(
    http: &HttpRequest,
    auth: &Auth,
    status: StatusCode,
    (token, csrf): (&str, &str),
    said: Option<Markup>,
) -> HttpResponse {
    let lang = lang_of(http);
    match auth.callers.keeper.own_account(token).await {
        Ok(Some(own)) => {
            let body = html! {
                @if let Some(said) = said { (said) }
                (who(lang, &own))
                (password(lang, &own, csrf))
                (sessions(lang, &own.sessions, csrf))
                div.or { p { a href="/auth/sign-out" { (say(lang, "sign-out-button", &[])) } } }
            };
            page_as(status, lang, &say(lang, "account-title", &[]), body)
        }
        // It ended while this was asked.
        Ok(None) => go("/auth/sign-in"),
        Err(error) => fault(http, lang, &error.to_string()),
    }
}

fn who(lang: Lang, own: &OwnAccount) -> Markup {
    let said = |key: &str| say(lang, key, &[]);
    let account = &own.account;
    html! {
        dl.facts {
            dt { (said("sign-in-name")) }
            dd { (account.name) }
            dt { (said("account-role")) }
            dd { (said(role(account.role))) }
            (party(lang, "account-organisation", own.organisation.as_ref()))
            (party(lang, "account-authority", own.authority.as_ref()))
            @if let Some(this) = own.sessions.iter().find(|session| session.is_this) {
                dt { (said("account-since")) }
                dd { (instant(lang, &this.began_at)) }
            }
            // Of who signs in elsewhere alone, no code of ours is ever asked.
            @if account.has_password {
                dt { (said("second-factor-title")) }
                @if account.has_second_factor {
                    dd { (said("account-second-factor-there")) }
                } @else {
                    dd { a href="/auth/second-factor" { (said("second-factor-link")) } }
                }
            }
        }
    }
}

/// For whom an account speaks, marked with the language in which the registry has the name.
fn party(lang: Lang, key: &str, name: Option<&Text>) -> Markup {
    html! {
        @if let Some((served, name)) = name.and_then(|name| name.served(lang)) {
            dt { (say(lang, key, &[])) }
            dd lang=(served.code()) { (name) }
        }
    }
}

fn role(role: AccountRole) -> &'static str {
    match role {
        AccountRole::Administrator => "account-role-administrator",
        AccountRole::Officer => "account-role-officer",
        AccountRole::FocalPoint => "account-role-focal-point",
        AccountRole::Funder => "account-role-funder",
        AccountRole::Partner => "account-role-partner",
    }
}

/// An instant as the language writes it. It is universal time: without scripts nobody knows which time its reader has.
fn instant(lang: Lang, at: &str) -> String {
    let part = |from: usize, to: usize| at.get(from..to).unwrap_or_default();
    say(lang, "account-instant", &[("year", part(0, 4)), ("month", part(5, 7)), ("day", part(8, 10)), ("time", part(11, 16))])
}

fn password(lang: Lang, own: &OwnAccount, csrf: &str) -> Markup {
    let said = |key: &str| say(lang, key, &[]);
    let (current, new, repeat, hint) = (said("account-current"), said("reset-new"), said("reset-repeat"), said("reset-hint"));
    let (code_label, code_hint) = (said("sign-in-code"), said("account-code-hint"));
    let field = Field { kind: "password", autocomplete: "new-password", ..Field::default() };
    let known = Field { name: "current", label: &current, autocomplete: "current-password", ..field };
    let code = Field {
        name: "code",
        label: &code_label,
        hint: Some(&code_hint),
        kind: "text",
        autocomplete: "one-time-code",
        ..Field::default()
    };
    html! {
        h2 { (said("account-password-title")) }
        @if own.account.has_password {
            p.soft { (said("account-password-lead")) }
            form method="post" action="/auth/account" {
                (form::session_field(csrf))
                (known.markup())
                @if own.account.has_second_factor { (code.markup()) }
                (Field { name: "password", label: &new, hint: Some(&hint), ..field }.markup())
                (Field { name: "repeated", label: &repeat, ..field }.markup())
                button type="submit" { (said("reset-button")) }
            }
        } @else {
            p { (said("account-elsewhere")) }
        }
    }
}

fn sessions(lang: Lang, all: &[OpenSession], csrf: &str) -> Markup {
    let said = |key: &str| say(lang, key, &[]);
    let ending = |session: Option<&str>, words: &str, of: Option<&str>| {
        html! {
            form method="post" action="/auth/account/sessions" {
                (form::session_field(csrf))
                @if let Some(session) = session { (hidden("session", session)) }
                button.quiet type="submit" aria-describedby=[of] { (said(words)) }
            }
        }
    };
    html! {
        h2 { (said("account-sessions-title")) }
        p.soft { (said("account-sessions-lead")) }
        ul.rows {
            @for (number, session) in all.iter().enumerate() {
                @let id = format!("session-{number}");
                li {
                    p id=(id) { (began(lang, session)) }
                    p.hint { (used(lang, session)) }
                    @if session.is_this {
                        p { strong { (said("account-session-this")) } }
                    } @else {
                        (ending(Some(session.handle.as_str()), "account-session-end", Some(id.as_str())))
                    }
                }
            }
        }
        @if all.iter().any(|session| !session.is_this) {
            (ending(None, "account-sessions-end", None))
        } @else {
            p.soft { (said("account-sessions-none")) }
        }
    }
}

fn began(lang: Lang, session: &OpenSession) -> String {
    let key = if session.by_password { "account-session-password" } else { "account-session-elsewhere" };
    say(lang, key, &[("at", &instant(lang, &session.began_at))])
}

fn used(lang: Lang, session: &OpenSession) -> String {
    let (used, end) = (instant(lang, &session.used_at), instant(lang, &session.expires_at));
    say(lang, "account-session-used", &[("used", &used), ("end", &end)])
}
