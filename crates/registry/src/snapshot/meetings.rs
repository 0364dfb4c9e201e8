//! The events that an organisation held, with others or alone, and those that its people came to.

use std::collections::{BTreeSet, HashMap};

use ketnoi_domain::{Delegation, Event, Id, LocalAuthority, Organisation, PartialDate, Programme, query::Filter};
use ketnoi_reporting::{PartnerEventFacts, PartnerEventPart};
use uuid::Uuid;

use super::{
    family::Family,
    order::pieces,
    programmes::Programmes,
    records::{ById, uuids},
    sayings::Sayings,
};
use crate::{Error, Session};

/// Events in the order of their dates, the undated last.
pub(super) struct Meetings {
    /// Each with what the organisation did there.
    pub(super) events: Vec<(PartnerEventPart, Event)>,
    cities: ById<LocalAuthority>,
    /// The programmes that they belong to.
    programmes: ById<Programme>,
}

impl Meetings {
    /// Reads what any body of the family held or came to; `pointing` filters by what points at bodies.
    pub(super) async fn read(
        session: &Session,
        me: &Organisation,
        family: &Family,
        programmes: &Programmes,
        pointing: fn(&'static str, &[Organisation]) -> Filter,
    ) -> Result<Self, Error> {
        let own: Vec<Uuid> = family.ids.iter().map(|id| id.uuid()).collect();
        let linked = Filter::Or(vec![pointing("organiser", &family.bodies), pointing("participant", &family.bodies)]);
        let linked: Vec<Event> = session.all(&linked).await?;
        // Who held an event with others stands in no column of its own: the events of the programmes are looked through.
        let of_programmes: Vec<Event> = session.all_children(("programme_id", uuids(&programmes.all).as_slice())).await?;
        let sent: Vec<Delegation> = session.all_children(("organiser_id", own.as_slice())).await?;
        let sent: BTreeSet<Id<Event>> = sent.into_iter().map(|d| d.event).collect();
        let visited: ById<Event> = session.found(sent.iter().copied()).await?;
        let came: BTreeSet<Id<Event>> = linked.iter().map(|e| e.head.id).collect();
        let part = |e: &Event| {
            if e.organiser.is_some_and(|o| family.ids.contains(&o)) {
                Some(PartnerEventPart::Held)
            } else if e.co_organisers.iter().any(|o| family.ids.contains(o)) {
                Some(PartnerEventPart::HeldWith)
            } else if sent.contains(&e.head.id) {
                Some(PartnerEventPart::Sent)
            } else {
                came.contains(&e.head.id).then_some(PartnerEventPart::Came)
            }
        };
        let all = linked.into_iter().chain(of_programmes).chain(visited.into_values());
        let all: HashMap<Id<Event>, Event> = all.map(|e| (e.head.id, e)).collect();
        let real = all.into_values().filter(|e| me.head.illustrative || !e.head.illustrative);
        let mut events: Vec<(PartnerEventPart, Event)> = real.filter_map(|e| Some((part(&e)?, e))).collect();
        events.sort_by_cached_key(|(_, e)| (e.period.from.is_none(), e.period.from, pieces(e.head.code.as_str())));
        let cities: Vec<Id<LocalAuthority>> = events.iter().filter_map(|(_, e)| e.authority).collect();
        let held_by: Vec<Id<Programme>> = events.iter().filter_map(|(_, e)| e.programme).collect();
        Ok(Self {
            cities: session.found(cities.into_iter()).await?,
            programmes: session.found(held_by.into_iter()).await?,
            events,
        })
    }

    /// What a report tells of them.
    pub(super) fn facts(&self, told: &Sayings) -> Vec<PartnerEventFacts> {
        let facts = self.events.iter().map(|(part, e)| {
            let city = e.authority.and_then(|id| self.cities.get(&id));
            let day = e.period.from.map(PartialDate::from);
            let name = city.and_then(|c| day.map_or_else(|| c.names.current(), |day| c.names.on(day)));
            PartnerEventFacts {
                code: e.head.code.to_string(),
                kind: e.kind,
                title: e.title.clone(),
                part: *part,
                period: e.period,
                place: name.map(|n| n.text.clone()).unwrap_or_default(),
                country: e.country.clone(),
                programme: e.programme.and_then(|id| self.programmes.get(&id)).map(|p| p.title.clone()).unwrap_or_default(),
                sources: told.behind(e.head.id.uuid()),
            }
        });
        facts.collect()
    }
}
