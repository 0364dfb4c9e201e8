//! How the report was made, so that its figures can be checked against the registry.

use crate::model::{Author, Block, Fact, Rich, Target, build::note};

/// The snapshot, the audience, and the publisher's addresses.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let s = author.snapshot;
    let fact = |label: &str, values: Vec<Rich>| Fact { label: author.say(label), values };
    let instant = author.say_with("snapshot-taken", &[("date", &author.instant_date(&s.taken)), ("instant", &s.taken)]);
    let audience = author.find(&format!("audience-{}", s.audience)).unwrap_or_else(|| s.audience.clone());
    let mut facts = vec![
        fact("fact-snapshot", vec![instant.into()]),
        fact("fact-revision", vec![author.number(s.revision.into()).into()]),
        fact("fact-audience", vec![audience.into()]),
        fact("fact-publisher", vec![author.text_or_unknown(&s.publisher.name)]),
    ];
    let website = s.publisher.website.as_deref().map(|u| Rich::link(u, Target::Url(u.to_owned())));
    let contacts = website.into_iter().chain(s.publisher.contacts.iter().map(|c| Rich::from(c.value.as_str())));
    let contacts: Vec<Rich> = contacts.collect();
    if !contacts.is_empty() {
        facts.push(fact("fact-contact", contacts));
    }
    let mut blocks = vec![Block::Facts(facts)];
    if author.fell_back() {
        blocks.push(note(author.say("language-marks-note")));
    }
    blocks
}
