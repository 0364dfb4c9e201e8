//! Good practices that cities take over from each other: whose practice, which city, how far it has come.

use super::cited::{cited, stated};
use crate::{
    ReplicationFacts, ReportError,
    model::{Author, Block, Cell, Column, Rich, Row, Style, Table, Value},
};

/// A table of replications.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let replications = &author.snapshot.replications;
    if replications.is_empty() {
        return Ok(Vec::new());
    }
    let columns = vec![
        Column::names(author.say("column-practice")),
        Column::text(author.say("column-city")),
        Column::text(author.say("column-stage")),
        Column::text(author.say("column-date")),
        Column::text(author.say("column-result")),
    ];
    let rows = replications.iter().map(|r| row(author, r)).collect::<Result<_, _>>()?;
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(vec![Block::Table(table)])
}

fn row(author: &Author<'_>, r: &ReplicationFacts) -> Result<Row, ReportError> {
    let origin = author.plain(&r.origin);
    let origin = if origin.is_empty() {
        Rich::default()
    } else {
        Rich::styled(author.say_with("practice-of", &[("city", &origin)]), Style::Faint)
    };
    let practice = Rich::joined([cited(author, &r.practice, &r.part, &r.sources)?, origin], "\n");
    let title = author.text(&r.title).restyled(Style::Faint);
    let last = r.stages.last();
    let stage = last.map_or_else(|| author.unknown(), |s| author.coded("stage", s.stage).into());
    let note = last.map(|s| author.text(&s.note).restyled(Style::Faint)).unwrap_or_default();
    let result = std::iter::once(author.text(&r.result)).chain(stated(author, &r.stated)?);
    Ok(Row::plain(vec![
        Cell::text(practice),
        Cell::text(Rich::joined([author.text_or_unknown(&r.city), title], "\n")),
        if last.is_some() { Cell::text(Rich::joined([stage, note], "\n")) } else { Cell::of(stage, Value::Unknown) },
        author.date_cell(last.and_then(|s| s.on)),
        Cell::text(Rich::joined(result, "\n")),
    ]))
}
