//! From the model to pages, section by section.

use super::{
    Canvas, Layout, Role,
    canvas::ROOT,
    figure,
    fit::{self, EarlyEnd},
    flow::{Dress, Flow, Prepared, Setter, TextBlock},
    frame::{self, Entry},
    style::{HANG, MEASURE, Setting, Sheet, WIDTH},
    table,
};
use crate::{
    ReportError,
    model::{Block, Item, ReportModel, Rich, Section, Voice},
};

/// A report of more pages than this has a table of contents.
const CONTENTS_BEYOND: usize = 4;

/// A paragraph of at most so many lines stays with the list that it announces.
const ANNOUNCING: usize = 3;

/// Lays a report out. `digest` is the SHA-256 of the attached model, printed at the end.
pub(crate) fn compose(model: &ReportModel, digest: &str) -> Result<Layout, ReportError> {
    let mut setter = Setter::new(Sheet::new(&model.palette))?;
    let mut sections = prepared(model, &mut setter, digest)?;
    let layout = settled(model, &mut setter, &sections, None)?;
    if !fit::ends_in_little(&layout) {
        return Ok(layout);
    }
    for step in fit::STEPS {
        step.take(&mut setter, &mut sections)?;
        let closer = settled(model, &mut setter, &sections, None)?;
        if closer.pages.len() < layout.pages.len() {
            return Ok(closer);
        }
    }
    // It cannot be saved: then the last page gets company from the one before.
    sections = prepared(model, &mut setter, digest)?;
    for early in fit::early_ends(&layout) {
        let balanced = settled(model, &mut setter, &sections, Some(early))?;
        if fit::is_balanced(&balanced, &layout) {
            return Ok(balanced);
        }
    }
    Ok(layout)
}

/// The sections, ready to be placed.
fn prepared(model: &ReportModel, setter: &mut Setter, digest: &str) -> Result<Vec<Vec<Prepared>>, ReportError> {
    let mut sections = Vec::with_capacity(model.sections.len());
    for (index, section) in model.sections.iter().enumerate() {
        let last = index + 1 == model.sections.len();
        let colophon = last.then(|| model.frame.colophon.replace("{hash}", digest));
        sections.push(prepare(setter, section, index, colophon)?);
    }
    Ok(sections)
}

/// The pages, with a table of contents if they are many; perhaps one of them ends early.
fn settled(
    model: &ReportModel,
    setter: &mut Setter,
    sections: &[Vec<Prepared>],
    early: Option<EarlyEnd>,
) -> Result<Layout, ReportError> {
    let mut layout = pages(model, setter, sections, &[], early)?;
    if layout.pages.len() <= CONTENTS_BEYOND {
        return Ok(layout);
    }
    // The table of contents moves what follows it; after it has its place, page numbers settle in a round or two.
    let mut entries = entries(&layout);
    for _ in 0..3 {
        layout = pages(model, setter, sections, &entries, early)?;
        let found = self::entries(&layout);
        if found == entries {
            break;
        }
        entries = found;
    }
    Ok(layout)
}

fn entries(layout: &Layout) -> Vec<Entry> {
    let sections = layout.outline.iter().filter(|b| b.depth == 0);
    sections.map(|b| Entry { title: b.title.clone(), page: b.page }).collect()
}

fn pages(
    model: &ReportModel,
    setter: &mut Setter,
    sections: &[Vec<Prepared>],
    contents: &[Entry],
    early: Option<EarlyEnd>,
) -> Result<Layout, ReportError> {
    let canvas = Canvas::new(model.lang, model.cover.title.plain());
    let mut flow = Flow::new(canvas, setter);
    flow.early = early;
    frame::cover(&mut flow, &model.cover)?;
    if !contents.is_empty() {
        frame::contents(&mut flow, &model.frame.contents, contents)?;
    }
    for (i, blocks) in sections.iter().enumerate() {
        // What is said at the end, with the digest below it, is not torn.
        if i + 1 == sections.len() {
            flow.keep_whole(blocks);
        }
        let node = flow.canvas.node(ROOT, Role::Sect);
        flow.place(node, blocks)?;
    }
    frame::furniture(&mut flow, &model.frame)?;
    Ok(flow.canvas.finish())
}

/// A section's blocks, its heading first.
fn prepare(setter: &mut Setter, section: &Section, index: usize, colophon: Option<String>) -> Result<Vec<Prepared>, ReportError> {
    let sheet = setter.sheet.clone();
    let title = Rich::from(section.title.as_str());
    let mut heading = text(setter, &title, sheet.heading(), Role::H2, WIDTH)?;
    heading.space = (20.0, 5.0);
    (heading.leads, heading.dress, heading.bookmark) = (true, Dress::Rule, Some(0));
    heading.anchor = Some(frame::section_anchor(index));
    let mut blocks = vec![Prepared::Text(heading)];
    for (i, block) in section.blocks.iter().enumerate() {
        let followed = !matches!(section.blocks.get(i + 1), None | Some(Block::Paragraph { .. }));
        blocks.push(match block {
            Block::Heading(rich) => {
                let mut heading = text(setter, rich, sheet.subheading(), Role::H3, WIDTH)?;
                (heading.space, heading.leads, heading.bookmark) = ((13.0, 3.0), true, Some(1));
                Prepared::Text(heading)
            }
            Block::Paragraph { voice, text } => {
                let mut paragraph = paragraph(setter, *voice, text)?;
                // A remark explains what stands below it, a table or a picture or a heading with them, and stays with it; one at
                // the start of a section belongs to the heading.
                paragraph.leads = *voice == Voice::Note && (followed || (i == 0 && section.blocks.len() > 1));
                // A line or two that end in a colon are continued by the list below; more lines may part.
                let list = matches!(section.blocks.get(i + 1), Some(Block::List(_)));
                let announces = paragraph.text.lines.len() <= ANNOUNCING && text.plain().trim_end().ends_with(':');
                paragraph.leads |= list && announces;
                Prepared::Text(paragraph)
            }
            Block::Facts(facts) => Prepared::Table(table::facts(setter, facts)?),
            Block::List(items) => Prepared::List(items.iter().map(|item| list_item(setter, item)).collect::<Result<_, _>>()?),
            Block::Table(table) => Prepared::Table(table::table(setter, table)?),
            Block::Figure(figure) => Prepared::Figure(figure::figure(setter, figure)?),
        });
    }
    if let Some(colophon) = colophon {
        let mut note = paragraph(setter, Voice::Note, &Rich::from(colophon))?;
        note.space.0 = 16.0;
        blocks.push(Prepared::Text(note));
    }
    Ok(blocks)
}

fn paragraph(setter: &mut Setter, voice: Voice, rich: &Rich) -> Result<TextBlock, ReportError> {
    let sheet = setter.sheet.clone();
    let (setting, width) = match voice {
        Voice::Body => (sheet.body(), MEASURE),
        Voice::Note => (sheet.note(), MEASURE),
        Voice::Statement => (sheet.statement(), MEASURE - 14.0),
    };
    let mut block = text(setter, rich, setting, Role::P, width)?;
    block.space = (6.0, 6.0);
    if voice == Voice::Statement {
        (block.dress, block.indent) = (Dress::Bar, 14.0);
    }
    Ok(block)
}

fn list_item(setter: &mut Setter, item: &Item) -> Result<TextBlock, ReportError> {
    let sheet = setter.sheet.clone();
    let mut block = text(setter, &item.text, sheet.value(), Role::LBody, MEASURE + 40.0 - HANG)?;
    let label = setter.lines(&Rich::from(item.label.as_str()), sheet.value().coloured(sheet.muted), WIDTH)?;
    (block.label, block.indent, block.space) = (Some(label), HANG, (4.0, 6.0));
    block.anchor.clone_from(&item.anchor);
    Ok(block)
}

fn text(setter: &mut Setter, rich: &Rich, setting: Setting, role: Role, width: f32) -> Result<TextBlock, ReportError> {
    Ok(TextBlock {
        text: setter.lines(rich, setting, width)?,
        role,
        indent: 0.0,
        space: (0.0, 0.0),
        leads: false,
        dress: Dress::None,
        label: None,
        anchor: None,
        bookmark: None,
    })
}
