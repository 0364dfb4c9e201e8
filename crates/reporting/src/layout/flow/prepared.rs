//! What is ready to be placed: texts, lists, tables and pictures, with the room that they take.

use super::{KEPT, Lines};
use crate::layout::{Role, figure::FigureBlock, table::TableBlock};

/// An item of a list of at most so many lines stays whole.
const KEPT_ITEM: usize = 5;

/// A paragraph, a heading or an item, ready to be placed.
#[derive(Clone, Debug)]
pub(crate) struct TextBlock {
    /// What it says.
    pub(crate) text: Lines,
    /// What it is.
    pub(crate) role: Role,
    /// How far it stands in from the left edge of the text block.
    pub(crate) indent: f32,
    /// The least distance to what stands above, and below.
    pub(crate) space: (f32, f32),
    /// Whether it stays with what follows.
    pub(crate) leads: bool,
    /// The bar or tint that sets it off.
    pub(crate) dress: Dress,
    /// Its number or bullet, in the space of the indent.
    pub(crate) label: Option<Lines>,
    /// The name by which links reach it.
    pub(crate) anchor: Option<String>,
    /// Its place among the bookmarks.
    pub(crate) bookmark: Option<usize>,
}

/// How a text is set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dress {
    /// Not at all.
    None,
    /// By a bar at its left.
    Bar,
    /// By a rule above it.
    Rule,
    /// By a tinted box in warning colours.
    Warning,
}

/// Something that is ready to be placed.
#[derive(Clone, Debug)]
pub(crate) enum Prepared {
    /// A text.
    Text(TextBlock),
    /// Items under one list.
    List(Vec<TextBlock>),
    /// A table.
    Table(TableBlock),
    /// A picture.
    Figure(FigureBlock),
}

impl Prepared {
    /// The least height in which it can begin.
    fn first(&self) -> f32 {
        match self {
            Self::Text(text) => text.first(),
            Self::List(items) => items.first().map_or(0.0, TextBlock::first),
            Self::Table(table) => table.first(),
            Self::Figure(figure) => figure.first(),
        }
    }

    /// The height of all of it.
    fn whole(&self) -> f32 {
        match self {
            Self::Text(text) => text.whole(),
            Self::List(items) => items.iter().map(|i| i.whole() + i.space.0).sum(),
            Self::Table(table) => table.whole(),
            Self::Figure(figure) => figure.whole(),
        }
    }

    pub(crate) fn space(&self) -> (f32, f32) {
        match self {
            Self::Text(text) => text.space,
            Self::List(items) => (items.first().map_or(0.0, |i| i.space.0), items.last().map_or(0.0, |i| i.space.1)),
            Self::Table(table) => table.space(),
            Self::Figure(figure) => figure.space(),
        }
    }

    pub(crate) fn leads(&self) -> bool {
        matches!(self, Self::Text(t) if t.leads)
    }
}

impl TextBlock {
    /// The least height in which it can begin: all of it if it is short or leads, else two lines.
    pub(super) fn first(&self) -> f32 {
        let n = self.text.lines.len();
        let short = if self.role == Role::LBody { KEPT_ITEM } else { KEPT + 1 };
        let kept = if n <= short || self.leads || self.dress == Dress::Warning { n } else { KEPT };
        let (above, below) = self.dress.padding();
        kept as f32 * self.text.leading() + above + below
    }

    fn whole(&self) -> f32 {
        let (above, below) = self.dress.padding();
        self.text.height() + above + below
    }
}

impl Dress {
    /// The room that it takes above and below the text.
    pub(super) fn padding(self) -> (f32, f32) {
        match self {
            Self::None | Self::Bar => (0.0, 0.0),
            Self::Rule => (4.0, 0.0),
            Self::Warning => (8.0, 8.0),
        }
    }
}

/// The height that the first of these blocks needs to begin, with those that it leads.
pub(crate) fn need<'b>(blocks: impl Iterator<Item = &'b Prepared>) -> f32 {
    let (mut height, mut below) = (0.0, None::<f32>);
    for block in blocks {
        height += below.map_or(0.0, |below| below.max(block.space().0)) + block.first();
        if !block.leads() {
            break;
        }
        below = Some(block.space().1);
    }
    height
}

/// The height of all of these blocks, one below the other.
pub(crate) fn height(blocks: &[Prepared]) -> f32 {
    let gaps = blocks.windows(2).map(|p| p[0].space().1.max(p[1].space().0)).sum::<f32>();
    blocks.iter().map(Prepared::whole).sum::<f32>() + gaps
}
