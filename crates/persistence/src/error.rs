use ketnoi_domain::Kind;

/// What goes wrong between the registry and its database.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The database cannot be reached or opened.
    #[error("the database {url} cannot be opened: {problem}")]
    Open {
        /// Which, without its password.
        url: String,
        /// Why, and what to do.
        problem: String,
    },
    /// A statement failed. The text is for logs, never for clients.
    #[error("a statement failed: {0}")]
    Statement(String),
    /// A row does not say what it must.
    #[error(transparent)]
    BadRow(#[from] BadRow),
    /// A field or order that the kind does not have: a fault of ours.
    #[error("{kind:?} has no field `{field}` to filter or order by")]
    NoSuchField {
        /// The kind.
        kind: Kind,
        /// The field.
        field: String,
    },
    /// The database belongs to something else, or to another version.
    #[error("{0}")]
    Refused(String),
    /// A vote that has begun or is over would be changed.
    #[error("the dialogue {dialogue} has been put to the vote: nothing of it can be changed any more")]
    Fixed {
        /// Its code.
        dialogue: String,
    },
}

/// A row that cannot be a record: someone wrote to the database past the registry, or a migration is wrong.
#[derive(Clone, Debug, thiserror::Error)]
#[error("table {table}, record {id}, column {column}: {problem}")]
pub struct BadRow {
    /// Which table.
    pub table: &'static str,
    /// Which column.
    pub column: &'static str,
    /// Which record.
    pub id: String,
    /// What is wrong.
    pub problem: String,
}

macro_rules! statement_error {
    ($($source:ty),+) => { $(impl From<$source> for Error {
        fn from(e: $source) -> Self {
            Self::Statement(e.to_string())
        }
    })+ };
}
statement_error!(sea_orm::DbErr, rusqlite::Error);

impl From<tokio_postgres::Error> for Error {
    fn from(e: tokio_postgres::Error) -> Self {
        // The driver's own text leaves out what the server said.
        let said = e.as_db_error().map(|d| format!(" ({}: {})", d.code().code(), d.message())).unwrap_or_default();
        Self::Statement(format!("{e}{said}"))
    }
}
