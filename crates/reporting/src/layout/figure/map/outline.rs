//! Outlines of lands: read from `reports/maps`, asked what lies where, drawn. What the files hold is told in
//! `reports/maps/LICENCE.md`.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{
    Point, WHITE,
    projection::{Area, Degrees, Projection},
};
use crate::{
    ReportError,
    brand::Colour,
    layout::{Rect, Segment, figure::Sketch},
    model::Region,
    shelf::Shelf,
};

/// How dark lands are that a map is about, those around them, and islets, which are too small to be seen in a light tint.
const DARK: f32 = 0.26;
const LIGHT: f32 = 0.11;
const ISLET: f32 = 0.6;
/// The width of a border.
const BORDER: f32 = 0.5;

/// A file of outlines. Lines are flat lists of whole numbers: longitude and latitude of the first point, then the steps from
/// point to point.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// How many of the numbers make a degree.
    units: u16,
    /// West, south, east, north.
    #[serde(rename = "box")]
    area: [i32; 4],
    lands: Vec<FileLand>,
    borders: Vec<Vec<i32>>,
    islets: Vec<FileIslets>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileLand {
    code: String,
    rings: Vec<Vec<i32>>,
}

/// A group of islets. Its name and its country are for those who read the file.
#[derive(Debug, Deserialize)]
struct FileIslets {
    points: Vec<i32>,
}

/// The lands of a map.
#[derive(Debug)]
pub(super) struct Outline {
    /// What it shows.
    pub(super) area: Area,
    /// The lands.
    pub(super) lands: Vec<Land>,
    /// Lines between two lands.
    borders: Vec<Vec<Degrees>>,
    /// Islands too small for an outline.
    islets: Vec<Degrees>,
}

/// A country, or as much of it as the map shows.
#[derive(Debug)]
pub(super) struct Land {
    /// ISO 3166-1 alpha-2; empty where there is none.
    pub(super) code: String,
    rings: Vec<Vec<Degrees>>,
}

/// The outline of a region, read once.
pub(super) fn of(region: Region) -> Result<&'static Outline, ReportError> {
    static READ: [OnceLock<Result<Outline, String>>; 3] = [const { OnceLock::new() }; 3];
    let (index, file) = match region {
        Region::Vietnam => (0, "maps/vietnam.json"),
        Region::SoutheastAsia => (1, "maps/southeast-asia.json"),
        Region::World => (2, "maps/world.json"),
    };
    let make = || {
        let missing = || "the program was built without it: make it with scripts/make-maps".to_owned();
        Shelf::builtin().bytes(file).ok_or_else(missing).and_then(|bytes| read(&bytes))
    };
    READ[index].get_or_init(make).as_ref().map_err(|reason| ReportError::File { file: file.to_owned(), reason: reason.clone() })
}

/// Reads a file of outlines.
pub(super) fn read(bytes: &[u8]) -> Result<Outline, String> {
    let file: File = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    let unit = 1.0 / f32::from(file.units.max(1));
    let [west, south, east, north] = file.area.map(|n| n as f32 * unit);
    let area = Area { west, south, east, north };
    if west >= east || south >= north || north - south > 180.0 || east - west > 360.0 {
        return Err(format!("its box {:?} is not west, south, east and north", file.area));
    }
    let line = |steps: &Vec<i32>| line(steps, unit, area);
    let lines = |all: &[Vec<i32>]| all.iter().map(line).collect::<Result<Vec<_>, _>>();
    let land = |l: FileLand| Ok::<_, String>(Land { rings: lines(&l.rings)?, code: l.code });
    let islets: Vec<Vec<Degrees>> = file.islets.iter().map(|group| line(&group.points)).collect::<Result<_, _>>()?;
    Ok(Outline {
        area,
        lands: file.lands.into_iter().map(land).collect::<Result<_, _>>()?,
        borders: lines(&file.borders)?,
        islets: islets.concat(),
    })
}

/// The points of a line. One outside the box would be drawn outside the map.
fn line(steps: &[i32], unit: f32, area: Area) -> Result<Vec<Degrees>, String> {
    let (mut east, mut north) = (0i64, 0i64);
    let points = steps.chunks(2).map(|step| {
        let [x, y] = step else { return Err("a line has an odd number of numbers".to_owned()) };
        (east, north) = (east + i64::from(*x), north + i64::from(*y));
        let point = (east as f32 * unit, north as f32 * unit);
        if area.has(point) { Ok(point) } else { Err(format!("the point {point:?} lies outside the box")) }
    });
    points.collect()
}

impl Outline {
    /// The land that a place lies in. Coasts are simplified, so a port may stand in the sea: it belongs to the land whose
    /// coast is nearest, if that is near.
    pub(super) fn land_of(&self, at: Degrees) -> Option<usize> {
        /// In degrees.
        const NEAR: f32 = 0.6;
        let distance = |land: &Land| {
            let points = land.rings.iter().flatten().map(|p| (p.0 - at.0).hypot(p.1 - at.1));
            points.fold(f32::INFINITY, f32::min)
        };
        self.lands.iter().position(|land| land.has(at)).or_else(|| {
            let near = self.lands.iter().map(distance).enumerate().filter(|(_, d)| *d < NEAR);
            near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(land, _)| land)
        })
    }

    /// All its land as it lies on a map.
    pub(super) fn shores(&self, projection: &Projection) -> Shores {
        let rings = self.lands.iter().flat_map(|land| &land.rings);
        Shores(rings.map(|ring| ring.iter().map(|point| projection.place(*point)).collect()).collect())
    }

    /// Draws lands, borders and islets; `dark` says of each land whether the map is about it. Gives the islets' places and
    /// sizes.
    pub(super) fn draw(
        &self,
        sketch: &mut Sketch,
        ink: Colour,
        projection: &Projection,
        dark: &[bool],
        islet: f32,
    ) -> Vec<(Point, f32)> {
        for (land, dark) in self.lands.iter().zip(dark) {
            let rings = land.rings.iter().flat_map(|ring| course(ring, projection).chain([Segment::Close]));
            sketch.path(rings.collect(), Some(tint(ink, if *dark { DARK } else { LIGHT })), None);
        }
        let borders: Vec<Segment> = self.borders.iter().flat_map(|line| course(line, projection)).collect();
        sketch.path(borders, None, Some((WHITE, BORDER)));
        let mut dots = Vec::new();
        for point in &self.islets {
            let (x, y) = projection.place(*point);
            let at = (x.clamp(islet, projection.width - islet), y.clamp(islet, projection.height - islet));
            sketch.circle(at, islet, Some(tint(ink, ISLET)), None);
            dots.push((at, islet));
        }
        dots
    }
}

impl Land {
    /// Whether a place lies in it.
    pub(super) fn has(&self, at: Degrees) -> bool {
        inside(&self.rings, at)
    }
}

/// Whether a point lies within rings: a line from there to the right leaves them once more than it enters them.
fn inside(rings: &[Vec<(f32, f32)>], (x, y): (f32, f32)) -> bool {
    let edges = rings.iter().flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)));
    let crossed = edges.filter(|(a, b)| (a.1 > y) != (b.1 > y) && x < a.0 + (b.0 - a.0) * (y - a.1) / (b.1 - a.1));
    crossed.count() % 2 == 1
}

/// Land as it lies on a map, for words that had better stand in the water.
pub(super) struct Shores(Vec<Vec<Point>>);

impl Shores {
    /// Whether a rectangle is free of land: no shore goes through it, and its middle lies in the water.
    pub(super) fn spare(&self, rect: Rect) -> bool {
        let (right, bottom) = (rect.x + rect.width, rect.y + rect.height);
        let holds = |p: &Point| p.0 >= rect.x && p.0 <= right && p.1 >= rect.y && p.1 <= bottom;
        !self.0.iter().flatten().any(holds) && !inside(&self.0, (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0))
    }
}

/// The steps along a line, without those that are too short to be seen.
fn course(line: &[Degrees], projection: &Projection) -> impl Iterator<Item = Segment> {
    /// In points.
    const SEEN: f32 = 0.6;
    let mut from: Option<Point> = None;
    line.iter().enumerate().filter_map(move |(i, point)| {
        let (x, y) = projection.place(*point);
        let far = from.is_none_or(|from| (from.0 - x).hypot(from.1 - y) >= SEEN);
        // A line ends where it ends: lands meet there.
        let step = (far || i + 1 == line.len()).then_some(if i == 0 { Segment::Move(x, y) } else { Segment::Line(x, y) });
        from = step.map(|_| (x, y)).or(from);
        step
    })
}

/// A colour thinned with white.
fn tint(colour: Colour, share: f32) -> Colour {
    Colour(colour.0.map(|part| (255.0 - (255.0 - f32::from(part)) * share).round() as u8))
}
