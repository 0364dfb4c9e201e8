use async_graphql::{Context, SimpleObject};
use ketnoi_domain::{
    Dimension, Indicator, IndicatorMeasure, IndicatorPeriod, Lang, Outcome, Programme, ResultLevel, achieved_per_cent, cumulate,
    query::Filter,
};

use super::view;
use crate::{
    batch::View,
    enums::E,
    error::Result,
    exec::{Many, One},
    filter::{CodeFilter, PeriodFilter, criteria, enum_filter},
    list::all_children,
    scalars::{Decimal, PartialDate, Period, Translation, date, period, served, told, translations},
};

enum_filter!(ResultLevelFilter of ResultLevel, IndicatorMeasureFilter of IndicatorMeasure);

criteria! { ResultFilter, ResultOrder by ResultOrderField {
    /// The programme.
    programme: CodeFilter = "programme",
    /// The result that it contributes to.
    parent: CodeFilter = "parent",
    /// How far up the chain.
    level: ResultLevelFilter = "level",
} orders {
    /// Its place in the framework.
    Number = "number",
    /// Its title, in the Vietnamese order.
    Title = "title",
} }

view! {
    /// A result that a programme aims at.
    Outcome as "Result" {
        one {
            /// The programme.
            programme: Programme = |r| Some(r.programme);
            /// The result that it contributes to.
            parent: Outcome = |r| r.parent;
        }
        many {
            /// The results that contribute to it.
            contributing: Outcome => "parent_id", ResultFilter, ResultOrder;
            /// What it is measured by.
            indicators: Indicator => "result_id", IndicatorFilter, IndicatorOrder;
        }
        fields {
            /// How far up the chain.
            async fn level(&self) -> E<ResultLevel> {
                E(self.level)
            }
            /// Its place in the framework, such as `1.2`.
            async fn number(&self) -> &str {
                &self.number
            }
            /// What is to be reached.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// The language that `title` was served in.
            async fn title_lang(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<E<Lang>> {
                served(ctx, lang, &self.title).map(|(l, _)| E(l))
            }
            /// What is to be reached, by language.
            async fn title_translations(&self) -> Many<Translation> {
                translations(&self.title)
            }
            /// In more words.
            async fn description(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.description)
            }
            /// What must hold for it to lead to the next.
            async fn assumption(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.assumption)
            }
        }
    }
}

/// A measured value: a number, a share as two numbers, or words.
#[derive(SimpleObject)]
pub(crate) struct Measured {
    /// The number; null for shares and words.
    number: Option<Decimal>,
    /// Of a share: how many.
    numerator: Option<Decimal>,
    /// Of a share: of how many.
    denominator: Option<Decimal>,
    /// Of a share: in per cent with one digit; null of nothing.
    per_cent: Option<Decimal>,
    /// The words, in the language of the request.
    text: Option<String>,
}

fn measured(ctx: &Context<'_>, m: &ketnoi_domain::Measured) -> One<Measured> {
    use ketnoi_domain::Measured as M;
    let mut shown = Measured { number: None, numerator: None, denominator: None, per_cent: None, text: None };
    match m {
        M::Number(n) => shown.number = Some(Decimal(*n)),
        M::Words(text) => shown.text = told(ctx, None, text).map(str::to_owned),
        M::Ratio { numerator, denominator } => {
            (shown.numerator, shown.denominator) = (Some(Decimal(*numerator)), Some(Decimal(*denominator)));
            let hundredfold = numerator.checked_mul(100.into());
            shown.per_cent = hundredfold.and_then(|n| n.checked_div(*denominator, 1)).map(Decimal);
        }
    }
    One(shown)
}

/// A part of a value.
#[derive(SimpleObject)]
pub(crate) struct Breakdown {
    /// By what.
    by: E<Dimension>,
    /// Which part.
    category: String,
    /// Its value.
    value: One<Measured>,
}

/// A value with its parts.
#[derive(SimpleObject)]
pub(crate) struct Measurement {
    /// The whole.
    value: One<Measured>,
    /// When it was measured.
    on: Option<One<PartialDate>>,
    /// The parts.
    breakdown: Many<Breakdown>,
    /// What is to be said of it, such as the reason for a variance.
    note: Option<String>,
}

pub(crate) fn measurement(ctx: &Context<'_>, m: Option<&ketnoi_domain::Measurement>) -> Option<One<Measurement>> {
    let part =
        |b: &ketnoi_domain::Breakdown| Breakdown { by: E(b.by), category: b.category.clone(), value: measured(ctx, &b.value) };
    m.map(|m| {
        One(Measurement {
            value: measured(ctx, &m.value),
            on: date(m.on),
            breakdown: Many(m.breakdown.iter().map(part).collect()),
            note: told(ctx, None, &m.note).map(str::to_owned),
        })
    })
}

criteria! { IndicatorFilter, IndicatorOrder by IndicatorOrderField {
    /// The result.
    result: CodeFilter = "result",
    /// What it counts in.
    measure: IndicatorMeasureFilter = "measure",
} orders {
    /// Its place in the framework.
    Number = "number",
    /// Its title, in the Vietnamese order.
    Title = "title",
} }

async fn all_periods(ctx: &Context<'_>, of: &View<Indicator>) -> Result<Many<View<IndicatorPeriod>>> {
    all_children(ctx, of, ("allPeriods", "indicator_id"), (String::new(), |_| Filter::all()), "start").await
}

view! {
    /// What a result is measured by.
    Indicator as "Indicator" {
        one {
            /// The result.
            result: Outcome = |i| Some(i.result);
        }
        many {
            /// Its targets and actuals by period.
            periods: IndicatorPeriod => "indicator_id", IndicatorPeriodFilter, IndicatorPeriodOrder;
        }
        fields {
            /// Its place in the framework, such as `1.2.a`.
            async fn number(&self) -> &str {
                &self.number
            }
            /// What is measured.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// What it counts in.
            async fn measure(&self) -> E<IndicatorMeasure> {
                E(self.measure)
            }
            /// The unit in words.
            async fn unit(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.unit)
            }
            /// Whether each actual holds all that came before it: then the last one counts, else their sum.
            async fn cumulative(&self) -> bool {
                self.cumulative
            }
            /// Whether more is better.
            async fn ascending(&self) -> bool {
                self.ascending
            }
            /// Where the figures come from.
            async fn verification(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.verification)
            }
            /// What it was at the beginning; null where nobody measured it.
            async fn baseline(&self, ctx: &Context<'_>) -> Option<One<Measurement>> {
                measurement(ctx, self.baseline.as_ref())
            }
            /// What all targets come to: the last one of a cumulative indicator, else their sum; null where none was set.
            async fn total_target(&self, ctx: &Context<'_>) -> Result<Option<One<Measured>>> {
                let periods = all_periods(ctx, self).await?;
                let values = periods.0.iter().filter_map(|p| p.target.as_ref().map(|m| &m.value));
                Ok(cumulate(values, self.cumulative).map(|m| measured(ctx, &m)))
            }
            /// What all actuals come to: the last one of a cumulative indicator, else their sum; null where none was reported.
            async fn total_actual(&self, ctx: &Context<'_>) -> Result<Option<One<Measured>>> {
                let periods = all_periods(ctx, self).await?;
                let values = periods.0.iter().filter_map(|p| p.actual.as_ref().map(|m| &m.value));
                Ok(cumulate(values, self.cumulative).map(|m| measured(ctx, &m)))
            }
            /// How much of the way from baseline to target has been gone, in per cent; null where that means nothing.
            async fn achieved_per_cent(&self, ctx: &Context<'_>) -> Result<Option<Decimal>> {
                let periods = all_periods(ctx, self).await?;
                let target = cumulate(periods.0.iter().filter_map(|p| p.target.as_ref().map(|m| &m.value)), self.cumulative);
                let actual = cumulate(periods.0.iter().filter_map(|p| p.actual.as_ref().map(|m| &m.value)), self.cumulative);
                let baseline = self.baseline.as_ref().map(|m| &m.value);
                Ok(target.zip(actual).and_then(|(t, a)| achieved_per_cent(baseline, &t, &a)).map(Decimal))
            }
        }
    }
}

criteria! { IndicatorPeriodFilter, IndicatorPeriodOrder by IndicatorPeriodOrderField {
    /// The indicator.
    indicator: CodeFilter = "indicator",
    /// When.
    period: PeriodFilter = "period",
} orders {
    /// When it starts.
    Start = "start",
} }

view! {
    /// An indicator's target and actual in one period.
    IndicatorPeriod as "IndicatorPeriod" {
        one {
            /// The indicator.
            indicator: Indicator = |p| Some(p.indicator);
        }
        many {}
        fields {
            /// When.
            async fn period(&self) -> One<Period> {
                period(self.period)
            }
            /// What is to be reached; null where no target was set.
            async fn target(&self, ctx: &Context<'_>) -> Option<One<Measurement>> {
                measurement(ctx, self.target.as_ref())
            }
            /// What was reached; null where nothing was reported.
            async fn actual(&self, ctx: &Context<'_>) -> Option<One<Measurement>> {
                measurement(ctx, self.actual.as_ref())
            }
        }
    }
}
