use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::{Coded, Lang};

/// A text in one or more languages, each in Unicode's composed form (NFC) and without surrounding white space.
///
/// In files and in the database it is a map from language code to text: `{ vi = "…", en = "…" }`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text(BTreeMap<Lang, String>);

impl Text {
    /// A text in one language; white space alone gives the empty text.
    pub fn new(lang: Lang, text: &str) -> Self {
        Self::from_iter([(lang, text)])
    }

    /// Whether no language has a text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text in exactly this language.
    pub fn get(&self, lang: Lang) -> Option<&str> {
        self.0.get(&lang).map(String::as_str)
    }

    /// The text in `lang`, else in the first of Vietnamese, English, French, German that has one, with the language served.
    pub fn served(&self, lang: Lang) -> Option<(Lang, &str)> {
        self.0.get_key_value(&lang).or_else(|| self.0.iter().next()).map(|(l, t)| (*l, t.as_str()))
    }

    /// [`Text::served`] without the language; the empty string where there is no text at all.
    pub fn in_lang(&self, lang: Lang) -> &str {
        self.served(lang).map_or("", |(_, text)| text)
    }

    /// Every language's text, Vietnamese first.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &str)> {
        self.0.iter().map(|(lang, text)| (*lang, text.as_str()))
    }
}

impl<S: AsRef<str>> FromIterator<(Lang, S)> for Text {
    fn from_iter<I: IntoIterator<Item = (Lang, S)>>(texts: I) -> Self {
        let composed = texts.into_iter().map(|(lang, text)| (lang, composed(text.as_ref().trim())));
        Self(composed.filter(|(_, text)| !text.is_empty()).collect())
    }
}

/// A text in Unicode's composed form.
fn composed(text: &str) -> String {
    if is_composed(text) { text.to_owned() } else { text.nfc().collect() }
}

/// Whether a text is composed for certain. What comes from the database is, and seeing that is cheaper than composing it.
fn is_composed(text: &str) -> bool {
    // The letters of Vietnamese and of its neighbours in Latin script are composed ones; only others have to be looked up.
    let letter = |c: char| c < '\u{300}' || ('\u{1ea0}'..='\u{1ef9}').contains(&c);
    text.chars().all(letter) || is_nfc_quick(text.chars()) == IsNormalized::Yes
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let mut texts = BTreeMap::<Lang, String>::deserialize(d)?;
        // What is as it has to be is kept as it was read; the database holds nothing else.
        texts.retain(|_, text| {
            let trimmed = text.trim();
            if trimmed.len() < text.len() || !is_composed(trimmed) {
                *text = composed(trimmed);
            }
            !text.is_empty()
        });
        Ok(Self(texts))
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, (lang, text)) in self.iter().enumerate() {
            write!(f, "{}{}: {text}", if i > 0 { "; " } else { "" }, lang.code())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_composed_and_falls_back_in_the_stated_order() {
        let text = Text::from_iter([(Lang::En, " Vinh "), (Lang::Vi, "Đa\u{300} Nẵng"), (Lang::Fr, "  ")]);
        assert_eq!(text.get(Lang::Vi), Some("Đà Nẵng"));
        assert_eq!(text.get(Lang::Fr), None);
        assert_eq!(text.served(Lang::De), Some((Lang::Vi, "Đà Nẵng")));
        assert_eq!(Text::default().served(Lang::En), None);
    }
}
