//! A registry in which every page that a shipped operation asks for is full, and every record of such a page has something
//! behind each of its fields.

mod bodies;
mod events;
mod mission;
mod partners;
mod practices;

use ketnoi_registry::import::SourceFile;

/// How many full rows each list of the operations finds.
const ROWS: usize = 101;

/// A partner, a payer and a fund with so many programmes, members and so on; a network with so many practices, a series with
/// so many events, a mission with so many sessions, so many dialogues and so many partnerships.
///
/// Words that stand in the titles of one kind alone, to search for: "buổi gặp" in those of events, "nhân rộng" in those of
/// replications, "tin mới" in those of news, "villeneuve" in the names of cities abroad.
pub(super) fn wide() -> SourceFile {
    let mut text = String::from(bodies::BODIES);
    text.extend((0..ROWS).map(bodies::of_fund));
    text.extend((0..ROWS).map(bodies::city_and_programme));
    text.push_str(events::SERIES);
    text.extend((0..ROWS).map(events::event));
    text.extend((0..ROWS).map(practices::practice));
    text.extend((0..ROWS).map(practices::recommendation));
    text.extend((0..ROWS).map(practices::dialogue));
    text.extend((0..ROWS).map(partners::partnership));
    text.extend((0..ROWS).map(partners::news_and_person));
    text.push_str(mission::MISSION);
    text.extend((0..ROWS).map(mission::session));
    text.extend((0..ROWS).map(mission::delegation));
    text.extend((0..ROWS).map(mission::document));
    SourceFile { name: "wide.toml".into(), text }
}

/// The one after this in a ring of all.
fn next(i: usize) -> usize {
    (i + 1) % ROWS
}
