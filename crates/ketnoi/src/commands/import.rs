use std::path::PathBuf;

use clap::Subcommand;
use ketnoi_domain::{Coded, Viewer};
use ketnoi_registry::import::files_of;

use crate::{config::Settings, progress::Progress};

#[derive(Subcommand, Debug)]
pub(crate) enum Import {
    /// Bring a folder of TOML files into the registry: all of them or none
    ///
    /// Importing twice is the same as once. Records that stand by themselves and are not in the files stay; parts of a
    /// record (its agreements, its results, what sources say of it) that are no longer in its file are taken away.
    Registry {
        /// The folder; data/README.md in the source explains the files
        folder: PathBuf,
        /// Only say what would change
        #[arg(long)]
        dry_run: bool,
    },
}

pub(crate) async fn run(settings: &Settings, command: Import) -> anyhow::Result<()> {
    let Import::Registry { folder, dry_run } = command;
    let files = files_of(&folder)?;
    // Said to be done only once the registry is closed, when the log of an embedded database is folded into its file.
    let report = super::with_registry(settings, async |registry| {
        let progress = Progress::new(files.len(), true);
        let told = |what: &str, done, of| progress.at(what, done, of);
        // Whoever can write to the database file or knows its address keeps the registry already.
        Ok(registry.import(&Viewer::LocalAdministrator, &files, dry_run, &told).await?)
    })
    .await?;
    println!("{:<22}{:>8}{:>9}{:>11}{:>9}", "kind", "added", "changed", "unchanged", "removed");
    for kind in &report.kinds {
        let c = kind.counts;
        println!("{:<22}{:>8}{:>9}{:>11}{:>9}", kind.kind.name(), c.added, c.changed, c.unchanged, c.removed);
    }
    let t = report.total;
    println!("{:<22}{:>8}{:>9}{:>11}{:>9}", "all", t.added, t.changed, t.unchanged, t.removed);
    if dry_run {
        println!("dry run: nothing was written");
    } else {
        println!("the registry is at revision {}", t.revision);
    }
    Ok(())
}
