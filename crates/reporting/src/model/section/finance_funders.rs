//! What each funder committed and paid, what was spent of it and what is left; and the instalments, due and received.

use std::collections::BTreeSet;

use ketnoi_domain::{Currency, Money};

use super::{
    asked::Asked,
    budget::{incomparable, sum},
    exchange::{self, Exchange, Sum},
    funders::{Account, Accounts},
};
use crate::{
    AgreementFacts, ReportError,
    model::{Author, Block, Cell, Column, Rich, Row, RowKind, Section, Style, Table, Value, build::note},
};

/// A table with a row for each agreement, then one of instalments, then the rates that no section before tells.
pub(super) fn blocks(author: &Author<'_>, told: &[&Section]) -> Result<Vec<Block>, ReportError> {
    let snapshot = author.snapshot;
    if snapshot.agreements.is_empty() {
        return Ok(Vec::new());
    }
    let subject = author.say("section-finance-funders");
    let accounts = Accounts::of(snapshot, &subject, &Exchange::of(snapshot), Asked::of(author))?;
    let mut blocks = vec![note(author.say("finance-funders-note")), Block::Table(table(author, &subject, &accounts.accounts)?)];
    let outside = sum(&subject, accounts.outside.iter().map(|t| t.value))?;
    if !outside.is_empty() {
        let words = author.totals(&outside).plain().replace('\n', &author.say("semicolon"));
        blocks.push(note(author.say_with("spent-outside-agreements", &[("amount", &words)])));
    }
    blocks.extend(instalments(author, &snapshot.agreements));
    let sums = accounts.accounts.iter().flat_map(|a| a.received.iter().chain(&a.spent));
    blocks.extend(exchange::used(author, told, sums));
    Ok(blocks)
}

fn table(author: &Author<'_>, subject: &str, accounts: &[Account<'_>]) -> Result<Table, ReportError> {
    let columns = vec![
        Column::names(author.say("column-funder")),
        Column::figures(author.say("column-committed")),
        Column::figures(author.say("column-received")),
        Column::figures(author.say("column-spent")),
        Column::figures(author.say("column-balance")),
    ];
    let mut rows: Vec<Row> = accounts.iter().map(|a| row(author, a)).collect();
    let currencies: BTreeSet<Currency> = accounts.iter().filter_map(Account::currency).collect();
    for currency in currencies {
        let own: Vec<&Account<'_>> = accounts.iter().filter(|a| a.currency() == Some(currency)).collect();
        if own.len() > 1 {
            rows.push(total(author, subject, currency, &own)?);
        }
    }
    Ok(Table { caption: String::new(), columns, rows })
}

fn row(author: &Author<'_>, a: &Account<'_>) -> Row {
    let (title, reference) = (author.text(&a.agreement.title), a.agreement.reference.as_deref().map(Rich::from));
    let about = Rich::joined([title, reference.unwrap_or_default()], ", ").restyled(Style::Faint);
    let moved = |sum: Option<&Sum<'_>>| sum.map_or_else(|| unregistered(author), |s| words(author, s));
    let split = [&a.received, &a.spent].into_iter().flatten().any(|s| !s.is_whole());
    let balance = match a.balance {
        Some(_) => author.money_cell(a.balance),
        None if split => incomparable(author),
        None => author.money_cell(None),
    };
    Row::plain(vec![
        Cell::text(Rich::joined([author.text_or_unknown(&a.agreement.funder), about], "\n")),
        author.money_cell(a.committed),
        moved(a.received.as_ref()),
        moved(a.spent.as_ref()),
        balance,
    ])
}

/// That no movement of a sort is registered, which is not to say that there was none.
fn unregistered(author: &Author<'_>) -> Cell {
    Cell::of(Rich::styled(author.say("none-registered"), Style::Faint), Value::Unknown)
}

/// A sum with the name of its currency.
fn words(author: &Author<'_>, sum: &Sum<'_>) -> Cell {
    Cell { text: sum.words(author).into(), ..sum.cell(author) }
}

/// What agreements in one currency come to; where some of it is not known, that this is the sum of the rest.
fn total<'a>(author: &Author<'_>, subject: &str, currency: Currency, accounts: &[&Account<'a>]) -> Result<Row, ReportError> {
    let money = |pick: fn(&Account<'a>) -> Option<Money>| -> Result<Cell, ReportError> {
        let known: Vec<Money> = accounts.iter().filter_map(|a| pick(a)).collect();
        let total = sum(subject, known.iter().copied())?.iter().next();
        Ok(partial(author, author.money_cell(total), known.len(), accounts.len()))
    };
    let moved = |pick: for<'s> fn(&'s Account<'a>) -> Option<&'s Sum<'a>>| -> Result<Cell, ReportError> {
        let known: Vec<&Sum<'a>> = accounts.iter().filter_map(|a| pick(a)).collect();
        let all = Sum::of(subject, currency, known.iter().copied())?;
        let cell = if known.is_empty() { unregistered(author) } else { words(author, &all) };
        Ok(partial(author, cell, known.len(), accounts.len()))
    };
    let label = author.say_with("total-in", &[("currency", currency.code())]);
    let cells = vec![
        Cell::text(label),
        money(|a| a.committed)?,
        moved(|a| a.received.as_ref())?,
        moved(|a| a.spent.as_ref())?,
        money(|a| a.balance)?,
    ];
    Ok(Row { kind: RowKind::Total, cells })
}

/// A sum of which it is said that some agreements are not in it.
fn partial(author: &Author<'_>, mut cell: Cell, known: usize, all: usize) -> Cell {
    if known > 0 && known < all {
        let words = [("some", known.to_string()), ("all", all.to_string())];
        let said = author.say_with("of-so-many-agreements", &words.each_ref().map(|(k, v)| (*k, v.as_str())));
        cell.text = cell.text.then(Rich::styled(format!("\n{said}"), Style::Faint));
    }
    cell
}

/// The instalments of each agreement that has any, in its order.
fn instalments(author: &Author<'_>, agreements: &[AgreementFacts]) -> Option<Block> {
    let columns = vec![
        Column::names(author.say("column-condition")),
        Column::text(author.say("column-due")),
        Column::text(author.say("column-received-on")),
        Column::figures(author.say("column-amount")),
    ];
    let mut rows = Vec::new();
    for a in agreements.iter().filter(|a| !a.instalments.is_empty()) {
        let reference = a.reference.as_deref().map(Rich::from).unwrap_or_default();
        let head = Rich::joined([author.text_or_unknown(&a.funder), reference], ", ");
        rows.push(Row { kind: RowKind::Group, cells: vec![Cell::text(head).over(columns.len())] });
        rows.extend(a.instalments.iter().map(|i| {
            let open = || Cell::of(Rich::styled(author.say("no-payment-registered"), Style::Faint), Value::Unknown);
            let condition = author.text(&i.condition);
            let condition = if condition.is_empty() { Rich::styled(author.say("no-condition"), Style::Faint) } else { condition };
            Row::plain(vec![
                Cell::text(condition),
                author.date_cell(i.due),
                i.paid.map_or_else(open, |paid| author.date_cell(Some(paid))),
                author.money_cell(Some(i.amount)),
            ])
        }));
    }
    (!rows.is_empty()).then(|| Block::Table(Table { caption: author.say("instalments-caption"), columns, rows }))
}
