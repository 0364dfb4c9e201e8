use std::collections::{BTreeMap, BTreeSet, HashMap};

use ketnoi_domain::{
    Action, Ballot, Cluster, Dialogue, DialogueOption, Head, Id, LocalAuthority, Visibility,
    vote::{Lack, Step, lacks, too_small},
};
use ketnoi_persistence::{BallotBox, BoxedBallot, UnitOfWork};
use uuid::Uuid;

use super::{Called, Standing, allowed, missing, name_of, required, unchanged_since};
use crate::{Author, Registry, UserError, UserErrorCode, WriteError, say};

impl Registry {
    /// Puts a dialogue to the vote. From now on its rule, options and clusters stay as they are. Gives its id.
    pub async fn open_dialogue(&self, author: &Author, dialogue: &Called, expected: Option<i64>) -> Result<Uuid, WriteError> {
        self.step(author, Step::Open, dialogue, expected).await
    }

    /// Closes a vote for good: its ballots leave the boxes and become records, in the order of their random keys, and nothing
    /// of it changes any more. Gives the dialogue's id.
    pub async fn close_dialogue(&self, author: &Author, dialogue: &Called, expected: Option<i64>) -> Result<Uuid, WriteError> {
        self.step(author, Step::Close, dialogue, expected).await
    }

    /// Tells everyone the result of a vote that is closed. Gives the dialogue's id.
    pub async fn publish_dialogue(&self, author: &Author, dialogue: &Called, expected: Option<i64>) -> Result<Uuid, WriteError> {
        self.step(author, Step::Publish, dialogue, expected).await
    }

    async fn step(&self, author: &Author, step: Step, dialogue: &Called, expected: Option<i64>) -> Result<Uuid, WriteError> {
        allowed(author, Action::Publish, name_of(step))?;
        let session = self.session(author.viewer.clone());
        let id = required::<Dialogue>(&session, author.lang, "dialogue", dialogue).await?.head.id;
        self.change(author, Action::Publish, name_of(step), async |unit| self.take(unit, author, id, step, expected).await).await
    }

    async fn take(
        &self,
        unit: &mut UnitOfWork,
        author: &Author,
        id: Id<Dialogue>,
        step: Step,
        expected: Option<i64>,
    ) -> Result<Uuid, WriteError> {
        let mut standing = Standing::of(unit, id, author.lang).await?;
        standing.require(author.lang, &[step.from()])?;
        unchanged_since(author.lang, &standing.dialogue, expected)?;
        self.pepper(unit, id.uuid()).await?;
        unit.admit_vote(id.uuid());
        let now = self.clock.now();
        let today = now.get(..10).and_then(|day| day.parse().ok());
        match step {
            Step::Open => {
                open(unit, author, &standing).await?;
                standing.dialogue.period.from = standing.dialogue.period.from.or(today);
            }
            Step::Close => {
                close(unit, author, &standing).await?;
                standing.dialogue.period.to = standing.dialogue.period.to.or(today);
                if !standing.dialogue.period.is_ordered() {
                    standing.dialogue.period.to = None;
                }
            }
            Step::Publish => {
                standing.dialogue.head.visibility = Visibility::Public;
                let mut ballots = unit.parts_of_dialogue::<Ballot>(id).await?;
                for ballot in &mut ballots {
                    ballot.head.visibility = Visibility::Public;
                }
                unit.put(&ballots).await?;
            }
        }
        standing.dialogue.status = step.to();
        unit.put(std::slice::from_ref(&standing.dialogue)).await?;
        unit.sign_vote(id.uuid(), step, &now, author.viewer.name()).await?;
        unit.note(standing.dialogue.head.code.as_str());
        Ok(id.uuid())
    }
}

async fn open(unit: &mut UnitOfWork, author: &Author, standing: &Standing) -> Result<(), WriteError> {
    let lang = author.lang;
    let state = |key: &str, words: &[(&str, &str)]| UserError::new(UserErrorCode::State, "dialogue", say(lang, key, words));
    let mut errors: Vec<UserError> = lacks(&standing.dialogue, &standing.options, &standing.clusters)
        .into_iter()
        .map(|lack| match lack {
            Lack::Rule => state("vote-lacks-rule", &[]),
            Lack::Options => state("vote-lacks-options", &[]),
            Lack::Clusters => state("vote-lacks-clusters", &[]),
        })
        .collect();
    if !unit.parts_of_dialogue::<Ballot>(standing.dialogue.head.id).await?.is_empty() {
        errors.push(state("vote-has-ballots", &[]));
    }
    let mut delegates: BTreeMap<Uuid, i64> = BTreeMap::new();
    for delegate in unit.delegates(standing.id()).await? {
        *delegates.entry(delegate.cluster).or_default() += 1;
    }
    for (cluster, count) in &delegates {
        if let Some(eligible) = standing.eligible(*cluster).filter(|eligible| count > eligible) {
            let (count, eligible) = (count.to_string(), eligible.to_string());
            errors.push(state("vote-many-delegates", &[("delegates", &count), ("eligible", &eligible)]));
        }
    }
    if !errors.is_empty() {
        return Err(WriteError::Refused(errors));
    }
    // The boxes are all there before the first ballot: none of them tells by its place which cluster began.
    let there: BTreeSet<Option<Uuid>> = unit.boxes(standing.id()).await?.iter().map(|(b, _)| b.cluster).collect();
    let all: BTreeSet<Uuid> = standing.clusters.iter().map(|c| c.cluster.uuid()).collect();
    for cluster in all {
        if !there.contains(&Some(cluster)) {
            let empty = BallotBox { dialogue: standing.id(), cluster: Some(cluster), ..BallotBox::default() };
            unit.put_box(&empty, Vec::new()).await?;
        }
    }
    Ok(())
}

async fn close(unit: &mut UnitOfWork, author: &Author, standing: &Standing) -> Result<(), WriteError> {
    if unit.paper(standing.id()).await?.iter().any(|paper| !paper.accepted) {
        let message = say(author.lang, "vote-paper-waits", &[]);
        return Err(UserError::new(UserErrorCode::State, "dialogue", message).into());
    }
    let boxes = unit.boxes(standing.id()).await?;
    let valid = |ballots: &[BoxedBallot]| ballots.iter().filter(|b| !b.spoiled).count() as u64;
    let sizes: BTreeMap<Uuid, u64> = boxes.iter().filter_map(|(b, ballots)| Some((b.cluster?, valid(ballots)))).collect();
    let small = if standing.is_secret() { too_small(&sizes) } else { BTreeSet::new() };
    let clusters: Vec<Uuid> = sizes.keys().copied().collect();
    let clusters: HashMap<Uuid, Cluster> =
        unit.standing::<Cluster>(&clusters).await?.into_iter().map(|c| (c.head.id.uuid(), c)).collect();
    let options: Options = standing.options.iter().map(|o| (o.number, o.head.id)).collect();
    let (mut records, mut loose) = (Vec::new(), Vec::new());
    for (mut counted, ballots) in boxes {
        let Some(of) = counted.cluster else { continue };
        counted.merged = small.contains(&of);
        unit.put_box(&counted, Vec::new()).await?;
        if counted.merged {
            for ballot in &ballots {
                picked(standing, &options, ballot)?;
            }
            loose.extend(ballots);
            continue;
        }
        let Some(cluster) = clusters.get(&of) else {
            return Err(missing(author.lang, "dialogue", &of.to_string()).into());
        };
        records.extend(numbered(standing, &options, cluster, ballots)?);
    }
    if !loose.is_empty() {
        let merged = BallotBox { dialogue: standing.id(), merged: true, ..BallotBox::default() };
        unit.put_box(&merged, loose).await?;
    }
    // In the order of their random keys, so that the table's own order tells no more than the keys.
    records.sort_unstable_by_key(|ballot: &Ballot| ballot.head.id);
    unit.put(&records).await?;
    unit.forget_codes(standing.id()).await?;
    Ok(())
}

/// The options of a dialogue by their numbers.
type Options = HashMap<i64, Id<DialogueOption>>;

/// The options that a ballot picks. No choice is ever left out: rather than that, the vote is not closed.
fn picked(standing: &Standing, options: &Options, ballot: &BoxedBallot) -> Result<Vec<Id<DialogueOption>>, crate::Error> {
    let choices: Option<Vec<_>> = ballot.choices.iter().map(|number| options.get(number).copied()).collect();
    // What was picked is not quoted: it is somebody's ballot.
    let gone = || format!("a ballot of {} picks an option that the dialogue does not have", standing.dialogue.head.code);
    choices.ok_or_else(|| crate::Error::Outcome(gone()))
}

/// The ballots of a cluster as records, numbered in the order of their random keys.
fn numbered(
    standing: &Standing,
    options: &Options,
    cluster: &Cluster,
    mut ballots: Vec<BoxedBallot>,
) -> Result<Vec<Ballot>, WriteError> {
    ballots.sort_unstable_by_key(|b| b.key);
    let dialogue = &standing.dialogue.head;
    let record = |(n, ballot): (usize, BoxedBallot)| -> Result<Ballot, WriteError> {
        let part = format!("cluster:{}:ballot:{}", cluster.head.code, n + 1);
        let code = dialogue.code.part(part).map_err(|e| crate::Error::Outcome(e.to_string()))?;
        Ok(Ballot {
            head: Head {
                id: Id::from_uuid(ballot.key),
                code,
                // Until the result is told, ballots are the association's own.
                visibility: Visibility::Internal,
                effective: Visibility::Internal,
                illustrative: dialogue.illustrative,
                version: 1,
            },
            dialogue: dialogue.id,
            cluster: cluster.head.id,
            authority: ballot.authority.map(Id::<LocalAuthority>::from_uuid),
            choices: picked(standing, options, &ballot)?,
            spoiled: ballot.spoiled,
        })
    };
    ballots.into_iter().enumerate().map(record).collect()
}
