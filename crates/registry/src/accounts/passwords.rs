//! Passwords: argon2id with the parameters that OWASP recommends, hashed off the threads that answer requests.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::Error as HashError,
};
use ketnoi_domain::{normalised_password, password_fault};
use ketnoi_persistence::accounts::{self, AccountRow};

use super::{digest, refused, wrong};
use crate::{Author, Error, Registry, UserErrorCode, WriteError};

/// What a password is compared with where there is no account of the name: nothing hashes to it, and it takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bTX3DHhv4Zd4TdzH9ZFyHQ$nI4Gc4RJyB831mR4kQqtCk59220JP8FMhKFup4lzEsc";

/// Longer passwords were never accepted, so they need not be hashed.
const MOST_BYTES: usize = 1_024;

/// 19 MiB, two passes, one lane.
fn argon() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

fn hash(password: &str, salt: &[u8]) -> Result<String, Error> {
    let hash: PasswordHash =
        argon().hash_password_with_salt(password.as_bytes(), salt).map_err(|e| Error::Secret(e.to_string()))?;
    Ok(hash.to_string())
}

fn matches(password: &str, hash: &str) -> Result<bool, Error> {
    match argon().verify_password(password.as_bytes(), hash) {
        Ok(()) => Ok(true),
        Err(HashError::PasswordInvalid) => Ok(false),
        Err(error) => Err(Error::Secret(error.to_string())),
    }
}

impl Registry {
    /// Whether this is the password of an account; no, where there is no account, and after as long a time.
    pub(super) async fn is_password(&self, row: Option<&AccountRow>, password: &str) -> Result<bool, Error> {
        let kept = row.filter(|r| !r.account.disabled).and_then(|r| r.password.clone());
        let somebody = kept.is_some() && password.len() <= MOST_BYTES;
        let password = if somebody { normalised_password(password) } else { String::new() };
        let kept = kept.filter(|_| somebody).unwrap_or_else(|| NOBODY.to_owned());
        self.hashing(move || matches(&password, &kept)).await
    }

    /// The hash of a password that the rules let pass.
    pub(super) async fn hashed(&self, password: &str) -> Result<String, Error> {
        let (password, salt) = (normalised_password(password), self.clock.random());
        self.hashing(move || hash(&password, &salt[..16])).await
    }

    /// Hashing takes memory and time: a few at once, and none on a thread that answers requests.
    async fn hashing<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
        let turn = Arc::clone(&self.known.hashing).acquire_owned().await.map_err(|e| Error::Secret(e.to_string()))?;
        // The work goes on when its request is given up, and so the turn goes with it.
        let work = move || {
            let _turn = turn;
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(|e| Error::Secret(e.to_string()))?
    }

    /// Whom a reset link lets set their password, if it is still good. It stays good: only [`Registry::reset`] uses it up.
    pub async fn reset_account(&self, token: &str) -> Result<Option<ketnoi_domain::Account>, Error> {
        let now = self.clock.now();
        let found = accounts::reset_by_hash(self.store.reader(), &digest(token)).await?;
        let good = found.filter(|(link, row)| link.used_at.is_none() && link.expires_at > now && !row.account.disabled);
        Ok(good.map(|(_, row)| row.account))
    }

    /// Sets the password of whoever holds a reset link, once, and ends all their sessions. The author gives the language and
    /// the request; who it is, the link says.
    pub async fn reset(&self, author: &Author, token: &str, password: &str) -> Result<(), WriteError> {
        let over = || wrong(author.lang, UserErrorCode::State, "token", "reset-link-over", &[]);
        let Some(account) = self.reset_account(token).await? else { return Err(over().into()) };
        if let Some(fault) = password_fault(&account.name, password) {
            return Err(refused(author.lang, fault).into());
        }
        // Hashed before the unit begins: no writer waits for it.
        let hash = self.hashed(password).await?;
        let (link, now) = (digest(token), self.clock.now());
        self.change_own(author, &account, "reset password", async |unit| {
            // Of two who bring the same link at once, one finds it used.
            if !unit.use_reset(&link, &now).await? {
                return Err(over().into());
            }
            unit.set_password(&account, &hash).await?;
            Ok(unit.end_sessions_of(account.id).await?)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_its_own_hash_alone_and_nobody_costs_as_much() {
        let made = hash("mười hai chữ", &[7; 16]).unwrap();
        assert!(matches("mười hai chữ", &made).unwrap());
        assert!(!matches("mười hai chư", &made).unwrap());
        assert!(!matches("mười hai chữ", NOBODY).unwrap());
        let cost = |hash: &str| hash.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(cost(&made), cost(NOBODY));
        assert_eq!(cost(&made), "$argon2id$v=19$m=19456,t=2,p=1");
        assert_eq!(made.len(), NOBODY.len());
    }
}
