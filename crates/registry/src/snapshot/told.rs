//! What reports on two countries and on a year tell alike: news, what partnerships signed, what sources say of both; and the
//! documents in the order in which a report first names them.

use std::collections::{BTreeSet, HashMap, HashSet};

use ketnoi_domain::{
    CooperationAgreement, Document, Id, NewsItem, Organisation, PartialDate, Period, Record, StatedFigure, Statement, Text,
};
use ketnoi_reporting::{CooperationAgreementFacts, DatedNewsFacts, DocumentFacts, EventFacts, StatedFigureFacts, StatementFacts};
use uuid::Uuid;

use super::{
    order::pieces,
    records::Records,
    sources::{behind, document, statement},
};
use crate::{Error, Session};

/// What a report tells of besides what is done together with others.
#[derive(Default)]
pub(super) struct Besides {
    /// The records that sources may speak of.
    pub(super) subjects: Vec<Uuid>,
    /// The organisations that are named.
    pub(super) organisations: BTreeSet<Id<Organisation>>,
    /// The documents that are named.
    pub(super) documents: BTreeSet<Id<Document>>,
}

impl Records {
    /// Reads the names and the sources of what is told besides.
    pub(super) async fn add(&mut self, session: &Session, besides: Besides) -> Result<(), Error> {
        let Besides { mut subjects, organisations, documents } = besides;
        // What is done together with others has been asked for already: twice told, its figures would stand there twice.
        let asked: HashSet<Uuid> = self.cooperation.subjects().into_iter().map(|(id, _)| id).collect();
        subjects.retain(|id| !asked.contains(id));
        let unknown = organisations.into_iter().filter(|id| !self.organisations.contains_key(id));
        let unknown: Vec<Id<Organisation>> = unknown.collect();
        self.organisations.extend(session.found(unknown.into_iter()).await?);
        self.statements.extend(session.all_children::<Statement>(("subject_id", &subjects)).await?);
        self.figures.extend(session.all_children::<StatedFigure>(("subject_id", &subjects)).await?);
        let cited = self.statements.iter().map(|s| s.document).chain(self.figures.iter().map(|f| f.document));
        let cited: BTreeSet<Id<Document>> = cited.chain(documents).collect();
        let unread = cited.into_iter().filter(|id| !self.documents.contains_key(id));
        let unread: Vec<Id<Document>> = unread.collect();
        self.documents.extend(session.found(unread.into_iter()).await?);
        Ok(())
    }
}

/// What sources say of the properties of a record, those that the registry follows first.
pub(super) fn said_of(records: &Records, subject: Uuid, called: &Text) -> Vec<StatementFacts> {
    let of_it = |s: &&Statement| s.subject.id == subject && s.property.is_some();
    let mut own: Vec<&Statement> = records.statements.iter().filter(of_it).collect();
    own.sort_by_cached_key(|s| (s.property.clone(), !s.current, pieces(s.head.code.as_str())));
    own.into_iter().filter_map(|s| statement(records, s, called.clone())).collect()
}

/// News, with the name of the city and of what they are about.
pub(super) fn news(records: &Records, n: &NewsItem, place: Text, about: Text) -> DatedNewsFacts {
    let id = n.head.id.uuid();
    DatedNewsFacts {
        code: n.head.code.to_string(),
        title: n.title.clone(),
        summary: n.summary.clone(),
        published: n.published,
        publisher: n.publisher.map(|id| records.name_on(id, n.published.map(PartialDate::from))).unwrap_or_default(),
        place,
        about,
        said: said_of(records, id, &n.title),
        sources: behind(records, &[id], n.document),
    }
}

/// The order of news: the oldest first, the undated last.
pub(super) fn by_date(news: &mut [&NewsItem]) {
    news.sort_by_cached_key(|n| (n.published.is_none(), n.published, pieces(n.head.code.as_str())));
}

/// What the parties of a partnership signed.
pub(super) fn agreement(records: &Records, a: &CooperationAgreement, partnership: Text) -> CooperationAgreementFacts {
    let id = a.head.id.uuid();
    CooperationAgreementFacts {
        code: a.head.code.to_string(),
        title: a.title.clone(),
        partnership,
        reference: a.reference.clone(),
        signed: a.signed,
        reported: a.reported,
        period: a.period,
        said: said_of(records, id, &a.title),
        sources: behind(records, &[id], a.document),
    }
}

/// Leaves out what was made up to show the software where there is anything real to tell; says how much that was. The real
/// and the made-up never stand in one report: a total of both would be true of neither.
pub(super) fn keep_real<T: Record>(all: &mut Vec<T>, real: bool) -> usize {
    let before = all.len();
    all.retain(|r| r.head().illustrative != real);
    if real { before - all.len() } else { 0 }
}

/// Whether anything in it is real.
pub(super) fn any_real<T: Record>(all: &[T]) -> bool {
    all.iter().any(|r| !r.head().illustrative)
}

/// Whether a period touches a year for certain; what has only one known end is taken for that day.
pub(super) fn touches(period: Period, year: i32) -> bool {
    let (from, to) = (period.from.or(period.to), period.to.or(period.from));
    from.zip(to).is_some_and(|(from, to)| (from.year()..=to.year()).contains(&year))
}

/// The keys of the documents that events name, in the order in which they are printed.
pub(super) fn keys_of_events(events: &[EventFacts]) -> impl Iterator<Item = &str> {
    events.iter().flat_map(|e| {
        let delegations = e.delegations.iter().flat_map(|d| d.sources.iter().map(String::as_str));
        strings(&e.sources).chain(keys_of_figures(&e.stated)).chain(delegations)
    })
}

/// The keys of the documents that figures name.
pub(super) fn keys_of_figures(figures: &[StatedFigureFacts]) -> impl Iterator<Item = &str> {
    figures.iter().map(|f| f.source.as_str())
}

/// The keys of the documents that statements name.
pub(super) fn keys_of_statements(statements: &[StatementFacts]) -> impl Iterator<Item = &str> {
    statements.iter().map(|s| s.source.as_str())
}

/// Keys as they are compared.
pub(super) fn strings(keys: &[String]) -> impl Iterator<Item = &str> {
    keys.iter().map(String::as_str)
}

/// The documents of these keys, each once, in their order.
pub(super) fn numbered<'k>(records: &Records, keys: impl IntoIterator<Item = &'k str>) -> Vec<DocumentFacts> {
    let known: HashMap<&str, &Document> = records.documents.values().map(|d| (d.head.code.as_str(), d)).collect();
    let mut seen = HashSet::new();
    let first = keys.into_iter().filter(|key| seen.insert(*key));
    first.filter_map(|key| known.get(key).copied()).map(document).collect()
}

/// Leaves out the sessions and the people of events: these reports do not print them.
pub(super) fn in_brief(events: Vec<EventFacts>) -> Vec<EventFacts> {
    let brief = |e: EventFacts| EventFacts { sessions: Vec::new(), people: Vec::new(), ..e };
    events.into_iter().map(brief).collect()
}
