use std::collections::BTreeMap;

use ketnoi_domain::{Action, Cluster, Dialogue, DialogueStatus, Id, LocalAuthority, vote::VotingCode};
use ketnoi_persistence::{BallotBox, Delegate, UnitOfWork};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Called, Standing, allowed, code::digest, find, missing, required};
use crate::{Author, Registry, Session, UserError, UserErrorCode, WriteError, say};

/// Someone who is to vote for a local authority.
#[derive(Clone, Debug)]
pub struct NewDelegate {
    /// The local authority.
    pub authority: Called,
    /// What there is to say, such as an office; no name is asked for.
    pub note: String,
}

/// A delegate as people call one: the second of Vinh.
#[derive(Clone, Debug)]
pub struct DelegateCalled {
    /// The local authority.
    pub authority: Called,
    /// Which of its delegates, from 1.
    pub ordinal: i64,
}

/// For whom codes are wanted.
#[derive(Clone, Debug)]
pub struct IssueOrder {
    /// The dialogue.
    pub dialogue: Called,
    /// Only for the delegates of this cluster.
    pub cluster: Option<Called>,
    /// Only for these; for all, where there are none.
    pub delegates: Vec<DelegateCalled>,
    /// Whether those who have a code that was not used get another in its place.
    pub reissue: bool,
}

/// A code and whose it is. It is shown once.
#[derive(Clone, Debug)]
pub struct IssuedCode {
    /// The cluster.
    pub cluster: Id<Cluster>,
    /// The local authority.
    pub authority: Id<LocalAuthority>,
    /// Which of its delegates.
    pub ordinal: i64,
    /// What is said of the delegate.
    pub note: String,
    /// The code.
    pub code: VotingCode,
}

/// How many codes were issued for which dialogue; the codes themselves are never kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The dialogue.
    pub dialogue: Uuid,
    /// How many.
    pub count: usize,
}

/// When a vote can still be prepared for more people.
pub(super) const NOT_CLOSED: [DialogueStatus; 2] = [DialogueStatus::Preparing, DialogueStatus::Open];

/// Letters of a note.
const NOTE: usize = 200;

impl Registry {
    /// Registers those who vote in a cluster, by local authority: the first, the second. Gives the dialogue's id.
    pub async fn register_delegates(
        &self,
        author: &Author,
        dialogue: &Called,
        cluster: &Called,
        delegates: &[NewDelegate],
    ) -> Result<Uuid, WriteError> {
        const NAME: &str = "register delegates";
        allowed(author, Action::Write, NAME)?;
        let session = self.session(author.viewer.clone());
        let dialogue = required::<Dialogue>(&session, author.lang, "dialogue", dialogue).await?.head.id;
        let cluster = required::<Cluster>(&session, author.lang, "cluster", cluster).await?.head.id.uuid();
        let mut found = Vec::with_capacity(delegates.len());
        let mut errors = Vec::new();
        for (i, delegate) in delegates.iter().enumerate() {
            match find::<LocalAuthority>(&session, &delegate.authority).await? {
                Some(authority) => found.push((authority.head.id.uuid(), delegate.note.trim().to_owned())),
                None => errors.push(missing(author.lang, &format!("delegates.{i}.localAuthority"), &delegate.authority.text)),
            }
            if delegate.note.chars().count() > NOTE {
                let message = say(author.lang, "vote-long-note", &[("most", &NOTE.to_string())]);
                errors.push(UserError::new(UserErrorCode::Invalid, format!("delegates.{i}.note"), message));
            }
        }
        if !errors.is_empty() {
            return Err(WriteError::Refused(errors));
        }
        self.change(author, Action::Write, NAME, async |unit| self.register(unit, author, dialogue, cluster, found).await).await
    }

    async fn register(
        &self,
        unit: &mut UnitOfWork,
        author: &Author,
        dialogue: Id<Dialogue>,
        cluster: Uuid,
        delegates: Vec<(Uuid, String)>,
    ) -> Result<Uuid, WriteError> {
        let standing = Standing::of(unit, dialogue, author.lang).await?;
        standing.require(author.lang, &NOT_CLOSED)?;
        votes_here(&standing, author, cluster)?;
        self.pepper(unit, dialogue.uuid()).await?;
        let there = unit.delegates(dialogue.uuid()).await?;
        let in_cluster = there.iter().filter(|d| d.cluster == cluster).count() + delegates.len();
        let in_cluster = i64::try_from(in_cluster).unwrap_or(i64::MAX);
        if let Some(eligible) = standing.eligible(cluster).filter(|eligible| in_cluster > *eligible) {
            let words = (in_cluster.to_string(), eligible.to_string());
            let words = [("delegates", words.0.as_str()), ("eligible", words.1.as_str())];
            let message = say(author.lang, "vote-many-delegates", &words);
            return Err(UserError::new(UserErrorCode::Invalid, "delegates", message).into());
        }
        let mut last: BTreeMap<Uuid, i64> = BTreeMap::new();
        for delegate in &there {
            let last = last.entry(delegate.authority).or_default();
            *last = (*last).max(delegate.ordinal);
        }
        for (authority, note) in delegates {
            let ordinal = last.entry(authority).or_default();
            *ordinal += 1;
            let id = self.clock.new_id();
            let delegate = Delegate { id, dialogue: dialogue.uuid(), cluster, authority, ordinal: *ordinal, note, used: None };
            unit.add_delegate(&delegate).await?;
        }
        unit.note(standing.dialogue.head.code.as_str());
        Ok(dialogue.uuid())
    }

    /// Gives delegates their codes. The codes come back beside what was done and are kept nowhere: a repeat of the same request
    /// gets none.
    pub async fn issue_codes(&self, author: &Author, order: &IssueOrder) -> Result<(Issued, Vec<IssuedCode>), WriteError> {
        const NAME: &str = "issue voting codes";
        allowed(author, Action::Write, NAME)?;
        let session = self.session(author.viewer.clone());
        let dialogue = required::<Dialogue>(&session, author.lang, "dialogue", &order.dialogue).await?.head.id;
        let cluster = match &order.cluster {
            Some(called) => Some(required::<Cluster>(&session, author.lang, "cluster", called).await?.head.id.uuid()),
            None => None,
        };
        let wanted = wanted(&session, author, &order.delegates).await?;
        let mut shown = Vec::new();
        let done = self
            .change(author, Action::Write, NAME, async |unit| {
                shown = self.issue(unit, author, dialogue, cluster, &wanted, order.reissue).await?;
                Ok(Issued { dialogue: dialogue.uuid(), count: shown.len() })
            })
            .await?;
        Ok((done, shown))
    }

    async fn issue(
        &self,
        unit: &mut UnitOfWork,
        author: &Author,
        dialogue: Id<Dialogue>,
        cluster: Option<Uuid>,
        wanted: &[(Uuid, i64)],
        reissue: bool,
    ) -> Result<Vec<IssuedCode>, WriteError> {
        let standing = Standing::of(unit, dialogue, author.lang).await?;
        standing.require(author.lang, &NOT_CLOSED)?;
        let pepper = self.pepper(unit, dialogue.uuid()).await?;
        let mut delegates = unit.delegates(dialogue.uuid()).await?;
        delegates.retain(|d| cluster.is_none_or(|cluster| d.cluster == cluster));
        let delegates = named(author, delegates, wanted)?;
        // A note may hold a name.
        let people = author.viewer.may(Action::SeePeople);
        let mut issued = Vec::new();
        for delegate in delegates {
            match delegate.used {
                // Who has voted gets no other code, and who has one keeps it unless a new one is asked for.
                Some(true) if !wanted.is_empty() => return Err(has_voted(author).into()),
                Some(true) => continue,
                Some(false) if !reissue => continue,
                Some(false) | None => {}
            }
            let code = self.new_code();
            unit.put_code(&delegate, &digest(&pepper, code)).await?;
            issued.push(IssuedCode {
                cluster: Id::from_uuid(delegate.cluster),
                authority: Id::from_uuid(delegate.authority),
                ordinal: delegate.ordinal,
                note: if people { delegate.note } else { String::new() },
                code,
            });
        }
        count_codes(unit, dialogue.uuid()).await?;
        unit.note(&format!("{}: {}", standing.dialogue.head.code, issued.len()));
        Ok(issued)
    }

    /// Takes the codes of delegates away who vote on paper or not at all. Gives the dialogue's id.
    pub async fn void_codes(&self, author: &Author, dialogue: &Called, delegates: &[DelegateCalled]) -> Result<Uuid, WriteError> {
        const NAME: &str = "void voting codes";
        allowed(author, Action::Write, NAME)?;
        let session = self.session(author.viewer.clone());
        let dialogue = required::<Dialogue>(&session, author.lang, "dialogue", dialogue).await?.head.id;
        let wanted = wanted(&session, author, delegates).await?;
        self.change(author, Action::Write, NAME, async |unit| self.void(unit, author, dialogue, &wanted).await).await
    }

    async fn void(
        &self,
        unit: &mut UnitOfWork,
        author: &Author,
        dialogue: Id<Dialogue>,
        wanted: &[(Uuid, i64)],
    ) -> Result<Uuid, WriteError> {
        let standing = Standing::of(unit, dialogue, author.lang).await?;
        standing.require(author.lang, &NOT_CLOSED)?;
        if !wanted.is_empty() {
            for delegate in named(author, unit.delegates(dialogue.uuid()).await?, wanted)? {
                if delegate.used == Some(true) {
                    return Err(has_voted(author).into());
                }
                unit.void_code(delegate.id).await?;
            }
            count_codes(unit, dialogue.uuid()).await?;
            unit.note(standing.dialogue.head.code.as_str());
        }
        Ok(dialogue.uuid())
    }

    /// The delegates of a dialogue, with whether each has a code and has used it: for use cases of those who keep the registry.
    /// What they are told of it is [`Session::registered_delegates`].
    pub async fn delegates(&self, author: &Author, dialogue: &Called) -> Result<Vec<Delegate>, WriteError> {
        allowed(author, Action::Write, "read delegates")?;
        let session = self.session(author.viewer.clone());
        let dialogue = required::<Dialogue>(&session, author.lang, "dialogue", dialogue).await?;
        Ok(ketnoi_persistence::delegates_of(session.reader(), &[dialogue.head.id.uuid()]).await?)
    }
}

fn votes_here(standing: &Standing, author: &Author, cluster: Uuid) -> Result<(), WriteError> {
    if standing.clusters.iter().any(|c| c.cluster.uuid() == cluster) {
        return Ok(());
    }
    let message = say(author.lang, "vote-not-here", &[("dialogue", standing.dialogue.head.code.as_str())]);
    Err(UserError::new(UserErrorCode::NotFound, "cluster", message).into())
}

fn has_voted(author: &Author) -> UserError {
    UserError::new(UserErrorCode::State, "delegates", say(author.lang, "vote-has-voted", &[]))
}

/// The authorities and ordinals of delegates that a caller names.
async fn wanted(session: &Session, author: &Author, called: &[DelegateCalled]) -> Result<Vec<(Uuid, i64)>, WriteError> {
    let mut wanted = Vec::with_capacity(called.len());
    for (i, delegate) in called.iter().enumerate() {
        let path = format!("delegates.{i}.localAuthority");
        let authority = required::<LocalAuthority>(session, author.lang, &path, &delegate.authority).await?;
        wanted.push((authority.head.id.uuid(), delegate.ordinal));
    }
    Ok(wanted)
}

/// Those delegates who are named; all of them where none is.
fn named(author: &Author, delegates: Vec<Delegate>, wanted: &[(Uuid, i64)]) -> Result<Vec<Delegate>, WriteError> {
    if wanted.is_empty() {
        return Ok(delegates);
    }
    let is = |d: &Delegate, (authority, ordinal): &(Uuid, i64)| d.authority == *authority && d.ordinal == *ordinal;
    if let Some(i) = wanted.iter().position(|w| !delegates.iter().any(|d| is(d, w))) {
        let message = say(author.lang, "vote-no-delegate", &[]);
        return Err(UserError::new(UserErrorCode::NotFound, format!("delegates.{i}.ordinal"), message).into());
    }
    Ok(delegates.into_iter().filter(|d| wanted.iter().any(|w| is(d, w))).collect())
}

/// Notes at each cluster's box how many codes are out.
async fn count_codes(unit: &mut UnitOfWork, dialogue: Uuid) -> Result<(), WriteError> {
    let mut codes: BTreeMap<Uuid, i64> = BTreeMap::new();
    for delegate in unit.delegates(dialogue).await? {
        *codes.entry(delegate.cluster).or_default() += i64::from(delegate.used.is_some());
    }
    let mut boxes: BTreeMap<Uuid, _> =
        unit.boxes(dialogue).await?.into_iter().filter_map(|(b, ballots)| Some((b.cluster?, (b, ballots)))).collect();
    for (cluster, codes) in codes {
        let new = || (BallotBox { dialogue, cluster: Some(cluster), ..BallotBox::default() }, Vec::new());
        let (counted, ballots) = boxes.remove(&cluster).unwrap_or_else(new);
        if counted.codes != codes {
            unit.put_box(&BallotBox { codes, ..counted }, ballots).await?;
        }
    }
    Ok(())
}
