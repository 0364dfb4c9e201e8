//! Words on a map: names of waters and islands, and at each mark its place's name or number. Each is put at the first of a few
//! positions where it covers neither a mark nor another word.

use std::f32::consts::{FRAC_1_SQRT_2 as DIAGONAL, TAU};

use super::{
    Point, View, WHITE,
    outline::{Outline, Shores},
    projection::Projection,
    spots::Spot,
};
use crate::{
    ReportError,
    layout::{
        Rect,
        figure::Sketch,
        flow::{Lines, Setter},
        style::Setting,
    },
    model::{MapName, MapPlace, Rich, Span, Style},
};

/// Between a mark and its word.
const GAP: f32 = 1.6;
/// The lengths of leaders, where no position beside the mark is free.
const LEADERS: [f32; 6] = [7.0, 12.0, 18.0, 26.0, 36.0, 48.0];
/// How often marks are joined under the same words before the rest go without.
const ROUNDS: usize = 60;
/// How wide a leader is drawn.
const LEADER: f32 = 0.4;
/// With more places than these, a map bears numbers instead of names; so it does for names that are wider than this.
const NAMED: usize = 12;
const WIDEST: f32 = 96.0;
/// Where a name of a water or an island is broken.
const BREAK: f32 = 120.0;
/// Around a mark, in order of preference.
const DIRECTIONS: [(f32, f32); 8] = [
    (1.0, 0.0),
    (DIAGONAL, -DIAGONAL),
    (DIAGONAL, DIAGONAL),
    (-1.0, 0.0),
    (-DIAGONAL, -DIAGONAL),
    (-DIAGONAL, DIAGONAL),
    (0.0, -1.0),
    (0.0, 1.0),
];

/// Around the place of a name of a water or an island, in sixteenths of a turn from the right: below and above first, as
/// islands bear their names.
const AROUND: [u8; 16] = [4, 12, 0, 8, 2, 14, 6, 10, 1, 15, 7, 9, 3, 5, 11, 13];
/// A name that had to go farther than this from its place is led there by a line.
const FAR: f32 = 14.0;

/// What is already taken on a map. The first circles are the marks, in their order; the others are islets.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    size: (f32, f32),
    marks: usize,
    circles: Vec<(Point, f32)>,
    words: Vec<Rect>,
}

/// Where a word goes.
struct Found {
    rect: Rect,
    leader: Option<(Point, Point)>,
    /// Whether it stands on its mark.
    inside: bool,
}

impl Ground {
    /// The ground of a map with its marks and islets.
    pub(super) fn new(size: (f32, f32), spots: &[Spot], islets: &[(Point, f32)]) -> Self {
        let circles = spots.iter().map(|s| (s.at, s.radius)).chain(islets.iter().copied()).collect();
        Self { size, marks: spots.len(), circles, words: Vec::new() }
    }

    /// Whether nothing but perhaps one mark lies under a rectangle.
    fn is_free(&self, rect: Rect, but: Option<usize>) -> bool {
        let inside = rect.x >= 0.0 && rect.y >= 0.0 && rect.x + rect.width <= self.size.0 && rect.y + rect.height <= self.size.1;
        inside
            && self.words.iter().all(|word| apart(*word, rect))
            && self.circles.iter().enumerate().all(|(i, circle)| Some(i) == but || clear(*circle, rect))
    }

    /// The first free position for a word at a mark.
    fn find(&self, index: usize, spot: &Spot, size: (f32, f32), digits: bool) -> Option<Found> {
        let inside = Rect { x: spot.at.0 - size.0 / 2.0, y: spot.at.1 - size.1 / 2.0, width: size.0, height: size.1 };
        // Digits are about two thirds as high as their line.
        if digits && (size.0 / 2.0).hypot(size.1 / 3.0) < spot.radius - 1.4 && self.is_free(inside, Some(index)) {
            return Some(Found { rect: inside, leader: None, inside: true });
        }
        let beside = |direction| rect_at(away(spot.at, direction, spot.radius + GAP), direction, size);
        let near = DIRECTIONS.into_iter().map(beside).find(|rect| self.is_free(*rect, None));
        let led =
            || LEADERS.into_iter().find_map(|length| DIRECTIONS.into_iter().find_map(|d| self.led(index, spot, d, length, size)));
        near.map(|rect| Found { rect, leader: None, inside: false }).or_else(led)
    }

    /// A position at the end of a line from the mark, if nothing lies under either.
    fn led(&self, index: usize, spot: &Spot, direction: (f32, f32), length: f32, size: (f32, f32)) -> Option<Found> {
        let from = away(spot.at, direction, spot.radius);
        let to = away(spot.at, direction, spot.radius + length);
        let rect = rect_at(away(to, direction, 0.8), direction, size);
        let free = self.is_free(rect, None) && beads(from, to).all(|bead| self.is_free(bead, Some(index)));
        free.then_some(Found { rect, leader: Some((from, to)), inside: false })
    }

    /// A position for the name of a water or an island: in the water and near its place, if there is one.
    fn name(&self, at: Point, (width, height): (f32, f32), shores: &Shores) -> Option<Rect> {
        let rect = move |(x, y): Point| Rect { x: x - width / 2.0, y: y - height / 2.0, width, height };
        let around = move || {
            let turn = |k: u8| (f32::from(k) * TAU / 16.0).sin_cos();
            let ring = move |i: u8| AROUND.into_iter().map(turn).map(move |(y, x)| away(at, (x, y), f32::from(i) * 3.0));
            (0..32).flat_map(ring).map(rect).filter(move |rect| self.is_free(*rect, None))
        };
        let marks = &self.circles[..self.marks.min(self.circles.len())];
        let unmarked = |bead: Rect| marks.iter().all(|circle| clear(*circle, bead));
        let unworded = |bead: Rect| self.words.iter().all(|word| apart(*word, bead));
        let led = |rect: &Rect, free: &dyn Fn(Rect) -> bool| {
            shores.spare(*rect) && leader(*rect, at).is_none_or(|(from, to)| beads(from, to).all(free))
        };
        // In the water at the best; with a line that runs below marks if need be; anywhere rather than nowhere.
        around()
            .find(|rect| led(rect, &|bead| unworded(bead) && unmarked(bead)))
            .or_else(|| around().find(|rect| led(rect, &unworded)))
            .or_else(|| around().next())
    }

    /// Keeps words off a line.
    pub(super) fn keep_off(&mut self, from: Point, to: Point) {
        self.words.extend(beads(from, to));
    }

    /// Remembers a word and its leader.
    fn take(&mut self, found: &Found) {
        self.words.push(found.rect);
        self.words.extend(found.leader.into_iter().flat_map(|(from, to)| beads(from, to)));
    }
}

/// Whether two rectangles do not overlap.
fn apart(a: Rect, b: Rect) -> bool {
    a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height
}

/// Whether a circle does not reach into a rectangle.
fn clear(((x, y), radius): (Point, f32), rect: Rect) -> bool {
    let (dx, dy) = (x - x.clamp(rect.x, rect.x + rect.width), y - y.clamp(rect.y, rect.y + rect.height));
    dx.hypot(dy) >= radius
}

fn away(at: Point, direction: (f32, f32), distance: f32) -> Point {
    (at.0 + direction.0 * distance, at.1 + direction.1 * distance)
}

/// A rectangle that begins at a point and lies in a direction from it.
fn rect_at(at: Point, direction: (f32, f32), (width, height): (f32, f32)) -> Rect {
    let share = |d: f32| {
        if d > 0.1 {
            0.0
        } else if d < -0.1 {
            1.0
        } else {
            0.5
        }
    };
    Rect { x: at.0 - width * share(direction.0), y: at.1 - height * share(direction.1), width, height }
}

/// The line from a name to the place that it is of, if that is far.
fn leader(rect: Rect, at: Point) -> Option<(Point, Point)> {
    let near = (at.0.clamp(rect.x, rect.x + rect.width), at.1.clamp(rect.y, rect.y + rect.height));
    ((near.0 - at.0).hypot(near.1 - at.1) > FAR).then_some((near, at))
}

/// Small squares along a line, close enough together that no word fits between two of them.
fn beads(from: Point, to: Point) -> impl Iterator<Item = Rect> {
    const SIZE: f32 = 0.8;
    let steps = ((from.0 - to.0).hypot(from.1 - to.1) / 2.0).ceil().clamp(1.0, 200.0) as u8;
    (0..=steps).map(move |i| {
        let share = f32::from(i) / f32::from(steps);
        let (x, y) = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
        Rect { x: x - SIZE / 2.0, y: y - SIZE / 2.0, width: SIZE, height: SIZE }
    })
}

/// Puts the names of waters and islands where the map has them, or as near to it as they cover nothing.
pub(super) fn names(
    setter: &mut Setter,
    sketch: &mut Sketch,
    names: &[MapName],
    outline: &Outline,
    projection: &Projection,
    ground: &mut Ground,
) -> Result<(), ReportError> {
    let detail = setter.sheet.detail();
    let setting = Setting { face: detail.emphasis, size: 7.5, leading: 10.2, ..detail };
    let shores = outline.shores(projection);
    for name in names {
        let Some(at) = projection.degrees(&name.at).map(|at| projection.place(at)) else { continue };
        let text = setter.lines(&name.text.as_str().into(), setting, BREAK)?;
        let size = extent(&text);
        let Some(rect) = ground.name(at, size, &shores) else { continue };
        let found = Found { rect, leader: leader(rect, at), inside: false };
        ground.take(&found);
        if let Some((from, to)) = found.leader {
            sketch.line(from, to, setter.sheet.muted, LEADER);
        }
        for (i, line) in text.lines.iter().enumerate() {
            let one = Lines { shaped: text.shaped.clone(), lines: vec![line.clone()] };
            sketch.text(one, rect.x + (size.0 - line.width) / 2.0, rect.y + i as f32 * text.leading());
        }
    }
    Ok(())
}

/// Puts a word at each mark of each view: the names if they are few and all find room, else the numbers. Says whether it was
/// the numbers.
pub(super) fn places(setter: &mut Setter, places: &[MapPlace], views: &mut [View]) -> Result<bool, ReportError> {
    let names = Setting { size: 7.5, leading: 10.2, ..setter.sheet.cell().stronger() };
    if places.len() <= NAMED {
        let named = views.iter().map(|view| named(setter, places, &view.spots, &view.ground, names));
        let placed: Option<Vec<_>> = named.collect::<Result<_, _>>()?;
        if let Some(placed) = placed {
            for (view, placed) in views.iter_mut().zip(placed) {
                for (text, found) in placed {
                    put(setter, &mut view.sketch, text, &found);
                }
            }
            return Ok(false);
        }
    }
    for view in views {
        numbers(setter, view)?;
    }
    Ok(true)
}

/// Puts a number at each mark. Where a mark finds no room for its own, it shares the words of the nearest that has some: a
/// place without its number could not be found.
fn numbers(setter: &mut Setter, view: &mut View) -> Result<(), ReportError> {
    let cell = setter.sheet.cell();
    // Digits have no marks above or below them: their lines may be close.
    let setting = Setting { size: 6.5, leading: 7.0, ..cell.stronger() };
    // The places whose numbers stand at each mark; none at a mark whose numbers stand at another.
    let mut borne: Vec<Vec<usize>> = view.spots.iter().map(|spot| spot.places.clone()).collect();
    let mut placed;
    let mut rounds = 0;
    loop {
        placed = Vec::new();
        let (mut ground, mut homeless) = (view.ground.clone(), None);
        for (i, spot) in view.spots.iter().enumerate().filter(|(i, _)| !borne[*i].is_empty()) {
            let text = setter.lines(&Rich::from(listed(&borne[i])), setting, f32::MAX)?;
            match ground.find(i, spot, extent(&text), true) {
                Some(found) => {
                    ground.take(&found);
                    placed.push((i, text, found));
                }
                None => homeless = homeless.or(Some(i)),
            }
        }
        rounds += 1;
        let Some(host) = homeless.and_then(|i| nearest(view, &borne, i)).filter(|_| rounds < ROUNDS) else { break };
        let Some(i) = homeless else { break };
        let mut more = std::mem::take(&mut borne[i]);
        borne[host].append(&mut more);
        borne[host].sort_unstable();
    }
    for (i, mut text, found) in placed {
        if found.inside {
            text = setter.lines(&Rich::from(listed(&borne[i])), setting.coloured(WHITE), f32::MAX)?;
        }
        put(setter, &mut view.sketch, text, &found);
    }
    Ok(())
}

/// The mark next to one, of those that bear numbers.
fn nearest(view: &View, borne: &[Vec<usize>], from: usize) -> Option<usize> {
    let at = view.spots[from].at;
    let distance = |i: usize| (view.spots[i].at.0 - at.0).hypot(view.spots[i].at.1 - at.1);
    let others = (0..view.spots.len()).filter(|i| *i != from && !borne[*i].is_empty());
    others.min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
}

/// The names with their positions, if each is short and finds one.
fn named(
    setter: &mut Setter,
    places: &[MapPlace],
    spots: &[Spot],
    ground: &Ground,
    setting: Setting,
) -> Result<Option<Vec<(Lines, Found)>>, ReportError> {
    let (mut ground, mut placed) = (ground.clone(), Vec::new());
    for (i, spot) in spots.iter().enumerate() {
        let labels = spot.places.iter().map(|p| bare(&places[*p].label));
        let text = setter.lines(&Rich::joined(labels, ", "), setting, f32::MAX)?;
        let size = extent(&text);
        let fits = text.lines.len() == 1 && size.0 > 0.0 && size.0 <= WIDEST;
        let Some(found) = fits.then(|| ground.find(i, spot, size, false)).flatten() else { return Ok(None) };
        ground.take(&found);
        placed.push((text, found));
    }
    Ok(Some(placed))
}

fn put(setter: &Setter, sketch: &mut Sketch, text: Lines, found: &Found) {
    if let Some((from, to)) = found.leader {
        sketch.line(from, to, setter.sheet.muted, LEADER);
    }
    sketch.text(text, found.rect.x, found.rect.y);
}

/// A label as a map bears it: its links are in the list.
fn bare(label: &Rich) -> Rich {
    let span = |s: &Span| Span { text: s.text.clone(), style: Style::Plain, lang: s.lang, target: None };
    Rich(label.0.iter().map(span).collect())
}

fn extent(text: &Lines) -> (f32, f32) {
    (text.lines.iter().map(|l| l.width).fold(0.0, f32::max), text.height())
}

/// The numbers of places, counted from one: runs as runs, and of many the first and the last.
pub(super) fn listed(places: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for number in places.iter().map(|p| p + 1) {
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == number => *end = number,
            _ => runs.push((number, number)),
        }
    }
    let run = |(start, end): &(usize, usize)| match end - start {
        0 => start.to_string(),
        1 => format!("{start}, {end}"),
        _ => format!("{start}–{end}"),
    };
    match runs.as_slice() {
        [first, second, .., last] if runs.len() > 3 => format!("{}, {}, …, {}", run(first), run(second), run(last)),
        few => few.iter().map(run).collect::<Vec<_>>().join(", "),
    }
}
