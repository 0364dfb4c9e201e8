use std::fmt;

/// Something in a file that keeps it from being imported.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The field, as a path: `programme[2].participation[0].organisation`.
    pub field: String,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, field, message } = self;
        if field.is_empty() { write!(f, "{file}:{line}: {message}") } else { write!(f, "{file}:{line}: {field}: {message}") }
    }
}

/// Why an import did not happen. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A folder or file cannot be read.
    #[error("{path} cannot be read: {problem}")]
    Unreadable {
        /// Which.
        path: String,
        /// Why.
        problem: String,
    },
    /// The files say something that cannot be.
    #[error("{}", listed(.0))]
    Refused(Vec<Problem>),
    /// The viewer may not write, or the database failed.
    #[error(transparent)]
    Registry(#[from] crate::Error),
}

impl From<ketnoi_persistence::Error> for ImportError {
    fn from(e: ketnoi_persistence::Error) -> Self {
        Self::Registry(e.into())
    }
}

fn listed(problems: &[Problem]) -> String {
    let mut lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.push(match problems.len() {
        1 => "1 problem; nothing was written".into(),
        n => format!("{n} problems; nothing was written"),
    });
    lines.join("\n")
}
