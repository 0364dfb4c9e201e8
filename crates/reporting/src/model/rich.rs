//! Text with the few distinctions that a report makes within a line.

use ketnoi_domain::Lang;
use serde::{Deserialize, Serialize};

/// How a piece of text stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// It does not.
    #[default]
    Plain,
    /// Stronger.
    Strong,
    /// In italics.
    Emphasis,
    /// Stepped back.
    Faint,
    /// The small mark that names the language of a text which the reader's language lacks.
    Mark,
}

/// Where a piece of text leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// To an address.
    Url(String),
    /// To the item of this name in the same report.
    Anchor(String),
}

/// A piece of text of one style.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The text.
    pub text: String,
    /// How it stands out.
    #[serde(default, skip_serializing_if = "is_plain")]
    pub style: Style,
    /// Its language, where it is not the report's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// Where it leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
}

fn is_plain(style: &Style) -> bool {
    *style == Style::Plain
}

/// Text in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rich(pub Vec<Span>);

impl Rich {
    /// Text in one style.
    pub fn styled(text: impl Into<String>, style: Style) -> Self {
        Self(vec![Span { text: text.into(), style, ..Span::default() }])
    }

    /// Text that leads somewhere.
    pub fn link(text: impl Into<String>, target: Target) -> Self {
        Self(vec![Span { text: text.into(), target: Some(target), ..Span::default() }])
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|s| s.text.is_empty())
    }

    /// The text alone.
    pub fn plain(&self) -> String {
        self.0.iter().map(|s| s.text.as_str()).collect()
    }

    /// The text alone, without the marks that name languages: for lines and alternatives that cannot set them off.
    pub fn unmarked(&self) -> String {
        self.0.iter().filter(|s| s.style != Style::Mark).map(|s| s.text.as_str()).collect()
    }

    /// This text and then more.
    #[must_use]
    pub fn then(mut self, more: impl Into<Self>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    /// Every plain piece in another style.
    #[must_use]
    pub fn restyled(mut self, style: Style) -> Self {
        for span in self.0.iter_mut().filter(|s| s.style == Style::Plain) {
            span.style = style;
        }
        self
    }

    /// The texts that say something, with `between` between them.
    pub fn joined(texts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut all = Self::default();
        for text in texts.into_iter().filter(|t| !t.is_empty()) {
            if !all.is_empty() {
                all = all.then(between);
            }
            all = all.then(text);
        }
        all
    }
}

impl From<String> for Rich {
    fn from(text: String) -> Self {
        Self::styled(text, Style::Plain)
    }
}
impl From<&str> for Rich {
    fn from(text: &str) -> Self {
        Self::styled(text, Style::Plain)
    }
}
