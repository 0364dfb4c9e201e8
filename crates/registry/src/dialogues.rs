//! Counting the ballots of dialogues.

use std::collections::HashMap;

use ketnoi_domain::{
    Ballot, BallotRule, Cluster, Dialogue, DialogueCluster, DialogueOption, DialogueStatus, Id, LocalAuthority, tally,
};
use ketnoi_persistence::loose_ballots;
use serde::Serialize;
use uuid::Uuid;

use crate::{Error, Session};

/// The result of a dialogue, and by which options it was counted.
#[derive(Clone, Debug)]
pub struct Counted {
    /// What was voted on, by the numbers on the ballot.
    pub options: Vec<DialogueOption>,
    /// What the ballots say.
    pub count: tally::Count,
}

impl Session {
    /// The results of those dialogues whose result the viewer may know: that is public, or it is closed and the viewer sees what
    /// is the association's own. Of an open vote nobody knows it, and of an anonymous one nobody knows the result of a handful.
    /// In a number of statements that does not depend on how many dialogues there are.
    pub async fn count_ballots(&self, dialogues: &[Dialogue]) -> Result<HashMap<Id<Dialogue>, Counted>, Error> {
        let told = dialogues.iter().filter(|d| counts_for(self, d));
        let counted: Vec<_> = told.filter_map(|d| Some((d.head.id, d.rule?))).collect();
        let ids: Vec<Uuid> = counted.iter().map(|(id, _)| id.uuid()).collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let mut options = by_dialogue(self.all_children::<DialogueOption>(("dialogue_id", &ids)).await?, |o| o.dialogue);
        let clusters = by_dialogue(self.all_children::<DialogueCluster>(("dialogue_id", &ids)).await?, |c| c.dialogue);
        let ballots = by_dialogue(self.all_children::<Ballot>(("dialogue_id", &ids)).await?, |b| b.dialogue);
        let loose = self.loose(&ids).await?;
        let none = tally::Loose::default();
        let count = |(id, rule): (Id<Dialogue>, BallotRule)| {
            let mut options: Vec<DialogueOption> = options.remove(&id).unwrap_or_default();
            options.sort_by_key(|o| o.number);
            let clusters = clusters.get(&id).map_or(&[][..], Vec::as_slice);
            let ballots = ballots.get(&id).map_or(&[][..], Vec::as_slice);
            let loose = loose.get(&id).unwrap_or(&none);
            let count = tally::count_with(rule, &options, clusters, ballots, loose).told(rule.secrecy);
            (id, Counted { options, count })
        };
        Ok(counted.into_iter().map(count).collect())
    }
}

/// A ballot as it is given to those who count again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ExportedBallot {
    /// The code of the cluster that it was cast in; empty where the ballots of several are told together only.
    pub cluster: String,
    /// Whether it does not count.
    pub spoiled: bool,
    /// The options picked, by their numbers.
    pub choices: Vec<i64>,
    /// The code of the city that cast it; empty where ballots name nobody.
    pub city: String,
}

impl Session {
    /// The ballots that stand for no cluster of their own any more.
    async fn loose(&self, dialogues: &[Uuid]) -> Result<HashMap<Id<Dialogue>, tally::Loose>, Error> {
        let mut all: HashMap<Id<Dialogue>, tally::Loose> = HashMap::new();
        for (dialogue, cluster, ballots) in loose_ballots(self.reader(), dialogues).await? {
            let loose = all.entry(Id::from_uuid(dialogue)).or_default();
            loose.clusters.extend(cluster.map(Id::from_uuid));
            loose.ballots.extend(ballots.into_iter().map(|b| (!b.spoiled).then_some(b.choices)));
        }
        Ok(all)
    }

    /// The ballots of a dialogue for whoever wants to count them again. They are ordered by what they say: their order tells
    /// nothing of who voted when. Where a tally is told of several clusters together, so are their ballots.
    pub async fn exported_ballots(&self, dialogue: &Dialogue) -> Result<Vec<ExportedBallot>, Error> {
        let ids = [dialogue.head.id.uuid()];
        let options: HashMap<Id<DialogueOption>, i64> = self
            .all_children::<DialogueOption>(("dialogue_id", &ids))
            .await?
            .into_iter()
            .map(|o| (o.head.id, o.number))
            .collect();
        let counted = self.count_ballots(std::slice::from_ref(dialogue)).await?.remove(&dialogue.head.id);
        let merged = counted.and_then(|c| c.count.merged).unwrap_or_default().clusters;
        let ballots: Vec<Ballot> = self.all_children(("dialogue_id", &ids)).await?;
        let clusters = self.found::<Cluster>(ballots.iter().map(|b| b.cluster)).await?;
        let cities = self.found::<LocalAuthority>(ballots.iter().filter_map(|b| b.authority)).await?;
        let exported = |b: &Ballot| {
            let mut choices: Vec<i64> = b.choices.iter().filter_map(|c| options.get(c).copied()).collect();
            choices.sort_unstable();
            let cluster = clusters.get(&b.cluster).filter(|c| !merged.contains(&c.head.id));
            ExportedBallot {
                cluster: cluster.map(|c| c.head.code.to_string()).unwrap_or_default(),
                spoiled: b.spoiled,
                choices,
                city: b.authority.and_then(|a| cities.get(&a)).map(|a| a.head.code.to_string()).unwrap_or_default(),
            }
        };
        let mut all: Vec<ExportedBallot> = ballots.iter().map(exported).collect();
        if counts_for(self, dialogue) {
            let loose = self.loose(&ids).await?.remove(&dialogue.head.id).unwrap_or_default();
            all.extend(loose.ballots.into_iter().map(|choices| ExportedBallot {
                cluster: String::new(),
                spoiled: choices.is_none(),
                choices: choices.unwrap_or_default(),
                city: String::new(),
            }));
        }
        all.sort_unstable();
        Ok(all)
    }

    /// The same as CSV.
    pub async fn export_ballots(&self, dialogue: &Dialogue) -> Result<String, Error> {
        let line = |b: ExportedBallot| {
            let picked: Vec<String> = b.choices.iter().map(i64::to_string).collect();
            // Codes and numbers hold no comma and no quote.
            format!("{},{},{},{}\n", b.cluster, if b.spoiled { "yes" } else { "no" }, picked.join(" "), b.city)
        };
        let lines = self.exported_ballots(dialogue).await?.into_iter().map(line);
        Ok(std::iter::once("cluster,spoiled,choices,city\n".to_owned()).chain(lines).collect())
    }
}

/// Whether the viewer may know the result of a dialogue: it is public, or it is closed and the viewer sees what is the
/// association's own.
fn counts_for(session: &Session, dialogue: &Dialogue) -> bool {
    match dialogue.status {
        DialogueStatus::Published => true,
        DialogueStatus::Closed => session.sees_internal(),
        DialogueStatus::Preparing | DialogueStatus::Open => false,
    }
}

fn by_dialogue<T>(all: Vec<T>, of: impl Fn(&T) -> Id<Dialogue>) -> HashMap<Id<Dialogue>, Vec<T>> {
    let mut groups: HashMap<Id<Dialogue>, Vec<T>> = HashMap::new();
    for one in all {
        groups.entry(of(&one)).or_default().push(one);
    }
    groups
}
