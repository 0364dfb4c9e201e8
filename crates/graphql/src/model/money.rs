use async_graphql::{Context, SimpleObject};
use ketnoi_domain::{
    Agreement, AmendmentKind, BudgetLine, BudgetStatus, BudgetType, Document, ExchangeRate, InKindContribution, Lang,
    Organisation, Programme, RateRule, Transaction, TransactionType,
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

criteria! { AgreementFilter, AgreementOrder by AgreementOrderField {
    /// What it pays for.
    programme: CodeFilter = "programme",
    /// Who pays.
    funder: BodyFilter = "funder",
    /// Who is paid.
    recipient: BodyFilter = "recipient",
    /// The currency of its ceiling.
    currency: TextFilter = "currency",
    /// When costs are eligible.
    period: PeriodFilter = "period",
    /// When it was signed.
    signed: PeriodFilter = "signed",
} orders {
    /// When it was signed.
    Signed = "signed",
    /// Its ceiling as a bare number, whatever the currency.
    Ceiling = "ceiling",
    /// Its title, in the Vietnamese order.
    Title = "title",
} }

/// A part of the money of an agreement.
#[derive(SimpleObject)]
pub(crate) struct Instalment {
    /// How much.
    amount: One<Money>,
    /// When it falls due.
    due: Option<One<PartialDate>>,
    /// On what condition.
    condition: Option<String>,
    /// When it was paid; null while it is not, or not known to be.
    paid: Option<One<PartialDate>>,
}

/// A change to an agreement.
#[derive(SimpleObject)]
pub(crate) struct Amendment {
    /// What it changes.
    kind: E<AmendmentKind>,
    /// When it was agreed.
    on: Option<One<PartialDate>>,
    /// The ceiling from then on, if it changes.
    ceiling: Option<One<Money>>,
    /// The end from then on, if it changes.
    end: Option<One<PartialDate>>,
    /// In words.
    note: Option<String>,
}

/// A report that an agreement asks for.
#[derive(SimpleObject)]
pub(crate) struct ReportDue {
    /// Which report.
    title: String,
    /// When it falls due.
    due: Option<One<PartialDate>>,
    /// When it was delivered; null while it is not.
    delivered: Option<One<PartialDate>>,
}

fn owned(ctx: &Context<'_>, text: &ketnoi_domain::Text) -> Option<String> {
    told(ctx, None, text).map(str::to_owned)
}

view! {
    /// What a funder and those it pays have agreed.
    Agreement as "Agreement" {
        one {
            /// What it pays for.
            programme: Programme = |a| Some(a.programme);
            /// Who pays.
            funder: Organisation = |a| Some(a.funder);
            /// Who is paid.
            recipient: Organisation = |a| a.recipient;
        }
        many {
            /// The budget lines that it finances.
            budget_lines: BudgetLine => "agreement_id", BudgetLineFilter, BudgetLineOrder;
            /// What moved under it.
            transactions: Transaction => "agreement_id", TransactionFilter, TransactionOrder;
        }
        fields {
            /// Its title.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.title)
            }
            /// The funder's reference.
            async fn reference(&self) -> Option<&str> {
                self.reference.as_deref()
            }
            /// When it was signed.
            async fn signed(&self) -> Option<One<PartialDate>> {
                date(self.signed)
            }
            /// When costs are eligible, before amendments.
            async fn period(&self) -> One<Period> {
                period(self.period)
            }
            /// The end that holds now.
            async fn current_end(&self) -> Option<One<PartialDate>> {
                date(Agreement::current_end(self))
            }
            /// The whole cost that is eligible.
            async fn eligible_cost(&self) -> Option<One<Money>> {
                money(self.eligible_cost)
            }
            /// The funder's share of the eligible cost, in per cent.
            async fn funder_share(&self) -> Option<Decimal> {
                self.funder_share.map(|s| Decimal(s.decimal()))
            }
            /// The most that the funder pays, before amendments; null where no source says.
            async fn ceiling(&self) -> Option<One<Money>> {
                money(self.ceiling)
            }
            /// The ceiling that holds now.
            async fn current_ceiling(&self) -> Option<One<Money>> {
                money(Agreement::current_ceiling(self))
            }
            /// Which exchange rate counts.
            async fn rate_rule(&self) -> Option<E<RateRule>> {
                self.rate_rule.map(E)
            }
            /// In which parts it is paid.
            async fn instalments(&self, ctx: &Context<'_>) -> Many<Instalment> {
                let one = |i: &ketnoi_domain::Instalment| Instalment {
                    amount: One(Money(i.amount)),
                    due: date(i.due),
                    condition: owned(ctx, &i.condition),
                    paid: date(i.paid),
                };
                Many(self.instalments.iter().map(one).collect())
            }
            /// How it was changed, in order.
            async fn amendments(&self, ctx: &Context<'_>) -> Many<Amendment> {
                let one = |a: &ketnoi_domain::Amendment| Amendment {
                    kind: E(a.kind),
                    on: date(a.on),
                    ceiling: money(a.ceiling),
                    end: date(a.end),
                    note: owned(ctx, &a.note),
                };
                Many(self.amendments.iter().map(one).collect())
            }
            /// The calendar of reports.
            async fn reports_due(&self, ctx: &Context<'_>) -> Many<ReportDue> {
                let one = |r: &ketnoi_domain::ReportDue| ReportDue {
                    title: owned(ctx, &r.title).unwrap_or_default(),
                    due: date(Some(r.due)),
                    delivered: date(r.delivered),
                };
                Many(self.reports_due.iter().map(one).collect())
            }
        }
    }
}

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
