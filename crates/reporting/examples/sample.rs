//! Writes the reports of all samples in Vietnamese and English: `cargo run -p ketnoi-reporting --example sample [FOLDER]`.

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::{error::Error, path::PathBuf};

use ketnoi_domain::{Coded, Lang};
use ketnoi_reporting::{Definition, Options, render};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).map_or_else(|| PathBuf::from("target/tmp/reports"), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    let definition = Definition::builtin("programme-summary")?;
    for (name, snapshot) in samples::all() {
        for lang in [Lang::Vi, Lang::En] {
            let report = render(&definition, &snapshot, lang, &Options::default())?;
            let path = folder.join(format!("{name}.{}.pdf", lang.code()));
            std::fs::write(&path, &report.pdf)?;
            std::fs::write(path.with_extension("json"), serde_json::to_vec_pretty(&report.model)?)?;
            println!("{}: {} pages, {} bytes", path.display(), report.pages, report.pdf.len());
        }
    }
    Ok(())
}
