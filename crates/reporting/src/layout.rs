//! Pages of boxes, and the tree that says what each box is.
//!
//! A layout is a pure function of the model. Its pages know nothing of PDF: [`crate::pdf`] writes them down.
//! Lengths are points; `y` grows downwards from the top of the page.

mod breaks;
mod canvas;
mod columns;
mod compose;
mod figure;
mod fit;
mod flow;
mod fonts;
mod frame;
mod paragraph;
mod plan;
mod slips;
mod style;
mod table;
mod text;

#[cfg(test)]
mod tests;

use ketnoi_domain::Lang;

use crate::brand::Colour;
pub(crate) use canvas::Canvas;
pub(crate) use compose::compose;
pub(crate) use fonts::{Face, bytes};
pub(crate) use slips::slips;

/// The width of an A4 page.
pub(crate) const PAGE_WIDTH: f32 = 595.276;
/// The height of an A4 page.
pub(crate) const PAGE_HEIGHT: f32 = 841.89;

/// A whole document, laid out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Layout {
    /// The language of the whole.
    pub(crate) lang: Lang,
    /// The document's title, in plain words.
    pub(crate) title: String,
    /// The pages.
    pub(crate) pages: Vec<Page>,
    /// The structure, its root first; every node stands after its parent.
    pub(crate) nodes: Vec<Node>,
    /// The bookmarks, in order.
    pub(crate) outline: Vec<Bookmark>,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Page {
    /// What is drawn, in order.
    pub(crate) boxes: Vec<Placed>,
    /// Which node each piece of marked content belongs to.
    pub(crate) owners: Vec<usize>,
    /// What can be followed.
    pub(crate) links: Vec<Link>,
}

/// A box with its role.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placed {
    /// What it is to a reader who listens.
    pub(crate) mark: Mark,
    /// What it is to a reader who looks.
    pub(crate) shape: Shape,
}

/// What a box is in the structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A part of the text: the number of its marked content on the page.
    Content(usize),
    /// Not a part of the text.
    Artifact(Artifact),
}

/// Why a box is not a part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Artifact {
    /// It repeats on every page, at its top.
    Header,
    /// It repeats on every page, at its foot.
    Footer,
    /// It repeats because of a page break: a table's heading.
    Repeated,
    /// It is a rule or a tint.
    Decoration,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// A run of glyphs on a line.
    Text(Run),
    /// A filled rectangle.
    Fill {
        /// Where.
        rect: Rect,
        /// In which colour.
        colour: Colour,
    },
    /// An outline, filled or drawn along.
    Path {
        /// Its course.
        segments: Vec<Segment>,
        /// The colour inside it, by the rule of winding numbers.
        fill: Option<Colour>,
        /// The colour along it, and how wide.
        stroke: Option<(Colour, f32)>,
    },
}

/// A step of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Segment {
    /// Begins anew at a point.
    Move(f32, f32),
    /// Straight to a point.
    Line(f32, f32),
    /// Along a cubic curve: two handles, then the point.
    Curve([f32; 6]),
    /// Back to where it began.
    Close,
}

impl Segment {
    /// The point where it ends.
    #[cfg(test)]
    pub(crate) fn end(self) -> Option<(f32, f32)> {
        match self {
            Self::Move(x, y) | Self::Line(x, y) | Self::Curve([.., x, y]) => Some((x, y)),
            Self::Close => None,
        }
    }

    /// The same step elsewhere.
    pub(crate) fn moved(self, dx: f32, dy: f32) -> Self {
        match self {
            Self::Move(x, y) => Self::Move(x + dx, y + dy),
            Self::Line(x, y) => Self::Line(x + dx, y + dy),
            Self::Curve([a, b, c, d, x, y]) => Self::Curve([a + dx, b + dy, c + dx, d + dy, x + dx, y + dy]),
            Self::Close => Self::Close,
        }
    }
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rect {
    /// Its left edge.
    pub(crate) x: f32,
    /// Its upper edge.
    pub(crate) y: f32,
    /// Its width.
    pub(crate) width: f32,
    /// Its height.
    pub(crate) height: f32,
}

/// Glyphs of one font on one line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Run {
    /// Where it starts.
    pub(crate) x: f32,
    /// The line that it stands on.
    pub(crate) baseline: f32,
    /// The font.
    pub(crate) face: Face,
    /// The size.
    pub(crate) size: f32,
    /// The colour.
    pub(crate) colour: Colour,
    /// The text that the glyphs show.
    pub(crate) text: String,
    /// The glyphs.
    pub(crate) glyphs: Vec<Glyph>,
}

impl Run {
    /// How wide it is.
    pub(crate) fn width(&self) -> f32 {
        self.glyphs.iter().map(|g| g.advance * self.size).sum()
    }
}

/// A glyph with the text it shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Glyph {
    /// Its number in the font.
    pub(crate) id: u16,
    /// How far the pen moves, in ems, with kerning.
    pub(crate) advance: f32,
    /// Where the text that it shows starts, in bytes.
    pub(crate) start: u32,
    /// Where that text ends.
    pub(crate) end: u32,
}

/// A part of a page that leads elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Link {
    /// Where one clicks.
    pub(crate) rect: Rect,
    /// Where it leads.
    pub(crate) to: Destination,
    /// What it says.
    pub(crate) text: String,
    /// The structure's node for it.
    pub(crate) node: usize,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Destination {
    /// To an address.
    Url(String),
    /// To a place in the document.
    Place {
        /// The page, counted from nought.
        page: usize,
        /// How far down.
        y: f32,
    },
}

/// What a part of the text is (PDF 1.7, standard structure types).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Document,
    Sect,
    H1,
    H2,
    H3,
    P,
    L { numbered: bool },
    LI,
    Lbl,
    LBody,
    Table,
    Caption,
    THead,
    TBody,
    TR,
    TH(Scope),
    TD,
    Toc,
    TocItem,
    Reference,
    Link,
    Span,
    Figure,
    Div,
}

/// What a header cell heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Its column.
    Column,
    /// Its row.
    Row,
}

impl Role {
    /// The name that the standard gives it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Sect => "Sect",
            Self::H1 => "H1",
            Self::H2 => "H2",
            Self::H3 => "H3",
            Self::P => "P",
            Self::L { .. } => "L",
            Self::LI => "LI",
            Self::Lbl => "Lbl",
            Self::LBody => "LBody",
            Self::Table => "Table",
            Self::Caption => "Caption",
            Self::THead => "THead",
            Self::TBody => "TBody",
            Self::TR => "TR",
            Self::TH(_) => "TH",
            Self::TD => "TD",
            Self::Toc => "TOC",
            Self::TocItem => "TOCI",
            Self::Reference => "Reference",
            Self::Link => "Link",
            Self::Span => "Span",
            Self::Figure => "Figure",
            Self::Div => "Div",
        }
    }
}

/// A node of the structure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) role: Role,
    /// The node that it is a part of; the root is its own.
    pub(crate) parent: usize,
    /// Its language, where it differs from its parent's.
    pub(crate) lang: Option<Lang>,
    /// How many columns it spans, for a cell.
    pub(crate) span: usize,
    /// What it consists of, in reading order.
    pub(crate) kids: Vec<Kid>,
    /// What is said instead of it and where it stands, for a figure.
    pub(crate) picture: Option<Box<Picture>>,
}

/// What a reader who listens has to know of a figure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Picture {
    /// What it shows, in words.
    pub(crate) alternative: String,
    /// Where it stands on its page.
    pub(crate) rect: Rect,
}

/// A part of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kid {
    /// Another node.
    Node(usize),
    /// Marked content of a page.
    Content {
        /// The page.
        page: usize,
        /// The content's number there.
        id: usize,
    },
    /// A link of a page.
    Link {
        /// The page.
        page: usize,
        /// The link's place among the page's.
        link: usize,
    },
}

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bookmark {
    /// What it says.
    pub(crate) title: String,
    /// How deep it stands, from nought.
    pub(crate) depth: usize,
    /// The page.
    pub(crate) page: usize,
    /// How far down.
    pub(crate) y: f32,
}
