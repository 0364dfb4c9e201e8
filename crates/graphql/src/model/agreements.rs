//! Agreements: who pays whom for what, in which parts, and how that was changed.

use async_graphql::{Context, SimpleObject};
use ketnoi_domain::{Agreement, AmendmentKind, BudgetLine, Lang, Organisation, Programme, RateRule, Transaction};

use super::{BudgetLineFilter, BudgetLineOrder, TransactionFilter, TransactionOrder, view};
use crate::{
    enums::E,
    exec::{Many, One},
    filter::{BodyFilter, CodeFilter, PeriodFilter, TextFilter, criteria},
    scalars::{Decimal, Money, PartialDate, Period, date, money, period, told},
};

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
