//! Who asks, and, for administrators, who may sign in.

use std::collections::HashMap;

use async_graphql::{Context, Enum, ID, SimpleObject};
use ketnoi_domain::{AccountRole, Id, KeyScope, LocalAuthority, Organisation};
use ketnoi_registry::Stored;

use crate::{
    batch::{Batch, View},
    enums::E,
    error::{Result, from_registry},
    exec::{Many, One},
    request::session,
};

/// What can be done with the registry, besides reading what one may see.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "ketnoi_domain::Action")]
pub(crate) enum Permission {
    /// Make, change, archive and restore records; import.
    Write,
    /// Propose figures of one's own local authority, which an officer then approves.
    Propose,
    /// Approve or refuse what others proposed; lock periods.
    Approve,
    /// Publish records, open, close and publish dialogues.
    Publish,
    /// Ask for reports.
    RunReports,
    /// Read the change feed, subscribe to changes.
    FollowChanges,
    /// Read the audit trail and the history of records.
    ReadAudit,
    /// Read participants' names, and counts of people however small.
    SeePeople,
    /// Manage accounts, keys, trusted operations and settings; erase people's data.
    Administer,
}

/// Who asks.
#[derive(SimpleObject)]
pub(crate) struct Viewer {
    /// What the audit trail calls them; `stranger` for who has not signed in.
    pub(crate) name: String,
    /// What their account is for; null for who has none.
    pub(crate) role: Option<E<AccountRole>>,
    /// The organisation that they speak for, under the name it has today.
    pub(crate) organisation: Option<One<View<Organisation>>>,
    /// The local authority that they speak for.
    pub(crate) authority: Option<One<View<LocalAuthority>>>,
    /// What the key may be used for by which they came; null for who came without one.
    pub(crate) scopes: Option<Vec<E<KeyScope>>>,
    /// What they may do, besides reading what they may see.
    pub(crate) may: Vec<Permission>,
}

/// An account of the registry.
#[derive(SimpleObject)]
pub(crate) struct Account {
    /// Its id.
    id: ID,
    /// The name to sign in with, by which the audit trail calls it too.
    name: String,
    /// What it is for.
    role: E<AccountRole>,
    /// The organisation that it speaks for.
    organisation: Option<One<View<Organisation>>>,
    /// The local authority that it speaks for.
    authority: Option<One<View<LocalAuthority>>>,
    /// Whether it has a password; without one it cannot sign in by itself.
    has_password: bool,
    /// Whether it has a second factor that has been confirmed.
    has_second_factor: bool,
    /// Whether it has been shut: nobody signs in with it, and its keys open nothing.
    disabled: bool,
    /// When it was made.
    created_at: String,
    /// How often it has been written.
    version: i64,
}

/// A key of a program. The key itself is known to who holds it alone.
#[derive(SimpleObject)]
pub(crate) struct ApiKey {
    /// Its id.
    id: ID,
    /// What every token of it begins with after `kn_`, to tell keys apart.
    prefix: String,
    /// What it is for.
    label: String,
    /// What it may be used for.
    scopes: Vec<E<KeyScope>>,
    /// When it was issued.
    created_at: String,
    /// When it ends; open where nobody said.
    expires_at: Option<String>,
    /// When it was last used, to the minute.
    used_at: Option<String>,
    /// When it was revoked.
    revoked_at: Option<String>,
}

impl From<ketnoi_domain::ApiKey> for ApiKey {
    fn from(key: ketnoi_domain::ApiKey) -> Self {
        Self {
            id: ID(key.id.to_string()),
            prefix: key.prefix,
            label: key.label,
            scopes: key.scopes.into_iter().map(E).collect(),
            created_at: key.created_at,
            expires_at: key.expires_at,
            used_at: key.used_at,
            revoked_at: key.revoked_at,
        }
    }
}

/// Accounts as administrators see them, with those for whom they speak: a statement for each kind, however many there are.
pub(crate) async fn accounts(ctx: &Context<'_>, all: Vec<ketnoi_domain::Account>) -> Result<Many<Account>> {
    let organisations = parties(ctx, all.iter().filter_map(|a| a.organisation)).await?;
    let authorities = parties(ctx, all.iter().filter_map(|a| a.authority)).await?;
    let shown = |a: ketnoi_domain::Account| Account {
        id: ID(a.id.to_string()),
        name: a.name,
        role: E(a.role),
        organisation: a.organisation.and_then(|id| organisations.get(&id).cloned()).map(One),
        authority: a.authority.and_then(|id| authorities.get(&id).cloned()).map(One),
        has_password: a.has_password,
        has_second_factor: a.has_second_factor,
        disabled: a.disabled,
        created_at: a.created_at,
        version: a.version,
    };
    Ok(Many(all.into_iter().map(shown).collect()))
}

/// One of them.
pub(crate) async fn account(ctx: &Context<'_>, one: Option<ketnoi_domain::Account>) -> Result<Option<One<Account>>> {
    Ok(accounts(ctx, one.into_iter().collect()).await?.0.pop().map(One))
}

/// These records, by their ids; those that the viewer may not see are left out.
pub(crate) async fn parties<T: Stored>(ctx: &Context<'_>, ids: impl Iterator<Item = Id<T>>) -> Result<HashMap<Id<T>, View<T>>> {
    let mut ids: Vec<_> = ids.map(Id::uuid).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let batch = Batch::new(session(ctx).by_ids::<T>(&ids).await.map_err(from_registry)?);
    Ok(View::all(&batch, 0..batch.len()).into_iter().map(|view| (view.head().id, view)).collect())
}
