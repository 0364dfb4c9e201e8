//! What lies beside a party in programmes that it takes part in: never shown one by one, only as a total.

use ketnoi_domain::{Viewer, Visibility};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use uuid::Uuid;

use crate::{
    Error, Reader, Stored,
    codec::level,
    filter::{among, ids_in, reached, visible},
    list::{read_columns, records},
};

/// Ids in one statement.
const PART: usize = 10_000;

/// Those of these programmes that the viewer may see and one of the viewer's parties takes part in: the programme is in its
/// reach, or it has a role in it, or an agreement for it. None for those who are no party.
pub async fn taken_part_in(reader: &Reader, viewer: &Viewer, programmes: &[Uuid]) -> Result<Vec<Uuid>, Error> {
    let Some(parties) = viewer.parties() else { return Ok(Vec::new()) };
    let listed: Vec<Uuid> = parties.iter().copied().collect();
    let rows = |table: &'static str, columns: [&'static str; 2]| -> SelectStatement {
        let mut rows = Query::select();
        rows.column("programme_id").from(table);
        rows.and_where(Expr::col("effective").gte(level(Visibility::Internal)));
        rows.and_where(ids_in(columns[0], &listed).or(ids_in(columns[1], &listed))).to_owned()
    };
    let mut all = Vec::new();
    for part in programmes.chunks(PART) {
        let own = reached(Expr::col(("programme", "id")), parties)
            .or(Expr::col("id").in_subquery(rows("participation", ["organisation_id", "via_id"])))
            .or(Expr::col("id").in_subquery(rows("agreement", ["funder_id", "recipient_id"])));
        let mut find = Query::select();
        find.column("id").from("programme").and_where(ids_in("id", part)).and_where(visible(viewer)).and_where(own);
        all.extend(reader.all::<(Uuid,)>(&find).await?.into_iter().map(|(id,)| id));
    }
    Ok(all)
}

/// What is for partners in these programmes and not in the reach of the viewer's parties. None for those who are no party: of
/// what they do not see nothing is told.
pub async fn beyond_reach<T: Stored>(reader: &Reader, viewer: &Viewer, programmes: &[Uuid]) -> Result<Vec<T>, Error> {
    let Some(parties) = viewer.parties() else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for part in programmes.chunks(PART) {
        let mut find = Query::select();
        find.columns(read_columns::<T>().map(|column| (T::TABLE, column))).from(T::TABLE);
        find.and_where(among(Expr::col((T::TABLE, "programme_id")), part));
        find.and_where(Expr::col((T::TABLE, "effective")).eq(level(Visibility::Partners)));
        find.and_where(reached(Expr::col((T::TABLE, "id")), parties).not());
        all.extend(records::<T>(reader, viewer, &find).await?);
    }
    Ok(all)
}
