//! Embedded databases: a template is made once per process and kept in memory; a clone is a file written from it.

use std::{fs, path::Path};

use ketnoi_persistence::Database;
use rusqlite::types::ValueRef;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::database::{Holding, fill};

static EMPTY: OnceCell<Vec<u8>> = OnceCell::const_new();
static DEMO: OnceCell<Vec<u8>> = OnceCell::const_new();

pub(crate) async fn clone(holding: Holding) -> (Database, TempDir) {
    let template = match holding {
        Holding::Nothing => &EMPTY,
        Holding::Demo => &DEMO,
    };
    let bytes = template.get_or_init(async || make(holding).await.unwrap_or_else(|e| panic!("no template: {e:#}"))).await;
    let folder = TempDir::with_prefix("ketnoi-test-").unwrap_or_else(|e| panic!("no folder for a database: {e}"));
    let (database, path) = inside(folder.path());
    fs::write(&path, bytes).unwrap_or_else(|e| panic!("{path} cannot be written: {e}"));
    (database, folder)
}

async fn make(holding: Holding) -> anyhow::Result<Vec<u8>> {
    let folder = TempDir::with_prefix("ketnoi-template-")?;
    let (database, path) = inside(folder.path());
    fill(database, holding).await?;
    // The last connection to close brings the write-ahead log into the file and removes it.
    let log = fs::metadata(format!("{path}-wal")).map_or(0, |m| m.len());
    anyhow::ensure!(log == 0, "the template still has a write-ahead log of {log} bytes");
    Ok(fs::read(path)?)
}

/// Runs statements parted by semicolons and gives the rows of the last one.
pub(crate) fn sql(path: &str, sql: &str) -> anyhow::Result<Vec<Vec<String>>> {
    let connection = rusqlite::Connection::open(path)?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    let (first, last) = sql.rsplit_once(';').unwrap_or(("", sql));
    connection.execute_batch(first)?;
    let mut statement = connection.prepare(last)?;
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| (0..columns).map(|i| row.get_ref(i).map(shown)).collect())?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(n) => n.to_string(),
        ValueRef::Real(x) => x.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

fn inside(folder: &Path) -> (Database, String) {
    let path = folder.join("registry.db").display().to_string();
    (Database::Sqlite { path: path.clone() }, path)
}
