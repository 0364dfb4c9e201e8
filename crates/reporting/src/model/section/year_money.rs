//! What came in and what was handed on or paid in a year, by programme, each currency apart. The totals were counted apart
//! from the lines; both have to agree before anything is printed.

use ketnoi_domain::{Money, Totals};

use super::budget::{balanced, sum};
use crate::{
    ReportError, YearFacts,
    model::{Author, Block, Cell, Column, Rich, Row, RowKind, Style, Table, Value, build::note},
};

/// A table; nothing where no movement of money is registered.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(year) = &author.snapshot.year else { return Ok(Vec::new()) };
    let subject = author.say("section-year-money");
    let received = checked(&subject, year, &year.received, |m| &m.received)?;
    let spent = checked(&subject, year, &year.spent, |m| &m.spent)?;
    if year.money.is_empty() {
        return Ok(Vec::new());
    }
    let columns = vec![
        Column::names(author.say("column-programme")),
        Column::figures(author.say("column-received")),
        Column::figures(author.say("column-spent")),
    ];
    let mut rows = Vec::with_capacity(year.money.len() + 1);
    for line in &year.money {
        let (came, went) = (sum(&subject, line.received.iter().copied())?, sum(&subject, line.spent.iter().copied())?);
        let cells = vec![Cell::text(author.text_or_unknown(&line.programme)), amounts(author, &came), amounts(author, &went)];
        rows.push(Row::plain(cells));
    }
    if year.money.len() > 1 {
        let cells = vec![Cell::text(author.say("total")), amounts(author, &received), amounts(author, &spent)];
        rows.push(Row { kind: RowKind::Total, cells });
    }
    let table = Table { caption: String::new(), columns, rows };
    Ok(vec![note(author.say("year-money-note")), Block::Table(table)])
}

/// A total that its lines make; else the error that says by how much they do not.
fn checked(
    subject: &str,
    year: &YearFacts,
    total: &[Money],
    of: fn(&crate::YearMoneyFacts) -> &Vec<Money>,
) -> Result<Totals, ReportError> {
    let lines = sum(subject, year.money.iter().flat_map(|m| of(m).iter().copied()))?;
    let total = sum(subject, total.iter().copied())?;
    balanced(subject, &lines, &total)?;
    Ok(total)
}

/// Amounts, each on its line; that none is registered does not say that there was none.
fn amounts(author: &Author<'_>, totals: &Totals) -> Cell {
    match totals.iter().collect::<Vec<_>>().as_slice() {
        [] => Cell::of(Rich::styled(author.say("none-registered"), Style::Faint), Value::Unknown),
        [one] => Cell::of(author.money(*one), Value::Money(*one)),
        all => Cell::of(author.totals(totals), Value::Monies(all.to_vec())),
    }
}
