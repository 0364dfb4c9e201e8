//! What sources say: statements, stated figures, and the documents in the order of their first use.

use std::collections::{HashMap, HashSet};

use ketnoi_domain::{Decimal, Document, Id, Kind, StatedFigure, Statement, Text};
use ketnoi_reporting::{DocumentFacts, StatedFigureFacts, StatementFacts};
use uuid::Uuid;

use super::{facts::in_order, order::pieces, programmes::called, records::Records};

/// What a snapshot says of its sources.
pub(super) struct Said {
    pub(super) statements: Vec<StatementFacts>,
    pub(super) figures: Vec<StatedFigureFacts>,
    pub(super) documents: Vec<DocumentFacts>,
}

/// Everything that sources say of the programme and its parts. What comes from a document that the viewer may not see is
/// left out with it. What is done together with others names its sources and figures itself: only statements on its
/// properties are given here besides, because sources may disagree on them.
pub(super) fn said(records: &Records) -> Said {
    let subjects = subjects(records);
    let place = |id: Uuid| subjects.get(&id).map(|(n, _)| *n);
    let seen = |id: Id<Document>| records.documents.contains_key(&id);
    let mut statements: Vec<&Statement> = records.statements.iter().filter(|s| seen(s.document)).collect();
    // The sources of the whole come before what they say of a property.
    statements.sort_by_key(|s| {
        (place(s.subject.id), s.property.is_some(), s.property.clone(), !s.current, pieces(s.head.code.as_str()))
    });
    let mut figures: Vec<&StatedFigure> = records.figures.iter().filter(|f| seen(f.document)).collect();
    figures.sort_by_key(|f| (place(f.subject.id), &f.measure, f.as_of, &f.head.code));
    let cited = statements.iter().map(|s| s.document).chain(figures.iter().map(|f| f.document));
    let mut transactions: Vec<_> = records.transactions.iter().collect();
    transactions.sort_by_key(|t| (t.date, pieces(t.head.code.as_str())));
    let cited = cited.chain(transactions.iter().filter_map(|t| t.document)).chain(records.cooperation.studies());
    let cited = cited.filter_map(|id| records.documents.get(&id));
    let mut numbered = HashSet::new();
    let documents = cited.chain(&records.attached).filter(|d| numbered.insert(d.head.id)).map(document).collect();
    let subject = |id: Uuid| subjects.get(&id).map(|(_, name)| name.clone()).unwrap_or_default();
    let together: HashSet<Uuid> = records.cooperation.subjects().into_iter().map(|(id, _)| id).collect();
    statements.retain(|s| s.property.is_some() || !together.contains(&s.subject.id));
    figures.retain(|f| !together.contains(&f.subject.id));
    Said {
        statements: statements.into_iter().filter_map(|s| statement(records, s, subject(s.subject.id))).collect(),
        figures: figures.into_iter().filter_map(|f| figure(records, f)).collect(),
        documents,
    }
}

/// The keys of the documents behind these records: the study that one comes from, and those that say something of them.
pub(super) fn behind(records: &Records, subjects: &[Uuid], study: Option<Id<Document>>) -> Vec<String> {
    let saying = records.statements.iter().filter(|s| subjects.contains(&s.subject.id)).map(|s| s.document);
    let mut keys = Vec::new();
    for key in study.into_iter().chain(saying).filter_map(|id| key(records, id)) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// The figures that sources state of a record.
pub(super) fn stated_of(records: &Records, subject: Uuid) -> Vec<StatedFigureFacts> {
    let mut figures: Vec<&StatedFigure> = records.figures.iter().filter(|f| f.subject.id == subject).collect();
    figures.sort_by_key(|f| (&f.measure, f.as_of, &f.head.code));
    figures.into_iter().filter_map(|f| figure(records, f)).collect()
}

/// The parts that sources speak of: their order, and what they are called. The programme itself needs no name.
fn subjects(records: &Records) -> HashMap<Uuid, (usize, Text)> {
    let mut all: Vec<(Uuid, Text)> = records.programme.iter().map(|p| (p.head.id.uuid(), Text::default())).collect();
    let mut participations: Vec<_> = records.participations.iter().collect();
    participations.sort_by_key(|p| (p.role, p.period.from, &p.head.code));
    all.extend(participations.into_iter().map(|p| (p.head.id.uuid(), records.name(p.organisation))));
    all.extend(in_order(records).into_iter().map(|a| (a.head.id.uuid(), called(a))));
    all.extend(records.funds.iter().map(|f| (f.head.id.uuid(), f.name.clone())));
    all.extend(records.cooperation.subjects());
    all.into_iter().enumerate().map(|(n, (id, name))| (id, (n, name))).collect()
}

fn key(records: &Records, document: Id<Document>) -> Option<String> {
    records.documents.get(&document).map(|d| d.head.code.to_string())
}

pub(super) fn statement(records: &Records, s: &Statement, subject: Text) -> Option<StatementFacts> {
    Some(StatementFacts {
        subject,
        property: s.property.clone(),
        value: s.value.clone(),
        raw: s.raw.clone(),
        current: s.current,
        source: key(records, s.document)?,
        locator: s.locator.clone(),
        stated: s.stated,
        note: s.note.clone(),
    })
}

pub(super) fn figure(records: &Records, f: &StatedFigure) -> Option<StatedFigureFacts> {
    Some(StatedFigureFacts {
        label: f.label.clone(),
        value: f.value,
        qualifier: f.qualifier,
        as_of: f.as_of,
        source: key(records, f.document)?,
        registered: registered(records, f),
    })
}

/// The same thing counted from the registry. Only what a fund holds is kept one by one; cities and countries of a programme
/// are of too many sorts for a count to mean what a source means.
fn registered(records: &Records, f: &StatedFigure) -> Option<Decimal> {
    let kind = match (f.subject.kind, f.measure.as_str()) {
        (Kind::Fund, "member_cities") => Kind::Membership,
        (Kind::Fund, "communities") => Kind::Community,
        (Kind::Fund, "small_grants") => Kind::SmallGrant,
        (Kind::Fund, "housing_projects") => Kind::HousingProject,
        _ => return None,
    };
    records.counts.get(&(kind, f.subject.id)).map(|n| Decimal::from(*n))
}

pub(super) fn document(d: &Document) -> DocumentFacts {
    DocumentFacts {
        key: d.head.code.to_string(),
        title: d.title.clone(),
        category: Some(d.category),
        publisher: d.publisher.clone(),
        published: d.published,
        modified: d.modified,
        url: d.url.clone(),
        language: d.language,
        note: d.note.clone(),
    }
}
