//! What the press reads: the place and the date, what the event was about, who held it, what came of it, its figures, and what
//! was said. All of it stands under one heading, so that a release keeps to a page.

use ketnoi_domain::Text;

use super::{acknowledgement::list, event_figures, outcomes, voices};
use crate::{
    EventFacts,
    model::{Author, Block, Rich, Style, build::body},
};

/// The opening of each event, then all that is told of it.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> = author.snapshot.events.iter().flat_map(|e| opening(author, e)).collect();
    blocks.extend(event_figures::blocks(author));
    blocks.extend(outcomes::blocks(author));
    blocks.extend(voices::blocks(author));
    blocks
}

/// `Hà Nội, 27 April 2012 – what it was about`, then what it is a part of, who held it and who went there together; these
/// follow the date where no source says what it was about.
fn opening(author: &Author<'_>, e: &EventFacts) -> Vec<Block> {
    // The country goes without saying where a city is named.
    let country = e.country.as_deref().map(|c| author.country(c)).unwrap_or_default();
    let place = if e.place.is_empty() { country } else { author.text(&e.place) };
    let when = author.period(e.period).map(Rich::from).unwrap_or_default();
    let line = Rich::joined([place, when], ", ").restyled(Style::Strong);
    let about = author.text(if e.description.is_empty() { &e.motto } else { &e.description });
    let (news, more) = if about.is_empty() { (held(author, e), Rich::default()) } else { (about, held(author, e)) };
    let paragraphs = [Rich::joined([line, news], " – "), more];
    paragraphs.into_iter().filter(|p| !p.is_empty()).map(body).collect()
}

fn held(author: &Author<'_>, e: &EventFacts) -> Rich {
    let organisers: Vec<String> = e.organisers.iter().map(|o| author.plain(o)).collect();
    let by = list(author, &organisers);
    // A name such as `e. V.` brings the full stop with it.
    let by = (!by.is_empty()).then(|| author.say_with("lead-held-by", &[("organisers", by.trim_end_matches('.'))]));
    let sent = e.delegations.iter().filter(|d| !d.organiser.is_empty()).map(|d| {
        let (delegation, organiser) = (author.plain_or_unknown(&d.title), author.plain(&d.organiser));
        author.say_with("lead-delegation", &[("delegation", &delegation), ("organiser", organiser.trim_end_matches('.'))])
    });
    Rich::joined(part_of(author, e).into_iter().chain(by).chain(sent).map(Rich::from), " ")
}

/// The programme that it is a part of, and the part of that where nothing else says what it was about.
fn part_of(author: &Author<'_>, e: &EventFacts) -> Option<String> {
    let programme = author.snapshot.programme.as_ref().filter(|p| !p.title.is_empty() && p.title != e.title)?;
    let quoted = |text: &Text| author.say_with("event-motto", &[("motto", &author.plain(text))]);
    let acronym = programme.acronym.as_deref().map(|a| format!(" ({a})")).unwrap_or_default();
    let whole = format!("{}{acronym}", quoted(&programme.title));
    if e.part.is_empty() || e.part == e.title || !e.description.is_empty() {
        return Some(author.say_with("lead-part-of", &[("programme", &whole)]));
    }
    Some(author.say_with("lead-part-of-part", &[("part", &quoted(&e.part)), ("programme", &whole)]))
}
