//! Programmes with all that belongs to them but money.

use ketnoi_domain::{
    Classification, Coded, Id, Indicator, IndicatorPeriod, Narrative, Organisation, Outcome, Participation, Period, Place,
    Programme, Relation, Risk, Scheme, Visibility,
};
use toml::Spanned;

use super::{Builder, Owner, period};
use crate::import::shape::{ProgrammeShape, Ref, ResultShape, ShareShape};

impl Builder<'_> {
    pub(super) fn programme(&mut self, programme: &Spanned<ProgrammeShape>, default_sources: &[Ref]) {
        let p = programme.get_ref();
        let parent = self.refer_null(p.parent.as_ref());
        let partnership = self.refer_null(p.partnership.as_ref());
        let reporting_organisation = self.refer_null(p.reporting_organisation.as_ref());
        let mut places = Vec::new();
        for place in &p.place {
            let Some(authority) = self.refer(&place.authority) else { continue };
            places.push(Place { authority, percentage: place.percentage, note: place.note.clone() });
        }
        let mut relations = Vec::new();
        for related in &p.related {
            let Some(programme) = self.refer(&related.programme) else { continue };
            relations.push(Relation { programme, kind: related.how });
        }
        let Some(head) = self.top::<Programme>(&p.code, p.visibility) else { return };
        let (id, owner) = (head.id, self.owner(&head));
        self.said(&owner, &p.sources, default_sources, &p.stated, &p.statement);
        let record = Programme {
            head,
            level: p.level,
            parent,
            partnership,
            title: p.title.clone(),
            acronym: p.acronym.clone(),
            description: p.description.clone(),
            reporting_organisation,
            status: p.status,
            planned: p.planned,
            actual: p.actual,
            iati_identifier: p.iati_identifier.clone(),
            classifications: classifications(p),
            places,
            relations,
        };
        self.keep(programme.span(), record, |b| &mut b.programmes);
        self.participations(p, id, &owner);
        self.money(p, id, &owner);
        for result in &p.result {
            self.result(result, p, id, &owner);
        }
        for risk in &p.risk {
            let r = risk.get_ref();
            let watcher = self.refer_null(r.owner.as_ref());
            let Some(head) = self.part(&owner, format_args!("risk:{}", r.code.get_ref()), r.code.span()) else { continue };
            let record = Risk {
                head,
                programme: id,
                title: r.title.clone(),
                likelihood: r.likelihood,
                impact: r.impact,
                mitigation: r.mitigation.clone(),
                owner: watcher,
                status: r.status,
            };
            self.keep(risk.span(), record, |b| &mut b.risks);
        }
        self.narratives(p, id, &owner);
    }

    fn narratives(&mut self, p: &ProgrammeShape, programme: Id<Programme>, owner: &Owner) {
        for narrative in &p.narrative {
            let n = narrative.get_ref();
            // Unlike other parts it may be meant for fewer than see the programme.
            let visibility = n.visibility.unwrap_or(Visibility::Public);
            let code = format!("{}:narrative:{}", owner.code, n.code.get_ref());
            let Some(head) = self.head::<Narrative>(&code, n.code.span(), visibility, owner.effective) else { continue };
            let own = self.owner(&head);
            self.sources(&own, &n.sources, &[]);
            let period = Period { from: Some(n.from), to: Some(n.to) };
            let record = Narrative { head, programme, section: n.section, period, text: n.text.clone() };
            self.keep(narrative.span(), record, |b| &mut b.narratives);
        }
    }

    pub(super) fn participations(&mut self, p: &ProgrammeShape, programme: Id<Programme>, owner: &Owner) {
        for participation in &p.participation {
            let s = participation.get_ref();
            let (organisation, via) = (self.find::<Organisation>(&s.organisation), self.refer_null(s.via.as_ref()));
            let Some((organisation, limit)) = organisation else { continue };
            let limited = Owner { effective: owner.effective.min(limit), ..owner.clone() };
            let since = s.from.map(|d| format!(":{d}")).unwrap_or_default();
            let part = format!("{}:{}{since}", s.role.name(), s.organisation.get_ref());
            let Some(head) = self.part(&limited, part, participation.span()) else { continue };
            let own = self.owner::<Participation>(&head);
            self.sources(&own, &s.sources, &[]);
            let record = Participation {
                head,
                programme,
                organisation,
                role: s.role,
                stated_name: s.stated_name.clone(),
                via,
                period: period(s.from, s.to),
                note: s.note.clone(),
            };
            self.keep(participation.span(), record, |b| &mut b.participations);
        }
    }

    pub(super) fn result(&mut self, result: &Spanned<ResultShape>, p: &ProgrammeShape, programme: Id<Programme>, owner: &Owner) {
        let r = result.get_ref();
        let parent = self.own(owner, "result", r.parent.as_ref(), |n| p.result.iter().any(|o| o.get_ref().number.get_ref() == n));
        let Some(head) = self.part::<Outcome>(owner, format_args!("result:{}", r.number.get_ref()), r.number.span()) else {
            return;
        };
        let (id, own) = (head.id, self.owner(&head));
        let record = Outcome {
            head,
            programme,
            parent,
            level: r.level,
            number: r.number.get_ref().clone(),
            title: r.title.clone(),
            description: r.description.clone(),
            assumption: r.assumption.clone(),
        };
        self.keep(result.span(), record, |b| &mut b.results);
        for indicator in &r.indicator {
            let i = indicator.get_ref();
            let Some(head) = self.part::<Indicator>(&own, format_args!("indicator:{}", i.number.get_ref()), i.number.span())
            else {
                continue;
            };
            let (of, mine) = (head.id, self.owner(&head));
            let record = Indicator {
                head,
                result: id,
                number: i.number.get_ref().clone(),
                title: i.title.clone(),
                measure: i.measure,
                unit: i.unit.clone(),
                cumulative: i.cumulative,
                ascending: i.ascending.unwrap_or(true),
                verification: i.verification.clone(),
                baseline: i.baseline.clone(),
            };
            self.keep(indicator.span(), record, |b| &mut b.indicators);
            for period in &i.period {
                let q = period.get_ref();
                let Some(head) = self.part(&mine, format_args!("period:{}", q.from), period.span()) else { continue };
                let when = Period { from: Some(q.from), to: Some(q.to) };
                let record =
                    IndicatorPeriod { head, indicator: of, period: when, target: q.target.clone(), actual: q.actual.clone() };
                self.keep(period.span(), record, |b| &mut b.indicator_periods);
            }
        }
    }
}

fn classifications(p: &ProgrammeShape) -> Vec<Classification> {
    let shared = |scheme, all: &[ShareShape]| -> Vec<Classification> {
        let one = |s: &ShareShape| Classification { scheme, code: s.code.clone(), percentage: s.percentage, significance: None };
        all.iter().map(one).collect()
    };
    let mut all = shared(Scheme::Sector, &p.sectors);
    all.extend(shared(Scheme::Country, &p.countries));
    let plain =
        |scheme, code: u8, significance| Classification { scheme, code: code.to_string(), percentage: None, significance };
    all.extend(p.sdgs.iter().map(|n| plain(Scheme::Sdg, *n, None)));
    all.extend(p.policy_markers.iter().map(|m| plain(Scheme::PolicyMarker, m.marker, Some(m.significance))));
    all
}
