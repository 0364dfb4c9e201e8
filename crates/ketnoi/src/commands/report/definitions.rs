//! What reports there are, what each needs, and what is wrong with those of one's own.

use ketnoi_domain::{Lang, Text};
use ketnoi_reporting::{Definition, SectionSpec, Shelf};

/// The language in which the command line speaks.
fn plain(text: &Text) -> &str {
    text.in_lang(Lang::En)
}

/// One line for each report.
pub(super) fn list(shelf: &Shelf) -> anyhow::Result<()> {
    let names = Definition::names(shelf);
    let width = names.iter().map(String::len).max().unwrap_or(0);
    for name in names {
        let d = Definition::load(shelf, &name)?;
        println!(
            "{name:width$}  --{:13} {}",
            d.subject.name(),
            if d.purpose.is_empty() { plain(&d.title) } else { plain(&d.purpose) }
        );
    }
    println!("\n`ketnoi report explain NAME` tells more of one.");
    Ok(())
}

/// A report's sections, their options, and how to ask for it.
pub(super) fn explain(shelf: &Shelf, name: &str) -> anyhow::Result<()> {
    let d = Definition::load(shelf, name)?;
    println!("{}: {}", d.name, plain(&d.title));
    if !d.purpose.is_empty() {
        println!("{}", plain(&d.purpose));
    }
    println!("\nMake it: ketnoi report {name} --{} KEY --lang vi|en|fr|de", d.subject.name());
    println!("\nSections, in order:");
    for spec in &d.sections {
        println!("  {}{}", spec.name.key(), options(spec));
    }
    println!("\nThe file is reports/{name}.toml. To change it, put one of that name into a folder and give --reports FOLDER.");
    Ok(())
}

fn options(spec: &SectionSpec) -> String {
    let mut said: Vec<String> = Vec::new();
    if !spec.title.is_empty() {
        said.push(format!("headed \"{}\"", plain(&spec.title)));
    }
    said.extend(spec.options().into_iter().map(|(name, value)| format!("{name} = {value}")));
    if said.is_empty() { String::new() } else { format!("  ({})", said.join(", ")) }
}

/// Reads every file; the first fault of each is told.
pub(super) fn check(shelf: &Shelf) -> anyhow::Result<()> {
    let faults = ketnoi_reporting::faults(shelf);
    for fault in &faults {
        eprintln!("{fault}");
    }
    anyhow::ensure!(faults.is_empty(), "{} files cannot be used as they are", faults.len());
    println!("{} reports, all of them sound", Definition::names(shelf).len());
    Ok(())
}
