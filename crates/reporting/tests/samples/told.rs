//! What reports say and draw, for tests that ask whether something stands in them.

use ketnoi_domain::Lang;
use ketnoi_reporting::{
    Definition, Options, Rendered, Snapshot,
    model::{Block, Figure},
    render,
};

/// A report of those that are built in.
pub(crate) fn made(report: &str, snapshot: &Snapshot, lang: Lang) -> Rendered {
    let definition = Definition::builtin(report).expect("the definition is built in");
    render(&definition, snapshot, lang, &Options::default()).expect("the sample is sound")
}

/// All words of a report. Pieces of one text that only differ in whether they step back are read as one.
pub(crate) fn words(report: &Rendered) -> String {
    let stored = serde_json::to_string(&report.model).expect("a model is JSON");
    stored.replace("\",\"style\":\"faint\"},{\"text\":\"", "").replace("\"},{\"text\":\"", "")
}

/// Fails where a report lacks any of these words.
pub(crate) fn holds(report: &Rendered, parts: &[&str]) {
    let words = words(report);
    for part in parts {
        assert!(words.contains(part), "{part} is not in {words}");
    }
}

/// The names of the sections that a report has.
pub(crate) fn sections(report: &Rendered) -> Vec<&str> {
    report.model.sections.iter().map(|s| s.name.as_str()).collect()
}

/// The pictures of a section.
pub(crate) fn figures<'m>(report: &'m Rendered, section: &str) -> Vec<&'m Figure> {
    let blocks = report.model.sections.iter().filter(|s| s.name == section).flat_map(|s| &s.blocks);
    blocks.filter_map(|b| if let Block::Figure(figure) = b { Some(figure) } else { None }).collect()
}
