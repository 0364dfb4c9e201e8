//! Two countries: how many partnerships, localities, agreements and projects the registry holds; beside them what sources state.

use std::collections::BTreeSet;

use super::tile;
use crate::{
    BilateralFacts,
    model::{Author, Rich, Tile, section::figures::qualified},
};

/// The figures that say most of the cooperation. Agreements and projects stand there if the registry holds any.
pub(super) fn tiles(author: &Author<'_>) -> Vec<Tile> {
    let Some(facts) = &author.snapshot.bilateral else { return Vec::new() };
    let localities: BTreeSet<&str> = facts.partnerships.iter().flat_map(|p| &p.parties).map(|a| a.code.as_str()).collect();
    let projects: BTreeSet<&str> = facts.partnerships.iter().flat_map(|p| &p.projects).map(|p| p.code.as_str()).collect();
    let agreements: usize = facts.partnerships.iter().map(|p| p.agreements.len()).sum();
    let mut tiles = vec![
        tile(author, "tile-partnerships", registered(author, facts.partnerships.len())),
        Tile { note: stated(author), ..tile(author, "tile-localities", registered(author, localities.len())) },
    ];
    if agreements > 0 {
        tiles.push(Tile { note: reported(author, facts), ..tile(author, "tile-agreements", registered(author, agreements)) });
    }
    if !projects.is_empty() {
        tiles.push(tile(author, "tile-projects", registered(author, projects.len())));
    }
    tiles
}

/// A count of the registry. That it holds none does not say that there was none.
fn registered(author: &Author<'_>, n: usize) -> Rich {
    match i64::try_from(n) {
        Ok(n) if n > 0 => author.number(n.into()).into(),
        _ => author.say("none-registered").into(),
    }
}

/// The first figure that a source states: the registry holds only a part.
fn stated(author: &Author<'_>) -> Rich {
    let figures = author.snapshot.stated_figures.iter();
    let said = figures.map(|f| author.text(&f.label).then(author.labelled("", &qualified(author, f))));
    match Rich::joined(said, &author.say("semicolon")) {
        none if none.is_empty() => none,
        figures => author.say_rich("tile-stated", &[("figures", figures)]),
    }
}

/// How many agreements are only known from reports.
fn reported(author: &Author<'_>, facts: &BilateralFacts) -> Rich {
    let only = facts.partnerships.iter().flat_map(|p| &p.agreements).filter(|a| a.signed.is_none()).count();
    if only == 0 { Rich::default() } else { author.count("count-only-reported", only).into() }
}
