//! The agreements in which an organisation pays or is paid. Their ceilings are not added up: an agreement on a part of a
//! programme may lie within one on the whole.

use crate::{
    PartnerAgreementFacts, ReportError,
    model::{Author, Block, Cell, Column, Rich, Row, Style, Table, Value},
};

/// A table of agreements in the order in which they were made.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(partner) = author.snapshot.partner.as_ref().filter(|p| !p.agreements.is_empty()) else { return Ok(Vec::new()) };
    let columns = vec![
        Column::names(author.say("column-agreement")),
        Column::text(author.say("column-parties")),
        Column::text(author.say("column-signed")),
        Column::text(author.say("column-period")),
        Column::figures(author.say("column-ceiling")),
    ];
    let rows = partner.agreements.iter().map(|a| row(author, a)).collect::<Result<_, _>>()?;
    Ok(vec![Block::Table(Table { caption: String::new(), columns, rows })])
}

fn row(author: &Author<'_>, a: &PartnerAgreementFacts) -> Result<Row, ReportError> {
    let numbers = author.sources(&a.sources, &a.code)?;
    let named = if a.title.is_empty() { a.code.as_str().into() } else { author.text(&a.title) };
    let reference = Rich::styled(a.reference.clone().unwrap_or_default(), Style::Faint);
    let programme = author.text(&a.programme_title).restyled(Style::Faint);
    let period = author.period(a.period).map_or_else(|| author.unknown(), Rich::from);
    let recipient = author.text_or_unknown(&a.recipient);
    Ok(Row::plain(vec![
        Cell::text(Rich::joined([Rich::joined([named, numbers], " "), reference, programme], "\n")),
        Cell::text(Rich::joined([author.text_or_unknown(&a.funder), recipient], " → ")),
        author.date_cell(a.signed),
        Cell::of(period, Value::Period(a.period)),
        author.money_cell(a.ceiling),
    ]))
}
