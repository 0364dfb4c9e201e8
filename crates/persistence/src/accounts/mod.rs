//! Accounts, their sessions, keys and reset links. They are no records: nobody lists, searches or publishes them.
//!
//! What changes an account is written in a unit of work, so that the trail has it. What merely follows from its use (a
//! session, the last use of a key, the step of an accepted code) is written beside: it changes nothing that anyone reads of
//! the registry, and must not make every cached answer stale.

mod account;
mod key;
mod reset;
mod session;

pub use account::{AccountRow, by_id, by_name, of_subject};
pub use account::{accept_step, all, is_as_read, put_pending_factor, subjects_of};
pub use key::{KeyRow, key_by_prefix, keys_of, touch_key};
pub use reset::{ResetRow, reset_by_hash};
pub use session::{
    SessionRow, end_session, open_session, rotate_session, session_by_hash, session_times, sessions_of, sweep_sessions,
    touch_session,
};
