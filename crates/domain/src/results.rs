use serde::{Deserialize, Serialize};

use crate::{Decimal, Faults, Head, Id, Kind, Links, PartialDate, Period, Programme, Record, Rule, Text, Words, coded::coded};

coded! {
    /// How far up the chain of results one stands (IATI ResultType; Canada says ultimate, intermediate, immediate).
    pub enum ResultLevel {
        /// Impact, Canada's ultimate outcome.
        Impact = "impact" / "3",
        /// Outcome, Canada's intermediate outcome.
        Outcome = "outcome" / "2",
        /// Canada's immediate outcome, which IATI counts among the outcomes.
        ImmediateOutcome = "immediate_outcome" / "2i",
        /// Output.
        Output = "output" / "1",
        /// None of these.
        Other = "other" / "9",
    }
}

coded! {
    /// What an indicator counts in (IATI IndicatorMeasure).
    pub enum IndicatorMeasure {
        /// A number of something.
        Unit = "unit" / "1",
        /// A percentage, kept as numerator and denominator.
        Percentage = "percentage" / "2",
        /// A description.
        Qualitative = "qualitative" / "5",
    }
}

coded! {
    /// By what a value is broken down.
    pub enum Dimension {
        /// Women and men.
        Sex = "sex" / "sex",
        /// Cities.
        City = "city" / "city",
        /// Something else.
        Other = "other" / "other",
    }
}

/// A measured value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Measured {
    /// A percentage: shares are added by adding both parts, never by averaging.
    Ratio {
        /// How many.
        numerator: Decimal,
        /// Of how many.
        denominator: Decimal,
    },
    /// A description.
    Words(Text),
    /// A number.
    Number(Decimal),
}

/// A part of a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breakdown {
    /// By what.
    pub by: Dimension,
    /// Which part: `women`, `men`, an authority's code, or words.
    pub category: String,
    /// Its value.
    pub value: Measured,
}

/// A value with its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measurement {
    /// The whole.
    pub value: Measured,
    /// When it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// The parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breakdown: Vec<Breakdown>,
    /// What is to be said of it, such as the reason for a variance.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub note: Text,
}

impl Measurement {
    /// The breakdowns whose parts do not sum to the whole, with both figures.
    pub fn incomplete(&self) -> Vec<(Dimension, Measured, Measured)> {
        let mut wrong = Vec::new();
        for by in [Dimension::Sex, Dimension::City] {
            let parts: Vec<&Measured> = self.breakdown.iter().filter(|b| b.by == by).map(|b| &b.value).collect();
            if let Some(sum) = parts.first().and_then(|_| cumulate(parts.iter().copied(), false))
                && sum != self.value
            {
                wrong.push((by, sum, self.value.clone()));
            }
        }
        wrong
    }
}

/// A result that an activity aims at. (`Result` is Rust's word; clients see it as `Result`.)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What every record has.
    pub head: Head<Self>,
    /// The activity.
    pub programme: Id<Programme>,
    /// The result that it contributes to.
    pub parent: Option<Id<Outcome>>,
    /// How far up the chain.
    pub level: ResultLevel,
    /// Its place in the framework, such as `1.2`.
    pub number: String,
    /// What is to be reached.
    pub title: Text,
    /// In more words.
    pub description: Text,
    /// What must hold for it to lead to the next.
    pub assumption: Text,
}

impl Record for Outcome {
    const KIND: Kind = Kind::Outcome;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("programme", self.programme).maybe("parent", self.parent)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).told(&self.description)
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "a result needs a title".into());
        f.require(self.parent != Some(self.head.id), "parent", || "a result does not contribute to itself".into());
        f
    }
}

/// What a result is measured by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// What every record has.
    pub head: Head<Self>,
    /// The result.
    pub result: Id<Outcome>,
    /// Its place in the framework, such as `1.2.a`.
    pub number: String,
    /// What is measured.
    pub title: Text,
    /// What it counts in.
    pub measure: IndicatorMeasure,
    /// The unit in words.
    pub unit: Text,
    /// Whether each actual holds all that came before it: then the last one counts, else their sum.
    pub cumulative: bool,
    /// Whether more is better.
    pub ascending: bool,
    /// Where the figures come from.
    pub verification: Text,
    /// What it was at the beginning; a missing one is stated as missing.
    pub baseline: Option<Measurement>,
}

impl Record for Indicator {
    const KIND: Kind = Kind::Indicator;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("result", self.result)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "an indicator needs a title".into());
        require_measure(&mut f, "baseline", self.measure, self.baseline.as_ref());
        f
    }
}

/// An indicator's target and actual in one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorPeriod {
    /// What every record has.
    pub head: Head<Self>,
    /// The indicator.
    pub indicator: Id<Indicator>,
    /// The period.
    pub period: Period,
    /// What is to be reached.
    pub target: Option<Measurement>,
    /// What was reached.
    pub actual: Option<Measurement>,
}

impl Record for IndicatorPeriod {
    const KIND: Kind = Kind::IndicatorPeriod;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("indicator", self.indicator)
    }
    fn when(&self) -> Period {
        self.period
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(self.period.is_ordered(), "period", || "it ends before it starts".into());
        f.require(!self.period.is_unknown(), "period", || "a target or an actual belongs to a period".into());
        for (path, m) in [("target", &self.target), ("actual", &self.actual)] {
            for (by, sum, whole) in m.iter().flat_map(Measurement::incomplete) {
                f.require(false, path, || {
                    Rule::of(
                        "the parts by {by} give {sum}, the whole is {whole}",
                        [("by", crate::Coded::name(by).to_owned()), ("sum", sum.to_string()), ("whole", whole.to_string())],
                    )
                });
            }
        }
        f
    }
}

/// Notes a fault for a value of another sort than the indicator's measure.
fn require_measure(f: &mut Faults, path: &'static str, measure: IndicatorMeasure, m: Option<&Measurement>) {
    let fits = m.is_none_or(|m| {
        matches!(
            (measure, &m.value),
            (IndicatorMeasure::Unit, Measured::Number(_))
                | (IndicatorMeasure::Percentage, Measured::Ratio { .. })
                | (IndicatorMeasure::Qualitative, Measured::Words(_))
        )
    });
    f.require(fits, path, || {
        "a unit wants a number, a percentage a numerator and a denominator, a qualitative indicator words".into()
    });
}

impl std::fmt::Display for Measured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(n) => n.fmt(f),
            Self::Ratio { numerator, denominator } => write!(f, "{numerator} of {denominator}"),
            Self::Words(text) => text.fmt(f),
        }
    }
}

/// What several values of one indicator come to: the last one if each holds those before it, else their sum.
/// Words have no sum: the last ones count. `None` for no values, and for values of different sorts.
pub fn cumulate<'m>(values: impl IntoIterator<Item = &'m Measured>, cumulative: bool) -> Option<Measured> {
    let mut total: Option<Measured> = None;
    for value in values {
        total = Some(match (total, value) {
            (None, v) => v.clone(),
            (Some(_), v) if cumulative => v.clone(),
            (Some(Measured::Number(a)), Measured::Number(b)) => Measured::Number(a.checked_add(*b)?),
            (Some(Measured::Ratio { numerator: a, denominator: b }), Measured::Ratio { numerator: c, denominator: d }) => {
                Measured::Ratio { numerator: a.checked_add(*c)?, denominator: b.checked_add(*d)? }
            }
            (Some(Measured::Words(_)), Measured::Words(v)) => Measured::Words(v.clone()),
            _ => return None,
        });
    }
    total
}

/// How much of the way from baseline to target has been gone, in per cent with one digit. A missing baseline counts as
/// nought. `None` where it means nothing: words, no way to go, a percentage of nothing.
pub fn achieved_per_cent(baseline: Option<&Measured>, target: &Measured, actual: &Measured) -> Option<Decimal> {
    /// A common scale fine enough that rounding never shows in the one digit that is kept.
    const FINE: u8 = 9;
    let number = |m: &Measured| match m {
        Measured::Number(n) => Some(*n),
        Measured::Ratio { numerator, denominator } => numerator.checked_div(*denominator, FINE),
        Measured::Words(_) => None,
    };
    let start = baseline.map_or(Some(Decimal::ZERO), number)?;
    let way = number(target)?.checked_sub(start)?;
    let gone = number(actual)?.checked_sub(start)?;
    gone.checked_mul(100.into())?.checked_div(way, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn n(s: &str) -> Measured {
        Measured::Number(s.parse().unwrap())
    }
    fn ratio(a: i64, b: i64) -> Measured {
        Measured::Ratio { numerator: a.into(), denominator: b.into() }
    }

    #[test]
    fn a_cumulative_indicator_takes_the_last_and_others_the_sum() {
        assert_eq!(cumulate([&n("3"), &n("5")], true), Some(n("5")));
        assert_eq!(cumulate([&n("3"), &n("5")], false), Some(n("8")));
        assert_eq!(cumulate([&ratio(1, 2), &ratio(1, 8)], false), Some(ratio(2, 10)), "not the average of 50 and 12.5 per cent");
        assert_eq!(cumulate([], false), None);
        assert_eq!(cumulate([&n("3"), &ratio(1, 2)], false), None);
    }

    #[test]
    fn achievement_is_measured_from_the_baseline() {
        let per_cent = |b: Option<Measured>, t, a| achieved_per_cent(b.as_ref(), &t, &a).map(|d| d.to_string());
        assert_eq!(per_cent(Some(n("10")), n("20"), n("15")).unwrap(), "50.0");
        assert_eq!(per_cent(Some(n("20")), n("10"), n("12")).unwrap(), "80.0", "less is better");
        assert_eq!(per_cent(None, ratio(1, 2), ratio(1, 4)).unwrap(), "50.0");
        assert_eq!(per_cent(Some(n("5")), n("5"), n("7")), None);
        assert_eq!(per_cent(None, ratio(1, 2), ratio(0, 0)), None);
    }

    proptest! {
        #[test]
        fn ratios_add_up_in_any_order(parts in prop::collection::vec((0i64..1000, 1i64..1000), 1..20)) {
            let values: Vec<Measured> = parts.iter().map(|(a, b)| ratio(*a, *b)).collect();
            let forward = cumulate(&values, false);
            let backward = cumulate(values.iter().rev(), false);
            prop_assert_eq!(forward, backward);
        }

        #[test]
        fn reaching_the_target_is_a_hundred_per_cent(b in -1000i64..1000, t in -1000i64..1000) {
            let hundred = achieved_per_cent(Some(&Measured::Number(b.into())), &Measured::Number(t.into()), &Measured::Number(t.into()));
            prop_assert_eq!(hundred, (b != t).then(|| 100.into()));
        }
    }
}
