//! The commands, one file each.

mod check;
mod demo;
mod doctor;
mod export;
mod import;
mod key;
mod migrate;
mod operations;
mod person;
mod report;
mod role;
mod serve;
mod user;
mod vote;

use std::{fs, path::Path};

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use ketnoi_registry::{Clock, Database, Registry, Store};

use crate::config::{CommonOptions, ServeOptions, Settings, start_log};

/// Kết Nối keeps the programmes of an association of cities and answers to their funders.
///
/// Try it: `ketnoi demo` makes the demonstration registry in ./ketnoi.db and serves it at http://127.0.0.1:8080/graphql.
///
/// A registry of your own: `ketnoi migrate up`, `ketnoi import registry FOLDER`, `ketnoi serve`. What is wrong with the
/// set-up is told by `ketnoi doctor`.
#[derive(Parser, Debug)]
#[command(name = "ketnoi", version, propagate_version = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    common: CommonOptions,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Make the demonstration registry, or bring it up to date, and serve it
    ///
    /// It holds facts from public documents and an invented programme that is marked so. It lives in an embedded database,
    /// ./ketnoi.db if nothing else is said; one that this command did not make is refused.
    Demo(ServeOptions),
    /// Serve a registry until Ctrl-C or SIGTERM
    #[command(after_help = "On this machine alone:
  ketnoi serve

Behind a proxy that does TLS:
  ketnoi serve --public-url https://registry.example --trusted-proxies 127.0.0.1")]
    Serve(ServeOptions),
    /// Make, change or look at the tables of a registry
    ///
    /// After each new version: stop the server, copy the database, and run `ketnoi migrate up`.
    #[command(subcommand)]
    Migrate(migrate::Migrate),
    /// Bring files into a registry
    #[command(subcommand)]
    Import(import::Import),
    /// Take data out of a registry
    #[command(subcommand)]
    Export(export::Export),
    /// Make reports as PDF, for funders, members and the press
    ///
    /// One report by its name and what it is about, or one of the commands below.
    Report(report::Report),
    /// Keep the accounts of those who sign in
    ///
    /// For the first administrator, and for emergencies; day by day, administrators keep accounts in the registry itself.
    /// What is done here is in the audit trail like everything else.
    #[command(subcommand)]
    User(user::User),
    /// Keep the keys of programs
    ///
    /// A key works within the rights of its account, and opens no more than its scopes name. It is shown once, when it is
    /// issued; whoever loses it revokes it and issues another.
    #[command(subcommand)]
    Key(key::Key),
    /// Explain what roles and keys may do
    #[command(subcommand)]
    Role(role::Role),
    /// Keep the operations that clients may name by their hash
    ///
    /// A client then sends `documentId` with the hash in place of the document. With --trusted-documents, `ketnoi serve` lets
    /// strangers, or everyone, send only these.
    #[command(subcommand)]
    Operations(operations::Operations),
    /// Keep people's data: hand out what is kept of someone, erase it, end what is over
    ///
    /// Persons are those whom published sources name; participants of events are kept by name for administration alone. What
    /// is done here is in the audit trail by ids, never by names.
    #[command(subcommand)]
    Person(person::Person),
    /// Find out whether the audit log and the registry are as they were written
    #[command(subcommand)]
    Check(check::Check),
    /// Print voting codes, and count exported ballots again
    #[command(subcommand)]
    Vote(vote::Vote),
    /// Print the GraphQL schema
    Schema,
    /// Explain what is wrong with the set-up
    ///
    /// Give it the options that `ketnoi serve` gets. It changes nothing, and ends with status 1 if something is wrong.
    Doctor(ServeOptions),
}

/// Runs a command to its end.
pub(crate) fn run(cli: Cli) -> anyhow::Result<()> {
    let usual = ServeOptions::default();
    let serve = match &cli.command {
        Command::Demo(options) | Command::Serve(options) | Command::Doctor(options) => options,
        _ => &usual,
    };
    let settings = Settings::load(&cli.common, serve)?;
    if !matches!(cli.command, Command::Schema | Command::Doctor(_)) {
        // A command that ends by itself tells its result; the log is for what went wrong on the way.
        let quiet = !matches!(cli.command, Command::Demo(_) | Command::Serve(_)) && cli.common.log.is_none();
        start_log(if quiet { "warn" } else { &settings.log }, settings.log_format)?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime cannot be started")?;
    match cli.command {
        Command::Demo(_) => demo::run(&settings),
        Command::Serve(_) => serve::run(&settings),
        Command::Migrate(command) => runtime.block_on(migrate::run(&settings, command)),
        Command::Import(command) => runtime.block_on(import::run(&settings, command)),
        Command::Export(command) => runtime.block_on(export::run(&settings, command)),
        Command::Report(command) => runtime.block_on(report::run(&settings, command)),
        Command::User(command) => runtime.block_on(user::run(&settings, command)),
        Command::Key(command) => runtime.block_on(key::run(&settings, command)),
        Command::Role(command) => {
            role::run(&command);
            Ok(())
        }
        Command::Operations(command) => runtime.block_on(operations::run(&settings, command)),
        Command::Person(command) => runtime.block_on(person::run(&settings, command)),
        Command::Check(command) => runtime.block_on(check::run(&settings, command)),
        Command::Vote(command) => runtime.block_on(vote::run(&settings, command)),
        Command::Schema => {
            print!("{}", ketnoi_graphql::sdl());
            Ok(())
        }
        Command::Doctor(_) => runtime.block_on(doctor::run(&settings)),
    }
}

/// Opens the store that the settings name.
async fn open(settings: &Settings) -> anyhow::Result<Store> {
    let database = Database::parse(settings.database_url.expose())?;
    Ok(Store::open(database).await?)
}

/// Works with an open store and closes it whatever comes of the work: an embedded database is then one whole file again.
async fn closing<T>(store: Store, work: impl AsyncFnOnce(&Store) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let done = work(&store).await;
    let closed = store.close().await;
    let done = done?;
    closed?;
    Ok(done)
}

/// Says so where an embedded registry is not there. Opening it would make an empty file, which helps nobody.
fn there(database: &Database) -> anyhow::Result<()> {
    if let Database::Sqlite { path } = database {
        anyhow::ensure!(
            Path::new(path).exists(),
            "there is no registry at sqlite://{path}: make one with `ketnoi migrate up`, or try `ketnoi demo`"
        );
    }
    Ok(())
}

/// Works on the registry that the settings name; its tables must be those of this version.
async fn with_registry<T>(settings: &Settings, work: impl AsyncFnOnce(&Registry) -> anyhow::Result<T>) -> anyhow::Result<T> {
    there(&Database::parse(settings.database_url.expose())?)?;
    closing(open(settings).await?, async |store| {
        let missing = store.migrations().await?.iter().filter(|(_, done)| !done).count();
        anyhow::ensure!(
            missing == 0,
            "{missing} migrations have not been applied to {}: run `ketnoi migrate up`",
            store.database().shown()
        );
        work(&Registry::new(store.clone(), Clock::system())).await
    })
    .await
}

/// Writes a file as a whole: what stood there before stays until the new one is complete. What is no file, such as a pipe,
/// is written to as it is.
fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()));
    }
    let mut name = path.file_name().with_context(|| format!("{} names no file", path.display()))?.to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // Whatever came of the half-written file, the reason told is that of the write.
        _ = fs::remove_file(&part);
    }
    written.with_context(|| format!("{} cannot be written", path.display()))
}
