//! What the feed no longer keeps: the contents of old changes. Who did what to which record, and when, stays for good.

use sea_orm::{
    ConnectionTrait,
    sea_query::{Condition, Expr, ExprTrait, Query},
};

use crate::{Error, UnitOfWork};

/// What the audit entry says that tells of it; the walk along the chain believes no other word that contents may be missing.
pub const FORGET: &str = "forget changes";

/// What the entry notes, before the revision from which on contents are kept.
pub(super) const NOTE: &str = "kept from revision ";

impl UnitOfWork {
    /// Lets go what changes say that were made before this instant, and gives the revision from which on it is kept since;
    /// nothing where there was nothing to let go. The digests stay, so the chain still holds. Sign it as [`FORGET`].
    pub async fn forget_changes(&mut self, before: &str) -> Result<Option<i64>, Error> {
        let old = Query::select()
            .expr(Expr::col("revision").max())
            .from("audit_entry")
            .and_where(Expr::col("at").lt(before))
            .to_owned();
        let newest: Option<i64> = match self.transaction().query_one(&old).await? {
            Some(row) => row.try_get_by_index(0)?,
            None => None,
        };
        let read = Query::select().column("kept_from").from("registry").to_owned();
        let kept: i64 = match self.transaction().query_one(&read).await? {
            Some(row) => row.try_get("", "kept_from")?,
            None => return Ok(None),
        };
        let Some(from) = newest.map(|revision| revision + 1).filter(|from| *from > kept) else { return Ok(None) };
        let says = Condition::any().add(Expr::col("before").is_not_null()).add(Expr::col("after").is_not_null());
        let mut forget = Query::update();
        forget.table("change").value("before", Option::<String>::None).value("after", Option::<String>::None);
        forget.and_where(Expr::col("revision").gte(kept)).and_where(Expr::col("revision").lt(from)).cond_where(says);
        self.transaction().execute(&forget).await?;
        let keep = Query::update().table("registry").value("kept_from", from).to_owned();
        self.transaction().execute(&keep).await?;
        self.note(&format!("{NOTE}{from}"));
        Ok(Some(from))
    }
}
