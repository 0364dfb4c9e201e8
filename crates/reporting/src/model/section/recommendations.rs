//! Recommendations: where they stand, what was done to bring them forward, and the road maps.

use super::cited::cited;
use crate::{
    AdvocacyFacts, RecommendationFacts, ReportError, RoadMapFacts, SubjectKind,
    model::{
        Author, Block, Cell, Column, Rich, Row, RowKind, Style, Table, Value,
        build::{body, heading, note},
    },
};

/// What there is of recommendations, advocacy and road maps.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let (recommendations, road_maps) = (&author.snapshot.recommendations, &author.snapshot.road_maps);
    let mut blocks = Vec::new();
    // A report on a dialogue has those on the ballot in a table of their own.
    let on_ballot = |r: &RecommendationFacts| {
        let mut options = author.snapshot.dialogues.iter().flat_map(|d| &d.options);
        author.snapshot.subject.kind == SubjectKind::Dialogue && options.any(|o| o.recommendation == r.code)
    };
    let listed: Vec<&RecommendationFacts> = recommendations.iter().filter(|r| !on_ballot(r)).collect();
    if !listed.is_empty() {
        blocks.push(Block::Table(table(author, &listed)?));
    }
    if recommendations.iter().any(|r| !r.actions.is_empty()) {
        if !listed.is_empty() {
            blocks.push(heading(author.say("heading-advocacy")));
        }
        blocks.push(Block::Table(advocacy(author, recommendations)?));
    }
    if !road_maps.is_empty() {
        blocks.push(heading(author.say("heading-road-maps")));
    }
    for map in road_maps {
        blocks.extend(road_map(author, map)?);
    }
    Ok(blocks)
}

fn table(author: &Author<'_>, recommendations: &[&RecommendationFacts]) -> Result<Table, ReportError> {
    let columns = vec![
        Column::text(author.say("column-number")),
        Column::names(author.say("column-recommendation")),
        Column::text(author.say("column-addressee")),
        Column::text(author.say("column-status")),
    ];
    let mut rows = Vec::new();
    for r in recommendations {
        let status = r.status.map(|s| Cell::text(author.coded("recommendation", s)));
        rows.push(Row::plain(vec![
            Cell::text(r.number.as_deref().unwrap_or_default()),
            Cell::text(cited(author, &r.title, &r.part, &r.sources)?),
            Cell::text(author.text(&r.addressee)),
            status.unwrap_or_else(|| Cell::of(author.unknown(), Value::Unknown)),
        ]));
    }
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(table)
}

/// The actions, a group for each recommendation that has any.
fn advocacy(author: &Author<'_>, recommendations: &[RecommendationFacts]) -> Result<Table, ReportError> {
    let columns = vec![
        Column::names(author.say("column-action")),
        Column::text(author.say("column-number")),
        Column::text(author.say("column-date")),
        Column::text(author.say("column-addressee")),
        Column::text(author.say("column-status")),
        Column::text(author.say("column-reply")),
    ];
    let mut rows = Vec::new();
    for r in recommendations.iter().filter(|r| !r.actions.is_empty()) {
        let number = r.number.as_deref().map(Rich::from).unwrap_or_default();
        let head = Rich::joined([number, author.text_or_unknown(&r.title)], ". ");
        rows.push(Row { kind: RowKind::Group, cells: vec![Cell::text(head).over(columns.len())] });
        for a in &r.actions {
            rows.push(action(author, a)?);
        }
    }
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(table)
}

fn action(author: &Author<'_>, a: &AdvocacyFacts) -> Result<Row, ReportError> {
    let kind = Rich::from(author.coded("advocacy", a.kind));
    let numbers = author.sources(&a.sources, &author.plain(&a.title))?;
    let title = author.text(&a.title).restyled(Style::Faint);
    let replied = a.replied.map(|d| Rich::from(author.date(d))).unwrap_or_default();
    let reply_number = a.reply_number.as_deref().map(Rich::from).unwrap_or_default();
    let reply = Rich::joined([Rich::joined([reply_number, replied], ", "), author.text(&a.reply)], "\n");
    Ok(Row::plain(vec![
        Cell::text(Rich::joined([Rich::joined([kind, numbers], " "), title], "\n")),
        Cell::text(a.number.as_deref().unwrap_or_default()),
        author.date_cell(a.date),
        Cell::text(author.text(&a.addressee)),
        Cell::text(author.coded("advocacy-status", a.status)),
        Cell::text(reply),
    ]))
}

/// What a road map is called, and its steps.
fn road_map(author: &Author<'_>, map: &RoadMapFacts) -> Result<Vec<Block>, ReportError> {
    let title = cited(author, &map.title, &map.part, &map.sources)?;
    let period = author.period(map.period).map(|p| Rich::styled(p, Style::Faint)).unwrap_or_default();
    let mut blocks = vec![body(Rich::joined([title, period], "\n"))];
    if map.steps.is_empty() {
        blocks.push(note(author.say("road-map-without-steps")));
        return Ok(blocks);
    }
    let columns = vec![
        Column::text(author.say("column-number")),
        Column::names(author.say("column-step")),
        Column::text(author.say("column-responsible")),
        Column::text(author.say("column-due")),
        Column::text(author.say("column-status")),
    ];
    let rows = map.steps.iter().map(|s| {
        let recommendation = author.text(&s.recommendation).restyled(Style::Faint);
        let done = s.done.map(|d| Rich::styled(author.date(d), Style::Faint)).unwrap_or_default();
        Row::plain(vec![
            Cell::of(author.number(s.number.into()), Value::Number(s.number.into())),
            Cell::text(Rich::joined([author.text_or_unknown(&s.title), recommendation], "\n")),
            Cell::text(author.text(&s.responsible)),
            author.date_cell(s.due),
            Cell::text(Rich::joined([Rich::from(author.coded("step", s.status)), done], "\n")),
        ])
    });
    let mut table = Table { caption: String::new(), columns, rows: rows.collect() };
    table.drop_empty_columns();
    blocks.push(Block::Table(table));
    Ok(blocks)
}
