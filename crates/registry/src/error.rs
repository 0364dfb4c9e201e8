/// What goes wrong in a use case.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The database failed. For logs: clients see only that something did.
    #[error(transparent)]
    Database(#[from] ketnoi_persistence::Error),
    /// The viewer may not.
    #[error("{0}")]
    Forbidden(String),
    /// A thing that must exist does not, or the viewer may not see it.
    #[error("there is no {kind} `{code}`")]
    NotFound {
        /// What kind of thing.
        kind: &'static str,
        /// How it was called.
        code: String,
    },
    /// A place in the change feed from before what is kept.
    #[error("this cursor is older than what the feed keeps: read the lists anew, and follow from the newest cursor then")]
    CursorExpired,
    /// A place in the change feed where there is nothing.
    #[error("this is no cursor of the change feed: use one as an answer gave it")]
    BadCursor,
    /// What a change came to cannot be written down or read again.
    #[error("the outcome of a change cannot be kept: {0}")]
    Outcome(String),
    /// A secret cannot be hashed or compared. For logs: the text never holds one.
    #[error("a secret cannot be hashed or compared: {0}")]
    Secret(String),
    /// Sums that cannot be made.
    #[error(transparent)]
    Money(#[from] ketnoi_domain::MoneyError),
}
