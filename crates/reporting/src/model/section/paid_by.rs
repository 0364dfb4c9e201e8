//! Who paid for a delegation: the agreement that a source names, else the funders of the programme that sent it.

use ketnoi_domain::Role;

use crate::{
    AgreementFacts, DelegationFacts,
    model::{Author, Block, Fact, Rich, Style, build::note},
};

/// Labels with facts for each delegation.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let snapshot = author.snapshot;
    let mut blocks = Vec::new();
    for d in snapshot.events.iter().flat_map(|e| &e.delegations) {
        match agreement(author, d) {
            Some(a) => blocks.push(Block::Facts(of_agreement(author, a))),
            None => blocks.extend(of_programme(author)),
        }
    }
    blocks
}

fn agreement<'a>(author: &Author<'a>, d: &DelegationFacts) -> Option<&'a AgreementFacts> {
    let code = d.agreement.as_deref()?;
    author.snapshot.agreements.iter().find(|a| a.code == code)
}

fn of_agreement(author: &Author<'_>, a: &AgreementFacts) -> Vec<Fact> {
    let reference = a.reference.as_deref().map(Rich::from).unwrap_or_default();
    let signed = a.signed.map(|d| Rich::styled(author.date(d), Style::Faint)).unwrap_or_default();
    let facts = [
        ("column-funder", author.text_or_unknown(&a.funder)),
        ("fact-agreement", Rich::joined([author.text(&a.title), reference, signed], "\n")),
        ("fact-programme", programme(author)),
    ];
    let said = facts.into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(label, value)| Fact { label: author.say(label), values: vec![value] }).collect()
}

/// The funders of the programme, and that no source says under which agreement they paid.
fn of_programme(author: &Author<'_>) -> Vec<Block> {
    let funders = author.snapshot.participations.iter().filter(|p| p.role == Role::Funding);
    let names: Vec<Rich> = funders
        .map(|f| {
            let name = author.text(if f.stated_name.is_empty() { &f.name } else { &f.stated_name });
            let via = author.plain(&f.via);
            let via = if via.is_empty() { via } else { format!("{} {via}", author.say("column-through")) };
            Rich::joined([name, Rich::styled(via, Style::Faint)], "\n")
        })
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    let mut facts = vec![Fact { label: author.say("column-funder"), values: names }];
    let programme = programme(author);
    if !programme.is_empty() {
        facts.push(Fact { label: author.say("fact-programme"), values: vec![programme] });
    }
    vec![Block::Facts(facts), note(author.say("paid-by-note"))]
}

fn programme(author: &Author<'_>) -> Rich {
    author.snapshot.programme.as_ref().map(|p| author.text(&p.title)).unwrap_or_default()
}
