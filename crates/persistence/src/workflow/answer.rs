use ketnoi_domain::{PartialDate, Period, Viewer};
use sea_orm::{
    JoinType,
    sea_query::{Expr, ExprTrait, Order, Query},
};
use uuid::Uuid;

use crate::{
    Error, Reader,
    filter::visible_to_party,
    row::{FromRow, Row},
};

/// A report on a programme that was made and kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// Its id.
    pub id: Uuid,
    /// The definition's name.
    pub definition: String,
    /// The code of the programme.
    pub programme: String,
    /// Its language.
    pub lang: String,
    /// When its snapshot was taken, RFC 3339 in UTC.
    pub taken: String,
    /// The period that was asked for; unknown where none was, or where nobody asked by a request.
    pub period: Period,
}

impl FromRow for KeptAnswer {
    const WIDTH: usize = 7;
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        let date = |column| -> Result<Option<PartialDate>, Error> {
            // A date that cannot be read is a period that nobody knows.
            Ok(row.get::<Option<String>>(column)?.and_then(|text| text.parse().ok()))
        };
        Ok(Self {
            id: row.get(0)?,
            definition: row.get(1)?,
            programme: row.get(2)?,
            lang: row.get(3)?,
            taken: row.get(4)?,
            period: Period { from: date(5)?, to: date(6)? },
        })
    }
}

/// How many codes one statement is asked for.
const PART: usize = 1_000;

/// The reports on programmes that were kept and that the viewer may see, the oldest first.
pub async fn kept_answers(reader: &Reader, viewer: &Viewer, programmes: &[String]) -> Result<Vec<KeptAnswer>, Error> {
    let mut all = Vec::new();
    for part in programmes.chunks(PART) {
        let mut find = Query::select();
        find.columns(["id", "definition", "subject", "lang", "taken"].map(|column| ("kept_report", column)));
        find.columns(["from_date", "to_date"].map(|column| ("report_job", column))).from("kept_report");
        let same = Expr::col(("report_job", "kept_id")).equals(("kept_report", "id"));
        find.join(JoinType::LeftJoin, "report_job", same);
        find.and_where(Expr::col("subject_kind").eq("programme"));
        find.and_where(Expr::col(("kept_report", "subject")).is_in(part.iter().map(String::as_str)));
        find.and_where(visible_to_party(viewer, "party_id"));
        find.order_by(("kept_report", "taken"), Order::Asc).order_by(("kept_report", "id"), Order::Asc);
        all.extend(reader.all::<KeptAnswer>(&find).await?);
    }
    Ok(all)
}
