//! The money of programmes: agreements, budgets, movements, rates, contributions in kind.

use async_graphql::ID;
use ketnoi_domain::{
    Agreement, BudgetLine, BudgetStatus, BudgetType, ExchangeRate, InKindContribution, RateRule, Transaction, TransactionType,
};

use super::{sources, writable};
use crate::{
    enums::E,
    mutation::input::{AmendmentInput, InstalmentInput, MoneyInput, PeriodInput, ReportDueInput, TextInput},
    scalars::{Currency, Date, Decimal, PartialDateInput},
};

writable! { MoneyMutations {
    Agreement as agreement "SaveAgreementPayload" {
        /// Registers an agreement between a funder and those it pays.
        create_agreement "CreateAgreementInput",
        /// Changes an agreement. Amendments are added to it: they do not change what was agreed first.
        update_agreement "UpdateAgreementInput";
        fixed {
            /// What it pays for.
            programme: ID;
        }
        fields {
            /// Who pays.
            funder: Needed ID;
            /// Who is paid.
            recipient: Maybe ID;
            /// Its title, by language.
            title: Maybe Vec<TextInput>;
            /// The funder's reference.
            reference: Maybe String;
            /// When it was signed.
            signed: Maybe PartialDateInput;
            /// From when to when costs are eligible.
            period: Maybe PeriodInput;
            /// The whole cost that is eligible.
            eligible_cost: Maybe MoneyInput;
            /// The funder's share of the eligible cost, in per cent.
            funder_share: Maybe Decimal;
            /// The most that the funder pays, before amendments.
            ceiling: Maybe MoneyInput;
            /// Which exchange rate counts.
            rate_rule: Maybe E<RateRule>;
            /// In which parts it is paid.
            instalments: Maybe Vec<InstalmentInput>;
            /// How it was changed, in order.
            amendments: Maybe Vec<AmendmentInput>;
            /// The calendar of reports.
            reports_due: Maybe Vec<ReportDueInput>;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
    BudgetLine as budget_line "SaveBudgetLinePayload" {
        /// Adds a line to the budget of a programme.
        create_budget_line "CreateBudgetLineInput",
        /// Changes a line of a budget.
        update_budget_line "UpdateBudgetLineInput";
        fixed {
            /// The programme.
            programme: ID;
        }
        fields {
            /// The agreement that finances it.
            agreement: Maybe ID;
            /// Its number in the funder's template.
            number: Needed String;
            /// What it is for, by language.
            title: Needed Vec<TextInput>;
            /// First or changed.
            kind: Needed E<BudgetType>;
            /// How firm.
            status: Needed E<BudgetStatus>;
            /// Over what period.
            period: Maybe PeriodInput;
            /// How much.
            value: Needed MoneyInput;
            /// Whether the funder accepts it as a cost.
            eligible: Needed bool;
            /// Why what is spent differs from it, by language.
            explanation: Maybe Vec<TextInput>;
            /// What will have been spent on it at its end, as expected now, in the currency of its value.
            forecast: Maybe MoneyInput;
        }
    }
    Transaction as transaction "SaveTransactionPayload" {
        /// Books a movement of money.
        create_transaction "CreateTransactionInput",
        /// Changes a movement of money.
        update_transaction "UpdateTransactionInput";
        fixed {
            /// The programme.
            programme: ID;
        }
        fields {
            /// The agreement under which it moved.
            agreement: Maybe ID;
            /// The budget line that it is booked on.
            budget_line: Maybe ID;
            /// What it is.
            kind: Needed E<TransactionType>;
            /// When.
            date: Needed Date;
            /// How much; negative for a correction.
            value: Needed MoneyInput;
            /// Who gave.
            provider: Maybe ID;
            /// Who received.
            receiver: Maybe ID;
            /// What for, by language.
            description: Maybe Vec<TextInput>;
            /// The number of its voucher.
            voucher: Maybe String;
            /// Its supporting document.
            document: Maybe ID;
        }
    }
    ExchangeRate as exchange_rate "SaveExchangeRatePayload" {
        /// Notes what one currency was worth in another on a day. Its code is made of the three.
        create_exchange_rate "CreateExchangeRateInput",
        /// Changes a rate.
        update_exchange_rate "UpdateExchangeRateInput";
        fixed {
            /// The currency that is one.
            base: Currency;
            /// The currency that it is counted in.
            quote: Currency;
            /// The day.
            date: Date;
        }
        fields {
            /// How many units of `quote` one of `base` is.
            rate: Needed Decimal;
            /// Who publishes it, by language.
            source: Maybe Vec<TextInput>;
        }
    }
    InKindContribution as in_kind_contribution "SaveInKindContributionPayload" {
        /// Notes a contribution that is not money.
        create_in_kind_contribution "CreateInKindContributionInput",
        /// Changes a contribution in kind.
        update_in_kind_contribution "UpdateInKindContributionInput";
        fixed {
            /// The programme.
            programme: ID;
        }
        fields {
            /// Who gives it.
            contributor: Needed ID;
            /// What it is, by language.
            description: Maybe Vec<TextInput>;
            /// What it is worth.
            value: Maybe MoneyInput;
            /// When it was given or valued.
            date: Maybe PartialDateInput;
            /// Who valued it, by language.
            valuer: Maybe Vec<TextInput>;
            /// On what basis, by language.
            basis: Maybe Vec<TextInput>;
        }
    }
} }
