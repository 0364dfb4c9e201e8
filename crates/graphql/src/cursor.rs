//! Cursors: a place in a list, sealed with the mark of the list, so that every other list refuses it.

use std::fmt::Debug;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::error::{Result, bad_input};

/// The mark of a list: cursors of one list are refused by every other. The same in every process.
pub(crate) fn mark(parts: impl Debug) -> u64 {
    // FNV-1a: what it guards against is mistakes.
    format!("{parts:?}").bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// A place as a cursor of the list with this mark; of what the place is made, one after the other.
pub(crate) fn sealed(list: u64, place: &[&[u8]]) -> String {
    let mut bytes = Vec::with_capacity(64);
    bytes.extend_from_slice(&list.to_be_bytes());
    place.iter().for_each(|part| bytes.extend_from_slice(part));
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The mark of the list that a cursor is of, and the place that `read` makes of all that follows; nothing if it is no cursor.
pub(crate) fn parted<P>(cursor: &str, read: impl FnOnce(&mut &[u8]) -> Option<P>) -> Option<(u64, P)> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let mut rest = bytes.as_slice();
    let list = number(&mut rest)?.cast_unsigned();
    let place = read(&mut rest)?;
    rest.is_empty().then_some((list, place))
}

/// The place that a cursor of the list with this mark stands for. A refusal names the argument, and says what one of another
/// list is: `another list: it goes with the kind that it came with`.
pub(crate) fn opened<P>(
    cursor: &str,
    list: u64,
    (name, another): (&str, &str),
    read: impl FnOnce(&mut &[u8]) -> Option<P>,
) -> Result<P> {
    match parted(cursor, read) {
        Some((of, place)) if of == list => Ok(place),
        Some(_) => Err(bad_input(format!("`{name}` is a cursor of {another}"))),
        None => Err(bad_input(format!("`{name}` is no cursor: use one as an answer gave it"))),
    }
}

/// Takes so many bytes.
fn taken<'b>(bytes: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (first, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(first)
}

/// Takes an id.
pub(crate) fn id(bytes: &mut &[u8]) -> Option<Uuid> {
    Uuid::from_slice(taken(bytes, 16)?).ok()
}

/// Takes a number.
pub(crate) fn number(bytes: &mut &[u8]) -> Option<i64> {
    Some(i64::from_be_bytes(taken(bytes, 8)?.try_into().ok()?))
}

/// Takes all that is left.
pub(crate) fn rest(bytes: &mut &[u8]) -> Vec<u8> {
    std::mem::take(bytes).to_vec()
}

/// Takes all that is left as a text. PostgreSQL takes none that holds the sign nought.
pub(crate) fn text(bytes: &mut &[u8]) -> Option<String> {
    String::from_utf8(rest(bytes)).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_all_that_was_sealed_and_no_text_holds_the_sign_nought() {
        let read = |cursor: &str| opened(cursor, 5, ("after", "another list"), |bytes| Some((number(bytes)?, text(bytes)?)));
        let seven = 7i64.to_be_bytes();
        assert_eq!(read(&sealed(5, &[&seven, b"2026"])).unwrap(), (7, "2026".to_owned()));
        assert!(read(&sealed(6, &[&seven, b"2026"])).unwrap_err().message.contains("another list"));
        for wrong in [sealed(5, &[&seven, b"20\0"]), sealed(5, &[&seven[1..]]), sealed(5, &[])] {
            assert!(read(&wrong).unwrap_err().message.contains("no cursor"), "{wrong}");
        }
        let longer = sealed(5, &[&seven, b"more"]);
        assert!(opened(&longer, 5, ("after", "another list"), number).unwrap_err().message.contains("no cursor"));
    }
}
