//! The sections that a definition may ask for, and with which options.

use ketnoi_domain::{Coded as _, NarrativeSection, Text};
use serde::Deserialize;

use crate::{GroupedBy, SubjectKind};

/// A section of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionName {
    /// Codes, periods, status, relations.
    KeyData,
    /// What funders ask to be said.
    Acknowledgement,
    /// What the programme is about.
    Description,
    /// Who takes part, by role.
    Participants,
    /// Where it happens.
    Places,
    /// Sectors, countries, goals, policy markers.
    Classification,
    /// The results framework.
    Results,
    /// Events, who came, what came of them.
    Events,
    /// Good practices and the cities that take them over.
    Replications,
    /// Recommendations, road maps, advocacy.
    Recommendations,
    /// Policy dialogues: the rule, the clusters, the votes.
    Dialogue,
    /// What was put to the vote, at length.
    Ballot,
    /// Where it is on a map.
    Map,
    /// How far each replication has come, as a picture.
    ReplicationStages,
    /// How far the steps of road maps have come, as a picture.
    RoadMap,
    /// The event: when, where, who held it.
    Event,
    /// Who went to the event together.
    Delegation,
    /// The sessions of the event.
    Sessions,
    /// The meetings beside the event.
    Meetings,
    /// What came of the event.
    Outcomes,
    /// What people said in public roles.
    Voices,
    /// Who paid for the delegation.
    PaidBy,
    /// Where the registry reads a source otherwise than it is written.
    Readings,
    /// What the press reads: where, when, what came of it, figures, what was said.
    Lead,
    /// Notes for editors below a release: the programme, who carries it out, who pays, whom to ask.
    EditorsNotes,
    /// The event in figures.
    EventFigures,
    /// About the programme that it belongs to.
    AboutProgramme,
    /// Who carries the programme out, in a sentence.
    Consortium,
    /// Whom to ask.
    Contact,
    /// Agreements, budget against spending, contributions in kind.
    Finance,
    /// Numbers that sources state.
    StatedFigures,
    /// Where sources disagree.
    Conflicts,
    /// What may go wrong.
    Risks,
    /// Documents, numbered.
    Documents,
    /// What the programme tells in words about a period.
    Narrative,
    /// Target against actual, as a picture.
    ResultsChart,
    /// The financial report by budget line: budget, period, all so far, forecast, variance.
    FinanceLines,
    /// What each funder committed and paid, and what was spent of it.
    FinanceFunders,
    /// Money as pictures: by budget line, by year, by funder.
    FinanceChart,
    /// The reports that agreements ask for, by when they fall due.
    NextReports,
    /// What there is of the cooperation of two countries, in a few lines.
    BilateralSummary,
    /// The partnerships of two countries, with their parties.
    Partnerships,
    /// When partnerships were, what they signed and what they did, as a picture with a table.
    PartnershipTimeLine,
    /// What partnerships signed, and their projects.
    PartnershipAgreements,
    /// Partnerships counted by sector and by city.
    PartnershipTotals,
    /// News, the oldest first.
    DatedNews,
    /// The year in a few lines.
    YearSummary,
    /// The programmes that ran in the year.
    YearProgrammes,
    /// Who came to the events of the year, by sex.
    YearParticipants,
    /// What was signed in the year.
    YearAgreements,
    /// What came in and what was spent in the year.
    YearMoney,
    /// What was reached in the year.
    YearResults,
    /// The good practices that began in the year.
    YearPractices,
    /// Who joined what in the year.
    YearMemberships,
    /// The acronyms that the report uses.
    Glossary,
    /// Who an organisation is, under all its names.
    Partner,
    /// Its whole history with the association, as a picture and by date.
    History,
    /// What it belongs to, and who belongs to it.
    Memberships,
    /// The programmes that it takes part in, by role.
    PartnerProgrammes,
    /// The agreements in which it pays or is paid.
    PartnerAgreements,
    /// The events that it held or came to.
    PartnerEvents,
    /// Programmes with their payers and their money, and what all of them come to.
    Portfolio,
    /// The same by year, by sector, by city and so on.
    PortfolioGroups,
    /// How the report was made.
    Provenance,
}

impl SectionName {
    /// Its name in definitions, in the model and in the keys of its wording.
    pub fn key(self) -> &'static str {
        match self {
            Self::KeyData => "key-data",
            Self::Acknowledgement => "acknowledgement",
            Self::Description => "description",
            Self::Participants => "participants",
            Self::Places => "places",
            Self::Classification => "classification",
            Self::Results => "results",
            Self::Events => "events",
            Self::Replications => "replications",
            Self::Recommendations => "recommendations",
            Self::Dialogue => "dialogue",
            Self::Ballot => "ballot",
            Self::Map => "map",
            Self::ReplicationStages => "replication-stages",
            Self::RoadMap => "road-map",
            Self::Event => "event",
            Self::Delegation => "delegation",
            Self::Sessions => "sessions",
            Self::Meetings => "meetings",
            Self::Outcomes => "outcomes",
            Self::Voices => "voices",
            Self::PaidBy => "paid-by",
            Self::Readings => "readings",
            Self::Lead => "lead",
            Self::EditorsNotes => "editors-notes",
            Self::EventFigures => "event-figures",
            Self::AboutProgramme => "about-programme",
            Self::Consortium => "consortium",
            Self::Contact => "contact",
            Self::Finance => "finance",
            Self::StatedFigures => "stated-figures",
            Self::Conflicts => "conflicts",
            Self::Risks => "risks",
            Self::Documents => "documents",
            Self::Narrative => "narrative",
            Self::ResultsChart => "results-chart",
            Self::FinanceLines => "finance-lines",
            Self::FinanceFunders => "finance-funders",
            Self::FinanceChart => "finance-chart",
            Self::NextReports => "next-reports",
            Self::BilateralSummary => "bilateral-summary",
            Self::Partnerships => "partnerships",
            Self::PartnershipTimeLine => "partnership-time-line",
            Self::PartnershipAgreements => "partnership-agreements",
            Self::PartnershipTotals => "partnership-totals",
            Self::DatedNews => "dated-news",
            Self::YearSummary => "year-summary",
            Self::YearProgrammes => "year-programmes",
            Self::YearParticipants => "year-participants",
            Self::YearAgreements => "year-agreements",
            Self::YearMoney => "year-money",
            Self::YearResults => "year-results",
            Self::YearPractices => "year-practices",
            Self::YearMemberships => "year-memberships",
            Self::Glossary => "glossary",
            Self::Partner => "partner",
            Self::History => "history",
            Self::Memberships => "memberships",
            Self::PartnerProgrammes => "partner-programmes",
            Self::PartnerAgreements => "partner-agreements",
            Self::PartnerEvents => "partner-events",
            Self::Portfolio => "portfolio",
            Self::PortfolioGroups => "portfolio-groups",
            Self::Provenance => "provenance",
        }
    }

    /// What sorts of subjects it can say something of.
    pub fn subjects(self) -> &'static [SubjectKind] {
        use SubjectKind::{Countries, Delegation, Dialogue, Event, Organisation, Programme, Year};
        match self {
            Self::Glossary | Self::Provenance | Self::Documents | Self::Acknowledgement | Self::StatedFigures => {
                &SubjectKind::ALL
            }
            Self::KeyData | Self::Description | Self::Participants => &[Programme, Dialogue, Delegation, Event],
            Self::Events => &[Programme, Dialogue, Delegation, Event, Countries, Year],
            Self::Dialogue | Self::Recommendations => &[Programme, Dialogue, Year],
            Self::Ballot => &[Programme, Dialogue],
            Self::Places | Self::Conflicts => &[Programme, Countries, Organisation],
            Self::Replications => &[Programme, Year],
            Self::DatedNews => &[Countries, Year],
            Self::BilateralSummary
            | Self::Partnerships
            | Self::PartnershipTimeLine
            | Self::PartnershipAgreements
            | Self::PartnershipTotals => &[Countries],
            Self::YearSummary
            | Self::YearProgrammes
            | Self::YearParticipants
            | Self::YearAgreements
            | Self::YearMoney
            | Self::YearResults
            | Self::YearPractices
            | Self::YearMemberships => &[Year],
            Self::Map | Self::Contact => &SubjectKind::ALL,
            Self::Readings | Self::Consortium => &[Programme, Dialogue, Delegation, Event],
            Self::ReplicationStages | Self::RoadMap => &[Programme],
            Self::Sessions | Self::AboutProgramme => &[Dialogue, Delegation, Event],
            Self::Event | Self::Delegation | Self::Meetings | Self::Outcomes | Self::Voices => &[Delegation, Event],
            Self::PaidBy => &[Delegation],
            Self::Partner
            | Self::History
            | Self::Memberships
            | Self::PartnerProgrammes
            | Self::PartnerAgreements
            | Self::PartnerEvents => &[Organisation],
            Self::Portfolio | Self::PortfolioGroups => &[Organisation, Year],
            Self::Lead | Self::EventFigures | Self::EditorsNotes => &[Event],
            Self::Classification
            | Self::Results
            | Self::Finance
            | Self::Narrative
            | Self::ResultsChart
            | Self::FinanceLines
            | Self::FinanceFunders
            | Self::FinanceChart
            | Self::NextReports
            | Self::Risks => &[Programme],
        }
    }

    /// The parts that it can be asked for one by one.
    fn parts(self) -> Vec<&'static str> {
        match self {
            Self::Narrative => NarrativeSection::ALL.iter().map(|s| s.name()).collect(),
            Self::Finance => vec!["agreements", "budget", "transactions", "in-kind", "rates"],
            Self::FinanceChart => vec!["lines", "years", "funders"],
            _ => Vec::new(),
        }
    }
}

/// What to do with a section that has nothing to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhenEmpty {
    /// Leave it out.
    #[default]
    Omit,
    /// Say so in one sentence.
    Say,
    /// Leave it out, and name it together with others like it in the section `provenance`.
    List,
}

impl WhenEmpty {
    /// Its name in definitions; none for what goes without saying.
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Omit => None,
            Self::Say => Some("say"),
            Self::List => Some("list"),
        }
    }
}

/// A section as a definition asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionSpec {
    /// Which one.
    pub name: SectionName,
    /// Its heading, in place of the usual one.
    #[serde(default)]
    pub title: Text,
    /// What to do if it has nothing to say.
    #[serde(default)]
    pub empty: WhenEmpty,
    /// For `results`: whether values are shown by sex, city and so on.
    pub breakdown: Option<bool>,
    /// For `results`: whether each period is shown besides the whole.
    pub periods: Option<bool>,
    /// For `finance`: how many single transactions are listed besides the sums; none if nothing is said.
    pub transactions: Option<usize>,
    /// For `results-chart`: whether a picture by sex follows for each indicator that is counted so.
    pub disaggregation: Option<bool>,
    /// For `narrative`, `finance` and `finance-chart`: which parts, by name; all if nothing is said.
    pub parts: Option<Vec<String>>,
    /// For `portfolio-groups`: by what, in this order; by everything if nothing is said.
    pub by: Option<Vec<GroupedBy>>,
}

impl SectionSpec {
    /// The options that are set, with their values.
    pub fn options(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("breakdown", self.breakdown.map(|b| b.to_string())),
            ("periods", self.periods.map(|b| b.to_string())),
            ("transactions", self.transactions.map(|n| n.to_string())),
            ("disaggregation", self.disaggregation.map(|b| b.to_string())),
            ("parts", self.parts.as_ref().map(|p| p.join(", "))),
            ("by", self.by.as_ref().map(|all| all.iter().map(|by| by.name()).collect::<Vec<_>>().join(", "))),
            ("empty", self.empty.name().map(str::to_owned)),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// Whether a part is asked for; all are where none is named.
    pub(crate) fn wants(&self, part: &str) -> bool {
        self.parts.as_ref().is_none_or(|parts| parts.iter().any(|p| p == part))
    }

    /// What is wrong with `parts`: it stands in a section without parts, or names one that the section does not have.
    fn parts_fault(&self) -> Option<String> {
        let (parts, known, key) = (self.parts.as_ref()?, self.name.parts(), self.name.key());
        if known.is_empty() {
            return Some(format!("section `{key}`: `parts` is an option of sections `narrative`, `finance`, `finance-chart`"));
        }
        let known_parts = known.join(", ");
        if parts.is_empty() {
            return Some(format!("section `{key}`: `parts` is empty: choose from {known_parts}, or leave it out for all"));
        }
        let unknown = parts.iter().find(|p| !known.contains(&p.as_str()))?;
        Some(format!("section `{key}` has no part `{unknown}`: choose from {known_parts}"))
    }

    /// What is wrong with `by`: it is empty, or names something twice.
    fn by_fault(&self) -> Option<String> {
        let (by, key) = (self.by.as_ref()?, self.name.key());
        if by.is_empty() {
            let known = GroupedBy::ALL.map(GroupedBy::name).join(", ");
            return Some(format!("section `{key}`: `by` is empty: choose from {known}, or leave it out for all"));
        }
        let twice = by.iter().enumerate().find(|(i, one)| by[..*i].contains(one)).map(|(_, one)| one.name())?;
        Some(format!("section `{key}`: `by` names `{twice}` twice"))
    }

    /// What is wrong with it in a report on such a subject.
    pub(super) fn fault(&self, subject: SubjectKind) -> Option<String> {
        let key = self.name.key();
        if !self.name.subjects().contains(&subject) {
            let fit = self.name.subjects().iter().map(|s| s.name()).collect::<Vec<_>>().join(", ");
            return Some(format!("section `{key}` has nothing to say of the subject `{}`: it is for {fit}", subject.name()));
        }
        if let Some(reason) = self.parts_fault() {
            return Some(reason);
        }
        let options = [
            ("breakdown", self.breakdown.is_some(), SectionName::Results),
            ("periods", self.periods.is_some(), SectionName::Results),
            ("transactions", self.transactions.is_some(), SectionName::Finance),
            ("disaggregation", self.disaggregation.is_some(), SectionName::ResultsChart),
            ("by", self.by.is_some(), SectionName::PortfolioGroups),
        ];
        let misplaced = options.into_iter().find(|(_, given, of)| *given && self.name != *of);
        if let Some((option, _, of)) = misplaced {
            return Some(format!("section `{key}`: `{option}` is an option of section `{}`", of.key()));
        }
        self.by_fault()
    }
}
