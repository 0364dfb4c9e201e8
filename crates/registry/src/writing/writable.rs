//! The kinds that people and programs write, each with what the code of a record is made of and which rules hold between it
//! and others. Ballots are not among them: they are cast, and only by the vote's own use cases.

use std::{collections::HashMap, future::Future, pin::Pin};

use ketnoi_domain::{
    AdvocacyAction, Agreement, BudgetLine, Cluster, Coded, Community, CooperationAgreement, Delegation, Dialogue,
    DialogueCluster, DialogueOption, Document, Event, EventOutcome, EventSeries, EventSession, ExchangeRate, Fund, GoodPractice,
    Head, HousingProject, Id, InKindContribution, Indicator, IndicatorPeriod, LocalAuthority, Membership, Narrative, NewsItem,
    Organisation, Outcome, PartialDate, ParticipantCount, Participation, Partnership, PartnershipParty, Person, Programme,
    PublicRole, Recommendation, Replication, Risk, RoadMap, RoadMapStep, SavingsGroup, SmallGrant, StatedFigure, Statement,
    Transaction,
};
use ketnoi_persistence::{Error, Known, Stored, UnitOfWork};
use uuid::Uuid;

use super::{Asked, beside, rules, told::Broken};
use crate::Clock;

/// Work within a unit.
pub(crate) type Task<'a, R> = Pin<Box<dyn Future<Output = Result<R, Error>> + Send + 'a>>;

/// What the trail calls changes of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Actions {
    /// A record was made.
    pub create: &'static str,
    /// A record was changed.
    pub update: &'static str,
}

/// What is known of the records that one points at.
#[derive(Clone, Copy, Debug)]
pub struct Codes<'k>(pub(super) &'k HashMap<Uuid, Known>);

impl Codes<'_> {
    fn at(&self, id: Uuid) -> &str {
        self.0.get(&id).map_or("", |known| known.code.as_str())
    }
    fn of<T>(&self, id: Id<T>) -> &str {
        self.at(id.uuid())
    }
    /// What a code ends with: the number of a session in its event.
    fn end<T>(&self, id: Id<T>) -> &str {
        self.of(id).rsplit(':').next().unwrap_or_default()
    }
}

/// What the code of a record is made of where nobody gives one: as the import makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Naming {
    /// It stands by itself: whoever makes it gives it a code.
    Own,
    /// It says itself what it is called.
    Said(String),
    /// It is a part of another record, and called so after that one's code.
    Part {
        /// The record that it is a part of.
        of: Uuid,
        /// What comes after the code of that record: `result:1`.
        part: String,
        /// Whether a number comes after it, the next one that is free.
        counted: bool,
    },
    /// It breaks a rule, without which nobody can tell.
    Nothing,
}

impl Naming {
    fn part<T>(of: Id<T>, part: String) -> Self {
        Self::Part { of: of.uuid(), part, counted: false }
    }
    fn counted<T>(of: Id<T>, what: &str) -> Self {
        Self::Part { of: of.uuid(), part: what.to_owned(), counted: true }
    }
}

/// A kind of record that people and programs write.
///
/// Work on the database is boxed by each kind itself: who writes any kind cannot know that its rows may go to another thread.
pub trait Writable: Stored + Clone + PartialEq {
    /// What the trail calls its changes.
    const ACTIONS: Actions;
    /// What it has in common with all others, to be changed.
    fn head_mut(&mut self) -> &mut Head<Self>;
    /// What its code is made of.
    fn naming(&self, codes: &Codes<'_>) -> Naming;
    /// The record with an id, unless it is archived.
    fn find(unit: &UnitOfWork, id: Uuid) -> Task<'_, Option<Self>>;
    /// Puts the record, new or changed.
    fn put<'a>(&'a self, unit: &'a mut UnitOfWork) -> Task<'a, ()>;
    /// The rules between it and other records; `before` is what it was.
    fn across<'a>(&'a self, _: Option<&'a Self>, _: &'a Asked, _: &'a UnitOfWork) -> Task<'a, Vec<Broken>> {
        Box::pin(async { Ok(Vec::new()) })
    }
    /// Writes what is kept beside its row.
    fn complete<'a>(&'a self, _: &'a Asked, _: &'a mut UnitOfWork, _: &'a Clock) -> Task<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}

/// Declares the kinds: what the trail calls them, what their codes are made of, and where their rules stand.
macro_rules! writable {
    ($(
        $kind:ident $name:literal: |$it:ident, $codes:ident| $naming:expr
        $(, across $across:path)? $(, complete $complete:path)?;
    )+) => { $(
        impl Writable for $kind {
            const ACTIONS: Actions = Actions { create: concat!("create ", $name), update: concat!("update ", $name) };
            fn head_mut(&mut self) -> &mut Head<Self> {
                &mut self.head
            }
            fn naming(&self, $codes: &Codes<'_>) -> Naming {
                let $it = self;
                $naming
            }
            fn find(unit: &UnitOfWork, id: Uuid) -> Task<'_, Option<Self>> {
                Box::pin(async move { Ok(unit.found::<Self>(&[id]).await?.pop()) })
            }
            fn put<'a>(&'a self, unit: &'a mut UnitOfWork) -> Task<'a, ()> {
                Box::pin(async move { unit.put(std::slice::from_ref(self)).await })
            }
            $(fn across<'a>(
                &'a self,
                before: Option<&'a Self>,
                asked: &'a Asked,
                unit: &'a UnitOfWork,
            ) -> Task<'a, Vec<Broken>> {
                Box::pin($across(self, before, asked, unit))
            })?
            $(fn complete<'a>(&'a self, asked: &'a Asked, unit: &'a mut UnitOfWork, clock: &'a Clock) -> Task<'a, ()> {
                Box::pin($complete(self, asked, unit, clock))
            })?
        }
    )+ };
}

writable! {
    Organisation "organisation": |_o, _c| Naming::Own, across rules::organisation, complete beside::organisation;
    LocalAuthority "local authority": |_a, _c| Naming::Own, across rules::authority, complete beside::authority;
    Cluster "cluster": |_k, _c| Naming::Own;
    Membership "membership": |m, c| membership(m, c);
    Programme "programme": |_p, _c| Naming::Own, across rules::programme, complete beside::programme;
    Participation "participation": |p, c| {
        Naming::part(p.programme, format!("{}:{}{}", p.role.name(), c.of(p.organisation), since(p.period.from)))
    };
    Agreement "agreement": |a, _c| Naming::counted(a.programme, "agreement");
    BudgetLine "budget line": |b, _c| Naming::part(b.programme, format!("budget_line:{}", b.number)), across rules::budget_line;
    Transaction "transaction": |t, _c| Naming::counted(t.programme, "transaction"), across rules::transaction;
    ExchangeRate "exchange rate": |r, _c| Naming::Said(format!("{}-{}-{}", r.base, r.quote, r.date));
    InKindContribution "contribution in kind": |k, _c| Naming::counted(k.programme, "in_kind");
    Outcome "result": |r, _c| Naming::part(r.programme, format!("result:{}", r.number)), across rules::outcome;
    Indicator "indicator": |i, _c| Naming::part(i.result, format!("indicator:{}", i.number)), across rules::indicator;
    IndicatorPeriod "indicator period": |p, _c| {
        Naming::part(p.indicator, format!("period{}", since(p.period.from.or(p.period.to))))
    }, across rules::indicator_period;
    Fund "fund": |_f, _c| Naming::Own;
    Community "community": |y, _c| Naming::counted(y.fund, "community");
    SavingsGroup "savings group": |g, _c| Naming::counted(g.community, "savings_group");
    SmallGrant "small grant": |g, _c| Naming::counted(g.fund, "grant"), across rules::small_grant;
    HousingProject "housing project": |h, _c| Naming::counted(h.fund, "housing");
    Document "document": |_d, _c| Naming::Own;
    Risk "risk": |r, _c| Naming::counted(r.programme, "risk");
    Narrative "narrative": |n, _c| Naming::counted(n.programme, "narrative"), across rules::narrative;
    StatedFigure "stated figure": |f, c| {
        let part = format!("{}:{}:{}{}", f.subject.kind.name(), f.measure, c.of(f.document), since(f.as_of));
        Naming::Part { of: f.subject.id, part, counted: false }
    }, across rules::stated_figure;
    Statement "statement": |s, c| {
        let (kind, document) = (s.subject.kind.name(), c.of(s.document));
        let part = match &s.property {
            Some(property) => format!("{kind}:{property}:{document}"),
            None => format!("{kind}:{document}"),
        };
        Naming::Part { of: s.subject.id, part, counted: s.property.is_some() }
    }, across rules::statement;
    EventSeries "event series": |_s, _c| Naming::Own;
    Event "event": |_e, _c| Naming::Own, across rules::event;
    EventSession "event session": |s, _c| Naming::part(s.event, format!("session:{}", s.number)), across rules::event_session;
    Delegation "delegation": |d, _c| Naming::counted(d.event, "delegation"), across rules::delegation;
    ParticipantCount "participant count": |p, c| participants(p, c), across rules::participant_count;
    EventOutcome "event outcome": |o, _c| match o.delegation {
        Some(delegation) => Naming::counted(delegation, "outcome"),
        None => Naming::counted(o.event, "outcome"),
    }, across rules::event_outcome;
    GoodPractice "good practice": |_p, _c| Naming::Own, across rules::good_practice;
    Replication "replication": |_r, _c| Naming::Own, across rules::replication;
    Recommendation "recommendation": |_r, _c| Naming::Own;
    RoadMap "road map": |_r, _c| Naming::Own;
    RoadMapStep "road map step": |s, _c| Naming::part(s.road_map, format!("step:{}", s.number));
    AdvocacyAction "advocacy action": |a, _c| Naming::counted(a.recommendation, "action");
    Dialogue "dialogue": |_d, _c| Naming::Own, across rules::dialogue;
    DialogueOption "dialogue option": |o, _c| {
        Naming::part(o.dialogue, format!("option:{}", o.number))
    }, across rules::dialogue_option;
    DialogueCluster "dialogue cluster": |k, c| {
        Naming::part(k.dialogue, format!("cluster:{}", c.of(k.cluster)))
    }, across rules::dialogue_cluster;
    Partnership "partnership": |_p, _c| Naming::Own, across rules::partnership, complete beside::partnership;
    PartnershipParty "partnership party": |p, c| {
        Naming::part(p.partnership, format!("party:{}", c.of(p.authority)))
    }, across rules::partnership_party;
    CooperationAgreement "cooperation agreement": |a, _c| Naming::counted(a.partnership, "agreement");
    NewsItem "news item": |_n, _c| Naming::Own;
    Person "person": |_p, _c| Naming::Own, across rules::person;
    PublicRole "public role": |r, c| {
        let part = format!("role:{}:{}", r.kind.name(), c.of(r.document));
        Naming::Part { of: r.person.uuid(), part, counted: true }
    }, across rules::public_role;
}

/// The same body may be a member twice, one time after another.
fn since(date: Option<PartialDate>) -> String {
    date.map(|d| format!(":{d}")).unwrap_or_default()
}

fn membership(m: &Membership, c: &Codes<'_>) -> Naming {
    let group = match (m.network, m.cluster, m.fund) {
        (Some(network), ..) => c.of(network),
        (_, Some(cluster), _) => c.of(cluster),
        (.., Some(fund)) => c.of(fund),
        (None, None, None) => return Naming::Nothing,
    };
    match (m.organisation, m.authority, m.fund) {
        (None, Some(authority), Some(fund)) => Naming::part(fund, format!("fund:{}", c.of(authority))),
        (Some(member), None, _) => Naming::part(member, format!("organisation:{group}{}", since(m.period.from))),
        (None, Some(member), None) => Naming::part(member, format!("local_authority:{group}{}", since(m.period.from))),
        (Some(_), Some(_), _) | (None, None, _) => Naming::Nothing,
    }
}

fn participants(p: &ParticipantCount, c: &Codes<'_>) -> Naming {
    let of = p.organisation.map(|o| format!(":{}", c.of(o))).unwrap_or_default();
    let at = p.session.map(|s| format!(":session-{}", c.end(s))).unwrap_or_default();
    let part = format!("participants:{}{of}{at}", p.category.name());
    match p.delegation {
        Some(delegation) => Naming::part(delegation, part),
        None => Naming::part(p.event, part),
    }
}

#[cfg(test)]
mod tests {
    use ketnoi_domain::{Period, Role, Text, Visibility};

    use super::*;

    fn known<const N: usize>(all: [(u128, &str); N]) -> HashMap<Uuid, Known> {
        let one = |(id, code): (u128, &str)| {
            let id = Uuid::from_u128(id);
            (id, Known { id, code: code.into(), version: 1, effective: 3 })
        };
        all.into_iter().map(one).collect()
    }

    fn head<T>() -> Head<T> {
        let (visibility, code) = (Visibility::Public, "x".parse().unwrap());
        Head { id: Id::from_uuid(Uuid::nil()), code, visibility, effective: visibility, illustrative: false, version: 1 }
    }

    #[test]
    fn parts_are_called_as_the_import_calls_them() {
        let codes = known([(1, "PMI-LED"), (2, "FCM"), (3, "hue"), (4, "CDF")]);
        let codes = Codes(&codes);
        let participation = Participation {
            head: head(),
            programme: Id::from_uuid(Uuid::from_u128(1)),
            organisation: Id::from_uuid(Uuid::from_u128(2)),
            role: Role::Funding,
            stated_name: Text::default(),
            via: None,
            period: Period { from: Some("2010".parse().unwrap()), to: None },
            note: Text::default(),
        };
        let named = |of: u128, part: &str| Naming::Part { of: Uuid::from_u128(of), part: part.into(), counted: false };
        assert_eq!(participation.naming(&codes), named(1, "funding:FCM:2010"));
        let member = Membership {
            head: head(),
            organisation: None,
            authority: Some(Id::from_uuid(Uuid::from_u128(3))),
            network: None,
            cluster: None,
            fund: Some(Id::from_uuid(Uuid::from_u128(4))),
            period: Period::default(),
            note: Text::default(),
        };
        assert_eq!(member.naming(&codes), named(4, "fund:hue"));
        let nobody = Membership { authority: None, ..member };
        assert_eq!(nobody.naming(&codes), Naming::Nothing);
    }
}
