//! Who joined what in a year: organisations and cities, networks, clusters and funds.

use super::cited::cited;
use crate::{
    ReportError,
    model::{Author, Block, Cell, Column, Row, Table},
};

/// A table of new memberships.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(year) = author.snapshot.year.as_ref().filter(|y| !y.memberships.is_empty()) else { return Ok(Vec::new()) };
    let columns = vec![
        Column::text(author.say("column-date")),
        Column::names(author.say("column-member")),
        Column::text(author.say("column-joined")),
        Column::text(author.say("column-note")),
    ];
    let mut rows = Vec::new();
    for m in &year.memberships {
        rows.push(Row::plain(vec![
            author.date_cell(Some(m.since)),
            Cell::text(cited(author, &m.member, &ketnoi_domain::Text::default(), &m.sources)?),
            Cell::text(author.text_or_unknown(&m.group)),
            Cell::text(author.text(&m.note)),
        ]));
    }
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(vec![Block::Table(table)])
}
