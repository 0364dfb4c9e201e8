use std::collections::HashMap;

use ketnoi_domain::{Coded, Kind, Visibility, workflow::ReviewStep};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Order, Query},
};
use uuid::Uuid;

use super::{coded, kind_of};
use crate::{
    Error, Reader, UnitOfWork,
    codec::level,
    filter::ids_in,
    row::{FromRow, Row},
    settle::table_of,
};

/// A step of a record towards its publication, or back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The record.
    pub record: Uuid,
    /// Its kind.
    pub kind: Kind,
    /// Which step.
    pub step: ReviewStep,
    /// The registry's revision that came of it.
    pub revision: i64,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// By whose account.
    pub account: Option<Uuid>,
    /// What its author was called.
    pub actor: String,
    /// Why.
    pub why: String,
}

const COLUMNS: [&str; 8] = ["record_id", "kind", "step", "revision", "at", "account", "actor", "why"];

impl FromRow for Review {
    const WIDTH: usize = COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        let (kind, step): (String, String) = (row.get(1)?, row.get(2)?);
        Ok(Self {
            record: row.get(0)?,
            kind: kind_of("review", "kind", &kind)?,
            step: coded("review", "step", &step)?,
            revision: row.get(3)?,
            at: row.get(4)?,
            account: row.get(5)?,
            actor: row.get(6)?,
            why: row.get(7)?,
        })
    }
}

/// The steps of a record, the newest first.
pub async fn reviews(reader: &Reader, record: Uuid) -> Result<Vec<Review>, Error> {
    let mut find = Query::select();
    find.columns(COLUMNS).from("review").and_where(Expr::col("record_id").eq(record)).order_by("revision", Order::Desc);
    reader.all(&find).await
}

/// The steps by which records were handed in for review and after which they took no other, the oldest first: behind one of a
/// revision, at most so many. Some of these records may have been shown or put away past the review.
pub async fn waiting(reader: &Reader, after: Option<i64>, size: u32) -> Result<Vec<Review>, Error> {
    let mut later = Query::select();
    later.expr(Expr::cust("1")).from_as("review", "later");
    later.and_where(Expr::col(("later", "record_id")).equals(("review", "record_id")));
    later.and_where(Expr::col(("later", "revision")).gt(Expr::col(("review", "revision"))));
    let mut find = Query::select();
    find.columns(COLUMNS.map(|column| ("review", column))).from("review");
    find.and_where(Expr::col(("review", "step")).eq(ReviewStep::Submitted.code())).and_where(Expr::exists(later).not());
    if let Some(after) = after {
        find.and_where(Expr::col(("review", "revision")).gt(after));
    }
    find.order_by(("review", "revision"), Order::Asc).limit(u64::from(size));
    reader.all(&find).await
}

/// Of these records of a kind who may see each by its own setting, and whether it is put away. For those who see them all: no
/// viewer stands in this statement.
pub async fn own_levels(reader: &Reader, kind: Kind, ids: &[Uuid]) -> Result<HashMap<Uuid, (Visibility, bool)>, Error> {
    let mut find = Query::select();
    find.columns(["id", "visibility", "effective"]).from(table_of(kind)).and_where(ids_in("id", ids));
    let rows = reader.all::<(Uuid, i64, i64)>(&find).await?;
    let known = |n: i64| Visibility::ALL.iter().copied().find(|v| level(*v) == n);
    Ok(rows.into_iter().filter_map(|(id, own, effective)| Some((id, (known(own)?, effective < 0)))).collect())
}

impl UnitOfWork {
    /// Notes a step of a record.
    pub async fn add_review(&mut self, review: &Review) -> Result<(), Error> {
        let r = review.clone();
        let values = [
            r.record.into(),
            r.kind.name().into(),
            r.step.code().into(),
            r.revision.into(),
            r.at.into(),
            r.account.into(),
            r.actor.into(),
            r.why.into(),
        ];
        let insert = Query::insert().into_table("review").columns(COLUMNS).values_panic(values).to_owned();
        self.transaction().execute(&insert).await?;
        self.note(&format!("{} {} {}", review.kind.name(), review.record, review.step.name()));
        Ok(())
    }
}
