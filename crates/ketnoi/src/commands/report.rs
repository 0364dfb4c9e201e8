use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::{Subcommand, ValueEnum};
use ketnoi_domain::{Coded, Lang, Programme, Viewer, query::Filter};
use ketnoi_registry::{Registry, Session};
use ketnoi_reporting::{Definition, Options};

use crate::{config::Settings, progress::Progress};

#[derive(Subcommand, Debug)]
pub(crate) enum Report {
    /// A summary of one programme for its funders
    #[command(name = "programme-summary")]
    ProgrammeSummary {
        /// The programme, by its code, such as PMI-LED
        #[arg(long, value_name = "CODE")]
        programme: String,
        #[command(flatten)]
        how: How,
        /// The language: vi or en
        #[arg(long, default_value = "vi", value_parser = lang)]
        lang: Lang,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Summaries of all programmes in several languages, into a folder
    Batch {
        #[command(flatten)]
        how: How,
        /// The languages, separated by commas
        #[arg(long, default_value = "vi,en", value_delimiter = ',', value_parser = lang)]
        langs: Vec<Lang>,
        /// The folder to write into; it is made if it is not there
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
    },
}

/// What both have in common.
#[derive(clap::Args, Debug)]
pub(crate) struct How {
    /// What to write: the pages, or the model that they are made from
    #[arg(long, value_enum, default_value_t = Format::Pdf)]
    format: Format,
    /// For whom: the report holds what they may see
    #[arg(long, value_enum, default_value_t = Audience::Public)]
    audience: Audience,
    /// A brand in place of those of the programme's funders
    #[arg(long, value_name = "NAME")]
    brand: Option<String>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Pdf,
    Json,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    /// Everyone.
    Public,
    /// The association.
    Internal,
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::from_code(text).filter(|l| matches!(l, Lang::Vi | Lang::En)).ok_or_else(|| "write vi or en".into())
}

impl Audience {
    fn viewer(self) -> Viewer {
        match self {
            Self::Public => Viewer::Stranger,
            Self::Internal => Viewer::LocalAdministrator,
        }
    }
    fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
        }
    }
}

pub(crate) async fn run(settings: &Settings, command: Report) -> anyhow::Result<()> {
    let registry = super::open_registry(settings).await?;
    let definition = Definition::builtin("programme-summary")?;
    match command {
        Report::ProgrammeSummary { programme, how, lang, out } => {
            let session = registry.snapshot_session(how.audience.viewer()).await?;
            let written = one(&registry, &session, &definition, &programme, &how, lang, &out).await?;
            println!("{written}");
        }
        Report::Batch { how, langs, out } => {
            fs::create_dir_all(&out).with_context(|| format!("the folder {} cannot be made", out.display()))?;
            let session = registry.snapshot_session(how.audience.viewer()).await?;
            let programmes: Vec<Programme> = session.all(&Filter::all()).await?;
            let total = programmes.len() * langs.len();
            let progress = Progress::new(total, true);
            let mut done = 0;
            for programme in &programmes {
                for lang in &langs {
                    let code = programme.head.code.as_str();
                    progress.at(code, done, total);
                    let name = format!("{}-{}.{}", code.replace('/', "_"), lang.code(), how.format.extension());
                    one(&registry, &session, &definition, code, &how, *lang, &out.join(name)).await?;
                    done += 1;
                }
            }
            drop(progress);
            println!("{done} reports in {}", out.display());
        }
    }
    Ok(())
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Json => "json",
        }
    }
}

async fn one(
    registry: &Registry,
    session: &Session,
    definition: &Definition,
    code: &str,
    how: &How,
    lang: Lang,
    out: &Path,
) -> anyhow::Result<String> {
    let snapshot = session.programme_snapshot(code, &registry.clock().now(), how.audience.name()).await?;
    let options = Options { brand: how.brand.clone(), ..Options::default() };
    let rendered = ketnoi_reporting::render(definition, &snapshot, lang, &options)?;
    let (bytes, what) = match how.format {
        Format::Pdf => (rendered.pdf, format!("{} pages", rendered.pages)),
        Format::Json => (serde_json::to_vec_pretty(&rendered.model)?, "model".into()),
    };
    super::write_whole(out, &bytes)?;
    Ok(format!("{}: {what}, {} bytes, model SHA-256 {}", out.display(), bytes.len(), rendered.digest))
}
