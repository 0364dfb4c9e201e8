//! Keys of programs: `kn_`, a prefix to find one by, and 256 random bits.

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, PoisonError},
};

use chrono::{DateTime, NaiveDate};
use ketnoi_domain::{Action, ApiKey, KeyScope, Viewer};
use ketnoi_persistence::accounts::{self, KeyRow};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::{digest, later, written, wrong};
use crate::{Author, Error, Registry, UserError, UserErrorCode, WriteError};

/// Letters of a prefix: none that is taken for another, and as many as five bits count.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const PREFIX: usize = 8;
const SECRET: usize = 43;

/// Seconds after which a key that is remembered is looked at anew, though nobody told of a change: another process may have
/// revoked it.
const TRUSTED: i64 = 5;

/// A key as it is remembered between requests.
pub(super) struct KnownKey {
    hash: String,
    id: Uuid,
    expires_at: Option<String>,
    /// Who comes with it; nobody where it is revoked or its account is shut.
    viewer: Option<Viewer>,
    /// The registry's revision that all this was read at. It is the registry's own and not one of the accounts, because for
    /// whom an account speaks changes with the successions.
    revision: i64,
    /// The last revision that this process had been told of then.
    told: i64,
    /// When it was last found to be so.
    checked: String,
}

/// What a key is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKey {
    /// The account within whose rights it works.
    pub account: Uuid,
    /// What its holder calls it.
    pub label: String,
    /// What it may be used for.
    pub scopes: BTreeSet<KeyScope>,
    /// The day at whose end, or the instant at which, it ends; open where nobody says.
    pub expires_at: Option<String>,
}

/// A key that was issued.
#[derive(Clone, PartialEq, Eq)]
pub struct IssuedKey {
    /// The key.
    pub key: ApiKey,
    /// What the program sends, shown this once; nothing where the same request had been answered before.
    pub token: Option<String>,
}

impl fmt::Debug for IssuedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssuedKey").field("key", &self.key).finish_non_exhaustive()
    }
}

/// The prefix of what may be a key.
fn prefix_of(token: &str) -> Option<&str> {
    let (prefix, secret) = token.strip_prefix("kn_")?.split_at_checked(PREFIX)?;
    let shaped = prefix.bytes().all(|b| LETTERS.contains(&b)) && secret.strip_prefix('_')?.len() == SECRET;
    shaped.then_some(prefix)
}

/// Until when a key is good, as the clock writes it; a day is meant to its end.
fn end(text: &str) -> Option<String> {
    if let Ok(day) = text.parse::<NaiveDate>() {
        return day.and_hms_opt(23, 59, 59).map(|end| written(end.and_utc()));
    }
    DateTime::parse_from_rfc3339(text).ok().map(|at| written(at.to_utc()))
}

impl Registry {
    /// Who comes with this key; nothing where it is unknown, forged, expired or revoked, or its account is shut. While nothing
    /// changes it takes no statement.
    pub async fn by_key(&self, token: &str) -> Result<Option<Viewer>, Error> {
        let Some(prefix) = prefix_of(token) else { return Ok(None) };
        let now = self.clock.now();
        let Some(known) = self.known_key(prefix, &now).await? else { return Ok(None) };
        let same: bool = known.hash.as_bytes().ct_eq(digest(token).as_bytes()).into();
        if !same || known.expires_at.as_ref().is_some_and(|end| *end <= now) {
            return Ok(None);
        }
        if known.viewer.is_some() && self.known.is_news(prefix, &now) {
            self.beside(accounts::touch_key(&self.store, known.id, &now)).await;
        }
        Ok(known.viewer.clone())
    }

    async fn known_key(&self, prefix: &str, now: &str) -> Result<Option<Arc<KnownKey>>, Error> {
        // Read before the key is: a change in between makes the entry stale, never a stale entry good.
        let told = *self.known.news.get_or_init(|| self.store.revisions()).borrow();
        let remembered = self.known.keys.lock().unwrap_or_else(PoisonError::into_inner).get(prefix).cloned();
        if let Some(known) = remembered.as_ref().filter(|k| k.told == told && k.checked > later(now, -TRUSTED)) {
            return Ok(Some(Arc::clone(known)));
        }
        let revision = self.store.reader().revision().await?;
        let checked = now.to_owned();
        let known = match remembered.filter(|k| k.revision == revision) {
            Some(k) => KnownKey {
                hash: k.hash.clone(),
                id: k.id,
                expires_at: k.expires_at.clone(),
                viewer: k.viewer.clone(),
                revision,
                told,
                checked,
            },
            None => {
                let Some((row, account)) = accounts::key_by_prefix(self.store.reader(), prefix).await? else {
                    return Ok(None);
                };
                let KeyRow { key, hash } = row;
                let open = key.revoked_at.is_none() && !account.account.disabled;
                let viewer = if open { Some(self.viewer_of(&account.account, Some((key.id, key.scopes))).await?) } else { None };
                KnownKey { hash, id: key.id, expires_at: key.expires_at, viewer, revision, told, checked }
            }
        };
        let known = Arc::new(known);
        let mut keys = self.known.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(prefix.to_owned(), Arc::clone(&known));
        Ok(Some(known))
    }

    /// A new key: its prefix and the whole of it.
    fn new_key(&self) -> (String, String) {
        let letters = self.clock.random();
        let prefix: String = letters.iter().take(PREFIX).map(|b| char::from(LETTERS[usize::from(*b) % LETTERS.len()])).collect();
        let token = format!("kn_{prefix}_{}", self.new_token());
        (prefix, token)
    }

    /// Issues a key to an account.
    pub async fn issue_key(&self, author: &Author, new: &NewKey) -> Result<IssuedKey, WriteError> {
        let lang = author.lang;
        let mut token = None;
        let key = self
            .change(author, Action::Administer, "issue key", async |unit| {
                let now = self.clock.now();
                let row = unit.account(new.account).await?;
                let mut errors: Vec<UserError> = Vec::new();
                let invalid = |path, key| wrong(lang, UserErrorCode::Invalid, path, key, &[]);
                if row.is_none() {
                    errors.push(wrong(lang, UserErrorCode::NotFound, "account", "account-unknown", &[]));
                }
                if row.as_ref().is_some_and(|r| r.account.disabled) {
                    errors.push(wrong(lang, UserErrorCode::State, "account", "account-disabled", &[]));
                }
                let label = new.label.trim();
                if label.is_empty() || label.chars().count() > 200 {
                    errors.push(invalid("label", "key-label"));
                }
                if new.scopes.is_empty() {
                    errors.push(invalid("scopes", "key-scopes"));
                }
                let expires_at = new.expires_at.as_deref().map(end);
                if expires_at.as_ref().is_some_and(|end| end.as_ref().is_none_or(|end| *end <= now)) {
                    errors.push(invalid("expiresAt", "key-expiry"));
                }
                let Some(row) = row.filter(|_| errors.is_empty()) else { return Err(WriteError::Refused(errors)) };
                let (prefix, made) = self.new_key();
                let key = ApiKey {
                    id: self.clock.new_id(),
                    account: row.account.id,
                    prefix,
                    scopes: new.scopes.clone(),
                    label: label.to_owned(),
                    created_at: now,
                    expires_at: expires_at.flatten(),
                    used_at: None,
                    revoked_at: None,
                };
                let kept = KeyRow { key, hash: digest(&made) };
                unit.add_api_key(&kept, &row.account.name).await?;
                token = Some(made);
                Ok(kept.key)
            })
            .await?;
        Ok(IssuedKey { key, token })
    }

    /// Revokes a key, from this instant on; false where it had been revoked before.
    pub async fn revoke_key(&self, author: &Author, id: Uuid) -> Result<bool, WriteError> {
        let now = self.clock.now();
        let done = self
            .change(author, Action::Administer, "revoke key", async |unit| {
                let Some((_, prefix, revoked)) = unit.api_key(id).await? else {
                    return Err(wrong(author.lang, UserErrorCode::NotFound, "key", "key-unknown", &[]).into());
                };
                if !revoked {
                    unit.revoke_api_key(id, &prefix, &now).await?;
                }
                Ok(!revoked)
            })
            .await?;
        self.known.forget();
        Ok(done)
    }

    /// The keys of an account, the oldest first.
    pub async fn keys_of(&self, author: &Author, account: Uuid) -> Result<Vec<ApiKey>, Error> {
        Self::administers(author, "list keys")?;
        Ok(accounts::keys_of(self.store.reader(), account).await?)
    }

    /// The id of the key that begins so: its prefix, as lists show it or alone, or the whole key.
    pub async fn key_of_prefix(&self, author: &Author, key: &str) -> Result<Option<Uuid>, Error> {
        Self::administers(author, "list keys")?;
        let prefix = prefix_of(key).unwrap_or_else(|| key.strip_prefix("kn_").unwrap_or(key));
        Ok(accounts::key_by_prefix(self.store.reader(), prefix).await?.map(|(row, _)| row.key.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_shaped_like_a_key_is_looked_for() {
        let secret = "s".repeat(SECRET);
        assert_eq!(prefix_of(&format!("kn_abcd2345_{secret}")), Some("abcd2345"));
        for wrong in [
            String::new(),
            "kn_".to_owned(),
            format!("kn_abcd2345{secret}"),
            format!("kn_abcd2345_{secret}s"),
            format!("kn_ABCD2345_{secret}"),
            format!("xx_abcd2345_{secret}"),
            format!("kn_ấấấấ_{secret}"),
        ] {
            assert_eq!(prefix_of(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_day_is_meant_to_its_end_and_instants_are_written_in_utc() {
        assert_eq!(end("2027-01-31").as_deref(), Some("2027-01-31T23:59:59Z"));
        assert_eq!(end("2027-01-31T07:00:00+07:00").as_deref(), Some("2027-01-31T00:00:00Z"));
        assert_eq!(end("next year"), None);
    }
}
