use std::cell::RefCell;

use ketnoi_domain::{Coordinates, Decimal};
use proptest::prelude::*;

use super::{draw, labels, outline, projection::Projection};
use crate::{
    brand::{Brand, NEUTRAL},
    layout::{
        Segment,
        figure::{HIGHEST, Ink, Sketch},
        flow::Setter,
        style::{Sheet, WIDTH},
    },
    model::{Map, MapName, MapPlace, Region},
    shelf::Shelf,
};

const REGIONS: [Region; 3] = [Region::Vietnam, Region::SoutheastAsia, Region::World];

fn setter() -> Setter {
    Setter::new(Sheet::new(&Brand::load(&Shelf::builtin(), NEUTRAL).unwrap().colours)).unwrap()
}

/// A place in millionths of a degree.
fn at(longitude: i64, latitude: i64) -> Coordinates {
    let degrees = |n: i64| Decimal::new(n.into(), 6).unwrap();
    Coordinates { longitude: degrees(longitude), latitude: degrees(latitude) }
}

fn place(label: &str, longitude: i64, latitude: i64, weight: u32) -> MapPlace {
    MapPlace { label: label.into(), at: at(longitude, latitude), figure: "3 dự án".into(), weight }
}

fn cities() -> Vec<MapPlace> {
    vec![
        place("Hà Nội", 105_854_000, 21_028_000, 3),
        place("Đà Nẵng", 108_206_000, 16_047_000, 1),
        place("Thành phố Hồ Chí Minh", 106_702_000, 10_776_000, 9),
    ]
}

/// What a reader sees, in order.
fn words(sketches: &[Sketch]) -> String {
    let inks = sketches.iter().flat_map(|s| &s.inks);
    let texts = inks.filter_map(|ink| if let Ink::Text { text, .. } = ink { Some(text) } else { None });
    texts.flat_map(|t| &t.lines).flat_map(|l| &l.pieces).map(|p| p.text.as_str()).collect()
}

/// Left, top, right and bottom of each line of text.
fn lines(sketch: &Sketch) -> Vec<[f32; 4]> {
    let mut lines = Vec::new();
    for ink in &sketch.inks {
        if let Ink::Text { text, x, y } = ink {
            for (i, line) in text.lines.iter().enumerate().filter(|(_, line)| line.width > 0.0) {
                let top = y + i as f32 * text.leading();
                lines.push([*x, top, x + line.width, top + text.leading()]);
            }
        }
    }
    lines
}

fn corners(segment: &Segment) -> Vec<(f32, f32)> {
    match *segment {
        Segment::Move(x, y) | Segment::Line(x, y) => vec![(x, y)],
        Segment::Curve([a, b, c, d, x, y]) => vec![(a, b), (c, d), (x, y)],
        Segment::Close => Vec::new(),
    }
}

fn assert_sound(sketches: &[Sketch]) {
    const HAIR: f32 = 0.05;
    assert!(!sketches.is_empty());
    for sketch in sketches {
        assert!(sketch.height > 0.0 && sketch.height <= HIGHEST + HAIR, "{}", sketch.height);
        let within = |x: f32, y: f32| (-HAIR..=WIDTH + HAIR).contains(&x) && (-HAIR..=sketch.height + HAIR).contains(&y);
        for ink in &sketch.inks {
            if let Ink::Path { segments, .. } = ink {
                for (x, y) in segments.iter().flat_map(corners) {
                    assert!(within(x, y), "a path goes through {x}, {y}");
                }
            }
        }
        let lines = lines(sketch);
        for (i, a) in lines.iter().enumerate() {
            assert!(within(a[0], a[1]) && within(a[2], a[3]), "a text stands at {a:?}");
            for b in &lines[i + 1..] {
                let apart = a[2] <= b[0] + HAIR || b[2] <= a[0] + HAIR || a[3] <= b[1] + HAIR || b[3] <= a[1] + HAIR;
                assert!(apart, "texts overlap: {a:?} and {b:?}");
            }
        }
    }
}

fn any_place() -> impl Strategy<Value = MapPlace> {
    let anywhere = (-180_000_000..=180_000_000i64, -90_000_000..=90_000_000i64);
    let vietnam = (102_000_000..=110_000_000i64, 8_000_000..=23_500_000i64);
    let spot = Just((105_854_000i64, 21_028_000i64));
    let label =
        prop_oneof![4 => "[A-ZĐ][a-zđêôơưạảấầễệ]{0,9}( [a-zđêễ]{1,8}){0,3}", 1 => "[a-zđễ]{100,300}", 1 => Just(String::new())];
    let weight = prop_oneof![4 => 0u32..12, 1 => Just(u32::MAX)];
    (label, prop_oneof![anywhere, vietnam, spot], weight).prop_map(|(l, (x, y), w)| place(&l, x, y, w))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_places_stay_within_the_map_and_apart(
        region in prop::sample::select(REGIONS.to_vec()),
        places in prop::collection::vec(any_place(), 0..40),
        names in prop::collection::vec(("[A-Z][a-zễ ]{0,40}", -180_000_000..=180_000_000i64, -30_000_000..=60_000_000i64), 0..4),
    ) {
        thread_local!(static SETTER: RefCell<Setter> = RefCell::new(setter()));
        let names = names.into_iter().map(|(text, x, y)| MapName { text, at: at(x, y) }).collect();
        let map = Map { region, insets: Vec::new(), names, places };
        let sketches = SETTER.with(|s| draw(&mut s.borrow_mut(), &map, 1.0)).unwrap();
        assert_sound(&sketches);
        let words = words(&sketches);
        for place in &map.places {
            prop_assert!(words.contains(&place.label.plain()), "{} is not listed", place.label.plain());
        }
    }
}

#[test]
fn a_long_list_goes_on_after_the_map() {
    let label = "ễ".repeat(300);
    for region in REGIONS {
        let places = (0..200).map(|_| place(&label, 105_854_000, 21_028_000, 1)).collect();
        let sketches = draw(&mut setter(), &Map { region, insets: Vec::new(), names: Vec::new(), places }, 1.0).unwrap();
        assert!(sketches.len() > 1);
        assert_sound(&sketches);
        let words = words(&sketches);
        assert_eq!(words.matches('ễ').count(), 200 * 300);
        assert!(words.starts_with("1–200"), "one mark bears all numbers");
    }
}

#[test]
fn a_name_that_fills_pages_is_broken() {
    let places = vec![place(&"dài ".repeat(20_000), 0, 0, 1)];
    let sketches =
        draw(&mut setter(), &Map { region: Region::Vietnam, insets: Vec::new(), names: Vec::new(), places }, 1.0).unwrap();
    assert_sound(&sketches);
    assert_eq!(words(&sketches).matches("dài").count(), 20_000);
}

#[test]
fn few_places_bear_their_names_and_many_their_numbers() {
    let few = Map { region: Region::Vietnam, insets: Vec::new(), names: Vec::new(), places: cities() };
    let sketches = draw(&mut setter(), &few, 1.0).unwrap();
    assert_eq!(words(&sketches).matches("Đà Nẵng").count(), 2, "on the map and in the list");

    let many = (0..15).map(|i| place(&format!("Nơi {i}"), 103_000_000 + i * 800_000, 13_000_000, 1)).collect();
    let sketches =
        draw(&mut setter(), &Map { region: Region::Vietnam, insets: Vec::new(), names: Vec::new(), places: many }, 1.0).unwrap();
    assert_eq!(words(&sketches).matches("Nơi 3").count(), 1, "in the list alone");
    assert_sound(&sketches);
}

#[test]
fn a_place_that_the_map_does_not_show_is_listed_without_a_mark() {
    let mark = |places| {
        let sketches =
            draw(&mut setter(), &Map { region: Region::Vietnam, insets: Vec::new(), names: Vec::new(), places }, 1.0).unwrap();
        assert!(words(&sketches).contains("Potsdam") || words(&sketches).contains("Huế"));
        sketches[0].inks.iter().filter(|ink| matches!(ink, Ink::Path { .. })).count()
    };
    let abroad = mark(vec![place("Potsdam", 13_060_000, 52_400_000, 1)]);
    let home = mark(vec![place("Huế", 107_590_000, 16_460_000, 1)]);
    assert_eq!(home, abroad + 2, "a mark is a circle on a white one");
}

#[test]
fn names_stand_on_the_map_and_cover_no_islet() {
    let names = vec![
        MapName { text: "Quần đảo Hoàng Sa\n(Việt Nam)".into(), at: at(112_000_000, 16_300_000) },
        MapName { text: "Quần đảo Trường Sa\n(Việt Nam)".into(), at: at(113_500_000, 9_800_000) },
        MapName { text: "Biển Đông".into(), at: at(112_500_000, 13_000_000) },
    ];
    for region in REGIONS {
        let sketches =
            draw(&mut setter(), &Map { region, insets: Vec::new(), names: names.clone(), places: cities() }, 1.0).unwrap();
        assert_sound(&sketches);
        for name in ["Quần đảo Hoàng Sa", "Quần đảo Trường Sa", "Biển Đông"] {
            assert!(words(&sketches).contains(name), "{region:?}: {name}");
        }
    }
}

#[test]
fn a_crowded_part_is_drawn_large_and_every_place_bears_its_number() {
    let mut places: Vec<MapPlace> =
        (0..30).map(|i| place(&format!("Nơi {i}"), 104_900_000 + i * 70_000, 20_500_000, 1)).collect();
    places.push(place("Saguenay", -71_070_000, 48_430_000, 1));
    let map = Map { region: Region::World, insets: vec![Region::Vietnam], names: Vec::new(), places };
    for scale in [1.0, 0.8, 0.7] {
        let sketches = draw(&mut setter(), &map, scale).unwrap();
        assert_sound(&sketches);
        let texts = |ink: &Ink| if let Ink::Text { text, .. } = ink { Some(text.shaped.text.clone()) } else { None };
        // The list comes last; what precedes it stands on the maps.
        let texts: Vec<String> = sketches[0].inks.iter().filter_map(texts).collect();
        let list = texts.iter().position(|t| t.contains("Nơi 0")).unwrap() - 1;
        let borne = texts[..list].join(", ");
        let numbers: Vec<usize> = borne.split(", ").flat_map(numbers).collect();
        let missing: Vec<usize> = (1..=31).filter(|n| !numbers.contains(n) && !borne.contains('…')).collect();
        assert!(missing.is_empty(), "{missing:?} are not on the map: {borne}");
        assert!(numbers.contains(&31), "the one that is far off stands on the map of the world");
    }
}

/// The numbers of a run such as 3–7.
fn numbers(run: &str) -> Vec<usize> {
    let ends: Vec<usize> = run.split('–').filter_map(|n| n.parse().ok()).collect();
    ends.first().zip(ends.last()).map_or_else(Vec::new, |(from, to)| (*from..=*to).collect())
}

#[test]
fn numbers_are_listed_as_runs() {
    assert_eq!(labels::listed(&[0]), "1");
    assert_eq!(labels::listed(&[2, 6]), "3, 7");
    assert_eq!(labels::listed(&[0, 1, 2, 9]), "1–3, 10");
    assert_eq!(labels::listed(&[0, 1, 4, 6, 8, 10]), "1, 2, 5, …, 11");
}

#[test]
fn every_file_has_both_archipelagos_and_vietnams_cities() {
    for (region, file) in REGIONS.into_iter().zip(["vietnam", "southeast-asia", "world"]) {
        let outline = outline::of(region).unwrap();
        let projection = Projection::new(region, outline.area, WIDTH);
        let vietnam = outline.lands.iter().position(|land| land.code == "VN").unwrap();
        for city in cities() {
            let place = projection.degrees(&city.at).unwrap();
            assert_eq!(outline.land_of(place), Some(vietnam), "{} on {file}", city.label.plain());
            assert!(region != Region::Vietnam || outline.lands[vietnam].has(place), "{}", city.label.plain());
        }
        let shelf = Shelf::builtin();
        let json: serde_json::Value = serde_json::from_slice(&shelf.bytes(&format!("maps/{file}.json")).unwrap()).unwrap();
        for name in ["Hoàng Sa", "Trường Sa"] {
            let islets = json["islets"].as_array().unwrap();
            let group = islets.iter().find(|g| g["name"] == name && g["code"] == "VN");
            assert!(!group.unwrap()["points"].as_array().unwrap().is_empty(), "{file} lacks {name}");
        }
    }
}

#[test]
fn a_broken_file_is_told_and_not_drawn() {
    let file = |area: &str, points: &str| {
        format!(r#"{{"units":10,"box":{area},"lands":[],"borders":[],"islets":[{{"name":"","code":"","points":{points}}}]}}"#)
    };
    assert!(outline::read(file("[0,0,100,100]", "[50,50]").as_bytes()).is_ok());
    for (area, points, told) in [
        ("[0,0,100,100]", "[50,50,60,0]", "outside the box"),
        ("[0,0,100,100]", "[50]", "odd number"),
        ("[100,0,0,100]", "[]", "not west, south, east and north"),
        ("[0,0,100]", "[]", "invalid length"),
    ] {
        let error = outline::read(file(area, points).as_bytes()).unwrap_err();
        assert!(error.contains(told), "{error}");
    }
}
