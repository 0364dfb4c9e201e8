//! An organisation's history with the association: moments, memberships, parts in programmes, agreements.

use ketnoi_domain::{
    Agreement, Id, Membership, Moment, MomentKind, Organisation, PartialDate, Participation, Period, Record as _, Text,
};
use ketnoi_reporting::{PartnerAgreementFacts, PartnerMembershipFacts, PartnerMomentFacts, PartnerPartFacts};

use super::{order::pieces, partner::Partner, programmes, sayings::Sayings};

impl Partner {
    /// The name that an organisation had on a day, else the one that it has now.
    fn name_on(&self, id: Id<Organisation>, day: Option<PartialDate>) -> Text {
        let found = self.family.get(id).or_else(|| self.others.get(&id));
        let name = found.and_then(|o| day.map_or_else(|| o.names.current(), |day| o.names.on(day.from())));
        name.map(|n| n.text.clone()).unwrap_or_default()
    }

    /// The agreements in the order in which they were made.
    fn in_order(&self) -> Vec<&Agreement> {
        let mut all: Vec<&Agreement> = self.agreements.iter().collect();
        all.sort_by_cached_key(|a| (made(a).is_none(), made(a), pieces(a.head.code.as_str())));
        all
    }
}

/// When an agreement was made, as far as is known.
fn made(a: &Agreement) -> Option<PartialDate> {
    a.signed.or(a.period.from)
}

/// The moments of all bodies, each once, the oldest first, the undated last.
pub(super) fn history(partner: &Partner) -> Vec<PartnerMomentFacts> {
    let mut all: Vec<PartnerMomentFacts> = Vec::new();
    for body in &partner.family.bodies {
        let own = partner.moments.iter().filter(|(id, _)| *id == body.head.id).flat_map(|(_, moments)| moments);
        for fact in own.filter_map(|m| moment(partner, body.head.id, m)) {
            // A succession is told by both its ends, a programme by each body that took part in it.
            if !all.contains(&fact) {
                all.push(fact);
            }
        }
    }
    all.sort_by_cached_key(|m| (m.on.is_none(), m.on, m.kind, m.programme.clone()));
    let told_twice: Vec<bool> = all.iter().map(|m| told_by_another(m, &all)).collect();
    let once = all.into_iter().zip(told_twice).filter(|(_, twice)| !twice);
    once.map(|(m, _)| m).collect()
}

/// Whether another moment of the same date tells the same: how a body came to be is told by what it followed, else by its
/// founding, else by its name.
fn told_by_another(m: &PartnerMomentFacts, all: &[PartnerMomentFacts]) -> bool {
    let same_day: Vec<&PartnerMomentFacts> = all.iter().filter(|o| o.on.is_some() && o.on == m.on).collect();
    let followed = || same_day.iter().any(|o| o.kind == MomentKind::Succeeded && o.what == m.body);
    match m.kind {
        MomentKind::Founded => followed(),
        MomentKind::Named => followed() || same_day.iter().any(|o| o.kind == MomentKind::Founded && o.body == m.body),
        _ => false,
    }
}

/// A moment of a body; nothing where it concerns what the viewer may not see, or what was left out.
fn moment(partner: &Partner, body: Id<Organisation>, m: &Moment) -> Option<PartnerMomentFacts> {
    let (mut of, mut what, mut programme) = (partner.family.told_apart(body), Text::default(), None);
    match m.kind {
        MomentKind::Founded | MomentKind::PartnershipBegan => {}
        MomentKind::Named => what = m.name.as_ref()?.text.clone(),
        MomentKind::MembershipBegan => {
            what = partner.name_on(m.organisation?, m.on);
            if what.is_empty() {
                return None;
            }
        }
        MomentKind::Succeeded => {
            let step = partner.family.between(body, m.organisation?)?;
            (of, what) = (partner.family.name(step.predecessor), partner.family.name(step.successor));
        }
        MomentKind::ProgrammeBegan | MomentKind::ProgrammeEnded => {
            let p = partner.programmes.get(m.programme?)?;
            (of, what, programme) = (Text::default(), p.title.clone(), Some(p.head.code.to_string()));
        }
        MomentKind::AgreementSigned => {
            let a = partner.agreements.iter().find(|a| Some(a.head.id) == m.agreement)?;
            what = programmes::called(a);
            programme = partner.paid_for.get(&a.programme).map(|p| p.head.code.to_string());
        }
    }
    Some(PartnerMomentFacts { kind: m.kind, on: m.on, body: of, what, programme })
}

/// The networks that it belongs to, then its own members; by when they began.
pub(super) fn memberships(partner: &Partner, told: &Sayings) -> Vec<PartnerMembershipFacts> {
    let of_other = |m: &Membership| m.network.is_some_and(|n| partner.family.ids.contains(&n));
    let mut all: Vec<&Membership> = partner.memberships.iter().collect();
    all.sort_by_cached_key(|m| (of_other(m), m.period.from.is_none(), m.period.from, pieces(m.head.code.as_str())));
    let facts = all.into_iter().filter_map(|m| {
        let organisation = if of_other(m) { m.organisation } else { m.network };
        let authority = m.authority.and_then(|id| partner.members.get(&id)).and_then(|a| a.label());
        let other = organisation.map(|id| partner.name_on(id, None)).or_else(|| authority.cloned())?;
        (!other.is_empty()).then(|| PartnerMembershipFacts {
            of_other: of_other(m),
            other,
            period: m.period,
            note: m.note.clone(),
            sources: told.behind(m.head.id.uuid()),
        })
    });
    facts.collect()
}

/// The parts that it takes in programmes, by role, then by when the programmes began.
pub(super) fn parts(partner: &Partner, told: &Sayings) -> Vec<PartnerPartFacts> {
    let own = partner.programmes.participations.iter().filter(|p| partner.family.ids.contains(&p.organisation));
    let mut own: Vec<&Participation> = own.collect();
    let place = |p: &Participation| partner.programmes.all.iter().position(|q| q.head.id == p.programme);
    own.sort_by_cached_key(|p| (p.role, place(p), p.period.from, pieces(p.head.code.as_str())));
    let facts = own.into_iter().filter_map(|p| {
        let programme = partner.programmes.get(p.programme)?;
        let mut sources = told.behind(programme.head.id.uuid());
        for key in told.behind(p.head.id.uuid()) {
            if !sources.contains(&key) {
                sources.push(key);
            }
        }
        Some(PartnerPartFacts {
            role: p.role,
            name: partner.programmes.called(p),
            code: programme.head.code.to_string(),
            title: programme.title.clone(),
            level: programme.level,
            parent: programme.parent.and_then(|id| partner.programmes.get(id)).map(|q| q.head.code.to_string()),
            status: programme.status,
            period: Period { from: programme.start(), to: programme.end() },
            taking_part: p.period,
            via: p.via.map(|id| partner.programmes.name_on(id, None)).unwrap_or_default(),
            note: p.note.clone(),
            sources,
        })
    });
    facts.collect()
}

/// The agreements in which it pays or is paid.
pub(super) fn agreements(partner: &Partner, told: &Sayings) -> Vec<PartnerAgreementFacts> {
    let facts = partner.in_order().into_iter().filter_map(|a| {
        let programme = partner.paid_for.get(&a.programme)?;
        let day = made(a).or(programme.start());
        Some(PartnerAgreementFacts {
            code: a.head.code.to_string(),
            title: a.title.clone(),
            programme: programme.head.code.to_string(),
            programme_title: programme.title.clone(),
            funder: partner.name_on(a.funder, day),
            recipient: a.recipient.map(|id| partner.name_on(id, day)).unwrap_or_default(),
            reference: a.reference.clone(),
            signed: a.signed,
            period: Period { from: a.period.from, to: a.current_end() },
            ceiling: a.current_ceiling(),
            sources: told.behind(a.head.id.uuid()),
        })
    });
    facts.collect()
}
