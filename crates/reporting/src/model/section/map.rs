//! Where the places are. The map shows the smallest part of the world that holds them all.

use ketnoi_domain::{Coordinates, Decimal};

use crate::{
    PlaceFacts,
    model::{Author, Block, Drawing, Figure, Map, MapName, MapPlace, Region, Rich, Style},
};

/// The countries of Southeast Asia, by their ISO 3166-1 codes.
const SOUTHEAST_ASIA: [&str; 11] = ["BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"];

/// The waters and islands that a map of Vietnam has to name, each with the tenths of degrees north and east where it lies.
const NAMED: [(&str, i128, i128); 3] = [("map-hoang-sa", 165, 1120), ("map-truong-sa", 88, 1135), ("map-east-sea", 126, 1125)];

/// A map; nothing where fewer than two places have a known position: a single one is found by its name.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let places: Vec<&PlaceFacts> = author.snapshot.places.iter().collect();
    if places.iter().filter(|p| p.coordinates.is_some()).count() < 2 {
        return Vec::new();
    }
    of(author, &places)
}

/// A map of some of the places.
pub(super) fn of(author: &Author<'_>, places: &[&PlaceFacts]) -> Vec<Block> {
    let (known, unknown): (Vec<&PlaceFacts>, Vec<&PlaceFacts>) = places.iter().copied().partition(|p| p.coordinates.is_some());
    if known.is_empty() {
        return Vec::new();
    }
    let (region, insets) = (region(&known), insets(&known));
    let closest = insets.last().copied().unwrap_or(region);
    let places: Vec<MapPlace> = known.iter().filter_map(|p| place(author, closest, p)).collect();
    let list = author.in_a_row(&known.iter().map(|p| author.plain_or_unknown(&p.name)).collect::<Vec<_>>());
    let parts = insets.iter().rev().chain([&region]);
    let caption = parts.map(|part| author.say(region_key(*part))).collect::<Vec<_>>().join(" · ");
    vec![Block::Figure(Figure {
        alternative: author.say_with("map-alternative", &[("map", &caption), ("list", &list)]),
        caption,
        drawing: Drawing::Map(Map { region, insets, names: names(author, closest), places }),
        note: note(author, region, &unknown),
    })]
}

fn region(places: &[&PlaceFacts]) -> Region {
    if places.iter().all(|p| p.country == "VN") {
        Region::Vietnam
    } else if places.iter().all(|p| SOUTHEAST_ASIA.contains(&p.country.as_str())) {
        Region::SoutheastAsia
    } else {
        Region::World
    }
}

/// The parts of a wide map that are shown larger, because there the places would hide each other.
fn insets(places: &[&PlaceFacts]) -> Vec<Region> {
    /// So many places of Vietnam are too many for a map of all Southeast Asia.
    const DENSE: usize = 10;
    let near = places.iter().filter(|p| SOUTHEAST_ASIA.contains(&p.country.as_str())).count();
    let home = places.iter().filter(|p| p.country == "VN").count();
    let mut insets = Vec::new();
    if near < places.len() && near > home {
        insets.push(Region::SoutheastAsia);
    }
    if home < places.len() && (home >= DENSE || (near == home && home > 0)) {
        insets.push(Region::Vietnam);
    }
    insets
}

fn region_key(region: Region) -> &'static str {
    match region {
        Region::Vietnam => "map-of-vietnam",
        Region::SoutheastAsia => "map-of-southeast-asia",
        Region::World => "map-of-the-world",
    }
}

/// A place; its country is named unless it is the one that the closest map is of.
fn place(author: &Author<'_>, closest: Region, p: &PlaceFacts) -> Option<MapPlace> {
    let country = if closest == Region::Vietnam && p.country == "VN" {
        Rich::default()
    } else {
        author.country(&p.country).restyled(Style::Faint)
    };
    let label = Rich::joined([author.text_or_unknown(&p.name), country], ", ");
    Some(MapPlace { label, at: p.coordinates?, figure: String::new(), weight: 1 })
}

fn names(author: &Author<'_>, closest: Region) -> Vec<MapName> {
    if closest != Region::Vietnam {
        return Vec::new();
    }
    let named = NAMED.into_iter().filter_map(|(key, north, east)| {
        let at = Coordinates { latitude: Decimal::new(north, 1)?, longitude: Decimal::new(east, 1)? };
        Some(MapName { text: author.say(key), at })
    });
    named.collect()
}

/// Which places the map cannot show, and whose outlines it has.
fn note(author: &Author<'_>, region: Region, unknown: &[&PlaceFacts]) -> Rich {
    let missing = Rich::joined(unknown.iter().map(|p| author.text_or_unknown(&p.name)), ", ");
    let missing = if missing.is_empty() { missing } else { author.say_rich("map-without", &[("places", missing)]) };
    let outlines = author.say(if region == Region::Vietnam { "map-outlines" } else { "map-outlines-borders" });
    Rich::joined([missing, outlines.into()], " ")
}
