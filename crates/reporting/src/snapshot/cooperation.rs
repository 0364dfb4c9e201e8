//! What is done together with others: events, replications of good practices, recommendations and what brings them forward.

use ketnoi_domain::{
    AdvocacyKind, AdvocacyStatus, Contact, EventKind, OutcomeKind, PartialDate, ParticipantCategory, Period, PublicRoleKind,
    RecommendationStatus, SessionFormat, StageReached, StepStatus, Text,
};
use serde::{Deserialize, Serialize};

use super::StatedFigureFacts;

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventFacts {
    /// Its code in the registry.
    pub code: String,
    /// What it is.
    pub kind: EventKind,
    /// What it is called.
    pub title: Text,
    /// The message that it was held under.
    #[serde(default)]
    pub motto: Text,
    /// What it was about.
    #[serde(default)]
    pub description: Text,
    /// The names of who held it, the first one first, as on the day.
    #[serde(default)]
    pub organisers: Vec<Text>,
    /// The part of the programme that held it; empty where it is the programme itself.
    #[serde(default)]
    pub part: Text,
    /// Whether others held it and a delegation of the programme went there: then only what concerns that delegation is
    /// said here.
    #[serde(default)]
    pub visited: bool,
    /// From when to when.
    #[serde(default)]
    pub period: Period,
    /// The name of the city where it was held, as on the day.
    #[serde(default)]
    pub place: Text,
    /// The country where it was held, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: Option<String>,
    /// The house where it was held.
    #[serde(default)]
    pub venue: Text,
    /// Its sessions and the meetings beside it, in order.
    #[serde(default)]
    pub sessions: Vec<SessionFacts>,
    /// Whom published sources name in a role at the event as a whole.
    #[serde(default)]
    pub people: Vec<PersonFacts>,
    /// Who came apart from delegations, a group for each side.
    #[serde(default)]
    pub participants: Vec<AttendanceFacts>,
    /// Who came together.
    #[serde(default)]
    pub delegations: Vec<DelegationFacts>,
    /// What came of it.
    #[serde(default)]
    pub outcomes: Vec<EventOutcomeFacts>,
    /// Numbers that sources state of it.
    #[serde(default)]
    pub stated: Vec<StatedFigureFacts>,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A session of an event, or a meeting beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionFacts {
    /// Its place among the event's sessions, from 1.
    pub number: i64,
    /// Its form.
    pub format: SessionFormat,
    /// What it is called, in the registry's reading.
    pub title: Text,
    /// The title as it stands in the source, where the reading corrects it.
    #[serde(default)]
    pub raw: Option<String>,
    /// What it was about.
    #[serde(default)]
    pub topic: Text,
    /// When.
    #[serde(default)]
    pub date: Option<PartialDate>,
    /// The names of those who were met there.
    #[serde(default)]
    pub counterparts: Vec<Text>,
    /// Whom published sources name in a role there.
    #[serde(default)]
    pub people: Vec<PersonFacts>,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A person in a role in which a published source names them. Participants are never named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFacts {
    /// In what role.
    pub kind: PublicRoleKind,
    /// The name with the titles that go before it.
    pub name: Text,
    /// The office, in words.
    #[serde(default)]
    pub office: Text,
    /// The name of the organisation that they speak for.
    #[serde(default)]
    pub organisation: Text,
    /// What they said, in the registry's words: it is no quotation.
    #[serde(default)]
    pub said: Text,
    /// How to reach them in this role, as published.
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// The key of the document that names them.
    pub source: String,
}

/// How many came on one side. What no source says is `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendanceFacts {
    /// On whose side they came.
    pub category: ParticipantCategory,
    /// The names of the organisations that they came from.
    #[serde(default)]
    pub organisations: Vec<Text>,
    /// How many women.
    #[serde(default)]
    pub women: Option<i64>,
    /// How many men.
    #[serde(default)]
    pub men: Option<i64>,
    /// How many of whom the sex is not known.
    #[serde(default)]
    pub unstated: Option<i64>,
    /// How many of whom the sex is known and withheld from the reader, because so few are of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<i64>,
    /// How many groups came of which no number is known, or none that is told the reader.
    #[serde(default)]
    pub uncounted: i64,
    /// How many of these are of so few people that their number is withheld.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub hidden: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_nought(n: &i64) -> bool {
    *n == 0
}

/// Those who went to an event together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegationFacts {
    /// Its code in the registry.
    #[serde(default)]
    pub code: String,
    /// What the delegation is called.
    pub title: Text,
    /// Who they were and what for.
    #[serde(default)]
    pub description: Text,
    /// The code of the agreement that paid; none where no source names one.
    #[serde(default)]
    pub agreement: Option<String>,
    /// The numbers of the sessions that they attended.
    #[serde(default)]
    pub attended: Vec<i64>,
    /// The name of who sent them.
    #[serde(default)]
    pub organiser: Text,
    /// The country that they came from, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: Option<String>,
    /// Who they were, a group for each side.
    #[serde(default)]
    pub members: Vec<AttendanceFacts>,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Something that came of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventOutcomeFacts {
    /// What sort of thing.
    pub kind: OutcomeKind,
    /// What came of it.
    pub title: Text,
    /// The title of the delegation that says so.
    #[serde(default)]
    pub delegation: Text,
}

/// A city's replication of another's practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplicationFacts {
    /// Its code in the registry.
    pub code: String,
    /// What the city does.
    pub title: Text,
    /// The part of the programme that supports it; empty where it is the programme itself.
    #[serde(default)]
    pub part: Text,
    /// The title of the practice; empty where no source says what is replicated.
    #[serde(default)]
    pub practice: Text,
    /// The name of the city whose practice it is.
    #[serde(default)]
    pub origin: Text,
    /// The name of the city that replicates it.
    #[serde(default)]
    pub city: Text,
    /// The stages that it reached, the first one first.
    #[serde(default)]
    pub stages: Vec<StageReached>,
    /// What has come of it.
    #[serde(default)]
    pub result: Text,
    /// Numbers that sources state of it.
    #[serde(default)]
    pub stated: Vec<StatedFigureFacts>,
    /// The keys of the documents that tell of it or of the practice.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Something that a study or a workshop recommends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecommendationFacts {
    /// Its code in the registry.
    pub code: String,
    /// Its number where it was made.
    #[serde(default)]
    pub number: Option<String>,
    /// What is recommended.
    pub title: Text,
    /// What is recommended, at length.
    #[serde(default)]
    pub text: Text,
    /// The part of the programme that it came from; empty where it is the programme itself.
    #[serde(default)]
    pub part: Text,
    /// The name of whom it concerns.
    #[serde(default)]
    pub addressee: Text,
    /// Where it stands.
    #[serde(default)]
    pub status: Option<RecommendationStatus>,
    /// What was done to bring it forward, in the order of the dates.
    #[serde(default)]
    pub actions: Vec<AdvocacyFacts>,
    /// The keys of the documents that make it or tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Something that is done to bring a recommendation forward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdvocacyFacts {
    /// By what means.
    pub kind: AdvocacyKind,
    /// What it is called.
    pub title: Text,
    /// The number of the letter.
    #[serde(default)]
    pub number: Option<String>,
    /// Its date.
    #[serde(default)]
    pub date: Option<PartialDate>,
    /// The name of whom it goes to, as on the day.
    #[serde(default)]
    pub addressee: Text,
    /// When they replied.
    #[serde(default)]
    pub replied: Option<PartialDate>,
    /// The number of the reply.
    #[serde(default)]
    pub reply_number: Option<String>,
    /// What they replied.
    #[serde(default)]
    pub reply: Text,
    /// Where it stands.
    pub status: AdvocacyStatus,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// How recommendations are to be brought forward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoadMapFacts {
    /// Its code in the registry.
    pub code: String,
    /// What it is called.
    pub title: Text,
    /// The part of the programme that it belongs to; empty where it is the programme itself.
    #[serde(default)]
    pub part: Text,
    /// From when to when.
    #[serde(default)]
    pub period: Period,
    /// Its steps, in order.
    #[serde(default)]
    pub steps: Vec<RoadMapStepFacts>,
    /// The keys of the documents that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// One step of a road map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoadMapStepFacts {
    /// Its place on the road map, from 1.
    pub number: i64,
    /// What is to be done.
    pub title: Text,
    /// The title of the recommendation that it brings forward.
    #[serde(default)]
    pub recommendation: Text,
    /// The name of who is to do it.
    #[serde(default)]
    pub responsible: Text,
    /// By when.
    #[serde(default)]
    pub due: Option<PartialDate>,
    /// When it was done.
    #[serde(default)]
    pub done: Option<PartialDate>,
    /// Where it stands.
    pub status: StepStatus,
}
