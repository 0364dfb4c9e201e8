//! The programmes that an organisation takes part in, by what it does there.

use ketnoi_domain::{Coded, Role};

use crate::{
    PartnerPartFacts, ReportError,
    model::{Author, Block, Cell, Column, Rich, Row, RowKind, Style, Table, Value},
};

/// A table with a group for each role.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(partner) = author.snapshot.partner.as_ref().filter(|p| !p.parts.is_empty()) else { return Ok(Vec::new()) };
    let columns = vec![
        Column::names(author.say("column-programme")),
        Column::text(author.say("column-period")),
        Column::text(author.say("column-named-there")),
        Column::text(author.say("column-through")),
        Column::text(author.say("column-note")),
    ];
    let mut rows = Vec::new();
    for role in Role::ALL {
        let own: Vec<&PartnerPartFacts> = partner.parts.iter().filter(|p| p.role == *role).collect();
        if !own.is_empty() {
            let head = Cell::text(author.coded("role", *role)).over(columns.len());
            rows.push(Row { kind: RowKind::Group, cells: vec![head] });
        }
        for part in own {
            rows.push(row(author, &partner.parts, part)?);
        }
    }
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(vec![Block::Table(table)])
}

fn row(author: &Author<'_>, all: &[PartnerPartFacts], p: &PartnerPartFacts) -> Result<Row, ReportError> {
    let numbers = author.sources(&p.sources, &author.plain(&p.title))?;
    let title = Rich::joined([author.text_or_unknown(&p.title), numbers], " ");
    let whole = p.parent.as_ref().and_then(|code| all.iter().find(|q| q.code == *code));
    let whole = whole.map(|q| author.say_rich("part-of-whole", &[("whole", author.text_or_unknown(&q.title))]));
    let about = Rich::joined(std::iter::once(author.coded("level", p.level).into()).chain(whole), " · ").restyled(Style::Faint);
    let period = author.period(p.period).map_or_else(|| author.unknown(), Rich::from);
    let status = p.status.map(|s| Rich::styled(author.coded("status", s), Style::Faint)).unwrap_or_default();
    // The name is told where it is not the one that the report bears.
    let name = if p.name == author.snapshot.subject.title { Rich::default() } else { author.text(&p.name) };
    let own = author.period(p.taking_part).map(|period| Rich::styled(period, Style::Faint)).unwrap_or_default();
    Ok(Row::plain(vec![
        Cell::text(Rich::joined([title, about], "\n")),
        Cell::of(Rich::joined([period, status], "\n"), Value::Period(p.period)),
        Cell::text(Rich::joined([name, own], "\n")),
        Cell::text(author.text(&p.via)),
        Cell::text(author.text(&p.note)),
    ]))
}
