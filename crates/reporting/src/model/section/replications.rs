//! Good practices that cities take over from each other: whose practice, which city, how far it has come.

use ketnoi_domain::Text;

use super::cited::{cited, shared, shared_note, stated};
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
    let part = shared(replications.iter().map(|r| &r.part));
    let rows = replications.iter().map(|r| row(author, r, part)).collect::<Result<_, _>>()?;
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(part.map(|part| shared_note(author, part)).into_iter().chain([Block::Table(table)]).collect())
}

/// `part` is the one that all of them belong to. A part that is about one replication alone bears its title.
fn row(author: &Author<'_>, r: &ReplicationFacts, part: Option<&Text>) -> Result<Row, ReportError> {
    let origin = author.plain(&r.origin);
    let origin = if origin.is_empty() {
        Rich::default()
    } else {
        Rich::styled(author.say_with("practice-of", &[("city", &origin)]), Style::Faint)
    };
    let own = if part.is_some() || r.part == r.title { Text::default() } else { r.part.clone() };
    let practice = Rich::joined([cited(author, &r.practice, &own, &r.sources)?, origin], "\n");
    // A title mostly says again who took over what from whom; it is needed where that is not known.
    let untold = r.practice.is_empty() || r.city.is_empty();
    let title = if untold { author.text(&r.title).restyled(Style::Faint) } else { Rich::default() };
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
