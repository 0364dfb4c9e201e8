//! The vote of a dialogue: it is prepared, opened, cast, closed for good, published, and carried further.
//!
//! - `steps` opening, closing, publishing · `delegates` who votes, and by which codes · `booth` the ballot and casting it
//! - `paper` paper ballots, typed in twice · `winners` from the result to advocacy · `turnout` what is told while it is open
//! - `code` secrets that admit · `sheets` codes on paper · `office` what those who hold the vote are told of delegates
//!
//! What must stay true (ADR 0026): one code, one ballot; what is closed is closed; of an anonymous vote nothing that is kept,
//! logged or told leads from a code to a ballot.

mod booth;
mod code;
mod delegates;
mod office;
mod paper;
mod sheets;
mod steps;
mod turnout;
mod winners;

use ketnoi_domain::{
    Action, Coded as _, Dialogue, DialogueCluster, DialogueOption, DialogueStatus, Id, Lang, Record, Secrecy, vote::Step,
};
use ketnoi_persistence::{Stored, UnitOfWork};
use uuid::Uuid;

pub use booth::{Booth, BoothOption};
pub use delegates::{DelegateCalled, IssueOrder, Issued, IssuedCode, NewDelegate};
pub use ketnoi_persistence::Delegate;
pub use office::{RegisteredDelegate, RegisteredDelegates};
pub use paper::{PaperDifference, PaperEntry, PaperReading, PaperState};
pub use sheets::SheetOptions;
pub use turnout::{ClusterTurnout, Turnout};
pub use winners::WinnerAction;

use crate::{Author, Error, Registry, Session, UserError, UserErrorCode, WriteError, say};

/// How a caller names a record: by its code, or by an id that the caller was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// What the caller wrote.
    pub text: String,
    /// The id that it stands for, if it stands for one of the kind that is wanted.
    pub id: Option<Uuid>,
}

impl From<&str> for Called {
    fn from(code: &str) -> Self {
        Self { text: code.to_owned(), id: None }
    }
}

/// A dialogue with what is voted on and by whom, as it stands inside a unit.
struct Standing {
    dialogue: Dialogue,
    options: Vec<DialogueOption>,
    clusters: Vec<DialogueCluster>,
}

impl Standing {
    async fn of(unit: &UnitOfWork, id: Id<Dialogue>, lang: Lang) -> Result<Self, WriteError> {
        let Some(dialogue) = unit.standing::<Dialogue>(&[id.uuid()]).await?.pop() else {
            return Err(missing(lang, "dialogue", &id.to_string()).into());
        };
        let options = unit.parts_of_dialogue::<DialogueOption>(id).await?;
        let clusters = unit.parts_of_dialogue::<DialogueCluster>(id).await?;
        Ok(Self { dialogue, options, clusters })
    }

    fn id(&self) -> Uuid {
        self.dialogue.head.id.uuid()
    }

    /// Whether nobody may know who voted how. Where no rule says, nobody may.
    fn is_secret(&self) -> bool {
        self.dialogue.rule.is_none_or(|r| r.secrecy == Secrecy::Anonymous)
    }

    /// Refuses unless the dialogue stands at one of these.
    fn require(&self, lang: Lang, wanted: &[DialogueStatus]) -> Result<(), WriteError> {
        if wanted.contains(&self.dialogue.status) {
            return Ok(());
        }
        let status = say(lang, &format!("vote-status-{}", self.dialogue.status.name()), &[]);
        let message = say(lang, "vote-not-now", &[("dialogue", self.dialogue.head.code.as_str()), ("status", &status)]);
        Err(UserError::new(UserErrorCode::State, "dialogue", message).into())
    }

    /// How many may vote in a cluster, where that is known.
    fn eligible(&self, cluster: Uuid) -> Option<i64> {
        self.clusters.iter().find(|c| c.cluster.uuid() == cluster).and_then(|c| c.eligible)
    }
}

/// Asks whether the author may, before anything is looked up: the answer must not tell what there is.
fn allowed(author: &Author, action: Action, name: &str) -> Result<(), WriteError> {
    if author.viewer.may(action) {
        return Ok(());
    }
    Err(Error::Forbidden(say(author.lang, "forbidden", &[("action", name)])).into())
}

/// The record that a caller names, if the caller may see it.
async fn find<T: Stored>(session: &Session, called: &Called) -> Result<Option<T>, Error> {
    if let Some(id) = called.id
        && let Some(found) = session.by_ids::<T>(&[id]).await?.pop()
    {
        return Ok(Some(found));
    }
    session.by_code(&called.text).await
}

/// The record that a caller names at a field.
async fn required<T: Stored>(session: &Session, lang: Lang, path: &str, called: &Called) -> Result<T, WriteError> {
    find(session, called).await?.ok_or_else(|| missing(lang, path, &called.text).into())
}

fn missing(lang: Lang, path: &str, called: &str) -> UserError {
    // What a caller wrote is quoted, and cut: it may be anything.
    let called: String = called.chars().take(80).collect();
    UserError::new(UserErrorCode::NotFound, path, say(lang, "vote-nothing-called", &[("called", &called)]))
}

/// Refuses a change that came too late, by the version that the author read.
fn unchanged_since<T: Record>(lang: Lang, record: &T, expected: Option<i64>) -> Result<(), WriteError> {
    let version = record.head().version;
    if expected.is_none_or(|expected| expected == version) {
        return Ok(());
    }
    let message = say(lang, "conflict", &[("version", &version.to_string())]);
    let error = UserError::new(UserErrorCode::Conflict, "expectedVersion", message);
    Err(UserError { current_version: Some(version), ..error }.into())
}

/// Says in the author's language that a vote that has begun or is over stays as it is, whichever change was refused by it.
pub(crate) fn told(refused: WriteError, lang: Lang) -> WriteError {
    match refused {
        WriteError::Registry(Error::Database(ketnoi_persistence::Error::Fixed { dialogue })) => {
            let message = say(lang, "vote-fixed", &[("dialogue", &dialogue)]);
            UserError::new(UserErrorCode::State, "", message).into()
        }
        other => other,
    }
}

impl Registry {
    /// What a vote hashes its codes with. It is made when the first thing is prepared for the vote.
    async fn pepper(&self, unit: &mut UnitOfWork, dialogue: Uuid) -> Result<Vec<u8>, WriteError> {
        if let Some(pepper) = unit.vote_pepper(dialogue).await? {
            return Ok(pepper);
        }
        let pepper = self.clock.random().to_vec();
        unit.prepare_vote(dialogue, &pepper).await?;
        Ok(pepper)
    }

    /// A key for a ballot: random, so that it tells neither a time nor an order.
    fn ballot_key(&self) -> Uuid {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.clock.random()[..16]);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

/// What the trail calls a step.
fn name_of(step: Step) -> &'static str {
    match step {
        Step::Open => "open dialogue",
        Step::Close => "close dialogue",
        Step::Publish => "publish dialogue",
    }
}
