//! Good practices of cities, and their replication by others.

use serde::{Deserialize, Serialize};

use crate::{Faults, Head, Id, Kind, Links, LocalAuthority, PartialDate, Period, Programme, Record, Text, Words, coded::coded};

coded! {
    /// What a good practice is about: the four themes of the network that began collecting them, and what they leave out.
    pub enum PracticeTheme {
        /// People's participation in planning and decision-making.
        Participation = "participation" / "participation",
        /// Institutional governance.
        Governance = "governance" / "governance",
        /// The urban environment.
        Environment = "environment" / "environment",
        /// Fiscal management and the promotion of investment.
        Finance = "finance" / "finance",
        /// Something else.
        Other = "other" / "other",
    }
}

coded! {
    /// How far a replication has come.
    pub enum ReplicationStage {
        /// Someone proposed it.
        Proposed = "proposed" / "1",
        /// It was chosen.
        Chosen = "chosen" / "2",
        /// How to transfer it was worked out.
        Planned = "planned" / "3",
        /// It is being carried out.
        Underway = "underway" / "4",
        /// It is complete.
        Completed = "completed" / "5",
        /// Its results were looked at.
        Evaluated = "evaluated" / "6",
        /// It was taken into the city's own work.
        Sustained = "sustained" / "7",
        /// It was given up.
        Stopped = "stopped" / "9",
    }
}

/// A practice of one city that is worth taking over by others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodPractice {
    /// What every record has.
    pub head: Head<Self>,
    /// What it is called.
    pub title: Text,
    /// What it does.
    pub description: Text,
    /// What it is about.
    pub theme: Option<PracticeTheme>,
    /// The city whose practice it is.
    pub authority: Option<Id<LocalAuthority>>,
    /// The programme that documented it.
    pub programme: Option<Id<Programme>>,
    /// Since when the city has it.
    pub since: Option<PartialDate>,
}

impl Record for GoodPractice {
    const KIND: Kind = Kind::GoodPractice;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().maybe("authority", self.authority).maybe("programme", self.programme)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).told(&self.description)
    }
    fn when(&self) -> Period {
        Period { from: self.since, to: None }
    }
    fn places(&self) -> Vec<Id<LocalAuthority>> {
        self.authority.into_iter().collect()
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "a good practice needs a title".into());
        f
    }
}

/// A stage that a replication reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageReached {
    /// Which.
    pub stage: ReplicationStage,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// What there is to say.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub note: Text,
}

/// A city's replication of another's practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replication {
    /// What every record has.
    pub head: Head<Self>,
    /// What is replicated; unknown where the source does not say.
    pub practice: Option<Id<GoodPractice>>,
    /// The city that replicates it.
    pub authority: Id<LocalAuthority>,
    /// The programme that supports it.
    pub programme: Option<Id<Programme>>,
    /// What the city does.
    pub title: Text,
    /// What has come of it.
    pub result: Text,
    /// The stages that it reached, the first one first.
    pub stages: Vec<StageReached>,
}

impl Replication {
    /// The last stage reached.
    pub fn stage(&self) -> Option<ReplicationStage> {
        self.stages.last().map(|s| s.stage)
    }

    /// The rules between a replication and its practice.
    pub fn faults_of(&self, practice: &GoodPractice) -> Faults {
        let mut f = Faults::default();
        f.require(practice.authority != Some(self.authority), "authority", || {
            "a practice is replicated in another city than its own".into()
        });
        f
    }
}

impl Record for Replication {
    const KIND: Kind = Kind::Replication;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().maybe("practice", self.practice).one("authority", self.authority).maybe("programme", self.programme)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        self.stages.iter().fold(Words::named(&self.title).told(&self.result), |words, s| words.told(&s.note))
    }
    fn when(&self) -> Period {
        let last = self.stages.iter().rev().find_map(|s| s.on);
        let over = self.stage().is_some_and(|s| s >= ReplicationStage::Completed);
        Period { from: self.stages.iter().find_map(|s| s.on), to: last.filter(|_| over) }
    }
    fn places(&self) -> Vec<Id<LocalAuthority>> {
        vec![self.authority]
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "a replication needs a title".into());
        let onwards = self.stages.is_sorted_by(|a, b| a.stage < b.stage);
        f.require(onwards, "stages", || "stages come in their order, each once".into());
        let dates: Vec<PartialDate> = self.stages.iter().filter_map(|s| s.on).collect();
        f.require(dates.is_sorted_by(|a, b| a.from() <= b.to()), "stages", || "a later stage has an earlier date".into());
        f
    }
}
