//! The records of the cooperation of two countries, each kind read at once.

use std::collections::BTreeSet;

use ketnoi_domain::{
    Delegation, Document, Event, EventSeries, Id, LocalAuthority, NewsItem, Partnership, PartnershipParty, Statement, Succession,
};
use uuid::Uuid;

use super::super::{
    SnapshotOptions,
    cooperation::{Cooperation, Roots},
    places::surroundings,
    records::{ById, Records, uuids},
    told::{Besides, any_real, keep_real},
};
use crate::{Bilateral, Error, Session};

/// The records of the cooperation, as far as the viewer may see them.
pub(super) struct Found {
    pub(super) bilateral: Bilateral,
    pub(super) parties: Vec<PartnershipParty>,
    /// The parties, what became of them, and what they are parts of.
    pub(super) authorities: ById<LocalAuthority>,
    pub(super) successions: Vec<Succession<Id<LocalAuthority>>>,
    pub(super) news: Vec<NewsItem>,
    events: Vec<Event>,
    pub(super) series: ById<EventSeries>,
    /// Whether all of it was made up.
    pub(super) illustrative: bool,
    pub(super) left_out: usize,
}

impl Found {
    pub(super) async fn read(session: &Session, countries: &[String; 2]) -> Result<Self, Error> {
        let mut bilateral = session.bilateral([&countries[0], &countries[1]]).await?;
        let real = any_real(&bilateral.partnerships);
        let illustrative = !real && !bilateral.partnerships.is_empty();
        let mut left_out = 0;
        if real {
            left_out += keep_real(&mut bilateral.partnerships, real);
            keep_real(&mut bilateral.agreements, real);
            keep_real(&mut bilateral.projects, real);
        }
        let ids = uuids(&bilateral.partnerships);
        let parties: Vec<PartnershipParty> = session.all_children(("partnership_id", &ids)).await?;
        let cities: Vec<Id<LocalAuthority>> = parties.iter().map(|p| p.authority).collect();
        let pages = pages(session, &bilateral).await?;
        let mut news = news(session, &bilateral, &pages).await?;
        if real {
            left_out += keep_real(&mut news, real);
        }
        let cities = cities.into_iter().chain(news.iter().filter_map(|n| n.authority));
        let (authorities, successions) = surroundings(session, cities.collect::<Vec<_>>()).await?;
        let about = news.iter().filter_map(|n| n.event).chain(pages.values().filter_map(|d| d.event));
        let about: Vec<Id<Event>> = about.collect();
        let first: ById<Event> = session.found(about.into_iter()).await?;
        let series: ById<EventSeries> = session.found(first.values().filter_map(|e| e.series)).await?;
        let again: Vec<Uuid> = series.keys().map(|id| id.uuid()).collect();
        let mut events: Vec<Event> = session.all_children(("series_id", &again)).await?;
        let held: BTreeSet<Id<Event>> = events.iter().map(|e| e.head.id).collect();
        events.extend(first.into_values().filter(|e| !held.contains(&e.head.id)));
        if real {
            keep_real(&mut events, real);
        }
        Ok(Self { bilateral, parties, authorities, successions, news, events, series, illustrative, left_out })
    }

    /// The conferences with all that belongs to them.
    pub(super) async fn read_around(&mut self, session: &Session, options: &SnapshotOptions) -> Result<Records, Error> {
        let events = std::mem::take(&mut self.events);
        let delegations: Vec<Delegation> = session.all_children(("event_id", &uuids(&events))).await?;
        let given: BTreeSet<Id<Event>> = events.iter().map(|e| e.head.id).collect();
        let cooperation = Cooperation::of(session, Roots { events, delegations, ..Roots::default() }, given).await?;
        Records::around(session, None, cooperation, options).await
    }

    /// What is told besides the conferences.
    pub(super) fn besides(&self) -> Besides {
        let all = &self.bilateral;
        let mut subjects = uuids(&all.partnerships);
        subjects.extend(uuids(&all.agreements));
        subjects.extend(uuids(&all.projects));
        subjects.extend(uuids(&self.news));
        subjects.extend(self.series.keys().map(|id| id.uuid()));
        let signed = all.agreements.iter().filter_map(|a| a.document);
        Besides {
            subjects,
            organisations: self.news.iter().filter_map(|n| n.publisher).collect(),
            documents: signed.chain(self.news.iter().filter_map(|n| n.document)).collect(),
        }
    }
}

/// The pages from which the registry knows the partnerships, what they signed and their news.
async fn pages(session: &Session, all: &Bilateral) -> Result<ById<Document>, Error> {
    let mut subjects = uuids(&all.partnerships);
    subjects.extend(uuids(&all.agreements));
    let said: Vec<Statement> = session.all_children(("subject_id", &subjects)).await?;
    let real: BTreeSet<Id<Partnership>> = all.partnerships.iter().map(|p| p.head.id).collect();
    let own = all.news.iter().filter(|n| n.partnership.is_some_and(|p| real.contains(&p)));
    let named = all.agreements.iter().filter_map(|a| a.document).chain(own.filter_map(|n| n.document));
    let named: Vec<Id<Document>> = said.iter().map(|s| s.document).chain(named).collect();
    session.found(named.into_iter()).await
}

/// The news of the partnerships, and those on the same pages that are of no other partnership.
async fn news(session: &Session, all: &Bilateral, pages: &ById<Document>) -> Result<Vec<NewsItem>, Error> {
    let ids: Vec<Uuid> = pages.keys().map(|id| id.uuid()).collect();
    let mut news: Vec<NewsItem> = session.all_children(("document_id", &ids)).await?;
    let own: BTreeSet<Id<Partnership>> = all.partnerships.iter().map(|p| p.head.id).collect();
    news.retain(|n| n.partnership.is_none());
    news.extend(all.news.iter().filter(|n| n.partnership.is_some_and(|p| own.contains(&p))).cloned());
    Ok(news)
}
