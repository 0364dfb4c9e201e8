//! The annex for those who compute: a workbook with every table of a report, its figures as numbers.
//!
//! The first sheet says what it is an annex to and leads to the others; each table has a sheet of its own, and so have the
//! figures behind a picture that no table shows. The clock is never asked: the same model gives the same bytes.

mod cell;
mod figure;
mod front;
mod looks;
mod name;
mod table;
mod value;

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use ketnoi_domain::Lang;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::{
    ReportError, Shelf,
    model::{Block, ReportModel, Section, Table},
    wording::Wording,
};
use cell::Page;
use looks::Looks;
use name::Names;

/// How many letters a property of the file may have; the whole title stands on the first sheet.
const PROPERTY: usize = 255;

/// What every sheet is written with.
struct Kit<'a> {
    model: &'a ReportModel,
    wording: &'a Wording,
    looks: Looks,
}

/// A sheet that will hold a table.
struct Plan<'a> {
    /// The sheet's name.
    name: String,
    /// What it shows: the section, the heading within it, the table's own caption.
    caption: String,
    table: Cow<'a, Table>,
}

/// The workbook of a report.
pub(crate) fn write(model: &ReportModel) -> Result<Vec<u8>, ReportError> {
    let taken = DateTime::parse_from_rfc3339(&model.taken).map_err(|_| ReportError::Instant(model.taken.clone()))?;
    let wording = wording(model.lang)?;
    let mut names = Names::default();
    let front = names.take(&model.frame.contents, "");
    let plans = plans(model, &wording, &mut names);
    let kit = Kit { model, wording: &wording, looks: Looks::new(&model.palette) };
    let bytes = fill(&kit, &front, &plans, taken.into()).map_err(|e| ReportError::Xlsx(e.to_string()))?;
    wording.check()?;
    Ok(bytes)
}

/// The few words that the model lacks. A model does not carry the wording of a deployment, so a language that was only
/// written there has these words in English.
fn wording(lang: Lang) -> Result<Wording, ReportError> {
    let shelf = Shelf::builtin();
    match Wording::load(&shelf, lang) {
        Err(ReportError::NoWording { .. }) => Wording::load(&shelf, Lang::En),
        loaded => loaded,
    }
}

/// The sheets after the first, in the report's order.
fn plans<'a>(model: &'a ReportModel, wording: &Wording, names: &mut Names) -> Vec<Plan<'a>> {
    let mut plans = Vec::new();
    for (number, section) in (1..).zip(&model.sections) {
        let (mut tables, mut heading) = (0, String::new());
        for block in &section.blocks {
            if let Block::Heading(text) = block {
                heading = text.plain();
            }
            let Some(table) = table_of(block, section, wording) else { continue };
            tables += 1;
            let suffix = if tables > 1 { format!(" ({tables})") } else { String::new() };
            let name = names.take(&format!("{number} {}", section.title), &suffix);
            let caption = caption([section.title.as_str(), heading.as_str(), table.caption.as_str()]);
            plans.push(Plan { name, caption, table });
        }
    }
    plans
}

/// The table that a block is, or that a picture was drawn from, unless a table beside the picture says the same.
fn table_of<'a>(block: &'a Block, section: &Section, wording: &Wording) -> Option<Cow<'a, Table>> {
    match block {
        Block::Table(table) => Some(Cow::Borrowed(table)),
        Block::Figure(picture) if !has_table(section, &picture.caption) => figure::table(picture, wording).map(Cow::Owned),
        _ => None,
    }
}

/// Whether a section has a table with this caption. Captions that say nothing make nothing alike.
fn has_table(section: &Section, caption: &str) -> bool {
    let same = |block: &Block| matches!(block, Block::Table(table) if table.caption == caption);
    !caption.is_empty() && section.blocks.iter().any(same)
}

/// The parts that say something, each once.
fn caption(parts: [&str; 3]) -> String {
    let mut said: Vec<&str> = Vec::new();
    for part in parts {
        if !part.is_empty() && !said.contains(&part) {
            said.push(part);
        }
    }
    said.join(" · ")
}

fn fill(kit: &Kit<'_>, front: &str, plans: &[Plan<'_>], taken: DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(kit.model, taken)?);
    front::write(&mut Page::new(book.add_worksheet(), front, kit)?, plans)?;
    for plan in plans {
        table::write(&mut Page::new(book.add_worksheet(), &plan.name, kit)?, plan)?;
    }
    book.save_to_buffer()
}

/// The file's properties; the library would put the present moment where the snapshot's belongs.
fn properties(model: &ReportModel, taken: DateTime<Utc>) -> Result<DocProperties, XlsxError> {
    let taken = ExcelDateTime::from_timestamp(taken.timestamp())?;
    let title = model.cover.title.plain();
    let properties = DocProperties::new()
        .set_title(name::clip(&title, PROPERTY))
        .set_subject(name::clip(&model.cover.kicker, PROPERTY))
        .set_author(name::clip(&model.publisher, PROPERTY))
        .set_creation_datetime(&taken);
    Ok(properties)
}

/// A row's number as the library counts.
fn row_at(row: usize) -> Result<u32, XlsxError> {
    u32::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)
}

/// A column's number as the library counts.
fn column_at(column: usize) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}
