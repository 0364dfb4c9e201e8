//! People's data: participants by name, consent, export and erasure.

mod shapes;

use async_graphql::{Context, ID, Json, MaybeUndefined, Object};
use ketnoi_domain::{Contact, DataPurpose, PersonalRecord};
use ketnoi_registry::{
    Reference, Stored, WriteError,
    people::{ConsentOf, GoneReport, KeptParticipants, Mention, NewParticipant, NewParticipants, ParticipantChange},
};
use uuid::Uuid;

use super::{input::reference, payload::settle};
use crate::{
    batch::{Batch, View},
    enums::E,
    error::{Result, bad_input, from_registry},
    exec::{Many, One},
    global_id,
    query::people::{consents, shown},
    request::{author, lang, registry, session, volatile},
    scalars::Date,
};
use shapes::{
    AddParticipantsInput, ConsentPayload, ErasePersonInput, ErasePersonPayload, ExportPersonInput, ExportPersonPayload,
    ParticipantContactInput, ParticipantInput, ParticipantsPayload, PersonMention, PersonalRecordPayload, RecordConsentInput,
    RemoveParticipantInput, RemovedReport, SetPersonalRecordInput, UpdateParticipantInput, WithdrawConsentInput,
};

fn contacts(given: &[ParticipantContactInput]) -> Vec<Contact> {
    given.iter().map(|c| Contact { kind: c.kind.0, value: c.value.clone() }).collect()
}

/// What a field points at now; nothing where it was left out.
fn pointed(given: &MaybeUndefined<ID>) -> Option<Option<Reference>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(id) => Some(Some(reference(id))),
    }
}

impl ParticipantInput {
    fn read(&self) -> NewParticipant {
        NewParticipant {
            name: self.name.clone(),
            delegation: self.delegation.as_ref().map(reference),
            person: self.person.as_ref().map(reference),
            organisation: self.organisation.as_ref().map(reference),
            authority: self.authority.as_ref().map(reference),
            category: self.category.0,
            sex: self.sex.map(|sex| sex.0),
            contacts: contacts(&self.contacts),
            consents: self.consents.iter().map(|c| (c.given_for.0, c.given_on.0)).collect(),
        }
    }
}

impl UpdateParticipantInput {
    fn read(&self) -> ParticipantChange {
        ParticipantChange {
            expected_version: self.expected_version,
            name: self.name.clone(),
            delegation: pointed(&self.delegation),
            person: pointed(&self.person),
            organisation: pointed(&self.organisation),
            authority: pointed(&self.authority),
            category: self.category.map(|category| category.0),
            sex: (!self.sex.is_undefined()).then(|| self.sex.value().map(|sex| sex.0)),
            contacts: self.contacts.as_deref().map(contacts),
            purpose: self.purpose.map(|purpose| purpose.0),
            legal_basis: self.legal_basis.map(|basis| basis.0),
            retain_until: self.retain_until.map(|day| day.0),
            recount: self.recount,
        }
    }
}

/// The id of an entry as clients give it.
fn entry_id(id: &ID) -> Result<Uuid> {
    id.parse().map_err(|_| bad_input("this is no id of a participant: use an `id` as an answer gave it"))
}

/// Records as the caller may see them.
async fn records<T: Stored>(ctx: &Context<'_>, ids: &[Uuid]) -> Result<Many<View<T>>> {
    if ids.is_empty() {
        return Ok(Many(Vec::new()));
    }
    let batch = Batch::new(session(ctx).by_ids::<T>(ids).await.map_err(from_registry)?);
    Ok(Many(View::all(&batch, 0..batch.len())))
}

/// Parts what came of a change of participants.
async fn settled(ctx: &Context<'_>, done: std::result::Result<KeptParticipants, WriteError>) -> Result<One<ParticipantsPayload>> {
    let (kept, errors) = settle(done)?;
    let kept = kept.unwrap_or_default();
    let all = if kept.participants.is_empty() {
        Vec::new()
    } else {
        session(ctx).participants_by_ids(lang(ctx), &kept.participants).await.map_err(from_registry)?
    };
    Ok(One(ParticipantsPayload {
        participants: Many(shown(ctx, all).await?),
        participant_counts: records(ctx, &kept.counts).await?,
        errors: Many(errors),
    }))
}

fn consented(done: std::result::Result<Vec<ketnoi_domain::Consent>, WriteError>) -> Result<One<ConsentPayload>> {
    let (all, errors) = settle(done)?;
    Ok(One(ConsentPayload { consents: consents(&all.unwrap_or_default()), errors: Many(errors) }))
}

fn removed(gone: GoneReport) -> RemovedReport {
    let report = gone.report;
    RemovedReport {
        report: report.definition,
        subject: report.subject,
        lang: report.lang,
        audience: report.audience,
        taken: report.taken,
        report_job: gone.job.map(|id| ID(id.to_string())),
    }
}

fn mentioned(mention: Mention) -> PersonMention {
    let record = mention.kind().zip(mention.id).map(|(kind, id)| global_id::encode(kind, id));
    PersonMention { table: mention.table, column: mention.column, record }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Mutations on people's data.
#[derive(Debug, Default)]
pub(crate) struct People;

#[Object(name = "PeopleMutation")]
impl People {
    /// Adds those who took part in an event by name, for administration alone. For officers and administrators, and for their
    /// keys with the scopes `registry:write` and `events:people`.
    async fn add_participants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and what holds for all of them.")] input: Box<AddParticipantsInput>,
    ) -> Result<One<ParticipantsPayload>> {
        volatile(ctx);
        let new = NewParticipants {
            event: reference(&input.event),
            delegation: input.delegation.as_ref().map(reference),
            purpose: input.purpose.map_or(DataPurpose::EventAdministration, |purpose| purpose.0),
            legal_basis: input.legal_basis.0,
            retain_until: input.retain_until.map(|day| day.0),
            recount: input.recount,
            all: input.participants.iter().map(ParticipantInput::read).collect(),
        };
        settled(ctx, Box::pin(registry(ctx).add_participants(&author(ctx), &new)).await).await
    }

    /// Changes an entry of a participant.
    async fn update_participant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what of it.")] input: Box<UpdateParticipantInput>,
    ) -> Result<One<ParticipantsPayload>> {
        volatile(ctx);
        let (id, change) = (entry_id(&input.id)?, input.read());
        settled(ctx, Box::pin(registry(ctx).update_participant(&author(ctx), id, &change)).await).await
    }

    /// Takes an entry of a participant away.
    async fn remove_participant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RemoveParticipantInput,
    ) -> Result<One<ParticipantsPayload>> {
        volatile(ctx);
        let id = entry_id(&input.id)?;
        settled(ctx, Box::pin(registry(ctx).remove_participant(&author(ctx), id, input.recount)).await).await
    }

    /// Notes that a participant or a person agreed to something.
    async fn record_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and to what.")] input: RecordConsentInput,
    ) -> Result<One<ConsentPayload>> {
        volatile(ctx);
        let on = input.given_on.map(|day| day.0);
        let given = ConsentOf { who: reference(&input.who), given_for: input.given_for.0, on };
        consented(Box::pin(registry(ctx).record_consent(&author(ctx), &given)).await)
    }

    /// Notes that a participant or a person took back what they agreed to. Who is kept as a participant by consent alone is due
    /// from then on, and gone with the next sweep.
    async fn withdraw_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and what.")] input: WithdrawConsentInput,
    ) -> Result<One<ConsentPayload>> {
        volatile(ctx);
        let on = input.withdrawn_on.map(|day| day.0);
        let withdrawn = ConsentOf { who: reference(&input.who), given_for: input.given_for.0, on };
        consented(Box::pin(registry(ctx).withdraw_consent(&author(ctx), &withdrawn)).await)
    }

    /// Says for what a person is kept whom a published source names, on which ground and until when.
    async fn set_personal_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and for what.")] input: SetPersonalRecordInput,
    ) -> Result<One<PersonalRecordPayload>> {
        volatile(ctx);
        let until = (!input.retain_until.is_undefined()).then(|| input.retain_until.value().map(|day| day.0));
        let (purpose, basis) = (input.purpose.map(|p| p.0), input.legal_basis.map(|b| b.0));
        let set = move |old: PersonalRecord| PersonalRecord {
            purpose: purpose.unwrap_or(old.purpose),
            legal_basis: basis.unwrap_or(old.legal_basis),
            retain_until: until.unwrap_or(old.retain_until),
            ..old
        };
        let done = Box::pin(registry(ctx).set_personal_record(&author(ctx), &reference(&input.person), set)).await;
        let (record, errors) = settle(done)?;
        Ok(One(PersonalRecordPayload {
            purpose: record.map(|r| E(r.purpose)),
            legal_basis: record.map(|r| E(r.legal_basis)),
            retain_until: record.and_then(|r| r.retain_until).map(Date),
            errors: Many(errors),
        }))
    }

    /// Hands out everything that is kept of someone who asks for it, with explanations in the language of the request. That it
    /// was handed out is in the audit trail. For administrators.
    async fn export_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: ExportPersonInput,
    ) -> Result<One<ExportPersonPayload>> {
        volatile(ctx);
        let who: Vec<Reference> = input.people.iter().map(reference).collect();
        let (export, errors) = settle(Box::pin(registry(ctx).export_people(&author(ctx), &who)).await)?;
        Ok(One(ExportPersonPayload { export: export.flatten().map(Json), errors: Many(errors) }))
    }

    /// Erases someone for good. A person's record stays without a name, so that offices and events are as they were; entries as
    /// participant go, and so do the reports that name them. Counts stay. It cannot be undone. For administrators.
    async fn erase_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and why.")] input: ErasePersonInput,
    ) -> Result<One<ErasePersonPayload>> {
        volatile(ctx);
        let who: Vec<Reference> = input.people.iter().map(reference).collect();
        let (done, errors) = settle(Box::pin(registry(ctx).erase_people(&author(ctx), &who, &input.reason)).await)?;
        let erased = done.is_some();
        let done = done.unwrap_or_default();
        Ok(One(ErasePersonPayload {
            persons: records(ctx, &done.persons).await?,
            roles: erased.then_some(count(done.roles.len())),
            participants: erased.then_some(count(done.participants)),
            statements: erased.then_some(count(done.statements)),
            reports: Many(done.reports.into_iter().map(removed).collect()),
            mentions: Many(done.mentions.into_iter().map(mentioned).collect()),
            errors: Many(errors),
        }))
    }
}
