//! The grid, the type scale and the distances: everything that a designer would want to turn.

use crate::{brand::Colour, layout::Face};

/// Where the text block starts, from the left.
pub(crate) const LEFT: f32 = 58.0;
/// How wide it is.
pub(crate) const WIDTH: f32 = super::PAGE_WIDTH - 2.0 * LEFT;
/// Where it starts, from the top.
pub(crate) const TOP: f32 = 74.0;
/// Where it ends.
pub(crate) const BOTTOM: f32 = super::PAGE_HEIGHT - 66.0;
/// The longest line of running text: about 80 letters.
pub(crate) const MEASURE: f32 = 400.0;
/// The width of the column of labels.
pub(crate) const LABELS: f32 = 132.0;
/// Where the running header stands.
pub(crate) const HEADER: f32 = 46.0;
/// Where the running footer stands.
pub(crate) const FOOTER: f32 = super::PAGE_HEIGHT - 38.0;
/// How far the marks of a list stand apart from their text.
pub(crate) const HANG: f32 = 22.0;

/// How text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Setting {
    /// The font of plain text.
    pub(crate) face: Face,
    /// The font of stronger text.
    pub(crate) strong: Face,
    /// The font of emphasis.
    pub(crate) emphasis: Face,
    /// The size.
    pub(crate) size: f32,
    /// From one line to the next: at least 1.35 times the size, so that stacked diacritics have room.
    pub(crate) leading: f32,
    /// The colour.
    pub(crate) colour: Colour,
    /// Whether figures stand in columns.
    pub(crate) tabular: bool,
}

impl Setting {
    fn serif(size: f32, leading: f32, colour: Colour) -> Self {
        let (face, strong, emphasis) = (Face::Serif, Face::SerifStrong, Face::SerifItalic);
        Self { face, strong, emphasis, size, leading, colour, tabular: false }
    }

    fn sans(size: f32, leading: f32, colour: Colour) -> Self {
        let (face, strong, emphasis) = (Face::Sans, Face::SansStrong, Face::SansItalic);
        Self { face, strong, emphasis, size, leading, colour, tabular: true }
    }

    /// All of it stronger.
    pub(crate) fn stronger(self) -> Self {
        Self { face: self.strong, ..self }
    }

    /// In another colour.
    pub(crate) fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// How far the first baseline lies below the top of the first line: room for Ẫ above and Ệ below, shared evenly.
    pub(crate) fn ascent(self) -> f32 {
        const ABOVE: f32 = 0.98;
        const BELOW: f32 = 0.26;
        (self.leading - (ABOVE + BELOW) * self.size) / 2.0 + ABOVE * self.size
    }
}

/// The settings of a document in its colours.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// The title's colour and the text's.
    pub(crate) ink: Colour,
    /// For labels and notes.
    pub(crate) muted: Colour,
    /// For rules.
    pub(crate) hairline: Colour,
    /// The brand's.
    pub(crate) accent: Colour,
    /// For warnings.
    pub(crate) warning: Colour,
    /// Behind warnings.
    pub(crate) warning_tint: Colour,
}

impl Sheet {
    /// The settings in a brand's colours.
    pub(crate) fn new(p: &crate::brand::Palette) -> Self {
        let (warning, warning_tint) = (Colour([0x9A, 0x3B, 0x00]), Colour([0xFD, 0xF1, 0xE2]));
        Self { ink: p.ink, muted: p.muted, hairline: p.hairline, accent: p.accent, warning, warning_tint }
    }

    /// The title, the smaller the longer it is: one of 400 letters still leaves room below it.
    pub(crate) fn title(&self, letters: usize) -> Setting {
        let size = match letters {
            0..=60 => 27.0,
            61..=120 => 22.0,
            121..=220 => 17.5,
            _ => 14.0,
        };
        Setting::serif(size, size * 1.36, self.ink).stronger()
    }

    /// Below the title.
    pub(crate) fn subtitle(&self) -> Setting {
        Setting::sans(11.0, 15.5, self.muted)
    }

    /// Above the title.
    pub(crate) fn kicker(&self) -> Setting {
        Setting::sans(9.0, 13.0, self.accent).stronger()
    }

    /// A section's heading.
    pub(crate) fn heading(&self) -> Setting {
        Setting::serif(15.0, 21.0, self.ink).stronger()
    }

    /// A heading within a section.
    pub(crate) fn subheading(&self) -> Setting {
        Setting::sans(10.5, 15.0, self.ink).stronger()
    }

    /// Running text.
    pub(crate) fn body(&self) -> Setting {
        Setting::serif(10.0, 14.5, self.ink)
    }

    /// Remarks.
    pub(crate) fn note(&self) -> Setting {
        Setting::sans(8.5, 12.0, self.muted)
    }

    /// A statement that is set off.
    pub(crate) fn statement(&self) -> Setting {
        Setting::serif(10.5, 15.5, self.ink)
    }

    /// A warning.
    pub(crate) fn warning(&self) -> Setting {
        Setting::sans(10.0, 14.0, self.warning).stronger()
    }

    /// Labels of facts.
    pub(crate) fn label(&self) -> Setting {
        Setting::sans(9.0, 13.0, self.muted)
    }

    /// What labels stand for.
    pub(crate) fn value(&self) -> Setting {
        Setting::sans(9.5, 13.0, self.ink)
    }

    /// Cells.
    pub(crate) fn cell(&self) -> Setting {
        Setting::sans(8.5, 11.8, self.ink)
    }

    /// Cells that say more of the row above.
    pub(crate) fn detail(&self) -> Setting {
        Setting::sans(8.0, 11.2, self.muted)
    }

    /// Headings of columns.
    pub(crate) fn column(&self) -> Setting {
        Setting::sans(8.0, 11.2, self.muted).stronger()
    }

    /// A table's caption.
    pub(crate) fn caption(&self) -> Setting {
        Setting::sans(9.0, 13.0, self.ink).stronger()
    }

    /// The label of a tile.
    pub(crate) fn tile_label(&self) -> Setting {
        Setting::sans(8.0, 11.5, self.muted)
    }

    /// The figure of a tile.
    pub(crate) fn tile_figure(&self) -> Setting {
        Setting::sans(12.5, 17.0, self.ink).stronger()
    }

    /// The mark on every page of a made-up programme.
    pub(crate) fn warning_mark(&self) -> Setting {
        Setting::sans(8.0, 11.2, self.warning).stronger()
    }

    /// Header and footer.
    pub(crate) fn furniture(&self) -> Setting {
        Setting::sans(8.0, 11.2, self.muted)
    }
}
