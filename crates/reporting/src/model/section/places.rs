//! Where the programme happens, and what became of the authorities since.

use crate::model::{Author, Block, Cell, Column, Rich, Row, Style, Table};

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
        let became = author.text(&p.became).restyled(Style::Faint);
        Row::plain(vec![
            Cell::text(author.text_or_unknown(&p.name)),
            Cell::text(author.coded("authority", p.level)),
            Cell::text(author.country(&p.country)),
            Cell::text(Rich::joined([author.text(&p.note), became], "\n")),
            author.share_cell(p.percentage),
        ])
    });
    let mut table = Table { caption: String::new(), columns, rows: rows.collect() };
    table.drop_empty_columns();
    vec![Block::Table(table)]
}
