//! How cells look: the report's colours and weights, as far as a spreadsheet has them.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::{
    brand::{Colour, Palette},
    model::{Align, Rich, RowKind, Style},
};

/// The colour of warnings, that of the pages.
const WARNING: Colour = Colour([0x9A, 0x3B, 0x00]);

/// The colours of a report.
pub(super) struct Looks {
    ink: Color,
    muted: Color,
    hairline: Color,
    accent: Color,
}

fn colour(Colour([r, g, b]): Colour) -> Color {
    Color::RGB(u32::from_be_bytes([0, r, g, b]))
}

impl Looks {
    /// The looks in a report's colours.
    pub(super) fn new(p: &Palette) -> Self {
        Self { ink: colour(p.ink), muted: colour(p.muted), hairline: colour(p.hairline), accent: colour(p.accent) }
    }

    /// Words that wrap, at the top of their cell.
    pub(super) fn body(&self) -> Format {
        let top = Format::new().set_align(FormatAlign::Top).set_align(FormatAlign::Left);
        top.set_text_wrap().set_font_color(self.ink)
    }

    /// Above the title.
    pub(super) fn kicker(&self) -> Format {
        self.body().set_font_color(self.accent).set_bold()
    }

    /// The title.
    pub(super) fn title(&self) -> Format {
        self.body().set_font_size(16).set_bold()
    }

    /// Below the title; labels of facts.
    pub(super) fn muted(&self) -> Format {
        self.body().set_font_color(self.muted)
    }

    /// A warning that must not be missed.
    pub(super) fn warning(&self) -> Format {
        self.body().set_font_color(colour(WARNING)).set_bold()
    }

    /// A heading on the first sheet.
    pub(super) fn heading(&self) -> Format {
        self.body().set_bold()
    }

    /// What a sheet shows, above its columns; it runs on over the cells beside it.
    pub(super) fn caption(&self, warning: bool) -> Format {
        let look = if warning { self.warning() } else { self.kicker() };
        look.unset_text_wrap()
    }

    /// A column's heading.
    pub(super) fn column(&self, align: Align) -> Format {
        let look = aligned(self.body().set_bold(), align);
        look.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(self.accent)
    }

    /// A cell of a row, as the pages show it: groups and totals stronger, details set in and grey.
    pub(super) fn cell(&self, kind: RowKind, align: Align) -> Format {
        let look = aligned(self.body(), align);
        match kind {
            RowKind::Plain => look,
            RowKind::Group => look.set_bold(),
            RowKind::Detail if align == Align::Start => look.set_font_color(self.muted).set_indent(1),
            RowKind::Detail => look.set_font_color(self.muted),
            RowKind::Total => look.set_bold().set_border_top(FormatBorder::Thin).set_border_top_color(self.hairline),
        }
    }

    /// The look with the style of a text that has one style throughout; a cell has one look.
    pub(super) fn toned(&self, look: Format, text: &Rich) -> Format {
        let said = text.0.iter().filter(|s| s.style != Style::Mark && !s.text.trim().is_empty());
        let mut styles = said.map(|s| s.style);
        let Some(first) = styles.next() else { return look };
        if styles.any(|style| style != first) {
            return look;
        }
        match first {
            Style::Strong => look.set_bold(),
            Style::Emphasis => look.set_italic(),
            Style::Faint => look.set_font_color(self.muted),
            Style::Plain | Style::Mark => look,
        }
    }

    /// The look of what leads somewhere.
    pub(super) fn linked(&self, look: Format) -> Format {
        look.set_font_color(self.accent).set_underline(FormatUnderline::Single)
    }
}

fn aligned(look: Format, align: Align) -> Format {
    match align {
        Align::Start => look,
        Align::End => look.set_align(FormatAlign::Right),
    }
}
