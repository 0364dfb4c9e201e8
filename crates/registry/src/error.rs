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
    /// What a change came to cannot be written down or read again.
    #[error("the outcome of a change cannot be kept: {0}")]
    Outcome(String),
    /// Sums that cannot be made.
    #[error(transparent)]
    Money(#[from] ketnoi_domain::MoneyError),
}
