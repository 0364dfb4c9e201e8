//! What a report is about.

use ketnoi_domain::{Period, Text};
use serde::{Deserialize, Serialize};

/// The sort of thing that a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectKind {
    /// A programme, a project or a component, by its code.
    Programme,
    /// An organisation under all its names, by its code.
    Organisation,
    /// A policy dialogue, by its code.
    Dialogue,
    /// Those who went to an event together, by the delegation's code.
    Delegation,
    /// An event, by its code.
    Event,
    /// Two countries, by their ISO 3166-1 codes with a hyphen between them: `VN-FR`.
    Countries,
    /// The cooperation of one calendar year: `2017`.
    Year,
}

impl SubjectKind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Programme, Self::Organisation, Self::Dialogue, Self::Delegation, Self::Event, Self::Countries, Self::Year];

    /// Its name in definitions and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::Organisation => "organisation",
            Self::Dialogue => "dialogue",
            Self::Delegation => "delegation",
            Self::Event => "event",
            Self::Countries => "countries",
            Self::Year => "year",
        }
    }
}

/// What the report is about, as its first page and its file name say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectFacts {
    /// What sort of thing.
    pub kind: SubjectKind,
    /// The key by which it was asked for: a code, `VN-FR`, `2017`.
    pub key: String,
    /// Its title. Empty where only the wording can say it: for countries and years.
    #[serde(default)]
    pub title: Text,
    /// Its acronym.
    #[serde(default)]
    pub short: Option<String>,
    /// Whether it was made up to show the software: the report then says so on every page.
    #[serde(default)]
    pub illustrative: bool,
    /// The period that was asked for; unknown ends are open.
    #[serde(default)]
    pub period: Period,
}
