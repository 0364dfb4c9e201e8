//! Who an organisation is: what sort of body, where, since when, and the names that it has had.

use ketnoi_domain::{Coded as _, SuccessionKind};

use crate::{
    PartnerFacts, PartnerNameFacts, PartnerSuccessionFacts, ReportError,
    model::{
        Author, Block, Cell, Column, Fact, Rich, Row, Style, Table, Target, Value,
        build::{body, note},
    },
};

/// What there is to say of it, its names, and what is told of it in words.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(partner) = &author.snapshot.partner else { return Ok(Vec::new()) };
    let mut blocks = vec![Block::Facts(facts(author, partner)?)];
    let profile = author.text(&partner.profile);
    if !profile.is_empty() {
        blocks.push(body(profile));
    }
    if partner.names.len() > 1 {
        blocks.push(Block::Table(names(author, &partner.names)));
    }
    if partner.made_up > 0 {
        blocks.push(note(author.count("made-up-left-out", partner.made_up)));
    }
    Ok(blocks)
}

/// Labels with facts. Of a partner it is said where nobody knows when it was founded, since when it has been one, or its web
/// site. A body that only took another name was not founded then: how it followed tells it.
fn facts(author: &Author<'_>, p: &PartnerFacts) -> Result<Vec<Fact>, ReportError> {
    let mut facts = Vec::new();
    let mut fact = |label: &str, values: Vec<Rich>| {
        let values: Vec<Rich> = values.into_iter().filter(|v| !v.is_empty()).collect();
        if !values.is_empty() {
            facts.push(Fact { label: author.say(label), values });
        }
    };
    let date = |date: Option<_>| date.map_or_else(|| author.unknown(), |d| author.date(d).into());
    fact("fact-organisation-kind", vec![p.kind.map_or_else(|| author.unknown(), |k| author.coded("organisation", k).into())]);
    fact("column-country", vec![p.country.as_deref().map(|c| author.country(c)).unwrap_or_default()]);
    fact("fact-seat", vec![author.text(&p.seat)]);
    fact("fact-part-of", vec![author.text(&p.parent)]);
    let unknown = || if p.partner { author.unknown() } else { Rich::default() };
    let renamed = |s: &PartnerSuccessionFacts| s.how == SuccessionKind::Renamed && s.on.is_some() && s.on == p.existence.from;
    if !p.successions.iter().any(renamed) {
        fact("fact-founded", vec![p.existence.from.map_or_else(unknown, |d| author.date(d).into())]);
    }
    if p.existence.to.is_some() {
        fact("fact-ended", vec![date(p.existence.to)]);
    }
    if p.partner {
        fact("fact-partner-since", vec![date(p.since)]);
    }
    let website = p.website.as_deref().map(|u| Rich::link(u, Target::Url(u.to_owned())));
    fact("fact-website", vec![website.unwrap_or_else(unknown)]);
    fact("fact-organisation-identifier", vec![p.iati_identifier.as_deref().map(Rich::from).unwrap_or_default()]);
    fact("fact-successions", p.successions.iter().map(|s| succession(author, s)).collect());
    fact("fact-sources", vec![author.sources(&p.sources, &author.say("section-partner"))?]);
    Ok(facts)
}

/// How one body followed another, in a sentence.
fn succession(author: &Author<'_>, s: &PartnerSuccessionFacts) -> Rich {
    let names = [("before", author.text(&s.before)), ("after", author.text(&s.after))];
    let said = author.say_rich(&format!("succession-{}", s.how.name()), &names);
    let on = s.on.map(|d| Rich::styled(format!(" ({})", author.date(d)), Style::Faint)).unwrap_or_default();
    said.then(on)
}

/// A table of names, the oldest body first.
fn names(author: &Author<'_>, names: &[PartnerNameFacts]) -> Table {
    let columns = vec![
        Column::names(author.say("column-name")),
        Column::text(author.say("column-acronym")),
        Column::text(author.say("column-used")),
    ];
    let rows = names.iter().map(|n| {
        let used = author.period(n.period).map_or_else(|| author.unknown(), Rich::from);
        Row::plain(vec![
            Cell::text(author.text_or_unknown(&n.name)),
            Cell::text(n.short.as_deref().unwrap_or_default()),
            Cell::of(used, Value::Period(n.period)),
        ])
    });
    let mut table = Table { caption: author.say("names-caption"), columns, rows: rows.collect() };
    table.drop_empty_columns();
    table
}
