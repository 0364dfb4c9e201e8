//! Making one report.

use std::path::PathBuf;

use ketnoi_domain::{Lang, PartialDate, Period};
use ketnoi_registry::SnapshotOptions;
use ketnoi_reporting::{Definition, Options};

use super::{Format, How, Made, about::About};
use crate::{commands, config::Settings};

/// One report, of one thing, in one language.
#[derive(clap::Args, Debug)]
pub(crate) struct Make {
    /// The report, by its name in `ketnoi report list`
    // An option, because the subcommands beside it do without; clap sees to it that there is one here.
    #[arg(value_name = "NAME", required = true)]
    name: Option<String>,
    #[command(flatten)]
    about: About,
    /// From when on, for reports on a period: a year, a month or a day
    #[arg(long, value_name = "DATE")]
    from: Option<PartialDate>,
    /// Until when, that year, month or day included
    #[arg(long, value_name = "DATE")]
    to: Option<PartialDate>,
    /// The language: vi, en, fr or de
    #[arg(long, default_value = "vi", value_parser = super::lang)]
    lang: Lang,
    #[command(flatten)]
    how: How,
    /// The file to write [default: NAME-KEY-LANG.pdf]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Keep it in the registry too: the gateway then serves it at /reports/ID.pdf
    #[arg(long)]
    keep: bool,
}

pub(super) async fn run(settings: &Settings, make: Make) -> anyhow::Result<()> {
    let Make { name, about, from, to, lang, how, out, keep } = make;
    let name = name.unwrap_or_default();
    let shelf = how.files.shelf()?;
    let definition = Definition::load(&shelf, &name)?;
    let key = about.key(&definition)?;
    let written = commands::with_registry(settings, async |registry| {
        let session = registry.snapshot_session(how.audience.viewer()).await?;
        let period = Period { from, to };
        let options = SnapshotOptions { period, ..SnapshotOptions::new(&registry.clock().now(), how.audience.name()) };
        let snapshot = session.snapshot(definition.subject, key, &options).await?;
        let options = Options { brand: how.brand.clone(), shelf };
        let model = ketnoi_reporting::model::build(&definition, &snapshot, lang, &options)?;
        drop(snapshot);
        let digest = ketnoi_reporting::digest(&model)?;
        // What is kept has pages, whatever is written here.
        let made = if keep { Format::Pdf.made(model)? } else { how.format.made(model)? };
        let what = match how.format {
            Format::Pdf => format!("{} pages", made.pages()),
            Format::Xlsx => "workbook".into(),
            Format::Json => "model".into(),
        };
        let path = out.unwrap_or_else(|| super::file_name(&name, key, lang, how.format).into());
        let bytes = how.format.bytes(&made)?;
        commands::write_whole(&path, &bytes)?;
        // Kept last: a file that cannot be written leaves nothing in the registry either.
        let kept = match &made {
            Made::Printed(rendered) if keep => format!("\nkept: /reports/{}.pdf", registry.keep(rendered).await?),
            _ => String::new(),
        };
        Ok(format!("{}: {what}, {} bytes, model SHA-256 {}{kept}", path.display(), bytes.len(), digest))
    })
    .await?;
    println!("{written}");
    Ok(())
}
