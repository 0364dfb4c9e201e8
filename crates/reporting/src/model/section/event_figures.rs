//! An event in figures, for those who have no time for tables: who came, and what sources state.

use chrono::Datelike;

use super::{counted::People, figures::qualified};
use crate::{
    AttendanceFacts, EventFacts,
    model::{Author, Block, Fact},
};

/// Labels with figures; nothing where there is none.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let events = &author.snapshot.events;
    let facts: Vec<Fact> = events.iter().flat_map(|e| facts(author, e)).collect();
    if facts.is_empty() {
        return Vec::new();
    }
    let withheld = People::of(events.iter().flat_map(|e| &e.participants)).note(author);
    std::iter::once(Block::Facts(facts)).chain(withheld).collect()
}

fn facts(author: &Author<'_>, e: &EventFacts) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut fact = |label: String, value: String| facts.push(Fact { label, values: vec![value.into()] });
    let people = People::of(&e.participants);
    if people.in_all().is_some() || people.is_withheld() {
        let sexes = by_sex(author, &e.participants);
        let sexes = if sexes.is_empty() { sexes } else { format!(" ({sexes})") };
        fact(author.say("fact-came"), format!("{}{sexes}", people.words(author)));
    }
    // A figure of the event's own year needs no date beside that of the event.
    let year = e.period.from.map(|d| d.from().year());
    for figure in &e.stated {
        let as_of =
            figure.as_of.filter(|d| Some(d.from().year()) != year).map(|d| format!(" ({})", author.date(d))).unwrap_or_default();
        fact(author.plain_or_unknown(&figure.label), format!("{}{as_of}", qualified(author, figure)));
    }
    facts
}

/// `women 68, men 75, sex unstated 5, sex withheld 12`, as far as anybody counted them: together they are all that were counted.
pub(in crate::model) fn by_sex(author: &Author<'_>, groups: &[AttendanceFacts]) -> String {
    let sum = |count: fn(&AttendanceFacts) -> Option<i64>| {
        let known: Vec<i64> = groups.iter().filter_map(count).collect();
        (!known.is_empty()).then(|| author.number(known.iter().sum::<i64>().into()))
    };
    let sorts = [("sex-women", sum(|g| g.women)), ("sex-men", sum(|g| g.men))];
    let mut said: Vec<String> = sorts.into_iter().filter_map(|(sort, n)| Some(format!("{} {}", author.say(sort), n?))).collect();
    // Where nobody told anyone's sex there are no parts to set against the whole.
    if !said.is_empty() {
        let unstated: i64 = groups.iter().filter_map(|g| g.unstated).sum();
        let withheld: i64 = groups.iter().filter_map(|g| g.withheld).sum();
        let rest = [("sex-unstated", unstated), ("sex-withheld", withheld)].into_iter().filter(|(_, n)| *n > 0);
        said.extend(rest.map(|(sort, n)| format!("{} {}", author.say(sort), author.number(n.into()))));
    }
    said.join(", ")
}
