//! Those who took part in events, by name: for who may see people, and for nobody else.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use ketnoi_domain::{
    Action, ConsentScope, DataPurpose, Delegation, Event, Id, LegalBasis, LocalAuthority, Organisation, ParticipantCategory,
    Person, Sex,
};
use ketnoi_registry::{Stored, people::ParticipantPlace, say};

use crate::{
    batch::View,
    cursor::{self, mark},
    enums::E,
    error::{Result, from_registry},
    exec::{Many, One},
    global_id,
    list::{PageInfo, sized},
    model::{Contact, accounts::parties, shown_contacts},
    request::{author, lang, registry, session, volatile},
    scalars::Date,
};

/// That someone agreed to something.
#[derive(SimpleObject)]
pub(crate) struct Consent {
    /// Its id.
    id: ID,
    /// To what.
    given_for: E<ConsentScope>,
    /// When it was given.
    given_on: Date,
    /// When it was taken back; null while it stands.
    withdrawn_on: Option<Date>,
}

pub(crate) fn consents(all: &[ketnoi_domain::Consent]) -> Many<Consent> {
    let one = |c: &ketnoi_domain::Consent| Consent {
        id: ID(c.id.to_string()),
        given_for: E(c.given_for),
        given_on: Date(c.given_on),
        withdrawn_on: c.withdrawn_on.map(Date),
    };
    Many(all.iter().map(one).collect())
}

/// Someone who took part in an event, by name.
#[derive(Clone)]
pub(crate) struct Participant {
    it: Arc<ketnoi_domain::Participant>,
    event: Option<View<Event>>,
    delegation: Option<View<Delegation>>,
    person: Option<View<Person>>,
    organisation: Option<View<Organisation>>,
    authority: Option<View<LocalAuthority>>,
}

/// Someone who took part in an event, by name: for administration. It is no record, and nobody else is told of it.
#[Object]
impl Participant {
    /// The id of the entry.
    async fn id(&self) -> ID {
        ID(self.it.id.to_string())
    }
    /// The event; null where it is gone.
    async fn event(&self) -> Option<One<View<Event>>> {
        self.event.clone().map(One)
    }
    /// The delegation that they came with.
    async fn delegation(&self) -> Option<One<View<Delegation>>> {
        self.delegation.clone().map(One)
    }
    /// The person, if a published source names them as well.
    async fn person(&self) -> Option<One<View<Person>>> {
        self.person.clone().map(One)
    }
    /// The organisation that they came from.
    async fn organisation(&self) -> Option<One<View<Organisation>>> {
        self.organisation.clone().map(One)
    }
    /// The local authority that they came from.
    async fn authority(&self) -> Option<One<View<LocalAuthority>>> {
        self.authority.clone().map(One)
    }
    /// The name, as the person writes it.
    async fn name(&self) -> &str {
        &self.it.name
    }
    /// On whose side they came.
    async fn category(&self) -> E<ParticipantCategory> {
        E(self.it.category)
    }
    /// Their sex; null where nobody stated it.
    async fn sex(&self) -> Option<E<Sex>> {
        self.it.sex.map(E)
    }
    /// How to reach them.
    async fn contacts(&self) -> Many<Contact> {
        shown_contacts(&self.it.contacts)
    }
    /// For what the entry is kept.
    async fn purpose(&self) -> E<DataPurpose> {
        E(self.it.purpose)
    }
    /// On which ground.
    async fn legal_basis(&self) -> E<LegalBasis> {
        E(self.it.legal_basis)
    }
    /// The last day on which it is kept.
    async fn retain_until(&self) -> Date {
        Date(self.it.retain_until)
    }
    /// What they agreed to, the oldest first.
    async fn consents(&self) -> Many<Consent> {
        consents(&self.it.consents)
    }
    /// How often the entry was written, from 1.
    async fn version(&self) -> i64 {
        self.it.version
    }
}

/// Entries as clients see them, with what they point at: a statement for each kind, however many there are.
pub(crate) async fn shown(ctx: &Context<'_>, all: Vec<ketnoi_domain::Participant>) -> Result<Vec<Participant>> {
    let events = parties(ctx, all.iter().map(|p| p.event)).await?;
    let delegations = parties(ctx, all.iter().filter_map(|p| p.delegation)).await?;
    let persons = parties(ctx, all.iter().filter_map(|p| p.person)).await?;
    let organisations = parties(ctx, all.iter().filter_map(|p| p.organisation)).await?;
    let authorities = parties(ctx, all.iter().filter_map(|p| p.authority)).await?;
    let one = |p: ketnoi_domain::Participant| Participant {
        event: events.get(&p.event).cloned(),
        delegation: p.delegation.and_then(|id| delegations.get(&id).cloned()),
        person: p.person.and_then(|id| persons.get(&id).cloned()),
        organisation: p.organisation.and_then(|id| organisations.get(&id).cloned()),
        authority: p.authority.and_then(|id| authorities.get(&id).cloned()),
        it: Arc::new(p),
    };
    Ok(all.into_iter().map(one).collect())
}

/// A participant with its place.
#[derive(SimpleObject)]
pub(crate) struct ParticipantEdge {
    /// The entry's place in the list, to go on from.
    cursor: String,
    /// The entry.
    node: One<Participant>,
}

/// Part of those who took part in an event.
pub(crate) struct ParticipantConnection {
    all: Vec<(String, Participant)>,
    more: (bool, bool),
    of: (Id<Event>, Option<Id<Delegation>>),
}

/// Part of those who took part in an event, in the Vietnamese order of their names.
#[Object]
impl ParticipantConnection {
    /// The entries with their cursors.
    async fn edges(&self) -> Many<ParticipantEdge> {
        Many(self.all.iter().map(|(cursor, p)| ParticipantEdge { cursor: cursor.clone(), node: One(p.clone()) }).collect())
    }
    /// The entries.
    async fn nodes(&self) -> Many<Participant> {
        Many(self.all.iter().map(|(_, p)| p.clone()).collect())
    }
    /// Which part of the list this is.
    async fn page_info(&self) -> One<PageInfo> {
        One(PageInfo::over(self.more, &self.all))
    }
    /// How many entries the whole list has: how many came by name, which may be fewer than came.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        session(ctx).participant_count(lang(ctx), self.of.0, self.of.1).await.map_err(from_registry)
    }
}

/// Someone of whom data are kept for longer than they may be.
#[derive(SimpleObject)]
pub(crate) struct DuePerson {
    /// The opaque id of the person, or the id of the entry as participant.
    id: ID,
    /// The code of the person; null for a participant.
    code: Option<String>,
    /// What they are called.
    name: String,
    /// The code of the event that a participant came to; null for a person, and where the event is gone.
    event: Option<String>,
    /// For what they are kept.
    purpose: E<DataPurpose>,
    /// On which ground.
    legal_basis: E<LegalBasis>,
    /// The last day on which they could be kept.
    retain_until: Option<Date>,
}

/// Refuses who may not see people, before anything is looked for.
fn sees_people(ctx: &Context<'_>, action: &str) -> Result<()> {
    if session(ctx).viewer().may(Action::SeePeople) {
        return Ok(());
    }
    let message = say(lang(ctx), "people-forbidden", &[("action", action)]);
    Err(from_registry(ketnoi_registry::Error::Forbidden(message)))
}

/// The record with this id or code, which must be there.
async fn required<T: Stored>(ctx: &Context<'_>, kind: &'static str, id_or_code: &str) -> Result<Id<T>> {
    let found = match global_id::decode(id_or_code) {
        Ok((of, id)) if of == T::KIND => session(ctx).by_ids::<T>(&[id]).await.map(|mut found| found.pop()),
        _ => session(ctx).by_code::<T>(id_or_code).await,
    };
    let missing = || from_registry(ketnoi_registry::Error::NotFound { kind, code: id_or_code.chars().take(100).collect() });
    found.map_err(from_registry)?.map(|record| record.head().id).ok_or_else(missing)
}

/// Questions about people.
#[derive(Debug, Default)]
pub(crate) struct People;

#[Object(name = "PeopleQuery")]
impl People {
    /// Those who took part in an event, or in one delegation to it, by name. For officers and administrators, and for their keys
    /// with the scope `events:people`; everyone else reads `participantCounts`.
    async fn participants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event: its id or its code.")] event: ID,
        #[graphql(desc = "Only those who came with this delegation: its id or its code.")] delegation: Option<ID>,
        #[graphql(desc = "The first so many, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Result<One<ParticipantConnection>> {
        volatile(ctx);
        sees_people(ctx, "list participants")?;
        let size = sized("first", first)?;
        let event = required::<Event>(ctx, "event", &event).await?;
        let delegation = match &delegation {
            Some(delegation) => Some(required::<Delegation>(ctx, "delegation", delegation).await?),
            None => None,
        };
        let list = mark(("participants", event, delegation));
        let place = after.as_deref().map(|cursor| decode(cursor, list)).transpose()?;
        let page =
            session(ctx).participants(lang(ctx), (event, delegation), size, place.as_ref()).await.map_err(from_registry)?;
        let (entries, places): (Vec<_>, Vec<_>) = page.participants.into_iter().unzip();
        let cursors = places.iter().map(|place| encode(place, list));
        let all = cursors.zip(shown(ctx, entries).await?).collect();
        Ok(One(ParticipantConnection { all, more: (after.is_some(), page.more), of: (event, delegation) }))
    }

    /// Of whom data are kept for longer than they may be: persons first, then participants. For officers and administrators, and
    /// for their keys with the scope `events:people`.
    async fn due_people(&self, ctx: &Context<'_>) -> Result<Many<DuePerson>> {
        volatile(ctx);
        let due = registry(ctx).due_people(&author(ctx)).await.map_err(from_registry)?;
        let one = |kept: ketnoi_registry::people::KeptPerson| DuePerson {
            id: if kept.code.is_some() {
                global_id::encode(ketnoi_domain::Kind::Person, kept.id)
            } else {
                ID(kept.id.to_string())
            },
            code: kept.code,
            name: kept.name,
            event: kept.event,
            purpose: E(kept.purpose),
            legal_basis: E(kept.legal_basis),
            retain_until: kept.retain_until.map(Date),
        };
        Ok(Many(due.into_iter().map(one).collect()))
    }
}

/// A place as a cursor of its list.
fn encode(place: &ParticipantPlace, list: u64) -> String {
    cursor::sealed(list, &[place.id.as_bytes(), &place.key])
}

/// The place that a cursor stands for.
fn decode(cursor: &str, list: u64) -> Result<ParticipantPlace> {
    let another = "another list: it goes with the event and delegation that it came with";
    cursor::opened(cursor, list, ("after", another), |bytes| {
        let id = cursor::id(bytes)?;
        Some(ParticipantPlace { key: cursor::rest(bytes), id })
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_cursor_comes_back_as_its_place_and_fits_only_its_list() {
        let place = ParticipantPlace { key: vec![0, 255, 7], id: Uuid::from_u128(9) };
        let cursor = encode(&place, 5);
        assert_eq!(decode(&cursor, 5).unwrap(), place);
        assert!(decode(&cursor, 6).unwrap_err().message.contains("another list"));
        for wrong in ["", "x", "!!!", "AAAA"] {
            assert!(decode(wrong, 5).unwrap_err().message.contains("no cursor"), "{wrong}");
        }
    }
}
