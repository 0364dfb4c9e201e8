//! The second factor: codes of an authenticator by time (RFC 6238), each accepted once.

use ketnoi_domain::Account;
use ketnoi_persistence::accounts::{self, AccountRow};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

use super::{unix, wrong};
use crate::{Author, Error, Registry, UserErrorCode, WriteError};

/// What an authenticator shows beside the account.
const ISSUER: &str = "Kết Nối";

/// Six digits, thirty seconds, one step early or late: what every authenticator knows.
fn totp(account: &Account, secret: Secret) -> Result<Totp, Error> {
    let totp = Builder::new().with_secret(secret).with_account_name(account.name.as_str()).with_issuer(Some(ISSUER)).build();
    totp.map_err(|e| Error::Secret(e.to_string()))
}

fn read(secret: &str) -> Result<Secret, Error> {
    Secret::try_from_base32(secret).map_err(|e| Error::Secret(e.to_string()))
}

/// The time step of a code, if it is one of now; people type the space in its middle too.
fn step(account: &Account, secret: &str, code: &str, now: &str) -> Result<Option<i64>, Error> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let step = totp(account, read(secret)?)?.check(&code, unix(now));
    Ok(step.and_then(|s| i64::try_from(s).ok()))
}

impl Registry {
    /// Whether this code of the account's second factor may be accepted: now, and not again.
    pub(super) async fn is_code(&self, row: &AccountRow, secret: &str, code: &str) -> Result<bool, Error> {
        let Some(step) = step(&row.account, secret, code, &self.clock.now())? else { return Ok(false) };
        Ok(accounts::accept_step(&self.store, row.account.id, step).await?)
    }

    /// Begins a second factor: the address that an authenticator reads, with the secret in it. Nothing is asked of the account
    /// before a code has confirmed it. One that has a second factor keeps it: an administrator takes it away first.
    pub async fn begin_second_factor(&self, author: &Author, account: Uuid) -> Result<String, WriteError> {
        let row = self.enrolling(author, account).await?;
        let mut bytes = [0; 20];
        bytes.copy_from_slice(&self.clock.random()[..20]);
        let secret = Secret::new_stack(bytes);
        accounts::put_pending_factor(&self.store, account, &secret.to_base32()).await?;
        let address = totp(&row.account, secret)?.to_url();
        address.map_err(|e| Error::Secret(e.to_string()).into())
    }

    /// Confirms a second factor by a code of it; from then on one is asked for at every sign-in.
    pub async fn confirm_second_factor(&self, author: &Author, account: Uuid, code: &str) -> Result<(), WriteError> {
        let row = self.enrolling(author, account).await?;
        let Some(secret) = row.second_factor_pending.as_deref() else {
            return Err(wrong(author.lang, UserErrorCode::State, "", "second-factor-not-begun", &[]).into());
        };
        let Some(step) = step(&row.account, secret, code, &self.clock.now())? else {
            return Err(wrong(author.lang, UserErrorCode::Invalid, "code", "second-factor-code", &[]).into());
        };
        self.change_own(author, &row.account, "confirm second factor", async |unit| {
            Ok(unit.set_second_factor(&row.account, Some(secret), Some(step)).await?)
        })
        .await
    }

    /// The account, which must be open and without a second factor.
    async fn enrolling(&self, author: &Author, account: Uuid) -> Result<AccountRow, WriteError> {
        let row = accounts::by_id(self.store.reader(), account).await?.filter(|r| !r.account.disabled);
        let Some(row) = row else {
            return Err(wrong(author.lang, UserErrorCode::NotFound, "account", "account-unknown", &[]).into());
        };
        if row.second_factor.is_some() {
            return Err(wrong(author.lang, UserErrorCode::State, "", "second-factor-there", &[]).into());
        }
        Ok(row)
    }
}
