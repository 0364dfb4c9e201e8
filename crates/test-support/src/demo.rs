use std::path::{Path, PathBuf};

use ketnoi_registry::import::{SourceFile, files_of};

/// The folder with the demonstration data and the code lists.
pub fn data_folder() -> PathBuf {
    workspace().join("data")
}

pub(crate) fn workspace() -> PathBuf {
    // Not made canonical: it is only opened, and an error shows how it was found.
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files of the demonstration registry, named from the folder `data`: `acvn/programmes/mped.toml`.
pub fn demo_files() -> Vec<SourceFile> {
    let data = data_folder();
    let mut all = Vec::new();
    for part in ["acvn", "illustrative"] {
        let files = files_of(&data.join(part)).unwrap_or_else(|e| panic!("{e}"));
        all.extend(files.into_iter().map(|file| {
            let name = Path::new(&file.name).strip_prefix(&data).map_or(file.name.clone(), |n| n.display().to_string());
            SourceFile { name, ..file }
        }));
    }
    all
}
