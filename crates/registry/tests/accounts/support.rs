//! People and keys to test with.

use ketnoi_domain::{Account, AccountRole, Identity, KeyScope, Lang, Viewer};
use ketnoi_registry::{Author, NewAccount, NewKey, Registry, SignIn, SignedIn, UserErrorCode, WriteError};
use ketnoi_test_support::{TestDb, Time};

pub(crate) const PASSWORD: &str = "một câu dài dễ nhớ";

/// A registry whose time the test sets.
pub(crate) fn timed(db: &TestDb) -> (Registry, Time) {
    let time = Time::default();
    (Registry::new(db.store().clone(), time.clock()), time)
}

pub(crate) fn operator() -> Author {
    Author::of(Viewer::LocalAdministrator, Lang::En)
}

pub(crate) fn anyone() -> Author {
    Author::of(Viewer::Stranger, Lang::En)
}

pub(crate) fn new(name: &str, role: AccountRole) -> NewAccount {
    NewAccount { name: name.to_owned(), role, organisation: None, authority: None }
}

/// An account with a password.
pub(crate) async fn person(registry: &Registry, name: &str, role: AccountRole) -> Account {
    let account = registry.create_account(&operator(), &new(name, role)).await.unwrap();
    let token = registry.issue_reset(&operator(), account.id).await.unwrap().token.unwrap();
    registry.reset(&anyone(), &token, PASSWORD).await.unwrap();
    account
}

pub(crate) async fn signed_in(registry: &Registry, name: &str, code: Option<&str>) -> SignedIn {
    match registry.sign_in(name, PASSWORD, code).await.unwrap() {
        SignIn::In(signed_in) => *signed_in,
        other => panic!("{name}: {other:?}"),
    }
}

pub(crate) fn identity(viewer: &Viewer) -> &Identity {
    let Viewer::Known(who) = viewer else { panic!("{viewer:?} has no account") };
    who
}

/// What was refused: where, and of which sort.
pub(crate) fn refusals<T: std::fmt::Debug>(done: Result<T, WriteError>) -> Vec<(String, UserErrorCode)> {
    match done.unwrap_err() {
        WriteError::Refused(errors) => errors.into_iter().map(|e| (e.path, e.code)).collect(),
        WriteError::Registry(error) => panic!("{error}"),
    }
}

pub(crate) fn refusal(path: &str, code: UserErrorCode) -> Vec<(String, UserErrorCode)> {
    vec![(path.to_owned(), code)]
}

/// The code that an authenticator shows.
pub(crate) fn code(address: &str, instant: &str) -> String {
    let seconds = chrono::DateTime::parse_from_rfc3339(instant).unwrap().timestamp();
    totp_rs::Totp::from_url(address).unwrap().generate(u64::try_from(seconds).unwrap()).to_string()
}

pub(crate) fn key(account: &Account, scopes: &[KeyScope], expires_at: Option<&str>) -> NewKey {
    let (label, expires_at) = ("a dashboard".to_owned(), expires_at.map(str::to_owned));
    NewKey { account: account.id, label, scopes: scopes.iter().copied().collect(), expires_at }
}
