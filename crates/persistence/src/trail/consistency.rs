//! Whether the registry is what its writers leave: who may see what, codes under those of their owners, the search.
//!
//! It looks inside a transaction that is rolled back, so that it sees one instant and settles by the very rule that writers
//! settle by. Nothing of it stays; while it looks, nobody else can write.

use ketnoi_domain::{Coded, Kind};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};
use uuid::Uuid;

use super::{contents::contents_of, walk::Told};
use crate::{
    Error, Store, UnitOfWork,
    settle::{BELONGS, settle_all},
};

/// Something that no writer leaves so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Inconsistency {
    /// The kind of the record.
    pub kind: Kind,
    /// What people call the record; its id where there is no record.
    pub code: String,
    /// What is wrong.
    pub problem: String,
}

impl Inconsistency {
    fn of(kind: Kind, code: String, problem: impl Into<String>) -> Self {
        Self { kind, code, problem: problem.into() }
    }
}

/// All that is not as writers leave it, kind by kind.
pub async fn inconsistencies(store: &Store, told: Told<'_>) -> Result<Vec<Inconsistency>, Error> {
    let unit = UnitOfWork::begin(store).await?;
    let looked = look(unit.transaction(), told).await;
    unit.roll_back().await?;
    let mut all = looked?;
    all.sort();
    Ok(all)
}

async fn look(transaction: &DatabaseTransaction, told: Told<'_>) -> Result<Vec<Inconsistency>, Error> {
    let mut all = Vec::new();
    for (i, (kind, table, owners)) in BELONGS.iter().enumerate() {
        told(i, BELONGS.len());
        // In a tree a part has a code of its own, and so has what belongs to nothing.
        if !owners.is_empty() && !owners.iter().any(|(_, owner)| owner == table) {
            all.extend(codes(transaction, *kind, table, owners).await?);
        }
        all.extend(search(transaction, *kind, table).await?);
    }
    // Last, because it changes what it looks at.
    all.extend(levels(transaction).await?);
    told(BELONGS.len(), BELONGS.len());
    Ok(all)
}

async fn levels(transaction: &DatabaseTransaction) -> Result<Vec<Inconsistency>, Error> {
    let settled = settle_all(transaction).await?;
    let moved = settled.moved.iter().map(|m| {
        (m, format!("its effective visibility is {}, and its own and what it belongs to make it {}", m.before, m.after))
    });
    let reached = settled.reached.iter().map(|m| (m, "other partners may see it than have a part in it".to_owned()));
    let wrong: Vec<_> = moved.chain(reached).collect();
    let mut all = Vec::with_capacity(wrong.len());
    for part in wrong.chunks(1_000) {
        let found = contents_of(transaction, part.iter().map(|(m, _)| (m.kind, m.id))).await?;
        for (m, problem) in part {
            let code = found.get(&m.id).and_then(|now| now.code.clone()).unwrap_or_else(|| m.id.to_string());
            all.push(Inconsistency::of(m.kind, code, problem.as_str()));
        }
    }
    Ok(all)
}

/// Parts whose code says that they belong to another than they do. A code without a colon says nothing.
async fn codes(
    transaction: &DatabaseTransaction,
    kind: Kind,
    table: &str,
    owners: &[(&str, &str)],
) -> Result<Vec<Inconsistency>, Error> {
    // A winner of a vote is brought forward under the vote's code, because the recommendation's file knows nothing of it.
    let vote = (kind == Kind::AdvocacyAction).then_some(("dialogue_id", "dialogue"));
    let codes = owners
        .iter()
        .copied()
        .chain(vote)
        .map(|(column, owner)| format!(r#"SELECT "code" FROM "{owner}" WHERE "id" = "t"."{column}""#));
    let codes = codes.collect::<Vec<_>>().join(" UNION ALL ");
    let find = format!(
        r#"SELECT "t"."code" AS "code" FROM "{table}" AS "t" WHERE "t"."code" LIKE '%:%' AND NOT EXISTS (SELECT 1 FROM ({codes}) AS "o"
            WHERE SUBSTR("t"."code", 1, LENGTH("o"."code") + 1) = "o"."code" || ':')"#
    );
    let wrong = texts(transaction, find).await?.into_iter();
    Ok(wrong.map(|code| Inconsistency::of(kind, code, "its code is below that of a record that it does not belong to")).collect())
}

async fn search(transaction: &DatabaseTransaction, kind: Kind, table: &str) -> Result<Vec<Inconsistency>, Error> {
    let name = kind.name();
    // What is archived need not be found.
    let missing = format!(
        r#"SELECT "t"."code" AS "code" FROM "{table}" AS "t" LEFT JOIN "search_entry" AS "s" ON "s"."record_id" = "t"."id"
            WHERE "s"."number" IS NULL AND "t"."effective" >= 0"#
    );
    let unlike = format!(
        r#"SELECT "t"."code" AS "code" FROM "{table}" AS "t" INNER JOIN "search_entry" AS "s" ON "s"."record_id" = "t"."id"
            WHERE "s"."effective" <> "t"."effective" OR "s"."kind" <> '{name}'"#
    );
    let mut all = Vec::new();
    for (find, problem) in [(missing, "the search does not know it"), (unlike, "the search shows it to others than may see it")] {
        all.extend(texts(transaction, find).await?.into_iter().map(|code| Inconsistency::of(kind, code, problem)));
    }
    let gone = format!(
        r#"SELECT "s"."record_id" AS "id" FROM "search_entry" AS "s" LEFT JOIN "{table}" AS "t" ON "t"."id" = "s"."record_id"
            WHERE "s"."kind" = '{name}' AND "t"."id" IS NULL"#
    );
    let rows = transaction.query_all_raw(Statement::from_string(transaction.get_database_backend(), gone)).await?;
    for row in rows {
        let id: Uuid = row.try_get("", "id")?;
        all.push(Inconsistency::of(kind, id.to_string(), "the search knows it, and there is no such record"));
    }
    Ok(all)
}

async fn texts(transaction: &DatabaseTransaction, find: String) -> Result<Vec<String>, Error> {
    let rows = transaction.query_all_raw(Statement::from_string(transaction.get_database_backend(), find)).await?;
    rows.iter().map(|row| Ok(row.try_get("", "code")?)).collect()
}
