//! Providers of OpenID Connect: where people of partner organisations sign in.

use std::path::PathBuf;

use super::{ConfigError, PublicUrl};

/// A provider, as `[[oidc]]` of the settings file describes it.
#[derive(serde::Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Provider {
    /// Its name in addresses: lower-case letters, digits and hyphens.
    pub name: String,
    /// What people call it; its name where nothing is said.
    #[serde(default)]
    pub title: Option<String>,
    /// Its issuer, byte for byte as it signs itself.
    pub issuer: String,
    /// What it calls us.
    pub client_id: String,
    /// A file that holds nothing but the secret; none for a client without one.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// The one algorithm that its tokens are signed with.
    #[serde(default)]
    pub algorithm: Algorithm,
}

/// How a provider signs.
#[derive(serde::Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Algorithm {
    /// RSA with SHA-256, what most use.
    #[default]
    #[serde(rename = "RS256")]
    Rs256,
    /// The curve P-256 with SHA-256.
    #[serde(rename = "ES256")]
    Es256,
    /// Ed25519.
    #[serde(rename = "EdDSA")]
    EdDsa,
}

impl Provider {
    /// What people call it.
    pub(crate) fn shown(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }
}

/// Whether the providers can be told apart and reached safely.
pub(super) fn checked(providers: Vec<Provider>) -> Result<Vec<Provider>, ConfigError> {
    for (i, provider) in providers.iter().enumerate() {
        let wrong = |reason: &str| ConfigError::Provider { name: provider.name.clone(), reason: reason.to_owned() };
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if provider.name.is_empty() || provider.name.len() > 40 || !provider.name.chars().all(plain) {
            return Err(wrong("its name takes lower-case letters, digits and hyphens"));
        }
        if providers[..i].iter().any(|other| other.name == provider.name) {
            return Err(wrong("two providers have this name"));
        }
        let site = provider.issuer.split('/').take(3).collect::<Vec<_>>().join("/");
        if !site.parse::<PublicUrl>().is_ok_and(|url| url.is_https() || url.is_loopback()) {
            return Err(wrong("its issuer must begin with https://"));
        }
    }
    Ok(providers)
}
