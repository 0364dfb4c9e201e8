//! What an indicator came to before, within, and up to the end of the period that was asked for: shared by the table of
//! results and the pictures of them.

use chrono::NaiveDate;
use ketnoi_domain::{Decimal, Measured, Measurement, PartialDate, achieved_per_cent, cumulate};

use super::asked::Asked;
use crate::{IndicatorFacts, IndicatorPeriodFacts};

/// A measurement with the date that is printed beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated<'a> {
    pub(super) measurement: &'a Measurement,
    pub(super) date: Option<PartialDate>,
}

/// What an indicator came to.
#[derive(Clone, Debug)]
pub(super) struct Reached<'a> {
    /// What it was at the beginning.
    pub(super) baseline: Option<&'a Measurement>,
    /// The last actual before the period that was asked for.
    pub(super) previous: Option<Dated<'a>>,
    /// The actuals of the period, and what they come to.
    pub(super) within: Vec<Dated<'a>>,
    pub(super) current: Option<Measured>,
    /// The actuals up to the period's end, and what they come to.
    pub(super) so_far: Vec<Dated<'a>>,
    pub(super) to_date: Option<Measured>,
    /// What is to be reached in the end, and when that is.
    pub(super) target: Option<Measured>,
    pub(super) target_date: Option<PartialDate>,
    /// The targets of the parts that end within the period, and what they come to.
    pub(super) period_targets: Vec<&'a Measurement>,
    pub(super) period_target: Option<Measured>,
    /// How much of the way from baseline to target was gone at the period's end.
    pub(super) achieved: Option<Decimal>,
}

impl<'a> Reached<'a> {
    /// What an indicator came to in a period.
    pub(super) fn of(i: &'a IndicatorFacts, asked: Asked) -> Self {
        let actuals: Vec<(Option<NaiveDate>, Dated<'a>)> = i.periods.iter().filter_map(actual).collect();
        let pick = |fits: &dyn Fn(NaiveDate) -> bool, undated: bool| -> Vec<Dated<'a>> {
            actuals.iter().filter(|(day, _)| day.map_or(undated, fits)).map(|(_, dated)| *dated).collect()
        };
        let before = pick(&|day| asked.follows(day), false);
        let within = pick(&|day| asked.holds(day), true);
        let so_far = pick(&|day| asked.reaches(day), true);
        let ends_within = |p: &&IndicatorPeriodFacts| last_day(p).is_none_or(|day| asked.holds(day));
        let period_targets: Vec<&Measurement> = i.periods.iter().filter(ends_within).filter_map(|p| p.target.as_ref()).collect();
        let targets: Vec<&IndicatorPeriodFacts> = i.periods.iter().filter(|p| p.target.is_some()).collect();
        let target = cumulate(targets.iter().filter_map(|p| p.target.as_ref()).map(|m| &m.value), i.cumulative);
        let values = |all: &[Dated<'a>]| cumulate(all.iter().map(|d| &d.measurement.value), i.cumulative);
        let (current, to_date) = (values(&within), values(&so_far));
        let baseline = i.baseline.as_ref();
        let achieved = target.as_ref().zip(to_date.as_ref());
        Self {
            baseline,
            previous: before.last().copied(),
            current,
            achieved: achieved.and_then(|(t, a)| achieved_per_cent(baseline.map(|b| &b.value), t, a)),
            to_date,
            target,
            target_date: targets.last().and_then(|p| p.period.to),
            period_target: cumulate(period_targets.iter().map(|m| &m.value), i.cumulative),
            period_targets,
            within,
            so_far,
        }
    }
}

/// An actual with the day that it speaks of: the one on which it was measured or its period's last, whichever comes first.
fn actual(p: &IndicatorPeriodFacts) -> Option<(Option<NaiveDate>, Dated<'_>)> {
    let measurement = p.actual.as_ref()?;
    let measured = measurement.on.map(PartialDate::to);
    let day = match (measured, last_day(p)) {
        (Some(measured), Some(ended)) => Some(measured.min(ended)),
        (one, other) => one.or(other),
    };
    Some((day, Dated { measurement, date: measurement.on.or(p.period.to).or(p.period.from) }))
}

fn last_day(p: &IndicatorPeriodFacts) -> Option<NaiveDate> {
    p.period.to.or(p.period.from).map(PartialDate::to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ketnoi_domain::{IndicatorMeasure, Period, Text};

    fn measurement(n: i64, on: &str) -> Measurement {
        Measurement { value: Measured::Number(n.into()), on: on.parse().ok(), breakdown: Vec::new(), note: Text::default() }
    }

    fn year(year: &str, target: i64, actual: Option<(i64, &str)>) -> IndicatorPeriodFacts {
        let period = Period { from: year.parse().ok(), to: year.parse().ok() };
        IndicatorPeriodFacts { period, target: Some(measurement(target, "")), actual: actual.map(|(n, on)| measurement(n, on)) }
    }

    fn indicator(cumulative: bool) -> IndicatorFacts {
        IndicatorFacts {
            number: "1".into(),
            title: Text::default(),
            measure: IndicatorMeasure::Unit,
            unit: Text::default(),
            cumulative,
            ascending: true,
            verification: Text::default(),
            baseline: None,
            periods: vec![
                year("2022", 10, Some((5, ""))),
                year("2023", 20, Some((25, "2024-01"))),
                year("2024", 30, Some((30, ""))),
                year("2025", 40, Some((35, "2025-06"))),
            ],
        }
    }

    fn n(value: i64) -> Option<Measured> {
        Some(Measured::Number(value.into()))
    }

    #[test]
    fn what_was_reached_is_told_before_within_and_so_far() {
        let asked = Asked(Period { from: "2024".parse().ok(), to: "2024".parse().ok() });
        let (summed, last) = (indicator(false), indicator(true));
        let summed = Reached::of(&summed, asked);
        // What was measured after its period's end belongs to that period all the same.
        assert_eq!(summed.previous.map(|d| d.measurement.value.clone()), n(25));
        assert_eq!((summed.current, summed.to_date, summed.target, summed.period_target), (n(30), n(60), n(100), n(30)));
        assert_eq!(summed.achieved, Some(60.into()));
        let last = Reached::of(&last, asked);
        assert_eq!((last.current, last.to_date, last.target), (n(30), n(30), n(40)));
        assert_eq!(last.achieved, Some(75.into()));
    }

    #[test]
    fn what_was_measured_early_belongs_to_the_period_in_which_it_was() {
        let half = Asked(Period { from: "2025-01".parse().ok(), to: "2025-06".parse().ok() });
        let indicator = indicator(true);
        assert_eq!(Reached::of(&indicator, half).current, n(35));
        let whole = Reached::of(&indicator, Asked(Period::default()));
        assert!(whole.previous.is_none());
        assert_eq!((whole.current, whole.to_date), (n(35), n(35)));
    }
}
