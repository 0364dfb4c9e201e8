//! What a searcher is shown of a text: a short part of it around the words found, and which those are.

use serde::Serialize;

use crate::fold;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fragment {
    /// The piece, as it stands in the text.
    pub text: String,
    /// Whether it is a word that was searched for.
    pub hit: bool,
}

/// The part of `text` around the first word that was searched for, folded alike, with every such word marked; nothing where
/// there is none. The last word may have been typed to its middle: it marks what begins so. About `length` characters; what is cut off is shown by an ellipsis.
pub fn excerpt(text: &str, searched: &str, length: usize) -> Option<Vec<Fragment>> {
    let searched = fold(searched);
    let searched: Vec<&str> = searched.split(' ').filter(|w| !w.is_empty()).collect();
    let words = word_spans(text);
    let is_hit = |span: &std::ops::Range<usize>| {
        let folded = fold(&text[span.clone()]);
        let found = |i: usize, s: &str, w: &str| if i + 1 == searched.len() { w.starts_with(s) } else { w == s };
        searched.iter().enumerate().any(|(i, s)| folded.split(' ').any(|w| found(i, s, w)))
    };
    let hits: Vec<std::ops::Range<usize>> = words.iter().filter(|w| is_hit(w)).cloned().collect();
    let first = hits.first()?;
    // A third of the room goes to what stands before the first hit, and both ends stand between words.
    let chars_before = |at: usize, n: usize| text[..at].char_indices().rev().nth(n.saturating_sub(1)).map_or(0, |(i, _)| i);
    let from = if text[..first.start].chars().count() <= length / 3 {
        0
    } else {
        let earliest = chars_before(first.start, length / 3);
        words.iter().find(|w| w.start >= earliest).map_or(first.start, |w| w.start)
    };
    let end = text[from..].char_indices().nth(length).map_or(text.len(), |(i, _)| from + i);
    let to = if end == text.len() {
        end
    } else {
        // A first hit that is longer than the room is shown whole.
        words.iter().rev().find(|w| w.end <= end && w.end > from).map_or(end, |w| w.end).max(first.end)
    };
    let mut fragments = Vec::new();
    let mut push = |text: &str, hit: bool| {
        if !text.is_empty() {
            fragments.push(Fragment { text: text.to_owned(), hit });
        }
    };
    let mut at = from;
    push(if from > 0 { "…" } else { "" }, false);
    for hit in hits.iter().filter(|h| h.start >= from && h.end <= to) {
        push(&text[at..hit.start], false);
        push(&text[hit.clone()], true);
        at = hit.end;
    }
    push(&text[at..to], false);
    push(if to < text.len() { "…" } else { "" }, false);
    Some(fragments)
}

/// Where the words of a text stand.
fn word_spans(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut spans = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices() {
        // A mark belongs to the letter before it, whichever way the text is composed.
        let inside = c.is_alphanumeric() || (start.is_some() && unicode_normalization::char::is_combining_mark(c));
        match (inside, start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                spans.push(from..i);
                start = None;
            }
            _ => {}
        }
    }
    spans.extend(start.map(|from| from..text.len()));
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(text: &str, searched: &str, length: usize) -> Option<String> {
        let shown = |f: Fragment| if f.hit { format!("[{}]", f.text) } else { f.text };
        excerpt(text, searched, length).map(|all| all.into_iter().map(shown).collect())
    }

    #[test]
    fn words_are_marked_whatever_their_accents() {
        assert_eq!(marked("Thành phố Đà Nẵng", "da nang", 80).unwrap(), "Thành phố [Đà] [Nẵng]");
        assert_eq!(marked("Île-de-France", "ile de", 80).unwrap(), "[Île]-[de]-France");
        assert_eq!(marked("PMI-LED", "pmi led", 80).unwrap(), "[PMI]-[LED]");
        assert_eq!(marked("đô thị", "do", 80).unwrap(), "[đô] thị");
        assert_eq!(marked("Bạch Đằng, Đà Nẵng", "da nan", 80).unwrap(), "Bạch Đằng, [Đà] [Nẵng]");
        assert_eq!(marked("Vinh", "hue", 80), None);
        assert_eq!(marked("Vinh", "%_'", 80), None);
    }

    #[test]
    fn a_long_text_is_cut_between_words_around_the_first_hit() {
        let text = "Các đại biểu thảo luận về việc nhân rộng điển hình tốt tại Đà Nẵng, Vinh và Trà Vinh trong những năm tới đây";
        assert_eq!(marked(text, "nang", 40).unwrap(), "…tốt tại Đà [Nẵng], Vinh và Trà Vinh trong…");
    }

    proptest! {
        #[test]
        fn an_excerpt_is_a_part_of_its_text(text in "\\PC{0,120}", searched in "\\PC{0,12}", length in 1usize..60) {
            if let Some(all) = excerpt(&text, &searched, length) {
                let whole: String = all.iter().map(|f| f.text.as_str()).collect();
                prop_assert!(all.iter().any(|f| f.hit));
                prop_assert!(text.contains(whole.trim_start_matches('…').trim_end_matches('…')) || text.contains(&whole));
            }
        }
    }
}
