//! The order of numbers such as `1.10` and `1.9`, and of codes that end in one.

/// A piece of a number or a code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Piece {
    /// Digits, by their value and then by how many there are.
    Digits(u64, usize),
    /// Anything else.
    Other(String),
}

/// The pieces by which a number of a framework or a template is ordered: `1.9` before `1.10`, `2` before `10`.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        // Digits beyond 64 bits are no number that anyone counts with.
        all.push(match piece.parse() {
            Ok(n) if digits => Piece::Digits(n, piece.len()),
            _ => Piece::Other(piece.to_owned()),
        });
        rest = after;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_as_people_count() {
        let mut numbers = vec!["10", "1.10", "2", "1.9", "1", "1.2.b", "1.2.a", "A.1", "01"];
        numbers.sort_by_key(|n| pieces(n));
        assert_eq!(numbers, ["1", "1.2.a", "1.2.b", "1.9", "1.10", "01", "2", "10", "A.1"]);
    }
}
