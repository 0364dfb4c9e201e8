//! Reports for funders: a definition over a snapshot of the registry, in a language, in a brand, as PDF.
//!
//! **For:** turning a [`Snapshot`] into pages. The way is snapshot, [`ReportModel`] (every figure, pure),
//! layout (pages of boxes, pure), bytes. The same snapshot gives the same bytes.
//!
//! **Not for:** reading the registry, deciding who may see what, or knowing the time of day: all of that is in the
//! snapshot already.
//!
//! **To add a report:** a file `reports/NAME.toml` that lists sections. **To add a section:** a file under
//! `model/section/`, its name in `definition/section.rs`, its words in every file of `reports/wording/`. **To add a brand or a
//! language:** a file under `reports/brands/` or `reports/wording/`.

mod brand;
mod definition;
mod emblem;
mod error;
mod layout;
mod locale;
pub mod model;
mod pdf;
mod sheets;
mod shelf;
mod snapshot;
mod verify;
mod wording;
mod xlsx;

use chrono::{DateTime, Utc};
use ketnoi_domain::{Coded, Lang};
use sha2::{Digest, Sha256};

pub use brand::{Brand, Colour, Palette};
pub use definition::{Definition, SectionName, SectionSpec, WhenEmpty, faults};
pub use error::ReportError;
pub use model::ReportModel;
pub use sheets::{Slip, SlipSheet, sheets};
pub use shelf::Shelf;
pub use snapshot::*;
pub use verify::{Difference, attached, differences, verify};

/// What may be chosen besides definition, snapshot and language.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The brand, in place of those of the programme's funders.
    pub brand: Option<String>,
    /// Definitions, brands and wording.
    pub shelf: Shelf,
}

/// The names of the brands on a shelf.
pub fn brands(shelf: &Shelf) -> Vec<String> {
    shelf.names("brands", "toml")
}

/// A report that was made.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The file: PDF/A-3a and PDF/UA-1, the model attached as JSON.
    pub pdf: Vec<u8>,
    /// The model.
    pub model: ReportModel,
    /// How many pages it has.
    pub pages: usize,
    /// The SHA-256 of the attached model in hexadecimal, as the last page prints it.
    pub digest: String,
}

/// Makes a report. The same arguments give the same bytes.
pub fn render(definition: &Definition, snapshot: &Snapshot, lang: Lang, options: &Options) -> Result<Rendered, ReportError> {
    print(model::build(definition, snapshot, lang, options)?)
}

/// Prints a model: nothing but the model decides what comes out. Who only wants its figures needs no pages.
pub fn print(model: ReportModel) -> Result<Rendered, ReportError> {
    let stamp: DateTime<Utc> =
        DateTime::parse_from_rfc3339(&model.taken).map_err(|_| ReportError::Instant(model.taken.clone()))?.into();
    let attachment = serde_json::to_vec(&model)?;
    let digest = hexadecimal(&attachment);
    let layout = layout::compose(&model, &digest)?;
    let name = attachment_name(&model);
    let description = pdf::Description {
        author: &model.publisher,
        subject: &model.cover.kicker,
        stamp,
        attachment_name: &name,
        attachment_description: &model.frame.attachment,
        attachment: &attachment,
    };
    let pdf = pdf::write(&layout, &description)?;
    Ok(Rendered { pdf, pages: layout.pages.len(), model, digest })
}

/// The SHA-256 of a model as it is attached to its pages, in hexadecimal.
pub fn digest(model: &ReportModel) -> Result<String, ReportError> {
    Ok(hexadecimal(&serde_json::to_vec(model)?))
}

fn hexadecimal(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Every table of a report as a workbook, for people who compute with its figures.
pub fn xlsx(model: &ReportModel) -> Result<Vec<u8>, ReportError> {
    xlsx::write(model)
}

/// The attached file's name: what it is of, which report, in which language.
fn attachment_name(model: &ReportModel) -> String {
    let plain = |s: &str| s.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect::<String>();
    format!("{}.{}.{}.json", plain(&model.subject), plain(&model.definition), model.lang.code())
}
