//! Archiving and restoring. What is archived is seen by nobody and keeps its code, its history and whatever points at it.

use ketnoi_domain::{
    Action, AdvocacyAction, Agreement, Ballot, BudgetLine, Cluster, Community, CooperationAgreement, Delegation, Dialogue,
    DialogueCluster, DialogueOption, Document, Event, EventOutcome, EventSeries, EventSession, ExchangeRate, Fund, GoodPractice,
    HousingProject, InKindContribution, Indicator, IndicatorPeriod, Kind, LocalAuthority, Membership, Narrative, NewsItem,
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
        for broken in leaving(kind, known.id, self.unit).await? {
            let message = match broken {
                Broken::Rule(fault) => fault_told(self.lang, &fault),
                Broken::Across(.., message) => say(self.lang, message, &[]),
            };
            self.errors.push(UserError::new(UserErrorCode::State, "id", message));
        }
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
        Kind::PartnershipParty => match unit.found::<PartnershipParty>(&[id]).await?.pop() {
            Some(party) => rules::without(&party, unit).await,
            None => Ok(Vec::new()),
        },
        _ => locked(kind, id, unit).await,
    }
}

/// Whether a record belongs to a period that is locked: then it is neither put away nor brought back.
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
        _ => Ok(Vec::new()),
    }
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
