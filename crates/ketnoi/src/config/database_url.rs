//! The address of a database, which may hold a password.

use std::fmt;
use std::str::FromStr;

/// Where the registry is. Its password is never shown: not by `Debug`, not by `Display`, not in errors.
#[derive(serde::Deserialize, Clone, PartialEq, Eq)]
#[serde(try_from = "String")]
pub(crate) struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The whole address, password included, for the driver.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl Default for DatabaseUrl {
    fn default() -> Self {
        Self("sqlite://ketnoi.db".to_owned())
    }
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const SHAPES: &str = "write sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME";
        match text.split_once("://") {
            Some(("sqlite" | "postgres" | "postgresql", rest)) if !rest.is_empty() => Ok(Self(text.to_owned())),
            Some(("sqlite" | "postgres" | "postgresql", _)) => Err(format!("it names no database: {SHAPES}")),
            Some((kind, _)) => Err(format!("{kind}:// is not supported: {SHAPES}")),
            None => Err(format!("it is no address of a database: {SHAPES}")),
        }
    }
}

impl TryFrom<String> for DatabaseUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|reason| format!("database_url is wrong: {reason}"))
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Parameters may hold a password too, so they go as well.
        let shown = self.0.split_once('?').map_or(self.0.as_str(), |(before, _)| before);
        match shown.rsplit_once('@') {
            None => f.write_str(shown),
            Some((before, host)) => {
                let (kind, user) = before.split_once("://").unwrap_or(("", before));
                let name = user.split_once(':').map_or(user, |(name, _)| name);
                write!(f, "{kind}://{name}:***@{host}")
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let url: DatabaseUrl = "postgres://an:s3:cr@t@db.example/ketnoi?password=s3cret".parse().unwrap();
        assert_eq!(url.to_string(), "postgres://an:***@db.example/ketnoi");
        assert_eq!(format!("{url:?}"), url.to_string());
        assert!(url.expose().ends_with("password=s3cret"));
    }

    #[test]
    fn only_the_two_databases_are_known() {
        assert_eq!(DatabaseUrl::default().to_string(), "sqlite://ketnoi.db");
        for wrong in ["mysql://root:s3cret@host/x", "ketnoi.db", "sqlite://", "postgres:s3cret"] {
            let error = wrong.parse::<DatabaseUrl>().unwrap_err();
            assert!(!error.contains("s3cret"), "{error}");
        }
    }
}
