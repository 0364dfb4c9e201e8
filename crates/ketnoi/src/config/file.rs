//! The TOML file.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZero;
use std::path::{Path, PathBuf};

use super::{DatabaseUrl, LimitOptions, LogFormat, Provider, PublicUrl, TrustedDocuments};

/// What can go wrong with settings.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ConfigError {
    /// The file cannot be read at all.
    Unreadable { path: PathBuf, reason: String },
    /// Something in the file is not understood.
    Wrong { path: PathBuf, line: usize, reason: String },
    /// An origin that no browser would send.
    Origin { origin: String },
    /// A provider of OpenID Connect that cannot be used as it is described.
    Provider { name: String, reason: String },
    /// A filter for the log that is not understood.
    Log { filter: String, reason: String },
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable { path, reason } => write!(f, "the settings file {} cannot be read: {reason}", path.display()),
            Self::Wrong { path, line, reason } => write!(f, "{}, line {line}: {reason}", path.display()),
            Self::Log { filter, reason } => {
                write!(f, "{filter:?} does not say what to log ({reason}): write info, or info,ketnoi=debug")
            }
            Self::Provider { name, reason } => write!(f, "[[oidc]] {name:?}: {reason}"),
            Self::Origin { origin } => {
                write!(f, "{origin:?} is not an origin: write scheme and host, such as https://portal.example")
            }
        }
    }
}

impl std::error::Error for ConfigError {}

/// The file's keys; each is optional.
#[derive(serde::Deserialize, Clone, Debug, Default, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FileSettings {
    pub database_url: Option<DatabaseUrl>,
    pub log: Option<String>,
    pub log_format: Option<LogFormat>,
    pub listen: Option<SocketAddr>,
    pub metrics_listen: Option<SocketAddr>,
    pub public_url: Option<PublicUrl>,
    pub production: Option<bool>,
    pub trusted_documents: Option<TrustedDocuments>,
    pub cost_per_minute: Option<NonZero<u32>>,
    pub stranger_cost_per_minute: Option<NonZero<u32>>,
    pub sockets_per_address: Option<NonZero<u32>>,
    pub oidc: Vec<Provider>,
    pub graphiql: Option<bool>,
    pub reports: Option<PathBuf>,
    pub cors_origins: Option<Vec<String>>,
    pub trusted_proxies: Option<Vec<IpAddr>>,
    pub workers: Option<NonZero<u16>>,
    pub cache_mib: Option<usize>,
    pub limits: LimitOptions,
}

impl FileSettings {
    pub(crate) fn read(path: &Path) -> Result<Self, ConfigError> {
        let unreadable = |error: std::io::Error| ConfigError::Unreadable { path: path.to_owned(), reason: error.to_string() };
        Self::parse(path, &std::fs::read_to_string(path).map_err(unreadable)?)
    }

    /// Reads the text of a file; `path` is for the messages only.
    pub(super) fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or("");
            let line = before.matches('\n').count() + 1;
            ConfigError::Wrong { path: path.to_owned(), line, reason: error.message().to_owned() }
        })
    }
}
