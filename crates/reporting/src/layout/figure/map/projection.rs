//! From degrees to points.

use ketnoi_domain::{Coordinates, Decimal};

use super::Point;
use crate::model::Region;

/// A place on the earth: degrees east, degrees north. East of a map's cut, longitudes go on beyond 180.
pub(super) type Degrees = (f32, f32);

/// What a map shows, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) west: f32,
    pub(super) south: f32,
    pub(super) east: f32,
    pub(super) north: f32,
}

impl Area {
    /// Whether it has a place, its edges included.
    pub(super) fn has(&self, (east, north): Degrees) -> bool {
        (self.west..=self.east).contains(&east) && (self.south..=self.north).contains(&north)
    }

    fn middle(&self) -> Degrees {
        ((self.west + self.east) / 2.0, (self.south + self.north) / 2.0)
    }
}

/// How degrees become points of a sketch.
#[derive(Clone, Debug)]
pub(super) struct Projection {
    region: Region,
    area: Area,
    scale: f32,
    left: f32,
    top: f32,
    /// How wide the map is.
    pub(super) width: f32,
    /// How high it is.
    pub(super) height: f32,
}

impl Projection {
    /// The projection of an area to a width: Robinson's for the world, and one in which distances in the middle are true in
    /// all directions for a part of it.
    pub(super) fn new(region: Region, area: Area, width: f32) -> Self {
        let mut made = Self { region, area, scale: 1.0, left: 0.0, top: 0.0, width, height: 0.0 };
        // Robinson's map is widest at the equator.
        let (west, east) = (made.raw((area.west, 0.0)).0, made.raw((area.east, 0.0)).0);
        let (south, north) = (made.raw((0.0, area.south)).1, made.raw((0.0, area.north)).1);
        (made.scale, made.left, made.top) = (width / (east - west), west, north);
        made.height = (north - south) * made.scale;
        made
    }

    /// Where a place lies, if the map shows it.
    pub(super) fn degrees(&self, at: &Coordinates) -> Option<Degrees> {
        let (mut east, north) = (number(at.longitude), number(at.latitude));
        if east < self.area.west {
            east += 360.0;
        }
        Some((east, north)).filter(|place| self.area.has(*place))
    }

    /// Where a place stands on the map.
    pub(super) fn place(&self, at: Degrees) -> Point {
        let (x, y) = self.raw(at);
        // Rounding could put a place at the edge a hair outside of it.
        (((x - self.left) * self.scale).clamp(0.0, self.width), ((self.top - y) * self.scale).clamp(0.0, self.height))
    }

    fn raw(&self, (east, north): Degrees) -> (f32, f32) {
        let (middle, parallel) = self.area.middle();
        match self.region {
            Region::Vietnam | Region::SoutheastAsia => (east * parallel.to_radians().cos(), north),
            Region::World => {
                let (length, distance) = robinson(north);
                (0.8487 * length * (east - middle).to_radians(), 1.3523 * distance.copysign(north))
            }
        }
    }
}

fn number(decimal: Decimal) -> f32 {
    (decimal.coefficient() as f64 / 10f64.powi(decimal.scale().into())) as f32
}

/// How long a parallel is beside the equator, and how far from it, in Robinson's projection.
fn robinson(north: f32) -> (f32, f32) {
    /// For every fifth degree; these numbers are the projection's definition.
    const TABLE: [(f32, f32); 19] = [
        (1.0, 0.0),
        (0.9986, 0.062),
        (0.9954, 0.124),
        (0.99, 0.186),
        (0.9822, 0.248),
        (0.973, 0.31),
        (0.96, 0.372),
        (0.9427, 0.434),
        (0.9216, 0.4958),
        (0.8962, 0.5571),
        (0.8679, 0.6176),
        (0.835, 0.6769),
        (0.7986, 0.7346),
        (0.7597, 0.7903),
        (0.7186, 0.8435),
        (0.6732, 0.8936),
        (0.6213, 0.9394),
        (0.5722, 0.9761),
        (0.5322, 1.0),
    ];
    let step = (north.abs() / 5.0).min(18.0);
    let below = (step.floor() as usize).min(TABLE.len() - 2);
    let (a, b, share) = (TABLE[below], TABLE[below + 1], step - below as f32);
    (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)
}
