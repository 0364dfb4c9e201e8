//! Dialogues in which cities vote on priorities: the rule, what is voted on, by which clusters, and the ballots.

use serde::{Deserialize, Serialize};

use std::collections::HashMap;

use crate::{
    Cluster, Document, Event, Faults, Head, Id, Kind, Links, LocalAuthority, PartialDate, Period, Programme, Recommendation,
    Record, Rule, Text, Words, coded::coded,
};

coded! {
    /// Whether one may know who voted how.
    pub enum Secrecy {
        /// Each ballot names the city that cast it.
        Named = "named" / "named",
        /// No ballot names anyone.
        Anonymous = "anonymous" / "anonymous",
    }
}

coded! {
    /// What decides between options that have as many votes, where only some of them can win.
    pub enum TieRule {
        /// All of them win: there are more winners than places.
        AllWin = "all_win" / "all_win",
        /// The one that leads in more clusters wins; between equals all of them.
        MoreClusters = "more_clusters" / "more_clusters",
        /// The one that stands earlier on the ballot wins.
        BallotOrder = "ballot_order" / "ballot_order",
    }
}

coded! {
    /// How far a dialogue has come.
    pub enum DialogueStatus {
        /// It is being prepared.
        Preparing = "preparing" / "1",
        /// Ballots are taken.
        Open = "open" / "2",
        /// No more ballots are taken.
        Closed = "closed" / "3",
        /// Its result is public.
        Published = "published" / "4",
    }
}

/// How a ballot is filled in and counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotRule {
    /// How many options one picks at least.
    pub minimum: i64,
    /// How many at most.
    pub maximum: i64,
    /// Whether one may know who voted how.
    pub secrecy: Secrecy,
    /// How many options become priorities.
    pub places: i64,
    /// What decides between equals.
    pub tie: TieRule,
}

/// A policy dialogue: recommendations are put to the cities, who vote on what comes first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialogue {
    /// What every record has.
    pub head: Head<Self>,
    /// What it is called.
    pub title: Text,
    /// What is asked.
    pub question: Text,
    /// The programme that holds it.
    pub programme: Option<Id<Programme>>,
    /// The study whose recommendations are voted on.
    pub study: Option<Id<Document>>,
    /// Who may vote, in words.
    pub voters: Text,
    /// How ballots are filled in and counted; unknown where a source only says that there was a vote.
    pub rule: Option<BallotRule>,
    /// How far it has come.
    pub status: DialogueStatus,
    /// From the opening of the vote to its close.
    pub period: Period,
}

impl Record for Dialogue {
    const KIND: Kind = Kind::Dialogue;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().maybe("programme", self.programme).maybe("study", self.study)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).told(&self.question).told(&self.voters)
    }
    fn when(&self) -> Period {
        self.period
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "a dialogue needs a title".into());
        f.require(self.period.is_ordered(), "period", || "it closes before it opens".into());
        if let Some(r) = self.rule {
            f.require(r.minimum >= 1, "rule.minimum", || "a ballot picks at least one option".into());
            f.require(r.minimum <= r.maximum, "rule.maximum", || "the most is no less than the least".into());
            f.require(r.places >= 1, "rule.places", || "at least one option becomes a priority".into());
        }
        f
    }
}

/// A recommendation that is voted on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialogueOption {
    /// What every record has.
    pub head: Head<Self>,
    /// The dialogue.
    pub dialogue: Id<Dialogue>,
    /// The recommendation.
    pub recommendation: Id<Recommendation>,
    /// Its number on the ballot, from 1.
    pub number: i64,
}

impl Record for DialogueOption {
    const KIND: Kind = Kind::DialogueOption;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("dialogue", self.dialogue).one("recommendation", self.recommendation)
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(self.number > 0, "number", || "options are counted from 1".into());
        f
    }
}

/// A cluster that takes part in a dialogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialogueCluster {
    /// What every record has.
    pub head: Head<Self>,
    /// The dialogue.
    pub dialogue: Id<Dialogue>,
    /// The cluster.
    pub cluster: Id<Cluster>,
    /// The event at which it voted.
    pub event: Option<Id<Event>>,
    /// How many may vote there.
    pub eligible: Option<i64>,
    /// When it voted.
    pub on: Option<PartialDate>,
}

impl Record for DialogueCluster {
    const KIND: Kind = Kind::DialogueCluster;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("dialogue", self.dialogue).one("cluster", self.cluster).maybe("event", self.event)
    }
    fn when(&self) -> Period {
        Period { from: self.on, to: self.on }
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(self.eligible.is_none_or(|n| n >= 0), "eligible", || "a count is not negative".into());
        f
    }
}

/// One ballot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// What every record has.
    pub head: Head<Self>,
    /// The dialogue.
    pub dialogue: Id<Dialogue>,
    /// The cluster that it was cast in.
    pub cluster: Id<Cluster>,
    /// The city that cast it, where ballots are named.
    pub authority: Option<Id<LocalAuthority>>,
    /// The options picked.
    pub choices: Vec<Id<DialogueOption>>,
    /// Whether it was handed in and does not count.
    pub spoiled: bool,
}

impl Record for Ballot {
    const KIND: Kind = Kind::Ballot;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default()
            .one("dialogue", self.dialogue)
            .one("cluster", self.cluster)
            .maybe("authority", self.authority)
            .many("choices", self.choices.iter().copied())
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        let mut once = self.choices.clone();
        once.sort_unstable();
        once.dedup();
        f.require(once.len() == self.choices.len(), "choices", || "the same choice stands there twice".into());
        f.require(!self.spoiled || self.choices.is_empty(), "spoiled", || "a spoiled ballot has no choices".into());
        f
    }
}

impl Ballot {
    /// The rules between a ballot and its dialogue.
    pub fn faults_within(&self, dialogue: &Dialogue, options: &HashMap<Id<DialogueOption>, Id<Dialogue>>) -> Faults {
        let mut f = Faults::default();
        let foreign = self.choices.iter().any(|c| options.get(c) != Some(&dialogue.head.id));
        f.require(!foreign, "choices", || "a choice is none of this dialogue's options".into());
        let Some(rule) = dialogue.rule else {
            f.require(false, "rule", || "ballots are counted by a rule: give the dialogue one".into());
            return f;
        };
        let picked = i64::try_from(self.choices.len()).unwrap_or(i64::MAX);
        f.require(self.spoiled || (rule.minimum..=rule.maximum).contains(&picked), "choices", || {
            Rule::of(
                "the ballot picks {picked}: {least} to {most} are asked for",
                [("picked", picked.to_string()), ("least", rule.minimum.to_string()), ("most", rule.maximum.to_string())],
            )
        });
        let named = self.authority.is_some();
        match rule.secrecy {
            Secrecy::Anonymous => f.require(!named, "authority", || "the vote is anonymous: a ballot names nobody".into()),
            Secrecy::Named => f.require(named, "authority", || "the vote is not anonymous: say whose ballot it is".into()),
        }
        f
    }
}
