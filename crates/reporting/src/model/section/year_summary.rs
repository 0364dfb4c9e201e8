//! A year in a few lines: what the registry counts of it.

use ketnoi_domain::AdvocacyKind;

use super::charted::whole;
use crate::{
    AdvocacyFacts, Course, Snapshot, YearFacts,
    model::{Author, Block, Fact, Rich, Style, build::note},
};

/// Labels with counts; nothing of a year of which nothing is known.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let Some(year) = &author.snapshot.year else { return Vec::new() };
    let mut blocks = Vec::new();
    let facts = counts(author, year);
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
        blocks.push(note(author.say("year-counted-note")));
    }
    if year.left_out > 0 {
        blocks.push(note(author.count("left-out-note", year.left_out)));
    }
    blocks
}

/// What there was any of. That the registry holds none of something does not say that there was none.
fn counts(author: &Author<'_>, year: &YearFacts) -> Vec<Fact> {
    let s = author.snapshot;
    let signed = year.agreements.len() + year.cooperation_agreements.iter().filter(|a| a.signed.is_some()).count();
    let reported = year.cooperation_agreements.iter().filter(|a| a.signed.is_none()).count();
    let one = |key: &str, n: usize| if n == 0 { Rich::default() } else { Rich::from(author.count(key, n)) };
    let fact = |label: &str, parts: Vec<Rich>| Fact { label: author.say(label), values: vec![Rich::joined(parts, ", ")] };
    let facts = [
        Fact { label: author.say("fact-year-programmes"), values: courses(author, year) },
        fact("fact-year-events", vec![one("count-events", s.events.len())]),
        fact("fact-year-dialogues", vec![one("count-dialogues", s.dialogues.len())]),
        fact("fact-year-letters", letters(author, s, year.year)),
        fact("fact-year-agreements", vec![one("count-signed", signed), one("count-only-reported", reported)]),
        fact("fact-year-replications", vec![one("count-replications", s.replications.len())]),
        fact("fact-year-memberships", vec![one("count-memberships", year.memberships.len())]),
        fact("fact-year-news", vec![one("count-news", year.news.len())]),
    ];
    facts.into_iter().filter(|f| f.values.iter().any(|v| !v.is_empty())).collect()
}

/// How many programmes started, went on and ended; of a whole and its parts only the whole.
fn courses(author: &Author<'_>, year: &YearFacts) -> Vec<Rich> {
    let of = |course: Course| year.programmes.iter().filter(|p| p.part_of.is_none() && p.course == course).count();
    let counted = Course::ALL.into_iter().map(|c| (c, of(c))).filter(|(_, n)| *n > 0);
    let said = counted.map(|(c, n)| {
        let words = author.labelled(&author.say(&format!("course-{}", c.name())), &author.number(whole(n)));
        if c == Course::MayHaveRun { Rich::styled(words, Style::Faint) } else { words.into() }
    });
    said.collect()
}

/// How many letters went out and how many were answered in the year.
fn letters(author: &Author<'_>, s: &Snapshot, year: i32) -> Vec<Rich> {
    let all: Vec<&AdvocacyFacts> =
        s.recommendations.iter().flat_map(|r| &r.actions).filter(|a| a.kind == AdvocacyKind::Letter).collect();
    let sent = all.iter().filter(|a| a.date.is_some_and(|d| d.year() == year)).count();
    let answered = all.iter().filter(|a| a.replied.is_some_and(|d| d.year() == year)).count();
    let counted = [("count-sent", sent), ("count-answered", answered)];
    counted.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| Rich::from(author.count(key, n))).collect()
}
