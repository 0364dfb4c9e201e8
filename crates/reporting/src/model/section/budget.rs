//! Budget lines against what was spent on them, in each currency apart.

use std::collections::{BTreeMap, BTreeSet};

use ketnoi_domain::{BudgetType, Currency, Decimal, Money, PartialDate, Totals, TransactionType};

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

/// A total that has to come out twice the same: over the lines as printed, and over the facts.
pub(super) fn balanced(subject: &str, lines: &Totals, facts: &Totals) -> Result<(), ReportError> {
    if lines == facts {
        return Ok(());
    }
    let show = |t: &Totals| t.iter().map(|m| m.to_string()).collect::<Vec<_>>().join(", ");
    Err(ReportError::Unbalanced { subject: subject.to_owned(), sum: show(lines), total: show(facts) })
}

/// A line with what it comes to.
struct Line<'a> {
    facts: &'a BudgetLineFacts,
    /// The first budget, where a changed one has taken its place.
    original: Option<Money>,
    spent: Totals,
}

/// A table for each currency that lines are budgeted in.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let finance = &author.snapshot.finance;
    let subject = author.say("heading-budget");
    if finance.budget_lines.is_empty() {
        return Ok(Vec::new());
    }
    let lines = lines(author, &subject)?;
    let spending = || finance.transactions.iter().filter(|t| is_spending(t));
    let known: BTreeSet<&str> = finance.budget_lines.iter().map(|l| l.code.as_str()).collect();
    let booked = |t: &&TransactionFacts| t.budget_line.as_deref().is_some_and(|code| known.contains(code));
    // A line that the audience may not see is not in the snapshot: what was spent on it is said to be spent elsewhere.
    let unbooked = sum(&subject, spending().filter(|t| !booked(t)).map(|t| t.value))?;
    let printed = lines.iter().flat_map(|l| l.spent.iter()).chain(unbooked.iter());
    balanced(&subject, &sum(&subject, printed)?, &sum(&subject, spending().map(|t| t.value))?)?;

    let currencies: BTreeSet<Currency> = lines.iter().map(|l| l.facts.value.currency()).collect();
    let mut blocks = vec![note(author.say("budget-note"))];
    for currency in currencies {
        let own: Vec<&Line<'_>> = lines.iter().filter(|l| l.facts.value.currency() == currency).collect();
        blocks.push(Block::Table(table(author, &subject, currency, &own)?));
    }
    if !unbooked.is_empty() {
        let amounts = author.totals(&unbooked).plain().replace('\n', "; ");
        blocks.push(note(author.say_with("budget-unbooked", &[("amount", &amounts)])));
    }
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
    let mut booked: BTreeMap<&str, Vec<Money>> = BTreeMap::new();
    for t in finance.transactions.iter().filter(|t| is_spending(t)) {
        booked.entry(t.budget_line.as_deref().unwrap_or_default()).or_default().push(t.value);
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
        let spent = sum(subject, codes.filter_map(|code| booked.get(code)).flatten().copied())?;
        let original = sum(subject, originals.iter().map(|o| o.value))?.iter().next();
        lines.push(Line { facts, original, spent });
    }
    Ok(lines)
}

fn table(author: &Author<'_>, subject: &str, currency: Currency, lines: &[&Line<'_>]) -> Result<Table, ReportError> {
    let columns = vec![
        Column::text(author.say("column-number")),
        Column::names(author.say("column-line")),
        Column::figures(author.say("column-budget")),
        Column::figures(author.say("column-spent")),
        Column::figures(author.say("column-variance")),
        Column::figures(author.say("column-spent-share")),
    ];
    let mut rows = Vec::with_capacity(lines.len() + 1);
    for line in lines {
        let period = author.period(line.facts.period).map(|p| Rich::styled(format!("\n{p}"), Style::Faint));
        let ineligible = (!line.facts.eligible).then(|| Rich::styled(format!("\n{}", author.say("not-eligible")), Style::Faint));
        let original = line.original.map(|o| {
            Rich::styled(format!("\n{}", author.say_with("budget-original", &[("amount", &author.amount(o))])), Style::Faint)
        });
        let title = [Some(author.text_or_unknown(&line.facts.title)), period, ineligible, original];
        let title = title.into_iter().flatten().fold(Rich::default(), Rich::then);
        let mut cells = vec![Cell::text(line.facts.number.as_str()), Cell::text(title)];
        cells.extend(figures(author, subject, line.facts.value, &line.spent)?);
        rows.push(Row::plain(cells));
    }
    let budget = sum(subject, lines.iter().map(|l| l.facts.value))?;
    let spent = sum(subject, lines.iter().flat_map(|l| l.spent.iter()))?;
    let mut cells = vec![Cell::text(author.say("total")).over(2)];
    for total in budget.iter() {
        cells.extend(figures(author, subject, total, &spent)?);
    }
    rows.push(Row { kind: RowKind::Total, cells });
    let caption = author.say_with("budget-caption", &[("currency", currency.code())]);
    Ok(Table { caption, columns, rows })
}

/// Budget, spent, variance and share spent. Spending in another currency is shown, but never compared.
fn figures(author: &Author<'_>, subject: &str, budget: Money, spent: &Totals) -> Result<[Cell; 4], ReportError> {
    let own = spent.iter().find(|m| m.currency() == budget.currency());
    let others = spent.iter().filter(|m| m.currency() != budget.currency());
    let nought = Money::new(Decimal::ZERO, budget.currency()).unwrap_or(budget);
    let shown = own.unwrap_or(nought);
    let printed = std::iter::once(Rich::from(author.amount(shown))).chain(others.map(|m| Rich::from(author.money(m))));
    let printed = Rich::joined(printed, "\n");
    let value = if spent.iter().any(|m| m.currency() != budget.currency()) {
        Value::Monies(spent.iter().collect())
    } else {
        Value::Money(shown)
    };
    let foreign = matches!(value, Value::Monies(_));
    let (variance, share) = if foreign {
        let not = || Cell::of(author.not_applicable(), Value::NotApplicable);
        (not(), not())
    } else {
        let variance = budget.checked_sub(shown).map_err(|source| ReportError::Money { subject: subject.to_owned(), source })?;
        let share = shown.amount().checked_mul(100.into()).and_then(|n| n.checked_div(budget.amount(), 1));
        let share = share.map_or_else(
            || Cell::of(author.not_applicable(), Value::NotApplicable),
            |n| Cell::of(author.per_cent(n), Value::PerCent(n)),
        );
        (Cell::of(author.amount(variance), Value::Money(variance)), share)
    };
    Ok([Cell::of(author.amount(budget), Value::Money(budget)), Cell::of(printed, value), variance, share])
}
