//! What the state of a vote allows to be changed. Who opens, closes and counts it, and who casts ballots, is not decided
//! here: those are use cases of their own.

use ketnoi_domain::{Cluster, Dialogue, DialogueCluster, DialogueOption, DialogueStatus, Id};
use ketnoi_persistence::{Error, UnitOfWork};

use super::{Asked, told::Broken};

type Asking = Result<Vec<Broken>, Error>;

pub(super) async fn dialogue(it: &Dialogue, before: Option<&Dialogue>, _: &Asked, _: &UnitOfWork) -> Asking {
    let Some(before) = before else {
        let begun = it.status != DialogueStatus::Preparing;
        return Ok(if begun { vec![Broken::state("status", "dialogue-begins")] } else { Vec::new() });
    };
    let standing = stands(Some(before.status), "");
    let stepped = standing.is_empty() && before.status != it.status;
    Ok(if stepped { vec![Broken::state("status", "dialogue-begins")] } else { standing })
}

/// From the opening of a vote on, all that belongs to it stands as those who vote were told.
fn stands(status: Option<DialogueStatus>, path: &'static str) -> Vec<Broken> {
    match status {
        Some(DialogueStatus::Open) => vec![Broken::state(path, "dialogue-open")],
        Some(DialogueStatus::Closed | DialogueStatus::Published) => vec![Broken::state(path, "dialogue-closed")],
        Some(DialogueStatus::Preparing) | None => Vec::new(),
    }
}

async fn status(of: Id<Dialogue>, unit: &UnitOfWork) -> Result<Option<DialogueStatus>, Error> {
    Ok(unit.found::<Dialogue>(&[of.uuid()]).await?.pop().map(|d| d.status))
}

/// Whether the options and clusters of a dialogue may still be changed.
pub(super) async fn parts(of: Id<Dialogue>, unit: &UnitOfWork) -> Asking {
    Ok(stands(status(of, unit).await?, "dialogue"))
}

pub(super) async fn dialogue_option(
    it: &DialogueOption,
    before: Option<&DialogueOption>,
    _: &Asked,
    unit: &UnitOfWork,
) -> Asking {
    let mut broken = parts(it.dialogue, unit).await?;
    if before.is_none_or(|before| (before.recommendation, before.number) != (it.recommendation, it.number)) {
        let all: Vec<DialogueOption> = unit.pointing("dialogue_id", it.dialogue.uuid()).await?;
        let others = || all.iter().filter(|o| o.head.id != it.head.id);
        if others().any(|o| o.number == it.number) {
            broken.push(Broken::at("number", "given-twice"));
        }
        if others().any(|o| o.recommendation == it.recommendation) {
            broken.push(Broken::at("recommendation", "given-twice"));
        }
    }
    Ok(broken)
}

pub(super) async fn dialogue_cluster(
    it: &DialogueCluster,
    before: Option<&DialogueCluster>,
    _: &Asked,
    unit: &UnitOfWork,
) -> Asking {
    let mut broken = parts(it.dialogue, unit).await?;
    let all: Vec<DialogueCluster> = unit.pointing("dialogue_id", it.dialogue.uuid()).await?;
    let same = |of: Id<Cluster>| all.iter().any(|c| c.head.id != it.head.id && c.cluster == of);
    if before.is_none_or(|before| before.cluster != it.cluster) && same(it.cluster) {
        broken.push(Broken::at("cluster", "given-twice"));
    }
    Ok(broken)
}

/// Whether a vote may be put away: only while it is being prepared.
pub(super) fn put_away(it: &Dialogue) -> Vec<Broken> {
    stands(Some(it.status), "")
}

/// Whether all that stands in these dialogues may still be changed; of several that may not, one is told.
pub(super) async fn parts_of_all(dialogues: &[Id<Dialogue>], unit: &UnitOfWork) -> Asking {
    for dialogue in dialogues {
        let broken = parts(*dialogue, unit).await?;
        if !broken.is_empty() {
            return Ok(broken);
        }
    }
    Ok(Vec::new())
}
