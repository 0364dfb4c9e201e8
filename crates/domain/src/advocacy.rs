//! Recommendations, the road maps along which they are brought forward, and what is done to bring them forward.

use serde::{Deserialize, Serialize};

use crate::{
    Dialogue, Document, Event, Faults, Head, Id, Kind, Links, Organisation, PartialDate, Period, Programme, Record, Text, Words,
    coded::coded,
};

coded! {
    /// Where a recommendation stands.
    pub enum RecommendationStatus {
        /// Someone made it.
        Proposed = "proposed" / "1",
        /// Those who met agreed on it.
        Agreed = "agreed" / "2",
        /// Cities chose it as a priority.
        Prioritised = "prioritised" / "3",
        /// It was put to those whom it concerns.
        Submitted = "submitted" / "4",
        /// They accepted it, at least in part.
        Accepted = "accepted" / "5",
        /// It is carried out.
        Implemented = "implemented" / "6",
        /// They refused it.
        Rejected = "rejected" / "9",
    }
}

coded! {
    /// Where a step of a road map stands.
    pub enum StepStatus {
        /// It is planned.
        Planned = "planned" / "planned",
        /// It is being done.
        Underway = "underway" / "underway",
        /// It is done.
        Done = "done" / "done",
        /// It was given up.
        Dropped = "dropped" / "dropped",
    }
}

coded! {
    /// By what means a recommendation is brought forward.
    pub enum AdvocacyKind {
        /// A letter.
        Letter = "letter" / "letter",
        /// A meeting.
        Meeting = "meeting" / "meeting",
        /// A comment on a draft of law.
        Comment = "comment" / "comment",
        /// Something else.
        Other = "other" / "other",
    }
}

coded! {
    /// Where an advocacy action stands.
    pub enum AdvocacyStatus {
        /// It is being prepared.
        Drafted = "drafted" / "drafted",
        /// It was sent or held.
        Sent = "sent" / "sent",
        /// It was answered.
        Answered = "answered" / "answered",
        /// Nobody answers any more.
        Closed = "closed" / "closed",
    }
}

/// Something that a study or a workshop recommends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendation {
    /// What every record has.
    pub head: Head<Self>,
    /// Its number where it was made.
    pub number: Option<String>,
    /// What is recommended, in short.
    pub title: Text,
    /// What is recommended, at length.
    pub text: Text,
    /// The study that makes it.
    pub document: Option<Id<Document>>,
    /// The event that makes it.
    pub event: Option<Id<Event>>,
    /// The programme that it came from.
    pub programme: Option<Id<Programme>>,
    /// Whom it concerns.
    pub addressee: Option<Id<Organisation>>,
    /// Where it stands.
    pub status: Option<RecommendationStatus>,
}

impl Record for Recommendation {
    const KIND: Kind = Kind::Recommendation;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default()
            .maybe("document", self.document)
            .maybe("event", self.event)
            .maybe("programme", self.programme)
            .maybe("addressee", self.addressee)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).told(&self.text)
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "a recommendation needs a title".into());
        f
    }
}

/// How recommendations are to be brought forward, step by step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoadMap {
    /// What every record has.
    pub head: Head<Self>,
    /// What it is called.
    pub title: Text,
    /// What it is about.
    pub description: Text,
    /// The programme that it belongs to.
    pub programme: Option<Id<Programme>>,
    /// The event that agreed on it.
    pub event: Option<Id<Event>>,
    /// From when to when.
    pub period: Period,
}

impl Record for RoadMap {
    const KIND: Kind = Kind::RoadMap;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().maybe("programme", self.programme).maybe("event", self.event)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).told(&self.description)
    }
    fn when(&self) -> Period {
        self.period
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "a road map needs a title".into());
        f.require(self.period.is_ordered(), "period", || "it ends before it starts".into());
        f
    }
}

/// One step of a road map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoadMapStep {
    /// What every record has.
    pub head: Head<Self>,
    /// The road map.
    pub road_map: Id<RoadMap>,
    /// The recommendation that it brings forward.
    pub recommendation: Option<Id<Recommendation>>,
    /// Its place on the road map, from 1.
    pub number: i64,
    /// What is to be done.
    pub title: Text,
    /// Who is to do it.
    pub responsible: Option<Id<Organisation>>,
    /// By when.
    pub due: Option<PartialDate>,
    /// When it was done.
    pub done: Option<PartialDate>,
    /// Where it stands.
    pub status: StepStatus,
}

impl Record for RoadMapStep {
    const KIND: Kind = Kind::RoadMapStep;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default()
            .one("road_map", self.road_map)
            .maybe("recommendation", self.recommendation)
            .maybe("responsible", self.responsible)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn when(&self) -> Period {
        Period { from: self.due, to: self.done }
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "a step needs a title".into());
        f.require(self.number > 0, "number", || "steps are counted from 1".into());
        f.require(self.done.is_none() || self.status == StepStatus::Done, "status", || {
            "a step with the day on which it was done is done".into()
        });
        f
    }
}

/// Something that is done to bring a recommendation forward: a letter to a body concerned, and its reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdvocacyAction {
    /// What every record has.
    pub head: Head<Self>,
    /// The recommendation.
    pub recommendation: Id<Recommendation>,
    /// The dialogue whose result it carries.
    pub dialogue: Option<Id<Dialogue>>,
    /// By what means.
    pub kind: AdvocacyKind,
    /// What it is called.
    pub title: Text,
    /// The number of the letter.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<PartialDate>,
    /// To whom it goes.
    pub addressee: Option<Id<Organisation>>,
    /// When they replied.
    pub replied: Option<PartialDate>,
    /// The number of the reply.
    pub reply_number: Option<String>,
    /// What they replied.
    pub reply: Text,
    /// Where it stands.
    pub status: AdvocacyStatus,
}

impl Record for AdvocacyAction {
    const KIND: Kind = Kind::AdvocacyAction;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default()
            .one("recommendation", self.recommendation)
            .maybe("dialogue", self.dialogue)
            .maybe("addressee", self.addressee)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).told(&self.reply).called(self.number.as_deref()).called(self.reply_number.as_deref())
    }
    fn when(&self) -> Period {
        Period { from: self.date, to: self.replied }
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "an advocacy action needs a title".into());
        let ordered = self.date.zip(self.replied).is_none_or(|(sent, replied)| sent.from() <= replied.to());
        f.require(ordered, "replied", || "the reply is older than the letter".into());
        let answered = self.replied.is_some() || self.reply_number.is_some() || !self.reply.is_empty();
        f.require(!answered || matches!(self.status, AdvocacyStatus::Answered | AdvocacyStatus::Closed), "status", || {
            "what has a reply is answered".into()
        });
        f
    }
}
