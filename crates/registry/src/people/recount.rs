//! Counts that others see, brought in line with the entries of participants: only where that is asked for.

use std::collections::{BTreeMap, BTreeSet};

use ketnoi_domain::{
    Code, Coded as _, Delegation, Event, Head, Id, Kind, Organisation, Participant, ParticipantCategory, ParticipantCount, Sex,
    Visibility,
};
use ketnoi_persistence::UnitOfWork;
use uuid::Uuid;

use super::wrong;
use crate::{Author, Registry, UserErrorCode, WriteError};

/// Whom a count is of.
pub(super) type Key = (Option<Id<Delegation>>, ParticipantCategory, Option<Id<Organisation>>);

/// The count that an entry is in.
pub(super) fn key_of(participant: &Participant) -> Key {
    (participant.delegation, participant.category, participant.organisation)
}

/// How many of whom.
#[derive(Clone, Copy, Debug, Default)]
struct Heads {
    women: i64,
    men: i64,
    all: i64,
}

impl Heads {
    fn add(&mut self, sex: Option<Sex>) {
        self.all += 1;
        match sex {
            Some(Sex::Female) => self.women += 1,
            Some(Sex::Male) => self.men += 1,
            Some(Sex::Other) | None => {}
        }
    }
}

impl Registry {
    /// Makes the counts of an event say what the entries say, of every side of which there are entries, and of those that are
    /// named: there may be none left. Counts of other sides and of single sessions stay. Gives the counts.
    pub(super) async fn recount(
        &self,
        unit: &mut UnitOfWork,
        author: &Author,
        event: Uuid,
        named: BTreeSet<Key>,
    ) -> Result<Vec<Uuid>, WriteError> {
        let mut groups: BTreeMap<Key, Heads> = named.into_iter().map(|key| (key, Heads::default())).collect();
        for participant in unit.participants_of_event(event).await? {
            groups.entry(key_of(&participant)).or_default().add(participant.sex);
        }
        let Some(whole) = unit.found::<Event>(&[event]).await?.pop() else { return Ok(Vec::new()) };
        let there: Vec<ParticipantCount> = unit.pointing("event_id", event).await?;
        let mut counts = Vec::with_capacity(groups.len());
        for (key, heads) in groups {
            let known = there.iter().find(|c| c.session.is_none() && (c.delegation, c.category, c.organisation) == key);
            let head = match known {
                Some(count) => count.head.clone(),
                None => self.head_of_count(unit, author, &whole, key).await?,
            };
            // Of whom no sex is stated, nothing is known of women and men.
            let stated = heads.women + heads.men > 0 || heads.all == 0;
            let (delegation, category, organisation) = key;
            counts.push(ParticipantCount {
                head,
                event: whole.head.id,
                delegation,
                session: None,
                category,
                organisation,
                women: stated.then_some(heads.women),
                men: stated.then_some(heads.men),
                total: Some(heads.all),
                withheld: false,
            });
        }
        unit.put(&counts).await?;
        Ok(counts.iter().map(|c| c.head.id.uuid()).collect())
    }

    /// The head of a new count, called as the import calls it.
    async fn head_of_count(
        &self,
        unit: &UnitOfWork,
        author: &Author,
        event: &Event,
        (delegation, category, organisation): Key,
    ) -> Result<Head<ParticipantCount>, WriteError> {
        let owner = match delegation {
            Some(delegation) => code_of(unit, Kind::Delegation, delegation.uuid()).await?,
            None => event.head.code.to_string(),
        };
        let of = match organisation {
            Some(organisation) => format!(":{}", code_of(unit, Kind::Organisation, organisation.uuid()).await?),
            None => String::new(),
        };
        let written = format!("{owner}:participants:{}{of}", category.name());
        let refuse = |code, key| wrong(author.lang, code, "recount", key, &[("code", &written)]);
        let code: Code = written.parse().map_err(|_| refuse(UserErrorCode::Invalid, "code-form"))?;
        if !unit.known(Kind::ParticipantCount, &[], &[code.as_str()]).await?.is_empty() {
            // One that is archived keeps its code.
            return Err(refuse(UserErrorCode::Taken, "code-taken").into());
        }
        let visibility = Visibility::Public;
        let (id, illustrative) = (Id::from_uuid(self.clock.new_id()), event.head.illustrative);
        Ok(Head { id, code, visibility, effective: visibility, illustrative, version: 1 })
    }
}

async fn code_of(unit: &UnitOfWork, kind: Kind, id: Uuid) -> Result<String, WriteError> {
    Ok(unit.known(kind, &[id], &[]).await?.pop().map(|known| known.code).unwrap_or_default())
}
