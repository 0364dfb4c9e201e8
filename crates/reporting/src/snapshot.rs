//! What the registry hands over for a report on one programme: plain facts, taken in one read, for one audience.
//!
//! A snapshot is stored with the report made from it, so that the same bytes can be made again. What is unknown is
//! `None`, an empty [`Text`] or an empty list, never nought. Every struct may gain fields; new ones get a default, so
//! that stored snapshots stay readable.

use chrono::NaiveDate;
use ketnoi_domain::{
    Amendment, AuthorityLevel, BudgetStatus, BudgetType, Contact, Coordinates, Currency, Decimal, DocumentCategory,
    IndicatorMeasure, Instalment, Lang, Likelihood, Measurement, Money, OrganisationType, PartialDate, Percentage, Period,
    ProgrammeLevel, ProgrammeStatus, Qualifier, RateRule, RelationType, ResultLevel, RiskStatus, Role, Text, TransactionType,
};
use serde::{Deserialize, Serialize};

/// All that a report on one programme may show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeSnapshot {
    /// When it was taken, RFC 3339 in UTC: `2026-11-22T10:00:00Z`. It is the only clock that a report knows.
    pub taken: String,
    /// The registry's revision that was read.
    pub revision: i64,
    /// For whom: a name of the deployment's, such as `public` or `funder:eu`. The snapshot holds what they may see.
    pub audience: String,
    /// The association that keeps the registry and publishes the report.
    pub publisher: Publisher,
    /// The programme.
    pub programme: ProgrammeFacts,
    /// Who takes part in it.
    #[serde(default)]
    pub participations: Vec<ParticipationFacts>,
    /// What its funders agreed.
    #[serde(default)]
    pub agreements: Vec<AgreementFacts>,
    /// Budget, movements of money, contributions in kind.
    #[serde(default)]
    pub finance: FinanceFacts,
    /// The results framework, in the framework's order.
    #[serde(default)]
    pub results: Vec<ResultFacts>,
    /// Where it happens.
    #[serde(default)]
    pub places: Vec<PlaceFacts>,
    /// OECD DAC purpose codes.
    #[serde(default)]
    pub sectors: Vec<ClassifiedFacts>,
    /// The countries that benefit, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub countries: Vec<ClassifiedFacts>,
    /// The Sustainable Development Goals, 1 to 17.
    #[serde(default)]
    pub sdgs: Vec<ClassifiedFacts>,
    /// OECD DAC policy markers.
    #[serde(default)]
    pub policy_markers: Vec<ClassifiedFacts>,
    /// Programmes before, after, above and beside it.
    #[serde(default)]
    pub related: Vec<RelatedFacts>,
    /// Numbers that sources state and nobody can count from the registry.
    #[serde(default)]
    pub stated_figures: Vec<StatedFigureFacts>,
    /// The documents that the facts come from or that are attached, in the order in which they are to be numbered.
    #[serde(default)]
    pub documents: Vec<DocumentFacts>,
    /// What sources say of single properties, those that disagree among them.
    #[serde(default)]
    pub statements: Vec<StatementFacts>,
    /// What may go wrong.
    #[serde(default)]
    pub risks: Vec<RiskFacts>,
}

/// The association that publishes the report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// Its name.
    pub name: Text,
    /// Its acronym.
    #[serde(default)]
    pub short: Option<String>,
    /// Its web site.
    #[serde(default)]
    pub website: Option<String>,
    /// How to reach it.
    #[serde(default)]
    pub contacts: Vec<Contact>,
}

/// The programme itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeFacts {
    /// Its code in the registry.
    pub code: String,
    /// Its acronym.
    #[serde(default)]
    pub acronym: Option<String>,
    /// Its title.
    pub title: Text,
    /// What it is about; blank lines part paragraphs.
    #[serde(default)]
    pub description: Text,
    /// Where it stands in its tree.
    pub level: ProgrammeLevel,
    /// The title of the activity that it is a part of.
    #[serde(default)]
    pub parent_title: Text,
    /// How far it has come.
    #[serde(default)]
    pub status: Option<ProgrammeStatus>,
    /// The period that was planned.
    #[serde(default)]
    pub planned: Period,
    /// The period that it really took.
    #[serde(default)]
    pub actual: Period,
    /// Its identifier in IATI or at its funder.
    #[serde(default)]
    pub iati_identifier: Option<String>,
    /// Whether it was made up to show the software: the report then says so on every page.
    #[serde(default)]
    pub illustrative: bool,
    /// The name of the organisation that reports it.
    #[serde(default)]
    pub reporting_organisation: Text,
}

/// An organisation's part in the programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipationFacts {
    /// What it does.
    pub role: Role,
    /// The organisation's code in the registry.
    pub code: String,
    /// The name in use now.
    pub name: Text,
    /// The name of the time: the one that the source gives, else the one on the day of the agreement. Empty where it is
    /// the name in use now. Where given it is printed first.
    #[serde(default)]
    pub stated_name: Text,
    /// The acronym.
    #[serde(default)]
    pub short: Option<String>,
    /// What sort of body it is.
    #[serde(default)]
    pub kind: Option<OrganisationType>,
    /// The name of the organisation that its money or work passes through.
    #[serde(default)]
    pub via: Text,
    /// From when to when, where that differs from the programme's.
    #[serde(default)]
    pub period: Period,
    /// What else is to be said.
    #[serde(default)]
    pub note: Text,
    /// Its country, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: Option<String>,
}

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

/// A result with its indicators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultFacts {
    /// How far up the chain.
    pub level: ResultLevel,
    /// Its place in the framework, such as `1.2`.
    pub number: String,
    /// What is to be reached.
    pub title: Text,
    /// In more words.
    #[serde(default)]
    pub description: Text,
    /// What must hold for it to lead to the next.
    #[serde(default)]
    pub assumption: Text,
    /// What it is measured by.
    #[serde(default)]
    pub indicators: Vec<IndicatorFacts>,
}

/// An indicator with its periods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorFacts {
    /// Its place in the framework, such as `1.2.a`.
    pub number: String,
    /// What is measured.
    pub title: Text,
    /// What it counts in.
    pub measure: IndicatorMeasure,
    /// The unit in words.
    #[serde(default)]
    pub unit: Text,
    /// Whether each actual holds all that came before it: then the last one counts, else their sum.
    pub cumulative: bool,
    /// Whether more is better.
    pub ascending: bool,
    /// Where the figures come from.
    #[serde(default)]
    pub verification: Text,
    /// What it was at the beginning.
    #[serde(default)]
    pub baseline: Option<Measurement>,
    /// Targets and actuals, in the order of their periods.
    #[serde(default)]
    pub periods: Vec<IndicatorPeriodFacts>,
}

/// An indicator's target and actual in one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorPeriodFacts {
    /// The period.
    pub period: Period,
    /// What is to be reached.
    #[serde(default)]
    pub target: Option<Measurement>,
    /// What was reached.
    #[serde(default)]
    pub actual: Option<Measurement>,
}

/// A place where the programme happens, as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceFacts {
    /// The authority's code in the registry.
    pub code: String,
    /// Its name of the time.
    pub name: Text,
    /// Its level.
    pub level: AuthorityLevel,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: String,
    /// Where it lies.
    #[serde(default)]
    pub coordinates: Option<Coordinates>,
    /// Its share of the programme.
    #[serde(default)]
    pub percentage: Option<Percentage>,
    /// What happened there.
    #[serde(default)]
    pub note: Text,
    /// What became of the authority, in the deployment's words: "part of Vĩnh Long since 2025-07-01". Empty where it
    /// still is what it was.
    #[serde(default)]
    pub became: Text,
}

/// A code of a closed list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassifiedFacts {
    /// The code.
    pub code: String,
    /// Its name, where the registry knows it.
    #[serde(default)]
    pub name: Text,
    /// Its share of the programme.
    #[serde(default)]
    pub percentage: Option<Percentage>,
    /// For policy markers, 0 (not targeted) to 4.
    #[serde(default)]
    pub significance: Option<u8>,
}

/// Another programme that this one is related to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedFacts {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Text,
    /// How they are related.
    pub relation: Relationship,
}

/// How another programme is related to this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relationship {
    /// The other is the whole that this one is a part of.
    Parent,
    /// The other is a part of this one.
    Part,
    /// A relation that the registry records from this one: the other precedes it, is run beside it, and so on.
    Recorded(RelationType),
    /// The other carries on from this one.
    Follows,
}

/// A number that a source states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedFigureFacts {
    /// What is counted.
    pub label: Text,
    /// The number.
    pub value: Decimal,
    /// How it is meant.
    pub qualifier: Qualifier,
    /// Of which date.
    #[serde(default)]
    pub as_of: Option<PartialDate>,
    /// The key of the document that states it.
    pub source: String,
    /// The same thing counted from the registry, where it can be: shown beside the figure, never merged with it.
    #[serde(default)]
    pub registered: Option<Decimal>,
}

/// A document that facts come from or that is attached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFacts {
    /// Its key, by which statements and figures name it.
    pub key: String,
    /// Its title.
    pub title: Text,
    /// What it is.
    #[serde(default)]
    pub category: Option<DocumentCategory>,
    /// Who published it.
    #[serde(default)]
    pub publisher: Option<String>,
    /// When it was published.
    #[serde(default)]
    pub published: Option<PartialDate>,
    /// When it says that it was last changed.
    #[serde(default)]
    pub modified: Option<PartialDate>,
    /// Where it is found.
    #[serde(default)]
    pub url: Option<String>,
    /// The language it is written in.
    #[serde(default)]
    pub language: Option<Lang>,
    /// What a reader should know of it.
    #[serde(default)]
    pub note: Text,
}

/// What a source says of a property of the programme or of one of its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementFacts {
    /// Of which part, where it is not the programme itself: an organisation's name, an agreement's reference.
    #[serde(default)]
    pub subject: Text,
    /// Of which property, as the field is called (`ceiling`, `actual.to`); none where the source stands behind the whole.
    #[serde(default)]
    pub property: Option<String>,
    /// What it says, in the registry's reading.
    #[serde(default)]
    pub value: Text,
    /// The text as it stands in the source, where the reading corrects it.
    #[serde(default)]
    pub raw: Option<String>,
    /// Whether the registry follows it.
    pub current: bool,
    /// The key of the document.
    pub source: String,
    /// Where in the document.
    #[serde(default)]
    pub locator: Option<String>,
    /// Of which date the statement speaks or was made.
    #[serde(default)]
    pub stated: Option<PartialDate>,
    /// Why it is followed or not.
    #[serde(default)]
    pub note: Text,
}

/// Something that may go wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskFacts {
    /// What may happen.
    pub title: Text,
    /// How likely.
    pub likelihood: Likelihood,
    /// How grave.
    pub impact: Likelihood,
    /// What is done about it.
    #[serde(default)]
    pub mitigation: Text,
    /// The name of who watches it.
    #[serde(default)]
    pub owner: Text,
    /// Where it stands.
    pub status: RiskStatus,
}
