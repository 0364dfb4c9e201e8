//! What portfolios come to: which amounts count, whether the lines make the sums, and how sums are printed. Shared by the
//! section of the lines, that of the groups and the first page.

use ketnoi_domain::Money;

use super::{
    budget::{balanced, sum},
    counted,
};
use crate::{
    PortfolioAmountFacts, PortfolioFacts, PortfolioLineFacts, PortfolioMeasure, PortfolioSums, ReportError,
    model::{Author, Cell, Rich, Style, Value},
};

/// The lines that a line is a part of, the nearest first. A circle ends where it closes.
pub(super) fn above<'f>(all: &'f PortfolioFacts, line: &'f PortfolioLineFacts) -> Vec<&'f PortfolioLineFacts> {
    let mut found: Vec<&PortfolioLineFacts> = Vec::new();
    let mut at = line;
    while let Some(next) = at.parent.as_ref().and_then(|code| all.programmes.iter().find(|l| l.code == *code)) {
        if next.code == line.code || found.iter().any(|l| l.code == next.code) {
            break;
        }
        found.push(next);
        at = next;
    }
    found
}

/// What a line is called where another one or a table of groups refers to it: its acronym, else its code.
pub(super) fn handle(line: &PortfolioLineFacts) -> &str {
    line.acronym.as_deref().unwrap_or(&line.code)
}

/// The lines with each whole before its parts, in the order of the first of each tree.
pub(super) fn in_trees(all: &PortfolioFacts) -> Vec<&PortfolioLineFacts> {
    let top = |l: &'_ PortfolioLineFacts| above(all, l).last().map_or_else(|| l.code.clone(), |whole| whole.code.clone());
    let tops: Vec<String> = all.programmes.iter().map(top).collect();
    let first = |top: &String| tops.iter().position(|t| t == top);
    // A part comes after its whole and beside the other parts of that: the way from the top leads the order.
    let way = |l: &PortfolioLineFacts| -> Vec<Option<usize>> {
        let own = above(all, l).into_iter().rev().map(|whole| whole.code.clone()).chain([l.code.clone()]);
        own.map(|code| all.programmes.iter().position(|q| q.code == code)).collect()
    };
    let mut lines: Vec<&PortfolioLineFacts> = all.programmes.iter().collect();
    lines.sort_by_cached_key(|l| (first(&top(l)), way(l)));
    lines
}

/// The line whose amount holds this one already: one above it with an amount of the same measure and payer.
pub(super) fn holder<'f>(
    all: &'f PortfolioFacts,
    line: &'f PortfolioLineFacts,
    amount: &PortfolioAmountFacts,
) -> Option<&'f PortfolioLineFacts> {
    let holds = |l: &&PortfolioLineFacts| l.amounts.iter().any(|a| a.measure == amount.measure && a.payer == amount.payer);
    above(all, line).into_iter().find(holds)
}

/// Refuses a portfolio whose lines, or whose groups, do not come to what the registry says of the whole.
pub(super) fn check(author: &Author<'_>, all: &PortfolioFacts) -> Result<(), ReportError> {
    let title = author.say("section-portfolio");
    let roots = all.programmes.iter().filter(|l| above(all, l).is_empty()).count();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    counted::balanced(&format!("{title}, {}", author.say("column-programmes")), count(roots), count(all.total.programmes))?;
    for measure in PortfolioMeasure::ALL {
        let subject = format!("{title}, {}", author.say(&format!("column-{}", measure.name())));
        let total = sum(&subject, all.total.of(measure).iter().copied())?;
        let own = |l: &PortfolioLineFacts| -> Vec<Money> {
            let counts = |a: &&PortfolioAmountFacts| a.measure == measure && holder(all, l, a).is_none();
            l.amounts.iter().filter(counts).map(|a| a.value).collect()
        };
        balanced(&subject, &sum(&subject, all.programmes.iter().flat_map(own))?, &total)?;
        for dimension in &all.groups {
            let subject = format!("{subject}, {}", author.say(&format!("group-by-{}", dimension.by.name())));
            let parts = dimension.groups.iter().flat_map(|g| g.sums.of(measure)).copied();
            balanced(&subject, &sum(&subject, parts)?, &total)?;
        }
    }
    Ok(())
}

/// The measures of which there is any amount; what was agreed always, because that it is unknown is to be said.
pub(super) fn measures<'s>(sums: impl IntoIterator<Item = &'s PortfolioSums>) -> Vec<PortfolioMeasure> {
    let sums: Vec<&PortfolioSums> = sums.into_iter().collect();
    let any = |m: &PortfolioMeasure| *m == PortfolioMeasure::Agreed || sums.iter().any(|s| !s.of(*m).is_empty());
    PortfolioMeasure::ALL.into_iter().filter(any).collect()
}

/// Amounts of several currencies, each on its line; in words where there is none.
pub(super) fn cell(author: &Author<'_>, measure: PortfolioMeasure, monies: &[Money]) -> Cell {
    let lines = monies.iter().map(|m| Rich::from(author.money(*m)));
    match monies {
        // What nobody agreed in figures is unknown; what nobody booked may not have moved.
        [] if measure == PortfolioMeasure::Agreed => Cell::of(author.unknown(), Value::Unknown),
        [] => Cell::of(Rich::styled(author.say("none-registered"), Style::Faint), Value::Unknown),
        [one] => Cell::of(author.money(*one), Value::Money(*one)),
        _ => Cell::of(Rich::joined(lines, "\n"), Value::Monies(monies.to_vec())),
    }
}

/// The cells of sums, a cell for each measure.
pub(super) fn cells(author: &Author<'_>, measures: &[PortfolioMeasure], sums: &PortfolioSums) -> Vec<Cell> {
    measures.iter().map(|m| cell(author, *m, sums.of(*m))).collect()
}
