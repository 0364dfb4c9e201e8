//! Events with their sessions and those who came, and replications of good practices.

use chrono::NaiveDate;
use ketnoi_domain::{
    Coded, Delegation, Event, EventSession, Id, Lang, Organisation, PartialDate, ParticipantCategory, ParticipantCount,
    PublicRole, Record, Replication, Statement, Text, attendance,
};
use ketnoi_reporting::{
    AttendanceFacts, DelegationFacts, EventFacts, EventOutcomeFacts, PersonFacts, ReplicationFacts, SessionFacts,
};

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
    let visited = !all.is_own(e);
    let opened = day.map(PartialDate::from);
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
        description: e.description.clone(),
        organisers: names(records, e.organiser.into_iter().chain(e.co_organisers.iter().copied()), opened),
        venue: e.venue.clone(),
        sessions: all.sessions.iter().filter(|s| s.event == id).map(|s| session(records, s, opened)).collect(),
        people: people(records, |r| r.event == Some(id) && r.session.is_none(), opened),
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

/// The names of organisations on a day, each once; what the viewer may not see is left out.
fn names(records: &Records, organisations: impl Iterator<Item = Id<Organisation>>, day: Option<NaiveDate>) -> Vec<Text> {
    let mut all: Vec<Text> = Vec::new();
    for name in organisations.map(|id| records.name_on(id, day)) {
        if !name.is_empty() && !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

fn session(records: &Records, s: &EventSession, day: Option<NaiveDate>) -> SessionFacts {
    let me = s.head.id.uuid();
    let of_title = |said: &&Statement| said.subject.id == me && said.property.as_deref() == Some("title");
    // What stands in a document that the viewer may not see is not told.
    let seen = |said: &&Statement| said.current && records.documents.contains_key(&said.document);
    SessionFacts {
        number: s.number,
        format: s.format,
        title: s.title.clone(),
        raw: records.statements.iter().filter(of_title).filter(seen).find_map(|said| said.raw.clone()),
        topic: s.topic.clone(),
        date: s.date,
        counterparts: names(records, s.counterparts.iter().copied(), day),
        people: people(records, |r| r.session == Some(s.head.id), day),
        sources: behind(records, &[me], None),
    }
}

/// The people whom sources name in the roles that are wanted.
fn people(records: &Records, wanted: impl Fn(&PublicRole) -> bool, day: Option<NaiveDate>) -> Vec<PersonFacts> {
    let all = &records.cooperation;
    let roles = all.roles.iter().filter(|r| wanted(r));
    let named = roles.filter_map(|r| {
        let person = all.persons.get(&r.person)?;
        let source = records.documents.get(&r.document)?.head.code.to_string();
        Some(PersonFacts {
            kind: r.kind,
            name: addressed(&person.honorific, &person.name),
            office: r.title.clone(),
            organisation: r.organisation.map(|id| records.name_on(id, day)).unwrap_or_default(),
            said: r.said.clone(),
            contacts: r.contacts.clone(),
            source,
        })
    });
    named.collect()
}

/// A name with the titles that go before it. A name is written the same in all languages, titles are not.
fn addressed(honorific: &Text, name: &Text) -> Text {
    if honorific.is_empty() {
        return name.clone();
    }
    let both = |lang: Lang| format!("{} {}", honorific.in_lang(lang), name.in_lang(lang));
    honorific.iter().chain(name.iter()).map(|(lang, _)| (lang, both(lang))).collect()
}

/// The code of the agreement that paid for a delegation, where it is among those that are told.
fn paid_by(records: &Records, d: &Delegation) -> Option<String> {
    let paid = records.agreements.iter().find(|a| Some(a.head.id) == d.agreement)?;
    Some(paid.head.code.to_string())
}

/// The numbers of the sessions that a delegation attended, in order.
fn attended(records: &Records, d: &Delegation) -> Vec<i64> {
    records.cooperation.sessions.iter().filter(|s| d.attended.contains(&s.head.id)).map(|s| s.number).collect()
}

fn delegation(records: &Records, d: &Delegation, day: Option<PartialDate>) -> DelegationFacts {
    let members = records.cooperation.counts.iter().filter(|c| c.delegation == Some(d.head.id));
    DelegationFacts {
        code: d.head.code.to_string(),
        title: d.title.clone(),
        description: d.description.clone(),
        agreement: paid_by(records, d),
        attended: attended(records, d),
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
            unstated: of(*category).any(|c| c.total.is_some() && !c.withheld).then_some(sum.unstated),
            withheld: (sum.undivided > 0).then_some(sum.undivided),
            uncounted: sum.uncounted,
            hidden: sum.hidden,
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
