//! Changes of the registry by people and programs: one use case is one unit of work, signed by its author.
//!
//! `change` is the frame of every use case: rights, the claim of a retry, the unit, its signature. Within it, `reading` turns
//! what a client wrote into values, `save` makes and changes records, `writable` says what their codes are made of, and
//! `rules` and `vote` ask what no record can ask of itself. `archive` and `bulk` are use cases on top of these.
//!
//! **To let a new kind be written:** a line in `writable`, its rules towards others in `rules`, and its inputs in `graphql`.

mod archive;
mod author;
mod beside;
mod bulk;
mod change;
mod reading;
mod records;
mod refusal;
mod rules;
mod save;
mod told;
mod vote;
mod writable;

pub use author::{Author, Claim};
pub use bulk::{Actual, Count};
pub use reading::{Asked, Followed, Reading, Reference, each};
pub use refusal::{UserError, UserErrorCode, WriteError};
pub(crate) use save::Writing;
pub use save::{NewHead, Saved};
pub(crate) use told::below;
pub(crate) use writable::Task;
pub use writable::{Naming, Writable};
