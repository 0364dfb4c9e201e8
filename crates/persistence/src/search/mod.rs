//! Search over records of every kind: one entry a record, kept together with it, found by each database's own index of
//! words and ranked by one rule of ours, so that both find and order alike (ADR 0012).
//!
//! What is compared was folded and split into words in Rust; the databases only look words up. `kept` writes the entries,
//! `asked` reads pages of what is found, `among` says what an entry must have to be found.

mod among;
mod asked;
mod kept;

use ketnoi_domain::{Kind, fold};
use uuid::Uuid;

pub use asked::{Hit, HitPosition, Hits, Search, search, search_count};
pub(crate) use kept::{Entry, Held, rebuild, remove, settle};

/// The words of a text, folded. A word longer than any that is written is cut: no index takes it whole.
fn words(text: &str) -> Vec<String> {
    const LONGEST: usize = 100;
    fold(text).split(' ').filter(|w| !w.is_empty()).map(|w| w.chars().take(LONGEST).collect()).collect()
}

/// A folded name. Of a very long one only so much is kept as an index takes.
fn whole(name: &str) -> String {
    const LONGEST: usize = 200;
    fold(name).chars().take(LONGEST).collect()
}

/// How likely a kind is what people look for; the smaller, the likelier.
fn weight(kind: Kind) -> i64 {
    match kind {
        Kind::Programme
        | Kind::Organisation
        | Kind::LocalAuthority
        | Kind::Cluster
        | Kind::Fund
        | Kind::Event
        | Kind::GoodPractice
        | Kind::Dialogue
        | Kind::Partnership => 0,
        Kind::EventSeries
        | Kind::Replication
        | Kind::Recommendation
        | Kind::RoadMap
        | Kind::NewsItem
        | Kind::Person
        | Kind::Document
        | Kind::Community
        | Kind::HousingProject
        | Kind::CooperationAgreement => 1,
        Kind::EventSession
        | Kind::Delegation
        | Kind::EventOutcome
        | Kind::RoadMapStep
        | Kind::AdvocacyAction
        | Kind::PublicRole
        | Kind::Agreement
        | Kind::Outcome
        | Kind::Indicator
        | Kind::SavingsGroup
        | Kind::SmallGrant
        | Kind::Risk
        | Kind::Narrative
        | Kind::InKindContribution => 2,
        Kind::Membership
        | Kind::Participation
        | Kind::PartnershipParty
        | Kind::BudgetLine
        | Kind::Transaction
        | Kind::ExchangeRate
        | Kind::IndicatorPeriod
        | Kind::StatedFigure
        | Kind::Statement
        | Kind::ParticipantCount
        | Kind::DialogueOption
        | Kind::DialogueCluster
        | Kind::Ballot => 3,
    }
}

/// The whole number that stands for a record. SQLite's index of words knows its rows by nothing else, so it is taken from
/// the bits of the id that are its own; that two of a million records share one is less likely than a fault of the disk,
/// and would be refused by the primary key.
fn number(id: Uuid) -> i64 {
    i64::try_from(id.as_u128() & ((1 << 62) - 1)).unwrap_or_default()
}
