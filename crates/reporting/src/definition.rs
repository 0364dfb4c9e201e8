//! Definitions: which sections a report has, in which order, with which options.

mod section;

use ketnoi_domain::{Coded as _, Text};
use serde::Deserialize;
use toml::Spanned;

use crate::{ReportError, SubjectKind, shelf::Shelf};
pub use section::{SectionName, SectionSpec, WhenEmpty};

/// A report's definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its name, that of its file.
    pub name: String,
    /// What it is called.
    pub title: Text,
    /// For whom it is and what it tells, in a sentence.
    pub purpose: Text,
    /// What sort of thing it is about.
    pub subject: SubjectKind,
    /// Its sections, in order.
    pub sections: Vec<SectionSpec>,
}

/// A definition's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Text,
    #[serde(default)]
    purpose: Text,
    #[serde(default = "programme")]
    subject: SubjectKind,
    section: Vec<Spanned<SectionSpec>>,
}

fn programme() -> SubjectKind {
    SubjectKind::Programme
}

impl Definition {
    /// Reads a definition's file.
    pub fn parse(name: &str, text: &str) -> Result<Self, ReportError> {
        let wrong = |reason: String| ReportError::File { file: format!("{name}.toml"), reason };
        let File { title, purpose, subject, section } = toml::from_str(text).map_err(|e| wrong(e.to_string()))?;
        if title.is_empty() {
            return Err(wrong("`title` is empty: say what the report is called, at least in one language".into()));
        }
        if section.is_empty() {
            return Err(wrong("there is no [[section]]: a report needs at least one".into()));
        }
        for spec in &section {
            if let Some(reason) = spec.get_ref().fault(subject) {
                let line = text[..spec.span().start.min(text.len())].matches('\n').count() + 1;
                return Err(wrong(format!("line {line}: {reason}")));
            }
        }
        let sections = section.into_iter().map(Spanned::into_inner).collect();
        Ok(Self { name: name.to_owned(), title, purpose, subject, sections })
    }

    /// A definition by its name.
    pub fn load(shelf: &Shelf, name: &str) -> Result<Self, ReportError> {
        let unknown = || ReportError::UnknownReport { name: name.to_owned(), known: shelf.names("", "toml").join(", ") };
        Self::parse(name, &shelf.text(&format!("{name}.toml"))?.ok_or_else(unknown)?)
    }

    /// A definition that is built in.
    pub fn builtin(name: &str) -> Result<Self, ReportError> {
        Self::load(&Shelf::builtin(), name)
    }

    /// The names of the definitions on a shelf.
    pub fn names(shelf: &Shelf) -> Vec<String> {
        shelf.names("", "toml")
    }
}

/// What is wrong with the files on a shelf, the first fault of each: definitions, brands with their emblems, wording.
pub fn faults(shelf: &Shelf) -> Vec<ReportError> {
    let definitions = Definition::names(shelf).into_iter().map(|n| Definition::load(shelf, &n).err());
    let brand = |name: String| crate::Brand::load(shelf, &name).and_then(|brand| brand.art(shelf)).err();
    let brands = shelf.names("brands", "toml").into_iter().map(brand);
    let wording = ketnoi_domain::Lang::ALL.iter().map(|lang| crate::wording::Wording::load(shelf, *lang).err());
    definitions.chain(brands).chain(wording).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_definition_can_be_read() {
        let names = Definition::names(&Shelf::builtin());
        assert!(names.contains(&"programme-summary".to_owned()), "{names:?}");
        for name in names {
            assert!(!Definition::builtin(&name).unwrap().sections.is_empty());
        }
    }

    #[test]
    fn a_wrong_key_is_reported_with_its_line() {
        let message = |text: &str| Definition::parse("mine", text).unwrap_err().to_string();
        let unknown = message("title.en = \"Mine\"\n[[section]]\nname = \"finanse\"\n");
        assert!(unknown.contains("mine.toml") && unknown.contains("line 3") && unknown.contains("finanse"), "{unknown}");
        let misplaced = message("title.en = \"Mine\"\n[[section]]\nname = \"places\"\nperiods = true\n");
        assert_eq!(misplaced, "mine.toml: line 2: section `places`: `periods` is an option of section `results`");
    }

    #[test]
    fn parts_are_those_of_their_section() {
        let message = |section: &str| {
            let text = format!("title.en = \"Mine\"\n[[section]]\n{section}\n");
            Definition::parse("mine", &text).map(|d| d.sections[0].options()).map_err(|e| e.to_string())
        };
        let set = message("name = \"narrative\"\nparts = [\"lessons\", \"next_steps\"]").unwrap();
        assert_eq!(set, [("parts", "lessons, next_steps".to_owned())]);
        let unknown = message("name = \"finance-chart\"\nparts = [\"lessons\"]").unwrap_err();
        assert!(
            unknown.ends_with("section `finance-chart` has no part `lessons`: choose from lines, years, funders"),
            "{unknown}"
        );
        let misplaced = message("name = \"risks\"\nparts = [\"lessons\"]").unwrap_err();
        assert!(misplaced.contains("line 2") && misplaced.contains("`narrative`, `finance`, `finance-chart`"), "{misplaced}");
        assert!(message("name = \"narrative\"\nparts = []").unwrap_err().contains("`parts` is empty"));
    }

    #[test]
    fn a_report_that_nobody_wrote_is_named_with_those_there_are() {
        let error = Definition::builtin("nope").unwrap_err().to_string();
        assert!(error.contains("`nope`") && error.contains("programme-summary"), "{error}");
    }
}
