//! A small keeper of identities for tests: a few people whose secrets are known, and no password that takes time.

use std::collections::BTreeSet;
use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use ketnoi_domain::{Account, AccountRole, Coded as _, Identity, KeyScope, Viewer};
use ketnoi_registry::{
    Author, OpenSession, OwnAccount, PasswordChange, RenewedSession, SignIn, SignedIn, UserError, UserErrorCode, WriteError,
};
use uuid::Uuid;

use super::{Keeper, Seen, Soon};

/// The key that holds.
pub(crate) const KEY: &str = "kn_good";
/// The session of an administrator.
pub(crate) const SESSION: &str = "session";
/// The session whose token is due for another.
pub(crate) const OLD_SESSION: &str = "old-session";
/// The token that takes its place.
pub(crate) const NEW_TOKEN: &str = "new-session";
/// The session of someone who must set up a second factor first.
pub(crate) const UNFINISHED: &str = "unfinished";
/// The session of `binh`, who has a second factor.
pub(crate) const FACTORED: &str = "factored";
/// What pages of these sessions carry.
pub(crate) const CSRF: &str = "csrf-of-the-session";
/// The password of everyone.
pub(crate) const PASSWORD: &str = "a right password";
/// The token of the link that is good.
pub(crate) const LINK: &str = "link";

/// They know `an`, whom a password lets in, and `binh`, of whom a code is asked as well.
#[derive(Debug, Default)]
pub(crate) struct People {
    random: AtomicU8,
}

fn account(name: &str) -> Account {
    Account {
        id: Uuid::from_u128(7),
        name: name.to_owned(),
        role: AccountRole::Administrator,
        organisation: None,
        authority: None,
        has_password: true,
        has_second_factor: name == "binh",
        disabled: false,
        created_at: "2026-01-01T00:00:00Z".to_owned(),
        version: 1,
    }
}

/// Whose session this is.
fn who(token: &str) -> &'static str {
    if token == FACTORED { "binh" } else { "an" }
}

fn viewer(name: &str, key: Option<(Uuid, BTreeSet<KeyScope>)>) -> Viewer {
    let (account, name, role) = (Uuid::from_u128(7), name.to_owned(), AccountRole::Administrator);
    let (organisation, authority, parties) = (None, None, BTreeSet::new());
    Viewer::Known(Arc::new(Identity { account, name, role, organisation, authority, parties, key }))
}

fn signed_in(name: &str) -> SignedIn {
    SignedIn {
        token: SESSION.to_owned(),
        csrf: CSRF.to_owned(),
        expires_at: "2026-12-31T00:00:00Z".to_owned(),
        must_enrol: false,
        viewer: viewer(name, None),
        account: account(name),
    }
}

fn refused(message: &str) -> WriteError {
    WriteError::Refused(vec![UserError::new(UserErrorCode::Invalid, "", message)])
}

impl Keeper for People {
    fn by_key<'a>(&'a self, token: &'a str) -> Soon<'a, Option<Viewer>> {
        let all = KeyScope::ALL.iter().copied().collect();
        Box::pin(ready(Ok((token == KEY).then(|| viewer("an", Some((Uuid::from_u128(9), all)))))))
    }

    fn by_session<'a>(&'a self, token: &'a str) -> Soon<'a, Option<Seen>> {
        let (must_enrol, name) = (token == UNFINISHED, who(token));
        let seen = || Seen {
            viewer: if must_enrol { Viewer::Stranger } else { viewer(name, None) },
            account: Uuid::from_u128(7),
            name: name.to_owned(),
            has_second_factor: account(name).has_second_factor,
            csrf: CSRF.to_owned(),
            rotated: (token == OLD_SESSION).then(|| NEW_TOKEN.to_owned()),
            must_enrol,
        };
        Box::pin(ready(Ok([SESSION, OLD_SESSION, NEW_TOKEN, UNFINISHED, FACTORED].contains(&token).then(seen))))
    }

    fn sign_in<'a>(&'a self, name: &'a str, password: &'a str, code: Option<&'a str>) -> Soon<'a, SignIn> {
        let came = match (name, code) {
            _ if password != PASSWORD => SignIn::Refused,
            ("an", _) | ("binh", Some("123456")) => SignIn::In(Box::new(signed_in(name))),
            ("binh", None) => SignIn::NeedsCode,
            _ => SignIn::Refused,
        };
        Box::pin(ready(Ok(came)))
    }

    fn sign_in_as<'a>(&'a self, _issuer: &'a str, subject: &'a str) -> Soon<'a, Option<SignedIn>> {
        Box::pin(ready(Ok((subject == "linked").then(|| signed_in("an")))))
    }

    fn sign_out<'a>(&'a self, token: &'a str) -> Soon<'a, bool> {
        Box::pin(ready(Ok(token == SESSION)))
    }

    fn reset<'a>(&'a self, _author: &'a Author, token: &'a str, password: &'a str) -> Soon<'a, (), WriteError> {
        let good = token == LINK && password.len() >= 12;
        Box::pin(ready(if good { Ok(()) } else { Err(refused("It cannot be set.")) }))
    }

    fn begin_second_factor<'a>(&'a self, _author: &'a Author, _account: Uuid) -> Soon<'a, String, WriteError> {
        Box::pin(ready(Ok("otpauth://totp/K:an?secret=ABCDEFGHIJ&issuer=K".to_owned())))
    }

    fn confirm_second_factor<'a>(&'a self, _author: &'a Author, _account: Uuid, code: &'a str) -> Soon<'a, (), WriteError> {
        Box::pin(ready(if code == "123456" { Ok(()) } else { Err(refused("The code is not right.")) }))
    }

    fn own_account<'a>(&'a self, token: &'a str) -> Soon<'a, Option<OwnAccount>> {
        let began = "2026-01-02T03:04:05Z".to_owned();
        let this = OpenSession {
            handle: "this".to_owned(),
            is_this: true,
            by_password: true,
            began_at: began.clone(),
            used_at: began.clone(),
            expires_at: began,
        };
        let own = OwnAccount { account: account(who(token)), organisation: None, authority: None, sessions: vec![this] };
        Box::pin(ready(Ok(Some(own))))
    }

    fn change_password<'a>(
        &'a self,
        _author: &'a Author,
        token: &'a str,
        change: &'a PasswordChange<'a>,
    ) -> Soon<'a, RenewedSession, WriteError> {
        let good = change.current == PASSWORD && (token != FACTORED || change.code == Some("123456"));
        let renewed = || RenewedSession { token: NEW_TOKEN.to_owned(), csrf: CSRF.to_owned() };
        Box::pin(ready(if good { Ok(renewed()) } else { Err(refused("It cannot be changed.")) }))
    }

    fn end_session<'a>(&'a self, _author: &'a Author, _token: &'a str, _session: &'a str) -> Soon<'a, (), WriteError> {
        Box::pin(ready(Err(refused("There is no other session."))))
    }

    fn end_other_sessions<'a>(&'a self, _author: &'a Author, _token: &'a str) -> Soon<'a, (), WriteError> {
        Box::pin(ready(Ok(())))
    }

    fn random(&self) -> [u8; 32] {
        [self.random.fetch_add(1, Ordering::Relaxed); 32]
    }
}
