//! A portfolio: every programme with who pays for it, what was agreed and what moved, and what all of them come to.

use std::collections::BTreeSet;

use ketnoi_domain::Money;

use super::{
    cited::stated,
    classification,
    portfolio_sums::{self, above, check, handle, holder, in_trees, measures},
    spans,
};
use crate::{
    PortfolioFacts, PortfolioFunderFacts, PortfolioLineFacts, PortfolioMeasure, ReportError,
    model::{
        Author, Block, Cell, Column, Rich, Row, RowKind, Stretch, Style, Table, Value,
        build::{body, note},
    },
};

/// How many columns come before the money.
const BEFORE: usize = 3;

/// What the sums leave out, a picture of the programmes on a scale of years, and a table of them.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(all) = author.snapshot.portfolio.as_ref().filter(|p| !p.programmes.is_empty()) else {
        return Ok(unpaid(author));
    };
    check(author, all)?;
    let mut blocks = vec![note(author.say("portfolio-note"))];
    blocks.extend(remarks(author, all).into_iter().map(note));
    let spans = all.programmes.iter().filter_map(|l| span(author, l)).collect();
    blocks.extend(spans::picture(author, author.say("chart-programmes"), spans).map(Block::Figure));
    blocks.push(Block::Table(table(author, all)?));
    Ok(blocks)
}

/// Of an organisation that pays for nothing: in how many programmes it takes part all the same, if it does.
fn unpaid(author: &Author<'_>) -> Vec<Block> {
    let parts = author.snapshot.partner.iter().flat_map(|p| &p.parts).filter(|p| p.parent.is_none());
    let codes: BTreeSet<&str> = parts.map(|p| p.code.as_str()).collect();
    if codes.is_empty() {
        return Vec::new();
    }
    vec![body(author.say("empty-portfolio")), note(author.count("portfolio-other-roles", codes.len()))]
}

fn span(author: &Author<'_>, line: &PortfolioLineFacts) -> Option<Stretch> {
    spans::stretch(author, author.text_or_unknown(&line.title), line.period)
}

fn table(author: &Author<'_>, all: &PortfolioFacts) -> Result<Table, ReportError> {
    let measures = measures([&all.total]);
    let mut columns = vec![
        Column::names(author.say("column-programme")),
        Column::text(author.say("column-period")),
        Column::text(author.say("column-funder")),
    ];
    columns.extend(measures.iter().map(|m| Column::figures(author.say(&format!("column-{}", m.name())))));
    let mut rows = Vec::with_capacity(2 * all.programmes.len() + 1);
    for line in in_trees(all) {
        rows.push(row(author, all, line, &measures)?);
        let more = details(author, line)?;
        if !more.is_empty() {
            rows.push(Row { kind: RowKind::Detail, cells: vec![Cell::text(more).over(columns.len())] });
        }
    }
    let parts = all.programmes.iter().filter(|l| !above(all, l).is_empty()).count();
    let parts = (parts > 0).then(|| author.count("count-parts", parts));
    let count = author.count("count-programmes", all.total.programmes);
    let count = std::iter::once(count).chain(parts).collect::<Vec<_>>().join(", ");
    let total = Rich::joined([Rich::from(author.say("total")), Rich::styled(count, Style::Faint)], "\n");
    let mut cells = vec![Cell::text(total).over(BEFORE)];
    cells.extend(portfolio_sums::cells(author, &measures, &all.total));
    rows.push(Row { kind: RowKind::Total, cells });
    Ok(Table { caption: String::new(), columns, rows })
}

fn row(
    author: &Author<'_>,
    all: &PortfolioFacts,
    line: &PortfolioLineFacts,
    measures: &[PortfolioMeasure],
) -> Result<Row, ReportError> {
    let numbers = author.sources(&line.sources, &author.plain(&line.title))?;
    let mark = if line.illustrative { author.say("illustrative-line") } else { String::new() };
    let whole = line.parent.as_ref().and_then(|code| all.programmes.iter().find(|l| l.code == *code));
    let whole = whole.map(|l| author.say_with("part-of-whole", &[("whole", handle(l))])).unwrap_or_default();
    let code = [author.coded("level", line.level), handle(line).to_owned(), whole, mark].map(Rich::from);
    let code = Rich::joined(code, " · ");
    let title = Rich::joined([author.text_or_unknown(&line.title), numbers], " ");
    let period = author.period(line.period).map_or_else(|| author.unknown(), Rich::from);
    let status = line.status.map(|s| Rich::styled(author.coded("status", s), Style::Faint)).unwrap_or_default();
    let mut cells = vec![
        Cell::text(Rich::joined([title, code.restyled(Style::Faint)], "\n")),
        Cell::of(Rich::joined([period, status], "\n"), Value::Period(line.period)),
        Cell::text(payers(author, line)),
    ];
    cells.extend(measures.iter().map(|m| money(author, all, line, *m)));
    Ok(Row::plain(cells))
}

/// Who pays, as they were called then, and who pays besides.
fn payers(author: &Author<'_>, line: &PortfolioLineFacts) -> Rich {
    let named = |f: &PortfolioFunderFacts| {
        let period = author.period(f.period).map(|p| Rich::styled(p, Style::Faint)).unwrap_or_default();
        let via = author.text(&f.via);
        let via = if via.is_empty() { via } else { author.say_rich("paid-through", &[("name", via)]).restyled(Style::Faint) };
        Rich::joined([author.text_or_unknown(&f.name), via, period], "\n")
    };
    let own = line.funders.iter().map(named);
    let others = Rich::joined(line.co_funders.iter().map(|f| author.text_or_unknown(&f.name)), ", ");
    let others =
        if others.is_empty() { others } else { author.say_rich("paid-with", &[("names", others)]).restyled(Style::Faint) };
    let all = Rich::joined(own.chain([others]), "\n");
    if all.is_empty() { author.unknown() } else { all }
}

/// What a programme has of a measure. An amount that one above it holds already is shown and said to be a part of that.
fn money(author: &Author<'_>, all: &PortfolioFacts, line: &PortfolioLineFacts, measure: PortfolioMeasure) -> Cell {
    let own = || line.amounts.iter().filter(|a| a.measure == measure);
    let monies: Vec<Money> = own().map(|a| a.value).collect();
    let mut cell = portfolio_sums::cell(author, measure, &monies);
    if let Some(whole) = own().find_map(|a| holder(all, line, a)) {
        let said = author.say_with("part-of-amount", &[("code", handle(whole))]);
        cell.text = Rich::joined([cell.text, Rich::styled(said, Style::Faint)], "\n");
    }
    cell
}

/// Sectors, countries, places, and the figures that sources state.
fn details(author: &Author<'_>, line: &PortfolioLineFacts) -> Result<Rich, ReportError> {
    let labelled = |label: &str, values: Vec<Rich>| {
        let values = Rich::joined(values, ", ");
        if values.is_empty() { values } else { Rich::from(author.labelled(&author.say(label), "")).then(values) }
    };
    let place = |code: &String| author.snapshot.places.iter().find(|p| p.code == *code).map(|p| author.text_or_unknown(&p.name));
    let sectors = line.sectors.iter().map(|c| classification::entry(author, c, "sector")).collect();
    let countries = line.countries.iter().map(|c| {
        let share = c.percentage.map(|p| format!("\u{A0}({})", author.share(p))).unwrap_or_default();
        author.country(&c.code).then(share)
    });
    let all = [
        labelled("fact-sectors", sectors),
        labelled("fact-countries", countries.collect()),
        labelled("section-places", line.places.iter().filter_map(place).collect()),
        labelled("fact-stated", stated(author, &line.stated)?),
    ];
    Ok(Rich::joined(all, "\n"))
}

/// What the sums do not hold, in words.
fn remarks(author: &Author<'_>, all: &PortfolioFacts) -> Vec<String> {
    let mut said = Vec::new();
    if all.total.without_amount > 0 {
        said.push(author.count("portfolio-without-amount", all.total.without_amount));
    }
    let unattributed: Vec<String> = PortfolioMeasure::ALL
        .into_iter()
        .flat_map(|m| all.unattributed.of(m).iter().map(move |money| (m, *money)))
        .map(|(m, money)| format!("{} {}", author.say(&format!("column-{}", m.name())), author.money(money)))
        .collect();
    if !unattributed.is_empty() {
        said.push(author.say_with("portfolio-unattributed", &[("amounts", &author.in_a_row(&unattributed))]));
    }
    if all.made_up > 0 {
        said.push(author.count("made-up-left-out", all.made_up));
    }
    said
}
