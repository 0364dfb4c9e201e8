//! Reports: making one, making all, and what there is to make them from.

mod about;
mod batch;
mod definitions;
mod kept;
mod make;
mod shelf;
mod verify;

pub(crate) use shelf::read as read_shelf;

use std::{borrow::Cow, path::PathBuf};

use clap::{Subcommand, ValueEnum};
use ketnoi_domain::{Lang, Viewer};
use ketnoi_reporting::{Rendered, ReportModel, Shelf};

use crate::config::Settings;

/// Makes a report, or does one of the other things about reports.
#[derive(clap::Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "Which reports there are, and what is in one:
  ketnoi report list
  ketnoi report explain progress

One report, of the demonstration registry:
  ketnoi report programme-summary --programme PMI-LED --lang en
  ketnoi report progress --programme MINH-HOA-01 --from 2024 --to 2024 --lang fr
  ketnoi report funder-portfolio --organisation CIDA --format xlsx")]
pub(crate) struct Report {
    #[command(subcommand)]
    other: Option<Other>,
    #[command(flatten)]
    make: make::Make,
}

#[derive(Subcommand, Debug)]
enum Other {
    /// List the reports there are: what each is for, and what it is about
    List(Files),
    /// Explain a report: its sections, their options, what it has to be told
    Explain {
        /// The report, by its name in `ketnoi report list`
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        files: Files,
    },
    /// Check definitions, brands and wording of one's own: file, line and key of what is wrong
    Check(Files),
    /// Make reports of everything that they can be about, in several languages, into a folder
    Batch(batch::Batch),
    /// List the reports that are kept in the registry, or remove some
    #[command(subcommand)]
    Kept(kept::Kept),
    /// Say whether a PDF is as it was made, and whether the registry says the same today
    Verify(verify::Verify),
}

/// Where definitions, brands, wording and emblems come from.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Files {
    /// A folder whose files stand beside or in place of those built in: NAME.toml, brands/, brands/emblems/, wording/
    #[arg(long, env = "KETNOI_REPORTS", value_name = "FOLDER")]
    reports: Option<PathBuf>,
}

/// What making one and making many have in common.
#[derive(clap::Args, Debug)]
pub(crate) struct How {
    /// What to write: the pages, every table as a workbook, or the model that both are made from
    #[arg(long, value_enum, default_value_t = Format::Pdf)]
    format: Format,
    /// For whom: the report holds what they may see
    #[arg(long, value_enum, default_value_t = Audience::Public)]
    audience: Audience,
    /// A brand in place of those of the funders
    #[arg(long, value_name = "NAME")]
    brand: Option<String>,
    #[command(flatten)]
    files: Files,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Pdf,
    Xlsx,
    Json,
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// Makes what this format is written from.
    fn made(self, model: ReportModel) -> anyhow::Result<Made> {
        Ok(if self == Self::Pdf { Made::Printed(ketnoi_reporting::print(model)?.into()) } else { Made::Model(model.into()) })
    }

    /// The bytes of a report in this format.
    fn bytes(self, made: &Made) -> anyhow::Result<Cow<'_, [u8]>> {
        Ok(match (self, made) {
            (Self::Pdf, Made::Printed(rendered)) => rendered.pdf.as_slice().into(),
            (Self::Pdf, Made::Model(_)) => anyhow::bail!("the pages were not made"),
            (Self::Xlsx, _) => ketnoi_reporting::xlsx(made.model())?.into(),
            (Self::Json, _) => serde_json::to_vec_pretty(made.model())?.into(),
        })
    }
}

/// A report as far as it was made: figures and workbooks need no pages, and pages take longest.
enum Made {
    Model(Box<ReportModel>),
    Printed(Box<Rendered>),
}

impl Made {
    fn model(&self) -> &ReportModel {
        match self {
            Self::Model(model) => model,
            Self::Printed(rendered) => &rendered.model,
        }
    }

    /// How many pages it has, if it has any.
    fn pages(&self) -> usize {
        match self {
            Self::Model(_) => 0,
            Self::Printed(rendered) => rendered.pages,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    /// Everyone.
    Public,
    /// The association.
    Internal,
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

fn lang(text: &str) -> Result<Lang, String> {
    ketnoi_domain::Coded::from_code(text).ok_or_else(|| "write vi, en, fr or de".into())
}

impl Files {
    fn shelf(&self) -> anyhow::Result<Shelf> {
        self.reports.as_deref().map_or_else(|| Ok(Shelf::builtin()), shelf::read)
    }
}

/// Runs the command.
pub(crate) async fn run(settings: &Settings, command: Report) -> anyhow::Result<()> {
    match (command.other, command.make) {
        (Some(Other::List(files)), _) => definitions::list(&files.shelf()?),
        (Some(Other::Explain { name, files }), _) => definitions::explain(&files.shelf()?, &name),
        (Some(Other::Check(files)), _) => definitions::check(&files.shelf()?),
        (Some(Other::Batch(batch)), _) => batch::run(settings, batch).await,
        (Some(Other::Kept(kept)), _) => kept::run(settings, kept).await,
        (Some(Other::Verify(verify)), _) => verify::run(settings, verify).await,
        (None, make) => make::run(settings, make).await,
    }
}

/// The name of a report's file; slashes in codes would be folders, and some systems have no colons in names.
fn file_name(report: &str, key: &str, lang: Lang, format: Format) -> String {
    format!("{report}-{}-{}.{}", key.replace(['/', '\\', ':'], "_"), ketnoi_domain::Coded::code(lang), format.extension())
}
