//! What focal points propose for their local authorities, and what officers decide.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use ketnoi_domain::{
    GrantStatus, Measurement, ReplicationStage, StageReached,
    workflow::{ProposalKind, ProposedGrant},
};
use ketnoi_registry::{
    Reading,
    workflow::{Decision, NewActual, NewGrant, ToPropose},
};
use uuid::Uuid;

use crate::{
    enums::E,
    error::{Result, bad_input},
    exec::{Many, One},
    mutation::{
        input::{BreakdownInput, Input, MeasuredInput, MoneyInput, Optional, PeriodInput, TextInput, reference},
        payload::{UserError, settle},
    },
    query::{Proposal, proposals_by_ids},
    request::{author, registry},
    scalars::PartialDateInput,
};

/// What a city reached, by indicators of a programme.
#[derive(InputObject, Debug)]
pub(crate) struct ProposeActualsInput {
    /// The programme, one with a place in the city: its id or its code.
    programme: ID,
    /// The city, where the programme has several places that one speaks for: its id or its code.
    authority: Option<ID>,
    /// What is to be said to whoever decides.
    note: Option<String>,
    /// The amounts, at most 500; each is a proposal of its own. All of them are proposed or none.
    actuals: Vec<ProposedActualInput>,
}

/// What was reached of an indicator in a period. Where the figure is made of the parts of cities, it is the part of this city.
#[derive(InputObject, Debug)]
pub(crate) struct ProposedActualInput {
    /// The period of the indicator: its id or its code.
    indicator_period: ID,
    /// The version of that period that was read, if changes since then matter.
    expected_version: Option<i64>,
    /// The whole, or the part of the city.
    value: MeasuredInput,
    /// When it was measured.
    on: Option<PartialDateInput>,
    /// The parts of a whole: those by sex, and those by city, sum to it.
    breakdown: Option<Vec<BreakdownInput>>,
    /// What is to be said of the figure, by language.
    note: Option<Vec<TextInput>>,
}

impl ProposedActualInput {
    fn read(&self, reading: &mut Reading) -> NewActual {
        NewActual {
            indicator_period: reference(&self.indicator_period),
            expected: self.expected_version,
            value: Measurement {
                value: reading.at("value", |r| self.value.read(r)),
                on: self.on.map(|date| date.0),
                breakdown: reading.at("breakdown", |r| Optional::read_some(self.breakdown.as_ref(), r)),
                note: reading.at("note", |r| Optional::read_some(self.note.as_ref(), r)),
            },
        }
    }
}

/// A stage that a replication reached.
#[derive(InputObject, Debug)]
pub(crate) struct ProposeReplicationProgressInput {
    /// The replication, one of the city: its id or its code.
    replication: ID,
    /// The version that was read, if changes since then matter.
    expected_version: Option<i64>,
    /// The stage.
    stage: E<ReplicationStage>,
    /// When it was reached.
    on: Option<PartialDateInput>,
    /// What there is to say of the stage, by language.
    stage_note: Option<Vec<TextInput>>,
    /// What is to be said to whoever decides.
    note: Option<String>,
}

impl ProposeReplicationProgressInput {
    fn read(&self, reading: &mut Reading) -> StageReached {
        StageReached {
            stage: self.stage.0,
            on: self.on.map(|date| date.0),
            note: reading.at("stage_note", |r| Optional::read_some(self.stage_note.as_ref(), r)),
        }
    }
}

/// What a new proposal of a grant is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GrantKind {
    /// A small grant.
    SmallGrant,
    /// A housing project.
    HousingProject,
}

/// A small grant or a housing project of the city. Name either one that there is, or the kind and the fund of a new one.
#[derive(InputObject, Debug)]
pub(crate) struct ProposeGrantInput {
    /// The one that changes, by its opaque id; what is left out below stays as it is.
    grant: Option<ID>,
    /// The version that was read, if changes since then matter.
    expected_version: Option<i64>,
    /// Of a new one: what it is.
    kind: Option<GrantKind>,
    /// Of a new one: the fund that gives it, by its id or its code.
    fund: Option<ID>,
    /// Of a new one: the city, where it is not one's own, by its id or its code.
    authority: Option<ID>,
    /// Of a new small grant: the community that receives it, by its id or its code.
    community: Option<ID>,
    /// Of a new housing project: the programme that pays for it, by its id or its code.
    programme: Option<ID>,
    /// What it is, by language.
    title: Option<Vec<TextInput>>,
    /// How much.
    value: Option<MoneyInput>,
    /// How far it has come.
    status: Option<E<GrantStatus>>,
    /// Of a small grant: when it was granted.
    granted: Option<PartialDateInput>,
    /// Of a housing project: from when to when.
    period: Option<PeriodInput>,
    /// Of a housing project: how many households it houses.
    households: Option<i64>,
    /// What is to be said to whoever decides.
    note: Option<String>,
}

impl ProposeGrantInput {
    fn read(&self, reading: &mut Reading) -> ProposedGrant {
        ProposedGrant {
            fund: None,
            community: None,
            programme: None,
            title: reading.at("title", |r| Optional::read_some(self.title.as_ref(), r)),
            value: reading.at("value", |r| Optional::read_some(self.value.as_ref(), r)),
            status: self.status.map(|status| status.0),
            granted: self.granted.map(|date| date.0),
            period: reading.at("period", |r| Optional::read_some(self.period.as_ref(), r)),
            households: self.households,
        }
    }

    fn which(&self) -> Result<NewGrant> {
        match (&self.grant, self.kind, &self.fund) {
            (Some(grant), None, None) => Ok(NewGrant::There { which: reference(grant), expected: self.expected_version }),
            (None, Some(kind), Some(fund)) => Ok(NewGrant::New {
                kind: match kind {
                    GrantKind::SmallGrant => ProposalKind::SmallGrant,
                    GrantKind::HousingProject => ProposalKind::HousingProject,
                },
                fund: reference(fund),
                community: self.community.as_ref().map(reference),
                programme: self.programme.as_ref().map(reference),
            }),
            _ => Err(bad_input("name the `grant` that changes, or the `kind` and the `fund` of a new one")),
        }
    }
}

/// A proposal that is taken back.
#[derive(InputObject, Debug)]
pub(crate) struct WithdrawProposalInput {
    /// Its id.
    id: ID,
}

/// Proposals that are decided.
#[derive(InputObject, Debug)]
pub(crate) struct DecideProposalsInput {
    /// What is decided of each, at most 500. All of it is done or none.
    decisions: Vec<DecisionInput>,
}

/// What is decided of a proposal.
#[derive(InputObject, Debug)]
pub(crate) struct DecisionInput {
    /// Its id.
    id: ID,
    /// Whether it is approved, and so written into its record; else it is refused.
    approve: bool,
    /// Why; needed where it is refused.
    reason: Option<String>,
}

/// What came of it.
#[derive(SimpleObject)]
pub(crate) struct ProposalsPayload {
    /// The proposals as they are now; none where something was wrong.
    proposals: Many<Proposal>,
    /// What was wrong, all of it, at paths such as `actuals.3.value`; none where all went well.
    errors: Many<UserError>,
}

/// What came of it.
#[derive(SimpleObject)]
pub(crate) struct ProposalPayload {
    /// The proposal as it is now; null where something was wrong.
    proposal: Option<One<Proposal>>,
    /// What was wrong, all of it; none where all went well.
    errors: Many<UserError>,
}

type Done<R> = std::result::Result<R, ketnoi_registry::WriteError>;

async fn many(ctx: &Context<'_>, done: Done<Vec<Uuid>>) -> Result<One<ProposalsPayload>> {
    let (ids, errors) = settle(done)?;
    let proposals = Box::pin(proposals_by_ids(ctx, &ids.unwrap_or_default())).await?;
    Ok(One(ProposalsPayload { proposals: Many(proposals), errors: Many(errors) }))
}

async fn one(ctx: &Context<'_>, done: Done<Uuid>) -> Result<One<ProposalPayload>> {
    let (id, errors) = settle(done)?;
    let proposal = Box::pin(proposals_by_ids(ctx, id.as_slice())).await?.pop();
    Ok(One(ProposalPayload { proposal: proposal.map(One), errors: Many(errors) }))
}

fn proposal_id(id: &ID) -> Result<Uuid> {
    id.parse().map_err(|_| bad_input("this is no id of a proposal: use an `id` as an answer gave it"))
}

/// What is proposed, and what is decided of it.
#[derive(Debug, Default)]
pub(crate) struct ProposalMutations;

#[Object]
impl ProposalMutations {
    /// Proposes what a city reached. Nothing of it stands in the registry until an officer approves it, amount by amount.
    async fn propose_actuals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was reached, of which programme.")] input: Box<ProposeActualsInput>,
    ) -> Result<One<ProposalsPayload>> {
        let programme = reference(&input.programme);
        let authority = input.authority.as_ref().map(reference);
        let to = ToPropose { authority, note: input.note.clone().unwrap_or_default() };
        let read = |i: usize, reading: &mut Reading| input.actuals[i].read(reading);
        let count = input.actuals.len();
        let done = Box::pin(registry(ctx).propose_actuals(&author(ctx), &programme, &to, count, read)).await;
        many(ctx, done).await
    }
    /// Proposes that a replication reached a stage.
    async fn propose_replication_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which stage, of which replication.")] input: Box<ProposeReplicationProgressInput>,
    ) -> Result<One<ProposalPayload>> {
        let which = reference(&input.replication);
        let replication = (&which, input.expected_version);
        let note = input.note.as_deref().unwrap_or_default();
        let read = |reading: &mut Reading| input.read(reading);
        let done = Box::pin(registry(ctx).propose_replication_progress(&author(ctx), replication, note, read)).await;
        one(ctx, done).await
    }
    /// Proposes a small grant or a housing project of a city, new or changed.
    async fn propose_grant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what of it.")] input: Box<ProposeGrantInput>,
    ) -> Result<One<ProposalPayload>> {
        let grant = input.which()?;
        let authority = input.authority.as_ref().map(reference);
        let to = ToPropose { authority, note: input.note.clone().unwrap_or_default() };
        let read = |reading: &mut Reading| input.read(reading);
        let done = Box::pin(registry(ctx).propose_grant(&author(ctx), &grant, &to, read)).await;
        one(ctx, done).await
    }
    /// Takes a proposal back that nobody has decided yet.
    async fn withdraw_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: WithdrawProposalInput,
    ) -> Result<One<ProposalPayload>> {
        let id = proposal_id(&input.id)?;
        let done = Box::pin(registry(ctx).withdraw_proposal(&author(ctx), id)).await;
        one(ctx, done).await
    }
    /// Decides proposals, each amount by itself. What is approved is written into its record by all the rules of a change; where
    /// that has changed since it was proposed, nothing is decided and the caller is told both values. Nobody approves what they
    /// proposed themselves, but for administrators.
    async fn decide_proposals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is decided.")] input: DecideProposalsInput,
    ) -> Result<One<ProposalsPayload>> {
        let decision = |d: DecisionInput| -> Result<Decision> {
            Ok(Decision { id: proposal_id(&d.id)?, approve: d.approve, reason: d.reason.unwrap_or_default() })
        };
        let decisions = input.decisions.into_iter().map(decision).collect::<Result<Vec<_>>>()?;
        let done = Box::pin(registry(ctx).decide_proposals(&author(ctx), &decisions)).await;
        many(ctx, done).await
    }
}
