//! Who asks, and, for administrators, who may sign in.

use async_graphql::{Context, Object};
use ketnoi_domain::{Action, Id, LocalAuthority, Organisation, Viewer as Asking};

use crate::{
    enums::E,
    error::{Result, from_registry},
    exec::{Many, One},
    model::accounts::{Account, ApiKey, Permission, Viewer, accounts, parties},
    request::{author, registry, session, volatile},
};

/// The accounts, and who asks.
#[derive(Debug, Default)]
pub(crate) struct Accounts;

#[Object]
impl Accounts {
    /// Who asks: their account, and what they may do.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<One<Viewer>> {
        volatile(ctx);
        let asking = session(ctx).viewer();
        let known = match asking {
            Asking::Known(who) => Some(who),
            Asking::Stranger | Asking::LocalAdministrator => None,
        };
        let organisation = known.and_then(|who| who.organisation).map(Id::<Organisation>::from_uuid);
        let authority = known.and_then(|who| who.authority).map(Id::<LocalAuthority>::from_uuid);
        let may = Action::ALL.iter().filter(|action| asking.may(**action));
        Ok(One(Viewer {
            name: asking.name().to_owned(),
            role: match asking {
                Asking::Known(who) => Some(E(who.role)),
                Asking::LocalAdministrator => Some(E(ketnoi_domain::AccountRole::Administrator)),
                Asking::Stranger => None,
            },
            organisation: parties(ctx, organisation.into_iter()).await?.into_values().next().map(One),
            authority: parties(ctx, authority.into_iter()).await?.into_values().next().map(One),
            scopes: known.and_then(|who| who.key.as_ref()).map(|(_, scopes)| scopes.iter().copied().map(E).collect()),
            may: may.map(|action| Permission::from(*action)).collect(),
        }))
    }

    /// All accounts, in the order of their names. For administrators.
    async fn accounts(&self, ctx: &Context<'_>) -> Result<Many<Account>> {
        volatile(ctx);
        accounts(ctx, registry(ctx).accounts(&author(ctx)).await.map_err(from_registry)?).await
    }

    /// The keys of an account, the oldest first, revoked ones among them. For administrators.
    async fn api_keys(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account: its id, or the name that it signs in with.")] account: String,
    ) -> Result<Many<ApiKey>> {
        volatile(ctx);
        let (registry, author) = (registry(ctx), author(ctx));
        let found = registry.account(&author, &account).await.map_err(from_registry)?;
        let Some(found) = found else {
            return Err(from_registry(ketnoi_registry::Error::NotFound { kind: "account", code: account }));
        };
        let keys = registry.keys_of(&author, found.id).await.map_err(from_registry)?;
        Ok(Many(keys.into_iter().map(ApiKey::from).collect()))
    }
}
