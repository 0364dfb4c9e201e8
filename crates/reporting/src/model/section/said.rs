//! What sources say of single properties, beside the thing that they speak of: shared by the sections on two countries and on
//! a year.

use crate::{
    ReportError, StatementFacts,
    model::{Author, Cell, Rich, Row, RowKind, Style},
};

/// A line for each statement: `from: 30 years before (as written: “cách đây 30 năm”) 12 November 2010 [1]`.
pub(super) fn said(author: &Author<'_>, statements: &[StatementFacts]) -> Result<Vec<Rich>, ReportError> {
    statements.iter().map(|s| line(author, s)).collect()
}

/// Rows that say more of the row before them, across a table of so many columns.
pub(super) fn details(columns: usize, lines: impl IntoIterator<Item = Rich>) -> Vec<Row> {
    let row = |text: Rich| Row { kind: RowKind::Detail, cells: vec![Cell::text(text).over(columns)] };
    lines.into_iter().filter(|l| !l.is_empty()).map(row).collect()
}

fn line(author: &Author<'_>, s: &StatementFacts) -> Result<Rich, ReportError> {
    let property = s.property.as_deref().unwrap_or_default();
    let named = author.find(&format!("property-{}", property.replace('.', "-"))).unwrap_or_else(|| property.to_owned());
    let source = author.source(&s.source, &named)?;
    let raw = s.raw.as_ref().map(|raw| Rich::styled(author.say_with("as-written", &[("text", raw)]), Style::Faint));
    let stated = s.stated.map(|d| Rich::styled(author.date(d), Style::Faint));
    let followed = (!s.current).then(|| Rich::styled(author.say("not-followed"), Style::Faint));
    let value = Rich::from(author.labelled(&named, "")).then(author.text(&s.value));
    let about = Rich::joined([raw, stated, followed].into_iter().flatten(), ", ");
    let first = Rich::joined([Rich::joined([value, about], " – "), source], " ");
    Ok(Rich::joined([first, author.text(&s.note).restyled(Style::Faint)], "\n"))
}
