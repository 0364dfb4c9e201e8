//! Budget lines against what was spent on them, in each currency apart.

use std::collections::{BTreeMap, BTreeSet};

use ketnoi_domain::{BudgetType, Currency, Money, PartialDate, Totals, TransactionType};

use super::exchange::{Exchange, Sum};
use crate::{
    BudgetLineFacts, ReportError, TransactionFacts,
    model::{Author, Block, Cell, Column, Rich, Row, RowKind, Style, Table, Value, build::note},
};

/// Whether a movement of money is spending: handed on, or paid for goods and services.
pub(super) fn is_spending(t: &TransactionFacts) -> bool {
    matches!(t.kind, TransactionType::Disbursement | TransactionType::Expenditure)
}

/// A sum, or the error that names what was to be summed.
pub(super) fn sum(subject: &str, amounts: impl IntoIterator<Item = Money>) -> Result<Totals, ReportError> {
    Totals::of(amounts).map_err(|source| ReportError::Money { subject: subject.to_owned(), source })
}

/// What is left of an amount.
pub(super) fn less(subject: &str, money: Money, taken: Money) -> Result<Money, ReportError> {
    money.checked_sub(taken).map_err(|source| ReportError::Money { subject: subject.to_owned(), source })
}

/// A total that has to come out twice the same: over the lines as printed, and over the facts.
pub(super) fn balanced(subject: &str, lines: &Totals, facts: &Totals) -> Result<(), ReportError> {
    if lines == facts {
        return Ok(());
    }
    let show = |t: &Totals| t.iter().map(|m| m.to_string()).collect::<Vec<_>>().join(", ");
    Err(ReportError::Unbalanced { subject: subject.to_owned(), sum: show(lines), total: show(facts) })
}

/// An amount as a part of another, in per cent; nothing where there is nothing to be a part of.
pub(super) fn per_cent_cell(author: &Author<'_>, part: Money, whole: Money) -> Cell {
    let share = part.amount().checked_mul(100.into()).and_then(|n| n.checked_div(whole.amount(), 1));
    share.map_or_else(
        || Cell::of(author.not_applicable(), Value::NotApplicable),
        |n| Cell::of(author.per_cent(n), Value::PerCent(n)),
    )
}

/// A line with what is booked on it.
pub(super) struct Line<'a> {
    pub(super) facts: &'a BudgetLineFacts,
    /// The first budget, where a changed one has taken its place.
    original: Option<Money>,
    booked: Vec<&'a TransactionFacts>,
}

impl<'a> Line<'a> {
    /// The currency that it is budgeted in.
    pub(super) fn currency(&self) -> Currency {
        self.facts.value.currency()
    }

    /// What was spent on it by the movements that count, in its currency.
    pub(super) fn spent(
        &self,
        subject: &str,
        exchange: &Exchange<'a>,
        counts: impl Fn(&TransactionFacts) -> bool,
    ) -> Result<Sum<'a>, ReportError> {
        // The rule of the agreement that finances the line counts, else of the one under which the money moved.
        let under = |t: &'a TransactionFacts| self.facts.agreement.as_deref().or(t.agreement.as_deref());
        let counted = self.booked.iter().copied().filter(|t| counts(t));
        exchange.sum(subject, self.currency(), counted.map(|t| (t, under(t))))
    }

    /// Its title, with its period, whether it is eligible, and the first budget.
    fn title(&self, author: &Author<'_>) -> Rich {
        let period = author.period(self.facts.period).map(|p| Rich::styled(format!("\n{p}"), Style::Faint));
        let ineligible = (!self.facts.eligible).then(|| Rich::styled(format!("\n{}", author.say("not-eligible")), Style::Faint));
        let title = [Some(author.text_or_unknown(&self.facts.title)), period, ineligible, self.first_budget(author)];
        title.into_iter().flatten().fold(Rich::default(), Rich::then)
    }

    /// The first budget, where a changed one has taken its place.
    pub(super) fn first_budget(&self, author: &Author<'_>) -> Option<Rich> {
        let amount = author.amount(self.original?);
        Some(Rich::styled(format!("\n{}", author.say_with("budget-original", &[("amount", &amount)])), Style::Faint))
    }
}

/// The lines of a budget, with what was spent on none of them.
pub(super) struct Book<'a> {
    pub(super) lines: Vec<Line<'a>>,
    unbooked: Vec<&'a TransactionFacts>,
}

impl<'a> Book<'a> {
    /// The budget of a programme with all that was spent: each movement is booked once.
    pub(super) fn of(author: &Author<'a>, subject: &str) -> Result<Self, ReportError> {
        let finance = &author.snapshot.finance;
        let spending = || finance.transactions.iter().filter(|t| is_spending(t));
        let known: BTreeSet<&str> = finance.budget_lines.iter().map(|l| l.code.as_str()).collect();
        // A line that the audience may not see is not in the snapshot: what was spent on it is said to be spent elsewhere.
        let unbooked = spending().filter(|t| t.budget_line.as_deref().is_none_or(|code| !known.contains(code)));
        let book = Self { lines: lines(author, subject)?, unbooked: unbooked.collect() };
        let printed = book.lines.iter().flat_map(|l| &l.booked).chain(&book.unbooked);
        balanced(subject, &sum(subject, printed.map(|t| t.value))?, &sum(subject, spending().map(|t| t.value))?)?;
        Ok(book)
    }

    /// The currencies that lines are budgeted in.
    pub(super) fn currencies(&self) -> BTreeSet<Currency> {
        self.lines.iter().map(Line::currency).collect()
    }

    /// What was spent on none of the lines by the movements that count, in words; nothing if there is nothing.
    pub(super) fn unbooked(
        &self,
        author: &Author<'_>,
        subject: &str,
        counts: impl Fn(&TransactionFacts) -> bool,
    ) -> Result<Option<Block>, ReportError> {
        let amounts = sum(subject, self.unbooked.iter().filter(|t| counts(t)).map(|t| t.value))?;
        let words = author.totals(&amounts).plain().replace('\n', &author.say("semicolon"));
        Ok((!amounts.is_empty()).then(|| note(author.say_with("budget-unbooked", &[("amount", &words)]))))
    }
}

/// A table for each currency that lines are budgeted in.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let subject = author.say("heading-budget");
    if author.snapshot.finance.budget_lines.is_empty() {
        return Ok(Vec::new());
    }
    let book = Book::of(author, &subject)?;
    let exchange = Exchange::of(author.snapshot);
    let mut blocks = vec![note(author.say("budget-note"))];
    for currency in book.currencies() {
        let own: Vec<&Line<'_>> = book.lines.iter().filter(|l| l.currency() == currency).collect();
        blocks.push(Block::Table(table(author, &subject, &exchange, currency, &own)?));
    }
    blocks.extend(book.unbooked(author, &subject, |_| true)?);
    Ok(blocks)
}

/// What makes two entries of a budget versions of one line.
type LineKey<'a> = (&'a str, Option<PartialDate>, Option<PartialDate>, Option<&'a str>, Currency);

fn key(line: &BudgetLineFacts) -> LineKey<'_> {
    let currency = line.value.currency();
    (&line.number, line.period.from, line.period.to, line.agreement.as_deref(), currency)
}

/// The lines that count: a changed budget takes the place of the first one of the same number, period and agreement,
/// and of what was booked on it.
fn lines<'a>(author: &Author<'a>, subject: &str) -> Result<Vec<Line<'a>>, ReportError> {
    let finance = &author.snapshot.finance;
    let mut booked: BTreeMap<&str, Vec<&TransactionFacts>> = BTreeMap::new();
    for t in finance.transactions.iter().filter(|t| is_spending(t)) {
        booked.entry(t.budget_line.as_deref().unwrap_or_default()).or_default().push(t);
    }
    let revised: BTreeSet<LineKey<'_>> = finance.budget_lines.iter().filter(|l| l.kind == BudgetType::Revised).map(key).collect();
    let is_replaced = |l: &BudgetLineFacts| l.kind == BudgetType::Original && revised.contains(&key(l));
    let mut replaced: BTreeMap<LineKey<'_>, Vec<&BudgetLineFacts>> = BTreeMap::new();
    for line in finance.budget_lines.iter().filter(|l| is_replaced(l)) {
        replaced.entry(key(line)).or_default().push(line);
    }
    let mut lines = Vec::with_capacity(finance.budget_lines.len());
    for facts in finance.budget_lines.iter().filter(|l| !is_replaced(l)) {
        let originals = replaced.remove(&key(facts)).unwrap_or_default();
        let codes = originals.iter().map(|o| o.code.as_str()).chain([facts.code.as_str()]);
        let booked = codes.filter_map(|code| booked.get(code)).flatten().copied().collect();
        let original = sum(subject, originals.iter().map(|o| o.value))?.iter().next();
        lines.push(Line { facts, original, booked });
    }
    Ok(lines)
}

fn table<'a>(
    author: &Author<'_>,
    subject: &str,
    exchange: &Exchange<'a>,
    currency: Currency,
    lines: &[&Line<'a>],
) -> Result<Table, ReportError> {
    let columns = vec![
        Column::text(author.say("column-number")),
        Column::names(author.say("column-line")),
        Column::figures(author.say("column-budget")),
        Column::figures(author.say("column-spent")),
        Column::figures(author.say("column-variance")),
        Column::figures(author.say("column-spent-share")),
    ];
    let mut rows = Vec::with_capacity(lines.len() + 1);
    let mut sums = Vec::with_capacity(lines.len());
    for line in lines {
        let spent = line.spent(subject, exchange, |_| true)?;
        let mut cells = vec![Cell::text(line.facts.number.as_str()), Cell::text(line.title(author))];
        cells.extend(figures(author, subject, line.facts.value, &spent)?);
        rows.push(Row::plain(cells));
        sums.push(spent);
    }
    let spent = Sum::of(subject, currency, &sums)?;
    let mut cells = vec![Cell::text(author.say("total")).over(2)];
    for total in sum(subject, lines.iter().map(|l| l.facts.value))?.iter() {
        cells.extend(figures(author, subject, total, &spent)?);
    }
    rows.push(Row { kind: RowKind::Total, cells });
    let caption = author.say_with("budget-caption", &[("currency", currency.code())]);
    Ok(Table { caption, columns, rows })
}

/// Budget, spent, what is left and the share spent. Spending that could not be converted is shown, and nothing is compared
/// with it.
fn figures(author: &Author<'_>, subject: &str, budget: Money, spent: &Sum<'_>) -> Result<[Cell; 4], ReportError> {
    let (left, share) = if spent.is_whole() {
        let left = less(subject, budget, spent.amount)?;
        (Cell::of(author.amount(left), Value::Money(left)), per_cent_cell(author, spent.amount, budget))
    } else {
        (incomparable(author), Cell::of(Rich::styled("–", Style::Faint), Value::Unknown))
    };
    Ok([Cell::of(author.amount(budget), Value::Money(budget)), spent.cell(author), left, share])
}

/// That amounts of several currencies cannot be compared.
pub(super) fn incomparable(author: &Author<'_>) -> Cell {
    Cell::of(Rich::styled(author.say("not-converted"), Style::Faint), Value::Unknown)
}
