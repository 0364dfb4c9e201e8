//! Where sources disagree: every statement with its source, and which one the registry follows.

use crate::{
    ReportError, StatementFacts,
    model::{Author, Block, Cell, Column, Rich, Row, RowKind, Style, Table, build::note, locator},
};

/// A table with a group for each property on which there is more than one value.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let columns = vec![
        Column::text(author.say("column-statement")),
        Column::text(author.say("column-source")),
        Column::text(author.say("column-followed")),
        Column::text(author.say("column-note")),
    ];
    let mut rows = Vec::new();
    for group in groups(&author.snapshot.statements) {
        let property = group[0].property.as_deref().unwrap_or_default();
        let named = author.find(&format!("property-{}", property.replace('.', "-"))).unwrap_or_else(|| property.to_owned());
        let title = Rich::joined([author.text(&group[0].subject), named.into()], " – ");
        rows.push(Row { kind: RowKind::Group, cells: vec![Cell::text(title).over(columns.len())] });
        for s in group {
            rows.push(row(author, s)?);
        }
    }
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(vec![note(author.say("conflicts-note")), Block::Table(table)])
}

/// The statements on each property of each part, where they do not all say the same; in the order of the first.
fn groups(statements: &[StatementFacts]) -> Vec<Vec<&StatementFacts>> {
    let mut groups: Vec<Vec<&StatementFacts>> = Vec::new();
    for s in statements.iter().filter(|s| s.property.is_some()) {
        match groups.iter_mut().find(|g| g[0].property == s.property && g[0].subject == s.subject) {
            Some(group) => group.push(s),
            None => groups.push(vec![s]),
        }
    }
    let differ = |g: &Vec<&StatementFacts>| g.iter().any(|s| s.value != g[0].value || s.raw != g[0].raw);
    groups.into_iter().filter(differ).collect()
}

fn row(author: &Author<'_>, s: &StatementFacts) -> Result<Row, ReportError> {
    let raw = s.raw.as_ref().map(|raw| Rich::styled(author.say_with("as-written", &[("text", raw)]), Style::Faint));
    let mut value = author.text(&s.value);
    if s.current {
        value = value.restyled(Style::Strong);
    }
    let source = author.source(&s.source, s.property.as_deref().unwrap_or_default())?;
    let stated = s.stated.map(|d| Rich::styled(author.date(d), Style::Faint)).unwrap_or_default();
    let followed = author.say(if s.current { "followed" } else { "not-followed" });
    Ok(Row::plain(vec![
        Cell::text(Rich::joined([value, raw.unwrap_or_default()], "\n")),
        Cell::text(Rich::joined([locator::beside(author, source, s.locator.as_deref()), stated], "\n")),
        Cell::text(followed),
        Cell::text(author.text(&s.note)),
    ]))
}
