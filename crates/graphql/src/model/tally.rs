//! The result of a dialogue's vote.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, SimpleObject};
use ketnoi_domain::{Cluster, Dialogue, DialogueOption, Id, tally::Tally};
use ketnoi_registry::Counted;
use uuid::Uuid;

use crate::{
    batch::{Batch, View},
    error::Result,
    exec::{Many, One},
    request::data,
    scalars::Decimal,
};

/// The result of a vote: what the ballots say by cluster and in all, and which options become priorities.
#[derive(SimpleObject)]
pub(crate) struct DialogueTally {
    /// What all ballots say.
    overall: One<TallyFigures>,
    /// What the ballots of each cluster say.
    clusters: Many<ClusterTally>,
    /// What the ballots of several clusters say together, where an anonymous vote has too few in one of them to be told of each.
    merged: Option<One<MergedTally>>,
    /// The options that become priorities, by their number.
    winners: Many<View<DialogueOption>>,
}

/// What the ballots of several clusters say together.
#[derive(SimpleObject)]
pub(crate) struct MergedTally {
    /// The clusters.
    clusters: Many<View<Cluster>>,
    /// What their ballots say.
    figures: One<TallyFigures>,
}

/// What the ballots of one cluster say.
#[derive(SimpleObject)]
pub(crate) struct ClusterTally {
    /// The cluster.
    cluster: Option<One<View<Cluster>>>,
    /// What its ballots say.
    figures: One<TallyFigures>,
}

/// What ballots say.
#[derive(SimpleObject)]
pub(crate) struct TallyFigures {
    /// How many ballots count.
    valid: i64,
    /// How many were handed in and do not count.
    spoiled: i64,
    /// How many may vote; null where that is not known.
    eligible: Option<i64>,
    /// How many of those who may vote handed a ballot in, in per cent; null where it is not known how many may.
    turnout_per_cent: Option<Decimal>,
    /// The votes of each option, by its number on the ballot.
    options: Many<OptionVotes>,
}

/// The votes of one option.
#[derive(SimpleObject)]
pub(crate) struct OptionVotes {
    /// The option.
    option: One<View<DialogueOption>>,
    /// How many ballots pick it.
    votes: i64,
    /// Its rank, from 1; equals share a rank.
    rank: i64,
}

/// What a batch of dialogues loads together: the options of all of them are siblings, so that what is asked below them is
/// loaded together too.
struct Loaded {
    counted: HashMap<Id<Dialogue>, Counted>,
    options: Arc<Batch<DialogueOption>>,
    clusters: Arc<Batch<Cluster>>,
}

pub(super) async fn tally(ctx: &Context<'_>, of: &View<Dialogue>) -> Result<Option<One<DialogueTally>>> {
    let session = &data(ctx).session;
    let loaded = of
        .shared("tally", String::new(), || async {
            let counted = session.count_ballots(of.sibling_rows()).await?;
            let merged = counted.values().filter_map(|c| c.count.merged.as_ref()).flat_map(|m| &m.clusters);
            let mut ids: Vec<Uuid> =
                counted.values().flat_map(|c| c.count.clusters.keys()).chain(merged).map(|c| c.uuid()).collect();
            ids.sort_unstable();
            ids.dedup();
            let mut options: Vec<DialogueOption> = counted.values().flat_map(|c| c.options.iter().cloned()).collect();
            options.sort_by_key(|o| (o.dialogue, o.number));
            let clusters = Batch::new(session.by_ids::<Cluster>(&ids).await?);
            Ok(Loaded { counted, options: Batch::new(options), clusters })
        })
        .await?;
    let Some(Counted { count, .. }) = loaded.counted.get(&of.head.id) else { return Ok(None) };
    let mut views = View::all(&loaded.options, 0..loaded.options.len());
    views.retain(|o| o.dialogue == of.head.id);
    let cluster = |(id, tally): (&Id<Cluster>, &Tally)| ClusterTally {
        cluster: View::find(&loaded.clusters, *id).map(One),
        figures: One(figures(tally, &views)),
    };
    let mut clusters: Vec<ClusterTally> = count.clusters.iter().map(cluster).collect();
    clusters.sort_by_key(|c| c.cluster.as_ref().map(|c| c.0.head.code.clone()));
    let merged = count.merged.as_ref().map(|merged| {
        let mut clusters: Vec<_> = merged.clusters.iter().filter_map(|id| View::find(&loaded.clusters, *id)).collect();
        clusters.sort_by_key(|c| c.head.code.clone());
        One(MergedTally { clusters: Many(clusters), figures: One(figures(&merged.tally, &views)) })
    });
    Ok(Some(One(DialogueTally {
        overall: One(figures(&count.overall, &views)),
        clusters: Many(clusters),
        merged,
        winners: Many(views.iter().filter(|o| count.winners.contains(&o.number)).cloned().collect()),
    })))
}

fn figures(tally: &Tally, options: &[View<DialogueOption>]) -> TallyFigures {
    let ranks = tally.ranks();
    let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let votes = |option: &View<DialogueOption>| OptionVotes {
        option: One(option.clone()),
        votes: tally.votes.get(&option.number).map_or(0, |n| whole(*n)),
        rank: ranks.get(&option.number).map_or(0, |n| whole(*n)),
    };
    // Hundredths of a per cent, a half rounded up.
    let per_cent = |(voted, may): (u64, u64)| {
        ketnoi_domain::Decimal::new((u128::from(voted) * 20_000 / u128::from(may)).div_ceil(2).cast_signed(), 2)
    };
    TallyFigures {
        valid: whole(tally.valid),
        spoiled: whole(tally.spoiled),
        eligible: tally.eligible.map(whole),
        turnout_per_cent: tally.turnout().and_then(per_cent).map(Decimal),
        options: Many(options.iter().map(votes).collect()),
    }
}
