use std::{fmt, str::FromStr};

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::coded::coded;

coded! {
    /// How much of a date is known.
    pub enum Precision {
        /// Only the year.
        Year = "year" / "year",
        /// The year and the month.
        Month = "month" / "month",
        /// The full date.
        Day = "day" / "day",
    }
}

/// A civil date of which the day, or the month and the day, may be unknown: `2010`, `2010-08`, `2010-08-02`.
///
/// It orders by its text: a year comes before its months and a month before its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    first: NaiveDate,
    precision: Precision,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date: write a year, a year and month, or a full date, such as 2010, 2010-08 or 2010-08-02")]
pub struct DateError(String);

impl PartialDate {
    /// A full date.
    pub fn day(date: NaiveDate) -> Self {
        Self { first: date, precision: Precision::Day }
    }

    /// How much is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// The first day that the date may mean.
    pub fn from(self) -> NaiveDate {
        self.first
    }

    /// The last day that the date may mean.
    pub fn to(self) -> NaiveDate {
        let months = match self.precision {
            Precision::Day => return self.first,
            Precision::Month => 1,
            Precision::Year => 12,
        };
        self.first.checked_add_months(Months::new(months)).and_then(|d| d.pred_opt()).unwrap_or(NaiveDate::MAX)
    }
}

impl From<NaiveDate> for PartialDate {
    fn from(date: NaiveDate) -> Self {
        Self::day(date)
    }
}

impl FromStr for PartialDate {
    type Err = DateError;
    fn from_str(s: &str) -> Result<Self, DateError> {
        let number = |digits: &[u8]| {
            let add = |n: u32, digit: &u8| digit.is_ascii_digit().then(|| 10 * n + u32::from(digit - b'0'));
            digits.iter().try_fold(0, add)
        };
        let read = || {
            let (year, month, day, precision) = match s.as_bytes() {
                year if year.len() == 4 => (year, 1, 1, Precision::Year),
                [year @ .., b'-', m1, m2] if year.len() == 4 => (year, number(&[*m1, *m2])?, 1, Precision::Month),
                [year @ .., b'-', m1, m2, b'-', d1, d2] if year.len() == 4 => {
                    (year, number(&[*m1, *m2])?, number(&[*d1, *d2])?, Precision::Day)
                }
                _ => return None,
            };
            let first = NaiveDate::from_ymd_opt(i32::try_from(number(year)?).ok()?, month, day)?;
            Some(Self { first, precision })
        };
        read().ok_or_else(|| DateError(s.chars().take(30).collect()))
    }
}
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let d = self.first;
        match self.precision {
            Precision::Year => write!(f, "{:04}", d.year()),
            Precision::Month => write!(f, "{:04}-{:02}", d.year(), d.month()),
            Precision::Day => write!(f, "{:04}-{:02}-{:02}", d.year(), d.month(), d.day()),
        }
    }
}
impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// From a start to an end, both inclusive; either may be unknown or open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The first day, month or year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<PartialDate>,
    /// The last day, month or year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<PartialDate>,
}

impl Period {
    /// Whether the end can lie at or after the start.
    pub fn is_ordered(self) -> bool {
        self.from.zip(self.to).is_none_or(|(from, to)| from.from() <= to.to())
    }

    /// Whether a day lies within; an unknown bound excludes nothing.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|f| f.from() <= day) && self.to.is_none_or(|t| day <= t.to())
    }

    /// Whether nothing is known of either bound.
    pub fn is_unknown(self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn p(s: &str) -> PartialDate {
        s.parse().unwrap()
    }

    #[test]
    fn a_partial_date_spans_all_it_may_mean() {
        assert_eq!((p("2010").from(), p("2010").to()), ("2010-01-01".parse().unwrap(), "2010-12-31".parse().unwrap()));
        assert_eq!(p("2012-02").to(), "2012-02-29".parse().unwrap());
        for bad in ["", "10", "2010-13", "2010-02-30", "2010-2-3", "+010-01-01", "20100-01-01", "2010/01/01"] {
            assert!(bad.parse::<PartialDate>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn dates_order_as_their_texts(a in 1900i32..2100, b in 1900i32..2100, m in 1u32..=12, d in 1u32..=28) {
            for (x, y) in [(format!("{a}"), format!("{b:04}-{m:02}")), (format!("{a}-{m:02}"), format!("{b}-{m:02}-{d:02}")), (format!("{a}"), format!("{b}"))] {
                prop_assert_eq!(p(&x).cmp(&p(&y)), x.cmp(&y));
                prop_assert_eq!(p(&x).to_string(), x);
            }
        }
    }
}
