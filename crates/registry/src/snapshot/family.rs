//! An organisation under all its names: the bodies that it followed and that followed it.

use std::collections::BTreeSet;

use ketnoi_domain::{Id, Organisation, PartialDate, Period, Succession, SuccessionGraph, Text};
use ketnoi_reporting::{PartnerNameFacts, PartnerSuccessionFacts};

use super::records::ById;
use crate::{Error, Session};

/// All bodies that are one payer or one partner, the oldest first.
pub(super) struct Family {
    pub(super) bodies: Vec<Organisation>,
    pub(super) ids: BTreeSet<Id<Organisation>>,
    /// How they followed each other, by their dates.
    successions: Vec<Succession<Id<Organisation>>>,
}

impl Family {
    /// What an organisation became, and all that each of these was before. A body that the viewer may not see is not followed:
    /// its existence is not theirs to know.
    pub(super) async fn of(session: &Session, organisation: &Organisation) -> Result<Self, Error> {
        let me = organisation.head.id;
        let all = session.all_successions::<Organisation>().await?;
        let ends: Vec<Id<Organisation>> = all.iter().flat_map(|s| [s.predecessor, s.successor]).collect();
        let mut seen: ById<Organisation> = session.found(ends.into_iter()).await?;
        seen.insert(me, organisation.clone());
        let mut successions: Vec<_> =
            all.into_iter().filter(|s| seen.contains_key(&s.predecessor) && seen.contains_key(&s.successor)).collect();
        // Imports refuse circles; were there one, nobody would be followed.
        let graph = SuccessionGraph::try_new(successions.iter().map(|s| (s.predecessor, s.successor))).ok();
        let Some(graph) = graph else {
            return Ok(Self { bodies: vec![organisation.clone()], ids: BTreeSet::from([me]), successions: Vec::new() });
        };
        let after = graph.with_successors(me);
        let ids: BTreeSet<Id<Organisation>> = after.into_iter().flat_map(|id| graph.with_predecessors(id)).collect();
        successions.retain(|s| ids.contains(&s.predecessor) && ids.contains(&s.successor));
        let mut bodies: Vec<Organisation> = ids.iter().filter_map(|id| seen.remove(id)).collect();
        // Whoever follows others has more before them than each of these has.
        let before = |o: &Organisation| graph.with_predecessors(o.head.id).len();
        bodies.sort_by_cached_key(|o| (before(o), o.existence.to.is_none(), o.existence.to, o.head.code.clone()));
        let place = |id: Id<Organisation>| bodies.iter().position(|b| b.head.id == id);
        successions.sort_by_key(|s| (s.on.is_none(), s.on, place(s.successor), place(s.predecessor)));
        Ok(Self { bodies, ids, successions })
    }

    /// The body of this id.
    pub(super) fn get(&self, id: Id<Organisation>) -> Option<&Organisation> {
        self.bodies.iter().find(|b| b.head.id == id)
    }

    /// What a body is called: its last name.
    pub(super) fn name(&self, id: Id<Organisation>) -> Text {
        self.get(id).and_then(|b| b.names.current()).map(|n| n.text.clone()).unwrap_or_default()
    }

    /// What a body is called where there are several.
    pub(super) fn told_apart(&self, id: Id<Organisation>) -> Text {
        if self.bodies.len() > 1 { self.name(id) } else { Text::default() }
    }

    /// How one body of two followed the other.
    pub(super) fn between(&self, one: Id<Organisation>, other: Id<Organisation>) -> Option<&Succession<Id<Organisation>>> {
        let of_both = |s: &&Succession<Id<Organisation>>| {
            (s.predecessor, s.successor) == (one, other) || (s.predecessor, s.successor) == (other, one)
        };
        self.successions.iter().find(of_both)
    }

    /// The names of all bodies, the oldest first. The only name that a body ever had was used as long as there was the body.
    pub(super) fn names(&self) -> Vec<PartnerNameFacts> {
        let facts = self.bodies.iter().flat_map(|b| {
            b.names.0.iter().rev().map(|n| PartnerNameFacts {
                code: b.head.code.to_string(),
                name: n.text.clone(),
                short: n.short.clone(),
                period: if b.names.0.len() == 1 && n.period == Period::default() { b.existence } else { n.period },
            })
        });
        facts.collect()
    }

    /// How the bodies followed each other.
    pub(super) fn successions(&self) -> Vec<PartnerSuccessionFacts> {
        let facts = self.successions.iter().map(|s| PartnerSuccessionFacts {
            before: self.name(s.predecessor),
            after: self.name(s.successor),
            how: s.kind,
            on: s.on,
        });
        facts.collect()
    }

    /// The codes and acronyms of all bodies.
    pub(super) fn known_as(&self) -> Vec<String> {
        let codes = self.bodies.iter().map(|b| b.head.code.to_string());
        let shorts = self.bodies.iter().flat_map(|b| &b.names.0).filter_map(|n| n.short.clone());
        let mut known: Vec<String> = Vec::new();
        for name in codes.chain(shorts) {
            if !known.contains(&name) {
                known.push(name);
            }
        }
        known
    }

    /// Since when any of them has been a partner of the association.
    pub(super) fn since(&self) -> Option<PartialDate> {
        self.bodies.iter().filter_map(|b| b.partner_since).min()
    }
}
