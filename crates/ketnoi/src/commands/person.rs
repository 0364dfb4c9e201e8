use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use ketnoi_domain::{Coded, DataPurpose, Lang, LegalBasis, PartialDate, PersonalRecord, Viewer};
use ketnoi_registry::{
    Author, Reference, Registry,
    people::{Erased, KeptPerson},
};

use crate::config::Settings;

/// What is done with people's data.
#[derive(Subcommand, Debug)]
#[command(after_help = "Someone asks what is kept of them:
  ketnoi person export --name \"Nguyễn Thị Hoa\" --lang vi --out hoa.json

Someone asks to be erased; list shows codes and ids:
  ketnoi person list --name \"Nguyễn Thị Hoa\"
  ketnoi person erase nguyen-thi-hoa 0193a5c4-7b1e-7000-8000-00000000002a --reason \"asked by letter on 2026-11-20\"

Every month, as a service manager may do it:
  ketnoi person sweep")]
pub(crate) enum Person {
    /// List of whom data are kept: persons, and with --due or --name participants too
    List {
        /// Only those who are kept for longer than they may be
        #[arg(long, conflicts_with = "name")]
        due: bool,
        /// Only those whose whole name is this, whatever the accents
        #[arg(long)]
        name: Option<String>,
    },
    /// Say for what a person is kept, on which ground and until when; what is left out stays
    Set {
        /// The person, by code or id
        who: String,
        /// For what: event_administration, funder_reporting, public_role or correspondence
        #[arg(long, value_parser = named::<DataPurpose>)]
        purpose: Option<DataPurpose>,
        /// On which ground: consent, contract, legal_obligation, vital_interests, public_task, legitimate_interest or lawful_publication
        #[arg(long, value_parser = named::<LegalBasis>)]
        legal_basis: Option<LegalBasis>,
        /// The last day on which they are kept
        #[arg(long, value_name = "DATE")]
        until: Option<PartialDate>,
        /// They are kept without such a day
        #[arg(long, conflicts_with = "until")]
        no_end: bool,
    },
    /// Write everything that is kept of someone as JSON, with explanations
    Export {
        #[command(flatten)]
        who: Who,
        /// The language of the explanations: vi, en, fr or de
        #[arg(long, default_value = "vi", value_parser = named::<Lang>)]
        lang: Lang,
        /// The file; without one it is printed
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Erase someone for good: their names, ways to reach them, and the reports that name them
    ///
    /// A person's record stays without a name, so that offices and events are as they were; entries as participant go. Counts
    /// stay. What others wrote is not changed: it is listed, for you to read. Backups are yours to let go.
    Erase {
        /// A person by code or id, entries as participant by their ids: several where they are one and the same
        #[arg(required = true, value_name = "CODE|ID")]
        who: Vec<String>,
        /// Why, without naming anyone: it stays in the trail
        #[arg(long)]
        reason: String,
    },
    /// End what is over: participants are taken away, persons erased, whose last day has passed
    Sweep {
        /// Only say who it would be
        #[arg(long)]
        dry_run: bool,
    },
}

/// Whose data.
#[derive(Args, Debug)]
#[group(required = true)]
pub(crate) struct Who {
    /// A person by code or id, entries as participant by their ids: several where they are one and the same
    #[arg(value_name = "CODE|ID")]
    who: Vec<String>,
    /// Everyone whose whole name is this, whatever the accents
    #[arg(long, conflicts_with = "who")]
    name: Option<String>,
}

/// A value of a closed list, by its name.
fn named<T: Coded>(text: &str) -> Result<T, String> {
    let known = || T::ALL.iter().map(|value| value.name()).collect::<Vec<_>>().join(", ");
    T::from_name(text).ok_or_else(|| format!("write one of: {}", known()))
}

fn operator(lang: Lang) -> Author {
    Author::of(Viewer::LocalAdministrator, lang)
}

fn references(who: &[String]) -> Vec<Reference> {
    who.iter().map(Reference::code).collect()
}

pub(crate) async fn run(settings: &Settings, command: Person) -> anyhow::Result<()> {
    super::with_registry(settings, async |registry| match command {
        Person::List { due, name } => list(registry, due, name.as_deref()).await,
        Person::Set { who, purpose, legal_basis, until, no_end } => {
            let set = |old: PersonalRecord| PersonalRecord {
                purpose: purpose.unwrap_or(old.purpose),
                legal_basis: legal_basis.unwrap_or(old.legal_basis),
                retain_until: if no_end { None } else { until.map(PartialDate::to).or(old.retain_until) },
                ..old
            };
            let now = registry.set_personal_record(&operator(Lang::En), &Reference::code(who), set).await?;
            let end = now.retain_until.map_or_else(|| "no end".to_owned(), |until| until.to_string());
            println!("kept for {} by {}, until: {end}", now.purpose.name(), now.legal_basis.name());
            Ok(())
        }
        Person::Export { who, lang, out } => export(registry, &who, lang, out).await,
        Person::Erase { who, reason } => {
            let erased = registry.erase_people(&operator(Lang::En), &references(&who), &reason).await?;
            tell(&erased);
            Ok(())
        }
        Person::Sweep { dry_run } => sweep(registry, dry_run).await,
    })
    .await
}

async fn list(registry: &Registry, due: bool, name: Option<&str>) -> anyhow::Result<()> {
    let author = operator(Lang::En);
    let all = match name {
        Some(name) => registry.people_called(&author, name).await?,
        None if due => registry.due_people(&author).await?,
        None => registry.kept_persons(&author).await?,
    };
    show(&all);
    Ok(())
}

fn show(all: &[KeptPerson]) {
    println!("{:<13}{:<38}{:<22}{:<20}{:<12}name", "sort", "code or id", "purpose", "legal basis", "until");
    for kept in all {
        let called = kept.code.clone().unwrap_or_else(|| kept.id.to_string());
        let until = kept.retain_until.map(|until| until.to_string()).unwrap_or_default();
        let at = kept.event.as_ref().map(|event| format!(" ({event})")).unwrap_or_default();
        let (purpose, basis) = (kept.purpose.name(), kept.legal_basis.name());
        println!("{:<13}{called:<38}{purpose:<22}{basis:<20}{until:<12}{}{at}", kept.sort(), kept.name);
    }
}

async fn export(registry: &Registry, who: &Who, lang: Lang, out: Option<PathBuf>) -> anyhow::Result<()> {
    let author = operator(lang);
    let wanted = match &who.name {
        None => references(&who.who),
        Some(name) => {
            let called = registry.people_called(&author, name).await?;
            anyhow::ensure!(!called.is_empty(), "nobody of whom data are kept is called so");
            called.iter().map(|kept| Reference::code(kept.id.to_string())).collect()
        }
    };
    let export = registry.export_people(&author, &wanted).await?.context("the same request was answered before")?;
    let text = serde_json::to_string_pretty(&export)? + "\n";
    match out {
        Some(path) => {
            super::write_whole(&path, text.as_bytes())?;
            println!("{} holds everything that is kept; hand it over safely, then delete it", path.display());
        }
        None => print!("{text}"),
    }
    Ok(())
}

/// What an erasure came to, for whoever has to go on.
fn tell(erased: &Erased) {
    println!(
        "erased: persons {}, roles {}, entries as participant {}, statements {}",
        erased.persons.len(),
        erased.roles.len(),
        erased.participants,
        erased.statements
    );
    for gone in &erased.reports {
        let report = &gone.report;
        let again = gone.job.map(|_| "; it was asked for and can be made again").unwrap_or_default();
        println!("removed the report {} on {} ({}) of {}{again}", report.definition, report.subject, report.lang, report.taken);
    }
    if erased.mentions.is_empty() {
        println!("no text of the registry names them any more");
        return;
    }
    println!(
        "places that others wrote where their name still stands, to read, and to change where they must be: {}",
        erased.mentions.len()
    );
    for mention in &erased.mentions {
        let of = mention.id.map(|id| format!(" of {id}")).unwrap_or_default();
        println!("  {}, {}{of}", mention.table, mention.column);
    }
}

async fn sweep(registry: &Registry, dry_run: bool) -> anyhow::Result<()> {
    let author = operator(Lang::En);
    if dry_run {
        let due = registry.due_people(&author).await?;
        show(&due);
        println!("{} would be swept", due.len());
        return Ok(());
    }
    let swept = registry.sweep_people(&author).await?;
    println!("entries of participants taken away: {}; persons erased: {}", swept.participants, swept.persons.len());
    for erased in &swept.persons {
        tell(erased);
    }
    Ok(())
}
