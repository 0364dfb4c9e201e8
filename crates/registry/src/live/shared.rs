use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::Error;

/// So many things are remembered before all are forgotten; the price of forgetting is a read each.
const MOST: usize = 1024;

/// What is asked for, and by which class of viewers: those of one class see the same.
type What = (Uuid, String);

type Cell<V> = Arc<OnceCell<Result<V, Error>>>;

/// What many ask for at once, read once.
pub(super) struct Shared<V>(Mutex<HashMap<What, (i64, Cell<V>)>>);

impl<V> Default for Shared<V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<V: Clone> Shared<V> {
    /// What is wanted, as it is at this version or a later one. Of those who ask for a version first, one reads it and the others
    /// wait; whoever asks for an older one gets what there is.
    pub(super) async fn get<F>(&self, what: What, version: i64, load: impl FnOnce() -> F) -> Result<V, Error>
    where
        F: Future<Output = Result<V, Error>>,
    {
        let cell = {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if known.len() >= MOST {
                known.clear();
            }
            let held = known.entry(what).or_insert_with(|| (version, Cell::default()));
            if held.0 < version {
                *held = (version, Cell::default());
            }
            Arc::clone(&held.1)
        };
        cell.get_or_init(load).await.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_version_is_read_once_and_the_next_one_again() {
        let (shared, reads) = (Shared::default(), AtomicU32::new(0));
        let get = |who: &str, version| {
            let what = (Uuid::nil(), who.to_owned());
            shared.get(what, version, || async { Ok(reads.fetch_add(1, Ordering::Relaxed)) })
        };
        let first = [get("a", 1).await.unwrap(), get("a", 1).await.unwrap(), get("a", 0).await.unwrap()];
        assert_eq!(first, [0, 0, 0]);
        assert_eq!((get("b", 1).await.unwrap(), get("a", 2).await.unwrap(), get("a", 1).await.unwrap()), (1, 2, 2));
    }
}
