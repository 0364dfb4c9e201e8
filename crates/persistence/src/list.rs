//! The reads of every kind: a page of a list, a batch of children, some by id or code, a count.

use ketnoi_domain::{
    Action, Viewer,
    query::{Filter, Key, Order, Page, Position},
};
use sea_orm::{
    EntityTrait, IdenStatic, Iterable,
    sea_query::{Alias, Expr, ExprTrait, Func, Order as Direction, Query, SelectStatement, SimpleExpr, Value, WindowStatement},
};
use uuid::Uuid;

use crate::{
    Error, Reader, Sort, Stored,
    filter::{compile, ids_in, visible},
    row::{FromRow, Row},
    stored::{Readable, RowHead, Whole},
};

/// A part of a list, in its order.
#[derive(Clone, Debug)]
pub struct Found<T> {
    /// The records, each with its place in the list.
    pub rows: Vec<(Position, T)>,
    /// Whether the list goes on before them.
    pub more_before: bool,
    /// Whether the list goes on after them.
    pub more_after: bool,
}

/// A record with its sort key, read from behind the columns of the record.
struct Keyed<M>(M, Key);

impl<T: Stored> Keyed<Whole<T>> {
    /// What lists are ordered by: the key, and the id among equals.
    fn place(&self) -> (&Key, Uuid) {
        (&self.1, self.0.0.head().id.uuid())
    }
}

impl<M: FromRow> FromRow for Keyed<M> {
    const WIDTH: usize = M::WIDTH + 1;
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self(M::from_row(row)?, row.key(M::WIDTH)?))
    }
}

/// A record with its sort key and the record that it is a child of.
struct Child<M>(Keyed<M>, Uuid);

impl<M: FromRow> FromRow for Child<M> {
    const WIDTH: usize = M::WIDTH + 2;
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self(Keyed::from_row(row)?, row.get(M::WIDTH + 1)?))
    }
}

/// One part of the list of all records of a kind that the viewer may see and the filter lets pass.
pub async fn page<T: Stored>(
    reader: &Reader,
    viewer: &Viewer,
    filter: &Filter,
    order: Order,
    page: &Page,
) -> Result<Found<T>, Error> {
    let rows = reader.all::<Keyed<Whole<T>>>(&select_page::<T>(viewer, filter, order, page)?).await?;
    Ok(found(viewer, rows, page))
}

/// How the database would find a page, in its own words: to see whether an index serves a list.
pub async fn plan_of_page<T: Stored>(
    reader: &Reader,
    viewer: &Viewer,
    filter: &Filter,
    order: Order,
    page: &Page,
) -> Result<Vec<String>, Error> {
    reader.plan(&select_page::<T>(viewer, filter, order, page)?).await
}

fn select_page<T: Stored>(viewer: &Viewer, filter: &Filter, order: Order, page: &Page) -> Result<SelectStatement, Error> {
    let sort = sort_of::<T>(order)?;
    let (key, down) = (sort.expression(order.descending), order.descending ^ page.from_end);
    let mut find = select::<T>(viewer, filter)?;
    find.expr(Expr::cust(key.clone()));
    bounds(&mut find, sort, &key, order, page)?;
    ordered(&mut find, sort, &key, down);
    find.limit(u64::from(page.size) + 1);
    Ok(find)
}

/// For each of these records the first of its children, by the column through which a child points at it.
/// At most `page.size` for each, or all without a page.
pub async fn children<T: Stored>(
    reader: &Reader,
    viewer: &Viewer,
    (column, parents): (&'static str, &[Uuid]),
    filter: &Filter,
    order: Order,
    page: Option<&Page>,
) -> Result<Vec<(Uuid, Found<T>)>, Error> {
    let mut all = Vec::new();
    for part in parts(parents) {
        all.extend(children_of_part(reader, viewer, (column, &part), filter, order, page).await?);
    }
    Ok(all)
}

async fn children_of_part<T: Stored>(
    reader: &Reader,
    viewer: &Viewer,
    (column, parents): (&'static str, &[Uuid]),
    filter: &Filter,
    order: Order,
    page: Option<&Page>,
) -> Result<Vec<(Uuid, Found<T>)>, Error> {
    let sort = sort_of::<T>(order)?;
    let key = sort.expression(order.descending);
    let down = order.descending ^ page.is_some_and(|p| p.from_end);
    let mut find = select::<T>(viewer, filter)?;
    find.and_where(ids_in(column, parents));
    find.expr_as(Expr::cust(key.clone()), "sort_").expr_as(Expr::col((T::TABLE, column)), "parent_");
    if let Some(page) = page {
        bounds(&mut find, sort, &key, order, page)?;
        let mut window = WindowStatement::partition_by(column);
        window.order_by_expr(Expr::cust(key), direction(down)).order_by("id", direction(down));
        find.expr_window_as(Func::cust("ROW_NUMBER"), window, "rank_");
        let within = Expr::col("rank_").lte(i64::from(page.size) + 1);
        let mut ranked = Query::select();
        ranked.columns(read_columns::<T>()).columns(["sort_", "parent_"]);
        find = ranked.from_subquery(find, Alias::new("ranked_")).and_where(within).to_owned();
        find.order_by("parent_", Direction::Asc).order_by("rank_", Direction::Asc);
    } else {
        find.order_by("parent_", Direction::Asc);
    }
    let mut rows = reader.all::<Child<Whole<T>>>(&find).await?.into_iter().peekable();
    let whole = Page::first(u32::MAX);
    let mut all = Vec::new();
    while let Some(parent) = rows.peek().map(|row| row.1) {
        let mut own = Vec::new();
        while let Some(row) = rows.next_if(|row| row.1 == parent) {
            own.push(row.0);
        }
        if page.is_none() {
            // An index gives the children by parent. Putting each parent's few in order here spares the database a sorter, which
            // would take in and hand out the whole of every row.
            own.sort_unstable_by(|a, b| {
                let order = a.place().cmp(&b.place());
                if down { order.reverse() } else { order }
            });
        }
        all.push((parent, found(viewer, own, page.unwrap_or(&whole))));
    }
    Ok(all)
}

/// The records with these ids that the viewer may see, in the order of their ids.
pub async fn find_by_ids<T: Stored>(reader: &Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<T>, Error> {
    let mut all = Vec::new();
    for part in parts(ids) {
        let mut find = select::<T>(viewer, &Filter::all())?;
        find.and_where(ids_in("id", &part)).order_by("id", Direction::Asc);
        all.extend(records::<T>(reader, viewer, &find).await?);
    }
    Ok(all)
}

/// The records with these codes that the viewer may see, in the order of their codes.
pub async fn find_by_codes<T: Stored>(reader: &Reader, viewer: &Viewer, codes: &[&str]) -> Result<Vec<T>, Error> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let mut find = select::<T>(viewer, &Filter::all())?;
    find.and_where(Expr::col("code").is_in(codes.iter().copied())).order_by("code", Direction::Asc);
    records(reader, viewer, &find).await
}

/// How many records of a kind the viewer may see and the filter lets pass.
pub async fn count<T: Stored>(reader: &Reader, viewer: &Viewer, filter: &Filter) -> Result<i64, Error> {
    let mut find = Query::select().expr(Expr::cust("COUNT(*)")).from(T::TABLE).and_where(visible(viewer)).to_owned();
    find.cond_where(compile::<T>(filter, viewer)?);
    Ok(reader.all_long::<(i64,)>(&find).await?.first().map_or(0, |row| row.0))
}

/// How many children each of these records has; one that has none is left out.
pub async fn count_children<T: Stored>(
    reader: &Reader,
    viewer: &Viewer,
    (column, parents): (&'static str, &[Uuid]),
    filter: &Filter,
) -> Result<Vec<(Uuid, i64)>, Error> {
    let mut all = Vec::new();
    for part in parts(parents) {
        let mut find = Query::select();
        find.column(column).expr(Expr::cust("COUNT(*)")).from(T::TABLE).and_where(visible(viewer));
        find.and_where(ids_in(column, &part)).cond_where(compile::<T>(filter, viewer)?).group_by_col(column);
        all.extend(reader.all_long::<(Uuid, i64)>(&find).await?);
    }
    Ok(all)
}

/// Ids in as many parts as statements are needed: SQLite takes 32,766 values in one, PostgreSQL 65,535, and a list is filled
/// up to a power of two. Several parts are in the order of the ids, each id once, as one statement would give them.
fn parts(ids: &[Uuid]) -> Vec<Vec<Uuid>> {
    const IDS: usize = 16_384;
    if ids.len() <= IDS {
        return if ids.is_empty() { Vec::new() } else { vec![ids.to_vec()] };
    }
    let mut all = ids.to_vec();
    all.sort_unstable();
    all.dedup();
    all.chunks(IDS).map(<[Uuid]>::to_vec).collect()
}

/// The columns that a record is made of, in the order of the row: all but the last, which records are found and ordered by.
pub(crate) fn read_columns<T: Stored>() -> impl Iterator<Item = &'static str> {
    let all = <<T as Readable>::Entity as EntityTrait>::Column::iter().map(|c| c.as_str());
    all.take(<<T as Readable>::Row as RowHead>::WIDTH)
}

/// All columns of the records that the viewer may see and the filter lets pass.
pub(crate) fn select<T: Stored>(viewer: &Viewer, filter: &Filter) -> Result<SelectStatement, Error> {
    let mut find = Query::select();
    find.columns(read_columns::<T>().map(|c| (T::TABLE, c))).from(T::TABLE);
    find.and_where(visible(viewer)).cond_where(compile::<T>(filter, viewer)?);
    Ok(find)
}

fn sort_of<T: Stored>(order: Order) -> Result<&'static Sort, Error> {
    let unknown = || Error::NoSuchField { kind: T::KIND, field: order.by.to_owned() };
    T::SORTS.iter().find(|s| s.name == order.by).ok_or_else(unknown)
}

fn direction(down: bool) -> Direction {
    if down { Direction::Desc } else { Direction::Asc }
}

fn ordered(find: &mut SelectStatement, sort: &Sort, key: &str, down: bool) {
    find.order_by_expr(Expr::cust(key.to_owned()), direction(down));
    if !sort.is_unique() {
        find.order_by("id", direction(down));
    }
}

/// Keeps what lies after one position and before another, in the order of the list.
fn bounds(find: &mut SelectStatement, sort: &Sort, key: &str, order: Order, page: &Page) -> Result<(), Error> {
    for (position, after) in [(&page.after, true), (&page.before, false)] {
        let Some(position) = position else { continue };
        if !sort.accepts(&position.key) {
            return Err(Error::Refused("the position belongs to a list in another order".into()));
        }
        let value = match &position.key {
            Key::Bytes(b) => Value::from(b.clone()),
            Key::Text(s) => Value::from(s.as_str()),
            Key::Int(n) => Value::from(*n),
        };
        let up = after ^ order.descending;
        if sort.may_be_unknown() {
            // It follows from the next condition; but only of one expression can SQLite see that an index begins there.
            let (edge, value) = (Expr::cust(key.to_owned()), Expr::val(value.clone()));
            find.and_where(if up { edge.gte(value) } else { edge.lte(value) });
        }
        let (here, there): (SimpleExpr, SimpleExpr) = if sort.is_unique() {
            (Expr::cust(key.to_owned()), Expr::val(value))
        } else {
            let here = Expr::tuple([Expr::cust(key.to_owned()), Expr::col("id")]);
            (here, Expr::tuple([Expr::val(value), Expr::val(position.id)]))
        };
        find.and_where(if up { here.gt(there) } else { here.lt(there) });
    }
    Ok(())
}

fn found<T: Stored>(viewer: &Viewer, mut rows: Vec<Keyed<Whole<T>>>, page: &Page) -> Found<T> {
    let size = usize::try_from(page.size).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    if page.from_end {
        rows.reverse();
    }
    let (more_before, more_after) = if page.from_end { (more, page.before.is_some()) } else { (page.after.is_some(), more) };
    let people = viewer.may(Action::SeePeople);
    let place =
        |Keyed(Whole(record), key): Keyed<Whole<T>>| (Position { key, id: record.head().id.uuid() }, told(record, people));
    Found { rows: rows.into_iter().map(place).collect(), more_before, more_after }
}

/// All records that a statement finds.
pub(crate) async fn records<T: Stored>(reader: &Reader, viewer: &Viewer, find: &SelectStatement) -> Result<Vec<T>, Error> {
    let people = viewer.may(Action::SeePeople);
    Ok(reader.all::<Whole<T>>(find).await?.into_iter().map(|Whole(record)| told(record, people)).collect())
}

/// A record as it is told to those who may see people, or may not.
fn told<T: Stored>(mut record: T, people: bool) -> T {
    if !people {
        record.withhold();
    }
    record
}
