//! What those who keep the registry are told of the delegates of a vote. Whether one of them has voted is not among it: who
//! looked twice would know when someone did, and of few ballots how (ADR 0026).

use std::collections::HashMap;

use ketnoi_domain::{Action, Cluster, Dialogue, DialogueStatus, Id, LocalAuthority, Secrecy, vote::SMALL};
use ketnoi_persistence::{Delegate, delegates_of};
use uuid::Uuid;

use super::delegates::NOT_CLOSED;
use crate::{Error, Session};

/// Someone who is registered to vote for a local authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredDelegate {
    /// The cluster that the delegate votes in.
    pub cluster: Id<Cluster>,
    /// The local authority.
    pub authority: Id<LocalAuthority>,
    /// Which of its delegates, from 1.
    pub ordinal: i64,
    /// What there is to say, such as an office. It may hold a name, so it is for those who may see people.
    pub note: Option<String>,
    /// Whether a code is out for the delegate; nothing once the vote is closed, and where it could tell who votes on paper: while
    /// an anonymous vote is open, and before, where only a few have none.
    pub has_code: Option<bool>,
}

/// Those who are registered to vote in each of several dialogues, by cluster, local authority and number.
pub type RegisteredDelegates = HashMap<Id<Dialogue>, Vec<RegisteredDelegate>>;

impl Session {
    /// Those who are registered to vote in these dialogues; nothing for those who do not keep the registry. It takes one
    /// statement, however many dialogues there are.
    pub async fn registered_delegates(&self, dialogues: &[Dialogue]) -> Result<Option<RegisteredDelegates>, Error> {
        if !self.is_keeper() {
            return Ok(None);
        }
        let ids: Vec<Uuid> = dialogues.iter().map(|d| d.head.id.uuid()).collect();
        let delegates = delegates_of(self.reader(), &ids).await?;
        let people = self.viewer().may(Action::SeePeople);
        let of = |dialogue: &Dialogue| {
            let own = delegates.iter().filter(|d| d.dialogue == dialogue.head.id.uuid()).collect();
            (dialogue.head.id, told(dialogue, own, people))
        };
        Ok(Some(dialogues.iter().map(of).collect()))
    }
}

/// The delegates of a dialogue as they are told.
fn told(dialogue: &Dialogue, own: Vec<&Delegate>, people: bool) -> Vec<RegisteredDelegate> {
    let mut codes: HashMap<Uuid, (u64, u64)> = HashMap::new();
    for delegate in &own {
        let (with, without) = codes.entry(delegate.cluster).or_default();
        *(if delegate.used.is_some() { with } else { without }) += 1;
    }
    let secret = dialogue.rule.is_none_or(|r| r.secrecy == Secrecy::Anonymous);
    // With the close all codes are forgotten. While an anonymous vote is open, the difference between two answers would tell
    // who has moved to paper.
    let kept = if secret { dialogue.status == DialogueStatus::Preparing } else { NOT_CLOSED.contains(&dialogue.status) };
    let tells = |cluster: Uuid| codes.get(&cluster).is_some_and(|(with, without)| !secret || none_stand_apart(*with, *without));
    let one = |delegate: &Delegate| RegisteredDelegate {
        cluster: Id::from_uuid(delegate.cluster),
        authority: Id::from_uuid(delegate.authority),
        ordinal: delegate.ordinal,
        note: Some(delegate.note.clone()).filter(|note| people && !note.is_empty()),
        has_code: (kept && tells(delegate.cluster)).then_some(delegate.used.is_some()),
    };
    own.into_iter().map(one).collect()
}

/// Whether neither those of a cluster who have a code nor those who have none are a few beside the others. Who has none votes on
/// paper, if at all, and papers are read by people.
fn none_stand_apart(with: u64, without: u64) -> bool {
    with == 0 || without == 0 || with.min(without) >= SMALL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_do_not_stand_apart_from_the_others() {
        for told in [(0, 0), (0, 3), (3, 0), (5, 5), (20, 5)] {
            assert!(none_stand_apart(told.0, told.1), "{told:?}");
        }
        for hidden in [(1, 1), (4, 4), (20, 1), (20, 4), (4, 20)] {
            assert!(!none_stand_apart(hidden.0, hidden.1), "{hidden:?}");
        }
    }
}
