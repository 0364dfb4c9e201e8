//! Results with their indicators, risks, and what is told of them in words.

use ketnoi_domain::{IndicatorMeasure, Likelihood, Measurement, NarrativeSection, Period, ResultLevel, RiskStatus, Text};
use serde::{Deserialize, Serialize};

/// A result with its indicators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultFacts {
    /// How far up the chain.
    pub level: ResultLevel,
    /// Its place in the framework, such as `1.2`.
    pub number: String,
    /// What is to be reached.
    pub title: Text,
    /// In more words.
    #[serde(default)]
    pub description: Text,
    /// What must hold for it to lead to the next.
    #[serde(default)]
    pub assumption: Text,
    /// What it is measured by.
    #[serde(default)]
    pub indicators: Vec<IndicatorFacts>,
}

/// An indicator with its periods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorFacts {
    /// Its place in the framework, such as `1.2.a`.
    pub number: String,
    /// What is measured.
    pub title: Text,
    /// What it counts in.
    pub measure: IndicatorMeasure,
    /// The unit in words.
    #[serde(default)]
    pub unit: Text,
    /// Whether each actual holds all that came before it: then the last one counts, else their sum.
    pub cumulative: bool,
    /// Whether more is better.
    pub ascending: bool,
    /// Where the figures come from.
    #[serde(default)]
    pub verification: Text,
    /// What it was at the beginning.
    #[serde(default)]
    pub baseline: Option<Measurement>,
    /// Targets and actuals, in the order of their periods.
    #[serde(default)]
    pub periods: Vec<IndicatorPeriodFacts>,
}

/// An indicator's target and actual in one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorPeriodFacts {
    /// The period.
    pub period: Period,
    /// What is to be reached.
    #[serde(default)]
    pub target: Option<Measurement>,
    /// What was reached.
    #[serde(default)]
    pub actual: Option<Measurement>,
}

/// Something that may go wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskFacts {
    /// What may happen.
    pub title: Text,
    /// How likely.
    pub likelihood: Likelihood,
    /// How grave.
    pub impact: Likelihood,
    /// What is done about it.
    #[serde(default)]
    pub mitigation: Text,
    /// The name of who watches it.
    #[serde(default)]
    pub owner: Text,
    /// Where it stands.
    pub status: RiskStatus,
}

/// What the programme tells in words about a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeFacts {
    /// The section of a report that it belongs to.
    pub section: NarrativeSection,
    /// The period that it is about.
    #[serde(default)]
    pub period: Period,
    /// What is told. Blank lines part paragraphs, lines that start with `- ` are the items of a list, `**strong**` and
    /// `*emphasis*` stand out; all else is plain text.
    pub text: Text,
}
