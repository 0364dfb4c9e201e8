//! Everyone who asks: strangers, the administrator at the machine, and of each role a person, a program with every scope, and
//! for each scope a program that lacks it.

use std::collections::BTreeSet;

use ketnoi_domain::{AccountRole, Coded, KeyScope, Viewer};
use ketnoi_test_support::TestDb;

use super::rules::Who;
use crate::association::people::{account, in_person, with_key};

/// One who asks.
pub(super) struct Asker {
    pub(super) name: String,
    pub(super) who: Who,
    pub(super) viewer: Viewer,
}

/// Whether this is one of those by whom the lines of a long list are asked.
pub(super) fn is_typical(who: &Who) -> bool {
    match who {
        Who::Stranger | Who::Local | Who::Known { key: None, .. } => true,
        Who::Known { role, key: Some(scopes), .. } => {
            let lacks_writing = scopes.len() + 1 == KeyScope::ALL.len() && !scopes.contains(&KeyScope::RegistryWrite);
            *role == AccountRole::Officer && (lacks_writing || scopes.len() == KeyScope::ALL.len())
        }
    }
}

/// For whom the account of a role speaks.
fn party(role: AccountRole) -> Option<&'static str> {
    match role {
        AccountRole::Administrator | AccountRole::Officer => None,
        AccountRole::FocalPoint => Some("hue"),
        AccountRole::Funder => Some("A"),
        AccountRole::Partner => Some("HOST"),
    }
}

/// The person of a role, and the programs that come with a key of theirs.
fn of_role(role: AccountRole) -> Vec<(String, Who)> {
    let every: BTreeSet<KeyScope> = KeyScope::ALL.iter().copied().collect();
    let known = |key| Who::Known { role, party: party(role), key };
    let name = role.name().replace('_', " ");
    let mut all = vec![(format!("{name}, in person"), known(None)), (format!("key of a {name}"), known(Some(every.clone())))];
    for lacking in KeyScope::ALL {
        let scopes = every.iter().copied().filter(|scope| scope != lacking).collect();
        all.push((format!("key of a {name} without {}", lacking.code()), known(Some(scopes))));
    }
    all
}

/// All of them, as far as rights go by it.
pub(super) fn all() -> Vec<(String, Who)> {
    let nobody = [("stranger".to_owned(), Who::Stranger), ("administrator at the machine".to_owned(), Who::Local)];
    nobody.into_iter().chain(AccountRole::ALL.iter().flat_map(|role| of_role(*role))).collect()
}

/// All of them, with accounts and keys in a registry where nobody has one yet.
pub(super) async fn everyone(db: &TestDb) -> Vec<Asker> {
    let mut accounts = Vec::new();
    for role in AccountRole::ALL {
        accounts.push((*role, account(db, &role.name().replace('_', "-"), *role, party(*role)).await));
    }
    let mut everyone = Vec::new();
    for (name, who) in all() {
        let viewer = match &who {
            Who::Stranger => Viewer::Stranger,
            Who::Local => Viewer::LocalAdministrator,
            Who::Known { role, key, .. } => {
                let (_, account) = accounts.iter().find(|(of, _)| of == role).unwrap();
                match key {
                    Some(scopes) => with_key(db, account, scopes).await,
                    None => in_person(&with_key(db, account, &BTreeSet::from([KeyScope::RegistryRead])).await),
                }
            }
        };
        everyone.push(Asker { name, who, viewer });
    }
    everyone
}
