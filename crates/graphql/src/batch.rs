//! Siblings that are loaded together: the first child list that is asked of one row loads the children of all.

use std::{
    any::Any,
    future::Future,
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::future::{Either, Ready, ready};
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
    cells: Cells,
}

/// What fields have loaded for a whole batch. It knows nothing of the kind of the batch's records, and neither does what
/// loads through [`Sibling`]: so that is compiled once for each kind that is loaded, and not for each pair of kinds.
#[derive(Default)]
pub(crate) struct Cells(Mutex<Vec<Loaded>>);

/// Which field of the batch was loaded, with which arguments, and what it loaded. A query asks few fields of a batch, so a
/// list is searched faster than a table of hashes.
type Loaded = (&'static str, String, Arc<dyn Any + Send + Sync>);

type Cell<V> = OnceCell<std::result::Result<Arc<V>, ketnoi_registry::Error>>;

/// A record among those that it was loaded with, whatever its kind.
pub(crate) trait Sibling: Send + Sync {
    /// Its id.
    fn id(&self) -> Uuid;
    /// The ids of all siblings, its own among them.
    fn ids(&self) -> Vec<Uuid>;
    /// How many siblings there are, itself among them.
    fn count(&self) -> usize;
    /// What has been loaded for all of them.
    fn cells(&self) -> &Cells;
}

impl<T: Record> Sibling for View<T> {
    fn id(&self) -> Uuid {
        self.head().id.uuid()
    }
    fn ids(&self) -> Vec<Uuid> {
        self.sibling_ids()
    }
    fn count(&self) -> usize {
        self.batch.rows.len()
    }
    fn cells(&self) -> &Cells {
        &self.batch.cells
    }
}

impl Cells {
    fn cell<V: Send + Sync + 'static>(
        &self,
        field: &'static str,
        arguments: String,
    ) -> std::result::Result<Arc<Cell<V>>, Arc<dyn Any + Send + Sync>> {
        let mut cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = cells.iter().find(|(f, a, _)| *f == field && *a == arguments);
        let cell = known.map(|(.., cell)| Arc::clone(cell)).unwrap_or_else(|| {
            let made: Arc<dyn Any + Send + Sync> = Arc::new(Cell::<V>::new());
            cells.push((field, arguments, Arc::clone(&made)));
            made
        });
        // Keys name a field, and a field always loads the same type.
        cell.downcast::<Cell<V>>()
    }

    /// What a field without arguments has loaded, if it has: nobody has to wait for it any more.
    fn loaded<V: Send + Sync + 'static>(&self, field: &'static str) -> Option<Result<Arc<V>>> {
        let cell = self.cell::<V>(field, String::new()).ok()?;
        cell.get().map(|loaded| loaded.clone().map_err(from_registry))
    }

    /// What a field has loaded for the whole batch; the first to ask loads it.
    pub(crate) async fn get<V, F>(&self, field: &'static str, arguments: String, load: impl FnOnce() -> F) -> Result<Arc<V>>
    where
        V: Send + Sync + 'static,
        F: Future<Output = std::result::Result<V, ketnoi_registry::Error>>,
    {
        // Boxed: one of the siblings loads. A view's resolver has room for the largest of its fields and is moved for each, and
        // none of the others needs room for that.
        match self.cell(field, arguments) {
            Ok(cell) => {
                let loaded = cell.get_or_init(|| Box::pin(async { load().await.map(Arc::new) })).await;
                loaded.clone().map_err(from_registry)
            }
            Err(_) => Box::pin(load()).await.map(Arc::new).map_err(from_registry),
        }
    }
}

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
        Arc::new(Self { rows, positions, cells: Cells::default() })
    }

    /// How many records.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn position(&self, index: usize) -> Option<&Position> {
        self.positions.get(index)
    }
}

/// What is there already, or on its way.
type AtHandOrLoading<'c, T> = Either<Ready<Result<T>>, Loading<'c, T>>;

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

    /// What a field loads for all siblings at once.
    pub(crate) async fn shared<V, F>(&self, field: &'static str, arguments: String, load: impl FnOnce() -> F) -> Result<Arc<V>>
    where
        V: Send + Sync + 'static,
        F: Future<Output = std::result::Result<V, ketnoi_registry::Error>>,
    {
        self.batch.cells.get(field, arguments, load).await
    }

    /// The record that this one points at; nothing where it points at nothing, or at what the viewer may not see.
    pub(crate) fn one<'c, C: Stored>(
        &'c self,
        data: &'c RequestData,
        field: &'static str,
        points: fn(&T) -> Option<Id<C>>,
    ) -> AtHandOrLoading<'c, Option<View<C>>> {
        let Some(wanted) = points(self) else { return Either::Left(ready(Ok(None))) };
        // All siblings but the first find it there: no future has to be made for them.
        if let Some(loaded) = self.batch.cells.loaded::<Arc<Batch<C>>>(field) {
            return Either::Left(ready(loaded.map(|batch| View::find(&batch, wanted))));
        }
        let all = move || self.batch.rows.iter().filter_map(points).collect();
        let found = pointed_at(data, &self.batch.cells, field, vec![wanted], all);
        Either::Right(Box::pin(async move { Ok(found.await?.pop()) }))
    }

    /// The records that a list inside this one points at, in the order of the list, without what the viewer may not see.
    pub(crate) fn listed<'c, C: Stored>(
        &'c self,
        data: &'c RequestData,
        field: &'static str,
        points: fn(&T) -> &[Id<C>],
    ) -> Loading<'c, Vec<View<C>>> {
        let all = move || self.batch.rows.iter().flat_map(points).copied().collect();
        pointed_at(data, &self.batch.cells, field, points(self).to_vec(), all)
    }
}

/// Records that are pointed at, in the order wanted; `all` that the siblings point at are loaded together.
fn pointed_at<'c, C: Stored>(
    data: &'c RequestData,
    cells: &'c Cells,
    field: &'static str,
    wanted: Vec<Id<C>>,
    all: impl FnOnce() -> Vec<Id<C>> + Send + 'c,
) -> Loading<'c, Vec<View<C>>> {
    let all: Box<dyn FnOnce() -> Vec<Id<C>> + Send + 'c> = Box::new(all);
    Box::pin(async move {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let load = || async {
            let mut ids = all();
            ids.sort_unstable();
            ids.dedup();
            let ids: Vec<Uuid> = ids.into_iter().map(Id::uuid).collect();
            data.session.by_ids::<C>(&ids).await.map(Batch::new)
        };
        let batch: Arc<Arc<Batch<C>>> = cells.get(field, String::new(), load).await?;
        Ok(wanted.into_iter().filter_map(|id| View::find(&batch, id)).collect())
    })
}
