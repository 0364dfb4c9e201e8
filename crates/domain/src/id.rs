use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::{Code, Record, coded::coded};

coded! {
    /// The kinds of record that the registry keeps. Its code is the tag inside opaque global ids: never reuse one.
    pub enum Kind {
        /// An organisation.
        Organisation = "organisation" / "o",
        /// A local authority.
        LocalAuthority = "local_authority" / "l",
        /// A cluster of cities.
        Cluster = "cluster" / "c",
        /// Who belongs to a network, a cluster or a fund.
        Membership = "membership" / "m",
        /// A programme, project or component.
        Programme = "programme" / "p",
        /// An organisation's part in a programme.
        Participation = "participation" / "a",
        /// An agreement between a funder and those it pays.
        Agreement = "agreement" / "g",
        /// A line of a budget.
        BudgetLine = "budget_line" / "b",
        /// A movement of money.
        Transaction = "transaction" / "t",
        /// A dated exchange rate.
        ExchangeRate = "exchange_rate" / "x",
        /// A contribution in kind.
        InKindContribution = "in_kind_contribution" / "k",
        /// A result that a programme aims at.
        Outcome = "result" / "r",
        /// What a result is measured by.
        Indicator = "indicator" / "i",
        /// An indicator's target and actual in one period.
        IndicatorPeriod = "indicator_period" / "e",
        /// A fund that makes small grants.
        Fund = "fund" / "f",
        /// A community.
        Community = "community" / "y",
        /// A savings group.
        SavingsGroup = "savings_group" / "v",
        /// A small grant.
        SmallGrant = "small_grant" / "n",
        /// A housing project.
        HousingProject = "housing_project" / "h",
        /// A document, cited or attached.
        Document = "document" / "d",
        /// A risk.
        Risk = "risk" / "q",
        /// What a programme tells in words about a period.
        Narrative = "narrative" / "X",
        /// A figure that a source states and nobody can count from the registry.
        StatedFigure = "stated_figure" / "u",
        /// What a source says of a property of a record.
        Statement = "statement" / "s",
        /// Events that belong together and come again.
        EventSeries = "event_series" / "S",
        /// An event.
        Event = "event" / "E",
        /// A session of an event.
        EventSession = "event_session" / "N",
        /// Those who went to an event together.
        Delegation = "delegation" / "D",
        /// How many came on one side.
        ParticipantCount = "participant_count" / "C",
        /// Something that came of an event.
        EventOutcome = "event_outcome" / "U",
        /// A practice of one city that is worth taking over.
        GoodPractice = "good_practice" / "G",
        /// A city's replication of another's practice.
        Replication = "replication" / "R",
        /// Something that a study or a workshop recommends.
        Recommendation = "recommendation" / "M",
        /// How recommendations are to be brought forward.
        RoadMap = "road_map" / "W",
        /// One step of a road map.
        RoadMapStep = "road_map_step" / "T",
        /// Something that is done to bring a recommendation forward.
        AdvocacyAction = "advocacy_action" / "A",
        /// A policy dialogue with a vote.
        Dialogue = "dialogue" / "L",
        /// A recommendation that is voted on.
        DialogueOption = "dialogue_option" / "O",
        /// A cluster that takes part in a dialogue.
        DialogueCluster = "dialogue_cluster" / "K",
        /// One ballot.
        Ballot = "ballot" / "B",
        /// A partnership between local authorities of different countries.
        Partnership = "partnership" / "P",
        /// A local authority's part in a partnership.
        PartnershipParty = "partnership_party" / "Y",
        /// What the parties of a partnership signed.
        CooperationAgreement = "cooperation_agreement" / "Z",
        /// Dated news.
        NewsItem = "news_item" / "w",
        /// A person whom a published source names.
        Person = "person" / "z",
        /// A role in which a published source names a person.
        PublicRole = "public_role" / "j",
    }
}

impl Kind {
    /// Whether records of this kind are about a person, who may ask that they be erased. The trail keeps nothing of what they
    /// say, because what is in the trail stays there.
    pub fn is_personal(self) -> bool {
        matches!(self, Self::Person | Self::PublicRole)
    }
}

/// The identity of a record of kind `T`: 16 bytes that mean the same in every database.
///
/// Records that come from files derive it from their kind and code, so the same file gives the same ids everywhere;
/// records made by people get one from the injected source of ids.
pub struct Id<T>(Uuid, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// The id with these 16 bytes.
    pub fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }
    /// The 16 bytes.
    pub fn uuid(self) -> Uuid {
        self.0
    }
}

impl<T: Record> Id<T> {
    /// The id that a record imported under this code has.
    pub fn of_code(code: &Code) -> Self {
        Self::from_uuid(imported_id(T::KIND, code.as_str()))
    }
}

/// The bytes of an imported record's id: version 5 over the kind's tag and the code.
pub fn imported_id(kind: Kind, code: &str) -> Uuid {
    /// Any fixed value would do; changing it would change every id.
    const NAMESPACE: Uuid = Uuid::from_u128(0x6b65_746e_6f69_8000_8000_7265_6769_7374);
    Uuid::new_v5(&NAMESPACE, format!("{}:{code}", crate::Coded::name(kind)).as_bytes())
}

// Written out because a derive would ask the same of `T`, which is only a label here.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(s)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Uuid::deserialize(d).map(Self::from_uuid)
    }
}
