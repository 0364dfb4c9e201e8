//! What a client wrote becomes values of the domain. All that is wrong is noted with its path, and reading goes on: so whoever
//! wrote it can mend everything at once.

use std::collections::{BTreeMap, HashMap};

use ketnoi_domain::{Document, Id, Kind, Lang, LocalAuthority, PartialDate, Record, Subject, SuccessionKind, Visibility};
use ketnoi_persistence::UnitOfWork;
use uuid::Uuid;

use super::{
    UserError, UserErrorCode,
    told::{below, step},
};
use crate::wording::say;

/// A record as a client points at it: by its code, or by the opaque id that an answer gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What was written.
    pub text: String,
    /// The record that it stands for, if it is such an id.
    pub id: Option<(Kind, Uuid)>,
}

impl Reference {
    /// The record with this code.
    pub fn code(code: impl Into<String>) -> Self {
        Self { text: code.into(), id: None }
    }

    /// The record with this id.
    pub fn id<T: Record>(id: Id<T>) -> Self {
        Self { text: id.to_string(), id: Some((T::KIND, id.uuid())) }
    }
}

/// What is asked for with a record and is no part of it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The documents that stand behind it as a whole.
    pub sources: Vec<Id<Document>>,
    /// What it succeeded, in the place of what was known so far.
    pub successor_of: Option<Vec<Followed>>,
    /// The parties of a partnership that is being made.
    pub parties: Vec<Id<LocalAuthority>>,
}

/// A body that another one succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followed {
    /// What was before.
    pub predecessor: Uuid,
    /// How it was followed.
    pub kind: SuccessionKind,
    /// When; may be unknown.
    pub on: Option<PartialDate>,
}

/// How far reading has come, and what was wrong so far.
///
/// It is read twice where something is pointed at: the first time tells what, then all of it is looked up together.
#[derive(Debug)]
pub struct Reading {
    lang: Lang,
    path: Vec<String>,
    known: HashMap<(Kind, String), Option<Uuid>>,
    wanted: BTreeMap<(Kind, String), Option<Uuid>>,
    errors: Vec<UserError>,
    asked: Asked,
}

impl Reading {
    pub(super) fn new(lang: Lang) -> Self {
        let (known, wanted) = (HashMap::new(), BTreeMap::new());
        Self { lang, path: Vec::new(), known, wanted, errors: Vec::new(), asked: Asked::default() }
    }

    /// Begins anew, at a path; what was looked up stays known.
    pub(super) fn begin(&mut self, base: &str) {
        self.path = if base.is_empty() { Vec::new() } else { vec![base.to_owned()] };
        self.errors.clear();
        self.asked = Asked::default();
    }

    /// The language in which whoever wrote is told what is wrong.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// What is asked for with the record.
    pub fn asked(&mut self) -> &mut Asked {
        &mut self.asked
    }

    /// Reads a field, by its name in Rust.
    pub fn at<R>(&mut self, field: &str, read: impl FnOnce(&mut Self) -> R) -> R {
        self.below(step(field), read)
    }

    /// Reads one of a list.
    pub fn item<R>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> R) -> R {
        self.below(index.to_string(), read)
    }

    fn below<R>(&mut self, step: String, read: impl FnOnce(&mut Self) -> R) -> R {
        self.path.push(step);
        let value = read(self);
        self.path.pop();
        value
    }

    /// Notes that what stands here breaks a rule.
    pub fn wrong(&mut self, message: &str, words: &[(&str, &str)]) {
        self.refuse(UserErrorCode::Invalid, message, words);
    }

    fn refuse(&mut self, code: UserErrorCode, message: &str, words: &[(&str, &str)]) {
        let path = self.path.iter().fold(String::new(), |path, step| below(&path, step));
        self.errors.push(UserError::new(code, path, say(self.lang, message, words)));
    }

    /// The record that is pointed at. Where there is none, that is noted, and the id is nobody's.
    pub fn refer<T: Record>(&mut self, reference: &Reference) -> Id<T> {
        Id::from_uuid(self.find(T::KIND, reference))
    }

    /// A record of any kind that sources speak of. Its code would not tell of which kind it is.
    pub fn subject(&mut self, reference: &Reference) -> Subject {
        let Some((kind, _)) = reference.id else {
            self.wrong("subject-by-id", &[]);
            return Subject { kind: Kind::Programme, id: Uuid::nil() };
        };
        Subject { kind, id: self.find(kind, reference) }
    }

    fn find(&mut self, kind: Kind, reference: &Reference) -> Uuid {
        let key = (kind, reference.text.clone());
        match self.known.get(&key).copied() {
            Some(Some(id)) => return id,
            Some(None) => {
                let written: String = reference.text.chars().take(100).collect();
                self.refuse(UserErrorCode::NotFound, "no-such-record", &[("code", &written)]);
            }
            None => {
                let id = reference.id.filter(|(of, _)| *of == kind).map(|(_, id)| id);
                self.wanted.insert(key, id);
            }
        }
        Uuid::nil()
    }

    /// Whether something has to be looked up before it can be read.
    pub(super) fn wants(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// Looks up what was pointed at. What the author may not see is not found, nor is what is archived.
    pub(super) async fn look_up(&mut self, unit: &UnitOfWork, floor: Visibility) -> Result<(), ketnoi_persistence::Error> {
        let mut kinds: BTreeMap<Kind, Vec<(String, Option<Uuid>)>> = BTreeMap::new();
        for ((kind, text), id) in std::mem::take(&mut self.wanted) {
            kinds.entry(kind).or_default().push((text, id));
        }
        for (kind, wanted) in kinds {
            let ids: Vec<Uuid> = wanted.iter().filter_map(|(_, id)| *id).collect();
            let codes: Vec<&str> = wanted.iter().map(|(text, _)| text.as_str()).collect();
            let mut seen = unit.known(kind, &ids, &codes).await?;
            seen.retain(|known| known.effective >= floor as i64);
            let found = |text: &str, id: Option<Uuid>| {
                let by_id = seen.iter().find(|known| Some(known.id) == id);
                by_id.or_else(|| seen.iter().find(|known| known.code == text)).map(|known| known.id)
            };
            let answers: Vec<_> = wanted.iter().map(|(text, id)| ((kind, text.clone()), found(text, *id))).collect();
            self.known.extend(answers);
        }
        Ok(())
    }

    /// What was wrong and what is asked for besides, once reading is done.
    pub(super) fn end(&mut self) -> (Vec<UserError>, Asked) {
        (std::mem::take(&mut self.errors), std::mem::take(&mut self.asked))
    }

    /// Something was made or changed: codes may mean other records by now.
    pub(super) fn forget(&mut self) {
        self.known.retain(|_, found| found.is_some());
    }
}

/// Reading `items` one after another, each under its number.
pub fn each<X, R>(items: &[X], reading: &mut Reading, mut read: impl FnMut(&X, &mut Reading) -> R) -> Vec<R> {
    items.iter().enumerate().map(|(i, x)| reading.item(i, |reading| read(x, reading))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_noted_at_its_path_and_reading_goes_on() {
        let mut reading = Reading::new(Lang::En);
        reading.begin("actuals.3");
        let read = reading.at("reporting_organisation", |r| {
            r.item(2, |r| r.wrong("not-null", &[]));
            7
        });
        reading.wrong("not-null", &[]);
        let (errors, _) = reading.end();
        let paths: Vec<&str> = errors.iter().map(|e| e.path.as_str()).collect();
        assert_eq!((read, paths), (7, vec!["actuals.3.reportingOrganisation.2", "actuals.3"]));
    }
}
