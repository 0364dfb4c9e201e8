//! Counting ballots: the same in any order, and the same whether clusters are merged before counting or after.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Ballot, BallotRule, Cluster, DialogueCluster, DialogueOption, Id, Secrecy, TieRule, vote};

/// What was counted, in one cluster or in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many ballots count.
    pub valid: u64,
    /// How many were handed in and do not count.
    pub spoiled: u64,
    /// How many may vote; unknown if it is unknown of any cluster.
    pub eligible: Option<u64>,
    /// The votes of each option, by its number on the ballot; options without a vote are there too.
    pub votes: BTreeMap<i64, u64>,
}

impl Tally {
    /// How many ballots were handed in.
    pub fn cast(&self) -> u64 {
        self.valid + self.spoiled
    }

    /// Ballots handed in and how many could have been; nothing where that is unknown or nobody may vote.
    pub fn turnout(&self) -> Option<(u64, u64)> {
        self.eligible.filter(|e| *e > 0).map(|e| (self.cast(), e))
    }

    /// The rank of each option: 1 and as many more as there are options with more votes. Equals share a rank.
    pub fn ranks(&self) -> BTreeMap<i64, u64> {
        let rank = |votes: &u64| 1 + self.votes.values().filter(|other| *other > votes).count() as u64;
        self.votes.iter().map(|(number, votes)| (*number, rank(votes))).collect()
    }

    /// Two tallies of the same options together.
    #[must_use]
    pub fn merged(mut self, other: &Self) -> Self {
        self.valid += other.valid;
        self.spoiled += other.spoiled;
        self.eligible = self.eligible.zip(other.eligible).map(|(a, b)| a + b);
        for (number, votes) in &other.votes {
            *self.votes.entry(*number).or_default() += votes;
        }
        self
    }
}

/// The result of a dialogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// What each cluster's ballots say; a cluster without any is there too.
    pub clusters: BTreeMap<Id<Cluster>, Tally>,
    /// What the ballots of several clusters say together that are too few to be told of each.
    pub merged: Option<Merged>,
    /// What all say.
    pub overall: Tally,
    /// The numbers of the options that become priorities.
    pub winners: BTreeSet<i64>,
}

/// Clusters whose ballots are told together only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Which.
    pub clusters: BTreeSet<Id<Cluster>>,
    /// What their ballots say.
    pub tally: Tally,
}

/// Ballots of which it is no longer known in which of several clusters they were cast.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loose {
    /// The clusters.
    pub clusters: BTreeSet<Id<Cluster>>,
    /// The choices of each ballot by the numbers of the options; nothing for a spoiled one.
    pub ballots: Vec<Option<Vec<i64>>>,
}

impl Count {
    /// The count as it may be told. Of an anonymous vote, clusters with a handful of ballots are told together only, and with
    /// so many others that nobody can find them by subtracting.
    #[must_use]
    pub fn told(mut self, secrecy: Secrecy) -> Self {
        if secrecy == Secrecy::Named {
            return self;
        }
        let valid = self.clusters.iter().map(|(id, tally)| (*id, tally.valid)).collect();
        for id in vote::too_small(&valid) {
            let Some(tally) = self.clusters.remove(&id) else { continue };
            let merged = self.merged.get_or_insert_default();
            merged.tally = if merged.clusters.is_empty() { tally } else { std::mem::take(&mut merged.tally).merged(&tally) };
            merged.clusters.insert(id);
        }
        self
    }
}

/// Counts the ballots of a dialogue.
pub fn count(rule: BallotRule, options: &[DialogueOption], clusters: &[DialogueCluster], ballots: &[Ballot]) -> Count {
    count_with(rule, options, clusters, ballots, &Loose::default())
}

/// Counts the ballots of a dialogue, some of which are known to be of one of several clusters only. Where a tie is decided by
/// clusters, these count as one.
pub fn count_with(
    rule: BallotRule,
    options: &[DialogueOption],
    clusters: &[DialogueCluster],
    ballots: &[Ballot],
    loose: &Loose,
) -> Count {
    let numbers: BTreeMap<Id<DialogueOption>, i64> = options.iter().map(|o| (o.head.id, o.number)).collect();
    let empty = |eligible| Tally { eligible, votes: numbers.values().map(|n| (*n, 0)).collect(), ..Tally::default() };
    let eligible = |c: &DialogueCluster| c.eligible.and_then(|n| u64::try_from(n).ok());
    let mut by_cluster: BTreeMap<Id<Cluster>, Tally> = clusters.iter().map(|c| (c.cluster, empty(eligible(c)))).collect();
    for ballot in ballots {
        let tally = by_cluster.entry(ballot.cluster).or_insert_with(|| empty(None));
        if ballot.spoiled {
            tally.spoiled += 1;
            continue;
        }
        tally.valid += 1;
        for number in ballot.choices.iter().filter_map(|c| numbers.get(c)) {
            *tally.votes.entry(*number).or_default() += 1;
        }
    }
    let merged = (!loose.clusters.is_empty()).then(|| {
        let mut tally = empty(Some(0));
        for cluster in &loose.clusters {
            tally = tally.merged(&by_cluster.remove(cluster).unwrap_or_else(|| empty(None)));
        }
        for choices in &loose.ballots {
            let Some(choices) = choices else {
                tally.spoiled += 1;
                continue;
            };
            tally.valid += 1;
            for number in choices {
                tally.votes.entry(*number).and_modify(|votes| *votes += 1);
            }
        }
        Merged { clusters: loose.clusters.clone(), tally }
    });
    let all = || by_cluster.values().chain(merged.as_ref().map(|m| &m.tally));
    // Of no cluster at all nothing is known; a sum would begin with nobody who may vote.
    let start = if all().next().is_none() { empty(None) } else { empty(Some(0)) };
    let overall = all().fold(start, Tally::merged);
    let winners = winners(rule, &overall, all());
    Count { clusters: by_cluster, merged, overall, winners }
}

/// The options that become priorities: those with the most votes, as many as there are places. An option without a vote
/// never does.
fn winners<'t>(rule: BallotRule, overall: &Tally, clusters: impl Iterator<Item = &'t Tally>) -> BTreeSet<i64> {
    let led: Vec<BTreeMap<i64, u64>> = clusters.filter(|t| t.valid > 0).map(Tally::ranks).collect();
    let clusters_led = |number: i64| led.iter().filter(|ranks| ranks.get(&number) == Some(&1)).count();
    // The larger wins; what the rule does not tell apart is equal.
    let strength = |number: i64, votes: u64| match rule.tie {
        TieRule::AllWin => (votes, 0),
        TieRule::MoreClusters => (votes, i64::try_from(clusters_led(number)).unwrap_or(i64::MAX)),
        TieRule::BallotOrder => (votes, -number),
    };
    let mut all: Vec<_> = overall.votes.iter().filter(|(_, v)| **v > 0).map(|(n, v)| (strength(*n, *v), *n)).collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    let places = usize::try_from(rule.places).unwrap_or(0);
    let Some(edge) = all.get(places.min(all.len()).wrapping_sub(1)).map(|(s, _)| *s) else { return BTreeSet::new() };
    all.into_iter().filter(|(s, _)| *s >= edge).map(|(_, number)| number).collect()
}

#[cfg(test)]
mod tests;
