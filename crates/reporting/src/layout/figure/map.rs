//! Maps: lands in light tints, a mark for each place, and the list of the places beside or below.
//!
//! A map is as wide as two of the three columns of the text block, or as all of them. The list takes what is left: the column
//! beside the map, then three columns below it, then further pieces.

mod labels;
mod list;
mod outline;
mod projection;
mod spots;

#[cfg(test)]
mod tests;

use super::{HIGHEST, Sketch};
use crate::{
    ReportError,
    brand::Colour,
    layout::{
        flow::Setter,
        style::{Sheet, WIDTH},
    },
    model::{Map, Region},
};
use labels::Ground;
use list::{Column, Cursor, Filled, List};
use outline::Outline;
use projection::{Degrees, Projection};

/// A point of a sketch: how far to the right, how far down.
type Point = (f32, f32);

const WHITE: Colour = Colour([0xFF; 3]);
/// How many columns the text block is divided into.
const COLUMNS: u8 = 3;
/// Between two columns.
const GUTTER: f32 = 16.0;
/// The width of a column.
const COLUMN: f32 = (WIDTH - 2.0 * GUTTER) / 3.0;
/// Between the map and what stands below it.
const BELOW: f32 = 10.0;
/// Less room than this is not worth beginning columns in.
const LEAST: f32 = 36.0;
/// The country that a map of Vietnam is of.
const VIETNAM: &str = "VN";

/// Sketches a map; a list that is too long for one piece goes on in further ones.
pub(super) fn draw(setter: &mut Setter, map: &Map) -> Result<Vec<Sketch>, ReportError> {
    let outline = outline::of(map.region)?;
    let beside = map.region != Region::World;
    let projection = Projection::new(map.region, outline.area, width(map.region));
    let places: Vec<Option<Degrees>> = map.places.iter().map(|p| projection.degrees(&p.at)).collect();
    let spots = spots::gather(&projection, &places, &map.places);

    let mut sketch = Sketch { height: projection.height, inks: Vec::new() };
    let dots = lands(&mut sketch, &setter.sheet, map.region, outline, &projection, &places);
    let mut ground = Ground::new((projection.width, projection.height), &spots, &dots);
    labels::names(setter, &mut sketch, &map.names, outline, &projection, &mut ground)?;
    spots::draw(&mut sketch, setter.sheet.accent, &spots);
    let numbered = labels::places(setter, &mut sketch, &map.places, &spots, &ground)?;

    // Where the map itself says all that a list would, there is none.
    let said = !numbered && places.iter().all(Option::is_some) && map.places.iter().all(|p| p.figure.is_empty());
    if said {
        return Ok(vec![sketch]);
    }
    let list = List::new(setter, &map.places, numbered, COLUMN)?;
    Ok(with_list(sketch, &list, beside))
}

/// How wide a map is: as wide as leaves a column beside it, and not so high that it takes half a page.
fn width(region: Region) -> f32 {
    match region {
        Region::Vietnam => (2.0 * COLUMN + GUTTER) * 0.8,
        Region::SoutheastAsia => 2.0 * COLUMN + GUTTER,
        Region::World => WIDTH,
    }
}

/// Draws the lands, those that the map is about darker than the others, and gives the islets that it drew.
fn lands(
    sketch: &mut Sketch,
    sheet: &Sheet,
    region: Region,
    outline: &Outline,
    projection: &Projection,
    places: &[Option<Degrees>],
) -> Vec<(Point, f32)> {
    let mut dark: Vec<bool> = outline.lands.iter().map(|land| region == Region::Vietnam && land.code == VIETNAM).collect();
    if region != Region::Vietnam {
        for land in places.iter().flatten().filter_map(|at| outline.land_of(*at)) {
            dark[land] = true;
        }
    }
    // Marks on a map of the world stand for the whole of an archipelago: smaller dots show it better.
    let islet = if region == Region::World { 0.5 } else { 0.9 };
    outline.draw(sketch, sheet.ink, projection, &dark, islet)
}

/// Puts the list where there is room for it.
fn with_list(mut sketch: Sketch, list: &List, beside: bool) -> Vec<Sketch> {
    let mut at = Cursor::default();
    if beside {
        let column = Column { x: 2.0 * (COLUMN + GUTTER), top: 0.0, bottom: sketch.height };
        let filled = list.fill(at, &[column]);
        at = filled.next;
        list.draw(&mut sketch, &filled);
    }
    let top = sketch.height + BELOW;
    if !list.ends(at) && HIGHEST - top >= LEAST {
        let filled = balanced(list, at, top);
        at = filled.next;
        sketch.height = sketch.height.max(filled.lowest);
        list.draw(&mut sketch, &filled);
    }
    let mut sketches = vec![sketch];
    while !list.ends(at) {
        let filled = balanced(list, at, 0.0);
        at = filled.next;
        let mut more = Sketch { height: filled.lowest, inks: Vec::new() };
        list.draw(&mut more, &filled);
        sketches.push(more);
    }
    sketches
}

/// Three columns of about one height that take all that is left, or as much as there is room for.
fn balanced(list: &List, from: Cursor, top: f32) -> Filled {
    /// By how much columns grow until they suffice.
    const STEP: f32 = 4.0;
    let room = HIGHEST - top;
    let mut height = (list.height(from) / f32::from(COLUMNS)).max(LEAST).min(room);
    loop {
        let columns: Vec<Column> =
            (0..COLUMNS).map(|i| Column { x: f32::from(i) * (COLUMN + GUTTER), top, bottom: top + height }).collect();
        let filled = list.fill(from, &columns);
        if list.ends(filled.next) || height >= room {
            return filled;
        }
        height = (height + STEP).min(room);
    }
}
