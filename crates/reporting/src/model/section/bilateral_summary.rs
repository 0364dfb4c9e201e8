//! The cooperation of two countries in a few lines: what the registry counts besides the figures of the cover, and the
//! conferences at which both meet.

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
    let news = facts.news.len();
    let news = (news > 0).then(|| fact("fact-news", author.number(whole(news)).into()));
    [fact("fact-localities", localities(author, facts))].into_iter().chain(news).collect()
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
