//! Databases on a server: a template is made once for each state of the sources that it depends on, and cloned by the server.

use std::{env, fs, path::PathBuf, process, sync::atomic::AtomicU64, sync::atomic::Ordering, thread};

use anyhow::Context as _;
use ketnoi_persistence::Database;
use sha2::{Digest as _, Sha256};
use tokio::sync::OnceCell;
use tokio_postgres::{Client, Config, NoTls, SimpleQueryMessage};

use crate::{
    data_folder,
    database::{Holding, fill},
    demo::workspace,
};

static EMPTY: OnceCell<String> = OnceCell::const_new();
static DEMO: OnceCell<String> = OnceCell::const_new();

/// The server's address, where tests have one.
pub(crate) fn server() -> Option<String> {
    env::var("KETNOI_TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}

/// A database that is dropped with this.
#[derive(Debug)]
pub(crate) struct Clone {
    name: String,
}

pub(crate) async fn clone(holding: Holding) -> (Database, Clone) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let template = match holding {
        Holding::Nothing => &EMPTY,
        Holding::Demo => &DEMO,
    };
    let template = template.get_or_init(async || make(holding).await.unwrap_or_else(|e| panic!("no template: {e:#}"))).await;
    let clone = Clone { name: format!("ketnoi_test_{}_{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed)) };
    let made = async {
        let client = connect().await?;
        // A process of the same number that was killed may have left one.
        client.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", clone.name)).await?;
        client.batch_execute(&format!("CREATE DATABASE {} TEMPLATE {template}", clone.name)).await?;
        anyhow::Ok(Database::Postgres { url: address(&clone.name)? })
    };
    (made.await.unwrap_or_else(|e| panic!("no clone of {template}: {e:#}")), clone)
}

impl Drop for Clone {
    /// Drops the database, as far as that can be done: what is left is swept up when the next template is made.
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // A thread of its own, because the test's runtime may be waiting for this very drop.
        let dropped = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async { connect().await?.batch_execute(&sql).await.context("dropping a clone") })
        });
        if let Ok(Err(error)) = dropped.join() {
            eprintln!("{} stays behind: {error:#}", self.name);
        }
    }
}

/// Makes the template, unless this or another process has made it, and gives its name.
async fn make(holding: Holding) -> anyhow::Result<String> {
    let name = format!("ketnoi_template_{}_{}", if holding == Holding::Demo { "demo" } else { "empty" }, fingerprint(holding)?);
    let making = format!("{name}_making");
    let client = connect().await?;
    // Held until the connection closes, so that of all processes one makes it and the others find it.
    client.execute("SELECT pg_advisory_lock(hashtext('ketnoi test templates'))", &[]).await?;
    if client.query("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await?.is_empty() {
        sweep(&client).await;
        client.batch_execute(&format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)")).await?;
        client.batch_execute(&format!("CREATE DATABASE {making} TEMPLATE template0 ENCODING 'UTF8'")).await?;
        fill(Database::Postgres { url: address(&making)? }, holding).await?;
        client.batch_execute(&format!("ALTER DATABASE {making} RENAME TO {name}")).await?;
    }
    Ok(name)
}

/// Drops what killed processes and old sources left behind a day ago and more.
async fn sweep(client: &Client) {
    let old = "SELECT datname FROM pg_database WHERE (datname LIKE 'ketnoi\\_test\\_%' OR datname LIKE 'ketnoi\\_template\\_%')
         AND (pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification < now() - interval '1 day'";
    // Not every user may ask for the age of a file; then nothing is swept.
    for row in client.query(old, &[]).await.unwrap_or_default() {
        let name: String = row.get(0);
        // Another process may be using it, or have dropped it first.
        let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {name}")).await;
    }
}

/// A name for the state of everything that a template is made from.
fn fingerprint(holding: Holding) -> anyhow::Result<String> {
    let root = workspace();
    let mut open = vec![root.join("migrations/src"), root.join("crates/persistence/src/store.rs")];
    if holding == Holding::Demo {
        open.extend(["domain", "persistence", "registry"].map(|part| root.join("crates").join(part).join("src")));
        open.push(data_folder());
    }
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path).with_context(|| path.display().to_string())? {
                open.push(entry?.path());
            }
        } else {
            files.push(path);
        }
    }
    files.sort();
    let mut hash = Sha256::new();
    for path in files {
        hash.update(fs::read(&path).with_context(|| path.display().to_string())?);
        hash.update([0]);
    }
    Ok(hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

/// Runs statements parted by semicolons and gives the rows of the last one that has any.
pub(crate) async fn sql(url: &str, sql: &str) -> anyhow::Result<Vec<Vec<String>>> {
    let answers = connect_to(url).await?.simple_query(sql).await?;
    let rows = answers.iter().filter_map(|answer| if let SimpleQueryMessage::Row(row) = answer { Some(row) } else { None });
    Ok(rows.map(|row| (0..row.len()).map(|i| row.get(i).unwrap_or_default().to_owned()).collect()).collect())
}

async fn connect() -> anyhow::Result<Client> {
    connect_to(&server().context("KETNOI_TEST_POSTGRES is not set")?).await
}

async fn connect_to(url: &str) -> anyhow::Result<Client> {
    let config: Config = url.parse()?;
    let (client, connection) = config.connect(NoTls).await.context("the server of KETNOI_TEST_POSTGRES does not answer")?;
    tokio::spawn(async move {
        // It ends with its client; an error shows in what the client was asked.
        let _ = connection.await;
    });
    Ok(client)
}

/// The server's address with another database.
fn address(database: &str) -> anyhow::Result<String> {
    let url = server().context("KETNOI_TEST_POSTGRES is not set")?;
    let (base, options) = url.split_once('?').map_or((url.as_str(), String::new()), |(base, o)| (base, format!("?{o}")));
    let (scheme, rest) =
        base.split_once("://").context("KETNOI_TEST_POSTGRES is no address: write postgres://USER@HOST/DATABASE")?;
    let host = rest.split('/').next().unwrap_or_default();
    Ok(format!("{scheme}://{host}/{database}{options}"))
}
