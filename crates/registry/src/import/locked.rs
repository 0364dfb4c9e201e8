//! What files would change of periods that are locked: it is refused with all else that is wrong, at its file and line.

use std::collections::{HashMap, HashSet};

use ketnoi_domain::{Coded, Id, Indicator, Kind, Outcome, Period, Programme};
use ketnoi_persistence::{Error, UnitOfWork, workflow::PeriodLock};
use uuid::Uuid;

use super::build::Batch;
use crate::workflow::locks::Lockable;

/// A record that stands as it is, whatever the files say.
pub(super) struct Kept {
    /// Its kind, or that of the programme whose file no longer holds it.
    pub(super) kind: Kind,
    /// Its id, or the programme's.
    pub(super) id: Uuid,
    /// The field that is locked.
    pub(super) field: &'static str,
    /// What is wrong, and what to do.
    pub(super) message: String,
}

/// What the files would change, add or take away that is locked.
pub(super) async fn locked(unit: &UnitOfWork, batch: &Batch) -> Result<Vec<Kept>, Error> {
    let locks = unit.standing_locks(None).await?;
    if locks.is_empty() {
        return Ok(Vec::new());
    }
    let results: HashMap<Id<Outcome>, Uuid> = batch.results.iter().map(|r| (r.head.id, r.programme.uuid())).collect();
    let measured = batch.indicators.iter().filter_map(|i| Some((i.head.id, *results.get(&i.result)?)));
    let indicators: HashMap<Id<Indicator>, Uuid> = measured.collect();
    let look = Look { unit, locks: &locks, programmes: &batch.programmes };
    let mut kept = look.kept(&batch.transactions, |t| Some(t.programme.uuid())).await?;
    kept.extend(look.kept(&batch.narratives, |n| Some(n.programme.uuid())).await?);
    kept.extend(look.kept(&batch.indicator_periods, |p| indicators.get(&p.indicator).copied()).await?);
    Ok(kept)
}

struct Look<'l> {
    unit: &'l UnitOfWork,
    locks: &'l [PeriodLock],
    programmes: &'l [Programme],
}

impl Look<'_> {
    /// The lock that keeps one of these periods of a programme.
    fn lock(&self, programme: Uuid, told: &[Period]) -> Option<&PeriodLock> {
        let mut own = self.locks.iter().filter(|lock| lock.programme.uuid() == programme);
        own.find(|lock| told.iter().any(|period| lock.keeps(*period)))
    }

    async fn kept<T: Lockable>(&self, records: &[T], programme: impl Fn(&T) -> Option<Uuid>) -> Result<Vec<Kept>, Error> {
        let locked: HashSet<Uuid> = self.locks.iter().map(|lock| lock.programme.uuid()).collect();
        let concerned: Vec<(&T, Uuid)> =
            records.iter().filter_map(|r| Some((r, programme(r)?))).filter(|(_, programme)| locked.contains(programme)).collect();
        let ids: Vec<Uuid> = concerned.iter().map(|(record, _)| record.head().id.uuid()).collect();
        let old: HashMap<Uuid, T> =
            self.unit.found::<T>(&ids).await?.into_iter().map(|record| (record.head().id.uuid(), record)).collect();
        let kind = T::KIND.name().replace('_', " ");
        let mut kept = Vec::new();
        for (record, programme) in concerned {
            let before = old.get(&record.head().id.uuid());
            if before.is_some_and(|before| before.says(record)) {
                continue;
            }
            let told: Vec<Period> = before.into_iter().chain([record]).filter_map(Lockable::told).collect();
            if let Some(lock) = self.lock(programme, &told) {
                let message = format!(
                    "the {kind} `{}` belongs to a period that is locked, {} to {}: leave it as the registry has it, or have an administrator unlock the period",
                    record.head().code,
                    lock.from,
                    lock.to
                );
                kept.push(Kept { kind: T::KIND, id: record.head().id.uuid(), field: T::FIELD, message });
            }
        }
        let there: HashSet<Uuid> = records.iter().map(|record| record.head().id.uuid()).collect();
        for programme in self.programmes.iter().filter(|p| locked.contains(&p.head.id.uuid())) {
            let id = programme.head.id.uuid();
            let below = self.unit.ids_below::<T>(&[format!("{}:", programme.head.code)]).await?;
            let gone: Vec<Uuid> = below.into_iter().map(|(_, id)| id).filter(|id| !there.contains(id)).collect();
            for record in self.unit.found::<T>(&gone).await? {
                let told: Vec<Period> = record.told().into_iter().collect();
                if let Some(lock) = self.lock(id, &told) {
                    let message = format!(
                        "this file no longer holds the {kind} `{}` of a period that is locked, {} to {}: write it as the registry has it, or have an administrator unlock the period",
                        record.head().code,
                        lock.from,
                        lock.to
                    );
                    kept.push(Kept { kind: Kind::Programme, id, field: T::KIND.name(), message });
                }
            }
        }
        Ok(kept)
    }
}
