//! The matrix of rights: every root field of queries, mutations and subscriptions, called by everyone, answers what the rule says
//! and nothing else.
//!
//! The rule is told once more in `rules`, whom each field serves in `table`. A field that is not in the table fails the test, and
//! so does a rule of which no row of the table would show that it was taken away.

mod askers;
mod rules;
mod subscriptions;
mod table;
mod world;

use std::collections::BTreeSet;

use ketnoi_domain::{AccountRole, Action, Coded as _, KeyScope, Viewer};
use ketnoi_test_support::{TestDb, on_both_databases};
use serde_json::{Value, json};

use self::{
    askers::{Asker, all, everyone, is_typical},
    rules::{Rules, Who},
    table::{Gate, MUTATIONS, Mutation, QUERIES, Query, RECORD_FIELDS, SUBSCRIPTIONS, Tells, WRITES},
    world::{Mark, Of, World, in_person_of, job_of, marks, sum},
};
use crate::support::{Portal, Reply, Shape};

/// What someone gets who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    /// An error of the whole request, with this code.
    Refused(String),
    /// What they asked for; nothing of it depends on who they are.
    Served,
    /// These of the records.
    Codes(BTreeSet<String>),
    /// So many of the records.
    Count(i64),
    /// Whether counts of few are withheld.
    Withheld(bool),
    /// What they may do.
    Rights(BTreeSet<String>),
}

fn forbidden() -> Outcome {
    Outcome::Refused("FORBIDDEN".to_owned())
}

fn passes(rules: &Rules, who: &Who, gate: Gate) -> bool {
    match gate {
        Gate::Anyone => true,
        Gate::May(action) => rules.may(who, action),
        Gate::MayBoth(one, other) => rules.may(who, one) && rules.may(who, other),
        Gate::Keeper => rules.keeps(who),
        Gate::KeeperWho(action) => rules.may(who, action) && rules.keeps(who),
        Gate::Follower => matches!(who, Who::Stranger) || rules.may(who, Action::FollowChanges),
    }
}

fn seen<'m>(rules: &Rules, who: &Who, of: &[Of], marks: &'m [Mark]) -> Vec<&'m Mark> {
    marks.iter().filter(|mark| of.contains(&mark.of) && mark.is_seen(rules, who)).collect()
}

/// An action as the schema calls it.
fn permission(action: Action) -> String {
    let mut name = String::new();
    for (i, sign) in format!("{action:?}").char_indices() {
        if sign.is_ascii_uppercase() && i > 0 {
            name.push('_');
        }
        name.push(sign.to_ascii_uppercase());
    }
    name
}

/// What the rule says.
fn expected(rules: &Rules, who: &Who, query: &Query, marks: &[Mark]) -> Outcome {
    if !passes(rules, who, query.gate) {
        return forbidden();
    }
    match query.tells {
        Tells::Same => Outcome::Served,
        Tells::Codes(of) => Outcome::Codes(seen(rules, who, of, marks).into_iter().map(|mark| mark.code.clone()).collect()),
        Tells::Count(of, _) => Outcome::Count(i64::try_from(seen(rules, who, of, marks).len()).unwrap()),
        Tells::Withheld => Outcome::Withheld(!rules.may(who, Action::SeePeople)),
        Tells::Rights => Outcome::Rights(Action::ALL.into_iter().filter(|a| rules.may(who, *a)).map(permission).collect()),
    }
}

fn expected_of_change(rules: &Rules, who: &Who, gate: Gate) -> Outcome {
    if passes(rules, who, gate) { Outcome::Served } else { forbidden() }
}

/// The error of a whole request, if it has one.
fn refusal(reply: &Reply) -> Option<Outcome> {
    reply.body.get("errors").map(|_| Outcome::Refused(reply.code().to_owned()))
}

/// What a question is answered with.
async fn answer(portal: &Portal, world: &World, query: &Query) -> Outcome {
    if let Some(field) = query.document.strip_prefix('*') {
        return answer_of_each(portal, world, query, field).await;
    }
    let reply = portal.ask(&world.filled(query.document), json!({})).await;
    if let Some(refused) = refusal(&reply) {
        return refused;
    }
    let answer = reply.data();
    match query.tells {
        Tells::Same => Outcome::Served,
        Tells::Codes(_) => Outcome::Codes(world.told(answer)),
        Tells::Count(_, number) => Outcome::Count(sum(answer, number)),
        Tells::Withheld => Outcome::Withheld(answer[query.field][0]["withheld"].as_bool().unwrap()),
        Tells::Rights => {
            let may = answer[query.field]["may"].as_array().unwrap();
            Outcome::Rights(may.iter().map(|one| one.as_str().unwrap().to_owned()).collect())
        }
    }
}

/// Of which records a field tells anything that is asked for each of them.
async fn answer_of_each(portal: &Portal, world: &World, query: &Query, field: &str) -> Outcome {
    let Tells::Codes(of) = query.tells else { panic!("{} is asked of no record", query.field) };
    let marks: Vec<&Mark> = world.marks.iter().filter(|mark| of.contains(&mark.of)).collect();
    let mut told = BTreeSet::new();
    // So many root fields a request may have.
    for some in marks.chunks(18) {
        let asked = |mark: &Mark| match field.contains("{id}") {
            true => field.replace("{id}", &world.id(&mark.code)),
            false => field.replace("{code}", &mark.code),
        };
        let lines: Vec<String> = some.iter().enumerate().map(|(i, mark)| format!("a{i}: {}", asked(mark))).collect();
        let reply = portal.ask(&format!("{{ {} }}", lines.join("\n")), json!({})).await;
        if let Some(refused) = refusal(&reply) {
            return refused;
        }
        for (i, mark) in some.iter().enumerate() {
            let answer = &reply.data()[format!("a{i}")];
            if !answer.is_null() && *answer != json!([]) {
                told.insert(mark.code.clone());
            }
        }
    }
    Outcome::Codes(told)
}

/// What a change with the least input comes to.
async fn changed(portal: &Portal, shape: &Shape, field: &str, with: &str) -> Outcome {
    let of = shape.input_of(field);
    let mut input = shape.least(&of);
    let Value::Object(with) = serde_json::from_str(with).unwrap() else { panic!("{field}: {with} is no object") };
    input.as_object_mut().unwrap().extend(with);
    let document = format!("mutation ($input: {of}!) {{ {field}(input: $input) {{ errors {{ code }} }} }}");
    let reply = portal.ask(&document, json!({ "input": input })).await;
    refusal(&reply).unwrap_or_else(|| {
        reply.data();
        Outcome::Served
    })
}

/// What is not as the rule says.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn compare(&mut self, field: &str, asker: &Asker, told: &Outcome, wanted: &Outcome) {
        if told != wanted {
            self.0.push(format!("{field}, {}: {told:?} and not {wanted:?}", asker.name));
        }
    }

    fn none(self) {
        assert!(self.0.is_empty(), "{} rows of the matrix do not hold:\n{}", self.0.len(), self.0.join("\n"));
    }
}

fn names(list: &'static str) -> BTreeSet<String> {
    list.split_whitespace().map(str::to_owned).collect()
}

/// Every field of a root, and those that the table knows.
fn assert_classified(root: &str, there: Vec<String>, known: &BTreeSet<String>) {
    let there: BTreeSet<String> = there.into_iter().collect();
    let new: Vec<&String> = there.difference(known).collect();
    let gone: Vec<&String> = known.difference(&there).collect();
    assert!(new.is_empty(), "{root} has fields of which `table.rs` does not say whom they serve: {new:?}");
    assert!(gone.is_empty(), "`table.rs` classifies what {root} does not have: {gone:?}");
}

#[actix_web::test]
async fn every_root_field_serves_those_whom_the_table_names_and_nobody_else() {
    on_both_databases(async |db: TestDb| {
        let mut world = World::of(&db).await;
        let everyone = everyone(&db).await;
        world.ask_for_reports(&db, &everyone).await;
        let portal = Portal::in_english(&db, Viewer::LocalAdministrator);
        let shape = Shape::of(&portal).await;
        let queries = names(RECORD_FIELDS).into_iter().chain(QUERIES.iter().map(|q| q.field.to_owned())).collect();
        assert_classified("Query", shape.names("Query"), &queries);
        let mutations = names(WRITES).into_iter().chain(MUTATIONS.iter().map(|m| m.field.to_owned())).collect();
        assert_classified("Mutation", shape.names("Mutation"), &mutations);
        let subscriptions = SUBSCRIPTIONS.iter().map(|s| (*s).to_owned()).collect();
        assert_classified("Subscription", shape.names("Subscription"), &subscriptions);

        let lists: BTreeSet<String> = shape.lists("Query").into_iter().map(|list| list.field).collect();
        let record = |field: String| {
            if lists.contains(&field) {
                format!("{field} {{ nodes {{ id }} }}")
            } else {
                format!("{field}(code: \"nothing\") {{ id }}")
            }
        };
        let records: Vec<String> = names(RECORD_FIELDS).into_iter().map(record).collect();
        let (rules, mut wrong) = (Rules::house(), Wrong::default());
        for asker in &everyone {
            portal.becomes(&asker.viewer);
            // They answer everyone; `ask_each` ends the test where one does not.
            portal.ask_each(&records).await;
            for query in QUERIES {
                let told = answer(&portal, &world, query).await;
                wrong.compare(query.field, asker, &told, &expected(&rules, &asker.who, query, &world.marks));
            }
        }
        // What is changed here is nothing: but where a right to do so is missing or too much, this shows.
        for asker in &everyone {
            portal.becomes(&asker.viewer);
            for Mutation { field, gate, with } in MUTATIONS {
                let told = changed(&portal, &shape, field, with).await;
                wrong.compare(field, asker, &told, &expected_of_change(&rules, &asker.who, *gate));
            }
            if is_typical(&asker.who) {
                for field in names(WRITES) {
                    let told = changed(&portal, &shape, &field, "{}").await;
                    wrong.compare(&field, asker, &told, &expected_of_change(&rules, &asker.who, Gate::May(Action::Write)));
                }
            }
        }
        wrong.none();
        everyone.len()
    })
    .await;
}

/// The rows of the table that would show that the rules are others; those of `viewer`, which says them all, do not count.
fn rows_that_differ(rules: &Rules, others: &Rules) -> usize {
    let (marks, everyone) = (marks(), all());
    let mut differ = 0;
    for (_, who) in &everyone {
        let told = QUERIES.iter().filter(|q| q.field != "viewer");
        differ += told.filter(|q| expected(rules, who, q, &marks) != expected(others, who, q, &marks)).count();
        let gates = MUTATIONS.iter().map(|m| m.gate).chain(is_typical(who).then_some(Gate::May(Action::Write)));
        differ += gates.filter(|gate| passes(rules, who, *gate) != passes(others, who, *gate)).count();
    }
    differ
}

#[test]
fn whichever_rule_were_taken_away_a_row_of_the_table_would_show_it() {
    let rules = Rules::house();
    let unseen: BTreeSet<String> = rules
        .without_one()
        .into_iter()
        .filter(|(_, others)| rows_that_differ(&rules, others) == 0)
        .map(|(name, _)| name)
        .collect();
    // The audit holds drafts, so it is shown to those alone who see them: for all others that rule stands before this one.
    let others = [AccountRole::FocalPoint, AccountRole::Funder, AccountRole::Partner];
    let held_twice: BTreeSet<String> = others.map(|role| format!("{:?} by {role:?}", Action::ReadAudit)).into_iter().collect();
    assert_eq!(unseen, held_twice);
    // Scopes that decide nothing here open what is no field of the schema: files of IATI, and webhooks.
    let idle: Vec<KeyScope> = KeyScope::ALL.iter().copied().filter(|scope| !rules.scopes().contains(scope)).collect();
    assert_eq!(idle, [KeyScope::IatiRead, KeyScope::WebhooksManage]);
}

#[actix_web::test]
async fn what_another_asked_for_is_not_there_to_be_cancelled() {
    on_both_databases(async |db: TestDb| {
        let mut world = World::of(&db).await;
        let everyone = everyone(&db).await;
        world.ask_for_reports(&db, &everyone).await;
        let portal = Portal::in_english(&db, in_person_of(&everyone, AccountRole::Partner));
        let mut told = Vec::new();
        for role in [AccountRole::Funder, AccountRole::Partner] {
            let document = format!(
                "mutation {{ cancelReport(input: {{ id: \"{}\" }}) {{ reportJob {{ state }} errors {{ code path }} }} }}",
                world.id(&job_of(role))
            );
            told.push(portal.data(&document).await["cancelReport"].clone());
        }
        assert_eq!(told[0], json!({ "reportJob": null, "errors": [{ "code": "NOT_FOUND", "path": "id" }] }));
        assert_eq!(told[1], json!({ "reportJob": { "state": "CANCELLED" }, "errors": [] }));
    })
    .await;
}
