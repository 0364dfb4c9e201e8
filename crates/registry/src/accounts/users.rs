//! Administration: accounts are made, changed and shut, and links issued by which people set their passwords.

use std::fmt;

use ketnoi_domain::{Account, AccountRole, Action, Coded as _, Id, LocalAuthority, Organisation, account_name, belonging_faults};
use ketnoi_persistence::{UnitOfWork, accounts};
use uuid::Uuid;

use super::{digest, later, refused, wrong};
use crate::{Author, Error, Registry, UserError, UserErrorCode, WriteError};

/// Seconds for which a reset link is good.
const LINK: i64 = 24 * 60 * 60;

/// What an account is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// The name to sign in with.
    pub name: String,
    /// What it is for.
    pub role: AccountRole,
    /// The organisation that it speaks for.
    pub organisation: Option<Id<Organisation>>,
    /// The local authority that it speaks for.
    pub authority: Option<Id<LocalAuthority>>,
}

/// What is to become of an account; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountChange {
    /// What it is for.
    pub role: Option<AccountRole>,
    /// The organisation that it speaks for, or that it speaks for none.
    pub organisation: Option<Option<Id<Organisation>>>,
    /// The local authority that it speaks for, or that it speaks for none.
    pub authority: Option<Option<Id<LocalAuthority>>>,
    /// Whether it is shut.
    pub disabled: Option<bool>,
    /// Take its second factor away: its holder has lost it.
    pub drop_second_factor: bool,
    /// The version that the author has seen.
    pub expected_version: Option<i64>,
}

/// A link by which someone sets their password once.
#[derive(Clone, PartialEq, Eq)]
pub struct ResetLink {
    /// The name to sign in with.
    pub account: String,
    /// The secret part of the link, shown this once; nothing where the same request had been answered before.
    pub token: Option<String>,
    /// Until when it is good, RFC 3339 in UTC.
    pub expires_at: String,
}

impl ResetLink {
    /// The page of ours at which the link is opened. The log has such paths without what follows.
    pub fn path(&self) -> Option<String> {
        self.token.as_ref().map(|token| format!("/auth/reset/{token}"))
    }
}

impl fmt::Debug for ResetLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResetLink").field("account", &self.account).finish_non_exhaustive()
    }
}

/// What there is to say of a change in the trail.
fn told(old: &Account, new: &Account) -> String {
    let mut said = Vec::new();
    if old.role != new.role {
        said.push(format!("role {} becomes {}", old.role.name(), new.role.name()));
    }
    if old.organisation != new.organisation {
        said.push(new.organisation.map_or_else(|| "no organisation".to_owned(), |id| format!("organisation {id}")));
    }
    if old.authority != new.authority {
        said.push(new.authority.map_or_else(|| "no local authority".to_owned(), |id| format!("local authority {id}")));
    }
    if old.disabled != new.disabled {
        said.push(if new.disabled { "disabled" } else { "enabled" }.to_owned());
    }
    said.join(", ")
}

fn administers(account: &Account) -> bool {
    account.role == AccountRole::Administrator && !account.disabled
}

impl Registry {
    /// Makes an account. It has no password: a reset link lets its holder set one.
    pub async fn create_account(&self, author: &Author, new: &NewAccount) -> Result<Account, WriteError> {
        let lang = author.lang;
        self.change(author, Action::Administer, "create account", async |unit| {
            let mut errors = self.unknown_parties(author, new.organisation, new.authority).await?;
            errors.extend(lacking(author, new.role, new.organisation.is_some(), new.authority.is_some()));
            let name = match account_name(&new.name) {
                Ok(name) => name,
                Err(fault) => {
                    errors.push(refused(lang, fault));
                    String::new()
                }
            };
            if !name.is_empty() && unit.account_named(&name).await?.is_some() {
                errors.push(wrong(lang, UserErrorCode::Taken, "name", "account-name-taken", &[("name", &name)]));
            }
            if !errors.is_empty() {
                return Err(WriteError::Refused(errors));
            }
            let account = Account {
                id: self.clock.new_id(),
                name,
                role: new.role,
                organisation: new.organisation,
                authority: new.authority,
                has_password: false,
                has_second_factor: false,
                disabled: false,
                created_at: self.clock.now(),
                version: 1,
            };
            unit.add_account(&account).await?;
            Ok(account)
        })
        .await
    }

    /// Changes what an account is for, or shuts it, and ends its sessions. The last administrator stays one.
    pub async fn update_account(&self, author: &Author, id: Uuid, change: &AccountChange) -> Result<Account, WriteError> {
        let lang = author.lang;
        let done = self
            .change(author, Action::Administer, "update account", async |unit| {
                let old = found(unit, author, id).await?;
                if change.expected_version.is_some_and(|seen| seen != old.version) {
                    let version = old.version.to_string();
                    let conflict = wrong(lang, UserErrorCode::Conflict, "", "conflict", &[("version", &version)]);
                    return Err(UserError { current_version: Some(old.version), ..conflict }.into());
                }
                let new = Account {
                    role: change.role.unwrap_or(old.role),
                    organisation: change.organisation.unwrap_or(old.organisation),
                    authority: change.authority.unwrap_or(old.authority),
                    disabled: change.disabled.unwrap_or(old.disabled),
                    ..old.clone()
                };
                let (organisation, authority) = (change.organisation.flatten(), change.authority.flatten());
                let mut errors = self.unknown_parties(author, organisation, authority).await?;
                errors.extend(lacking(author, new.role, new.organisation.is_some(), new.authority.is_some()));
                if administers(&old) && !administers(&new) && unit.administrators_besides(id).await? == 0 {
                    let path = if new.disabled { "disabled" } else { "role" };
                    errors.push(wrong(lang, UserErrorCode::State, path, "account-last-administrator", &[]));
                }
                if !errors.is_empty() {
                    return Err(WriteError::Refused(errors));
                }
                let drop_factor = change.drop_second_factor && old.has_second_factor;
                if new == old && !drop_factor {
                    return Ok(old);
                }
                if new != old {
                    unit.set_account(&new, &told(&old, &new)).await?;
                }
                if drop_factor {
                    unit.set_second_factor(&new, None, None).await?;
                    unit.note("second factor taken away");
                }
                unit.end_sessions_of(id).await?;
                found(unit, author, id).await
            })
            .await?;
        self.known.forget();
        Ok(done)
    }

    /// Issues a link by which the account's holder sets their password, good for a day and for one use. Links that were issued
    /// before and not used are good no longer.
    pub async fn issue_reset(&self, author: &Author, id: Uuid) -> Result<ResetLink, WriteError> {
        let mut token = None;
        let (account, expires_at) = self
            .change(author, Action::Administer, "issue reset link", async |unit| {
                let account = found(unit, author, id).await?;
                if account.disabled {
                    return Err(wrong(author.lang, UserErrorCode::State, "account", "account-disabled", &[]).into());
                }
                let (made, expires_at) = (self.new_token(), later(&self.clock.now(), LINK));
                unit.add_reset(&account, &digest(&made), author.viewer.name(), &expires_at).await?;
                token = Some(made);
                Ok((account.name, expires_at))
            })
            .await?;
        Ok(ResetLink { account, token, expires_at })
    }

    /// Lets whom an issuer of OpenID Connect calls this sign in as an account.
    pub async fn link_subject(&self, author: &Author, id: Uuid, issuer: &str, subject: &str) -> Result<Account, WriteError> {
        let lang = author.lang;
        self.change(author, Action::Administer, "link subject", async |unit| {
            let account = found(unit, author, id).await?;
            let empty = [("issuer", issuer), ("subject", subject)].into_iter().find(|(_, text)| text.trim().is_empty());
            if let Some((path, _)) = empty {
                return Err(wrong(lang, UserErrorCode::Invalid, path, "subject-empty", &[]).into());
            }
            if !unit.link_subject(&account, issuer.trim(), subject.trim()).await? {
                return Err(wrong(lang, UserErrorCode::Taken, "subject", "subject-taken", &[]).into());
            }
            Ok(account)
        })
        .await
    }

    /// All accounts in the order of their names.
    pub async fn accounts(&self, author: &Author) -> Result<Vec<Account>, Error> {
        Self::administers(author, "list accounts")?;
        Ok(accounts::all(self.store.reader()).await?)
    }

    /// The account of this id, or the one that signs in with this name.
    pub async fn account(&self, author: &Author, id_or_name: &str) -> Result<Option<Account>, Error> {
        Self::administers(author, "list accounts")?;
        let row = match (id_or_name.parse::<Uuid>(), account_name(id_or_name)) {
            (Ok(id), _) => accounts::by_id(self.store.reader(), id).await?,
            (_, Ok(name)) => accounts::by_name(self.store.reader(), &name).await?,
            _ => None,
        };
        Ok(row.map(|r| r.account))
    }

    /// The issuers and subjects that sign in as an account.
    pub async fn subjects_of(&self, author: &Author, id: Uuid) -> Result<Vec<(String, String)>, Error> {
        Self::administers(author, "list accounts")?;
        Ok(accounts::subjects_of(self.store.reader(), id).await?)
    }

    /// What is named and is not there.
    async fn unknown_parties(
        &self,
        author: &Author,
        organisation: Option<Id<Organisation>>,
        authority: Option<Id<LocalAuthority>>,
    ) -> Result<Vec<UserError>, Error> {
        let session = self.session(author.viewer.clone());
        let mut errors = Vec::new();
        if let Some(id) = organisation
            && session.by_ids::<Organisation>(&[id.uuid()]).await?.is_empty()
        {
            errors.push(wrong(author.lang, UserErrorCode::NotFound, "organisation", "account-no-organisation", &[]));
        }
        if let Some(id) = authority
            && session.by_ids::<LocalAuthority>(&[id.uuid()]).await?.is_empty()
        {
            errors.push(wrong(author.lang, UserErrorCode::NotFound, "authority", "account-no-authority", &[]));
        }
        Ok(errors)
    }
}

/// What is wrong with those for whom an account of the role speaks.
fn lacking(author: &Author, role: AccountRole, organisation: bool, authority: bool) -> Option<UserError> {
    belonging_faults(role, organisation, authority).map(|fault| refused(author.lang, fault))
}

/// The account of this id, which must be there.
async fn found(unit: &UnitOfWork, author: &Author, id: Uuid) -> Result<Account, WriteError> {
    let unknown = || wrong(author.lang, UserErrorCode::NotFound, "account", "account-unknown", &[]);
    Ok(unit.account(id).await?.ok_or_else(unknown)?.account)
}
