//! What moved in another currency, by the rate that its agreement asks for. What no rate is known for stays apart: it is never
//! added, and never left out.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use ketnoi_domain::{Currency, Money, PartialDate, RateRule, Totals, convert};

use crate::{
    RateFacts, ReportError, Snapshot, TransactionFacts,
    model::{
        Author, Block, Cell, Column, Rich, Row, Section, Table, Value,
        build::{heading, note},
    },
};

/// Converts by the rules of a snapshot's agreements, with its rates.
pub(super) struct Exchange<'a> {
    snapshot: &'a Snapshot,
    /// The day of the report.
    today: Option<NaiveDate>,
}

/// A movement in the currency that was wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Converted<'a> {
    pub(super) amount: Money,
    /// By which rule and which rate; none where it was in that currency already.
    by: Option<(RateRule, &'a RateFacts)>,
}

/// What several movements come to in one currency.
#[derive(Clone, Debug)]
pub(super) struct Sum<'a> {
    /// What was in the currency or could be converted.
    pub(super) amount: Money,
    /// What no rate is known for.
    pub(super) apart: Totals,
    /// The rules and rates that were used.
    used: Vec<(RateRule, &'a RateFacts)>,
}

impl<'a> Exchange<'a> {
    /// The exchange of a snapshot.
    pub(super) fn of(snapshot: &'a Snapshot) -> Self {
        Self { snapshot, today: snapshot.taken.get(..10).and_then(|day| day.parse().ok()) }
    }

    /// A movement under an agreement in another currency; nothing where the agreement has no rule, or no rate is known.
    pub(super) fn convert(&self, t: &TransactionFacts, agreement: Option<&str>, to: Currency) -> Option<Converted<'a>> {
        if t.value.currency() == to {
            return Some(Converted { amount: t.value, by: None });
        }
        let rule = self.snapshot.agreements.iter().find(|a| Some(a.code.as_str()) == agreement)?.rate_rule?;
        let on = match rule {
            RateRule::TransactionDate => t.date,
            RateRule::ReportDate => self.today?,
        };
        let (amount, rate) = convert(t.value, to, on, &self.snapshot.finance.rates)?;
        Some(Converted { amount, by: rate.map(|rate| (rule, rate)) })
    }

    /// What movements come to, each with the code of the agreement whose rule counts.
    pub(super) fn sum<'t>(
        &self,
        subject: &str,
        to: Currency,
        moved: impl IntoIterator<Item = (&'t TransactionFacts, Option<&'t str>)>,
    ) -> Result<Sum<'a>, ReportError> {
        let wrong = |source| ReportError::Money { subject: subject.to_owned(), source };
        let mut sum = Sum::nothing(to);
        for (t, agreement) in moved {
            match self.convert(t, agreement, to) {
                Some(Converted { amount, by }) => {
                    sum.amount = sum.amount.checked_add(amount).map_err(wrong)?;
                    sum.used.extend(by);
                }
                None => sum.apart.add(t.value).map_err(wrong)?,
            }
        }
        Ok(sum)
    }
}

impl<'a> Sum<'a> {
    /// The sum of nothing.
    pub(super) fn nothing(currency: Currency) -> Self {
        Self { amount: Money::from_minor(0, currency), apart: Totals::default(), used: Vec::new() }
    }

    /// Several sums together.
    pub(super) fn of<'s>(subject: &str, currency: Currency, sums: impl IntoIterator<Item = &'s Self>) -> Result<Self, ReportError>
    where
        'a: 's,
    {
        let wrong = |source| ReportError::Money { subject: subject.to_owned(), source };
        let mut all = Self::nothing(currency);
        for sum in sums {
            all.amount = all.amount.checked_add(sum.amount).map_err(wrong)?;
            for money in sum.apart.iter() {
                all.apart.add(money).map_err(wrong)?;
            }
            all.used.extend(sum.used.iter().copied());
        }
        Ok(all)
    }

    /// Whether all of it is in one currency.
    pub(super) fn is_whole(&self) -> bool {
        self.apart.is_empty()
    }

    /// The amounts: what is in the currency, then what is not. Nought is not printed beside what could not be converted.
    pub(super) fn cell(&self, author: &Author<'_>) -> Cell {
        let own = (self.is_whole() || !self.amount.amount().is_zero()).then_some(self.amount);
        let apart = self.apart.iter().map(|m| Rich::from(not_converted(author, m)));
        let text = Rich::joined(own.map(|m| Rich::from(author.amount(m))).into_iter().chain(apart), "\n");
        let value = if self.is_whole() {
            Value::Money(self.amount)
        } else {
            Value::Monies(own.into_iter().chain(self.apart.iter()).collect())
        };
        Cell::of(text, value)
    }

    /// The amounts in words, with their currencies.
    pub(super) fn words(&self, author: &Author<'_>) -> String {
        let own = (self.is_whole() || !self.amount.amount().is_zero()).then(|| author.money(self.amount));
        let all: Vec<String> = own.into_iter().chain(self.apart.iter().map(|m| not_converted(author, m))).collect();
        author.in_a_row(&all)
    }
}

/// An amount that no rate is known for.
fn not_converted(author: &Author<'_>, money: Money) -> String {
    author.say_with("amount-not-converted", &[("amount", &author.money(money))])
}

/// By which rules and rates sums were converted: each rate once, and only those that no section before tells; nothing if there
/// are none.
pub(super) fn used<'s, 'a: 's>(
    author: &Author<'_>,
    told: &[&Section],
    sums: impl IntoIterator<Item = &'s Sum<'a>>,
) -> Vec<Block> {
    let all: Vec<(RateRule, &RateFacts)> = sums.into_iter().flat_map(|s| s.used.iter().copied()).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let rules: BTreeSet<RateRule> = all.iter().map(|(rule, _)| *rule).collect();
    let rules: Vec<String> = rules.into_iter().map(|rule| author.coded("rate-rule", rule)).collect();
    let mut rates: Vec<&RateFacts> = all.into_iter().map(|(_, rate)| rate).collect();
    rates.sort_by_key(|r| (r.date, r.base, r.quote));
    rates.dedup();
    let before = |row: &Row| told.iter().flat_map(|s| &s.blocks).any(|b| matches!(b, Block::Table(t) if t.rows.contains(row)));
    let mut table = rates_table(author, rates);
    table.rows.retain(|row| !before(row));
    if table.rows.is_empty() {
        return Vec::new();
    }
    vec![
        heading(author.say("heading-rates-used")),
        note(author.say_with("rates-rule", &[("rule", &author.in_a_row(&rules))])),
        Block::Table(table),
    ]
}

/// A table of rates.
pub(super) fn table<'r>(author: &Author<'_>, rates: impl IntoIterator<Item = &'r RateFacts>) -> Block {
    Block::Table(rates_table(author, rates))
}

fn rates_table<'r>(author: &Author<'_>, rates: impl IntoIterator<Item = &'r RateFacts>) -> Table {
    let columns = vec![
        Column::text(author.say("column-date")),
        Column::names(author.say("column-rate")),
        Column::text(author.say("column-source")),
    ];
    let rows = rates.into_iter().map(|r| {
        let rate = author.number(r.rate);
        let said = format!("1\u{A0}{} = {rate}\u{A0}{}", r.base.code(), r.quote.code());
        Row::plain(vec![
            author.date_cell(Some(PartialDate::day(r.date))),
            Cell::of(said, Value::Number(r.rate)),
            Cell::text(author.text(&r.source)),
        ])
    });
    let mut table = Table { caption: String::new(), columns, rows: rows.collect() };
    table.drop_empty_columns();
    table
}
