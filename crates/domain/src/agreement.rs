use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Currency, Decimal, Document, Faults, Head, Id, Kind, Links, Money, Organisation, PartialDate, Percentage, Period, Programme,
    Record, Rule, Text, Words, coded::coded,
};

coded! {
    /// Which rate an agreement uses to convert what is spent.
    pub enum RateRule {
        /// The rate of the day of each transaction, else the last known before it.
        TransactionDate = "transaction_date" / "transaction_date",
        /// The rate of the day of the report, else the last known before it.
        ReportDate = "report_date" / "report_date",
    }
}

coded! {
    /// What an amendment changes.
    pub enum AmendmentKind {
        /// More money.
        TopUp = "top_up" / "top_up",
        /// More time for the same money.
        NoCostExtension = "no_cost_extension" / "no_cost_extension",
        /// Another budget or scope for the same money and time.
        Revision = "revision" / "revision",
    }
}

coded! {
    /// Whether a budget is the first or a changed one (IATI BudgetType).
    pub enum BudgetType {
        /// The first.
        Original = "original" / "1",
        /// A changed one.
        Revised = "revised" / "2",
    }
}

coded! {
    /// How firm a budget is (IATI BudgetStatus).
    pub enum BudgetStatus {
        /// An estimate.
        Indicative = "indicative" / "1",
        /// Binding.
        Committed = "committed" / "2",
    }
}

coded! {
    /// What a movement of money is (IATI TransactionType).
    pub enum TransactionType {
        /// Money that came in.
        IncomingFunds = "incoming_funds" / "1",
        /// A promise to pay, made by an agreement.
        OutgoingCommitment = "outgoing_commitment" / "2",
        /// Money handed on.
        Disbursement = "disbursement" / "3",
        /// Money spent on goods and services.
        Expenditure = "expenditure" / "4",
        /// Interest paid.
        InterestPayment = "interest_payment" / "5",
        /// A loan paid back.
        LoanRepayment = "loan_repayment" / "6",
        /// Money paid back.
        Reimbursement = "reimbursement" / "7",
        /// Equity bought.
        PurchaseOfEquity = "purchase_of_equity" / "8",
        /// Equity sold.
        SaleOfEquity = "sale_of_equity" / "9",
        /// A guarantee.
        CreditGuarantee = "credit_guarantee" / "10",
        /// A promise of money to come in.
        IncomingCommitment = "incoming_commitment" / "11",
        /// A promise to pay that is not yet an agreement.
        OutgoingPledge = "outgoing_pledge" / "12",
        /// A promise of money to come in that is not yet an agreement.
        IncomingPledge = "incoming_pledge" / "13",
    }
}

/// A part of the money of an agreement, paid on a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instalment {
    /// How much.
    pub amount: Money,
    /// When it falls due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<PartialDate>,
    /// On what condition.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub condition: Text,
    /// When it was paid; none while it is not, or not known to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<PartialDate>,
}

/// A change to an agreement; the versions are kept in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// What it changes.
    pub kind: AmendmentKind,
    /// When it was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// The ceiling from then on, if it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<Money>,
    /// The end from then on, if it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<PartialDate>,
    /// In words.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub note: Text,
}

/// A report that an agreement asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportDue {
    /// Which report.
    pub title: Text,
    /// When it falls due.
    pub due: PartialDate,
    /// When it was delivered; none while it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered: Option<PartialDate>,
}

/// What a funder and those it pays have agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// What every record has.
    pub head: Head<Self>,
    /// What it pays for.
    pub programme: Id<Programme>,
    /// Who pays.
    pub funder: Id<Organisation>,
    /// Who is paid.
    pub recipient: Option<Id<Organisation>>,
    /// Its title.
    pub title: Text,
    /// The funder's reference.
    pub reference: Option<String>,
    /// When it was signed.
    pub signed: Option<PartialDate>,
    /// From when to when costs are eligible.
    pub period: Period,
    /// The whole cost that is eligible.
    pub eligible_cost: Option<Money>,
    /// The funder's share of the eligible cost.
    pub funder_share: Option<Percentage>,
    /// The most that the funder pays, before amendments.
    pub ceiling: Option<Money>,
    /// Which exchange rate counts.
    pub rate_rule: Option<RateRule>,
    /// In which parts it is paid.
    pub instalments: Vec<Instalment>,
    /// How it was changed, in order.
    pub amendments: Vec<Amendment>,
    /// The calendar of reports.
    pub reports_due: Vec<ReportDue>,
}

impl Agreement {
    /// The ceiling that holds now: that of the last amendment which set one.
    pub fn current_ceiling(&self) -> Option<Money> {
        self.amendments.iter().rev().find_map(|a| a.ceiling).or(self.ceiling)
    }

    /// The end that holds now: that of the last amendment which set one.
    pub fn current_end(&self) -> Option<PartialDate> {
        self.amendments.iter().rev().find_map(|a| a.end).or(self.period.to)
    }
}

impl Record for Agreement {
    const KIND: Kind = Kind::Agreement;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("programme", self.programme).one("funder", self.funder).maybe("recipient", self.recipient)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).called(self.reference.as_deref())
    }
    fn when(&self) -> Period {
        Period { from: self.period.from.or(self.signed), to: self.period.to }
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(self.period.is_ordered(), "period", || "it ends before it starts".into());
        let ceilings = self.amendments.iter().filter_map(|a| a.ceiling).chain(self.instalments.iter().map(|i| i.amount));
        let one_currency = self.ceiling.is_none_or(|c| ceilings.into_iter().all(|m| m.currency() == c.currency()));
        f.require(one_currency, "ceiling", || "instalments and amendments are in the currency of the ceiling".into());
        let positive = self.ceiling.is_none_or(|c| !c.amount().is_negative());
        f.require(positive, "ceiling", || "a ceiling is not negative".into());
        f
    }
}

/// One line of a budget, by the funder's template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetLine {
    /// What every record has.
    pub head: Head<Self>,
    /// The activity.
    pub programme: Id<Programme>,
    /// The agreement that finances it.
    pub agreement: Option<Id<Agreement>>,
    /// The line's number in the funder's template.
    pub number: String,
    /// What it is for.
    pub title: Text,
    /// First or changed.
    pub kind: BudgetType,
    /// How firm.
    pub status: BudgetStatus,
    /// Over what period.
    pub period: Period,
    /// How much.
    pub value: Money,
    /// Whether the funder accepts it as a cost.
    pub eligible: bool,
    /// Why what is spent differs from it.
    pub explanation: Text,
    /// What will have been spent on it at its end, as expected now, in the currency of its value; none where nobody has said.
    pub forecast: Option<Money>,
}

impl Record for BudgetLine {
    const KIND: Kind = Kind::BudgetLine;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("programme", self.programme).maybe("agreement", self.agreement)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).told(&self.explanation)
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(self.period.is_ordered(), "period", || "it ends before it starts".into());
        let one_currency = self.forecast.is_none_or(|m| m.currency() == self.value.currency());
        f.require(one_currency, "forecast", || {
            Rule::of(
                "it is in another currency than the budget: write it in {currency}",
                [("currency", self.value.currency().to_string())],
            )
        });
        f
    }
}

/// A movement of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// What every record has.
    pub head: Head<Self>,
    /// The activity.
    pub programme: Id<Programme>,
    /// The agreement under which it moved.
    pub agreement: Option<Id<Agreement>>,
    /// The budget line that it is booked on.
    pub budget_line: Option<Id<BudgetLine>>,
    /// What it is.
    pub kind: TransactionType,
    /// When.
    pub date: NaiveDate,
    /// How much; negative for a correction.
    pub value: Money,
    /// Who gave.
    pub provider: Option<Id<Organisation>>,
    /// Who received.
    pub receiver: Option<Id<Organisation>>,
    /// What for.
    pub description: Text,
    /// The number of its voucher.
    pub voucher: Option<String>,
    /// Its supporting document.
    pub document: Option<Id<Document>>,
}

impl Record for Transaction {
    const KIND: Kind = Kind::Transaction;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default()
            .one("programme", self.programme)
            .maybe("agreement", self.agreement)
            .maybe("budget_line", self.budget_line)
            .maybe("provider", self.provider)
            .maybe("receiver", self.receiver)
            .maybe("document", self.document)
    }
    fn words(&self) -> Words<'_> {
        Words::default().told(&self.description).called(self.voucher.as_deref())
    }
    fn when(&self) -> Period {
        Period { from: Some(self.date.into()), to: Some(self.date.into()) }
    }
}

/// What one unit of `base` was worth in `quote` on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRate {
    /// What every record has.
    pub head: Head<Self>,
    /// The currency that is one.
    pub base: Currency,
    /// The currency that it is counted in.
    pub quote: Currency,
    /// The day.
    pub date: NaiveDate,
    /// How many units of `quote`.
    pub rate: Decimal,
    /// Who publishes it.
    pub source: Text,
}

impl Record for ExchangeRate {
    const KIND: Kind = Kind::ExchangeRate;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn when(&self) -> Period {
        Period { from: Some(self.date.into()), to: Some(self.date.into()) }
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(self.rate > Decimal::ZERO, "rate", || "a rate is above nought".into());
        f.require(self.base != self.quote, "quote", || "a rate is between two currencies".into());
        f
    }
}

/// What one unit of a currency was worth in another on a day, wherever that is kept.
pub trait Rate {
    /// The currency that is one, the currency that it is counted in, the day, and how many units of the second.
    fn quoted(&self) -> (Currency, Currency, NaiveDate, Decimal);
    /// What decides between rates that are alike otherwise: the lesser comes first.
    fn tie(&self) -> &str {
        ""
    }
}

impl Rate for ExchangeRate {
    fn quoted(&self) -> (Currency, Currency, NaiveDate, Decimal) {
        (self.base, self.quote, self.date, self.rate)
    }
    fn tie(&self) -> &str {
        self.head.code.as_str()
    }
}

/// An amount in another currency by the last rate on or before a day, in either direction, with the rate used.
/// Rounded to the currency's smallest unit, halves to even; `None` where no rate is known. Money already in the
/// currency is returned as it is, without a rate.
pub fn convert<R: Rate>(money: Money, to: Currency, on: NaiveDate, rates: &[R]) -> Option<(Money, Option<&R>)> {
    if money.currency() == to {
        return Some((money, None));
    }
    let fits = |r: &&R| {
        let (base, quote, date, _) = r.quoted();
        date <= on && ((base, quote) == (money.currency(), to) || (base, quote) == (to, money.currency()))
    };
    let order = |r: &&R| {
        let (_, quote, date, _) = r.quoted();
        (date, quote == to)
    };
    // Of two rates of one day the one quoted in the wanted direction is the more exact; then the code decides.
    let found = rates.iter().filter(fits).max_by(|a, b| order(a).cmp(&order(b)).then_with(|| b.tie().cmp(a.tie())))?;
    let (_, quote, _, rate) = found.quoted();
    let amount = if quote == to {
        money.amount().checked_mul(rate)?.rounded(to.exponent())?
    } else {
        money.amount().checked_div(rate, to.exponent())?
    };
    Some((Money::new(amount, to)?, Some(found)))
}

/// A contribution that is not money: rooms, staff, land.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InKindContribution {
    /// What every record has.
    pub head: Head<Self>,
    /// The activity.
    pub programme: Id<Programme>,
    /// Who gives it.
    pub contributor: Id<Organisation>,
    /// What it is.
    pub description: Text,
    /// What it is worth; none where nobody has valued it.
    pub value: Option<Money>,
    /// When it was given or valued.
    pub date: Option<PartialDate>,
    /// Who valued it.
    pub valuer: Text,
    /// On what basis.
    pub basis: Text,
}

impl Record for InKindContribution {
    const KIND: Kind = Kind::InKindContribution;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("programme", self.programme).one("contributor", self.contributor)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.description)
    }
    fn when(&self) -> Period {
        Period { from: self.date, to: self.date }
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        let founded = self.value.is_none() || (!self.valuer.is_empty() && !self.basis.is_empty());
        f.require(founded, "basis", || "a value in kind names its valuer and its basis".into());
        f
    }
}
