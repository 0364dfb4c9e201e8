//! What officers make of proposals: each amount by itself, all that one mutation decides or none of it. What is approved is
//! written by the same rules as any change, in the same unit.

use std::collections::{HashMap, HashSet};

use ketnoi_domain::{
    AccountRole, Action, Coded as _, Head, HousingProject, Id, IndicatorPeriod, LocalAuthority, Replication, SmallGrant, Viewer,
    workflow::{ProposalState, Proposed, ProposedActual, ProposedGrant, grant_told},
};
use ketnoi_persistence::workflow::{self, ProposalRow, ProposedBy};
use uuid::Uuid;

use super::plain;
use crate::{
    Author, NewHead, Reading, Reference, Registry, UserError, UserErrorCode, Writable, WriteError,
    wording::say,
    writing::{Writing, below},
};

/// What is decided of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The proposal.
    pub id: Uuid,
    /// Whether it is approved.
    pub approve: bool,
    /// Why; needed where it is refused.
    pub reason: String,
}

impl Registry {
    /// Decides proposals: all of these or none. What is approved stands in its record from then on. Gives their ids.
    pub async fn decide_proposals(&self, author: &Author, decisions: &[Decision]) -> Result<Vec<Uuid>, WriteError> {
        self.change(author, Action::Approve, "decide proposals", async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let done = self.decide(&mut writing, author, decisions).await?;
            writing.end(done)
        })
        .await
    }

    async fn decide(
        &self,
        writing: &mut Writing<'_>,
        author: &Author,
        decisions: &[Decision],
    ) -> Result<Option<Vec<Uuid>>, WriteError> {
        if !writing.many("decisions", decisions.len()) {
            return Ok(None);
        }
        let ids: Vec<Uuid> = decisions.iter().map(|d| d.id).collect();
        let found = workflow::proposals_by_ids(self.store.reader(), ProposedBy::Anyone, &ids).await?;
        let found: HashMap<Uuid, ProposalRow> = found.into_iter().map(|p| (p.id, p)).collect();
        let mut once = HashSet::new();
        for (i, decision) in decisions.iter().enumerate() {
            let base = format!("decisions.{i}");
            let reason = plain(writing, &below(&base, "reason"), &decision.reason, !decision.approve);
            let id = below(&base, "id");
            let Some(proposal) = found.get(&decision.id) else {
                writing.refuse(UserErrorCode::NotFound, id, "proposal-none", &[]);
                continue;
            };
            if !once.insert(decision.id) {
                writing.refuse(UserErrorCode::Invalid, id, "given-twice", &[]);
                continue;
            }
            if proposal.state != ProposalState::Proposed {
                writing.refuse(UserErrorCode::State, id, "proposal-decided", &[]);
                continue;
            }
            let own = proposal.account.is_some() && proposal.account == author.viewer.account();
            if decision.approve && own && !administers(&author.viewer) {
                writing.refuse(UserErrorCode::State, id, "proposal-own", &[]);
                continue;
            }
            let mut decided = proposal.clone();
            if decision.approve {
                let Some(target) = apply(writing, &base, proposal).await? else { continue };
                decided.target = Some(target);
            }
            let state = if decision.approve { ProposalState::Approved } else { ProposalState::Refused };
            let decided = self.decided(author, decided, state, reason);
            writing.unit.decide_proposal(&decided).await?;
        }
        Ok(Some(ids))
    }
}

/// Writes what is proposed into its record, or makes that; nothing where something is wrong with it.
async fn apply(writing: &mut Writing<'_>, base: &str, proposal: &ProposalRow) -> Result<Option<Uuid>, WriteError> {
    match (&proposal.contents, proposal.target) {
        (Proposed::Actual(proposed), Some(id)) => {
            let Some(now) = writing.unit.found::<IndicatorPeriod>(&[id]).await?.pop() else { return gone(writing, base) };
            let standing = proposed.standing(now.actual.as_ref());
            if moved(proposal, &now.head) && !is_part_unmoved(proposal, proposed, &now) {
                let current = standing.map(|value| value.to_string());
                return conflict(writing, base, proposal, (now.head.version, current));
            }
            let Some(next) = proposed.onto(now.actual.as_ref()) else {
                writing.refuse(UserErrorCode::Invalid, below(base, "id"), "measure-of-indicator", &[]);
                return Ok(None);
            };
            let edit = |_: &mut Reading, record: &mut IndicatorPeriod| record.actual = Some(next.clone());
            let saved = writing.update::<IndicatorPeriod>(base, &Reference::id(now.head.id), None, &edit).await?;
            Ok(saved.map(|saved| saved.id))
        }
        (Proposed::ReplicationStage(stage), Some(id)) => {
            let current = |now: &Replication| now.stage().map(|stage| stage.name().to_owned());
            let edit = |_: &mut Reading, record: &mut Replication| record.stages.push(stage.clone());
            change::<Replication>(writing, base, proposal, id, current, &edit).await
        }
        (Proposed::SmallGrant(grant), Some(id)) => {
            let current = |now: &SmallGrant| Some(grant_told(now.value, now.status));
            let edit = |_: &mut Reading, record: &mut SmallGrant| grant.change_grant(record);
            change::<SmallGrant>(writing, base, proposal, id, current, &edit).await
        }
        (Proposed::HousingProject(grant), Some(id)) => {
            let current = |now: &HousingProject| Some(grant_told(now.value, now.status));
            let edit = |_: &mut Reading, record: &mut HousingProject| grant.change_housing(record);
            change::<HousingProject>(writing, base, proposal, id, current, &edit).await
        }
        (Proposed::SmallGrant(grant), None) => make_grant(writing, base, proposal, grant).await,
        (Proposed::HousingProject(grant), None) => make_housing(writing, base, proposal, grant).await,
        (Proposed::Actual(_) | Proposed::ReplicationStage(_), None) => gone(writing, base),
    }
}

/// Changes a record as it is proposed, unless it was changed since: then whoever decides is told what `current` says of it.
async fn change<T: Writable>(
    writing: &mut Writing<'_>,
    base: &str,
    proposal: &ProposalRow,
    id: Uuid,
    current: fn(&T) -> Option<String>,
    edit: &(dyn Fn(&mut Reading, &mut T) + Send + Sync),
) -> Result<Option<Uuid>, WriteError> {
    let Some(now) = T::find(writing.unit, id).await? else { return gone(writing, base) };
    if moved(proposal, now.head()) {
        return conflict(writing, base, proposal, (now.head().version, current(&now)));
    }
    let saved = writing.update::<T>(base, &Reference::id(now.head().id), None, edit).await?;
    Ok(saved.map(|saved| saved.id))
}

async fn make_grant(
    writing: &mut Writing<'_>,
    base: &str,
    proposal: &ProposalRow,
    grant: &ProposedGrant,
) -> Result<Option<Uuid>, WriteError> {
    let Some(fund) = grant.fund else { return gone(writing, base) };
    let authority: Id<LocalAuthority> = Id::from_uuid(proposal.authority);
    let build = |_: &mut Reading, head: Head<SmallGrant>| grant.grant(head, fund, authority);
    let saved = writing.create::<SmallGrant>(base, &NewHead::default(), &build).await?;
    Ok(saved.map(|saved| saved.id))
}

async fn make_housing(
    writing: &mut Writing<'_>,
    base: &str,
    proposal: &ProposalRow,
    grant: &ProposedGrant,
) -> Result<Option<Uuid>, WriteError> {
    let Some(fund) = grant.fund else { return gone(writing, base) };
    let authority: Id<LocalAuthority> = Id::from_uuid(proposal.authority);
    let build = |_: &mut Reading, head: Head<HousingProject>| grant.housing(head, fund, authority);
    let saved = writing.create::<HousingProject>(base, &NewHead::default(), &build).await?;
    Ok(saved.map(|saved| saved.id))
}

/// Whether the record was changed since it was proposed to change it.
fn moved<T>(proposal: &ProposalRow, head: &Head<T>) -> bool {
    proposal.base_version.is_some_and(|version| version != head.version)
}

/// Whether the part of a city is what it was, whatever became of the parts of others: then nothing of theirs is written over.
fn is_part_unmoved(proposal: &ProposalRow, proposed: &ProposedActual, now: &IndicatorPeriod) -> bool {
    if proposed.city.is_none() || !ProposedActual::is_by_city(now.actual.as_ref(), now.target.as_ref()) {
        return false;
    }
    let was = match &proposal.base {
        Some(Proposed::Actual(base)) => Some(base.measurement.value.clone()),
        _ => None,
    };
    proposed.standing(now.actual.as_ref()) == was
}

/// The record is not there any more, or archived.
fn gone(writing: &mut Writing<'_>, base: &str) -> Result<Option<Uuid>, WriteError> {
    writing.refuse(UserErrorCode::State, below(base, "id"), "record-archived", &[]);
    Ok(None)
}

/// Another change came first: whoever decides is told what stands there by now and what was proposed.
fn conflict(
    writing: &mut Writing<'_>,
    base: &str,
    proposal: &ProposalRow,
    (version, current): (i64, Option<String>),
) -> Result<Option<Uuid>, WriteError> {
    let (proposed, current) = (proposal.contents.to_string(), current.unwrap_or_else(|| "–".to_owned()));
    let number = version.to_string();
    let words = [("proposed", proposed.as_str()), ("current", current.as_str()), ("version", number.as_str())];
    let message = say(writing.lang, "proposal-conflict", &words);
    let error = UserError::new(UserErrorCode::Conflict, below(base, "id"), message);
    writing.errors.push(UserError { current_version: Some(version), ..error });
    Ok(None)
}

/// Administrators may approve what they proposed themselves: a small association has one person for both.
fn administers(viewer: &Viewer) -> bool {
    match viewer {
        Viewer::LocalAdministrator => true,
        Viewer::Known(who) => who.role == AccountRole::Administrator,
        Viewer::Stranger => false,
    }
}
