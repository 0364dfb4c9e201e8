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

/// A table for each event that has any; under the event's title where there are several. Events of a series may have the same
/// programme: that is told once.
fn of_each(author: &Author<'_>, wanted: impl Fn(&SessionFacts) -> bool) -> Result<Vec<Block>, ReportError> {
    let events = &author.snapshot.events;
    let mut told: Vec<(Vec<Rich>, Vec<Block>)> = Vec::new();
    for e in events {
        let sessions: Vec<&SessionFacts> = e.sessions.iter().filter(|s| wanted(s)).collect();
        if sessions.is_empty() {
            continue;
        }
        let mut said = Vec::new();
        let attended = attended(author, e);
        if attended.is_some_and(<[i64]>::is_empty) {
            said.push(note(author.say("sessions-attendance-unknown")));
        }
        said.push(Block::Table(table(author, e, &sessions, attended.filter(|numbers| !numbers.is_empty()))?));
        let title = author.text_or_unknown(&e.title);
        match told.iter_mut().find(|(_, same)| *same == said) {
            Some((titles, _)) => titles.push(title),
            None => told.push((vec![title], said)),
        }
    }
    let mut blocks = Vec::new();
    for (titles, said) in told {
        if events.len() > 1 {
            blocks.push(Block::Heading(Rich::joined(titles, "; ")));
        }
        blocks.extend(said);
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

fn table(
    author: &Author<'_>,
    e: &EventFacts,
    sessions: &[&SessionFacts],
    attended: Option<&[i64]>,
) -> Result<Table, ReportError> {
    // Dates are told where they are not all unknown or the event's only day, forms where they are not all the usual one.
    let day = e.period.from.filter(|from| e.period.to == Some(*from));
    let dated = sessions.iter().any(|s| s.date.is_some() && s.date != day);
    let formed = sessions.iter().any(|s| s.format != SessionFormat::Session);
    let mut columns = Vec::new();
    if dated {
        columns.push(Column::text(author.say("column-date")));
    }
    if formed {
        columns.push(Column::text(author.say("column-format")));
    }
    columns.push(Column::names(author.say("column-session")));
    columns.push(Column::text(author.say("column-met")));
    if attended.is_some() {
        columns.push(Column::text(author.say("column-attended")));
    }
    let mut rows = Vec::with_capacity(sessions.len());
    for s in sessions {
        let met = Rich::joined(s.counterparts.iter().map(|c| author.text(c)), "\n");
        let mut cells = Vec::new();
        if dated {
            cells.push(author.date_cell(s.date));
        }
        if formed {
            cells.push(Cell::text(author.coded("format", s.format)));
        }
        cells.push(Cell::text(session(author, s)?));
        cells.push(Cell::text(met));
        cells.extend(attended.map(|numbers| present(author, numbers.contains(&s.number))));
        rows.push(Row::plain(cells));
    }
    let mut table = Table { caption: String::new(), columns, rows };
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
    // A name is the same in every language.
    let who = Rich::joined([author.plain(&p.name).into(), author.text(&p.office)], ", ");
    Rich::styled(author.labelled(&author.coded("public-role", p.kind), ""), Style::Faint).then(who)
}
