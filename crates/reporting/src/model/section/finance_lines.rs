//! The financial report by budget line: what was planned, spent in the period, spent in all, what is expected by the end, and
//! how far that is from the plan. Lines that the funder does not accept have a table of their own.

use ketnoi_domain::{Currency, Money, PartialDate, Totals};

use super::{
    asked::Asked,
    budget::{Book, Line, balanced, incomparable, is_spending, less, per_cent_cell, sum},
    exchange::{self, Exchange, Sum},
};
use crate::{
    ReportError,
    model::{Author, Block, Cell, Column, Rich, Row, RowKind, Section, Style, Table, Value, build::note},
};

/// What goes for all lines.
struct Report<'a> {
    author: &'a Author<'a>,
    subject: String,
    asked: Asked,
    exchange: Exchange<'a>,
    /// Whether any spending of the programme is registered: else nobody knows what was spent.
    counted: bool,
}

/// What is known of a line.
struct Figures<'a> {
    line: &'a Line<'a>,
    /// What was spent in the period that was asked for, and up to its end.
    within: Sum<'a>,
    so_far: Sum<'a>,
    /// What will have been spent in the end: the forecast, else what was spent so far; none where neither can be said.
    expected: Option<Money>,
    /// What of the budget will be left then.
    variance: Option<Money>,
}

/// A table for each currency and for what is eligible and what is not, then the rates.
pub(super) fn blocks(author: &Author<'_>, told: &[&Section]) -> Result<Vec<Block>, ReportError> {
    let finance = &author.snapshot.finance;
    if finance.budget_lines.is_empty() {
        return Ok(Vec::new());
    }
    let report = Report {
        author,
        subject: author.say("section-finance-lines"),
        asked: Asked::of(author),
        exchange: Exchange::of(author.snapshot),
        counted: finance.transactions.iter().any(is_spending),
    };
    let book = Book::of(author, &report.subject)?;
    let figures: Vec<Figures<'_>> = book.lines.iter().map(|line| report.figures(line)).collect::<Result<_, _>>()?;
    let mut blocks = vec![note(standing(author, report.asked)), note(author.say("finance-lines-note"))];
    for currency in book.currencies() {
        for (eligible, key) in [(true, "finance-lines-caption"), (false, "finance-lines-ineligible-caption")] {
            let fits = |f: &&Figures<'_>| f.line.currency() == currency && f.line.facts.eligible == eligible;
            let own: Vec<&Figures<'_>> = figures.iter().filter(fits).collect();
            if !own.is_empty() {
                let caption = author.say_with(key, &[("currency", currency.code())]);
                blocks.push(Block::Table(report.table(caption, currency, &own)?));
            }
        }
    }
    blocks.extend(book.unbooked(author, &report.subject, |t| report.asked.reaches(t.date))?);
    blocks.extend(exchange::used(author, told, figures.iter().map(|f| &f.so_far)));
    Ok(blocks)
}

/// Whether the report is an interim or a final one: by whether what it is on reaches the end of the programme.
fn standing(author: &Author<'_>, asked: Asked) -> String {
    let snapshot = author.snapshot;
    let programme = snapshot.programme.as_ref();
    let agreed = snapshot.agreements.iter().filter_map(|a| a.current_end.or(a.period.to));
    // An end that has come counts; one that is planned counts as the agreements have moved it since.
    let planned = || agreed.chain(programme.and_then(|p| p.planned.to)).max_by_key(|d| d.to());
    let end: Option<PartialDate> = programme.and_then(|p| p.actual.to).or_else(planned);
    let reported = asked.0.to.map(PartialDate::to).or_else(|| snapshot.taken.get(..10).and_then(|day| day.parse().ok()));
    let Some((end, reported)) = end.zip(reported) else { return author.say("finance-standing-unknown") };
    let key = if reported < end.to() { "finance-interim" } else { "finance-final" };
    author.say_with(key, &[("end", &author.date(end))])
}

impl<'a> Report<'a> {
    fn figures(&self, line: &'a Line<'a>) -> Result<Figures<'a>, ReportError> {
        let within = line.spent(&self.subject, &self.exchange, |t| self.asked.holds(t.date))?;
        let so_far = line.spent(&self.subject, &self.exchange, |t| self.asked.reaches(t.date))?;
        let spent = (self.counted && so_far.is_whole()).then_some(so_far.amount);
        let expected = line.facts.forecast.or(spent);
        let variance = expected.map(|e| less(&self.subject, line.facts.value, e)).transpose()?;
        Ok(Figures { line, within, so_far, expected, variance })
    }

    fn table(&self, caption: String, currency: Currency, lines: &[&Figures<'a>]) -> Result<Table, ReportError> {
        let say = |key: &str| Column::figures(self.author.say(key));
        let limited = self.asked.is_limited();
        let forecast = lines.iter().any(|f| f.line.facts.forecast.is_some());
        let mut columns = vec![Column::names(self.author.say("column-line")), say("column-budget")];
        columns.extend(limited.then(|| say("column-spent-in-period")));
        columns.push(say("column-spent-so-far"));
        columns.extend(forecast.then(|| say("column-forecast")));
        columns.extend([say("column-budget-variance"), say("column-budget-variance-share")]);
        let mut rows = Vec::with_capacity(lines.len() + 1);
        for f in lines {
            let mut cells = vec![Cell::text(self.title(f.line)), self.amount(Some(f.line.facts.value))];
            cells.extend(limited.then(|| self.spent(&f.within)));
            cells.push(self.spent(&f.so_far));
            cells.extend(forecast.then(|| self.amount(f.line.facts.forecast)));
            cells.extend(self.variance(f.variance, f.line.facts.value, &f.so_far));
            rows.push(Row::plain(cells));
            let explanation = self.author.text(&f.line.facts.explanation);
            if !explanation.is_empty() {
                let said = Rich::from(format!("{} ", self.author.say("explanation"))).then(explanation);
                rows.push(Row { kind: RowKind::Detail, cells: vec![Cell::text(said).over(columns.len())] });
            }
        }
        rows.push(self.total(currency, lines, limited, forecast)?);
        Ok(Table { caption, columns, rows })
    }

    /// The sums of the lines. What the lines have left has to be what is left of the whole.
    fn total(&self, currency: Currency, lines: &[&Figures<'a>], limited: bool, forecast: bool) -> Result<Row, ReportError> {
        let budget = self.sum(currency, lines.iter().map(|f| f.line.facts.value))?;
        let within = Sum::of(&self.subject, currency, lines.iter().map(|f| &f.within))?;
        let so_far = Sum::of(&self.subject, currency, lines.iter().map(|f| &f.so_far))?;
        let variances: Option<Vec<Money>> = lines.iter().map(|f| f.variance).collect();
        let variance = variances.map(|all| self.sum(currency, all)).transpose()?;
        if let (Some(variance), Some(expected)) = (variance, lines.iter().map(|f| f.expected).collect::<Option<Vec<_>>>()) {
            let left = less(&self.subject, budget, self.sum(currency, expected)?)?;
            balanced(&self.subject, &Totals::of([variance]).unwrap_or_default(), &Totals::of([left]).unwrap_or_default())?;
        }
        let mut cells = vec![Cell::text(self.author.say("total")), self.amount(Some(budget))];
        cells.extend(limited.then(|| self.spent(&within)));
        cells.push(self.spent(&so_far));
        if forecast {
            let stated: Vec<Money> = lines.iter().filter_map(|f| f.line.facts.forecast).collect();
            let mut cell = self.amount(Some(self.sum(currency, stated.iter().copied())?));
            if stated.len() < lines.len() {
                // The sum of some lines is not taken for that of all.
                let words = [("some", stated.len().to_string()), ("all", lines.len().to_string())];
                let said = self.author.say_with("of-so-many-lines", &words.each_ref().map(|(k, v)| (*k, v.as_str())));
                cell.text = cell.text.then(Rich::styled(format!("\n{said}"), Style::Faint));
            }
            cells.push(cell);
        }
        cells.extend(self.variance(variance, budget, &so_far));
        Ok(Row { kind: RowKind::Total, cells })
    }

    /// A sum of amounts that are all in one currency.
    fn sum(&self, currency: Currency, amounts: impl IntoIterator<Item = Money>) -> Result<Money, ReportError> {
        let totals = sum(&self.subject, amounts)?;
        Ok(totals.iter().next().unwrap_or_else(|| Money::from_minor(0, currency)))
    }

    fn title(&self, line: &Line<'_>) -> Rich {
        let number = Rich::styled(format!("{} ", line.facts.number), Style::Faint);
        let period = self.author.period(line.facts.period).map(|p| Rich::styled(format!("\n{p}"), Style::Faint));
        let first = line.first_budget(self.author);
        number
            .then(self.author.text_or_unknown(&line.facts.title))
            .then(period.unwrap_or_default())
            .then(first.unwrap_or_default())
    }

    fn amount(&self, money: Option<Money>) -> Cell {
        money.map_or_else(
            || Cell::of(Rich::styled(self.author.say("not-stated"), Style::Faint), Value::Unknown),
            |m| Cell::of(self.author.amount(m), Value::Money(m)),
        )
    }

    /// What was spent; that nobody knows where no spending is registered at all.
    fn spent(&self, spent: &Sum<'_>) -> Cell {
        if self.counted { spent.cell(self.author) } else { Cell::of(self.author.unknown(), Value::Unknown) }
    }

    /// The variance and its share of the budget, or why there is none.
    fn variance(&self, variance: Option<Money>, budget: Money, so_far: &Sum<'_>) -> [Cell; 2] {
        let none = || Cell::of(Rich::styled("–", Style::Faint), Value::Unknown);
        match variance {
            Some(v) => [Cell::of(self.author.amount(v), Value::Money(v)), per_cent_cell(self.author, v, budget)],
            None if so_far.is_whole() => [Cell::of(self.author.unknown(), Value::Unknown), none()],
            None => [incomparable(self.author), none()],
        }
    }
}
