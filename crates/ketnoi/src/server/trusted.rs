//! The registered operations that were asked for lately.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use ketnoi_registry::{Error, Registry};

/// How much text of documents is kept.
const ROOM: usize = 4 << 20;

/// Documents by their hashes, each good for one revision of the registry: what is taken away is forgotten by the next.
#[derive(Debug, Default)]
pub(crate) struct Documents(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    revision: i64,
    documents: HashMap<String, Arc<str>>,
    used: usize,
}

impl Documents {
    /// The document that is registered under a hash.
    pub(crate) async fn find(&self, registry: &Registry, hash: &str) -> Result<Option<Arc<str>>, Error> {
        let revision = registry.store().reader().revision().await?;
        if let Some(document) = self.get(revision, hash) {
            return Ok(Some(document));
        }
        // Hashes that are not registered are not kept: anyone can think of any number of them.
        let Some(document) = registry.operation(hash).await? else { return Ok(None) };
        let document: Arc<str> = document.into();
        self.put(revision, hash, &document);
        Ok(Some(document))
    }

    fn get(&self, revision: i64, hash: &str) -> Option<Arc<str>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.revision == revision { known.documents.get(hash).map(Arc::clone) } else { None }
    }

    fn put(&self, revision: i64, hash: &str, document: &Arc<str>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.revision > revision {
            return;
        }
        if known.revision < revision || known.used + document.len() > ROOM {
            *known = Known { revision, ..Known::default() };
        }
        if known.documents.insert(hash.to_owned(), Arc::clone(document)).is_none() {
            known.used += document.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_good_for_its_revision_and_all_of_them_for_their_room() {
        let documents = Documents::default();
        documents.put(7, "a", &"{ a }".into());
        assert_eq!(documents.get(7, "a").as_deref(), Some("{ a }"));
        assert_eq!(documents.get(8, "a"), None);
        documents.put(6, "b", &"{ b }".into());
        assert_eq!(documents.get(6, "b"), None, "an older read does not replace a newer one");
        documents.put(8, "c", &"{ c }".into());
        assert_eq!(documents.get(8, "a"), None);
        let large: Arc<str> = "x".repeat(ROOM / 2).into();
        for n in 0..5 {
            documents.put(8, &n.to_string(), &large);
            assert!(documents.0.lock().unwrap().used <= ROOM);
        }
    }
}
