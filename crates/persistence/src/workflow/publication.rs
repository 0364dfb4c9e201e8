use ketnoi_domain::{Coded, Kind, Visibility};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Order, Query},
};
use uuid::Uuid;

use super::{kind_of, unknown};
use crate::{
    Error, Reader, UnitOfWork,
    codec::level,
    row::{FromRow, Row},
};

/// A record as it was published, but for what it held: that is read by itself, because it is large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// The record.
    pub record: Uuid,
    /// Its kind.
    pub kind: Kind,
    /// Which publication of it, from 1.
    pub number: i64,
    /// The registry's revision that came of it.
    pub revision: i64,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// By whose account.
    pub account: Option<Uuid>,
    /// What whoever published it was called.
    pub actor: String,
    /// For whom it was published.
    pub visibility: Visibility,
    /// What was said of it.
    pub note: String,
    /// The SHA-256 of what it held, in hexadecimal.
    pub digest: String,
}

const COLUMNS: [&str; 10] = ["record_id", "kind", "number", "revision", "at", "account", "actor", "visibility", "note", "digest"];

impl FromRow for Publication {
    const WIDTH: usize = COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        let (kind, visibility): (String, i64) = (row.get(1)?, row.get(7)?);
        let known = Visibility::ALL.iter().copied().find(|v| level(*v) == visibility);
        Ok(Self {
            record: row.get(0)?,
            kind: kind_of("publication", "kind", &kind)?,
            number: row.get(2)?,
            revision: row.get(3)?,
            at: row.get(4)?,
            account: row.get(5)?,
            actor: row.get(6)?,
            visibility: known.ok_or_else(|| unknown("publication", "visibility", &visibility.to_string()))?,
            note: row.get(8)?,
            digest: row.get(9)?,
        })
    }
}

/// The publications of a record, the newest first.
pub async fn publications(reader: &Reader, record: Uuid) -> Result<Vec<Publication>, Error> {
    let mut find = Query::select();
    find.columns(COLUMNS).from("publication").and_where(Expr::col("record_id").eq(record)).order_by("number", Order::Desc);
    reader.all(&find).await
}

/// What a publication held, as JSON.
pub async fn publication_contents(reader: &Reader, record: Uuid, number: i64) -> Result<Option<String>, Error> {
    let mut find = Query::select();
    find.column("contents").from("publication");
    find.and_where(Expr::col("record_id").eq(record)).and_where(Expr::col("number").eq(number));
    Ok(reader.all::<(String,)>(&find).await?.pop().map(|row| row.0))
}

impl UnitOfWork {
    /// Keeps a record as it is published.
    pub async fn add_publication(&mut self, publication: &Publication, contents: &str) -> Result<(), Error> {
        let p = publication.clone();
        let values = [
            p.record.into(),
            p.kind.name().into(),
            p.number.into(),
            p.revision.into(),
            p.at.into(),
            p.account.into(),
            p.actor.into(),
            level(p.visibility).into(),
            p.note.into(),
            p.digest.into(),
            contents.into(),
        ];
        let columns = COLUMNS.into_iter().chain(["contents"]);
        let insert = Query::insert().into_table("publication").columns(columns).values_panic(values).to_owned();
        self.transaction().execute(&insert).await?;
        self.note(&format!("publication {} {}", publication.number, publication.digest));
        Ok(())
    }
}
