//! Counts the tokens of a document and how deep its brackets nest, before anything parses it.
//!
//! The parser recurses for each bracket, so a document of a few kilobytes of `{` could take the worker's stack with it.
//! This scan looks at every byte once, allocates nothing and never recurses. It need not judge whether the document is
//! right; it must only never count less than the parser would meet.

/// What the scan has found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Scan {
    /// Lexical tokens as the specification defines them: no white space, commas or comments.
    pub tokens: u64,
    /// The most brackets of any kind that are open at once.
    pub nesting: u64,
}

pub(super) fn scan(document: &str) -> Scan {
    let bytes = document.as_bytes();
    let mut found = Scan::default();
    let mut open = 0_u64;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                at = end_of_line(bytes, at);
                continue;
            }
            b'"' => end_of_string(bytes, at),
            b'.' if bytes[at..].starts_with(b"...") => at + 3,
            b'{' | b'(' | b'[' => {
                open += 1;
                found.nesting = found.nesting.max(open);
                at + 1
            }
            b'}' | b')' | b']' => {
                open = open.saturating_sub(1);
                at + 1
            }
            byte if in_word(byte) => bytes[at..].iter().position(|&b| !in_word(b)).map_or(bytes.len(), |length| at + length),
            _ => at + 1,
        };
        found.tokens += 1;
    }
    found
}

/// Names and numbers; a sign or a point inside a number only makes one token more.
fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn end_of_line(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|&b| b == b'\n' || b == b'\r').map_or(bytes.len(), |length| from + length)
}

/// The place after the string that opens at `from`. A string that never closes ends with the document or, unless it is a
/// block string, with its line: the parser refuses it anyway.
fn end_of_string(bytes: &[u8], from: usize) -> usize {
    let block = bytes[from..].starts_with(b"\"\"\"");
    let mut at = from + if block { 3 } else { 1 };
    while let Some(&byte) = bytes.get(at) {
        if block && bytes[at..].starts_with(b"\\\"\"\"") {
            at += 4;
        } else if block && bytes[at..].starts_with(b"\"\"\"") {
            return at + 3;
        } else if !block && byte == b'\\' {
            at += 2;
        } else if !block && matches!(byte, b'"' | b'\n' | b'\r') {
            return at + 1;
        } else {
            at += 1;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(document: &str) -> (u64, u64) {
        let found = scan(document);
        (found.tokens, found.nesting)
    }

    #[test]
    fn tokens_are_counted_as_the_specification_does() {
        assert_eq!(counted("{ a }"), (3, 1));
        assert_eq!(counted("query Q($n: Int! = 3) { a(first: $n) { ...F } } # { { {\n"), (24, 2));
        assert_eq!(counted("  ,,\u{feff}"), (1, 0));
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_nest() {
        assert_eq!(counted(r#"{ a(b: "{ \" {", c: """{ " \""" {""") }"#), (11, 2));
        assert_eq!(counted("{ # {{{\r a }"), (3, 1));
    }

    #[test]
    fn a_string_that_never_closes_ends_the_scan() {
        assert_eq!(counted(r#"{ a(b: """ {{{"#).1, 2);
        assert_eq!(counted("{ a(b: \"x\\").1, 2);
        assert_eq!(counted("\""), (1, 0));
    }

    #[test]
    fn depth_without_end_is_only_counted() {
        assert_eq!(counted(&"{a".repeat(500_000)), (1_000_000, 500_000));
    }
}
