//! The turnout of a vote while it is open.

use std::time::Duration;

use async_graphql::SimpleObject;
use ketnoi_domain::{Dialogue, DialogueStatus, Id, Kind};
use ketnoi_registry::{Session, votes::Turnout};
use tokio::sync::watch::Receiver;

use super::{
    Events,
    watch::{Fresh, Source, Watch},
};
use crate::{
    batch::{Batch, View},
    enums::E,
    error::{Result, from_registry},
    exec::One,
    global_id,
    http::Code,
    model::{VoteTurnout, vote_turnout},
};

/// Votes come in bursts: so long is waited before the turnout is told again.
const REST: Duration = Duration::from_millis(500);

/// How a vote stands.
#[derive(SimpleObject)]
pub(crate) struct BallotTurnout {
    /// The dialogue.
    dialogue: One<View<Dialogue>>,
    /// How far it has come: once it is no longer open, this is the last that is told.
    status: E<DialogueStatus>,
    /// How many have handed a ballot in.
    turnout: One<VoteTurnout>,
}

struct Watching {
    watch: Watch,
    dialogue: Id<Dialogue>,
    /// Tells of commits; each ballot is one.
    news: Receiver<i64>,
    told: Option<(DialogueStatus, Turnout)>,
}

pub(super) async fn follow(watch: Watch, dialogue: &str) -> Result<Events<BallotTurnout>> {
    let session = watch.session().await?;
    let Some(dialogue) = named(&session, dialogue).await? else {
        return Err(Code::NotFound.error(format!("there is no dialogue `{dialogue:.100}`")));
    };
    let news = watch.registry.store().revisions();
    Ok(Watching { watch, dialogue, news, told: None }.events())
}

/// The dialogue that a caller names, by its code or its opaque id.
async fn named(session: &Session, called: &str) -> Result<Option<Id<Dialogue>>> {
    let by_id = match global_id::decode(called) {
        Ok((Kind::Dialogue, id)) => session.by_ids::<Dialogue>(&[id]).await.map_err(from_registry)?.pop(),
        _ => None,
    };
    let found = match by_id {
        Some(found) => Some(found),
        None => session.by_code::<Dialogue>(called).await.map_err(from_registry)?,
    };
    Ok(found.map(|dialogue| dialogue.head.id))
}

impl Source for Watching {
    type Event = BallotTurnout;

    async fn next(&mut self) -> Result<Option<Fresh<BallotTurnout>>> {
        loop {
            if let Some((status, _)) = &self.told {
                if !matches!(status, DialogueStatus::Preparing | DialogueStatus::Open) {
                    return Ok(None);
                }
                tokio::time::sleep(REST).await;
            }
            // What is committed from here on is heard of; what was before, is read.
            self.news.mark_unchanged();
            let session = self.watch.session().await?;
            let now = self.watch.registry.turnout_now(&session, self.dialogue).await.map_err(from_registry)?;
            let Some(now) = now else {
                return Err(Code::NotFound.error("the dialogue is no longer there, or no longer yours to see"));
            };
            let (dialogue, turnout) = &*now;
            match turnout {
                Some(turnout) => {
                    let standing = (dialogue.status, turnout.clone());
                    if self.told.as_ref() != Some(&standing) {
                        let shown = vote_turnout(&session, turnout).await?;
                        let view = View::of(&Batch::new(vec![dialogue.clone()]), 0);
                        let event = BallotTurnout { dialogue: One(view), status: E(dialogue.status), turnout: One(shown) };
                        self.told = Some(standing);
                        return Ok(Some(self.watch.event(session, event)));
                    }
                }
                // It has not been opened yet; or it came with its ballots, and there is nothing to wait for.
                None if dialogue.status == DialogueStatus::Preparing => {}
                None => return Ok(None),
            }
            if self.news.changed().await.is_err() {
                return Ok(None);
            }
        }
    }
}
