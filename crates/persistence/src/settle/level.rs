use std::collections::{BTreeMap, BTreeSet, HashMap};

use ketnoi_domain::Kind;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use super::{
    Moved, PART,
    belongs::{BELONGS, Belongs, SUBJECT},
    touches::Touches,
};
use crate::{Error, codec::ARCHIVED, filter::among, search};

/// Settles the levels of what was touched, and goes down to what belongs to it as far as levels change.
pub(super) async fn settle(transaction: &DatabaseTransaction, touches: &Touches) -> Result<Vec<Moved>, Error> {
    let mut all = Vec::new();
    // By table, the records of another level than before, to look at what belongs to them.
    let mut owners: HashMap<&'static str, BTreeSet<Uuid>> = HashMap::new();
    // What sources say may be there before what they speak of.
    let subjects: Vec<Uuid> = touches.spoken_of();
    for belongs in BELONGS {
        let (kind, table, columns) = belongs;
        let touched = touches.of(*kind);
        let mut moved = step(transaction, belongs, Some(("id", touched.as_slice()))).await?;
        let by_column: BTreeSet<&'static str> = columns.iter().map(|(column, _)| *column).collect();
        for column in by_column {
            let above = columns.iter().filter(|(c, owner)| *c == column && owner != table);
            let mut ids: Vec<Uuid> = above.filter_map(|(_, owner)| owners.get(owner)).flatten().copied().collect();
            if column == SUBJECT {
                ids.extend(&subjects);
            }
            moved.extend(step(transaction, belongs, Some((column, ids.as_slice()))).await?);
        }
        let below = down_the_tree(transaction, belongs, &moved).await?;
        moved.extend(below);
        owners.entry(*table).or_default().extend(moved.iter().map(|m| m.id));
        all.extend(moved);
    }
    Ok(merged(all))
}

/// Settles the levels of all records.
pub(super) async fn settle_all(transaction: &DatabaseTransaction) -> Result<Vec<Moved>, Error> {
    let mut all = Vec::new();
    for belongs in BELONGS {
        let moved = step(transaction, belongs, None).await?;
        let below = down_the_tree(transaction, belongs, &moved).await?;
        all.extend(moved);
        all.extend(below);
    }
    Ok(merged(all))
}

/// Settles, a level of the tree at a time, what is below records that moved in the same table.
async fn down_the_tree(transaction: &DatabaseTransaction, belongs: &Belongs, moved: &[Moved]) -> Result<Vec<Moved>, Error> {
    let (_, table, columns) = belongs;
    let mut all = Vec::new();
    for (column, _) in columns.iter().filter(|(_, owner)| owner == table) {
        let mut above: Vec<Uuid> = moved.iter().map(|m| m.id).collect();
        while !above.is_empty() {
            let below = step(transaction, belongs, Some((*column, above.as_slice()))).await?;
            above = below.iter().map(|m| m.id).collect();
            all.extend(below);
        }
    }
    Ok(all)
}

/// Puts right the levels in one table: of all records, or of those that hold one of these ids in a column.
async fn step(
    transaction: &DatabaseTransaction,
    (kind, table, owners): &Belongs,
    given: Option<(&'static str, &[Uuid])>,
) -> Result<Vec<Moved>, Error> {
    let narrowest = narrowest(owners);
    let mut find = Query::select();
    find.expr_as(Expr::col(("t", "id")), "id").expr_as(Expr::col(("t", "effective")), "before");
    find.expr_as(Expr::cust(narrowest.clone()), "after").from_as(*table, "t");
    find.and_where(Expr::cust(format!(r#""t"."effective" <> {narrowest}"#)));
    let mut rows = Vec::new();
    match given {
        None => rows = transaction.query_all(&find).await?,
        Some((column, ids)) => {
            for part in ids.chunks(PART) {
                let mut find = find.clone();
                find.and_where(among(Expr::col(("t", column)), part));
                rows.extend(transaction.query_all(&find).await?);
            }
        }
    }
    let mut moved = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, before, after) = (row.try_get("", "id")?, row.try_get("", "before")?, row.try_get("", "after")?);
        moved.push(Moved { kind: *kind, id, before, after });
    }
    let mut by_level: BTreeMap<i64, Vec<Uuid>> = BTreeMap::new();
    for m in &moved {
        by_level.entry(m.after).or_default().push(m.id);
    }
    for (level, ids) in by_level {
        for part in ids.chunks(PART) {
            let update =
                Query::update().table(*table).value("effective", level).and_where(among(Expr::col("id"), part)).to_owned();
            transaction.execute(&update).await?;
        }
        search::settle(transaction, &ids, level).await?;
    }
    Ok(moved)
}

/// The narrowest of a record's own setting, the levels of its owners, and that of what is archived.
fn narrowest(owners: &[(&str, &str)]) -> String {
    let own = r#"SELECT "t"."visibility" AS "level""#.to_owned();
    let archived = format!(r#"SELECT {ARCHIVED} FROM "archived" WHERE "record_id" = "t"."id""#);
    let parts = owners.iter().map(|(column, owner)| format!(r#"SELECT "effective" FROM "{owner}" WHERE "id" = "t"."{column}""#));
    let all: Vec<String> = [own, archived].into_iter().chain(parts).collect();
    format!(r#"(SELECT MIN("level") FROM ({}) AS "levels")"#, all.join(" UNION ALL "))
}

/// Each record once, from its first level to its last.
fn merged(all: Vec<Moved>) -> Vec<Moved> {
    let mut places: HashMap<(Kind, Uuid), usize> = HashMap::with_capacity(all.len());
    let mut merged: Vec<Moved> = Vec::with_capacity(all.len());
    for m in all {
        match places.get(&(m.kind, m.id)) {
            Some(at) => merged[*at].after = m.after,
            None => {
                places.insert((m.kind, m.id), merged.len());
                merged.push(m);
            }
        }
    }
    merged.retain(|m| m.before != m.after);
    merged
}
