//! Those who are registered to vote in a dialogue, as those who hold the vote are told of them. Whether one of them has voted is
//! no part of it.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use ketnoi_domain::{Cluster, Dialogue, LocalAuthority};
use ketnoi_registry::votes::{RegisteredDelegate, RegisteredDelegates};
use uuid::Uuid;

use super::votes::unique;
use crate::{
    batch::{Batch, View},
    cursor::{self, mark},
    error::{Result, bad_input},
    exec::{Many, One},
    list::{PageInfo, sized},
    request::session,
};

/// Someone who is registered to vote for a local authority.
#[derive(SimpleObject, Clone)]
pub(crate) struct VoteDelegate {
    /// The cluster that the delegate votes in.
    cluster: Option<One<View<Cluster>>>,
    /// The local authority.
    local_authority: Option<One<View<LocalAuthority>>>,
    /// Which of its delegates, from 1.
    ordinal: i64,
    /// What is said of the delegate, such as an office; null where nothing is, and for those who may not see people: it may hold
    /// a name.
    note: Option<String>,
    /// Whether a code is out for the delegate: given out, and not taken away since. Null once the vote is closed, when codes are
    /// forgotten. Of an anonymous vote it is told before it opens alone, and not in a cluster where fewer than five have a code
    /// while others have none, or the other way round. It stays true when the code is used.
    has_code: Option<bool>,
}

/// A delegate with their place.
#[derive(SimpleObject)]
pub(crate) struct VoteDelegateEdge {
    /// The delegate's place in the list, to go on from.
    cursor: String,
    /// The delegate.
    node: One<VoteDelegate>,
}

/// Part of those who are registered to vote, by cluster and local authority.
pub(crate) struct VoteDelegateConnection {
    delegates: Vec<(String, VoteDelegate)>,
    /// Whether there are delegates before and after.
    more: (bool, bool),
    total: usize,
}

/// Part of those who are registered to vote, by cluster and local authority.
#[Object]
impl VoteDelegateConnection {
    /// The delegates with their cursors.
    async fn edges(&self) -> Many<VoteDelegateEdge> {
        let edge = |(cursor, delegate): &(String, VoteDelegate)| VoteDelegateEdge {
            cursor: cursor.clone(),
            node: One(delegate.clone()),
        };
        Many(self.delegates.iter().map(edge).collect())
    }
    /// The delegates.
    async fn nodes(&self) -> Many<VoteDelegate> {
        Many(self.delegates.iter().map(|(_, delegate)| delegate.clone()).collect())
    }
    /// Which part of the list this is.
    async fn page_info(&self) -> One<PageInfo> {
        One(PageInfo::over(self.more, &self.delegates))
    }
    /// How many are registered in all.
    async fn total_count(&self) -> i64 {
        i64::try_from(self.total).unwrap_or(i64::MAX)
    }
}

/// What a batch of dialogues loads together.
struct Loaded {
    delegates: RegisteredDelegates,
    clusters: Arc<Batch<Cluster>>,
    authorities: Arc<Batch<LocalAuthority>>,
}

/// Where a delegate stands in the list.
type Place = (Uuid, Uuid, i64);

fn place_of(delegate: &RegisteredDelegate) -> Place {
    (delegate.cluster.uuid(), delegate.authority.uuid(), delegate.ordinal)
}

/// Those who are registered to vote in a dialogue; nothing for those who do not keep the registry.
pub(super) async fn delegates(
    ctx: &Context<'_>,
    of: &View<Dialogue>,
    first: i32,
    after: Option<String>,
) -> Result<Option<One<VoteDelegateConnection>>> {
    let size = usize::try_from(sized("first", first)?).unwrap_or(usize::MAX);
    if after.is_some() && of.sibling_rows().len() > 1 {
        return Err(bad_input(
            "a cursor in `delegates` goes on from one record, and there are several here: ask for one by `node` or by code",
        ));
    }
    let list = mark(("delegates", of.head.id));
    let after = after.map(|cursor| decode(&cursor, list)).transpose()?;
    let session = session(ctx);
    let loaded = of
        .shared("delegates", String::new(), || async {
            let Some(delegates) = session.registered_delegates(of.sibling_rows()).await? else { return Ok(None) };
            let (clusters, authorities) = {
                let all = || delegates.values().flatten();
                (unique(all().map(|d| d.cluster)), unique(all().map(|d| d.authority)))
            };
            let clusters = Batch::new(session.by_ids::<Cluster>(&clusters).await?);
            let authorities = Batch::new(session.by_ids::<LocalAuthority>(&authorities).await?);
            Ok(Some(Loaded { delegates, clusters, authorities }))
        })
        .await?;
    let Some(loaded) = &*loaded else { return Ok(None) };
    let all = loaded.delegates.get(&of.head.id).map(Vec::as_slice).unwrap_or_default();
    // They come in the order of their places.
    let start = after.map_or(0, |after| all.partition_point(|delegate| place_of(delegate) <= after));
    let page = all.iter().skip(start).take(size).map(|delegate| {
        let shown = VoteDelegate {
            cluster: View::find(&loaded.clusters, delegate.cluster).map(One),
            local_authority: View::find(&loaded.authorities, delegate.authority).map(One),
            ordinal: delegate.ordinal,
            note: delegate.note.clone(),
            has_code: delegate.has_code,
        };
        (encode(place_of(delegate), list), shown)
    });
    let delegates: Vec<_> = page.collect();
    let more = (after.is_some(), all.len() > start + delegates.len());
    Ok(Some(One(VoteDelegateConnection { delegates, more, total: all.len() })))
}

/// A place as a cursor of its list.
fn encode((cluster, authority, ordinal): Place, list: u64) -> String {
    cursor::sealed(list, &[cluster.as_bytes(), authority.as_bytes(), &ordinal.to_be_bytes()])
}

/// The place that a cursor stands for.
fn decode(cursor: &str, list: u64) -> Result<Place> {
    let another = "another list: it goes with the dialogue that it came with";
    cursor::opened(cursor, list, ("after", another), |bytes| {
        Some((cursor::id(bytes)?, cursor::id(bytes)?, cursor::number(bytes)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_its_place_and_fits_only_its_dialogue() {
        let place = (Uuid::from_u128(7), Uuid::from_u128(9), 2);
        let cursor = encode(place, 5);
        assert_eq!(decode(&cursor, 5).unwrap(), place);
        assert!(decode(&cursor, 6).unwrap_err().message.contains("another list"));
        for wrong in ["", "x", "!!!", "AAAA"] {
            assert!(decode(wrong, 5).unwrap_err().message.contains("no cursor"), "{wrong}");
        }
    }
}
