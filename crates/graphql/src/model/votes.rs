//! How a vote stands: who has opened it, how many have voted, how far its paper ballots are. Never what was voted.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, SimpleObject};
use ketnoi_domain::{Action, Cluster, Dialogue, Id};
use ketnoi_registry::{
    Session, WriteError,
    votes::{self, PaperDifference, PaperReading, PaperState, Turnout},
};
use uuid::Uuid;

use crate::{
    batch::{Batch, View},
    error::{Result, from_registry},
    exec::{Many, One},
    request::{author, data, registry},
};

/// A vote that is or was held here.
#[derive(SimpleObject)]
pub(crate) struct Vote {
    /// When it was opened, RFC 3339 in UTC.
    opened_at: Option<String>,
    /// Who opened it; null for those who do not see what is the association's own, here and below.
    opened_by: Option<String>,
    /// When it was closed, for good.
    closed_at: Option<String>,
    /// Who closed it.
    closed_by: Option<String>,
    /// When its result was published.
    published_at: Option<String>,
    /// Who published it.
    published_by: Option<String>,
    /// How many have handed a ballot in.
    turnout: One<VoteTurnout>,
}

/// How many have handed a ballot in.
#[derive(SimpleObject)]
pub(crate) struct VoteTurnout {
    /// How many; null where that would tell how many there are in a cluster of which the number is not told.
    cast: Option<i64>,
    /// How many may; null where that is not known.
    eligible: Option<i64>,
    /// How many codes were given out; null for those who do not see what is the association's own.
    codes_issued: Option<i64>,
    /// The same of each cluster.
    clusters: Many<ClusterTurnout>,
}

/// How many have handed a ballot in in a cluster.
#[derive(SimpleObject)]
pub(crate) struct ClusterTurnout {
    /// The cluster.
    cluster: Option<One<View<Cluster>>>,
    /// How many; null where they are so few that the number is not told.
    cast: Option<i64>,
    /// How many of them on paper; null where these or the others are so few that the number is not told.
    paper: Option<i64>,
    /// How many may; null where that is not known.
    eligible: Option<i64>,
    /// How many codes were given out; null for those who do not see what is the association's own.
    codes_issued: Option<i64>,
}

/// How far the paper ballots of a cluster are.
#[derive(SimpleObject)]
pub(crate) struct PaperBallots {
    /// The cluster.
    cluster: Option<One<View<Cluster>>>,
    /// How many the first person typed in that wait.
    first: i64,
    /// How many the second person typed in that wait.
    second: i64,
    /// How many were taken in.
    accepted: i64,
    /// Where the two do not say the same.
    differences: Many<PaperBallotDifference>,
}

/// A paper of which two people do not say the same.
#[derive(SimpleObject, Clone)]
pub(crate) struct PaperBallotDifference {
    /// The number on the paper.
    number: i64,
    /// What the first person read; null where they did not type it in.
    first: Option<One<PaperBallotReading>>,
    /// What the second person read; null where they did not type it in.
    second: Option<One<PaperBallotReading>>,
}

/// What someone read on a paper ballot.
#[derive(SimpleObject, Clone)]
pub(crate) struct PaperBallotReading {
    /// The options picked, by their numbers.
    choices: Vec<i64>,
    /// Whether it does not count.
    spoiled: bool,
}

/// What a batch of dialogues loads together.
struct Loaded {
    turnouts: HashMap<Id<Dialogue>, Turnout>,
    clusters: Arc<Batch<Cluster>>,
}

pub(super) async fn vote(ctx: &Context<'_>, of: &View<Dialogue>) -> Result<Option<One<Vote>>> {
    let session = &data(ctx).session;
    let loaded = of
        .shared("vote", String::new(), || async {
            let turnouts = session.turnouts(of.sibling_rows()).await?;
            let clusters = turnouts.values().flat_map(|t| t.clusters.iter().map(|c| c.cluster));
            let clusters = Batch::new(session.by_ids::<Cluster>(&unique(clusters)).await?);
            Ok(Loaded { turnouts, clusters })
        })
        .await?;
    let Some(turnout) = loaded.turnouts.get(&of.head.id) else { return Ok(None) };
    let step = |step: &Option<(String, String)>| {
        let (at, by) = step.clone().unzip();
        // Who does not see what is the association's own is given no name.
        (at, by.filter(|by| !by.is_empty()))
    };
    let (opened_at, opened_by) = step(&turnout.vote.opened);
    let (closed_at, closed_by) = step(&turnout.vote.closed);
    let (published_at, published_by) = step(&turnout.vote.published);
    let turnout = shown(turnout, &loaded.clusters);
    Ok(Some(One(Vote { opened_at, opened_by, closed_at, closed_by, published_at, published_by, turnout: One(turnout) })))
}

/// A turnout by itself, in a session of its own.
pub(crate) async fn turnout(session: &Session, of: &Turnout) -> Result<VoteTurnout> {
    let ids = unique(of.clusters.iter().map(|c| c.cluster));
    let clusters = Batch::new(session.by_ids::<Cluster>(&ids).await.map_err(from_registry)?);
    Ok(shown(of, &clusters))
}

fn shown(turnout: &Turnout, clusters: &Arc<Batch<Cluster>>) -> VoteTurnout {
    let cluster = |c: &votes::ClusterTurnout| ClusterTurnout {
        cluster: View::find(clusters, c.cluster).map(One),
        cast: c.cast,
        paper: c.paper,
        eligible: c.eligible,
        codes_issued: c.codes,
    };
    VoteTurnout {
        cast: turnout.cast,
        eligible: turnout.eligible,
        codes_issued: turnout.codes,
        clusters: Many(turnout.clusters.iter().map(cluster).collect()),
    }
}

/// How far the paper ballots are; nothing for those who do not keep the registry.
pub(super) async fn paper(ctx: &Context<'_>, of: &View<Dialogue>) -> Result<Option<Many<PaperBallots>>> {
    if !data(ctx).session.viewer().may(Action::Write) {
        return Ok(None);
    }
    let states = match registry(ctx).paper_states(&author(ctx), of.head.id).await {
        Ok(states) => states,
        Err(WriteError::Registry(error)) => return Err(from_registry(error)),
        Err(WriteError::Refused(_)) => return Ok(None),
    };
    let ids = unique(states.iter().map(|s| s.cluster));
    let clusters = Batch::new(data(ctx).session.by_ids::<Cluster>(&ids).await.map_err(from_registry)?);
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let state = |s: PaperState| PaperBallots {
        cluster: View::find(&clusters, s.cluster).map(One),
        first: whole(s.first),
        second: whole(s.second),
        accepted: whole(s.accepted),
        differences: Many(s.differences.into_iter().map(PaperBallotDifference::from).collect()),
    };
    Ok(Some(Many(states.into_iter().map(state).collect())))
}

impl From<PaperDifference> for PaperBallotDifference {
    fn from(d: PaperDifference) -> Self {
        let reading = |r: PaperReading| One(PaperBallotReading { choices: r.choices, spoiled: r.spoiled });
        Self { number: d.number, first: d.first.map(reading), second: d.second.map(reading) }
    }
}

/// The ids of records, each once, in order.
pub(super) fn unique<T>(ids: impl Iterator<Item = Id<T>>) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = ids.map(Id::uuid).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
