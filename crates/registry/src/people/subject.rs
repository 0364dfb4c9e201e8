//! All that is kept of someone: as a person whom a source names, as a participant of events, or both.

use std::collections::BTreeSet;

use ketnoi_domain::{Called, Contact, ContactKind, Kind, Lang, Participant, Person, PublicRole};
use ketnoi_persistence::UnitOfWork;
use uuid::Uuid;

use super::wrong;
use crate::{Error, Reference, UserErrorCode, WriteError};

/// So many are named at once at most.
const MOST: usize = 100;

/// Someone of whom data are kept, as it stands in a unit: the archived as well.
#[derive(Clone, Debug, Default)]
pub(super) struct DataSubject {
    /// The persons whom published sources name.
    pub(super) persons: Vec<Person>,
    /// Their roles.
    pub(super) roles: Vec<PublicRole>,
    /// The entries as participant: those that were named, and those that are tied to the persons.
    pub(super) participants: Vec<Participant>,
    /// Those of the persons who were erased before.
    pub(super) erased: Vec<Uuid>,
}

impl DataSubject {
    /// Finds someone by their code or id as a person, or by the ids of their entries as a participant; several of these where
    /// they are one and the same.
    pub(super) async fn find(unit: &UnitOfWork, lang: Lang, who: &[Reference]) -> Result<Self, WriteError> {
        if who.is_empty() || who.len() > MOST {
            return Err(wrong(lang, UserErrorCode::Invalid, "people", "list-long", &[("most", &MOST.to_string())]).into());
        }
        let (mut persons, mut entries, mut errors) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        for (i, one) in who.iter().enumerate() {
            let id = match one.id {
                Some((Kind::Person, id)) => Some(id),
                _ => one.text.parse::<Uuid>().ok(),
            };
            let known = unit.known(Kind::Person, id.as_slice(), &[one.text.as_str()]).await?;
            if let Some(person) = known.first() {
                persons.insert(person.id);
            } else if let Some(id) = id.filter(|_| one.id.is_none())
                && !unit.participants(&[id]).await?.is_empty()
            {
                entries.insert(id);
            } else {
                errors.push(wrong(lang, UserErrorCode::NotFound, format!("people.{i}"), "person-unknown", &[]));
            }
        }
        if !errors.is_empty() {
            return Err(WriteError::Refused(errors));
        }
        let persons: Vec<Uuid> = persons.into_iter().collect();
        entries.extend(unit.participants_of_persons(&persons).await?.iter().map(|p| p.id));
        let entries: Vec<Uuid> = entries.into_iter().collect();
        Ok(Self {
            roles: unit.every::<PublicRole>("person_id", &persons).await?,
            participants: unit.participants(&entries).await?,
            erased: unit.erased_among(&persons).await?,
            persons: unit.every::<Person>("id", &persons).await?,
        })
    }

    /// The ids of persons and roles: those of records.
    pub(super) fn records(&self) -> Vec<Uuid> {
        let persons = self.persons.iter().map(|p| p.head.id.uuid());
        persons.chain(self.roles.iter().map(|r| r.head.id.uuid())).collect()
    }

    /// The ids of the entries.
    pub(super) fn entries(&self) -> Vec<Uuid> {
        self.participants.iter().map(|p| p.id).collect()
    }

    /// What they are called and reached by. How an organisation is reached as well tells of nobody; nor does an address.
    pub(super) async fn called(&self, unit: &UnitOfWork) -> Result<Called, Error> {
        let contacts = self.roles.iter().flat_map(|r| &r.contacts).chain(self.participants.iter().flat_map(|p| &p.contacts));
        let own = |c: &&Contact| matches!(c.kind, ContactKind::Email | ContactKind::Telephone);
        let values: BTreeSet<&str> = contacts.filter(own).map(|c| c.value.as_str()).collect();
        let mut reached = Vec::new();
        for value in values {
            if !unit.reaches_an_organisation(value).await? {
                reached.push(value);
            }
        }
        let mut called = Called::of(self.participants.iter().map(|p| p.name.as_str()), reached, None);
        for person in self.persons.iter().filter(|p| !self.erased.contains(&p.head.id.uuid())) {
            let names = person.name.iter().map(|(_, name)| name);
            called = called.and(Called::of(names, [], Some(person.head.code.as_str())));
        }
        Ok(called)
    }

    /// What the trail says of whom something was done with: ids and nothing else.
    pub(super) fn noted(&self) -> String {
        let persons = self.persons.iter().map(|p| format!("person {}", p.head.id));
        let entries = self.participants.iter().map(|p| format!("participant {}", p.id));
        persons.chain(entries).collect::<Vec<_>>().join("; ")
    }
}
