//! A programme: when, how far, how much, where.

use ketnoi_domain::{PartialDate, Totals};

use super::tile;
use crate::{
    ReportError,
    model::{Author, Rich, Tile},
};

/// The four figures that say most of a programme.
pub(super) fn tiles(author: &Author<'_>) -> Result<Vec<Tile>, ReportError> {
    let snapshot = author.snapshot;
    let Some(programme) = &snapshot.programme else { return Ok(Vec::new()) };
    let year = |date: Option<PartialDate>| date.map(|d| d.year().to_string());
    let actual = (programme.actual.from.or(programme.planned.from), programme.actual.to.or(programme.planned.to));
    let years: Rich = match (year(actual.0), year(actual.1)) {
        (None, None) => author.unknown(),
        (Some(from), Some(to)) if from == to => from.into(),
        (Some(from), Some(to)) => author.say_with("period-full", &[("from", &from), ("to", &to)]).into(),
        (Some(from), None) => author.say_with("period-from", &[("from", &from)]).into(),
        (None, Some(to)) => author.say_with("period-to", &[("to", &to)]).into(),
    };
    let status: Rich = programme.status.map_or_else(|| author.unknown(), |s| author.coded("status", s).into());
    let places: Rich = match (snapshot.places.len(), snapshot.countries.len()) {
        (0, 0) => author.unknown(),
        (0, countries) => author.count("count-countries", countries).into(),
        (places, _) => author.count("count-places", places).into(),
    };
    // An agreement that was extended may outlast the programme's own period: both are true, and each is said as what it is.
    let agreed = snapshot.agreements.iter().filter_map(|a| a.current_end).max_by_key(|end| end.to());
    let outlasts = agreed.filter(|end| actual.1.is_some_and(|to| end.to() > to.to()));
    let until = outlasts.map(|end| author.say_with("tile-agreements-until", &[("date", &author.date(end))]));
    Ok(vec![
        Tile { note: until.map(Rich::from).unwrap_or_default(), ..tile(author, "tile-period", years) },
        tile(author, "tile-status", status),
        money(author)?,
        tile(author, "tile-places", places),
    ])
}

/// What the funders agreed to pay at most; a note says how many agreements do not state it.
fn money(author: &Author<'_>) -> Result<Tile, ReportError> {
    let agreements = &author.snapshot.agreements;
    let ceilings = Totals::of(agreements.iter().filter_map(|a| a.current_ceiling));
    let ceilings = ceilings.map_err(|source| ReportError::Money { subject: author.say("tile-money"), source })?;
    let figure = if ceilings.is_empty() { author.unknown() } else { author.totals(&ceilings) };
    let unstated = agreements.iter().filter(|a| a.current_ceiling.is_none()).count();
    let mut tile = tile(author, "tile-money", figure);
    if unstated > 0 && !ceilings.is_empty() {
        tile.note = author.count("tile-money-unstated", unstated).into();
    }
    Ok(tile)
}
