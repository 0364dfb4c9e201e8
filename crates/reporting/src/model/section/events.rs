//! Events: when, what, where, who came, who came together, and what came of them.
//!
//! Those who came with a delegation are counted with it, not with the event: nobody says whether the event's own figure
//! holds them.

use ketnoi_domain::Text;

use super::{
    cited::{cited, shared, shared_note, stated},
    counted::{People, balanced},
};
use crate::{
    AttendanceFacts, DelegationFacts, EventFacts, ReportError,
    model::{
        Author, Block, Cell, Column, Rich, Row, RowKind, Style, Table,
        build::{heading, note},
    },
};

/// A table of events, and one of what came of them.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let events = &author.snapshot.events;
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let mut blocks = Vec::new();
    if events.iter().any(|e| !e.delegations.is_empty()) {
        blocks.push(note(author.say("events-note")));
    }
    let part = shared(events.iter().map(|e| &e.part));
    blocks.extend(part.map(|part| shared_note(author, part)));
    blocks.push(Block::Table(table(author, events, part)?));
    blocks.extend(everybody(events).note(author));
    if let Some(outcomes) = outcomes(author, events) {
        blocks.push(heading(author.say("heading-outcomes")));
        blocks.push(Block::Table(outcomes));
    }
    Ok(blocks)
}

/// All who came, with a delegation or without.
fn everybody(events: &[EventFacts]) -> People {
    let delegations = events.iter().flat_map(|e| &e.delegations).flat_map(|d| &d.members);
    People::of(events.iter().flat_map(|e| &e.participants).chain(delegations))
}

/// `part` is the one that all of them belong to.
fn table(author: &Author<'_>, events: &[EventFacts], part: Option<&Text>) -> Result<Table, ReportError> {
    let mut columns = vec![
        Column::text(author.say("column-date")),
        Column::names(author.say("column-event")),
        Column::text(author.say("column-place")),
    ];
    // Where nobody says how many came, columns of dashes would say it again for each event.
    let numbers = everybody(events).in_all().is_some();
    if numbers {
        columns.extend(People::COLUMNS.map(|c| Column::figures(author.say(c))));
    }
    let (mut rows, mut printed, mut counted) = (Vec::new(), People::default(), 0);
    for e in events {
        let people = People::of(&e.participants);
        rows.push(event(author, e, part, numbers.then_some(people))?);
        details(author, e, columns.len(), &mut rows)?;
        // An event of which no source says who came makes the total a least one.
        let silent = !e.visited && e.participants.is_empty();
        printed = printed.and(if silent { People::UNCOUNTED } else { people });
        counted += usize::from(people.in_all().is_some());
    }
    let all = People::of(events.iter().flat_map(|e| &e.participants));
    balanced(&author.say("section-events"), printed.in_all().unwrap_or(0), all.in_all().unwrap_or(0))?;
    if counted > 1 {
        let mut cells = vec![Cell::text(author.say("total-attendances")).over(3)];
        cells.extend(printed.cells(author));
        rows.push(Row { kind: RowKind::Total, cells });
    }
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(table)
}

/// `people` where anybody is counted at all.
fn event(author: &Author<'_>, e: &EventFacts, part: Option<&Text>, people: Option<People>) -> Result<Row, ReportError> {
    let period = author.period(e.period).map_or_else(|| author.unknown(), Rich::from);
    let kind = Rich::styled(author.coded("event", e.kind), Style::Faint);
    let visited = if e.visited { Rich::styled(author.say("event-visited"), Style::Faint) } else { Rich::default() };
    let motto = match author.plain(&e.motto) {
        none if none.is_empty() => Rich::default(),
        motto => Rich::styled(author.say_with("event-motto", &[("motto", &motto)]), Style::Faint),
    };
    let own = if part.is_some() { Text::default() } else { e.part.clone() };
    let title = Rich::joined([cited(author, &e.title, &own, &e.sources)?, motto, kind, visited], "\n");
    let country = e.country.as_deref().map(|c| author.country(c)).unwrap_or_default();
    let place = Rich::joined([author.text(&e.place), country], ", ");
    let venue = author.text(&e.venue).restyled(Style::Faint);
    let mut cells = vec![Cell::text(period), Cell::text(title), Cell::text(Rich::joined([place, venue], "\n"))];
    match people {
        // Who came to an event of others is not this programme's to count.
        Some(_) if e.visited => cells.extend([(); 5].map(|()| Cell::text(""))),
        Some(people) => cells.extend(people.cells(author)),
        None => {}
    }
    Ok(Row::plain(cells))
}

/// By side, what sources state, and each delegation.
fn details(author: &Author<'_>, e: &EventFacts, columns: usize, rows: &mut Vec<Row>) -> Result<(), ReportError> {
    let mut say = |text: Rich| {
        if !text.is_empty() {
            rows.push(Row { kind: RowKind::Detail, cells: vec![Cell::text(""), Cell::text(text).over(columns - 1)] });
        }
    };
    say(by_side(author, &e.participants));
    say(Rich::joined(stated(author, &e.stated)?, &author.say("semicolon")));
    for d in &e.delegations {
        let mut cells = vec![Cell::text(""), Cell::text(delegation(author, d)?).over(2)];
        if columns > 3 {
            cells.extend(People::of(&d.members).cells(author));
        }
        rows.push(Row { kind: RowKind::Detail, cells });
    }
    Ok(())
}

fn delegation(author: &Author<'_>, d: &DelegationFacts) -> Result<Rich, ReportError> {
    let numbers = author.sources(&d.sources, &author.plain(&d.title))?;
    let title = Rich::from(format!("{} ", author.say("delegation"))).then(author.text_or_unknown(&d.title));
    let country = d.country.as_deref().map(|c| author.country(c)).unwrap_or_default();
    let sent = Rich::joined([author.text(&d.organiser), country], ", ");
    Ok(Rich::joined([Rich::joined([title, numbers], " "), sent, by_side(author, &d.members)], "\n"))
}

/// How many came on each side, with the organisations that they came from; just who came where nobody says how many.
fn by_side(author: &Author<'_>, groups: &[AttendanceFacts]) -> Rich {
    let all = People::of(groups);
    let counted = all.in_all().is_some() || all.is_withheld();
    let side = |g: &AttendanceFacts| {
        let organisations = Rich::joined(g.organisations.iter().map(|o| author.text(o)), ", ");
        let organisations = if organisations.is_empty() { organisations } else { Rich::from(" (").then(organisations).then(")") };
        let people = if counted { author.labelled("", &People::of([g]).words(author)) } else { String::new() };
        Rich::from(author.coded("participants", g.category)).then(organisations).then(people)
    };
    let sides = Rich::joined(groups.iter().map(side), &author.say("semicolon"));
    if counted || groups.is_empty() { sides } else { Rich::from(format!("{} ", author.say("present-uncounted"))).then(sides) }
}

/// What came of the events, a group for each; none if nothing is said of any.
fn outcomes(author: &Author<'_>, events: &[EventFacts]) -> Option<Table> {
    let columns = vec![Column::names(author.say("column-kind")), Column::text(author.say("column-outcome"))];
    let mut rows = Vec::new();
    for e in events.iter().filter(|e| !e.outcomes.is_empty()) {
        let head = Cell::text(author.text_or_unknown(&e.title)).over(columns.len());
        rows.push(Row { kind: RowKind::Group, cells: vec![head] });
        rows.extend(e.outcomes.iter().map(|o| {
            let delegation = author.text(&o.delegation).restyled(Style::Faint);
            Row::plain(vec![
                Cell::text(author.coded("outcome", o.kind)),
                Cell::text(Rich::joined([author.text_or_unknown(&o.title), delegation], "\n")),
            ])
        }));
    }
    (!rows.is_empty()).then(|| Table { caption: String::new(), columns, rows })
}
