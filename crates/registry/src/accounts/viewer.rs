//! An account as the rights know it: with everyone for whom it speaks.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use ketnoi_domain::{Account, Id, Identity, KeyScope, LocalAuthority, Organisation, SuccessionGraph, Viewer};
use uuid::Uuid;

use crate::{Error, Registry};

impl Registry {
    /// Who an account is now; nothing where it is gone or disabled.
    pub(crate) async fn viewer_of_account(&self, account: Uuid) -> Result<Option<Viewer>, Error> {
        let found = ketnoi_persistence::accounts::by_id(self.store.reader(), account).await?;
        match found.filter(|row| !row.account.disabled) {
            Some(row) => Ok(Some(self.viewer_of(&row.account, None).await?)),
            None => Ok(None),
        }
    }

    /// Who an account is, or a key of it.
    pub(super) async fn viewer_of(&self, account: &Account, key: Option<(Uuid, BTreeSet<KeyScope>)>) -> Result<Viewer, Error> {
        let reader = self.store.reader();
        let mut parties = BTreeSet::new();
        let mut organisation = account.organisation;
        if let Some(me) = account.organisation {
            let all = ketnoi_persistence::successions::<Organisation>(reader, None).await?;
            let graph = SuccessionGraph::try_new(all.iter().map(|s| (s.predecessor, s.successor))).ok();
            let (today, names) = graph.map_or_else(|| (me, BTreeSet::from([me])), |graph| family(&graph, me));
            organisation = Some(today);
            parties.extend(names.into_iter().map(Id::uuid));
        }
        if let Some(me) = account.authority {
            // What came after may be larger: a merged city answers for its parts, and no part for the city.
            let all = ketnoi_persistence::successions::<LocalAuthority>(reader, None).await?;
            let graph = SuccessionGraph::try_new(all.iter().map(|s| (s.predecessor, s.successor))).ok();
            let before = graph.map_or_else(|| BTreeSet::from([me]), |graph| graph.with_predecessors(me));
            parties.extend(before.into_iter().map(Id::uuid));
        }
        Ok(Viewer::Known(Arc::new(Identity {
            account: account.id,
            name: account.name.clone(),
            role: account.role,
            organisation: organisation.map(Id::uuid),
            authority: account.authority.map(Id::uuid),
            parties,
            key,
        })))
    }
}

/// What an organisation is today, and it under all its names: what it became, and all that each of these was before. The same
/// as the family in reports, without asking who may see whom: these are rights and no names.
fn family(graph: &SuccessionGraph<Id<Organisation>>, me: Id<Organisation>) -> (Id<Organisation>, BTreeSet<Id<Organisation>>) {
    let after: HashMap<Id<Organisation>, usize> =
        graph.with_successors(me).into_iter().map(|id| (id, graph.with_successors(id).len())).collect();
    let mut last = after.iter().filter(|(_, following)| **following == 1).map(|(id, _)| *id);
    // Where it was split, nobody can say which part speaks for it.
    let today = match (last.next(), last.next()) {
        (Some(one), None) => one,
        _ => me,
    };
    (today, after.into_keys().flat_map(|id| graph.with_predecessors(id)).collect())
}
