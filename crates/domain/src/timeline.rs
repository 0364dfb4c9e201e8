use serde::Serialize;

use crate::{Agreement, Id, Membership, Name, Organisation, PartialDate, Participation, Programme, Succession, coded::coded};

coded! {
    /// What a moment on a time line is.
    pub enum MomentKind {
        /// The organisation was founded.
        Founded = "founded" / "founded",
        /// It took a name.
        Named = "named" / "named",
        /// It became a partner of the association.
        PartnershipBegan = "partnership_began" / "partnership_began",
        /// It joined a network, or an organisation joined it.
        MembershipBegan = "membership_began" / "membership_began",
        /// It followed another, or another followed it.
        Succeeded = "succeeded" / "succeeded",
        /// A programme that it takes part in began.
        ProgrammeBegan = "programme_began" / "programme_began",
        /// A programme that it takes part in ended.
        ProgrammeEnded = "programme_ended" / "programme_ended",
        /// An agreement was signed.
        AgreementSigned = "agreement_signed" / "agreement_signed",
    }
}

/// One moment in an organisation's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// When; what is undated stands at the end.
    pub on: Option<PartialDate>,
    /// What.
    pub kind: MomentKind,
    /// The name taken.
    pub name: Option<Name>,
    /// The programme concerned.
    pub programme: Option<Id<Programme>>,
    /// The other organisation concerned.
    pub organisation: Option<Id<Organisation>>,
    /// The agreement concerned.
    pub agreement: Option<Id<Agreement>>,
}

/// The history of an organisation with the association, the oldest first, the undated last; ties by kind.
pub fn timeline(
    organisation: &Organisation,
    successions: &[Succession<Id<Organisation>>],
    memberships: &[Membership],
    participations: &[Participation],
    programmes: &[Programme],
    agreements: &[Agreement],
) -> Vec<Moment> {
    let me = organisation.head.id;
    let moment = |on, kind| Moment { on, kind, name: None, programme: None, organisation: None, agreement: None };
    let mut moments = Vec::new();
    if let Some(on) = organisation.existence.from {
        moments.push(moment(Some(on), MomentKind::Founded));
    }
    let named = organisation.names.0.iter().filter(|n| n.period.from.is_some());
    moments.extend(named.map(|n| Moment { name: Some(n.clone()), ..moment(n.period.from, MomentKind::Named) }));
    if let Some(on) = organisation.partner_since {
        moments.push(moment(Some(on), MomentKind::PartnershipBegan));
    }
    for s in successions.iter().filter(|s| s.predecessor == me || s.successor == me) {
        let other = if s.predecessor == me { s.successor } else { s.predecessor };
        moments.push(Moment { organisation: Some(other), ..moment(s.on, MomentKind::Succeeded) });
    }
    for m in memberships {
        let other = if m.network == Some(me) { m.organisation } else { m.network };
        if other.is_some() {
            moments.push(Moment { organisation: other, ..moment(m.period.from, MomentKind::MembershipBegan) });
        }
    }
    for p in programmes.iter().filter(|p| participations.iter().any(|q| q.programme == p.head.id)) {
        moments.push(Moment { programme: Some(p.head.id), ..moment(p.start(), MomentKind::ProgrammeBegan) });
        if p.end().is_some() {
            moments.push(Moment { programme: Some(p.head.id), ..moment(p.end(), MomentKind::ProgrammeEnded) });
        }
    }
    for a in agreements.iter().filter(|a| a.signed.is_some()) {
        moments.push(Moment {
            programme: Some(a.programme),
            agreement: Some(a.head.id),
            ..moment(a.signed, MomentKind::AgreementSigned)
        });
    }
    moments.sort_by_key(|m| (m.on.is_none(), m.on, m.kind, m.programme, m.organisation));
    moments
}
