//! What clients write: for each type of an input how it becomes a value of the domain. Whatever is wrong is noted with its
//! path, and reading goes on with a value that is nobody's: so all of it is told at once.

mod objects;

pub(super) use objects::*;

use async_graphql::{ID, MaybeUndefined};
use chrono::NaiveDate;
use ketnoi_domain::{Coded, Id, PartialDate, Percentage, Period, Record, Subject, Text};
use ketnoi_registry::{Reading, Reference, each};

use crate::{
    enums::E,
    global_id,
    scalars::{Currency, Date, Decimal, PartialDateInput},
};

/// A field that is always known.
pub(super) type Needed<X> = X;

/// A field that may be unknown.
pub(super) type Maybe<X> = Option<X>;

/// A type of an input that says a `D`.
pub(super) trait Input<D> {
    fn read(&self, reading: &mut Reading) -> D;
}

/// A type of an input that says a `D`, which may be unknown, nothing or none.
pub(super) trait Optional<D> {
    fn read_some(given: Option<&Self>, reading: &mut Reading) -> D;
}

/// Changes a value that is always known.
pub(super) fn needed<X: Input<D>, D>(given: &MaybeUndefined<X>, value: &mut D, reading: &mut Reading) {
    match given {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => reading.wrong("not-null", &[]),
        MaybeUndefined::Value(given) => *value = given.read(reading),
    }
}

/// Changes a value that may be unknown.
pub(super) fn maybe<X: Optional<D>, D>(given: &MaybeUndefined<X>, value: &mut D, reading: &mut Reading) {
    match given {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *value = X::read_some(None, reading),
        MaybeUndefined::Value(given) => *value = X::read_some(Some(given), reading),
    }
}

impl<X: Input<D>, D> Optional<Option<D>> for X {
    fn read_some(given: Option<&Self>, reading: &mut Reading) -> Option<D> {
        given.map(|given| given.read(reading))
    }
}

impl<X: Input<D>, D> Input<Vec<D>> for Vec<X> {
    fn read(&self, reading: &mut Reading) -> Vec<D> {
        each(self, reading, Input::read)
    }
}

impl<X: Input<D>, D> Optional<Vec<D>> for Vec<X> {
    fn read_some(given: Option<&Self>, reading: &mut Reading) -> Vec<D> {
        given.map(|given| given.read(reading)).unwrap_or_default()
    }
}

/// A record as it is pointed at: by its code, or by an opaque id.
pub(super) fn reference(id: &ID) -> Reference {
    Reference { text: id.to_string(), id: global_id::decode(id).ok() }
}

impl<T: Record> Input<Id<T>> for ID {
    fn read(&self, reading: &mut Reading) -> Id<T> {
        reading.refer(&reference(self))
    }
}

impl Input<Subject> for ID {
    fn read(&self, reading: &mut Reading) -> Subject {
        reading.subject(&reference(self))
    }
}

/// No text without a language needs to be longer.
const LONGEST: usize = 2_000;

impl Input<String> for String {
    fn read(&self, reading: &mut Reading) -> String {
        let text = self.trim();
        if text.is_empty() {
            reading.wrong("text-empty", &[]);
        } else if text.chars().count() > LONGEST {
            reading.wrong("text-long", &[("most", &LONGEST.to_string())]);
        }
        text.to_owned()
    }
}

impl Input<i64> for i64 {
    fn read(&self, _: &mut Reading) -> i64 {
        *self
    }
}

impl Input<bool> for bool {
    fn read(&self, _: &mut Reading) -> bool {
        *self
    }
}

impl Optional<bool> for bool {
    fn read_some(given: Option<&Self>, _: &mut Reading) -> bool {
        given.copied().unwrap_or_default()
    }
}

impl<T: Coded> Input<T> for E<T> {
    fn read(&self, _: &mut Reading) -> T {
        self.0
    }
}

impl Input<ketnoi_domain::Decimal> for Decimal {
    fn read(&self, _: &mut Reading) -> ketnoi_domain::Decimal {
        self.0
    }
}

impl Input<Percentage> for Decimal {
    fn read(&self, reading: &mut Reading) -> Percentage {
        let written = self.0.to_string();
        written.parse().unwrap_or_else(|_| {
            reading.wrong("percentage-range", &[("value", &written)]);
            Percentage::HUNDRED
        })
    }
}

impl Input<NaiveDate> for Date {
    fn read(&self, _: &mut Reading) -> NaiveDate {
        self.0
    }
}

impl Input<PartialDate> for PartialDateInput {
    fn read(&self, _: &mut Reading) -> PartialDate {
        self.0
    }
}

impl Input<ketnoi_domain::Currency> for Currency {
    fn read(&self, _: &mut Reading) -> ketnoi_domain::Currency {
        self.0
    }
}

impl Input<Period> for PeriodInput {
    fn read(&self, reading: &mut Reading) -> Period {
        Period {
            from: reading.at("from", |r| Optional::read_some(self.from.as_ref(), r)),
            to: reading.at("to", |r| Optional::read_some(self.to.as_ref(), r)),
        }
    }
}

impl Optional<Period> for PeriodInput {
    fn read_some(given: Option<&Self>, reading: &mut Reading) -> Period {
        given.map(|given| given.read(reading)).unwrap_or_default()
    }
}

impl Input<Text> for Vec<TextInput> {
    fn read(&self, reading: &mut Reading) -> Text {
        let mut langs: Vec<_> = self.iter().map(|t| t.lang.0).collect();
        langs.sort_unstable();
        langs.dedup();
        if langs.len() < self.len() {
            reading.wrong("lang-twice", &[]);
        }
        self.iter().map(|t| (t.lang.0, t.text.as_str())).collect()
    }
}

impl Optional<Text> for Vec<TextInput> {
    fn read_some(given: Option<&Self>, reading: &mut Reading) -> Text {
        given.map(|given| given.read(reading)).unwrap_or_default()
    }
}
