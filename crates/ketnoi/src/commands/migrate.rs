use clap::Subcommand;
use ketnoi_registry::{Database, Store};

use crate::config::Settings;

#[derive(Subcommand, Debug)]
pub(crate) enum Migrate {
    /// Apply the migrations that are missing; makes an embedded database that is not there
    Up,
    /// Take migrations back, with all that their tables hold
    Down {
        /// How many
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        steps: u32,
        /// Really lose what the tables hold
        #[arg(long)]
        yes: bool,
    },
    /// Show which migrations have been applied
    Status,
}

pub(crate) async fn run(settings: &Settings, command: Migrate) -> anyhow::Result<()> {
    if matches!(command, Migrate::Status | Migrate::Down { .. }) {
        super::there(&Database::parse(settings.database_url.expose())?)?;
    }
    super::closing(super::open(settings).await?, async |store| migrate(store, command).await).await
}

async fn migrate(store: &Store, command: Migrate) -> anyhow::Result<()> {
    let shown = store.database().shown();
    match command {
        Migrate::Up => {
            let applied = store.migrate_up("operator").await?;
            for name in &applied {
                println!("applied {name}");
            }
            println!("{shown} is up to date");
        }
        Migrate::Down { steps, yes } => {
            anyhow::ensure!(yes, "taking {steps} migrations back loses what their tables hold: say --yes if you mean it");
            let applied = store.migrations().await?.iter().filter(|(_, done)| *done).count();
            store.migrate_down(steps).await?;
            let taken = applied.min(usize::try_from(steps).unwrap_or(usize::MAX));
            println!("took {taken} back; `ketnoi migrate status` shows what is left");
        }
        Migrate::Status => {
            for (name, done) in store.migrations().await? {
                println!("{} {name}", if done { "applied" } else { "missing" });
            }
        }
    }
    Ok(())
}
