//! What participants and persons agree to, and for what persons are kept.

use chrono::NaiveDate;
use ketnoi_domain::{Action, Consent, ConsentScope, Id, Kind, LegalBasis, Participant, PersonalRecord};
use ketnoi_persistence::UnitOfWork;
use uuid::Uuid;

use super::{Looking, sees_people, wrong};
use crate::{Author, Reference, Registry, UserErrorCode, WriteError};

/// Whose consent, to what, and on which day it was given or taken back.
#[derive(Clone, Debug)]
pub struct ConsentOf {
    /// A participant by the id of the entry, or a person by id or code.
    pub who: Reference,
    /// To what.
    pub given_for: ConsentScope,
    /// The day; today where none is given.
    pub on: Option<NaiveDate>,
}

/// Who agrees.
enum Agreeing {
    Participant(Box<Participant>),
    Person(Uuid),
}

impl Agreeing {
    fn id(&self) -> Uuid {
        match self {
            Self::Participant(participant) => participant.id,
            Self::Person(id) => *id,
        }
    }

    fn noted(&self) -> String {
        match self {
            Self::Participant(participant) => format!("participant {}", participant.id),
            Self::Person(id) => format!("person {id}"),
        }
    }
}

impl Registry {
    /// Notes that someone agreed to something. Who agrees already stays as they are.
    pub async fn record_consent(&self, author: &Author, given: &ConsentOf) -> Result<Vec<Consent>, WriteError> {
        sees_people(author, "record consent")?;
        let today = self.today();
        self.change(author, Action::Write, "record consent", async |unit| {
            let who = agreeing(unit, author, &given.who).await?;
            let given_on = given.on.unwrap_or(today);
            if given_on > today {
                return Err(wrong(author.lang, UserErrorCode::Invalid, "givenOn", "consent-future", &[]).into());
            }
            let stands = consents(unit, who.id()).await?;
            if !stands.iter().any(|c| c.given_for == given.given_for && c.withdrawn_on.is_none()) {
                let consent = Consent { id: self.clock.new_id(), given_for: given.given_for, given_on, withdrawn_on: None };
                unit.add_consent(who.id(), &consent).await?;
                unit.note(&who.noted());
            }
            consents(unit, who.id()).await
        })
        .await
    }

    /// Notes that someone took back what they agreed to. Who is kept as a participant by consent alone is due from then on: the
    /// next sweep takes the entry away.
    pub async fn withdraw_consent(&self, author: &Author, withdrawn: &ConsentOf) -> Result<Vec<Consent>, WriteError> {
        sees_people(author, "withdraw consent")?;
        let today = self.today();
        self.change(author, Action::Write, "withdraw consent", async |unit| {
            let who = agreeing(unit, author, &withdrawn.who).await?;
            let on = withdrawn.on.unwrap_or(today);
            if on > today {
                return Err(wrong(author.lang, UserErrorCode::Invalid, "withdrawnOn", "consent-future", &[]).into());
            }
            let stands = consents(unit, who.id()).await?;
            let given = stands.iter().find(|c| c.given_for == withdrawn.given_for && c.withdrawn_on.is_none());
            if given.is_some_and(|c| on < c.given_on) {
                return Err(wrong(author.lang, UserErrorCode::Invalid, "withdrawnOn", "consent-order", &[]).into());
            }
            if !unit.withdraw_consent(who.id(), withdrawn.given_for, on).await? {
                return Err(wrong(author.lang, UserErrorCode::State, "givenFor", "consent-none", &[]).into());
            }
            if let Agreeing::Participant(participant) = &who
                && participant.legal_basis == LegalBasis::Consent
                && withdrawn.given_for == ConsentScope::Participation
                && let Some(yesterday) = today.pred_opt()
                && participant.retain_until > yesterday
            {
                unit.set_participant(&Participant { retain_until: yesterday, ..(**participant).clone() }).await?;
            }
            unit.note(&who.noted());
            consents(unit, who.id()).await
        })
        .await
    }

    /// Says for what a person is kept whom a published source names, on which ground and until when.
    pub async fn set_personal_record(
        &self,
        author: &Author,
        who: &Reference,
        set: impl Fn(PersonalRecord) -> PersonalRecord + Send + Sync,
    ) -> Result<PersonalRecord, WriteError> {
        sees_people(author, "set personal record")?;
        self.change(author, Action::Write, "set personal record", async |unit| {
            let mut looking = Looking::begin(author);
            let Some(id) = looking.find(unit, Kind::Person, "person", who).await? else {
                return Err(WriteError::Refused(looking.errors));
            };
            if !unit.erased_among(&[id]).await?.is_empty() {
                return Err(wrong(author.lang, UserErrorCode::State, "person", "person-erased", &[]).into());
            }
            let person = Id::from_uuid(id);
            let old = unit.personal_record(person).await?;
            let new = PersonalRecord { person, ..set(old.unwrap_or_else(|| PersonalRecord::usual(person))) };
            if old != Some(new) {
                unit.put_personal_record(&new).await?;
                unit.note(&format!("person {id}"));
            }
            Ok(new)
        })
        .await
    }
}

/// Who is meant: an entry of a participant, or a person.
async fn agreeing(unit: &UnitOfWork, author: &Author, who: &Reference) -> Result<Agreeing, WriteError> {
    if let Ok(id) = who.text.parse::<Uuid>()
        && let Some(participant) = unit.participants(&[id]).await?.pop()
    {
        return Ok(Agreeing::Participant(Box::new(participant)));
    }
    let mut looking = Looking::begin(author);
    match looking.find(unit, Kind::Person, "who", who).await? {
        Some(id) => Ok(Agreeing::Person(id)),
        None => Err(WriteError::Refused(looking.errors)),
    }
}

async fn consents(unit: &UnitOfWork, subject: Uuid) -> Result<Vec<Consent>, WriteError> {
    Ok(unit.consents(&[subject]).await?.into_iter().map(|(_, consent)| consent).collect())
}
