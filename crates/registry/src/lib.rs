//! The use cases of the registry: who may do what, in one transaction.
//!
//! **For:** reading for a viewer, importing, taking snapshots for reports, portfolios and time lines.
//! **Not for:** SQL (`persistence`), the shape of an answer (`graphql`), the shape of a page (`reporting`).
//!
//! **To add a use case:** a method on [`Registry`] or [`Session`] that asks [`ketnoi_domain::may`] first, then a rule of
//! the domain, then one unit of work.

mod bilateral;
pub mod codelists;
mod dialogues;
mod error;
pub mod import;
mod kept;
mod places;
mod portfolio;
mod registry;
mod search;
mod session;
mod snapshot;
mod summaries;

pub use bilateral::{Bilateral, BilateralMoment};
pub use dialogues::Counted;
pub use error::Error;
pub use kept::PUBLIC;
pub use ketnoi_persistence::{
    Database, Found, Hit, HitPosition, Hits, KeptEntry, KeptReport, Receipt, Search, Sort, Store, Stored,
};
pub use places::{PLACED, Placed};
pub use portfolio::{Converted, Portfolio, PortfolioGroup};
pub use registry::{Clock, Registry};
pub use session::{Parents, Session};
pub use snapshot::SnapshotOptions;
pub use summaries::{AttendanceBy, Grouped, PartnershipGroup, PartnershipsBy, ReplicationGroup, ReplicationsBy};
