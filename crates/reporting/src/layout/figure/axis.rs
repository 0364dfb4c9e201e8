//! What drawings in rows share: the column of labels, pieces that fit a page below a head that is repeated, tints.

use super::{HIGHEST, Ink, Sketch};
use crate::{
    ReportError,
    brand::Colour,
    layout::{
        Rect,
        flow::{Lines, Setter},
        style::{Setting, Sheet, WIDTH},
    },
    model::Rich,
};

/// The greatest width of the labels.
pub(super) const LABELS: f32 = WIDTH * 0.38;
/// Between the labels and what is drawn beside them.
pub(super) const GAP: f32 = 10.0;
/// Above and below what stands in a row.
pub(super) const PADDING: f32 = 3.2;
/// How high the first line of a row is: what is drawn beside a label is as high, so that both share their middle.
pub(super) const LINE: f32 = 12.0;
/// Between the end of a bar and the words beside it.
pub(super) const BESIDE: f32 = 5.0;
/// The paper.
pub(super) const WHITE: Colour = Colour([255; 3]);

/// Texts that stand below each other.
pub(super) struct Column {
    /// As wide as the longest of their lines.
    pub(super) width: f32,
    /// The texts.
    pub(super) texts: Vec<Lines>,
}

/// Sets the texts of a column that may become as wide as `most`.
pub(super) fn column<'a>(
    setter: &mut Setter,
    texts: impl Iterator<Item = (&'a Rich, Setting)>,
    most: f32,
) -> Result<Column, ReportError> {
    let texts = texts.map(|(text, setting)| setter.lines(text, setting, most)).collect::<Result<Vec<_>, _>>()?;
    let width = texts.iter().map(width).fold(0.0, f32::max);
    Ok(Column { width, texts })
}

/// How wide a text is.
pub(super) fn width(text: &Lines) -> f32 {
    text.lines.iter().map(|l| l.width).fold(0.0, f32::max)
}

/// Where the top of small text lies, below the top of a row, so that it shares the baseline of the label beside it.
pub(super) fn small_top(sheet: &Sheet) -> f32 {
    PADDING + sheet.cell().ascent() - sheet.detail().ascent()
}

/// Puts a text down, if it says anything.
pub(super) fn put(sketch: &mut Sketch, text: Lines, x: f32, y: f32) {
    if !text.shaped.text.is_empty() {
        sketch.text(text, x, y);
    }
}

/// A vertical rule around `x`. It is a rectangle, since the ends of a stroke depend on who draws it.
pub(super) fn rule(sketch: &mut Sketch, x: f32, (top, bottom): (f32, f32), width: f32, colour: Colour) {
    sketch.rectangle(Rect { x: x - width / 2.0, y: top, width, height: bottom - top }, colour);
}

/// A colour mixed with white.
pub(super) fn tint(Colour(parts): Colour, of_white: f32) -> Colour {
    Colour(parts.map(|v| (f32::from(v) + (255.0 - f32::from(v)) * of_white).round() as u8))
}

/// The contrast of two colours as WCAG 2 defines it, from 1 to 21.
pub(super) fn contrast(a: Colour, b: Colour) -> f32 {
    let luminance = |colour: Colour| {
        let [r, g, b] = colour.0.map(|v| {
            let v = f32::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    };
    let (a, b) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
}

/// Stacks rows into pieces that fit a page, each below the head again. `ground` draws what lies behind the rows of a
/// piece; it is told where they begin and end.
pub(super) fn stack(head: &[Sketch], rows: Vec<Sketch>, ground: impl Fn(&mut Sketch, f32, f32)) -> Vec<Sketch> {
    let high: f32 = head.iter().map(|h| h.height).sum();
    // A head that would fill a good part of every piece is said once, before the rows.
    let repeats = high <= HIGHEST / 3.0;
    let mut pieces = Vec::new();
    if !repeats {
        pieces.extend(groups(head.to_vec(), HIGHEST).into_iter().map(joined));
    }
    let room = if repeats { HIGHEST - high } else { HIGHEST };
    for group in groups(rows, room) {
        let mut piece = if repeats { joined(head.to_vec()) } else { Sketch::default() };
        let top = piece.height;
        ground(&mut piece, top, top + group.iter().map(|r| r.height).sum::<f32>());
        for row in group {
            append(&mut piece, row);
        }
        pieces.push(piece);
    }
    pieces
}

/// Rows that stand on one piece, piece by piece.
fn groups(rows: Vec<Sketch>, room: f32) -> Vec<Vec<Sketch>> {
    let (mut groups, mut open, mut used) = (Vec::new(), Vec::new(), 0.0f32);
    for row in rows.into_iter().flat_map(|row| divided(row, room)) {
        if used + row.height > room && !open.is_empty() {
            groups.push(std::mem::take(&mut open));
            used = 0.0;
        }
        used += row.height;
        open.push(row);
    }
    if !open.is_empty() {
        groups.push(open);
    }
    groups
}

/// A row in parts of which each has room on a piece: only a label of dozens of lines ever needs more than one.
fn divided(mut row: Sketch, room: f32) -> Vec<Sketch> {
    let mut parts = Vec::new();
    while row.height > room {
        let Some(rest) = divide(&mut row, room) else { break };
        parts.push(std::mem::replace(&mut row, rest));
    }
    parts.push(row);
    parts
}

/// Cuts a row off where the room ends and gives the lines of text that come after. Outlines stay: they stand beside the
/// first line.
fn divide(row: &mut Sketch, room: f32) -> Option<Sketch> {
    let (mut kept, mut later, mut cut) = (Vec::new(), Vec::new(), row.height);
    for ink in std::mem::take(&mut row.inks) {
        match ink {
            Ink::Text { mut text, x, y } => {
                let leading = text.leading();
                let fit = (((room - y).max(0.0) + 0.01) / leading).floor() as usize;
                if fit < text.lines.len() {
                    let rest = Lines { shaped: text.shaped.clone(), lines: text.lines.split_off(fit) };
                    let top = y + fit as f32 * leading;
                    cut = cut.min(top);
                    later.push((rest, x, top));
                }
                if !text.lines.is_empty() {
                    kept.push(Ink::Text { text, x, y });
                }
            }
            path @ Ink::Path { .. } => kept.push(path),
        }
    }
    let height = row.height;
    (row.inks, row.height) = (kept, room);
    if later.is_empty() {
        return None;
    }
    // All of the rest moves up alike, so that what stood below something else still does.
    let up = cut - PADDING;
    let inks = later.into_iter().map(|(text, x, y)| Ink::Text { text, x, y: y - up }).collect();
    Some(Sketch { height: height - up, inks })
}

fn joined(rows: Vec<Sketch>) -> Sketch {
    let mut piece = Sketch::default();
    for row in rows {
        append(&mut piece, row);
    }
    piece
}

/// Adds a row below what is there.
fn append(piece: &mut Sketch, row: Sketch) {
    let down = piece.height;
    piece.height += row.height;
    piece.append(row, 0.0, down);
}

/// What the tests of all drawings in rows look at.
#[cfg(test)]
pub(super) mod check {
    use proptest::prelude::*;

    use super::super::{HIGHEST, Ink, Sketch};
    use crate::{
        brand::{Brand, NEUTRAL},
        layout::{
            Rect, Segment,
            flow::Setter,
            style::{Sheet, WIDTH},
        },
        shelf::Shelf,
    };

    /// What rounding may add to a measure.
    const SLACK: f32 = 0.1;

    /// A setter in nobody's colours.
    pub(in super::super) fn setter() -> Setter {
        Setter::new(Sheet::new(&Brand::load(&Shelf::builtin(), NEUTRAL).unwrap().colours)).unwrap()
    }

    /// The colours of every brand.
    pub(in super::super) fn sheets() -> Vec<Sheet> {
        let shelf = Shelf::builtin();
        shelf.names("brands", "toml").iter().map(|n| Sheet::new(&Brand::load(&shelf, n).unwrap().colours)).collect()
    }

    /// Vietnamese words, shouted ones that are wider than a column, and large amounts.
    pub(in super::super) fn words(most: usize) -> impl Strategy<Value = String> {
        let word = prop_oneof![
            8 => "[a-zđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệ]{1,7}",
            1 => "[A-ZĐẪỄ]{20,60}",
            1 => Just("10.000.000.000.000\u{A0}VND".to_owned()),
        ];
        prop::collection::vec(word, 0..most).prop_map(|w| w.join(" "))
    }

    /// The letters that are to be read.
    pub(in super::super) fn letters(text: &str) -> usize {
        text.chars().filter(|c| !c.is_whitespace()).count()
    }

    /// The letters that pieces show.
    pub(in super::super) fn shown(pieces: &[Sketch]) -> usize {
        pieces.iter().flat_map(texts).map(|(_, text)| letters(&text)).sum()
    }

    /// Each line of text that can be seen, with the room it takes.
    pub(in super::super) fn texts(piece: &Sketch) -> Vec<(Rect, String)> {
        let mut all = Vec::new();
        for ink in &piece.inks {
            let Ink::Text { text, x, y } = ink else { continue };
            for (i, line) in text.lines.iter().enumerate().filter(|(_, l)| l.width > 0.0) {
                let (height, words) = (text.leading(), line.pieces.iter().map(|p| p.text.as_str()).collect());
                all.push((Rect { x: *x, y: y + i as f32 * height, width: line.width, height }, words));
            }
        }
        all
    }

    /// The room that an outline takes, without its stroke.
    pub(in super::super) fn bounds(segments: &[Segment]) -> Rect {
        let mut points = Vec::new();
        for segment in segments {
            match *segment {
                Segment::Move(x, y) | Segment::Line(x, y) => points.push((x, y)),
                Segment::Curve([a, b, c, d, x, y]) => points.extend([(a, b), (c, d), (x, y)]),
                Segment::Close => {}
            }
        }
        let least = |of: fn(&(f32, f32)) -> f32| points.iter().map(of).fold(f32::INFINITY, f32::min);
        let most = |of: fn(&(f32, f32)) -> f32| points.iter().map(of).fold(f32::NEG_INFINITY, f32::max);
        let (x, y) = (least(|p| p.0), least(|p| p.1));
        Rect { x, y, width: most(|p| p.0) - x, height: most(|p| p.1) - y }
    }

    /// Whether two things stand on one another by more than a rounding.
    pub(in super::super) fn overlap(a: Rect, b: Rect) -> bool {
        a.x + SLACK < b.x + b.width && b.x + SLACK < a.x + a.width && a.y + SLACK < b.y + b.height && b.y + SLACK < a.y + a.height
    }

    /// Every piece fits a page, nothing leaves its sheet, and no text stands on another.
    pub(in super::super) fn assert_sound(pieces: &[Sketch]) {
        for piece in pieces {
            assert!(piece.height > 0.0 && piece.height <= HIGHEST + SLACK, "a piece is {} high", piece.height);
            let inside = |r: Rect, around: f32| {
                let (x, y) = (r.x - around, r.y - around);
                let (right, bottom) = (r.x + r.width + around, r.y + r.height + around);
                x >= -SLACK && y >= -SLACK && right <= WIDTH + SLACK && bottom <= piece.height + SLACK
            };
            for ink in &piece.inks {
                if let Ink::Path { segments, stroke, .. } = ink {
                    let around = stroke.map_or(0.0, |(_, width)| width / 2.0);
                    assert!(inside(bounds(segments), around), "{segments:?} leaves a sheet {} high", piece.height);
                }
            }
            let texts = texts(piece);
            for (i, (a, text)) in texts.iter().enumerate() {
                assert!(inside(*a, 0.0), "{text} leaves a sheet {} high: {a:?}", piece.height);
                for (b, other) in &texts[i + 1..] {
                    assert!(!overlap(*a, *b), "`{text}` stands on `{other}`: {a:?}, {b:?}");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        check::{assert_sound, letters, setter, shown},
        *,
    };

    #[test]
    fn a_tint_goes_from_the_colour_to_white_and_contrast_from_one_to_twenty_one() {
        let accent = Colour([0x00, 0x33, 0x99]);
        assert_eq!((tint(accent, 0.0), tint(accent, 1.0)), (accent, WHITE));
        assert_eq!(tint(accent, 0.5), Colour([128, 153, 204]));
        assert!((contrast(Colour([0; 3]), WHITE) - 21.0).abs() < 0.01);
        assert!((contrast(accent, accent) - 1.0).abs() < 0.01);
    }

    #[test]
    fn a_row_higher_than_a_page_goes_on_and_loses_no_line() {
        let mut setter = setter();
        let setting = setter.sheet.cell();
        let (long, below) = ("một nhãn rất dài ".repeat(200), "ở dưới ".repeat(80));
        let label = setter.lines(&long.as_str().into(), setting, 80.0).unwrap();
        let under = setter.lines(&below.as_str().into(), setting, 80.0).unwrap();
        let height = label.height() + under.height() + 2.0 * PADDING;
        let mut row = Sketch { height, ..Sketch::default() };
        let top = PADDING + label.height();
        put(&mut row, label, 0.0, PADDING);
        put(&mut row, under, 0.0, top);
        let pieces = stack(&[], vec![row.clone(), row], |_, _, _| {});
        assert!(pieces.len() >= 4, "{}", pieces.len());
        assert_sound(&pieces);
        assert_eq!(shown(&pieces), 2 * (letters(&long) + letters(&below)));
    }

    #[test]
    fn a_head_is_repeated_unless_it_would_fill_the_pieces() {
        let head = |height| vec![Sketch { height, ..Sketch::default() }];
        let rows = || vec![Sketch { height: 100.0, ..Sketch::default() }; 12];
        let heights = |head: &[Sketch]| stack(head, rows(), |_, _, _| {}).iter().map(|p| p.height).collect::<Vec<_>>();
        let near = |a: Vec<f32>, b: &[f32]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.01);
        assert!(near(heights(&head(50.0)), &[550.0, 550.0, 250.0]));
        assert!(near(heights(&head(300.0)), &[300.0, 600.0, 600.0]));
    }
}
