//! Signing in, and what follows: a session of limited time whose token changes while it is used.

use std::{collections::BTreeSet, fmt};

use ketnoi_domain::{Account, Viewer, account_name, second_factor_demanded};
use ketnoi_persistence::accounts::{self, AccountRow, SessionRow};
use uuid::Uuid;

use super::{digest, later};
use crate::{Error, Registry};

/// Seconds until a session ends that nobody uses.
pub(super) const IDLE: i64 = 30 * 60;
/// Seconds until a session ends however much it is used.
const LONGEST: i64 = 12 * 60 * 60;
/// Seconds until a session gets another token.
const ROTATED: i64 = 15 * 60;
/// Seconds after which a use is written down again. The first use of a new token is seen no sooner, so the token before is good
/// for as long at least: another tab may have sent it already.
const SEEN: i64 = 60;

/// What came of an attempt to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// They are in.
    In(Box<SignedIn>),
    /// The password is right, and a code of the second factor is wanted: ask again with all three.
    NeedsCode,
    /// They are not; which of name, password and code was wrong is not told.
    Refused,
}

/// A session that begins.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// What the cookie holds: known to the browser alone.
    pub token: String,
    /// What forms and mutations must bring besides the cookie.
    pub csrf: String,
    /// When it ends however much it is used, RFC 3339 in UTC.
    pub expires_at: String,
    /// Whether they must set up a second factor before they can do anything else.
    pub must_enrol: bool,
    /// Who they are; without any right until a second factor that is demanded has been set up.
    pub viewer: Viewer,
    /// Their account.
    pub account: Account,
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedIn").field("account", &self.account.name).finish_non_exhaustive()
    }
}

/// A request within a session.
#[derive(Clone, PartialEq, Eq)]
pub struct Visit {
    /// Who comes; without any right until a second factor that is demanded has been set up.
    pub viewer: Viewer,
    /// What forms and mutations must bring besides the cookie.
    pub csrf: String,
    /// The token that takes the place of the one that came, if it is time.
    pub rotated: Option<String>,
    /// Whether they must set up a second factor before they can do anything else.
    pub must_enrol: bool,
    /// Their account.
    pub account: Account,
}

impl fmt::Debug for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visit").field("account", &self.account.name).finish_non_exhaustive()
    }
}

/// Whether a second factor is demanded of who signed in so, and there is none.
pub(super) fn must_enrol(account: &Account, by_password: bool) -> bool {
    by_password && !account.has_second_factor && second_factor_demanded(account.role)
}

/// Whether a session has not ended by itself.
pub(super) fn is_open(session: &SessionRow, now: &str) -> bool {
    session.expires_at.as_str() > now && session.used_at > later(now, -IDLE)
}

impl Registry {
    /// Signs in with a name, a password and, where the account has a second factor, a code of it. It takes as long for a name
    /// that nobody has.
    pub async fn sign_in(&self, name: &str, password: &str, code: Option<&str>) -> Result<SignIn, Error> {
        let row = match account_name(name) {
            Ok(name) => accounts::by_name(self.store.reader(), &name).await?,
            Err(_) => None,
        };
        let right = self.is_password(row.as_ref(), password).await?;
        let Some(row) = row.filter(|_| right) else {
            // What was typed as a name may be a password, so it is not logged.
            tracing::warn!("a sign-in was refused");
            return Ok(SignIn::Refused);
        };
        if let Some(secret) = &row.second_factor {
            let Some(code) = code else { return Ok(SignIn::NeedsCode) };
            if !self.is_code(&row, secret, code).await? {
                tracing::warn!(account = %row.account.id, "a sign-in was refused");
                return Ok(SignIn::Refused);
            }
        }
        Ok(self.open(row, true).await?.map_or(SignIn::Refused, |signed_in| SignIn::In(Box::new(signed_in))))
    }

    /// Signs in someone of whom an issuer of OpenID Connect says who they are; nothing where no account is theirs. Whether a
    /// second factor is asked for is the issuer's to say.
    pub async fn sign_in_as(&self, issuer: &str, subject: &str) -> Result<Option<SignedIn>, Error> {
        let row = accounts::of_subject(self.store.reader(), issuer, subject).await?;
        let Some(row) = row.filter(|r| !r.account.disabled) else {
            tracing::warn!(issuer, "a sign-in was refused: no account is linked to who came");
            return Ok(None);
        };
        self.open(row, false).await
    }

    /// Begins a session of an account; nothing where the account was shut or changed since it was read.
    async fn open(&self, row: AccountRow, by_password: bool) -> Result<Option<SignedIn>, Error> {
        let (account, now) = (row.account, self.clock.now());
        accounts::sweep_sessions(&self.store, account.id, &now, &later(&now, -IDLE)).await?;
        let (token, csrf, expires_at) = (self.new_token(), self.new_token(), later(&now, LONGEST));
        let session = SessionRow {
            hash: digest(&token),
            account: account.id,
            by_password,
            created_at: now.clone(),
            used_at: now.clone(),
            rotated_at: now,
            expires_at: expires_at.clone(),
            csrf: csrf.clone(),
            previous_hash: None,
        };
        accounts::open_session(&self.store, &session).await?;
        // Whoever changes the account ends the sessions that there are by then. This one may have come after that, with the
        // password of before.
        if !accounts::is_as_read(&self.store, &account).await? {
            accounts::end_session(&self.store, &session.hash).await?;
            tracing::warn!(account = %account.id, "a sign-in was refused: the account has changed meanwhile");
            return Ok(None);
        }
        tracing::info!(account = %account.id, by_password, "signed in");
        let must_enrol = must_enrol(&account, by_password);
        let viewer = self.visitor(&account, must_enrol).await?;
        Ok(Some(SignedIn { token, csrf, expires_at, must_enrol, viewer, account }))
    }

    async fn visitor(&self, account: &Account, must_enrol: bool) -> Result<Viewer, Error> {
        // As if by a key that opens nothing: whoever forgets to ask whether they must enrol gives them no rights.
        let nothing = must_enrol.then(|| (Uuid::nil(), BTreeSet::new()));
        self.viewer_of(account, nothing).await
    }

    /// Who comes with the cookie of a session; nothing where the session is unknown or over, or its account shut. A token is good
    /// until the one in its place has been seen, since the answer that brought that one may have been lost; but only the newest
    /// keeps the session from ending unused.
    pub async fn by_session(&self, token: &str) -> Result<Option<Visit>, Error> {
        let (hash, now) = (digest(token), self.clock.now());
        let Some((session, row)) = self.opened(&hash, &now).await? else { return Ok(None) };
        let is_previous = session.hash != hash;
        let mut rotated = None;
        if !is_previous && session.rotated_at <= later(&now, -ROTATED) && self.known.is_news(&hash, &now) {
            let new = self.new_token();
            let done = self.beside(accounts::rotate_session(&self.store, &hash, &digest(&new), &now)).await;
            // Of two requests with one token, one changes it; for the other it is the token before.
            rotated = done.unwrap_or(false).then_some(new);
        } else if !is_previous && session.used_at <= later(&now, -SEEN) && self.known.is_news(&session.hash, &now) {
            self.beside(accounts::touch_session(&self.store, &session.hash, &now)).await;
        }
        let must_enrol = must_enrol(&row.account, session.by_password);
        let viewer = self.visitor(&row.account, must_enrol).await?;
        Ok(Some(Visit { viewer, csrf: session.csrf, rotated, must_enrol, account: row.account }))
    }

    /// The session to whose token this hash belongs, if it holds, with its account.
    pub(super) async fn opened(&self, hash: &str, now: &str) -> Result<Option<(SessionRow, AccountRow)>, Error> {
        let found = accounts::session_by_hash(self.store.reader(), hash).await?;
        Ok(found.filter(|(session, row)| {
            let was_replaced = session.hash != hash && session.used_at > session.rotated_at;
            !row.account.disabled && is_open(session, now) && !was_replaced
        }))
    }

    /// Ends a session; false where there was none.
    pub async fn sign_out(&self, token: &str) -> Result<bool, Error> {
        Ok(accounts::end_session(&self.store, &digest(token)).await?)
    }
}
