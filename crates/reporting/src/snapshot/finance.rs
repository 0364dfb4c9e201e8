//! Money: agreements, budget, movements, contributions in kind, exchange rates.

use chrono::NaiveDate;
use ketnoi_domain::{
    Amendment, BudgetStatus, BudgetType, Currency, Decimal, Instalment, Money, PartialDate, Percentage, Period, Rate, RateRule,
    ReportDue, Text, TransactionType,
};
use serde::{Deserialize, Serialize};

/// An agreement with a funder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementFacts {
    /// Its code in the registry; transactions and budget lines name it.
    pub code: String,
    /// Its title.
    #[serde(default)]
    pub title: Text,
    /// The funder's name, as on the day of the agreement.
    pub funder: Text,
    /// Who is paid.
    #[serde(default)]
    pub recipient: Text,
    /// The funder's reference.
    #[serde(default)]
    pub reference: Option<String>,
    /// When it was signed.
    #[serde(default)]
    pub signed: Option<PartialDate>,
    /// From when to when costs are eligible, before amendments.
    #[serde(default)]
    pub period: Period,
    /// The end that holds now.
    #[serde(default)]
    pub current_end: Option<PartialDate>,
    /// The whole cost that is eligible.
    #[serde(default)]
    pub eligible_cost: Option<Money>,
    /// The funder's share of the eligible cost.
    #[serde(default)]
    pub funder_share: Option<Percentage>,
    /// The most that the funder pays, before amendments.
    #[serde(default)]
    pub original_ceiling: Option<Money>,
    /// The ceiling that holds now.
    #[serde(default)]
    pub current_ceiling: Option<Money>,
    /// Which exchange rate counts.
    #[serde(default)]
    pub rate_rule: Option<RateRule>,
    /// How it was changed, in order.
    #[serde(default)]
    pub amendments: Vec<Amendment>,
    /// In which parts it is paid.
    #[serde(default)]
    pub instalments: Vec<Instalment>,
    /// The calendar of reports that it asks for.
    #[serde(default)]
    pub reports_due: Vec<ReportDue>,
}

/// Budget, movements of money, contributions in kind, and the rates behind conversions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinanceFacts {
    /// The budget by line, in the template's order.
    #[serde(default)]
    pub budget_lines: Vec<BudgetLineFacts>,
    /// Movements of money, in the order of their dates.
    #[serde(default)]
    pub transactions: Vec<TransactionFacts>,
    /// Contributions that are not money.
    #[serde(default)]
    pub in_kind: Vec<InKindFacts>,
    /// The exchange rates used.
    #[serde(default)]
    pub rates: Vec<RateFacts>,
}

/// A line of the budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetLineFacts {
    /// Its code in the registry; transactions name it.
    pub code: String,
    /// Its number in the funder's template.
    pub number: String,
    /// What it is for.
    pub title: Text,
    /// First or changed.
    pub kind: BudgetType,
    /// How firm.
    pub status: BudgetStatus,
    /// Over what period.
    #[serde(default)]
    pub period: Period,
    /// How much.
    pub value: Money,
    /// Whether the funder accepts it as a cost.
    pub eligible: bool,
    /// The code of the agreement that finances it.
    #[serde(default)]
    pub agreement: Option<String>,
    /// Why what is spent differs from it.
    #[serde(default)]
    pub explanation: Text,
    /// What will have been spent on it at its end, as expected now, in the currency of its value; none where nobody has said.
    #[serde(default)]
    pub forecast: Option<Money>,
}

/// A movement of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionFacts {
    /// What it is.
    pub kind: TransactionType,
    /// When.
    pub date: NaiveDate,
    /// How much; negative for a correction.
    pub value: Money,
    /// The name of who gave.
    #[serde(default)]
    pub provider: Text,
    /// The name of who received.
    #[serde(default)]
    pub receiver: Text,
    /// What for.
    #[serde(default)]
    pub description: Text,
    /// The number of its voucher.
    #[serde(default)]
    pub voucher: Option<String>,
    /// The code of the agreement under which it moved.
    #[serde(default)]
    pub agreement: Option<String>,
    /// The code of the budget line that it is booked on.
    #[serde(default)]
    pub budget_line: Option<String>,
}

/// A contribution that is not money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InKindFacts {
    /// Who gives it.
    pub contributor: Text,
    /// What it is.
    pub description: Text,
    /// What it is worth; none where nobody has valued it.
    #[serde(default)]
    pub value: Option<Money>,
    /// When it was given or valued.
    #[serde(default)]
    pub date: Option<PartialDate>,
    /// Who valued it.
    #[serde(default)]
    pub valuer: Text,
    /// On what basis.
    #[serde(default)]
    pub basis: Text,
}

/// An exchange rate that was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateFacts {
    /// The currency that is one.
    pub base: Currency,
    /// The currency that it is counted in.
    pub quote: Currency,
    /// The day.
    pub date: NaiveDate,
    /// How many units of `quote`.
    pub rate: Decimal,
    /// Who publishes it.
    #[serde(default)]
    pub source: Text,
}

impl Rate for RateFacts {
    fn quoted(&self) -> (Currency, Currency, NaiveDate, Decimal) {
        (self.base, self.quote, self.date, self.rate)
    }
}
