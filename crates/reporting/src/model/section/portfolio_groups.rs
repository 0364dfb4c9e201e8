//! A portfolio by year, by sector, by city and so on: a table for each, and pictures where there is something to compare.

use ketnoi_domain::{Coded, Currency, Decimal, Money, ProgrammeStatus};

use super::{
    map,
    portfolio_sums::{cells, check, measures},
};
use crate::{
    GroupedBy, PortfolioDimension, PortfolioFacts, PortfolioGroupFacts, PortfolioSums, ReportError,
    definition::SectionSpec,
    model::{
        Author, Bar, Bars, Block, Cell, Column, Drawing, Figure, Part, Rich, Row, RowKind, Style, Table,
        build::{heading, note},
    },
};

/// Each grouping that the definition asks for under a heading of its own; all of them if it names none.
pub(super) fn blocks(author: &Author<'_>, spec: &SectionSpec) -> Result<Vec<Block>, ReportError> {
    let Some(all) = author.snapshot.portfolio.as_ref().filter(|p| !p.programmes.is_empty()) else { return Ok(Vec::new()) };
    check(author, all)?;
    let wanted: &[GroupedBy] = spec.by.as_deref().unwrap_or(&GroupedBy::ALL);
    let mut blocks = vec![note(author.say("portfolio-groups-note"))];
    for dimension in wanted.iter().filter_map(|by| all.groups.iter().find(|d| d.by == *by)) {
        blocks.push(heading(author.say(&format!("group-by-{}", dimension.by.name()))));
        if dimension.groups.iter().all(|g| g.key.is_none()) {
            blocks.push(note(author.say("portfolio-ungrouped")));
            continue;
        }
        blocks.extend(pictures(author, dimension).into_iter().map(Block::Figure));
        if dimension.by == GroupedBy::City {
            blocks.extend(places(author, all));
        }
        blocks.push(Block::Table(table(author, dimension, &all.total)));
    }
    Ok(blocks)
}

/// The places of these programmes and of their parts on a map.
fn places(author: &Author<'_>, all: &PortfolioFacts) -> Vec<Block> {
    let told = |code: &String| all.programmes.iter().any(|l| l.places.contains(code));
    let own: Vec<_> = author.snapshot.places.iter().filter(|p| told(&p.code)).collect();
    map::of(author, &own)
}

fn table(author: &Author<'_>, dimension: &PortfolioDimension, total: &PortfolioSums) -> Table {
    let measures = measures(dimension.groups.iter().map(|g| &g.sums));
    let mut columns = vec![
        Column::names(author.say(&format!("group-{}", dimension.by.name()))),
        Column::figures(author.say("column-programmes")),
        Column::figures(author.say("column-without-amount")),
    ];
    columns.extend(measures.iter().map(|m| Column::figures(author.say(&format!("column-{}", m.name())))));
    let number = |n: usize| author.count_cell(i64::try_from(n).ok());
    let row = |kind: RowKind, name: Rich, sums: &PortfolioSums| {
        let mut row = vec![Cell::text(name), number(sums.programmes), number(sums.without_amount)];
        row.extend(cells(author, &measures, sums));
        Row { kind, cells: row }
    };
    let mut rows: Vec<Row> =
        dimension.groups.iter().map(|g| row(RowKind::Plain, label(author, dimension.by, g), &g.sums)).collect();
    rows.push(row(RowKind::Total, author.say("total").into(), total));
    Table { caption: String::new(), columns, rows }
}

/// What a group is called.
fn label(author: &Author<'_>, by: GroupedBy, group: &PortfolioGroupFacts) -> Rich {
    let Some(key) = group.key.as_deref() else { return Rich::styled(author.say("group-unattributed"), Style::Faint) };
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

/// How many programmes there were in each year and of each payer, and what was agreed, a picture for each currency. One bar
/// alone compares nothing: that is left to the table.
fn pictures(author: &Author<'_>, dimension: &PortfolioDimension) -> Vec<Figure> {
    let by = author.say(&format!("group-by-{}", dimension.by.name()));
    let mut all = Vec::new();
    if matches!(dimension.by, GroupedBy::Year | GroupedBy::Funder) {
        let bars = named(dimension).map(|g| {
            let n = Decimal::from(i64::try_from(g.sums.programmes).unwrap_or(i64::MAX));
            bar(label(author, dimension.by, g), n, author.number(n))
        });
        all.extend(picture(author, author.say_with("chart-programmes-by", &[("by", &by)]), bars.collect()));
    }
    let currencies: std::collections::BTreeSet<Currency> =
        named(dimension).flat_map(|g| &g.sums.agreed).map(|m| m.currency()).collect();
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
    let list: Vec<String> = bars.iter().map(|b| author.labelled(&b.label.plain(), &b.figure)).collect();
    let alternative = author.say_with("picture-alternative", &[("caption", &caption), ("list", &author.in_a_row(&list))]);
    Some(Figure { caption, alternative, drawing: Drawing::Bars(Bars { bars, ..Bars::default() }), note: Rich::default() })
}
