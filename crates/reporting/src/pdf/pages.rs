//! Pages of boxes as printpdf's operations.

use std::{collections::BTreeMap, sync::OnceLock};

use printpdf::{
    Codepoint, Color, DictItem, FontId, Line, LinePoint, Op, PaintMode, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    Point, Polygon, PolygonRing, Pt, Rect as PrintRect, Rgb, TextItem, WindingOrder,
};

use crate::{
    ReportError,
    brand::Colour,
    layout::{Artifact, Face, Layout, Mark, PAGE_HEIGHT, PAGE_WIDTH, Page, Rect, Run, Segment, Shape, bytes},
};

/// The fonts as printpdf parses them, made once.
fn fonts() -> Result<&'static [ParsedFont], ReportError> {
    static FONTS: OnceLock<Result<Vec<ParsedFont>, &'static str>> = OnceLock::new();
    let parse = |face: Face| {
        let parsed = bytes(face).and_then(|b| ParsedFont::from_bytes(b, 0, &mut Vec::new()));
        parsed.ok_or(face.file())
    };
    FONTS.get_or_init(|| Face::ALL.into_iter().map(parse).collect()).as_deref().map_err(|file| ReportError::Font(file))
}

/// The id of a font in the file. Its first six letters become the tag of the subset; printpdf's own ids come from a
/// counter of the process and would differ from run to run.
fn font_id(face: Face) -> FontId {
    FontId(format!("KETNO{}", char::from(b'A' + face.index() as u8)))
}

/// Draws all pages.
pub(super) fn draw(layout: &Layout) -> Result<PdfDocument, ReportError> {
    let fonts = fonts()?;
    let mut document = PdfDocument::new(&layout.title);
    // A font is copied into the document: those of which nothing is set are not.
    for face in Face::ALL.into_iter().filter(|face| is_used(layout, *face)) {
        document.resources.fonts.map.insert(font_id(face), PdfFont::new(fonts[face.index()].clone()));
    }
    let mut pen = Pen { fonts, widths: vec![Vec::new(); fonts.len()], colour: None, ops: Vec::new() };
    let pages = layout.pages.iter().map(|page| pen.page(layout, page)).collect();
    document.with_pages(pages);
    Ok(document)
}

/// Whether anything is set in a font.
fn is_used(layout: &Layout, face: Face) -> bool {
    let mut boxes = layout.pages.iter().flat_map(|page| &page.boxes);
    boxes.any(|placed| matches!(&placed.shape, Shape::Text(run) if run.face == face))
}

/// Writes operations.
struct Pen {
    fonts: &'static [ParsedFont],
    /// The width of each font's glyphs in thousandths of an em, as the file will state it, once it was asked for.
    widths: Vec<Vec<Option<i32>>>,
    colour: Option<Colour>,
    ops: Vec<Op>,
}

impl Pen {
    fn page(&mut self, layout: &Layout, page: &Page) -> PdfPage {
        self.colour = None;
        self.ops = Vec::with_capacity(page.boxes.len() * 6);
        let mut open: Option<Mark> = None;
        for placed in &page.boxes {
            if open != Some(placed.mark) {
                if open.is_some() {
                    self.ops.push(Op::EndMarkedContent);
                }
                self.ops.push(begin(layout, page, placed.mark));
                open = Some(placed.mark);
            }
            match &placed.shape {
                Shape::Text(run) => self.text(run),
                Shape::Fill { rect, colour } => self.fill(*rect, *colour),
                Shape::Path { segments, fill, stroke } => self.path(segments, *fill, *stroke),
            }
        }
        if open.is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
        PdfPage::new(Pt(PAGE_WIDTH).into(), Pt(PAGE_HEIGHT).into(), std::mem::take(&mut self.ops))
    }

    fn colour(&mut self, colour: Colour) {
        if self.colour != Some(colour) {
            self.ops.push(Op::SetFillColor { col: rgb(colour) });
            self.colour = Some(colour);
        }
    }

    fn fill(&mut self, rect: Rect, colour: Colour) {
        self.colour(colour);
        let (x, y) = (Pt(round(rect.x)), Pt(round(PAGE_HEIGHT - rect.y - rect.height)));
        let (width, height) = (Pt(round(rect.width)), Pt(round(rect.height)));
        let (mode, winding_order) = (Some(PaintMode::Fill), Some(WindingOrder::NonZero));
        self.ops.push(Op::DrawRectangle { rectangle: PrintRect { x, y, width, height, mode, winding_order } });
    }

    /// An outline, drawn along after it is filled.
    fn path(&mut self, segments: &[Segment], fill: Option<Colour>, stroke: Option<(Colour, f32)>) {
        let rings = rings(segments);
        if let Some((colour, width)) = stroke {
            self.ops.push(Op::SetOutlineColor { col: rgb(colour) });
            self.ops.push(Op::SetOutlineThickness { pt: Pt(width) });
        }
        if let Some(colour) = fill {
            self.colour(colour);
            let rings = rings.iter().map(|line| PolygonRing { points: line.points.clone() }).collect();
            let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
            self.ops.push(Op::DrawPolygon { polygon });
        }
        if stroke.is_some() {
            self.ops.extend(rings.into_iter().map(|line| Op::DrawLine { line }));
        }
    }

    /// A run of text. The viewer moves its pen by each glyph's stated width and then back by the number that follows;
    /// this number makes up for kerning, and for what rounding left over so far.
    fn text(&mut self, run: &Run) {
        self.colour(run.colour);
        let face = run.face.index();
        let (mut pen, mut wanted) = (0.0f32, 0.0f32);
        let mut items = Vec::with_capacity(run.glyphs.len());
        for glyph in &run.glyphs {
            pen += self.width(face, glyph.id) as f32;
            wanted += glyph.advance * 1000.0;
            let offset = (pen - wanted).round();
            pen -= offset;
            let text = &run.text[glyph.start as usize..glyph.end as usize];
            items.push(Codepoint::with_cid(glyph.id, offset, readable(text).to_owned()));
        }
        let pos = Point { x: Pt(round(run.x)), y: Pt(round(PAGE_HEIGHT - run.baseline)) };
        self.ops.extend([
            Op::StartTextSection,
            Op::SetFont { font: PdfFontHandle::External(font_id(run.face)), size: Pt(run.size) },
            Op::SetTextCursor { pos },
            Op::ShowText { items: vec![TextItem::GlyphIds(items)] },
            Op::EndTextSection,
        ]);
    }

    fn width(&mut self, face: usize, glyph: u16) -> i32 {
        let (font, known) = (&self.fonts[face], &mut self.widths[face]);
        let at = usize::from(glyph);
        if known.len() <= at {
            known.resize(at + 1, None);
        }
        *known[at].get_or_insert_with(|| {
            let em = f32::from(font.pdf_font_metrics.units_per_em);
            font.get_or_decode_glyph(glyph).map_or(0, |g| (f32::from(g.horz_advance) * 1000.0 / em) as i32)
        })
    }
}

/// The rings of an outline. printpdf marks the two handles before a point as such.
fn rings(segments: &[Segment]) -> Vec<Line> {
    let round = if segments.len() > COARSE_BEYOND { coarse } else { round };
    let point = |x: f32, y: f32, bezier| LinePoint { p: Point { x: Pt(round(x)), y: Pt(round(PAGE_HEIGHT - y)) }, bezier };
    let mut rings: Vec<Line> = Vec::new();
    for segment in segments {
        if let Segment::Move(x, y) = *segment {
            rings.push(Line { points: vec![point(x, y, false)], is_closed: false });
            continue;
        }
        let Some(ring) = rings.last_mut() else { continue };
        match *segment {
            Segment::Move(..) => {}
            Segment::Line(x, y) => ring.points.push(point(x, y, false)),
            Segment::Curve([a, b, c, d, x, y]) => ring.points.extend([point(a, b, true), point(c, d, true), point(x, y, false)]),
            Segment::Close => ring.is_closed = true,
        }
    }
    rings
}

fn rgb(colour: Colour) -> Color {
    let [r, g, b] = colour.0.map(|c| (f32::from(c) / 255.0 * 1000.0).round() / 1000.0);
    Color::Rgb(Rgb::new(r, g, b, None))
}

/// A glyph has one text in a file. Where one glyph serves several characters, it is the one that people type.
fn readable(text: &str) -> &str {
    match text {
        "\u{A0}" => " ",
        "\u{2010}" | "\u{2011}" => "-",
        text => text,
    }
}

/// An outline of more steps than this is a coast: a tenth of a point is finer than what its file knows, and half a map's bytes
/// are digits that nobody sees.
const COARSE_BEYOND: usize = 60;

fn coarse(length: f32) -> f32 {
    (length * 10.0).round() / 10.0
}

/// To a thousandth of a point, which keeps the content streams short.
fn round(length: f32) -> f32 {
    (length * 1000.0).round() / 1000.0
}

fn begin(layout: &Layout, page: &Page, mark: Mark) -> Op {
    let name = |s: &str| DictItem::Name(s.as_bytes().to_vec());
    let (tag, entries) = match mark {
        Mark::Content(id) => (layout.nodes[page.owners[id]].role.name(), vec![("MCID", DictItem::Int(id as i64))]),
        Mark::Artifact(Artifact::Header) => ("Artifact", vec![("Type", name("Pagination")), ("Subtype", name("Header"))]),
        Mark::Artifact(Artifact::Footer) => ("Artifact", vec![("Type", name("Pagination")), ("Subtype", name("Footer"))]),
        Mark::Artifact(Artifact::Repeated) => ("Artifact", vec![("Type", name("Pagination"))]),
        Mark::Artifact(Artifact::Decoration) => ("Artifact", vec![("Type", name("Layout"))]),
    };
    let map: BTreeMap<String, DictItem> = entries.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
    Op::BeginMarkedContentWithProperties { tag: tag.into(), properties: DictItem::Dict { map } }
}
