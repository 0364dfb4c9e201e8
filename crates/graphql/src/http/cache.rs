//! Whole answers, kept while the registry has not changed.
//!
//! An entry is good for one revision of the registry: a later revision makes it a miss, and the new answer takes its
//! place. The key holds everything else an answer depends on, whole rather than hashed, so that no two questions can be
//! taken for each other. The cache is bounded in bytes, and evicts what was not used since it last came round.

use std::collections::{HashMap, VecDeque};
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::web::Bytes;

/// Shards keep workers from waiting for each other's lock.
const SHARDS: usize = 16;
/// What an entry takes beside its key and its body: maps, queue, counts.
const OVERHEAD: usize = 200;

/// An answer as it is sent, with what the log and the rate limiter want to know of it.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub body: Bytes,
    pub etag: Arc<str>,
    pub operation: Option<Arc<str>>,
    pub cost: u64,
}

/// A bounded cache of answers.
#[derive(Debug)]
pub struct AnswerCache {
    shards: Vec<Mutex<Shard>>,
    hasher: std::hash::RandomState,
    /// Bytes that each shard may hold.
    room: usize,
}

#[derive(Debug, Default)]
struct Shard {
    entries: HashMap<Arc<[u8]>, Entry>,
    /// Every key once, in the order in which they will be looked at for eviction.
    clock: VecDeque<Arc<[u8]>>,
    used: usize,
}

#[derive(Debug)]
struct Entry {
    revision: u64,
    answer: Answer,
    used_since: bool,
}

impl AnswerCache {
    /// A cache of at most `bytes`, keys and bookkeeping included.
    pub fn new(bytes: usize) -> Self {
        let shards = (0..SHARDS).map(|_| Mutex::default()).collect();
        Self { shards, hasher: std::hash::RandomState::new(), room: bytes / SHARDS }
    }

    fn shard(&self, key: &[u8]) -> MutexGuard<'_, Shard> {
        let place = self.hasher.hash_one(key) as usize % SHARDS;
        // A panic cannot leave a shard half changed in a way that matters: at worst its count of bytes is off.
        self.shards[place].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer under this key, if it was given at this revision.
    pub(super) fn get(&self, key: &[u8], revision: u64) -> Option<Answer> {
        let mut shard = self.shard(key);
        let entry = shard.entries.get_mut(key).filter(|entry| entry.revision == revision)?;
        entry.used_since = true;
        Some(entry.answer.clone())
    }

    /// Keeps an answer that was computed from the registry at `revision` or later.
    pub(super) fn put(&self, key: &[u8], revision: u64, answer: Answer) {
        let size = key.len() + answer.body.len() + OVERHEAD;
        // One answer must not push out all others.
        if size > self.room / 4 {
            return;
        }
        let mut shard = self.shard(key);
        let entry = Entry { revision, answer, used_since: false };
        if let Some(old) = shard.entries.get_mut(key) {
            // A slow request must not replace what a later one has found.
            if old.revision <= revision {
                let before = old.answer.body.len();
                let after = entry.answer.body.len();
                *old = entry;
                shard.used = shard.used + after - before;
            }
        } else {
            let key: Arc<[u8]> = key.into();
            shard.entries.insert(Arc::clone(&key), entry);
            shard.clock.push_back(key);
            shard.used += size;
        }
        shard.evict(self.room);
    }

    /// Bytes in use, for the metrics.
    pub fn used(&self) -> usize {
        self.shards.iter().map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner).used).sum()
    }
}

impl Shard {
    /// Goes round like a clock: who was used since the hand last came by gets another round.
    fn evict(&mut self, room: usize) {
        while self.used > room {
            let Some(key) = self.clock.pop_front() else { return };
            match self.entries.get_mut(&key) {
                Some(entry) if entry.used_since => {
                    entry.used_since = false;
                    self.clock.push_back(key);
                }
                _ => {
                    if let Some(entry) = self.entries.remove(&key) {
                        self.used -= key.len() + entry.answer.body.len() + OVERHEAD;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(length: usize) -> Answer {
        Answer { body: Bytes::from(vec![b'x'; length]), etag: "W/\"1\"".into(), operation: None, cost: 1 }
    }

    #[test]
    fn an_answer_is_good_for_its_revision_only() {
        let cache = AnswerCache::new(1 << 20);
        cache.put(b"q", 7, answer(10));
        assert!(cache.get(b"q", 7).is_some());
        assert!(cache.get(b"q", 8).is_none());
        assert!(cache.get(b"p", 7).is_none());
        cache.put(b"q", 8, answer(20));
        assert_eq!(cache.get(b"q", 8).unwrap().body.len(), 20);
        cache.put(b"q", 7, answer(10));
        assert_eq!(cache.get(b"q", 8).unwrap().body.len(), 20);
    }

    #[test]
    fn the_cache_stays_within_its_bytes() {
        let cache = AnswerCache::new(SHARDS * 4_000);
        for n in 0..5_000_u32 {
            cache.put(&n.to_le_bytes(), u64::from(n % 3), answer((n % 700) as usize));
            assert!(cache.used() <= SHARDS * 4_000);
        }
        assert!(cache.used() > SHARDS * 2_000);
        let counted: usize = cache
            .shards
            .iter()
            .map(|s| s.lock().unwrap().entries.values().map(|e| 4 + e.answer.body.len() + OVERHEAD).sum::<usize>())
            .sum();
        assert_eq!(counted, cache.used());
    }

    #[test]
    fn what_is_used_outlives_what_is_not() {
        let cache = AnswerCache::new(SHARDS * 4_000);
        cache.put(b"used", 1, answer(10));
        for n in 0..2_000_u32 {
            assert!(cache.get(b"used", 1).is_some(), "evicted after {n}");
            cache.put(&n.to_le_bytes(), 1, answer(100));
        }
    }

    #[test]
    fn one_answer_cannot_take_all_the_room() {
        let cache = AnswerCache::new(SHARDS * 4_000);
        cache.put(b"large", 1, answer(2_000));
        assert!(cache.get(b"large", 1).is_none());
    }
}
