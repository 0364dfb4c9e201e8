//! Tables: columns as wide as their content asks, rows kept whole, headings repeated on every page.

use super::{
    Artifact, Rect, Role, Scope,
    canvas::Threads,
    columns::{Columns, GUTTER},
    flow::{Flow, Lines, Setter},
    paragraph::wrap,
    style::{BOTTOM, LABELS, LEFT, Setting, TOP, WIDTH},
    text::Shaped,
};
use crate::{
    ReportError,
    model::{Align, Fact, Rich, Row, RowKind, Table},
};

/// Above and below the text of a row.
const PADDING: f32 = 3.4;
/// Above the text of a row that says more of the row before it.
const DETAIL_PADDING: f32 = 0.2;
/// The rows that a table has at least before it goes on over a page, and after.
const KEPT_ABOVE: usize = 3;
const KEPT_BELOW: usize = 2;
/// The share of a page up to which rows stay together that could be read apart.
const COMPANY: f32 = 0.3;

/// A cell with its lines and its place in the row.
#[derive(Clone, Debug)]
struct CellBlock {
    text: Lines,
    role: Role,
    align: Align,
    span: usize,
    x: f32,
    width: f32,
}

/// A row.
#[derive(Clone, Debug)]
struct RowBlock {
    kind: RowKind,
    cells: Vec<CellBlock>,
    /// Above and below its text.
    padding: f32,
}

impl RowBlock {
    fn height(&self) -> f32 {
        self.lines() as f32 * self.leading() + self.above() + self.padding
    }

    /// The height in which it can begin if it has to go on over pages: two lines.
    fn beginning(&self) -> f32 {
        self.lines().min(2) as f32 * self.leading() + self.above() + self.padding
    }

    fn above(&self) -> f32 {
        if self.kind == RowKind::Detail { DETAIL_PADDING } else { self.padding }
    }

    fn lines(&self) -> usize {
        self.cells.iter().map(|c| c.text.lines.len()).max().unwrap_or(0)
    }

    fn leading(&self) -> f32 {
        self.cells.iter().map(|c| c.text.leading()).fold(0.0, f32::max)
    }
}

/// A table, ready to be placed.
#[derive(Clone, Debug)]
pub(crate) struct TableBlock {
    caption: Option<Lines>,
    header: Option<RowBlock>,
    rows: Vec<RowBlock>,
    space: (f32, f32),
}

/// Prepares a table.
pub(crate) fn table(setter: &mut Setter, table: &Table) -> Result<TableBlock, ReportError> {
    let sheet = setter.sheet.clone();
    let mut shape = |rich: &Rich, setting| setter.shape(rich, setting);
    let mut headings: Vec<Shaped> =
        table.columns.iter().map(|c| shape(&Rich::from(c.heading.as_str()), sheet.column())).collect::<Result<_, _>>()?;
    let mut shaped_rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let setting = row_setting(&sheet, row.kind);
        let cells = row.cells.iter().map(|c| shape(&c.text, setting)).collect::<Result<Vec<_>, _>>()?;
        shaped_rows.push(cells);
    }
    let columns = Columns::of(table, &headings, &shaped_rows);
    if columns.size < 1.0 {
        headings.iter_mut().chain(shaped_rows.iter_mut().flatten()).for_each(|shaped| shaped.scale(columns.size));
    }
    let columns = columns.places;
    let header = headings.into_iter().zip(&table.columns).enumerate().map(|(i, (shaped, column))| {
        let (x, width) = columns[i];
        CellBlock { text: lines(shaped, width), role: Role::TH(Scope::Column), align: column.align, span: 1, x, width }
    });
    let header = RowBlock { kind: RowKind::Plain, cells: header.collect(), padding: PADDING };
    let rows = table.rows.iter().zip(shaped_rows).map(|(row, shaped)| row_block(table, row, shaped, &columns)).collect();
    let caption = setter.lines(&Rich::from(table.caption.as_str()), sheet.caption(), WIDTH)?;
    Ok(TableBlock { caption: (!table.caption.is_empty()).then_some(caption), header: Some(header), rows, space: (8.0, 12.0) })
}

/// Prepares labels with what they stand for: a table of two columns whose first heads its rows.
pub(crate) fn facts(setter: &mut Setter, facts: &[Fact]) -> Result<TableBlock, ReportError> {
    let sheet = setter.sheet.clone();
    let mut rows = Vec::with_capacity(facts.len());
    for fact in facts {
        let label = setter.lines(&Rich::from(fact.label.as_str()), sheet.label(), LABELS - GUTTER)?;
        let value = setter.lines(&Rich::joined(fact.values.iter().cloned(), "\n"), sheet.value(), WIDTH - LABELS)?;
        let cell = |text, role, x, width| CellBlock { text, role, align: Align::Start, span: 1, x, width };
        let cells = vec![cell(label, Role::TH(Scope::Row), 0.0, LABELS - GUTTER), cell(value, Role::TD, LABELS, WIDTH - LABELS)];
        rows.push(RowBlock { kind: RowKind::Plain, cells, padding: PADDING });
    }
    Ok(TableBlock { caption: None, header: None, rows, space: (2.0, 10.0) })
}

fn row_setting(sheet: &super::style::Sheet, kind: RowKind) -> Setting {
    match kind {
        RowKind::Plain => sheet.cell(),
        RowKind::Detail => sheet.detail(),
        RowKind::Group | RowKind::Total => sheet.cell().stronger(),
    }
}

fn lines(shaped: Shaped, width: f32) -> Lines {
    let lines = wrap(&shaped, width);
    Lines { shaped, lines }
}

fn row_block(table: &Table, row: &Row, shaped: Vec<Shaped>, columns: &[(f32, f32)]) -> RowBlock {
    let mut at = 0;
    let mut cells = Vec::with_capacity(shaped.len());
    for (cell, shaped) in row.cells.iter().zip(shaped) {
        let last = (at + cell.span.max(1)).min(columns.len()).saturating_sub(1).max(at);
        let Some(((x, _), (end, end_width))) = columns.get(at).copied().zip(columns.get(last).copied()) else { break };
        let width = end + end_width - x;
        let names = table.columns[at].names_rows && matches!(row.kind, RowKind::Plain | RowKind::Total);
        let role = if row.kind == RowKind::Group || names { Role::TH(Scope::Row) } else { Role::TD };
        let align = if cell.span > 1 { Align::Start } else { table.columns[at].align };
        cells.push(CellBlock { text: lines(shaped, width), role, align, span: last - at + 1, x, width });
        at = last + 1;
    }
    RowBlock { kind: row.kind, cells, padding: PADDING }
}

/// The nodes of a row's cells, kept while the row goes on over pages.
struct OpenRow {
    cells: Vec<(usize, Threads)>,
}

impl TableBlock {
    /// The least height in which it can begin: caption, headings and the rows that stay with the first.
    pub(crate) fn first(&self) -> f32 {
        let most = BOTTOM - TOP;
        let head = self.caption_height() + self.header.as_ref().map_or(0.0, RowBlock::height);
        let rows = self.cluster(0).min((most - head).max(0.0));
        let first_lines = self.rows.first().map_or(0.0, RowBlock::beginning);
        if head + rows > most * 0.6 { head + first_lines } else { head + rows }
    }

    /// The height of all of it on one page.
    pub(crate) fn whole(&self) -> f32 {
        let rows = self.header.iter().chain(&self.rows).map(RowBlock::height);
        self.caption_height() + rows.sum::<f32>()
    }

    /// The distance that it asks for above and below.
    pub(crate) fn space(&self) -> (f32, f32) {
        self.space
    }

    /// Sets it closer: its rows, the space around it, and the lines of its cells as `lines` says.
    pub(crate) fn closer(&mut self, padding: f32, space: f32, lines: impl Fn(&mut Lines)) {
        self.space = (self.space.0 * space, self.space.1 * space);
        for row in self.header.iter_mut().chain(&mut self.rows) {
            row.padding *= padding;
            row.cells.iter_mut().for_each(|cell| lines(&mut cell.text));
        }
    }

    fn caption_height(&self) -> f32 {
        self.caption.as_ref().map_or(0.0, |c| c.height() + 4.0)
    }

    /// The height of a row with the rows that stay with it. If that is much of a page, only what cannot be read apart stays
    /// together, and if that is half a page, nothing but the row itself.
    fn cluster(&self, from: usize) -> f32 {
        let height = |holds: &dyn Fn(usize) -> bool| {
            let count = (from..self.rows.len()).take_while(|i| *i == from || holds(*i - 1)).count();
            self.rows[from..from + count].iter().map(RowBlock::height).sum::<f32>()
        };
        let page = BOTTOM - TOP;
        let company = Some(height(&|i| self.tied(i) || self.company(i))).filter(|height| *height <= page * COMPANY);
        let tied = || Some(height(&|i| self.tied(i))).filter(|height| *height <= page / 2.0);
        company.or_else(tied).unwrap_or_else(|| height(&|_| false))
    }

    /// Whether a row cannot be read without the next: a group needs its first row, a row its details and its total.
    fn tied(&self, i: usize) -> bool {
        let next = self.rows.get(i + 1).map(|r| r.kind);
        self.rows[i].kind == RowKind::Group || matches!(next, Some(RowKind::Detail | RowKind::Total))
    }

    /// Whether a row stays with the next so that no page ends with too few rows of a table, or begins with too few.
    fn company(&self, i: usize) -> bool {
        i + 1 < KEPT_ABOVE || i + KEPT_BELOW >= self.rows.len()
    }

    /// Places it from where the page is filled.
    pub(crate) fn place(&self, flow: &mut Flow<'_>, parent: usize) {
        let node = flow.canvas.node(parent, Role::Table);
        if let Some(caption) = &self.caption {
            let own = flow.canvas.node(node, Role::Caption);
            let mut threads = Threads::default();
            for line in &caption.lines {
                flow.make_room(caption.leading());
                flow.canvas.line(flow.page, own, &caption.shaped, line, (LEFT, flow.y), &mut threads);
                flow.y += caption.leading();
            }
            flow.y += 4.0;
        }
        if let Some(header) = &self.header {
            flow.make_room(header.height() + self.rows.first().map_or(0.0, RowBlock::beginning));
            let head = flow.canvas.node(node, Role::THead);
            let mut open = open(flow, head, header);
            self.header_rules(flow, header);
            cells(flow, header, &mut open, 0, header.lines());
            flow.y += header.height();
        }
        let body = flow.canvas.node(node, Role::TBody);
        let mut group = None;
        for (i, row) in self.rows.iter().enumerate() {
            if row.kind == RowKind::Group {
                group = None;
            }
            let (room, need) = (flow.room(), self.cluster(i));
            // A row that no page can hold begins where the last one ends and goes on over pages.
            let whole = need <= BOTTOM - TOP - self.header.as_ref().map_or(0.0, RowBlock::height);
            if need > room && !flow.is_fresh() && (whole || row.beginning() > room) {
                self.turn(flow, group.filter(|_| row.kind != RowKind::Total), need);
            }
            if row.kind == RowKind::Group {
                group = Some(row);
            }
            let mut open = open(flow, body, row);
            self.row_rule(flow, i);
            self.place_row(flow, row, &mut open, group);
        }
        let last = flow.y;
        flow.canvas.fill(flow.page, Rect { x: LEFT, y: last, width: WIDTH, height: 0.5 }, flow.sheet.hairline);
    }

    /// Places a row, over several pages if it is higher than one.
    fn place_row(&self, flow: &mut Flow<'_>, row: &RowBlock, open: &mut OpenRow, group: Option<&RowBlock>) {
        let (count, leading) = (row.lines(), row.leading());
        let mut from = 0;
        loop {
            let room = ((flow.room() - row.above() - row.padding + 0.01) / leading).floor().max(1.0) as usize;
            let to = (from + room).min(count);
            cells(flow, row, open, from, to);
            flow.y += (to - from) as f32 * leading + row.above() + row.padding;
            if to >= count {
                return;
            }
            from = to;
            self.turn(flow, group.filter(|_| row.kind != RowKind::Group), leading);
        }
    }

    /// Goes on on a new page with something so high, under the headings and the heading of the group again; there they are no
    /// part of the text.
    fn turn(&self, flow: &mut Flow<'_>, group: Option<&RowBlock>, need: f32) {
        flow.canvas.fill(flow.page, Rect { x: LEFT, y: flow.y, width: WIDTH, height: 0.5 }, flow.sheet.hairline);
        flow.break_page();
        let short = |row: &&RowBlock| row.height() < (BOTTOM - TOP) / 4.0;
        let (header, group) = (self.header.as_ref().filter(short), group.filter(short));
        // A picture at the top of the page may have left too little.
        flow.make_room(need + header.into_iter().chain(group).map(RowBlock::height).sum::<f32>());
        if let Some(header) = header {
            self.header_rules(flow, header);
            repeat(flow, header);
        }
        if let Some(group) = group {
            repeat(flow, group);
            flow.canvas.fill(flow.page, Rect { x: LEFT, y: flow.y, width: WIDTH, height: 0.4 }, flow.sheet.hairline);
        }
    }

    fn header_rules(&self, flow: &mut Flow<'_>, header: &RowBlock) {
        let (page, y) = (flow.page, flow.y);
        flow.canvas.fill(page, Rect { x: LEFT, y, width: WIDTH, height: 0.9 }, flow.sheet.ink);
        let below = Rect { x: LEFT, y: y + header.height() - 0.5, width: WIDTH, height: 0.5 };
        flow.canvas.fill(page, below, flow.sheet.ink);
    }

    /// The rule above a row: none above the first and above details, a darker one above totals and groups.
    fn row_rule(&self, flow: &mut Flow<'_>, i: usize) {
        let kind = self.rows[i].kind;
        let first = i == 0 || flow.is_fresh();
        if first || kind == RowKind::Detail || (kind == RowKind::Total && self.rows[i - 1].kind == RowKind::Total) {
            return;
        }
        let strong = matches!(kind, RowKind::Total | RowKind::Group);
        let colour = if strong { flow.sheet.muted } else { flow.sheet.hairline };
        flow.canvas.fill(flow.page, Rect { x: LEFT, y: flow.y, width: WIDTH, height: 0.4 }, colour);
    }
}

fn open(flow: &mut Flow<'_>, parent: usize, row: &RowBlock) -> OpenRow {
    let tr = flow.canvas.node(parent, Role::TR);
    let mut cells = Vec::with_capacity(row.cells.len());
    for cell in &row.cells {
        let node = flow.canvas.node(tr, cell.role);
        flow.canvas.set_span(node, cell.span);
        cells.push((node, Threads::default()));
    }
    OpenRow { cells }
}

/// Places the lines `from..to` of each cell of a row.
fn cells(flow: &mut Flow<'_>, row: &RowBlock, open: &mut OpenRow, from: usize, to: usize) {
    for (cell, (node, threads)) in row.cells.iter().zip(&mut open.cells) {
        for (i, line) in cell.text.lines.iter().enumerate().take(to).skip(from) {
            let at = (place(cell, line.width), line_top(flow, row, cell, i - from));
            flow.canvas.line(flow.page, *node, &cell.text.shaped, line, at, threads);
        }
    }
}

/// Places a row once more, as no part of the text.
fn repeat(flow: &mut Flow<'_>, row: &RowBlock) {
    for cell in &row.cells {
        for (i, line) in cell.text.lines.iter().enumerate() {
            let at = (place(cell, line.width), line_top(flow, row, cell, i));
            flow.canvas.furniture(flow.page, Artifact::Repeated, &cell.text.shaped, line, at);
        }
    }
    flow.y += row.height();
}

/// Where a line of a cell starts.
fn place(cell: &CellBlock, width: f32) -> f32 {
    LEFT + cell.x + if cell.align == Align::End { (cell.width - width).max(0.0) } else { 0.0 }
}

/// The top of a cell's line. Cells of unlike leading share the baseline of their first lines.
fn line_top(flow: &Flow<'_>, row: &RowBlock, cell: &CellBlock, line: usize) -> f32 {
    let deepest = row.cells.iter().map(|c| c.text.shaped.setting.ascent()).fold(0.0, f32::max);
    flow.y + row.above() + deepest - cell.text.shaped.setting.ascent() + line as f32 * row.leading()
}
