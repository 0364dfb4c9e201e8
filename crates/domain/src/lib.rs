//! The nouns of the registry and the rules that hold between them.
//!
//! **For:** what an association of cities keeps (organisations, local authorities, programmes, money, results, funds)
//! and the arithmetic done on it (totals, percentages, successions, portfolios). Everything here is a pure function or
//! a value that is valid because it exists.
//!
//! **Not for:** reading, writing or showing. No database, no clock, no async, no derive of an outer crate but serde's.
//!
//! **To add a noun:** a struct with a [`Head`], an entry in [`Kind`], an `impl Record`, and its cross-field rules as
//! `fn faults(&self) -> Faults`. Value types keep their fields private and are made by `try_new` or `parse`.

mod account;
mod advocacy;
mod agreement;
mod attendance;
mod authority;
mod coded;
mod consent;
mod date;
mod decimal;
mod dialogue;
mod document;
mod event;
mod excerpt;
mod fold;
mod fund;
mod id;
mod job;
mod lang;
mod money;
mod narrative;
mod organisation;
mod partnership;
mod person;
pub mod portfolio;
mod practice;
mod programme;
pub mod query;
mod record;
mod results;
mod share;
mod succession;
pub mod tally;
mod text;
mod timeline;
mod viewer;
pub mod vote;
mod withheld;
pub mod workflow;

pub use account::{
    Account, AccountFault, ApiKey, LEAST_PASSWORD, account_name, belonging_faults, normalised_password, password_fault,
    second_factor_demanded,
};
pub use advocacy::{
    AdvocacyAction, AdvocacyKind, AdvocacyStatus, Recommendation, RecommendationStatus, RoadMap, RoadMapStep, StepStatus,
};
pub use agreement::{
    Agreement, Amendment, AmendmentKind, BudgetLine, BudgetStatus, BudgetType, ExchangeRate, InKindContribution, Instalment,
    Rate, RateRule, ReportDue, Transaction, TransactionType, convert,
};
pub use attendance::{Headcount, attendance};
pub use authority::{AuthorityLevel, Cluster, Coordinates, LocalAuthority, UrbanClass};
pub use coded::Coded;
pub use consent::{
    Called, Consent, ConsentScope, DataPurpose, LONGEST_NAME, LegalBasis, Participant, ParticipantFault, PersonalRecord, Sex,
};
pub use date::{PartialDate, Period, Precision};
pub use decimal::Decimal;
pub use dialogue::{Ballot, BallotRule, Dialogue, DialogueCluster, DialogueOption, DialogueStatus, Secrecy, TieRule};
pub use document::{Document, DocumentCategory, Likelihood, Qualifier, Risk, RiskStatus, StatedFigure, Statement, Subject};
pub use event::{
    Delegation, Event, EventKind, EventOutcome, EventSeries, EventSession, OutcomeKind, ParticipantCategory, ParticipantCount,
    SessionFormat,
};
pub use excerpt::{Fragment, excerpt};
pub use fold::{fold, sort_key};
pub use fund::{Community, Fund, GrantStatus, HousingProject, SavingsGroup, SmallGrant};
pub use id::{Id, Kind, imported_id};
pub use job::{ReportAudience, ReportJobStage, ReportJobState};
pub use lang::Lang;
pub use money::{Currency, Money, MoneyError, Totals, split};
pub use narrative::{Narrative, NarrativeSection};
pub use organisation::{Contact, ContactKind, Membership, Name, Names, Organisation, OrganisationType};
pub use partnership::{
    CooperationAgreement, NewsItem, Partnership, PartnershipKind, PartnershipParty, PartnershipStatus, party_faults,
};
pub use person::{Person, PublicRole, PublicRoleKind};
pub use practice::{GoodPractice, PracticeTheme, Replication, ReplicationStage, StageReached};
pub use programme::{
    Classification, Participation, Place, Programme, ProgrammeLevel, ProgrammeStatus, Relation, RelationType, Role, Scheme,
};
pub use record::{Code, CodeError, Fault, Faults, Head, Link, Links, Record, Rule, Visibility, Words};
pub use results::{
    Breakdown, Dimension, Indicator, IndicatorMeasure, IndicatorPeriod, Measured, Measurement, Outcome, ResultLevel,
    achieved_per_cent, cumulate,
};
pub use share::Percentage;
pub use succession::{Cycle, Succession, SuccessionGraph, SuccessionKind};
pub use text::Text;
pub use timeline::{Moment, MomentKind, timeline};
pub use viewer::{Action, Identity, KeyScope, Role as AccountRole, Viewer};
pub use withheld::{FEWEST, Told};
