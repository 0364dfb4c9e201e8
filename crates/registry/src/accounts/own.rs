//! One's own account: what there is of it, another password, and an end to sessions. Whose account it is, the token of a session
//! says: nobody names an account here, so nobody can name another's.

use std::fmt;

use ketnoi_domain::{Account, LocalAuthority, Organisation, Text, Viewer, password_fault};
use ketnoi_persistence::accounts::{self, AccountRow, SessionRow};
use uuid::Uuid;

use super::{
    digest, refused,
    sessions::{is_open, must_enrol},
    wrong,
};
use crate::{Author, Error, Registry, Session, Stored, UserError, UserErrorCode, WriteError};

/// What someone sees of their own account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAccount {
    /// The account.
    pub account: Account,
    /// What the organisation is called for which it speaks, under the name it has today, as far as its holder may see it.
    pub organisation: Option<Text>,
    /// What the local authority is called for which it speaks, as far as its holder may see it.
    pub authority: Option<Text>,
    /// Its sessions that are open: the one that asks, then the others, of these the one that began last first.
    pub sessions: Vec<OpenSession>,
}

/// A session of one's own account: all that is kept of it, and nothing that would open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// What it is called by who wants to end it. It stays while the token of the session changes.
    pub handle: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// Whether it began with a password of ours, and not through an issuer of OpenID Connect.
    pub by_password: bool,
    /// When it began, RFC 3339 in UTC.
    pub began_at: String,
    /// When it was last used, to the minute.
    pub used_at: String,
    /// When it ends however much it is used.
    pub expires_at: String,
}

/// What someone brings to change their own password.
#[derive(Clone, Copy)]
pub struct PasswordChange<'a> {
    /// The password that they have.
    pub current: &'a str,
    /// A code of the second factor, where the account has one.
    pub code: Option<&'a str>,
    /// The password that they want.
    pub new: &'a str,
}

impl fmt::Debug for PasswordChange<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordChange")
    }
}

/// What a session has from now on, in the place of what it had.
#[derive(Clone, PartialEq, Eq)]
pub struct RenewedSession {
    /// What the cookie holds: known to the browser alone.
    pub token: String,
    /// What forms and mutations must bring besides the cookie.
    pub csrf: String,
}

impl fmt::Debug for RenewedSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RenewedSession")
    }
}

/// What a session is called where it is listed. What its forms bring is a secret and stays; this digest tells nothing of it, and
/// is another than those that are kept of tokens.
fn handle(session: &SessionRow) -> String {
    digest(&format!("handle of {}", session.csrf))
}

/// The session is over, or was never one: whoever asks has to sign in.
fn over(author: &Author) -> UserError {
    wrong(author.lang, UserErrorCode::State, "", "session-over", &[])
}

impl Registry {
    /// What the holder of this token sees of their account; nothing where they are not signed in, or must set up a second factor
    /// first.
    pub async fn own_account(&self, token: &str) -> Result<Option<OwnAccount>, Error> {
        let Some((this, AccountRow { account, .. })) = self.holder(token).await? else { return Ok(None) };
        let viewer = self.viewer_of(&account, None).await?;
        let (organisation, authority) = match &viewer {
            Viewer::Known(who) => (who.organisation, who.authority),
            Viewer::Stranger | Viewer::LocalAdministrator => (None, None),
        };
        let reads = self.session(viewer);
        let organisation = called::<Organisation>(&reads, organisation).await?;
        let authority = called::<LocalAuthority>(&reads, authority).await?;
        let now = self.clock.now();
        let all = accounts::sessions_of(self.store.reader(), account.id).await?;
        let open = all.into_iter().filter(|session| is_open(session, &now)).map(|session| OpenSession {
            handle: handle(&session),
            is_this: session.csrf == this.csrf,
            by_password: session.by_password,
            began_at: session.created_at,
            used_at: session.used_at,
            expires_at: session.expires_at,
        });
        let (mut sessions, others): (Vec<_>, Vec<_>) = open.partition(|session| session.is_this);
        sessions.extend(others);
        Ok(Some(OwnAccount { account, organisation, authority, sessions }))
    }

    /// Changes the password of someone who is signed in and knows it, and ends all other sessions of the account. The one that
    /// asks goes on under another token: whoever has learned the token of before is out too.
    pub async fn change_password(
        &self,
        author: &Author,
        token: &str,
        change: &PasswordChange<'_>,
    ) -> Result<RenewedSession, WriteError> {
        let Some((this, row)) = self.holder(token).await? else { return Err(over(author).into()) };
        // This comes first: a new password that the rules refuse uses up no code, and tells nothing of the current one.
        if let Some(fault) = password_fault(&row.account.name, change.new) {
            return Err(refused(author.lang, fault).into());
        }
        if !self.is_holder(&row, change).await? {
            tracing::warn!(account = %row.account.id, "a change of a password was refused");
            let key = if row.second_factor.is_some() { "password-or-code-wrong" } else { "password-wrong" };
            return Err(wrong(author.lang, UserErrorCode::Invalid, "current", key, &[]).into());
        }
        let account = row.account;
        // Hashed before the unit begins: no writer waits for it.
        let hash = self.hashed(change.new).await?;
        let (renewed, now) = (RenewedSession { token: self.new_token(), csrf: self.new_token() }, self.clock.now());
        let session = SessionRow {
            hash: digest(&renewed.token),
            csrf: renewed.csrf.clone(),
            rotated_at: now.clone(),
            used_at: now,
            previous_hash: None,
            ..this.clone()
        };
        self.change_own(author, &account, "change password", async |unit| {
            // Whatever changed the account meanwhile stands: it may ask for more than was brought here.
            if !unit.renew_session(&this.csrf, &session).await? || !unit.change_password(&account, &hash).await? {
                return Err(over(author).into());
            }
            // Whoever has found a link to set a password is out as well.
            unit.drop_resets(&account).await?;
            unit.end_other_sessions(account.id, &session.csrf).await?;
            Ok(())
        })
        .await?;
        Ok(renewed)
    }

    /// Ends another session of the account whose session this token is of, found by its handle. One of another account is told of
    /// like one that there is not.
    pub async fn end_session(&self, author: &Author, token: &str, session: &str) -> Result<(), WriteError> {
        let unknown = || wrong(author.lang, UserErrorCode::NotFound, "session", "session-unknown", &[]);
        let Some((this, AccountRow { account, .. })) = self.holder(token).await? else { return Err(over(author).into()) };
        let all = accounts::sessions_of(self.store.reader(), account.id).await?;
        let other = all.into_iter().find(|other| other.csrf != this.csrf && handle(other) == session).ok_or_else(unknown)?;
        self.change_own(author, &account, "end session", async |unit| {
            if !unit.end_session_of(account.id, &other.csrf).await? {
                return Err(unknown().into());
            }
            unit.note(&format!("account {}", account.name));
            Ok(())
        })
        .await
    }

    /// Ends all sessions of the account whose session this token is of, but this one.
    pub async fn end_other_sessions(&self, author: &Author, token: &str) -> Result<(), WriteError> {
        let Some((this, AccountRow { account, .. })) = self.holder(token).await? else { return Err(over(author).into()) };
        self.change_own(author, &account, "end other sessions", async |unit| {
            if unit.end_other_sessions(account.id, &this.csrf).await? {
                unit.note(&format!("account {}", account.name));
            }
            Ok(())
        })
        .await
    }

    /// The session that a token is of and its account, if it holds and may do more than set up a second factor.
    async fn holder(&self, token: &str) -> Result<Option<(SessionRow, AccountRow)>, Error> {
        let opened = self.opened(&digest(token), &self.clock.now()).await?;
        Ok(opened.filter(|(session, row)| !must_enrol(&row.account, session.by_password)))
    }

    /// Whether someone knows the password of an account and, where it has a second factor, has a code of it that nobody has used.
    /// As at the sign-in, a code is looked at, and used up, only beside the right password.
    async fn is_holder(&self, row: &AccountRow, change: &PasswordChange<'_>) -> Result<bool, Error> {
        if !self.is_password(Some(row), change.current).await? {
            return Ok(false);
        }
        match (&row.second_factor, change.code) {
            (None, _) => Ok(true),
            (Some(_), None) => Ok(false),
            (Some(secret), Some(code)) => self.is_code(row, secret, code).await,
        }
    }
}

/// What a record is called, if there is one that the reader may see.
async fn called<T: Stored>(reads: &Session, id: Option<Uuid>) -> Result<Option<Text>, Error> {
    let Some(id) = id else { return Ok(None) };
    let found = reads.by_ids::<T>(&[id]).await?;
    Ok(found.first().and_then(T::label).cloned())
}
