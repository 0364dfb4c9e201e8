//! Whether a file is the report that it claims to be, and where two reports differ.
//!
//! A report holds the model that it was made from, and the same model always gives the same bytes: so the file is made again
//! from its own attachment and compared. One printed digit that was changed makes another file.

use std::fmt;

use lopdf::{Document, Object};

use crate::{
    ReportError, ReportModel,
    model::{Block, Rich, Section},
    print,
};

/// Reads the model out of a report and makes the file again from it; an error says in which way the file differs.
pub fn verify(pdf: &[u8]) -> Result<ReportModel, ReportError> {
    let altered = |reason: String| ReportError::Altered(reason);
    let document = Document::load_mem(pdf).map_err(|e| altered(format!("it is no PDF that can be read: {e}")))?;
    let attachment = attachment(&document).ok_or_else(|| altered("no figures of a report are attached to it".into()))?;
    let model: ReportModel = serde_json::from_slice(&attachment)
        .map_err(|e| altered(format!("its attachment is no model of a report of this version: {e}")))?;
    let producer = producer(&document);
    let ours = crate::pdf::PRODUCER;
    if producer.as_deref() != Some(ours) {
        let theirs = producer.unwrap_or_else(|| "an unknown program".into());
        return Err(altered(format!("it was made by {theirs}, and only the same version can make it again; this is {ours}")));
    }
    let again = print(model)?;
    if again.pdf == pdf {
        return Ok(again.model);
    }
    let made = Document::load_mem(&again.pdf).map_err(|e| ReportError::Pdf(e.to_string()))?;
    Err(altered(format!("it differs from what its attached figures give: {}", first_difference(&document, &made))))
}

/// The model that is attached to a report, as its JSON, whichever version made it and whether or not the file was altered;
/// nothing where there is none. For those who look for words in what was handed out.
pub fn attached(pdf: &[u8]) -> Option<String> {
    let document = Document::load_mem(pdf).ok()?;
    String::from_utf8(attachment(&document)?).ok()
}

/// The bytes of the file that is attached.
fn attachment(document: &Document) -> Option<Vec<u8>> {
    let streams = document.objects.values().filter_map(|o| o.as_stream().ok());
    let embedded = |o: &Object| o.as_name().is_ok_and(|n| n == b"EmbeddedFile");
    let mut attached = streams.filter(|s| s.dict.get(b"Type").is_ok_and(embedded));
    attached.next()?.decompressed_content().ok()
}

fn producer(document: &Document) -> Option<String> {
    let info = document.trailer.get(b"Info").ok()?.as_reference().ok()?;
    let producer = document.get_dictionary(info).ok()?.get(b"Producer").ok()?;
    lopdf::decode_text_string(producer).ok()
}

/// Where two files of the same figures part: on which page, or that it is nothing that is printed.
fn first_difference(one: &Document, other: &Document) -> String {
    let (pages, made) = (one.get_pages(), other.get_pages());
    if pages.len() != made.len() {
        return format!("it has {} pages, and should have {}", pages.len(), made.len());
    }
    for (number, id) in &pages {
        let content = |d: &Document, id| d.get_page_content(id);
        if made.get(number).is_none_or(|m| content(one, *id) != content(other, *m)) {
            return format!("page {number} prints something else");
        }
    }
    "the pages print the same, but what surrounds them was changed".into()
}

/// Something that two models of the same report do not say alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The section, by its heading.
    pub section: String,
    /// What only the first says.
    pub before: Vec<String>,
    /// What only the second says.
    pub after: Vec<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines =
            |lines: &[String]| if lines.is_empty() { "nothing".to_owned() } else { format!("“{}”", lines.join("”, “")) };
        write!(f, "{}: {} then, {} now", self.section, lines(&self.before), lines(&self.after))
    }
}

/// Where two models differ, section by section; what frames the pages, such as the date, does not count.
pub fn differences(before: &ReportModel, after: &ReportModel) -> Vec<Difference> {
    let mut names: Vec<(&str, &str)> = Vec::new();
    for section in before.sections.iter().chain(&after.sections) {
        // How the report was made is told by the revision; that it was made at another one is no difference.
        if section.name != "provenance" && !names.iter().any(|(name, _)| *name == section.name) {
            names.push((&section.name, &section.title));
        }
    }
    let mut all = vec![difference(&before.cover.title.plain(), &cover(before), &cover(after))];
    all.extend(names.into_iter().map(|(name, title)| difference(title, &said(before, name), &said(after, name))));
    all.into_iter().flatten().collect()
}

/// What each side says that the other does not, each line as often as it is said.
fn difference(section: &str, before: &[String], after: &[String]) -> Option<Difference> {
    let only = |mine: &[String], theirs: &[String]| {
        let mut left = theirs.to_vec();
        let mut own = Vec::new();
        for line in mine {
            match left.iter().position(|l| l == line) {
                Some(at) => drop(left.swap_remove(at)),
                None => own.push(line.clone()),
            }
        }
        own
    };
    let (gone, come) = (only(before, after), only(after, before));
    let differ = !gone.is_empty() || !come.is_empty();
    differ.then(|| Difference { section: section.to_owned(), before: gone, after: come })
}

fn cover(model: &ReportModel) -> Vec<String> {
    let tiles = model.cover.tiles.iter().map(|t| format!("{}: {}", t.label, t.figure.plain()));
    std::iter::once(model.cover.title.plain()).chain(tiles).collect()
}

fn said(model: &ReportModel, name: &str) -> Vec<String> {
    model.sections.iter().filter(|s| s.name == name).flat_map(lines).collect()
}

/// What a section says, a line for each paragraph, fact, item and row.
fn lines(section: &Section) -> Vec<String> {
    let mut all = Vec::new();
    for block in &section.blocks {
        match block {
            Block::Heading(text) | Block::Paragraph { text, .. } => all.push(text.plain()),
            Block::Facts(facts) => all.extend(facts.iter().map(|f| {
                let values: Vec<String> = f.values.iter().map(Rich::plain).collect();
                format!("{}: {}", f.label, values.join("; "))
            })),
            Block::List(items) => all.extend(items.iter().map(|i| i.text.plain())),
            Block::Table(table) => all.extend(table.rows.iter().map(|row| {
                let cells: Vec<String> = row.cells.iter().map(|c| c.text.plain()).filter(|c| !c.is_empty()).collect();
                cells.join(" | ")
            })),
            Block::Figure(figure) => all.push(format!("{}: {}", figure.caption, figure.alternative)),
        }
    }
    all
}
