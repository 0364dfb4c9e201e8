//! Marks: a circle for each spot, whose area says how much there is.

use super::{
    Point, WHITE,
    projection::{Degrees, Projection},
};
use crate::{brand::Colour, layout::figure::Sketch, model::MapPlace};

/// Places that lie nearer to each other than this share a mark.
const SAME: f32 = 2.0;
/// The radius of a mark of weight one, of the largest mark, and of the smallest that can still be seen.
const ONE: f32 = 2.6;
const LARGEST: f32 = 8.0;
const SMALLEST: f32 = 1.4;
/// The white rim, which keeps marks apart that overlap.
const RIM: f32 = 0.8;

/// A mark with its places.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Its middle.
    pub(super) at: Point,
    /// How far its rim reaches.
    pub(super) radius: f32,
    /// The places, by their indices.
    pub(super) places: Vec<usize>,
    weight: u64,
}

/// The spots of the places that the map shows.
pub(super) fn gather(projection: &Projection, places: &[Option<Degrees>], all: &[MapPlace]) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    for (i, (at, place)) in places.iter().zip(all).enumerate() {
        let Some(at) = at.map(|at| projection.place(at)) else { continue };
        let near = |spot: &&mut Spot| (spot.at.0 - at.0).hypot(spot.at.1 - at.1) < SAME;
        match spots.iter_mut().find(near) {
            Some(spot) => {
                spot.places.push(i);
                spot.weight = spot.weight.saturating_add(place.weight.into());
            }
            None => spots.push(Spot { at, radius: 0.0, places: vec![i], weight: place.weight.into() }),
        }
    }
    let most = spots.iter().map(|s| s.weight).max().unwrap_or_default().max(1);
    // Where the heaviest would be too large, all of them shrink: areas still compare.
    let one = ONE.min(LARGEST / (most as f32).sqrt());
    for spot in &mut spots {
        spot.radius = (one * (spot.weight as f32).sqrt()).max(SMALLEST) + RIM;
        // A mark at the edge is moved in rather than cut.
        let within = |v: f32, end: f32| v.clamp(spot.radius, end - spot.radius);
        spot.at = (within(spot.at.0, projection.width), within(spot.at.1, projection.height));
    }
    spots
}

/// Draws the marks, small ones on top of large ones.
pub(super) fn draw(sketch: &mut Sketch, colour: Colour, spots: &[Spot]) {
    let mut order: Vec<&Spot> = spots.iter().collect();
    order.sort_by(|a, b| b.radius.total_cmp(&a.radius));
    for spot in order {
        sketch.circle(spot.at, spot.radius, Some(WHITE), None);
        sketch.circle(spot.at, spot.radius - RIM, Some(colour), None);
    }
}
