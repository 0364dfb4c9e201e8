//! Who signs in, and how: accounts, their passwords, second factors, sessions, reset links, and the keys of programs.
//!
//! Every secret that is handed out (the token of a session, of a link, of a key) is 256 random bits, shown once, and kept as
//! its SHA-256: what has that many random bits needs no slow hash. Passwords do, and get argon2id.
//!
//! A change of an account is a unit of work, so the trail has it. What merely follows from signing in (a session, the last
//! use of a key) is written beside, so that it makes no cached answer stale.

mod keys;
mod own;
mod passwords;
mod second_factor;
mod sessions;
mod standing;
mod users;
mod viewer;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use ketnoi_domain::{Account, AccountFault, Action, LEAST_PASSWORD, Lang};
use ketnoi_persistence::{Signature, UnitOfWork};
use sha2::{Digest as _, Sha256};
use tokio::sync::{Semaphore, watch};
use uuid::Uuid;

use crate::{Author, Error, Registry, UserError, UserErrorCode, WriteError, wording::say};
pub use keys::{IssuedKey, NewKey};
pub use own::{OpenSession, OwnAccount, PasswordChange, RenewedSession};
pub use sessions::{SignIn, SignedIn, Visit};
pub use standing::Pass;
pub use users::{AccountChange, NewAccount, ResetLink};

/// How long a request waits for a use to be written down. An import may hold the one writer of an embedded database for longer.
const PATIENCE: Duration = Duration::from_secs(1);

/// How many uses are remembered before all are forgotten; the price of forgetting is a statement each.
const MOST_USES: usize = 10_000;

/// What is remembered of keys and sessions between requests.
pub(crate) struct KnownKeys {
    /// Keys by their prefix. Only keys that there are get in, so their number bounds it.
    keys: Mutex<HashMap<String, Arc<keys::KnownKey>>>,
    /// Who those are who stay, by their account and key; asked anew at each revision.
    standing: Mutex<HashMap<(Uuid, Option<Uuid>), standing::Standing>>,
    /// Tells of commits; asked for when the first key comes.
    news: OnceLock<watch::Receiver<i64>>,
    /// When the use of a key or session was last written down, or tried to be.
    uses: Mutex<HashMap<String, String>>,
    /// How many passwords are hashed at once: each takes 19 MiB.
    hashing: Arc<Semaphore>,
}

impl Default for KnownKeys {
    fn default() -> Self {
        Self {
            keys: Mutex::default(),
            standing: Mutex::default(),
            news: OnceLock::new(),
            uses: Mutex::default(),
            hashing: Arc::new(Semaphore::new(2)),
        }
    }
}

impl fmt::Debug for KnownKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KnownKeys")
    }
}

impl KnownKeys {
    /// Whether the use of this is to be written down now: at most once a minute.
    fn is_news(&self, what: &str, now: &str) -> bool {
        let minute_ago = later(now, -60);
        let mut uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        if uses.get(what).is_some_and(|last| *last > minute_ago) {
            return false;
        }
        if uses.len() >= MOST_USES {
            uses.clear();
        }
        uses.insert(what.to_owned(), now.to_owned());
        true
    }

    /// Forgets all keys: something about accounts has changed.
    fn forget(&self) {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// The instant so many seconds later, written as the clock writes it; such texts are in the order of time.
fn later(instant: &str, seconds: i64) -> String {
    let at = DateTime::parse_from_rfc3339(instant).map(|t| t.to_utc()).unwrap_or_default();
    written(at.checked_add_signed(TimeDelta::seconds(seconds)).unwrap_or(at))
}

fn written(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Seconds since 1970.
fn unix(instant: &str) -> u64 {
    DateTime::parse_from_rfc3339(instant).ok().and_then(|t| u64::try_from(t.timestamp()).ok()).unwrap_or_default()
}

/// The SHA-256 of a token in hexadecimal.
fn digest(token: &str) -> String {
    format!("{:x}", Sha256::digest(token.as_bytes()))
}

/// An error of the caller in a field.
fn wrong(lang: Lang, code: UserErrorCode, path: &str, key: &str, words: &[(&str, &str)]) -> UserError {
    UserError::new(code, path, say(lang, key, words))
}

/// A fault of an account or a password, at its field.
fn refused(lang: Lang, fault: AccountFault) -> UserError {
    let least = LEAST_PASSWORD.to_string();
    let (path, key) = match fault {
        AccountFault::NameShape => ("name", "account-name"),
        AccountFault::NameReserved => ("name", "account-name-reserved"),
        AccountFault::NeedsOrganisation => ("organisation", "account-needs-organisation"),
        AccountFault::NeedsAuthority => ("authority", "account-needs-authority"),
        AccountFault::SpeaksForBoth => ("authority", "account-speaks-for-both"),
        AccountFault::PasswordShort => ("password", "password-short"),
        AccountFault::PasswordLong => ("password", "password-long"),
        AccountFault::PasswordIsName => ("password", "password-is-name"),
        AccountFault::PasswordCommon => ("password", "password-common"),
    };
    wrong(lang, UserErrorCode::Invalid, path, key, &[("least", &least)])
}

impl Registry {
    /// A new token: 256 random bits in the alphabet of addresses.
    fn new_token(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.clock.random())
    }

    /// Refuses who may not administer.
    fn administers(author: &Author, name: &str) -> Result<(), Error> {
        if author.viewer.may(Action::Administer) {
            return Ok(());
        }
        Err(Error::Forbidden(say(author.lang, "forbidden", &[("action", name)])))
    }

    /// Makes a change that people make of their own account: it needs no right but to have signed in, or to hold a link.
    async fn change_own(
        &self,
        author: &Author,
        account: &Account,
        action: &'static str,
        work: impl AsyncFnOnce(&mut UnitOfWork) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        let mut unit = UnitOfWork::begin(&self.store).await?;
        if let Err(refused) = work(&mut unit).await {
            unit.roll_back().await?;
            return Err(refused);
        }
        let (now, detail) = (self.clock.now(), unit.noted().to_owned());
        let signature = Signature {
            account: Some(account.id),
            request: author.request.as_deref(),
            detail: &detail,
            ..Signature::of(self.clock.new_id(), &now, &account.name, action)
        };
        unit.commit(&signature).await?;
        self.known.forget();
        Ok(())
    }

    /// Writes down that something was used. What cannot be written soon is left out: nobody waits for it.
    async fn beside<T>(&self, write: impl Future<Output = Result<T, ketnoi_persistence::Error>>) -> Option<T> {
        match tokio::time::timeout(PATIENCE, write).await {
            Ok(Ok(done)) => Some(done),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the use of a key or a session could not be written down");
                None
            }
            Err(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_in_the_order_of_their_texts() {
        assert_eq!(later("2026-12-31T23:59:30Z", 60), "2027-01-01T00:00:30Z");
        assert_eq!(later("2027-01-01T00:00:30Z", -60), "2026-12-31T23:59:30Z");
        assert_eq!(unix("1970-01-01T00:01:00Z"), 60);
        assert!(later("no instant", 0).as_str() < "2000", "what cannot be read is long past");
    }

    #[test]
    fn a_use_is_news_once_a_minute() {
        let known = KnownKeys::default();
        assert!(known.is_news("a", "2026-01-01T00:00:00Z"));
        assert!(!known.is_news("a", "2026-01-01T00:00:59Z"));
        assert!(known.is_news("b", "2026-01-01T00:00:59Z"));
        assert!(known.is_news("a", "2026-01-01T00:01:00Z"));
    }

    #[test]
    fn a_digest_is_the_sha_256_in_hexadecimal() {
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
