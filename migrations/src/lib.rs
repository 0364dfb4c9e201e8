//! The schema of the registry, one file per change, each with its way back.
//!
//! **For:** making and unmaking tables, the same on SQLite and PostgreSQL.
//! **Not for:** reading or writing records; that is `persistence`.
//! **To add a change:** a new file named by its number, listed at the end of [`Migrator::migrations`]. A file that has
//! landed is never edited: what was wrong is put right by the next one.

mod m0001_registry;
mod m0002_parties;
mod m0003_programmes;
mod m0004_money;
mod m0005_results;
mod m0006_funds;
mod m0007_documents;
mod m0008_events;
mod m0009_practices;
mod m0010_dialogues;
mod m0011_partnerships;
mod m0012_search;
mod m0013_event_motto;
mod m0014_narratives;
mod m0015_search_names;
mod m0016_kept_reports;
mod m0017_accounts;
mod m0018_trail;
mod m0019_rights;
mod m0020_claims;
mod m0021_votes;
mod m0022_jobs;
mod m0023_workflow;
mod m0024_people;
mod m0025_operations;
mod table;

pub use sea_orm_migration::{MigratorTrait, SchemaManager, prelude::DbErr};

/// All changes, the oldest first.
#[derive(Debug)]
pub struct Migrator;

#[sea_orm_migration::async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn sea_orm_migration::MigrationTrait>> {
        vec![
            Box::new(m0001_registry::Migration),
            Box::new(m0002_parties::Migration),
            Box::new(m0003_programmes::Migration),
            Box::new(m0004_money::Migration),
            Box::new(m0005_results::Migration),
            Box::new(m0006_funds::Migration),
            Box::new(m0007_documents::Migration),
            Box::new(m0008_events::Migration),
            Box::new(m0009_practices::Migration),
            Box::new(m0010_dialogues::Migration),
            Box::new(m0011_partnerships::Migration),
            Box::new(m0012_search::Migration),
            Box::new(m0013_event_motto::Migration),
            Box::new(m0014_narratives::Migration),
            Box::new(m0015_search_names::Migration),
            Box::new(m0016_kept_reports::Migration),
            Box::new(m0017_accounts::Migration),
            Box::new(m0018_trail::Migration),
            Box::new(m0019_rights::Migration),
            Box::new(m0020_claims::Migration),
            Box::new(m0021_votes::Migration),
            Box::new(m0022_jobs::Migration),
            Box::new(m0023_workflow::Migration),
            Box::new(m0024_people::Migration),
            Box::new(m0025_operations::Migration),
        ]
    }
}
