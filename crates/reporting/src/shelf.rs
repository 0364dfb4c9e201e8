//! The files under `reports/`: what a user may change without compiling.

use std::{borrow::Cow, collections::BTreeMap};

use rust_embed::RustEmbed;

use crate::ReportError;

/// The files as they were when the program was built, fonts among them.
#[derive(RustEmbed)]
#[folder = "../../reports"]
struct Built;

/// Definitions, brands and wording: those built in, under those that a deployment puts in their place.
///
/// The crate reads no directory itself. Who has one hands its files over with [`Shelf::with`].
#[derive(Clone, Debug, Default)]
pub struct Shelf(BTreeMap<String, Vec<u8>>);

impl Shelf {
    /// What is built in.
    pub fn builtin() -> Self {
        Self::default()
    }

    /// With a file of one's own, by its path under `reports/`: `brands/city.toml`, `wording/vi.ftl`, `my-report.toml`.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.into(), bytes.into());
        self
    }

    /// The text of a file.
    pub(crate) fn text(&self, path: &str) -> Result<Option<Cow<'_, str>>, ReportError> {
        let wrong = |e: &dyn std::error::Error| ReportError::File { file: path.to_owned(), reason: e.to_string() };
        match self.bytes(path) {
            None => Ok(None),
            Some(Cow::Borrowed(bytes)) => std::str::from_utf8(bytes).map(|t| Some(t.into())).map_err(|e| wrong(&e)),
            Some(Cow::Owned(bytes)) => String::from_utf8(bytes).map(|t| Some(t.into())).map_err(|e| wrong(&e)),
        }
    }

    /// The bytes of a file.
    pub(crate) fn bytes(&self, path: &str) -> Option<Cow<'_, [u8]>> {
        self.0.get(path).map(|own| own.as_slice().into()).or_else(|| Built::get(path).map(|built| built.data))
    }

    /// The names of the files in a folder (the empty one for the top) with an ending, without folder and ending, sorted.
    pub(crate) fn names(&self, folder: &str, ending: &str) -> Vec<String> {
        let built: Vec<_> = Built::iter().collect();
        let paths = built.iter().map(AsRef::as_ref).chain(self.0.keys().map(String::as_str));
        let inside = |path: &str| {
            let name = if folder.is_empty() { path } else { path.strip_prefix(folder)?.strip_prefix('/')? };
            let name = name.strip_suffix(ending)?.strip_suffix('.')?;
            (!name.contains('/')).then(|| name.to_owned())
        };
        let mut names: Vec<String> = paths.filter_map(inside).collect();
        names.sort();
        names.dedup();
        names
    }
}

/// The bytes of a font file that was built in.
pub(crate) fn font(file: &str) -> Option<&'static [u8]> {
    match Built::get(&format!("fonts/{file}"))?.data {
        Cow::Borrowed(bytes) => Some(bytes),
        // Only a build that reads files from disk gets here, and it asks for each font once.
        Cow::Owned(bytes) => Some(bytes.leak()),
    }
}
