//! Finance: agreements, budget against spending, movements of money summed by kind, contributions in kind apart.

use ketnoi_domain::{Coded, Money, PartialDate, Totals, TransactionType};

use super::{
    budget::{self, balanced, sum},
    exchange,
};
use crate::{
    AgreementFacts, ReportError, TransactionFacts,
    definition::SectionSpec,
    model::{
        Author, Block, Cell, Column, Rich, Row, RowKind, Style, Table, Value,
        build::{heading, note},
    },
};

/// What there is of agreements, budget, movements, contributions in kind and rates; of those that the definition names.
pub(super) fn blocks(author: &Author<'_>, spec: &SectionSpec) -> Result<Vec<Block>, ReportError> {
    let finance = &author.snapshot.finance;
    let mut blocks = Vec::new();
    let mut part = |title: &str, own: Vec<Block>| {
        if !own.is_empty() {
            blocks.push(heading(author.say(title)));
            blocks.extend(own);
        }
    };
    if spec.wants("agreements") {
        part("heading-agreements", agreements(author)?);
    }
    if spec.wants("budget") {
        part("heading-budget", budget::blocks(author)?);
    }
    if spec.wants("transactions") {
        part("heading-transactions", transactions(author, spec.transactions.unwrap_or(0))?);
    }
    if spec.wants("in-kind") {
        part("heading-in-kind", in_kind(author)?);
    }
    if spec.wants("rates") && !finance.rates.is_empty() {
        part("heading-rates", vec![exchange::table(author, &finance.rates)]);
    }
    Ok(blocks)
}

fn agreements(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let agreements = &author.snapshot.agreements;
    if agreements.is_empty() {
        return Ok(Vec::new());
    }
    let columns = vec![
        Column::names(author.say("column-funder")),
        Column::text(author.say("column-reference")),
        Column::text(author.say("column-signed")),
        Column::text(author.say("column-period")),
        Column::figures(author.say("column-funder-share")),
        Column::figures(author.say("column-ceiling")),
    ];
    let mut rows = Vec::new();
    for a in agreements {
        agreement(author, a, columns.len(), &mut rows)?;
    }
    let subject = author.say("heading-agreements");
    let ceilings = sum(&subject, agreements.iter().filter_map(|a| a.current_ceiling))?;
    if agreements.len() > 1 {
        rows.extend(totals(author, &ceilings, columns.len() - 1));
    }
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(vec![Block::Table(table)])
}

/// A row for each currency's total; the first says what it is.
fn totals(author: &Author<'_>, totals: &Totals, before: usize) -> Vec<Row> {
    let row = |(i, m): (usize, Money)| {
        let label = if i == 0 { author.say("total") } else { String::new() };
        Row { kind: RowKind::Total, cells: vec![Cell::text(label).over(before), Cell::of(author.money(m), Value::Money(m))] }
    };
    totals.iter().enumerate().map(row).collect()
}

fn agreement(author: &Author<'_>, a: &AgreementFacts, columns: usize, rows: &mut Vec<Row>) -> Result<(), ReportError> {
    let title = author.text(&a.title).restyled(Style::Faint);
    let current = a.current_ceiling.or(a.original_ceiling);
    let period = ketnoi_domain::Period { from: a.period.from, to: a.current_end.or(a.period.to) };
    rows.push(Row::plain(vec![
        Cell::text(Rich::joined([author.text_or_unknown(&a.funder), title], "\n")),
        Cell::text(a.reference.as_deref().map_or_else(|| author.unknown(), Rich::from)),
        author.date_cell(a.signed),
        Cell::of(author.period(period).map_or_else(|| author.unknown(), Rich::from), Value::Period(period)),
        author.share_cell(a.funder_share),
        author.money_cell(current),
    ]));
    let mut say = |text: Rich| rows.push(Row { kind: RowKind::Detail, cells: vec![Cell::text(text).over(columns)] });
    if let Some(original) = a.original_ceiling.filter(|o| Some(*o) != current) {
        say(author.say_with("ceiling-original", &[("amount", &author.money(original))]).into());
    }
    for amendment in &a.amendments {
        let kind = author.coded("amendment", amendment.kind);
        let on = amendment.on.map(|d| author.date(d)).unwrap_or_default();
        let ceiling = amendment.ceiling.map(|m| author.say_with("amendment-ceiling", &[("amount", &author.money(m))]));
        let end = amendment.end.map(|d| author.say_with("amendment-end", &[("date", &author.date(d))]));
        let parts = [Rich::from(kind), on.into(), ceiling.unwrap_or_default().into(), end.unwrap_or_default().into()];
        say(Rich::joined(parts.into_iter().chain([author.text(&amendment.note)]), ", "));
    }
    if !a.instalments.is_empty() {
        say(instalments(author, a)?.into());
    }
    Ok(())
}

/// How many instalments are paid and what they come to.
fn instalments(author: &Author<'_>, a: &AgreementFacts) -> Result<String, ReportError> {
    let subject = author.say("heading-agreements");
    let paid: Vec<_> = a.instalments.iter().filter(|i| i.paid.is_some()).collect();
    let in_words = |totals: Totals| author.totals(&totals).plain().replace('\n', &author.say("semicolon"));
    let amount = in_words(sum(&subject, paid.iter().map(|i| i.amount))?);
    let whole = in_words(sum(&subject, a.instalments.iter().map(|i| i.amount))?);
    let (count, all) = (paid.len().to_string(), a.instalments.len().to_string());
    let key = if paid.is_empty() { "instalments-none-paid" } else { "instalments-paid" };
    Ok(author.say_with(key, &[("paid", &count), ("all", &all), ("amount", &amount), ("whole", &whole)]))
}

/// Movements of money by kind and currency, and if asked for the last single ones.
fn transactions(author: &Author<'_>, listed: usize) -> Result<Vec<Block>, ReportError> {
    let all = &author.snapshot.finance.transactions;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let subject = author.say("heading-transactions");
    let columns = vec![
        Column::names(author.say("column-kind")),
        Column::figures(author.say("column-count")),
        Column::text(author.say("column-first")),
        Column::text(author.say("column-last")),
        Column::figures(author.say("column-amount")),
    ];
    let (mut rows, mut printed) = (Vec::new(), Vec::new());
    for kind in TransactionType::ALL {
        let own: Vec<&TransactionFacts> = all.iter().filter(|t| t.kind == *kind).collect();
        for total in sum(&subject, own.iter().map(|t| t.value))?.iter() {
            let same = || own.iter().filter(|t| t.value.currency() == total.currency());
            let (first, last) = (same().map(|t| t.date).min(), same().map(|t| t.date).max());
            let count = i64::try_from(same().count()).unwrap_or(i64::MAX);
            rows.push(Row::plain(vec![
                Cell::text(author.coded("transaction", *kind)),
                Cell::of(author.number(count.into()), Value::Number(count.into())),
                author.date_cell(first.map(PartialDate::day)),
                author.date_cell(last.map(PartialDate::day)),
                Cell::of(author.money(total), Value::Money(total)),
            ]));
            printed.push(total);
        }
    }
    balanced(&subject, &sum(&subject, printed)?, &sum(&subject, all.iter().map(|t| t.value))?)?;
    let mut blocks = vec![Block::Table(Table { caption: String::new(), columns, rows })];
    if listed > 0 {
        blocks.push(Block::Table(latest(author, all, listed)));
    }
    Ok(blocks)
}

/// The last movements, each on a row; the caption says of how many.
fn latest(author: &Author<'_>, all: &[TransactionFacts], listed: usize) -> Table {
    let columns = vec![
        Column::text(author.say("column-date")),
        Column::text(author.say("column-kind")),
        Column::names(author.say("column-what-for")),
        Column::text(author.say("column-voucher")),
        Column::figures(author.say("column-amount")),
    ];
    let shown = &all[all.len().saturating_sub(listed)..];
    let rows = shown.iter().map(|t| {
        let parties = Rich::joined([author.text(&t.provider), author.text(&t.receiver)], " → ").restyled(Style::Faint);
        Row::plain(vec![
            author.date_cell(Some(PartialDate::day(t.date))),
            Cell::text(author.coded("transaction", t.kind)),
            Cell::text(Rich::joined([author.text(&t.description), parties], "\n")),
            Cell::text(t.voucher.as_deref().unwrap_or_default()),
            Cell::of(author.money(t.value), Value::Money(t.value)),
        ])
    });
    let (some, every) = (shown.len().to_string(), all.len().to_string());
    let caption = author.say_with("transactions-caption", &[("shown", &some), ("all", &every)]);
    let mut table = Table { caption, columns, rows: rows.collect() };
    table.drop_empty_columns();
    table
}

fn in_kind(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let all = &author.snapshot.finance.in_kind;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let columns = vec![
        Column::names(author.say("column-contributor")),
        Column::text(author.say("column-what")),
        Column::text(author.say("column-valued")),
        Column::text(author.say("column-date")),
        Column::figures(author.say("column-value")),
    ];
    let mut rows = Vec::new();
    for k in all {
        let value = k.value.map_or_else(
            || Cell::of(Rich::styled(author.say("not-valued"), Style::Faint), Value::Unknown),
            |m| Cell::of(author.money(m), Value::Money(m)),
        );
        rows.push(Row::plain(vec![
            Cell::text(author.text_or_unknown(&k.contributor)),
            Cell::text(author.text(&k.description)),
            Cell::text(Rich::joined([author.text(&k.valuer), author.text(&k.basis)], "\n")),
            author.date_cell(k.date),
            value,
        ]));
    }
    let sums = sum(&author.say("heading-in-kind"), all.iter().filter_map(|k| k.value))?;
    rows.extend(totals(author, &sums, columns.len() - 1));
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(vec![note(author.say("in-kind-note")), Block::Table(table)])
}
