use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Subcommand;
use ketnoi_domain::{Lang, Viewer};
use ketnoi_registry::{Author, NewOperation};

use crate::config::Settings;

/// What is done with registered operations.
#[derive(Subcommand, Debug)]
#[command(after_help = "All documents of a dashboard:
  ketnoi operations register dashboard/operations

What is registered, and under which hashes:
  ketnoi operations list")]
pub(crate) enum Operations {
    /// Register every .graphql file of a folder and of the folders in it, all of them or none
    ///
    /// Each is checked against the schema first. What is hashed are the bytes of the file, so clients must send these very
    /// bytes or their hash.
    Register {
        /// The folder, or a single file
        #[arg(value_name = "DIR")]
        from: PathBuf,
    },
    /// List what is registered
    List,
    /// Take an operation away, so that clients can no longer name it
    Remove {
        /// The hash, as `list` shows it
        hash: String,
    },
}

pub(crate) async fn run(settings: &Settings, command: Operations) -> anyhow::Result<()> {
    // Whoever can read the database file or knows its address administers the registry already.
    let author = Author::of(Viewer::LocalAdministrator, Lang::En);
    match command {
        Operations::Register { from } => {
            let new = read(&from).await?;
            let done =
                super::with_registry(settings, async |registry| Ok(registry.register_operations(&author, &new).await?)).await?;
            for operation in &done {
                println!("sha256:{} {}", operation.hash, operation.name);
            }
            println!("{} operations are registered", done.len());
        }
        Operations::List => {
            let all = super::with_registry(settings, async |registry| Ok(registry.operations().await?)).await?;
            for operation in &all {
                println!("sha256:{} {} {}", operation.hash, operation.registered_at, operation.name);
            }
            if all.is_empty() {
                println!("no operation is registered: register a folder with `ketnoi operations register DIR`");
            }
        }
        Operations::Remove { hash } => {
            let gone =
                super::with_registry(settings, async |registry| Ok(registry.remove_operation(&author, &hash).await?)).await?;
            println!("sha256:{gone} is gone");
        }
    }
    Ok(())
}

/// The documents of a folder, each checked against the schema. All that is wrong is told at once.
async fn read(from: &Path) -> anyhow::Result<Vec<NewOperation>> {
    let mut files = Vec::new();
    collect(from, &mut files)?;
    files.sort();
    anyhow::ensure!(!files.is_empty(), "there is no .graphql file in {}", from.display());
    let (mut new, mut wrong) = (Vec::new(), Vec::new());
    for file in files {
        let document = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        match ketnoi_graphql::check_document(&document).await {
            Ok(names) => new.push(NewOperation { name: names.into_iter().next().unwrap_or_default(), document }),
            Err(problems) => wrong.extend(problems.into_iter().map(|problem| format!("{}: {problem}", file.display()))),
        }
    }
    anyhow::ensure!(wrong.is_empty(), "nothing is registered:\n{}", wrong.join("\n"));
    Ok(new)
}

fn collect(from: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if from.is_file() {
        files.push(from.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(from).with_context(|| format!("{} cannot be read", from.display()))? {
        let path = entry.with_context(|| format!("{} cannot be read", from.display()))?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "graphql") {
            files.push(path);
        }
    }
    Ok(())
}
