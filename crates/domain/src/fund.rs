use serde::{Deserialize, Serialize};

use crate::{
    Faults, Head, Id, Kind, Links, LocalAuthority, Money, Organisation, PartialDate, Period, Programme, Record, Text, Told,
    Words, coded::coded,
};

coded! {
    /// How far a grant or a housing project has come.
    pub enum GrantStatus {
        /// Planned.
        Planned = "planned" / "planned",
        /// Under way.
        Ongoing = "ongoing" / "ongoing",
        /// Complete.
        Completed = "completed" / "completed",
    }
}

/// A fund from which communities receive small grants and loans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fund {
    /// What every record has.
    pub head: Head<Self>,
    /// Its name.
    pub name: Text,
    /// What it does.
    pub description: Text,
    /// Who manages it.
    pub manager: Option<Id<Organisation>>,
    /// The programme that feeds it.
    pub programme: Option<Id<Programme>>,
    /// Since when it exists.
    pub since: Option<PartialDate>,
}

/// A community that takes part in a fund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Community {
    /// What every record has.
    pub head: Head<Self>,
    /// The fund.
    pub fund: Id<Fund>,
    /// Where it lives.
    pub authority: Id<LocalAuthority>,
    /// Its name.
    pub name: Text,
    /// How many households; none where not known.
    pub households: Option<i64>,
}

/// A group of people who save together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavingsGroup {
    /// What every record has.
    pub head: Head<Self>,
    /// The community.
    pub community: Id<Community>,
    /// Its name.
    pub name: Text,
    /// Since when it saves.
    pub since: Option<PartialDate>,
    /// How many members.
    pub members: Option<i64>,
    /// How many of them are women.
    pub women: Option<i64>,
    /// What they have saved.
    pub savings: Option<Money>,
    /// Whether numbers were left out because they are so small: then what is unknown may be known to others.
    #[serde(skip)]
    pub withheld: bool,
}

/// A small grant of a fund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmallGrant {
    /// What every record has.
    pub head: Head<Self>,
    /// The fund.
    pub fund: Id<Fund>,
    /// Where.
    pub authority: Id<LocalAuthority>,
    /// To which community.
    pub community: Option<Id<Community>>,
    /// What for.
    pub title: Text,
    /// How much; none where no source says.
    pub value: Option<Money>,
    /// When it was granted.
    pub granted: Option<PartialDate>,
    /// How far it has come.
    pub status: Option<GrantStatus>,
}

/// A housing project that a fund supports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HousingProject {
    /// What every record has.
    pub head: Head<Self>,
    /// The fund.
    pub fund: Id<Fund>,
    /// Where.
    pub authority: Id<LocalAuthority>,
    /// The programme that pays for it.
    pub programme: Option<Id<Programme>>,
    /// What it is.
    pub title: Text,
    /// How many households it houses.
    pub households: Option<i64>,
    /// What it costs.
    pub value: Option<Money>,
    /// From when to when.
    pub period: Period,
    /// How far it has come.
    pub status: Option<GrantStatus>,
}

impl Record for Fund {
    const KIND: Kind = Kind::Fund;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().maybe("manager", self.manager).maybe("programme", self.programme)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.name)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.name).told(&self.description)
    }
    fn when(&self) -> Period {
        Period { from: self.since, to: None }
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.name.is_empty(), "name", || "a fund needs a name".into());
        f
    }
}
impl Record for Community {
    const KIND: Kind = Kind::Community;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("fund", self.fund).one("authority", self.authority)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.name)
    }
    fn places(&self) -> Vec<Id<LocalAuthority>> {
        vec![self.authority]
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(self.households.is_none_or(|n| n >= 0), "households", || "a count is not negative".into());
        f
    }
}
impl Record for SavingsGroup {
    const KIND: Kind = Kind::SavingsGroup;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn withhold(&mut self) {
        let told = Told::of([self.women], self.members);
        ([self.women], self.members) = (told.parts, told.total);
        self.withheld |= told.withheld;
    }
    fn is_withheld(&self) -> bool {
        self.withheld
    }
    fn links(&self) -> Links {
        Links::default().one("community", self.community)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.name)
    }
    fn when(&self) -> Period {
        Period { from: self.since, to: None }
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(self.members.is_none_or(|n| n >= 0), "members", || "a count is not negative".into());
        let women_fit = self.women.is_none_or(|w| w >= 0 && self.members.is_none_or(|m| w <= m));
        f.require(women_fit, "women", || "there are no more women than members".into());
        f
    }
}
impl Record for SmallGrant {
    const KIND: Kind = Kind::SmallGrant;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("fund", self.fund).one("authority", self.authority).maybe("community", self.community)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn when(&self) -> Period {
        Period { from: self.granted, to: self.granted }
    }
    fn places(&self) -> Vec<Id<LocalAuthority>> {
        vec![self.authority]
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(self.value.is_none_or(|v| !v.amount().is_negative()), "value", || "a grant is not negative".into());
        f
    }
}
impl Record for HousingProject {
    const KIND: Kind = Kind::HousingProject;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("fund", self.fund).one("authority", self.authority).maybe("programme", self.programme)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn when(&self) -> Period {
        self.period
    }
    fn places(&self) -> Vec<Id<LocalAuthority>> {
        vec![self.authority]
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(self.period.is_ordered(), "period", || "it ends before it starts".into());
        f.require(self.households.is_none_or(|n| n >= 0), "households", || "a count is not negative".into());
        f
    }
}
