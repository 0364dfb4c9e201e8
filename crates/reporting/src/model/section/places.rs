//! Where the programme happens, and what became of the authorities since.

use ketnoi_domain::{PartialDate, Precision, Text};

use crate::{
    BecameFacts, PlaceFacts,
    model::{Author, Block, Cell, Column, Rich, Row, Style, Table},
};

/// A table of places.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let places = &author.snapshot.places;
    if places.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::names(author.say("column-place")),
        Column::text(author.say("column-level")),
        Column::text(author.say("column-country")),
        Column::text(author.say("column-what")),
        Column::figures(author.say("column-share")),
    ];
    let rows = places.iter().map(|p| {
        Row::plain(vec![
            Cell::text(author.text_or_unknown(&p.name)),
            Cell::text(author.coded("authority", p.level)),
            Cell::text(author.country(&p.country)),
            Cell::text(Rich::joined([author.text(&p.note), became(author, p)], "\n")),
            author.share_cell(p.percentage),
        ])
    });
    let mut table = Table { caption: String::new(), columns, rows: rows.collect() };
    table.drop_empty_columns();
    vec![Block::Table(table)]
}

/// What became of a place, stepped back; nothing where it still is what it was.
pub(super) fn became(author: &Author<'_>, place: &PlaceFacts) -> Rich {
    let names = |names: &[Text]| Rich::joined(names.iter().map(|name| author.text(name)), ", ");
    let said = match &place.became {
        None => Rich::default(),
        Some(BecameFacts::Now { names: all, since }) => dated(author, "became-now", names(all), *since),
        Some(BecameFacts::PartOf { name, since }) => dated(author, "became-part-of", author.text(name), *since),
        Some(BecameFacts::Ended { on, holder: None }) => author.say_with("became-ended", &[("date", &author.date(*on))]).into(),
        Some(BecameFacts::Ended { on, holder: Some(holder) }) => {
            author.say_rich("became-ended-in", &[("date", author.date(*on).into()), ("name", author.text(holder))])
        }
    };
    said.restyled(Style::Faint)
}

/// A message with a name, then since when that holds; some languages say a day otherwise than a month or a year.
fn dated(author: &Author<'_>, key: &str, name: Rich, since: Option<PartialDate>) -> Rich {
    let since = since.map(|date| {
        let key = if date.precision() == Precision::Day { "became-since-day" } else { "became-since" };
        Rich::from(author.say_with(key, &[("date", &author.date(date))]))
    });
    Rich::joined(std::iter::once(author.say_rich(key, &[("name", name)])).chain(since), " ")
}
