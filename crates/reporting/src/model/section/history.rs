//! The whole history of an organisation with the association: a picture on a scale of years, then every moment by its date.

use ketnoi_domain::{Coded as _, MomentKind, PartialDate, Period, Text};

use super::spans;
use crate::{
    PartnerFacts, PartnerMomentFacts,
    model::{Author, Block, Cell, Column, Rich, Row, Stretch, Style, Table, Value, build::note},
};

/// A time line of what has a date, a table of all moments, and how many programmes have no known date.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let Some(partner) = author.snapshot.partner.as_ref().filter(|p| !p.history.is_empty()) else { return Vec::new() };
    let picture = spans::picture(author, author.say("chart-history"), stretches(author, partner));
    let mut blocks: Vec<Block> = picture.map(Block::Figure).into_iter().collect();
    let (rows, undated) = rows(author, partner);
    if !rows.is_empty() {
        let columns = vec![Column::text(author.say("column-date")), Column::names(author.say("column-moment"))];
        blocks.push(Block::Table(Table { caption: String::new(), columns, rows }));
    }
    if undated > 0 {
        blocks.push(note(author.count("history-undated", undated)));
    }
    blocks
}

/// What the picture shows: the partnership, the networks that it belongs to, programmes, agreements, successions. When the
/// organisation was founded or took a name may lie a century earlier and would press all else together: the table has it.
fn stretches(author: &Author<'_>, partner: &PartnerFacts) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for m in &partner.history {
        let Some(on) = m.on else { continue };
        match m.kind {
            MomentKind::PartnershipBegan => {
                all.extend(spans::stretch(author, said(author, partner, m), Period { from: Some(on), to: None }));
            }
            MomentKind::Succeeded => {
                let label = Rich::joined([short(author, partner, &m.body), short(author, partner, &m.what)], " → ");
                all.push(spans::moment(author, label, on));
            }
            MomentKind::AgreementSigned => all.push(spans::moment(author, said(author, partner, m), on)),
            _ => {}
        }
    }
    let networks = partner.memberships.iter().filter(|m| !m.of_other);
    all.extend(networks.filter_map(|m| spans::stretch(author, author.text_or_unknown(&m.other), m.period)));
    // An organisation that takes several parts in a programme is in it once.
    let mut told: Vec<&str> = Vec::new();
    for part in &partner.parts {
        if !told.contains(&part.code.as_str()) {
            told.push(&part.code);
            all.extend(spans::stretch(author, author.text_or_unknown(&part.title), part.period));
        }
    }
    all
}

/// The acronym of one of its bodies, else the name.
fn short(author: &Author<'_>, partner: &PartnerFacts, name: &Text) -> Rich {
    let found = partner.names.iter().find(|n| n.name == *name).and_then(|n| n.short.as_deref());
    found.map_or_else(|| author.text(name), Rich::from)
}

/// The moments, the oldest first, the undated last; a programme in one row from its beginning to its end. How many programmes
/// have no known date is given besides.
fn rows(author: &Author<'_>, partner: &PartnerFacts) -> (Vec<Row>, usize) {
    let history = &partner.history;
    let of = |kind: MomentKind, code: &Option<String>| {
        history.iter().find(|m| m.kind == kind && code.is_some() && m.programme == *code)
    };
    let (mut rows, mut undated) = (Vec::new(), 0);
    for m in history {
        match m.kind {
            MomentKind::ProgrammeEnded if of(MomentKind::ProgrammeBegan, &m.programme).is_some() => {}
            MomentKind::ProgrammeBegan => {
                let to: Option<PartialDate> = of(MomentKind::ProgrammeEnded, &m.programme).and_then(|end| end.on);
                let period = Period { from: m.on, to };
                match author.period(period) {
                    Some(text) => {
                        rows.push(Row::plain(vec![Cell::of(text, Value::Period(period)), Cell::text(author.text(&m.what))]));
                    }
                    None => undated += 1,
                }
            }
            _ => {
                let of_one = matches!(m.kind, MomentKind::Founded | MomentKind::Named | MomentKind::AgreementSigned);
                let body = if of_one { author.text(&m.body).restyled(Style::Faint) } else { Rich::default() };
                let beside = Rich::joined([body, programme(author, partner, m)], " · ");
                rows.push(Row::plain(vec![
                    author.date_cell(m.on),
                    Cell::text(Rich::joined([said(author, partner, m), beside], "\n")),
                ]));
            }
        }
    }
    (rows, undated)
}

/// The programme that a moment belongs to.
fn programme(author: &Author<'_>, partner: &PartnerFacts, m: &PartnerMomentFacts) -> Rich {
    let title = partner.parts.iter().find(|p| m.programme.as_deref() == Some(p.code.as_str())).map(|p| &p.title);
    title.filter(|title| **title != m.what).map(|title| author.text(title).restyled(Style::Faint)).unwrap_or_default()
}

/// What happened, in words.
fn said(author: &Author<'_>, partner: &PartnerFacts, m: &PartnerMomentFacts) -> Rich {
    if let Some(step) =
        partner.successions.iter().find(|s| m.kind == MomentKind::Succeeded && s.before == m.body && s.after == m.what)
    {
        let key = format!("succession-{}", step.how.name());
        return author.say_rich(&key, &[("before", author.text(&step.before)), ("after", author.text(&step.after))]);
    }
    let kind = author.say(&format!("moment-{}", m.kind.name()));
    let what = author.text(&m.what);
    if what.is_empty() { kind.into() } else { Rich::from(author.labelled(&kind, "")).then(what) }
}
