//! A year: how many programmes ran, how many events were held, how many came, what was spent.

use ketnoi_domain::Totals;

use super::tile;
use crate::{
    Course, ReportError,
    model::{Author, Rich, Tile, section::year_participants::people},
};

/// The figures that say most of a year: how many programmes ran, and of the rest what is known.
pub(super) fn tiles(author: &Author<'_>) -> Result<Vec<Tile>, ReportError> {
    let Some(year) = &author.snapshot.year else { return Ok(Vec::new()) };
    let counted = year.programmes.iter().filter(|p| p.part_of.is_none());
    let (perhaps, ran): (Vec<_>, Vec<_>) = counted.partition(|p| p.course == Course::MayHaveRun);
    let mut programmes = tile(author, "tile-year-programmes", registered(author, ran.len()));
    if !perhaps.is_empty() {
        programmes.note = author.count("tile-year-perhaps", perhaps.len()).into();
    }
    let events = &author.snapshot.events;
    let spent = Totals::of(year.spent.iter().copied());
    let spent = spent.map_err(|source| ReportError::Money { subject: author.say("tile-year-spent"), source })?;
    let people = people(author);
    let mut tiles = vec![programmes];
    if !events.is_empty() {
        tiles.push(tile(author, "tile-year-events", registered(author, events.len())));
    }
    if people.in_all().is_some() {
        tiles.push(tile(author, "tile-year-people", people.words(author)));
    }
    if !spent.is_empty() {
        tiles.push(tile(author, "tile-year-spent", author.totals(&spent)));
    }
    Ok(tiles)
}

/// A count of the registry. That it holds none does not say that there was none.
fn registered(author: &Author<'_>, n: usize) -> Rich {
    match i64::try_from(n) {
        Ok(n) if n > 0 => author.number(n.into()).into(),
        _ => author.say("none-registered").into(),
    }
}
