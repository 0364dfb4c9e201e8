use async_graphql::Context;
use ketnoi_domain::{
    AdvocacyAction, AdvocacyKind, AdvocacyStatus, Dialogue, DialogueOption, Document, Event, Lang, Organisation, Programme,
    Recommendation, RecommendationStatus, RoadMap, RoadMapStep, StepStatus,
};

use super::{DialogueOptionFilter, DialogueOptionOrder, view};
use crate::{
    enums::E,
    exec::{Many, One},
    filter::{BodyFilter, CodeFilter, PeriodFilter, criteria, enum_filter},
    scalars::{PartialDate, Period, Translation, date, period, served, told, translations},
};

enum_filter!(
    RecommendationStatusFilter of RecommendationStatus,
    StepStatusFilter of StepStatus,
    AdvocacyKindFilter of AdvocacyKind,
    AdvocacyStatusFilter of AdvocacyStatus,
);

criteria! { RecommendationFilter, RecommendationOrder by RecommendationOrderField {
    /// The study that makes it.
    document: CodeFilter = "document",
    /// The event that makes it.
    event: CodeFilter = "event",
    /// The programme that it came from.
    programme: CodeFilter = "programme",
    /// Whom it concerns.
    addressee: BodyFilter = "addressee",
    /// Where it stands.
    status: RecommendationStatusFilter = "status",
    /// A dialogue in which it is voted on.
    dialogue: CodeFilter = "dialogue",
} orders {
    /// Its title, in the Vietnamese order.
    Title = "title",
} }

view! {
    /// Something that a study or a workshop recommends.
    Recommendation as "Recommendation" {
        one {
            /// The study that makes it.
            document: Document = |r| r.document;
            /// The event that makes it.
            event: Event = |r| r.event;
            /// The programme that it came from.
            programme: Programme = |r| r.programme;
            /// Whom it concerns.
            addressee: Organisation = |r| r.addressee;
        }
        many {
            /// What is done to bring it forward.
            actions: AdvocacyAction => "recommendation_id", AdvocacyActionFilter, AdvocacyActionOrder;
            /// The steps of road maps that bring it forward.
            steps: RoadMapStep => "recommendation_id", RoadMapStepFilter, RoadMapStepOrder;
            /// Where it stands on ballots.
            options: DialogueOption => "recommendation_id", DialogueOptionFilter, DialogueOptionOrder;
        }
        fields {
            /// What is recommended, in short.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// The language that `title` was served in.
            async fn title_lang(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<E<Lang>> {
                served(ctx, lang, &self.title).map(|(l, _)| E(l))
            }
            /// What is recommended, in short, by language.
            async fn title_translations(&self) -> Many<Translation> {
                translations(&self.title)
            }
            /// Its number where it was made.
            async fn number(&self) -> Option<&str> {
                self.number.as_deref()
            }
            /// What is recommended, at length.
            async fn text(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.text)
            }
            /// Where it stands; null where no source says.
            async fn status(&self) -> Option<E<RecommendationStatus>> {
                self.status.map(E)
            }
        }
    }
}

criteria! { RoadMapFilter, RoadMapOrder by RoadMapOrderField {
    /// The programme that it belongs to.
    programme: CodeFilter = "programme",
    /// The event that agreed on it.
    event: CodeFilter = "event",
    /// When.
    period: PeriodFilter = "period",
} orders {
    /// Its title, in the Vietnamese order.
    Title = "title",
    /// When it starts.
    Start = "start",
} }

view! {
    /// How recommendations are to be brought forward, step by step.
    RoadMap as "RoadMap" {
        one {
            /// The programme that it belongs to.
            programme: Programme = |m| m.programme;
            /// The event that agreed on it.
            event: Event = |m| m.event;
        }
        many {
            /// Its steps.
            steps: RoadMapStep => "road_map_id", RoadMapStepFilter, RoadMapStepOrder;
        }
        fields {
            /// Its title.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// What it is about.
            async fn description(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.description)
            }
            /// From when to when.
            async fn period(&self) -> One<Period> {
                period(self.period)
            }
        }
    }
}

criteria! { RoadMapStepFilter, RoadMapStepOrder by RoadMapStepOrderField {
    /// The road map.
    road_map: CodeFilter = "roadMap",
    /// The recommendation that it brings forward.
    recommendation: CodeFilter = "recommendation",
    /// Who is to do it.
    responsible: BodyFilter = "responsible",
    /// Where it stands.
    status: StepStatusFilter = "status",
    /// By when.
    due: PeriodFilter = "due",
} orders {
    /// Its place on the road map.
    Number = "number",
    /// What is to be done, in the Vietnamese order.
    Title = "title",
    /// By when.
    Due = "due",
} }

view! {
    /// One step of a road map.
    RoadMapStep as "RoadMapStep" {
        one {
            /// The road map.
            road_map: RoadMap = |s| Some(s.road_map);
            /// The recommendation that it brings forward.
            recommendation: Recommendation = |s| s.recommendation;
            /// Who is to do it.
            responsible: Organisation = |s| s.responsible;
        }
        many {}
        fields {
            /// What is to be done.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// Its place on the road map, from 1.
            async fn number(&self) -> i64 {
                self.number
            }
            /// By when.
            async fn due(&self) -> Option<One<PartialDate>> {
                date(self.due)
            }
            /// When it was done.
            async fn done(&self) -> Option<One<PartialDate>> {
                date(self.done)
            }
            /// Where it stands.
            async fn status(&self) -> E<StepStatus> {
                E(self.status)
            }
        }
    }
}

criteria! { AdvocacyActionFilter, AdvocacyActionOrder by AdvocacyActionOrderField {
    /// The recommendation.
    recommendation: CodeFilter = "recommendation",
    /// The dialogue whose result it carries.
    dialogue: CodeFilter = "dialogue",
    /// To whom it goes.
    addressee: BodyFilter = "addressee",
    /// By what means.
    kind: AdvocacyKindFilter = "kind",
    /// Where it stands.
    status: AdvocacyStatusFilter = "status",
    /// Its date.
    date: PeriodFilter = "date",
} orders {
    /// Its date.
    Date = "date",
    /// Its title, in the Vietnamese order.
    Title = "title",
} }

view! {
    /// Something that is done to bring a recommendation forward: a letter to a body concerned, and its reply.
    AdvocacyAction as "AdvocacyAction" {
        one {
            /// The recommendation.
            recommendation: Recommendation = |a| Some(a.recommendation);
            /// The dialogue whose result it carries.
            dialogue: Dialogue = |a| a.dialogue;
            /// To whom it goes.
            addressee: Organisation = |a| a.addressee;
        }
        many {}
        fields {
            /// Its title.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// By what means.
            async fn kind(&self) -> E<AdvocacyKind> {
                E(self.kind)
            }
            /// The number of the letter.
            async fn number(&self) -> Option<&str> {
                self.number.as_deref()
            }
            /// Its date.
            async fn date(&self) -> Option<One<PartialDate>> {
                date(self.date)
            }
            /// When they replied; null where they have not, or no source says.
            async fn replied(&self) -> Option<One<PartialDate>> {
                date(self.replied)
            }
            /// The number of the reply.
            async fn reply_number(&self) -> Option<&str> {
                self.reply_number.as_deref()
            }
            /// What they replied.
            async fn reply(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.reply)
            }
            /// Where it stands.
            async fn status(&self) -> E<AdvocacyStatus> {
                E(self.status)
            }
        }
    }
}
