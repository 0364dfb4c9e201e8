//! What cities propose of their own figures, and which periods are locked.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, ID, Object, SimpleObject};
use ketnoi_domain::{
    GrantStatus, Id, Kind, LocalAuthority, Programme, ReplicationStage,
    workflow::{ProposalKind, ProposalState, Proposed},
};
use ketnoi_registry::workflow::{self as registry_workflow, ProposalFilter, ProposalRow};
use uuid::Uuid;

use crate::{
    batch::View,
    cursor::{self, mark},
    enums::E,
    error::{Result, from_registry},
    exec::{Many, One},
    global_id,
    list::{PageInfo, sized},
    model::{Measurement, accounts::parties, measurement},
    query::node::{self, Node},
    request::session,
    scalars::{Money, PartialDate, Period, Translation, date, money, period, told, translations},
};

/// Something that a local authority proposes. It stands in no record until an officer approves it.
#[derive(Clone)]
pub(crate) struct Proposal {
    row: ProposalRow,
    target: Option<Arc<Node>>,
    authority: Option<View<LocalAuthority>>,
}

/// A stage that a replication is said to have reached.
#[derive(SimpleObject)]
pub(crate) struct ProposedStage {
    /// Which.
    stage: E<ReplicationStage>,
    /// When; null where nobody says.
    on: Option<One<PartialDate>>,
    /// What there is to say, in the language of the request.
    note: Option<String>,
}

/// A small grant or a housing project: all of a new one, or what changes of one that there is. What is null stays as it is.
#[derive(SimpleObject)]
pub(crate) struct ProposedGrant {
    /// Of a new one: the opaque id of the fund.
    fund: Option<ID>,
    /// Of a new small grant: the opaque id of the community.
    community: Option<ID>,
    /// Of a new housing project: the opaque id of the programme that pays for it.
    programme: Option<ID>,
    /// What it is, by language.
    title_translations: Many<Translation>,
    /// How much.
    value: Option<One<Money>>,
    /// How far it has come.
    status: Option<E<GrantStatus>>,
    /// Of a small grant: when it was granted.
    granted: Option<One<PartialDate>>,
    /// Of a housing project: from when to when.
    period: One<Period>,
    /// Of a housing project: how many households it houses.
    households: Option<i64>,
}

fn stage(ctx: &Context<'_>, proposed: &Proposed) -> Option<One<ProposedStage>> {
    let Proposed::ReplicationStage(s) = proposed else { return None };
    Some(One(ProposedStage { stage: E(s.stage), on: date(s.on), note: told(ctx, None, &s.note).map(str::to_owned) }))
}

fn grant(proposed: &Proposed) -> Option<One<ProposedGrant>> {
    let (Proposed::SmallGrant(g) | Proposed::HousingProject(g)) = proposed else { return None };
    Some(One(ProposedGrant {
        fund: g.fund.map(|id| global_id::encode(Kind::Fund, id.uuid())),
        community: g.community.map(|id| global_id::encode(Kind::Community, id.uuid())),
        programme: g.programme.map(|id| global_id::encode(Kind::Programme, id.uuid())),
        title_translations: translations(&g.title),
        value: money(g.value),
        status: g.status.map(E),
        granted: date(g.granted),
        period: period(g.period),
        households: g.households,
    }))
}

fn actual(ctx: &Context<'_>, proposed: Option<&Proposed>) -> Option<One<Measurement>> {
    match proposed {
        Some(Proposed::Actual(actual)) => measurement(ctx, Some(&actual.measurement)),
        _ => None,
    }
}

/// Something that a local authority proposes. It stands in no record until an officer approves it.
#[Object]
impl Proposal {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }
    /// What is proposed.
    async fn kind(&self) -> E<ProposalKind> {
        E(self.row.contents.kind())
    }
    /// How far it has come.
    async fn state(&self) -> E<ProposalState> {
        E(self.row.state)
    }
    /// The record that it is to change; null where it is new and not approved, or where the viewer may not see it.
    async fn target(&self) -> Option<Node> {
        self.target.as_ref().map(|node| node.share())
    }
    /// The local authority whose figures these are.
    async fn authority(&self) -> Option<One<View<LocalAuthority>>> {
        self.authority.clone().map(One)
    }
    /// What whoever proposed it was called.
    async fn proposed_by(&self) -> &str {
        &self.row.actor
    }
    /// When, RFC 3339 in UTC.
    async fn proposed_at(&self) -> &str {
        &self.row.at
    }
    /// What was said of it.
    async fn note(&self) -> &str {
        &self.row.note
    }
    /// The version that the record had then; null where it is new.
    async fn base_version(&self) -> Option<i64> {
        self.row.base_version
    }
    /// Of an actual: what was reached.
    async fn actual(&self, ctx: &Context<'_>) -> Option<One<Measurement>> {
        actual(ctx, Some(&self.row.contents))
    }
    /// Of an actual that is made of the parts of cities: the code of the city whose part it is.
    async fn city(&self) -> Option<&str> {
        match &self.row.contents {
            Proposed::Actual(actual) => actual.city.as_deref(),
            _ => None,
        }
    }
    /// Of an actual: what stood in its place when it was proposed; null where nothing did.
    async fn actual_before(&self, ctx: &Context<'_>) -> Option<One<Measurement>> {
        actual(ctx, self.row.base.as_ref())
    }
    /// Of the progress of a replication: the stage that was reached.
    async fn stage(&self, ctx: &Context<'_>) -> Option<One<ProposedStage>> {
        stage(ctx, &self.row.contents)
    }
    /// Of a small grant or a housing project: what is proposed of it.
    async fn grant(&self) -> Option<One<ProposedGrant>> {
        grant(&self.row.contents)
    }
    /// Of a small grant or a housing project: how it was when that was proposed; null where it is new.
    async fn grant_before(&self) -> Option<One<ProposedGrant>> {
        self.row.base.as_ref().and_then(grant)
    }
    /// What whoever decided it was called; null while nobody has, and for those who do not keep the registry.
    async fn decided_by(&self) -> Option<&str> {
        self.row.decided_by.as_deref()
    }
    /// When it was decided.
    async fn decided_at(&self) -> Option<&str> {
        self.row.decided_at.as_deref()
    }
    /// Why it was decided so; empty where nothing was said.
    async fn reason(&self) -> &str {
        &self.row.reason
    }
}

/// A proposal with its place.
#[derive(SimpleObject)]
pub(crate) struct ProposalEdge {
    /// The proposal's place in the list, to go on from.
    cursor: String,
    /// The proposal.
    node: One<Proposal>,
}

/// Part of the list of proposals, the newest first.
pub(crate) struct ProposalConnection {
    proposals: Vec<Proposal>,
    list: u64,
    /// Whether there are proposals before and after.
    more: (bool, bool),
}

/// Part of the list of proposals, the newest first.
#[Object]
impl ProposalConnection {
    /// The proposals with their cursors.
    async fn edges(&self) -> Many<ProposalEdge> {
        let edge = |p: &Proposal| ProposalEdge { cursor: cursor(&p.row, self.list), node: One(p.clone()) };
        Many(self.proposals.iter().map(edge).collect())
    }
    /// The proposals.
    async fn nodes(&self) -> Many<Proposal> {
        Many(self.proposals.clone())
    }
    /// Which part of the list this is.
    async fn page_info(&self) -> One<PageInfo> {
        let at = |p: Option<&Proposal>| p.map(|p| cursor(&p.row, self.list));
        One(PageInfo::of(self.more, at(self.proposals.first()), at(self.proposals.last())))
    }
}

/// A period of a programme in which actuals, transactions and narratives stand as they are.
#[derive(SimpleObject)]
pub(crate) struct PeriodLock {
    /// Its id.
    id: ID,
    /// From when on.
    from: Option<One<PartialDate>>,
    /// Until when.
    to: Option<One<PartialDate>>,
    /// Since when, RFC 3339 in UTC.
    at: String,
    /// What whoever locked it was called; null for those who do not keep the registry, as the reason is.
    by: Option<String>,
    /// Why.
    reason: Option<String>,
    /// When it was unlocked; null while it is locked.
    unlocked_at: Option<String>,
    /// What whoever unlocked it was called.
    unlocked_by: Option<String>,
    /// Why it was unlocked.
    unlock_reason: Option<String>,
}

impl From<registry_workflow::PeriodLock> for PeriodLock {
    fn from(lock: registry_workflow::PeriodLock) -> Self {
        let told = |text: String| Some(text).filter(|text| !text.is_empty());
        let (unlocked_at, unlocked_by, unlock_reason) = match lock.unlocked {
            Some((at, by, reason)) => (Some(at), Some(by), Some(reason)),
            None => (None, None, None),
        };
        Self {
            id: ID(lock.id.to_string()),
            from: date(Some(lock.from)),
            to: date(Some(lock.to)),
            at: lock.at,
            by: told(lock.actor),
            reason: told(lock.reason),
            unlocked_at,
            unlocked_by,
            unlock_reason,
        }
    }
}

/// What is proposed, and what is locked.
#[derive(Debug, Default)]
pub(crate) struct Proposals;

#[Object(name = "ProposalQueries")]
impl Proposals {
    /// What local authorities propose, the newest first. Officers see all of it, focal points what is proposed for their own
    /// authority and those that it succeeded, others nothing.
    async fn proposals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that have come so far.")] state: Option<E<ProposalState>>,
        #[graphql(desc = "Only those of the local authority with this code.")] authority: Option<String>,
        #[graphql(desc = "The first so many, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Result<One<ProposalConnection>> {
        let size = sized("first", first)?;
        let session = session(ctx);
        let list = mark(("proposals", state.map(|s| s.0), &authority));
        let place = after.as_deref().map(|cursor| place(cursor, list)).transpose()?;
        let authority = match authority {
            Some(code) => match session.by_code::<LocalAuthority>(&code).await.map_err(from_registry)? {
                Some(found) => Some(found.head.id.uuid()),
                None => {
                    return Ok(One(ProposalConnection { proposals: Vec::new(), list, more: (after.is_some(), false) }));
                }
            },
            None => None,
        };
        let filter = ProposalFilter { state: state.map(|s| s.0), authority };
        let behind = place.as_ref().map(|(at, id)| (at.as_str(), *id));
        let page = session.proposals(filter, size, behind).await.map_err(from_registry)?;
        let proposals = shown(ctx, page.proposals).await?;
        Ok(One(ProposalConnection { proposals, list, more: (after.is_some(), page.more) }))
    }

    /// The locked periods of a programme, by where they begin; for those who write or propose its figures.
    async fn period_locks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code of the programme.")] programme: String,
    ) -> Result<Many<PeriodLock>> {
        let session = session(ctx);
        let Some(programme) = session.by_code::<Programme>(&programme).await.map_err(from_registry)? else {
            return Ok(Many(Vec::new()));
        };
        let locks = session.period_locks(&programme).await.map_err(from_registry)?;
        Ok(Many(locks.into_iter().map(Into::into).collect()))
    }
}

/// The proposals with these ids as the viewer sees them, in the order of the ids.
pub(crate) async fn proposals_by_ids(ctx: &Context<'_>, ids: &[Uuid]) -> Result<Vec<Proposal>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = session(ctx).proposals_by_ids(ids).await.map_err(from_registry)?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    shown(ctx, rows).await
}

async fn shown(ctx: &Context<'_>, rows: Vec<ProposalRow>) -> Result<Vec<Proposal>> {
    let targets: Vec<(Kind, Uuid)> = rows.iter().filter_map(|row| Some((row.target_kind, row.target?))).collect();
    let found = node::found(ctx, &targets).await?;
    let found: HashMap<Uuid, Arc<Node>> =
        targets.iter().zip(found).filter_map(|((_, id), node)| Some((*id, Arc::new(node?)))).collect();
    let authorities = parties(ctx, rows.iter().map(|row| Id::<LocalAuthority>::from_uuid(row.authority))).await?;
    let one = |row: ProposalRow| Proposal {
        target: row.target.and_then(|id| found.get(&id).cloned()),
        authority: authorities.get(&Id::from_uuid(row.authority)).cloned(),
        row,
    };
    Ok(rows.into_iter().map(one).collect())
}

/// The place of a proposal in a list: its instant and its id.
fn cursor(row: &ProposalRow, list: u64) -> String {
    cursor::sealed(list, &[row.id.as_bytes(), row.at.as_bytes()])
}

fn place(cursor: &str, list: u64) -> Result<(String, Uuid)> {
    let another = "another list: it goes with the arguments that it came with";
    cursor::opened(cursor, list, ("after", another), |bytes| {
        let id = cursor::id(bytes)?;
        Some((cursor::text(bytes)?, id))
    })
}
