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
pub struct Shelf(BTreeMap<String, String>);

impl Shelf {
    /// What is built in.
    pub fn builtin() -> Self {
        Self::default()
    }

    /// With a file of one's own, by its path under `reports/`: `brands/city.toml`, `wording/vi.ftl`, `my-report.toml`.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.0.insert(path.into(), text.into());
        self
    }

    /// The text of a file.
    pub(crate) fn text(&self, path: &str) -> Result<Option<Cow<'_, str>>, ReportError> {
        if let Some(own) = self.0.get(path) {
            return Ok(Some(own.as_str().into()));
        }
        let Some(file) = Built::get(path) else { return Ok(None) };
        let text = String::from_utf8(file.data.into_owned());
        text.map(|t| Some(t.into())).map_err(|e| ReportError::File { file: path.to_owned(), reason: e.to_string() })
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
