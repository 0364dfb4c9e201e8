//! What a unit of work reads before it writes: under its own lock, so that what it saw still holds when it commits. No viewer
//! stands in these statements. Whoever asks compares with what the author of the change may see.

use ketnoi_domain::{Coded as _, Kind};
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QueryResult,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};
use uuid::Uuid;

use crate::{Error, Stored, UnitOfWork, stored::Readable};

/// What is known of a record whose content does not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its id.
    pub id: Uuid,
    /// Its code.
    pub code: String,
    /// How often it was changed.
    pub version: i64,
    /// Who may see it in truth, as the number that is compared; below nought for what is archived.
    pub effective: i64,
}

/// Values in one statement; few are ever asked for at once.
const VALUES: usize = 10_000;

impl UnitOfWork {
    /// What is known of the records of a kind that have one of these ids or one of these codes, the archived among them.
    pub async fn known(&self, kind: Kind, ids: &[Uuid], codes: &[&str]) -> Result<Vec<Known>, Error> {
        let mut all = Vec::new();
        for part in ids.chunks(VALUES) {
            all.extend(self.known_where(kind, Expr::col("id").is_in(part.iter().copied())).await?);
        }
        for part in codes.chunks(VALUES) {
            all.extend(self.known_where(kind, Expr::col("code").is_in(part.iter().copied())).await?);
        }
        Ok(all)
    }

    async fn known_where(&self, kind: Kind, only: SimpleExpr) -> Result<Vec<Known>, Error> {
        let find = Query::select().columns(["id", "code", "version", "effective"]).from(kind.name()).and_where(only).to_owned();
        let rows = self.transaction().query_all(&find).await?;
        let known = |row: &QueryResult| -> Result<Known, Error> {
            Ok(Known {
                id: row.try_get("", "id")?,
                code: row.try_get("", "code")?,
                version: row.try_get("", "version")?,
                effective: row.try_get("", "effective")?,
            })
        };
        rows.iter().map(known).collect()
    }

    /// The records with these ids, in the order of their ids; the archived are left out.
    pub async fn found<T: Stored>(&self, ids: &[Uuid]) -> Result<Vec<T>, Error> {
        let mut all: Vec<T> = Vec::new();
        for part in ids.chunks(VALUES) {
            all.extend(self.found_where::<T>(Expr::col("id").is_in(part.iter().copied())).await?);
        }
        all.sort_by_key(|record| record.head().id);
        Ok(all)
    }

    /// The records that point at one by a column, in the order of their ids; the archived are left out.
    pub async fn pointing<T: Stored>(&self, column: &'static str, at: Uuid) -> Result<Vec<T>, Error> {
        let mut all: Vec<T> = self.found_where(Expr::col(column).eq(at)).await?;
        all.sort_by_key(|record| record.head().id);
        Ok(all)
    }

    /// The records that point at any of these by a column, in the order of their ids; the archived are left out.
    pub async fn pointing_at_any<T: Stored>(&self, column: &'static str, at: &[Uuid]) -> Result<Vec<T>, Error> {
        let mut all: Vec<T> = Vec::new();
        for part in at.chunks(VALUES) {
            all.extend(self.found_where::<T>(Expr::col(column).is_in(part.iter().copied())).await?);
        }
        all.sort_by_key(|record| record.head().id);
        Ok(all)
    }

    async fn found_where<T: Stored>(&self, only: SimpleExpr) -> Result<Vec<T>, Error> {
        let standing = Expr::col("effective").gte(0i64);
        let rows = <T as Readable>::Entity::find().filter(only).filter(standing).all(self.transaction()).await?;
        rows.into_iter().map(|row| Ok(T::from_row(row)?)).collect()
    }

    /// The record that one points at by a column; nothing where it points at none, or is not there.
    pub async fn pointed(&self, kind: Kind, column: &'static str, id: Uuid) -> Result<Option<Uuid>, Error> {
        let find = Query::select().column(column).from(kind.name()).and_where(Expr::col("id").eq(id)).to_owned();
        let row = self.transaction().query_one(&find).await?;
        Ok(row.map(|row| row.try_get::<Option<Uuid>>("", column)).transpose()?.flatten())
    }

    /// The codes of a kind that begin with this, the archived among them.
    pub async fn codes_below(&self, kind: Kind, prefix: &str) -> Result<Vec<String>, Error> {
        // No sign that a code may hold comes after the tilde.
        let within = Expr::col("code").gte(prefix).and(Expr::col("code").lt(format!("{prefix}~")));
        let find = Query::select().column("code").from(kind.name()).and_where(within).to_owned();
        let rows = self.transaction().query_all(&find).await?;
        rows.iter().map(|row| Ok(row.try_get("", "code")?)).collect()
    }
}
