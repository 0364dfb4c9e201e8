use std::collections::{BTreeMap, BTreeSet};

use ketnoi_domain::{Action, BallotRule, Cluster, Dialogue, DialogueStatus, Id, LocalAuthority, Secrecy, vote};
use ketnoi_persistence::{BoxedBallot, PaperBallot, UnitOfWork, paper_of};
use uuid::Uuid;

use super::{Called, Standing, allowed, booth::say_choice, find, missing, required};
use crate::{Author, Registry, UserError, UserErrorCode, WriteError, say};

/// A paper ballot as someone types it in.
#[derive(Clone, Debug)]
pub struct PaperEntry {
    /// The number that was written on the paper after the box was emptied.
    pub number: i64,
    /// The options picked, by their numbers.
    pub choices: Vec<i64>,
    /// Whether it does not count.
    pub spoiled: bool,
    /// The city that cast it, where the vote is named.
    pub authority: Option<Called>,
}

/// What someone read on a paper ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperReading {
    /// The options picked, by their numbers.
    pub choices: Vec<i64>,
    /// Whether it does not count.
    pub spoiled: bool,
    /// The city that cast it, where the vote is named.
    pub authority: Option<Id<LocalAuthority>>,
}

/// A paper of which two people do not say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperDifference {
    /// The number on the paper.
    pub number: i64,
    /// What the first read; nothing where the first did not type it in.
    pub first: Option<PaperReading>,
    /// What the second read.
    pub second: Option<PaperReading>,
}

/// How far the paper ballots of a cluster are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperState {
    /// The cluster.
    pub cluster: Id<Cluster>,
    /// How many were typed in first and wait.
    pub first: usize,
    /// How many were typed in by the second person and wait.
    pub second: usize,
    /// How many are in the box.
    pub accepted: usize,
    /// Where the two do not say the same.
    pub differences: Vec<PaperDifference>,
}

/// Papers in one request; a cluster has dozens.
const MANY: usize = 1_000;

impl Registry {
    /// Keeps paper ballots of a cluster as one person reads them. They count when a second person has read the same
    /// ([`Registry::accept_paper`]). Gives the dialogue's id.
    pub async fn enter_paper(
        &self,
        author: &Author,
        dialogue: &Called,
        cluster: &Called,
        pass: i64,
        ballots: &[PaperEntry],
    ) -> Result<Uuid, WriteError> {
        const NAME: &str = "enter paper ballots";
        allowed(author, Action::Write, NAME)?;
        let (dialogue, cluster) = self.place(author, dialogue, cluster).await?;
        let session = self.session(author.viewer.clone());
        let mut cities = Vec::with_capacity(ballots.len());
        for (i, ballot) in ballots.iter().enumerate() {
            cities.push(match &ballot.authority {
                Some(called) => {
                    let city = find::<LocalAuthority>(&session, called).await?;
                    let path = format!("ballots.{i}.localAuthority");
                    Some(city.ok_or_else(|| missing(author.lang, &path, &called.text))?.head.id)
                }
                None => None,
            });
        }
        self.change(author, Action::Write, NAME, async |unit| {
            let standing = Standing::of(unit, dialogue, author.lang).await?;
            standing.require(author.lang, &[DialogueStatus::Open])?;
            let by = who(author);
            let there: Vec<PaperBallot> = unit.paper(standing.id()).await?.into_iter().filter(|p| p.cluster == cluster).collect();
            check(author, &standing, &there, (pass, by.as_str()), ballots)?;
            for (ballot, authority) in ballots.iter().zip(&cities) {
                let mut choices = ballot.choices.clone();
                choices.sort_unstable();
                choices.dedup();
                let typed = PaperBallot {
                    dialogue: standing.id(),
                    cluster,
                    pass,
                    number: ballot.number,
                    choices,
                    spoiled: ballot.spoiled,
                    authority: authority.map(Id::uuid),
                    entered_by: by.clone(),
                    accepted: false,
                };
                unit.put_paper(&typed).await?;
            }
            unit.note(standing.dialogue.head.code.as_str());
            Ok(standing.id())
        })
        .await
    }

    /// Where two people do not say the same of the paper ballots of a cluster, by the numbers on the papers.
    pub async fn compare_paper(
        &self,
        author: &Author,
        dialogue: &Called,
        cluster: &Called,
    ) -> Result<Vec<PaperDifference>, WriteError> {
        allowed(author, Action::Write, "compare paper ballots")?;
        let (dialogue, cluster) = self.place(author, dialogue, cluster).await?;
        let mut papers = paper_of(self.store.reader(), dialogue.uuid()).await?;
        papers.retain(|p| p.cluster == cluster);
        Ok(differences(&papers))
    }

    /// How far the paper ballots of a dialogue are, cluster by cluster.
    pub async fn paper_states(&self, author: &Author, dialogue: Id<Dialogue>) -> Result<Vec<PaperState>, WriteError> {
        allowed(author, Action::Write, "compare paper ballots")?;
        let mut by_cluster: BTreeMap<Uuid, Vec<PaperBallot>> = BTreeMap::new();
        for paper in paper_of(self.store.reader(), dialogue.uuid()).await? {
            by_cluster.entry(paper.cluster).or_default().push(paper);
        }
        let state = |(cluster, papers): (Uuid, Vec<PaperBallot>)| {
            let waiting = |pass: i64| papers.iter().filter(|p| p.pass == pass && !p.accepted).count();
            PaperState {
                cluster: Id::from_uuid(cluster),
                first: waiting(1),
                second: waiting(2),
                accepted: papers.iter().filter(|p| p.accepted).count(),
                differences: differences(&papers),
            }
        };
        Ok(by_cluster.into_iter().map(state).collect())
    }

    /// Puts the paper ballots of a cluster into its box: only where two people say the same of each. Gives the dialogue's id.
    pub async fn accept_paper(&self, author: &Author, dialogue: &Called, cluster: &Called) -> Result<Uuid, WriteError> {
        const NAME: &str = "accept paper ballots";
        allowed(author, Action::Write, NAME)?;
        let (dialogue, cluster) = self.place(author, dialogue, cluster).await?;
        self.change(author, Action::Write, NAME, async |unit| self.take_in(unit, author, dialogue, cluster).await).await
    }

    async fn take_in(
        &self,
        unit: &mut UnitOfWork,
        author: &Author,
        dialogue: Id<Dialogue>,
        cluster: Uuid,
    ) -> Result<Uuid, WriteError> {
        let standing = Standing::of(unit, dialogue, author.lang).await?;
        standing.require(author.lang, &[DialogueStatus::Open])?;
        let state = |key: &str, words: &[(&str, &str)]| -> WriteError {
            UserError::new(UserErrorCode::State, "cluster", say(author.lang, key, words)).into()
        };
        let mut papers = unit.paper(standing.id()).await?;
        papers.retain(|p| p.cluster == cluster && !p.accepted);
        let different = differences(&papers);
        if !different.is_empty() {
            let numbers: Vec<String> = different.iter().take(20).map(|d| d.number.to_string()).collect();
            return Err(state("vote-paper-differs", &[("numbers", &numbers.join(", "))]));
        }
        papers.retain(|p| p.pass == 1);
        if papers.is_empty() {
            return Err(state("vote-paper-none", &[]));
        }
        let boxes = unit.boxes(standing.id()).await?;
        let found = boxes.into_iter().find(|(b, _)| b.cluster == Some(cluster));
        let Some((mut counted, mut ballots)) = found else { return Err(state("vote-paper-none", &[])) };
        counted.paper += i64::try_from(papers.len()).unwrap_or(i64::MAX);
        counted.spoiled += i64::try_from(papers.iter().filter(|p| p.spoiled).count()).unwrap_or(i64::MAX);
        if let Some(eligible) = standing.eligible(cluster).filter(|eligible| counted.cast() > *eligible) {
            let (cast, eligible) = (counted.cast().to_string(), eligible.to_string());
            return Err(state("vote-too-many", &[("cast", &cast), ("eligible", &eligible)]));
        }
        ballots.extend(papers.into_iter().map(|p| BoxedBallot {
            key: self.ballot_key(),
            choices: p.choices,
            spoiled: p.spoiled,
            authority: p.authority,
        }));
        unit.put_box(&counted, ballots).await?;
        unit.accept_paper(standing.id(), cluster).await?;
        unit.note(standing.dialogue.head.code.as_str());
        Ok(standing.id())
    }

    /// The dialogue and the cluster that a caller names.
    async fn place(&self, author: &Author, dialogue: &Called, cluster: &Called) -> Result<(Id<Dialogue>, Uuid), WriteError> {
        let session = self.session(author.viewer.clone());
        let dialogue = required::<Dialogue>(&session, author.lang, "dialogue", dialogue).await?;
        let cluster = required::<Cluster>(&session, author.lang, "cluster", cluster).await?;
        let voting = session.all_children::<ketnoi_domain::DialogueCluster>(("dialogue_id", &[dialogue.head.id.uuid()])).await?;
        if voting.iter().any(|c| c.cluster == cluster.head.id) {
            return Ok((dialogue.head.id, cluster.head.id.uuid()));
        }
        let message = say(author.lang, "vote-not-here", &[("dialogue", dialogue.head.code.as_str())]);
        Err(UserError::new(UserErrorCode::NotFound, "cluster", message).into())
    }
}

/// Who types in, as the rule of two people tells them apart.
fn who(author: &Author) -> String {
    author.viewer.account().map_or_else(|| author.viewer.name().to_owned(), |account| account.to_string())
}

/// All that is wrong with papers that are typed in.
fn check(
    author: &Author,
    standing: &Standing,
    there: &[PaperBallot],
    (pass, by): (i64, &str),
    ballots: &[PaperEntry],
) -> Result<(), WriteError> {
    let lang = author.lang;
    let error = |code, path: String, key: &str, words: &[(&str, &str)]| UserError::new(code, path, say(lang, key, words));
    let mut errors = Vec::new();
    if there.iter().any(|p| !p.accepted && p.pass != pass && p.entered_by == by) {
        errors.push(error(UserErrorCode::State, "pass".into(), "vote-paper-two-people", &[]));
    }
    if ballots.len() > MANY {
        errors.push(error(UserErrorCode::Invalid, "ballots".into(), "vote-paper-many", &[("most", &MANY.to_string())]));
    }
    let Some(rule) = standing.dialogue.rule else {
        return Err(error(UserErrorCode::State, "dialogue".into(), "vote-lacks-rule", &[]).into());
    };
    let options: BTreeSet<i64> = standing.options.iter().map(|o| o.number).collect();
    let accepted: BTreeSet<i64> = there.iter().filter(|p| p.accepted).map(|p| p.number).collect();
    let mut numbers = BTreeSet::new();
    for (i, ballot) in ballots.iter().enumerate() {
        let at = |field: &str| format!("ballots.{i}.{field}");
        if ballot.number < 1 || !numbers.insert(ballot.number) {
            errors.push(error(UserErrorCode::Invalid, at("number"), "vote-paper-number", &[]));
        }
        if accepted.contains(&ballot.number) {
            let number = ballot.number.to_string();
            errors.push(error(UserErrorCode::State, at("number"), "vote-paper-accepted", &[("number", &number)]));
        }
        errors.extend(
            wrong_choices(author, rule, &options, ballot)
                .map(|message| UserError::new(UserErrorCode::Invalid, at("choices"), message)),
        );
        let named = rule.secrecy == Secrecy::Named;
        if named != ballot.authority.is_some() {
            let key = if named { "vote-paper-named" } else { "vote-paper-anonymous" };
            errors.push(error(UserErrorCode::Invalid, at("localAuthority"), key, &[]));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(WriteError::Refused(errors)) }
}

/// What is wrong with the choices of a paper ballot. One that picks too few or too many is spoiled, and typed in as such.
fn wrong_choices(author: &Author, rule: BallotRule, options: &BTreeSet<i64>, ballot: &PaperEntry) -> Option<String> {
    if ballot.spoiled {
        return (!ballot.choices.is_empty()).then(|| say(author.lang, "vote-paper-spoiled", &[]));
    }
    let fault = vote::choices(rule, options, &ballot.choices).err()?;
    Some(say_choice(author.lang, rule, fault))
}

/// Where two readings of the papers that wait are not the same.
fn differences(papers: &[PaperBallot]) -> Vec<PaperDifference> {
    let mut by_number: BTreeMap<i64, [Option<PaperReading>; 2]> = BTreeMap::new();
    for paper in papers.iter().filter(|p| !p.accepted) {
        let readings = by_number.entry(paper.number).or_default();
        readings[usize::from(paper.pass != 1)] = Some(PaperReading {
            choices: paper.choices.clone(),
            spoiled: paper.spoiled,
            authority: paper.authority.map(Id::from_uuid),
        });
    }
    let different = by_number.into_iter().filter(|(_, [first, second])| first != second);
    different.map(|(number, [first, second])| PaperDifference { number, first, second }).collect()
}
