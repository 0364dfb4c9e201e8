//! A dialogue: how many voted, how many could have, in how many clusters, on how much, and what came out.

use ketnoi_domain::Decimal;

use super::tile;
use crate::{
    VoteFacts,
    model::{Author, Tile},
};

/// The figures that say most of a dialogue.
pub(super) fn tiles(author: &Author<'_>) -> Vec<Tile> {
    let Some(d) = author.snapshot.dialogues.first() else { return Vec::new() };
    let count = |n: usize| i64::try_from(n).map_or_else(|_| author.unknown(), |n| author.number(n.into()).into());
    // Where the result is not known, the date of the vote says more than that nobody knows.
    let mut tiles: Vec<Tile> = match &d.result {
        Some(result) => vec![ballots(author, result)],
        None => author.period(d.period).map(|when| tile(author, "tile-when", when)).into_iter().collect(),
    };
    // Of what nobody names one cannot say that there was none of it.
    let named = [("tile-clusters", d.clusters.len()), ("tile-options", d.options.len())].into_iter().filter(|(_, n)| *n > 0);
    tiles.extend(named.map(|(label, n)| tile(author, label, count(n))));
    tiles.extend(d.result.iter().map(|r| tile(author, "tile-priorities", count(r.priorities.len()))));
    tiles
}

/// How many ballots were handed in, and which part that is of all that could have been.
fn ballots(author: &Author<'_>, result: &VoteFacts) -> Tile {
    let cast = result.overall.valid + result.overall.spoiled;
    let mut tile = tile(author, "tile-ballots", author.number(cast.into()));
    let turnout = result.eligible.and_then(|all| Decimal::from(cast).checked_mul(100.into())?.checked_div(all.into(), 1));
    tile.note = match turnout {
        Some(turnout) => author.say_with("tile-turnout", &[("share", &author.per_cent(turnout))]).into(),
        None => author.say("tile-turnout-unknown").into(),
    };
    tile
}
