use std::{io::Write as _, path::PathBuf};

use anyhow::Context as _;
use clap::Subcommand;
use ketnoi_domain::{Dialogue, Viewer};

use crate::config::Settings;

#[derive(Subcommand, Debug)]
pub(crate) enum Export {
    /// Write the ballots of a dialogue that is closed, so that anyone can count them again
    ///
    /// A line a ballot: the cluster, whether it is spoiled, the numbers of the options picked, and the city where ballots
    /// are named. Lines are ordered by what they say, so that their order tells nothing of who voted when. Where the result
    /// of several clusters is told together only, their ballots name none. `ketnoi vote recount` counts the file again.
    Ballots {
        /// The dialogue, by its code
        #[arg(long, value_name = "CODE")]
        dialogue: String,
        /// The form of the file
        #[arg(long, value_name = "FORMAT", default_value = "csv")]
        format: Format,
        /// The file to write; without it the ballots are printed
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// The form of exported ballots.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
pub(crate) enum Format {
    /// Lines of fields between commas.
    Csv,
    /// One object, with the dialogue's code and the ballots.
    Json,
}

pub(crate) async fn run(settings: &Settings, command: Export) -> anyhow::Result<()> {
    let Export::Ballots { dialogue, format, out } = command;
    let (count, ballots) = super::with_registry(settings, async |registry| {
        // Whoever can read the database file or knows its address sees the ballots already.
        let session = registry.snapshot_session(Viewer::LocalAdministrator).await?;
        let dialogue: Dialogue = session.require(&dialogue).await?;
        let ballots = session.exported_ballots(&dialogue).await?;
        let count = ballots.len();
        let text = match format {
            Format::Csv => session.export_ballots(&dialogue).await?,
            Format::Json => {
                let file = serde_json::json!({ "dialogue": dialogue.head.code, "ballots": ballots });
                format!("{}\n", serde_json::to_string_pretty(&file)?)
            }
        };
        Ok((count, text))
    })
    .await?;
    match out {
        Some(path) => {
            super::write_whole(&path, ballots.as_bytes())?;
            println!("{}: {count} ballots", path.display());
        }
        None => std::io::stdout().write_all(ballots.as_bytes()).context("the ballots cannot be printed")?,
    }
    Ok(())
}
