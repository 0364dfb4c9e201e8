//! What the web server asks of those who keep identities. The registry does; tests have a small one of their own.

#[cfg(test)]
pub(crate) mod people;

use std::future::Future;
use std::pin::Pin;

use ketnoi_domain::Viewer;
use ketnoi_registry::{Author, Error, OwnAccount, PasswordChange, Registry, RenewedSession, SignIn, SignedIn, Visit, WriteError};
use uuid::Uuid;

/// An answer that takes a while.
pub(crate) type Soon<'a, T, E = Error> = Pin<Box<dyn Future<Output = Result<T, E>> + 'a>>;

/// Who came with a session.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Who it is.
    pub viewer: Viewer,
    /// Their account.
    pub account: Uuid,
    /// What it is called.
    pub name: String,
    /// Whether it has a second factor.
    pub has_second_factor: bool,
    /// What a change must bring along to show that a page of ours made it.
    pub csrf: String,
    /// The token that takes the place of the one that was sent, now and then.
    pub rotated: Option<String>,
    /// Whether a second factor must be set up before anything else.
    pub must_enrol: bool,
}

/// Keeps identities.
pub(crate) trait Keeper: Send + Sync {
    /// Whose key this is.
    fn by_key<'a>(&'a self, token: &'a str) -> Soon<'a, Option<Viewer>>;
    /// Whose session this is.
    fn by_session<'a>(&'a self, token: &'a str) -> Soon<'a, Option<Seen>>;
    /// Lets someone in.
    fn sign_in<'a>(&'a self, name: &'a str, password: &'a str, code: Option<&'a str>) -> Soon<'a, SignIn>;
    /// Lets someone in whom a provider of OpenID Connect vouches for.
    fn sign_in_as<'a>(&'a self, issuer: &'a str, subject: &'a str) -> Soon<'a, Option<SignedIn>>;
    /// Ends a session.
    fn sign_out<'a>(&'a self, token: &'a str) -> Soon<'a, bool>;
    /// Sets a password by a one-time link.
    fn reset<'a>(&'a self, author: &'a Author, token: &'a str, password: &'a str) -> Soon<'a, (), WriteError>;
    /// Begins to set up a second factor: its `otpauth:` address.
    fn begin_second_factor<'a>(&'a self, author: &'a Author, account: Uuid) -> Soon<'a, String, WriteError>;
    /// Ends setting it up with a code that it shows.
    fn confirm_second_factor<'a>(&'a self, author: &'a Author, account: Uuid, code: &'a str) -> Soon<'a, (), WriteError>;
    /// What the holder of a session sees of their own account.
    fn own_account<'a>(&'a self, token: &'a str) -> Soon<'a, Option<OwnAccount>>;
    /// Changes the password of the holder of a session, which goes on as the only one.
    fn change_password<'a>(
        &'a self,
        author: &'a Author,
        token: &'a str,
        change: &'a PasswordChange<'a>,
    ) -> Soon<'a, RenewedSession, WriteError>;
    /// Ends another session of who holds this one.
    fn end_session<'a>(&'a self, author: &'a Author, token: &'a str, session: &'a str) -> Soon<'a, (), WriteError>;
    /// Ends all other sessions of who holds this one.
    fn end_other_sessions<'a>(&'a self, author: &'a Author, token: &'a str) -> Soon<'a, (), WriteError>;
    /// 256 random bits.
    fn random(&self) -> [u8; 32];
}

impl Keeper for Registry {
    fn by_key<'a>(&'a self, token: &'a str) -> Soon<'a, Option<Viewer>> {
        Box::pin(Registry::by_key(self, token))
    }

    fn by_session<'a>(&'a self, token: &'a str) -> Soon<'a, Option<Seen>> {
        Box::pin(async move { Ok(Registry::by_session(self, token).await?.map(Seen::from)) })
    }

    fn sign_in<'a>(&'a self, name: &'a str, password: &'a str, code: Option<&'a str>) -> Soon<'a, SignIn> {
        Box::pin(Registry::sign_in(self, name, password, code))
    }

    fn sign_in_as<'a>(&'a self, issuer: &'a str, subject: &'a str) -> Soon<'a, Option<SignedIn>> {
        Box::pin(Registry::sign_in_as(self, issuer, subject))
    }

    fn sign_out<'a>(&'a self, token: &'a str) -> Soon<'a, bool> {
        Box::pin(Registry::sign_out(self, token))
    }

    fn reset<'a>(&'a self, author: &'a Author, token: &'a str, password: &'a str) -> Soon<'a, (), WriteError> {
        Box::pin(Registry::reset(self, author, token, password))
    }

    fn begin_second_factor<'a>(&'a self, author: &'a Author, account: Uuid) -> Soon<'a, String, WriteError> {
        Box::pin(Registry::begin_second_factor(self, author, account))
    }

    fn confirm_second_factor<'a>(&'a self, author: &'a Author, account: Uuid, code: &'a str) -> Soon<'a, (), WriteError> {
        Box::pin(Registry::confirm_second_factor(self, author, account, code))
    }

    fn own_account<'a>(&'a self, token: &'a str) -> Soon<'a, Option<OwnAccount>> {
        Box::pin(Registry::own_account(self, token))
    }

    fn change_password<'a>(
        &'a self,
        author: &'a Author,
        token: &'a str,
        change: &'a PasswordChange<'a>,
    ) -> Soon<'a, RenewedSession, WriteError> {
        Box::pin(Registry::change_password(self, author, token, change))
    }

    fn end_session<'a>(&'a self, author: &'a Author, token: &'a str, session: &'a str) -> Soon<'a, (), WriteError> {
        Box::pin(Registry::end_session(self, author, token, session))
    }

    fn end_other_sessions<'a>(&'a self, author: &'a Author, token: &'a str) -> Soon<'a, (), WriteError> {
        Box::pin(Registry::end_other_sessions(self, author, token))
    }

    fn random(&self) -> [u8; 32] {
        self.clock().random()
    }
}

impl From<Visit> for Seen {
    fn from(visit: Visit) -> Self {
        let Visit { viewer, csrf, rotated, must_enrol, account } = visit;
        let (has_second_factor, name, account) = (account.has_second_factor, account.name, account.id);
        Self { viewer, account, name, has_second_factor, csrf, rotated, must_enrol }
    }
}

/// Knows nobody. For servers that need no identities, such as those of tests.
impl Keeper for () {
    fn by_key<'a>(&'a self, _token: &'a str) -> Soon<'a, Option<Viewer>> {
        Box::pin(std::future::ready(Ok(None)))
    }
    fn by_session<'a>(&'a self, _token: &'a str) -> Soon<'a, Option<Seen>> {
        Box::pin(std::future::ready(Ok(None)))
    }
    fn sign_in<'a>(&'a self, _name: &'a str, _password: &'a str, _code: Option<&'a str>) -> Soon<'a, SignIn> {
        Box::pin(std::future::ready(Ok(SignIn::Refused)))
    }
    fn sign_in_as<'a>(&'a self, _issuer: &'a str, _subject: &'a str) -> Soon<'a, Option<SignedIn>> {
        Box::pin(std::future::ready(Ok(None)))
    }
    fn sign_out<'a>(&'a self, _token: &'a str) -> Soon<'a, bool> {
        Box::pin(std::future::ready(Ok(false)))
    }
    fn reset<'a>(&'a self, _author: &'a Author, _token: &'a str, _password: &'a str) -> Soon<'a, (), WriteError> {
        Box::pin(std::future::ready(Err(WriteError::Refused(Vec::new()))))
    }
    fn begin_second_factor<'a>(&'a self, _author: &'a Author, _account: Uuid) -> Soon<'a, String, WriteError> {
        Box::pin(std::future::ready(Err(WriteError::Refused(Vec::new()))))
    }
    fn confirm_second_factor<'a>(&'a self, _author: &'a Author, _account: Uuid, _code: &'a str) -> Soon<'a, (), WriteError> {
        Box::pin(std::future::ready(Err(WriteError::Refused(Vec::new()))))
    }
    fn own_account<'a>(&'a self, _token: &'a str) -> Soon<'a, Option<OwnAccount>> {
        Box::pin(std::future::ready(Ok(None)))
    }
    fn change_password<'a>(
        &'a self,
        _author: &'a Author,
        _token: &'a str,
        _change: &'a PasswordChange<'a>,
    ) -> Soon<'a, RenewedSession, WriteError> {
        Box::pin(std::future::ready(Err(WriteError::Refused(Vec::new()))))
    }
    fn end_session<'a>(&'a self, _author: &'a Author, _token: &'a str, _session: &'a str) -> Soon<'a, (), WriteError> {
        Box::pin(std::future::ready(Err(WriteError::Refused(Vec::new()))))
    }
    fn end_other_sessions<'a>(&'a self, _author: &'a Author, _token: &'a str) -> Soon<'a, (), WriteError> {
        Box::pin(std::future::ready(Err(WriteError::Refused(Vec::new()))))
    }
    fn random(&self) -> [u8; 32] {
        [0; 32]
    }
}
