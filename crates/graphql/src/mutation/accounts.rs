//! Accounts and keys are kept by administrators.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};
use ketnoi_domain::{AccountRole, Action, Id, KeyScope, LocalAuthority, Organisation};
use ketnoi_registry::{AccountChange, NewAccount, NewKey, Stored, UserErrorCode as Sort, WriteError, say};
use uuid::Uuid;

use super::payload::{UserError, settle};
use crate::{
    enums::E,
    error::{Result, from_registry},
    exec::One,
    global_id,
    model::accounts::{Account, ApiKey, account},
    request::{author, lang, registry, session},
};

/// The mutations of accounts.
#[derive(Debug, Default)]
pub(crate) struct Accounts;

/// An account to make.
#[derive(InputObject, Debug)]
pub(crate) struct CreateAccountInput {
    /// The name to sign in with: 3 to 64 small letters, digits, and between them . _ - @ +.
    name: String,
    /// What it is for.
    role: E<AccountRole>,
    /// The organisation that it speaks for: its code or id. A funder and a partner need one.
    organisation: Option<String>,
    /// The local authority that it speaks for: its code or id. A focal point needs one.
    authority: Option<String>,
}

/// What is to become of an account; what is left out stays.
#[derive(InputObject, Debug)]
pub(crate) struct UpdateAccountInput {
    /// The account: its id, or the name that it signs in with.
    account: String,
    /// What it is for.
    role: Option<E<AccountRole>>,
    /// The organisation that it speaks for: its code or id; null for none.
    organisation: MaybeUndefined<String>,
    /// The local authority that it speaks for: its code or id; null for none.
    authority: MaybeUndefined<String>,
    /// Shut it, or open it again.
    disabled: Option<bool>,
    /// Take its second factor away: its holder has lost it.
    #[graphql(default)]
    remove_second_factor: bool,
    /// The version that the caller has seen; a later one is a conflict.
    expected_version: Option<i64>,
}

/// For whom a link is issued.
#[derive(InputObject, Debug)]
pub(crate) struct IssueResetLinkInput {
    /// The account: its id, or the name that it signs in with.
    account: String,
}

/// A key to issue.
#[derive(InputObject, Debug)]
pub(crate) struct IssueApiKeyInput {
    /// The account within whose rights it works: its id, or the name that it signs in with.
    account: String,
    /// What it is for.
    label: String,
    /// What it may be used for.
    scopes: Vec<E<KeyScope>>,
    /// The day at whose end, or the instant at which, it ends; open where it is left out.
    expires_at: Option<String>,
}

/// A key to revoke.
#[derive(InputObject, Debug)]
pub(crate) struct RevokeApiKeyInput {
    /// The key: its id, or its prefix.
    key: String,
}

/// Someone of another issuer who is to sign in as an account.
#[derive(InputObject, Debug)]
pub(crate) struct LinkSubjectInput {
    /// The account: its id, or the name that it signs in with.
    account: String,
    /// The issuer of OpenID Connect, as its tokens name it.
    issuer: String,
    /// What the issuer calls the person.
    subject: String,
}

/// What came of a change of an account.
#[derive(SimpleObject)]
pub(crate) struct AccountPayload {
    /// The account; null where the change was refused.
    account: Option<One<Account>>,
    /// What the caller can mend.
    errors: Vec<UserError>,
}

/// What came of issuing a link.
#[derive(SimpleObject)]
pub(crate) struct IssueResetLinkPayload {
    /// The link from the root of this server, shown this once; null where it was refused, or the same request had been answered
    /// before.
    path: Option<String>,
    /// Until when it is good.
    expires_at: Option<String>,
    /// What the caller can mend.
    errors: Vec<UserError>,
}

/// What came of issuing a key.
#[derive(SimpleObject)]
pub(crate) struct IssueApiKeyPayload {
    /// The key; null where it was refused.
    api_key: Option<One<ApiKey>>,
    /// What the program sends as `Authorization: Bearer`, shown this once; null where the same request had been answered
    /// before.
    token: Option<String>,
    /// What the caller can mend.
    errors: Vec<UserError>,
}

/// What came of revoking a key.
#[derive(SimpleObject, Debug)]
pub(crate) struct RevokeApiKeyPayload {
    /// Whether it was revoked now; false where it had been before, null where it was refused.
    revoked: Option<bool>,
    /// What the caller can mend.
    errors: Vec<UserError>,
}

/// What was asked for and is not there.
fn missing(ctx: &Context<'_>, path: &str, key: &str) -> UserError {
    UserError::from(ketnoi_registry::UserError::new(Sort::NotFound, path, say(lang(ctx), key, &[])))
}

/// Refuses who may not administer, before anything is looked for.
fn administers(ctx: &Context<'_>, action: &str) -> Result<()> {
    if session(ctx).viewer().may(Action::Administer) {
        return Ok(());
    }
    Err(from_registry(ketnoi_registry::Error::Forbidden(say(lang(ctx), "forbidden", &[("action", action)]))))
}

/// The account that is called so, or what there is to say.
async fn called(ctx: &Context<'_>, id_or_name: &str) -> Result<std::result::Result<Uuid, Vec<UserError>>> {
    let found = registry(ctx).account(&author(ctx), id_or_name).await.map_err(from_registry)?;
    Ok(found.map(|a| a.id).ok_or_else(|| vec![missing(ctx, "account", "account-unknown")]))
}

/// The record with this id or code.
async fn party<T: Stored>(ctx: &Context<'_>, id_or_code: &str) -> Result<Option<Id<T>>> {
    let found = match global_id::decode(id_or_code) {
        Ok((kind, id)) if kind == T::KIND => session(ctx).by_ids::<T>(&[id]).await.map(|mut found| found.pop()),
        _ => session(ctx).by_code::<T>(id_or_code).await,
    };
    Ok(found.map_err(from_registry)?.map(|record| record.head().id))
}

/// For whom an account is to speak; what is not found is among the errors.
async fn parties(
    ctx: &Context<'_>,
    organisation: Option<&str>,
    authority: Option<&str>,
) -> Result<(Option<Id<Organisation>>, Option<Id<LocalAuthority>>, Vec<UserError>)> {
    let (mut who, mut errors) = ((None, None), Vec::new());
    if let Some(text) = organisation {
        who.0 = party(ctx, text).await?;
        if who.0.is_none() {
            errors.push(missing(ctx, "organisation", "account-no-organisation"));
        }
    }
    if let Some(text) = authority {
        who.1 = party(ctx, text).await?;
        if who.1.is_none() {
            errors.push(missing(ctx, "authority", "account-no-authority"));
        }
    }
    Ok((who.0, who.1, errors))
}

async fn settled(ctx: &Context<'_>, done: std::result::Result<ketnoi_domain::Account, WriteError>) -> Result<AccountPayload> {
    let (done, errors) = settle(done)?;
    Ok(AccountPayload { account: account(ctx, done).await?, errors })
}

#[Object(name = "AccountMutations")]
impl Accounts {
    /// Makes an account. It has no password: a reset link lets its holder set one. For administrators.
    async fn create_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account.")] input: CreateAccountInput,
    ) -> Result<AccountPayload> {
        administers(ctx, "create account")?;
        let (organisation, authority, errors) = parties(ctx, input.organisation.as_deref(), input.authority.as_deref()).await?;
        if !errors.is_empty() {
            return Ok(AccountPayload { account: None, errors });
        }
        let new = NewAccount { name: input.name, role: input.role.0, organisation, authority };
        settled(ctx, registry(ctx).create_account(&author(ctx), &new).await).await
    }

    /// Changes what an account is for, shuts it or opens it again, takes a lost second factor away; its sessions end. The last
    /// administrator stays one. For administrators.
    async fn update_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what of it.")] input: UpdateAccountInput,
    ) -> Result<AccountPayload> {
        administers(ctx, "update account")?;
        let id = match called(ctx, &input.account).await? {
            Ok(id) => id,
            Err(errors) => return Ok(AccountPayload { account: None, errors }),
        };
        let named = |text: &MaybeUndefined<String>| text.value().cloned();
        let (organisation, authority) = (named(&input.organisation), named(&input.authority));
        let (organisation, authority, errors) = parties(ctx, organisation.as_deref(), authority.as_deref()).await?;
        if !errors.is_empty() {
            return Ok(AccountPayload { account: None, errors });
        }
        let change = AccountChange {
            role: input.role.map(|role| role.0),
            organisation: (!input.organisation.is_undefined()).then_some(organisation),
            authority: (!input.authority.is_undefined()).then_some(authority),
            disabled: input.disabled,
            drop_second_factor: input.remove_second_factor,
            expected_version: input.expected_version,
        };
        settled(ctx, registry(ctx).update_account(&author(ctx), id, &change).await).await
    }

    /// Issues a link by which the account's holder sets their password: good for a day, and for one use. For administrators.
    async fn issue_reset_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For whom.")] input: IssueResetLinkInput,
    ) -> Result<IssueResetLinkPayload> {
        administers(ctx, "issue reset link")?;
        let id = match called(ctx, &input.account).await? {
            Ok(id) => id,
            Err(errors) => return Ok(IssueResetLinkPayload { path: None, expires_at: None, errors }),
        };
        let (link, errors) = settle(registry(ctx).issue_reset(&author(ctx), id).await)?;
        let path = link.as_ref().and_then(ketnoi_registry::ResetLink::path);
        Ok(IssueResetLinkPayload { path, expires_at: link.map(|l| l.expires_at), errors })
    }

    /// Issues a key to a program. It is shown once. For administrators.
    async fn issue_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key.")] input: IssueApiKeyInput,
    ) -> Result<IssueApiKeyPayload> {
        administers(ctx, "issue key")?;
        let account = match called(ctx, &input.account).await? {
            Ok(id) => id,
            Err(errors) => return Ok(IssueApiKeyPayload { api_key: None, token: None, errors }),
        };
        let scopes = input.scopes.into_iter().map(|scope| scope.0).collect();
        let new = NewKey { account, label: input.label, scopes, expires_at: input.expires_at };
        let (issued, errors) = settle(registry(ctx).issue_key(&author(ctx), &new).await)?;
        let (api_key, token) = issued.map_or((None, None), |i| (Some(One(ApiKey::from(i.key))), i.token));
        Ok(IssueApiKeyPayload { api_key, token, errors })
    }

    /// Revokes a key, from this instant on. It stays in the list of keys and opens nothing. For administrators.
    async fn revoke_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RevokeApiKeyInput,
    ) -> Result<RevokeApiKeyPayload> {
        administers(ctx, "revoke key")?;
        let id = match input.key.parse::<Uuid>() {
            Ok(id) => Some(id),
            Err(_) => registry(ctx).key_of_prefix(&author(ctx), &input.key).await.map_err(from_registry)?,
        };
        let Some(id) = id else {
            return Ok(RevokeApiKeyPayload { revoked: None, errors: vec![missing(ctx, "key", "key-unknown")] });
        };
        let (revoked, errors) = settle(registry(ctx).revoke_key(&author(ctx), id).await)?;
        Ok(RevokeApiKeyPayload { revoked, errors })
    }

    /// Lets someone sign in as an account of whom an issuer of OpenID Connect says who they are. For administrators.
    async fn link_subject(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and as which account.")] input: LinkSubjectInput,
    ) -> Result<AccountPayload> {
        administers(ctx, "link subject")?;
        let id = match called(ctx, &input.account).await? {
            Ok(id) => id,
            Err(errors) => return Ok(AccountPayload { account: None, errors }),
        };
        settled(ctx, registry(ctx).link_subject(&author(ctx), id, &input.issuer, &input.subject).await).await
    }
}
