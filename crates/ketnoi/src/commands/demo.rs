use ketnoi_domain::Viewer;
use ketnoi_registry::{Clock, Database, Registry, Store, import::SourceFile};
use rust_embed::RustEmbed;

use crate::{config::Settings, progress::Progress};

/// The demonstration registry, inside the binary.
#[derive(RustEmbed)]
#[folder = "../../data"]
struct Data;

/// Makes the demonstration registry, or brings it up to date, and serves it.
pub(crate) fn run(settings: &Settings) -> anyhow::Result<()> {
    actix_web::rt::System::new().block_on(async {
        super::closing(open(settings).await?, async |store| {
            let registry = prepare(store).await?;
            super::serve::serve(&registry, settings).await
        })
        .await
    })
}

async fn open(settings: &Settings) -> anyhow::Result<Store> {
    let database = Database::parse(settings.database_url.expose())?;
    let shown = database.shown();
    anyhow::ensure!(
        matches!(database, Database::Sqlite { .. }),
        "the demonstration lives in an embedded database, not in {shown}: leave --database-url out, or write sqlite://FILE"
    );
    Ok(Store::open(database).await?)
}

async fn prepare(store: &Store) -> anyhow::Result<Registry> {
    let shown = store.database().shown();
    if let Some(maker) = store.made_by().await? {
        anyhow::ensure!(
            maker == "demo",
            "{shown} is a registry that the demonstration did not make: it is left as it is. Serve it with `ketnoi serve`, or name another file with --database-url sqlite://FILE"
        );
    }
    store.migrate_up("demo").await?;
    let registry = Registry::new(store.clone(), Clock::system());
    let progress = Progress::new(1, false);
    let report =
        registry.import(&Viewer::LocalAdministrator, &files(), false, &|what, done, of| progress.at(what, done, of)).await?;
    drop(progress);
    let t = report.total;
    println!("{shown}: {} records added, {} changed, {} as they were, {} removed", t.added, t.changed, t.unchanged, t.removed);
    Ok(registry)
}

/// The files of the demonstration, in the order of their names.
fn files() -> Vec<SourceFile> {
    // The lists of codes and the explanation beside the records are no records.
    let mut names: Vec<_> = Data::iter().filter(|n| n.ends_with(".toml") && n.contains('/')).collect();
    names.sort();
    let file = |name: std::borrow::Cow<'static, str>| {
        let text = String::from_utf8_lossy(&Data::get(&name)?.data).into_owned();
        Some(SourceFile { name: format!("data/{name}"), text })
    };
    names.into_iter().filter_map(file).collect()
}
