//! Maps: lands in light tints, a mark for each place, and the list of the places beside or below.
//!
//! A map is as wide as two of the three columns of the text block, or as all of them. The list takes what is left: the column
//! beside the map, then three columns below it, then further pieces. Where places crowd in a part of a map, that part is drawn
//! large, and the wider map small in the column beside it, for the places that lie elsewhere.

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
        Segment,
        flow::Setter,
        style::{Sheet, WIDTH},
    },
    model::{Map, Region},
};
use labels::Ground;
use list::{Column, Cursor, Filled, List};
use outline::Outline;
use projection::{Degrees, Projection};
use spots::Spot;

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
/// How much longer than its map a list beside it may be.
const LONGER: f32 = 44.0;
/// Less room than this is not worth beginning columns in.
const LEAST: f32 = 36.0;
/// The country that a map of Vietnam is of.
const VIETNAM: &str = "VN";

/// A view of a part of the world, with the places that no closer view shows.
struct View {
    region: Region,
    outline: &'static Outline,
    projection: Projection,
    /// For each place where it lies, if this view shows it.
    places: Vec<Option<Degrees>>,
    spots: Vec<Spot>,
    ground: Ground,
    sketch: Sketch,
}

/// Sketches a map at a share of its usual size; a list that is too long for one piece goes on in further ones.
pub(super) fn draw(setter: &mut Setter, map: &Map, scale: f32) -> Result<Vec<Sketch>, ReportError> {
    let mut views = views(setter, map, scale)?;
    if let Some(closest) = views.first_mut() {
        labels::names(setter, &mut closest.sketch, &map.names, closest.outline, &closest.projection, &mut closest.ground)?;
    }
    for view in &mut views {
        spots::draw(&mut view.sketch, setter.sheet.accent, &view.spots);
    }
    let numbered = labels::places(setter, &map.places, &mut views)?;
    let shown = |i: usize| views.iter().any(|view| view.places[i].is_some());
    // Where the map itself says all that a list would, there is none.
    let said = !numbered && map.places.iter().enumerate().all(|(i, place)| shown(i) && place.figure.is_empty());
    let side = Side::beside(&views[0], scale < 1.0);
    let beside = views[0].region != Region::World;
    let (sketch, top) = joined(views, &side);
    if said {
        return Ok(vec![sketch]);
    }
    let list = List::new(setter, &map.places, numbered, side.width)?;
    Ok(with_list(sketch, &list, beside.then_some((side, top))))
}

/// The views, the closest first: each place is a matter of the first that shows it.
fn views(setter: &Setter, map: &Map, scale: f32) -> Result<Vec<View>, ReportError> {
    let mut views: Vec<View> = Vec::with_capacity(map.insets.len() + 1);
    for (k, region) in map.insets.iter().rev().chain([&map.region]).enumerate() {
        let outline = outline::of(*region)?;
        let width = if k == 0 { width(*region) * scale } else { COLUMN };
        let projection = Projection::new(*region, outline.area, width);
        let all: Vec<Option<Degrees>> = map.places.iter().map(|p| projection.degrees(&p.at)).collect();
        let own = |i: usize| all[i].filter(|_| views.iter().all(|closer| closer.places[i].is_none()));
        let places: Vec<Option<Degrees>> = (0..all.len()).map(own).collect();
        // A wider view without places of its own would say nothing.
        if k > 0 && places.iter().all(Option::is_none) {
            continue;
        }
        let spots = spots::gather(&projection, &places, &map.places);
        let mut sketch = Sketch { height: projection.height, inks: Vec::new() };
        let dots = lands(&mut sketch, &setter.sheet, *region, outline, &projection, &all);
        let mut ground = Ground::new((projection.width, projection.height), &spots, &dots);
        if let Some(closer) = views.last() {
            frame(&mut sketch, setter.sheet.accent, &projection, closer.outline, &mut ground);
        }
        views.push(View { region: *region, outline, projection, places, spots, ground, sketch });
    }
    Ok(views)
}

/// A frame around what a closer view shows.
fn frame(sketch: &mut Sketch, colour: Colour, projection: &Projection, closer: &Outline, ground: &mut Ground) {
    let area = closer.area;
    let corners = [(area.west, area.north), (area.east, area.north), (area.east, area.south), (area.west, area.south)];
    let corners = corners.map(|at| projection.place(at));
    let line = |(i, (x, y)): (usize, Point)| if i == 0 { Segment::Move(x, y) } else { Segment::Line(x, y) };
    let course = corners.into_iter().enumerate().map(line).chain([Segment::Close]).collect();
    for (i, corner) in corners.into_iter().enumerate() {
        ground.keep_off(corner, corners[(i + 1) % corners.len()]);
    }
    sketch.path(course, None, Some((colour, 0.7)));
}

/// The columns beside a map.
struct Side {
    x: f32,
    width: f32,
    count: u8,
}

impl Side {
    /// Beside a usual map one column, and beside one that is drawn smaller as many as there is room for.
    fn beside(closest: &View, smaller: bool) -> Self {
        /// The least width of a column of which there are several.
        const NARROW: f32 = 100.0;
        let free = WIDTH - closest.projection.width - GUTTER;
        if smaller && free >= 2.0 * NARROW + GUTTER {
            return Self { x: WIDTH - free, width: ((free - GUTTER) / 2.0).min(COLUMN), count: 2 };
        }
        Self { x: 2.0 * (COLUMN + GUTTER), width: COLUMN, count: 1 }
    }

    /// Its columns, the first of which begins lower.
    fn columns(&self, top: f32, bottom: f32) -> Vec<Column> {
        let column =
            |i: u8| Column { x: self.x + f32::from(i) * (self.width + GUTTER), top: if i == 0 { top } else { 0.0 }, bottom };
        (0..self.count).map(column).collect()
    }
}

/// The closest view with the others at the top of the column beside it, and where that column is filled to.
fn joined(views: Vec<View>, side: &Side) -> (Sketch, f32) {
    let mut views = views.into_iter().map(|view| view.sketch);
    let mut sketch = views.next().unwrap_or_default();
    let mut top = 0.0;
    for view in views {
        let height = view.height;
        let x = side.x + (side.width - COLUMN).min(0.0);
        sketch.append(view, x, top);
        top += height + BELOW;
    }
    sketch.height = sketch.height.max(top);
    (sketch, top)
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

/// Puts the list where there is room for it: beside the map, below `top` in the first column, then below it.
fn with_list(mut sketch: Sketch, list: &List, beside: Option<(Side, f32)>) -> Vec<Sketch> {
    let mut at = Cursor::default();
    if let Some((side, top)) = beside {
        let filled = list.fill(at, &side.columns(top, sketch.height));
        // A few entries more are rather added to the columns than set below the map.
        let longer = list.fill(at, &side.columns(top, sketch.height + LONGER));
        let filled = if list.ends(filled.next) || !list.ends(longer.next) { filled } else { longer };
        at = filled.next;
        sketch.height = sketch.height.max(filled.lowest);
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
