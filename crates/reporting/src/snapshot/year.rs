//! A calendar year of the association's cooperation.

use ketnoi_domain::{Measurement, Money, PartialDate, Period, ProgrammeLevel, ProgrammeStatus, Text};
use serde::{Deserialize, Serialize};

use super::{ClassifiedFacts, CooperationAgreementFacts, DatedNewsFacts};

/// What there is to tell of a year besides its events, dialogues, recommendations and replications.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearFacts {
    /// Which year.
    pub year: i32,
    /// The programmes, projects and components of which the registry knows or supposes that they ran in the year: each whole
    /// before its parts.
    #[serde(default)]
    pub programmes: Vec<YearProgrammeFacts>,
    /// How many programmes are registered without any date: nobody knows whether they ran in the year.
    #[serde(default)]
    pub undated: usize,
    /// The agreements with funders that were signed in the year.
    #[serde(default)]
    pub agreements: Vec<YearAgreementFacts>,
    /// The agreements of partnerships that were signed in the year, or reported in it where nobody knows when they were signed.
    #[serde(default)]
    pub cooperation_agreements: Vec<CooperationAgreementFacts>,
    /// What moved in the year, a line for each programme.
    #[serde(default)]
    pub money: Vec<YearMoneyFacts>,
    /// What came in during the year, counted apart from the lines; a report checks that they agree.
    #[serde(default)]
    pub received: Vec<Money>,
    /// What was handed on or paid in the year, counted apart from the lines.
    #[serde(default)]
    pub spent: Vec<Money>,
    /// Who joined what in the year.
    #[serde(default)]
    pub memberships: Vec<YearMembershipFacts>,
    /// What was reached in the year.
    #[serde(default)]
    pub results: Vec<YearResultFacts>,
    /// The good practices that cities have had since the year.
    #[serde(default)]
    pub practices: Vec<YearPracticeFacts>,
    /// News of the year, the oldest first.
    #[serde(default)]
    pub news: Vec<DatedNewsFacts>,
    /// How many programmes, events and other records were left out because they were made up to show the software.
    #[serde(default)]
    pub left_out: usize,
}

/// What became of a programme in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// It started.
    Started,
    /// It went on from before to after.
    WentOn,
    /// It ended.
    Ended,
    /// It started and ended.
    Within,
    /// It may have run: its start or its end is not known.
    MayHaveRun,
}

impl Course {
    /// All of them, in the order in which they are printed.
    pub const ALL: [Self; 5] = [Self::Started, Self::WentOn, Self::Ended, Self::Within, Self::MayHaveRun];

    /// Its name, by which its wording is found.
    pub fn name(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::WentOn => "went-on",
            Self::Ended => "ended",
            Self::Within => "within",
            Self::MayHaveRun => "may-have-run",
        }
    }
}

/// A programme, project or component in a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearProgrammeFacts {
    /// Its code in the registry.
    pub code: String,
    /// Its title.
    pub title: Text,
    /// Its acronym.
    #[serde(default)]
    pub acronym: Option<String>,
    /// Where it stands in its tree.
    pub level: ProgrammeLevel,
    /// The code of what it is a part of, where that is told here too: then it is not counted again.
    #[serde(default)]
    pub part_of: Option<String>,
    /// What became of it in the year.
    pub course: Course,
    /// When it runs: really where that is known, else as planned; without an end where one was planned and it still runs.
    #[serde(default)]
    pub period: Period,
    /// How far it has come by now.
    #[serde(default)]
    pub status: Option<ProgrammeStatus>,
    /// The names that its funders had in the year; where the registry knows none, those that its sources give.
    #[serde(default)]
    pub funders: Vec<Text>,
    /// The sectors that it works in, OECD DAC purpose codes.
    #[serde(default)]
    pub sectors: Vec<ClassifiedFacts>,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// An agreement with a funder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearAgreementFacts {
    /// The title of the programme.
    pub programme: Text,
    /// The funder's name, as on the day.
    pub funder: Text,
    /// The funder's reference.
    #[serde(default)]
    pub reference: Option<String>,
    /// When it was signed.
    pub signed: PartialDate,
    /// The most that the funder pays, as it holds now.
    #[serde(default)]
    pub ceiling: Option<Money>,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// What moved for a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearMoneyFacts {
    /// The title of the programme.
    pub programme: Text,
    /// What came in, an amount for each currency.
    #[serde(default)]
    pub received: Vec<Money>,
    /// What was handed on or paid, an amount for each currency.
    #[serde(default)]
    pub spent: Vec<Money>,
}

/// Somebody who joined something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearMembershipFacts {
    /// The member's name, as on the day.
    pub member: Text,
    /// The name of the network, the cluster or the fund.
    pub group: Text,
    /// Since when.
    pub since: PartialDate,
    /// What else is to be said.
    #[serde(default)]
    pub note: Text,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// An indicator with what was reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearResultFacts {
    /// The title of the programme.
    pub programme: Text,
    /// The indicator's place in the framework.
    pub number: String,
    /// What is measured.
    pub title: Text,
    /// The unit in words.
    #[serde(default)]
    pub unit: Text,
    /// The period that the value is of.
    #[serde(default)]
    pub period: Period,
    /// What was to be reached.
    #[serde(default)]
    pub target: Option<Measurement>,
    /// What was reached.
    pub actual: Measurement,
    /// Whether the value holds all that came before its period.
    #[serde(default)]
    pub cumulative: bool,
}

/// A good practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearPracticeFacts {
    /// What it is called.
    pub title: Text,
    /// The name of the city whose practice it is.
    #[serde(default)]
    pub city: Text,
    /// Since when the city has it.
    #[serde(default)]
    pub since: Option<PartialDate>,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}
