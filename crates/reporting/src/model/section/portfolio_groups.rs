//! A portfolio by year, by sector, by city and so on: a table for each, and pictures where there is something to compare.

use std::collections::BTreeSet;

use ketnoi_domain::{Coded, Currency, Decimal, Money, ProgrammeStatus, sort_key};

use super::{
    map,
    portfolio_sums::{above, cell, check, handle, measures},
};
use crate::{
    GroupedBy, PortfolioDimension, PortfolioFacts, PortfolioGroupFacts, PortfolioLineFacts, PortfolioMeasure, PortfolioSums,
    ReportError,
    definition::SectionSpec,
    model::{
        Author, Bar, Bars, Block, Cell, Column, Drawing, Figure, Part, Rich, Row, RowKind, Style, Table, Value,
        build::{body, heading, note},
    },
};

/// Each grouping that the definition asks for under a heading of its own; all of them if it names none. What would only repeat
/// the list of programmes is left out.
pub(super) fn blocks(author: &Author<'_>, spec: &SectionSpec) -> Result<Vec<Block>, ReportError> {
    let Some(all) = author.snapshot.portfolio.as_ref().filter(|p| !p.programmes.is_empty()) else { return Ok(Vec::new()) };
    check(author, all)?;
    let wanted: &[GroupedBy] = spec.by.as_deref().unwrap_or(&GroupedBy::ALL);
    let mut blocks = Vec::new();
    for dimension in wanted.iter().filter_map(|by| all.groups.iter().find(|d| d.by == *by)) {
        let told = grouped(author, all, &in_order(author, dimension));
        if !told.is_empty() {
            blocks.push(heading(author.say(&format!("group-by-{}", dimension.by.name()))));
            blocks.extend(told);
        }
    }
    if blocks.iter().any(|b| matches!(b, Block::Table(_))) {
        blocks.insert(0, note(author.say("portfolio-groups-note")));
    }
    Ok(blocks)
}

/// The groups as the reader looks for them: countries by their names, all others as the registry gives them.
fn in_order(author: &Author<'_>, dimension: &PortfolioDimension) -> PortfolioDimension {
    let mut dimension = dimension.clone();
    if dimension.by == GroupedBy::Country {
        dimension.groups.sort_by_cached_key(|g| (g.key.is_none(), sort_key(&label(author, GroupedBy::Country, g).plain())));
    }
    dimension
}

/// What there is to tell of one grouping.
fn grouped(author: &Author<'_>, all: &PortfolioFacts, dimension: &PortfolioDimension) -> Vec<Block> {
    let shown = || if dimension.by == GroupedBy::City { places(author, all) } else { Vec::new() };
    if all.programmes.len() == 1 && !has_money(&all.total) {
        // The list says all of a single programme.
        return shown();
    }
    match dimension.groups.as_slice() {
        [_] if dimension.by == GroupedBy::Funder => Vec::new(),
        groups if groups.iter().all(|g| g.key.is_none()) => vec![note(author.say("portfolio-ungrouped"))],
        [one] => {
            let count = Rich::from(author.labelled(&author.count("count-programmes", one.sums.programmes), ""));
            let mut blocks = shown();
            blocks.push(body(count.then(label(author, dimension.by, one))));
            blocks
        }
        _ => {
            let mut blocks: Vec<Block> = pictures(author, dimension).into_iter().map(Block::Figure).collect();
            blocks.extend(shown());
            blocks.push(Block::Table(table(author, all, dimension)));
            blocks
        }
    }
}

/// The places of these programmes and of their parts on a map; one place alone needs none.
fn places(author: &Author<'_>, all: &PortfolioFacts) -> Vec<Block> {
    let told = |code: &String| all.programmes.iter().any(|l| l.places.contains(code));
    let own: Vec<_> = author.snapshot.places.iter().filter(|p| told(&p.code)).collect();
    if own.len() < 2 { Vec::new() } else { map::of(author, &own) }
}

/// Whether there is any amount.
fn has_money(sums: &PortfolioSums) -> bool {
    PortfolioMeasure::ALL.into_iter().any(|m| !sums.of(m).is_empty())
}

/// A row of a table: a group, or several years in which the same programmes ran and of which nothing else is to be told.
struct Line<'f> {
    name: Rich,
    last_year: Option<i32>,
    members: Vec<&'f PortfolioLineFacts>,
    sums: &'f PortfolioSums,
}

impl Line<'_> {
    /// Whether the next year only says the same again.
    fn goes_on(&self, next: &Line<'_>) -> bool {
        let codes = |l: &Line<'_>| l.members.iter().map(|m| m.code.clone()).collect::<Vec<_>>();
        let follows = self.last_year.is_some_and(|y| next.last_year == Some(y + 1));
        follows && self.sums == next.sums && !has_money(self.sums) && codes(self) == codes(next)
    }
}

fn lines<'f>(author: &Author<'_>, all: &'f PortfolioFacts, dimension: &'f PortfolioDimension) -> Vec<Line<'f>> {
    let year = |g: &PortfolioGroupFacts| g.key.as_deref().filter(|_| dimension.by == GroupedBy::Year)?.parse::<i32>().ok();
    let single = |g: &'f PortfolioGroupFacts| Line {
        name: label(author, dimension.by, g),
        last_year: year(g),
        members: members(all, dimension.by, g),
        sums: &g.sums,
    };
    let mut lines: Vec<(String, Line<'f>)> = Vec::new();
    for line in dimension.groups.iter().map(single) {
        match lines.last_mut().filter(|(_, before)| before.goes_on(&line)) {
            Some((from, before)) => {
                before.name = author.say_with("period-full", &[("from", from.as_str()), ("to", &line.name.plain())]).into();
                before.last_year = line.last_year;
            }
            None => lines.push((line.name.plain(), line)),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The programmes of a group, of a tree only the topmost; none where they are not those that were counted.
fn members<'f>(all: &'f PortfolioFacts, by: GroupedBy, group: &PortfolioGroupFacts) -> Vec<&'f PortfolioLineFacts> {
    let within = |l: &PortfolioLineFacts| keys(l, by).contains(&group.key);
    let own = all.programmes.iter().filter(|l| within(l) && !above(all, l).into_iter().any(within));
    let own: Vec<&PortfolioLineFacts> = own.collect();
    if own.len() == group.sums.programmes { own } else { Vec::new() }
}

/// The groups that a programme is in.
fn keys(l: &PortfolioLineFacts, by: GroupedBy) -> Vec<Option<String>> {
    let keys: Vec<String> = match by {
        GroupedBy::Year => match (l.period.from.or(l.period.to), l.period.to.or(l.period.from)) {
            (Some(from), Some(to)) => (from.year()..=to.year().max(from.year())).map(|y| y.to_string()).collect(),
            _ => Vec::new(),
        },
        GroupedBy::Sector => l.sectors.iter().map(|c| c.code.clone()).collect(),
        GroupedBy::City => l.places.clone(),
        GroupedBy::Country => l.countries.iter().map(|c| c.code.clone()).collect(),
        GroupedBy::Status => l.status.iter().map(|s| s.name().to_owned()).collect(),
        GroupedBy::Funder => l.funders.iter().map(|f| f.code.clone()).collect(),
    };
    if keys.is_empty() { vec![None] } else { keys.into_iter().map(Some).collect() }
}

/// The programmes of which nobody states the group, apart from the amounts that could not be divided among groups. Where those
/// programmes have amounts of their own, nobody can tell the two apart, and they stay together.
fn apart(all: &PortfolioFacts, dimension: &PortfolioDimension) -> PortfolioDimension {
    let mut dimension = dimension.clone();
    let Some(at) = dimension.groups.iter().position(|g| g.key.is_none() && g.sums.programmes > 0 && has_money(&g.sums)) else {
        return dimension;
    };
    let own = members(all, dimension.by, &dimension.groups[at]);
    let within = |l: &PortfolioLineFacts| own.iter().any(|m| m.code == l.code || above(all, l).iter().any(|a| a.code == m.code));
    if own.is_empty() || all.programmes.iter().any(|l| within(l) && !l.amounts.is_empty()) {
        return dimension;
    }
    let together = dimension.groups[at].clone();
    let counts = PortfolioSums {
        programmes: together.sums.programmes,
        without_amount: together.sums.without_amount,
        ..PortfolioSums::default()
    };
    let amounts = PortfolioSums { programmes: 0, without_amount: 0, ..together.sums.clone() };
    dimension.groups[at].sums = counts;
    dimension.groups.insert(at + 1, PortfolioGroupFacts { sums: amounts, ..together });
    dimension
}

/// A row for each group: how many programmes, which, and the money, where there is any.
fn table(author: &Author<'_>, all: &PortfolioFacts, dimension: &PortfolioDimension) -> Table {
    let money = has_money(&all.total);
    let measures = if money { measures(dimension.groups.iter().map(|g| &g.sums)) } else { Vec::new() };
    let (named, without) = (all.programmes.len() > 1, money && all.total.without_amount > 0);
    let mut columns = vec![Column::names(author.say(&format!("group-{}", dimension.by.name())))];
    columns.extend(named.then(|| Column::text(author.say("column-which"))));
    columns.push(Column::figures(author.say("column-programmes")));
    columns.extend(without.then(|| Column::figures(author.say("column-without-amount"))));
    columns.extend(measures.iter().map(|m| Column::figures(author.say(&format!("column-{}", m.name())))));
    // A row of amounts alone counts no programme: those that they belong to are counted in other rows.
    let number = |n: usize, counts: bool| if counts { author.count_cell(i64::try_from(n).ok()) } else { Cell::text("") };
    let row = |kind: RowKind, name: Rich, members: &[&PortfolioLineFacts], sums: &PortfolioSums| {
        let called: Vec<&str> = members.iter().map(|l| handle(l)).collect();
        let mut row = vec![Cell::text(name)];
        row.extend(named.then(|| Cell::text(called.join(", "))));
        row.push(number(sums.programmes, sums.programmes > 0));
        row.extend(without.then(|| number(sums.without_amount, sums.programmes > 0)));
        row.extend(measures.iter().map(|m| amount(author, *m, sums)));
        Row { kind, cells: row }
    };
    let dimension = &apart(all, dimension);
    let mut rows: Vec<Row> =
        lines(author, all, dimension).into_iter().map(|l| row(RowKind::Plain, l.name, &l.members, l.sums)).collect();
    rows.push(row(RowKind::Total, author.say("total").into(), &[], &all.total));
    Table { caption: String::new(), columns, rows }
}

/// The amounts of a group. Where what was agreed for its programmes stands in another group, because it could not be divided
/// or was agreed in another year, it is not unknown.
fn amount(author: &Author<'_>, measure: PortfolioMeasure, sums: &PortfolioSums) -> Cell {
    if measure != PortfolioMeasure::Agreed || !sums.agreed.is_empty() || sums.without_amount == sums.programmes.max(1) {
        return cell(author, measure, sums.of(measure));
    }
    let said = if sums.programmes == 0 { "none-registered" } else { "counted-elsewhere" };
    Cell::of(Rich::styled(author.say(said), Style::Faint), Value::Unknown)
}

/// What a group is called.
fn label(author: &Author<'_>, by: GroupedBy, group: &PortfolioGroupFacts) -> Rich {
    let Some(key) = group.key.as_deref() else {
        let said = match (group.sums.programmes > 0, has_money(&group.sums)) {
            (true, true) => "group-unstated-or-undivided",
            (true, false) | (false, false) => "group-unstated",
            (false, true) => "group-undivided",
        };
        return Rich::styled(author.say(said), Style::Faint);
    };
    match by {
        GroupedBy::Year => key.into(),
        GroupedBy::Status => match ProgrammeStatus::from_name(key) {
            Some(status) => author.coded("status", status).into(),
            None => key.into(),
        },
        GroupedBy::Country if group.label.is_empty() => author.country(key),
        GroupedBy::Sector if !group.label.is_empty() => {
            Rich::styled(format!("{key} "), Style::Faint).then(author.text(&group.label))
        }
        _ if group.label.is_empty() => key.into(),
        _ => author.text(&group.label),
    }
}

/// The groups that can be told apart, for pictures.
fn named(dimension: &PortfolioDimension) -> impl Iterator<Item = &PortfolioGroupFacts> {
    dimension.groups.iter().filter(|g| g.key.is_some())
}

/// What was agreed in each group, a picture for each currency. One bar alone compares nothing: that is left to the table.
fn pictures(author: &Author<'_>, dimension: &PortfolioDimension) -> Vec<Figure> {
    let by = author.say(&format!("group-by-{}", dimension.by.name()));
    let mut all = Vec::new();
    let currencies: BTreeSet<Currency> = named(dimension).flat_map(|g| &g.sums.agreed).map(|m| m.currency()).collect();
    for currency in currencies {
        let of = |g: &PortfolioGroupFacts| -> Option<Money> { g.sums.agreed.iter().copied().find(|m| m.currency() == currency) };
        let bars = named(dimension)
            .filter_map(|g| of(g).map(|m| bar(label(author, dimension.by, g), m.amount(), author.amount(m))))
            .collect();
        let caption = author.say_with("chart-agreed-by", &[("by", &by), ("currency", currency.code())]);
        all.extend(picture(author, caption, bars));
    }
    all
}

fn bar(label: Rich, value: Decimal, figure: String) -> Bar {
    Bar { label, parts: vec![Part { value, figure: String::new() }], mark: None, figure, strong: false }
}

fn picture(author: &Author<'_>, caption: String, bars: Vec<Bar>) -> Option<Figure> {
    if bars.len() < 2 {
        return None;
    }
    let list: Vec<String> = bars.iter().map(|b| author.labelled(&b.label.unmarked(), &b.figure)).collect();
    let alternative = author.say_with("picture-alternative", &[("caption", &caption), ("list", &author.in_a_row(&list))]);
    Some(Figure { caption, alternative, drawing: Drawing::Bars(Bars { bars, ..Bars::default() }), note: Rich::default() })
}
