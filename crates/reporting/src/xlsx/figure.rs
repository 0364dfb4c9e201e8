//! The table behind a picture: every value that is drawn, with the words that are printed in the picture.

use chrono::NaiveDate;
use ketnoi_domain::{Coordinates, Decimal, PartialDate};

use crate::{
    locale,
    model::{
        Bar, Bars, Cell, Column, Drawing, Figure, Map, MapPlace, Rich, Row, RowKind, Steps, Stretch, Style, Table, TimeLine,
        Value,
    },
    wording::Wording,
};

/// The table of a picture, its note as the last row; none for emblems, which have no figures behind them.
pub(super) fn table(figure: &Figure, wording: &Wording) -> Option<Table> {
    let (columns, rows) = match &figure.drawing {
        Drawing::Bars(bars) => bar_table(bars, wording),
        Drawing::TimeLine(line) => time_table(line, wording),
        Drawing::Steps(steps) => step_table(steps, wording),
        Drawing::Map(map) => map_table(map, wording),
        Drawing::Emblems(_) => return None,
    };
    let mut table = Table { caption: figure.caption.clone(), columns, rows };
    // A step that nothing has reached is worth knowing; the other columns are there for those pictures that have such words.
    if !matches!(figure.drawing, Drawing::Steps(_)) {
        table.drop_empty_columns();
    }
    if !figure.note.is_empty() {
        let cells = vec![Cell::text(figure.note.clone()).over(table.columns.len())];
        table.rows.push(Row { kind: RowKind::Detail, cells });
    }
    Some(table)
}

/// A number with the words that are printed for it, if any are.
fn number(n: Decimal, words: &str, wording: &Wording) -> Cell {
    let text = if words.is_empty() { locale::number(wording.lang(), n) } else { words.to_owned() };
    Cell::of(text, Value::Number(n))
}

fn bar_table(bars: &Bars, wording: &Wording) -> (Vec<Column>, Vec<Row>) {
    let parts = bars.bars.iter().map(|bar| bar.parts.len()).max().unwrap_or(0);
    let heading = |i: usize| bars.series.get(i).cloned().unwrap_or_else(|| wording.say("column-value"));
    let mut columns = vec![Column::names(wording.say("column-what"))];
    columns.extend((0..parts).map(|i| Column::figures(heading(i))));
    columns.push(Column::figures(bars.mark.clone().unwrap_or_default()));
    columns.push(Column::text(wording.say("column-figure")));
    let row = |bar: &Bar| {
        let part = |i: usize| bar.parts.get(i).map_or_else(|| Cell::text(""), |part| number(part.value, &part.figure, wording));
        let label = if bar.strong { bar.label.clone().restyled(Style::Strong) } else { bar.label.clone() };
        let mut cells = vec![Cell::text(label)];
        cells.extend((0..parts).map(part));
        cells.push(bar.mark.map_or_else(|| Cell::text(""), |mark| number(mark, "", wording)));
        cells.push(Cell::text(bar.figure.as_str()));
        Row::plain(cells)
    };
    (columns, bars.bars.iter().map(row).collect())
}

/// The days are those of the drawing: a year of which no day is known is drawn from its first to its last. The words beside
/// them say what is known.
fn time_table(line: &TimeLine, wording: &Wording) -> (Vec<Column>, Vec<Row>) {
    let columns = vec![
        Column::names(wording.say("column-what")),
        Column::text(wording.say("column-first")),
        Column::text(wording.say("column-last")),
        Column::text(wording.say("column-period")),
    ];
    let unknown = || Cell::of(Rich::styled(wording.say("unknown"), Style::Faint), Value::Unknown);
    let row = |item: &Stretch| {
        let last = if item.open { unknown() } else { day(item.to) };
        Row::plain(vec![Cell::text(item.label.clone()), day(item.from), last, Cell::text(item.figure.as_str())])
    };
    (columns, line.items.iter().map(row).collect())
}

/// A day by its number since 1970-01-01.
fn day(number: i32) -> Cell {
    match NaiveDate::from_epoch_days(number) {
        Some(date) => Cell::of(date.to_string(), Value::Date(PartialDate::day(date))),
        None => Cell::text(number.to_string()),
    }
}

/// A step that was taken has its words, or a tick where nobody knows when; one that was not has nothing.
fn step_table(steps: &Steps, wording: &Wording) -> (Vec<Column>, Vec<Row>) {
    let mut columns = vec![Column::names(wording.say("column-what"))];
    columns.extend(steps.steps.iter().map(|step| Column::text(step.as_str())));
    let mut rows = Vec::with_capacity(steps.rows.len());
    for row in &steps.rows {
        let mut cells = vec![Cell::text(row.label.clone())];
        for i in 0..steps.steps.len() {
            let reached = row.reached.get(i).and_then(Option::as_deref);
            cells.push(Cell::text(reached.map_or("", |words| if words.is_empty() { "✓" } else { words })));
        }
        rows.push(Row::plain(cells));
    }
    (columns, rows)
}

/// The places with their coordinates, then the names of waters and islands that the map bears.
fn map_table(map: &Map, wording: &Wording) -> (Vec<Column>, Vec<Row>) {
    let columns = vec![
        Column::names(wording.say("column-place")),
        Column::figures("°N"),
        Column::figures("°E"),
        Column::text(wording.say("column-figure")),
        Column::figures(wording.say("column-value")),
    ];
    // Marks that are all alike say nothing of a weight.
    let weighed = map.places.iter().any(|place| place.weight != 1);
    let at = |at: Coordinates| [number(at.latitude, "", wording), number(at.longitude, "", wording)];
    let place = |place: &MapPlace| {
        let weight = if weighed { number(i64::from(place.weight).into(), "", wording) } else { Cell::text("") };
        let [north, east] = at(place.at);
        Row::plain(vec![Cell::text(place.label.clone()), north, east, Cell::text(place.figure.as_str()), weight])
    };
    let mut rows: Vec<Row> = map.places.iter().map(place).collect();
    for name in &map.names {
        let [north, east] = at(name.at);
        let cells = vec![Cell::text(name.text.as_str()), north, east, Cell::text(""), Cell::text("")];
        rows.push(Row { kind: RowKind::Detail, cells });
    }
    (columns, rows)
}
