//! What stands around the text: the head of the first page, running headers and footers, the table of contents.

use super::{
    Artifact, Face, PAGE_WIDTH, Rect, Role,
    canvas::{ROOT, Threads},
    flow::{Dress, Flow, Lines, Prepared, TextBlock},
    style::{BOTTOM, FOOTER, HEADER, LEFT, Setting, TOP, WIDTH},
};
use crate::{
    ReportError,
    model::{Cover, Frame, Rich, Span, Style, Target, Tile},
};

/// Where the first page's head starts.
const COVER_TOP: f32 = 54.0;

/// A section as the table of contents lists it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// Its heading.
    pub(crate) title: String,
    /// Its page, counted from nought.
    pub(crate) page: usize,
}

/// The name by which the table of contents reaches a section.
pub(crate) fn section_anchor(index: usize) -> String {
    format!("section {index}")
}

/// Places the head of the first page.
pub(crate) fn cover(flow: &mut Flow<'_>, cover: &Cover) -> Result<(), ReportError> {
    let sheet = flow.sheet.clone();
    flow.y = COVER_TOP;
    flow.canvas.fill(0, Rect { x: 0.0, y: 0.0, width: PAGE_WIDTH, height: 7.0 }, sheet.accent);
    let letters = cover.title.plain().chars().count();
    let mut blocks = Vec::new();
    let lines = [
        (Rich::from(cover.kicker.as_str()), sheet.kicker(), Role::P, 6.0),
        (cover.title.clone(), sheet.title(letters), Role::H1, 6.0),
        (cover.subtitle.clone(), sheet.subtitle(), Role::P, 10.0),
    ];
    for (rich, setting, role, below) in lines {
        if !rich.is_empty() {
            blocks.push(Prepared::Text(text(flow, &rich, setting, role, WIDTH, below)?));
        }
    }
    if let Some(notice) = &cover.notice {
        let width = WIDTH - 32.0;
        let mut block = text(flow, &Rich::from(notice.as_str()), sheet.warning(), Role::P, width, 10.0)?;
        (block.dress, block.indent) = (Dress::Warning, 16.0);
        blocks.push(Prepared::Text(block));
    }
    flow.place(ROOT, &blocks)?;
    flow.y += flow.gap;
    flow.gap = 0.0;
    tiles(flow, &cover.tiles)
}

fn text(
    flow: &mut Flow<'_>,
    rich: &Rich,
    setting: Setting,
    role: Role,
    width: f32,
    below: f32,
) -> Result<TextBlock, ReportError> {
    Ok(TextBlock {
        text: flow.lines(rich, setting, width)?,
        role,
        indent: 0.0,
        space: (0.0, below),
        leads: false,
        dress: Dress::None,
        label: None,
        anchor: None,
        bookmark: None,
    })
}

/// Places the tiles side by side, each a paragraph of three parts.
fn tiles(flow: &mut Flow<'_>, tiles: &[Tile]) -> Result<(), ReportError> {
    const GUTTER: f32 = 14.0;
    const PER_ROW: usize = 4;
    let sheet = flow.sheet.clone();
    for row in tiles.chunks(PER_ROW) {
        let width = (WIDTH - GUTTER * (row.len() - 1) as f32) / row.len() as f32;
        let mut parts = Vec::new();
        for tile in row {
            // The space keeps label and figure apart for those who hear them read.
            let label = flow.lines(&Rich::from(format!("{} ", tile.label)), sheet.tile_label(), width)?;
            let figure = fitted(flow, &tile.figure, sheet.tile_figure(), width)?;
            let note = flow.lines(&tile.note, sheet.tile_label(), width)?;
            parts.push([label, figure, note]);
        }
        let height = |part: &Lines| if part.shaped.text.is_empty() { 0.0 } else { part.height() };
        let heights: [f32; 3] = std::array::from_fn(|k| parts.iter().map(|p| height(&p[k])).fold(0.0, f32::max));
        let height = heights.iter().sum::<f32>() + 6.0;
        flow.make_room(height);
        for (i, tile) in parts.iter().enumerate() {
            let x = LEFT + i as f32 * (width + GUTTER);
            flow.canvas.fill(flow.page, Rect { x, y: flow.y, width, height: 1.4 }, sheet.accent);
            let node = flow.canvas.node(ROOT, Role::P);
            let mut y = flow.y + 5.0;
            for (part, height) in tile.iter().zip(heights) {
                for (k, line) in part.lines.iter().enumerate() {
                    let at = (x, y + k as f32 * part.leading());
                    flow.canvas.line(flow.page, node, &part.shaped, line, at, &mut Threads::default());
                }
                y += height;
            }
        }
        flow.y += height + 8.0;
    }
    flow.gap = 4.0;
    Ok(())
}

/// A text as large as lets its longest piece fit, down to a size that can still be read.
fn fitted(flow: &mut Flow<'_>, rich: &Rich, setting: Setting, width: f32) -> Result<Lines, ReportError> {
    const SMALLEST: f32 = 8.5;
    let lines = flow.lines(rich, setting, width)?;
    let piece = lines.shaped.widths().0;
    if piece <= width {
        return Ok(lines);
    }
    let size = (setting.size * width / piece * 0.995).max(SMALLEST);
    flow.lines(rich, Setting { size, ..setting }, width)
}

/// Places the table of contents, each entry a link with its page at the right.
pub(crate) fn contents(flow: &mut Flow<'_>, title: &str, entries: &[Entry]) -> Result<(), ReportError> {
    let sheet = flow.sheet.clone();
    let mut heading = text(flow, &Rich::from(title), sheet.subheading(), Role::P, WIDTH, 3.0)?;
    (heading.space.0, heading.leads) = (12.0, true);
    flow.place(ROOT, &[Prepared::Text(heading)])?;
    let toc = flow.canvas.node(ROOT, Role::Toc);
    flow.y += flow.gap;
    for (i, entry) in entries.iter().enumerate() {
        let target = Some(Target::Anchor(section_anchor(i)));
        let rich = Rich(vec![Span { text: format!("{}  ", entry.title), style: Style::Plain, lang: None, target }]);
        let title = flow.lines(&rich, sheet.value(), WIDTH - 40.0)?;
        let number = flow.lines(&Rich::from((entry.page + 1).to_string()), sheet.value().coloured(sheet.muted), 30.0)?;
        flow.make_room(title.height() + 3.0);
        let item = flow.canvas.node(toc, Role::TocItem);
        let item = flow.canvas.node(item, Role::Reference);
        let mut threads = Threads::default();
        for line in &title.lines {
            flow.canvas.line(flow.page, item, &title.shaped, line, (LEFT, flow.y), &mut threads);
            flow.y += title.leading();
        }
        for line in &number.lines {
            let at = (LEFT + WIDTH - line.width, flow.y - title.leading());
            flow.canvas.line(flow.page, item, &number.shaped, line, at, &mut Threads::default());
        }
        flow.y += 3.0;
        flow.canvas.fill(flow.page, Rect { x: LEFT, y: flow.y - 1.5, width: WIDTH, height: 0.3 }, sheet.hairline);
    }
    flow.gap = 12.0;
    Ok(())
}

/// Places headers and footers on all pages, now that they can be counted.
pub(crate) fn furniture(flow: &mut Flow<'_>, frame: &Frame) -> Result<(), ReportError> {
    let sheet = flow.sheet.clone();
    let (setting, pages) = (sheet.furniture(), flow.canvas.pages());
    const { assert!(HEADER < TOP && FOOTER > BOTTOM, "the furniture stands clear of the text") };
    let header = shorten(flow, &frame.header, setting, WIDTH * 0.66)?;
    let footer = shorten(flow, &frame.footer, setting, WIDTH * 0.74)?;
    let mark = flow.lines(&Rich::from(frame.mark.as_deref().unwrap_or_default()), sheet.warning_mark(), WIDTH * 0.32)?;
    for page in 0..pages {
        if page > 0 {
            for line in header.lines.iter().take(1) {
                flow.canvas.furniture(page, Artifact::Header, &header.shaped, line, (LEFT, HEADER));
            }
            let rule = Rect { x: LEFT, y: HEADER + setting.leading + 3.0, width: WIDTH, height: 0.4 };
            flow.canvas.fill(page, rule, sheet.hairline);
        }
        for line in mark.lines.iter().take(1) {
            let at = (LEFT + WIDTH - line.width, if page > 0 { HEADER } else { HEADER - 18.0 });
            flow.canvas.furniture(page, Artifact::Header, &mark.shaped, line, at);
        }
        let rule = Rect { x: LEFT, y: FOOTER - 6.0, width: WIDTH, height: 0.4 };
        flow.canvas.fill(page, rule, sheet.hairline);
        for line in footer.lines.iter().take(1) {
            flow.canvas.furniture(page, Artifact::Footer, &footer.shaped, line, (LEFT, FOOTER));
        }
        let number = frame.page.replace("{page}", &(page + 1).to_string()).replace("{pages}", &pages.to_string());
        let number = flow.lines(&Rich::from(number), setting, WIDTH * 0.25)?;
        for line in number.lines.iter().take(1) {
            let at = (LEFT + WIDTH - line.width, FOOTER);
            flow.canvas.furniture(page, Artifact::Footer, &number.shaped, line, at);
        }
    }
    Ok(())
}

/// One line of a text, with an ellipsis where it does not fit: the whole of it stands on the first page.
fn shorten(flow: &mut Flow<'_>, text: &str, setting: Setting, width: f32) -> Result<Lines, ReportError> {
    debug_assert_eq!(setting.face, Face::Sans);
    let whole = flow.lines(&Rich::from(text), setting, width)?;
    if whole.lines.len() <= 1 {
        return Ok(whole);
    }
    let ellipsis = flow.lines(&Rich::from("…"), setting, width)?.lines.first().map_or(0.0, |l| l.width);
    let narrower = flow.lines(&Rich::from(text), setting, width - ellipsis)?;
    let first: String = narrower.lines.first().map(|l| l.pieces.iter().map(|p| p.text.as_str()).collect()).unwrap_or_default();
    flow.lines(&Rich::from(format!("{}…", first.trim_end())), setting, width)
}
