//! Archiving and restoring. What is archived is seen by nobody and keeps its code, its history and whatever points at it.

use std::collections::BTreeSet;

use ketnoi_domain::{
    Action, AdvocacyAction, Agreement, Ballot, BudgetLine, Cluster, Community, CooperationAgreement, Delegation, Dialogue,
    DialogueCluster, DialogueOption, Document, Event, EventOutcome, EventSeries, EventSession, ExchangeRate, Fund, GoodPractice,
    HousingProject, Id, InKindContribution, Indicator, IndicatorPeriod, Kind, LocalAuthority, Membership, Narrative, NewsItem,
    Organisation, Outcome, ParticipantCount, Participation, Partnership, PartnershipParty, Person, Programme, PublicRole,
    Recommendation, Replication, Risk, RoadMap, RoadMapStep, SavingsGroup, SmallGrant, StatedFigure, Statement, Transaction,
};
use ketnoi_persistence::{Error, UnitOfWork};
use uuid::Uuid;

use super::{
    Author, Reference, Saved, UserError, UserErrorCode, WriteError, rules,
    save::Writing,
    told::{Broken, fault_told},
    vote,
    writable::Task,
};
use crate::{Registry, wording::say, workflow::locks};

/// Why, by whom and when something is put away.
#[derive(Clone, Copy, Debug)]
struct Why<'w> {
    account: Option<Uuid>,
    reason: &'w str,
    at: &'w str,
}

/// No reason needs to be longer.
const LONGEST: usize = 2_000;

impl Registry {
    /// Archives a record by its opaque id, with the reason that others are told.
    pub async fn archive(
        &self,
        author: &Author,
        which: &Reference,
        expected: Option<i64>,
        reason: &str,
    ) -> Result<Saved, WriteError> {
        self.change(author, Action::Write, "archive", async |unit| {
            let at = self.clock.now();
            let why = Why { account: author.viewer.account(), reason: reason.trim(), at: &at };
            let mut writing = Writing::begin(self, author, unit);
            let saved = writing.put_away(which, expected, why).await?;
            writing.end(saved)
        })
        .await
    }

    /// Restores an archived record by its opaque id.
    pub async fn restore(&self, author: &Author, which: &Reference, expected: Option<i64>) -> Result<Saved, WriteError> {
        self.change(author, Action::Write, "restore", async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let saved = writing.take_back(which, expected).await?;
            writing.end(saved)
        })
        .await
    }
}

impl Writing<'_> {
    /// The kind of what a client names: an opaque id says it, a code does not.
    fn kind_of(&mut self, which: &Reference) -> Option<Kind> {
        match which.id {
            Some((Kind::Ballot, _)) => {
                self.refuse(UserErrorCode::State, "id".to_owned(), "ballots-are-cast", &[]);
                None
            }
            Some((kind, _)) => Some(kind),
            None => {
                self.refuse(UserErrorCode::NotFound, "id".to_owned(), "id-needed", &[]);
                None
            }
        }
    }

    async fn put_away(&mut self, which: &Reference, expected: Option<i64>, why: Why<'_>) -> Result<Option<Saved>, Error> {
        if why.reason.is_empty() {
            self.refuse(UserErrorCode::Invalid, "reason".to_owned(), "reason-missing", &[]);
        } else if why.reason.chars().count() > LONGEST {
            self.refuse(UserErrorCode::Invalid, "reason".to_owned(), "text-long", &[("most", &LONGEST.to_string())]);
        }
        let Some(kind) = self.kind_of(which) else { return Ok(None) };
        let Some(known) = self.target("", kind, which, expected).await? else { return Ok(None) };
        let broken = leaving(kind, known.id, self.unit).await?;
        self.stays(broken);
        if !self.errors.is_empty() {
            return Ok(None);
        }
        archive(kind, self.unit, known.id, why).await?;
        self.saved(kind, known.id).await
    }

    async fn take_back(&mut self, which: &Reference, expected: Option<i64>) -> Result<Option<Saved>, Error> {
        let Some(kind) = self.kind_of(which) else { return Ok(None) };
        let id = "id".to_owned();
        let Some(known) = self.named(kind, which).await? else {
            let written: String = which.text.chars().take(100).collect();
            self.refuse(UserErrorCode::NotFound, id, "no-such-record", &[("code", &written)]);
            return Ok(None);
        };
        if known.effective >= 0 {
            self.refuse(UserErrorCode::State, id, "not-archived", &[]);
            return Ok(None);
        }
        if !self.expected("", &known, expected) {
            return Ok(None);
        }
        let broken = returning(kind, known.id, self.unit).await?;
        self.stays(broken);
        if !self.errors.is_empty() {
            return Ok(None);
        }
        restore(kind, self.unit, known.id).await?;
        self.unit.settle().await?;
        if !locked(kind, known.id, self.unit).await?.is_empty() {
            self.refuse(UserErrorCode::State, id, "period-locked", &[]);
            return Ok(None);
        }
        let settled = self.unit.known(kind, &[known.id], &[]).await?;
        if settled.iter().any(|known| known.effective < 0) {
            self.refuse(UserErrorCode::State, id, "owner-archived", &[]);
            return Ok(None);
        }
        self.saved(kind, known.id).await
    }

    /// Notes what keeps a record as it is.
    fn stays(&mut self, broken: Vec<Broken>) {
        for one in broken {
            let message = match one {
                Broken::Rule(fault) => fault_told(self.lang, &fault),
                Broken::Across(.., message) => say(self.lang, message, &[]),
            };
            self.errors.push(UserError::new(UserErrorCode::State, "id", message));
        }
    }

    async fn saved(&self, kind: Kind, id: Uuid) -> Result<Option<Saved>, Error> {
        let known = self.unit.known(kind, &[id], &[]).await?;
        Ok(known.first().map(|known| Saved { kind, id, version: known.version }))
    }
}

/// What others would be without a record that they need.
async fn leaving(kind: Kind, id: Uuid, unit: &UnitOfWork) -> Result<Vec<Broken>, Error> {
    match kind {
        Kind::Dialogue => Ok(unit.found::<Dialogue>(&[id]).await?.iter().flat_map(vote::put_away).collect()),
        Kind::DialogueOption => match unit.found::<DialogueOption>(&[id]).await?.pop() {
            Some(option) => vote::parts(option.dialogue, unit).await,
            None => Ok(Vec::new()),
        },
        Kind::DialogueCluster => match unit.found::<DialogueCluster>(&[id]).await?.pop() {
            Some(cluster) => vote::parts(cluster.dialogue, unit).await,
            None => Ok(Vec::new()),
        },
        Kind::Recommendation => {
            let options: Vec<DialogueOption> = unit.pointing("recommendation_id", id).await?;
            vote::parts_of_all(&held_on(&options), unit).await
        }
        Kind::Cluster => {
            let clusters: Vec<DialogueCluster> = unit.pointing("cluster_id", id).await?;
            vote::parts_of_all(&held_by(&clusters), unit).await
        }
        Kind::PartnershipParty => match unit.found::<PartnershipParty>(&[id]).await?.pop() {
            Some(party) => rules::without(&party, unit).await,
            None => Ok(Vec::new()),
        },
        _ => locked(kind, id, unit).await,
    }
}

/// What others would become with a record that was put away: a vote that is under way or over gets nothing back.
async fn returning(kind: Kind, id: Uuid, unit: &UnitOfWork) -> Result<Vec<Broken>, Error> {
    let dialogues = match kind {
        Kind::Dialogue => return Ok(unit.every::<Dialogue>("id", &[id]).await?.iter().flat_map(vote::put_away).collect()),
        Kind::DialogueOption => held_on(&unit.every::<DialogueOption>("id", &[id]).await?),
        Kind::DialogueCluster => held_by(&unit.every::<DialogueCluster>("id", &[id]).await?),
        Kind::Recommendation => held_on(&unit.every::<DialogueOption>("recommendation_id", &[id]).await?),
        Kind::Cluster => held_by(&unit.every::<DialogueCluster>("cluster_id", &[id]).await?),
        _ => return Ok(Vec::new()),
    };
    vote::parts_of_all(&dialogues, unit).await
}

/// The votes with these options.
fn held_on(options: &[DialogueOption]) -> Vec<Id<Dialogue>> {
    options.iter().map(|option| option.dialogue).collect()
}

/// The votes with these clusters.
fn held_by(clusters: &[DialogueCluster]) -> Vec<Id<Dialogue>> {
    clusters.iter().map(|cluster| cluster.dialogue).collect()
}

/// Whether a record belongs to a period that is locked, or holds what does: then it is neither put away nor brought back.
async fn locked(kind: Kind, id: Uuid, unit: &UnitOfWork) -> Result<Vec<Broken>, Error> {
    match kind {
        Kind::IndicatorPeriod => match unit.found::<IndicatorPeriod>(&[id]).await?.pop() {
            Some(period) => rules::taken(&period, locks::programme_of(period.indicator, unit).await?, unit).await,
            None => Ok(Vec::new()),
        },
        Kind::Transaction => match unit.found::<Transaction>(&[id]).await?.pop() {
            Some(transaction) => rules::taken(&transaction, Some(transaction.programme.uuid()), unit).await,
            None => Ok(Vec::new()),
        },
        Kind::Narrative => match unit.found::<Narrative>(&[id]).await?.pop() {
            Some(narrative) => rules::taken(&narrative, Some(narrative.programme.uuid()), unit).await,
            None => Ok(Vec::new()),
        },
        Kind::Indicator => {
            let periods: Vec<IndicatorPeriod> = unit.pointing("indicator_id", id).await?;
            rules::taken_with(&periods, locks::programme_of(Id::from_uuid(id), unit).await?, unit).await
        }
        Kind::Outcome => {
            let programme = unit.pointed(Kind::Outcome, "programme_id", id).await?;
            rules::taken_with(&measured_below(id, unit).await?, programme, unit).await
        }
        _ => Ok(Vec::new()),
    }
}

/// The periods of the indicators of a result, and of the results that are a part of it.
async fn measured_below(result: Uuid, unit: &UnitOfWork) -> Result<Vec<IndicatorPeriod>, Error> {
    let (mut next, mut seen, mut periods) = (vec![result], BTreeSet::new(), Vec::new());
    while let Some(result) = next.pop() {
        // No circle is ever walked twice.
        if !seen.insert(result) {
            continue;
        }
        next.extend(unit.pointing::<Outcome>("parent_id", result).await?.iter().map(|part| part.head.id.uuid()));
        for indicator in unit.pointing::<Indicator>("result_id", result).await? {
            periods.extend(unit.pointing::<IndicatorPeriod>("indicator_id", indicator.head.id.uuid()).await?);
        }
    }
    Ok(periods)
}

/// Does something with records of a kind that is known only when it happens: in `$work` the kind is called `T`.
macro_rules! of_kind {
    ($kind:expr, $work:expr; $($name:ident)+) => {
        match $kind { $(Kind::$name => {
            type T = $name;
            $work
        })+ }
    };
    ($kind:expr, $work:expr) => {
        of_kind! { $kind, $work;
            Organisation LocalAuthority Cluster Membership Programme Participation Agreement BudgetLine Transaction ExchangeRate
            InKindContribution Outcome Indicator IndicatorPeriod Fund Community SavingsGroup SmallGrant HousingProject Document
            Risk Narrative StatedFigure Statement EventSeries Event EventSession Delegation ParticipantCount EventOutcome
            GoodPractice Replication Recommendation RoadMap RoadMapStep AdvocacyAction Dialogue DialogueOption DialogueCluster
            Ballot Partnership PartnershipParty CooperationAgreement NewsItem Person PublicRole
        }
    };
}

fn archive<'a>(kind: Kind, unit: &'a mut UnitOfWork, id: Uuid, why: Why<'a>) -> Task<'a, ()> {
    of_kind!(
        kind,
        Box::pin(async move {
            unit.archive::<T>(&[id], why.account, why.reason, why.at).await?;
            Ok(())
        })
    )
}

fn restore(kind: Kind, unit: &mut UnitOfWork, id: Uuid) -> Task<'_, ()> {
    of_kind!(
        kind,
        Box::pin(async move {
            unit.restore::<T>(&[id]).await?;
            Ok(())
        })
    )
}
