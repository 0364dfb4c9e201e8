//! Emblems side by side, each with clear space around it, as funders ask.

use super::{
    Lines, Rect, Segment, Setter, Sketch, WIDTH,
    axis::{tint, width},
};
use crate::{
    ReportError,
    model::{ArtStep, Artwork, Emblem, Rich},
};

/// The height of an emblem: more than the centimetre that the European Union asks for.
const HEIGHT: f32 = 40.0;
/// The greatest width.
const WIDEST: f32 = 140.0;
/// Between emblems: half their height, which is the clear space of most rules.
const CLEAR: f32 = 20.0;

/// Draws emblems in rows.
pub(super) fn draw(setter: &mut Setter, emblems: &[Emblem]) -> Result<Vec<Sketch>, ReportError> {
    let mut sketch = Sketch { height: HEIGHT, ..Sketch::default() };
    let (mut x, mut y) = (0.0, 0.0);
    for emblem in emblems {
        let plate = if emblem.art.is_none() { Some(Nameplate::new(setter, &emblem.name)?) } else { None };
        let (width, height) = emblem.art.as_ref().map_or((plate.as_ref().map_or(0.0, |p| p.width), HEIGHT), size);
        if x > 0.0 && x + width > WIDTH {
            (x, y) = (0.0, y + HEIGHT + CLEAR / 2.0);
            sketch.height = y + HEIGHT;
        }
        if let Some(art) = &emblem.art {
            place(&mut sketch, art, (x, y), height / art.height);
        } else if let Some(plate) = plate {
            plate.place(setter, &mut sketch, (x, y));
        }
        x += width + CLEAR;
    }
    Ok(if emblems.is_empty() { Vec::new() } else { vec![sketch] })
}

/// As high as all are, or less where it would be too wide.
fn size(art: &Artwork) -> (f32, f32) {
    let scale = (HEIGHT / art.height).min(WIDEST / art.width);
    (art.width * scale, art.height * scale)
}

fn place(sketch: &mut Sketch, art: &Artwork, (x, y): (f32, f32), scale: f32) {
    let to = |px: f32, py: f32| (x + px * scale, y + py * scale);
    for shape in &art.shapes {
        let step = |step: &ArtStep| match *step {
            ArtStep::Move(px, py) => {
                let (px, py) = to(px, py);
                Segment::Move(px, py)
            }
            ArtStep::Line(px, py) => {
                let (px, py) = to(px, py);
                Segment::Line(px, py)
            }
            ArtStep::Curve([a, b, c, d, px, py]) => {
                let ((a, b), (c, d), (px, py)) = (to(a, b), to(c, d), to(px, py));
                Segment::Curve([a, b, c, d, px, py])
            }
            ArtStep::Close => Segment::Close,
        };
        let stroke = shape.stroke.map(|(colour, width)| (colour, width * scale));
        sketch.path(shape.steps.iter().map(step).collect(), shape.fill, stroke);
    }
}

/// A name in place of the emblem that nobody supplied, set as a mark of its own: on a tint, behind a bar of the brand's colour.
struct Nameplate {
    text: Lines,
    width: f32,
}

impl Nameplate {
    /// How wide the bar is.
    const BAR: f32 = 2.6;
    /// Between an edge and the name.
    const INSET: f32 = 9.0;
    /// How much white is mixed into the ground.
    const GROUND: f32 = 0.93;

    fn new(setter: &mut Setter, name: &str) -> Result<Self, ReportError> {
        let (setting, around) = (setter.sheet.detail().coloured(setter.sheet.ink), Self::BAR + 2.0 * Self::INSET);
        let mut text = setter.lines(&Rich::from(name), setting, WIDEST - around)?;
        // A long name is cut here alone: the whole of it is the figure's alternative text.
        text.lines.truncate((HEIGHT / text.leading()) as usize);
        let width = width(&text) + around;
        Ok(Self { text, width })
    }

    fn place(self, setter: &Setter, sketch: &mut Sketch, (x, y): (f32, f32)) {
        let accent = setter.sheet.accent;
        sketch.rectangle(Rect { x, y, width: self.width, height: HEIGHT }, tint(accent, Self::GROUND));
        sketch.rectangle(Rect { x, y, width: Self::BAR, height: HEIGHT }, accent);
        let top = y + (HEIGHT - self.text.height()).max(0.0) / 2.0;
        sketch.text(self.text, x + Self::BAR + Self::INSET, top);
    }
}
