//! What people write many of at once: the actuals of a period, the counts of those who came to an event. All of it is written
//! or none, and what is wrong stands below its number: `actuals.3.value`.

use std::collections::{HashMap, HashSet};

use ketnoi_domain::{
    Action, Delegation, Event, EventSession, Head, Id, Indicator, IndicatorPeriod, Kind, Measurement, Organisation,
    ParticipantCategory, ParticipantCount, Period, Programme,
};
use ketnoi_persistence::Error;

use super::{Author, NewHead, Reading, Reference, Saved, UserErrorCode, WriteError, save::Writing, told::below};
use crate::Registry;

/// What was reached in a period, by one indicator.
#[derive(Clone, Debug)]
pub struct Actual {
    /// The indicator; its period is found by the period that is reported on, and made if there is none.
    pub indicator: Option<Id<Indicator>>,
    /// Or the very period of the indicator.
    pub indicator_period: Option<Id<IndicatorPeriod>>,
    /// The version of that period that the client has read, if it wants to be told of changes since.
    pub expected: Option<i64>,
    /// What was reached.
    pub value: Measurement,
}

/// How many came on one side.
#[derive(Clone, Debug)]
pub struct Count {
    /// With which delegation.
    pub delegation: Option<Id<Delegation>>,
    /// To which session, where only it was counted.
    pub session: Option<Id<EventSession>>,
    /// On whose side.
    pub category: ParticipantCategory,
    /// From which organisation.
    pub organisation: Option<Id<Organisation>>,
    /// How many women.
    pub women: Option<i64>,
    /// How many men.
    pub men: Option<i64>,
    /// How many in all.
    pub total: Option<i64>,
}

/// So many are written at once at most.
const MOST: usize = 500;

impl Registry {
    /// Reports the actuals of a programme's indicators in a period. `read` gives what a client wrote of each; it may be asked
    /// twice, as in [`Registry::create`].
    pub async fn report_actuals(
        &self,
        author: &Author,
        programme: &Reference,
        period: Period,
        count: usize,
        read: impl Fn(usize, &mut Reading) -> Actual + Send + Sync,
    ) -> Result<Vec<Saved>, WriteError> {
        self.change(author, Action::Write, "report actuals", async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let refer = |reading: &mut Reading| reading.at("programme", |r| r.refer::<Programme>(programme));
            let (programme, _) = writing.read("", &refer).await?;
            if !period.is_ordered() || period.is_unknown() {
                writing.refuse(UserErrorCode::Invalid, "periodTo".to_owned(), "period-order", &[]);
            }
            if !writing.many("actuals", count) {
                return writing.end(None);
            }
            let (mut all, mut once) = (Vec::with_capacity(count), HashSet::new());
            for i in 0..count {
                let base = format!("actuals.{i}");
                let wrong_before = writing.errors.len();
                let (actual, _) = writing.read(&base, &|reading: &mut Reading| read(i, reading)).await?;
                if writing.errors.len() > wrong_before {
                    continue;
                }
                let saved = writing.actual(&base, (programme, period), &actual, &mut once).await?;
                // Those who wrote call it a value; only in the registry is it an actual.
                let actual_path = format!("{base}.actual");
                for error in writing.errors.iter_mut().skip(wrong_before) {
                    if let Some(rest) = error.path.strip_prefix(&actual_path) {
                        error.path = format!("{base}.value{rest}");
                    } else if error.path == format!("{base}.id") {
                        error.path = format!("{base}.indicatorPeriod");
                    }
                }
                all.extend(saved);
            }
            writing.end(Some(all))
        })
        .await
    }

    /// Records how many came to an event. A count of the same side, organisation, delegation and session is changed, others
    /// are made. `read` gives what a client wrote of each; it may be asked twice, as in [`Registry::create`].
    pub async fn record_participant_counts(
        &self,
        author: &Author,
        event: &Reference,
        count: usize,
        read: impl Fn(usize, &mut Reading) -> Count + Send + Sync,
    ) -> Result<Vec<Saved>, WriteError> {
        self.change(author, Action::Write, "record participant counts", async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let refer = |reading: &mut Reading| reading.at("event", |r| r.refer::<Event>(event));
            let (event, _) = writing.read("", &refer).await?;
            if !writing.many("counts", count) {
                return writing.end(None);
            }
            let there: Vec<ParticipantCount> = writing.unit.pointing("event_id", event.uuid()).await?;
            let key = |c: &ParticipantCount| (c.delegation, c.session, c.category, c.organisation);
            let there: HashMap<_, Id<ParticipantCount>> = there.iter().map(|c| (key(c), c.head.id)).collect();
            let (mut all, mut once) = (Vec::with_capacity(count), HashSet::new());
            for i in 0..count {
                let base = format!("counts.{i}");
                let wrong_before = writing.errors.len();
                let (c, _) = writing.read(&base, &|reading: &mut Reading| read(i, reading)).await?;
                if writing.errors.len() > wrong_before {
                    continue;
                }
                let key = (c.delegation, c.session, c.category, c.organisation);
                if !once.insert(key) {
                    writing.refuse(UserErrorCode::Invalid, below(&base, "category"), "given-twice", &[]);
                    continue;
                }
                let saved = if let Some(id) = there.get(&key) {
                    let edit = |_: &mut Reading, record: &mut ParticipantCount| {
                        (record.women, record.men, record.total) = (c.women, c.men, c.total);
                    };
                    writing.update::<ParticipantCount>(&base, &Reference::id(*id), None, &edit).await?
                } else {
                    let build = |_: &mut Reading, head: Head<ParticipantCount>| ParticipantCount {
                        head,
                        event,
                        delegation: c.delegation,
                        session: c.session,
                        category: c.category,
                        organisation: c.organisation,
                        women: c.women,
                        men: c.men,
                        total: c.total,
                        withheld: false,
                    };
                    writing.create::<ParticipantCount>(&base, &NewHead::default(), &build).await?
                };
                all.extend(saved);
            }
            writing.end(Some(all))
        })
        .await
    }
}

impl Writing<'_> {
    /// Whether a list is neither empty nor too long.
    pub(crate) fn many(&mut self, list: &str, count: usize) -> bool {
        let good = (1..=MOST).contains(&count);
        if !good {
            self.refuse(UserErrorCode::Invalid, list.to_owned(), "list-long", &[("most", &MOST.to_string())]);
        }
        good
    }

    /// Reports one actual; nothing where something is wrong with it.
    async fn actual(
        &mut self,
        base: &str,
        (programme, period): (Id<Programme>, Period),
        actual: &Actual,
        once: &mut HashSet<Id<IndicatorPeriod>>,
    ) -> Result<Option<Saved>, Error> {
        let (path, named) = match (actual.indicator, actual.indicator_period) {
            (Some(indicator), None) => (below(base, "indicator"), self.period_of(indicator, period).await?),
            (None, Some(named)) => (below(base, "indicatorPeriod"), Some(named)),
            (Some(_), Some(_)) | (None, None) => {
                self.refuse(UserErrorCode::Invalid, below(base, "indicator"), "indicator-or-period", &[]);
                return Ok(None);
            }
        };
        let found = match named {
            Some(named) => self.unit.found::<IndicatorPeriod>(&[named.uuid()]).await?.pop(),
            None => None,
        };
        let Some(indicator) = actual.indicator.or_else(|| found.as_ref().map(|p| p.indicator)) else {
            // It could not be read, which was told.
            return Ok(None);
        };
        if !self.belongs(indicator, programme).await? {
            self.refuse(UserErrorCode::Invalid, path, "other-whole", &[]);
            return Ok(None);
        }
        let Some(found) = found else {
            let build = |_: &mut Reading, head: Head<IndicatorPeriod>| IndicatorPeriod {
                head,
                indicator,
                period,
                target: None,
                actual: Some(actual.value.clone()),
            };
            let made = self.create::<IndicatorPeriod>(base, &NewHead::default(), &build).await?;
            // A second actual of the same period is one too many, whether it was there or has just been made.
            once.extend(made.iter().map(|saved| Id::from_uuid(saved.id)));
            return Ok(made);
        };
        if !lies_within(found.period, period) {
            self.refuse(UserErrorCode::Invalid, path, "period-outside", &[]);
            return Ok(None);
        }
        if !once.insert(found.head.id) {
            self.refuse(UserErrorCode::Invalid, path, "given-twice", &[]);
            return Ok(None);
        }
        let edit = |_: &mut Reading, record: &mut IndicatorPeriod| record.actual = Some(actual.value.clone());
        self.update::<IndicatorPeriod>(base, &Reference::id(found.head.id), actual.expected, &edit).await
    }

    /// The period of an indicator that is just this one.
    async fn period_of(&self, indicator: Id<Indicator>, period: Period) -> Result<Option<Id<IndicatorPeriod>>, Error> {
        let all: Vec<IndicatorPeriod> = self.unit.pointing("indicator_id", indicator.uuid()).await?;
        Ok(all.iter().find(|p| p.period == period).map(|p| p.head.id))
    }

    /// Whether an indicator measures a result of a programme. What is not there is told elsewhere.
    async fn belongs(&self, indicator: Id<Indicator>, programme: Id<Programme>) -> Result<bool, Error> {
        let Some(result) = self.unit.pointed(Kind::Indicator, "result_id", indicator.uuid()).await? else { return Ok(true) };
        let of = self.unit.pointed(Kind::Outcome, "programme_id", result).await?;
        Ok(programme.uuid().is_nil() || of.is_none_or(|of| of == programme.uuid()))
    }
}

/// Whether a period may lie within another.
fn lies_within(inner: Period, outer: Period) -> bool {
    let starts = inner.from.zip(outer.from).is_none_or(|(inner, outer)| inner.to() >= outer.from());
    let ends = inner.to.zip(outer.to).is_none_or(|(inner, outer)| inner.from() <= outer.to());
    starts && ends
}
