//! What every payload has: the errors that the caller can mend.

use async_graphql::{Enum, SimpleObject};
use ketnoi_registry::WriteError;

use crate::error::{Result, from_registry};

/// What sort of thing is wrong with an input.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "ketnoi_registry::UserErrorCode")]
pub(crate) enum UserErrorCode {
    /// A value breaks a rule.
    Invalid,
    /// What is pointed at is not there, or the caller may not see it.
    NotFound,
    /// The code is another record's already.
    Taken,
    /// The record has changed since the caller read it.
    Conflict,
    /// The state of the record does not allow this: closed, locked, archived, decided already.
    State,
    /// The idempotency key was used for another request.
    KeyReused,
}

/// Something that the caller can mend.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct UserError {
    /// What sort of thing is wrong.
    code: UserErrorCode,
    /// The field, as a path from the input: `sectors.0.percentage`; empty where it is the whole.
    path: String,
    /// What is wrong, and the rule, in the language of the request.
    message: String,
    /// The version that the record has by now, where another change came first.
    current_version: Option<i64>,
}

impl From<ketnoi_registry::UserError> for UserError {
    fn from(e: ketnoi_registry::UserError) -> Self {
        Self { code: e.code.into(), path: e.path, message: e.message, current_version: e.current_version }
    }
}

/// Parts what came of a change into its outcome and what the caller can mend. Missing rights and faults end the request.
pub(crate) fn settle<R>(done: std::result::Result<R, WriteError>) -> Result<(Option<R>, Vec<UserError>)> {
    match done {
        Ok(outcome) => Ok((Some(outcome), Vec::new())),
        Err(WriteError::Refused(errors)) => Ok((None, errors.into_iter().map(UserError::from).collect())),
        Err(WriteError::Registry(error)) => Err(from_registry(error)),
    }
}
