//! Whom to ask: those whom published sources name as the contact for the event, and the publisher.

use ketnoi_domain::{Contact, ContactKind};

use crate::{
    PersonFacts,
    model::{Author, Block, Fact, Rich, Target},
};

/// Labels with addresses.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let reachable = author.snapshot.events.iter().flat_map(|e| &e.people).filter(|p| !p.contacts.is_empty());
    let mut facts: Vec<Fact> = reachable.map(|p| person(author, p)).collect();
    // Where nobody is named for the event, the publisher answers.
    let label = author.say(if facts.is_empty() { "fact-contact" } else { "fact-publisher" });
    facts.extend(publisher(author, label));
    if facts.is_empty() { Vec::new() } else { vec![Block::Facts(facts)] }
}

fn person(author: &Author<'_>, p: &PersonFacts) -> Fact {
    let office = author.plain(&p.office);
    let label = if office.is_empty() { author.say("fact-contact") } else { office };
    Fact { label, values: vec![author.plain_or_unknown(&p.name).into(), line(&p.contacts)] }
}

fn publisher(author: &Author<'_>, label: String) -> Option<Fact> {
    let p = &author.snapshot.publisher;
    let website = p.website.as_deref().map(|u| Rich::link(u, Target::Url(u.to_owned())));
    let (addresses, numbers): (Vec<_>, Vec<_>) = p.contacts.iter().partition(|c| c.kind == ContactKind::Address);
    let short = Rich::joined(website.into_iter().chain(numbers.iter().map(|c| Rich::from(c.value.as_str()))), " · ");
    let addresses = addresses.iter().map(|c| Rich::from(c.value.as_str()));
    let values: Vec<Rich> = [author.text(&p.name), short].into_iter().chain(addresses).filter(|v| !v.is_empty()).collect();
    (!values.is_empty()).then_some(Fact { label, values })
}

/// All that is known, on one line.
fn line(contacts: &[Contact]) -> Rich {
    Rich::joined(contacts.iter().map(|c| Rich::from(c.value.as_str())), " · ")
}
