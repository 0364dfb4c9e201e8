//! The rules between a record and others, which no record can ask of itself. They are asked in the unit that writes, before
//! it writes.

use ketnoi_domain::{
    BudgetLine, Delegation, Event, EventOutcome, EventSession, Fault, Faults, GoodPractice, Id, Indicator, IndicatorMeasure,
    IndicatorPeriod, Kind, LocalAuthority, Measured, Measurement, Narrative, Organisation, Outcome, ParticipantCount,
    Partnership, PartnershipParty, Person, Programme, PublicRole, Record, Replication, SmallGrant, StatedFigure, Statement,
    Subject, SuccessionGraph, Transaction, party_faults,
};
use ketnoi_persistence::{Error, UnitOfWork};
use uuid::Uuid;

use super::{Asked, told::Broken};
use crate::workflow::locks::{self, Lockable};

pub(super) use super::vote::{dialogue, dialogue_cluster, dialogue_option};

type Asking = Result<Vec<Broken>, Error>;

/// No tree of bodies, programmes or results is deeper.
const DEEPEST: usize = 100;

fn rules(faults: Faults) -> Vec<Broken> {
    faults.0.into_iter().map(Broken::Rule).collect()
}

/// Whether a record would be a part of itself, by way of its parents. That it is its own parent it says itself.
async fn tree<T: Record>(it: &T, parent: Option<Id<T>>, before: Option<&T>, unit: &UnitOfWork) -> Asking {
    let me = it.head().id.uuid();
    // Nothing is a part yet of what is being made.
    let (Some(parent), Some(_)) = (parent.map(Id::uuid).filter(|up| *up != me), before) else { return Ok(Vec::new()) };
    let mut at = Some(parent);
    for _ in 0..DEEPEST {
        let Some(up) = at else { return Ok(Vec::new()) };
        if up == me {
            return Ok(vec![Broken::at("parent", "tree-circle")]);
        }
        at = unit.pointed(T::KIND, "parent_id", up).await?;
    }
    Ok(vec![Broken::at("parent", "tree-circle")])
}

/// Whether a body would come after itself, by way of those that it succeeded.
async fn succession<T: Record>(it: &T, asked: &Asked, unit: &UnitOfWork) -> Asking {
    let Some(new) = &asked.successor_of else { return Ok(Vec::new()) };
    let me = it.head().id.uuid();
    let mut once: Vec<Uuid> = new.iter().map(|f| f.predecessor).collect();
    once.sort_unstable();
    once.dedup();
    if once.len() < new.len() {
        return Ok(vec![Broken::at("successor_of", "given-twice")]);
    }
    let mut pairs = unit.successions::<T>().await?;
    pairs.retain(|(_, successor)| *successor != me);
    pairs.extend(new.iter().map(|f| (f.predecessor, me)));
    let circle = SuccessionGraph::try_new(pairs).is_err();
    Ok(if circle { vec![Broken::at("successor_of", "succession-circle")] } else { Vec::new() })
}

/// Something pointed at, and what it must be a part of.
struct Within {
    path: &'static str,
    kind: Kind,
    id: Option<Uuid>,
    /// The column by which it points at what it is a part of.
    column: &'static str,
}

impl Within {
    fn of<T: Record>(path: &'static str, id: Option<Id<T>>, column: &'static str) -> Self {
        Self { path, kind: T::KIND, id: id.map(Id::uuid), column }
    }
}

/// Whether what is pointed at is a part of the same whole.
async fn within<T: Record>(whole: Id<T>, all: Vec<Within>, unit: &UnitOfWork) -> Asking {
    let mut broken = Vec::new();
    for one in all {
        let Some(id) = one.id else { continue };
        let of = unit.pointed(one.kind, one.column, id).await?;
        if of.is_some_and(|of| of != whole.uuid()) {
            broken.push(Broken::at(one.path, "other-whole"));
        }
    }
    Ok(broken)
}

pub(super) async fn organisation(it: &Organisation, before: Option<&Organisation>, asked: &Asked, unit: &UnitOfWork) -> Asking {
    let mut broken = tree(it, it.parent, before, unit).await?;
    broken.extend(succession(it, asked, unit).await?);
    Ok(broken)
}

pub(super) async fn authority(it: &LocalAuthority, before: Option<&LocalAuthority>, asked: &Asked, unit: &UnitOfWork) -> Asking {
    let mut broken = tree(it, it.parent, before, unit).await?;
    broken.extend(succession(it, asked, unit).await?);
    Ok(broken)
}

pub(super) async fn programme(it: &Programme, before: Option<&Programme>, _: &Asked, unit: &UnitOfWork) -> Asking {
    tree(it, it.parent, before, unit).await
}

pub(super) async fn outcome(it: &Outcome, before: Option<&Outcome>, _: &Asked, unit: &UnitOfWork) -> Asking {
    let mut broken = tree(it, it.parent, before, unit).await?;
    broken.extend(within(it.programme, vec![Within::of("parent", it.parent, "programme_id")], unit).await?);
    Ok(broken)
}

pub(super) async fn budget_line(it: &BudgetLine, _: Option<&BudgetLine>, _: &Asked, unit: &UnitOfWork) -> Asking {
    within(it.programme, vec![Within::of("agreement", it.agreement, "programme_id")], unit).await
}

/// Whether what is written, or what it was before, belongs to a period that is locked.
async fn unlocked<T: Lockable>(it: &T, before: Option<&T>, programme: Option<Uuid>, unit: &UnitOfWork) -> Asking {
    let locked = locks::forbid(it, before, programme, unit).await?;
    Ok(if locked { vec![Broken::state(T::FIELD, "period-locked")] } else { Vec::new() })
}

/// What stands in the way of taking a record away, or of bringing it back: that its period is locked.
pub(super) async fn taken<T: Lockable>(it: &T, programme: Option<Uuid>, unit: &UnitOfWork) -> Asking {
    unlocked(it, None, programme, unit).await
}

/// The same of all that goes with a record of a programme.
pub(super) async fn taken_with<T: Lockable>(all: &[T], programme: Option<Uuid>, unit: &UnitOfWork) -> Asking {
    let locked = locks::keep_any(all, programme, unit).await?;
    Ok(if locked { vec![Broken::state(T::FIELD, "period-locked")] } else { Vec::new() })
}

pub(super) async fn narrative(it: &Narrative, before: Option<&Narrative>, _: &Asked, unit: &UnitOfWork) -> Asking {
    unlocked(it, before, Some(it.programme.uuid()), unit).await
}

pub(super) async fn transaction(it: &Transaction, before: Option<&Transaction>, _: &Asked, unit: &UnitOfWork) -> Asking {
    let parts =
        vec![Within::of("agreement", it.agreement, "programme_id"), Within::of("budget_line", it.budget_line, "programme_id")];
    let mut broken = within(it.programme, parts, unit).await?;
    broken.extend(unlocked(it, before, Some(it.programme.uuid()), unit).await?);
    Ok(broken)
}

pub(super) async fn small_grant(it: &SmallGrant, _: Option<&SmallGrant>, _: &Asked, unit: &UnitOfWork) -> Asking {
    within(it.fund, vec![Within::of("community", it.community, "fund_id")], unit).await
}

/// Whether a value is of the sort that the indicator is measured in.
fn measured(measure: IndicatorMeasure, m: Option<&Measurement>) -> bool {
    m.is_none_or(|m| match measure {
        IndicatorMeasure::Unit => matches!(m.value, Measured::Number(_)),
        IndicatorMeasure::Percentage => matches!(m.value, Measured::Ratio { .. }),
        IndicatorMeasure::Qualitative => matches!(m.value, Measured::Words(_)),
    })
}

pub(super) async fn indicator(it: &Indicator, before: Option<&Indicator>, _: &Asked, unit: &UnitOfWork) -> Asking {
    if before.is_none_or(|before| before.measure == it.measure) {
        return Ok(Vec::new());
    }
    let periods: Vec<IndicatorPeriod> = unit.pointing("indicator_id", it.head.id.uuid()).await?;
    let fit = periods.iter().all(|p| measured(it.measure, p.target.as_ref()) && measured(it.measure, p.actual.as_ref()));
    Ok(if fit { Vec::new() } else { vec![Broken::at("measure", "measure-of-periods")] })
}

pub(super) async fn indicator_period(
    it: &IndicatorPeriod,
    before: Option<&IndicatorPeriod>,
    _: &Asked,
    unit: &UnitOfWork,
) -> Asking {
    let Some(indicator) = unit.found::<Indicator>(&[it.indicator.uuid()]).await?.pop() else { return Ok(Vec::new()) };
    let values = [("target", it.target.as_ref()), ("actual", it.actual.as_ref())];
    let wrong = values.into_iter().filter(|(_, m)| !measured(indicator.measure, *m));
    let mut broken: Vec<Broken> = wrong.map(|(path, _)| Broken::at(path, "measure-of-indicator")).collect();
    broken.extend(unlocked(it, before, locks::programme_of(it.indicator, unit).await?, unit).await?);
    Ok(broken)
}

/// Whether sources speak of records of this kind. Only of these it is known who may see what is said of them.
fn is_spoken_of(kind: Kind) -> bool {
    match kind {
        Kind::Organisation
        | Kind::LocalAuthority
        | Kind::Cluster
        | Kind::Programme
        | Kind::Participation
        | Kind::Agreement
        | Kind::Narrative
        | Kind::Membership
        | Kind::Fund
        | Kind::EventSeries
        | Kind::Event
        | Kind::EventSession
        | Kind::Delegation
        | Kind::ParticipantCount
        | Kind::EventOutcome
        | Kind::GoodPractice
        | Kind::Replication
        | Kind::Recommendation
        | Kind::AdvocacyAction
        | Kind::RoadMap
        | Kind::Dialogue
        | Kind::DialogueCluster
        | Kind::Partnership
        | Kind::CooperationAgreement
        | Kind::NewsItem
        | Kind::Person => true,
        Kind::BudgetLine
        | Kind::Transaction
        | Kind::ExchangeRate
        | Kind::InKindContribution
        | Kind::Outcome
        | Kind::Indicator
        | Kind::IndicatorPeriod
        | Kind::Community
        | Kind::SavingsGroup
        | Kind::SmallGrant
        | Kind::HousingProject
        | Kind::Document
        | Kind::Risk
        | Kind::StatedFigure
        | Kind::Statement
        | Kind::RoadMapStep
        | Kind::DialogueOption
        | Kind::Ballot
        | Kind::PartnershipParty
        | Kind::PublicRole => false,
    }
}

fn spoken_of(subject: Subject) -> Vec<Broken> {
    if is_spoken_of(subject.kind) { Vec::new() } else { vec![Broken::at("subject", "subject-kind")] }
}

pub(super) async fn stated_figure(it: &StatedFigure, _: Option<&StatedFigure>, _: &Asked, _: &UnitOfWork) -> Asking {
    Ok(spoken_of(it.subject))
}

pub(super) async fn statement(it: &Statement, _: Option<&Statement>, _: &Asked, unit: &UnitOfWork) -> Asking {
    let mut broken = spoken_of(it.subject);
    if it.current && it.property.is_some() {
        let others: Vec<Statement> = unit.pointing("subject_id", it.subject.id).await?;
        let rival = |s: &Statement| s.head.id != it.head.id && s.current && s.property == it.property;
        if others.iter().any(rival) {
            broken.push(Broken::at("current", "statement-current"));
        }
    }
    Ok(broken)
}

pub(super) async fn event(it: &Event, before: Option<&Event>, _: &Asked, unit: &UnitOfWork) -> Asking {
    if before.is_none_or(|before| before.period == it.period) {
        return Ok(Vec::new());
    }
    let sessions: Vec<EventSession> = unit.pointing("event_id", it.head.id.uuid()).await?;
    let outside = sessions.iter().any(|s| !s.faults_within(it).0.is_empty());
    Ok(if outside { vec![Broken::at("period", "session-outside")] } else { Vec::new() })
}

pub(super) async fn event_session(it: &EventSession, _: Option<&EventSession>, _: &Asked, unit: &UnitOfWork) -> Asking {
    let event = unit.found::<Event>(&[it.event.uuid()]).await?.pop();
    Ok(event.map(|event| rules(it.faults_within(&event))).unwrap_or_default())
}

pub(super) async fn delegation(it: &Delegation, _: Option<&Delegation>, _: &Asked, unit: &UnitOfWork) -> Asking {
    let sessions: Vec<Within> = it.attended.iter().map(|s| Within::of("attended", Some(*s), "event_id")).collect();
    within(it.event, sessions, unit).await
}

pub(super) async fn participant_count(
    it: &ParticipantCount,
    _: Option<&ParticipantCount>,
    _: &Asked,
    unit: &UnitOfWork,
) -> Asking {
    let parts = vec![Within::of("delegation", it.delegation, "event_id"), Within::of("session", it.session, "event_id")];
    within(it.event, parts, unit).await
}

pub(super) async fn event_outcome(it: &EventOutcome, _: Option<&EventOutcome>, _: &Asked, unit: &UnitOfWork) -> Asking {
    within(it.event, vec![Within::of("delegation", it.delegation, "event_id")], unit).await
}

pub(super) async fn good_practice(it: &GoodPractice, before: Option<&GoodPractice>, _: &Asked, unit: &UnitOfWork) -> Asking {
    if before.is_none_or(|before| before.authority == it.authority) {
        return Ok(Vec::new());
    }
    let replications: Vec<Replication> = unit.pointing("practice_id", it.head.id.uuid()).await?;
    Ok(replications.iter().flat_map(|r| rules(r.faults_of(it))).take(1).collect())
}

pub(super) async fn replication(it: &Replication, _: Option<&Replication>, _: &Asked, unit: &UnitOfWork) -> Asking {
    let Some(practice) = it.practice else { return Ok(Vec::new()) };
    let practice = unit.found::<GoodPractice>(&[practice.uuid()]).await?.pop();
    Ok(practice.map(|practice| rules(it.faults_of(&practice))).unwrap_or_default())
}

/// The rules between a partnership and the local authorities that take part in it.
async fn parties(authorities: &[Id<LocalAuthority>], unit: &UnitOfWork) -> Asking {
    let ids: Vec<Uuid> = authorities.iter().map(|a| a.uuid()).collect();
    let known: Vec<LocalAuthority> = unit.found(&ids).await?;
    if authorities.iter().any(|a| !known.iter().any(|k| k.head.id == *a)) {
        // One that is not there is told at its own place.
        return Ok(Vec::new());
    }
    let country = |id: &Id<LocalAuthority>| known.iter().find(|k| k.head.id == *id).map(|k| k.country.as_str());
    let all: Vec<_> = authorities.iter().map(|id| (*id, country(id))).collect();
    Ok(rules(party_faults(&all)))
}

pub(super) async fn partnership(_: &Partnership, before: Option<&Partnership>, asked: &Asked, unit: &UnitOfWork) -> Asking {
    match before {
        // Those who take part later, or no longer, are records of their own.
        Some(_) => Ok(Vec::new()),
        None => parties(&asked.parties, unit).await,
    }
}

/// The parties of a partnership besides one.
pub(super) async fn other_parties(it: &PartnershipParty, unit: &UnitOfWork) -> Result<Vec<Id<LocalAuthority>>, Error> {
    let all: Vec<PartnershipParty> = unit.pointing("partnership_id", it.partnership.uuid()).await?;
    Ok(all.iter().filter(|p| p.head.id != it.head.id).map(|p| p.authority).collect())
}

pub(super) async fn partnership_party(
    it: &PartnershipParty,
    _: Option<&PartnershipParty>,
    _: &Asked,
    unit: &UnitOfWork,
) -> Asking {
    let mut authorities = other_parties(it, unit).await?;
    authorities.push(it.authority);
    parties(&authorities, unit).await
}

/// Whether a partnership is still one without this party.
pub(super) async fn without(it: &PartnershipParty, unit: &UnitOfWork) -> Asking {
    let broken = parties(&other_parties(it, unit).await?, unit).await?;
    Ok(broken.into_iter().map(|b| if let Broken::Rule(fault) = b { elsewhere(fault) } else { b }).collect())
}

/// A fault of what remains is told of the record as a whole: none of its fields can mend it.
fn elsewhere(fault: Fault) -> Broken {
    Broken::Rule(Fault { path: "", ..fault })
}

/// Whoever was erased is given no name again.
pub(super) async fn person(it: &Person, before: Option<&Person>, _: &Asked, unit: &UnitOfWork) -> Asking {
    let named_anew = before.is_some_and(|before| before.name != it.name || before.honorific != it.honorific);
    let erased = named_anew && !unit.erased_among(&[it.head.id.uuid()]).await?.is_empty();
    Ok(if erased { vec![Broken::state("name", "person-erased")] } else { Vec::new() })
}

pub(super) async fn public_role(it: &PublicRole, _: Option<&PublicRole>, _: &Asked, unit: &UnitOfWork) -> Asking {
    match (it.session, it.event) {
        (Some(session), Some(event)) => within(event, vec![Within::of("session", Some(session), "event_id")], unit).await,
        (Some(_), None) => Ok(vec![Broken::at("session", "session-without-event")]),
        (None, _) => Ok(Vec::new()),
    }
}
