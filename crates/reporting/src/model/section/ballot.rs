//! What was put to the vote: each recommendation at length, from which study, whom it concerns, and where it stands.

use super::cited::cited;
use crate::{
    DialogueFacts, DialogueOptionFacts, RecommendationFacts, ReportError,
    model::{Author, Block, Cell, Column, Rich, Row, Style, Table},
};

/// A table for each dialogue of which the options are known.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let voted_on: Vec<&DialogueFacts> = author.snapshot.dialogues.iter().filter(|d| !d.options.is_empty()).collect();
    let mut blocks = Vec::new();
    for d in &voted_on {
        if voted_on.len() > 1 {
            blocks.push(Block::Heading(author.text_or_unknown(&d.title)));
        }
        blocks.push(Block::Table(table(author, d)?));
    }
    Ok(blocks)
}

fn table(author: &Author<'_>, d: &DialogueFacts) -> Result<Table, ReportError> {
    let columns = vec![
        Column::figures(author.say("column-number")),
        Column::names(author.say("column-recommendation")),
        Column::text(author.say("column-addressee")),
        Column::text(author.say("column-status")),
    ];
    let rows = d.options.iter().map(|o| row(author, o)).collect::<Result<_, _>>()?;
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(table)
}

fn row(author: &Author<'_>, o: &DialogueOptionFacts) -> Result<Row, ReportError> {
    let told: Option<&RecommendationFacts> = author.snapshot.recommendations.iter().find(|r| r.code == o.recommendation);
    let (title, addressee, status) = match told {
        Some(r) => {
            let title = cited(author, &r.title, &r.part, &r.sources)?;
            let status = r.status.map(|s| author.coded("recommendation", s)).unwrap_or_default();
            (Rich::joined([title, author.text(&r.text).restyled(Style::Faint)], "\n"), author.text(&r.addressee), status)
        }
        None => (author.text_or_unknown(&o.title), Rich::default(), String::new()),
    };
    Ok(Row::plain(vec![author.count_cell(Some(o.number)), Cell::text(title), Cell::text(addressee), Cell::text(status)]))
}
