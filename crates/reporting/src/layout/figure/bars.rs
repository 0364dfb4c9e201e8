//! Bars on one scale that begins at nought.

#[cfg(test)]
mod tests;

use ketnoi_domain::Decimal;

use super::{
    Sketch,
    axis::{BESIDE, GAP, LABELS, LINE, PADDING, WHITE, column, contrast, put, rule, small_top, stack, tint, width},
    outline,
};
use crate::{
    ReportError,
    brand::Colour,
    layout::{
        Rect,
        flow::{Lines, Setter},
        style::{Sheet, WIDTH},
    },
    model::{Bar, Bars, Part, Rich},
};

/// The greatest width of the figures at the bars' ends; longer ones are wrapped.
const FIGURES: f32 = WIDTH * 0.3;
/// The least length of what is more than nought.
const SEEN: f32 = 0.8;
/// Between the edge of a part and the figure in it.
const INSET: f32 = 4.0;
/// How wide the tick is, and how far it reaches above and below its bar.
const TICK: (f32, f32) = (1.4, 2.4);
/// The contrast that small text needs.
const LEGIBLE: f32 = 4.5;

/// Draws bars; nothing if none of them is longer than nought.
pub(super) fn draw(setter: &mut Setter, bars: &Bars) -> Result<Vec<Sketch>, ReportError> {
    let Some(full) = end_of_scale(bars) else { return Ok(Vec::new()) };
    let sheet = setter.sheet.clone();
    let setting = |bar: &Bar| if bar.strong { sheet.cell().stronger() } else { sheet.cell() };
    let labels = column(setter, bars.bars.iter().map(|b| (&b.label, setting(b))), LABELS)?;
    let words: Vec<Rich> = bars.bars.iter().map(|b| b.figure.as_str().into()).collect();
    let figures = column(setter, words.iter().zip(&bars.bars).map(|(w, b)| (w, setting(b))), FIGURES)?;
    let kinds = bars.bars.iter().map(|b| b.parts.len()).fold(bars.series.len(), usize::max);
    let (left, right) = (labels.width + GAP, WIDTH - figures.width - BESIDE);
    let ticked = bars.bars.iter().any(|bar| marked(bar).is_some());
    let chart = Chart { bars, sheet, full, left, right, kinds, ticked };
    let mut rows = Vec::with_capacity(bars.bars.len());
    for ((bar, label), figure) in bars.bars.iter().zip(labels.texts).zip(figures.texts) {
        rows.push(chart.row(setter, bar, label, figure)?);
    }
    let key = chart.key(setter)?;
    let nought = |piece: &mut Sketch, top: f32, bottom: f32| rule(piece, left - 0.35, (top, bottom), 0.7, chart.sheet.muted);
    Ok(stack(&key, rows, nought))
}

/// How much it is, near enough for a length on paper: the exact figure is printed in words. Less than nought has no
/// length.
fn amount(value: Decimal) -> f64 {
    let unit = 10u64.checked_pow(value.scale().into()).unwrap_or(u64::MAX);
    (value.coefficient() as f64 / unit as f64).max(0.0)
}

/// What a bar's tick stands for: less than nought has no place on the scale.
fn marked(bar: &Bar) -> Option<Decimal> {
    bar.mark.filter(|mark| !mark.is_negative())
}

fn total(bar: &Bar) -> f64 {
    bar.parts.iter().map(|p| amount(p.value)).sum()
}

/// The end of the scale; none where nothing is more than nought.
fn end_of_scale(bars: &Bars) -> Option<f64> {
    let longest = bars.bars.iter().flat_map(|b| [total(b), b.mark.map_or(0.0, amount)]).fold(0.0, f64::max);
    (longest > 0.0).then(|| bars.scale.map_or(longest, |s| longest.max(amount(s))))
}

/// Bars with their scale.
struct Chart<'a> {
    bars: &'a Bars,
    sheet: Sheet,
    /// The end of the scale: more than nought.
    full: f64,
    /// Where nought stands.
    left: f32,
    /// Where the end of the scale stands.
    right: f32,
    /// How many sorts of parts there are.
    kinds: usize,
    /// Whether any bar has a tick. Figures then stand in a column of their own: between a bar and its tick they would be taken
    /// for what is missing.
    ticked: bool,
}

/// How a part looks.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Look {
    fill: Colour,
    outline: Option<Colour>,
}

/// A part of a bar where it is drawn.
struct Slice<'a> {
    part: &'a Part,
    rect: Rect,
    look: Look,
}

/// What the key explains.
enum Sign {
    Square(Look),
    Tick,
}

impl Chart<'_> {
    /// Where an amount stands on the scale.
    fn at(&self, amount: f64) -> f32 {
        self.left + (self.right - self.left) * (amount / self.full).clamp(0.0, 1.0) as f32
    }

    /// A bar with its label, its tick and its figure.
    fn row(&self, setter: &mut Setter, bar: &Bar, label: Lines, figure: Lines) -> Result<Sketch, ReportError> {
        let height = label.height().max(figure.height()).max(LINE) + 2.0 * PADDING;
        let mut row = Sketch { height, ..Sketch::default() };
        let slices = self.slices(bar);
        for slice in &slices {
            paint(&mut row, slice.rect, slice.look);
        }
        // Neighbours are parted by a line of paper, so that the eye does not need the tints alone.
        for slice in slices.iter().skip(1).filter(|s| s.rect.width > 3.0) {
            rule(&mut row, slice.rect.x, (PADDING, PADDING + LINE), 0.8, WHITE);
        }
        let mark = marked(bar).map(|m| self.at(amount(m)));
        // The figure of a bar of one part stands at its end already.
        for slice in slices.iter().filter(|s| slices.len() > 1 || s.part.figure != bar.figure) {
            self.inside(setter, &mut row, slice, mark)?;
        }
        let end = slices.last().map_or(self.left, |s| s.rect.x + s.rect.width);
        if let Some(x) = mark {
            self.tick(&mut row, x, x < end - TICK.0);
        }
        let x = if self.ticked { self.right } else { end } + BESIDE;
        put(&mut row, label, 0.0, PADDING);
        put(&mut row, figure, x, PADDING);
        Ok(row)
    }

    /// The parts of a bar that are more than nought, from the left.
    fn slices<'b>(&self, bar: &'b Bar) -> Vec<Slice<'b>> {
        let whole = total(bar);
        let length = (self.at(whole) - self.left).max(SEEN);
        let mut before = 0.0f64;
        let mut slices = Vec::new();
        for (i, part) in bar.parts.iter().enumerate() {
            let own = amount(part.value);
            if own > 0.0 {
                let x = self.left + length * (before / whole) as f32;
                let rect = Rect { x, y: PADDING, width: length * (own / whole) as f32, height: LINE };
                slices.push(Slice { part, rect, look: self.look_of(bar, i) });
            }
            before += own;
        }
        slices
    }

    /// How a part of a bar looks.
    fn look_of(&self, bar: &Bar, part: usize) -> Look {
        if self.kinds > 1 && bar.parts.len() == 1 {
            // Nobody knows how this bar divides: it must not look like the first of the series.
            return Look { fill: tint(self.sheet.muted, 0.8), outline: Some(self.sheet.muted) };
        }
        let steps_back = self.kinds <= 1 && !bar.strong && self.bars.bars.iter().any(|b| b.strong);
        if steps_back {
            return Look { fill: tint(self.sheet.accent, 0.5), outline: None };
        }
        look(&self.sheet, self.kinds, part)
    }

    /// The figure of a part within it, where it fits, can be read, and stays clear of the tick.
    fn inside(&self, setter: &mut Setter, row: &mut Sketch, slice: &Slice<'_>, mark: Option<f32>) -> Result<(), ReportError> {
        let Rect { x: from, width: room, .. } = slice.rect;
        let Some(colour) = legible(slice.look.fill, self.sheet.ink) else { return Ok(()) };
        if slice.part.figure.is_empty() || room <= 2.0 * INSET {
            return Ok(());
        }
        let text = setter.lines(&slice.part.figure.as_str().into(), self.sheet.detail().coloured(colour), WIDTH)?;
        let wide = width(&text);
        if text.lines.len() > 1 || wide + 2.0 * INSET > room {
            return Ok(());
        }
        let clear = |x: &f32| mark.is_none_or(|m| m < x - INSET || m > x + wide + INSET);
        if let Some(x) = [from + INSET, from + room - INSET - wide].into_iter().find(clear) {
            put(row, text, x, small_top(&self.sheet));
        }
        Ok(())
    }

    /// The tick at `x`. Within a bar it has a margin of paper: the accent may be as dark as the ink.
    fn tick(&self, row: &mut Sketch, x: f32, within: bool) {
        let (wide, reach) = TICK;
        if within {
            rule(row, x, (PADDING, PADDING + LINE), wide + 2.0, WHITE);
        }
        rule(row, x, (PADDING - reach, PADDING + LINE + reach), wide, self.sheet.ink);
    }

    /// What the tints and the tick stand for, in as many lines as that takes.
    fn key(&self, setter: &mut Setter) -> Result<Vec<Sketch>, ReportError> {
        const SIGN: f32 = 11.0;
        const APART: f32 = 16.0;
        const BELOW: f32 = 4.0;
        let mark = self.bars.mark.as_deref().filter(|_| self.ticked);
        if self.bars.series.len() < 2 && mark.is_none() {
            return Ok(Vec::new());
        }
        let squares = self.bars.series.iter().enumerate();
        let squares = squares.map(|(i, name)| (Sign::Square(look(&self.sheet, self.kinds, i)), name.as_str()));
        let (mut lines, mut x) = (Vec::<Sketch>::new(), 0.0f32);
        for (sign, name) in squares.chain(mark.map(|name| (Sign::Tick, name))).filter(|(_, name)| !name.is_empty()) {
            let text = setter.lines(&name.into(), self.sheet.detail(), WIDTH - SIGN)?;
            let wide = SIGN + width(&text);
            if lines.is_empty() || x + wide > WIDTH {
                lines.push(Sketch::default());
                x = 0.0;
            }
            if let Some(line) = lines.last_mut() {
                line.height = line.height.max(text.height());
                self.sign(line, x, &sign);
                put(line, text, x + SIGN, 0.0);
            }
            x += wide + APART;
        }
        if let Some(last) = lines.last_mut() {
            last.height += BELOW;
        }
        Ok(lines)
    }

    fn sign(&self, line: &mut Sketch, x: f32, sign: &Sign) {
        match sign {
            Sign::Square(look) => paint(line, Rect { x, y: 2.4, width: 7.0, height: 7.0 }, *look),
            Sign::Tick => rule(line, x + 3.5, (1.0, 10.6), TICK.0, self.sheet.ink),
        }
    }
}

/// How a series looks: steps from the accent towards white that can be told apart in grey print, the lightest with an
/// outline. After four they come again, outlined in the ink.
fn look(sheet: &Sheet, kinds: usize, series: usize) -> Look {
    const STEPS: [&[f32]; 4] = [&[0.0], &[0.0, 0.6], &[0.0, 0.45, 0.82], &[0.0, 0.38, 0.66, 0.9]];
    let steps = STEPS[kinds.clamp(1, STEPS.len()) - 1];
    let of_white = steps[series % steps.len()];
    let outline = match series {
        4.. => Some(sheet.ink),
        _ => (of_white > 0.8).then_some(sheet.accent),
    };
    Look { fill: tint(sheet.accent, of_white), outline }
}

/// The colour in which text can be read on a ground, if there is one.
fn legible(ground: Colour, ink: Colour) -> Option<Colour> {
    let best = if contrast(WHITE, ground) >= contrast(ink, ground) { WHITE } else { ink };
    (contrast(best, ground) >= LEGIBLE).then_some(best)
}

/// A filled rectangle; its outline lies within it, since its length is what counts.
fn paint(sketch: &mut Sketch, rect: Rect, look: Look) {
    const STROKE: f32 = 0.6;
    match look.outline {
        // It would be outline alone.
        Some(colour) if rect.width <= 2.0 * STROKE => sketch.rectangle(rect, colour),
        Some(colour) => {
            let (x, y) = (rect.x + STROKE / 2.0, rect.y + STROKE / 2.0);
            let within = Rect { x, y, width: rect.width - STROKE, height: rect.height - STROKE };
            sketch.path(outline(within), Some(look.fill), Some((colour, STROKE)));
        }
        None => sketch.rectangle(rect, look.fill),
    }
}
