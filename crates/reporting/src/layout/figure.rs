//! Pictures: bars, time lines, steps, maps. Each is sketched on a sheet of its own, as wide as the text block, and then placed
//! as a whole; what is too high for a page is sketched in several pieces.
//!
//! **To add a drawing:** its data in `model/figure.rs`, a file here whose `draw` gives sketches, its line in [`figure`].

mod axis;
mod bars;
mod emblems;
mod map;
mod steps;
mod time_line;

use super::{
    Rect, Role, Segment,
    canvas::Threads,
    flow::{Flow, Lines, Setter},
    style::{BOTTOM, LEFT, TOP, WIDTH},
};
use crate::{
    ReportError,
    brand::Colour,
    model::{Drawing, Figure, Map},
};

/// The greatest height of a piece: a page without its caption and note.
const HIGHEST: f32 = BOTTOM - TOP - 60.0;

/// A piece of a drawing, from its own left upper corner, `y` downwards; it is [`WIDTH`] wide.
#[derive(Clone, Debug, Default)]
struct Sketch {
    height: f32,
    inks: Vec<Ink>,
}

/// Something drawn.
#[derive(Clone, Debug)]
enum Ink {
    /// An outline, filled or drawn along.
    Path { segments: Vec<Segment>, fill: Option<Colour>, stroke: Option<(Colour, f32)> },
    /// A text whose first line's top is at `y`; each line starts at `x`.
    Text { text: Lines, x: f32, y: f32 },
}

impl Sketch {
    /// A filled rectangle.
    fn rectangle(&mut self, rect: Rect, colour: Colour) {
        self.path(outline(rect), Some(colour), None);
    }

    /// A straight line.
    fn line(&mut self, from: (f32, f32), to: (f32, f32), colour: Colour, width: f32) {
        self.path(vec![Segment::Move(from.0, from.1), Segment::Line(to.0, to.1)], None, Some((colour, width)));
    }

    /// A circle.
    fn circle(&mut self, (x, y): (f32, f32), radius: f32, fill: Option<Colour>, stroke: Option<(Colour, f32)>) {
        // The usual four curves; they differ from a circle by less than a thousandth of the radius.
        let (r, k) = (radius, radius * 0.552_285);
        let segments = vec![
            Segment::Move(x + r, y),
            Segment::Curve([x + r, y + k, x + k, y + r, x, y + r]),
            Segment::Curve([x - k, y + r, x - r, y + k, x - r, y]),
            Segment::Curve([x - r, y - k, x - k, y - r, x, y - r]),
            Segment::Curve([x + k, y - r, x + r, y - k, x + r, y]),
            Segment::Close,
        ];
        self.path(segments, fill, stroke);
    }

    fn path(&mut self, segments: Vec<Segment>, fill: Option<Colour>, stroke: Option<(Colour, f32)>) {
        self.inks.push(Ink::Path { segments, fill, stroke });
    }

    /// Puts another sketch down with its corner at a point.
    fn append(&mut self, other: Self, dx: f32, dy: f32) {
        self.inks.extend(other.inks.into_iter().map(|ink| match ink {
            Ink::Path { segments, fill, stroke } => {
                Ink::Path { segments: segments.into_iter().map(|s| s.moved(dx, dy)).collect(), fill, stroke }
            }
            Ink::Text { text, x, y } => Ink::Text { text, x: x + dx, y: y + dy },
        }));
    }

    /// A text whose first line's top is at `y`.
    fn text(&mut self, text: Lines, x: f32, y: f32) {
        self.inks.push(Ink::Text { text, x, y });
    }
}

fn outline(r: Rect) -> Vec<Segment> {
    vec![
        Segment::Move(r.x, r.y),
        Segment::Line(r.x + r.width, r.y),
        Segment::Line(r.x + r.width, r.y + r.height),
        Segment::Line(r.x, r.y + r.height),
        Segment::Close,
    ]
}

/// A picture, ready to be placed.
#[derive(Clone, Debug)]
pub(crate) struct FigureBlock {
    caption: Option<Lines>,
    alternative: String,
    pieces: Vec<Sketch>,
    note: Option<Lines>,
    space: (f32, f32),
    /// What it is drawn from, if it can be drawn smaller.
    map: Option<Box<Map>>,
}

/// Prepares a picture.
pub(crate) fn figure(setter: &mut Setter, figure: &Figure) -> Result<FigureBlock, ReportError> {
    let sheet = setter.sheet.clone();
    let pieces = match &figure.drawing {
        Drawing::Bars(bars) => bars::draw(setter, bars)?,
        Drawing::TimeLine(line) => time_line::draw(setter, line)?,
        Drawing::Steps(steps) => steps::draw(setter, steps)?,
        Drawing::Map(map) => map::draw(setter, map, 1.0)?,
        Drawing::Emblems(emblems) => emblems::draw(setter, emblems)?,
    };
    let words = |lines: Lines| (!lines.shaped.text.is_empty()).then_some(lines);
    Ok(FigureBlock {
        caption: words(setter.lines(&figure.caption.as_str().into(), sheet.caption(), WIDTH)?),
        alternative: figure.alternative.clone(),
        pieces,
        note: words(setter.lines(&figure.note, sheet.note(), WIDTH)?),
        space: (9.0, 11.0),
        map: if let Drawing::Map(map) = &figure.drawing { Some(Box::new(map.clone())) } else { None },
    })
}

impl FigureBlock {
    /// The least height in which it can begin: its caption and its first piece.
    pub(crate) fn first(&self) -> f32 {
        let caption = self.caption.as_ref().map_or(0.0, |c| c.height() + 4.0);
        let note = self.note.as_ref().filter(|_| self.pieces.len() == 1).map_or(0.0, |n| n.height() + 3.0);
        caption + self.pieces.first().map_or(0.0, |p| p.height) + note
    }

    /// The height of all of it.
    pub(crate) fn whole(&self) -> f32 {
        let rest: f32 = self.pieces.iter().skip(1).map(|p| p.height).sum();
        let note = self.note.as_ref().filter(|_| self.pieces.len() != 1).map_or(0.0, |n| n.height() + 3.0);
        self.first() + rest + note
    }

    /// The least distance to what stands above, and below.
    pub(crate) fn space(&self) -> (f32, f32) {
        self.space
    }

    /// Sets it closer to what stands around it.
    pub(crate) fn closer(&mut self, space: f32) {
        self.space = (self.space.0 * space, self.space.1 * space);
    }

    /// The same picture at a share of its size, if there is such a one.
    pub(crate) fn smaller(&self, setter: &mut Setter, scale: f32) -> Result<Option<Self>, ReportError> {
        let Some(map) = &self.map else { return Ok(None) };
        Ok(Some(Self { pieces: map::draw(setter, map, scale)?, ..self.clone() }))
    }

    /// Whether it may stand at the top of the next page while text that comes after it fills this one.
    pub(crate) fn can_wait(&self) -> bool {
        self.pieces.len() == 1 && self.caption.is_some() && self.whole() <= (BOTTOM - TOP) / 2.0
    }

    /// Places it.
    pub(crate) fn place(&self, flow: &mut Flow<'_>, parent: usize) {
        self.words(flow, parent, self.caption.as_ref(), 0.0);
        flow.y += if self.caption.is_some() { 4.0 } else { 0.0 };
        for piece in &self.pieces {
            flow.make_room(piece.height);
            let node = flow.canvas.figure(parent, self.alternative.clone());
            let (page, top) = (flow.page, flow.y);
            for ink in &piece.inks {
                match ink {
                    Ink::Path { segments, fill, stroke } => {
                        let moved = segments.iter().map(|s| s.moved(LEFT, top)).collect();
                        flow.canvas.path(page, node, moved, *fill, *stroke);
                    }
                    Ink::Text { text, x, y } => {
                        let mut threads = Threads::default();
                        for (i, line) in text.lines.iter().enumerate() {
                            let at = (LEFT + x, top + y + i as f32 * text.leading());
                            flow.canvas.line(page, node, &text.shaped, line, at, &mut threads);
                        }
                    }
                }
            }
            flow.canvas.bound(node, Rect { x: LEFT, y: top, width: WIDTH, height: piece.height });
            flow.y += piece.height;
        }
        self.words(flow, parent, self.note.as_ref(), 3.0);
    }

    fn words(&self, flow: &mut Flow<'_>, parent: usize, words: Option<&Lines>, above: f32) {
        let Some(words) = words else { return };
        flow.y += above;
        let node = flow.canvas.node(parent, Role::P);
        let mut threads = Threads::default();
        for line in &words.lines {
            flow.make_room(words.leading());
            flow.canvas.line(flow.page, node, &words.shaped, line, (LEFT, flow.y), &mut threads);
            flow.y += words.leading();
        }
    }
}
