//! Changes of the registry by people and programs: one use case is one unit of work, signed by its author.

mod author;
mod change;
mod refusal;

pub use author::{Author, Claim};
pub use refusal::{UserError, UserErrorCode, WriteError};
