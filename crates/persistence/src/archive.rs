//! Records that are put away. They keep their row, their code and their history; nobody's lists show them, nor what belongs
//! to them, and what points at them points at nothing.

use std::collections::HashMap;

use ketnoi_domain::{Coded as _, Kind, Text};
use sea_orm::{
    ConnectionTrait, JoinType,
    sea_query::{Expr, ExprTrait, Order, Query},
};
use uuid::Uuid;

use crate::{
    Error, Operation, Reader, Stored, UnitOfWork,
    codec::ARCHIVED,
    filter::{among, ids_in},
    list::read_columns,
    row::{FromRow, Row},
    settle::table_of,
    stored::Whole,
    tables::every_kind,
};

/// A record that is put away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivedRecord {
    /// Its id.
    pub id: Uuid,
    /// Its code, which stays taken.
    pub code: String,
    /// Since when, RFC 3339 in UTC.
    pub at: String,
    /// By whose account; nothing where it was done without one.
    pub account: Option<Uuid>,
    /// Why.
    pub why: String,
}

impl FromRow for ArchivedRecord {
    const WIDTH: usize = 5;
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self { id: row.get(0)?, code: row.get(1)?, at: row.get(2)?, account: row.get(3)?, why: row.get(4)? })
    }
}

/// Rows that one statement takes.
const PART: usize = 1_000;

impl UnitOfWork {
    /// Puts records away, and lets nobody see what belongs to them. Those that are put away already stay as they are. Gives
    /// how many were put away.
    pub async fn archive<T: Stored>(&mut self, ids: &[Uuid], account: Option<Uuid>, why: &str, at: &str) -> Result<usize, Error> {
        self.keep_votes_whole::<T>(ids).await?;
        let away = self.archived_among(ids).await?;
        let known = self.known(T::KIND, ids, &[]).await?;
        let known: Vec<_> = known.into_iter().filter(|known| !away.contains(&known.id)).collect();
        for part in known.chunks(PART) {
            let mut insert = Query::insert();
            insert.into_table("archived").columns(["record_id", "kind", "at", "account", "why"]);
            for record in part {
                insert.values_panic([record.id.into(), T::KIND.name().into(), at.into(), account.into(), why.into()]);
            }
            self.transaction().execute(&insert).await?;
        }
        for record in &known {
            self.touch(T::KIND, record.id, Operation::Archived, (Some(record.effective), Some(ARCHIVED))).await?;
        }
        Ok(known.len())
    }

    /// Brings records back. Who may see them, and what belongs to them, is found out when the unit settles. Gives how many were
    /// brought back.
    pub async fn restore<T: Stored>(&mut self, ids: &[Uuid]) -> Result<usize, Error> {
        let away = self.archived_among(ids).await?;
        self.keep_votes_without::<T>(&away).await?;
        for part in away.chunks(PART) {
            let rows = Query::delete().from_table("archived").and_where(ids_in("record_id", part)).to_owned();
            self.transaction().execute(&rows).await?;
        }
        for id in &away {
            self.touch(T::KIND, *id, Operation::Restored, (Some(ARCHIVED), Some(ARCHIVED))).await?;
        }
        Ok(away.len())
    }

    /// Which of these records are put away themselves, and not only with what they belong to.
    pub async fn archived_among(&self, ids: &[Uuid]) -> Result<Vec<Uuid>, Error> {
        let mut all = Vec::new();
        for part in ids.chunks(PART) {
            let mut find = Query::select();
            find.column("record_id").from("archived").and_where(ids_in("record_id", part));
            for row in self.transaction().query_all(&find).await? {
                all.push(row.try_get("", "record_id")?);
            }
        }
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }
}

/// Records of a kind that are put away, the last first: at most so many, behind one that was put away at an instant. For those
/// who may restore them: no viewer stands in this statement.
pub async fn archived_records(
    reader: &Reader,
    kind: Kind,
    first: u32,
    after: Option<(&str, Uuid)>,
) -> Result<Vec<ArchivedRecord>, Error> {
    let mut find = Query::select();
    find.column(("a", "record_id")).column(("t", "code"));
    find.columns(["at", "account", "why"].map(|column| ("a", column)));
    find.from_as("archived", "a").join_as(
        JoinType::InnerJoin,
        table_of(kind),
        "t",
        Expr::col(("t", "id")).equals(("a", "record_id")),
    );
    find.and_where(Expr::col(("a", "kind")).eq(kind.name()));
    if let Some((at, id)) = after {
        let here = Expr::tuple([Expr::col(("a", "at")), Expr::col(("a", "record_id"))]);
        find.and_where(here.lt(Expr::tuple([Expr::val(at), Expr::val(id)])));
    }
    find.order_by(("a", "at"), Order::Desc).order_by(("a", "record_id"), Order::Desc).limit(u64::from(first));
    reader.all(&find).await
}

/// What people call records of a kind that are put away, by their ids; what has no name of its own is left out. For those who
/// may restore them: no viewer stands in this statement.
pub async fn archived_labels(reader: &Reader, kind: Kind, ids: &[Uuid]) -> Result<HashMap<Uuid, Text>, Error> {
    macro_rules! of_kind {
        ($($record:ident),+) => {
            match kind { $(
                Kind::$record => labels_of::<ketnoi_domain::$record>(reader, ids).await,
            )+ }
        };
    }
    every_kind!(of_kind)
}

async fn labels_of<T: Stored>(reader: &Reader, ids: &[Uuid]) -> Result<HashMap<Uuid, Text>, Error> {
    let records: Vec<T> = put_away(reader, ids).await?;
    Ok(records.iter().filter_map(|record| Some((record.head().id.uuid(), record.label()?.clone()))).collect())
}

/// Who put these records away the last time, as the trail calls them, by the ids of the records. For those who may read the
/// trail: no viewer stands in this statement.
pub async fn archived_by(reader: &Reader, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut find = Query::select();
    find.column(("c", "record_id")).column(("e", "actor")).from_as("change", "c").join_as(
        JoinType::InnerJoin,
        "audit_entry",
        "e",
        Expr::col(("e", "revision")).equals(("c", "revision")),
    );
    find.and_where(among(Expr::col(("c", "record_id")), ids));
    find.and_where(Expr::col(("c", "operation")).eq(Operation::Archived.name()));
    find.order_by(("c", "revision"), Order::Asc);
    // Of several the last one stays.
    Ok(reader.all::<(Uuid, String)>(&find).await?.into_iter().collect())
}

/// A record as it was put away; nothing where it is not. For those who may restore it: no viewer stands in this statement.
pub async fn archived_record<T: Stored>(reader: &Reader, id: Uuid) -> Result<Option<T>, Error> {
    Ok(put_away(reader, &[id]).await?.pop())
}

async fn put_away<T: Stored>(reader: &Reader, ids: &[Uuid]) -> Result<Vec<T>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let columns = read_columns::<T>().map(|column| (T::TABLE, column));
    let mut away = Query::select();
    away.column("record_id").from("archived");
    let mut find = Query::select();
    find.columns(columns).from(T::TABLE).and_where(ids_in("id", ids)).and_where(Expr::col("id").in_subquery(away));
    Ok(reader.all::<Whole<T>>(&find).await?.into_iter().map(|Whole(record)| record).collect())
}
