//! Cursors of the change feed and of the audit log.

use ketnoi_registry::trail::FeedPlace;

use crate::{
    cursor::{id, mark, number, opened, parted, sealed},
    error::{Result, bad_input},
};

/// The mark of the feed, in all its cursors.
fn feed() -> u64 {
    mark("changes")
}

/// A place of the feed as a cursor.
pub(crate) fn written(place: FeedPlace) -> String {
    sealed(feed(), &[&place.revision.to_be_bytes(), place.record.as_bytes()])
}

/// The place that a cursor of the feed stands for.
pub(super) fn place(cursor: &str) -> Result<FeedPlace> {
    let read = |bytes: &mut &[u8]| Some(FeedPlace { revision: number(bytes)?, record: id(bytes)? });
    let found = parted(cursor, read).filter(|(list, _)| *list == feed());
    found
        .map(|(_, place)| place)
        .ok_or_else(|| bad_input("`after` is no cursor of the change feed: use one as an answer gave it"))
}

pub(super) fn cursor_of(revision: i64, list: u64) -> String {
    sealed(list, &[&revision.to_be_bytes()])
}

pub(super) fn revision_of(cursor: &str, list: u64) -> Result<i64> {
    opened(cursor, list, ("after", "another list: it goes with the filter that it came with"), number)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

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
