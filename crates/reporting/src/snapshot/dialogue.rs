//! Policy dialogues: the rule, what was voted on, by which clusters, and the result as far as the audience may know it.

use std::collections::{BTreeMap, BTreeSet};

use ketnoi_domain::{DialogueStatus, PartialDate, Period, Secrecy, Text, TieRule};
use serde::{Deserialize, Serialize};

use super::StatedFigureFacts;

/// A dialogue in which cities vote on priorities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialogueFacts {
    /// Its code in the registry.
    pub code: String,
    /// What it is called.
    pub title: Text,
    /// The part of the programme that holds it; empty where it is the programme itself.
    #[serde(default)]
    pub part: Text,
    /// What is asked.
    #[serde(default)]
    pub question: Text,
    /// Who may vote, in words.
    #[serde(default)]
    pub voters: Text,
    /// How ballots are filled in and counted; none where a source only says that there was a vote.
    #[serde(default)]
    pub rule: Option<BallotRuleFacts>,
    /// How far it has come.
    pub status: DialogueStatus,
    /// From the opening of the vote to its close.
    #[serde(default)]
    pub period: Period,
    /// What is voted on, by the numbers on the ballot.
    #[serde(default)]
    pub options: Vec<DialogueOptionFacts>,
    /// The clusters that take part, in the order in which they voted.
    #[serde(default)]
    pub clusters: Vec<DialogueClusterFacts>,
    /// What all ballots say; none where nobody voted or the audience may not know the result.
    #[serde(default)]
    pub result: Option<VoteFacts>,
    /// Numbers that sources state of it.
    #[serde(default)]
    pub stated: Vec<StatedFigureFacts>,
    /// The keys of the documents that it is about or that tell of it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// How a ballot is filled in and counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotRuleFacts {
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

/// A recommendation that is voted on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialogueOptionFacts {
    /// Its number on the ballot.
    pub number: i64,
    /// The recommendation's title.
    #[serde(default)]
    pub title: Text,
    /// The recommendation's code in the registry.
    #[serde(default)]
    pub recommendation: String,
}

/// A cluster that takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialogueClusterFacts {
    /// Its name.
    #[serde(default)]
    pub name: Text,
    /// The title of the event at which it voted.
    #[serde(default)]
    pub event: Text,
    /// When it voted.
    #[serde(default)]
    pub on: Option<PartialDate>,
    /// How many may vote there.
    #[serde(default)]
    pub eligible: Option<i64>,
    /// What its ballots say, where the result is given.
    #[serde(default)]
    pub tally: Option<TallyFacts>,
}

/// What ballots say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TallyFacts {
    /// How many ballots count.
    pub valid: i64,
    /// How many were handed in and do not count.
    pub spoiled: i64,
    /// The votes of each option, by its number on the ballot.
    #[serde(default)]
    pub votes: BTreeMap<i64, i64>,
}

/// The result of a dialogue. The totals were counted apart from the clusters; a report checks that they agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteFacts {
    /// What all ballots say.
    pub overall: TallyFacts,
    /// How many may vote in all; none if it is unknown of any cluster.
    #[serde(default)]
    pub eligible: Option<i64>,
    /// The rank of each option, by its number on the ballot; equals share a rank.
    #[serde(default)]
    pub ranks: BTreeMap<i64, i64>,
    /// The numbers of the options that became priorities.
    #[serde(default)]
    pub priorities: BTreeSet<i64>,
}
