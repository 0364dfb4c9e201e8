//! From rich text to shaped text: composed, visible, in fonts that have it, and measured.

use ketnoi_domain::Lang;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::{
    Face, Glyph,
    breaks::{Ending, endings},
    fonts::Shaper,
    style::Setting,
};
use crate::{
    ReportError,
    brand::Colour,
    model::{Rich, Style, Target},
};

/// A stretch of shaped text of one font and one look.
#[derive(Clone, Debug)]
pub(crate) struct Stretch {
    /// Where it ends in the text, in bytes; it starts where the one before ends.
    pub(crate) end: usize,
    /// The font.
    pub(crate) face: Face,
    /// The size.
    pub(crate) size: f32,
    /// How far it is raised above the line.
    pub(crate) rise: f32,
    /// The colour.
    pub(crate) colour: Colour,
    /// The span of the rich text that it comes from.
    pub(crate) span: usize,
}

/// What the structure has to know of a span of the text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inline {
    /// Its language, where it differs.
    pub(crate) lang: Option<Lang>,
    /// Where it leads.
    pub(crate) target: Option<Target>,
}

/// Text that is ready to be broken into lines.
#[derive(Clone, Debug)]
pub(crate) struct Shaped {
    /// The text, as it will be read out.
    pub(crate) text: String,
    /// Its stretches.
    pub(crate) stretches: Vec<Stretch>,
    /// Its glyphs, with the stretch of each.
    pub(crate) glyphs: Vec<(Glyph, u16)>,
    /// Where lines may end, in bytes.
    pub(crate) breaks: Vec<(usize, Ending)>,
    /// What the structure has to know of each span.
    pub(crate) inlines: Vec<Inline>,
    /// How the whole is set.
    pub(crate) setting: Setting,
}

impl Shaped {
    /// How wide a glyph is set.
    pub(crate) fn advance(&self, glyph: usize) -> f32 {
        let (g, stretch) = &self.glyphs[glyph];
        g.advance * self.stretches[usize::from(*stretch)].size
    }

    /// The width of the longest piece that cannot be broken, and of the longest line if none is broken.
    pub(crate) fn widths(&self) -> (f32, f32) {
        let (mut piece, mut line, mut longest_piece, mut longest_line) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
        let mut breaks = self.breaks.iter().filter(|(_, ending)| *ending != Ending::Rather).peekable();
        let mut trailing = 0.0f32;
        for (k, (glyph, _)) in self.glyphs.iter().enumerate() {
            while let Some((at, ending)) = breaks.peek().filter(|(at, _)| *at <= glyph.start as usize) {
                longest_piece = longest_piece.max(piece - trailing);
                piece = 0.0;
                if *ending == Ending::Must && *at > 0 {
                    longest_line = longest_line.max(line - trailing);
                    line = 0.0;
                }
                breaks.next();
            }
            let advance = self.advance(k);
            trailing = if self.is_space(k) { trailing + advance } else { 0.0 };
            piece += advance;
            line += advance;
        }
        (longest_piece.max(piece - trailing), longest_line.max(line - trailing))
    }

    /// Sets it in another size.
    pub(crate) fn scale(&mut self, by: f32) {
        (self.setting.size, self.setting.leading) = (self.setting.size * by, self.setting.leading * by);
        for stretch in &mut self.stretches {
            (stretch.size, stretch.rise) = (stretch.size * by, stretch.rise * by);
        }
    }

    /// Whether a glyph shows nothing but a space at which lines end.
    pub(crate) fn is_space(&self, glyph: usize) -> bool {
        let g = &self.glyphs[glyph].0;
        matches!(&self.text[g.start as usize..g.end as usize], " " | "\n")
    }
}

/// Shapes a rich text.
pub(crate) fn shape(shaper: &mut Shaper, rich: &Rich, setting: Setting, faint: Colour) -> Result<Shaped, ReportError> {
    let (mut text, mut stretches) = (String::new(), Vec::<Stretch>::new());
    for (span, piece) in rich.0.iter().enumerate() {
        let (face, size, rise, colour) = look(piece.style, setting, faint);
        let composed: std::borrow::Cow<'_, str> =
            if is_nfc(&piece.text) { piece.text.as_str().into() } else { piece.text.nfc().collect::<String>().into() };
        for c in composed.chars().filter_map(visible) {
            let (c, face) = if c == '\n' { (c, face) } else { shaper.resolve(c, face) };
            text.push(c);
            match stretches.last_mut() {
                Some(last) if last.span == span && last.face == face => last.end = text.len(),
                _ => stretches.push(Stretch { end: text.len(), face, size, rise, colour, span }),
            }
        }
    }
    let mut glyphs = Vec::with_capacity(text.len());
    let mut start = 0;
    for (k, stretch) in stretches.iter().enumerate() {
        // A line feed has no glyph; a space of the same length stands in for it and is never seen at a line's end.
        let piece = text[start..stretch.end].replace('\n', " ");
        let shaped = shaper.shape(&piece, stretch.face, setting.tabular, start)?;
        let k = u16::try_from(k).unwrap_or(u16::MAX);
        glyphs.extend(shaped.into_iter().map(|g| (g, k)));
        start = stretch.end;
    }
    let breaks = endings(&text);
    let inlines = rich.0.iter().map(|s| Inline { lang: s.lang, target: s.target.clone() }).collect();
    Ok(Shaped { text, stretches, glyphs, breaks, inlines, setting })
}

/// The font, size, rise and colour of a style.
fn look(style: Style, s: Setting, faint: Colour) -> (Face, f32, f32, Colour) {
    match style {
        Style::Plain => (s.face, s.size, 0.0, s.colour),
        Style::Strong => (s.strong, s.size, 0.0, s.colour),
        Style::Emphasis => (s.emphasis, s.size, 0.0, s.colour),
        Style::Faint => (s.face, s.size, 0.0, faint),
        Style::Mark => (Face::SansStrong, s.size * 0.68, s.size * 0.28, faint),
    }
}

/// The character as it can be printed; `None` for those that only steer other characters (joiners, selectors, marks of
/// direction), which have no meaning in the scripts that the fonts have.
fn visible(c: char) -> Option<char> {
    match c {
        '\n' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        '\u{AD}' | '\u{34F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => None,
        '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}
