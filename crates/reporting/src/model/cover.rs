//! The head of the first page and what surrounds the pages, for every sort of subject.

mod countries;
mod delegation;
mod dialogue;
mod event;
mod organisation;
mod programme;
mod year;

use super::{Cover, Frame, Rich, Tile, author::Author};
use crate::{
    ReportError, SubjectKind,
    definition::{Definition, SectionName},
};

/// The head of the first page.
pub(super) fn cover(author: &Author<'_>, definition: &Definition) -> Result<Cover, ReportError> {
    let subject = &author.snapshot.subject;
    let kicker = [author.plain(&definition.title), author.plain(&author.snapshot.publisher.name)];
    Ok(Cover {
        kicker: kicker.iter().filter(|k| !k.is_empty()).cloned().collect::<Vec<_>>().join("  ·  "),
        title: title(author),
        subtitle: subtitle(author),
        notice: subject.illustrative.then(|| author.say("illustrative-notice")),
        // A release says in its first line what the tiles would say.
        tiles: if is_release(definition) { Vec::new() } else { tiles(author, definition)? },
    })
}

fn is_release(definition: &Definition) -> bool {
    definition.sections.iter().any(|s| s.name == SectionName::Lead)
}

/// What the report is about, in the reader's language.
fn title(author: &Author<'_>) -> Rich {
    let subject = &author.snapshot.subject;
    match (subject.kind, subject.key.split_once('-')) {
        (SubjectKind::Countries, Some((one, other))) => {
            // The name of a country stays on one line.
            let [one, other] = [one, other].map(|code| author.country(code).plain().replace(' ', "\u{A0}"));
            author.say_with("title-countries", &[("one", &one), ("other", &other)]).into()
        }
        (SubjectKind::Year, _) => author.say_with("title-year", &[("year", &subject.key)]).into(),
        _ => author.text(&subject.title),
    }
}

/// Acronym, sort of thing and the period that was asked for, each once; of a delegation the event that it went to. Codes are for
/// the registry: the last section has the one that a report can be asked for again by.
fn subtitle(author: &Author<'_>) -> Rich {
    let snapshot = author.snapshot;
    let subject = &snapshot.subject;
    let level = snapshot.programme.as_ref().filter(|_| subject.kind == SubjectKind::Programme);
    let event = snapshot.events.first().filter(|_| subject.kind == SubjectKind::Delegation);
    let parts = [
        subject.short.clone(),
        level.map(|p| author.coded("level", p.level)),
        event.map(|e| author.plain(&e.title)),
        author.period(subject.period).filter(|_| subject.kind != SubjectKind::Year),
    ];
    let mut seen: Vec<String> = Vec::new();
    for part in parts.into_iter().flatten() {
        if !seen.contains(&part) {
            seen.push(part);
        }
    }
    Rich::joined(seen.into_iter().map(Rich::from), "  ·  ")
}

/// The few figures that say most of the subject.
fn tiles(author: &Author<'_>, definition: &Definition) -> Result<Vec<Tile>, ReportError> {
    match author.snapshot.subject.kind {
        SubjectKind::Programme => programme::tiles(author),
        SubjectKind::Dialogue => Ok(dialogue::tiles(author)),
        SubjectKind::Delegation => Ok(delegation::tiles(author)),
        SubjectKind::Event => Ok(event::tiles(author)),
        SubjectKind::Organisation => organisation::tiles(author, definition),
        SubjectKind::Countries => Ok(countries::tiles(author)),
        SubjectKind::Year => year::tiles(author),
    }
}

/// A tile without a note.
fn tile(author: &Author<'_>, label: &str, figure: impl Into<Rich>) -> Tile {
    Tile { label: author.say(label), figure: figure.into(), note: Rich::default() }
}

/// What stands above, below and after the pages.
pub(super) fn frame(author: &Author<'_>) -> Frame {
    let snapshot = author.snapshot;
    let subject = &snapshot.subject;
    let title = title(author).unmarked();
    let header = subject.short.as_ref().map_or(title.clone(), |short| format!("{short} · {title}"));
    let publisher = snapshot.publisher.short.clone().unwrap_or_else(|| author.plain(&snapshot.publisher.name));
    let date = author.instant_date(&snapshot.taken);
    Frame {
        header,
        mark: subject.illustrative.then(|| author.say("illustrative-mark")),
        footer: author.say_with("footer", &[("publisher", &publisher), ("date", &date)]),
        page: author.say_with("page-of", &[("page", "{page}"), ("pages", "{pages}")]),
        contents: author.say("contents"),
        colophon: author.say_with("colophon", &[("hash", "{hash}")]),
        attachment: author.say("attachment"),
    }
}
