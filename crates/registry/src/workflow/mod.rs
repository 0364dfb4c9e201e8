//! Workflows: how a record comes to be published, what cities propose of their own figures, which periods are locked, and which
//! reports are due (ADR 0028).
//!
//! - `review` the steps of a record · `publication` what is published, kept as it was · `proposals`, `grants` what focal points
//!   propose · `decide` what officers approve of it, amount by amount · `locks` periods in which nothing changes · `due` reports to come

mod decide;
mod due;
mod grants;
pub(crate) mod locks;
mod proposals;
mod publication;
mod review;

pub use decide::Decision;
pub use due::{DueReport, DueWanted};
pub use grants::NewGrant;
pub use ketnoi_persistence::{
    trail::FieldChange,
    workflow::{KeptAnswer, PeriodLock, ProposalFilter, ProposalRow, Publication, Review},
};
pub use locks::NewLock;
pub use proposals::{NewActual, ProposalPage, ToPropose};
pub use publication::{PartChange, PartDifference, Publishing, Told, ToldRecord};
pub use review::{RecordSteps, ReviewPage, Stepped};

use ketnoi_domain::{Kind, Record, Viewer, Visibility};
use ketnoi_persistence::{Known, Stored};

use crate::{
    Error, Reference, Session, UserErrorCode,
    writing::{Writing, below},
};

/// No note and no reason needs to be longer.
const LONGEST: usize = 2_000;

/// What a client wrote in plain words, without white space around it; too long a text is noted, and so is none where one is
/// needed.
fn plain(writing: &mut Writing<'_>, path: &str, text: &str, needed: bool) -> String {
    let text = text.trim();
    if needed && text.is_empty() {
        writing.refuse(UserErrorCode::Invalid, path.to_owned(), "why-missing", &[]);
    } else if text.chars().count() > LONGEST {
        writing.refuse(UserErrorCode::Invalid, path.to_owned(), "text-long", &[("most", &LONGEST.to_string())]);
    }
    text.to_owned()
}

/// The record that a client names by its opaque id, if it is one that stands by itself.
async fn subject(
    writing: &mut Writing<'_>,
    which: &Reference,
    expected: Option<i64>,
) -> Result<Option<(Kind, Known)>, ketnoi_persistence::Error> {
    let Some((kind, _)) = which.id else {
        writing.refuse(UserErrorCode::NotFound, "id".to_owned(), "id-needed", &[]);
        return Ok(None);
    };
    if !ketnoi_domain::workflow::stands_alone(kind) {
        writing.refuse(UserErrorCode::State, "id".to_owned(), "review-part", &[]);
        return Ok(None);
    }
    Ok(writing.target("", kind, which, expected).await?.map(|known| (kind, known)))
}

/// The record that a client names at a field, if the client may see it.
async fn named<T: Stored>(
    writing: &mut Writing<'_>,
    session: &Session,
    path: String,
    which: &Reference,
) -> Result<Option<T>, Error> {
    let mut found: Option<T> = None;
    if let Some((_, id)) = which.id.filter(|(kind, _)| *kind == T::KIND) {
        found = session.by_ids::<T>(&[id]).await?.pop();
    }
    if found.is_none() {
        found = session.by_code::<T>(&which.text).await?;
    }
    if found.is_none() {
        let written: String = which.text.chars().take(100).collect();
        writing.refuse(UserErrorCode::NotFound, path, "no-such-record", &[("code", &written)]);
    }
    Ok(found)
}

/// Whether nobody has changed a record since the client read it.
fn unchanged<T: Record>(writing: &mut Writing<'_>, base: &str, record: &T, expected: Option<i64>) -> bool {
    let version = record.head().version;
    if expected.is_none_or(|expected| expected == version) {
        return true;
    }
    writing.refuse(UserErrorCode::Conflict, below(base, "expectedVersion"), "conflict", &[("version", &version.to_string())]);
    if let Some(error) = writing.errors.last_mut() {
        error.current_version = Some(version);
    }
    false
}

impl Session {
    /// Whether the viewer keeps the registry and so sees what is being written.
    fn keeps(&self) -> bool {
        keeps(self.viewer())
    }

    /// Refuses those who do not keep the registry.
    fn require_keeping(&self) -> Result<(), Error> {
        if self.keeps() {
            return Ok(());
        }
        Err(Error::Forbidden("only those who keep the registry see how its records come to be published".into()))
    }
}

fn keeps(viewer: &Viewer) -> bool {
    viewer.sees(Visibility::Draft)
}
