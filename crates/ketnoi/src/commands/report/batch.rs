//! Making reports of everything that they can be about.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use ketnoi_domain::Lang;
use ketnoi_registry::{Registry, Session, SnapshotOptions};
use ketnoi_reporting::{Definition, Options, Shelf, Snapshot};

use super::{Format, How};
use crate::{commands, config::Settings, progress::Progress};

/// Which reports, in which languages, where to.
#[derive(clap::Args, Debug)]
pub(crate) struct Batch {
    /// The reports, separated by commas, or `all`
    #[arg(long = "report", value_name = "NAMES", default_value = "programme-summary", value_delimiter = ',')]
    names: Vec<String>,
    #[command(flatten)]
    how: How,
    /// The languages, separated by commas: vi, en, fr, de
    #[arg(long, default_value = "vi,en", value_delimiter = ',', value_parser = super::lang)]
    langs: Vec<Lang>,
    /// The folder to write into; it is made if it is not there
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

pub(super) async fn run(settings: &Settings, batch: Batch) -> anyhow::Result<()> {
    let Batch { names, how, langs, out } = batch;
    fs::create_dir_all(&out).with_context(|| format!("the folder {} cannot be made", out.display()))?;
    let shelf = how.files.shelf()?;
    let names = if names.iter().any(|n| n == "all") { Definition::names(&shelf) } else { names };
    let definitions: Vec<Definition> = names.iter().map(|n| Definition::load(&shelf, n)).collect::<Result<_, _>>()?;
    let press = Press { how: &how, langs: &langs, shelf: &shelf, out: &out };
    let (done, pages) = commands::with_registry(settings, async |registry| {
        let session = registry.snapshot_session(how.audience.viewer()).await?;
        press.all(registry, &session, &definitions).await
    })
    .await?;
    let paged = if how.format == Format::Pdf { format!(" with {pages} pages") } else { String::new() };
    println!("{done} reports{paged} in {}", out.display());
    Ok(())
}

/// What is the same for every report of a batch.
struct Press<'a> {
    how: &'a How,
    langs: &'a [Lang],
    shelf: &'a Shelf,
    out: &'a Path,
}

impl Press<'_> {
    async fn all(&self, registry: &Registry, session: &Session, definitions: &[Definition]) -> anyhow::Result<(usize, usize)> {
        let mut work = Vec::new();
        for definition in definitions {
            let keys = session.subjects(definition.subject).await?;
            work.extend(keys.into_iter().map(|key| (definition, key)));
        }
        let total = work.len() * self.langs.len();
        let progress = Progress::new(total, true);
        let options = SnapshotOptions::new(&registry.clock().now(), self.how.audience.name());
        let (mut done, mut pages) = (0, 0);
        for (definition, key) in work {
            progress.at(&format!("{} {key}", definition.name), done, total);
            let snapshot = session.snapshot(definition.subject, &key, &options).await?;
            pages += self.languages(definition, &key, &snapshot)?;
            done += self.langs.len();
        }
        drop(progress);
        Ok((done, pages))
    }

    /// One thing in all languages, side by side: laying out is all work of the processor.
    fn languages(&self, definition: &Definition, key: &str, snapshot: &Snapshot) -> anyhow::Result<usize> {
        std::thread::scope(|scope| {
            let one = |lang: Lang| scope.spawn(move || self.one(definition, key, snapshot, lang));
            let at_work: Vec<_> = self.langs.iter().map(|lang| one(*lang)).collect();
            let ended = at_work.into_iter().map(|thread| thread.join().unwrap_or_else(|p| std::panic::resume_unwind(p)));
            ended.sum()
        })
    }

    fn one(&self, definition: &Definition, key: &str, snapshot: &Snapshot, lang: Lang) -> anyhow::Result<usize> {
        let options = Options { brand: self.how.brand.clone(), shelf: self.shelf.clone() };
        let name = super::file_name(&definition.name, key, lang, self.how.format);
        let model = ketnoi_reporting::model::build(definition, snapshot, lang, &options).with_context(|| name.clone())?;
        let made = self.how.format.made(model).with_context(|| name.clone())?;
        commands::write_whole(&self.out.join(name), &self.how.format.bytes(&made)?)?;
        Ok(made.pages())
    }
}
