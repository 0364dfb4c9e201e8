//! Reports that are kept as they were handed out. They are no records: nobody edits them, and they change nothing that a
//! reader of the registry sees, so they have no part in a unit of work.

use ketnoi_domain::{Viewer, Visibility};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, InsertStatement, Order, Query},
};
use uuid::Uuid;

use crate::{
    Error, Reader, Store,
    codec::level,
    filter::visible_to_party,
    row::{FromRow, Row},
};

/// A report as it was handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptReport {
    /// Its id.
    pub id: Uuid,
    /// The definition's name.
    pub definition: String,
    /// What sort of thing it is about.
    pub subject_kind: String,
    /// The key of that thing.
    pub subject: String,
    /// Its language.
    pub lang: String,
    /// For whom it was made.
    pub audience: String,
    /// The brand that was asked for in place of those of the funders.
    pub brand: Option<String>,
    /// When its snapshot was taken, RFC 3339 in UTC.
    pub taken: String,
    /// The registry's revision that was read.
    pub revision: i64,
    /// How many pages it has.
    pub pages: i64,
    /// The SHA-256 of its model in hexadecimal.
    pub digest: String,
    /// The file.
    pub pdf: Vec<u8>,
}

const COLUMNS: [&str; 12] =
    ["id", "definition", "subject_kind", "subject", "lang", "audience", "brand", "taken", "revision", "pages", "digest", "pdf"];

impl FromRow for KeptReport {
    const WIDTH: usize = COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: row.get(0)?,
            definition: row.get(1)?,
            subject_kind: row.get(2)?,
            subject: row.get(3)?,
            lang: row.get(4)?,
            audience: row.get(5)?,
            brand: row.get(6)?,
            taken: row.get(7)?,
            revision: row.get(8)?,
            pages: row.get(9)?,
            digest: row.get(10)?,
            pdf: row.get(11)?,
        })
    }
}

/// Keeps a report for those who may see what is of this visibility; one for partners is for this party alone.
pub async fn keep(store: &Store, report: &KeptReport, visibility: Visibility, party: Option<Uuid>) -> Result<(), Error> {
    store.writer().execute(&insert(report, visibility, party)).await?;
    Ok(())
}

/// The statement that keeps a report, for those who keep it together with something else.
pub(crate) fn insert(report: &KeptReport, visibility: Visibility, party: Option<Uuid>) -> InsertStatement {
    let r = report.clone();
    let values = [
        r.id.into(),
        r.definition.into(),
        r.subject_kind.into(),
        r.subject.into(),
        r.lang.into(),
        r.audience.into(),
        r.brand.into(),
        r.taken.into(),
        r.revision.into(),
        r.pages.into(),
        r.digest.into(),
        r.pdf.into(),
        level(visibility).into(),
        party.into(),
    ];
    let columns = COLUMNS.into_iter().chain(["effective", "party_id"]);
    Query::insert().into_table("kept_report").columns(columns).values_panic(values).to_owned()
}

/// A report that was kept, if the viewer may see it.
pub async fn kept(reader: &Reader, viewer: &Viewer, id: Uuid) -> Result<Option<KeptReport>, Error> {
    let mut select = Query::select();
    select.columns(COLUMNS).from("kept_report").and_where(Expr::col("id").eq(id));
    select.and_where(visible_to_party(viewer, "party_id"));
    Ok(reader.all::<KeptReport>(&select).await?.pop())
}

/// A report that was kept, without the file itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptEntry {
    /// Its id.
    pub id: Uuid,
    /// The definition's name.
    pub definition: String,
    /// The key of what it is about.
    pub subject: String,
    /// Its language.
    pub lang: String,
    /// For whom it was made.
    pub audience: String,
    /// When its snapshot was taken, RFC 3339 in UTC.
    pub taken: String,
    /// How many pages it has.
    pub pages: i64,
}

const ENTRY: [&str; 7] = ["id", "definition", "subject", "lang", "audience", "taken", "pages"];

impl FromRow for KeptEntry {
    const WIDTH: usize = ENTRY.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: row.get(0)?,
            definition: row.get(1)?,
            subject: row.get(2)?,
            lang: row.get(3)?,
            audience: row.get(4)?,
            taken: row.get(5)?,
            pages: row.get(6)?,
        })
    }
}

/// The reports that were kept and that the viewer may see, the oldest first.
pub async fn list_kept(reader: &Reader, viewer: &Viewer) -> Result<Vec<KeptEntry>, Error> {
    let mut select = Query::select();
    select.columns(ENTRY).from("kept_report").and_where(visible_to_party(viewer, "party_id"));
    select.order_by("taken", Order::Asc).order_by("id", Order::Asc);
    reader.all(&select).await
}

/// Removes a report that was kept and that the viewer may see; says whether there was one.
pub async fn remove_kept(store: &Store, viewer: &Viewer, id: Uuid) -> Result<bool, Error> {
    let mut delete = Query::delete();
    delete.from_table("kept_report").and_where(Expr::col("id").eq(id)).and_where(visible_to_party(viewer, "party_id"));
    Ok(store.writer().execute(&delete).await?.rows_affected() > 0)
}
