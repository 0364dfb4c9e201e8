//! Siblings that are loaded together: the first child list that is asked of one row loads the children of all.

use std::{
    any::Any,
    collections::HashMap,
    future::Future,
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
};

use ketnoi_domain::{Id, Record, query::Position};
use ketnoi_registry::Stored;
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::{
    error::{Result, from_registry},
    list::Loading,
    request::RequestData,
};

/// One of a batch of records, as clients see it. The views of `model` are its instances.
pub(crate) struct View<T> {
    batch: Arc<Batch<T>>,
    index: usize,
}

/// Records that were loaded together, and whatever has been loaded for them since.
pub(crate) struct Batch<T> {
    rows: Vec<T>,
    positions: Vec<Position>,
    cells: Mutex<HashMap<Key, Arc<dyn Any + Send + Sync>>>,
}

/// Which field of the batch was loaded, with which arguments.
type Key = (&'static str, String);

type Cell<V> = OnceCell<std::result::Result<Arc<V>, ketnoi_registry::Error>>;

impl<T> Clone for View<T> {
    fn clone(&self) -> Self {
        Self { batch: Arc::clone(&self.batch), index: self.index }
    }
}

impl<T> Deref for View<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.batch.rows[self.index]
    }
}

impl<T: Record> Batch<T> {
    /// Records without places in a list.
    pub(crate) fn new(rows: Vec<T>) -> Arc<Self> {
        Self::placed(rows, Vec::new())
    }

    /// Records with their places.
    pub(crate) fn placed(rows: Vec<T>, positions: Vec<Position>) -> Arc<Self> {
        Arc::new(Self { rows, positions, cells: Mutex::default() })
    }

    /// How many records.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn position(&self, index: usize) -> Option<&Position> {
        self.positions.get(index)
    }

    /// What a field has loaded for the whole batch; the first to ask loads it.
    async fn cell<V, F>(&self, key: Key, load: impl FnOnce() -> F) -> Result<Arc<V>>
    where
        V: Send + Sync + 'static,
        F: Future<Output = std::result::Result<V, ketnoi_registry::Error>>,
    {
        let cell = {
            let mut cells = self.cells.lock().unwrap_or_else(PoisonError::into_inner);
            let made = cells.entry(key).or_insert_with(|| Arc::new(Cell::<V>::new()));
            // Keys name a field, and a field always loads the same type.
            Arc::clone(made).downcast::<Cell<V>>()
        };
        match cell {
            Ok(cell) => {
                let loaded = cell.get_or_init(|| async { load().await.map(Arc::new) }).await;
                loaded.clone().map_err(from_registry)
            }
            Err(_) => load().await.map(Arc::new).map_err(from_registry),
        }
    }
}

impl<T: Record> View<T> {
    pub(crate) fn of(batch: &Arc<Batch<T>>, index: usize) -> Self {
        Self { batch: Arc::clone(batch), index }
    }

    /// The views of a part of a batch.
    pub(crate) fn all(batch: &Arc<Batch<T>>, range: std::ops::Range<usize>) -> Vec<Self> {
        range.map(|index| Self::of(batch, index)).collect()
    }

    /// Where it stands in the list that it was loaded for.
    pub(crate) fn position(&self) -> Option<&Position> {
        self.batch.position(self.index)
    }

    /// The ids of all siblings.
    pub(crate) fn sibling_ids(&self) -> Vec<Uuid> {
        self.batch.rows.iter().map(|r| r.head().id.uuid()).collect()
    }

    /// All siblings.
    pub(crate) fn sibling_rows(&self) -> &[T] {
        &self.batch.rows
    }

    /// The record with an id, of a batch that is in the order of its ids.
    pub(crate) fn find(batch: &Arc<Batch<T>>, id: Id<T>) -> Option<Self> {
        batch.rows.binary_search_by_key(&id, |r| r.head().id).ok().map(|index| Self::of(batch, index))
    }

    /// How many siblings there are, itself among them.
    pub(crate) fn siblings(&self) -> usize {
        self.batch.rows.len()
    }

    /// What a field loads for all siblings at once.
    pub(crate) async fn shared<V, F>(&self, field: &'static str, arguments: String, load: impl FnOnce() -> F) -> Result<Arc<V>>
    where
        V: Send + Sync + 'static,
        F: Future<Output = std::result::Result<V, ketnoi_registry::Error>>,
    {
        self.batch.cell((field, arguments), load).await
    }

    /// The record that this one points at; nothing where it points at nothing, or at what the viewer may not see.
    pub(crate) fn one<'c, C: Stored>(
        &'c self,
        data: &'c RequestData,
        field: &'static str,
        points: fn(&T) -> Option<Id<C>>,
    ) -> Loading<'c, Option<View<C>>> {
        Box::pin(async move {
            let Some(wanted) = points(self) else { return Ok(None) };
            let load = || self.pointed_at(data, self.batch.rows.iter().filter_map(points).collect());
            let batch: Arc<Arc<Batch<C>>> = self.shared(field, String::new(), load).await?;
            Ok(View::find(&batch, wanted))
        })
    }

    /// The records that a list inside this one points at, in the order of the list, without what the viewer may not see.
    pub(crate) fn listed<'c, C: Stored>(
        &'c self,
        data: &'c RequestData,
        field: &'static str,
        points: fn(&T) -> &[Id<C>],
    ) -> Loading<'c, Vec<View<C>>> {
        Box::pin(async move {
            if points(self).is_empty() {
                return Ok(Vec::new());
            }
            let load = || self.pointed_at(data, self.batch.rows.iter().flat_map(points).copied().collect());
            let batch: Arc<Arc<Batch<C>>> = self.shared(field, String::new(), load).await?;
            Ok(points(self).iter().filter_map(|id| View::find(&batch, *id)).collect())
        })
    }

    /// The records of these ids, in the order of their ids.
    async fn pointed_at<C: Stored>(
        &self,
        data: &RequestData,
        mut ids: Vec<Id<C>>,
    ) -> std::result::Result<Arc<Batch<C>>, ketnoi_registry::Error> {
        ids.sort_unstable();
        ids.dedup();
        let ids: Vec<Uuid> = ids.into_iter().map(Id::uuid).collect();
        data.session.by_ids::<C>(&ids).await.map(Batch::new)
    }
}
