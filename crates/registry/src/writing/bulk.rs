//! What people write many of at once: the actuals of a period, the counts of those who came to an event. All of it is written
//! or none, and what is wrong stands below its number: `actuals.3.value`.

use std::collections::{HashMap, HashSet};

use ketnoi_domain::{
    Action, Delegation, Event, EventSession, Head, Id, Indicator, IndicatorPeriod, Measurement, Organisation, Outcome,
    ParticipantCategory, ParticipantCount, Period, Programme,
};
use ketnoi_persistence::Error;
use uuid::Uuid;

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
            let each = |reading: &mut Reading| -> Vec<Actual> {
                reading.at("actuals", |r| (0..count).map(|i| r.item(i, |r| read(i, r))).collect())
            };
            let (actuals, _) = writing.read("", &each).await?;
            let mut reported = writing.reported_on(&actuals, (programme, period)).await?;
            let mut all = Vec::with_capacity(count);
            for (i, actual) in actuals.iter().enumerate() {
                let base = format!("actuals.{i}");
                if writing.errors.iter().any(|e| is_at(&e.path, &base)) {
                    continue;
                }
                let wrong_before = writing.errors.len();
                let saved = writing.actual(&base, actual, &mut reported).await?;
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

    /// What amounts are reported on, read in as many statements however many amounts there are.
    async fn reported_on(&self, actuals: &[Actual], (programme, period): (Id<Programme>, Period)) -> Result<ReportedOn, Error> {
        let indicators: Vec<Uuid> = actuals.iter().filter_map(|a| a.indicator).map(Id::uuid).collect();
        let named: Vec<Uuid> = actuals.iter().filter_map(|a| a.indicator_period).map(Id::uuid).collect();
        let of_indicators: Vec<IndicatorPeriod> = self.unit.pointing_at_any("indicator_id", &indicators).await?;
        let named: Vec<IndicatorPeriod> = self.unit.found(&named).await?;
        let mut just = HashMap::new();
        for p in of_indicators.iter().filter(|p| p.period == period) {
            // They come in the order of their ids, and of several the first one counts.
            just.entry(p.indicator).or_insert(p.head.id);
        }
        let indicators: Vec<Uuid> = indicators.into_iter().chain(named.iter().map(|p| p.indicator.uuid())).collect();
        let indicators: Vec<Indicator> = self.unit.every("id", &indicators).await?;
        let results: Vec<Uuid> = indicators.iter().map(|i| i.result.uuid()).collect();
        let results: Vec<Outcome> = self.unit.every("id", &results).await?;
        let programmes: HashMap<Id<Outcome>, Id<Programme>> = results.iter().map(|r| (r.head.id, r.programme)).collect();
        let measures = |i: &Indicator| Some((i.head.id, *programmes.get(&i.result)?));
        let programmes = indicators.iter().filter_map(measures).collect();
        let periods = of_indicators.into_iter().chain(named).map(|p| (p.head.id, p)).collect();
        Ok(ReportedOn { programme, period, periods, just, programmes, once: HashSet::new() })
    }

    /// Reports one actual; nothing where something is wrong with it.
    async fn actual(&mut self, base: &str, actual: &Actual, on: &mut ReportedOn) -> Result<Option<Saved>, Error> {
        let (path, named) = match (actual.indicator, actual.indicator_period) {
            (Some(indicator), None) => (below(base, "indicator"), on.just.get(&indicator).copied()),
            (None, Some(named)) => (below(base, "indicatorPeriod"), Some(named)),
            (Some(_), Some(_)) | (None, None) => {
                self.refuse(UserErrorCode::Invalid, below(base, "indicator"), "indicator-or-period", &[]);
                return Ok(None);
            }
        };
        let found = named.and_then(|named| on.periods.get(&named));
        let Some(indicator) = actual.indicator.or_else(|| found.map(|p| p.indicator)) else {
            // It could not be read, which was told.
            return Ok(None);
        };
        if !on.belongs(indicator) {
            self.refuse(UserErrorCode::Invalid, path, "other-whole", &[]);
            return Ok(None);
        }
        if found.is_some_and(|found| !lies_within(found.period, on.period)) {
            self.refuse(UserErrorCode::Invalid, path, "period-outside", &[]);
            return Ok(None);
        }
        // A second actual of the same period is one too many, whether it was there or has just been made.
        if named.is_some_and(|named| !on.once.insert(named)) {
            self.refuse(UserErrorCode::Invalid, path, "given-twice", &[]);
            return Ok(None);
        }
        if let Some(named) = named {
            let edit = |_: &mut Reading, record: &mut IndicatorPeriod| record.actual = Some(actual.value.clone());
            let (level, expected) = (self.level(), actual.expected);
            let as_expected = |p: &&IndicatorPeriod| expected.is_none_or(|version| version == p.head.version);
            let writable = on.periods.get(&named).filter(|p| p.head.effective as i64 >= level).filter(as_expected);
            return match writable {
                Some(period) => self.update_found(base, period, &edit).await,
                // What stands in the way is told as of any other record.
                None => self.update::<IndicatorPeriod>(base, &Reference::id(named), expected, &edit).await,
            };
        }
        let period = on.period;
        let build = |_: &mut Reading, head: Head<IndicatorPeriod>| IndicatorPeriod {
            head,
            indicator,
            period,
            target: None,
            actual: Some(actual.value.clone()),
        };
        let made = self.create::<IndicatorPeriod>(base, &NewHead::default(), &build).await?;
        if let Some(saved) = &made {
            let made = Id::from_uuid(saved.id);
            on.just.insert(indicator, made);
            on.once.insert(made);
        }
        Ok(made)
    }
}

/// What amounts are reported on, as it stood before the first of them was written.
struct ReportedOn {
    programme: Id<Programme>,
    period: Period,
    /// The periods that are named, and all of the indicators that are.
    periods: HashMap<Id<IndicatorPeriod>, IndicatorPeriod>,
    /// The period of an indicator that is just the one reported on, also if it has been made since.
    just: HashMap<Id<Indicator>, Id<IndicatorPeriod>>,
    /// Of which programme an indicator measures a result.
    programmes: HashMap<Id<Indicator>, Id<Programme>>,
    /// The periods that have got their actual.
    once: HashSet<Id<IndicatorPeriod>>,
}

impl ReportedOn {
    /// Whether an indicator measures a result of the programme. What is not there is told elsewhere.
    fn belongs(&self, indicator: Id<Indicator>) -> bool {
        let unread = self.programme.uuid().is_nil();
        unread || self.programmes.get(&indicator).is_none_or(|of| *of == self.programme)
    }
}

/// Whether a path is this one, or lies below it.
fn is_at(path: &str, base: &str) -> bool {
    path.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether a period may lie within another.
fn lies_within(inner: Period, outer: Period) -> bool {
    let starts = inner.from.zip(outer.from).is_none_or(|(inner, outer)| inner.to() >= outer.from());
    let ends = inner.to.zip(outer.to).is_none_or(|(inner, outer)| inner.from() <= outer.to());
    starts && ends
}
