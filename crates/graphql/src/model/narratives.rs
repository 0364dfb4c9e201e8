use async_graphql::Context;
use ketnoi_domain::{Lang, Narrative, NarrativeSection, Programme};

use super::view;
use crate::{
    enums::E,
    exec::{Many, One},
    filter::{CodeFilter, PeriodFilter, criteria, enum_filter},
    scalars::{Period, Translation, period, served, told, translations},
};

enum_filter!(NarrativeSectionFilter of NarrativeSection);

criteria! { NarrativeFilter, NarrativeOrder by NarrativeOrderField {
    /// The programme.
    programme: CodeFilter = "programme",
    /// The section of a report.
    section: NarrativeSectionFilter = "section",
    /// The period that it is about.
    period: PeriodFilter = "period",
} orders {
    /// When its period starts.
    Start = "start",
} }

view! {
    /// What a programme tells its funders in words about a period, in one section of a report.
    Narrative as "Narrative" {
        one {
            /// The programme.
            programme: Programme = |n| Some(n.programme);
        }
        many {}
        fields {
            /// The section of a report that it belongs to.
            async fn section(&self) -> E<NarrativeSection> {
                E(self.section)
            }
            /// The period that it is about.
            async fn period(&self) -> One<Period> {
                period(self.period)
            }
            /// What is told, in a small markup: blank lines part paragraphs, lines that start with `- ` are the items of a list,
            /// `**strong**` and `*emphasis*` stand out. There is nothing else: show all other signs, also those of HTML, as
            /// they are.
            async fn text(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.text).unwrap_or_default()
            }
            /// The language that `text` was served in.
            async fn text_lang(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<E<Lang>> {
                served(ctx, lang, &self.text).map(|(l, _)| E(l))
            }
            /// What is told, by language.
            async fn text_translations(&self) -> Many<Translation> {
                translations(&self.text)
            }
        }
    }
}
