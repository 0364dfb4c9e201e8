//! Names of sheets as spreadsheets allow them.

use std::collections::BTreeSet;

/// How long a name may be, in UTF-16 units as spreadsheets count.
const LONGEST: usize = 31;

/// The names that are taken, in lower case: spreadsheets tell names apart without regard to case.
#[derive(Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// A free name: as much of the wanted one as there is room for, then the suffix, then a number if it is taken.
    pub(super) fn take(&mut self, wanted: &str, suffix: &str) -> String {
        let clean = clean(wanted);
        let mut suffix = suffix.to_owned();
        let mut number = 1;
        loop {
            let room = LONGEST.saturating_sub(suffix.encode_utf16().count());
            let kept = clip(&clean, room).trim_end_matches([' ', '\'']);
            let name = format!("{}{suffix}", if kept.is_empty() { "-" } else { kept });
            if self.0.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
            suffix = format!(" ({number})");
        }
    }
}

/// Without what no name may hold, and with single spaces.
fn clean(wanted: &str) -> String {
    let refused = |c: char| c.is_control() || matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\u{FFFE}' | '\u{FFFF}');
    let spaced: String = wanted.chars().map(|c| if refused(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words.join(" ").trim_start_matches([' ', '\'']).to_owned()
}

/// The beginning of a text, at most so many UTF-16 units of it and never half a letter.
pub(super) fn clip(text: &str, most: usize) -> &str {
    let mut units = 0;
    let mut past = |c: char| {
        units += c.len_utf16();
        units > most
    };
    let end = text.char_indices().find(|(_, c)| past(*c)).map_or(text.len(), |(i, _)| i);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_free_of_marks_and_told_apart() {
        let mut names = Names::default();
        assert_eq!(names.take("3 Chi / thu [2026]: *'", ""), "3 Chi thu 2026");
        assert_eq!(names.take("3 CHI THU 2026", ""), "3 CHI THU 2026 (2)");
        assert_eq!(names.take("?", ""), "-");
        let long = "4 Nâng cao năng lực quản trị đô thị 🌊".repeat(9);
        let (first, second) = (names.take(&long, ""), names.take(&long, " (2)"));
        assert_ne!(first, second);
        for name in [first, second] {
            assert!(name.encode_utf16().count() <= 31 && name.starts_with("4 Nâng cao"), "{name}");
        }
    }

    #[test]
    fn a_letter_of_two_units_is_kept_whole_or_left_out() {
        assert_eq!(clip("a🌊b", 2), "a");
        assert_eq!(clip("a🌊b", 3), "a🌊");
        assert_eq!(clip("a🌊b", 9), "a🌊b");
    }
}
