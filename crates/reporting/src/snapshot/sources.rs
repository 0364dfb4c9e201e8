//! Where facts come from: documents, what they state, and where they disagree.

use ketnoi_domain::{Decimal, DocumentCategory, Lang, PartialDate, Qualifier, Text};
use serde::{Deserialize, Serialize};

/// A number that a source states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedFigureFacts {
    /// What is counted.
    pub label: Text,
    /// The number.
    pub value: Decimal,
    /// How it is meant.
    pub qualifier: Qualifier,
    /// Of which date.
    #[serde(default)]
    pub as_of: Option<PartialDate>,
    /// The key of the document that states it.
    pub source: String,
    /// The same thing counted from the registry, where it can be: shown beside the figure, never merged with it.
    #[serde(default)]
    pub registered: Option<Decimal>,
}

/// A document that facts come from or that is attached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFacts {
    /// Its key, by which statements and figures name it.
    pub key: String,
    /// Its title.
    pub title: Text,
    /// What it is.
    #[serde(default)]
    pub category: Option<DocumentCategory>,
    /// Who published it.
    #[serde(default)]
    pub publisher: Option<String>,
    /// When it was published.
    #[serde(default)]
    pub published: Option<PartialDate>,
    /// When it says that it was last changed.
    #[serde(default)]
    pub modified: Option<PartialDate>,
    /// Where it is found.
    #[serde(default)]
    pub url: Option<String>,
    /// The language it is written in.
    #[serde(default)]
    pub language: Option<Lang>,
    /// What a reader should know of it.
    #[serde(default)]
    pub note: Text,
}

/// What a source says of a property of the programme or of one of its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementFacts {
    /// Of which part, where it is not the programme itself: an organisation's name, an agreement's reference.
    #[serde(default)]
    pub subject: Text,
    /// Of which property, as the field is called (`ceiling`, `actual.to`); none where the source stands behind the whole.
    #[serde(default)]
    pub property: Option<String>,
    /// What it says, in the registry's reading.
    #[serde(default)]
    pub value: Text,
    /// The text as it stands in the source, where the reading corrects it.
    #[serde(default)]
    pub raw: Option<String>,
    /// Whether the registry follows it.
    pub current: bool,
    /// The key of the document.
    pub source: String,
    /// Where in the document.
    #[serde(default)]
    pub locator: Option<String>,
    /// Of which date the statement speaks or was made.
    #[serde(default)]
    pub stated: Option<PartialDate>,
    /// Why it is followed or not.
    #[serde(default)]
    pub note: Text,
}
