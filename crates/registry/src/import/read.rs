use std::{fs, ops::Range, path::Path};

use toml::de::{DeTable, DeValue};

use super::{ImportError, Problem, shape::File};

/// A file of a registry.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its name, for messages.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// All `.toml` files below a folder, in the order of their names. Lists of codes are not records and are left out.
pub fn files_of(folder: &Path) -> Result<Vec<SourceFile>, ImportError> {
    let unreadable =
        |path: &Path, e: std::io::Error| ImportError::Unreadable { path: path.display().to_string(), problem: e.to_string() };
    let mut open = vec![folder.to_path_buf()];
    let mut paths = Vec::new();
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).map_err(|e| unreadable(&path, e))? {
            let path = entry.map_err(|e| unreadable(&path, e))?.path();
            let wanted = path.extension().is_some_and(|e| e == "toml") && path.file_name().is_some_and(|n| n != "codelists.toml");
            if path.is_dir() {
                open.push(path);
            } else if wanted {
                paths.push(path);
            }
        }
    }
    if paths.is_empty() {
        return Err(ImportError::Unreadable {
            path: folder.display().to_string(),
            problem: "there is no .toml file in it".into(),
        });
    }
    paths.sort();
    let read = |path: std::path::PathBuf| {
        let text = fs::read_to_string(&path).map_err(|e| unreadable(&path, e))?;
        Ok(SourceFile { name: path.display().to_string(), text })
    };
    paths.into_iter().map(read).collect()
}

impl SourceFile {
    /// Reads the file's tables, or says where and why it cannot.
    pub(super) fn parse(&self) -> Result<File, Problem> {
        toml::from_str(&self.text).map_err(|e| self.problem(e.span().unwrap_or_default(), e.message().to_owned()))
    }

    /// A problem at a place in the file, with the path of the field that stands there.
    pub(super) fn problem(&self, span: Range<usize>, message: String) -> Problem {
        Problem { file: self.name.clone(), line: self.line_of(&span), field: self.field_at(&span), message }
    }

    /// The line on which a place begins, from 1.
    pub(super) fn line_of(&self, span: &Range<usize>) -> usize {
        let before = self.text.get(..span.start).unwrap_or(&self.text);
        before.bytes().filter(|b| *b == b'\n').count() + 1
    }

    /// The path of the innermost field that covers a place.
    fn field_at(&self, span: &Range<usize>) -> String {
        let mut path = String::new();
        if let Ok(table) = DeTable::parse(&self.text) {
            in_table(table.get_ref(), span, &mut path);
        }
        path
    }
}

fn covers(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.start < outer.end.max(outer.start + 1)
}

fn in_table(table: &DeTable<'_>, span: &Range<usize>, path: &mut String) -> bool {
    for (key, value) in table {
        let before = path.len();
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key.get_ref());
        // A table's own span is only its header, so its parts are looked at whether or not it covers the place.
        if in_value(value.get_ref(), span, path) || covers(&value.span(), span) || covers(&key.span(), span) {
            return true;
        }
        path.truncate(before);
    }
    false
}

fn in_value(value: &DeValue<'_>, span: &Range<usize>, path: &mut String) -> bool {
    match value {
        DeValue::Table(table) => in_table(table, span, path),
        DeValue::Array(items) => items.iter().enumerate().any(|(i, item)| {
            let before = path.len();
            path.push_str(&format!("[{i}]"));
            let found = in_value(item.get_ref(), span, path) || covers(&item.span(), span);
            if !found {
                path.truncate(before);
            }
            found
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        SourceFile { name: "a.toml".into(), text: text.into() }.parse().unwrap_err().to_string()
    }

    #[test]
    fn a_wrong_value_is_named_with_file_line_and_field() {
        let wrong_date =
            "[[programme]]\ncode = \"A\"\nlevel = \"project\"\ntitle = { vi = \"a\" }\nplanned = { from = \"2010-13\" }\n";
        assert!(
            problem(wrong_date).starts_with("a.toml:5: programme[0].planned.from: `2010-13` is not a date"),
            "{}",
            problem(wrong_date)
        );
        let unknown_key = "[[document]]\ncode = \"d\"\ntitel = { vi = \"a\" }\n";
        assert!(
            problem(unknown_key).starts_with("a.toml:3: document[0].titel: unknown field `titel`"),
            "{}",
            problem(unknown_key)
        );
        let wrong_level = "[[programme]]\ncode = \"A\"\nlevel = \"huge\"\ntitle = { vi = \"a\" }\n";
        assert!(problem(wrong_level).contains("`huge` is no ProgrammeLevel; write one of: programme, project, component"));
        assert!(problem("[[programme\n").starts_with("a.toml:1: "));
    }
}
