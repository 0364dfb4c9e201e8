//! An organisation: how long it has worked with the association, on how many programmes, what it agreed to pay, and where.

use ketnoi_domain::{PartialDate, Totals};

use super::tile;
use crate::{
    PartnerFacts, PortfolioFacts, ReportError, SectionName,
    definition::Definition,
    model::{Author, Rich, Tile},
};

/// The figures that say most of an organisation: of what it pays for where the report is about that, else of all that it
/// takes part in.
pub(super) fn tiles(author: &Author<'_>, definition: &Definition) -> Result<Vec<Tile>, ReportError> {
    let snapshot = author.snapshot;
    let Some(partner) = &snapshot.partner else { return Ok(Vec::new()) };
    let about_money = |name: SectionName| matches!(name, SectionName::Portfolio | SectionName::PortfolioGroups);
    let on_money = definition.sections.iter().any(|s| about_money(s.name));
    let portfolio = snapshot.portfolio.as_ref().filter(|_| on_money);
    if on_money && portfolio.is_none() {
        // There is no figure of what it pays for, and those of all else would be taken for that.
        return Ok(Vec::new());
    }
    let mut tiles = vec![tile(author, "tile-cooperation", years(author, partner, portfolio))];
    let (programmes, places) = match portfolio {
        Some(all) => {
            let told = |code: &String| all.programmes.iter().any(|l| l.places.contains(code));
            (all.total.programmes, snapshot.places.iter().filter(|p| told(&p.code)).count())
        }
        None => (taken_part(partner), snapshot.places.len()),
    };
    tiles.push(tile(author, "tile-programmes", counted(author, "count-programmes", programmes)));
    if let Some(all) = portfolio {
        tiles.push(money(author, all)?);
    }
    tiles.push(tile(author, "tile-places", counted(author, "count-places", places)));
    Ok(tiles)
}

/// A count, or that nobody knows of any.
fn counted(author: &Author<'_>, key: &str, count: usize) -> Rich {
    if count == 0 { author.unknown() } else { author.count(key, count).into() }
}

/// How many programmes it takes part in, each with its parts counted once.
fn taken_part(partner: &PartnerFacts) -> usize {
    let mut codes: Vec<&str> = partner.parts.iter().filter(|p| p.parent.is_none()).map(|p| p.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.len()
}

/// From when to when: a partner's years go on, those of a payer end with what it last paid for.
fn years(author: &Author<'_>, partner: &PartnerFacts, portfolio: Option<&PortfolioFacts>) -> Rich {
    let periods: Vec<_> = match portfolio {
        Some(all) => all.programmes.iter().map(|l| l.period).collect(),
        None => partner.parts.iter().map(|p| p.period).collect(),
    };
    let starts = periods.iter().filter_map(|p| p.from).map(PartialDate::year);
    let since = partner.since.filter(|_| portfolio.is_none()).map(PartialDate::year);
    let Some(from) = starts.clone().chain(since).min() else { return author.unknown() };
    let to = periods.iter().filter_map(|p| p.to).map(PartialDate::year).chain(starts).max().unwrap_or(from);
    let (from, to) = (from.to_string(), to.to_string());
    let goes_on = partner.partner && portfolio.is_none();
    let no_end = from == to && periods.iter().any(|p| p.from.is_some() && p.to.is_none());
    if goes_on || no_end {
        author.say_with("period-from", &[("from", &from)]).into()
    } else if from == to {
        from.into()
    } else {
        author.say_with("period-full", &[("from", &from), ("to", &to)]).into()
    }
}

/// What it agreed to pay at most; a note says of how many programmes nobody states it.
fn money(author: &Author<'_>, all: &PortfolioFacts) -> Result<Tile, ReportError> {
    let agreed = Totals::of(all.total.agreed.iter().copied());
    let agreed = agreed.map_err(|source| ReportError::Money { subject: author.say("tile-money"), source })?;
    let figure = if agreed.is_empty() { author.unknown() } else { author.totals(&agreed) };
    let mut tile = tile(author, "tile-money", figure);
    if all.total.without_amount > 0 && !agreed.is_empty() {
        tile.note = author.count("portfolio-without-amount", all.total.without_amount).into();
    }
    Ok(tile)
}
