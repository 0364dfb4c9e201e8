//! The whole history of an organisation with the association: a picture on a scale of years, then every moment by its date.

use ketnoi_domain::{Coded as _, MomentKind};

use super::spans;
use crate::{
    PartnerFacts, PartnerMomentFacts,
    model::{Author, Block, Cell, Column, Rich, Row, Stretch, Style, Table},
};

/// A time line of what has a date, and a table of all moments.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let Some(partner) = author.snapshot.partner.as_ref().filter(|p| !p.history.is_empty()) else { return Vec::new() };
    let picture = spans::picture(author, author.say("chart-history"), stretches(author, partner));
    let mut blocks: Vec<Block> = picture.map(Block::Figure).into_iter().collect();
    blocks.push(Block::Table(table(author, &partner.history)));
    blocks
}

/// What the picture shows: the partnership, memberships, programmes, agreements, successions. When the organisation was
/// founded or took a name may lie a century earlier and would press all else together: the table has it.
fn stretches(author: &Author<'_>, partner: &PartnerFacts) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for m in &partner.history {
        let shown = matches!(m.kind, MomentKind::PartnershipBegan | MomentKind::Succeeded | MomentKind::AgreementSigned);
        if let Some(on) = m.on.filter(|_| shown) {
            all.push(spans::moment(author, said(author, m), on));
        }
    }
    all.extend(partner.memberships.iter().filter_map(|m| spans::stretch(author, author.text_or_unknown(&m.other), m.period)));
    // An organisation that takes several parts in a programme is in it once.
    let mut told: Vec<&str> = Vec::new();
    for part in &partner.parts {
        if !told.contains(&part.code.as_str()) {
            told.push(&part.code);
            all.extend(spans::stretch(author, author.text_or_unknown(&part.title), part.period));
        }
    }
    all
}

/// A table of moments, the oldest first, the undated last.
fn table(author: &Author<'_>, history: &[PartnerMomentFacts]) -> Table {
    let columns = vec![Column::text(author.say("column-date")), Column::names(author.say("column-moment"))];
    let rows = history.iter().map(|m| {
        let code = m.programme.as_deref().unwrap_or_default();
        let beside = if m.kind == MomentKind::Succeeded { Rich::default() } else { author.text(&m.body) };
        let beside = Rich::joined([beside, code.into()], " · ").restyled(Style::Faint);
        Row::plain(vec![author.date_cell(m.on), Cell::text(Rich::joined([said(author, m), beside], "\n"))])
    });
    Table { caption: String::new(), columns, rows: rows.collect() }
}

/// What happened, in words.
fn said(author: &Author<'_>, m: &PartnerMomentFacts) -> Rich {
    let kind = author.say(&format!("moment-{}", m.kind.name()));
    let what = match m.kind {
        MomentKind::Succeeded => Rich::joined([author.text(&m.body), author.text(&m.what)], " → "),
        _ => author.text(&m.what),
    };
    if what.is_empty() { kind.into() } else { Rich::from(author.labelled(&kind, "")).then(what) }
}
