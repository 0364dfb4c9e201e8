//! The reports that the agreements ask for, by when they fall due: what was delivered, and what is still to come.

use crate::model::{Author, Block, Cell, Column, Rich, Row, Style, Table, Value};

/// A table of reports.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let agreements = &author.snapshot.agreements;
    let mut due: Vec<_> = agreements.iter().flat_map(|a| a.reports_due.iter().map(move |r| (a, r))).collect();
    if due.is_empty() {
        return Vec::new();
    }
    due.sort_by_key(|(_, report)| report.due);
    let columns = vec![
        Column::names(author.say("column-report")),
        Column::text(author.say("column-funder")),
        Column::text(author.say("column-due")),
        Column::text(author.say("column-delivered")),
    ];
    let rows = due.into_iter().map(|(agreement, report)| {
        let reference = agreement.reference.as_deref().map(|r| Rich::styled(r, Style::Faint)).unwrap_or_default();
        let open = || Cell::of(Rich::styled(author.say("not-delivered"), Style::Faint), Value::Unknown);
        Row::plain(vec![
            Cell::text(author.text_or_unknown(&report.title)),
            Cell::text(Rich::joined([author.text_or_unknown(&agreement.funder), reference], "\n")),
            author.date_cell(Some(report.due)),
            report.delivered.map_or_else(open, |delivered| author.date_cell(Some(delivered))),
        ])
    });
    vec![Block::Table(Table { caption: String::new(), columns, rows: rows.collect() })]
}
