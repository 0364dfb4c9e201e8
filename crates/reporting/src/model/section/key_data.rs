//! Key data: what kind of activity it is, when it runs, how far it is, what it is related to.

use crate::{
    Relationship,
    model::{Author, Block, Fact, Rich, Style},
};

/// Labels with facts. A period or a status that nobody knows is said to be unknown.
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
    fact("fact-status", vec![programme.status.map_or_else(|| author.unknown(), |s| author.coded("status", s).into())]);
    if programme.planned.is_unknown() && programme.actual.is_unknown() {
        fact("fact-period", vec![author.unknown()]);
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
    // What it is a part of stands above already.
    let related = snapshot.related.iter().filter(|r| !matches!(r.relation, Relationship::Parent)).map(|r| {
        let how = match r.relation {
            Relationship::Parent => String::new(),
            Relationship::Part => author.say("relation-part"),
            Relationship::Follows => author.say("relation-follows"),
            Relationship::Recorded(kind) => author.coded("relation", kind),
        };
        let code = Rich::styled(format!(" ({})", r.code), Style::Faint);
        Rich::styled(author.labelled(&how, ""), Style::Faint).then(author.text(&r.title)).then(code)
    });
    fact("fact-related", related.collect());
    vec![Block::Facts(facts)]
}
