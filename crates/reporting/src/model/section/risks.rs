//! What may go wrong, how likely and how grave it is, and what is done about it.

use crate::model::{Author, Block, Cell, Column, Row, Table};

/// A table of risks.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let risks = &author.snapshot.risks;
    if risks.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::names(author.say("column-risk")),
        Column::text(author.say("column-likelihood")),
        Column::text(author.say("column-impact")),
        Column::text(author.say("column-mitigation")),
        Column::text(author.say("column-owner")),
        Column::text(author.say("column-status")),
    ];
    let rows = risks.iter().map(|r| {
        Row::plain(vec![
            Cell::text(author.text(&r.title)),
            Cell::text(author.coded("likelihood", r.likelihood)),
            Cell::text(author.coded("likelihood", r.impact)),
            Cell::text(author.text(&r.mitigation)),
            Cell::text(author.text(&r.owner)),
            Cell::text(author.coded("risk-status", r.status)),
        ])
    });
    let mut table = Table { caption: String::new(), columns, rows: rows.collect() };
    table.drop_empty_columns();
    vec![Block::Table(table)]
}
