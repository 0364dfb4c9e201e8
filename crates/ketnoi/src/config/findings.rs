//! What is unsafe about the settings. `serve` refuses or names it at its start, and `doctor` tells the same.

use ketnoi_registry::Database;

use super::{Settings, TrustedDocuments};

/// Something about the set-up that someone should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// What is done about it.
    pub weight: Weight,
    /// What is unsafe, and what to do.
    pub what: String,
}

/// What is done about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// The server does not start.
    Refused,
    /// It is told at the start.
    Named,
}

/// Passwords that everyone tries first.
const USUAL_PASSWORDS: [&str; 10] =
    ["postgres", "password", "ketnoi", "changeme", "change-me", "secret", "admin", "root", "example", "123456"];

/// Looks at the settings. `has_administrator` says whether anyone can administer by signing in, where that is known.
pub(crate) fn findings(settings: &Settings, has_administrator: Option<bool>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut tell = |weight: Weight, unsafe_so: bool, what: &str| {
        if unsafe_so {
            found.push(Finding { weight, what: what.to_owned() });
        }
    };
    let production = settings.production;
    let url = settings.public_url.as_ref();
    tell(
        Weight::Refused,
        production && url.is_none(),
        "it is in production without an address: say --public-url https://HOST, or --production false on a machine of your own",
    );
    tell(
        Weight::Refused,
        production && url.is_some_and(|url| !url.is_https() && !url.is_loopback()),
        "passwords and data would go unencrypted: let --public-url begin with https://, with a proxy in front that does TLS",
    );
    tell(
        Weight::Refused,
        production && usual_password(settings.database_url.expose()),
        "the database has a password that everyone tries first: give it another",
    );
    for provider in &settings.providers {
        let Some(file) = &provider.client_secret_file else { continue };
        let name = file.display();
        tell(
            Weight::Refused,
            std::fs::metadata(file).is_err(),
            &format!("the secret of the provider {} cannot be read: there is no file {name}", provider.name),
        );
        tell(
            Weight::Named,
            read_by_others(file),
            &format!("others on this machine may read {name}: let its owner alone read it"),
        );
    }
    tell(
        Weight::Named,
        production && settings.trusted_proxies.is_empty(),
        "no proxy is trusted, so all who come through one share the limits of one: name it with --trusted-proxies",
    );
    tell(
        Weight::Named,
        !production && !settings.listen.ip().is_loopback(),
        "it listens beyond this machine without production mode: say --production if it is not for yourself alone",
    );
    tell(
        Weight::Named,
        !production && is_postgres(settings),
        "production mode is off: strangers may ask about the schema; say --production where others can reach it",
    );
    tell(
        Weight::Named,
        settings.cors_origins.iter().any(|origin| origin == "*"),
        "every web page may use the API, because a CORS origin is `*`: name the origins",
    );
    tell(
        Weight::Named,
        settings.metrics_listen.is_some_and(|address| !address.ip().is_loopback()),
        "the figures for Prometheus are served beyond this machine: let nobody else reach that address",
    );
    tell(
        Weight::Named,
        production && has_administrator == Some(false),
        "nobody can administer it by signing in: make an administrator with `ketnoi user add NAME --role administrator`",
    );
    tell(Weight::Named, production && settings.graphiql, "GraphiQL is served to everyone: --graphiql false switches it off");
    tell(
        Weight::Named,
        production && settings.trusted_documents == TrustedDocuments::Off,
        "strangers may send any query within the limits: --trusted-documents strangers lets them send registered ones only",
    );
    found
}

fn is_postgres(settings: &Settings) -> bool {
    matches!(Database::parse(settings.database_url.expose()), Ok(Database::Postgres { .. }))
}

/// Whether the password in an address of PostgreSQL is one of the usual ones, or the user's own name.
fn usual_password(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let before_path = rest.split(['/', '?']).next().unwrap_or_default();
    let Some((user, _)) = before_path.rsplit_once('@') else { return false };
    let Some((name, password)) = user.split_once(':') else { return false };
    let password = password.to_lowercase();
    USUAL_PASSWORDS.contains(&password.as_str()) || password == name.to_lowercase()
}

#[cfg(unix)]
fn read_by_others(file: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(file).is_ok_and(|there| there.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn read_by_others(_file: &std::path::Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_that_everyone_tries_first_is_known_and_another_is_not() {
        for usual in ["postgres://postgres:postgres@db/x", "postgres://an:An@db/x", "postgres://an:changeme@db:5432/x?a=b"] {
            assert!(usual_password(usual), "{usual}");
        }
        for other in ["sqlite://ketnoi.db", "postgres://an@db/x", "postgres://an:t0-r4nd0m@db/x", "postgres://db/x"] {
            assert!(!usual_password(other), "{other}");
        }
    }
}
