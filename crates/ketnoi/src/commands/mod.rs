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
/// Try it: `ketnoi demo` makes a registry of public facts in ./ketnoi.db and serves it at http://127.0.0.1:8080/graphql.
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
    /// Make an embedded registry of public facts, and serve it
    Demo(ServeOptions),
    /// Serve a registry
    Serve(ServeOptions),
    /// Make, change or look at the tables of a registry
    #[command(subcommand)]
    Migrate(migrate::Migrate),
    /// Bring files into a registry
    #[command(subcommand)]
    Import(import::Import),
    /// Take data out of a registry
    #[command(subcommand)]
    Export(export::Export),
    /// Make reports for funders
    Report(report::Report),
    /// Keep the accounts of those who sign in
    #[command(subcommand)]
    User(user::User),
    /// Keep the keys of programs
    #[command(subcommand)]
    Key(key::Key),
    /// Explain what roles and keys may do
    #[command(subcommand)]
    Role(role::Role),
    /// Keep the operations that clients may name by their hash
    #[command(subcommand)]
    Operations(operations::Operations),
    /// Keep people's data: hand out what is kept of someone, erase it, end what is over
    #[command(subcommand)]
    Person(person::Person),
    /// Find out whether anyone has altered what the registry keeps
    #[command(subcommand)]
    Check(check::Check),
    /// Print voting codes, and count exported ballots again
    #[command(subcommand)]
    Vote(vote::Vote),
    /// Print the GraphQL schema
    Schema,
    /// Explain what is wrong with the set-up
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

/// Works on the registry that the settings name; its tables must be those of this version.
async fn with_registry<T>(settings: &Settings, work: impl AsyncFnOnce(&Registry) -> anyhow::Result<T>) -> anyhow::Result<T> {
    if let Database::Sqlite { path } = Database::parse(settings.database_url.expose())? {
        // Opening would make an empty file, which helps nobody.
        anyhow::ensure!(
            Path::new(&path).exists(),
            "there is no registry at sqlite://{path}: make one with `ketnoi migrate up`, or try `ketnoi demo`"
        );
    }
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
