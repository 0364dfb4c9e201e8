use serde::{Deserialize, Serialize};

use uuid::Uuid;

use crate::{
    Decimal, Event, Faults, Head, Id, Kind, Lang, Links, Organisation, PartialDate, Period, Programme, Record, Text, Words,
    coded::coded,
};

coded! {
    /// What a document is.
    pub enum DocumentCategory {
        /// A page on the web.
        WebPage = "web_page" / "web_page",
        /// A press release or a news item.
        News = "news" / "news",
        /// A report or an evaluation.
        Report = "report" / "report",
        /// A plan.
        Plan = "plan" / "plan",
        /// An agreement or a contract.
        Agreement = "agreement" / "agreement",
        /// An entry in a funder's database of projects.
        ProjectProfile = "project_profile" / "project_profile",
        /// A photograph; its title is its caption.
        Photograph = "photograph" / "photograph",
        /// Something else.
        Other = "other" / "other",
    }
}

coded! {
    /// How a stated number is meant.
    pub enum Qualifier {
        /// Just so many.
        Exact = "exact" / "exact",
        /// More than so many.
        Over = "over" / "over",
        /// About so many.
        About = "about" / "about",
        /// At most so many.
        UpTo = "up_to" / "up_to",
    }
}

coded! {
    /// How likely, or how grave.
    pub enum Likelihood {
        /// Low.
        Low = "low" / "low",
        /// Medium.
        Medium = "medium" / "medium",
        /// High.
        High = "high" / "high",
    }
}

coded! {
    /// Where a risk stands.
    pub enum RiskStatus {
        /// It may happen.
        Open = "open" / "open",
        /// It has happened.
        Occurred = "occurred" / "occurred",
        /// It is over.
        Closed = "closed" / "closed",
    }
}

/// A document: cited as the source of facts, or attached to a programme or an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What every record has.
    pub head: Head<Self>,
    /// Its title.
    pub title: Text,
    /// What it is.
    pub category: DocumentCategory,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// When it says that it was last changed.
    pub modified: Option<PartialDate>,
    /// Where it is found.
    pub url: Option<String>,
    /// The language it is written in.
    pub language: Option<Lang>,
    /// What a reader should know of it: stale, corrupted, second-hand.
    pub note: Text,
    /// The programme that it is attached to.
    pub programme: Option<Id<Programme>>,
    /// The organisation that it is attached to.
    pub organisation: Option<Id<Organisation>>,
    /// The event that it is attached to.
    pub event: Option<Id<Event>>,
}

impl Record for Document {
    const KIND: Kind = Kind::Document;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().maybe("programme", self.programme).maybe("organisation", self.organisation).maybe("event", self.event)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).called(self.publisher.as_deref()).told(&self.note)
    }
    fn when(&self) -> Period {
        Period { from: self.published, to: self.published }
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "a document needs a title".into());
        let linked = self.url.as_deref().is_none_or(|u| u.starts_with("https://") || u.starts_with("http://"));
        f.require(linked, "url", || "an address starts with https:// or http://".into());
        f
    }
}

/// A record of any kind, pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Uuid,
}

impl Subject {
    /// The record of this id.
    pub fn of<T: Record>(id: Id<T>) -> Self {
        Self { kind: T::KIND, id: id.uuid() }
    }
}

/// What a source says of a property of a record. Conflicting statements are all kept; one is current.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What every record has.
    pub head: Head<Self>,
    /// Of which record.
    pub subject: Subject,
    /// Of which property, as the field is called; none when the source stands behind the record as a whole.
    pub property: Option<String>,
    /// What it says, in our reading.
    pub value: Text,
    /// The text as it stands in the source, where our reading corrects it.
    pub raw: Option<String>,
    /// Whether the registry follows it.
    pub current: bool,
    /// The source.
    pub document: Id<Document>,
    /// Where in the source.
    pub locator: Option<String>,
    /// Of which date the statement speaks or was made.
    pub stated: Option<PartialDate>,
    /// Why it is followed or not.
    pub note: Text,
}

impl Record for Statement {
    const KIND: Kind = Kind::Statement;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().to("subject", self.subject.kind, self.subject.id).one("document", self.document)
    }
    fn words(&self) -> Words<'_> {
        Words::default().told(&self.value).told_raw(self.raw.as_deref())
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        let said = self.property.is_none() || !self.value.is_empty() || self.raw.is_some();
        f.require(said, "value", || "a statement on a property says something".into());
        f
    }
}

/// A figure that a source states and nobody can count from the registry. Shown beside registered counts, never added to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedFigure {
    /// What every record has.
    pub head: Head<Self>,
    /// Of which record.
    pub subject: Subject,
    /// What is counted, as a short key: `member_cities`.
    pub measure: String,
    /// What is counted, in words.
    pub label: Text,
    /// The number.
    pub value: Decimal,
    /// How it is meant.
    pub qualifier: Qualifier,
    /// Of which date.
    pub as_of: Option<PartialDate>,
    /// The source.
    pub document: Id<Document>,
}

impl Record for StatedFigure {
    const KIND: Kind = Kind::StatedFigure;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().to("subject", self.subject.kind, self.subject.id).one("document", self.document)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.label)
    }
    fn when(&self) -> Period {
        Period { from: self.as_of, to: self.as_of }
    }
}

/// Something that may go wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Risk {
    /// What every record has.
    pub head: Head<Self>,
    /// The activity.
    pub programme: Id<Programme>,
    /// What may happen.
    pub title: Text,
    /// How likely.
    pub likelihood: Likelihood,
    /// How grave.
    pub impact: Likelihood,
    /// What is done about it.
    pub mitigation: Text,
    /// Who watches it.
    pub owner: Option<Id<Organisation>>,
    /// Where it stands.
    pub status: RiskStatus,
}

impl Record for Risk {
    const KIND: Kind = Kind::Risk;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("programme", self.programme).maybe("owner", self.owner)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).told(&self.mitigation)
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "a risk needs a title".into());
        f
    }
}
