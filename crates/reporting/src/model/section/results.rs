//! The results framework: baseline, target, actual and how much of the way was gone, by indicator.
//!
//! An indicator without a target stays in the table, and its cell says that there is none.

use ketnoi_domain::{Breakdown, Decimal, Dimension, Measured, Measurement, achieved_per_cent, cumulate};

use crate::{
    IndicatorFacts, ResultFacts,
    definition::SectionSpec,
    model::{Author, Block, Cell, Column, Rich, Row, RowKind, Style, Table, Value, build::note},
};

/// How many columns the table has.
const COLUMNS: usize = 5;

/// A table with a group for each result.
pub(super) fn blocks(author: &Author<'_>, spec: &SectionSpec) -> Vec<Block> {
    let results = &author.snapshot.results;
    if results.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::names(author.say("column-indicator")),
        Column::figures(author.say("column-baseline")),
        Column::figures(author.say("column-target")),
        Column::figures(author.say("column-actual")),
        Column::figures(author.say("column-achieved")),
    ];
    let mut rows = Vec::new();
    for result in results {
        group(author, result, &mut rows);
        for indicator in &result.indicators {
            indicator_rows(author, spec, indicator, &mut rows);
        }
        if result.indicators.is_empty() {
            let none = Rich::styled(author.say("no-indicators"), Style::Faint);
            rows.push(Row::plain(vec![Cell::text(none).over(COLUMNS)]));
        }
    }
    vec![note(author.say("results-note")), Block::Table(Table { caption: String::new(), columns, rows })]
}

fn group(author: &Author<'_>, result: &ResultFacts, rows: &mut Vec<Row>) {
    let level = author.coded("result", result.level);
    let head = Rich::from(format!("{level} {}: ", result.number)).then(author.text(&result.title));
    rows.push(Row { kind: RowKind::Group, cells: vec![Cell::text(head).over(COLUMNS)] });
    let assumption = author.text(&result.assumption);
    if !assumption.is_empty() {
        let said = Rich::from(format!("{} ", author.say("assumption"))).then(assumption);
        rows.push(detail(vec![Cell::text(said).over(COLUMNS)]));
    }
}

fn detail(cells: Vec<Cell>) -> Row {
    Row { kind: RowKind::Detail, cells }
}

fn indicator_rows(author: &Author<'_>, spec: &SectionSpec, i: &IndicatorFacts, rows: &mut Vec<Row>) {
    let targets: Vec<&Measurement> = i.periods.iter().filter_map(|p| p.target.as_ref()).collect();
    let actuals: Vec<&Measurement> = i.periods.iter().filter_map(|p| p.actual.as_ref()).collect();
    let whole = |all: &[&Measurement]| cumulate(all.iter().map(|m| &m.value), i.cumulative);
    let (target, actual) = (whole(&targets), whole(&actuals));
    let baseline = i.baseline.as_ref().map(|b| &b.value);
    let unit = author.text(&i.unit);
    let unit = if unit.is_empty() { unit } else { Rich::from(" (").then(unit).then(")").restyled(Style::Faint) };
    let less =
        if i.ascending { Rich::default() } else { Rich::styled(format!(" {}", author.say("less-is-better")), Style::Faint) };
    let name = Rich::styled(format!("{} ", i.number), Style::Faint).then(author.text(&i.title)).then(unit).then(less);
    let achieved = target.as_ref().zip(actual.as_ref()).and_then(|(t, a)| achieved_per_cent(baseline, t, a));
    rows.push(Row::plain(vec![
        Cell::text(name),
        measured(author, baseline, "no-baseline"),
        measured(author, target.as_ref(), "no-target"),
        measured(author, actual.as_ref(), "no-actual"),
        achieved_cell(author, achieved, target.is_some() && actual.is_some()),
    ]));
    if spec.periods.unwrap_or(false) && i.periods.len() > 1 {
        period_rows(author, i, rows);
    }
    if spec.breakdown.unwrap_or(true) {
        breakdown_rows(author, i, &actuals, actual.as_ref(), rows);
    }
    if !targets.is_empty() && targets.len() < i.periods.len() {
        let (given, all) = (targets.len().to_string(), i.periods.len().to_string());
        let said = author.say_with("targets-for-some", &[("given", &given), ("all", &all)]);
        rows.push(detail(vec![Cell::text(said).over(COLUMNS)]));
    }
    let notes = targets.iter().chain(&actuals).map(|m| author.text(&m.note));
    let verification = author.text(&i.verification);
    let verification = if verification.is_empty() {
        verification
    } else {
        Rich::from(format!("{} ", author.say("verification"))).then(verification)
    };
    let remarks = Rich::joined(notes.chain([verification]), "\n");
    if !remarks.is_empty() {
        rows.push(detail(vec![Cell::text(remarks).over(COLUMNS)]));
    }
}

/// A measured value, or the sentence that there is none.
fn measured(author: &Author<'_>, value: Option<&Measured>, none: &str) -> Cell {
    match value {
        Some(value) => Cell::of(author.measured(value), Value::Measured(value.clone())),
        None => Cell::of(Rich::styled(author.say(none), Style::Faint), Value::Unknown),
    }
}

/// How much was achieved; not applicable where target and actual are there but no percentage follows from them.
fn achieved_cell(author: &Author<'_>, achieved: Option<Decimal>, both: bool) -> Cell {
    match achieved {
        Some(n) => Cell::of(author.per_cent(n), Value::PerCent(n)),
        None if both => Cell::of(author.not_applicable(), Value::NotApplicable),
        None => Cell::of(Rich::styled("–", Style::Faint), Value::Unknown),
    }
}

fn period_rows(author: &Author<'_>, i: &IndicatorFacts, rows: &mut Vec<Row>) {
    for p in &i.periods {
        let period = author.period(p.period).map_or_else(|| author.unknown(), Rich::from);
        rows.push(detail(vec![
            Cell::of(indented(period), Value::Period(p.period)),
            Cell::text(""),
            measured(author, p.target.as_ref().map(|m| &m.value), "no-target"),
            measured(author, p.actual.as_ref().map(|m| &m.value), "no-actual"),
            Cell::text(""),
        ]));
    }
}

/// The parts of the actual value, those of one dimension together. Where periods add up, so do the parts; where the last
/// period counts, so do its parts. Parts that do not come to the whole are shown, and it is said that they do not.
fn breakdown_rows(
    author: &Author<'_>,
    i: &IndicatorFacts,
    actuals: &[&Measurement],
    whole: Option<&Measured>,
    rows: &mut Vec<Row>,
) {
    let counted = if i.cumulative { &actuals[actuals.len().saturating_sub(1)..] } else { actuals };
    let parts: Vec<&Breakdown> = counted.iter().flat_map(|m| &m.breakdown).collect();
    for by in [Dimension::Sex, Dimension::City, Dimension::Other] {
        let mut categories: Vec<&str> = Vec::new();
        for part in parts.iter().filter(|p| p.by == by) {
            if !categories.contains(&part.category.as_str()) {
                categories.push(&part.category);
            }
        }
        let mut values = Vec::new();
        for category in &categories {
            let own = parts.iter().filter(|p| p.by == by && p.category == *category).map(|p| &p.value);
            let Some(value) = cumulate(own, false) else { continue };
            let label = format!("{}: ", author.coded("dimension", by));
            let named = indented(Rich::from(label).then(category_name(author, by, category)));
            let cell = Cell::of(author.measured(&value), Value::Measured(value.clone()));
            rows.push(detail(vec![Cell::text(named), Cell::text(""), Cell::text(""), cell, Cell::text("")]));
            values.push(value);
        }
        let sum = cumulate(&values, false);
        if by != Dimension::Other && sum.is_some() && sum.as_ref() != whole {
            let said = author.say_with("breakdown-partial", &[("by", &author.coded("dimension", by))]);
            rows.push(detail(vec![Cell::text(indented(said.into())).over(COLUMNS)]));
        }
    }
}

fn category_name(author: &Author<'_>, by: Dimension, category: &str) -> Rich {
    match by {
        Dimension::Sex => author.find(&format!("sex-{category}")).unwrap_or_else(|| category.to_owned()).into(),
        Dimension::City => {
            let place = author.snapshot.places.iter().find(|p| p.code == category);
            place.map_or_else(|| category.into(), |p| author.text(&p.name))
        }
        Dimension::Other => category.into(),
    }
}

/// Stands in under the row that it says more of.
fn indented(text: Rich) -> Rich {
    Rich::from("\u{A0}\u{A0}\u{A0}").then(text)
}
