//! What the mutations of dialogues take, and what comes of them.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use ketnoi_domain::{AdvocacyAction, AdvocacyKind, Cluster, Dialogue, Lang, LocalAuthority};

use crate::{
    batch::View,
    enums::E,
    exec::{Many, One},
    model::PaperBallotDifference,
    mutation::payload::UserError,
    scalars::PartialDateInput,
};

/// A step of a dialogue.
#[derive(InputObject)]
pub(crate) struct DialogueStepInput {
    /// The dialogue, by its id or its code.
    pub(super) dialogue: ID,
    /// The version that the caller read: if the dialogue has another by now, nothing is done.
    pub(super) expected_version: Option<i64>,
}

/// What came of a change of a dialogue.
#[derive(SimpleObject)]
pub(crate) struct DialogueVotePayload {
    /// The dialogue as it is now; null where the change was refused.
    pub(super) dialogue: Option<One<View<Dialogue>>>,
    /// What the caller can mend.
    pub(super) errors: Vec<UserError>,
}

/// Those who vote in a cluster.
#[derive(InputObject)]
pub(crate) struct RegisterDelegatesInput {
    /// The dialogue, by its id or its code.
    pub(super) dialogue: ID,
    /// The cluster that they vote in, by its id or its code.
    pub(super) cluster: ID,
    /// The delegates: one for each who votes, so that a city with two stands here twice.
    #[graphql(validator(max_items = 500))]
    pub(super) delegates: Vec<DelegateInput>,
}

/// Someone who votes for a local authority.
#[derive(InputObject)]
pub(crate) struct DelegateInput {
    /// The local authority, by its id or its code.
    pub(super) local_authority: ID,
    /// What there is to say, such as an office. No name is needed.
    #[graphql(default)]
    pub(super) note: String,
}

/// A delegate as people call one: the second of a city.
#[derive(InputObject)]
pub(crate) struct DelegateReferenceInput {
    /// The local authority, by its id or its code.
    pub(super) local_authority: ID,
    /// Which of its delegates, from 1.
    pub(super) ordinal: i64,
}

/// For whom codes are wanted.
#[derive(InputObject)]
pub(crate) struct IssueVotingCodesInput {
    /// The dialogue, by its id or its code.
    pub(super) dialogue: ID,
    /// Only for the delegates of this cluster, by its id or its code.
    pub(super) cluster: Option<ID>,
    /// Only for these delegates; for all who have no code yet, where there are none.
    #[graphql(default, validator(max_items = 500))]
    pub(super) delegates: Vec<DelegateReferenceInput>,
    /// Whether those who have a code that was not used get another in its place, which ends the first.
    #[graphql(default)]
    pub(super) reissue: bool,
    /// How to print the codes as slips; they are not printed where nothing is said.
    pub(super) sheet: Option<VotingSheetInput>,
}

/// How slips with codes are printed.
#[derive(InputObject)]
pub(crate) struct VotingSheetInput {
    /// The language of the words on the slips; else that of the request.
    pub(super) lang: Option<E<Lang>>,
    /// The address at which voters reach this server, such as `https://ketnoi.example`; the slips then carry it with a square for
    /// cameras.
    pub(super) public_url: Option<String>,
}

/// What came of issuing codes. The codes are shown once: nobody can ask for them again.
#[derive(SimpleObject)]
pub(crate) struct IssueVotingCodesPayload {
    /// The dialogue; null where the request was refused.
    pub(super) dialogue: Option<One<View<Dialogue>>>,
    /// How many codes were issued.
    pub(super) count: Option<i64>,
    /// The codes; empty where the same request was answered before.
    pub(super) codes: Many<VotingCode>,
    /// The codes as slips, ten on a page: a PDF in Base64, if it was asked for.
    pub(super) sheet: Option<String>,
    /// What the caller can mend.
    pub(super) errors: Vec<UserError>,
}

/// A code that admits to the vote once.
#[derive(SimpleObject)]
pub(crate) struct VotingCode {
    /// The cluster that its ballot counts in.
    pub(super) cluster: Option<One<View<Cluster>>>,
    /// The local authority of whoever it is for.
    pub(super) local_authority: Option<One<View<LocalAuthority>>>,
    /// Which of its delegates, from 1.
    pub(super) ordinal: i64,
    /// What is said of the delegate; empty for those who may not see people.
    pub(super) note: String,
    /// The code, as it is to be typed.
    pub(super) code: String,
}

/// Codes to take away.
#[derive(InputObject)]
pub(crate) struct VoidVotingCodesInput {
    /// The dialogue, by its id or its code.
    pub(super) dialogue: ID,
    /// Those who vote on paper, or not at all.
    #[graphql(validator(max_items = 500))]
    pub(super) delegates: Vec<DelegateReferenceInput>,
}

/// A ballot.
#[derive(InputObject)]
pub(crate) struct CastBallotInput {
    /// The code, as it was handed out.
    pub(super) code: String,
    /// The options picked, by their numbers.
    #[graphql(validator(max_items = 100))]
    pub(super) choices: Vec<i64>,
}

/// What came of casting a ballot. It holds nothing by which the ballot could be found or shown to anyone.
#[derive(SimpleObject)]
pub(crate) struct CastBallotPayload {
    /// Whether the ballot was cast.
    pub(super) cast: bool,
    /// What the caller can mend.
    pub(super) errors: Vec<UserError>,
}

/// Which of two people types paper ballots in.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaperPass {
    /// The first.
    First,
    /// The second, who does not see what the first typed.
    Second,
}

/// Paper ballots as one person reads them.
#[derive(InputObject)]
pub(crate) struct EnterPaperBallotsInput {
    /// The dialogue, by its id or its code.
    pub(super) dialogue: ID,
    /// The cluster that they were cast in, by its id or its code.
    pub(super) cluster: ID,
    /// Which of the two people types.
    pub(super) pass: PaperPass,
    /// The ballots. One of a number that was typed before in the same pass takes its place.
    #[graphql(validator(max_items = 1000))]
    pub(super) ballots: Vec<PaperBallotInput>,
}

/// A paper ballot.
#[derive(InputObject)]
pub(crate) struct PaperBallotInput {
    /// The number that was written on the paper after the ballot box was emptied.
    pub(super) number: i64,
    /// The options picked, by their numbers; none on a spoiled ballot.
    #[graphql(default, validator(max_items = 100))]
    pub(super) choices: Vec<i64>,
    /// Whether it does not count: it is empty, or picks too few or too many.
    #[graphql(default)]
    pub(super) spoiled: bool,
    /// The city that cast it, by its id or its code: where ballots are named, and only there.
    pub(super) local_authority: Option<ID>,
}

/// The paper ballots of a cluster.
#[derive(InputObject)]
pub(crate) struct PaperBallotsInput {
    /// The dialogue, by its id or its code.
    pub(super) dialogue: ID,
    /// The cluster, by its id or its code.
    pub(super) cluster: ID,
}

/// What came of comparing paper ballots.
#[derive(SimpleObject)]
pub(crate) struct ComparePaperBallotsPayload {
    /// Where the two people do not say the same, by the number on the paper; null where the request was refused.
    pub(super) differences: Option<Many<PaperBallotDifference>>,
    /// What the caller can mend.
    pub(super) errors: Vec<UserError>,
}

/// How winners are carried further.
#[derive(InputObject)]
pub(crate) struct LinkWinnersInput {
    /// The dialogue, by its id or its code.
    pub(super) dialogue: ID,
    /// What is done for each.
    #[graphql(validator(max_items = 100))]
    pub(super) actions: Vec<WinnerActionInput>,
}

/// What is done to carry a winner further.
#[derive(InputObject)]
pub(crate) struct WinnerActionInput {
    /// The winner, by its number on the ballot.
    pub(super) option: i64,
    /// An advocacy action that is there already, by its id or its code; else one is made, as a draft of the association's own.
    pub(super) action: Option<ID>,
    /// By what means; a letter where nothing is said.
    pub(super) kind: Option<E<AdvocacyKind>>,
    /// What the action is called, in the language of the request; as the recommendation is, where nothing is said.
    pub(super) title: Option<String>,
    /// To whom it goes, by id or code; to whom the recommendation is addressed, where nothing is said.
    pub(super) addressee: Option<ID>,
    /// The number of the letter.
    pub(super) number: Option<String>,
    /// Its date.
    pub(super) date: Option<PartialDateInput>,
}

/// What came of linking winners.
#[derive(SimpleObject)]
pub(crate) struct LinkWinnersPayload {
    /// The actions, in the order asked; null where the request was refused.
    pub(super) actions: Option<Many<View<AdvocacyAction>>>,
    /// What the caller can mend.
    pub(super) errors: Vec<UserError>,
}
