//! From a layout to the bytes of a file that conforms to PDF/A-3a and PDF/UA-1.
//!
//! printpdf draws the pages and embeds the fonts; what it does not know of (structure, language, metadata, links that
//! are read aloud, attachments, identifiers that do not change from run to run) is added to its lopdf document, which
//! is then written compactly. The standards are ISO 32000-1, ISO 19005-3 and ISO 14289-1.

mod finish;
mod font;
mod icc;
mod outline;
mod pages;
mod structure;
mod writer;
mod xmp;

use chrono::{DateTime, Utc};
use printpdf::PdfSaveOptions;

use crate::{ReportError, layout::Layout};
pub(crate) use finish::PRODUCER;

/// What the file says of itself.
pub(crate) struct Description<'a> {
    /// Who publishes it.
    pub(crate) author: &'a str,
    /// What it is about.
    pub(crate) subject: &'a str,
    /// The snapshot's instant, which stands for the file's.
    pub(crate) stamp: DateTime<Utc>,
    /// The attached file's name.
    pub(crate) attachment_name: &'a str,
    /// What the attached file is.
    pub(crate) attachment_description: &'a str,
    /// The attached file, JSON.
    pub(crate) attachment: &'a [u8],
}

/// Writes a layout as PDF.
pub(crate) fn write(layout: &Layout, description: &Description<'_>) -> Result<Vec<u8>, ReportError> {
    let drawn = pages::draw(layout)?;
    let mut warnings = Vec::new();
    let options = PdfSaveOptions { optimize: false, ..PdfSaveOptions::default() };
    let mut document = drawn.to_lopdf_document(&options, &mut warnings);
    drop(drawn);
    if let Some(first) = warnings.first() {
        return Err(ReportError::Pdf(format!("{first:?}")));
    }
    finish::finish(&mut document, layout, description)?;
    Ok(writer::write(&document))
}

/// Writes a layout that is for paper alone: without structure, attachment and what else archives ask for.
pub(crate) fn write_plain(layout: &Layout) -> Result<Vec<u8>, ReportError> {
    let mut warnings = Vec::new();
    let options = PdfSaveOptions { optimize: false, ..PdfSaveOptions::default() };
    let document = pages::draw(layout)?.to_lopdf_document(&options, &mut warnings);
    match warnings.first() {
        Some(first) => Err(ReportError::Pdf(format!("{first:?}"))),
        None => Ok(writer::write(&document)),
    }
}
