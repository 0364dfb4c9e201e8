//! An event: when and where it was, how many came, what came of it.

use super::tile;
use crate::{
    EventFacts,
    model::{
        Author, Tile,
        section::{
            counted::People,
            event::{place, when},
            figures::qualified,
        },
    },
};

/// The figures that say most of an event.
pub(super) fn tiles(author: &Author<'_>) -> Vec<Tile> {
    let Some(event) = author.snapshot.events.first() else { return Vec::new() };
    vec![tile(author, "tile-when", when(author, event)), tile(author, "tile-where", place(author, event)), people(author, event)]
}

/// How many came; where nobody counted them, what the first source that gives a number says.
fn people(author: &Author<'_>, event: &EventFacts) -> Tile {
    let people = People::of(&event.participants);
    let mut tile = tile(author, "tile-people", people.words(author));
    if people.in_all().is_none()
        && let Some(figure) = event.stated.first()
    {
        tile.note = author.text(&figure.label).then(author.labelled("", &qualified(author, figure)));
    }
    tile
}
