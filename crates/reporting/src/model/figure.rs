//! Pictures of figures, as data: what is drawn, what it says, and the words for those who hear it read. Every value that a
//! picture shows also stands in words, in the picture or in a table beside it.

use ketnoi_domain::{Coordinates, Decimal};
use serde::{Deserialize, Serialize};

use super::Rich;
use crate::brand::Colour;

/// A picture with what it shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What it shows; printed above it.
    pub caption: String,
    /// What it shows in words, for those who hear it read: not how it looks, but what it says.
    pub alternative: String,
    /// What is drawn.
    pub drawing: Drawing,
    /// Where its figures or its outlines come from; printed below it in small type.
    #[serde(default, skip_serializing_if = "Rich::is_empty")]
    pub note: Rich,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drawing {
    /// Lengths on one scale.
    Bars(Bars),
    /// Stretches of time.
    TimeLine(TimeLine),
    /// How far things have come.
    Steps(Steps),
    /// Where things are.
    Map(Map),
    /// The emblems of funders, side by side.
    Emblems(Vec<Emblem>),
}

/// Horizontal bars on one scale, which begins at nought. Amounts of unlike currencies are never on one scale: that is one
/// picture for each currency.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bars {
    /// What the parts of a bar are, where they have more than one; the key above the bars names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<String>,
    /// What the tick across a bar stands for, such as the target; named in the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// The bars, the first on top.
    pub bars: Vec<Bar>,
    /// The end of the scale, where it is more than the longest bar: 100 for shares of a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Decimal>,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// What it is of.
    pub label: Rich,
    /// Its parts, from the left; as many as there are series, or one. A negative part is drawn as nought and its words stay.
    pub parts: Vec<Part>,
    /// Where the tick stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Decimal>,
    /// What is printed at its end: the figure in words.
    pub figure: String,
    /// Whether it is set off from the others: a winner, a total.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strong: bool,
}

/// A part of a bar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// How long it is.
    pub value: Decimal,
    /// What is printed in it, if there is room.
    pub figure: String,
}

/// Stretches of time on one scale of years.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TimeLine {
    /// What happened, in order.
    pub items: Vec<Stretch>,
}

/// A stretch or a point of time, in days since 1970-01-01.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// What it is.
    pub label: Rich,
    /// Its first day.
    pub from: i32,
    /// Its last day; the same as the first for a point.
    pub to: i32,
    /// Whether nobody knows when it ended: it is then drawn fading out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
    /// What is printed beside it: the dates in words.
    pub figure: String,
}

/// Rows of steps that were taken one after the other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Steps {
    /// The steps, the first on the left.
    pub steps: Vec<String>,
    /// What takes them.
    pub rows: Vec<StepRow>,
}

/// How far something has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepRow {
    /// What it is.
    pub label: Rich,
    /// For each step nothing, or that it was reached; with words such as the date, or none where nobody knows when.
    pub reached: Vec<Option<String>>,
}

/// Which part of the world a map shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// Vietnam, with its islands.
    Vietnam,
    /// Southeast Asia.
    SoutheastAsia,
    /// The world.
    World,
}

/// Places on a map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Map {
    /// What part of the world.
    pub region: Region,
    /// Smaller parts of it in which many places lie, from the largest to the smallest. The last is drawn largest; the others
    /// and the region itself stand beside it and bear the places that it has not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub insets: Vec<Region>,
    /// Names of waters and islands that the map has to bear, each at its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<MapName>,
    /// The places, in the order of their numbers. Those that the map itself does not name are in a list beside it.
    pub places: Vec<MapPlace>,
}

/// A name that stands on a map by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapName {
    /// The name.
    pub text: String,
    /// Its middle.
    pub at: Coordinates,
}

/// A place on a map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapPlace {
    /// Its name.
    pub label: Rich,
    /// Where it lies.
    pub at: Coordinates,
    /// What is printed in the list after the name, such as how many projects; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub figure: String,
    /// How much there is of it, which makes its mark larger; one if all are alike.
    pub weight: u32,
}

/// The emblem of a funder, or the place for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Emblem {
    /// What it is, for those who hear it read; printed in its place where there is no art.
    pub name: String,
    /// The art; none where nobody supplied it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub art: Option<Artwork>,
}

/// A vector picture in its own measure, `y` downwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Artwork {
    /// How wide.
    pub width: f32,
    /// How high.
    pub height: f32,
    /// Its shapes, the lowest first.
    pub shapes: Vec<ArtShape>,
}

/// A shape of one colour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArtShape {
    /// The colour inside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill: Option<Colour>,
    /// The colour along it, and how wide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stroke: Option<(Colour, f32)>,
    /// Its outline.
    pub steps: Vec<ArtStep>,
}

/// A step of an outline.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum ArtStep {
    /// Begins anew at a point.
    #[serde(rename = "M")]
    Move(f32, f32),
    /// Straight to a point.
    #[serde(rename = "L")]
    Line(f32, f32),
    /// Along a cubic curve: two handles, then the point.
    #[serde(rename = "C")]
    Curve([f32; 6]),
    /// Back to where it began.
    #[serde(rename = "Z")]
    Close,
}
