use async_graphql::{Context, SimpleObject};
use ketnoi_domain::{
    AdvocacyAction, Ballot, Cluster, Dialogue, DialogueCluster, DialogueOption, DialogueStatus, Document, Event, Lang,
    LocalAuthority, Programme, Recommendation, Secrecy, TieRule,
};

use super::{AdvocacyActionFilter, AdvocacyActionOrder, view};
use crate::{
    batch::View,
    enums::E,
    error::Result,
    exec::{Many, One},
    filter::{BodyFilter, CodeFilter, PeriodFilter, criteria, enum_filter},
    request::data,
    scalars::{PartialDate, Period, Translation, date, period, served, told, translations},
};

enum_filter!(DialogueStatusFilter of DialogueStatus, SecrecyFilter of Secrecy);

criteria! { DialogueFilter, DialogueOrder by DialogueOrderField {
    /// The programme that holds it.
    programme: CodeFilter = "programme",
    /// The study whose recommendations are voted on.
    study: CodeFilter = "study",
    /// How far it has come.
    status: DialogueStatusFilter = "status",
    /// Whether one may know who voted how.
    secrecy: SecrecyFilter = "secrecy",
    /// When it is open to votes.
    period: PeriodFilter = "period",
    /// A cluster that takes part in it.
    cluster: CodeFilter = "cluster",
} orders {
    /// Its title, in the Vietnamese order.
    Title = "title",
    /// When the vote opened.
    Opened = "opened",
} }

/// How a ballot is filled in and counted.
#[derive(SimpleObject)]
pub(crate) struct BallotRule {
    /// How many options one picks at least.
    minimum: i64,
    /// How many options one picks at most.
    maximum: i64,
    /// Whether one may know who voted how.
    secrecy: E<Secrecy>,
    /// How many options become priorities.
    places: i64,
    /// What decides between equals.
    tie: E<TieRule>,
}

view! {
    /// A policy dialogue: recommendations are put to the cities, who vote on what comes first.
    Dialogue as "Dialogue" {
        one {
            /// The programme that holds it.
            programme: Programme = |d| d.programme;
            /// The study whose recommendations are voted on.
            study: Document = |d| d.study;
        }
        many {
            /// What is voted on.
            options: DialogueOption => "dialogue_id", DialogueOptionFilter, DialogueOptionOrder;
            /// The clusters that take part in it.
            clusters: DialogueCluster => "dialogue_id", DialogueClusterFilter, DialogueClusterOrder;
            /// Its ballots.
            ballots: Ballot => "dialogue_id", BallotFilter, BallotOrder;
            /// What is done to carry its result further.
            actions: AdvocacyAction => "dialogue_id", AdvocacyActionFilter, AdvocacyActionOrder;
        }
        fields {
            /// Its title.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// The language that `title` was served in.
            async fn title_lang(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<E<Lang>> {
                served(ctx, lang, &self.title).map(|(l, _)| E(l))
            }
            /// Its title, by language.
            async fn title_translations(&self) -> Many<Translation> {
                translations(&self.title)
            }
            /// What is asked.
            async fn question(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.question)
            }
            /// Who may vote, in words.
            async fn voters(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.voters)
            }
            /// Its result, counted from the ballots; null where ballots are not counted by a rule, and where the result is not
            /// the viewer's to know: until it is published it is the association's own.
            async fn tally(&self, ctx: &Context<'_>) -> Result<Option<One<super::tally::DialogueTally>>> {
                super::tally::tally(ctx, self).await
            }
            /// How the vote stands and how many have voted; null where it is not held here: not opened yet, or known from a source.
            async fn vote(&self, ctx: &Context<'_>) -> Result<Option<One<super::votes::Vote>>> {
                super::votes::vote(ctx, self).await
            }
            /// How far the paper ballots of each cluster are; null for those who do not keep the registry.
            async fn paper(&self, ctx: &Context<'_>) -> Result<Option<Many<super::votes::PaperBallots>>> {
                super::votes::paper(ctx, self).await
            }
            /// Those who are registered to vote, by cluster and local authority; null for those who do not keep the registry.
            async fn delegates(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "The first so many, 1 to 100.", default = 20)] first: i32,
                #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
            ) -> Result<Option<One<super::delegates::VoteDelegateConnection>>> {
                super::delegates::delegates(ctx, self, first, after).await
            }
            /// How ballots are filled in and counted; null where a source only says that there was a vote.
            async fn rule(&self) -> Option<One<BallotRule>> {
                self.rule.map(|r| One(BallotRule {
                    minimum: r.minimum,
                    maximum: r.maximum,
                    secrecy: E(r.secrecy),
                    places: r.places,
                    tie: E(r.tie),
                }))
            }
            /// How far it has come.
            async fn status(&self) -> E<DialogueStatus> {
                E(self.status)
            }
            /// From the opening of the vote to its close.
            async fn period(&self) -> One<Period> {
                period(self.period)
            }
        }
    }
}

criteria! { DialogueOptionFilter, DialogueOptionOrder by DialogueOptionOrderField {
    /// The dialogue.
    dialogue: CodeFilter = "dialogue",
    /// The recommendation.
    recommendation: CodeFilter = "recommendation",
} orders {
    /// Its number on the ballot.
    Number = "number",
} }

view! {
    /// A recommendation that is voted on.
    DialogueOption as "DialogueOption" {
        one {
            /// The dialogue.
            dialogue: Dialogue = |o| Some(o.dialogue);
            /// The recommendation.
            recommendation: Recommendation = |o| Some(o.recommendation);
        }
        many {}
        fields {
            /// Its number on the ballot, from 1.
            async fn number(&self) -> i64 {
                self.number
            }
        }
    }
}

criteria! { DialogueClusterFilter, DialogueClusterOrder by DialogueClusterOrderField {
    /// The dialogue.
    dialogue: CodeFilter = "dialogue",
    /// The cluster.
    cluster: CodeFilter = "cluster",
    /// The event at which it voted.
    event: CodeFilter = "event",
} orders {
    /// When it voted.
    On = "on",
} }

view! {
    /// A cluster that takes part in a dialogue.
    DialogueCluster as "DialogueCluster" {
        one {
            /// The dialogue.
            dialogue: Dialogue = |c| Some(c.dialogue);
            /// The cluster.
            cluster: Cluster = |c| Some(c.cluster);
            /// The event at which it voted.
            event: Event = |c| c.event;
        }
        many {}
        fields {
            /// How many may vote there; null where not known.
            async fn eligible(&self) -> Option<i64> {
                self.eligible
            }
            /// When it voted.
            async fn on(&self) -> Option<One<PartialDate>> {
                date(self.on)
            }
        }
    }
}

criteria! { BallotFilter, BallotOrder by BallotOrderField {
    /// The dialogue.
    dialogue: CodeFilter = "dialogue",
    /// The cluster that it was cast in.
    cluster: CodeFilter = "cluster",
    /// The city that cast it, where ballots are named.
    authority: BodyFilter = "authority",
    /// Whether it was handed in and does not count.
    spoiled: bool = "spoiled",
} orders {
    /// By the code of the dialogue and what follows it there.
    Dialogue = "code",
} }

view! {
    /// One ballot.
    Ballot as "Ballot" {
        one {
            /// The dialogue.
            dialogue: Dialogue = |b| Some(b.dialogue);
            /// The cluster that it was cast in.
            cluster: Cluster = |b| Some(b.cluster);
            /// The city that cast it; null where ballots name nobody.
            authority: LocalAuthority = |b| b.authority;
        }
        many {}
        fields {
            /// The options picked.
            async fn choices(&self, ctx: &Context<'_>) -> Result<Many<View<DialogueOption>>> {
                Ok(Many(self.listed(data(ctx), "choices", |r| &r.choices).await?))
            }
            /// Whether it was handed in and does not count.
            async fn spoiled(&self) -> bool {
                self.spoiled
            }
        }
    }
}
