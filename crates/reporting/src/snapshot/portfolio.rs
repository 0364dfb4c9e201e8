//! Programmes together: what they are, who pays for them, and what they come to by year, sector and city.

use ketnoi_domain::{Money, Period, ProgrammeLevel, ProgrammeStatus, Text};
use serde::{Deserialize, Serialize};

use super::{ClassifiedFacts, StatedFigureFacts};

/// Programmes together: each on its line, and what they come to. The sums were made apart from the lines; a report checks
/// that they agree. Amounts of unlike currencies are never added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioFacts {
    /// The codes of those whose money it is; empty where it is that of every funder.
    #[serde(default)]
    pub payers: Vec<String>,
    /// The programmes, in the order in which they began, the undated last.
    #[serde(default)]
    pub programmes: Vec<PortfolioLineFacts>,
    /// What all of them come to.
    #[serde(default)]
    pub total: PortfolioSums,
    /// The same by year, by sector and so on.
    #[serde(default)]
    pub groups: Vec<PortfolioDimension>,
    /// Money that moved in these programmes and of which nobody says who paid it. It is in no other sum where the money of
    /// certain payers is told.
    #[serde(default)]
    pub unattributed: PortfolioSums,
    /// How many made-up programmes were left out.
    #[serde(default)]
    pub made_up: usize,
}

/// Counts and sums. An empty list is an amount that nobody knows, never nought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioSums {
    /// How many programmes, each with its parts counted once.
    #[serde(default)]
    pub programmes: usize,
    /// Of how many of them no agreed amount is known.
    #[serde(default)]
    pub without_amount: usize,
    /// The ceilings agreed, as amended, one sum for each currency.
    #[serde(default)]
    pub agreed: Vec<Money>,
    /// What came in.
    #[serde(default)]
    pub received: Vec<Money>,
    /// What was handed on.
    #[serde(default)]
    pub disbursed: Vec<Money>,
    /// What was spent.
    #[serde(default)]
    pub spent: Vec<Money>,
}

impl PortfolioSums {
    /// The sums of one measure.
    pub fn of(&self, measure: PortfolioMeasure) -> &[Money] {
        match measure {
            PortfolioMeasure::Agreed => &self.agreed,
            PortfolioMeasure::Received => &self.received,
            PortfolioMeasure::Disbursed => &self.disbursed,
            PortfolioMeasure::Spent => &self.spent,
        }
    }
}

/// What an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PortfolioMeasure {
    /// A ceiling agreed, as amended.
    Agreed,
    /// It came in.
    Received,
    /// It was handed on.
    Disbursed,
    /// It was spent.
    Spent,
}

impl PortfolioMeasure {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Agreed, Self::Received, Self::Disbursed, Self::Spent];

    /// Its name in the keys of the wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Received => "received",
            Self::Disbursed => "disbursed",
            Self::Spent => "spent",
        }
    }
}

/// By what a portfolio is grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupedBy {
    /// By year: programmes in every year that they run, money in the year that it moved or was agreed.
    Year,
    /// By sector, divided by the shares.
    Sector,
    /// By city or another local authority, divided by the shares.
    City,
    /// By country that benefits, divided by the shares.
    Country,
    /// By status.
    Status,
    /// By funder, as it was then.
    Funder,
}

impl GroupedBy {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Year, Self::Sector, Self::City, Self::Country, Self::Status, Self::Funder];

    /// Its name in definitions and in the keys of the wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Sector => "sector",
            Self::City => "city",
            Self::Country => "country",
            Self::Status => "status",
            Self::Funder => "funder",
        }
    }
}

/// The groups of one dimension, in the order of their keys, what could not be attributed last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioDimension {
    /// By what.
    pub by: GroupedBy,
    /// The groups.
    #[serde(default)]
    pub groups: Vec<PortfolioGroupFacts>,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioGroupFacts {
    /// A code or a year; none for what could not be attributed.
    #[serde(default)]
    pub key: Option<String>,
    /// What people call it, where the registry knows.
    #[serde(default)]
    pub label: Text,
    /// Counts and sums.
    pub sums: PortfolioSums,
}

/// A programme of a portfolio.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioLineFacts {
    /// Its code in the registry.
    pub code: String,
    /// Its title.
    pub title: Text,
    /// Its acronym.
    #[serde(default)]
    pub acronym: Option<String>,
    /// Where it stands in its tree.
    pub level: ProgrammeLevel,
    /// The code of the programme that it is a part of, where that stands on a line too.
    #[serde(default)]
    pub parent: Option<String>,
    /// How far it has come.
    #[serde(default)]
    pub status: Option<ProgrammeStatus>,
    /// From when to when: really where that is known, else as planned.
    #[serde(default)]
    pub period: Period,
    /// Who pays: those whose portfolio it is, as they were then.
    #[serde(default)]
    pub funders: Vec<PortfolioFunderFacts>,
    /// Who pays besides.
    #[serde(default)]
    pub co_funders: Vec<PortfolioFunderFacts>,
    /// Its sectors.
    #[serde(default)]
    pub sectors: Vec<ClassifiedFacts>,
    /// The countries that benefit.
    #[serde(default)]
    pub countries: Vec<ClassifiedFacts>,
    /// The codes of its places and of those of its parts, by which the snapshot's places are found.
    #[serde(default)]
    pub places: Vec<String>,
    /// Its amounts, one for each measure, payer and currency.
    #[serde(default)]
    pub amounts: Vec<PortfolioAmountFacts>,
    /// Numbers that sources state of it.
    #[serde(default)]
    pub stated: Vec<StatedFigureFacts>,
    /// Whether it was made up to show the software.
    #[serde(default)]
    pub illustrative: bool,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Who pays for a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioFunderFacts {
    /// The organisation's code.
    pub code: String,
    /// The name of the time: the one that the source gives, else the one on the day of the agreement.
    pub name: Text,
    /// The name of the organisation that its money passes through.
    #[serde(default)]
    pub via: Text,
    /// From when to when, where that differs from the programme's.
    #[serde(default)]
    pub period: Period,
}

/// An amount of a programme. Of a programme and its parts only the topmost of a measure and a payer counts in sums: one
/// below it is a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioAmountFacts {
    /// What it is.
    pub measure: PortfolioMeasure,
    /// The code of who paid; none where nobody says.
    #[serde(default)]
    pub payer: Option<String>,
    /// How much.
    pub value: Money,
}
