//! Sectors, goals and policy markers. Countries stand among the key data.

use crate::{
    ClassifiedFacts,
    model::{Author, Block, Fact, Rich, Style},
};

/// Labels with the codes of each list.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let s = author.snapshot;
    let fact = |label: &str, values: Vec<Rich>| Fact { label: author.say(label), values };
    let facts = [
        fact("fact-sectors", s.sectors.iter().map(|c| entry(author, c, "sector")).collect()),
        fact("fact-sdgs", s.sdgs.iter().map(|c| entry(author, c, "sdg")).collect()),
        fact("fact-markers", s.policy_markers.iter().map(|c| entry(author, c, "marker")).collect()),
    ];
    let facts: Vec<Fact> = facts.into_iter().filter(|f| !f.values.is_empty()).collect();
    if facts.is_empty() { Vec::new() } else { vec![Block::Facts(facts)] }
}

/// A code with its name (the registry's, else the wording's) and its share or significance.
pub(super) fn entry(author: &Author<'_>, c: &ClassifiedFacts, list: &str) -> Rich {
    let known = || author.find(&format!("{list}-{}", c.code)).map(Rich::from).unwrap_or_default();
    let name = if c.name.is_empty() { known() } else { author.text(&c.name) };
    let significance = c.significance.map(|s| author.say(&format!("significance-{s}")));
    let share = c.percentage.map(|p| author.share(p)).or(significance);
    let share = share.map(|s| format!(" ({s})")).unwrap_or_default();
    if name.is_empty() {
        Rich::from(c.code.as_str()).then(share)
    } else {
        Rich::styled(format!("{} ", c.code), Style::Faint).then(name).then(share)
    }
}
