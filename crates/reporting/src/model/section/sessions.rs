//! The sessions of an event with their form and topic, and apart from them the meetings beside it: who was met, who spoke.

use ketnoi_domain::SessionFormat;

use crate::{
    EventFacts, PersonFacts, ReportError, SessionFacts, SubjectKind,
    model::{Author, Block, Cell, Column, Rich, Row, Style, Table, Value, build::note},
};

/// What was on the programme of each event.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    of_each(author, |s| !is_meeting(s))
}

/// The meetings beside each event.
pub(super) fn meetings(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    of_each(author, is_meeting)
}

fn is_meeting(s: &SessionFacts) -> bool {
    matches!(s.format, SessionFormat::SideMeeting | SessionFormat::Meeting)
}

/// A table for each event that has any; under the event's title where there are several.
fn of_each(author: &Author<'_>, wanted: impl Fn(&SessionFacts) -> bool) -> Result<Vec<Block>, ReportError> {
    let events = &author.snapshot.events;
    let mut blocks = Vec::new();
    for e in events {
        let sessions: Vec<&SessionFacts> = e.sessions.iter().filter(|s| wanted(s)).collect();
        if sessions.is_empty() {
            continue;
        }
        if events.len() > 1 {
            blocks.push(Block::Heading(author.text_or_unknown(&e.title)));
        }
        let attended = attended(author, e);
        if attended.is_some_and(<[i64]>::is_empty) {
            blocks.push(note(author.say("sessions-attendance-unknown")));
        }
        blocks.push(Block::Table(table(author, &sessions, attended.filter(|numbers| !numbers.is_empty()))?));
    }
    Ok(blocks)
}

/// The numbers of the sessions that the delegation attended, in a report on a delegation.
fn attended<'a>(author: &Author<'a>, e: &'a EventFacts) -> Option<&'a [i64]> {
    match e.delegations.as_slice() {
        [one] if author.snapshot.subject.kind == SubjectKind::Delegation => Some(&one.attended),
        _ => None,
    }
}

fn table(author: &Author<'_>, sessions: &[&SessionFacts], attended: Option<&[i64]>) -> Result<Table, ReportError> {
    let mut columns = vec![
        Column::text(author.say("column-date")),
        Column::text(author.say("column-format")),
        Column::names(author.say("column-session")),
        Column::text(author.say("column-met")),
    ];
    if attended.is_some() {
        columns.push(Column::text(author.say("column-attended")));
    }
    // Where no session is dated, a column that says so of each would say nothing.
    let dated = sessions.iter().any(|s| s.date.is_some());
    let mut rows = Vec::with_capacity(sessions.len());
    for s in sessions {
        let met = Rich::joined(s.counterparts.iter().map(|c| author.text(c)), "\n");
        let mut cells = vec![
            if dated { author.date_cell(s.date) } else { Cell::text("") },
            Cell::text(author.coded("format", s.format)),
            Cell::text(session(author, s)?),
            Cell::text(met),
        ];
        cells.extend(attended.map(|numbers| present(author, numbers.contains(&s.number))));
        rows.push(Row::plain(cells));
    }
    let mut table = Table { caption: String::new(), columns, rows };
    if !dated {
        // The first column is never left out by itself.
        table.columns.remove(0);
        for row in &mut table.rows {
            row.cells.remove(0);
        }
    }
    table.drop_empty_columns();
    Ok(table)
}

/// That they were there, or that no source says so.
fn present(author: &Author<'_>, there: bool) -> Cell {
    if there { Cell::text(author.say("attended")) } else { Cell::of(author.unknown(), Value::Unknown) }
}

/// The title with its sources, as it is written where the reading corrects it, the topic, and who spoke.
fn session(author: &Author<'_>, s: &SessionFacts) -> Result<Rich, ReportError> {
    let numbers = author.sources(&s.sources, &author.plain(&s.title))?;
    let title = Rich::joined([author.text_or_unknown(&s.title), numbers], " ");
    let raw = s.raw.as_deref().map(|raw| Rich::styled(author.say_with("as-written", &[("text", raw)]), Style::Faint));
    let lines = [title, raw.unwrap_or_default(), author.text(&s.topic)];
    Ok(Rich::joined(lines.into_iter().chain(s.people.iter().map(|p| person(author, p))), "\n"))
}

/// `Speaker: Song Sang Rak, director general`.
fn person(author: &Author<'_>, p: &PersonFacts) -> Rich {
    let who = Rich::joined([author.text(&p.name), author.text(&p.office)], ", ");
    Rich::styled(author.labelled(&author.coded("public-role", p.kind), ""), Style::Faint).then(who)
}
