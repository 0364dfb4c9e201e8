//! An organisation under all its names: who it is, what it did with the association, and what it pays for.

use ketnoi_domain::{
    EventKind, MomentKind, Money, OrganisationType, PartialDate, Period, ProgrammeLevel, ProgrammeStatus, Role, SuccessionKind,
    Text,
};
use serde::{Deserialize, Serialize};

use super::{ClassifiedFacts, StatedFigureFacts};

/// An organisation with all bodies that it followed and that followed it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerFacts {
    /// What sort of body it is.
    #[serde(default)]
    pub kind: Option<OrganisationType>,
    /// Its country, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: Option<String>,
    /// Where it has its seat.
    #[serde(default)]
    pub seat: Text,
    /// What it is and does.
    #[serde(default)]
    pub profile: Text,
    /// Its web site.
    #[serde(default)]
    pub website: Option<String>,
    /// The name of the body that it is a part of.
    #[serde(default)]
    pub parent: Text,
    /// Its identifier in IATI.
    #[serde(default)]
    pub iati_identifier: Option<String>,
    /// When it was founded and when it ended.
    #[serde(default)]
    pub existence: Period,
    /// Whether it is an international partner of the association.
    #[serde(default)]
    pub partner: bool,
    /// Since when it, or a body that it followed, has been a partner.
    #[serde(default)]
    pub since: Option<PartialDate>,
    /// The codes and acronyms of all its bodies, by which its brand is found.
    #[serde(default)]
    pub known_as: Vec<String>,
    /// Its names, those of the oldest body first.
    #[serde(default)]
    pub names: Vec<PartnerNameFacts>,
    /// How its bodies followed each other, the oldest first.
    #[serde(default)]
    pub successions: Vec<PartnerSuccessionFacts>,
    /// Its history with the association, the oldest first, the undated last.
    #[serde(default)]
    pub history: Vec<PartnerMomentFacts>,
    /// The networks that it belongs to, and its own members.
    #[serde(default)]
    pub memberships: Vec<PartnerMembershipFacts>,
    /// The parts that it takes in programmes, by role, then by when they began.
    #[serde(default)]
    pub parts: Vec<PartnerPartFacts>,
    /// The agreements in which it pays or is paid, in the order in which they were made.
    #[serde(default)]
    pub agreements: Vec<PartnerAgreementFacts>,
    /// The events that it held or came to, in the order of their dates.
    #[serde(default)]
    pub events: Vec<PartnerEventFacts>,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
    /// How many made-up programmes were left out, because the organisation itself is real.
    #[serde(default)]
    pub made_up: usize,
}

/// A name that one of the bodies had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerNameFacts {
    /// The code of the body.
    pub code: String,
    /// The name.
    pub name: Text,
    /// The acronym.
    #[serde(default)]
    pub short: Option<String>,
    /// When it was used.
    #[serde(default)]
    pub period: Period,
}

/// One body followed another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerSuccessionFacts {
    /// The name of what was before.
    pub before: Text,
    /// The name of what came after.
    pub after: Text,
    /// How.
    pub how: SuccessionKind,
    /// When.
    #[serde(default)]
    pub on: Option<PartialDate>,
}

/// A moment in the history with the association.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerMomentFacts {
    /// What it is.
    pub kind: MomentKind,
    /// When.
    #[serde(default)]
    pub on: Option<PartialDate>,
    /// The name of the body that it is of; empty where there is only one.
    #[serde(default)]
    pub body: Text,
    /// What began, ended, was signed or was joined: the title of a programme or an agreement, a name.
    #[serde(default)]
    pub what: Text,
    /// The code of the programme concerned.
    #[serde(default)]
    pub programme: Option<String>,
}

/// A membership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerMembershipFacts {
    /// Whether the other is the member, and not the network.
    pub of_other: bool,
    /// The name of the other.
    pub other: Text,
    /// From when to when.
    #[serde(default)]
    pub period: Period,
    /// What else is to be said.
    #[serde(default)]
    pub note: Text,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A part that the organisation takes in a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerPartFacts {
    /// What it does.
    pub role: Role,
    /// The name of the time: the one that the source gives, else the one of the day.
    pub name: Text,
    /// The programme's code.
    pub code: String,
    /// The programme's title.
    pub title: Text,
    /// Where the programme stands in its tree.
    pub level: ProgrammeLevel,
    /// The code of the activity that the programme is a part of.
    #[serde(default)]
    pub parent: Option<String>,
    /// How far the programme has come.
    #[serde(default)]
    pub status: Option<ProgrammeStatus>,
    /// From when to when the programme runs.
    #[serde(default)]
    pub period: Period,
    /// From when to when the organisation takes part, where that differs.
    #[serde(default)]
    pub taking_part: Period,
    /// The name of the organisation that its money or work passes through.
    #[serde(default)]
    pub via: Text,
    /// What else is to be said.
    #[serde(default)]
    pub note: Text,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// An agreement in which the organisation pays or is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerAgreementFacts {
    /// Its code in the registry.
    pub code: String,
    /// Its title.
    #[serde(default)]
    pub title: Text,
    /// The code of the programme that it pays for.
    pub programme: String,
    /// The title of the programme that it pays for.
    #[serde(default)]
    pub programme_title: Text,
    /// The funder's name of the day.
    #[serde(default)]
    pub funder: Text,
    /// The name of who is paid.
    #[serde(default)]
    pub recipient: Text,
    /// The funder's reference.
    #[serde(default)]
    pub reference: Option<String>,
    /// When it was signed.
    #[serde(default)]
    pub signed: Option<PartialDate>,
    /// From when to when costs are eligible, as amended.
    #[serde(default)]
    pub period: Period,
    /// The ceiling that holds now.
    #[serde(default)]
    pub ceiling: Option<Money>,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// What the organisation did at an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartnerEventPart {
    /// It held it.
    Held,
    /// It held it with others.
    HeldWith,
    /// It sent a delegation there.
    Sent,
    /// Its people came.
    Came,
}

impl PartnerEventPart {
    /// Its name in the keys of the wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::HeldWith => "held-with",
            Self::Sent => "sent",
            Self::Came => "came",
        }
    }
}

/// An event that the organisation held or came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerEventFacts {
    /// Its code in the registry.
    pub code: String,
    /// What it is.
    pub kind: EventKind,
    /// What it is called.
    pub title: Text,
    /// What the organisation did there.
    pub part: PartnerEventPart,
    /// From when to when.
    #[serde(default)]
    pub period: Period,
    /// The name of the city where it was held, as on the day.
    #[serde(default)]
    pub place: Text,
    /// The country where it was held, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: Option<String>,
    /// The title of the programme that it belongs to.
    #[serde(default)]
    pub programme: Text,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

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
