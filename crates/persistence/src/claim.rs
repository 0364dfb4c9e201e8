//! Requests that were answered, by the keys that their clients gave them. Written in the unit of the change itself, so the
//! change and its outcome are both there or neither.

use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Query},
};

use crate::{Error, Store, UnitOfWork};

impl UnitOfWork {
    /// The digest and the outcome of what was done under this key, if anything was.
    pub async fn claimed(&self, owner: &str, key: &str) -> Result<Option<(String, String)>, Error> {
        let find = Query::select()
            .columns(["digest", "outcome"])
            .from("claim")
            .and_where(Expr::col("owner").eq(owner))
            .and_where(Expr::col("key").eq(key))
            .to_owned();
        let row = self.transaction().query_one(&find).await?;
        row.map(|row| Ok((row.try_get("", "digest")?, row.try_get("", "outcome")?))).transpose()
    }

    /// Notes what is done under this key.
    pub async fn claim(&mut self, owner: &str, key: &str, digest: &str, outcome: &str, at: &str) -> Result<(), Error> {
        let note = Query::insert()
            .into_table("claim")
            .columns(["owner", "key", "digest", "outcome", "at"])
            .values_panic([owner.into(), key.into(), digest.into(), outcome.into(), at.into()])
            .to_owned();
        self.transaction().execute(&note).await?;
        self.claimed = true;
        Ok(())
    }
}

/// Forgets keys that were used before this instant. Nobody reads of them, so this is no change of the registry.
pub async fn forget_claims(store: &Store, before: &str) -> Result<u64, Error> {
    let forget = Query::delete().from_table("claim").and_where(Expr::col("at").lt(before)).to_owned();
    Ok(store.writer().execute(&forget).await?.rows_affected())
}
