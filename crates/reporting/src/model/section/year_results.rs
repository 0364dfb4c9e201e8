//! What was reached in a year: the actual values whose period ends in it, beside their targets.

use ketnoi_domain::Measurement;

use crate::{
    YearResultFacts,
    model::{Author, Block, Cell, Column, Rich, Row, RowKind, Style, Table, Value, build::note},
};

/// How many columns the table has.
const COLUMNS: usize = 4;

/// A table with a group for each programme.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let Some(year) = author.snapshot.year.as_ref().filter(|y| !y.results.is_empty()) else { return Vec::new() };
    let columns = vec![
        Column::names(author.say("column-indicator")),
        Column::text(author.say("column-period")),
        Column::figures(author.say("column-target")),
        Column::figures(author.say("column-actual")),
    ];
    let mut rows = Vec::new();
    let mut last = None;
    for r in &year.results {
        if last != Some(&r.programme) {
            let head = Cell::text(author.text_or_unknown(&r.programme)).over(COLUMNS);
            rows.push(Row { kind: RowKind::Group, cells: vec![head] });
            last = Some(&r.programme);
        }
        rows.push(row(author, r));
        let said = author.text(&r.actual.note);
        if !said.is_empty() {
            rows.push(Row { kind: RowKind::Detail, cells: vec![Cell::text(said).over(COLUMNS)] });
        }
    }
    vec![note(author.say("year-results-note")), Block::Table(Table { caption: String::new(), columns, rows })]
}

fn row(author: &Author<'_>, r: &YearResultFacts) -> Row {
    let unit = author.text(&r.unit);
    let unit = if unit.is_empty() { unit } else { Rich::from(" (").then(unit).then(")").restyled(Style::Faint) };
    let all = if r.cumulative { Rich::styled(author.say("year-cumulative"), Style::Faint) } else { Rich::default() };
    let name = Rich::styled(format!("{} ", r.number), Style::Faint).then(author.text_or_unknown(&r.title)).then(unit);
    let period = author.period(r.period).map_or_else(|| author.unknown(), Rich::from);
    Row::plain(vec![
        Cell::text(Rich::joined([name, all], "\n")),
        Cell::of(period, Value::Period(r.period)),
        r.target.as_ref().map_or_else(
            || Cell::of(Rich::styled(author.say("no-target"), Style::Faint), Value::Unknown),
            |target| measured(author, target),
        ),
        measured(author, &r.actual),
    ])
}

fn measured(author: &Author<'_>, m: &Measurement) -> Cell {
    Cell::of(author.measured(&m.value), Value::Measured(m.value.clone()))
}
