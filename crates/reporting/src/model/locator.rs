//! Where in a document: `paragraph 4`, `đoạn 4 / paragraph 4`, `page 3, table 2`, in the reader's words.

use ketnoi_domain::{Lang, Text};

use super::{Author, Rich};

/// The kinds of places that have a number, by the words of their messages, and how sources' readers write them.
const NUMBERED: [(&str, &[&str]); 5] = [
    ("locator-paragraph", &["paragraph", "para.", "đoạn"]),
    ("locator-page", &["page", "p.", "trang"]),
    ("locator-section", &["section", "mục"]),
    ("locator-table", &["table", "bảng"]),
    ("locator-caption", &["caption", "chú thích ảnh"]),
];

/// The kinds of places of which a document has one.
const SINGLE: [(&str, &[&str]); 2] = [
    ("locator-title", &["title", "tiêu đề"]),
    ("locator-footer", &["page footer", "foot of the page", "chân trang", "cuối trang"]),
];

/// A place in a document. Kinds of places that are known are named in the reader's language; anything else stands as it was
/// written, in Vietnamese and in English where it is so given.
pub(super) fn located(author: &Author<'_>, locator: &str) -> Rich {
    let Some((vi, en)) = locator.split_once(" / ") else {
        let parts = locator.split(", ").map(|part| said(author, part).unwrap_or_else(|| part.to_owned()));
        return parts.collect::<Vec<_>>().join(", ").into();
    };
    let whole = |text: &str| text.split(", ").map(|part| said(author, part)).collect::<Option<Vec<_>>>();
    match whole(en).or_else(|| whole(vi)) {
        Some(parts) => parts.join(", ").into(),
        None => author.text(&[(Lang::Vi, vi), (Lang::En, en)].into_iter().collect::<Text>()),
    }
}

/// A source with the place in it.
pub(super) fn beside(author: &Author<'_>, source: Rich, locator: Option<&str>) -> Rich {
    Rich::joined(std::iter::once(source).chain(locator.map(|l| located(author, l))), " ")
}

fn said(author: &Author<'_>, part: &str) -> Option<String> {
    match kind(part)? {
        (key, "") => Some(author.say(key)),
        (key, number) => Some(author.say_with(key, &[("n", number)])),
    }
}

/// The message of a kind of place, and the number of the place where it has one.
fn kind(part: &str) -> Option<(&'static str, &str)> {
    if let Some((key, _)) = SINGLE.iter().find(|(_, words)| words.contains(&part)) {
        return Some((key, ""));
    }
    let (word, number) = part.rsplit_once(' ')?;
    let (key, _) = NUMBERED.iter().find(|(_, words)| words.contains(&word))?;
    number.starts_with(|c: char| c.is_ascii_digit()).then_some((*key, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_place_is_known_in_both_languages() {
        for part in ["paragraph 4", "đoạn 4", "para. 4"] {
            assert_eq!(kind(part), Some(("locator-paragraph", "4")), "{part}");
        }
        assert_eq!(kind("chú thích ảnh 4"), Some(("locator-caption", "4")));
        assert_eq!(kind("page 3–5"), Some(("locator-page", "3–5")));
        assert_eq!(kind("foot of the page"), Some(("locator-footer", "")));
        for part in ["FCM", "§2", "Related news", "paragraph four", "title page"] {
            assert_eq!(kind(part), None, "{part}");
        }
    }
}
