//! What was signed in a year: agreements with funders, and those of partnerships between local authorities.

use super::partnership_agreements;
use crate::{
    CooperationAgreementFacts, ReportError, YearAgreementFacts,
    model::{Author, Block, Cell, Column, Rich, Row, Style, Table, Value, build::heading},
};

/// A table of each sort.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(year) = &author.snapshot.year else { return Ok(Vec::new()) };
    let mut blocks = Vec::new();
    if !year.agreements.is_empty() {
        blocks.push(heading(author.say("heading-agreements")));
        blocks.push(Block::Table(table(author, &year.agreements)?));
    }
    if !year.cooperation_agreements.is_empty() {
        let own: Vec<&CooperationAgreementFacts> = year.cooperation_agreements.iter().collect();
        blocks.push(heading(author.say("heading-cooperation-agreements")));
        blocks.push(Block::Table(partnership_agreements::table(author, &own)?));
    }
    Ok(blocks)
}

fn table(author: &Author<'_>, agreements: &[YearAgreementFacts]) -> Result<Table, ReportError> {
    let columns = vec![
        Column::text(author.say("column-signed")),
        Column::names(author.say("column-funder")),
        Column::text(author.say("column-programme")),
        Column::text(author.say("column-reference")),
        Column::figures(author.say("column-ceiling")),
    ];
    let rows = agreements.iter().map(|a| row(author, a)).collect::<Result<_, _>>()?;
    Ok(Table { caption: String::new(), columns, rows })
}

fn row(author: &Author<'_>, a: &YearAgreementFacts) -> Result<Row, ReportError> {
    let numbers = author.sources(&a.sources, &author.plain(&a.funder))?;
    let reference = a.reference.as_deref().map_or_else(|| Cell::of(author.unknown(), Value::Unknown), Cell::text);
    Ok(Row::plain(vec![
        author.date_cell(Some(a.signed)),
        Cell::text(Rich::joined([author.text_or_unknown(&a.funder), numbers], " ")),
        Cell::text(author.text(&a.programme).restyled(Style::Faint)),
        reference,
        author.money_cell(a.ceiling),
    ]))
}
