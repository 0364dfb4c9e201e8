//! Emblems: vector pictures that a user supplies beside a brand, as SVG, turned into outlines that a page can hold.
//!
//! What a page cannot hold as flat vectors (photographs, gradients, see-through colours, filters) is refused with a sentence:
//! an emblem that is printed differently from what its owner drew would be worse than none.

use usvg::{Node, Options, Paint, Tree, tiny_skia_path::PathSegment};

use crate::{
    ReportError,
    brand::Colour,
    model::{ArtShape, ArtStep, Artwork},
};

/// The most steps that an emblem may have: the twelve stars of Europe have about 150.
const MOST_STEPS: usize = 20_000;

/// Reads an emblem; `path` is its file under `reports/`.
pub(crate) fn read(path: &str, bytes: &[u8]) -> Result<Artwork, ReportError> {
    let refused = |reason: String| ReportError::File { file: path.to_owned(), reason };
    let tree = Tree::from_data(bytes, &Options::default()).map_err(|e| refused(format!("this is no SVG picture: {e}")))?;
    let mut art = Artwork { width: tree.size().width(), height: tree.size().height(), shapes: Vec::new() };
    shapes(tree.root().children(), &mut art.shapes).map_err(|reason| refused(reason.to_owned()))?;
    if art.shapes.is_empty() {
        return Err(refused("the picture is empty".into()));
    }
    if art.shapes.iter().map(|s| s.steps.len()).sum::<usize>() > MOST_STEPS {
        return Err(refused(format!("the picture has more than {MOST_STEPS} points: simplify it")));
    }
    Ok(art)
}

fn shapes(nodes: &[Node], into: &mut Vec<ArtShape>) -> Result<(), &'static str> {
    for node in nodes {
        match node {
            Node::Group(group) => {
                let plain = group.opacity().get() >= 1.0 && group.clip_path().is_none() && group.mask().is_none();
                if !plain || !group.filters().is_empty() {
                    return Err("it uses see-through groups, clips, masks or filters: flatten it to plain outlines");
                }
                shapes(group.children(), into)?;
            }
            Node::Path(path) if path.is_visible() => into.push(shape(path)?),
            Node::Path(_) => {}
            Node::Image(_) => return Err("it holds a photograph: emblems are drawn as outlines"),
            Node::Text(_) => return Err("it holds text that needs a font: turn the text into outlines"),
        }
    }
    Ok(())
}

fn shape(path: &usvg::Path) -> Result<ArtShape, &'static str> {
    let flat = |paint: &Paint, opacity: f32| match paint {
        Paint::Color(c) if opacity >= 1.0 => Ok(Colour([c.red, c.green, c.blue])),
        _ => Err("it uses gradients, patterns or see-through colours: use flat colours"),
    };
    let fill = path.fill().map(|f| flat(f.paint(), f.opacity().get())).transpose()?;
    let transform = path.abs_transform();
    let scale = transform.get_scale();
    let width = |w: f32| hundredths(w * (scale.0 + scale.1) / 2.0);
    let stroke = match path.stroke() {
        Some(s) => Some((flat(s.paint(), s.opacity().get())?, width(s.width().get()))),
        None => None,
    };
    let Some(outline) = path.data().clone().transform(transform) else { return Err("it has an outline without an extent") };
    let even_odd = path.fill().is_some_and(|f| f.rule() == usvg::FillRule::EvenOdd);
    let steps = steps(outline.segments());
    if even_odd && steps.iter().filter(|s| matches!(s, ArtStep::Move(..))).count() > 1 {
        return Err("it cuts holes by the even-odd rule: save it with the rule `nonzero`");
    }
    Ok(ArtShape { fill, stroke, steps })
}

fn steps(segments: impl Iterator<Item = PathSegment>) -> Vec<ArtStep> {
    let h = hundredths;
    let mut last = (0.0, 0.0);
    let mut steps = Vec::new();
    for segment in segments {
        match segment {
            PathSegment::MoveTo(p) => {
                steps.push(ArtStep::Move(h(p.x), h(p.y)));
                last = (p.x, p.y);
            }
            PathSegment::LineTo(p) => {
                steps.push(ArtStep::Line(h(p.x), h(p.y)));
                last = (p.x, p.y);
            }
            // A quadratic curve is a cubic one whose handles lie two thirds of the way to its own.
            PathSegment::QuadTo(c, p) => {
                let toward = |from: (f32, f32)| (from.0 + (c.x - from.0) * 2.0 / 3.0, from.1 + (c.y - from.1) * 2.0 / 3.0);
                let (a, b) = (toward(last), toward((p.x, p.y)));
                steps.push(ArtStep::Curve([h(a.0), h(a.1), h(b.0), h(b.1), h(p.x), h(p.y)]));
                last = (p.x, p.y);
            }
            PathSegment::CubicTo(a, b, p) => {
                steps.push(ArtStep::Curve([h(a.x), h(a.y), h(b.x), h(b.y), h(p.x), h(p.y)]));
                last = (p.x, p.y);
            }
            PathSegment::Close => steps.push(ArtStep::Close),
        }
    }
    steps
}

/// Rounded, so that the attached model stays short.
fn hundredths(n: f32) -> f32 {
    (n * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(svg: &str) -> String {
        read("brands/emblems/x.svg", svg.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn flat_outlines_become_steps_in_the_pictures_own_measure() {
        let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20">
            <g transform="translate(1 2)"><rect width="10" height="5" fill="#003399"/></g>
            <circle cx="15" cy="10" r="3" fill="none" stroke="#FFCC00" stroke-width="2"/></svg>"##;
        let art = read("x.svg", svg.as_bytes()).unwrap();
        assert_eq!((art.width, art.height, art.shapes.len()), (30.0, 20.0, 2));
        assert_eq!(art.shapes[0].fill, Some(Colour([0, 0x33, 0x99])));
        assert_eq!(art.shapes[0].steps[0], ArtStep::Move(1.0, 2.0));
        assert_eq!(art.shapes[1].stroke, Some((Colour([0xFF, 0xCC, 0]), 2.0)));
    }

    #[test]
    fn what_a_page_cannot_hold_is_refused_with_the_reason() {
        assert!(refusal("\u{89}PNG").contains("brands/emblems/x.svg: this is no SVG picture"));
        let svg = |inside: &str| format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inside}</svg>"#);
        assert!(refusal(&svg("")).contains("is empty"));
        let gradient = r#"<linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1"/></linearGradient>"#;
        let gradient = svg(&format!(r##"{gradient}<rect width="9" height="9" fill="url(#g)"/>"##));
        assert!(refusal(&gradient).contains("use flat colours"));
        assert!(
            refusal(&svg(r#"<g opacity="0.5"><rect width="9" height="9"/><rect width="3" height="3"/></g>"#)).contains("flatten")
        );
    }
}
