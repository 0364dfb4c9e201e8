//! What partnerships signed, and their projects. An agreement of which only the report is dated is said to be just that.

use super::said::{details, said};
use crate::{
    CooperationAgreementFacts, CooperationProjectFacts, PartnershipFacts, ReportError,
    model::{Author, Block, Cell, Column, Rich, Row, Style, Table, Value, build::heading},
};

/// A table of agreements and one of projects.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(facts) = &author.snapshot.bilateral else { return Ok(Vec::new()) };
    let agreements: Vec<&CooperationAgreementFacts> = facts.partnerships.iter().flat_map(|p| &p.agreements).collect();
    let mut blocks = Vec::new();
    if !agreements.is_empty() {
        blocks.push(heading(author.say("heading-cooperation-agreements")));
        blocks.push(Block::Table(table(author, &agreements)?));
    }
    if facts.partnerships.iter().any(|p| !p.projects.is_empty()) {
        blocks.push(heading(author.say("heading-projects")));
        blocks.push(Block::Table(projects(author, &facts.partnerships)?));
    }
    Ok(blocks)
}

/// A table of what was signed, in the order in which it is given. What is known of none of them has no column.
pub(super) fn table(author: &Author<'_>, agreements: &[&CooperationAgreementFacts]) -> Result<Table, ReportError> {
    let columns = vec![
        Column::names(author.say("column-agreement")),
        Column::text(author.say("column-reference")),
        Column::text(author.say("column-date")),
        Column::text(author.say("column-holds")),
    ];
    let numbered = agreements.iter().any(|a| a.reference.is_some());
    let bounded = agreements.iter().any(|a| !a.period.is_unknown());
    let mut rows = Vec::new();
    for a in agreements {
        let mut row = row(author, a)?;
        for (at, known) in [(1, numbered), (3, bounded)] {
            if !known {
                row.cells[at] = Cell::text("");
            }
        }
        rows.push(row);
        rows.extend(details(columns.len(), said(author, &a.said)?));
    }
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(table)
}

fn row(author: &Author<'_>, a: &CooperationAgreementFacts) -> Result<Row, ReportError> {
    let numbers = author.sources(&a.sources, &author.plain(&a.title))?;
    let title = Rich::joined([author.text_or_unknown(&a.title), numbers], " ");
    let partnership = author.text(&a.partnership).restyled(Style::Faint);
    let reference = a.reference.as_deref().map_or_else(|| Cell::of(author.unknown(), Value::Unknown), Cell::text);
    let holds = author
        .period(a.period)
        .map_or_else(|| Cell::of(author.unknown(), Value::Unknown), |text| Cell::of(text, Value::Period(a.period)));
    Ok(Row::plain(vec![Cell::text(Rich::joined([title, partnership], "\n")), reference, dated(author, a), holds]))
}

/// The day of signing; else that it is unknown, and when it was reported.
fn dated(author: &Author<'_>, a: &CooperationAgreementFacts) -> Cell {
    let on = |key: &str, date| author.say_with(key, &[("date", &author.date(date))]);
    match (a.signed, a.reported) {
        (Some(signed), _) => Cell::of(on("agreement-signed", signed), Value::Date(signed)),
        (None, Some(reported)) => Cell::of(on("agreement-only-reported", reported), Value::Date(reported)),
        (None, None) => Cell::of(author.unknown(), Value::Unknown),
    }
}

fn projects(author: &Author<'_>, partnerships: &[PartnershipFacts]) -> Result<Table, ReportError> {
    let columns = vec![
        Column::names(author.say("column-project")),
        Column::text(author.say("column-period")),
        Column::text(author.say("column-status")),
    ];
    let mut rows = Vec::new();
    for p in partnerships {
        for q in &p.projects {
            rows.push(project(author, p, q)?);
        }
    }
    Ok(Table { caption: String::new(), columns, rows })
}

fn project(author: &Author<'_>, p: &PartnershipFacts, q: &CooperationProjectFacts) -> Result<Row, ReportError> {
    let numbers = author.sources(&q.sources, &author.plain(&q.title))?;
    let title = Rich::joined([author.text_or_unknown(&q.title), numbers], " ");
    let partnership = author.text(&p.title).restyled(Style::Faint);
    let period = author.period(q.period).map_or_else(|| author.unknown(), Rich::from);
    let status = q.status.map_or_else(|| Cell::of(author.unknown(), Value::Unknown), |s| Cell::text(author.coded("status", s)));
    Ok(Row::plain(vec![Cell::text(Rich::joined([title, partnership], "\n")), Cell::of(period, Value::Period(q.period)), status]))
}
