//! A dialogue: how many voted, how many could have, in how many clusters, on how much, and what came out.

use ketnoi_domain::Decimal;

use super::tile;
use crate::{
    VoteFacts,
    model::{Author, Tile},
};

/// The four figures that say most of a dialogue.
pub(super) fn tiles(author: &Author<'_>) -> Vec<Tile> {
    let Some(d) = author.snapshot.dialogues.first() else { return Vec::new() };
    let count = |n: usize| i64::try_from(n).map_or_else(|_| author.unknown(), |n| author.number(n.into()).into());
    // Of what nobody names one cannot say that there was none of it.
    let named = |n: usize| if n == 0 { author.unknown() } else { count(n) };
    let priorities = d.result.as_ref().map_or_else(|| author.unknown(), |r| count(r.priorities.len()));
    vec![
        ballots(author, d.result.as_ref()),
        tile(author, "tile-clusters", named(d.clusters.len())),
        tile(author, "tile-options", named(d.options.len())),
        tile(author, "tile-priorities", priorities),
    ]
}

/// How many ballots were handed in, and which part that is of all that could have been.
fn ballots(author: &Author<'_>, result: Option<&VoteFacts>) -> Tile {
    let Some(result) = result else { return tile(author, "tile-ballots", author.unknown()) };
    let cast = result.overall.valid + result.overall.spoiled;
    let mut tile = tile(author, "tile-ballots", author.number(cast.into()));
    let turnout = result.eligible.and_then(|all| Decimal::from(cast).checked_mul(100.into())?.checked_div(all.into(), 1));
    tile.note = match turnout {
        Some(turnout) => author.say_with("tile-turnout", &[("share", &author.per_cent(turnout))]).into(),
        None => author.say("tile-turnout-unknown").into(),
    };
    tile
}
