use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Subcommand;
use ketnoi_domain::Coded as _;
use ketnoi_registry::{
    Registry,
    trail::{Anchor, AnchorKey},
};

use crate::{config::Settings, progress::Progress};

#[derive(Subcommand, Debug)]
#[command(after_help = "Every month, with a key that lies elsewhere (openssl rand -hex 32 > anchors.key makes one):
  ketnoi check audit --signing-key-file anchors.key --write-anchor 2026-11.anchor

Later, against what was kept:
  ketnoi check audit --signing-key-file anchors.key --anchor 2026-11.anchor")]
pub(crate) enum Check {
    /// Find out whether anyone has altered the audit log or what it says of changes
    ///
    /// Every entry carries a hash over itself, its changes and the entry before it; all are computed again. Who can write to
    /// the database can write the whole chain anew, so keep an anchor elsewhere from time to time, and check against it.
    Audit {
        /// An anchor that was kept: the chain must lead through it
        #[arg(long, value_name = "FILE")]
        anchor: Option<PathBuf>,
        /// Write an anchor of the newest entry to this file, to be kept elsewhere
        #[arg(long, value_name = "FILE")]
        write_anchor: Option<PathBuf>,
        /// The key by which anchors are signed: a file with 64 hexadecimal digits. Without it they are not signed
        #[arg(long, env = "KETNOI_SIGNING_KEY_FILE", value_name = "FILE")]
        signing_key_file: Option<PathBuf>,
    },
    /// Find out whether the registry is as its writers leave it: who may see what, codes below those of their owners, the search
    ///
    /// Nothing is changed. While it looks, nobody else can write.
    Registry,
}

pub(crate) async fn run(settings: &Settings, command: Check) -> anyhow::Result<()> {
    match command {
        Check::Audit { anchor, write_anchor, signing_key_file } => {
            let key = signing_key_file.as_deref().map(key).transpose()?;
            let anchor = anchor.as_deref().map(|path| kept(path, key.as_ref())).transpose()?;
            super::with_registry(settings, async |registry| {
                audit(registry, anchor.as_ref(), write_anchor.as_deref(), key.as_ref()).await
            })
            .await
        }
        Check::Registry => super::with_registry(settings, async |registry| consistency(registry).await).await,
    }
}

fn key(path: &Path) -> anyhow::Result<AnchorKey> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    AnchorKey::read(&text).with_context(|| path.display().to_string())
}

fn kept(path: &Path, key: Option<&AnchorKey>) -> anyhow::Result<Anchor> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let anchor = Anchor::read(&text).with_context(|| path.display().to_string())?;
    anchor.check(key).with_context(|| path.display().to_string())?;
    Ok(anchor)
}

async fn audit(
    registry: &Registry,
    anchor: Option<&Anchor>,
    write_anchor: Option<&Path>,
    key: Option<&AnchorKey>,
) -> anyhow::Result<()> {
    // Taken before the walk, which then leads through the entry that it is taken of.
    let taken = registry.anchor(key).await?;
    let progress = Progress::new(1, false);
    let report = registry.verify_trail(anchor, &|done, of| progress.at("entries", done, of)).await?;
    drop(progress);
    if report.unchained > 0 {
        println!("{} entries are older than the chain: of them nothing can be said", report.unchained);
    }
    match &report.head {
        Some((revision, hash)) => {
            println!("{} entries with {} changes fit, up to revision {revision}: {hash}", report.entries, report.changes);
        }
        None if report.fault.is_none() => println!("no entry is chained so far"),
        None => {}
    }
    if let Some(fault) = report.fault {
        let entry = fault.entry.map(|id| format!(", entry {id}")).unwrap_or_default();
        anyhow::bail!("the audit log does not hold at revision {}{entry}: {}", fault.revision, fault.problem);
    }
    if let Some(anchor) = anchor {
        let signed = match &anchor.key {
            Some(signer) if key.is_some() => format!("signed by the key {signer}"),
            Some(signer) => format!("signed by the key {signer}: compare it with the registry's"),
            None => "not signed".to_owned(),
        };
        println!("the anchor of revision {}, taken {}, was met; it is {signed}", anchor.revision, anchor.at);
    }
    if let Some(path) = write_anchor {
        let taken = taken.context("no entry is chained so far, so there is nothing to take an anchor of")?;
        super::write_whole(path, taken.text().as_bytes())?;
        let how = if taken.key.is_some() { "signed" } else { "not signed: give --signing-key-file to have it signed" };
        println!("{}: the anchor of revision {}, {how}", path.display(), taken.revision);
    }
    Ok(())
}

async fn consistency(registry: &Registry) -> anyhow::Result<()> {
    let progress = Progress::new(1, false);
    let wrong = registry.inconsistencies(&|done, of| progress.at("tables", done, of)).await?;
    drop(progress);
    for one in &wrong {
        println!("{} {}: {}", one.kind.name().replace('_', " "), one.code, one.problem);
    }
    anyhow::ensure!(wrong.is_empty(), "{} things are not as a writer leaves them", wrong.len());
    println!("the registry is as its writers leave it");
    Ok(())
}
