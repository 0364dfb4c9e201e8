//! What mutations on people's data take, and what they give.

use async_graphql::{ID, InputObject, Json, MaybeUndefined, SimpleObject};
use ketnoi_domain::{ConsentScope, ContactKind, DataPurpose, LegalBasis, ParticipantCategory, ParticipantCount, Person, Sex};
use serde_json::Value;

use crate::{
    batch::View,
    enums::E,
    exec::Many,
    mutation::payload::UserError,
    query::people::{Consent, Participant},
    scalars::Date,
};

/// A way to reach someone.
#[derive(InputObject, Debug)]
pub(crate) struct ParticipantContactInput {
    /// By what means.
    pub(super) kind: E<ContactKind>,
    /// The address or number, as it is written.
    pub(super) value: String,
}

/// That someone agreed to something.
#[derive(InputObject, Debug)]
pub(crate) struct ParticipantConsentInput {
    /// To what.
    pub(super) given_for: E<ConsentScope>,
    /// When it was given.
    pub(super) given_on: Date,
}

/// Someone who took part.
#[derive(InputObject, Debug)]
pub(crate) struct ParticipantInput {
    /// The name, as the person writes it.
    pub(super) name: String,
    /// The delegation that they came with, in place of that of all: its id or code.
    pub(super) delegation: Option<ID>,
    /// The person, if a published source names them as well: their id or code.
    pub(super) person: Option<ID>,
    /// The organisation that they came from: its id or code.
    pub(super) organisation: Option<ID>,
    /// The local authority that they came from: its id or code.
    pub(super) authority: Option<ID>,
    /// On whose side they came.
    pub(super) category: E<ParticipantCategory>,
    /// Their sex, if they stated it.
    pub(super) sex: Option<E<Sex>>,
    /// How to reach them.
    #[graphql(default, validator(max_items = 10))]
    pub(super) contacts: Vec<ParticipantContactInput>,
    /// What they agreed to.
    #[graphql(default, validator(max_items = 10))]
    pub(super) consents: Vec<ParticipantConsentInput>,
}

/// Those who took part in an event, and what holds for all of them.
#[derive(InputObject, Debug)]
pub(crate) struct AddParticipantsInput {
    /// The event: its id or code.
    pub(super) event: ID,
    /// The delegation that they came with: its id or code.
    pub(super) delegation: Option<ID>,
    /// For what they are kept; to administer the event where nothing is said.
    pub(super) purpose: Option<E<DataPurpose>>,
    /// On which ground. Who is kept by consent must have given it.
    pub(super) legal_basis: E<LegalBasis>,
    /// The last day on which they are kept; where it is left out, two years after the event. At most ten years from now.
    pub(super) retain_until: Option<Date>,
    /// Whether the counts of the event, which others see, are to say what its entries say. They stay as they are otherwise.
    #[graphql(default)]
    pub(super) recount: bool,
    /// Who, at most 500. All of them are added or none.
    pub(super) participants: Vec<ParticipantInput>,
}

/// What is to become of an entry; what is left out stays.
#[derive(InputObject, Debug)]
pub(crate) struct UpdateParticipantInput {
    /// The id of the entry.
    pub(super) id: ID,
    /// The version that was read, if changes since then matter.
    pub(super) expected_version: Option<i64>,
    /// The name.
    pub(super) name: Option<String>,
    /// The delegation that they came with; null for none.
    pub(super) delegation: MaybeUndefined<ID>,
    /// The person, if a published source names them as well; null for none.
    pub(super) person: MaybeUndefined<ID>,
    /// The organisation that they came from; null for none.
    pub(super) organisation: MaybeUndefined<ID>,
    /// The local authority that they came from; null for none.
    pub(super) authority: MaybeUndefined<ID>,
    /// On whose side they came.
    pub(super) category: Option<E<ParticipantCategory>>,
    /// Their sex; null for unknown.
    pub(super) sex: MaybeUndefined<E<Sex>>,
    /// How to reach them.
    pub(super) contacts: Option<Vec<ParticipantContactInput>>,
    /// For what they are kept.
    pub(super) purpose: Option<E<DataPurpose>>,
    /// On which ground.
    pub(super) legal_basis: Option<E<LegalBasis>>,
    /// The last day on which they are kept.
    pub(super) retain_until: Option<Date>,
    /// Whether the counts of the event are to follow.
    #[graphql(default)]
    pub(super) recount: bool,
}

/// An entry to take away.
#[derive(InputObject, Debug)]
pub(crate) struct RemoveParticipantInput {
    /// The id of the entry.
    pub(super) id: ID,
    /// Whether the counts of the event are to follow: someone was never there. They stay as they are otherwise.
    #[graphql(default)]
    pub(super) recount: bool,
}

/// A consent that was given.
#[derive(InputObject, Debug)]
pub(crate) struct RecordConsentInput {
    /// Who: the id of an entry as participant, or a person by id or code.
    pub(super) who: ID,
    /// To what.
    pub(super) given_for: E<ConsentScope>,
    /// When; today where it is left out.
    pub(super) given_on: Option<Date>,
}

/// A consent that was taken back.
#[derive(InputObject, Debug)]
pub(crate) struct WithdrawConsentInput {
    /// Who: the id of an entry as participant, or a person by id or code.
    pub(super) who: ID,
    /// To what they agreed.
    pub(super) given_for: E<ConsentScope>,
    /// When; today where it is left out.
    pub(super) withdrawn_on: Option<Date>,
}

/// For what a person is kept; what is left out stays.
#[derive(InputObject, Debug)]
pub(crate) struct SetPersonalRecordInput {
    /// The person: their id or code.
    pub(super) person: ID,
    /// For what.
    pub(super) purpose: Option<E<DataPurpose>>,
    /// On which ground.
    pub(super) legal_basis: Option<E<LegalBasis>>,
    /// The last day on which they are kept; null for no such day.
    pub(super) retain_until: MaybeUndefined<Date>,
}

/// Whose data are to be handed out.
#[derive(InputObject, Debug)]
pub(crate) struct ExportPersonInput {
    /// The person by id or code, entries as participant by their ids: several where they are one and the same.
    pub(super) people: Vec<ID>,
}

/// Who is to be erased.
#[derive(InputObject, Debug)]
pub(crate) struct ErasePersonInput {
    /// The person by id or code, entries as participant by their ids: several where they are one and the same.
    pub(super) people: Vec<ID>,
    /// Why, without naming anyone: it stays in the audit trail.
    pub(super) reason: String,
}

/// What came of a change of participants.
#[derive(SimpleObject)]
pub(crate) struct ParticipantsPayload {
    /// The entries as they are now; none where something was wrong, or where they are gone.
    pub(super) participants: Many<Participant>,
    /// The counts that were brought in line.
    pub(super) participant_counts: Many<View<ParticipantCount>>,
    /// What was wrong, all of it, at paths such as `participants.3.name`; none where all went well.
    pub(super) errors: Many<UserError>,
}

/// What came of a consent.
#[derive(SimpleObject)]
pub(crate) struct ConsentPayload {
    /// All that they agreed to, as it stands now; none where something was wrong.
    pub(super) consents: Many<Consent>,
    /// What was wrong; none where all went well.
    pub(super) errors: Many<UserError>,
}

/// What came of saying for what a person is kept.
#[derive(SimpleObject)]
pub(crate) struct PersonalRecordPayload {
    /// For what; null where something was wrong.
    pub(super) purpose: Option<E<DataPurpose>>,
    /// On which ground; null where something was wrong.
    pub(super) legal_basis: Option<E<LegalBasis>>,
    /// The last day; null where there is none.
    pub(super) retain_until: Option<Date>,
    /// What was wrong; none where all went well.
    pub(super) errors: Many<UserError>,
}

/// What is kept of someone.
#[derive(SimpleObject)]
pub(crate) struct ExportPersonPayload {
    /// All of it, with explanations in the language of the request; null where something was wrong, or where the same request
    /// was answered before: the answer itself is not kept.
    pub(super) export: Option<Json<Value>>,
    /// What was wrong; none where all went well.
    pub(super) errors: Many<UserError>,
}

/// A report that named someone, and was taken away.
#[derive(SimpleObject)]
pub(crate) struct RemovedReport {
    /// The report, by its name in `reportDefinitions`.
    pub(super) report: String,
    /// The key of what it was about.
    pub(super) subject: String,
    /// The language that it was in.
    pub(super) lang: String,
    /// For whom it was.
    pub(super) audience: String,
    /// When it was made.
    pub(super) taken: String,
    /// What was asked for when it was made: `retryReport` makes it again. Null where it was made without being asked for.
    pub(super) report_job: Option<ID>,
}

/// A place where someone's name still stands, in words that others wrote.
#[derive(SimpleObject)]
pub(crate) struct PersonMention {
    /// The table.
    pub(super) table: String,
    /// The column.
    pub(super) column: String,
    /// The opaque id of the record, for `node`; null where it is no record.
    pub(super) record: Option<ID>,
}

/// What came of erasing someone.
#[derive(SimpleObject)]
pub(crate) struct ErasePersonPayload {
    /// The persons, who have no name any more.
    pub(super) persons: Many<View<Person>>,
    /// How many roles stay, with the office and without the name; null where something was wrong.
    pub(super) roles: Option<i64>,
    /// How many entries as participant were taken away.
    pub(super) participants: Option<i64>,
    /// How much of what sources said of them was taken away.
    pub(super) statements: Option<i64>,
    /// The reports that named them, which were taken away.
    pub(super) reports: Many<RemovedReport>,
    /// Where the name still stands. What others wrote is not changed unasked: read it, and change it if it must be.
    pub(super) mentions: Many<PersonMention>,
    /// What was wrong; none where all went well.
    pub(super) errors: Many<UserError>,
}
