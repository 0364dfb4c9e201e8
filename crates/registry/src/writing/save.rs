//! Making and changing records within one unit of work. What is wrong with any of them is gathered, so that all of it is told
//! at once; a record that is wrong is not put, and whatever else was put goes with the unit.

use std::collections::{BTreeMap, HashMap, HashSet};

use ketnoi_domain::{Code, Faults, Head, Id, Kind, Lang, Links, Visibility};
use ketnoi_persistence::{Error, Known, UnitOfWork};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Asked, Author, Naming, Reading, Reference, UserError, UserErrorCode, Writable, WriteError, beside,
    told::{Broken, below, fault_told, input_path},
    writable::Codes,
};
use crate::{Clock, Registry, wording::say};

/// What was made or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Uuid,
    /// How often it has been changed by now.
    pub version: i64,
}

/// What a new record has in common with all others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewHead {
    /// Its code. Only what stands by itself needs one. Of a part it may be the whole code, or what comes after that of the
    /// record it belongs to.
    pub code: Option<String>,
    /// Who may see it. If nothing is said, that is for its editors alone, or for a part those who see what it belongs to.
    pub visibility: Option<Visibility>,
    /// Whether it exists only to show a feature.
    pub illustrative: bool,
}

/// Makes a record of its head, by what a client wrote.
pub(crate) type Build<'b, T> = &'b (dyn Fn(&mut Reading, Head<T>) -> T + Send + Sync);

/// Changes a record to what a client wrote.
pub(crate) type Edit<'e, T> = &'e (dyn Fn(&mut Reading, &mut T) + Send + Sync);

/// A unit of work in which records are written for an author.
pub(crate) struct Writing<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
    pub(crate) errors: Vec<UserError>,
    pub(crate) lang: Lang,
    pub(super) floor: Visibility,
    clock: &'u Clock,
    reading: Reading,
}

impl<'u> Writing<'u> {
    pub(crate) fn begin(registry: &'u Registry, author: &Author, unit: &'u mut UnitOfWork) -> Self {
        let (lang, floor) = (author.lang, author.viewer.floor());
        Self { unit, errors: Vec::new(), lang, floor, clock: &registry.clock, reading: Reading::new(lang) }
    }

    /// The outcome, unless something was wrong.
    pub(crate) fn end<R>(self, outcome: Option<R>) -> Result<R, WriteError> {
        match outcome {
            Some(outcome) if self.errors.is_empty() => Ok(outcome),
            _ => Err(WriteError::Refused(self.errors)),
        }
    }

    pub(crate) fn refuse(&mut self, code: UserErrorCode, path: String, message: &str, words: &[(&str, &str)]) {
        self.errors.push(UserError::new(code, path, say(self.lang, message, words)));
    }

    /// Notes rules that a record breaks, but for those at fields that could not even be read: `unread` are their paths.
    fn broken(&mut self, base: &str, kind: Kind, unread: &[String], broken: impl IntoIterator<Item = Broken>) {
        for one in broken {
            let (code, path, message) = match &one {
                Broken::Rule(fault) => (UserErrorCode::Invalid, fault.path, fault_told(self.lang, fault)),
                Broken::Across(code, path, message) => (*code, *path, say(self.lang, message, &[])),
            };
            let path = below(base, &input_path(kind, path));
            let at = |p: &String| *p == path || p.strip_prefix(&path).is_some_and(|rest| rest.starts_with('.'));
            let again = self.errors.iter().any(|e| e.path == path && e.message == message);
            if !again && !unread.iter().any(at) {
                self.errors.push(UserError::new(code, path, message));
            }
        }
    }

    /// The paths of what is wrong since so many errors ago.
    fn wrong_since(&self, before: usize) -> Vec<String> {
        self.errors.iter().skip(before).map(|e| e.path.clone()).collect()
    }

    /// Reads what a client wrote; a second time where it points at records that had to be looked up.
    pub(crate) async fn read<R: Send>(
        &mut self,
        base: &str,
        read: &(dyn Fn(&mut Reading) -> R + Send + Sync),
    ) -> Result<(R, Asked), Error> {
        self.reading.begin(base);
        let first = read(&mut self.reading);
        let value = if self.reading.wants() {
            self.reading.look_up(self.unit, self.floor).await?;
            self.reading.begin(base);
            read(&mut self.reading)
        } else {
            first
        };
        let (errors, asked) = self.reading.end();
        self.errors.extend(errors);
        Ok((value, asked))
    }

    /// Makes a record; nothing where something is wrong with it.
    pub(crate) async fn create<T: Writable>(
        &mut self,
        base: &str,
        new: &NewHead,
        build: Build<'_, T>,
    ) -> Result<Option<Saved>, Error> {
        let wrong_before = self.errors.len();
        let Some(head) = self.head::<T>(new) else { return Ok(None) };
        let (mut record, asked) = self.read(base, &|reading: &mut Reading| build(reading, head.clone())).await?;
        let known = self.linked(base, T::KIND, &record.links(), &Links::default()).await?;
        let unread = self.wrong_since(wrong_before);
        let naming = record.naming(&Codes(&known));
        if new.visibility.is_none() && naming == Naming::Own {
            record.head_mut().visibility = Visibility::Draft;
        }
        // Who may see it in truth is settled with all that it belongs to.
        record.head_mut().effective = record.head().visibility;
        let code = self.code(base, T::KIND, new.code.as_deref(), naming, &known).await?;
        self.broken(base, T::KIND, &unread, own(record.faults()));
        let across = record.across(None, &asked, self.unit).await?;
        self.broken(base, T::KIND, &unread, across);
        let Some(code) = code.filter(|_| self.errors.len() == wrong_before) else { return Ok(None) };
        record.head_mut().code = code;
        record.put(self.unit).await?;
        record.complete(&asked, self.unit, self.clock).await?;
        beside::sources(record.head(), &asked.sources, self.unit, self.clock).await?;
        self.reading.forget();
        Ok(Some(Saved { kind: T::KIND, id: record.head().id.uuid(), version: 1 }))
    }

    fn head<T>(&self, new: &NewHead) -> Option<Head<T>> {
        // Until it has its own; no record is ever kept under it.
        let code: Code = "new".parse().ok()?;
        let visibility = new.visibility.unwrap_or(Visibility::Public);
        let (id, illustrative) = (Id::from_uuid(self.clock.new_id()), new.illustrative);
        Some(Head { id, code, visibility, effective: visibility, illustrative, version: 1 })
    }

    /// Changes a record; nothing where something is wrong with it.
    pub(crate) async fn update<T: Writable>(
        &mut self,
        base: &str,
        which: &Reference,
        expected: Option<i64>,
        edit: Edit<'_, T>,
    ) -> Result<Option<Saved>, Error> {
        let Some(known) = self.target(base, T::KIND, which, expected).await? else { return Ok(None) };
        let Some(old) = T::find(self.unit, known.id).await? else { return Ok(None) };
        self.update_found(base, &old, edit).await
    }

    /// Changes a record that this unit has read and that the author may change; nothing where something is wrong with it.
    pub(crate) async fn update_found<T: Writable>(
        &mut self,
        base: &str,
        old: &T,
        edit: Edit<'_, T>,
    ) -> Result<Option<Saved>, Error> {
        let wrong_before = self.errors.len();
        let read = |reading: &mut Reading| {
            let mut new = old.clone();
            edit(reading, &mut new);
            new
        };
        let (mut record, asked) = self.read(base, &read).await?;
        self.linked(base, T::KIND, &record.links(), &old.links()).await?;
        let unread = self.wrong_since(wrong_before);
        self.broken(base, T::KIND, &unread, own(record.faults()));
        let across = record.across(Some(old), &asked, self.unit).await?;
        self.broken(base, T::KIND, &unread, across);
        if self.errors.len() > wrong_before {
            return Ok(None);
        }
        let saved = Saved { kind: T::KIND, id: old.head().id.uuid(), version: old.head().version };
        if record == *old {
            record.complete(&asked, self.unit, self.clock).await?;
            return Ok(Some(saved));
        }
        record.head_mut().effective = record.head().visibility;
        record.put(self.unit).await?;
        record.complete(&asked, self.unit, self.clock).await?;
        Ok(Some(Saved { version: saved.version + 1, ..saved }))
    }

    /// Notes the rules that a record would break if it were written, and writes nothing; says whether there are none.
    pub(crate) async fn weigh<T: Writable>(&mut self, base: &str, old: Option<&T>, new: &T) -> Result<bool, Error> {
        let wrong_before = self.errors.len();
        self.broken(base, T::KIND, &[], own(new.faults()));
        let across = new.across(old, &Asked::default(), self.unit).await?;
        self.broken(base, T::KIND, &[], across);
        Ok(self.errors.len() == wrong_before)
    }

    /// Notes the rules that a record breaks by itself.
    pub(crate) fn faulty<T: Writable>(&mut self, base: &str, record: &T) {
        self.broken(base, T::KIND, &[], own(record.faults()));
    }

    /// The record that is to be changed, if it is there, as the client knows it, and not archived.
    pub(crate) async fn target(
        &mut self,
        base: &str,
        kind: Kind,
        which: &Reference,
        expected: Option<i64>,
    ) -> Result<Option<Known>, Error> {
        let path = below(base, "id");
        let Some(known) = self.named(kind, which).await?.filter(|known| known.effective < 0 || known.effective >= self.level())
        else {
            let written: String = which.text.chars().take(100).collect();
            self.refuse(UserErrorCode::NotFound, path, "no-such-record", &[("code", &written)]);
            return Ok(None);
        };
        if known.effective < 0 {
            self.refuse(UserErrorCode::State, path, "record-archived", &[]);
            return Ok(None);
        }
        if !self.expected(base, &known, expected) {
            return Ok(None);
        }
        Ok(Some(known))
    }

    /// The narrowest visibility of which the author sees every record, as it is compared.
    pub(super) fn level(&self) -> i64 {
        self.floor as i64
    }

    /// What is known of a record by its id, else by its code.
    pub(super) async fn named(&self, kind: Kind, which: &Reference) -> Result<Option<Known>, Error> {
        let id = which.id.filter(|(of, _)| *of == kind).map(|(_, id)| id);
        let mut found = self.unit.known(kind, id.as_slice(), &[which.text.as_str()]).await?;
        found.sort_by_key(|known| Some(known.id) != id);
        Ok(found.into_iter().next())
    }

    /// Whether nobody has changed the record since the client read it.
    pub(super) fn expected(&mut self, base: &str, known: &Known, expected: Option<i64>) -> bool {
        let as_expected = expected.is_none_or(|version| version == known.version);
        if !as_expected {
            let message = say(self.lang, "conflict", &[("version", &known.version.to_string())]);
            let mut error = UserError::new(UserErrorCode::Conflict, below(base, "expectedVersion"), message);
            error.current_version = Some(known.version);
            self.errors.push(error);
        }
        as_expected
    }

    /// What is known of all that a record points at and did not point at before. It must be there for the author.
    async fn linked(&mut self, base: &str, kind: Kind, links: &Links, before: &Links) -> Result<HashMap<Uuid, Known>, Error> {
        let standing: HashSet<Uuid> = before.0.iter().map(|link| link.id).collect();
        // Whatever could not be read points at nobody.
        let new = || links.0.iter().filter(|link| !link.id.is_nil() && !standing.contains(&link.id));
        let mut kinds: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
        for link in new() {
            kinds.entry(link.kind).or_default().push(link.id);
        }
        let mut known = HashMap::new();
        for (kind, mut ids) in kinds {
            ids.sort_unstable();
            ids.dedup();
            known.extend(self.unit.known(kind, &ids, &[]).await?.into_iter().map(|k| (k.id, k)));
        }
        for link in new() {
            if known.get(&link.id).is_none_or(|k| k.effective < self.level()) {
                let path = below(base, &input_path(kind, link.path));
                self.refuse(UserErrorCode::NotFound, path, "link-missing", &[]);
            }
        }
        Ok(known)
    }

    /// The code of a new record; nothing where it cannot have one, which is noted.
    async fn code(
        &mut self,
        base: &str,
        kind: Kind,
        given: Option<&str>,
        naming: Naming,
        known: &HashMap<Uuid, Known>,
    ) -> Result<Option<Code>, Error> {
        let path = below(base, "code");
        let written = match (naming, given) {
            (Naming::Nothing, _) => return Ok(None),
            (Naming::Own, None) => {
                self.refuse(UserErrorCode::Invalid, path, "code-missing", &[]);
                return Ok(None);
            }
            (Naming::Own, Some(code)) if code.contains(':') => {
                self.refuse(UserErrorCode::Invalid, path, "code-colon", &[]);
                return Ok(None);
            }
            (Naming::Own | Naming::Said(_), Some(code)) => code.to_owned(),
            (Naming::Said(said), None) => said,
            (Naming::Part { of, part, counted }, given) => {
                // What it belongs to is not there, which was told.
                let Some(owner) = known.get(&of).map(|k| k.code.as_str()) else { return Ok(None) };
                let what = part.split(':').next().unwrap_or_default();
                match given {
                    Some(code) if !code.contains(':') => format!("{owner}:{what}:{code}"),
                    Some(code) if code.strip_prefix(owner).is_some_and(|rest| rest.starts_with(':')) => code.to_owned(),
                    Some(_) => {
                        self.refuse(UserErrorCode::Invalid, path, "code-owner", &[("owner", owner)]);
                        return Ok(None);
                    }
                    None if counted => self.next(kind, &format!("{owner}:{part}")).await?,
                    // A number such as `1.2 a` is no code: then parts are counted.
                    None => match format!("{owner}:{part}") {
                        code if code.parse::<Code>().is_ok() => code,
                        _ => self.next(kind, &format!("{owner}:{what}")).await?,
                    },
                }
            }
        };
        let shown: String = written.chars().take(100).collect();
        let Ok(code) = written.parse::<Code>() else {
            self.refuse(UserErrorCode::Invalid, path, "code-form", &[("code", &shown)]);
            return Ok(None);
        };
        // What is archived keeps its code.
        if !self.unit.known(kind, &[], &[code.as_str()]).await?.is_empty() {
            self.refuse(UserErrorCode::Taken, path, "code-taken", &[("code", &shown)]);
            return Ok(None);
        }
        Ok(Some(code))
    }

    /// The next free number below a code.
    async fn next(&self, kind: Kind, below: &str) -> Result<String, Error> {
        let prefix = format!("{below}:");
        let taken = self.unit.codes_below(kind, &prefix).await?;
        let number = |code: &String| code.strip_prefix(&prefix)?.split(':').next()?.parse::<u64>().ok();
        let last = taken.iter().filter_map(number).max().unwrap_or(0);
        Ok(format!("{prefix}{}", last.saturating_add(1)))
    }
}

fn own(faults: Faults) -> impl Iterator<Item = Broken> {
    faults.0.into_iter().map(Broken::Rule)
}
