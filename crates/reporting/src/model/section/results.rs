//! The results framework: baseline, target, actual and how much of the way was gone, by indicator.
//!
//! An indicator without a target stays in the table, and its cell says that there is none.

use ketnoi_domain::{
    Breakdown, Coded as _, Decimal, Dimension, Lang, Measured, Measurement, Period, Text, achieved_per_cent, cumulate,
};

use super::{asked::Asked, results_period};
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
    let asked = Asked::of(author);
    if asked.is_limited() {
        return results_period::blocks(author, spec, asked);
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
        group(author, result, COLUMNS, &mut rows);
        for indicator in &result.indicators {
            indicator_rows(author, spec, indicator, &mut rows);
        }
    }
    let reading = [Some(author.say("results-note")), covered(author, results)].into_iter().flatten().collect::<Vec<_>>();
    vec![note(reading.join(" ")), Block::Table(Table { caption: String::new(), columns, rows })]
}

/// Which time the figures cover, and how those of several periods come to one.
fn covered(author: &Author<'_>, results: &[ResultFacts]) -> Option<String> {
    let periods = || results.iter().flat_map(|r| &r.indicators).flat_map(|i| &i.periods).map(|p| p.period);
    let from = periods().filter_map(|p| p.from).min_by_key(|d| d.from());
    let to = periods().filter_map(|p| p.to).max_by_key(|d| d.to());
    let period = author.period(Period { from, to })?;
    Some(author.say_with("results-covered", &[("period", &period)]))
}

/// The head of a result's rows, with its assumption, and that it has no indicator if it has none.
pub(super) fn group(author: &Author<'_>, result: &ResultFacts, columns: usize, rows: &mut Vec<Row>) {
    let level = author.coded("result", result.level);
    let head = Rich::from(author.labelled(&format!("{level} {}", result.number), "")).then(author.text(&result.title));
    rows.push(Row { kind: RowKind::Group, cells: vec![Cell::text(head).over(columns)] });
    let assumption = author.text(&result.assumption);
    if !assumption.is_empty() {
        let said = Rich::from(format!("{} ", author.say("assumption"))).then(assumption);
        rows.push(detail(vec![Cell::text(said).over(columns)]));
    }
    if result.indicators.is_empty() {
        let none = Rich::styled(author.say("no-indicators"), Style::Faint);
        rows.push(Row::plain(vec![Cell::text(none).over(columns)]));
    }
}

pub(super) fn detail(cells: Vec<Cell>) -> Row {
    Row { kind: RowKind::Detail, cells }
}

fn indicator_rows(author: &Author<'_>, spec: &SectionSpec, i: &IndicatorFacts, rows: &mut Vec<Row>) {
    let targets: Vec<&Measurement> = i.periods.iter().filter_map(|p| p.target.as_ref()).collect();
    let actuals: Vec<&Measurement> = i.periods.iter().filter_map(|p| p.actual.as_ref()).collect();
    let whole = |all: &[&Measurement]| cumulate(all.iter().map(|m| &m.value), i.cumulative);
    let (target, actual) = (whole(&targets), whole(&actuals));
    let baseline = i.baseline.as_ref().map(|b| &b.value);
    let achieved = target.as_ref().zip(actual.as_ref()).and_then(|(t, a)| achieved_per_cent(baseline, t, a));
    rows.push(Row::plain(vec![
        Cell::text(name(author, i)),
        measured(author, baseline, "no-baseline"),
        measured(author, target.as_ref(), "no-target"),
        measured(author, actual.as_ref(), "no-actual"),
        achieved_cell(author, achieved, target.is_some() && actual.is_some()),
    ]));
    if spec.periods.unwrap_or(false) && i.periods.len() > 1 {
        period_rows(author, i, rows);
    }
    if spec.breakdown.unwrap_or(true) {
        for part in parts(author, i, &actuals, actual.as_ref()) {
            rows.push(detail(match part {
                Part::Value(label, cell) => vec![Cell::text(label), Cell::text(""), Cell::text(""), cell, Cell::text("")],
                Part::Sentence(said) => vec![Cell::text(said).over(COLUMNS)],
            }));
        }
    }
    if !targets.is_empty() && targets.len() < i.periods.len() {
        let (given, all) = (targets.len().to_string(), i.periods.len().to_string());
        let said = author.say_with("targets-for-some", &[("given", &given), ("all", &all)]);
        rows.push(detail(vec![Cell::text(said).over(COLUMNS)]));
    }
    let notes = targets.iter().chain(&actuals).map(|m| author.text(&m.note));
    let remarks = Rich::joined(notes.chain([verification(author, i)]), "\n");
    if !remarks.is_empty() {
        rows.push(detail(vec![Cell::text(remarks).over(COLUMNS)]));
    }
}

/// An indicator by its number and title, with its unit, and that less of it is better if it is.
pub(super) fn name(author: &Author<'_>, i: &IndicatorFacts) -> Rich {
    let unit = author.text(&i.unit);
    let unit = if unit.is_empty() { unit } else { Rich::from(" (").then(unit).then(")").restyled(Style::Faint) };
    let less =
        if i.ascending { Rich::default() } else { Rich::styled(format!(" {}", author.say("less-is-better")), Style::Faint) };
    Rich::styled(format!("{} ", i.number), Style::Faint).then(author.text(&i.title)).then(unit).then(less)
}

/// Where its figures come from.
pub(super) fn verification(author: &Author<'_>, i: &IndicatorFacts) -> Rich {
    let verification = author.text(&i.verification);
    if verification.is_empty() {
        return verification;
    }
    Rich::from(format!("{} ", author.say("verification"))).then(verification)
}

/// A measured value, or the sentence that there is none.
pub(super) fn measured(author: &Author<'_>, value: Option<&Measured>, none: &str) -> Cell {
    match value {
        Some(value) => Cell::of(author.measured(value), Value::Measured(value.clone())),
        None => Cell::of(Rich::styled(author.say(none), Style::Faint), Value::Unknown),
    }
}

/// How much was achieved; not applicable where target and actual are there but no percentage follows from them.
pub(super) fn achieved_cell(author: &Author<'_>, achieved: Option<Decimal>, both: bool) -> Cell {
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

/// A part of an actual value with its label, or a sentence about the parts.
pub(super) enum Part {
    Value(Rich, Cell),
    Sentence(Rich),
}

/// The parts of the actual value, those of one dimension together. Where periods add up, so do the parts; where the last
/// period counts, so do its parts. Parts that do not come to the whole are shown, and it is said that they do not.
pub(super) fn parts(author: &Author<'_>, i: &IndicatorFacts, actuals: &[&Measurement], whole: Option<&Measured>) -> Vec<Part> {
    let counted = if i.cumulative { &actuals[actuals.len().saturating_sub(1)..] } else { actuals };
    let parts: Vec<&Breakdown> = counted.iter().flat_map(|m| &m.breakdown).collect();
    let mut told = Vec::new();
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
            // What is neither sex nor city says itself what it is.
            let label = match by {
                Dimension::Other => String::new(),
                by => author.labelled(&author.coded("dimension", by), ""),
            };
            let named = indented(Rich::from(label).then(category_name(author, by, category)));
            told.push(Part::Value(named, Cell::of(author.measured(&value), Value::Measured(value.clone()))));
            values.push(value);
        }
        let sum = cumulate(&values, false);
        if by != Dimension::Other && sum.is_some() && sum.as_ref() != whole {
            let said = author.say_with("breakdown-partial", &[("by", &author.coded("dimension", by))]);
            told.push(Part::Sentence(indented(said.into())));
        }
    }
    told
}

/// A category in the reader's language, as far as the registry has it there.
pub(super) fn category_name(author: &Author<'_>, by: Dimension, category: &str) -> Rich {
    match by {
        Dimension::Sex => author.find(&format!("sex-{category}")).unwrap_or_else(|| category.to_owned()).into(),
        Dimension::City => {
            let place = author.snapshot.places.iter().find(|p| p.code == category);
            place.map_or_else(|| category.into(), |p| author.text(&p.name))
        }
        Dimension::Other => author.text(&both_languages(category)),
    }
}

/// Words that a table gives in Vietnamese and then in English, as in `Dưới 35 tuổi / under 35`. A stroke between other words
/// belongs to them: what is taken for English begins with a small letter and has no letter that English lacks.
fn both_languages(category: &str) -> Text {
    let english = |words: &str| words.is_ascii() && words.starts_with(|c: char| c.is_ascii_lowercase());
    match category.split_once(" / ") {
        Some((vi, en)) if !vi.is_ascii() && english(en) => Text::from_iter([(Lang::Vi, vi), (Lang::En, en)]),
        _ => Lang::ALL.iter().map(|lang| (*lang, category)).collect(),
    }
}

/// Stands in under the row that it says more of.
pub(super) fn indented(text: Rich) -> Rich {
    Rich::from("\u{A0}\u{A0}\u{A0}").then(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_two_languages_are_parted_and_others_kept_whole() {
        let parted = both_languages("Dưới 35 tuổi / under 35");
        assert_eq!(
            (parted.get(Lang::Vi), parted.get(Lang::En), parted.get(Lang::De)),
            (Some("Dưới 35 tuổi"), Some("under 35"), None)
        );
        for whole in ["Đà Nẵng / Vinh", "urban / rural", "nông thôn / thành thị", "trẻ em"] {
            assert!(Lang::ALL.iter().all(|lang| both_languages(whole).get(*lang) == Some(whole)), "{whole}");
        }
    }
}
