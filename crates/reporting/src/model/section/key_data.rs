//! Key data: what kind of activity it is, when it runs, how far it is, what it is related to.

use crate::{
    Relationship, SubjectKind,
    model::{Author, Block, Fact, Rich, Style},
};

/// Labels with facts. A period that nobody knows is said to be unknown; so is a status. What the first page of a report on the
/// programme itself says in its tiles is not said again.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let snapshot = author.snapshot;
    let Some(programme) = &snapshot.programme else { return Vec::new() };
    let mut facts = Vec::new();
    let mut fact = |label: &str, values: Vec<Rich>| {
        let values: Vec<Rich> = values.into_iter().filter(|v| !v.is_empty()).collect();
        if !values.is_empty() {
            facts.push(Fact { label: author.say(label), values });
        }
    };
    let period = |p| author.period(p).map_or_else(|| author.unknown(), Rich::from);
    fact("fact-part-of", vec![author.text(&programme.parent_title)]);
    let in_tiles = snapshot.subject.kind == SubjectKind::Programme;
    if !in_tiles {
        fact("fact-status", vec![programme.status.map_or_else(|| author.unknown(), |s| author.coded("status", s).into())]);
    }
    if programme.planned.is_unknown() && programme.actual.is_unknown() {
        if !in_tiles {
            fact("fact-period", vec![author.unknown()]);
        }
    } else {
        fact("fact-planned", vec![period(programme.planned)]);
        fact("fact-actual", vec![period(programme.actual)]);
    }
    let countries = snapshot.countries.iter().map(|c| {
        let share = c.percentage.map(|p| format!("\u{A0}({})", author.share(p))).unwrap_or_default();
        author.country(&c.code).then(share)
    });
    fact("fact-countries", vec![Rich::joined(countries, ", ")]);
    fact("fact-reporting", vec![author.text(&programme.reporting_organisation)]);
    fact("fact-identifier", vec![programme.iati_identifier.as_deref().map(Rich::from).unwrap_or_default()]);
    // What it is a part of stands above already. Those that are related in one way share a line.
    let mut related: Vec<(String, Vec<Rich>)> = Vec::new();
    for r in snapshot.related.iter().filter(|r| !matches!(r.relation, Relationship::Parent)) {
        let how = match r.relation {
            Relationship::Parent => String::new(),
            Relationship::Part => author.say("relation-part"),
            Relationship::Follows => author.say("relation-follows"),
            Relationship::Recorded(kind) => author.coded("relation", kind),
        };
        match related.last_mut().filter(|(said, _)| *said == how) {
            Some((_, titles)) => titles.push(author.text(&r.title)),
            None => related.push((how, vec![author.text(&r.title)])),
        }
    }
    let related = related.into_iter().map(|(how, titles)| {
        Rich::styled(author.labelled(&how, ""), Style::Faint).then(Rich::joined(titles, &author.say("semicolon")))
    });
    fact("fact-related", related.collect());
    if facts.is_empty() { Vec::new() } else { vec![Block::Facts(facts)] }
}
