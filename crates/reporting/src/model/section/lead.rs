//! What the press reads: the place and the date, what the event was about, who held it, what came of it, its figures, and what
//! was said. All of it stands under one heading, so that a release keeps to a page.

use super::{
    acknowledgement::list,
    event::{place, when},
    event_figures, outcomes, voices,
};
use crate::{
    EventFacts,
    model::{Author, Block, Rich, Style, build::body},
};

/// The opening of each event, then all that is told of it.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let events = &author.snapshot.events;
    let mut blocks: Vec<Block> = events.iter().flat_map(|e| [Some(opening(author, e)), held(author, e)]).flatten().collect();
    blocks.extend(outcomes::blocks(author));
    blocks.extend(event_figures::blocks(author));
    blocks.extend(voices::blocks(author));
    blocks
}

/// `Hà Nội, 27 April 2012 – what it was about`.
fn opening(author: &Author<'_>, e: &EventFacts) -> Block {
    // The country goes without saying where a city is named.
    let city = if e.place.is_empty() { place(author, e) } else { author.text(&e.place) };
    let line = Rich::joined([city, when(author, e)], ", ").restyled(Style::Strong);
    let about = if e.description.is_empty() { &e.motto } else { &e.description };
    body(Rich::joined([line, author.text(about)], " – "))
}

fn held(author: &Author<'_>, e: &EventFacts) -> Option<Block> {
    let organisers: Vec<String> = e.organisers.iter().map(|o| author.plain(o)).collect();
    let by = (!organisers.is_empty()).then(|| author.say_with("lead-held-by", &[("organisers", &list(author, &organisers))]));
    let programme = author.snapshot.programme.as_ref().map(|p| author.plain(&p.title)).filter(|t| !t.is_empty());
    // What it is a part of may be called as it is called itself.
    let parts = [(!e.part.is_empty() && e.part != e.title).then(|| author.plain(&e.part)), programme];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let part = (!parts.is_empty()).then(|| author.say_with("lead-part-of", &[("programme", &parts.join(" – "))]));
    let said: Vec<String> = [by, part].into_iter().flatten().collect();
    (!said.is_empty()).then(|| body(said.join(" ")))
}
