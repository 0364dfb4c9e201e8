//! Where a source is corrupted or misspelt: its words as they stand, and beside them the reading that the registry follows.

use crate::{
    ReportError, StatementFacts,
    model::{Author, Block, Cell, Column, Rich, Row, Style, Table, build::note, locator},
};

/// A table of readings.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let statements = author.snapshot.statements.iter().filter(|s| s.current);
    let rows: Vec<Row> =
        statements.filter_map(|s| Some((s, s.raw.as_deref()?))).map(|(s, raw)| row(author, s, raw)).collect::<Result<_, _>>()?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let columns = vec![
        Column::text(author.say("column-as-written")),
        Column::text(author.say("column-reading")),
        Column::text(author.say("column-source")),
        Column::text(author.say("column-note")),
    ];
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(vec![note(author.say("readings-note")), Block::Table(table)])
}

fn row(author: &Author<'_>, s: &StatementFacts, raw: &str) -> Result<Row, ReportError> {
    let property = s.property.as_deref().unwrap_or_default();
    let named = author.find(&format!("property-{}", property.replace('.', "-"))).unwrap_or_else(|| property.to_owned());
    let source = author.source(&s.source, property)?;
    Ok(Row::plain(vec![
        Cell::text(Rich::joined([Rich::from(raw), Rich::styled(named, Style::Faint)], "\n")),
        Cell::text(author.text(&s.value)),
        Cell::text(locator::beside(author, source, s.locator.as_deref())),
        Cell::text(author.text(&s.note)),
    ]))
}
