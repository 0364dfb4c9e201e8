//! A sheet while it is written, cell by cell: words stay words, numbers are numbers, and what a cell cannot hold is said in
//! its note or refused by the cell's name.

use rust_xlsxwriter::{Format, Note, Url, Worksheet, XlsxError, row_col_to_cell};

use super::{
    Kit,
    value::{self, Held},
};
use crate::model::{Cell, Rich, Target};

/// How long a cell's text may be, in UTF-16 units.
const LONGEST: usize = 32_767;
/// How long a note may be: the library keeps room for an author.
const LONGEST_NOTE: usize = LONGEST - 54;
/// How many links a sheet may have; a file with more is called damaged.
const MOST_LINKS: usize = 65_530;
/// How long an address may be.
const LONGEST_LINK: usize = 2_000;
/// The tallest a row may be, in points.
const TALLEST: f64 = 409.0;

/// A sheet while it is written.
pub(super) struct Page<'a> {
    pub(super) sheet: &'a mut Worksheet,
    pub(super) kit: &'a Kit<'a>,
    name: &'a str,
    links: usize,
}

impl<'a> Page<'a> {
    /// An empty sheet under a name.
    pub(super) fn new(sheet: &'a mut Worksheet, name: &'a str, kit: &'a Kit<'a>) -> Result<Self, XlsxError> {
        sheet.set_name(name)?;
        Ok(Self { sheet, kit, name, links: 0 })
    }

    /// What is wrong with this sheet.
    pub(super) fn refusal(&self, reason: &str) -> XlsxError {
        XlsxError::CustomError(format!("the sheet `{}`: {reason}", self.name))
    }

    /// Writes a cell: its value where a spreadsheet has such a thing, else its words.
    pub(super) fn cell(&mut self, row: u32, column: u16, cell: &Cell, look: &Format) -> Result<(), XlsxError> {
        let toned = self.kit.looks.toned(look.clone(), &cell.text).unset_text_wrap();
        match cell.value.as_ref().map_or(Held::Words, value::held) {
            Held::Words => self.text(row, column, &cell.text, look),
            Held::Number(number, shape) => {
                self.sheet.write_number_with_format(row, column, number, &toned.set_num_format(shape))?;
                self.words_beside(row, column, cell)
            }
            Held::Day(day) => {
                self.sheet.write_datetime_with_format(row, column, &day, &toned.set_num_format("yyyy-mm-dd"))?;
                self.words_beside(row, column, cell)
            }
            Held::Exact(number) => {
                self.words(row, column, &cell.text.plain(), &toned)?;
                self.note(row, column, &format!("{} {number}", self.kit.wording.say("workbook-digits")))
            }
        }
    }

    /// Writes text, as a link where it leads to one address.
    pub(super) fn text(&mut self, row: u32, column: u16, text: &Rich, look: &Format) -> Result<(), XlsxError> {
        let look = self.kit.looks.toned(look.clone(), text);
        let words = text.plain();
        match addresses(text).as_slice() {
            [] => self.words(row, column, &words, &look),
            [one] if self.links < MOST_LINKS && linkable(one) && !is_markup(&words) => {
                self.fits(row, column, &words, LONGEST)?;
                self.link(row, column, Url::new(*one).set_text(words), look)
            }
            several => {
                self.words(row, column, &words, &look)?;
                self.note(row, column, &several.join("\n"))
            }
        }
    }

    /// Writes a link to another sheet.
    pub(super) fn jump(&mut self, row: u32, column: u16, sheet: &str, look: Format) -> Result<(), XlsxError> {
        let place = format!("internal:'{}'!A1", sheet.replace('\'', "''"));
        self.link(row, column, Url::new(place).set_text(sheet), look)
    }

    fn link(&mut self, row: u32, column: u16, link: Url, look: Format) -> Result<(), XlsxError> {
        self.links += 1;
        self.sheet.write_url_with_format(row, column, link, &self.kit.looks.linked(look))?;
        Ok(())
    }

    /// Writes words as words: they are never a formula, whatever they begin with.
    pub(super) fn words(&mut self, row: u32, column: u16, words: &str, look: &Format) -> Result<(), XlsxError> {
        self.fits(row, column, words, LONGEST)?;
        if is_markup(words) {
            self.sheet.write_rich_string_with_format(row, column, &[(&Format::new(), words)], look)?;
        } else {
            self.sheet.write_string_with_format(row, column, words, look)?;
        }
        Ok(())
    }

    /// Notes what the printed words say more than the value that stands in their place.
    fn words_beside(&mut self, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        let words = value::says_more(cell).then(|| cell.text.plain());
        let lines: Vec<&str> = words.as_deref().into_iter().chain(addresses(&cell.text)).collect();
        if lines.is_empty() { Ok(()) } else { self.note(row, column, &lines.join("\n")) }
    }

    fn note(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        self.fits(row, column, text, LONGEST_NOTE)?;
        let note = Note::new(text).add_author_prefix(false).set_width(320);
        self.sheet.insert_note(row, column, &note)?;
        Ok(())
    }

    fn fits(&self, row: u32, column: u16, text: &str, most: usize) -> Result<(), XlsxError> {
        let length = text.encode_utf16().count();
        if length <= most {
            return Ok(());
        }
        let cell = row_col_to_cell(row, column);
        Err(self
            .refusal(&format!("the text in {cell} has {length} letters, there is room for {most}; shorten it in the registry")))
    }

    /// Joins the cells of a row from one column to another; a spreadsheet finds no height for them, so it is given.
    pub(super) fn join(&mut self, row: u32, first: u16, last: u16, look: &Format) -> Result<(), XlsxError> {
        if last > first {
            self.sheet.merge_range(row, first, row, last, "", look)?;
        }
        Ok(())
    }

    /// Makes room for lines of text in a row.
    pub(super) fn heighten(&mut self, row: u32, lines: u32, leading: f64) -> Result<(), XlsxError> {
        if lines > 1 {
            self.sheet.set_row_height(row, (f64::from(lines) * leading).min(TALLEST))?;
        }
        Ok(())
    }
}

/// How many letters a text has, as far as widths matter.
pub(super) fn letters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// About how many lines a text takes at so many letters a line.
pub(super) fn lines(text: &str, width: u32) -> u32 {
    let takes = |line: &str| letters(line).div_ceil(width.max(1)).max(1);
    text.split('\n').map(takes).fold(0, u32::saturating_add)
}

/// The addresses that a text leads to, each once. Places in the report are none: they are not in this file.
fn addresses(text: &Rich) -> Vec<&str> {
    let mut all = Vec::new();
    for span in &text.0 {
        if let Some(Target::Url(url)) = &span.target
            && !all.contains(&url.as_str())
        {
            all.push(url.as_str());
        }
    }
    all
}

/// Whether the library makes a sound link of an address: a page or a mailbox, not too long, and nothing in it that would be
/// escaped a second time. It takes an address for escaped only if it has one of the marks below.
fn linkable(url: &str) -> bool {
    const ESCAPES: [&str; 11] = ["%20", "%25", "%22", "%60", "%3c", "%3e", "%5b", "%5d", "%5e", "%7b", "%7d"];
    let known = ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme));
    let lower = url.to_ascii_lowercase();
    // The library looks at the address without what follows `#`.
    let address = lower.split('#').next().unwrap_or_default();
    let once = !address.contains('%') || ESCAPES.iter().any(|mark| address.contains(mark));
    let clean = !url.chars().any(|c| c.is_whitespace() || c.is_control());
    known && once && clean && url.encode_utf16().count() <= LONGEST_LINK
}

/// Whether the library would take words for its own markup of a text in several styles and write them unescaped.
fn is_markup(words: &str) -> bool {
    words.starts_with("<r>") && words.ends_with("</r>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sound_addresses_become_links() {
        for sound in ["https://acvn.vn/a?b=c#d", "mailto:a@b.vn", "https://acvn.vn/a%20%C4%90"] {
            assert!(linkable(sound), "{sound}");
        }
        for other in ["internal:'1'!A1", "file:///etc/passwd", "acvn.vn", "https://acvn.vn/%C4%90", "https://a b", "HTTPS://a"] {
            assert!(!linkable(other), "{other}");
        }
        assert!(!linkable(&format!("https://acvn.vn/{}", "a".repeat(2_000))));
    }

    #[test]
    fn lines_are_counted_by_what_fits_in_one() {
        assert_eq!([lines("", 10), lines("abc", 10), lines("abc\nd", 10), lines(&"a".repeat(21), 10)], [1, 1, 2, 3]);
    }
}
