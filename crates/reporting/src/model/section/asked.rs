//! The period that was asked for: what lies in it, before it, and up to its end. An end that nobody named is open.

use chrono::NaiveDate;
use ketnoi_domain::{PartialDate, Period};

use crate::model::Author;

/// The period that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked(pub(super) Period);

impl Asked {
    /// The one of a report.
    pub(super) fn of(author: &Author<'_>) -> Self {
        Self(author.snapshot.subject.period)
    }

    /// Whether anybody asked for one.
    pub(super) fn is_limited(self) -> bool {
        !self.0.is_unknown()
    }

    /// Whether a day lies in it.
    pub(super) fn holds(self, day: NaiveDate) -> bool {
        self.0.contains(day)
    }

    /// Whether a day lies before it.
    pub(super) fn follows(self, day: NaiveDate) -> bool {
        self.0.from.is_some_and(|from| day < from.from())
    }

    /// Whether a day lies in it or before it.
    pub(super) fn reaches(self, day: NaiveDate) -> bool {
        self.0.to.is_none_or(|to| day <= to.to())
    }

    /// Whether another period has the same first and last day, however either is written.
    pub(super) fn is_same(self, other: Period) -> bool {
        let days = |p: Period| (p.from.map(PartialDate::from), p.to.map(PartialDate::to));
        days(self.0) == days(other)
    }

    /// Whether another period has a day in common with it.
    pub(super) fn meets(self, other: Period) -> bool {
        let over_before = other.to.zip(self.0.from).is_some_and(|(to, from)| to.to() < from.from());
        let begins_after = other.from.zip(self.0.to).is_some_and(|(from, to)| from.from() > to.to());
        !over_before && !begins_after
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period { from: from.parse().ok(), to: to.parse().ok() }
    }

    #[test]
    fn an_open_end_leaves_nothing_out() {
        let day = |s: &str| s.parse::<NaiveDate>().unwrap();
        let year = Asked(period("2024-01", "2024-12-31"));
        assert!(year.holds(day("2024-12-31")) && !year.holds(day("2025-01-01")) && year.follows(day("2023-12-31")));
        assert!(year.reaches(day("2020-01-01")) && !year.reaches(day("2025-01-01")));
        assert!(
            year.meets(period("2023", "2024-01-01")) && !year.meets(period("2023", "2023")) && year.meets(period("2020", ""))
        );
        assert!(year.is_same(period("2024", "2024")) && !year.is_same(period("2024", "")));
        let whole = Asked(Period::default());
        assert!(!whole.is_limited() && whole.holds(day("1999-01-01")) && !whole.follows(day("1999-01-01")));
        assert!(whole.reaches(day("2999-01-01")) && whole.meets(period("1999", "1999")));
    }
}
