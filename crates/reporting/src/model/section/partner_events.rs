//! The events that an organisation held, with others or alone, and those that its people came to.

use super::cited::cited;
use crate::{
    PartnerEventFacts, ReportError,
    model::{Author, Block, Cell, Column, Rich, Row, Style, Table, Value},
};

/// A table of events in the order of their dates.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(partner) = author.snapshot.partner.as_ref().filter(|p| !p.events.is_empty()) else { return Ok(Vec::new()) };
    let columns = vec![
        Column::text(author.say("column-date")),
        Column::names(author.say("column-event")),
        Column::text(author.say("column-place")),
        Column::text(author.say("column-its-part")),
    ];
    let rows = partner.events.iter().map(|e| row(author, e)).collect::<Result<_, _>>()?;
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(vec![Block::Table(table)])
}

fn row(author: &Author<'_>, e: &PartnerEventFacts) -> Result<Row, ReportError> {
    let period = author.period(e.period).map_or_else(|| author.unknown(), Rich::from);
    let kind = Rich::styled(author.coded("event", e.kind), Style::Faint);
    let title = Rich::joined([cited(author, &e.title, &e.programme, &e.sources)?, kind], "\n");
    let country = e.country.as_deref().map(|c| author.country(c)).unwrap_or_default();
    Ok(Row::plain(vec![
        Cell::of(period, Value::Period(e.period)),
        Cell::text(title),
        Cell::text(Rich::joined([author.text(&e.place), country], ", ")),
        Cell::text(author.say(&format!("event-part-{}", e.part.name()))),
    ]))
}
