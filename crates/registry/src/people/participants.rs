//! Those who took part in an event, by name: added all together or none, changed, taken away, and listed.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use ketnoi_domain::{
    Action, Consent, ConsentScope, Contact, DataPurpose, Delegation, Event, Id, Kind, Lang, LegalBasis, PartialDate, Participant,
    ParticipantCategory, Sex,
};
use ketnoi_persistence::{
    UnitOfWork,
    people::{self, ParticipantPlace},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Looking, faults, recount::key_of, refused, sees_people, trimmed, wrong};
use crate::{Author, Error, Reference, Registry, Session, UserError, UserErrorCode, WriteError, wording::say};

/// So many are added at once at most.
const MOST: usize = 500;

/// Someone who took part.
#[derive(Clone, Debug)]
pub struct NewParticipant {
    /// The name, as the person writes it.
    pub name: String,
    /// The delegation that they came with, in place of that of all.
    pub delegation: Option<Reference>,
    /// The person, if a published source names them as well.
    pub person: Option<Reference>,
    /// The organisation that they came from.
    pub organisation: Option<Reference>,
    /// The local authority that they came from.
    pub authority: Option<Reference>,
    /// On whose side they came.
    pub category: ParticipantCategory,
    /// Their sex, if they stated it.
    pub sex: Option<Sex>,
    /// How to reach them.
    pub contacts: Vec<Contact>,
    /// What they agreed to, and when.
    pub consents: Vec<(ConsentScope, NaiveDate)>,
}

/// Those who took part in an event, and what holds for all of them.
#[derive(Clone, Debug)]
pub struct NewParticipants {
    /// The event.
    pub event: Reference,
    /// The delegation that they came with.
    pub delegation: Option<Reference>,
    /// For what they are kept.
    pub purpose: DataPurpose,
    /// On which ground.
    pub legal_basis: LegalBasis,
    /// The last day on which they are kept; where nobody says, two years after the event.
    pub retain_until: Option<NaiveDate>,
    /// Whether the counts of the event, which others see, are to say what these entries say.
    pub recount: bool,
    /// Who.
    pub all: Vec<NewParticipant>,
}

/// What is to become of an entry; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct ParticipantChange {
    /// The version that the author has seen.
    pub expected_version: Option<i64>,
    /// The name.
    pub name: Option<String>,
    /// The delegation, or none.
    pub delegation: Option<Option<Reference>>,
    /// The person, or none.
    pub person: Option<Option<Reference>>,
    /// The organisation, or none.
    pub organisation: Option<Option<Reference>>,
    /// The local authority, or none.
    pub authority: Option<Option<Reference>>,
    /// On whose side they came.
    pub category: Option<ParticipantCategory>,
    /// Their sex, or that it is unknown.
    pub sex: Option<Option<Sex>>,
    /// How to reach them.
    pub contacts: Option<Vec<Contact>>,
    /// For what they are kept.
    pub purpose: Option<DataPurpose>,
    /// On which ground.
    pub legal_basis: Option<LegalBasis>,
    /// The last day on which they are kept.
    pub retain_until: Option<NaiveDate>,
    /// Whether the counts of the event are to follow.
    pub recount: bool,
}

/// What a change of participants came to: ids alone, because it is kept for those who ask again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptParticipants {
    /// The entries, in the order in which they were given; those that are gone are among them.
    pub participants: Vec<Uuid>,
    /// The counts that were brought in line.
    pub counts: Vec<Uuid>,
}

/// A part of those who took part in an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParticipantPage {
    /// The entries with their places, in the order of the names.
    pub participants: Vec<(Participant, ParticipantPlace)>,
    /// Whether there are more behind them.
    pub more: bool,
}

impl Session {
    /// Those who took part in an event, or in one delegation to it, by name. Only for who may see people.
    pub async fn participants(
        &self,
        lang: Lang,
        (event, delegation): (Id<Event>, Option<Id<Delegation>>),
        first: u32,
        after: Option<&ParticipantPlace>,
    ) -> Result<ParticipantPage, Error> {
        self.lists_participants(lang, event).await?;
        let (which, size) = ((event.uuid(), delegation.map(Id::uuid)), usize::try_from(first).unwrap_or(usize::MAX));
        let mut found = people::participants(self.reader(), which, u64::from(first) + 1, after).await?;
        let more = found.len() > size;
        found.truncate(size);
        Ok(ParticipantPage { participants: found, more })
    }

    /// How many of them there are.
    pub async fn participant_count(
        &self,
        lang: Lang,
        event: Id<Event>,
        delegation: Option<Id<Delegation>>,
    ) -> Result<i64, Error> {
        self.lists_participants(lang, event).await?;
        Ok(people::participant_count(self.reader(), event.uuid(), delegation.map(Id::uuid)).await?)
    }

    /// Those with these ids, in the order given; without those of events that the viewer may not see.
    pub async fn participants_by_ids(&self, lang: Lang, ids: &[Uuid]) -> Result<Vec<Participant>, Error> {
        sees_people(&Author::of(self.viewer().clone(), lang), "list participants")?;
        let found = people::participants_by_ids(self.reader(), ids).await?;
        let mut events: Vec<Uuid> = found.iter().map(|p| p.event.uuid()).collect();
        events.sort_unstable();
        events.dedup();
        let seen: BTreeSet<Id<Event>> = self.by_ids::<Event>(&events).await?.iter().map(|e| e.head.id).collect();
        let mut by_id: HashMap<Uuid, Participant> =
            found.into_iter().filter(|p| seen.contains(&p.event)).map(|p| (p.id, p)).collect();
        Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
    }

    async fn lists_participants(&self, lang: Lang, event: Id<Event>) -> Result<(), Error> {
        sees_people(&Author::of(self.viewer().clone(), lang), "list participants")?;
        if self.by_ids::<Event>(&[event.uuid()]).await?.is_empty() {
            return Err(Error::NotFound { kind: "event", code: event.to_string() });
        }
        Ok(())
    }
}

impl Registry {
    /// Adds those who took part in an event, all of them or none.
    pub async fn add_participants(&self, author: &Author, new: &NewParticipants) -> Result<KeptParticipants, WriteError> {
        sees_people(author, "add participants")?;
        let today = self.today();
        self.change(author, Action::Write, "add participants", async |unit| {
            let mut looking = Looking::begin(author);
            let event = looking.find(unit, Kind::Event, "event", &new.event).await?.unwrap_or_default();
            let whole = unit.found::<Event>(&[event]).await?.pop();
            let ended = whole.and_then(|e| e.period.to).map(PartialDate::to);
            let retain_until = new.retain_until.unwrap_or_else(|| Participant::usual_retention(ended, today));
            let given = looking.maybe(unit, Kind::Delegation, "delegation", new.delegation.as_ref()).await?;
            within(unit, &mut looking, event, given, "delegation").await?;
            if new.all.is_empty() || new.all.len() > MOST {
                looking.wrong(UserErrorCode::Invalid, "participants", "list-long", &[("most", &MOST.to_string())]);
            }
            let mut all = Vec::with_capacity(new.all.len());
            for (i, one) in new.all.iter().take(MOST).enumerate() {
                let base = format!("participants.{i}");
                let at = |field: &str| format!("{base}.{field}");
                let own = looking.maybe(unit, Kind::Delegation, &at("delegation"), one.delegation.as_ref()).await?;
                within(unit, &mut looking, event, own, &at("delegation")).await?;
                let person = looking.maybe(unit, Kind::Person, &at("person"), one.person.as_ref()).await?;
                let organisation =
                    looking.maybe(unit, Kind::Organisation, &at("organisation"), one.organisation.as_ref()).await?;
                let authority = looking.maybe(unit, Kind::LocalAuthority, &at("authority"), one.authority.as_ref()).await?;
                if one.consents.iter().any(|(_, on)| *on > today) {
                    looking.wrong(UserErrorCode::Invalid, at("consents"), "consent-future", &[]);
                }
                let consent = |(given_for, given_on): &(ConsentScope, NaiveDate)| Consent {
                    id: self.clock.new_id(),
                    given_for: *given_for,
                    given_on: *given_on,
                    withdrawn_on: None,
                };
                let participant = Participant {
                    id: self.clock.new_id(),
                    event: Id::from_uuid(event),
                    delegation: own.or(given).map(Id::from_uuid),
                    person: person.map(Id::from_uuid),
                    organisation: organisation.map(Id::from_uuid),
                    authority: authority.map(Id::from_uuid),
                    name: one.name.trim().to_owned(),
                    category: one.category,
                    sex: one.sex,
                    contacts: trimmed(&one.contacts),
                    purpose: new.purpose,
                    legal_basis: new.legal_basis,
                    retain_until,
                    consents: one.consents.iter().map(consent).collect(),
                    version: 1,
                };
                for error in faults(&participant, today, author.lang, &base) {
                    // What is wrong for all of them is told once.
                    if !looking.errors.contains(&error) {
                        looking.errors.push(error);
                    }
                }
                all.push(participant);
            }
            if retain_until < today {
                looking.wrong(UserErrorCode::Invalid, "retainUntil", "retention-past", &[]);
            }
            if !looking.errors.is_empty() {
                return Err(WriteError::Refused(looking.errors));
            }
            for participant in &all {
                unit.add_participant(participant).await?;
            }
            unit.note(&format!("{} participants of event {event}", all.len()));
            let counts = if new.recount { self.recount(unit, author, event, BTreeSet::new()).await? } else { Vec::new() };
            Ok(KeptParticipants { participants: all.iter().map(|p| p.id).collect(), counts })
        })
        .await
    }

    /// Changes an entry.
    pub async fn update_participant(
        &self,
        author: &Author,
        id: Uuid,
        change: &ParticipantChange,
    ) -> Result<KeptParticipants, WriteError> {
        sees_people(author, "update participant")?;
        let today = self.today();
        self.change(author, Action::Write, "update participant", async |unit| {
            let old = entry(unit, author, id).await?;
            if change.expected_version.is_some_and(|seen| seen != old.version) {
                let version = old.version.to_string();
                let conflict =
                    wrong(author.lang, UserErrorCode::Conflict, "expectedVersion", "conflict", &[("version", &version)]);
                return Err(UserError { current_version: Some(old.version), ..conflict }.into());
            }
            let mut looking = Looking::begin(author);
            let mut new = old.clone();
            if let Some(delegation) = &change.delegation {
                let found = looking.maybe(unit, Kind::Delegation, "delegation", delegation.as_ref()).await?;
                within(unit, &mut looking, old.event.uuid(), found, "delegation").await?;
                new.delegation = found.map(Id::from_uuid);
            }
            if let Some(person) = &change.person {
                new.person = looking.maybe(unit, Kind::Person, "person", person.as_ref()).await?.map(Id::from_uuid);
            }
            if let Some(organisation) = &change.organisation {
                let found = looking.maybe(unit, Kind::Organisation, "organisation", organisation.as_ref()).await?;
                new.organisation = found.map(Id::from_uuid);
            }
            if let Some(authority) = &change.authority {
                let found = looking.maybe(unit, Kind::LocalAuthority, "authority", authority.as_ref()).await?;
                new.authority = found.map(Id::from_uuid);
            }
            if let Some(name) = &change.name {
                name.trim().clone_into(&mut new.name);
            }
            if let Some(contacts) = &change.contacts {
                new.contacts = trimmed(contacts);
            }
            new.category = change.category.unwrap_or(new.category);
            new.sex = change.sex.unwrap_or(new.sex);
            new.purpose = change.purpose.unwrap_or(new.purpose);
            new.legal_basis = change.legal_basis.unwrap_or(new.legal_basis);
            new.retain_until = change.retain_until.unwrap_or(new.retain_until);
            looking.errors.extend(new.faults(today).into_iter().map(|fault| refused(author.lang, "", fault)));
            if !looking.errors.is_empty() {
                return Err(WriteError::Refused(looking.errors));
            }
            if new != old {
                unit.set_participant(&new).await?;
                unit.note(&format!("participant {id}"));
            }
            let counts = if change.recount {
                self.recount(unit, author, old.event.uuid(), BTreeSet::from([key_of(&old)])).await?
            } else {
                Vec::new()
            };
            Ok(KeptParticipants { participants: vec![id], counts })
        })
        .await
    }

    /// Takes an entry away. The counts stay as they are, unless they are to follow.
    pub async fn remove_participant(&self, author: &Author, id: Uuid, recount: bool) -> Result<KeptParticipants, WriteError> {
        sees_people(author, "remove participant")?;
        self.change(author, Action::Write, "remove participant", async |unit| {
            let old = entry(unit, author, id).await?;
            unit.remove_participants(&[id]).await?;
            unit.note(&format!("participant {id}"));
            let counts = if recount {
                self.recount(unit, author, old.event.uuid(), BTreeSet::from([key_of(&old)])).await?
            } else {
                Vec::new()
            };
            Ok(KeptParticipants { participants: vec![id], counts })
        })
        .await
    }
}

/// The entry of this id, of an event that the author may see.
async fn entry(unit: &UnitOfWork, author: &Author, id: Uuid) -> Result<Participant, WriteError> {
    let unknown = || UserError::new(UserErrorCode::NotFound, "id", say(author.lang, "participant-unknown", &[]));
    let found = unit.participants(&[id]).await?.pop().ok_or_else(unknown)?;
    let events = unit.known(Kind::Event, &[found.event.uuid()], &[]).await?;
    // An event that is gone hides nobody from those who may mend the entry.
    if events.iter().any(|e| e.effective >= 0 && e.effective < author.viewer.floor() as i64) {
        return Err(unknown().into());
    }
    Ok(found)
}

/// Notes that a delegation went to another event.
async fn within(
    unit: &UnitOfWork,
    looking: &mut Looking<'_>,
    event: Uuid,
    delegation: Option<Uuid>,
    path: &str,
) -> Result<(), Error> {
    let Some(delegation) = delegation.filter(|_| !event.is_nil()) else { return Ok(()) };
    if unit.pointed(Kind::Delegation, "event_id", delegation).await? != Some(event) {
        looking.wrong(UserErrorCode::Invalid, path, "other-whole", &[]);
    }
    Ok(())
}
