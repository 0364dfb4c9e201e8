//! Connections: a page of a list with its cursors, at the root or under many siblings at once.

use std::{borrow::Cow, collections::HashMap, ops::Range, sync::Arc};

use async_graphql::{ContainerType, Context, Object, OutputType, SimpleObject, TypeName};
use futures_util::future::BoxFuture;
use ketnoi_domain::{
    Coded, Record,
    query::{Filter, Key, Order, Page, Position},
};
use ketnoi_registry::{Found, Stored};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::{
    batch::{Batch, Sibling, View},
    cursor::{self, mark},
    error::{Result, bad_input, from_registry},
    exec::{Many, One},
    filter::{Lower, LowerOrder},
    request::{data, session},
};

/// The four arguments by which a part of a list is asked for.
#[derive(Debug, Default)]
pub(crate) struct Paging {
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

impl Paging {
    /// The page asked for, of the list with this mark.
    fn page(self, list: u64) -> Result<Page> {
        let (size, from_end) = match (self.first, self.last) {
            (Some(_), Some(_)) => return Err(bad_input("ask for `first` or for `last`, not for both")),
            (None, Some(n)) => (sized("last", n)?, true),
            (Some(n), None) => (sized("first", n)?, false),
            (None, None) => (20, false),
        };
        let position = |cursor: Option<String>, name| cursor.map(|c| decode(&c, list, name)).transpose();
        Ok(Page { size, from_end, after: position(self.after, "after")?, before: position(self.before, "before")? })
    }
}

pub(crate) fn sized(name: &str, n: i32) -> Result<u32> {
    u32::try_from(n).ok().filter(|n| (1..=100).contains(n)).ok_or_else(|| bad_input(format!("`{name}` is {n}: ask for 1 to 100")))
}

fn encode(position: &Position, list: u64) -> String {
    let number;
    let (kind, key): (&[u8], &[u8]) = match &position.key {
        Key::Bytes(b) => (b"b", b),
        Key::Text(s) => (b"t", s.as_bytes()),
        Key::Int(n) => {
            number = n.to_be_bytes();
            (b"i", &number)
        }
    };
    cursor::sealed(list, &[position.id.as_bytes(), kind, key])
}

fn decode(cursor: &str, list: u64, name: &str) -> Result<Position> {
    let another = "another list: it goes with the filter and order that it came with";
    cursor::opened(cursor, list, (name, another), |bytes| {
        let id = cursor::id(bytes)?;
        let (kind, key) = bytes.split_first()?;
        *bytes = key;
        let key = match kind {
            b'b' => Key::Bytes(cursor::rest(bytes)),
            b't' => Key::Text(cursor::text(bytes)?),
            b'i' => Key::Int(cursor::number(bytes)?),
            _ => return None,
        };
        Some(Position { key, id })
    })
}

/// Which part of a list this is.
#[derive(SimpleObject)]
pub(crate) struct PageInfo {
    /// Whether the list goes on before this part.
    has_previous_page: bool,
    /// Whether the list goes on after this part.
    has_next_page: bool,
    /// The cursor of the first record.
    start_cursor: Option<String>,
    /// The cursor of the last record.
    end_cursor: Option<String>,
}

impl PageInfo {
    /// A part that the list goes on before or after, from one cursor to another.
    pub(crate) fn of(more: (bool, bool), start_cursor: Option<String>, end_cursor: Option<String>) -> Self {
        Self { has_previous_page: more.0, has_next_page: more.1, start_cursor, end_cursor }
    }

    /// The same of what stands there with its cursors.
    pub(crate) fn over<T>(more: (bool, bool), all: &[(String, T)]) -> Self {
        let cursor = |one: Option<&(String, T)>| one.map(|(cursor, _)| cursor.clone());
        Self::of(more, cursor(all.first()), cursor(all.last()))
    }
}

/// Part of a list.
pub(crate) struct Connection<T> {
    batch: Arc<Batch<T>>,
    range: Range<usize>,
    more: (bool, bool),
    list: u64,
    total: Total,
}

/// How the whole list is counted, if that is asked for.
enum Total {
    Root(Filter),
    Child { parent: Uuid, column: &'static str, filter: Filter, parents: Vec<Uuid>, counts: Arc<Counts> },
}

type Counts = OnceCell<std::result::Result<HashMap<Uuid, i64>, ketnoi_registry::Error>>;

/// A record in a list, with its place.
pub(crate) struct Edge<T> {
    node: View<T>,
    list: u64,
}

impl<T: Record> Connection<T> {
    fn views(&self) -> Vec<View<T>> {
        View::all(&self.batch, self.range.clone())
    }
    fn cursor(&self, index: usize) -> Option<String> {
        self.batch.position(index).map(|p| encode(p, self.list))
    }
}

fn kind_name<T: Record>() -> String {
    T::KIND.name().split('_').map(|w| w[..1].to_ascii_uppercase() + &w[1..]).collect()
}

impl<T: Record> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", kind_name::<T>()).into()
    }
}
impl<T: Record> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", kind_name::<T>()).into()
    }
}

/// Part of a list.
#[Object(name_type)]
impl<T: Stored> Connection<T>
where
    View<T>: ContainerType + OutputType,
{
    /// The records with their cursors.
    async fn edges(&self) -> Many<Edge<T>> {
        Many(self.views().into_iter().map(|node| Edge { node, list: self.list }).collect())
    }
    /// The records.
    async fn nodes(&self) -> Many<View<T>> {
        Many(self.views())
    }
    /// Which part of the list this is.
    async fn page_info(&self) -> One<PageInfo> {
        let end = self.range.end.checked_sub(1).filter(|end| *end >= self.range.start);
        let start = end.and_then(|_| self.cursor(self.range.start));
        One(PageInfo::of(self.more, start, end.and_then(|end| self.cursor(end))))
    }
    /// How many records the whole list has. Counted only when asked for.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        let session = session(ctx);
        match &self.total {
            Total::Root(filter) => session.count::<T>(filter).await.map_err(from_registry),
            Total::Child { parent, column, filter, parents, counts } => {
                let count = || session.count_children::<T>((column, parents), filter);
                let counts = counts.get_or_init(count).await.as_ref().map_err(|e| from_registry(e.clone()))?;
                Ok(counts.get(parent).copied().unwrap_or(0))
            }
        }
    }
}

/// A record in a list, with its place.
#[Object(name_type)]
impl<T: Stored> Edge<T>
where
    View<T>: ContainerType + OutputType,
{
    /// The record's place, to go on from.
    async fn cursor(&self) -> String {
        self.node.position().map(|p| encode(p, self.list)).unwrap_or_default()
    }
    /// The record.
    async fn node(&self) -> One<View<T>> {
        One(self.node.clone())
    }
}

/// A part of a list on its way. Boxed, and so are filters: a view's resolver holds the futures and the arguments of all its
/// fields in one stack frame, and such frames nest as deep as a query does.
pub(crate) type Loading<'c, T> = BoxFuture<'c, Result<T>>;

fn lowered<F: Lower, O: LowerOrder>(filter: Option<Box<F>>, order: Option<O>) -> Result<(Filter, Order)> {
    Ok((filter.map_or_else(|| Ok(Filter::all()), |f| f.lower())?, order.map_or_else(O::default_order, LowerOrder::order)))
}

/// A list at the root.
pub(crate) fn root<'c, T: Stored, F: Lower, O: LowerOrder>(
    ctx: &'c Context<'c>,
    filter: Option<Box<F>>,
    order: Option<O>,
    paging: Paging,
) -> Loading<'c, One<Connection<T>>> {
    let lowered = lowered(filter, order);
    Box::pin(async move {
        let (filter, order) = lowered?;
        let list = mark((T::KIND, &filter, order));
        let page = paging.page(list)?;
        let Found { rows, more_before, more_after } =
            session(ctx).page::<T>(&filter, order, &page).await.map_err(from_registry)?;
        let (positions, rows): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        let range = 0..rows.len();
        let batch = Batch::placed(rows, positions);
        Ok(One(Connection { batch, range, more: (more_before, more_after), list, total: Total::Root(filter) }))
    })
}

/// The children of all siblings, as one statement found them.
struct Family<C> {
    batch: Arc<Batch<C>>,
    ranges: HashMap<Uuid, (Range<usize>, bool, bool)>,
    counts: Arc<Counts>,
}

impl<C: Record> Family<C> {
    fn new(found: Vec<(Uuid, Found<C>)>) -> Self {
        let mut rows = Vec::new();
        let mut positions = Vec::new();
        let mut ranges = HashMap::with_capacity(found.len());
        for (parent, found) in found {
            let start = rows.len();
            for (position, row) in found.rows {
                positions.push(position);
                rows.push(row);
            }
            ranges.insert(parent, (start..rows.len(), found.more_before, found.more_after));
        }
        Self { batch: Batch::placed(rows, positions), ranges, counts: Arc::default() }
    }
}

/// A list under a record; the lists of all its siblings are loaded by the same statement.
pub(crate) fn children<'c, C: Stored, F: Lower, O: LowerOrder>(
    ctx: &'c Context<'c>,
    of: &'c dyn Sibling,
    names: (&'static str, &'static str),
    filter: Option<Box<F>>,
    order: Option<O>,
    paging: Paging,
) -> Loading<'c, One<Connection<C>>> {
    lowered_children(ctx, of, names, lowered(filter, order), paging)
}

fn lowered_children<'c, C: Stored>(
    ctx: &'c Context<'c>,
    of: &'c dyn Sibling,
    (field, column): (&'static str, &'static str),
    lowered: Result<(Filter, Order)>,
    paging: Paging,
) -> Loading<'c, One<Connection<C>>> {
    Box::pin(async move {
        let (filter, order) = lowered?;
        let parent = of.id();
        let anchored = paging.after.is_some() || paging.before.is_some();
        if anchored && of.count() > 1 {
            return Err(bad_input(format!(
                "a cursor in `{field}` goes on from one record, and there are several here: ask for one by `node` or by code"
            )));
        }
        let list = mark((C::KIND, column, parent, &filter, order));
        let page = paging.page(list)?;
        let load = || async {
            let parents = of.ids();
            data(ctx).session.children::<C>((column, &parents), &filter, order, Some(&page)).await.map(Family::new)
        };
        let family: Arc<Family<C>> = of.cells().get(field, format!("{filter:?}{order:?}{page:?}"), load).await?;
        let nothing = (0..0, page.after.is_some(), page.before.is_some());
        let (range, before, after) = family.ranges.get(&parent).cloned().unwrap_or(nothing);
        let total = Total::Child { parent, column, filter, parents: of.ids(), counts: Arc::clone(&family.counts) };
        Ok(One(Connection { batch: Arc::clone(&family.batch), range, more: (before, after), list, total }))
    })
}

/// All children of a record in their usual order, without pages: for the few that belong to it closely. The filter is made of
/// the arguments, and only by the first of the siblings.
pub(crate) fn all_children<'c, C: Stored>(
    ctx: &'c Context<'c>,
    of: &'c dyn Sibling,
    (field, column): (&'static str, &'static str),
    (arguments, filter): (String, fn(&str) -> Filter),
    by: &'static str,
) -> Loading<'c, Many<View<C>>> {
    Box::pin(async move {
        let load = || async {
            let (order, filter) = (Order { by, descending: false }, filter(&arguments));
            data(ctx).session.children::<C>((column, &of.ids()), &filter, order, None).await.map(Family::new)
        };
        let family: Arc<Family<C>> = of.cells().get(field, arguments.clone(), load).await?;
        let range = family.ranges.get(&of.id()).map_or(0..0, |(range, ..)| range.clone());
        Ok(Many(View::all(&family.batch, range)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_holds_its_place_and_fits_only_its_list() {
        for key in [Key::Bytes(vec![0, 255]), Key::Text("2010-08".into()), Key::Int(-7)] {
            let position = Position { key, id: Uuid::from_u128(9) };
            let cursor = encode(&position, 5);
            assert_eq!(decode(&cursor, 5, "after").unwrap(), position);
            assert!(decode(&cursor, 6, "after").unwrap_err().message.contains("another list"));
        }
        for wrong in ["", "abc", "!", &"A".repeat(30)] {
            assert!(decode(wrong, 5, "after").unwrap_err().message.contains("no cursor"), "{wrong}");
        }
    }
}
