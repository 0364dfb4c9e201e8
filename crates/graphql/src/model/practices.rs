use async_graphql::{Context, SimpleObject};
use ketnoi_domain::{GoodPractice, Lang, LocalAuthority, PracticeTheme, Programme, Replication, ReplicationStage};

use super::view;
use crate::{
    enums::E,
    exec::{Many, One},
    filter::{BodyFilter, CodeFilter, PeriodFilter, criteria, enum_filter},
    scalars::{PartialDate, Translation, date, served, told, translations},
};

enum_filter!(PracticeThemeFilter of PracticeTheme, ReplicationStageFilter of ReplicationStage);

criteria! { GoodPracticeFilter, GoodPracticeOrder by GoodPracticeOrderField {
    /// What it is about.
    theme: PracticeThemeFilter = "theme",
    /// The city whose practice it is.
    authority: BodyFilter = "authority",
    /// The programme that documented it.
    programme: CodeFilter = "programme",
    /// A city that replicates it.
    pilot: BodyFilter = "pilot",
} orders {
    /// Its title, in the Vietnamese order.
    Title = "title",
    /// Since when the city has it.
    Since = "since",
} }

view! {
    /// A practice of one city that is worth taking over by others.
    GoodPractice as "GoodPractice" {
        one {
            /// The city whose practice it is.
            authority: LocalAuthority = |p| p.authority;
            /// The programme that documented it.
            programme: Programme = |p| p.programme;
        }
        many {
            /// Its replications in other cities.
            replications: Replication => "practice_id", ReplicationFilter, ReplicationOrder;
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
            /// What it does.
            async fn description(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.description)
            }
            /// What it is about; null where no source says.
            async fn theme(&self) -> Option<E<PracticeTheme>> {
                self.theme.map(E)
            }
            /// Since when the city has it.
            async fn since(&self) -> Option<One<PartialDate>> {
                date(self.since)
            }
        }
    }
}

criteria! { ReplicationFilter, ReplicationOrder by ReplicationOrderField {
    /// What is replicated.
    practice: CodeFilter = "practice",
    /// The city that replicates it.
    authority: BodyFilter = "authority",
    /// The programme that supports it.
    programme: CodeFilter = "programme",
    /// The last stage reached.
    stage: ReplicationStageFilter = "stage",
    /// From its first dated stage to its completion.
    period: PeriodFilter = "period",
} orders {
    /// Its title, in the Vietnamese order.
    Title = "title",
    /// When it began.
    Began = "began",
} }

/// A stage that a replication reached.
#[derive(SimpleObject)]
pub(crate) struct ReplicationStageReached {
    /// Which.
    stage: E<ReplicationStage>,
    /// When; null where no source says.
    on: Option<One<PartialDate>>,
    /// What there is to say, in the language of the request.
    note: Option<String>,
}

view! {
    /// A city's replication of another's practice.
    Replication as "Replication" {
        one {
            /// What is replicated; null where the source does not say.
            practice: GoodPractice = |r| r.practice;
            /// The city that replicates it.
            authority: LocalAuthority = |r| Some(r.authority);
            /// The programme that supports it.
            programme: Programme = |r| r.programme;
        }
        many {}
        fields {
            /// What the city does.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// What has come of it.
            async fn result(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.result)
            }
            /// The last stage reached; null where none is known.
            async fn stage(&self) -> Option<E<ReplicationStage>> {
                Replication::stage(self).map(E)
            }
            /// The stages that it reached, the first one first.
            async fn stages(&self, ctx: &Context<'_>) -> Many<ReplicationStageReached> {
                let reached = |s: &ketnoi_domain::StageReached| ReplicationStageReached {
                    stage: E(s.stage),
                    on: date(s.on),
                    note: told(ctx, None, &s.note).map(str::to_owned),
                };
                Many(self.stages.iter().map(reached).collect())
            }
        }
    }
}
