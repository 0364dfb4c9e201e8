//! Stretches and points of time on one scale of years.

use super::{
    Sketch,
    axis::{BESIDE, GAP, LABELS, LINE, PADDING, WHITE, column, put, rule, small_top, stack, tint, width},
};
use crate::{
    ReportError,
    layout::{
        Rect, Segment,
        flow::{Lines, Setter},
        style::{Sheet, WIDTH},
    },
    model::{Rich, Stretch, TimeLine},
};

/// How thick a bar is.
const THICK: f32 = 8.0;
/// The least length of a bar.
const LEAST: f32 = 3.0;
/// From the middle of a point to its corners.
const POINT: f32 = 4.2;
/// The pieces that an open end fades out in: how long each is, and how much white is mixed in.
const FADING: [(f32, f32); 3] = [(6.0, 0.3), (4.5, 0.55), (3.0, 0.78)];
/// Between those pieces.
const BETWEEN: f32 = 1.4;
/// Between the line of a year and its number.
const INSET: f32 = 2.5;

/// The paper left and right of a text that the lines of years would touch.
const MARGIN: f32 = 2.5;

/// Draws a time line; nothing if it has no items.
pub(super) fn draw(setter: &mut Setter, line: &TimeLine) -> Result<Vec<Sketch>, ReportError> {
    let Some((first, last)) = years(line) else { return Ok(Vec::new()) };
    let sheet = setter.sheet.clone();
    let labels = column(setter, line.items.iter().map(|i| (&i.label, sheet.cell())), LABELS)?;
    // What is drawn beyond the last day has its room right of the scale.
    let beyond = if line.items.iter().any(|i| i.open) { fading().max(POINT) } else { POINT };
    let (left, right) = (labels.width + GAP, WIDTH - beyond);
    let scale = Scale { left, right, from: first_day(first), to: first_day(last + 1) };
    let ticks = ticks(setter, &scale, first, last)?;
    let mut rows = Vec::with_capacity(line.items.len());
    for (item, label) in line.items.iter().zip(labels.texts) {
        rows.push(row(setter, &scale, item, label)?);
    }
    let lines: Vec<f32> = ticks.iter().map(|t| t.x).collect();
    let ground = |piece: &mut Sketch, top: f32, bottom: f32| {
        for x in &lines {
            rule(piece, *x, (top, bottom), 0.4, sheet.hairline);
        }
    };
    Ok(stack(&[head(&sheet, &scale, ticks)], rows, ground))
}

/// A scale of days, from the first of a year to that of another.
struct Scale {
    /// Where it starts and ends.
    left: f32,
    right: f32,
    /// Its first day, and the one after its last.
    from: i64,
    to: i64,
}

impl Scale {
    /// Where a moment stands, in days.
    fn at(&self, day: f64) -> f32 {
        let share = (day - self.from as f64) / (self.to - self.from).max(1) as f64;
        self.left + (self.right - self.left) * share.clamp(0.0, 1.0) as f32
    }
}

/// The years of the first and of the last day.
fn years(line: &TimeLine) -> Option<(i64, i64)> {
    let first = line.items.iter().map(|i| i.from.min(i.to)).min()?;
    let last = line.items.iter().map(|i| i.from.max(i.to)).max()?;
    Some((year_of(first.into()), year_of(last.into())))
}

/// The first of January, in days since 1970-01-01. Counted here because a stretch may lie in any year, and the calendar's
/// types end somewhere.
fn first_day(year: i64) -> i64 {
    let before = year - 1;
    // Up to 1970 there had been 477 leap days.
    365 * (year - 1970) + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400) - 477
}

/// The year of a day.
fn year_of(day: i64) -> i64 {
    // 400 years are 146,097 days; the mean year may be one off.
    let near = 1970 + (day * 400).div_euclid(146_097);
    if first_day(near) > day {
        near - 1
    } else if first_day(near + 1) <= day {
        near + 1
    } else {
        near
    }
}

/// The line of a year, and its number where that has room.
struct Tick {
    x: f32,
    number: Option<Lines>,
}

/// The years that have a line, so many years apart that their numbers do not touch.
fn ticks(setter: &mut Setter, scale: &Scale, first: i64, last: i64) -> Result<Vec<Tick>, ReportError> {
    const APART: f32 = 8.0;
    let setting = setter.sheet.detail();
    let mut set = |year: i64| setter.lines(&Rich::from(year.to_string()), setting, WIDTH);
    let widest = width(&set(first)?).max(width(&set(last)?));
    let year = (scale.right - scale.left) / (last - first + 1) as f32;
    let step = step((widest + APART) / year);
    let start = -(-first).div_euclid(step) * step;
    let mut ticks = Vec::new();
    for year in (start..=last).step_by(usize::try_from(step).unwrap_or(usize::MAX)) {
        let (x, number) = (scale.at(first_day(year) as f64), set(year)?);
        let fits = x + INSET + width(&number) <= WIDTH;
        ticks.push(Tick { x, number: fits.then_some(number) });
    }
    Ok(ticks)
}

/// The least of 1, 2, 5, 10, 20 … that is not less than this.
fn step(least: f32) -> i64 {
    let mut steps = (0..12).flat_map(|power| [1, 2, 5].map(|times| times * 10i64.pow(power)));
    steps.find(|s| *s as f32 >= least).unwrap_or(10i64.pow(12))
}

/// The numbers of the years, above a rule.
fn head(sheet: &Sheet, scale: &Scale, ticks: Vec<Tick>) -> Sketch {
    let height = sheet.detail().leading + 2.5;
    let mut head = Sketch { height, ..Sketch::default() };
    for tick in ticks {
        rule(&mut head, tick.x, (0.0, height), 0.4, sheet.hairline);
        if let Some(number) = tick.number {
            put(&mut head, number, tick.x + INSET, 0.0);
        }
    }
    let along = Rect { x: scale.left, y: height - 0.5, width: scale.right - scale.left, height: 0.5 };
    head.rectangle(along, sheet.muted);
    head
}

/// A stretch with its label and its dates.
fn row(setter: &mut Setter, scale: &Scale, item: &Stretch, label: Lines) -> Result<Sketch, ReportError> {
    let sheet = setter.sheet.clone();
    let figure = Rich::from(item.figure.as_str());
    let whole = setter.lines(&figure, sheet.detail(), WIDTH)?;
    let mut row = Sketch::default();
    let (start, end) = mark(&mut row, &sheet, scale, item);
    let place = beside(&whole, start, end, scale.left);
    let below = PADDING + label.height();
    put(&mut row, label, 0.0, PADDING);
    let bottom = if let Some(x) = place {
        on_paper(&mut row, whole, x, small_top(&sheet));
        below
    } else {
        let wrapped = setter.lines(&figure, sheet.detail(), LABELS)?;
        let bottom = below + wrapped.height();
        on_paper(&mut row, wrapped, 0.0, below);
        bottom
    };
    row.height = bottom.max(PADDING + LINE) + PADDING;
    Ok(row)
}

/// Where the dates start: right of what is drawn, else left of it, if there they have room on one line.
fn beside(figure: &Lines, start: f32, end: f32, left: f32) -> Option<f32> {
    let (wide, before) = (width(figure), start - BESIDE - width(figure));
    if figure.lines.len() > 1 {
        None
    } else if end + BESIDE + wide <= WIDTH {
        Some(end + BESIDE)
    } else {
        (before >= left).then_some(before)
    }
}

/// Puts a text down on paper of its own, so that the lines of the years do not run through it.
fn on_paper(row: &mut Sketch, text: Lines, x: f32, y: f32) {
    if !text.shaped.text.is_empty() {
        let (from, to) = ((x - MARGIN).max(0.0), (x + width(&text) + MARGIN).min(WIDTH));
        row.rectangle(Rect { x: from, y, width: to - from, height: text.height() }, WHITE);
        row.text(text, x, y);
    }
}

/// Draws a bar or a point and gives where it starts and ends.
fn mark(row: &mut Sketch, sheet: &Sheet, scale: &Scale, item: &Stretch) -> (f32, f32) {
    let (from, to) = (f64::from(item.from.min(item.to)), f64::from(item.from.max(item.to)));
    let middle = PADDING + LINE / 2.0;
    if item.from == item.to && !item.open {
        let x = scale.at(from + 0.5);
        let corners = [(x, middle - POINT), (x + POINT, middle), (x, middle + POINT), (x - POINT, middle)];
        let mut segments: Vec<Segment> = corners.into_iter().map(|(x, y)| Segment::Line(x, y)).collect();
        segments[0] = Segment::Move(corners[0].0, corners[0].1);
        segments.push(Segment::Close);
        row.path(segments, Some(sheet.accent), None);
        return (x - POINT, x + POINT);
    }
    let start = scale.at(from).min(scale.right - LEAST);
    // The last day belongs to the stretch.
    let mut end = scale.at(to + 1.0).max(start + LEAST);
    let bar = |x: f32, width: f32| Rect { x, y: middle - THICK / 2.0, width, height: THICK };
    row.rectangle(bar(start, end - start), sheet.accent);
    for (length, of_white) in FADING.into_iter().filter(|_| item.open) {
        row.rectangle(bar(end + BETWEEN, length), tint(sheet.accent, of_white));
        end += BETWEEN + length;
    }
    (start, end)
}

/// How long the pieces of an open end are together.
fn fading() -> f32 {
    FADING.iter().map(|(length, _)| length + BETWEEN).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        super::{
            Ink,
            axis::check::{assert_sound, bounds, letters, setter, shown, texts, words},
        },
        *,
    };

    fn item() -> impl Strategy<Value = Stretch> {
        let from = prop_oneof![6 => 0i32..20_000, 2 => -40_000i32..40_000, 1 => any::<i32>()];
        let days = prop_oneof![2 => Just(0i32), 1 => Just(1i32), 4 => 0i32..4_000, 1 => 0i32..36_525, 1 => -100i32..0];
        (words(14), from, days, any::<bool>(), words(6)).prop_map(|(label, from, days, open, figure)| Stretch {
            label: label.into(),
            from,
            to: from.saturating_add(days),
            open,
            figure,
        })
    }

    fn stretch(from: i32, to: i32, figure: &str) -> Stretch {
        Stretch { label: "Thỏa thuận hợp tác".into(), from, to, open: false, figure: figure.into() }
    }

    fn said(piece: &Sketch) -> Vec<String> {
        texts(piece).into_iter().map(|(_, text)| text).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

        #[test]
        fn a_time_line_of_any_kind_stays_on_its_sheet_and_says_every_word(
            items in prop_oneof![6 => prop::collection::vec(item(), 0..12), 1 => prop::collection::vec(item(), 100..200)],
        ) {
            let line = TimeLine { items };
            let pieces = draw(&mut setter(), &line).unwrap();
            assert_sound(&pieces);
            prop_assert_eq!(pieces.is_empty(), line.items.is_empty());
            let asked: usize = line.items.iter().map(|i| letters(&i.label.plain()) + letters(&i.figure)).sum();
            prop_assert!(shown(&pieces) >= asked);
        }

        #[test]
        fn a_year_has_its_first_day_and_its_last(year in -6_000_000i64..6_000_000) {
            prop_assert_eq!(year_of(first_day(year)), year);
            prop_assert_eq!(year_of(first_day(year) - 1), year - 1);
            prop_assert!((365..=366).contains(&(first_day(year + 1) - first_day(year))));
        }
    }

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        assert_eq!([1969, 1970, 2000, 2024].map(first_day), [-365, 0, 10_957, 19_723]);
    }

    #[test]
    fn a_day_and_a_century_both_have_years_above_them() {
        let draw = |items: Vec<Stretch>| draw(&mut setter(), &TimeLine { items }).unwrap();
        let day = draw(vec![stretch(19_800, 19_800, "18/3/2024")]);
        assert!(said(&day[0]).contains(&"2024".to_owned()), "{:?}", said(&day[0]));
        let century = draw(vec![stretch(-18_262, 18_262, "1920–2019")]);
        let years = said(&century[0]).iter().filter(|t| t.parse::<i64>().is_ok_and(|y| y % 10 == 0)).count();
        assert!(years >= 5, "{:?}", said(&century[0]));
    }

    #[test]
    fn steps_between_years_are_round() {
        assert_eq!([0.2, 1.0, 1.1, 2.5, 5.5, 11.0, 4.0e6].map(step), [1, 1, 2, 5, 10, 20, 5_000_000]);
    }

    #[test]
    fn dates_stand_right_of_a_bar_else_left_of_it_else_below_the_label() {
        let first = first_day(2010) as i32;
        let items = vec![
            stretch(first, first + 100, "ngay bên phải"),
            stretch(first + 4_900, first + 5_100, "chỉ bên trái mới đủ chỗ"),
            stretch(first, first + 5_110, "dưới nhãn"),
        ];
        let mut setter = setter();
        let pieces = draw(&mut setter, &TimeLine { items }).unwrap();
        let accent = Some(setter.sheet.accent);
        let bars: Vec<Rect> = pieces[0]
            .inks
            .iter()
            .filter_map(|ink| match ink {
                Ink::Path { segments, fill, .. } if *fill == accent => Some(bounds(segments)),
                _ => None,
            })
            .collect();
        let place = |text: &str| texts(&pieces[0]).into_iter().find(|(_, t)| t == text).unwrap().0;
        assert!(place("ngay bên phải").x > bars[0].x + bars[0].width);
        let left = place("chỉ bên trái mới đủ chỗ");
        assert!(left.x + left.width < bars[1].x);
        assert!(place("dưới nhãn").x < 0.1 && place("dưới nhãn").y > bars[2].y);
    }

    #[test]
    fn an_open_end_fades_out_beyond_the_last_day() {
        let open = Stretch { open: true, ..stretch(0, 700, "từ 1970") };
        let mut setter = setter();
        let pieces = draw(&mut setter, &TimeLine { items: vec![open] }).unwrap();
        let accent = setter.sheet.accent;
        let piece = |of_white: f32| {
            let colour = Some(tint(accent, of_white));
            let found = |ink: &Ink| matches!(ink, Ink::Path { fill, .. } if *fill == colour);
            pieces[0].inks.iter().filter(|ink| found(ink)).count()
        };
        assert_eq!(FADING.map(|(_, of_white)| piece(of_white)), [1, 1, 1]);
    }
}
