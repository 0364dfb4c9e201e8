use std::collections::HashMap;

use ketnoi_domain::{Cluster, Dialogue, DialogueCluster, Id, Secrecy, vote::SMALL};
use ketnoi_persistence::{BallotBox, VoteRow, ballot_boxes, votes_of};
use uuid::Uuid;

use crate::{Error, Session};

/// How many have voted so far, or voted in the end; never what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turnout {
    /// Who took the steps of the vote, and when; names of accounts are for those who see what is the association's own.
    pub vote: VoteRow,
    /// How many ballots were handed in; nothing where that would tell how many there are in a cluster of which it is not told.
    pub cast: Option<i64>,
    /// How many may vote, where that is known of every cluster.
    pub eligible: Option<i64>,
    /// How many codes were given out; told to those who see what is the association's own.
    pub codes: Option<i64>,
    /// The same of each cluster, in the order of their codes in the dialogue.
    pub clusters: Vec<ClusterTurnout>,
}

/// How many have voted in a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterTurnout {
    /// The cluster.
    pub cluster: Id<Cluster>,
    /// How many ballots were handed in; nothing where they are so few that they are not told.
    pub cast: Option<i64>,
    /// How many of them on paper; nothing where these or the others are so few that they are not told.
    pub paper: Option<i64>,
    /// How many may vote, where that is known.
    pub eligible: Option<i64>,
    /// How many codes were given out; told to those who see what is the association's own.
    pub codes: Option<i64>,
}

impl Session {
    /// The turnout of those dialogues that are or were put to the vote here, in a number of statements that does not depend on
    /// how many there are. A dialogue that a file brought with its ballots has none.
    pub async fn turnouts(&self, dialogues: &[Dialogue]) -> Result<HashMap<Id<Dialogue>, Turnout>, Error> {
        let ids: Vec<Uuid> = dialogues.iter().map(|d| d.head.id.uuid()).collect();
        let mut votes: HashMap<Uuid, VoteRow> =
            votes_of(self.reader(), &ids).await?.into_iter().filter(|v| v.opened.is_some()).map(|v| (v.dialogue, v)).collect();
        if votes.is_empty() {
            return Ok(HashMap::new());
        }
        let boxes = ballot_boxes(self.reader(), &ids).await?;
        let clusters = self.all_children::<DialogueCluster>(("dialogue_id", &ids)).await?;
        let internal = self.sees_internal();
        let mut all = HashMap::new();
        for dialogue in dialogues {
            let id = dialogue.head.id;
            let Some(mut vote) = votes.remove(&id.uuid()) else { continue };
            if !internal {
                for (_, by) in [&mut vote.opened, &mut vote.closed, &mut vote.published].into_iter().flatten() {
                    by.clear();
                }
            }
            let secret = dialogue.rule.is_none_or(|r| r.secrecy == Secrecy::Anonymous);
            let told = |count: i64| (!secret || count == 0 || count.unsigned_abs() >= SMALL).then_some(count);
            let of: HashMap<Uuid, &BallotBox> =
                boxes.iter().filter(|b| b.dialogue == id.uuid()).filter_map(|b| Some((b.cluster?, b))).collect();
            let cluster = |c: &DialogueCluster| {
                let counted = of.get(&c.cluster.uuid()).copied().copied().unwrap_or_default();
                let cast = told(counted.cast());
                let paper = cast.and_then(|cast| told(cast - counted.paper)).and_then(|_| told(counted.paper));
                ClusterTurnout { cluster: c.cluster, cast, paper, eligible: c.eligible, codes: internal.then_some(counted.codes) }
            };
            let clusters: Vec<ClusterTurnout> = clusters.iter().filter(|c| c.dialogue == id).map(cluster).collect();
            // One hidden number could be found by taking all others from the whole, and so could the sum of several.
            let hidden: Vec<i64> = of.values().map(|b| b.cast()).filter(|cast| told(*cast).is_none()).collect();
            let apart = hidden.is_empty() || (hidden.len() > 1 && told(hidden.iter().sum()).is_some());
            let turnout = Turnout {
                vote,
                cast: apart.then(|| of.values().map(|b| b.cast()).sum()),
                eligible: clusters.iter().map(|c| c.eligible).sum(),
                codes: internal.then(|| of.values().map(|b| b.codes).sum()),
                clusters,
            };
            all.insert(id, turnout);
        }
        Ok(all)
    }
}
