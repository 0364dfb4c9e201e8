//! Event series and events with all that belongs to them.

use ketnoi_domain::{
    Coded, Delegation, Event, EventOutcome, EventSeries, EventSession, Id, Organisation, ParticipantCount, Visibility,
};
use toml::Spanned;

use super::{Builder, Owner, period};
use crate::import::shape::{
    DelegationShape, EventOutcomeShape, EventShape, Listed, ParticipantShape, Ref, SeriesShape, SessionShape,
};

/// The event that parts are being built for.
struct Within<'s> {
    id: Id<Event>,
    owner: &'s Owner,
    sessions: &'s Listed<SessionShape>,
}

impl Within<'_> {
    fn has_session(&self, number: i64) -> bool {
        self.sessions.iter().any(|s| *s.get_ref().number.get_ref() == number)
    }
}

impl Builder<'_> {
    pub(super) fn event_series(&mut self, series: &Spanned<SeriesShape>, default_sources: &[Ref]) {
        let s = series.get_ref();
        let (organiser, programme) = (self.refer_null(s.organiser.as_ref()), self.refer_null(s.programme.as_ref()));
        let Some(head) = self.top::<EventSeries>(&s.code, s.visibility) else { return };
        let owner = self.owner(&head);
        self.said(&owner, &s.sources, default_sources, &s.stated, &s.statement);
        let record = EventSeries { head, name: s.name.clone(), description: s.description.clone(), organiser, programme };
        self.keep(series.span(), record, |b| &mut b.event_series);
    }

    pub(super) fn event(&mut self, event: &Spanned<EventShape>, default_sources: &[Ref]) {
        let e = event.get_ref();
        let (series, organiser) = (self.refer_null(e.series.as_ref()), self.refer_null(e.organiser.as_ref()));
        let (programme, authority) = (self.refer_null(e.programme.as_ref()), self.refer_null(e.authority.as_ref()));
        let cluster = self.refer_null(e.cluster.as_ref());
        let co_organisers = e.co_organisers.iter().filter_map(|o| self.refer::<Organisation>(o)).collect();
        let Some(head) = self.top::<Event>(&e.code, e.visibility) else { return };
        let (id, owner) = (head.id, self.owner(&head));
        self.said(&owner, &e.sources, default_sources, &e.stated, &e.statement);
        let record = Event {
            head,
            series,
            number: e.number,
            kind: e.kind,
            title: e.title.clone(),
            motto: e.motto.clone(),
            description: e.description.clone(),
            organiser,
            co_organisers,
            programme,
            authority,
            country: e.country.clone(),
            venue: e.venue.clone(),
            cluster,
            period: period(e.from, e.to),
        };
        for session in &e.session {
            self.session(session, &record, &owner);
        }
        self.keep(event.span(), record, |b| &mut b.events);
        let within = Within { id, owner: &owner, sessions: &e.session };
        for delegation in &e.delegation {
            self.delegation(delegation, &within);
        }
        self.participants(&e.participants, &within, &owner, None);
        self.event_outcomes(&e.outcome, &within, &owner, None);
    }

    fn session(&mut self, session: &Spanned<SessionShape>, event: &Event, owner: &Owner) {
        let s = session.get_ref();
        let counterparts = s.counterparts.iter().filter_map(|o| self.refer::<Organisation>(o)).collect();
        let Some(head) = self.part::<EventSession>(owner, format_args!("session:{}", s.number.get_ref()), s.number.span()) else {
            return;
        };
        let own = self.owner(&head);
        self.said(&own, &s.sources, &[], &Vec::new(), &s.statement);
        let record = EventSession {
            head,
            event: event.head.id,
            number: *s.number.get_ref(),
            format: s.format,
            title: s.title.clone(),
            topic: s.topic.clone(),
            date: s.date,
            counterparts,
        };
        self.faults(session.span(), &record.head, record.faults_within(event));
        self.keep(session.span(), record, |b| &mut b.sessions);
    }

    fn delegation(&mut self, delegation: &Spanned<DelegationShape>, within: &Within<'_>) {
        let d = delegation.get_ref();
        let (organiser, programme) = (self.refer_null(d.organiser.as_ref()), self.refer_null(d.programme.as_ref()));
        let agreement = self.refer_null(d.agreement.as_ref());
        let attended = d
            .attended
            .iter()
            .filter_map(|n| self.own::<EventSession, i64>(within.owner, "session", Some(n), |n| within.has_session(*n)))
            .collect();
        let Some(head) = self.part::<Delegation>(within.owner, format_args!("delegation:{}", d.code.get_ref()), d.code.span())
        else {
            return;
        };
        let (id, own) = (head.id, self.owner(&head));
        self.said(&own, &d.sources, &[], &d.stated, &d.statement);
        let record = Delegation {
            head,
            event: within.id,
            title: d.title.clone(),
            description: d.description.clone(),
            organiser,
            programme,
            agreement,
            country: d.country.clone(),
            attended,
        };
        self.keep(delegation.span(), record, |b| &mut b.delegations);
        self.participants(&d.participants, within, &own, Some(id));
        self.event_outcomes(&d.outcome, within, &own, Some(id));
    }

    /// How many came, to the event as a whole or with one delegation.
    fn participants(
        &mut self,
        all: &Listed<ParticipantShape>,
        within: &Within<'_>,
        owner: &Owner,
        delegation: Option<Id<Delegation>>,
    ) {
        for participants in all {
            let p = participants.get_ref();
            let organisation = p.organisation.as_ref().map(|o| self.find::<Organisation>(o));
            let Some(found) = organisation.map_or(Some(None), |found| found.map(Some)) else { continue };
            let (organisation, limit) = (found.map(|f| f.0), found.map_or(Visibility::Public, |f| f.1));
            let session = self.own(within.owner, "session", p.session.as_ref(), |n| within.has_session(*n));
            let of = p.organisation.as_ref().map(|o| format!(":{}", o.get_ref())).unwrap_or_default();
            let at = p.session.as_ref().map(|n| format!(":session-{}", n.get_ref())).unwrap_or_default();
            let part = format!("participants:{}{of}{at}", p.category.name());
            // Its code names the organisation, so it is seen no further than that.
            let limited = Owner { effective: owner.effective.min(limit), ..owner.clone() };
            let Some(head) = self.part(&limited, part, participants.span()) else { continue };
            let own = self.owner::<ParticipantCount>(&head);
            self.sources(&own, &p.sources, &[]);
            let (category, women, men, total) = (p.category, p.women, p.men, p.total);
            let (event, withheld) = (within.id, false);
            let record =
                ParticipantCount { head, event, delegation, session, category, organisation, women, men, total, withheld };
            self.keep(participants.span(), record, |b| &mut b.participants);
        }
    }

    fn event_outcomes(
        &mut self,
        all: &Listed<EventOutcomeShape>,
        within: &Within<'_>,
        owner: &Owner,
        delegation: Option<Id<Delegation>>,
    ) {
        for (n, outcome) in all.iter().enumerate() {
            let o = outcome.get_ref();
            let Some(head) = self.part(owner, format_args!("outcome:{}", n + 1), outcome.span()) else { continue };
            let own = self.owner::<EventOutcome>(&head);
            self.sources(&own, &o.sources, &[]);
            let record = EventOutcome { head, event: within.id, delegation, kind: o.kind, title: o.title.clone() };
            self.keep(outcome.span(), record, |b| &mut b.event_outcomes);
        }
    }
}
