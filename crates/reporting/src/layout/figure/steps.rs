//! Rows of steps: a filled circle for each that was reached, a hollow one for each that was not.

use super::{
    Sketch,
    axis::{GAP, LABELS, LINE, PADDING, WHITE, column, put, stack},
};
use crate::{
    ReportError,
    layout::{
        Rect,
        flow::{Lines, Setter},
        style::WIDTH,
    },
    model::{Rich, StepRow, Steps},
};

/// The radius of a circle.
const RADIUS: f32 = 4.2;
/// The least width of a step: a date fits into it.
const NARROWEST: f32 = 46.0;
/// Between the words of one step and those of the next.
const GUTTER: f32 = 6.0;
/// Between a circle's line and the words beneath it.
const BENEATH: f32 = 1.0;

/// Draws rows of steps; nothing if there are no rows or no steps.
pub(super) fn draw(setter: &mut Setter, steps: &Steps) -> Result<Vec<Sketch>, ReportError> {
    let count = steps.rows.iter().map(|r| r.reached.len()).fold(steps.steps.len(), usize::max);
    if count == 0 || steps.rows.is_empty() {
        return Ok(Vec::new());
    }
    let setting = setter.sheet.cell();
    // Many steps need the room more than the labels do.
    let most = if count > 5 { LABELS * 0.75 } else { LABELS };
    let labels = column(setter, steps.rows.iter().map(|r| (&r.label, setting)), most)?;
    let left = labels.width + GAP;
    // Steps that find no room side by side go on below, in bands of like size.
    let fit = ((WIDTH - left) / NARROWEST).floor().max(1.0) as usize;
    let per_band = count.div_ceil(count.div_ceil(fit));
    let mut pieces = Vec::new();
    for from in (0..count).step_by(per_band) {
        let to = (from + per_band).min(count);
        let band = Band { from, to, left, step: (WIDTH - left) / per_band as f32 };
        let head = band.head(setter, &steps.steps)?;
        let mut rows = Vec::with_capacity(steps.rows.len());
        for (row, label) in steps.rows.iter().zip(&labels.texts) {
            rows.push(band.row(setter, row, label.clone(), rows.is_empty())?);
        }
        let muted = setter.sheet.muted;
        let ground = |piece: &mut Sketch, top: f32, _: f32| {
            piece.rectangle(Rect { x: 0.0, y: (top - 0.6).max(0.0), width: WIDTH, height: 0.5 }, muted);
        };
        pieces.extend(stack(&[head], rows, ground));
    }
    Ok(pieces)
}

/// Steps that stand side by side.
struct Band {
    /// The first of them, and the one after the last.
    from: usize,
    to: usize,
    /// Where the first stands.
    left: f32,
    /// From one to the next.
    step: f32,
}

impl Band {
    /// The steps with their places.
    fn places(&self) -> impl Iterator<Item = (usize, f32)> {
        let (from, left, step) = (self.from, self.left, self.step);
        (from..self.to).map(move |i| (i, left + (i - from) as f32 * step))
    }

    /// The names of the steps; they stand on a common foot, near what they name.
    fn head(&self, setter: &mut Setter, names: &[String]) -> Result<Sketch, ReportError> {
        const BELOW: f32 = 3.0;
        let setting = setter.sheet.column();
        let mut headings = Vec::new();
        for (i, x) in self.places() {
            let name = Rich::from(names.get(i).map_or("", String::as_str));
            headings.push((setter.lines(&name, setting, self.step - GUTTER)?, x));
        }
        let foot = headings.iter().map(|(h, _)| h.height()).fold(0.0, f32::max);
        let mut head = Sketch { height: foot + BELOW, ..Sketch::default() };
        for (heading, x) in headings {
            let y = foot - heading.height();
            put(&mut head, heading, x, y);
        }
        Ok(head)
    }

    /// A row; a rule parts it from the one above.
    fn row(&self, setter: &mut Setter, row: &StepRow, label: Lines, first: bool) -> Result<Sketch, ReportError> {
        let (hairline, detail) = (setter.sheet.hairline, setter.sheet.detail());
        let mut sketch = Sketch::default();
        if !first {
            sketch.rectangle(Rect { x: 0.0, y: 0.0, width: WIDTH, height: 0.4 }, hairline);
        }
        self.circles(setter, &mut sketch, row);
        let mut height = label.height().max(LINE);
        put(&mut sketch, label, 0.0, PADDING);
        for (i, x) in self.places() {
            let words = row.reached.get(i).and_then(Option::as_deref).unwrap_or_default();
            if !words.is_empty() {
                let text = setter.lines(&words.into(), detail, self.step - GUTTER)?;
                height = height.max(LINE + BENEATH + text.height());
                put(&mut sketch, text, x, PADDING + LINE + BENEATH);
            }
        }
        sketch.height = height + 2.0 * PADDING;
        Ok(sketch)
    }

    /// The circles of a row and the lines between them. Filled or hollow tells them apart without any colour.
    fn circles(&self, setter: &Setter, sketch: &mut Sketch, row: &StepRow) {
        const STROKE: f32 = 0.9;
        let (accent, muted, hairline) = (setter.sheet.accent, setter.sheet.muted, setter.sheet.hairline);
        let reached = |i: usize| row.reached.get(i).is_some_and(Option::is_some);
        let y = PADDING + LINE / 2.0;
        for (i, x) in self.places() {
            let middle = x + RADIUS;
            if i + 1 < self.to {
                let (colour, thick) = if reached(i) && reached(i + 1) { (accent, 1.6) } else { (hairline, 0.8) };
                sketch.line((middle + RADIUS, y), (middle + self.step - RADIUS, y), colour, thick);
            }
            if reached(i) {
                sketch.circle((middle, y), RADIUS, Some(accent), None);
            } else {
                sketch.circle((middle, y), RADIUS - STROKE / 2.0, Some(WHITE), Some((muted, STROKE)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        super::{
            Ink,
            axis::check::{assert_sound, letters, setter, shown, texts, words},
        },
        *,
    };

    fn step_row() -> impl Strategy<Value = StepRow> {
        (words(14), prop::collection::vec(prop::option::of(words(4)), 0..12))
            .prop_map(|(label, reached)| StepRow { label: label.into(), reached })
    }

    fn any_steps() -> impl Strategy<Value = Steps> {
        let steps = prop_oneof![6 => prop::collection::vec(words(4), 0..9), 1 => prop::collection::vec(words(4), 30..40)];
        let few = prop::collection::vec(step_row(), 0..10);
        let rows = prop_oneof![6 => few, 1 => prop::collection::vec(step_row(), 60..100)];
        (steps, rows).prop_map(|(steps, rows)| Steps { steps, rows })
    }

    fn names(count: usize) -> Vec<String> {
        (1..=count).map(|i| format!("Bước {i}")).collect()
    }

    /// How many circles are filled with a colour.
    fn circles(pieces: &[Sketch], colour: crate::brand::Colour) -> usize {
        let round = |ink: &&Ink| {
            matches!(ink, Ink::Path { segments, fill, .. }
                if *fill == Some(colour) && segments.iter().any(|s| matches!(s, crate::layout::Segment::Curve(_))))
        };
        pieces.iter().map(|p| p.inks.iter().filter(round).count()).sum()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

        #[test]
        fn steps_of_any_kind_stay_on_their_sheet_and_say_every_word(steps in any_steps()) {
            let pieces = draw(&mut setter(), &steps).unwrap();
            assert_sound(&pieces);
            let row = |r: &StepRow| letters(&r.label.plain()) + r.reached.iter().flatten().map(|w| letters(w)).sum::<usize>();
            let asked = steps.rows.iter().map(row).sum::<usize>() + steps.steps.iter().map(|s| letters(s)).sum::<usize>();
            prop_assert!(pieces.is_empty() || shown(&pieces) >= asked);
            let none = steps.rows.is_empty() || (steps.steps.is_empty() && steps.rows.iter().all(|r| r.reached.is_empty()));
            prop_assert_eq!(pieces.is_empty(), none);
        }
    }

    #[test]
    fn reached_steps_are_filled_and_the_others_hollow() {
        let reached = vec![Some("3/2024".into()), Some(String::new()), None];
        let rows = vec![StepRow { label: "Huế".into(), reached }, StepRow { label: "Đà Nẵng".into(), reached: Vec::new() }];
        let mut setter = setter();
        let pieces = draw(&mut setter, &Steps { steps: names(4), rows }).unwrap();
        assert_eq!((pieces.len(), circles(&pieces, setter.sheet.accent), circles(&pieces, WHITE)), (1, 2, 6));
        let said: Vec<String> = texts(&pieces[0]).into_iter().map(|(_, text)| text).collect();
        assert!(said.contains(&"3/2024".to_owned()) && said.contains(&"Bước 4".to_owned()), "{said:?}");
    }

    #[test]
    fn many_steps_go_on_in_bands_and_every_piece_names_its_own() {
        let row = |i: usize| StepRow { label: format!("Thành phố {i}").into(), reached: vec![Some("2024".into()); 20] };
        let mut setter = setter();
        let pieces = draw(&mut setter, &Steps { steps: names(20), rows: (0..60).map(row).collect() }).unwrap();
        assert_sound(&pieces);
        assert_eq!(circles(&pieces, setter.sheet.accent), 60 * 20);
        for piece in &pieces {
            let headings = texts(piece).iter().filter(|(_, t)| t.starts_with("Bước")).count();
            assert!(headings >= 5, "{headings} headings");
        }
    }
}
