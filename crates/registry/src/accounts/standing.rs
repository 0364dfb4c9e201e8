//! Whether what someone came with still holds: asked again of those who stay, since a socket lives longer than a request.

use std::{
    fmt,
    sync::{Arc, PoisonError},
};

use ketnoi_domain::Viewer;
use ketnoi_persistence::accounts;
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::{MOST_USES, later, sessions::IDLE};
use crate::{Error, Registry};

/// What someone came with, by which it can be asked later whether it still holds.
#[derive(Clone, PartialEq, Eq)]
pub struct Pass {
    viewer: Viewer,
    /// What the forms of their session bring; nothing for those who came without a session.
    csrf: Option<Arc<str>>,
}

impl fmt::Debug for Pass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pass({})", self.viewer.name())
    }
}

impl Pass {
    /// Of someone who came with a key, from this machine, or with nothing.
    pub fn of(viewer: Viewer) -> Self {
        Self { viewer, csrf: None }
    }

    /// Of someone who came with a session, whose forms bring this.
    pub fn by_session(viewer: Viewer, csrf: &str) -> Self {
        Self { viewer, csrf: Some(csrf.into()) }
    }

    /// Whether this is what the forms of the session bring.
    pub fn is_proven_by(&self, given: &str) -> bool {
        self.csrf.as_ref().is_some_and(|csrf| bool::from(csrf.as_bytes().ct_eq(given.as_bytes())))
    }
}

/// Who an account is at a revision, or a key of it.
pub(super) struct Standing {
    /// The revision, read before the rest was: what changed meanwhile makes this stale, and never something stale good.
    revision: i64,
    expires_at: Option<String>,
    /// Nobody where the key was revoked or the account is shut.
    viewer: Option<Viewer>,
}

impl Registry {
    /// Who someone is now that came with this; nothing where it no longer holds: the key was revoked or has expired, the session
    /// is over, the account is shut. A session is not used by asking, so it ends after its time though a page stays open.
    pub async fn still(&self, pass: &Pass) -> Result<Option<Viewer>, Error> {
        let Viewer::Known(who) = &pass.viewer else { return Ok(Some(pass.viewer.clone())) };
        let now = self.clock.now();
        if let Some(csrf) = &pass.csrf {
            let times = accounts::session_times(self.store.reader(), who.account, csrf).await?;
            if !times.is_some_and(|(expires_at, used_at)| expires_at > now && used_at > later(&now, -IDLE)) {
                return Ok(None);
            }
        }
        self.standing(who.account, who.key.as_ref().map(|(id, _)| *id), &now).await
    }

    async fn standing(&self, account: Uuid, key: Option<Uuid>, now: &str) -> Result<Option<Viewer>, Error> {
        let revision = self.store.reader().revision().await?;
        let holds = |s: &Standing| s.viewer.clone().filter(|_| s.expires_at.as_deref().is_none_or(|end| end > now));
        {
            let known = self.known.standing.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(known) = known.get(&(account, key)).filter(|s| s.revision == revision) {
                return Ok(holds(known));
            }
        }
        let standing = self.stands(account, key, revision).await?;
        let holds = holds(&standing);
        let mut known = self.known.standing.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_USES {
            known.clear();
        }
        known.insert((account, key), standing);
        Ok(holds)
    }

    async fn stands(&self, account: Uuid, key: Option<Uuid>, revision: i64) -> Result<Standing, Error> {
        let reader = self.store.reader();
        let nobody = Standing { revision, expires_at: None, viewer: None };
        let found = accounts::by_id(reader, account).await?;
        let Some(row) = found.filter(|row| !row.account.disabled) else { return Ok(nobody) };
        let Some(id) = key else {
            return Ok(Standing { viewer: Some(self.viewer_of(&row.account, None).await?), ..nobody });
        };
        let keys = accounts::keys_of(reader, account).await?;
        let Some(key) = keys.into_iter().find(|k| k.id == id && k.revoked_at.is_none()) else { return Ok(nobody) };
        let viewer = self.viewer_of(&row.account, Some((id, key.scopes))).await?;
        Ok(Standing { expires_at: key.expires_at, viewer: Some(viewer), ..nobody })
    }
}
