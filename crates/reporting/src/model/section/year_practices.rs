//! The good practices that cities have had since a year.

use super::cited::cited;
use crate::{
    ReportError,
    model::{Author, Block, Cell, Column, Row, Table},
};

/// A table of practices.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(year) = author.snapshot.year.as_ref().filter(|y| !y.practices.is_empty()) else { return Ok(Vec::new()) };
    let columns = vec![
        Column::text(author.say("column-date")),
        Column::names(author.say("column-practice")),
        Column::text(author.say("column-place")),
    ];
    let mut rows = Vec::new();
    for p in &year.practices {
        rows.push(Row::plain(vec![
            author.date_cell(p.since),
            Cell::text(cited(author, &p.title, &ketnoi_domain::Text::default(), &p.sources)?),
            Cell::text(author.text_or_unknown(&p.city)),
        ]));
    }
    Ok(vec![Block::Table(Table { caption: String::new(), columns, rows })])
}
