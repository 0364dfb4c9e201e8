//! Accounts and keys, as an administrator makes them.

use std::{collections::BTreeSet, sync::Arc};

use ketnoi_domain::{Account, AccountRole, Identity, KeyScope, Lang, LocalAuthority, Organisation, Viewer};
use ketnoi_registry::{Author, NewAccount, NewKey};
use ketnoi_test_support::TestDb;

/// The author of what is done at the machine itself.
pub(super) fn operator() -> Author {
    Author::of(Viewer::LocalAdministrator, Lang::En)
}

/// An account that speaks for the organisation or the city with this code.
pub(super) async fn account(db: &TestDb, name: &str, role: AccountRole, party: Option<&str>) -> Account {
    let (mut organisation, mut authority) = (None, None);
    if let Some(code) = party {
        let session = db.administrator();
        organisation = session.by_code::<Organisation>(code).await.unwrap().map(|o| o.head.id);
        authority = session.by_code::<LocalAuthority>(code).await.unwrap().map(|a| a.head.id);
    }
    let new = NewAccount { name: name.to_owned(), role, organisation, authority };
    db.registry().create_account(&operator(), &new).await.unwrap()
}

/// Who comes with a key of an account, for these uses.
pub(super) async fn with_key(db: &TestDb, account: &Account, scopes: &BTreeSet<KeyScope>) -> Viewer {
    let new = NewKey { account: account.id, label: "a program".to_owned(), scopes: scopes.clone(), expires_at: None };
    let token = db.registry().issue_key(&operator(), &new).await.unwrap().token.unwrap();
    db.registry().by_key(&token).await.unwrap().expect("a new key is good")
}

/// The person to whom a key belongs, as they are once they have signed in.
pub(super) fn in_person(with_key: &Viewer) -> Viewer {
    let Viewer::Known(who) = with_key else { panic!("{with_key:?} has no account") };
    Viewer::Known(Arc::new(Identity { key: None, ..Identity::clone(who) }))
}
