//! Money as it is planned, moved, exchanged and given in kind.

use async_graphql::Context;
use ketnoi_domain::{
    Agreement, BudgetLine, BudgetStatus, BudgetType, Document, ExchangeRate, InKindContribution, Lang, Organisation, Programme,
    Transaction, TransactionType,
};

use super::view;
use crate::{
    enums::E,
    exec::{Many, One},
    filter::{BodyFilter, CodeFilter, PeriodFilter, TextFilter, criteria, enum_filter},
    scalars::{
        Currency, Date, Decimal, Money, PartialDate, Period, Translation, date, money, period, served, told, translations,
    },
};

enum_filter!(TransactionTypeFilter of TransactionType, BudgetTypeFilter of BudgetType);

criteria! { BudgetLineFilter, BudgetLineOrder by BudgetLineOrderField {
    /// The programme.
    programme: CodeFilter = "programme",
    /// The agreement that finances it.
    agreement: CodeFilter = "agreement",
    /// The currency.
    currency: TextFilter = "currency",
    /// First or changed.
    kind: BudgetTypeFilter = "kind",
    /// Whether the funder accepts it as a cost.
    eligible: bool = "eligible",
    /// Its period.
    period: PeriodFilter = "period",
} orders {
    /// Its number in the funder's template.
    Number = "number",
    /// Its value as a bare number, whatever the currency.
    Value = "value",
    /// Its title, in the Vietnamese order.
    Title = "title",
} }

view! {
    /// One line of a budget, by the funder's template.
    BudgetLine as "BudgetLine" {
        one {
            /// The programme.
            programme: Programme = |b| Some(b.programme);
            /// The agreement that finances it.
            agreement: Agreement = |b| b.agreement;
        }
        many {
            /// What was booked on it.
            transactions: Transaction => "budget_line_id", TransactionFilter, TransactionOrder;
        }
        fields {
            /// Its number in the funder's template.
            async fn number(&self) -> &str {
                &self.number
            }
            /// What it is for.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// First or changed.
            async fn kind(&self) -> E<BudgetType> {
                E(self.kind)
            }
            /// How firm.
            async fn status(&self) -> E<BudgetStatus> {
                E(self.status)
            }
            /// Its period.
            async fn period(&self) -> One<Period> {
                period(self.period)
            }
            /// How much.
            async fn value(&self) -> One<Money> {
                One(Money(self.value))
            }
            /// Whether the funder accepts it as a cost.
            async fn eligible(&self) -> bool {
                self.eligible
            }
            /// Why what is spent differs from it; null where nobody explains it.
            async fn explanation(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.explanation)
            }
            /// The language that `explanation` was served in.
            async fn explanation_lang(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<E<Lang>> {
                served(ctx, lang, &self.explanation).map(|(l, _)| E(l))
            }
            /// Why what is spent differs from it, by language.
            async fn explanation_translations(&self) -> Many<Translation> {
                translations(&self.explanation)
            }
            /// What will have been spent on it at its end, as expected now, in the currency of its value; null where nobody has said.
            async fn forecast(&self) -> Option<One<Money>> {
                money(self.forecast)
            }
        }
    }
}

criteria! { TransactionFilter, TransactionOrder by TransactionOrderField {
    /// The programme.
    programme: CodeFilter = "programme",
    /// The agreement under which it moved.
    agreement: CodeFilter = "agreement",
    /// Who gave.
    provider: BodyFilter = "provider",
    /// Who received.
    receiver: BodyFilter = "receiver",
    /// What it is.
    kind: TransactionTypeFilter = "kind",
    /// The currency.
    currency: TextFilter = "currency",
    /// When.
    date: PeriodFilter = "date",
} orders {
    /// When.
    Date = "date",
    /// Its value as a bare number, whatever the currency.
    Value = "value",
} }

view! {
    /// A movement of money.
    Transaction as "Transaction" {
        one {
            /// The programme.
            programme: Programme = |t| Some(t.programme);
            /// The agreement under which it moved.
            agreement: Agreement = |t| t.agreement;
            /// The budget line that it is booked on.
            budget_line: BudgetLine = |t| t.budget_line;
            /// Who gave.
            provider: Organisation = |t| t.provider;
            /// Who received.
            receiver: Organisation = |t| t.receiver;
            /// Its supporting document.
            document: Document = |t| t.document;
        }
        many {}
        fields {
            /// What it is.
            async fn kind(&self) -> E<TransactionType> {
                E(self.kind)
            }
            /// When.
            async fn date(&self) -> Date {
                Date(self.date)
            }
            /// How much; negative for a correction.
            async fn value(&self) -> One<Money> {
                One(Money(self.value))
            }
            /// What for.
            async fn description(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.description)
            }
            /// The number of its voucher.
            async fn voucher(&self) -> Option<&str> {
                self.voucher.as_deref()
            }
        }
    }
}

criteria! { ExchangeRateFilter, ExchangeRateOrder by ExchangeRateOrderField {
    /// The currency that is one.
    base: TextFilter = "base",
    /// The currency that it is counted in.
    quote: TextFilter = "quote",
    /// The day.
    date: PeriodFilter = "date",
} orders {
    /// The day.
    Date = "date",
} }

view! {
    /// What one unit of a currency was worth in another on a day.
    ExchangeRate as "ExchangeRate" {
        one {}
        many {}
        fields {
            /// The currency that is one.
            async fn base(&self) -> Currency {
                Currency(self.base)
            }
            /// The currency that it is counted in.
            async fn quote(&self) -> Currency {
                Currency(self.quote)
            }
            /// The day.
            async fn date(&self) -> Date {
                Date(self.date)
            }
            /// How many units of `quote`.
            async fn rate(&self) -> Decimal {
                Decimal(self.rate)
            }
            /// Who publishes it.
            async fn source(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.source)
            }
        }
    }
}

criteria! { InKindContributionFilter, InKindContributionOrder by InKindContributionOrderField {
    /// The programme.
    programme: CodeFilter = "programme",
    /// Who gives it.
    contributor: BodyFilter = "contributor",
    /// When it was given or valued.
    date: PeriodFilter = "date",
} orders {
    /// When it was given or valued.
    Date = "date",
    /// Its value as a bare number, whatever the currency.
    Value = "value",
    /// What it is, in the Vietnamese order.
    Description = "title",
} }

view! {
    /// A contribution that is not money: rooms, staff, land.
    InKindContribution as "InKindContribution" {
        one {
            /// The programme.
            programme: Programme = |c| Some(c.programme);
            /// Who gives it.
            contributor: Organisation = |c| Some(c.contributor);
        }
        many {}
        fields {
            /// What it is.
            async fn description(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.description)
            }
            /// What it is worth; null where nobody has valued it.
            async fn value(&self) -> Option<One<Money>> {
                money(self.value)
            }
            /// When it was given or valued.
            async fn date(&self) -> Option<One<PartialDate>> {
                date(self.date)
            }
            /// Who valued it.
            async fn valuer(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.valuer)
            }
            /// On what basis.
            async fn basis(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.basis)
            }
        }
    }
}
