//! How the report was made, so that its figures can be checked against the registry.

use ketnoi_domain::ContactKind;

use crate::model::{Author, Block, Fact, Rich, Target, build::note};

/// The snapshot, the audience, and the publisher's addresses.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let s = author.snapshot;
    let fact = |label: &str, values: Vec<Rich>| Fact { label: author.say(label), values };
    let audience = author.find(&format!("audience-{}", s.audience)).unwrap_or_else(|| s.audience.clone());
    let mut facts = vec![
        fact("fact-snapshot", vec![author.instant_date(&s.taken).into()]),
        fact("fact-revision", vec![author.number(s.revision.into()).into()]),
        fact("fact-audience", vec![audience.into()]),
        fact("fact-publisher", vec![author.text_or_unknown(&s.publisher.name)]),
    ];
    // What is short shares a line, so that these facts and the digest below them keep to one page.
    let website = s.publisher.website.as_deref().map(|u| Rich::link(u, Target::Url(u.to_owned())));
    let (addresses, numbers): (Vec<_>, Vec<_>) = s.publisher.contacts.iter().partition(|c| c.kind == ContactKind::Address);
    let short = website.into_iter().chain(numbers.iter().map(|c| Rich::from(c.value.as_str())));
    let lines = std::iter::once(Rich::joined(short, " · ")).chain(addresses.iter().map(|c| Rich::from(c.value.as_str())));
    let contacts: Vec<Rich> = lines.filter(|line| !line.is_empty()).collect();
    if !contacts.is_empty() {
        facts.push(fact("fact-contact", contacts));
    }
    let mut blocks = vec![Block::Facts(facts)];
    if author.fell_back() {
        blocks.push(note(author.say("language-marks-note")));
    }
    blocks
}
