//! Events with those who came, and replications of good practices.

use ketnoi_domain::{
    Coded, Delegation, Event, Id, PartialDate, ParticipantCategory, ParticipantCount, Record, Replication, Text, attendance,
};
use ketnoi_reporting::{AttendanceFacts, DelegationFacts, EventFacts, EventOutcomeFacts, ReplicationFacts};

use super::{
    records::Records,
    sources::{behind, stated_of},
};

pub(super) fn events(records: &Records) -> Vec<EventFacts> {
    records.cooperation.events.iter().map(|e| event(records, e)).collect()
}

fn event(records: &Records, e: &Event) -> EventFacts {
    let all = &records.cooperation;
    let (id, day) = (e.head.id, e.period.from);
    let visited = !all.is_own(e.programme);
    let own_count = |c: &&ParticipantCount| c.event == id && c.delegation.is_none() && !visited;
    let delegations: Vec<&Delegation> = all.delegations.iter().filter(|d| d.event == id).collect();
    let sent = |by: Option<Id<Delegation>>| by.and_then(|id| delegations.iter().find(|d| d.head.id == id));
    // Of an event that others held only what the programme's own delegation says is the programme's.
    let outcomes = all.outcomes.iter().filter(|o| o.event == id && (!visited || sent(o.delegation).is_some()));
    EventFacts {
        code: e.head.code.to_string(),
        kind: e.kind,
        title: e.title.clone(),
        part: all.part(e.programme),
        visited,
        period: e.period,
        place: e.authority.map(|city| all.city(city, day)).unwrap_or_default(),
        country: e.country.clone(),
        motto: e.motto.clone(),
        venue: e.venue.clone(),
        participants: attendances(records, all.counts.iter().filter(own_count), day),
        outcomes: outcomes
            .map(|o| EventOutcomeFacts {
                kind: o.kind,
                title: o.title.clone(),
                delegation: sent(o.delegation).map(|d| d.title.clone()).unwrap_or_default(),
            })
            .collect(),
        delegations: delegations.iter().map(|d| delegation(records, d, day)).collect(),
        stated: stated_of(records, id.uuid()),
        sources: behind(records, &[id.uuid()], None),
    }
}

fn delegation(records: &Records, d: &Delegation, day: Option<PartialDate>) -> DelegationFacts {
    let members = records.cooperation.counts.iter().filter(|c| c.delegation == Some(d.head.id));
    DelegationFacts {
        title: d.title.clone(),
        organiser: d.organiser.map(|id| records.name_on(id, day.map(PartialDate::from))).unwrap_or_default(),
        country: d.country.clone(),
        members: attendances(records, members, day),
        sources: behind(records, &[d.head.id.uuid()], None),
    }
}

/// Who came, a group for each side. Counts of single sessions are left out: who sat in a session came to the event.
fn attendances<'c>(
    records: &Records,
    counts: impl Iterator<Item = &'c ParticipantCount>,
    day: Option<PartialDate>,
) -> Vec<AttendanceFacts> {
    let counts: Vec<&ParticipantCount> = counts.filter(|c| c.session.is_none()).collect();
    let sums = attendance(counts.iter().map(|c| (c.category, *c)));
    let of = |category: ParticipantCategory| counts.iter().filter(move |c| c.category == category);
    let facts = ParticipantCategory::ALL.iter().filter_map(|category| {
        let sum = sums.get(category)?;
        let mut organisations: Vec<Text> = Vec::new();
        for id in of(*category).filter_map(|c| c.organisation) {
            let name = records.name_on(id, day.map(PartialDate::from));
            if !name.is_empty() && !organisations.contains(&name) {
                organisations.push(name);
            }
        }
        Some(AttendanceFacts {
            category: *category,
            organisations,
            women: of(*category).any(|c| c.women.is_some()).then_some(sum.women),
            men: of(*category).any(|c| c.men.is_some()).then_some(sum.men),
            unstated: of(*category).any(|c| c.total.is_some()).then_some(sum.unstated),
            uncounted: sum.uncounted,
        })
    });
    facts.collect()
}

pub(super) fn replications(records: &Records) -> Vec<ReplicationFacts> {
    records.cooperation.replications.iter().map(|r| replication(records, r)).collect()
}

fn replication(records: &Records, r: &Replication) -> ReplicationFacts {
    let all = &records.cooperation;
    let practice = r.practice.and_then(|id| all.practices.get(&id));
    let subjects: Vec<_> = std::iter::once(r.head.id.uuid()).chain(practice.map(|p| p.head.id.uuid())).collect();
    ReplicationFacts {
        code: r.head.code.to_string(),
        title: r.title.clone(),
        part: all.part(r.programme),
        practice: practice.map(|p| p.title.clone()).unwrap_or_default(),
        origin: practice.and_then(|p| Some(all.city(p.authority?, p.since))).unwrap_or_default(),
        city: all.city(r.authority, r.when().from),
        stages: r.stages.clone(),
        result: r.result.clone(),
        stated: stated_of(records, r.head.id.uuid()),
        sources: behind(records, &subjects, None),
    }
}
