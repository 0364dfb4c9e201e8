//! What the registry hands over for a report: plain facts, taken in one read, for one audience.
//!
//! What is unknown is `None`, an empty [`Text`] or an empty list, never nought. Every struct may gain fields; new ones get a
//! default, so that snapshots that somebody stored stay readable.

mod bilateral;
mod cited;
mod cooperation;
mod dialogue;
mod finance;
mod partner;
mod portfolio;
mod results;
mod sources;
mod subject;
mod year;

use ketnoi_domain::{
    AuthorityLevel, Contact, Coordinates, OrganisationType, PartialDate, Percentage, Period, ProgrammeLevel, ProgrammeStatus,
    RelationType, Role, Text,
};
use serde::{Deserialize, Serialize};

pub use bilateral::*;
pub use cooperation::*;
pub use dialogue::*;
pub use finance::*;
pub use partner::*;
pub use portfolio::*;
pub use results::*;
pub use sources::*;
pub use subject::*;
pub use year::*;

/// All that a report may show. What does not concern its subject is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// When it was taken, RFC 3339 in UTC: `2026-11-22T10:00:00Z`. It is the only clock that a report knows.
    pub taken: String,
    /// The registry's revision that was read.
    pub revision: i64,
    /// For whom: a name of the deployment's, such as `public` or `funder:eu`. The snapshot holds what they may see.
    pub audience: String,
    /// The association that keeps the registry and publishes the report.
    pub publisher: Publisher,
    /// What the report is about.
    pub subject: SubjectFacts,
    /// The programme that it is about, or that its subject belongs to.
    #[serde(default)]
    pub programme: Option<ProgrammeFacts>,
    /// Who takes part in it.
    #[serde(default)]
    pub participations: Vec<ParticipationFacts>,
    /// What its funders agreed.
    #[serde(default)]
    pub agreements: Vec<AgreementFacts>,
    /// Budget, movements of money, contributions in kind.
    #[serde(default)]
    pub finance: FinanceFacts,
    /// The results framework, in the framework's order.
    #[serde(default)]
    pub results: Vec<ResultFacts>,
    /// Where it happens.
    #[serde(default)]
    pub places: Vec<PlaceFacts>,
    /// OECD DAC purpose codes.
    #[serde(default)]
    pub sectors: Vec<ClassifiedFacts>,
    /// The countries that benefit, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub countries: Vec<ClassifiedFacts>,
    /// The Sustainable Development Goals, 1 to 17.
    #[serde(default)]
    pub sdgs: Vec<ClassifiedFacts>,
    /// OECD DAC policy markers.
    #[serde(default)]
    pub policy_markers: Vec<ClassifiedFacts>,
    /// Programmes before, after, above and beside it.
    #[serde(default)]
    pub related: Vec<RelatedFacts>,
    /// Numbers that sources state and nobody can count from the registry.
    #[serde(default)]
    pub stated_figures: Vec<StatedFigureFacts>,
    /// The documents that the facts come from or that are attached, in the order in which they are to be numbered.
    #[serde(default)]
    pub documents: Vec<DocumentFacts>,
    /// What sources say of single properties, those that disagree among them.
    #[serde(default)]
    pub statements: Vec<StatementFacts>,
    /// What may go wrong.
    #[serde(default)]
    pub risks: Vec<RiskFacts>,
    /// The events of the programme and of its parts, in the order of their dates.
    #[serde(default)]
    pub events: Vec<EventFacts>,
    /// The replications of good practices that the programme or a part of it supports.
    #[serde(default)]
    pub replications: Vec<ReplicationFacts>,
    /// What the programme and its parts recommend.
    #[serde(default)]
    pub recommendations: Vec<RecommendationFacts>,
    /// How recommendations are to be brought forward.
    #[serde(default)]
    pub road_maps: Vec<RoadMapFacts>,
    /// The policy dialogues of the programme and of its parts, in the order of their dates.
    #[serde(default)]
    pub dialogues: Vec<DialogueFacts>,
    /// What the programme tells in words, in the order of periods and then of sections.
    #[serde(default)]
    pub narratives: Vec<NarrativeFacts>,
    /// The organisation that it is about, under all its names.
    #[serde(default)]
    pub partner: Option<PartnerFacts>,
    /// The programmes that it is about, or that its subject pays for, with what they come to.
    #[serde(default)]
    pub portfolio: Option<PortfolioFacts>,
    /// The cooperation of the two countries that it is about.
    #[serde(default)]
    pub bilateral: Option<BilateralFacts>,
    /// The year that it is about.
    #[serde(default)]
    pub year: Option<YearFacts>,
}

impl Snapshot {
    /// A snapshot that says what it is of, and nothing yet of its subject.
    pub fn of(subject: SubjectFacts, taken: &str, revision: i64, audience: &str, publisher: Publisher) -> Self {
        Self {
            taken: taken.to_owned(),
            revision,
            audience: audience.to_owned(),
            publisher,
            subject,
            programme: None,
            participations: Vec::new(),
            agreements: Vec::new(),
            finance: FinanceFacts::default(),
            results: Vec::new(),
            places: Vec::new(),
            sectors: Vec::new(),
            countries: Vec::new(),
            sdgs: Vec::new(),
            policy_markers: Vec::new(),
            related: Vec::new(),
            stated_figures: Vec::new(),
            documents: Vec::new(),
            statements: Vec::new(),
            risks: Vec::new(),
            events: Vec::new(),
            replications: Vec::new(),
            recommendations: Vec::new(),
            road_maps: Vec::new(),
            dialogues: Vec::new(),
            narratives: Vec::new(),
            partner: None,
            portfolio: None,
            bilateral: None,
            year: None,
        }
    }
}

/// The association that publishes the report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// Its name.
    pub name: Text,
    /// Its acronym.
    #[serde(default)]
    pub short: Option<String>,
    /// Its web site.
    #[serde(default)]
    pub website: Option<String>,
    /// How to reach it.
    #[serde(default)]
    pub contacts: Vec<Contact>,
}

/// The programme itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeFacts {
    /// Its code in the registry.
    pub code: String,
    /// Its acronym.
    #[serde(default)]
    pub acronym: Option<String>,
    /// Its title.
    pub title: Text,
    /// What it is about; blank lines part paragraphs.
    #[serde(default)]
    pub description: Text,
    /// Where it stands in its tree.
    pub level: ProgrammeLevel,
    /// The title of the activity that it is a part of.
    #[serde(default)]
    pub parent_title: Text,
    /// How far it has come.
    #[serde(default)]
    pub status: Option<ProgrammeStatus>,
    /// The period that was planned.
    #[serde(default)]
    pub planned: Period,
    /// The period that it really took.
    #[serde(default)]
    pub actual: Period,
    /// Its identifier in IATI or at its funder.
    #[serde(default)]
    pub iati_identifier: Option<String>,
    /// Whether it was made up to show the software: the report then says so on every page.
    #[serde(default)]
    pub illustrative: bool,
    /// The name of the organisation that reports it.
    #[serde(default)]
    pub reporting_organisation: Text,
}

/// An organisation's part in the programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipationFacts {
    /// What it does.
    pub role: Role,
    /// The organisation's code in the registry.
    pub code: String,
    /// The name in use now.
    pub name: Text,
    /// The name of the time: the one that the source gives, else the one on the day of the agreement. Empty where it is
    /// the name in use now. Where given it is printed first.
    #[serde(default)]
    pub stated_name: Text,
    /// The acronym.
    #[serde(default)]
    pub short: Option<String>,
    /// What sort of body it is.
    #[serde(default)]
    pub kind: Option<OrganisationType>,
    /// The name of the organisation that its money or work passes through.
    #[serde(default)]
    pub via: Text,
    /// From when to when, where that differs from the programme's.
    #[serde(default)]
    pub period: Period,
    /// What else is to be said.
    #[serde(default)]
    pub note: Text,
    /// Its country, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: Option<String>,
}

/// A place where the programme happens, as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceFacts {
    /// The authority's code in the registry.
    pub code: String,
    /// Its name of the time.
    pub name: Text,
    /// Its level.
    pub level: AuthorityLevel,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: String,
    /// Where it lies.
    #[serde(default)]
    pub coordinates: Option<Coordinates>,
    /// Its share of the programme.
    #[serde(default)]
    pub percentage: Option<Percentage>,
    /// What happened there.
    #[serde(default)]
    pub note: Text,
    /// What became of the authority. None where it still is what it was.
    #[serde(default)]
    pub became: Option<BecameFacts>,
}

/// What became of an authority, under the names of today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BecameFacts {
    /// It has another name, or others stand in its place.
    Now {
        /// Their names.
        names: Vec<Text>,
        /// Since when.
        #[serde(default)]
        since: Option<PartialDate>,
    },
    /// It went up in another.
    PartOf {
        /// The name of that.
        name: Text,
        /// Since when.
        #[serde(default)]
        since: Option<PartialDate>,
    },
    /// It ended and nothing followed it.
    Ended {
        /// Its last day.
        on: PartialDate,
        /// The name of the authority that its area belongs to now, where that is known.
        #[serde(default)]
        holder: Option<Text>,
    },
}

/// A code of a closed list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassifiedFacts {
    /// The code.
    pub code: String,
    /// Its name, where the registry knows it.
    #[serde(default)]
    pub name: Text,
    /// Its share of the programme.
    #[serde(default)]
    pub percentage: Option<Percentage>,
    /// For policy markers, 0 (not targeted) to 4.
    #[serde(default)]
    pub significance: Option<u8>,
}

/// Another programme that this one is related to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedFacts {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Text,
    /// How they are related.
    pub relation: Relationship,
}

/// How another programme is related to this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relationship {
    /// The other is the whole that this one is a part of.
    Parent,
    /// The other is a part of this one.
    Part,
    /// A relation that the registry records from this one: the other precedes it, is run beside it, and so on.
    Recorded(RelationType),
    /// The other carries on from this one.
    Follows,
}
