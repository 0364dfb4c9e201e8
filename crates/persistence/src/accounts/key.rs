use std::collections::BTreeSet;

use ketnoi_domain::{ApiKey, Coded as _, KeyScope};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::account::{AccountRow, columns, read};
use crate::{
    BadRow, Error, Reader, Store, UnitOfWork,
    row::{FromRow, Row},
};

/// A key with what it is compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// The key.
    pub key: ApiKey,
    /// The SHA-256 of the whole token in hexadecimal.
    pub hash: String,
}

const COLUMNS: [&str; 10] =
    ["id", "account_id", "prefix", "hash", "scopes", "label", "created_at", "expires_at", "used_at", "revoked_at"];

impl FromRow for KeyRow {
    const WIDTH: usize = COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        let id: Uuid = row.get(0)?;
        let key = ApiKey {
            id,
            account: row.get(1)?,
            prefix: row.get(2)?,
            scopes: scopes(id, row.get(4)?)?,
            label: row.get(5)?,
            created_at: row.get(6)?,
            expires_at: row.get(7)?,
            used_at: row.get(8)?,
            revoked_at: row.get(9)?,
        };
        Ok(Self { key, hash: row.get(3)? })
    }
}

/// Codes with spaces between, as OAuth writes scopes.
fn scopes(id: Uuid, text: &str) -> Result<BTreeSet<KeyScope>, Error> {
    let known = |code: &str| {
        let problem =
            || BadRow { table: "api_key", column: "scopes", id: id.to_string(), problem: format!("`{code}` is no scope") };
        KeyScope::from_code(code).ok_or_else(problem)
    };
    Ok(text.split_whitespace().map(known).collect::<Result<_, _>>()?)
}

/// A key with its account.
struct Held(KeyRow, AccountRow);

impl FromRow for Held {
    const WIDTH: usize = COLUMNS.len() + super::account::COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self(KeyRow::from_row(row)?, read(row, COLUMNS.len())?))
    }
}

/// The key that begins so, with its account.
pub async fn key_by_prefix(reader: &Reader, prefix: &str) -> Result<Option<(KeyRow, AccountRow)>, Error> {
    let mut select = Query::select();
    select
        .columns(COLUMNS.map(|column| ("api_key", column)))
        .columns(columns())
        .from("api_key")
        .inner_join("account", Expr::col(("account", "id")).equals(("api_key", "account_id")))
        .and_where(Expr::col(("api_key", "prefix")).eq(prefix));
    Ok(reader.all::<Held>(&select).await?.pop().map(|Held(key, account)| (key, account)))
}

/// The keys of an account, the oldest first.
pub async fn keys_of(reader: &Reader, account: Uuid) -> Result<Vec<ApiKey>, Error> {
    let mut select = Query::select();
    select
        .columns(COLUMNS)
        .from("api_key")
        .and_where(Expr::col("account_id").eq(account))
        .order_by("created_at", sea_orm::Order::Asc)
        .order_by("id", sea_orm::Order::Asc);
    Ok(reader.all::<KeyRow>(&select).await?.into_iter().map(|row| row.key).collect())
}

/// Notes that a key was used.
pub async fn touch_key(store: &Store, id: Uuid, now: &str) -> Result<(), Error> {
    let update = Query::update().table("api_key").value("used_at", now).and_where(Expr::col("id").eq(id)).to_owned();
    store.writer().execute(&update).await?;
    Ok(())
}

impl UnitOfWork {
    /// Keeps a key that is being issued.
    pub async fn add_api_key(&mut self, row: &KeyRow, holder: &str) -> Result<(), Error> {
        let key = &row.key;
        let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.code()).collect();
        let scopes = scopes.join(" ");
        let insert = Query::insert()
            .into_table("api_key")
            .columns(COLUMNS)
            .values_panic([
                key.id.into(),
                key.account.into(),
                key.prefix.as_str().into(),
                row.hash.as_str().into(),
                scopes.as_str().into(),
                key.label.as_str().into(),
                key.created_at.as_str().into(),
                key.expires_at.clone().into(),
                key.used_at.clone().into(),
                key.revoked_at.clone().into(),
            ])
            .to_owned();
        self.transaction().execute(&insert).await?;
        self.note(&format!("key {} of {holder}: {scopes}", key.prefix));
        Ok(())
    }

    /// The account and the prefix of a key, and whether it has been revoked.
    pub async fn api_key(&self, id: Uuid) -> Result<Option<(Uuid, String, bool)>, Error> {
        let select = Query::select()
            .columns(["account_id", "prefix", "revoked_at"])
            .from("api_key")
            .and_where(Expr::col("id").eq(id))
            .to_owned();
        let Some(row) = self.transaction().query_one(&select).await? else { return Ok(None) };
        let revoked: Option<String> = row.try_get("", "revoked_at")?;
        Ok(Some((row.try_get("", "account_id")?, row.try_get("", "prefix")?, revoked.is_some())))
    }

    /// Revokes a key: it stays in the list and opens nothing.
    pub async fn revoke_api_key(&mut self, id: Uuid, prefix: &str, at: &str) -> Result<(), Error> {
        let update = Query::update().table("api_key").value("revoked_at", at).and_where(Expr::col("id").eq(id)).to_owned();
        self.transaction().execute(&update).await?;
        self.note(&format!("key {prefix}"));
        Ok(())
    }
}
