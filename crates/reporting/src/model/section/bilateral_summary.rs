//! The cooperation of two countries in a few lines: what the registry counts, and the conferences at which both meet.

use std::collections::BTreeSet;

use super::charted::whole;
use crate::{
    BilateralFacts, EventSeriesFacts, ReportError,
    model::{
        Author, Block, Fact, Rich, Style,
        build::{body, note},
    },
};

/// Labels with counts, then the conferences.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(facts) = &author.snapshot.bilateral else { return Ok(Vec::new()) };
    let mut blocks = Vec::new();
    if !facts.partnerships.is_empty() {
        blocks.push(Block::Facts(counts(author, facts)));
        blocks.push(note(author.say("bilateral-counted-note")));
    }
    for s in &facts.series {
        blocks.push(body(series(author, s)?));
    }
    if facts.left_out > 0 {
        blocks.push(note(author.count("left-out-note", facts.left_out)));
    }
    Ok(blocks)
}

fn counts(author: &Author<'_>, facts: &BilateralFacts) -> Vec<Fact> {
    let fact = |label: &str, value: Rich| Fact { label: author.say(label), values: vec![value] };
    let agreements = || facts.partnerships.iter().flat_map(|p| &p.agreements);
    let signed = agreements().filter(|a| a.signed.is_some()).count();
    let reported = agreements().count() - signed;
    let projects: BTreeSet<&str> = facts.partnerships.iter().flat_map(|p| &p.projects).map(|p| p.code.as_str()).collect();
    let agreed = [(signed, "count-signed"), (reported, "count-only-reported")];
    let agreed = agreed.into_iter().filter(|(n, _)| *n > 0).map(|(n, key)| Rich::from(author.count(key, n)));
    let agreed = match Rich::joined(agreed, ", ") {
        none if none.is_empty() => none_registered(author),
        some => some,
    };
    vec![
        fact("fact-partnerships", number(author, facts.partnerships.len())),
        fact("fact-localities", localities(author, facts)),
        fact("fact-cooperation-agreements", agreed),
        fact("fact-projects", number(author, projects.len())),
        fact("fact-news", number(author, facts.news.len())),
    ]
}

/// A count of the registry. That it holds none does not say that there was none.
fn number(author: &Author<'_>, n: usize) -> Rich {
    if n == 0 { none_registered(author) } else { author.number(whole(n)).into() }
}

fn none_registered(author: &Author<'_>) -> Rich {
    Rich::styled(author.say("none-registered"), Style::Faint)
}

/// How many localities of each country take part.
fn localities(author: &Author<'_>, facts: &BilateralFacts) -> Rich {
    let of = |country: &String| {
        let own = facts.partnerships.iter().flat_map(|p| &p.parties).filter(|a| a.country == *country);
        let own: BTreeSet<&str> = own.map(|a| a.code.as_str()).collect();
        author.country(country).then(author.labelled("", &author.number(whole(own.len()))))
    };
    Rich::joined(facts.countries.iter().map(of), &author.say("semicolon"))
}

fn series(author: &Author<'_>, s: &EventSeriesFacts) -> Result<Rich, ReportError> {
    let numbers = author.sources(&s.sources, &author.plain(&s.name))?;
    let name = Rich::joined([author.text_or_unknown(&s.name).restyled(Style::Strong), numbers], " ");
    Ok(Rich::joined([name, author.text(&s.description)], "\n"))
}
