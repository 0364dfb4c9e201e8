//! Two countries: the partnerships between their local authorities, what these signed, their projects, and dated news.
//!
//! News of the cooperation are those of its partnerships, and those that stand on the pages from which the registry knows the
//! partnerships. The conferences are those that these news and pages are about. Nothing else ties either to two countries.

mod facts;
mod found;

use ketnoi_domain::{Organisation, Text, query::Filter};
use ketnoi_reporting::{
    BilateralFacts, ClassifiedFacts, EventFacts, Snapshot, StatedFigureFacts, StatementFacts, SubjectFacts, SubjectKind,
};

use super::{
    SnapshotOptions, events,
    told::{self, keys_of_events, keys_of_figures, keys_of_statements, strings},
};
use crate::{Error, PartnershipsBy, Session, codelists};
use found::Found;

/// All that a report on two countries may show; the key is `VN-FR`. Either order gives the same report: the association's own
/// country comes first, else the one whose code does.
pub(super) async fn snapshot(session: &Session, key: &str, options: &SnapshotOptions) -> Result<Snapshot, Error> {
    let unreadable =
        || Error::NotFound { kind: "pair of countries (write two codes of ISO 3166-1, such as VN-FR)", code: key.to_owned() };
    let pair = codes(key).ok_or_else(unreadable)?;
    let countries = in_order(pair, home(session, &options.publisher).await?.as_deref());
    let mut found = Found::read(session, &countries).await?;
    let mut records = found.read_around(session, options).await?;
    records.add(session, found.besides()).await?;

    let facts = found.facts(&records, &countries);
    let events = told::in_brief(events::events(&records));
    let stated_figures = found.stated_figures(&records, &facts);
    let statements = found.statements(&records, &facts);
    let documents = told::numbered(&records, cited(&facts, &stated_figures, &events, &statements));
    let subject = SubjectFacts {
        kind: SubjectKind::Countries,
        key: countries.join("-"),
        title: Text::default(),
        short: None,
        illustrative: found.illustrative,
        period: options.period,
    };
    let publisher = super::publisher(records.publisher.as_ref());
    Ok(Snapshot {
        places: found.places(),
        countries: named(&facts),
        stated_figures,
        documents,
        statements,
        events,
        bilateral: Some(facts),
        ..Snapshot::of(subject, &options.taken, records.revision, &options.audience, publisher)
    })
}

/// The pairs of countries between which there are partnerships, as reports name them.
pub(super) async fn keys(session: &Session) -> Result<Vec<String>, Error> {
    let home = home(session, SnapshotOptions::PUBLISHER).await?;
    let groups = session.partnerships(&Filter::all(), PartnershipsBy::CountryPair).await?;
    let pairs = groups.into_iter().filter_map(|g| codes(&g.key?));
    Ok(pairs.map(|pair| in_order(pair, home.as_deref()).join("-")).collect())
}

/// The two codes of a key.
fn codes(key: &str) -> Option<[String; 2]> {
    let (one, other) = key.split_once('-')?;
    let code = |s: &str| (s.len() == 2 && s.bytes().all(|b| b.is_ascii_alphabetic())).then(|| s.to_ascii_uppercase());
    let pair = [code(one)?, code(other)?];
    (pair[0] != pair[1]).then_some(pair)
}

/// The country of whoever publishes, as far as it is known.
async fn home(session: &Session, publisher: &str) -> Result<Option<String>, Error> {
    let organisation: Option<Organisation> = session.by_code(publisher).await?;
    Ok(organisation.and_then(|o| o.country))
}

fn in_order(mut pair: [String; 2], home: Option<&str>) -> [String; 2] {
    pair.sort();
    if home == Some(pair[1].as_str()) {
        pair.swap(0, 1);
    }
    pair
}

/// The documents' keys in the order in which the report first names them.
fn cited<'f>(
    facts: &'f BilateralFacts,
    figures: &'f [StatedFigureFacts],
    events: &'f [EventFacts],
    statements: &'f [StatementFacts],
) -> Vec<&'f str> {
    let mut all: Vec<&str> = Vec::new();
    for s in &facts.series {
        all.extend(strings(&s.sources));
    }
    all.extend(keys_of_figures(figures));
    for p in &facts.partnerships {
        all.extend(strings(&p.sources).chain(keys_of_statements(&p.said)).chain(keys_of_figures(&p.stated)));
    }
    for p in &facts.partnerships {
        all.extend(p.agreements.iter().flat_map(|a| strings(&a.sources).chain(keys_of_statements(&a.said))));
        all.extend(p.projects.iter().flat_map(|q| strings(&q.sources)));
    }
    all.extend(keys_of_events(events));
    all.extend(facts.news.iter().flat_map(|n| strings(&n.sources).chain(keys_of_statements(&n.said))));
    all.extend(keys_of_statements(statements));
    all
}

/// The countries that are named, with the registry's names for them.
fn named(facts: &BilateralFacts) -> Vec<ClassifiedFacts> {
    let parties = facts.partnerships.iter().flat_map(|p| &p.parties).map(|a| a.country.as_str());
    let mut codes: Vec<&str> = Vec::new();
    for code in facts.countries.iter().map(String::as_str).chain(parties) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let country = |code: &str| ClassifiedFacts {
        code: code.to_owned(),
        name: codelists::country(code),
        percentage: None,
        significance: None,
    };
    codes.into_iter().map(country).collect()
}
