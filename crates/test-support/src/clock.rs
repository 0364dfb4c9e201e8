use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use ketnoi_registry::Clock;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The instant at which every test happens.
pub const NOW: &str = "2026-11-22T10:00:00Z";

/// A clock that stands still at [`NOW`] and gives the ids 1, 2, 3 and so on, in the shape of version 7.
pub fn fixed_clock() -> Clock {
    clock_from(1)
}

/// A clock that stands still and counts its ids from a number.
pub(crate) fn clock_from(first: u64) -> Clock {
    telling(|| NOW.to_owned(), first)
}

/// The time of a test that lets it pass.
#[derive(Clone, Debug)]
pub struct Time(Arc<Mutex<String>>);

impl Default for Time {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(NOW.to_owned())))
    }
}

impl Time {
    /// It is this instant now, RFC 3339 in UTC to the second.
    pub fn set(&self, instant: &str) {
        instant.clone_into(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// A clock that tells this time. Its ids are far from those of the fixed clock.
    pub fn clock(&self) -> Clock {
        let time = Arc::clone(&self.0);
        telling(move || time.lock().unwrap_or_else(PoisonError::into_inner).clone(), 1 << 40)
    }
}

/// A clock that counts its ids, and its secrets, from a number.
fn telling(now: impl Fn() -> String + Send + Sync + 'static, first: u64) -> Clock {
    const NONE: u128 = 0x0193_0000_0000_7000_8000_0000_0000_0000;
    let (next, secret) = (AtomicU64::new(first), AtomicU64::new(first));
    Clock::new(now, move || Uuid::from_u128(NONE + u128::from(next.fetch_add(1, Ordering::Relaxed))))
        .with_random(move || Sha256::digest(secret.fetch_add(1, Ordering::Relaxed).to_be_bytes()).into())
}
