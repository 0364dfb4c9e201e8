//! Where words of a person stand that nobody keeps as a person's: a title, a description, a note, an old state in the trail.
//!
//! Every column of text of every table is looked through, whichever tables there are: what is added later is found as well.

use ketnoi_domain::{Called, Coded, Kind};
use sea_orm::{
    Condition, ConnectionTrait, DatabaseTransaction, DbBackend, Statement,
    sea_query::{Alias, Expr, ExprTrait, Func, LikeExpr, Query},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Error, UnitOfWork};

/// A place where words of a person stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mention {
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// The record, or what else the row is of; nothing where the row has no id.
    pub id: Option<Uuid>,
}

impl Mention {
    /// The kind of the record, if it is one.
    pub fn kind(&self) -> Option<Kind> {
        Kind::from_name(&self.table)
    }
}

/// So many places are told.
const MOST: usize = 1_000;

/// So many comparisons stand in one statement: SQLite takes no deeper condition than 1,000.
const COMPARISONS: usize = 400;

/// A table with its columns of text.
struct Table {
    name: String,
    /// The column that says what a row is of.
    key: Option<String>,
    texts: Vec<String>,
}

/// The tables, without what the search keeps: that follows the records, and holds folded words alone.
async fn tables(transaction: &DatabaseTransaction) -> Result<Vec<Table>, Error> {
    let backend = transaction.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS of_table, CAST(column_name AS TEXT) AS of_column,
            CAST(data_type AS TEXT) AS of_type FROM information_schema.columns
            WHERE table_schema = current_schema() ORDER BY 1, ordinal_position"
        }
        _ => {
            "SELECT t.name AS of_table, c.name AS of_column, LOWER(c.type) AS of_type
            FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY 1, c.cid"
        }
    };
    let mut all: Vec<Table> = Vec::new();
    for row in transaction.query_all_raw(Statement::from_string(backend, sql)).await? {
        let (name, column): (String, String) = (row.try_get("", "of_table")?, row.try_get("", "of_column")?);
        let of: String = row.try_get("", "of_type")?;
        if name.starts_with("search_") || name == "seaql_migrations" {
            continue;
        }
        if all.last().is_none_or(|table| table.name != name) {
            all.push(Table { name, key: None, texts: Vec::new() });
        }
        let Some(table) = all.last_mut() else { continue };
        let is_key = matches!(column.as_str(), "id" | "record_id" | "dialogue_id" | "person_id");
        match of.as_str() {
            "text" => table.texts.push(column),
            "uuid" | "uuid_text" if is_key && table.key.is_none() => table.key = Some(column),
            _ => {}
        }
    }
    all.retain(|table| !table.texts.is_empty());
    Ok(all)
}

/// Texts that hold this, once their letters of ASCII are small ones.
fn holding(spelling: &str) -> LikeExpr {
    let mut pattern = String::with_capacity(spelling.len() + 2);
    pattern.push('%');
    for c in spelling.chars() {
        if matches!(c, '!' | '%' | '_') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('!')
}

impl UnitOfWork {
    /// Where someone is named, in the order of the tables; the first thousand places.
    pub async fn mentions(&self, called: &Called) -> Result<Vec<Mention>, Error> {
        let mut all = Vec::new();
        if called.is_empty() {
            return Ok(all);
        }
        for table in tables(self.transaction()).await? {
            for spellings in called.spellings().chunks(std::cmp::max(1, COMPARISONS / table.texts.len())) {
                self.mentions_in(&table, spellings, called, &mut all).await?;
            }
            all.sort_unstable();
            all.dedup();
            if all.len() >= MOST {
                break;
            }
        }
        all.truncate(MOST);
        Ok(all)
    }

    async fn mentions_in(
        &self,
        table: &Table,
        spellings: &[String],
        called: &Called,
        all: &mut Vec<Mention>,
    ) -> Result<(), Error> {
        let mut any = Condition::any();
        for column in &table.texts {
            for spelling in spellings {
                // Both databases compare bytes here, so `LOWER` knows the letters of ASCII alone in both.
                any = any.add(Expr::from(Func::lower(Expr::col(Alias::new(column)))).like(holding(spelling)));
            }
        }
        let mut find = Query::select();
        find.columns(table.key.iter().chain(&table.texts).map(Alias::new)).from(Alias::new(&table.name)).cond_where(any);
        for row in self.transaction().query_all(&find).await? {
            let id: Option<Uuid> = match &table.key {
                Some(key) => row.try_get("", key)?,
                None => None,
            };
            // What people search by is folded, and so names others too.
            for column in table.texts.iter().filter(|c| !matches!(c.as_str(), "search" | "folded")) {
                let text: Option<String> = row.try_get("", column)?;
                if text.is_some_and(|text| called.is_in(&text)) {
                    all.push(Mention { table: table.name.clone(), column: column.clone(), id });
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_pattern_are_looked_for_as_they_are() {
        let find = Query::select().column("id").from("t").and_where(Expr::col("x").like(holding("a_b%c!d"))).to_owned();
        let sql = find.to_string(sea_orm::sea_query::SqliteQueryBuilder);
        assert!(sql.contains("'%a!_b!%c!!d%' ESCAPE '!'"), "{sql}");
    }

    #[test]
    fn a_mention_in_the_table_of_a_kind_is_in_a_record() {
        let at = |table: &str| Mention { table: table.into(), column: "title".into(), id: None };
        assert_eq!(at("result").kind(), Some(Kind::Outcome));
        assert_eq!(at("change").kind(), None);
    }
}
