//! A calendar year of the association's cooperation: what ran, what was held, voted, written, signed, paid and reached.

mod facts;
mod found;
mod money;

use ketnoi_domain::{AdvocacyAction, Text, portfolio::Dimension, query::Filter};
use ketnoi_reporting::{
    DialogueFacts, EventFacts, RecommendationFacts, ReplicationFacts, Snapshot, SubjectFacts, SubjectKind, YearFacts,
};

use super::{
    SnapshotOptions, advocacy, events, places,
    told::{self, keys_of_events, keys_of_figures, keys_of_statements, strings},
};
use crate::{Error, Session};
use found::Found;

/// All that a report on a year may show; the key is `2017`.
pub(super) async fn snapshot(session: &Session, key: &str, options: &SnapshotOptions) -> Result<Snapshot, Error> {
    let unreadable = || Error::NotFound { kind: "year (write four digits)", code: key.to_owned() };
    let digits = key.len() == 4 && key.bytes().all(|b| b.is_ascii_digit());
    let year: i32 = key.parse().ok().filter(|_| digits).ok_or_else(unreadable)?;
    let mut found = Found::read(session, year).await?;
    let mut records = found.read_around(session, options).await?;
    records.add(session, found.besides()).await?;

    let facts = found.facts(&records)?;
    let events = told::in_brief(events::events(&records));
    let dialogues = advocacy::dialogues(&records);
    let replications = replications(events::replications(&records), year);
    let recommendations = recommendations(advocacy::recommendations(&records), year);
    let keys = cited(&facts, &events, &dialogues, &recommendations, &replications);
    let documents = told::numbered(&records, keys);
    let subject = SubjectFacts {
        kind: SubjectKind::Year,
        key: key.to_owned(),
        title: Text::default(),
        short: None,
        illustrative: found.illustrative,
        period: options.period,
    };
    let publisher = super::publisher(records.publisher.as_ref());
    Ok(Snapshot {
        places: places::of_events(&records),
        documents,
        events,
        replications,
        recommendations,
        dialogues,
        year: Some(facts),
        ..Snapshot::of(subject, &options.taken, records.revision, &options.audience, publisher)
    })
}

/// The years in which programmes ran.
pub(super) async fn keys(session: &Session) -> Result<Vec<String>, Error> {
    let portfolio = session.portfolio(&Filter::all(), Dimension::Year).await?;
    Ok(portfolio.groups.into_iter().filter_map(|g| g.key).collect())
}

/// Whether a letter was sent or answered in a year.
fn is_of(a: &AdvocacyAction, year: i32) -> bool {
    [a.date, a.replied].into_iter().flatten().any(|d| d.year() == year)
}

/// The recommendations for which something was done in the year, with what was done in it.
fn recommendations(mut all: Vec<RecommendationFacts>, year: i32) -> Vec<RecommendationFacts> {
    for r in &mut all {
        r.actions.retain(|a| [a.date, a.replied].into_iter().flatten().any(|d| d.year() == year));
    }
    all.retain(|r| !r.actions.is_empty());
    all
}

/// The replications that reached a stage in the year, as they stood at its end.
fn replications(mut all: Vec<ReplicationFacts>, year: i32) -> Vec<ReplicationFacts> {
    all.retain(|r| r.stages.iter().any(|s| s.on.is_some_and(|on| on.year() == year)));
    for r in &mut all {
        // A stage without a date stands between dated ones: it belongs to the time before the next of these.
        let later = r.stages.iter().position(|s| s.on.is_some_and(|on| on.year() > year));
        r.stages.truncate(later.unwrap_or(r.stages.len()));
    }
    all
}

/// The documents' keys in the order in which the report first names them.
fn cited<'f>(
    facts: &'f YearFacts,
    events: &'f [EventFacts],
    dialogues: &'f [DialogueFacts],
    recommendations: &'f [RecommendationFacts],
    replications: &'f [ReplicationFacts],
) -> Vec<&'f str> {
    let mut all: Vec<&str> = Vec::new();
    all.extend(facts.programmes.iter().flat_map(|p| strings(&p.sources)));
    all.extend(keys_of_events(events));
    all.extend(dialogues.iter().flat_map(|d| keys_of_figures(&d.stated).chain(strings(&d.sources))));
    all.extend(recommendations.iter().flat_map(|r| strings(&r.sources)));
    all.extend(recommendations.iter().flat_map(|r| &r.actions).flat_map(|a| strings(&a.sources)));
    all.extend(facts.agreements.iter().flat_map(|a| strings(&a.sources)));
    all.extend(facts.cooperation_agreements.iter().flat_map(|a| strings(&a.sources).chain(keys_of_statements(&a.said))));
    all.extend(facts.practices.iter().flat_map(|p| strings(&p.sources)));
    all.extend(replications.iter().flat_map(|r| strings(&r.sources).chain(keys_of_figures(&r.stated))));
    all.extend(facts.memberships.iter().flat_map(|m| strings(&m.sources)));
    all.extend(facts.news.iter().flat_map(|n| strings(&n.sources).chain(keys_of_statements(&n.said))));
    all
}
