//! Whom to ask: those whom published sources name as the contact for the event, and the publisher.

use ketnoi_domain::Contact;

use crate::{
    PersonFacts,
    model::{Author, Block, Fact, Rich, Target},
};

/// Labels with addresses.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let reachable = author.snapshot.events.iter().flat_map(|e| &e.people).filter(|p| !p.contacts.is_empty());
    let mut facts: Vec<Fact> = reachable.map(|p| person(author, p)).collect();
    facts.extend(publisher(author));
    if facts.is_empty() { Vec::new() } else { vec![Block::Facts(facts)] }
}

fn person(author: &Author<'_>, p: &PersonFacts) -> Fact {
    let office = author.plain(&p.office);
    let label = if office.is_empty() { author.say("fact-contact") } else { office };
    Fact { label, values: vec![author.text_or_unknown(&p.name), line(&p.contacts)] }
}

fn publisher(author: &Author<'_>) -> Option<Fact> {
    let p = &author.snapshot.publisher;
    let website = p.website.as_deref().map(|u| Rich::link(u, Target::Url(u.to_owned()))).unwrap_or_default();
    let addresses = Rich::joined([website, line(&p.contacts)], " · ");
    let values: Vec<Rich> = [author.text(&p.name), addresses].into_iter().filter(|v| !v.is_empty()).collect();
    (!values.is_empty()).then(|| Fact { label: author.say("fact-publisher"), values })
}

/// All that is known, on one line.
fn line(contacts: &[Contact]) -> Rich {
    Rich::joined(contacts.iter().map(|c| Rich::from(c.value.as_str())), " · ")
}
