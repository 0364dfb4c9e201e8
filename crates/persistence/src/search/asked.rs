//! What is asked: a page of what is found, and how much that is.

use std::collections::BTreeSet;

use ketnoi_domain::{Coded, Kind, PartialDate, Viewer, query::Scope};
use sea_orm::sea_query::{Expr, ExprTrait, Order as Direction, Query, SelectStatement, SimpleExpr, Value};
use uuid::Uuid;

use super::{
    among::{Among, Asked, of_rank},
    weight,
};
use crate::{
    Error, Reader,
    row::{FromRow, Row},
};

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Search {
    /// Words as a person types them, the last one perhaps not to its end.
    pub text: String,
    /// Only in names, not in what is told of a record.
    pub names_only: bool,
    /// Only these kinds; none given, all of them.
    pub kinds: Vec<Kind>,
    /// Only what may touch the time from then on.
    pub from: Option<PartialDate>,
    /// Only what may touch the time up to then.
    pub to: Option<PartialDate>,
    /// Only what is placed in one of these local authorities, by code, and how far around them.
    pub places: Option<(Vec<String>, Scope)>,
}

/// Where a hit stands in the list of all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HitPosition {
    /// How well it fits: 0 a name is what was typed, 1 a name begins with it, 2 the names hold every word, 3 the names hold
    /// the words and one that begins as the last, 4 names and texts together do.
    pub rank: i64,
    /// How likely its kind is what people look for, from 0.
    pub weight: i64,
    /// In ranks 0 and 1 the folded name that fits, in the others its place in the Vietnamese order; nothing where there are
    /// too many to be put in that order.
    pub key: Vec<u8>,
    /// Its number, which decides between equals.
    pub number: i64,
}

impl HitPosition {
    /// Whether it stands among so many that they come by their numbers.
    fn is_by_number(&self) -> bool {
        self.rank >= FIRST_OF_WORDS && self.key.is_empty()
    }
}

/// A record that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Uuid,
    /// Where it stands.
    pub position: HitPosition,
}

/// A part of what was found, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The hits.
    pub hits: Vec<Hit>,
    /// Whether there are more behind them.
    pub more: bool,
}

/// What the viewer may see of what was found, the best first: at most `size`, behind a hit.
pub async fn search(
    reader: &Reader,
    viewer: &Viewer,
    wanted: &Search,
    size: u32,
    after: Option<&HitPosition>,
) -> Result<Hits, Error> {
    let Some(asked) = Asked::of(reader, wanted) else { return Ok(Hits::default()) };
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let found = at_least(reader, asked.numbers(&asked.anything())).await?;
    // A list that was begun by numbers goes on so, though there be fewer by now.
    let many = found == MANY || after.is_some_and(HitPosition::is_by_number);
    let mut hits = match found {
        0 => Vec::new(),
        _ if many => asked.rank_by_rank(reader, viewer, size + 1, after).await?,
        _ => reader.all_long::<Hit>(&asked.ranked(viewer, size + 1, after)).await?,
    };
    let more = hits.len() > size;
    hits.truncate(size);
    Ok(Hits { hits, more })
}

/// How much the viewer may see of what was found.
pub async fn search_count(reader: &Reader, viewer: &Viewer, wanted: &Search) -> Result<i64, Error> {
    let Some(asked) = Asked::of(reader, wanted) else { return Ok(0) };
    let mut count = asked.narrowed(viewer);
    count.and_where(asked.is_in(&asked.anything())).expr(Expr::cust("COUNT(*)"));
    Ok(reader.all_long::<(i64,)>(&count).await?.first().map_or(0, |row| row.0))
}

/// The first rank that goes by words; those before it go by whole names.
const FIRST_OF_WORDS: i64 = 2;

/// So many candidates are many. They are not sorted: gathering and sorting them takes longer than all else.
const MANY: u64 = 2_000;

/// How many rows a statement finds, counted up to [`MANY`].
async fn at_least(reader: &Reader, candidates: SelectStatement) -> Result<u64, Error> {
    let mut some = candidates;
    some.limit(MANY);
    let count = Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(some, "some_").to_owned();
    Ok(reader.all_long::<(i64,)>(&count).await?.first().map_or(0, |row| row.0.cast_unsigned()))
}

/// A condition that no index is asked for, and of which the database expects that it holds for every other row: so it goes
/// through the rows in the order that is wanted, and stops when it has enough.
fn looked_at(condition: SimpleExpr) -> SimpleExpr {
    Expr::case(condition, Expr::cust("TRUE")).finally(Expr::cust("FALSE")).into()
}

/// Narrows a page to what stands behind a place in its order.
fn behind<const N: usize>(page: &mut SelectStatement, columns: [&'static str; N], there: [Value; N]) {
    page.and_where(Expr::tuple(columns.map(Expr::col)).gt(Expr::tuple(there.map(Expr::val))));
}

/// Ends a page after so many rows.
fn limited(page: &mut SelectStatement, size: usize) {
    page.limit(u64::try_from(size).unwrap_or(u64::MAX));
}

impl Asked<'_> {
    fn last_rank(&self) -> i64 {
        if self.wanted.names_only { 3 } else { 4 }
    }

    /// The weights that hits may have, the smallest first.
    fn weights(&self) -> BTreeSet<i64> {
        let kinds = if self.wanted.kinds.is_empty() { Kind::ALL } else { self.wanted.kinds.as_slice() };
        kinds.iter().map(|kind| weight(*kind)).collect()
    }

    /// A text of SQL as the bytes of a key.
    fn bytes(&self, text: &str) -> String {
        if self.postgres { format!("convert_to({text}, 'UTF8')") } else { format!("CAST({text} AS BLOB)") }
    }

    /// A page of few hits: all are ranked and sorted by one statement.
    fn ranked(&self, viewer: &Viewer, size: usize, after: Option<&HitPosition>) -> SelectStatement {
        let is = |rank| self.is_in(&of_rank(rank).0);
        let literal = |rank: i64| Expr::cust(rank.to_string());
        let rank: SimpleExpr = (1..4)
            .fold(Expr::case(is(0), literal(0)), |case, rank| case.case(is(rank), literal(rank)))
            .finally(literal(4))
            .into();
        let name: SimpleExpr = self.first_name(self.bytes(r#"MIN("name")"#)).into();
        // What begins with what was typed includes what is just that.
        let key: SimpleExpr = Expr::case(is(1), name).finally(Expr::col("sort_key")).into();
        let mut found = self.narrowed(viewer);
        found.and_where(self.is_in(&self.anything())).columns(["kind", "record_id"]);
        found.expr_as(rank.cast_as("BIGINT"), "rank_").column("weight").expr_as(key, "key_").column("number");
        let order = ["rank_", "weight", "key_", "number"];
        let mut page = Query::select();
        page.columns(["kind", "record_id"]).columns(order).from_subquery(found, "found_");
        if let Some(at) = after {
            behind(&mut page, order, [at.rank.into(), at.weight.into(), at.key.clone().into(), at.number.into()]);
        }
        for column in order {
            page.order_by(column, Direction::Asc);
        }
        limited(&mut page, size);
        page
    }

    /// A page of many hits: the next rank is read only if the page is not full. A word that a third of all records hold
    /// would else have all of them ranked and sorted for the first twenty.
    async fn rank_by_rank(
        &self,
        reader: &Reader,
        viewer: &Viewer,
        size: usize,
        after: Option<&HitPosition>,
    ) -> Result<Vec<Hit>, Error> {
        let mut hits: Vec<Hit> = Vec::new();
        // A cursor may be made up, and name a rank that there is not.
        for rank in after.map_or(0, |at| Ord::max(at.rank, 0))..=self.last_rank() {
            let Some(missing) = size.checked_sub(hits.len()).filter(|n| *n > 0) else { break };
            let after = after.filter(|at| at.rank == rank);
            hits.extend(if rank < FIRST_OF_WORDS {
                self.of_names(reader, viewer, rank, missing, after).await?
            } else {
                self.of_words(reader, viewer, rank, missing, after).await?
            });
        }
        Ok(hits)
    }

    /// Hits of a rank that goes by whole names, in the order of the names: one weight after another, each a stretch of an
    /// index from its first name on, however many there are.
    async fn of_names(
        &self,
        reader: &Reader,
        viewer: &Viewer,
        rank: i64,
        size: usize,
        after: Option<&HitPosition>,
    ) -> Result<Vec<Hit>, Error> {
        let mut hits: Vec<Hit> = Vec::new();
        for weight in self.weights().into_iter().filter(|weight| after.is_none_or(|at| at.weight <= *weight)) {
            let Some(missing) = size.checked_sub(hits.len()).filter(|n| *n > 0) else { break };
            let page = self.named(viewer, rank, weight, missing, after.filter(|at| at.weight == weight));
            hits.extend(reader.all_long::<Hit>(&page).await?);
        }
        Ok(hits)
    }

    fn named(&self, viewer: &Viewer, rank: i64, weight: i64, size: usize, after: Option<&HitPosition>) -> SelectStatement {
        let mut called = Query::select();
        called.expr_as(Expr::col("number"), "called_number").expr_as(Expr::col("name"), "called_name").from("search_name");
        called.and_where(Expr::col("weight").eq(weight));
        let mut page = self.narrowed(viewer);
        if rank == 0 {
            called.and_where(self.is_typed());
        } else {
            called.and_where(Expr::col("name").gt(self.typed.as_str())).and_where(self.is_no_further());
            // An entry stands at the first of its names, once; one that is just what was typed has its place in rank 0.
            let first = self.first_name(r#"MIN("name")"#.to_owned());
            page.and_where(looked_at(Expr::col("called_name").eq(first)));
        }
        page.from_subquery(called, "called_").and_where(Expr::cust(r#""number" = "called_number""#));
        page.columns(["kind", "record_id"]).expr(Expr::cust(format!("CAST({rank} AS BIGINT)"))).column("weight");
        page.expr(Expr::cust(self.bytes("\"called_name\""))).column("number");
        if let Some(at) = after {
            // A cursor may be made up; PostgreSQL takes no text with this sign.
            let name = String::from_utf8_lossy(&at.key).replace('\0', "");
            behind(&mut page, ["called_name", "called_number"], [name.into(), at.number.into()]);
        }
        for column in ["called_name", "called_number"] {
            page.order_by(column, Direction::Asc);
        }
        limited(&mut page, size);
        page
    }

    /// Hits of a rank that goes by words: few in the Vietnamese order, many by their numbers. A number says nothing, so what
    /// holds a word lies scattered among all, and the first twenty are met soon; in any order that says something, records
    /// whose names begin alike stand together, perhaps at its end.
    async fn of_words(
        &self,
        reader: &Reader,
        viewer: &Viewer,
        rank: i64,
        size: usize,
        after: Option<&HitPosition>,
    ) -> Result<Vec<Hit>, Error> {
        let (within, without) = of_rank(rank);
        let by_number = match after {
            Some(at) => at.is_by_number(),
            // Counted for the viewer: what is hidden has no say in the order of what is not. What a filter leaves of many may
            // be a few, far apart.
            None => self.is_unfiltered() && at_least(reader, self.seen(viewer, &within)).await? == MANY,
        };
        reader.all_long(&self.worded(viewer, (rank, &within, without), by_number, size, after)).await
    }

    fn worded(
        &self,
        viewer: &Viewer,
        (rank, within, without): (i64, &Among, &[Among]),
        by_number: bool,
        size: usize,
        after: Option<&HitPosition>,
    ) -> SelectStatement {
        let mut page = self.narrowed(viewer);
        let found = self.is_in(within);
        page.and_where(if by_number { looked_at(found) } else { found });
        for part in without {
            page.and_where(self.is_in(part).not());
        }
        let key = if by_number { Expr::cust(self.bytes("''")) } else { Expr::col("sort_key") };
        page.columns(["kind", "record_id"]).expr(Expr::cust(format!("CAST({rank} AS BIGINT)"))).column("weight");
        page.expr(key).column("number");
        if by_number {
            if let Some(at) = after {
                behind(&mut page, ["weight", "number"], [at.weight.into(), at.number.into()]);
            }
            page.order_by("weight", Direction::Asc).order_by("number", Direction::Asc);
        } else {
            if let Some(at) = after {
                let there = [at.weight.into(), at.key.clone().into(), at.number.into()];
                behind(&mut page, ["weight", "sort_key", "number"], there);
            }
            // With the sign before it no database follows its index of weights: few candidates are sorted faster.
            page.order_by_expr(Expr::cust("+\"weight\""), Direction::Asc);
            page.order_by("sort_key", Direction::Asc).order_by("number", Direction::Asc);
        }
        limited(&mut page, size);
        page
    }
}

impl FromRow for Hit {
    const WIDTH: usize = 6;
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        let name: String = row.get(0)?;
        let unknown = || Error::Statement(format!("the search has an entry of the kind `{name}`, which there is not"));
        Ok(Self {
            kind: Coded::from_name(&name).ok_or_else(unknown)?,
            id: row.get(1)?,
            position: HitPosition { rank: row.get(2)?, weight: row.get(3)?, key: row.get(4)?, number: row.get(5)? },
        })
    }
}
