//! The cooperation between the local authorities of two countries: partnerships, what was signed, projects, dated news.

use ketnoi_domain::{
    AuthorityLevel, Coordinates, PartialDate, PartnershipKind, PartnershipStatus, Period, ProgrammeStatus, Text,
};
use serde::{Deserialize, Serialize};

use super::{ClassifiedFacts, StatedFigureFacts, StatementFacts};

/// The cooperation of a pair of countries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BilateralFacts {
    /// The two countries, ISO 3166-1 alpha-2, in the order of the report's key.
    pub countries: [String; 2],
    /// The partnerships that have a party in each of the two countries, in the order in which they are first known of.
    #[serde(default)]
    pub partnerships: Vec<PartnershipFacts>,
    /// The conferences that come again and at which both countries meet.
    #[serde(default)]
    pub series: Vec<EventSeriesFacts>,
    /// What was reported of the cooperation, the oldest first, the undated last.
    #[serde(default)]
    pub news: Vec<DatedNewsFacts>,
    /// How many partnerships and news were left out because they were made up to show the software.
    #[serde(default)]
    pub left_out: usize,
}

/// A partnership between local authorities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnershipFacts {
    /// Its code in the registry.
    pub code: String,
    /// What it is called.
    pub title: Text,
    /// What ties its parties.
    pub kind: PartnershipKind,
    /// What it is about.
    #[serde(default)]
    pub description: Text,
    /// Its parties, those of the first country of the key first, those of third countries last.
    #[serde(default)]
    pub parties: Vec<PartyFacts>,
    /// The sectors that it works in, OECD DAC purpose codes.
    #[serde(default)]
    pub sectors: Vec<ClassifiedFacts>,
    /// From when to when.
    #[serde(default)]
    pub period: Period,
    /// Whether it lives.
    #[serde(default)]
    pub status: Option<PartnershipStatus>,
    /// What its parties signed, in the order of the dates.
    #[serde(default)]
    pub agreements: Vec<CooperationAgreementFacts>,
    /// Its projects, in the order of their starts.
    #[serde(default)]
    pub projects: Vec<CooperationProjectFacts>,
    /// What sources say of its properties, such as how long it has lasted.
    #[serde(default)]
    pub said: Vec<StatementFacts>,
    /// Numbers that sources state of it.
    #[serde(default)]
    pub stated: Vec<StatedFigureFacts>,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A local authority that is a party to a partnership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyFacts {
    /// Its code in the registry.
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
}

/// What the parties of a partnership signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CooperationAgreementFacts {
    /// Its code in the registry.
    pub code: String,
    /// What it is called.
    pub title: Text,
    /// The title of the partnership that it belongs to.
    #[serde(default)]
    pub partnership: Text,
    /// Its number.
    #[serde(default)]
    pub reference: Option<String>,
    /// When it was signed; none where no source says.
    #[serde(default)]
    pub signed: Option<PartialDate>,
    /// When it was reported; often all that is known.
    #[serde(default)]
    pub reported: Option<PartialDate>,
    /// From when to when it holds.
    #[serde(default)]
    pub period: Period,
    /// What sources say of its properties.
    #[serde(default)]
    pub said: Vec<StatementFacts>,
    /// The keys of the documents that it stands in or that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A project of a partnership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CooperationProjectFacts {
    /// Its code in the registry.
    pub code: String,
    /// Its title.
    pub title: Text,
    /// How far it has come.
    #[serde(default)]
    pub status: Option<ProgrammeStatus>,
    /// When it runs: really where that is known, else as planned.
    #[serde(default)]
    pub period: Period,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Events that come again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSeriesFacts {
    /// Its code in the registry.
    pub code: String,
    /// What it is called.
    pub name: Text,
    /// What it is about.
    #[serde(default)]
    pub description: Text,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Dated news, in the registry's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedNewsFacts {
    /// Its code in the registry.
    pub code: String,
    /// Its headline.
    pub title: Text,
    /// What it says.
    #[serde(default)]
    pub summary: Text,
    /// When it was published; none where no source says.
    #[serde(default)]
    pub published: Option<PartialDate>,
    /// The name of who published it, as on the day.
    #[serde(default)]
    pub publisher: Text,
    /// The name of the city that it is about, as on the day.
    #[serde(default)]
    pub place: Text,
    /// The title of the partnership, programme or event that it is about.
    #[serde(default)]
    pub about: Text,
    /// What sources say of its properties, such as when the page was last changed.
    #[serde(default)]
    pub said: Vec<StatementFacts>,
    /// The keys of the pages that it stands on or that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}
