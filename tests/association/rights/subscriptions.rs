//! What those are told who stay: each event is asked for with the rights of whoever follows.

use std::{collections::BTreeSet, time::Duration};

use actix_web::rt;
use async_graphql::Response;
use futures_util::{StreamExt as _, stream::BoxStream};
use ketnoi_domain::{AccountRole, Action, Viewer};
use ketnoi_test_support::{TestDb, on_both_databases};
use serde_json::{Value, json};

use super::{
    Outcome, Wrong,
    askers::everyone,
    forbidden, passes,
    rules::Rules,
    table::Gate,
    world::{Of, World, job_of},
};
use crate::support::Portal;

/// Nothing here takes as long, on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The code of an error, or what is told.
fn told(response: Response) -> Result<Value, Outcome> {
    let Some(error) = response.errors.first() else { return Ok(response.data.into_json().unwrap()) };
    let code = error.extensions.as_ref().and_then(|e| e.get("code")).cloned();
    match code.map(async_graphql::Value::into_json) {
        Some(Ok(Value::String(code))) => Err(Outcome::Refused(code)),
        other => panic!("an error without a code ({other:?}): {error:?}"),
    }
}

/// Follows two records until the second has changed twice: then the first has changed in between. Which of them were told.
async fn followed(mut events: BoxStream<'static, Response>, until: String) -> Outcome {
    let (mut ids, mut twice) = (BTreeSet::new(), 0);
    while twice < 2 {
        let event = events.next().await.expect("it goes on");
        let id = match told(event) {
            Ok(event) => event["recordChanged"]["id"].as_str().unwrap().to_owned(),
            Err(refused) => return refused,
        };
        twice += usize::from(id == until);
        ids.insert(id);
    }
    Outcome::Codes(ids)
}

/// Changes a programme.
async fn touch(keeper: &Portal, id: &str, version: i64) {
    let document = "mutation ($input: UpdateProgrammeInput!) { updateProgramme(input: $input) { errors { code path } } }";
    let input = json!({ "id": id, "expectedVersion": version, "acronym": format!("v{version}") });
    let reply = keeper.ask(document, json!({ "input": input })).await;
    assert_eq!(reply.data()["updateProgramme"]["errors"], json!([]), "{}", reply.text);
}

#[actix_web::test]
async fn who_follows_changes_is_told_what_they_see_and_nothing_else() {
    on_both_databases(async |db: TestDb| {
        let world = World::of(&db).await;
        let everyone = everyone(&db).await;
        let (portal, keeper) = (Portal::administrator(&db), Portal::administrator(&db));
        let (open, hidden) = (world.id("programme-open"), world.id("programme-inside"));
        let document = world.filled("subscription { recordChanged(ids: [\"{hidden}\", \"{programme}\"]) { id operation } }");
        let mut following = Vec::new();
        for asker in &everyone {
            portal.becomes(&asker.viewer);
            following.push(rt::spawn(followed(portal.events(&document), open.clone())));
        }
        // Nobody says when they have begun to listen, so it changes until all have heard.
        let mut version = 1;
        while !following.iter().all(rt::task::JoinHandle::is_finished) {
            assert!(version < 1_000, "some hear nothing");
            touch(&keeper, &hidden, version).await;
            touch(&keeper, &open, version).await;
            version += 1;
            rt::time::sleep(Duration::from_millis(20)).await;
        }
        let (rules, mut wrong) = (Rules::house(), Wrong::default());
        for (asker, following) in everyone.iter().zip(following) {
            let wanted = if passes(&rules, &asker.who, Gate::Follower) {
                let seen = world.marks.iter().filter(|mark| mark.of == Of::Programme && mark.is_seen(&rules, &asker.who));
                let ids = seen.map(|mark| world.id(&mark.code)).filter(|id| *id == open || *id == hidden);
                Outcome::Codes(ids.collect())
            } else {
                forbidden()
            };
            wrong.compare("recordChanged", asker, &following.await.unwrap(), &wanted);
        }
        wrong.none();
    })
    .await;
}

/// What a subscription begins with: an event, its end, or a refusal.
async fn begins(portal: &Portal, document: &str) -> Outcome {
    let mut events = portal.events(document);
    match rt::time::timeout(PATIENCE, events.next()).await.expect("it begins") {
        Some(event) => told(event).map_or_else(|refused| refused, |_| Outcome::Served),
        None => Outcome::Served,
    }
}

#[actix_web::test]
async fn turnout_and_progress_are_told_to_those_who_see_the_vote_and_who_asked_for_the_report() {
    on_both_databases(async |db: TestDb| {
        let mut world = World::of(&db).await;
        let everyone = everyone(&db).await;
        world.ask_for_reports(&db, &everyone).await;
        let portal = Portal::in_english(&db, Viewer::Stranger);
        let (rules, mut wrong) = (Rules::house(), Wrong::default());
        let not_found = || Outcome::Refused("NOT_FOUND".to_owned());
        for asker in &everyone {
            portal.becomes(&asker.viewer);
            for (dialogue, seen) in [("dialogue-open", true), ("dialogue-inside", rules.keeps(&asker.who))] {
                let document = format!("subscription {{ ballotTurnout(dialogue: \"{dialogue}\") {{ status }} }}");
                let wanted = if seen { Outcome::Served } else { not_found() };
                wrong.compare("ballotTurnout", asker, &begins(&portal, &document).await, &wanted);
            }
            for role in [AccountRole::Funder, AccountRole::Partner] {
                let (id, code) = (world.id(&job_of(role)), job_of(role));
                let seen = world.marks.iter().any(|mark| mark.code == code && mark.is_seen(&rules, &asker.who));
                let document = format!("subscription {{ reportProgress(id: \"{id}\") {{ state }} }}");
                let wanted = if seen { Outcome::Served } else { not_found() };
                wrong.compare("reportProgress", asker, &begins(&portal, &document).await, &wanted);
            }
        }
        wrong.none();
        // A right that none of these fields asks for shows in the others: this one is theirs.
        assert!(everyone.iter().any(|asker| !rules.may(&asker.who, Action::RunReports)));
    })
    .await;
}
