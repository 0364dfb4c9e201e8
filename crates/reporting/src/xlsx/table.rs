//! A table on a sheet of its own: what it shows, its headings, its rows.

use rust_xlsxwriter::XlsxError;

use super::{
    Plan,
    cell::{Page, letters, lines},
    column_at, row_at,
};
use crate::model::{Align, Cell, Row, RowKind, Table, Value};

/// How many rows stand above those of the table: what it shows, and the headings.
const HEAD: usize = 2;
/// How many rows a sheet has.
const MOST_ROWS: usize = 1_048_576;
/// The widths of columns, in letters.
const WIDTHS: (u32, u32) = (8, 60);
/// The distance between lines, in points.
const LEADING: f64 = 15.0;
/// A4, as spreadsheets number paper.
const A4: u8 = 9;

/// Writes a table's sheet.
pub(super) fn write(page: &mut Page<'_>, plan: &Plan<'_>) -> Result<(), XlsxError> {
    let table = plan.table.as_ref();
    if table.rows.len() > MOST_ROWS - HEAD {
        let reason = format!("the table has {} rows, a sheet has room for {}; ask for less", table.rows.len(), MOST_ROWS - HEAD);
        return Err(page.refusal(&reason));
    }
    head(page, plan)?;
    let widths = widths(table);
    for (i, row) in table.rows.iter().enumerate() {
        write_row(page, row_at(HEAD + i)?, row, table, &widths)?;
    }
    for (i, width) in widths.iter().enumerate() {
        page.sheet.set_column_width(column_at(i)?, *width)?;
    }
    arrange(page, table)
}

/// What the sheet shows, with the mark of a made-up programme, and the headings of its columns.
fn head(page: &mut Page<'_>, plan: &Plan<'_>) -> Result<(), XlsxError> {
    let mark = page.kit.model.frame.mark.as_deref();
    let caption: Vec<&str> = mark.into_iter().chain([plan.caption.as_str()]).collect();
    let look = page.kit.looks.caption(mark.is_some());
    page.words(0, 0, &caption.join(" · "), &look)?;
    for (i, column) in plan.table.columns.iter().enumerate() {
        let look = page.kit.looks.column(column.align);
        page.words(1, column_at(i)?, &column.heading, &look)?;
    }
    Ok(())
}

fn write_row(page: &mut Page<'_>, at: u32, row: &Row, table: &Table, widths: &[u32]) -> Result<(), XlsxError> {
    let (mut first, mut height, mut joined) = (0_usize, 1_u32, false);
    for cell in &row.cells {
        let span = cell.span.max(1);
        let align = table.columns.get(first).map_or(Align::Start, |c| c.align);
        let look = page.kit.looks.cell(row.kind, align);
        let column = column_at(first)?;
        page.join(at, column, column_at(first + span - 1)?, &look)?;
        page.cell(at, column, cell, &look)?;
        let width: u32 = widths.iter().skip(first).take(span).sum();
        height = height.max(lines(&cell.text.plain(), width));
        joined |= span > 1;
        first += span;
    }
    // Other rows are as tall as the spreadsheet finds that they need to be.
    if joined { page.heighten(at, height, LEADING) } else { Ok(()) }
}

/// How wide each column is: as its longest line asks, within bounds. Cells over several columns have a say in none.
fn widths(table: &Table) -> Vec<u32> {
    let longest = |text: &str| text.split('\n').map(letters).max().unwrap_or(0);
    let mut widths: Vec<u32> = table.columns.iter().map(|c| longest(&c.heading)).collect();
    for row in &table.rows {
        let mut at = 0_usize;
        for cell in &row.cells {
            if cell.span == 1
                && let Some(width) = widths.get_mut(at)
            {
                *width = (*width).max(longest(&cell.text.plain()).saturating_add(extra(cell)));
            }
            at += cell.span.max(1);
        }
    }
    widths.into_iter().map(|width| width.saturating_add(2).clamp(WIDTHS.0, WIDTHS.1)).collect()
}

/// What a value needs besides the printed text: a currency that the column's heading names, a digit after the point.
fn extra(cell: &Cell) -> u32 {
    match cell.value {
        Some(Value::Money(_)) => 4,
        Some(Value::PerCent(_) | Value::Share(_) | Value::Date(_)) => 2,
        _ => 0,
    }
}

/// Keeps the headings in sight and on every printed page, and lets rows be sorted where that breaks nothing.
fn arrange(page: &mut Page<'_>, table: &Table) -> Result<(), XlsxError> {
    let last_head = row_at(HEAD - 1)?;
    page.sheet.set_freeze_panes(row_at(HEAD)?, 0)?;
    page.sheet.set_repeat_rows(0, last_head)?;
    page.sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    let rows = sortable(table);
    if rows > 0 && !table.columns.is_empty() {
        page.sheet.autofilter(last_head, 0, row_at(HEAD + rows - 1)?, column_at(table.columns.len() - 1)?)?;
    }
    Ok(())
}

/// How many rows from the first may change places: all but the totals at the end, and none where a row belongs to another.
fn sortable(table: &Table) -> usize {
    let totals = table.rows.iter().rev().take_while(|row| row.kind == RowKind::Total).count();
    let rows = &table.rows[..table.rows.len() - totals];
    let alone = |row: &Row| row.kind == RowKind::Plain && row.cells.iter().all(|cell| cell.span == 1);
    if rows.iter().all(alone) { rows.len() } else { 0 }
}
