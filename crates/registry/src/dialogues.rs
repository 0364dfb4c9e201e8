//! Counting the ballots of dialogues.

use std::collections::HashMap;

use ketnoi_domain::{Ballot, Cluster, Dialogue, DialogueCluster, DialogueOption, DialogueStatus, Id, LocalAuthority, tally};
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
    /// The results of those dialogues whose result the viewer may know: that is public, or the viewer sees what is the
    /// association's own. In a number of statements that does not depend on how many dialogues there are.
    pub async fn count_ballots(&self, dialogues: &[Dialogue]) -> Result<HashMap<Id<Dialogue>, Counted>, Error> {
        let told = |d: &&Dialogue| d.status == DialogueStatus::Published || self.sees_internal();
        let counted: Vec<_> = dialogues.iter().filter(told).filter_map(|d| Some((d.head.id, d.rule?))).collect();
        let ids: Vec<Uuid> = counted.iter().map(|(id, _)| id.uuid()).collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let mut options = by_dialogue(self.all_children::<DialogueOption>(("dialogue_id", &ids)).await?, |o| o.dialogue);
        let clusters = by_dialogue(self.all_children::<DialogueCluster>(("dialogue_id", &ids)).await?, |c| c.dialogue);
        let ballots = by_dialogue(self.all_children::<Ballot>(("dialogue_id", &ids)).await?, |b| b.dialogue);
        let count = |(id, rule)| {
            let mut options: Vec<DialogueOption> = options.remove(&id).unwrap_or_default();
            options.sort_by_key(|o| o.number);
            let clusters = clusters.get(&id).map_or(&[][..], Vec::as_slice);
            let ballots = ballots.get(&id).map_or(&[][..], Vec::as_slice);
            let count = tally::count(rule, &options, clusters, ballots);
            (id, Counted { options, count })
        };
        Ok(counted.into_iter().map(count).collect())
    }
}

impl Session {
    /// The ballots of a dialogue as CSV, for whoever wants to count them again. Lines are ordered by what they say: their
    /// order tells nothing of who voted when.
    pub async fn export_ballots(&self, dialogue: &Dialogue) -> Result<String, Error> {
        let ids = [dialogue.head.id.uuid()];
        let options: HashMap<Id<DialogueOption>, i64> = self
            .all_children::<DialogueOption>(("dialogue_id", &ids))
            .await?
            .into_iter()
            .map(|o| (o.head.id, o.number))
            .collect();
        let ballots: Vec<Ballot> = self.all_children(("dialogue_id", &ids)).await?;
        let clusters = self.found::<Cluster>(ballots.iter().map(|b| b.cluster)).await?;
        let cities = self.found::<LocalAuthority>(ballots.iter().filter_map(|b| b.authority)).await?;
        let line = |b: &Ballot| {
            let mut picked: Vec<i64> = b.choices.iter().filter_map(|c| options.get(c).copied()).collect();
            picked.sort_unstable();
            let picked: Vec<String> = picked.iter().map(i64::to_string).collect();
            let cluster = clusters.get(&b.cluster).map_or("", |c| c.head.code.as_str());
            let city = b.authority.and_then(|a| cities.get(&a)).map_or("", |a| a.head.code.as_str());
            // Codes and numbers hold no comma and no quote.
            format!("{cluster},{},{},{city}\n", if b.spoiled { "yes" } else { "no" }, picked.join(" "))
        };
        let mut lines: Vec<String> = ballots.iter().map(line).collect();
        lines.sort_unstable();
        Ok(std::iter::once("cluster,spoiled,choices,city\n".to_owned()).chain(lines).collect())
    }
}

fn by_dialogue<T>(all: Vec<T>, of: impl Fn(&T) -> Id<Dialogue>) -> HashMap<Id<Dialogue>, Vec<T>> {
    let mut groups: HashMap<Id<Dialogue>, Vec<T>> = HashMap::new();
    for one in all {
        groups.entry(of(&one)).or_default().push(one);
    }
    groups
}
