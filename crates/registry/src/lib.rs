//! The use cases of the registry: who may do what, in one transaction.
//!
//! **For:** reading for a viewer, writing and its trail, accounts and rights, votes, workflows, people's data, importing, reports
//! and the snapshots that they are made of, portfolios and time lines.
//! **Not for:** SQL (`persistence`), the shape of an answer (`graphql`), the shape of a page (`reporting`).
//!
//! **To add a use case:** a method on [`Registry`] or [`Session`] that asks [`ketnoi_domain::Viewer::may`] first, then a rule of
//! the domain, then one unit of work.

mod accounts;
mod bilateral;
pub mod codelists;
mod dialogues;
mod error;
pub mod import;
mod jobs;
mod kept;
mod live;
mod operations;
pub mod people;
mod places;
mod portfolio;
mod registry;
mod rights;
mod search;
mod session;
mod snapshot;
mod summaries;
mod tidy;
pub mod trail;
pub mod votes;
mod wording;
pub mod workflow;
mod writing;

pub use accounts::{
    AccountChange, IssuedKey, NewAccount, NewKey, OpenSession, OwnAccount, Pass, PasswordChange, RenewedSession, ResetLink,
    SignIn, SignedIn, Visit,
};
pub use bilateral::{Bilateral, BilateralMoment};
pub use dialogues::{Counted, ExportedBallot};
pub use error::Error;
pub use jobs::{ReportAsked, ReportJob, Worker};
pub use kept::PUBLIC;
pub use ketnoi_persistence::{
    ArchivedRecord, Database, Found, Hit, HitPosition, Hits, KeptEntry, KeptReport, Receipt, Search, Sort, Store, Stored,
};
pub use live::{Changes, Follower, TooSlow, TurnoutNow};
pub use operations::{NewOperation, RegisteredOperation};
pub use places::{PLACED, Placed};
pub use portfolio::{Converted, Portfolio, PortfolioGroup};
pub use registry::{Clock, Registry};
pub use rights::OthersMoney;
pub use session::{Parents, Session};
pub use snapshot::SnapshotOptions;
pub use summaries::{AttendanceBy, Grouped, PartnershipGroup, PartnershipsBy, ReplicationGroup, ReplicationsBy};
pub use tidy::CLAIMS_ARE_KEPT;
pub use wording::say;
pub use writing::{
    Actual, Asked, Author, Claim, Count, Followed, Naming, NewHead, Reading, Reference, Saved, UserError, UserErrorCode,
    Writable, WriteError, each,
};
