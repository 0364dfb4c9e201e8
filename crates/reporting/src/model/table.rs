//! Tables whose cells keep the value behind the printed text.

use ketnoi_domain::{Decimal, Measured, Money, PartialDate, Percentage, Period};
use serde::{Deserialize, Serialize};

use super::Rich;

/// The value behind a cell, for readers of the attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// An amount.
    Money(Money),
    /// Amounts of several currencies.
    Monies(Vec<Money>),
    /// A number.
    Number(Decimal),
    /// A number of per cent.
    PerCent(Decimal),
    /// A share.
    Share(Percentage),
    /// A measured value.
    Measured(Measured),
    /// A date.
    Date(PartialDate),
    /// A period.
    Period(Period),
    /// Nobody knows.
    Unknown,
    /// There can be none.
    NotApplicable,
}

/// On which side a column's cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Where lines start: text.
    Start,
    /// Where lines end: figures.
    End,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// On which side its cells stand.
    pub align: Align,
    /// Whether its cells name their rows.
    #[serde(default)]
    pub names_rows: bool,
}

impl Column {
    /// A column of words.
    pub fn text(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), align: Align::Start, names_rows: false }
    }

    /// A column of figures.
    pub fn figures(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), align: Align::End, names_rows: false }
    }

    /// A column of words that name their rows.
    pub fn names(heading: impl Into<String>) -> Self {
        Self { names_rows: true, ..Self::text(heading) }
    }
}

/// What a row is among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// One of many.
    Plain,
    /// Heads the rows after it.
    Group,
    /// Says more of the row before it.
    Detail,
    /// Sums the rows before it.
    Total,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// What is printed.
    pub text: Rich,
    /// How many columns it spans.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub span: usize,
    /// The value behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

fn one() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_one(span: &usize) -> bool {
    *span == 1
}

impl Cell {
    /// A cell of words.
    pub fn text(text: impl Into<Rich>) -> Self {
        Self { text: text.into(), span: 1, value: None }
    }

    /// A cell with the value behind it.
    pub fn of(text: impl Into<Rich>, value: Value) -> Self {
        Self { text: text.into(), span: 1, value: Some(value) }
    }

    /// The same cell over several columns.
    #[must_use]
    pub fn over(mut self, span: usize) -> Self {
        self.span = span;
        self
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What it is among the others.
    pub kind: RowKind,
    /// Its cells; their spans make up the columns.
    pub cells: Vec<Cell>,
}

impl Row {
    /// One of many.
    pub fn plain(cells: Vec<Cell>) -> Self {
        Self { kind: RowKind::Plain, cells }
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What it shows, for those who hear it read; printed above it.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// Leaves out the columns in which no row says anything. Cells that say that a value is unknown do say something.
    pub(crate) fn drop_empty_columns(&mut self) {
        let said = |i: usize| {
            let cell = |row: &Row| {
                let mut at = 0;
                for cell in &row.cells {
                    if at == i && cell.span == 1 {
                        return !cell.text.is_empty();
                    }
                    at += cell.span;
                }
                false
            };
            self.rows.iter().any(cell)
        };
        let keep: Vec<bool> = (0..self.columns.len()).map(|i| i == 0 || said(i)).collect();
        let mut kept = keep.iter();
        self.columns.retain(|_| *kept.next().unwrap_or(&true));
        for row in &mut self.rows {
            let mut at = 0;
            for cell in &mut row.cells {
                let covered = &keep[at.min(keep.len())..(at + cell.span).min(keep.len())];
                at += cell.span;
                cell.span = covered.iter().filter(|k| **k).count();
            }
            row.cells.retain(|c| c.span > 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_in_which_nothing_is_said_is_left_out_and_spans_shrink() {
        let columns = vec![Column::text("a"), Column::text("b"), Column::figures("c")];
        let group = Row { kind: RowKind::Group, cells: vec![Cell::text("g").over(3)] };
        let row = Row::plain(vec![Cell::text("x"), Cell::text(""), Cell::text("1")]);
        let mut table = Table { caption: String::new(), columns, rows: vec![group, row] };
        table.drop_empty_columns();
        assert_eq!(table.columns.iter().map(|c| c.heading.as_str()).collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(table.rows[0].cells[0].span, 2);
        assert_eq!(table.rows[1].cells.len(), 2);
    }
}
