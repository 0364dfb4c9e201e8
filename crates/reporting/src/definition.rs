//! Definitions: which sections a report has, in which order, with which options.

use ketnoi_domain::Text;
use serde::Deserialize;

use crate::{ReportError, shelf::Shelf};

/// A section of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionName {
    /// Codes, periods, status, relations.
    KeyData,
    /// What funders ask to be said.
    Acknowledgement,
    /// What the programme is about.
    Description,
    /// Who takes part, by role.
    Participants,
    /// Where it happens.
    Places,
    /// Sectors, countries, goals, policy markers.
    Classification,
    /// The results framework.
    Results,
    /// Events, who came, what came of them.
    Events,
    /// Good practices and the cities that take them over.
    Replications,
    /// Recommendations, road maps, advocacy.
    Recommendations,
    /// Policy dialogues: the rule, the clusters, the votes.
    Dialogue,
    /// Agreements, budget against spending, contributions in kind.
    Finance,
    /// Numbers that sources state.
    StatedFigures,
    /// Where sources disagree.
    Conflicts,
    /// What may go wrong.
    Risks,
    /// Documents, numbered.
    Documents,
    /// How the report was made.
    Provenance,
}

impl SectionName {
    /// Its name in definitions, in the model and in the keys of its wording.
    pub fn key(self) -> &'static str {
        match self {
            Self::KeyData => "key-data",
            Self::Acknowledgement => "acknowledgement",
            Self::Description => "description",
            Self::Participants => "participants",
            Self::Places => "places",
            Self::Classification => "classification",
            Self::Results => "results",
            Self::Events => "events",
            Self::Replications => "replications",
            Self::Recommendations => "recommendations",
            Self::Dialogue => "dialogue",
            Self::Finance => "finance",
            Self::StatedFigures => "stated-figures",
            Self::Conflicts => "conflicts",
            Self::Risks => "risks",
            Self::Documents => "documents",
            Self::Provenance => "provenance",
        }
    }
}

/// What to do with a section that has nothing to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhenEmpty {
    /// Leave it out.
    #[default]
    Omit,
    /// Say so in one sentence.
    Say,
}

/// A section as a definition asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionSpec {
    /// Which one.
    pub name: SectionName,
    /// Its heading, in place of the usual one.
    #[serde(default)]
    pub title: Text,
    /// What to do if it has nothing to say.
    #[serde(default)]
    pub empty: WhenEmpty,
    /// For `results`: whether values are shown by sex, city and so on.
    pub breakdown: Option<bool>,
    /// For `results`: whether each period is shown besides the whole.
    pub periods: Option<bool>,
    /// For `finance`: how many single transactions are listed besides the sums; none if nothing is said.
    pub transactions: Option<usize>,
}

/// A report's definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its name, that of its file.
    pub name: String,
    /// What it is called.
    pub title: Text,
    /// Its sections, in order.
    pub sections: Vec<SectionSpec>,
}

/// A definition's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Text,
    section: Vec<SectionSpec>,
}

impl Definition {
    /// Reads a definition's file.
    pub fn parse(name: &str, text: &str) -> Result<Self, ReportError> {
        let wrong = |reason: String| ReportError::File { file: format!("{name}.toml"), reason };
        let File { title, section } = toml::from_str(text).map_err(|e| wrong(e.to_string()))?;
        if title.is_empty() {
            return Err(wrong("`title` is empty: say what the report is called, at least in one language".into()));
        }
        for spec in &section {
            let misplaced = [
                ("breakdown", spec.breakdown.is_some(), SectionName::Results),
                ("periods", spec.periods.is_some(), SectionName::Results),
                ("transactions", spec.transactions.is_some(), SectionName::Finance),
            ];
            if let Some((option, _, of)) = misplaced.into_iter().find(|(_, given, of)| *given && spec.name != *of) {
                let section = spec.name.key();
                return Err(wrong(format!("section `{section}`: `{option}` is an option of section `{}`", of.key())));
            }
        }
        Ok(Self { name: name.to_owned(), title, sections: section })
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

    /// The names of the definitions that are built in.
    pub fn builtins() -> Vec<String> {
        Shelf::builtin().names("", "toml")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_definition_can_be_read() {
        let names = Definition::builtins();
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
        assert_eq!(misplaced, "mine.toml: section `places`: `periods` is an option of section `results`");
    }

    #[test]
    fn a_report_that_nobody_wrote_is_named_with_those_there_are() {
        let error = Definition::builtin("nope").unwrap_err().to_string();
        assert!(error.contains("`nope`") && error.contains("programme-summary"), "{error}");
    }
}
