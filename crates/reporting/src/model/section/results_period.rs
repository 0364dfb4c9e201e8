//! The results framework in a report on a period: what was reached before it, in it and up to its end, beside baseline and
//! target; the reasons for variances and the means of verification.

use ketnoi_domain::{Measured, Measurement, PartialDate};

use super::{
    asked::Asked,
    reached::{Dated, Reached},
    results::{Part, achieved_cell, detail, group, measured, name, parts, verification},
};
use crate::{
    IndicatorFacts,
    definition::SectionSpec,
    model::{Author, Block, Cell, Column, Rich, Row, Style, Table, build::note},
};

/// How many columns the table has.
const COLUMNS: usize = 7;
/// Which of them holds what was reached in the period.
const CURRENT: usize = 3;

/// A table with a group for each result, and below it how its figures are to be read.
pub(super) fn blocks(author: &Author<'_>, spec: &SectionSpec, asked: Asked) -> Vec<Block> {
    let columns = vec![
        Column::names(author.say("column-indicator")),
        Column::figures(author.say("column-baseline")),
        Column::figures(author.say("column-previous")),
        Column::figures(author.say("column-current")),
        Column::figures(author.say("column-to-date")),
        Column::figures(author.say("column-target-end")),
        Column::figures(author.say("column-achieved")),
    ];
    let mut rows = Vec::new();
    let results = &author.snapshot.results;
    for result in results {
        group(author, result, COLUMNS, &mut rows);
        for indicator in &result.indicators {
            indicator_rows(author, spec, indicator, asked, &mut rows);
        }
    }
    let period = author.period(asked.0).map(|p| format!(" ({p})")).unwrap_or_default();
    let caption = format!("{}{period}", author.say("results-period-caption"));
    let mut blocks = vec![Block::Table(Table { caption, columns, rows })];
    blocks.push(note(author.say("results-period-note")));
    let kinds = || results.iter().flat_map(|r| &r.indicators).map(|i| i.cumulative);
    let reading = match (kinds().any(|c| c), kinds().any(|c| !c)) {
        (true, false) => Some("results-all-cumulative"),
        (false, true) => Some("results-none-cumulative"),
        (true, true) => Some("results-some-cumulative"),
        (false, false) => None,
    };
    blocks.extend(reading.map(|key| note(author.say(key))));
    blocks
}

fn indicator_rows(author: &Author<'_>, spec: &SectionSpec, i: &IndicatorFacts, asked: Asked, rows: &mut Vec<Row>) {
    let reached = Reached::of(i, asked);
    let cumulative =
        if i.cumulative { Rich::styled(format!(" {}", author.say("cumulative")), Style::Faint) } else { Rich::default() };
    let baseline = reached.baseline.map(|m| (&m.value, m.on));
    let previous = reached.previous.map(|d| (&d.measurement.value, d.date));
    // The last date of what the figures come to.
    let last = |all: &[Dated<'_>]| all.last().and_then(|d| d.date);
    let current = reached.current.as_ref().map(|v| (v, last(&reached.within)));
    let to_date = reached.to_date.as_ref().map(|v| (v, last(&reached.so_far)));
    let target = reached.target.as_ref().map(|v| (v, reached.target_date));
    rows.push(Row::plain(vec![
        Cell::text(name(author, i).then(cumulative)),
        dated(author, baseline, "no-baseline"),
        dated(author, previous, "no-actual"),
        dated(author, current, "no-actual"),
        dated(author, to_date, "no-actual"),
        dated(author, target, "no-target"),
        achieved_cell(author, reached.achieved, reached.target.is_some() && reached.to_date.is_some()),
    ]));
    if spec.breakdown.unwrap_or(true) {
        let within: Vec<&Measurement> = reached.within.iter().map(|d| d.measurement).collect();
        rows.extend(parts(author, i, &within, reached.current.as_ref()).into_iter().map(part_row));
    }
    let remarks = remarks(author, i, &reached);
    if !remarks.is_empty() {
        rows.push(detail(vec![Cell::text(remarks).over(COLUMNS)]));
    }
}

/// A value with its date below it, or the words that there is none.
fn dated(author: &Author<'_>, value: Option<(&Measured, Option<PartialDate>)>, none: &str) -> Cell {
    let mut cell = measured(author, value.map(|(value, _)| value), none);
    if let Some(date) = value.and_then(|(_, date)| date) {
        cell.text = cell.text.then(Rich::styled(format!("\n{}", author.date(date)), Style::Faint));
    }
    cell
}

fn part_row(part: Part) -> Row {
    match part {
        Part::Sentence(said) => detail(vec![Cell::text(said).over(COLUMNS)]),
        Part::Value(label, value) => {
            let mut cells = vec![Cell::text(label)];
            cells.extend((1..CURRENT).map(|_| Cell::text("")));
            cells.push(value);
            cells.extend((CURRENT + 1..COLUMNS).map(|_| Cell::text("")));
            detail(cells)
        }
    }
}

/// The target of the period where it is not that of the whole, then why figures differ from it, then where they come from.
fn remarks(author: &Author<'_>, i: &IndicatorFacts, reached: &Reached<'_>) -> Rich {
    let own = reached.period_target.as_ref().filter(|t| reached.target.as_ref() != Some(*t));
    let own = own.map(|t| author.say_with("target-of-period", &[("target", &author.measured(t).plain().replace('\n', " "))]));
    let said = reached.period_targets.iter().copied().chain(reached.within.iter().map(|d| d.measurement));
    let reasons = Rich::joined(said.map(|m| author.text(&m.note)), &author.say("semicolon"));
    let reasons =
        if reasons.is_empty() { reasons } else { Rich::from(format!("{} ", author.say("reason-for-variance"))).then(reasons) };
    Rich::joined([own.map(Rich::from).unwrap_or_default(), reasons, verification(author, i)], "\n")
}
