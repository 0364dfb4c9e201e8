//! The networks that an organisation belongs to, and its own members.

use super::cited::cited;
use crate::{
    PartnerMembershipFacts, ReportError,
    model::{Author, Block, Cell, Column, Rich, Row, RowKind, Table, Value},
};

/// A table with a group for each of the two sorts.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(partner) = author.snapshot.partner.as_ref().filter(|p| !p.memberships.is_empty()) else { return Ok(Vec::new()) };
    let columns = vec![
        Column::names(author.say("column-organisation")),
        Column::text(author.say("column-period")),
        Column::text(author.say("column-note")),
    ];
    let mut rows = Vec::new();
    for (of_other, key) in [(false, "memberships-in"), (true, "memberships-of")] {
        let own: Vec<&PartnerMembershipFacts> = partner.memberships.iter().filter(|m| m.of_other == of_other).collect();
        if !own.is_empty() {
            rows.push(Row { kind: RowKind::Group, cells: vec![Cell::text(author.say(key)).over(columns.len())] });
        }
        for m in own {
            rows.push(row(author, m)?);
        }
    }
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(vec![Block::Table(table)])
}

fn row(author: &Author<'_>, m: &PartnerMembershipFacts) -> Result<Row, ReportError> {
    let period = author.period(m.period).map_or_else(|| author.unknown(), Rich::from);
    Ok(Row::plain(vec![
        Cell::text(cited(author, &m.other, &ketnoi_domain::Text::default(), &m.sources)?),
        Cell::of(period, Value::Period(m.period)),
        Cell::text(author.text(&m.note)),
    ]))
}
