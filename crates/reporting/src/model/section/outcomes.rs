//! What came of an event, a point for each: decided, agreed, learnt, to be done.

use crate::{
    SubjectKind,
    model::{Author, Block, Item, Rich, Style},
};

/// A list of points.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let outcomes = author.snapshot.events.iter().flat_map(|e| &e.outcomes);
    let items: Vec<Item> = outcomes
        .map(|o| {
            let kind = Rich::styled(author.labelled(&author.coded("outcome", o.kind), ""), Style::Strong);
            let by = match author.snapshot.subject.kind {
                // The report is that delegation's.
                SubjectKind::Delegation => Rich::default(),
                _ => author.text(&o.delegation).restyled(Style::Faint),
            };
            let text = Rich::joined([kind.then(author.text_or_unknown(&o.title)), by], " – ");
            Item { label: "•".to_owned(), anchor: None, text }
        })
        .collect();
    if items.is_empty() { Vec::new() } else { vec![Block::List(items)] }
}
