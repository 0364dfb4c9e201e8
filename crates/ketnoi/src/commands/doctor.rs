use std::net::TcpListener;

use ketnoi_registry::{Clock, Database, Registry, Store};

use crate::config::{Settings, Weight, findings};

/// Looks at the set-up piece by piece and says what is wrong and what to do. No secret is ever printed.
pub(crate) async fn run(settings: &Settings) -> anyhow::Result<()> {
    let mut wrong = 0u32;
    let mut has_administrator = None;
    let mut tell = |good: bool, what: String| {
        println!("{} {what}", if good { "ok   " } else { "WRONG" });
        wrong += u32::from(!good);
    };
    let database = Database::parse(settings.database_url.expose()).map_err(anyhow::Error::from);
    match database.and_then(|database| super::there(&database).map(|()| database)) {
        Err(e) => tell(false, e.to_string()),
        Ok(database) => {
            tell(true, format!("the database is {}", database.shown()));
            match Store::open(database).await {
                Err(e) => tell(false, e.to_string()),
                Ok(store) => {
                    look(&store, &mut tell).await;
                    // Where the tables are not there yet, nothing is known of their administrators.
                    has_administrator = Registry::new(store.clone(), Clock::system()).has_administrator().await.ok();
                    store.close().await?;
                }
            }
        }
    }
    match TcpListener::bind(settings.listen) {
        Ok(_) => tell(true, format!("{} is free to listen on", settings.listen)),
        Err(e) => tell(false, format!("{} cannot be listened on ({e}): choose another with --listen", settings.listen)),
    }
    tell(true, format!("production mode is {}", if settings.production { "on" } else { "off" }));
    for finding in findings(settings, has_administrator) {
        match finding.weight {
            Weight::Refused => tell(false, finding.what),
            Weight::Named => println!("note  {}", finding.what),
        }
    }
    anyhow::ensure!(wrong == 0, "{wrong} of these are wrong");
    Ok(())
}

/// Whether the tables are those of this version, and can be read.
async fn look(store: &Store, tell: &mut impl FnMut(bool, String)) {
    let migrations = match store.migrations().await {
        Ok(migrations) => migrations,
        Err(e) => return tell(false, e.to_string()),
    };
    let missing: Vec<_> = migrations.iter().filter(|(_, done)| !done).map(|(name, _)| name.as_str()).collect();
    if !missing.is_empty() {
        return tell(false, format!("not applied: {}; run `ketnoi migrate up`", missing.join(", ")));
    }
    tell(true, "all migrations are applied".into());
    match store.reader().revision().await {
        Ok(revision) => tell(true, format!("the registry is at revision {revision}")),
        Err(e) => tell(false, e.to_string()),
    }
}
