//! The page at `/`, for whoever has nothing but the address: where everything is.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use ketnoi_registry::say;
use maud::html;

use super::caller::lang_of;
use super::pages::page;

/// What there is to go to.
#[derive(Clone, Copy)]
pub(super) struct Doors {
    /// Whether a browser gets GraphiQL at `/graphql`.
    pub explorer: bool,
    /// Whether strangers may read the schema.
    pub schema: bool,
    /// Whether anyone can sign in here.
    pub sign_in: bool,
    /// Whether anyone can vote here.
    pub vote: bool,
}

/// The page.
pub(super) async fn ask(http: HttpRequest, doors: Data<Doors>) -> HttpResponse {
    let lang = lang_of(&http);
    let ways = [
        (doors.explorer, "/graphql", "start-explorer", "start-explorer-hint"),
        (doors.schema, "/schema.graphql", "start-schema", "start-schema-hint"),
        (doors.sign_in, "/auth/sign-in", "sign-in-title", "start-sign-in-hint"),
        (doors.vote, "/vote", "vote-page-title", "start-vote-hint"),
    ];
    let body = html! {
        p { (say(lang, "start-lead", &[])) }
        ul.rows {
            @for (_, path, title, hint) in ways.into_iter().filter(|(open, ..)| *open) {
                li {
                    p { a href=(path) { (say(lang, title, &[])) } }
                    p.hint { (say(lang, hint, &[])) }
                }
            }
        }
    };
    page(lang, &say(lang, "start-title", &[]), body)
}
