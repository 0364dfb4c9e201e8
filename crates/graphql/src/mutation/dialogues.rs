//! The vote of a dialogue: opened, cast by code or on paper, closed for good, published, carried further.

mod input;

use async_graphql::{Context, ID, Object};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ketnoi_domain::{AdvocacyAction, AdvocacyKind, Cluster, Dialogue, Id, Kind, LocalAuthority};
use ketnoi_registry::votes::{
    Called, DelegateCalled, IssueOrder, IssuedCode, NewDelegate, PaperEntry, SheetOptions, WinnerAction,
};
use uuid::Uuid;

use self::input::{
    CastBallotInput, CastBallotPayload, ComparePaperBallotsPayload, DelegateInput, DelegateReferenceInput, DialogueStepInput,
    DialogueVotePayload, EnterPaperBallotsInput, IssueVotingCodesInput, IssueVotingCodesPayload, LinkWinnersInput,
    LinkWinnersPayload, PaperBallotInput, PaperBallotsInput, PaperPass, RegisterDelegatesInput, VoidVotingCodesInput, VotingCode,
    WinnerActionInput,
};
use super::payload::{UserError, settle};
use crate::{
    batch::{Batch, View},
    error::{Result, from_registry},
    exec::{Many, One},
    global_id,
    model::PaperBallotDifference,
    request::{author, lang, registry, session},
};

/// The mutations of dialogues.
#[derive(Debug, Default)]
pub(crate) struct Dialogues;

#[Object(name = "VoteMutations")]
impl Dialogues {
    /// Puts a dialogue to the vote: it must have a rule, options and clusters, which from now on stay as they are. For officers.
    async fn open_dialogue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: DialogueStepInput,
    ) -> Result<DialogueVotePayload> {
        let dialogue = called(Kind::Dialogue, &input.dialogue);
        let done = registry(ctx).open_dialogue(&author(ctx), &dialogue, input.expected_version).await;
        changed(ctx, settle(done)?).await
    }

    /// Closes a vote for good: no ballot is taken any more, and nothing of it changes. For officers.
    async fn close_dialogue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: DialogueStepInput,
    ) -> Result<DialogueVotePayload> {
        let dialogue = called(Kind::Dialogue, &input.dialogue);
        let done = registry(ctx).close_dialogue(&author(ctx), &dialogue, input.expected_version).await;
        changed(ctx, settle(done)?).await
    }

    /// Tells everyone the result of a vote that is closed. For officers.
    async fn publish_dialogue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: DialogueStepInput,
    ) -> Result<DialogueVotePayload> {
        let dialogue = called(Kind::Dialogue, &input.dialogue);
        let done = registry(ctx).publish_dialogue(&author(ctx), &dialogue, input.expected_version).await;
        changed(ctx, settle(done)?).await
    }

    /// Registers those who vote in a cluster, by local authority: the first, the second. For officers.
    async fn register_delegates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who votes where.")] input: RegisterDelegatesInput,
    ) -> Result<DialogueVotePayload> {
        let delegate =
            |d: DelegateInput| NewDelegate { authority: called(Kind::LocalAuthority, &d.local_authority), note: d.note };
        let delegates: Vec<NewDelegate> = input.delegates.into_iter().map(delegate).collect();
        let (dialogue, cluster) = (called(Kind::Dialogue, &input.dialogue), called(Kind::Cluster, &input.cluster));
        let done = registry(ctx).register_delegates(&author(ctx), &dialogue, &cluster, &delegates).await;
        changed(ctx, settle(done)?).await
    }

    /// Gives delegates codes that admit to the vote once. They are shown in this answer and never again. For officers.
    async fn issue_voting_codes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For whom.")] input: IssueVotingCodesInput,
    ) -> Result<IssueVotingCodesPayload> {
        let order = IssueOrder {
            dialogue: called(Kind::Dialogue, &input.dialogue),
            cluster: input.cluster.as_ref().map(|c| called(Kind::Cluster, c)),
            delegates: delegates(&input.delegates),
            reissue: input.reissue,
        };
        let (done, errors) = settle(registry(ctx).issue_codes(&author(ctx), &order).await)?;
        let Some((issued, codes)) = done else {
            return Ok(IssueVotingCodesPayload { dialogue: None, count: None, codes: Many(Vec::new()), sheet: None, errors });
        };
        let sheet = match input.sheet {
            Some(sheet) if !codes.is_empty() => {
                let options = SheetOptions { lang: sheet.lang.map_or_else(|| lang(ctx), |l| l.0), public_url: sheet.public_url };
                let pdf = registry(ctx).print_codes(issued.dialogue, &codes, &options).await.map_err(from_registry)?;
                Some(STANDARD.encode(pdf))
            }
            _ => None,
        };
        Ok(IssueVotingCodesPayload {
            dialogue: view(ctx, issued.dialogue).await?,
            count: i64::try_from(issued.count).ok(),
            codes: Many(shown(ctx, codes).await?),
            sheet,
            errors,
        })
    }

    /// Takes codes away that were not used: their delegates vote on paper, or not at all. For officers.
    async fn void_voting_codes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose.")] input: VoidVotingCodesInput,
    ) -> Result<DialogueVotePayload> {
        let dialogue = called(Kind::Dialogue, &input.dialogue);
        let done = registry(ctx).void_codes(&author(ctx), &dialogue, &delegates(&input.delegates)).await;
        changed(ctx, settle(done)?).await
    }

    /// Casts a ballot. For anyone who has a code; nothing is kept of who asked. An `Idempotency-Key` has no effect here: what it
    /// would have to remember is what nobody may know. A code that was used is refused, and its ballot counts.
    async fn cast_ballot(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code, and what is picked.")] input: CastBallotInput,
    ) -> Result<CastBallotPayload> {
        let (done, errors) = settle(registry(ctx).cast_ballot(lang(ctx), &input.code, &input.choices).await)?;
        Ok(CastBallotPayload { cast: done.is_some(), errors })
    }

    /// Keeps paper ballots as one person reads them. They count once a second person has read the same. For officers.
    async fn enter_paper_ballots(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ballots.")] input: EnterPaperBallotsInput,
    ) -> Result<DialogueVotePayload> {
        let entry = |b: PaperBallotInput| PaperEntry {
            number: b.number,
            choices: b.choices,
            spoiled: b.spoiled,
            authority: b.local_authority.as_ref().map(|a| called(Kind::LocalAuthority, a)),
        };
        let ballots: Vec<PaperEntry> = input.ballots.into_iter().map(entry).collect();
        let (dialogue, cluster) = (called(Kind::Dialogue, &input.dialogue), called(Kind::Cluster, &input.cluster));
        let pass = match input.pass {
            PaperPass::First => 1,
            PaperPass::Second => 2,
        };
        let done = registry(ctx).enter_paper(&author(ctx), &dialogue, &cluster, pass, &ballots).await;
        changed(ctx, settle(done)?).await
    }

    /// Where two people do not say the same of the paper ballots of a cluster. It changes nothing. For officers.
    async fn compare_paper_ballots(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: PaperBallotsInput,
    ) -> Result<ComparePaperBallotsPayload> {
        let (dialogue, cluster) = (called(Kind::Dialogue, &input.dialogue), called(Kind::Cluster, &input.cluster));
        let (found, errors) = settle(registry(ctx).compare_paper(&author(ctx), &dialogue, &cluster).await)?;
        let differences = found.map(|all| Many(all.into_iter().map(PaperBallotDifference::from).collect()));
        Ok(ComparePaperBallotsPayload { differences, errors })
    }

    /// Takes the paper ballots of a cluster in, if two people say the same of each. For officers.
    async fn accept_paper_ballots(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: PaperBallotsInput,
    ) -> Result<DialogueVotePayload> {
        let (dialogue, cluster) = (called(Kind::Dialogue, &input.dialogue), called(Kind::Cluster, &input.cluster));
        let done = registry(ctx).accept_paper(&author(ctx), &dialogue, &cluster).await;
        changed(ctx, settle(done)?).await
    }

    /// Links the winners of a vote that is closed with what is done to carry them further. For officers.
    async fn link_winners(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is done for which.")] input: LinkWinnersInput,
    ) -> Result<LinkWinnersPayload> {
        let action = |a: WinnerActionInput| WinnerAction {
            option: a.option,
            existing: a.action.as_ref().map(|id| called(Kind::AdvocacyAction, id)),
            kind: a.kind.map_or(AdvocacyKind::Letter, |k| k.0),
            title: a.title,
            addressee: a.addressee.as_ref().map(|id| called(Kind::Organisation, id)),
            number: a.number,
            date: a.date.map(|d| d.0),
        };
        let actions: Vec<WinnerAction> = input.actions.into_iter().map(action).collect();
        let dialogue = called(Kind::Dialogue, &input.dialogue);
        let (done, errors) = settle(registry(ctx).link_winners(&author(ctx), &dialogue, &actions).await)?;
        let Some(ids) = done else { return Ok(LinkWinnersPayload { actions: None, errors }) };
        let batch = Batch::new(session(ctx).by_ids::<AdvocacyAction>(&ids).await.map_err(from_registry)?);
        let views = ids.iter().filter_map(|id| View::find(&batch, Id::from_uuid(*id))).collect();
        Ok(LinkWinnersPayload { actions: Some(Many(views)), errors })
    }
}

/// What a caller calls a record of a kind: by an id of that kind, else by its code.
fn called(kind: Kind, text: &ID) -> Called {
    let id = global_id::decode(text).ok().filter(|(of, _)| *of == kind).map(|(_, id)| id);
    Called { text: text.to_string(), id }
}

fn delegates(all: &[DelegateReferenceInput]) -> Vec<DelegateCalled> {
    let delegate = |d: &DelegateReferenceInput| DelegateCalled {
        authority: called(Kind::LocalAuthority, &d.local_authority),
        ordinal: d.ordinal,
    };
    all.iter().map(delegate).collect()
}

/// The payload of a change of a dialogue.
async fn changed(ctx: &Context<'_>, (id, errors): (Option<Uuid>, Vec<UserError>)) -> Result<DialogueVotePayload> {
    let dialogue = match id {
        Some(id) => view(ctx, id).await?,
        None => None,
    };
    Ok(DialogueVotePayload { dialogue, errors })
}

/// The dialogue as it is now.
async fn view(ctx: &Context<'_>, id: Uuid) -> Result<Option<One<View<Dialogue>>>> {
    let batch = Batch::new(session(ctx).by_ids::<Dialogue>(&[id]).await.map_err(from_registry)?);
    Ok((batch.len() > 0).then(|| One(View::of(&batch, 0))))
}

/// Codes with what stands beside them.
async fn shown(ctx: &Context<'_>, codes: Vec<IssuedCode>) -> Result<Vec<VotingCode>> {
    let unique = |id: fn(&IssuedCode) -> Uuid| {
        let mut ids: Vec<Uuid> = codes.iter().map(id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let (clusters, cities) = (unique(|c| c.cluster.uuid()), unique(|c| c.authority.uuid()));
    let clusters = Batch::new(session(ctx).by_ids::<Cluster>(&clusters).await.map_err(from_registry)?);
    let cities = Batch::new(session(ctx).by_ids::<LocalAuthority>(&cities).await.map_err(from_registry)?);
    let code = |c: IssuedCode| VotingCode {
        cluster: View::find(&clusters, c.cluster).map(One),
        local_authority: View::find(&cities, c.authority).map(One),
        ordinal: c.ordinal,
        note: c.note,
        code: c.code.to_string(),
    };
    Ok(codes.into_iter().map(code).collect())
}
