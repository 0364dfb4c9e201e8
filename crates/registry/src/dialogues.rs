//! Counting the ballots of dialogues.

use std::collections::HashMap;

use ketnoi_domain::{Ballot, Dialogue, DialogueCluster, DialogueOption, DialogueStatus, Id, tally};
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

fn by_dialogue<T>(all: Vec<T>, of: impl Fn(&T) -> Id<Dialogue>) -> HashMap<Id<Dialogue>, Vec<T>> {
    let mut groups: HashMap<Id<Dialogue>, Vec<T>> = HashMap::new();
    for one in all {
        groups.entry(of(&one)).or_default().push(one);
    }
    groups
}
