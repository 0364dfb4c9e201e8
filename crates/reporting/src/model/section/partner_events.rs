//! The events that an organisation held, with others or alone, and those that its people came to.

use ketnoi_domain::Text;

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
    // A programme that is nothing but this event bears its name.
    let alone = author.plain(&e.programme).starts_with(&author.plain(&e.title));
    let programme = if alone { Rich::default() } else { author.text(&e.programme) };
    let about = Rich::joined([author.coded("event", e.kind).into(), programme], " · ").restyled(Style::Faint);
    let title = Rich::joined([cited(author, &e.title, &Text::default(), &e.sources)?, about], "\n");
    let country = e.country.as_deref().map(|c| author.country(c)).unwrap_or_default();
    Ok(Row::plain(vec![
        Cell::of(period, Value::Period(e.period)),
        Cell::text(title),
        Cell::text(Rich::joined([author.text(&e.place), country], ", ")),
        Cell::text(author.say(&format!("event-part-{}", e.part.name()))),
    ]))
}
