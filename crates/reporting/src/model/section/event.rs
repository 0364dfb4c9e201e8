//! The event that a report is about or that a delegation went to: when, where, who held it, what sources state of it.

use super::{cited::stated, counted::People};
use crate::{
    EventFacts, ReportError, SubjectKind,
    model::{Author, Block, Fact, Rich, Style},
};

/// Labels with facts; under the event's title where that is not the report's own.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let mut blocks = Vec::new();
    for e in &author.snapshot.events {
        if author.snapshot.subject.kind != SubjectKind::Event {
            blocks.push(Block::Heading(author.text_or_unknown(&e.title)));
        }
        blocks.push(Block::Facts(facts(author, e)?));
    }
    Ok(blocks)
}

fn facts(author: &Author<'_>, e: &EventFacts) -> Result<Vec<Fact>, ReportError> {
    let mut facts = Vec::new();
    let mut fact = |label: &str, values: Vec<Rich>| {
        let values: Vec<Rich> = values.into_iter().filter(|v| !v.is_empty()).collect();
        if !values.is_empty() {
            facts.push(Fact { label: author.say(label), values });
        }
    };
    fact("fact-sort", vec![author.coded("event", e.kind).into()]);
    fact("fact-when", vec![when(author, e)]);
    fact("fact-where", vec![place(author, e), author.text(&e.venue).restyled(Style::Faint)]);
    let held_by = e.organisers.iter().map(|o| author.text(o)).collect::<Vec<_>>();
    fact("fact-held-by", if held_by.is_empty() { vec![author.unknown()] } else { held_by });
    fact("fact-part-of", vec![author.text(&e.part)]);
    fact("fact-motto", vec![author.text(&e.motto)]);
    fact("fact-about", vec![author.text(&e.description)]);
    // Who came to an event of others is not this report's to count.
    if !e.visited {
        fact("fact-came", vec![People::of(&e.participants).words(author).into()]);
    }
    fact("fact-stated", stated(author, &e.stated)?);
    fact("fact-sources", vec![author.sources(&e.sources, &author.plain(&e.title))?]);
    Ok(facts)
}

/// When it was, or that nobody knows.
pub(in crate::model) fn when(author: &Author<'_>, e: &EventFacts) -> Rich {
    author.period(e.period).map_or_else(|| author.unknown(), Rich::from)
}

/// The city and the country, or that nobody knows.
pub(in crate::model) fn place(author: &Author<'_>, e: &EventFacts) -> Rich {
    let country = e.country.as_deref().map(|c| author.country(c)).unwrap_or_default();
    let place = Rich::joined([author.text(&e.place), country], ", ");
    if place.is_empty() { author.unknown() } else { place }
}
