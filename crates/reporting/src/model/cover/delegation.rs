//! A delegation: when and where it went, how many went, how much of the event they attended.

use super::tile;
use crate::model::{
    Author, Rich, Tile,
    section::{
        counted::People,
        event::{place, when},
        event_figures::by_sex,
    },
};

/// The four figures that say most of a delegation.
pub(super) fn tiles(author: &Author<'_>) -> Vec<Tile> {
    let Some(event) = author.snapshot.events.first() else { return Vec::new() };
    let Some(delegation) = event.delegations.first() else { return Vec::new() };
    let attended: Rich = match i64::try_from(delegation.attended.len()) {
        Ok(n) if n > 0 => author.number(n.into()).into(),
        _ => author.unknown(),
    };
    let mut delegates = tile(author, "tile-delegates", People::of(&delegation.members).words(author));
    delegates.note = by_sex(author, &delegation.members).into();
    vec![
        tile(author, "tile-when", when(author, event)),
        tile(author, "tile-where", place(author, event)),
        delegates,
        tile(author, "tile-attended", attended),
    ]
}
