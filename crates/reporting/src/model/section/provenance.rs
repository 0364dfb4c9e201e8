//! How the report was made, so that its figures can be checked against the registry.

use ketnoi_domain::ContactKind;

use crate::{
    SubjectKind,
    model::{Author, Block, Fact, Rich, Target, build::note},
};

/// The snapshot, the audience, the publisher's addresses, and what the registry holds nothing of.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let s = author.snapshot;
    let fact = |label: &str, values: Vec<Rich>| Fact { label: author.say(label), values };
    let audience = author.find(&format!("audience-{}", s.audience)).unwrap_or_else(|| s.audience.clone());
    // What is short shares a line, so that these facts and the digest below them seldom need a page of their own.
    let revision = author.labelled(&author.say("fact-revision"), &author.number(s.revision.into()));
    let read = format!("{} · {revision}", author.instant_date(&s.taken));
    let read = [Some(read), code(author)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let website = s.publisher.website.as_deref().map(|u| Rich::link(u, Target::Url(u.to_owned())));
    let (addresses, numbers): (Vec<_>, Vec<_>) = s.publisher.contacts.iter().partition(|c| c.kind == ContactKind::Address);
    let short = website.into_iter().chain(numbers.iter().map(|c| Rich::from(c.value.as_str())));
    let lines = std::iter::once(Rich::joined(short, " · ")).chain(addresses.iter().map(|c| Rich::from(c.value.as_str())));
    let publisher = std::iter::once(author.text_or_unknown(&s.publisher.name)).chain(lines.filter(|line| !line.is_empty()));
    let mut facts = vec![
        fact("fact-snapshot", vec![read.into()]),
        fact("fact-audience", vec![audience.into()]),
        fact("fact-publisher", publisher.collect()),
    ];
    let silent = author.passed_over();
    if !silent.is_empty() {
        facts.push(fact("fact-nothing-on", vec![silent.join(" · ").into()]));
    }
    let mut blocks = vec![Block::Facts(facts)];
    if author.fell_back() {
        blocks.push(note(author.say("language-marks-note")));
    }
    blocks
}

/// The code by which the report can be asked for again, where the acronym does not say it already.
fn code(author: &Author<'_>) -> Option<String> {
    let subject = &author.snapshot.subject;
    let coded = !matches!(subject.kind, SubjectKind::Countries | SubjectKind::Year);
    let said = subject.short.as_deref() == Some(subject.key.as_str());
    (coded && !said).then(|| author.labelled(&author.say("fact-code"), &subject.key))
}
