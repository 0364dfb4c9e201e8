//! A folder of one's own definitions, brands, wording and emblems.

use std::{fs, path::Path};

use anyhow::Context as _;
use ketnoi_reporting::Shelf;

/// The largest file that is read: a definition, a brand or an emblem is a small thing.
const LARGEST: u64 = 1024 * 1024;

/// The folders that are looked into, below the one that is named.
const FOLDERS: [&str; 4] = ["", "brands", "brands/emblems", "wording"];

/// Reads the files of a folder.
pub(crate) fn read(folder: &Path) -> anyhow::Result<Shelf> {
    anyhow::ensure!(folder.is_dir(), "there is no folder {}", folder.display());
    let mut shelf = Shelf::builtin();
    for inner in FOLDERS {
        let place = folder.join(inner);
        if !place.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&place).with_context(|| format!("{} cannot be read", place.display()))? {
            let path = entry?.path();
            let Some(name) = path.file_name().and_then(|n| n.to_str()).filter(|n| wanted(n)) else { continue };
            let size = fs::metadata(&path).with_context(|| format!("{} cannot be read", path.display()))?.len();
            anyhow::ensure!(size <= LARGEST, "{} has {size} bytes: files of reports have at most {LARGEST}", path.display());
            let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            let name = if inner.is_empty() { name.to_owned() } else { format!("{inner}/{name}") };
            shelf = shelf.with(name, bytes);
        }
    }
    Ok(shelf)
}

fn wanted(name: &str) -> bool {
    [".toml", ".ftl", ".svg"].iter().any(|ending| name.ends_with(ending))
}
