//! Titles with the numbers of their sources, and what sources state of one thing: shared by the sections on what is done
//! together with others.

use ketnoi_domain::Text;

use super::figures::qualified;
use crate::{
    ReportError, StatedFigureFacts,
    model::{Author, Block, Rich, Style, build::note},
};

/// A title with the numbers of its sources, and below it the part of the programme that it belongs to.
pub(super) fn cited(author: &Author<'_>, title: &Text, part: &Text, sources: &[String]) -> Result<Rich, ReportError> {
    let numbers = author.sources(sources, &author.plain(title))?;
    let head = Rich::joined([author.text_or_unknown(title), numbers], " ");
    // A part that bears the same title says nothing more.
    let part = if part == title { Rich::default() } else { author.text(part).restyled(Style::Faint) };
    Ok(Rich::joined([head, part], "\n"))
}

/// The part of the programme that several things all belong to: it is then said once, above them.
pub(super) fn shared<'t>(parts: impl IntoIterator<Item = &'t Text>) -> Option<&'t Text> {
    let mut parts = parts.into_iter();
    let first = parts.next().filter(|part| !part.is_empty())?;
    let mut others = parts.peekable();
    (others.peek().is_some() && others.all(|part| part == first)).then_some(first)
}

/// The sentence that says it.
pub(super) fn shared_note(author: &Author<'_>, part: &Text) -> Block {
    note(Rich::from(author.labelled(&author.say("fact-part-of"), "")).then(author.text(part)))
}

/// Figures that sources state, each with its source: `participants: about 140 (2012) [3]`.
pub(super) fn stated(author: &Author<'_>, figures: &[StatedFigureFacts]) -> Result<Vec<Rich>, ReportError> {
    let said = |f: &StatedFigureFacts| -> Result<Rich, ReportError> {
        let as_of = f.as_of.map(|d| format!(" ({})", author.date(d))).unwrap_or_default();
        let source = author.source(&f.source, &author.plain(&f.label))?;
        let figure = author.labelled("", &format!("{}{as_of} ", qualified(author, f)));
        Ok(author.text_or_unknown(&f.label).then(figure).then(source))
    };
    figures.iter().map(said).collect()
}
