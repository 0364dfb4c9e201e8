//! Who may see a record in truth: how wide it is seen, and, of what is for partners, by which of them.
//!
//! The level of a record (`level`) is the narrowest of its own setting and the levels of all it belongs to (`belongs`); what
//! is archived lies below every level, with all that belongs to it. A record for partners has a reach (`reach`): the
//! organisations and local authorities that have a part in it, found along fixed ways (`ways`). Both are kept beside the
//! records, so that no read has to find them out, and both follow every write in the transaction of that write: `touches`
//! notes what it touched, and only what hangs on that is looked at (ADR 0023).

mod belongs;
mod level;
mod parties;
mod reach;
mod touches;
mod ways;

use std::collections::HashSet;

use ketnoi_domain::Kind;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, QueryResult,
    sea_query::{Expr, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{Error, filter::among};

pub(crate) use belongs::{BELONGS, table_of};
pub(crate) use touches::{Touches, forget};

/// A record that more or fewer may see than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moved {
    pub(crate) kind: Kind,
    pub(crate) id: Uuid,
    /// Its level before.
    pub(crate) before: i64,
    /// Its level now.
    pub(crate) after: i64,
}

/// What settling came to.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    /// Records of another level than before.
    pub(crate) moved: Vec<Moved>,
    /// Records of the same level as before, and not touched by the unit itself, that other partners see than before.
    pub(crate) reached: Vec<Moved>,
}

/// Where more records than that were touched, looking at every table once takes less than looking for what hangs on each.
const MANY: usize = 1_000;

/// How many ids one statement is asked for.
const PART: usize = 1_000;

/// Settles what was touched and what hangs on it.
pub(crate) async fn settle(transaction: &DatabaseTransaction, touches: &Touches) -> Result<Settled, Error> {
    if touches.len() > MANY {
        let mut settled = settle_all(transaction).await?;
        settled.reached.retain(|r| !touches.touched(r.kind, r.id));
        return Ok(settled);
    }
    let moved = level::settle(transaction, touches).await?;
    let reached = reach::settle(transaction, touches, &moved).await?;
    Ok(Settled { moved, reached })
}

/// Settles every record that there is.
pub(crate) async fn settle_all(transaction: &DatabaseTransaction) -> Result<Settled, Error> {
    let moved = level::settle_all(transaction).await?;
    let mut reached = reach::settle_all(transaction).await?;
    let known: HashSet<Uuid> = moved.iter().map(|m| m.id).collect();
    reached.retain(|r| !known.contains(&r.id));
    Ok(Settled { moved, reached })
}

/// What one column holds in those rows of a table that hold one of these ids in another.
async fn ids(
    transaction: &DatabaseTransaction,
    (table, wanted): (&'static str, &'static str),
    (column, given): (&'static str, &[Uuid]),
    only: impl Fn(&mut SelectStatement),
) -> Result<Vec<Uuid>, Error> {
    let mut all = Vec::new();
    for part in given.chunks(PART) {
        let mut find = Query::select();
        find.column(wanted).from(table).and_where(among(Expr::col(column), part));
        only(&mut find);
        for row in transaction.query_all(&find).await? {
            all.extend(id_of(&row, wanted)?);
        }
    }
    Ok(all)
}

fn id_of(row: &QueryResult, column: &str) -> Result<Option<Uuid>, Error> {
    Ok(row.try_get::<Option<Uuid>>("", column)?)
}
