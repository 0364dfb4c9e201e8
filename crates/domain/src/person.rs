//! People in public roles. Participants are never named; who is named here was named by a published source.

use serde::{Deserialize, Serialize};

use crate::{
    Contact, CooperationAgreement, Document, Event, EventSession, Faults, Head, Id, Kind, Links, Organisation, Period, Programme,
    Record, Text, Words, coded::coded,
};

coded! {
    /// In what role a source names a person.
    pub enum PublicRoleKind {
        /// Spoke.
        Speaker = "speaker" / "speaker",
        /// Signed.
        Signatory = "signatory" / "signatory",
        /// Is the contact.
        Contact = "contact" / "contact",
        /// Holds an office.
        Official = "official" / "official",
        /// Coordinates.
        Coordinator = "coordinator" / "coordinator",
    }
}

/// A person whom a published source names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// What every record has.
    pub head: Head<Self>,
    /// The name, as the person writes it; one text serves all languages.
    pub name: Text,
    /// Titles that go before the name.
    pub honorific: Text,
}

impl Record for Person {
    const KIND: Kind = Kind::Person;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.name)
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.name.is_empty(), "name", || "a person needs a name".into());
        f
    }
}

/// A role in which a published source names a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicRole {
    /// What every record has.
    pub head: Head<Self>,
    /// Who.
    pub person: Id<Person>,
    /// In what role.
    pub kind: PublicRoleKind,
    /// The office, in words.
    pub title: Text,
    /// For which organisation.
    pub organisation: Option<Id<Organisation>>,
    /// At which event.
    pub event: Option<Id<Event>>,
    /// In which session.
    pub session: Option<Id<EventSession>>,
    /// In which programme.
    pub programme: Option<Id<Programme>>,
    /// Of which agreement between local authorities.
    pub agreement: Option<Id<CooperationAgreement>>,
    /// From when to when.
    pub period: Period,
    /// What the person said, in our words.
    pub said: Text,
    /// How to reach the person in this role, as published.
    pub contacts: Vec<Contact>,
    /// The published source that names the person so.
    pub document: Id<Document>,
}

impl Record for PublicRole {
    const KIND: Kind = Kind::PublicRole;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default()
            .one("person", self.person)
            .maybe("organisation", self.organisation)
            .maybe("event", self.event)
            .maybe("session", self.session)
            .maybe("programme", self.programme)
            .maybe("agreement", self.agreement)
            .one("document", self.document)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).told(&self.said)
    }
    fn when(&self) -> Period {
        self.period
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "say which office".into());
        f.require(self.period.is_ordered(), "period", || "it ends before it starts".into());
        f
    }
}
