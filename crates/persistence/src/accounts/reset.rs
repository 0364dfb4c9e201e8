use ketnoi_domain::Account;
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Query},
};

use super::account::{AccountRow, columns, read};
use crate::{
    Error, Reader, UnitOfWork,
    row::{FromRow, Row},
};

/// A link by which someone sets their password once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetRow {
    /// Until when it is good.
    pub expires_at: String,
    /// When it was used.
    pub used_at: Option<String>,
}

/// A link with its account.
struct Addressed(ResetRow, AccountRow);

impl FromRow for Addressed {
    const WIDTH: usize = 2 + super::account::COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self(ResetRow { expires_at: row.get(0)?, used_at: row.get(1)? }, read(row, 2)?))
    }
}

/// The link whose token has this hash, with its account.
pub async fn reset_by_hash(reader: &Reader, hash: &str) -> Result<Option<(ResetRow, AccountRow)>, Error> {
    let mut select = Query::select();
    select
        .columns([("reset_link", "expires_at"), ("reset_link", "used_at")])
        .columns(columns())
        .from("reset_link")
        .inner_join("account", Expr::col(("account", "id")).equals(("reset_link", "account_id")))
        .and_where(Expr::col(("reset_link", "hash")).eq(hash));
    Ok(reader.all::<Addressed>(&select).await?.pop().map(|Addressed(link, account)| (link, account)))
}

impl UnitOfWork {
    /// Keeps a link that is being issued, in the place of those that the account has not used.
    pub async fn add_reset(&mut self, account: &Account, hash: &str, issued_by: &str, expires_at: &str) -> Result<(), Error> {
        self.drop_resets(account).await?;
        let insert = Query::insert()
            .into_table("reset_link")
            .columns(["hash", "account_id", "issued_by", "expires_at"])
            .values_panic([hash.into(), account.id.into(), issued_by.into(), expires_at.into()])
            .to_owned();
        self.transaction().execute(&insert).await?;
        self.note(&format!("account {}", account.name));
        Ok(())
    }

    /// Takes the links away that the account has not used.
    pub async fn drop_resets(&mut self, account: &Account) -> Result<(), Error> {
        let delete = Query::delete()
            .from_table("reset_link")
            .and_where(Expr::col("account_id").eq(account.id))
            .and_where(Expr::col("used_at").is_null())
            .to_owned();
        self.transaction().execute(&delete).await?;
        Ok(())
    }

    /// Uses a link up; false if it was used before, or its time is over.
    pub async fn use_reset(&mut self, hash: &str, now: &str) -> Result<bool, Error> {
        let update = Query::update()
            .table("reset_link")
            .value("used_at", now)
            .and_where(Expr::col("hash").eq(hash))
            .and_where(Expr::col("used_at").is_null())
            .and_where(Expr::col("expires_at").gt(now))
            .to_owned();
        Ok(self.transaction().execute(&update).await?.rows_affected() == 1)
    }
}
