//! About the programme that something belongs to, for those who have not heard of it.

use super::{consortium, figures::qualified};
use crate::{
    ProgrammeFacts,
    model::{Author, Block, Rich, Style, build::body},
};

/// Its name and period, its description, what sources state of it in one paragraph, and who carries it out.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let Some(programme) = &author.snapshot.programme else { return Vec::new() };
    let mut blocks = vec![named(author, programme)];
    blocks.extend(super::description(author));
    let figures = author.snapshot.stated_figures.iter().map(|f| {
        let as_of = f.as_of.map(|d| format!(" ({})", author.date(d))).unwrap_or_default();
        author.text_or_unknown(&f.label).then(author.labelled("", &format!("{}{as_of}", qualified(author, f))))
    });
    let figures = Rich::joined(figures, &author.say("semicolon"));
    if !figures.is_empty() {
        blocks.push(body(figures));
    }
    blocks.extend(consortium::sentence(author).map(body));
    blocks
}

/// The same without the figures, and without what an event that is a programme of its own says already.
pub(super) fn in_short(author: &Author<'_>) -> Vec<Block> {
    let Some(programme) = &author.snapshot.programme else { return Vec::new() };
    let mut blocks = Vec::new();
    if author.snapshot.events.iter().all(|e| e.title != programme.title) {
        blocks.push(named(author, programme));
        blocks.extend(super::description(author));
    }
    blocks.extend(consortium::sentence(author).map(body));
    blocks
}

fn named(author: &Author<'_>, programme: &ProgrammeFacts) -> Block {
    let period = if programme.actual.is_unknown() { programme.planned } else { programme.actual };
    let acronym = programme.acronym.as_deref().map(Rich::from).unwrap_or_default();
    let period = author.period(period).map(Rich::from).unwrap_or_default();
    let title = author.text_or_unknown(&programme.title).restyled(Style::Strong);
    body(Rich::joined([title, acronym, period], ", "))
}
