//! People's data: who took part in events by name, what they agreed to, on which ground and how long they are kept; what is
//! kept of someone, handed out on request; and how someone is erased.
//!
//! Names of participants are for those who may see people ([`Action::SeePeople`]); they are no records, and no list, search,
//! report or feed knows of them. `participants` and `consent` keep them, `recount` brings the public counts in line where that
//! is asked for; `subject` finds all that is kept of someone, `export` hands it out, `erase` takes it away, `due` knows whose
//! time is over, and `reports` looks for people in reports that were handed out (ADR 0029).

mod consent;
mod due;
mod erase;
mod export;
mod participants;
mod recount;
mod reports;
mod subject;

use std::collections::HashMap;

use chrono::NaiveDate;
use ketnoi_domain::{Action, Coded, Contact, Kind, LONGEST_NAME, Lang, Participant, ParticipantFault, Text};
use ketnoi_persistence::UnitOfWork;
use uuid::Uuid;

pub use consent::ConsentOf;
pub use due::{KeptPerson, Swept};
pub use erase::Erased;
pub use ketnoi_persistence::people::{GoneReport, KeptReportHead, Mention, ParticipantPlace};
pub use participants::{KeptParticipants, NewParticipant, NewParticipants, ParticipantChange, ParticipantPage};

use crate::{Author, Error, Reference, Registry, UserError, UserErrorCode, wording::say};

impl Registry {
    /// Today, by the clock: instants are RFC 3339, which begins with the day.
    fn today(&self) -> NaiveDate {
        let now = self.clock.now();
        // The clock writes nothing else; on a day before all others nothing would be due.
        now.get(..10).and_then(|day| day.parse().ok()).unwrap_or(NaiveDate::MIN)
    }
}

/// Refuses who may not see people by name.
fn sees_people(author: &Author, action: &str) -> Result<(), Error> {
    if author.viewer.may(Action::SeePeople) {
        return Ok(());
    }
    Err(Error::Forbidden(say(author.lang, "people-forbidden", &[("action", action)])))
}

/// An error of the caller in a field.
fn wrong(lang: Lang, code: UserErrorCode, path: impl Into<String>, key: &str, words: &[(&str, &str)]) -> UserError {
    UserError::new(code, path, say(lang, key, words))
}

/// A message in every language.
fn in_every_language(key: &str) -> Text {
    Lang::ALL.iter().map(|lang| (*lang, say(*lang, key, &[]))).collect()
}

/// A fault of an entry, at its field below a path.
fn refused(lang: Lang, base: &str, fault: ParticipantFault) -> UserError {
    let most = LONGEST_NAME.to_string();
    let (path, key) = match fault {
        ParticipantFault::Name => ("name", "participant-name"),
        ParticipantFault::Contact => ("contacts", "participant-contact"),
        ParticipantFault::NoConsent => ("consents", "participant-consent"),
        // One date holds for all that are added together.
        ParticipantFault::RetainedLong => {
            return wrong(lang, UserErrorCode::Invalid, "retainUntil", "participant-retention", &[]);
        }
    };
    let path = if base.is_empty() { path.to_owned() } else { format!("{base}.{path}") };
    wrong(lang, UserErrorCode::Invalid, path, key, &[("most", &most)])
}

/// What was typed, without blanks around it.
fn trimmed(contacts: &[Contact]) -> Vec<Contact> {
    contacts.iter().map(|c| Contact { kind: c.kind, value: c.value.trim().to_owned() }).collect()
}

/// The faults of an entry, each told once.
fn faults(participant: &Participant, today: NaiveDate, lang: Lang, base: &str) -> Vec<UserError> {
    participant.faults(today).into_iter().map(|fault| refused(lang, base, fault)).collect()
}

/// Looks up what an author points at, each thing once; what is not there, or not for them to see, is among the errors.
struct Looking<'a> {
    author: &'a Author,
    known: HashMap<(Kind, String), Option<Uuid>>,
    errors: Vec<UserError>,
}

impl<'a> Looking<'a> {
    fn begin(author: &'a Author) -> Self {
        Self { author, known: HashMap::new(), errors: Vec::new() }
    }

    /// Notes something that is wrong.
    fn wrong(&mut self, code: UserErrorCode, path: impl Into<String>, key: &str, words: &[(&str, &str)]) {
        self.errors.push(wrong(self.author.lang, code, path, key, words));
    }

    /// The record that is pointed at, if one is.
    async fn maybe(
        &mut self,
        unit: &UnitOfWork,
        kind: Kind,
        path: &str,
        reference: Option<&Reference>,
    ) -> Result<Option<Uuid>, Error> {
        match reference {
            Some(reference) => self.find(unit, kind, path, reference).await,
            None => Ok(None),
        }
    }

    /// The record that is pointed at; nothing where there is none, which is noted.
    async fn find(&mut self, unit: &UnitOfWork, kind: Kind, path: &str, reference: &Reference) -> Result<Option<Uuid>, Error> {
        let key = (kind, reference.text.clone());
        let found = match self.known.get(&key).copied() {
            Some(found) => found,
            None => {
                let id = reference.id.filter(|(of, _)| *of == kind).map(|(_, id)| id);
                let mut seen = unit.known(kind, id.as_slice(), &[reference.text.as_str()]).await?;
                let floor = self.author.viewer.floor() as i64;
                seen.retain(|known| known.effective >= floor);
                seen.sort_by_key(|known| Some(known.id) != id);
                let found = seen.first().map(|known| known.id);
                self.known.insert(key, found);
                found
            }
        };
        if found.is_none() {
            let written: String = reference.text.chars().take(100).collect();
            self.wrong(UserErrorCode::NotFound, path, "no-such-record", &[("code", &written)]);
        }
        Ok(found)
    }
}
