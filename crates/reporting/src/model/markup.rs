//! The small markup of narratives: blank lines part paragraphs, lines that start with `- ` are the items of a list,
//! `**strong**` and `*emphasis*` stand out. There is nothing else, and nothing is lost: a mark without its fellow is text.

use super::{Rich, Style};

/// A piece of a narrative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A paragraph.
    Paragraph(Rich),
    /// The items of a list.
    List(Vec<Rich>),
}

/// What is being read.
enum Open {
    Nothing,
    Paragraph(String),
    List(Vec<String>),
}

/// Reads a narrative.
pub(crate) fn parse(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut open = Open::Nothing;
    for line in text.lines().map(str::trim) {
        open = match (open, line.strip_prefix("- ").map(str::trim_start)) {
            (open, _) if line.is_empty() => {
                close(open, &mut pieces);
                Open::Nothing
            }
            (Open::List(mut items), Some(item)) => {
                items.push(item.to_owned());
                Open::List(items)
            }
            (open, Some(item)) => {
                close(open, &mut pieces);
                Open::List(vec![item.to_owned()])
            }
            // A line that goes on does so with a space: where lines end is a matter of how the text was typed.
            (Open::List(mut items), None) => {
                if let Some(last) = items.last_mut() {
                    last.push(' ');
                    last.push_str(line);
                }
                Open::List(items)
            }
            (Open::Paragraph(begun), None) => Open::Paragraph(format!("{begun} {line}")),
            (Open::Nothing, None) => Open::Paragraph(line.to_owned()),
        };
    }
    close(open, &mut pieces);
    pieces
}

/// Puts what was read to the other pieces. Items with blank lines between them are one list.
fn close(open: Open, pieces: &mut Vec<Piece>) {
    match open {
        Open::Nothing => {}
        Open::Paragraph(text) => pieces.push(Piece::Paragraph(inline(&text))),
        Open::List(items) => {
            let items = items.iter().map(|item| inline(item));
            if let Some(Piece::List(before)) = pieces.last_mut() {
                before.extend(items);
            } else {
                pieces.push(Piece::List(items.collect()));
            }
        }
    }
}

/// A run of one star or two that may be a mark.
#[derive(Clone, Copy)]
struct Run {
    /// Where it begins.
    at: usize,
    /// How many stars.
    stars: usize,
}

impl Run {
    fn end(self) -> usize {
        self.at + self.stars
    }

    /// Whether it can begin what stands out: a word follows, and none comes right before, as in `5*3`.
    fn opens(self, text: &str) -> bool {
        let before = text[..self.at].chars().next_back();
        let after = text[self.end()..].chars().next();
        (1..=2).contains(&self.stars) && after.is_some_and(|c| !c.is_whitespace()) && before.is_none_or(|c| !c.is_alphanumeric())
    }

    /// Whether it can end what stands out.
    fn closes(self, text: &str) -> bool {
        let before = text[..self.at].chars().next_back();
        let after = text[self.end()..].chars().next();
        (1..=2).contains(&self.stars) && before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric())
    }
}

/// The first run of stars from a place on.
fn run(text: &str, from: usize) -> Option<Run> {
    let at = from + text[from..].find('*')?;
    let stars = text[at..].bytes().take_while(|b| *b == b'*').count();
    Some(Run { at, stars })
}

/// The run that ends what another one begins.
fn fellow(text: &str, opening: Run) -> Option<Run> {
    let mut from = opening.end();
    while let Some(next) = run(text, from) {
        if next.stars == opening.stars && next.closes(text) {
            return Some(next);
        }
        from = next.end();
    }
    None
}

/// Reads the marks within a line.
fn inline(text: &str) -> Rich {
    let mut rich = Rich::default();
    // Where a sort of mark finds no fellow once, it finds none further on: long texts of lone stars stay quick to read.
    let mut lone = [false; 3];
    let (mut begun, mut from) = (0, 0);
    while let Some(opening) = run(text, from) {
        from = opening.end();
        if !opening.opens(text) || lone[opening.stars] {
            continue;
        }
        let Some(closing) = fellow(text, opening) else {
            lone[opening.stars] = true;
            continue;
        };
        let style = if opening.stars == 2 { Style::Strong } else { Style::Emphasis };
        rich = plain(rich, &text[begun..opening.at]).then(inline(&text[opening.end()..closing.at]).restyled(style));
        (begun, from) = (closing.end(), closing.end());
    }
    plain(rich, &text[begun..])
}

/// Adds text that does not stand out, if there is any.
fn plain(rich: Rich, text: &str) -> Rich {
    if text.is_empty() { rich } else { rich.then(text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn styled(text: &str) -> Vec<(String, Style)> {
        inline(text).0.into_iter().map(|s| (s.text, s.style)).collect()
    }

    /// The text of the pieces, a space between them, without the marks of lists.
    fn told(pieces: &[Piece]) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Paragraph(rich) => rich.plain(),
            Piece::List(items) => items.iter().map(Rich::plain).collect::<Vec<_>>().join(" "),
        };
        pieces.iter().map(text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn paragraphs_and_lists_are_told_apart() {
        let pieces =
            parse("One\ngoes on.\n\n- first\n  still first\n- **second**\nend\n\n- third\n\nLast - not a list\n-neither");
        let item = |text: &str| Rich::from(text);
        let list = vec![item("first still first"), Rich::styled("second", Style::Strong).then(" end"), item("third")];
        assert_eq!(
            pieces,
            [Piece::Paragraph("One goes on.".into()), Piece::List(list), Piece::Paragraph("Last - not a list -neither".into())]
        );
        assert!(parse(" \n\n ").is_empty());
    }

    #[test]
    fn marks_in_pairs_stand_out_and_others_are_text() {
        let (plain, strong, emphasis) = (Style::Plain, Style::Strong, Style::Emphasis);
        let some = |parts: &[(&str, Style)]| parts.iter().map(|(t, s)| ((*t).to_owned(), *s)).collect::<Vec<_>>();
        assert_eq!(styled("a **b** *c*."), some(&[("a ", plain), ("b", strong), (" ", plain), ("c", emphasis), (".", plain)]));
        assert_eq!(styled("**a *b* c**"), some(&[("a ", strong), ("b", emphasis), (" c", strong)]));
        for text in ["5*3*2", "a * b * c", "**open", "*a**", "a***b***", "****", "* a*", "f(x)**2"] {
            assert_eq!(styled(text), some(&[(text, plain)]), "{text}");
        }
        assert_eq!(styled("(*trước*)"), some(&[("(", plain), ("trước", emphasis), (")", plain)]));
    }

    fn source() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            4 => "[a-zđ]{1,6}",
            2 => Just("*".to_owned()),
            2 => Just("**".to_owned()),
            1 => Just("***".to_owned()),
            3 => Just(" ".to_owned()),
            1 => Just("\n".to_owned()),
            1 => Just("\n\n".to_owned()),
            1 => Just("\n- ".to_owned()),
            1 => Just("Ẫ🌊-/".to_owned()),
        ];
        prop::collection::vec(word, 0..60).prop_map(|words| words.concat())
    }

    fn squeezed(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    proptest! {
        #[test]
        fn nothing_is_lost_but_marks_in_pairs(text in source()) {
            let told = squeezed(&told(&parse(&text)));
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '-')).collect::<String>();
            prop_assert_eq!(letters(&told), letters(&text));
            let stars = |text: &str| text.matches('*').count();
            prop_assert!(stars(&told) <= stars(&text) && (stars(&text) - stars(&told)) % 2 == 0);
        }

        #[test]
        fn the_plain_text_is_the_source_without_marks_in_pairs(parts in prop::collection::vec(("[a-zđ]{1,5}( [a-z]{1,5})?", 0usize..6), 1..20)) {
            // Stars with blanks or letters on both sides never pair.
            let written = |(words, kind): &(String, usize)| match kind {
                0 => format!("*{words}*"),
                1 => format!("**{words}**"),
                2 => format!("{words} *"),
                3 => format!("** {words}"),
                4 => format!("{words}*3"),
                _ => words.clone(),
            };
            let meant = |(words, kind): &(String, usize)| if *kind < 2 { words.clone() } else { written(&(words.clone(), *kind)) };
            let joined = |texts: Vec<String>| texts.join(" ");
            let source = joined(parts.iter().map(written).collect());
            prop_assert_eq!(inline(&source).plain(), joined(parts.iter().map(meant).collect()));
        }

        #[test]
        fn what_is_in_marks_stands_out(words in prop::collection::vec(("[a-z]{1,5}", 0usize..3), 1..12)) {
            let marks = ["", "*", "**"];
            let source = words.iter().map(|(word, kind)| format!("{0}{word}{0}", marks[*kind])).collect::<Vec<_>>().join(" ");
            let styles = [Style::Plain, Style::Emphasis, Style::Strong];
            for (word, kind) in &words {
                let stands = inline(&source).0.iter().any(|s| s.style == styles[*kind] && s.text.split(' ').any(|w| w == word));
                prop_assert!(stands, "{word} in {source}");
            }
        }
    }
}
