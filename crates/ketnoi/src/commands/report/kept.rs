//! The reports that are kept in the registry: which there are, and removing one.

use clap::Subcommand;
use ketnoi_domain::Viewer;
use uuid::Uuid;

use crate::{commands, config::Settings};

#[derive(Subcommand, Debug)]
pub(super) enum Kept {
    /// List the reports that are kept, the oldest first
    List,
    /// Remove reports: their addresses then lead nowhere
    Remove {
        /// Their ids, or the addresses that `--keep` and `list` tell
        #[arg(value_name = "ID", required = true, value_parser = id)]
        ids: Vec<Uuid>,
    },
}

/// An id by itself, or in the address at which its report is served.
fn id(text: &str) -> Result<Uuid, String> {
    let bare = text.rsplit('/').next().unwrap_or(text);
    let bare = bare.strip_suffix(".pdf").unwrap_or(bare);
    bare.parse().map_err(|_| "write an id such as `ketnoi report kept list` tells".into())
}

pub(super) async fn run(settings: &Settings, kept: Kept) -> anyhow::Result<()> {
    let told = commands::with_registry(settings, async |registry| match kept {
        Kept::List => list(&registry.session(Viewer::LocalAdministrator)).await,
        Kept::Remove { ids } => {
            let mut told = Vec::with_capacity(ids.len());
            for id in ids {
                registry.remove_kept(&Viewer::LocalAdministrator, id).await?;
                told.push(format!("removed: /reports/{id}.pdf"));
            }
            Ok(told.join("\n"))
        }
    })
    .await?;
    println!("{told}");
    Ok(())
}

/// A line for each report.
async fn list(session: &ketnoi_registry::Session) -> anyhow::Result<String> {
    let all = session.kept_reports().await?;
    if all.is_empty() {
        return Ok("no report is kept: `ketnoi report NAME … --keep` keeps one".into());
    }
    let named = |e: &ketnoi_registry::KeptEntry| format!("{} {} {}", e.definition, e.subject, e.lang);
    let width = all.iter().map(|e| named(e).chars().count()).max().unwrap_or(0);
    let lines = all.iter().map(|e| {
        let pages = if e.pages == 1 { "1 page".into() } else { format!("{} pages", e.pages) };
        format!("/reports/{}.pdf  {:width$}  {:8}  {}  {pages}", e.id, named(e), e.audience, e.taken)
    });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}
