//! The report as data: every word and figure that will be printed, in order, and no position, font or page.
//!
//! It rides inside the PDF as an attachment, so that any printed figure can be read by a program.

mod author;
mod build;
mod cover;
mod figure;
mod focus;
mod locator;
mod markup;
mod rich;
mod section;
mod table;

use ketnoi_domain::{Lang, Period};
use serde::{Deserialize, Serialize};

use crate::{SubjectKind, brand::Palette};
pub(crate) use author::Author;
pub use build::build;
pub use figure::{
    ArtShape, ArtStep, Artwork, Bar, Bars, Drawing, Emblem, Figure, Map, MapName, MapPlace, Part, Region, StepRow, Steps,
    Stretch, TimeLine,
};
pub use rich::{Rich, Span, Style, Target};
pub use table::{Align, Cell, Column, Row, RowKind, Table, Value};

/// The version of the model's shape; it grows when a reader of attachments has to change.
pub const MODEL_FORMAT: u32 = 2;

/// A whole report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportModel {
    /// [`MODEL_FORMAT`] when it was made.
    pub format: u32,
    /// The definition's name.
    pub definition: String,
    /// The language of its wording.
    pub lang: Lang,
    /// The period that was asked for; unknown ends are open.
    pub period: Period,
    /// The brand that was asked for in place of those of the funders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The brands that apply, the one that gives the colours first.
    pub brands: Vec<String>,
    /// The colours.
    pub palette: Palette,
    /// When the snapshot was taken.
    pub taken: String,
    /// The registry's revision.
    pub revision: i64,
    /// For whom.
    pub audience: String,
    /// What sort of thing the report is about.
    pub subject_kind: SubjectKind,
    /// Its key: a code, `VN-FR`, `2017`.
    pub subject: String,
    /// Who publishes the report.
    pub publisher: String,
    /// The first page's head.
    pub cover: Cover,
    /// What stands above, below and after the pages.
    pub frame: Frame,
    /// The sections, in order.
    pub sections: Vec<Section>,
}

/// The head of the first page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cover {
    /// Above the title: what sort of report, by whom.
    pub kicker: String,
    /// The title.
    pub title: Rich,
    /// Below it: acronym, period.
    pub subtitle: Rich,
    /// A warning that must not be missed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// The few figures that say most.
    pub tiles: Vec<Tile>,
}

/// A figure with its label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tile {
    /// What it is.
    pub label: String,
    /// The figure, in words where there is none.
    pub figure: Rich,
    /// What else is to be said of it.
    #[serde(default, skip_serializing_if = "Rich::is_empty")]
    pub note: Rich,
}

/// What surrounds the pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The short title at the top of every page but the first.
    pub header: String,
    /// The mark beside it on every page, if the programme is made up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// At the foot of every page.
    pub footer: String,
    /// The page number's wording, with `{page}` and `{pages}` in it.
    pub page: String,
    /// The heading of the table of contents.
    pub contents: String,
    /// What is said at the end of the attachment, with `{hash}` in it.
    pub colophon: String,
    /// The attachment's description.
    pub attachment: String,
}

/// A part of the report under a heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Its name in the definition.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// How a paragraph speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// Running text.
    Body,
    /// A remark in small type.
    Note,
    /// A statement that is set off, such as a funder's acknowledgement.
    Statement,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading within the section.
    Heading(Rich),
    /// A paragraph.
    Paragraph {
        /// How it speaks.
        voice: Voice,
        /// What it says.
        text: Rich,
    },
    /// Labels with what they stand for.
    Facts(Vec<Fact>),
    /// Items, numbered where they have numbers.
    List(Vec<Item>),
    /// A table.
    Table(Table),
    /// A picture.
    Figure(Figure),
}

/// A label with what it stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// The label.
    pub label: String,
    /// The values, each on a line of its own.
    pub values: Vec<Rich>,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its number or bullet.
    pub label: String,
    /// The name by which links reach it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// What it says.
    pub text: Rich,
}
