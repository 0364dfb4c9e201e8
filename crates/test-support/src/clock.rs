use std::sync::atomic::{AtomicU64, Ordering};

use ketnoi_registry::Clock;
use uuid::Uuid;

/// The instant at which every test happens.
pub const NOW: &str = "2026-11-22T10:00:00Z";

/// A clock that stands still at [`NOW`] and gives the ids 1, 2, 3 and so on, in the shape of version 7.
pub fn fixed_clock() -> Clock {
    clock_from(1)
}

/// A clock that stands still and counts its ids from a number.
pub(crate) fn clock_from(first: u64) -> Clock {
    const NONE: u128 = 0x0193_0000_0000_7000_8000_0000_0000_0000;
    let next = AtomicU64::new(first);
    Clock::new(|| NOW.to_owned(), move || Uuid::from_u128(NONE + u128::from(next.fetch_add(1, Ordering::Relaxed))))
}
