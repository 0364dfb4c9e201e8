//! An organisation under all its names: who it is, and what it did with the association.

use ketnoi_domain::{
    EventKind, MomentKind, Money, OrganisationType, PartialDate, Period, ProgrammeLevel, ProgrammeStatus, Role, SuccessionKind,
    Text,
};
use serde::{Deserialize, Serialize};

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
