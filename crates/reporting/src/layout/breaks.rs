//! Where a line may end: Unicode's rules, and what typesetters add to them.

use unicode_linebreak::{BreakOpportunity, linebreaks};

/// How gladly a line ends somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It has to.
    Must,
    /// It may.
    May,
    /// Only where it would otherwise end within a word.
    Rather,
}

/// A part of a hyphenated word with so few letters does not stand alone on a line.
const SHORT: usize = 2;

/// Where lines of a text may end, in bytes.
pub(crate) fn endings(text: &str) -> Vec<(usize, Ending)> {
    let ending = |(at, kind)| match kind {
        BreakOpportunity::Mandatory => (at, Ending::Must),
        BreakOpportunity::Allowed if parts_a_short_word(text, at) || parts_a_date(text, at) => (at, Ending::Rather),
        BreakOpportunity::Allowed => (at, Ending::May),
    };
    linebreaks(text).filter(|(at, _)| *at < text.len()).map(ending).collect()
}

/// Whether a break comes after the hyphen of a word such as "e-government", "Ha-Noi" being none.
fn parts_a_short_word(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].strip_suffix(['-', '\u{2010}']) else { return false };
    let letters = |c: &char| c.is_alphanumeric();
    let (left, right) = (before.chars().rev().take_while(letters).count(), text[at..].chars().take_while(letters).count());
    (1..=SHORT).contains(&left) || (1..=SHORT).contains(&right)
}

/// Whether a break comes before the year of a date that is written in words, or between its day and its month.
fn parts_a_date(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].strip_suffix(' ') else { return false };
    let last = before.rsplit([' ', '\n', '\u{A0}']).next().unwrap_or_default();
    let after = &text[at..];
    if is_word(last) {
        return begins_with_year(after);
    }
    let Some((month, rest)) = after.split_once(' ') else { return false };
    is_day(last) && is_word(month) && begins_with_year(rest)
}

/// What may be the name of a month, in whatever language.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphabetic)
}

/// A day as it stands in dates, or the last of several days.
fn is_day(text: &str) -> bool {
    let day = text.rsplit(['–', '(']).next().unwrap_or_default();
    let day = day.strip_suffix('.').unwrap_or(day);
    (1..=2).contains(&day.len()) && day.bytes().all(|b| b.is_ascii_digit())
}

fn begins_with_year(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let ends = !text[digits..].starts_with(|c: char| c.is_alphanumeric() || c == '\u{A0}');
    digits == 4 && ends && (text.starts_with("19") || text.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `|` where a line may end, and `~` where it rather does not.
    fn marked(text: &str) -> String {
        let mut marked = text.to_owned();
        for (at, ending) in endings(text).into_iter().rev() {
            marked.insert(at, if ending == Ending::Rather { '~' } else { '|' });
        }
        marked
    }

    #[test]
    fn a_line_does_not_end_at_the_hyphen_of_a_short_part() {
        assert_eq!(marked("an e-government site"), "an |e-~government |site");
        assert_eq!(marked("the follow-up of city-wide work"), "the |follow-~up |of |city-|wide |work");
        assert_eq!(marked("2010-2012"), "2010-2012");
    }

    #[test]
    fn a_date_in_words_stays_on_its_line() {
        assert_eq!(marked("on 12 March 2012 and"), "on |12 ~March ~2012 |and");
        assert_eq!(marked("1. März 2012 – Mai 2013"), "1. ~März ~2012 |– |Mai ~2013");
        assert_eq!(marked("13–15 March 2012, in"), "13–|15 ~March ~2012, |in");
        assert_eq!(marked("12 projects since then"), "12 |projects |since |then");
        assert_eq!(marked("costs 2000\u{A0}VND"), "costs |2000\u{A0}VND");
    }
}
