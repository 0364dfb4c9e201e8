//! Emblems side by side, each with clear space around it, as funders ask.

use super::{Rect, Segment, Setter, Sketch, WIDTH, outline};
use crate::{
    ReportError,
    model::{ArtStep, Artwork, Emblem, Rich},
};

/// The height of an emblem: more than the centimetre that the European Union asks for.
const HEIGHT: f32 = 40.0;
/// The greatest width.
const WIDEST: f32 = 130.0;
/// Between emblems: half their height, which is the clear space of most rules.
const CLEAR: f32 = 20.0;

/// Draws emblems in rows.
pub(super) fn draw(setter: &mut Setter, emblems: &[Emblem]) -> Result<Vec<Sketch>, ReportError> {
    let mut sketch = Sketch { height: HEIGHT, ..Sketch::default() };
    let (mut x, mut y) = (0.0, 0.0);
    for emblem in emblems {
        let (width, height) = emblem.art.as_ref().map_or((WIDEST, HEIGHT), size);
        if x > 0.0 && x + width > WIDTH {
            (x, y) = (0.0, y + HEIGHT + CLEAR / 2.0);
            sketch.height = y + HEIGHT;
        }
        match &emblem.art {
            Some(art) => place(&mut sketch, art, (x, y), height / art.height),
            None => placeholder(setter, &mut sketch, &emblem.name, Rect { x, y, width, height })?,
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

/// The place for an emblem that nobody supplied, with its name.
fn placeholder(setter: &mut Setter, sketch: &mut Sketch, name: &str, rect: Rect) -> Result<(), ReportError> {
    let sheet = setter.sheet.clone();
    sketch.path(outline(rect), None, Some((sheet.hairline, 0.6)));
    let mut text = setter.lines(&Rich::from(name), sheet.detail(), rect.width - 12.0)?;
    // A long name is cut here alone: the whole of it is the figure's alternative text.
    let room = ((rect.height - 6.0) / text.leading()) as usize;
    text.lines.truncate(room.max(1));
    let y = rect.y + (rect.height - text.height()).max(0.0) / 2.0;
    sketch.text(text, rect.x + 6.0, y);
    Ok(())
}
