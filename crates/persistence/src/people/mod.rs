//! People: who took part in events by name, what they agreed to, who was erased, and where a person's words still stand.
//!
//! None of it is a record. Participants are written in a unit of work, so that the trail has that they were, by id alone; no
//! viewer stands in these statements, so whoever reads asks first who may.

mod erased;
mod keeping;
mod mention;
mod participant;
mod report;
mod scrub;

pub(crate) use erased::tells_of_a_person;
pub use erased::{Written, erased_ids};
pub use keeping::{consents_of, personal_records};
pub use mention::Mention;
pub use participant::{
    ParticipantPlace, due_participants, participant_count, participants, participants_by_ids, participants_called,
};
pub use report::{GoneReport, KeptReportHead, kept_report_file, kept_report_heads};
pub use scrub::{begin_overwriting, end_overwriting};
