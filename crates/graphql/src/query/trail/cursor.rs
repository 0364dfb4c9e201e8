//! Cursors of the change feed and of the audit log.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ketnoi_registry::trail::FeedPlace;
use uuid::Uuid;

use crate::{
    error::{Result, bad_input},
    list::mark,
};

/// The mark of the feed, in all its cursors.
fn feed() -> u64 {
    mark("changes")
}

/// A place of the feed as a cursor.
pub(crate) fn written(place: FeedPlace) -> String {
    let mut bytes = Vec::with_capacity(32);
    bytes.extend_from_slice(&feed().to_be_bytes());
    bytes.extend_from_slice(&place.revision.to_be_bytes());
    bytes.extend_from_slice(place.record.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The place that a cursor of the feed stands for.
pub(super) fn place(cursor: &str) -> Result<FeedPlace> {
    let read = || {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (mark, rest) = bytes.split_at_checked(8)?;
        let (revision, record) = rest.split_at_checked(8)?;
        let revision = i64::from_be_bytes(revision.try_into().ok()?);
        let place = FeedPlace { revision, record: Uuid::from_slice(record).ok()? };
        (u64::from_be_bytes(mark.try_into().ok()?) == feed()).then_some(place)
    };
    read().ok_or_else(|| bad_input("`after` is no cursor of the change feed: use one as an answer gave it"))
}

pub(super) fn cursor_of(revision: i64, list: u64) -> String {
    let bytes: Vec<u8> = list.to_be_bytes().into_iter().chain(revision.to_be_bytes()).collect();
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn revision_of(cursor: &str, list: u64) -> Result<i64> {
    let read = || {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (mark, revision) = bytes.split_at_checked(8)?;
        let revision = i64::from_be_bytes(revision.try_into().ok()?);
        Some((u64::from_be_bytes(mark.try_into().ok()?), revision))
    };
    match read() {
        Some((mark, revision)) if mark == list => Ok(revision),
        Some(_) => Err(bad_input("`after` is a cursor of another list: it goes with the filter that it came with")),
        None => Err(bad_input("`after` is no cursor: use one as an answer gave it")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_of_the_feed_comes_back_as_its_place_and_others_are_refused() {
        let here = FeedPlace { revision: 7, record: Uuid::from_u128(9) };
        assert_eq!(place(&written(here)).unwrap(), here);
        let of_another_list = cursor_of(7, mark("programmes"));
        for wrong in ["", "x", "!!!", &of_another_list, &written(here)[1..], &"A".repeat(5000)] {
            assert!(place(wrong).is_err(), "{wrong}");
        }
    }
}
