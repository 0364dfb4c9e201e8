//! Money as pictures: what was spent of each budget line, what came in and was spent in each year, what was spent of each
//! agreement. Each picture is in one currency; what could not be converted is told in words.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike as _;
use ketnoi_domain::{Currency, Decimal, Money, PartialDate};

use super::{
    asked::Asked,
    budget::{Book, balanced, is_spending, sum},
    exchange::{Exchange, Sum},
    funders::{Account, Accounts, is_receipt},
};
use crate::{
    ReportError, TransactionFacts,
    definition::SectionSpec,
    model::{Author, Bar, Bars, Block, Drawing, Figure, Part, Rich, Style},
};

/// The pictures that the definition names, those in which there is something to see.
pub(super) fn blocks(author: &Author<'_>, spec: &SectionSpec) -> Result<Vec<Block>, ReportError> {
    let (subject, asked, exchange) = (author.say("section-finance-chart"), Asked::of(author), Exchange::of(author.snapshot));
    let mut blocks = Vec::new();
    if spec.wants("lines") {
        blocks.extend(by_line(author, &subject, &exchange, asked)?);
    }
    if spec.wants("years") {
        blocks.extend(by_year(author, &subject, &exchange, asked)?);
    }
    if spec.wants("funders") {
        blocks.extend(by_funder(author, &subject, &exchange, asked)?);
    }
    Ok(blocks)
}

/// A picture of bars in one currency; nothing where no bar has a length.
fn picture(author: &Author<'_>, caption: &str, currency: Currency, mark: &str, bars: Vec<Bar>) -> Option<Block> {
    let seen = |bar: &Bar| bar.parts.iter().any(|p| p.value > Decimal::ZERO);
    if !bars.iter().any(seen) {
        return None;
    }
    let item = |b: &Bar| author.labelled(&b.label.unmarked().replace('\n', ", "), &b.figure);
    let items: Vec<String> = bars.iter().map(item).collect();
    let caption = author.say_with(caption, &[("currency", currency.code())]);
    Some(Block::Figure(Figure {
        alternative: author.say_with("alt-money", &[("caption", &caption), ("items", &author.in_a_row(&items))]),
        caption,
        drawing: Drawing::Bars(Bars { series: Vec::new(), mark: Some(author.say(mark)), bars, scale: None }),
        note: Rich::default(),
    }))
}

/// What was spent beside what it is measured by, in words: `1,200 of 2,000 (60%)`, then what could not be converted.
fn spent_of(author: &Author<'_>, spent: &Sum<'_>, of: Option<Money>) -> String {
    let share = of.and_then(|of| spent.amount.amount().checked_mul(100.into())?.checked_div(of.amount(), 1));
    let own = match (of, share) {
        (Some(of), Some(share)) => {
            let words = [("spent", author.amount(spent.amount)), ("of", author.amount(of)), ("share", author.per_cent(share))];
            author.say_with("chart-spent-of", &words.each_ref().map(|(k, v)| (*k, v.as_str())))
        }
        _ => author.amount(spent.amount),
    };
    // Nought is not said where all of it was in another currency.
    let own = Some(own).filter(|_| spent.is_whole() || !spent.amount.amount().is_zero());
    let apart = spent.apart.iter().map(|m| author.say_with("amount-not-converted", &[("amount", &author.money(m))]));
    author.in_a_row(&own.into_iter().chain(apart).collect::<Vec<_>>())
}

fn bar(label: Rich, length: Money, mark: Option<Money>, figure: String) -> Bar {
    let part = Part { value: length.amount(), figure: figure.clone() };
    Bar { label, parts: vec![part], mark: mark.map(Money::amount), figure, strong: false }
}

fn by_line(author: &Author<'_>, subject: &str, exchange: &Exchange<'_>, asked: Asked) -> Result<Vec<Block>, ReportError> {
    let book = Book::of(author, subject)?;
    let mut blocks = Vec::new();
    for currency in book.currencies() {
        let mut bars = Vec::new();
        for line in book.lines.iter().filter(|l| l.currency() == currency) {
            let spent = line.spent(subject, exchange, |t| asked.reaches(t.date))?;
            let ineligible = if line.facts.eligible { String::new() } else { format!(" ({})", author.say("not-eligible")) };
            let number = Rich::styled(format!("{} ", line.facts.number), Style::Faint);
            let label = number.then(author.text_or_unknown(&line.facts.title)).then(Rich::styled(ineligible, Style::Faint));
            let figure = spent_of(author, &spent, Some(line.facts.value));
            bars.push(bar(label, spent.amount, Some(line.facts.value), figure));
        }
        blocks.extend(picture(author, "caption-money-lines", currency, "column-budget", bars));
    }
    Ok(blocks)
}

/// What came in and was spent in a year, in one currency.
#[derive(Default)]
struct Year {
    received: Vec<Money>,
    spent: Vec<Money>,
}

/// What came in and was spent in each year: in the currency of the agreement where there is one and a rate is known, else in
/// its own.
fn by_year(author: &Author<'_>, subject: &str, exchange: &Exchange<'_>, asked: Asked) -> Result<Vec<Block>, ReportError> {
    let snapshot = author.snapshot;
    let kept = |t: &TransactionFacts| {
        let agreement = snapshot.agreements.iter().find(|a| Some(&a.code) == t.agreement.as_ref());
        let to = agreement.and_then(|a| a.current_ceiling.or(a.original_ceiling).or(a.eligible_cost)).map(Money::currency);
        to.and_then(|to| exchange.convert(t, t.agreement.as_deref(), to)).map_or(t.value, |c| c.amount)
    };
    let mut years: BTreeMap<Currency, BTreeMap<i32, Year>> = BTreeMap::new();
    let mut counted = Vec::new();
    for t in snapshot.finance.transactions.iter().filter(|t| asked.reaches(t.date) && (is_receipt(t) || is_spending(t))) {
        let amount = kept(t);
        let year = years.entry(amount.currency()).or_default().entry(t.date.year()).or_default();
        let side = if is_receipt(t) { &mut year.received } else { &mut year.spent };
        side.push(amount);
        counted.push(amount);
    }
    let (mut blocks, mut printed) = (Vec::new(), Vec::new());
    for (currency, years) in years {
        let nought = Money::from_minor(0, currency);
        let mut bars = Vec::new();
        for (year, moved) in years {
            let received = sum(subject, moved.received)?.iter().next();
            let spent = sum(subject, moved.spent)?.iter().next();
            printed.extend([received, spent].into_iter().flatten());
            let words = |money: Option<Money>| money.map_or_else(|| author.say("none-registered"), |m| author.amount(m));
            let words = [("spent", words(spent)), ("received", words(received))];
            let figure = author.say_with("chart-year", &words.each_ref().map(|(k, v)| (*k, v.as_str())));
            bars.push(bar(year_label(author, year), spent.unwrap_or(nought), received, figure));
        }
        blocks.extend(picture(author, "caption-money-years", currency, "column-received", bars));
    }
    balanced(subject, &sum(subject, printed)?, &sum(subject, counted)?)?;
    Ok(blocks)
}

fn year_label(author: &Author<'_>, year: i32) -> Rich {
    let date = format!("{year:04}").parse::<PartialDate>();
    date.map_or_else(|_| Rich::from(year.to_string()), |date| author.date(date).into())
}

fn by_funder(author: &Author<'_>, subject: &str, exchange: &Exchange<'_>, asked: Asked) -> Result<Vec<Block>, ReportError> {
    let accounts = Accounts::of(author.snapshot, subject, exchange, asked)?.accounts;
    let currencies: BTreeSet<Currency> = accounts.iter().filter_map(Account::currency).collect();
    let mut blocks = Vec::new();
    for currency in currencies {
        let own = accounts.iter().filter(|a| a.currency() == Some(currency));
        let bars = own.filter_map(|a| {
            let spent = a.spent.as_ref()?;
            let reference = a.agreement.reference.as_ref().map(|r| Rich::styled(format!("\n{r}"), Style::Faint));
            let label = author.text_or_unknown(&a.agreement.funder).then(reference.unwrap_or_default());
            Some(bar(label, spent.amount, a.committed, spent_of(author, spent, a.committed)))
        });
        blocks.extend(picture(author, "caption-money-funders", currency, "column-committed", bars.collect()));
    }
    Ok(blocks)
}
