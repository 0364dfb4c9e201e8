//! Periods of programmes that are locked: their actuals, transactions and narratives stand as they are.
//!
//! Every write of such a record asks here, whichever use case makes it: single changes, actuals reported at once, proposals
//! when they are made and when they are approved, archiving, restoring, imports.

use ketnoi_domain::{
    AccountRole, Action, Id, Indicator, IndicatorPeriod, Kind, Narrative, PartialDate, Period, Programme, Record, Transaction,
    Viewer,
};
use ketnoi_persistence::{
    Stored, UnitOfWork,
    workflow::{self, PeriodLock},
};
use uuid::Uuid;

use super::{named, plain};
use crate::{Author, Error, Reference, Registry, Session, UserErrorCode, WriteError, writing::Writing};

type Asking<R> = Result<R, ketnoi_persistence::Error>;

/// A kind of record of which a locked period keeps something.
pub(crate) trait Lockable: Stored {
    /// The field that stands as it is.
    const FIELD: &'static str;
    /// The period that it is told of; nothing where it tells of none.
    fn told(&self) -> Option<Period>;
    /// Whether another says the same, as far as a lock keeps it. Who may see it is no part of that.
    fn says(&self, other: &Self) -> bool;
}

impl Lockable for IndicatorPeriod {
    const FIELD: &'static str = "actual";
    fn told(&self) -> Option<Period> {
        self.actual.as_ref().map(|_| self.period)
    }
    fn says(&self, other: &Self) -> bool {
        // A target may be set anew: it was not reached yet.
        (self.period, &self.actual) == (other.period, &other.actual)
    }
}

impl Lockable for Transaction {
    const FIELD: &'static str = "date";
    fn told(&self) -> Option<Period> {
        Some(self.when())
    }
    fn says(&self, other: &Self) -> bool {
        *self == Self { head: self.head.clone(), ..other.clone() }
    }
}

impl Lockable for Narrative {
    const FIELD: &'static str = "period";
    fn told(&self) -> Option<Period> {
        Some(self.period)
    }
    fn says(&self, other: &Self) -> bool {
        *self == Self { head: self.head.clone(), ..other.clone() }
    }
}

/// Whether a lock forbids to write a record of a programme, by what it is or by what it was.
pub(crate) async fn forbid<T: Lockable>(it: &T, before: Option<&T>, programme: Option<Uuid>, unit: &UnitOfWork) -> Asking<bool> {
    if before.is_some_and(|before| before.says(it)) {
        return Ok(false);
    }
    let told: Vec<Period> = before.into_iter().chain([it]).filter_map(Lockable::told).collect();
    keep(&told, programme, unit).await
}

/// Whether a lock keeps any of these records of a programme.
pub(crate) async fn keep_any<T: Lockable>(all: &[T], programme: Option<Uuid>, unit: &UnitOfWork) -> Asking<bool> {
    let told: Vec<Period> = all.iter().filter_map(Lockable::told).collect();
    keep(&told, programme, unit).await
}

async fn keep(told: &[Period], programme: Option<Uuid>, unit: &UnitOfWork) -> Asking<bool> {
    let Some(programme) = programme else { return Ok(false) };
    if told.is_empty() {
        return Ok(false);
    }
    let locks = unit.standing_locks(Some(programme)).await?;
    Ok(told.iter().any(|period| locks.iter().any(|lock| lock.keeps(*period))))
}

/// The programme whose result an indicator measures.
pub(crate) async fn programme_of(indicator: Id<Indicator>, unit: &UnitOfWork) -> Asking<Option<Uuid>> {
    let Some(result) = unit.pointed(Kind::Indicator, "result_id", indicator.uuid()).await? else { return Ok(None) };
    unit.pointed(Kind::Outcome, "programme_id", result).await
}

/// A period to lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLock {
    /// The programme.
    pub programme: Reference,
    /// From when on.
    pub from: PartialDate,
    /// Until when.
    pub to: PartialDate,
    /// Why.
    pub reason: String,
}

impl Registry {
    /// Locks a period of a programme. Gives the id of the lock.
    pub async fn lock_period(&self, author: &Author, new: &NewLock) -> Result<Uuid, WriteError> {
        self.change(author, Action::Approve, "lock period", async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let done = self.lock(&mut writing, author, new).await?;
            writing.end(done)
        })
        .await
    }

    /// Takes a lock off: for administrators, who say why. Gives the id of the lock.
    pub async fn unlock_period(&self, author: &Author, lock: Uuid, reason: &str) -> Result<Uuid, WriteError> {
        self.change(author, Action::Administer, "unlock period", async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let reason = plain(&mut writing, "reason", reason, true);
            let found = writing.unit.period_lock(lock).await?;
            match &found {
                None => writing.refuse(UserErrorCode::NotFound, "id".to_owned(), "lock-none", &[]),
                Some(found) if found.unlocked.is_some() => {
                    writing.refuse(UserErrorCode::State, "id".to_owned(), "lock-off", &[]);
                }
                Some(found) if writing.errors.is_empty() => {
                    writing.unit.take_lock_off(found, &self.clock.now(), author.viewer.name(), &reason).await?;
                }
                Some(_) => {}
            }
            writing.end(Some(lock))
        })
        .await
    }

    async fn lock(&self, writing: &mut Writing<'_>, author: &Author, new: &NewLock) -> Result<Option<Uuid>, WriteError> {
        let reason = plain(writing, "reason", &new.reason, true);
        if new.from.from() > new.to.to() {
            writing.refuse(UserErrorCode::Invalid, "to".to_owned(), "period-order", &[]);
        }
        let session = self.session(author.viewer.clone());
        let Some(programme) = named::<Programme>(writing, &session, "programme".to_owned(), &new.programme).await? else {
            return Ok(None);
        };
        let standing = writing.unit.standing_locks(Some(programme.head.id.uuid())).await?;
        if standing.iter().any(|lock| lock.from.from() <= new.from.from() && new.to.to() <= lock.to.to()) {
            writing.refuse(UserErrorCode::State, "from".to_owned(), "lock-there", &[]);
        }
        if !writing.errors.is_empty() {
            return Ok(None);
        }
        let lock = PeriodLock {
            id: self.clock.new_id(),
            programme: programme.head.id,
            from: new.from,
            to: new.to,
            reason,
            at: self.clock.now(),
            account: author.viewer.account(),
            actor: author.viewer.name().to_owned(),
            unlocked: None,
        };
        writing.unit.add_lock(&lock).await?;
        Ok(Some(lock.id))
    }
}

impl Session {
    /// A lock, for those who keep the registry.
    pub async fn period_lock(&self, id: Uuid) -> Result<Option<PeriodLock>, Error> {
        self.require_keeping()?;
        Ok(workflow::lock(self.reader(), id).await?)
    }

    /// The locks of a programme, by where they begin: for those who write or propose its figures. Only those who keep the
    /// registry are told who locked it and why, and which locks were taken off.
    pub async fn period_locks(&self, programme: &Programme) -> Result<Vec<PeriodLock>, Error> {
        let proposes = match self.viewer() {
            Viewer::Known(who) => who.role == AccountRole::FocalPoint && self.viewer().parties().is_some(),
            Viewer::LocalAdministrator | Viewer::Stranger => false,
        };
        if !self.keeps() && !proposes {
            return Ok(Vec::new());
        }
        let mut all = workflow::locks(self.reader(), &[programme.head.id.uuid()]).await?;
        if !self.keeps() {
            all.retain(|lock| lock.unlocked.is_none());
            for lock in &mut all {
                lock.account = None;
                lock.actor.clear();
                lock.reason.clear();
            }
        }
        Ok(all)
    }
}
