use crate::Error;

/// Why a change was not made. Nothing of it was written.
#[derive(Clone, Debug, thiserror::Error)]
pub enum WriteError {
    /// Missing rights, or a fault of ours: an error of the whole request.
    #[error(transparent)]
    Registry(#[from] Error),
    /// What the caller can mend, all of it at once: fields of the payload.
    #[error("{}", listed(.0))]
    Refused(Vec<UserError>),
}

impl From<ketnoi_persistence::Error> for WriteError {
    fn from(error: ketnoi_persistence::Error) -> Self {
        Self::Registry(error.into())
    }
}

impl From<UserError> for WriteError {
    fn from(error: UserError) -> Self {
        Self::Refused(vec![error])
    }
}

/// Something that the caller can mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserError {
    /// What sort of thing is wrong.
    pub code: UserErrorCode,
    /// The field of the input, as a path from it: `sectors.0.percentage`; empty where it is the whole.
    pub path: String,
    /// What is wrong, and the rule, in the language of the request.
    pub message: String,
    /// The version that the record has by now, where another change came first.
    pub current_version: Option<i64>,
}

impl UserError {
    /// An error at a field.
    pub fn new(code: UserErrorCode, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, path: path.into(), message: message.into(), current_version: None }
    }
}

/// What sort of thing is wrong with an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UserErrorCode {
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

fn listed(errors: &[UserError]) -> String {
    errors.iter().map(|e| format!("{}: {}", e.path, e.message)).collect::<Vec<_>>().join("; ")
}
