//! Partnerships counted by city and by sector. One of several cities or sectors counts in each, so neither column has a sum.

use super::{
    charted::{self, Counted, cell, sector},
    counted::balanced,
};
use crate::{
    BilateralFacts, PartyFacts, ReportError,
    model::{Author, Block, Cell, Column, Rich, Row, Style, Table, build::note},
};

/// A picture with the table of all counts, then the sectors; nothing where each city and each sector has one partnership, as the
/// partnerships themselves have been told before.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(facts) = author.snapshot.bilateral.as_ref().filter(|f| !f.partnerships.is_empty()) else {
        return Ok(Vec::new());
    };
    let cities = cities(facts);
    let parts: usize = facts.partnerships.iter().map(|p| p.parties.len()).sum();
    let printed: usize = cities.iter().map(|c| c.partnerships).sum();
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    balanced(&author.say("partnerships-by-city"), whole(printed), whole(parts))?;
    let mut blocks = Vec::new();
    if cities.iter().any(|c| c.partnerships > 1) {
        blocks.extend(by_city(author, &cities));
    }
    blocks.extend(by_sector(author, facts));
    if !blocks.is_empty() {
        blocks.insert(0, note(author.say("partnership-totals-note")));
    }
    Ok(blocks)
}

/// A city with what it takes part in.
struct City<'a> {
    party: &'a PartyFacts,
    partnerships: usize,
    agreements: usize,
    projects: usize,
}

/// Each city once, in the order of the partnerships.
fn cities(facts: &BilateralFacts) -> Vec<City<'_>> {
    let mut all: Vec<City<'_>> = Vec::new();
    for p in &facts.partnerships {
        for party in &p.parties {
            let at = match all.iter().position(|c| c.party.code == party.code) {
                Some(at) => at,
                None => {
                    all.push(City { party, partnerships: 0, agreements: 0, projects: 0 });
                    all.len() - 1
                }
            };
            let city = &mut all[at];
            city.partnerships += 1;
            city.agreements += p.agreements.len();
            city.projects += p.projects.len();
        }
    }
    all.sort_by_key(|c| std::cmp::Reverse(c.partnerships));
    all
}

fn by_city(author: &Author<'_>, cities: &[City<'_>]) -> Vec<Block> {
    let label = |c: &City<'_>| {
        let country = author.country(&c.party.country).restyled(Style::Faint);
        Rich::joined([author.text_or_unknown(&c.party.name), country], ", ")
    };
    let counted: Vec<Counted> = cities.iter().map(|c| Counted { label: label(c), count: c.partnerships }).collect();
    let columns = vec![
        Column::names(author.say("column-party")),
        Column::figures(author.say("column-partnerships")),
        Column::figures(author.say("column-agreements")),
        Column::figures(author.say("column-projects")),
    ];
    let row = |c: &City<'_>| {
        Row::plain(vec![Cell::text(label(c)), cell(author, c.partnerships), cell(author, c.agreements), cell(author, c.projects)])
    };
    let table = Table { caption: author.say("partnerships-by-city"), columns, rows: cities.iter().map(row).collect() };
    // The table with all three counts stands in for the one that would be there instead of a picture.
    let picture = charted::block(author, "partnerships-by-city", "column-party", counted, 0);
    let picture = Some(picture).filter(|b| matches!(b, Block::Figure(_)));
    picture.into_iter().chain([Block::Table(table)]).collect()
}

fn by_sector(author: &Author<'_>, facts: &BilateralFacts) -> Option<Block> {
    let mut counts: Vec<(String, Counted)> = Vec::new();
    for s in facts.partnerships.iter().flat_map(|p| &p.sectors) {
        match counts.iter_mut().find(|(code, _)| *code == s.code) {
            Some((_, known)) => known.count += 1,
            None => counts.push((s.code.clone(), Counted { label: sector(author, s), count: 1 })),
        }
    }
    let silent = facts.partnerships.iter().filter(|p| p.sectors.is_empty()).count();
    counts.sort_by(|(a, one), (b, other)| (other.count, a).cmp(&(one.count, b)));
    let counted: Vec<Counted> = counts.into_iter().map(|(_, counted)| counted).collect();
    charted::tells(&counted).then(|| charted::block(author, "partnerships-by-sector", "column-sectors", counted, silent))
}
