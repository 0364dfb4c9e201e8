//! Bars of any kind stay on their sheet, and what is printed can be read.

use proptest::prelude::*;

use super::{
    super::{
        Ink,
        axis::check::{assert_sound, bounds, letters, overlap, setter, sheets, shown, texts, words},
    },
    *,
};

fn decimal() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        1 => Just(Decimal::ZERO),
        4 => (-(10i128.pow(13))..10i128.pow(13), 0u8..=4).prop_map(|(c, s)| Decimal::new(c, s).unwrap()),
        4 => (1i64..1_000).prop_map(Decimal::from),
        1 => Just(Decimal::new(1, 18).unwrap()),
        1 => Just(Decimal::new(i128::MAX, 0).unwrap()),
        1 => Just(Decimal::new(i128::MIN, 18).unwrap()),
    ]
}

fn bar() -> impl Strategy<Value = Bar> {
    let part = (decimal(), words(3)).prop_map(|(value, figure)| Part { value, figure });
    let parts = prop::collection::vec(part, 0..6);
    (words(14), parts, prop::option::of(decimal()), words(6), any::<bool>())
        .prop_map(|(label, parts, mark, figure, strong)| Bar { label: label.into(), parts, mark, figure, strong })
}

fn any_bars() -> impl Strategy<Value = Bars> {
    let series = prop::collection::vec(words(3), 0..7);
    let bars = prop_oneof![6 => prop::collection::vec(bar(), 0..12), 1 => prop::collection::vec(bar(), 100..200)];
    (series, prop::option::of(words(3)), bars, prop::option::of(decimal())).prop_map(|(series, mark, bars, scale)| Bars {
        series,
        mark,
        bars,
        scale,
    })
}

/// A bar of parts that print nothing themselves.
fn plain(label: &str, values: &[i64], mark: Option<i64>) -> Bar {
    let part = |v: &i64| Part { value: Decimal::from(*v), figure: String::new() };
    Bar {
        label: label.into(),
        parts: values.iter().map(part).collect(),
        mark: mark.map(Decimal::from),
        figure: format!("{}", values.iter().sum::<i64>()),
        strong: false,
    }
}

/// The rectangles of a colour.
fn rectangles(pieces: &[Sketch], colour: Colour) -> Vec<Rect> {
    let of = |ink: &Ink| match ink {
        Ink::Path { segments, fill, stroke: None } if *fill == Some(colour) => Some(bounds(segments)),
        _ => None,
    };
    pieces.iter().flat_map(|p| p.inks.iter().filter_map(of)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn bars_of_any_kind_stay_on_their_sheet_and_no_tick_runs_through_a_text(bars in any_bars()) {
        let mut setter = setter();
        let ink = setter.sheet.ink;
        let pieces = draw(&mut setter, &bars).unwrap();
        assert_sound(&pieces);
        for piece in &pieces {
            for tick in rectangles(std::slice::from_ref(piece), ink).into_iter().filter(|r| r.width < 2.0) {
                for (place, text) in texts(piece) {
                    prop_assert!(!overlap(tick, place), "{:?} runs through {} at {:?}", tick, text, place);
                }
            }
        }
    }

    #[test]
    fn every_label_and_every_figure_is_printed(
        rows in prop::collection::vec((words(60), words(9), 0i64..10i64.pow(13)), 1..60),
    ) {
        let make = |(label, figure, value): &(String, String, i64)| Bar {
            figure: figure.clone(),
            ..plain(label, &[*value], None)
        };
        let bars = Bars { bars: rows.iter().map(make).collect(), ..Bars::default() };
        let pieces = draw(&mut setter(), &bars).unwrap();
        let asked: usize = rows.iter().map(|(label, figure, _)| letters(label) + letters(figure)).sum();
        let drawn = rows.iter().any(|(_, _, value)| *value > 0);
        prop_assert_eq!(shown(&pieces), if drawn { asked } else { 0 });
    }
}

#[test]
fn where_there_is_nothing_to_show_there_is_no_picture() {
    let draw = |bars: &Bars| draw(&mut setter(), bars).unwrap().len();
    assert_eq!(draw(&Bars::default()), 0);
    let zero = vec![plain("Không", &[0], None), plain("Âm", &[-5], Some(-1)), plain("Trống", &[], None)];
    assert_eq!(draw(&Bars { bars: zero, scale: Some(Decimal::from(100)), ..Bars::default() }), 0);
    let planned = vec![plain("Chưa đạt", &[0], Some(40))];
    assert_eq!(draw(&Bars { bars: planned, ..Bars::default() }), 1, "a target that nothing came of yet is to be seen");
}

#[test]
fn lengths_are_in_proportion_and_what_is_not_above_nought_has_words_only() {
    let values = [400, 200, 0, -300, 100];
    let bars = Bars { bars: values.map(|v| plain("Một dòng", &[v], None)).into(), ..Bars::default() };
    let mut setter = setter();
    let pieces = draw(&mut setter, &bars).unwrap();
    let drawn = rectangles(&pieces, setter.sheet.accent);
    assert_eq!(drawn.len(), 3);
    assert!((drawn[0].width / drawn[1].width - 2.0).abs() < 0.01 && (drawn[0].width / drawn[2].width - 4.0).abs() < 0.01);
    let said: Vec<String> = texts(&pieces[0]).into_iter().map(|(_, text)| text).collect();
    assert!(values.iter().all(|v| said.contains(&v.to_string())), "{said:?}");
}

#[test]
fn two_hundred_bars_fill_several_pieces_and_each_has_the_key() {
    let bars = (0..200i64).map(|i| plain(&format!("Thành phố số {i}"), &[i, 2 * i], Some(300))).collect();
    let series = vec!["Phụ nữ".into(), "Nam giới".into()];
    let pieces = draw(&mut setter(), &Bars { series, mark: Some("Mục tiêu".into()), bars, scale: None }).unwrap();
    assert_sound(&pieces);
    assert!((5..9).contains(&pieces.len()), "{}", pieces.len());
    for piece in &pieces {
        let said: Vec<String> = texts(piece).into_iter().map(|(_, text)| text).collect();
        assert!(["Phụ nữ", "Nam giới", "Mục tiêu"].iter().all(|k| said.iter().any(|s| s == k)), "{said:?}");
    }
}

#[test]
fn a_part_bears_its_figure_only_where_it_fits() {
    let part = |value: i64, figure: &str| Part { value: Decimal::from(value), figure: figure.into() };
    let bar = Bar { parts: vec![part(990, "990 người"), part(10, "10 người")], ..plain("Tập huấn", &[], None) };
    let bars = Bars { series: vec!["Nữ".into(), "Nam".into()], bars: vec![bar], ..Bars::default() };
    let pieces = draw(&mut setter(), &bars).unwrap();
    let said: Vec<String> = texts(&pieces[0]).into_iter().map(|(_, text)| text).collect();
    assert!(said.iter().any(|s| s == "990 người") && !said.iter().any(|s| s == "10 người"), "{said:?}");
}

#[test]
fn series_can_be_told_apart_in_grey_and_text_on_them_can_be_read() {
    let grey = |Colour([r, g, b]): Colour| 0.299 * f32::from(r) + 0.587 * f32::from(g) + 0.114 * f32::from(b);
    for sheet in sheets() {
        for kinds in 1..=4 {
            let looks: Vec<Look> = (0..kinds).map(|i| look(&sheet, kinds, i)).collect();
            for pair in looks.windows(2) {
                assert!(grey(pair[1].fill) - grey(pair[0].fill) > 30.0, "{pair:?}");
            }
            for ground in looks {
                assert!(legible(ground.fill, sheet.ink).is_none_or(|c| contrast(c, ground.fill) >= LEGIBLE));
            }
        }
        assert_eq!(legible(sheet.accent, sheet.ink), Some(WHITE));
    }
}
