//! Registered operations: documents of clients, by the hash of their text. They are no records, and nobody's to hide: the
//! document is what a client already holds.

use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Order, Query},
};
use uuid::Uuid;

use crate::{
    Error, Reader, UnitOfWork,
    row::{FromRow, Row},
};

/// A document that clients may name by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOperation {
    /// The SHA-256 of its text, in lower-case hexadecimal.
    pub hash: String,
    /// What it is called.
    pub name: String,
    /// Its text.
    pub document: String,
    /// When it was registered, RFC 3339 in UTC.
    pub registered_at: String,
    /// The account that registered it, if one did.
    pub account: Option<Uuid>,
}

const COLUMNS: [&str; 5] = ["hash", "name", "document", "registered_at", "account"];

impl FromRow for StoredOperation {
    const WIDTH: usize = COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self { hash: row.get(0)?, name: row.get(1)?, document: row.get(2)?, registered_at: row.get(3)?, account: row.get(4)? })
    }
}

/// The registered operation with this hash.
pub async fn operation(reader: &Reader, hash: &str) -> Result<Option<StoredOperation>, Error> {
    let mut select = Query::select();
    select.columns(COLUMNS).from("operation").and_where(Expr::col("hash").eq(hash));
    Ok(reader.all::<StoredOperation>(&select).await?.pop())
}

/// All registered operations, by name.
pub async fn operations(reader: &Reader) -> Result<Vec<StoredOperation>, Error> {
    let mut select = Query::select();
    select.columns(COLUMNS).from("operation").order_by("name", Order::Asc).order_by("hash", Order::Asc);
    reader.all::<StoredOperation>(&select).await
}

/// Whether anyone can administer the registry by signing in.
pub async fn has_administrator(reader: &Reader) -> Result<bool, Error> {
    let mut select = Query::select();
    select
        .column("name")
        .from("account")
        .and_where(Expr::col("role").eq("administrator"))
        .and_where(Expr::col("disabled").eq(false))
        .limit(1);
    Ok(!reader.all::<Name>(&select).await?.is_empty())
}

/// A name alone.
struct Name;

impl FromRow for Name {
    const WIDTH: usize = 1;
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        row.get::<String>(0).map(|_| Self)
    }
}

impl UnitOfWork {
    /// The name under which a document is registered already, if it is.
    pub async fn name_of_operation(&self, hash: &str) -> Result<Option<String>, Error> {
        let find = Query::select().column("name").from("operation").and_where(Expr::col("hash").eq(hash)).to_owned();
        let row = self.transaction().query_one(&find).await?;
        row.map(|row| Ok(row.try_get("", "name")?)).transpose()
    }

    /// Registers a document. One that is there already gets the new name.
    pub async fn put_operation(&mut self, operation: &StoredOperation) -> Result<(), Error> {
        let o = operation.clone();
        if self.name_of_operation(&o.hash).await?.is_some() {
            let rename =
                Query::update().table("operation").value("name", o.name).and_where(Expr::col("hash").eq(o.hash)).to_owned();
            self.transaction().execute(&rename).await?;
        } else {
            let values = [o.hash.into(), o.name.into(), o.document.into(), o.registered_at.into(), o.account.into()];
            let insert = Query::insert().into_table("operation").columns(COLUMNS).values_panic(values).to_owned();
            self.transaction().execute(&insert).await?;
        }
        self.note(&format!("operation {} {}", operation.name, operation.hash));
        Ok(())
    }

    /// Takes a registered operation away; whether there was one.
    pub async fn remove_operation(&mut self, hash: &str) -> Result<bool, Error> {
        let delete = Query::delete().from_table("operation").and_where(Expr::col("hash").eq(hash)).to_owned();
        let gone = self.transaction().execute(&delete).await?.rows_affected() > 0;
        if gone {
            self.note(&format!("operation {hash}"));
        }
        Ok(gone)
    }
}
