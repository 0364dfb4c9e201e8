//! Persons who were erased: the row of each stays, under another code and without a name, and nothing brings the name back.

use std::collections::HashSet;

use ketnoi_domain::{Called, Kind, StatedFigure, Statement};
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use crate::{
    Error, Reader, Stored, UnitOfWork,
    filter::{among, ids_in},
    stored::Readable,
};

/// What the codes of the erased begin with.
const ERASED: &str = "erased-";

/// Ids in one statement.
const PART: usize = 1_000;

/// Whether the contents of a statement or a stated figure are about a person: the trail keeps such contents as little as those
/// of the person's own record.
pub(crate) fn tells_of_a_person(contents: Option<&str>) -> bool {
    // Few hold these words at all, and only those are read.
    let Some(contents) = contents.filter(|c| c.contains("\"person\"") || c.contains("\"public_role\"")) else { return false };
    let all: serde_json::Value = serde_json::from_str(contents).unwrap_or_default();
    matches!(all["subject"]["kind"].as_str(), Some("person" | "public_role"))
}

/// The ids of all that was erased: persons and their roles.
pub async fn erased_ids(reader: &Reader) -> Result<HashSet<Uuid>, Error> {
    let find = Query::select().column("record_id").from("erased").to_owned();
    Ok(reader.all::<(Uuid,)>(&find).await?.into_iter().map(|(id,)| id).collect())
}

/// What was done with a record, without what was said of it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Written {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What was done in all.
    pub action: String,
    /// The kind of the record.
    pub kind: String,
    /// The record.
    pub record: Uuid,
    /// What was done with it.
    pub operation: String,
}

/// Whether records of a kind are persons', or may tell of one.
fn may_be_of_a_person(kind: Kind) -> bool {
    kind.is_personal() || matches!(kind, Kind::Statement | Kind::StatedFigure)
}

impl UnitOfWork {
    /// Which of these records would bring back what was erased: a file may still hold a person who asked to be erased, with
    /// their roles and what is said of them. They are left out of what is put.
    pub(crate) async fn bring_back<T: Stored>(&self, records: &[T]) -> Result<HashSet<Uuid>, Error> {
        if !may_be_of_a_person(T::KIND) || records.is_empty() {
            return Ok(HashSet::new());
        }
        let find = Query::select().column("record_id").from("erased").to_owned();
        let rows = self.transaction().query_all(&find).await?;
        let erased = rows.iter().map(|row| row.try_get("", "record_id")).collect::<Result<HashSet<Uuid>, _>>()?;
        if erased.is_empty() {
            return Ok(HashSet::new());
        }
        let of_erased = |record: &&T| {
            let own = erased.contains(&record.head().id.uuid());
            own || record.links().0.iter().any(|link| link.kind.is_personal() && erased.contains(&link.id))
        };
        let named = |record: &&T| !record.head().code.as_str().starts_with(ERASED);
        let all: HashSet<Uuid> = records.iter().filter(of_erased).filter(named).map(|r| r.head().id.uuid()).collect();
        for id in &all {
            tracing::warn!(%id, "a record of a person who was erased is left out: take it out of its file");
        }
        Ok(all)
    }

    /// Which of these were erased.
    pub async fn erased_among(&self, ids: &[Uuid]) -> Result<Vec<Uuid>, Error> {
        let mut all = Vec::new();
        for part in ids.chunks(PART) {
            let mut find = Query::select();
            find.column("record_id").from("erased").and_where(ids_in("record_id", part));
            for row in self.transaction().query_all(&find).await? {
                all.push(row.try_get("", "record_id")?);
            }
        }
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    /// Notes that these persons and roles were erased, and forgets why any of them was archived.
    pub async fn mark_erased(&mut self, ids: &[Uuid], account: Option<Uuid>, at: &str) -> Result<(), Error> {
        for part in ids.chunks(PART) {
            let mut insert = Query::insert();
            insert.into_table("erased").columns(["record_id", "at", "account"]);
            for id in part {
                insert.values_panic([(*id).into(), at.into(), account.into()]);
            }
            self.transaction().execute(&insert).await?;
            let unsay = Query::update().table("archived").value("why", "").and_where(ids_in("record_id", part)).to_owned();
            self.transaction().execute(&unsay).await?;
            self.mark();
        }
        Ok(())
    }

    /// The records that hold one of these ids in a column, in the order of their ids, the archived among them.
    pub async fn every<T: Stored>(&self, column: &'static str, ids: &[Uuid]) -> Result<Vec<T>, Error> {
        let mut all: Vec<T> = Vec::new();
        for part in ids.chunks(PART) {
            let rows = <T as Readable>::Entity::find().filter(ids_in(column, part)).all(self.transaction()).await?;
            for row in rows {
                all.push(T::from_row(row)?);
            }
        }
        all.sort_by_key(|record| record.head().id);
        Ok(all)
    }

    /// What was done with these records, the oldest first.
    pub async fn written_of(&self, ids: &[Uuid]) -> Result<Vec<Written>, Error> {
        let mut all = Vec::new();
        for part in ids.chunks(PART) {
            let mut find = Query::select();
            find.columns([("e", "at"), ("e", "action"), ("c", "kind"), ("c", "operation")]);
            find.expr_as(Expr::col(("c", "record_id")), "record").from_as("change", "c").join_as(
                JoinType::InnerJoin,
                "audit_entry",
                "e",
                Expr::col(("e", "revision")).equals(("c", "revision")),
            );
            find.and_where(among(Expr::col(("c", "record_id")), part));
            find.order_by(("c", "revision"), Order::Asc).order_by(("c", "position"), Order::Asc);
            for row in self.transaction().query_all(&find).await? {
                all.push(Written::from_query_result(&row, "")?);
            }
        }
        all.sort_by(|a, b| a.at.cmp(&b.at));
        Ok(all)
    }

    /// Takes away what sources say of these records; says how many statements and figures there were.
    pub async fn remove_what_is_said_of(&mut self, subjects: &[Uuid]) -> Result<usize, Error> {
        let statements: Vec<Uuid> = ids_of(&self.every::<Statement>("subject_id", subjects).await?);
        let figures: Vec<Uuid> = ids_of(&self.every::<StatedFigure>("subject_id", subjects).await?);
        if !statements.is_empty() {
            self.remove::<Statement>(&statements).await?;
        }
        if !figures.is_empty() {
            self.remove::<StatedFigure>(&figures).await?;
        }
        Ok(statements.len() + figures.len())
    }

    /// Whether an organisation is reached so as well, whichever way the number is written: then it tells of no person.
    pub async fn reaches_an_organisation(&self, contact: &str) -> Result<bool, Error> {
        let called = Called::of([], [contact], None);
        let find = Query::select().column("contacts").from("organisation").and_where(Expr::col("contacts").ne("[]")).to_owned();
        for row in self.transaction().query_all(&find).await? {
            if called.is_in(&row.try_get::<String>("", "contacts")?) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn ids_of<T: Stored>(records: &[T]) -> Vec<Uuid> {
    records.iter().map(|record| record.head().id.uuid()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_person_is_told_apart_from_what_is_said_of_a_programme() {
        assert!(tells_of_a_person(Some(r#"{"head":{},"subject":{"kind":"person","id":"1"},"value":{}}"#)));
        assert!(tells_of_a_person(Some(r#"{"subject":{"id":"1","kind":"public_role"}}"#)));
        assert!(!tells_of_a_person(Some(r#"{"subject":{"kind":"programme","id":"1"},"property":"person"}"#)));
        assert!(!tells_of_a_person(None));
    }
}
