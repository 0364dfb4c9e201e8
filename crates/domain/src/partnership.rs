//! Partnerships between local authorities of two countries, their agreements, and dated news.

use serde::{Deserialize, Serialize};

use crate::{
    Document, Event, Faults, Head, Id, Kind, Links, LocalAuthority, Organisation, PartialDate, Period, Programme, Record, Text,
    Words, coded::coded,
};

coded! {
    /// What ties two local authorities.
    pub enum PartnershipKind {
        /// Cooperation on projects, from authority to authority.
        Cooperation = "cooperation" / "cooperation",
        /// A twinning.
        Twinning = "twinning" / "twinning",
        /// Friendship without projects.
        Friendship = "friendship" / "friendship",
    }
}

coded! {
    /// Whether a partnership lives.
    pub enum PartnershipStatus {
        /// It lives.
        Active = "active" / "active",
        /// It rests.
        Dormant = "dormant" / "dormant",
        /// It has ended.
        Ended = "ended" / "ended",
    }
}

/// A partnership between local authorities of different countries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partnership {
    /// What every record has.
    pub head: Head<Self>,
    /// What ties them.
    pub kind: PartnershipKind,
    /// What it is called.
    pub title: Text,
    /// What it is about.
    pub description: Text,
    /// From when to when.
    pub period: Period,
    /// Whether it lives.
    pub status: Option<PartnershipStatus>,
    /// The sectors that it works in, OECD DAC CRS purpose codes.
    pub sectors: Vec<String>,
}

impl Record for Partnership {
    const KIND: Kind = Kind::Partnership;
    fn head(&self) -> &Head<Self> {
        &self.head
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
        f.require(!self.title.is_empty(), "title", || "a partnership needs a title".into());
        f.require(self.period.is_ordered(), "period", || "it ends before it starts".into());
        let code = |s: &String| s.len() == 5 && s.bytes().all(|b| b.is_ascii_digit());
        f.require(self.sectors.iter().all(code), "sectors", || "a sector is a DAC purpose code of five digits".into());
        let mut once = self.sectors.clone();
        once.sort_unstable();
        once.dedup();
        f.require(once.len() == self.sectors.len(), "sectors", || "the same sector stands there twice".into());
        f
    }
}

/// A local authority's part in a partnership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnershipParty {
    /// What every record has.
    pub head: Head<Self>,
    /// The partnership.
    pub partnership: Id<Partnership>,
    /// The local authority.
    pub authority: Id<LocalAuthority>,
}

impl Record for PartnershipParty {
    const KIND: Kind = Kind::PartnershipParty;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("partnership", self.partnership).one("authority", self.authority)
    }
    fn places(&self) -> Vec<Id<LocalAuthority>> {
        vec![self.authority]
    }
}

/// The rules between a partnership and its parties, each with its country where that is known.
pub fn party_faults(parties: &[(Id<LocalAuthority>, Option<&str>)]) -> Faults {
    let mut f = Faults::default();
    let mut once: Vec<_> = parties.iter().map(|p| p.0).collect();
    once.sort_unstable();
    once.dedup();
    f.require(once.len() == parties.len(), "party", || "the same local authority stands there twice".into());
    f.require(once.len() >= 2, "party", || "a partnership has at least two parties".into());
    let countries: Option<Vec<&str>> = parties.iter().map(|p| p.1).collect();
    let abroad = countries.is_none_or(|c| c.windows(2).any(|pair| pair[0] != pair[1]));
    f.require(once.len() < 2 || abroad, "party", || "the parties of a partnership come from at least two countries".into());
    f
}

/// What the parties of a partnership signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CooperationAgreement {
    /// What every record has.
    pub head: Head<Self>,
    /// The partnership.
    pub partnership: Id<Partnership>,
    /// What it is called.
    pub title: Text,
    /// Its number.
    pub reference: Option<String>,
    /// When it was signed.
    pub signed: Option<PartialDate>,
    /// When it was reported; often all that is known.
    pub reported: Option<PartialDate>,
    /// From when to when it holds.
    pub period: Period,
    /// The document.
    pub document: Option<Id<Document>>,
}

impl Record for CooperationAgreement {
    const KIND: Kind = Kind::CooperationAgreement;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("partnership", self.partnership).maybe("document", self.document)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).called(self.reference.as_deref())
    }
    fn when(&self) -> Period {
        let from = self.period.from.or(self.signed).or(self.reported);
        Period { from, to: self.period.to }
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "an agreement needs a title".into());
        f.require(self.period.is_ordered(), "period", || "it ends before it starts".into());
        let ordered = self.signed.zip(self.reported).is_none_or(|(signed, reported)| signed.from() <= reported.to());
        f.require(ordered, "reported", || "it was reported before it was signed".into());
        f
    }
}

/// Dated news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsItem {
    /// What every record has.
    pub head: Head<Self>,
    /// Its headline, in our words.
    pub title: Text,
    /// What it says, in our words.
    pub summary: Text,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// Who published it.
    pub publisher: Option<Id<Organisation>>,
    /// The page that it stands on.
    pub document: Option<Id<Document>>,
    /// The partnership that it is about.
    pub partnership: Option<Id<Partnership>>,
    /// The programme that it is about.
    pub programme: Option<Id<Programme>>,
    /// The event that it is about.
    pub event: Option<Id<Event>>,
    /// The city that it is about.
    pub authority: Option<Id<LocalAuthority>>,
    /// News that the publisher sets beside it.
    pub related: Vec<Id<NewsItem>>,
}

impl Record for NewsItem {
    const KIND: Kind = Kind::NewsItem;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default()
            .maybe("publisher", self.publisher)
            .maybe("document", self.document)
            .maybe("partnership", self.partnership)
            .maybe("programme", self.programme)
            .maybe("event", self.event)
            .maybe("authority", self.authority)
            .many("related", self.related.iter().copied())
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).told(&self.summary)
    }
    fn when(&self) -> Period {
        Period { from: self.published, to: self.published }
    }
    fn places(&self) -> Vec<Id<LocalAuthority>> {
        self.authority.into_iter().collect()
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "news need a headline".into());
        f.require(!self.related.contains(&self.head.id), "related", || "news are not related to themselves".into());
        f
    }
}
