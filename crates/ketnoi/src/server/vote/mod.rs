//! The voting page, `/vote`: a code, then the ballot, then a receipt. Plain forms without scripts or cookies, so that an old
//! phone will do.
//!
//! The code is in the form and nowhere else: what a page of another site could send in a voter's name it would have to know the
//! code for. `GET` uses nothing up, so a camera or a preview may open the address with the code in it. The log has the path and
//! not what stands behind it.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{self, Data, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use ketnoi_domain::{Coded as _, Lang, Secrecy};
use ketnoi_registry::votes::Booth as Ballot;
use ketnoi_registry::{Registry, UserError, WriteError, say};
use maud::{Markup, html};

use super::caller::{Callers, lang_of, request_id};
use super::limits::Wait;
use super::pages::{Field, Form, alarm, good, hidden, page, page_as};

/// What the page needs.
pub(crate) struct Booth {
    registry: Registry,
    callers: Arc<Callers>,
}

impl Booth {
    /// The page of a registry; whose attempts count together is for the callers to say.
    pub(crate) fn new(registry: Registry, callers: Arc<Callers>) -> Self {
        Self { registry, callers }
    }
}

/// Puts the page into an application.
pub(crate) fn routes(booth: &Data<Booth>, config: &mut ServiceConfig) {
    config
        .app_data(Data::clone(booth))
        .service(web::resource("/vote").route(web::get().to(ask)).route(web::head().to(ask)).route(web::post().to(answer)));
}

/// What stands in the address.
#[derive(serde::Deserialize, Default)]
struct Asked {
    code: Option<String>,
    lang: Option<String>,
}

/// What a form brings. It is never shown, not even to the log.
#[derive(Default)]
struct Sent {
    code: String,
    lang: Option<Lang>,
    /// Whether it is the ballot and not the code alone.
    ballot: bool,
    choices: Vec<i64>,
}

impl Sent {
    fn read(fields: Vec<(String, String)>) -> Self {
        let mut sent = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "code" => sent.code = value,
                "lang" => sent.lang = Lang::from_code(&value),
                "step" => sent.ballot = value == "ballot",
                // What is no number is no option, and is told as an option that there is not.
                "choice" => sent.choices.push(value.parse().unwrap_or(0)),
                _ => {}
            }
        }
        sent
    }
}

/// The page that asks for the code.
async fn ask(http: HttpRequest) -> HttpResponse {
    let asked = Query::<Asked>::from_query(http.query_string()).map(Query::into_inner).unwrap_or_default();
    let lang = asked.lang.as_deref().and_then(Lang::from_code).unwrap_or_else(|| lang_of(&http));
    code_page(StatusCode::OK, lang, asked.code.as_deref().unwrap_or_default(), None)
}

/// A code, or a ballot.
async fn answer(
    http: HttpRequest,
    booth: Data<Booth>,
    fields: Result<Form<Vec<(String, String)>>, actix_web::Error>,
) -> HttpResponse {
    let Ok(Form(fields)) = fields else { return code_page(StatusCode::BAD_REQUEST, lang_of(&http), "", None) };
    let sent = Sent::read(fields);
    let lang = sent.lang.unwrap_or_else(|| lang_of(&http));
    if let Err(wait) = booth.callers.limiter.vote(booth.callers.address(&http)) {
        return too_often(lang, wait);
    }
    if sent.ballot { cast(&http, &booth, lang, &sent).await } else { show(&http, &booth, lang, &sent, None).await }
}

/// The ballot that a code admits to, with what is picked already and what is wrong with it.
async fn show(http: &HttpRequest, booth: &Booth, lang: Lang, sent: &Sent, wrong: Option<&UserError>) -> HttpResponse {
    match booth.registry.booth(lang, &sent.code).await {
        Ok(ballot) => {
            let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            let title = ballot.title.in_lang(lang).to_owned();
            page_as(status, lang, &title, ballot_form(lang, &ballot, sent, wrong))
        }
        Err(refused) => refuse(http, booth, lang, refused),
    }
}

async fn cast(http: &HttpRequest, booth: &Booth, lang: Lang, sent: &Sent) -> HttpResponse {
    match booth.registry.cast_ballot(lang, &sent.code, &sent.choices).await {
        Ok(()) => {
            let title = say(lang, "vote-page-done-title", &[]);
            page(lang, &title, html! { (good(&say(lang, "vote-page-done", &[]))) })
        }
        Err(WriteError::Refused(errors)) if errors.iter().any(|e| e.path == "choices") => {
            let wrong = errors.iter().find(|e| e.path == "choices");
            show(http, booth, lang, sent, wrong).await
        }
        Err(refused) => refuse(http, booth, lang, refused),
    }
}

/// A code that admits to nothing: asked for again, with the one sentence that there is for all such codes.
fn refuse(http: &HttpRequest, booth: &Booth, lang: Lang, refused: WriteError) -> HttpResponse {
    match refused {
        WriteError::Refused(errors) => {
            // What cannot be paid is owed; the next attempt will find out.
            booth.callers.limiter.wrong_code(booth.callers.address(http));
            let words = errors.first().map(|e| e.message.clone()).unwrap_or_default();
            code_page(StatusCode::FORBIDDEN, lang, "", Some(&words))
        }
        WriteError::Registry(error) => {
            tracing::error!(request_id = %request_id(http), reason = %error, "a ballot could not be handled");
            code_page(StatusCode::INTERNAL_SERVER_ERROR, lang, "", Some(&say(lang, "vote-page-failed", &[])))
        }
    }
}

fn too_often(lang: Lang, Wait(seconds): Wait) -> HttpResponse {
    let mut response = code_page(StatusCode::TOO_MANY_REQUESTS, lang, "", Some(&say(lang, "vote-page-slow", &[])));
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// The page that asks for the code.
fn code_page(status: StatusCode, lang: Lang, code: &str, wrong: Option<&str>) -> HttpResponse {
    let (label, hint) = (say(lang, "vote-page-code", &[]), say(lang, "vote-page-code-help", &[]));
    let field =
        Field { name: "code", label: &label, hint: Some(&hint), kind: "text", autocomplete: "off", value: code, optional: false };
    let body = html! {
        @if let Some(wrong) = wrong { (alarm(wrong)) }
        form method="post" action="/vote" {
            (hidden("lang", lang.code()))
            (field.markup())
            button type="submit" { (say(lang, "vote-page-go", &[])) }
        }
        (languages(lang))
    };
    page_as(status, lang, &say(lang, "vote-page-title", &[]), body)
}

/// The other languages of the page, each by its own name.
fn languages(lang: Lang) -> Markup {
    const NAMES: [(Lang, &str); 4] =
        [(Lang::Vi, "Tiếng Việt"), (Lang::En, "English"), (Lang::Fr, "Français"), (Lang::De, "Deutsch")];
    html! {
        p.soft {
            @for (other, name) in NAMES.into_iter().filter(|(other, _)| *other != lang) {
                a href=(format!("/vote?lang={}", other.code())) lang=(other.code()) hreflang=(other.code()) { (name) } " "
            }
        }
    }
}

fn ballot_form(lang: Lang, ballot: &Ballot, sent: &Sent, wrong: Option<&UserError>) -> Markup {
    let rule = ballot.rule;
    let (least, most) = (rule.minimum.to_string(), rule.maximum.to_string());
    let how_many = if rule.minimum == rule.maximum {
        say(lang, "vote-page-pick-just", &[("count", &least)])
    } else {
        say(lang, "vote-page-pick", &[("least", &least), ("most", &most)])
    };
    let secrecy = match rule.secrecy {
        Secrecy::Anonymous => say(lang, "vote-page-secret", &[]),
        Secrecy::Named => say(lang, "vote-page-named", &[]),
    };
    let kind = if rule.maximum == 1 { "radio" } else { "checkbox" };
    let picked: BTreeSet<i64> = sent.choices.iter().copied().collect();
    html! {
        @if let Some(wrong) = wrong { (alarm(&wrong.message)) }
        @let question = ballot.question.in_lang(lang);
        @if !question.is_empty() { p { (question) } }
        @let cluster = ballot.cluster.in_lang(lang);
        @if !cluster.is_empty() { p.soft { (say(lang, "vote-page-cluster", &[("cluster", cluster)])) } }
        form method="post" action="/vote" {
            (hidden("lang", lang.code()))
            (hidden("step", "ballot"))
            (hidden("code", &sent.code))
            fieldset.picks {
                legend { (how_many) }
                @for option in &ballot.options {
                    @let id = format!("choice-{}", option.number);
                    @let text = option.text.in_lang(lang);
                    div.pick {
                        input id=(id) type=(kind) name="choice" value=(option.number) checked[picked.contains(&option.number)];
                        label for=(id) { (option.number) ". " (option.title.in_lang(lang)) }
                        @if !text.is_empty() { p.hint { (text) } }
                    }
                }
            }
            p.soft { (secrecy) }
            button type="submit" { (say(lang, "vote-page-cast", &[])) }
        }
    }
}
