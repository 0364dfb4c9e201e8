//! The six fonts, and shaping: from characters to glyphs with kerning.

use std::{collections::HashMap, sync::OnceLock};

use harfrust::{Buffer, Direction, Feature, Font, Script, ShapeOptions, ShapePlan, ShaperFont, Tag};

use crate::{ReportError, layout::Glyph};

/// One of the fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Face {
    /// For running text.
    Serif,
    /// For emphasis in it.
    SerifItalic,
    /// For titles.
    SerifStrong,
    /// For tables, labels and notes.
    Sans,
    /// For emphasis in them.
    SansItalic,
    /// For headings and totals.
    SansStrong,
}

impl Face {
    /// All of them, in the order of their numbers.
    pub(crate) const ALL: [Self; 6] =
        [Self::Serif, Self::SerifItalic, Self::SerifStrong, Self::Sans, Self::SansItalic, Self::SansStrong];

    /// Its place in [`Face::ALL`].
    pub(crate) fn index(self) -> usize {
        self as usize
    }

    /// The name of its file.
    pub(crate) fn file(self) -> &'static str {
        match self {
            Self::Serif => "SourceSerif4-Regular.ttf",
            Self::SerifItalic => "SourceSerif4-It.ttf",
            Self::SerifStrong => "SourceSerif4-Semibold.ttf",
            Self::Sans => "SourceSans3-Regular.ttf",
            Self::SansItalic => "SourceSans3-It.ttf",
            Self::SansStrong => "SourceSans3-Semibold.ttf",
        }
    }

    /// The face that stands in for a character that this one lacks.
    fn stand_in(self) -> Self {
        match self {
            Self::Serif | Self::Sans => Self::Sans,
            Self::SerifItalic | Self::SansItalic => Self::SansItalic,
            Self::SerifStrong | Self::SansStrong => Self::SansStrong,
        }
    }
}

/// The bytes of a font's file.
pub(crate) fn bytes(face: Face) -> Option<&'static [u8]> {
    crate::shelf::font(face.file())
}

/// The parsed fonts, made once: they hold nothing of any document.
fn library() -> Result<&'static [Font], ReportError> {
    static LIBRARY: OnceLock<Result<Vec<Font>, &'static str>> = OnceLock::new();
    let parse = |face: Face| bytes(face).and_then(|b| Font::new(b, 0)).ok_or(face.file());
    let made = LIBRARY.get_or_init(|| Face::ALL.into_iter().map(parse).collect());
    made.as_deref().map_err(|file| ReportError::Font(file))
}

/// The visible sign for a character that no font has; the sans faces have it.
const MISSING: char = '□';

/// Shapes text. It keeps a buffer, so it is made once for each document.
pub(crate) struct Shaper {
    library: &'static [Font],
    fonts: Vec<ShaperFont<'static, 'static>>,
    /// What a font does for a script, worked out once: that takes longer than shaping a cell.
    plans: HashMap<(Face, bool, Option<Script>), ShapePlan>,
    /// How many ems a unit of each font's grid is.
    units: Vec<f32>,
    buffer: Buffer,
    tabular: [Feature; 1],
}

impl Shaper {
    /// A shaper of all fonts.
    pub(crate) fn new() -> Result<Self, ReportError> {
        let library = library()?;
        let fonts = library.iter().map(ShaperFont::new).collect();
        let units = library.iter().map(|f| 1.0 / f32::from(f.units_per_em())).collect();
        let tabular = [Feature::new(Tag::new(b"tnum"), 1, ..)];
        let mut buffer = Buffer::new();
        buffer.set_cluster_level(harfrust::ClusterLevel::MonotoneCharacters);
        Ok(Self { library, fonts, plans: HashMap::new(), units, buffer, tabular })
    }

    /// The character and the font that show `c` where `face` is wanted: itself, a stand-in's, or the visible sign.
    pub(crate) fn resolve(&self, c: char, face: Face) -> (char, Face) {
        let has = |c: char, face: Face| self.fonts[face.index()].nominal_glyph(c.into()).is_some();
        let space = matches!(c, '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}');
        if has(c, face) {
            (c, face)
        } else if space {
            ('\u{A0}', face)
        } else if has(c, face.stand_in()) {
            (c, face.stand_in())
        } else {
            (MISSING, face.stand_in())
        }
    }

    /// The glyphs of a text in one font, their ranges counted from `offset`.
    pub(crate) fn shape(&mut self, text: &str, face: Face, tabular: bool, offset: usize) -> Result<Vec<Glyph>, ReportError> {
        let buffer = &mut self.buffer;
        buffer.clear();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.guess_segment_properties();
        let font = &self.fonts[face.index()];
        let features: &[Feature] = if tabular { &self.tabular } else { &[] };
        let (script, library) = (buffer.script(), self.library);
        let plan = self.plans.entry((face, tabular, script)).or_insert_with(|| {
            ShapePlan::new(&library[face.index()], Direction::LeftToRight, script, buffer.language(), features)
        });
        harfrust::shape(font, buffer, ShapeOptions::default().plan(Some(plan)).features(features))
            .map_err(|e| ReportError::Shaping { text: text.chars().take(40).collect(), reason: format!("{e:?}") })?;
        let em = self.units[face.index()];
        let mut glyphs = Vec::with_capacity(buffer.len());
        for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            let id = u16::try_from(info.glyph_id).unwrap_or_default();
            let start = to_u32(offset) + info.cluster;
            glyphs.push(Glyph { id, advance: position.x_advance as f32 * em, start, end: start });
        }
        // A glyph's text ends where the next one's begins; of several glyphs of one character, the first shows it.
        let mut end = to_u32(offset + text.len());
        for k in (0..glyphs.len()).rev() {
            glyphs[k].end = end;
            if k > 0 && glyphs[k - 1].start == glyphs[k].start {
                glyphs[k].start = glyphs[k].end;
            } else {
                end = glyphs[k].start;
            }
        }
        Ok(glyphs)
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
