use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use crate::{Id, Kind, LocalAuthority, Period, Text, coded::coded};

coded! {
    /// Who may see a record. What counts is the narrowest of the record and all it belongs to.
    pub enum Visibility {
        /// Its editors.
        Draft = "draft" / "0",
        /// The association.
        Internal = "internal" / "1",
        /// The organisations that take part.
        Partners = "partners" / "2",
        /// Everyone.
        Public = "public" / "3",
    }
}

/// A short key that people use, unique per kind: `PMI-LED`, `FCM`, `da-nang`.
///
/// Letters and digits of ASCII, and `-`, `_`, `.`, `/`, `:` between them; 1 to 200 characters; case counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

/// Why a text is no code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a code: write 1 to 200 letters and digits without accents, joined by - _ . / or :")]
pub struct CodeError(String);

impl Code {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code of a part of a record: `PMI-LED` and `result:1` give `PMI-LED:result:1`.
    pub fn part(&self, part: impl fmt::Display) -> Result<Self, CodeError> {
        format!("{}:{part}", self.0).parse()
    }
}

impl FromStr for Code {
    type Err = CodeError;
    fn from_str(s: &str) -> Result<Self, CodeError> {
        let inner = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/' | b':');
        let edge = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
        let good = s.len() <= 200 && s.bytes().all(inner) && edge(s.bytes().next()) && edge(s.bytes().next_back());
        if good { Ok(Self(s.to_owned())) } else { Err(CodeError(s.nfc().take(60).collect())) }
    }
}
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl Serialize for Code {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}
impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What every record has.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Head<T> {
    /// Who it is.
    pub id: Id<T>,
    /// What people call it.
    pub code: Code,
    /// Who may see it, by its own setting.
    pub visibility: Visibility,
    /// Who may see it in truth: the narrowest of its own setting and that of all it belongs to.
    pub effective: Visibility,
    /// Whether it exists only to show a feature. Every page and report that shows it says so.
    pub illustrative: bool,
    /// How often it was changed, from 1; guards against lost updates.
    pub version: i64,
}

// Written out because a derive would ask the same of `T`, which is only a label here.
impl<T> Clone for Head<T> {
    fn clone(&self) -> Self {
        Self { code: self.code.clone(), ..*self }
    }
}

/// A kind of record.
pub trait Record: Sized + Clone + Send + Sync + Serialize + serde::de::DeserializeOwned + 'static {
    /// Which kind.
    const KIND: Kind;
    /// What it has in common with all others.
    fn head(&self) -> &Head<Self>;
    /// What it is called, and ordered by; nothing where it has no name of its own.
    fn label(&self) -> Option<&Text> {
        None
    }
    /// The words that it is found by: its names, and what is told of it.
    fn words(&self) -> Words<'_> {
        self.label().map_or_else(Words::default, Words::named)
    }
    /// When it was or is, as far as is known.
    fn when(&self) -> Period {
        Period::default()
    }
    /// Where it was or is.
    fn places(&self) -> Vec<Id<LocalAuthority>> {
        Vec::new()
    }
    /// Everything that it points at.
    fn links(&self) -> Links {
        Links::default()
    }
    /// Leaves out counts of so few people that they might be known by them; done for whoever may not see people.
    fn withhold(&mut self) {}
    /// Whether counts were left out: such a record is for reading alone.
    fn is_withheld(&self) -> bool {
        false
    }
    /// The rules it breaks; none for a record that may be kept.
    fn faults(&self) -> Faults {
        Faults::default()
    }
}

/// A record that another points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The field that points, as a path from the record.
    pub path: &'static str,
    /// The kind of what is pointed at.
    pub kind: Kind,
    /// Its id.
    pub id: Uuid,
}

/// Everything that a record points at, so that whoever writes it can ask whether it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links(pub Vec<Link>);

impl Links {
    /// A record of any kind.
    #[must_use]
    pub fn to(mut self, path: &'static str, kind: Kind, id: Uuid) -> Self {
        self.0.push(Link { path, kind, id });
        self
    }
    /// A record that is always pointed at.
    #[must_use]
    pub fn one<T: Record>(self, path: &'static str, id: Id<T>) -> Self {
        self.to(path, T::KIND, id.uuid())
    }
    /// A record that may be pointed at.
    #[must_use]
    pub fn maybe<T: Record>(self, path: &'static str, id: Option<Id<T>>) -> Self {
        self.many(path, id)
    }
    /// A list of records.
    #[must_use]
    pub fn many<T: Record>(self, path: &'static str, ids: impl IntoIterator<Item = Id<T>>) -> Self {
        ids.into_iter().fold(self, |all, id| all.one(path, id))
    }
}

/// The words that a record is found by. Names weigh more than what is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words<'r> {
    /// Names, titles, acronyms and numbers, in every language.
    pub names: Vec<&'r str>,
    /// Descriptions and other texts, in every language.
    pub texts: Vec<&'r str>,
}

impl<'r> Words<'r> {
    /// The words of a name.
    pub fn named(name: &'r Text) -> Self {
        Self::default().spelt(name.iter().map(|(_, t)| t))
    }
    /// Further spellings of the name.
    #[must_use]
    pub fn spelt(mut self, names: impl IntoIterator<Item = &'r str>) -> Self {
        self.names.extend(names);
        self
    }
    /// What it is called besides, by all languages alike.
    #[must_use]
    pub fn called(self, name: Option<&'r str>) -> Self {
        self.spelt(name)
    }
    /// What is told of it.
    #[must_use]
    pub fn told(mut self, text: &'r Text) -> Self {
        self.texts.extend(text.iter().map(|(_, t)| t));
        self
    }
    /// What a source tells, as it stands there.
    #[must_use]
    pub fn told_raw(mut self, text: Option<&'r str>) -> Self {
        self.texts.extend(text);
        self
    }
}

/// A rule as a sentence, with the figures of the case in it. The English sentence is also what translations are found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    sentence: &'static str,
    /// The figures and names in the sentence, by what stands for them in it.
    pub words: Vec<(&'static str, String)>,
}

impl Rule {
    /// A sentence in which `{name}` stands for a figure or a name.
    pub fn of<const N: usize>(sentence: &'static str, words: [(&'static str, String); N]) -> Self {
        Self { sentence, words: words.into() }
    }

    /// The key of its translations: the words of the sentence.
    pub fn key(&self) -> String {
        let words = self.sentence.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
        words.fold("rule".to_owned(), |key, word| key + "-" + &word.to_ascii_lowercase())
    }
}

impl From<&'static str> for Rule {
    fn from(sentence: &'static str) -> Self {
        Self::of(sentence, [])
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let filled = |told: String, (name, word): &(&str, String)| told.replace(&format!("{{{name}}}"), word);
        f.write_str(&self.words.iter().fold(self.sentence.to_owned(), filled))
    }
}

/// One broken rule: where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field, as a path from the record: `sectors`, `planned.to`.
    pub path: &'static str,
    /// What is wrong, and the rule.
    pub rule: Rule,
}

/// All the rules that a record breaks, so that they can be mended at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// Notes a fault unless the rule holds.
    pub fn require(&mut self, holds: bool, path: &'static str, rule: impl FnOnce() -> Rule) {
        if !holds {
            self.0.push(Fault { path, rule: rule() });
        }
    }
}
