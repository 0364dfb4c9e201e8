use std::{io::Write as _, path::PathBuf};

use anyhow::Context as _;
use clap::Subcommand;
use ketnoi_domain::{Dialogue, Viewer};

use crate::config::Settings;

#[derive(Subcommand, Debug)]
pub(crate) enum Export {
    /// The ballots of a dialogue as CSV, so that anyone can count them again
    ///
    /// A line a ballot: the cluster, whether it is spoiled, the numbers of the options picked, and the city where ballots
    /// are named. Lines are ordered by what they say, so that their order tells nothing of who voted when.
    Ballots {
        /// The dialogue, by its code
        #[arg(long, value_name = "CODE")]
        dialogue: String,
        /// The file to write; without it the ballots are printed
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

pub(crate) async fn run(settings: &Settings, command: Export) -> anyhow::Result<()> {
    let Export::Ballots { dialogue, out } = command;
    let ballots = super::with_registry(settings, async |registry| {
        // Whoever can read the database file or knows its address sees the ballots already.
        let session = registry.snapshot_session(Viewer::LocalAdministrator).await?;
        let dialogue: Dialogue = session.require(&dialogue).await?;
        Ok(session.export_ballots(&dialogue).await?)
    })
    .await?;
    match out {
        Some(path) => {
            super::write_whole(&path, ballots.as_bytes())?;
            println!("{}: {} ballots", path.display(), ballots.lines().count().saturating_sub(1));
        }
        None => std::io::stdout().write_all(ballots.as_bytes()).context("the ballots cannot be printed")?,
    }
    Ok(())
}
