//! How long people are kept: whose time is over, and the sweep that ends it.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use ketnoi_domain::{
    Action, Coded as _, DataPurpose, Event, Id, Kind, LegalBasis, Participant, Person, PersonalRecord, query::Filter,
};
use ketnoi_persistence::{archived_record, people};
use uuid::Uuid;

use super::{Erased, sees_people};
use crate::{Author, Error, Reference, Registry, WriteError, wording::say};

/// Someone of whom data are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPerson {
    /// The person, or the entry as participant.
    pub id: Uuid,
    /// The code of the person; nothing for a participant.
    pub code: Option<String>,
    /// What they are called.
    pub name: String,
    /// The code of the event that a participant came to; nothing for a person, and where the event is gone.
    pub event: Option<String>,
    /// For what they are kept.
    pub purpose: DataPurpose,
    /// On which ground.
    pub legal_basis: LegalBasis,
    /// The last day; open where nobody set one.
    pub retain_until: Option<NaiveDate>,
    /// Whether the time is over.
    pub due: bool,
}

/// What a sweep came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// How many entries of participants were taken away.
    pub participants: usize,
    /// The persons that were erased, one after the other.
    pub persons: Vec<Erased>,
}

impl Registry {
    /// Whose time is over: first persons, then participants, those that are due for longest first.
    pub async fn due_people(&self, author: &Author) -> Result<Vec<KeptPerson>, Error> {
        Ok(self.kept_persons(author).await?.into_iter().filter(|p| p.due).chain(self.due_participants(author).await?).collect())
    }

    /// The persons whom published sources name, with for what and until when each is kept; by code. Those who were erased are
    /// not among them.
    pub async fn kept_persons(&self, author: &Author) -> Result<Vec<KeptPerson>, Error> {
        sees_people(author, "list people")?;
        let today = self.today();
        let said: HashMap<Id<Person>, PersonalRecord> =
            people::personal_records(self.store.reader()).await?.into_iter().map(|record| (record.person, record)).collect();
        let erased = people::erased_ids(self.store.reader()).await?;
        let mut all: Vec<Person> = self.session(author.viewer.clone()).all(&Filter::all()).await?;
        // Time goes on for those who are archived.
        let seen: HashSet<Id<Person>> = all.iter().map(|person| person.head.id).collect();
        for id in said.keys().filter(|id| !seen.contains(id)) {
            all.extend(archived_record::<Person>(self.store.reader(), id.uuid()).await?);
        }
        all.sort_by(|a, b| a.head.code.cmp(&b.head.code));
        let kept = |person: Person| {
            let id = person.head.id;
            let record = said.get(&id).copied().unwrap_or_else(|| PersonalRecord::usual(id));
            KeptPerson {
                id: id.uuid(),
                code: Some(person.head.code.to_string()),
                name: person.name.in_lang(author.lang).to_owned(),
                event: None,
                purpose: record.purpose,
                legal_basis: record.legal_basis,
                retain_until: record.retain_until,
                due: record.retain_until.is_some_and(|until| until < today),
            }
        };
        Ok(all.into_iter().filter(|person| !erased.contains(&person.head.id.uuid())).map(kept).collect())
    }

    async fn due_participants(&self, author: &Author) -> Result<Vec<KeptPerson>, Error> {
        sees_people(author, "list people")?;
        let due = people::due_participants(self.store.reader(), self.today()).await?;
        self.listed(author, due, true).await
    }

    /// Who is called so: persons and participants, whatever the accents.
    pub async fn people_called(&self, author: &Author, name: &str) -> Result<Vec<KeptPerson>, Error> {
        let wanted = ketnoi_domain::fold(name);
        let mut all = self.kept_persons(author).await?;
        let ids: Vec<Uuid> = all.iter().map(|p| p.id).collect();
        // A person may be called otherwise in another language.
        let persons: Vec<Person> = self.session(author.viewer.clone()).by_ids(&ids).await?;
        let called = |p: &Person| p.name.iter().any(|(_, name)| ketnoi_domain::fold(name) == wanted);
        let called: Vec<Uuid> = persons.iter().filter(|p| called(p)).map(|p| p.head.id.uuid()).collect();
        all.retain(|p| called.contains(&p.id));
        let entries = people::participants_called(self.store.reader(), name).await?;
        all.extend(self.listed(author, entries, false).await?);
        Ok(all)
    }

    async fn listed(&self, author: &Author, entries: Vec<Participant>, due: bool) -> Result<Vec<KeptPerson>, Error> {
        let mut events: Vec<Uuid> = entries.iter().map(|p| p.event.uuid()).collect();
        events.sort_unstable();
        events.dedup();
        let events: Vec<Event> = self.session(author.viewer.clone()).by_ids(&events).await?;
        let today = self.today();
        let kept = |p: Participant| KeptPerson {
            id: p.id,
            code: None,
            event: events.iter().find(|e| e.head.id == p.event).map(|e| e.head.code.to_string()),
            name: p.name,
            purpose: p.purpose,
            legal_basis: p.legal_basis,
            retain_until: Some(p.retain_until),
            due: due || p.retain_until < today,
        };
        Ok(entries.into_iter().map(kept).collect())
    }

    /// Takes away what is kept for longer than it may be: entries of participants, and persons, who are erased. What still
    /// names such a person is told as it is at every erasure.
    pub async fn sweep_people(&self, author: &Author) -> Result<Swept, WriteError> {
        let action = "sweep people";
        if !author.viewer.may(Action::Administer) {
            return Err(Error::Forbidden(say(author.lang, "forbidden", &[("action", action)])).into());
        }
        let due = self.due_people(author).await?;
        if due.is_empty() {
            return Ok(Swept::default());
        }
        let today = self.today();
        people::begin_overwriting(&self.store).await;
        let participants = self
            .change(author, Action::Administer, action, async |unit| {
                // What became due or was prolonged in the meantime counts as it stands now.
                let ids: Vec<Uuid> = unit.participants_due(today).await?.into_iter().map(|p| p.id).collect();
                unit.remove_participants(&ids).await?;
                if !ids.is_empty() {
                    unit.note(&format!("{} participants", ids.len()));
                }
                Ok(ids.len())
            })
            .await;
        people::end_overwriting(&self.store).await;
        let mut swept = Swept { participants: participants?, persons: Vec::new() };
        // A claim stands for one change alone.
        let author = Author { claim: None, ..author.clone() };
        for person in due.iter().filter(|kept| kept.code.is_some()) {
            let who = Reference { text: person.id.to_string(), id: Some((Kind::Person, person.id)) };
            swept.persons.push(self.erase_people(&author, &[who], &say(author.lang, "erasure-retention", &[])).await?);
        }
        Ok(swept)
    }
}

impl KeptPerson {
    /// What sort of entry it is, in small letters.
    pub fn sort(&self) -> &'static str {
        if self.code.is_some() { Kind::Person.name() } else { "participant" }
    }
}
