//! Partnerships between local authorities: their parties by country under the names of the time, how long they have lasted,
//! in which sectors, and what sources say of them.

use ketnoi_domain::{PartialDate, PartnershipStatus, Precision};

use super::{
    charted::sector,
    cited::stated,
    places::became,
    said::{details, said},
};
use crate::{
    PartnershipFacts, ReportError,
    model::{Author, Block, Cell, Column, Rich, Row, Style, Table, Value, build::note},
};

/// A table of partnerships; where no source names sectors, a sentence instead of a column.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(facts) = author.snapshot.bilateral.as_ref().filter(|f| !f.partnerships.is_empty()) else {
        return Ok(Vec::new());
    };
    let [one, other] = &facts.countries;
    let mut columns = vec![
        Column::names(author.say("column-partnership")),
        Column::text(author.country(one).plain()),
        Column::text(author.country(other).plain()),
        Column::text(author.say("column-period")),
    ];
    let classified = facts.partnerships.iter().any(|p| !p.sectors.is_empty());
    if classified {
        columns.push(Column::text(author.say("column-sectors")));
    }
    let mut rows = Vec::new();
    for p in &facts.partnerships {
        let mut row = row(author, &facts.countries, p)?;
        row.cells.truncate(columns.len());
        rows.push(row);
        let lines = said(author, &p.said)?.into_iter().chain(stated(author, &p.stated)?);
        rows.extend(details(columns.len(), lines));
    }
    let mut blocks = vec![Block::Table(Table { caption: String::new(), columns, rows })];
    if !classified {
        blocks.push(note(author.say("partnerships-without-sectors")));
    }
    Ok(blocks)
}

fn row(author: &Author<'_>, countries: &[String; 2], p: &PartnershipFacts) -> Result<Row, ReportError> {
    let numbers = author.sources(&p.sources, &author.plain(&p.title))?;
    let title = Rich::joined([author.text_or_unknown(&p.title), numbers], " ");
    let kind = Rich::styled(author.coded("partnership", p.kind), Style::Faint);
    let description = author.text(&p.description).restyled(Style::Faint);
    let others = p.parties.iter().filter(|a| !countries.contains(&a.country));
    let others = others.map(|a| author.text_or_unknown(&a.name).then(", ").then(author.country(&a.country)));
    let others = Rich::joined(others, &author.say("semicolon"));
    let others = if others.is_empty() { others } else { Rich::from(format!("{} ", author.say("partnership-also"))).then(others) };
    let sectors = Rich::joined(p.sectors.iter().map(|s| sector(author, s)), "\n");
    let sectors = if sectors.is_empty() { Cell::of(author.unknown(), Value::Unknown) } else { Cell::text(sectors) };
    Ok(Row::plain(vec![
        Cell::text(Rich::joined([title, kind, description, others], "\n")),
        parties(author, &countries[0], p),
        parties(author, &countries[1], p),
        Cell::of(Rich::joined([period(author, p), status(author, p)], "\n"), Value::Period(p.period)),
        sectors,
    ]))
}

/// The parties of a country, each with its level and what became of it.
fn parties(author: &Author<'_>, country: &str, p: &PartnershipFacts) -> Cell {
    let own = p.parties.iter().filter(|a| a.country == country).map(|a| {
        let level = Rich::styled(author.coded("authority", a.level), Style::Faint);
        let later = author.snapshot.places.iter().find(|q| q.code == a.code).map(|q| became(author, q));
        Rich::joined([author.text_or_unknown(&a.name), level, later.unwrap_or_default()], "\n")
    });
    Cell::text(Rich::joined(own, "\n"))
}

/// From when to when, and how long that is.
fn period(author: &Author<'_>, p: &PartnershipFacts) -> Rich {
    let known = author.period(p.period).map_or_else(|| author.unknown(), Rich::from);
    let long = duration(author, p).map(|said| Rich::styled(said, Style::Faint)).unwrap_or_default();
    Rich::joined([known, long], "\n")
}

/// How many years it lasted, or has lasted by the day of the snapshot where it is known to live. Nothing where nobody can say.
fn duration(author: &Author<'_>, p: &PartnershipFacts) -> Option<String> {
    let from = p.period.from?;
    let today: Option<PartialDate> = author.snapshot.taken.get(..10).and_then(|day| day.parse().ok());
    let lives = p.status == Some(PartnershipStatus::Active) && as_of(p).is_none();
    let (to, key) = match p.period.to {
        Some(to) => (to, "partnership-lasted"),
        None => (today.filter(|_| lives)?, "partnership-lasts"),
    };
    // Years alone leave open what part of the first and of the last one counts.
    let years = if from.precision() == Precision::Year || to.precision() == Precision::Year {
        u32::try_from(to.year() - from.year()).ok()?
    } else {
        to.to().years_since(from.from())?
    };
    (years > 0).then(|| author.count(key, usize::try_from(years).unwrap_or(usize::MAX)))
}

/// Whether it lives, and on which day that was so if a source says.
fn status(author: &Author<'_>, p: &PartnershipFacts) -> Rich {
    let said = p.status.map_or_else(|| author.say("partnership-status-unknown"), |s| author.coded("partnership-status", s));
    let dated = as_of(p).map(|on| author.say_with("partnership-status-as-of", &[("status", &said), ("date", &author.date(on))]));
    Rich::styled(dated.unwrap_or(said), Style::Faint)
}

/// The day of which the source that the registry follows says whether it lives.
fn as_of(p: &PartnershipFacts) -> Option<PartialDate> {
    p.said.iter().find(|s| s.current && s.property.as_deref() == Some("status")).and_then(|s| s.stated)
}
