//! Whether a report is as it was made, and whether the registry has changed since.

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use ketnoi_domain::Lang;
use ketnoi_registry::SnapshotOptions;
use ketnoi_reporting::{Definition, Difference, Options, ReportModel, verify};

use super::{Audience, Files};
use crate::{commands, config::Settings};

/// A file, and what it was made with.
#[derive(clap::Args, Debug)]
pub(crate) struct Verify {
    /// The PDF
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only look at the file: no registry is needed
    #[arg(long)]
    alone: bool,
    #[command(flatten)]
    files: Files,
}

pub(super) async fn run(settings: &Settings, command: Verify) -> anyhow::Result<()> {
    let shown = command.file.display();
    let pdf = fs::read(&command.file).with_context(|| format!("{shown} cannot be read"))?;
    let model = verify(&pdf).with_context(|| format!("{shown} is not as it was made"))?;
    println!("{shown}: every byte is as `{}` made it from its attached figures", model.definition);
    println!("  about {} {}, at revision {} of {}", model.subject_kind.name(), model.subject, model.revision, model.taken);
    if command.alone {
        return Ok(());
    }
    let differences = against_registry(settings, &command, &model).await?;
    if differences.is_empty() {
        println!("  the registry says the same today");
    } else {
        println!("  the registry says something else today:");
        for d in &differences {
            println!("    {d}");
        }
    }
    Ok(())
}

/// What the same report would say today.
async fn against_registry(settings: &Settings, command: &Verify, model: &ReportModel) -> anyhow::Result<Vec<Difference>> {
    let shelf = command.files.shelf()?;
    let definition = Definition::load(&shelf, &model.definition)?;
    let audience = [Audience::Public, Audience::Internal].into_iter().find(|a| a.name() == model.audience);
    let audience = audience.with_context(|| format!("nothing is known of the audience `{}`", model.audience))?;
    commands::with_registry(settings, async |registry| {
        let session = registry.snapshot_session(audience.viewer()).await?;
        let options = SnapshotOptions { period: model.period, ..SnapshotOptions::new(&model.taken, audience.name()) };
        let snapshot = session.snapshot(definition.subject, &model.subject, &options).await?;
        let options = Options { brand: model.brand.clone(), shelf };
        let lang: Lang = model.lang;
        Ok(ketnoi_reporting::differences(model, &ketnoi_reporting::model::build(&definition, &snapshot, lang, &options)?))
    })
    .await
}
