use std::fmt;

use sea_orm::{
    Condition, ConnectionTrait,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::account::{AccountRow, columns, read};
use crate::{
    Error, Reader, Store, UnitOfWork,
    row::{FromRow, Row},
};

/// A session of someone who signed in. Its token is known to their browser alone.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The SHA-256 of its token in hexadecimal.
    pub hash: String,
    /// Whose it is.
    pub account: Uuid,
    /// Whether they signed in with a password of ours, and not through an issuer that answers for them.
    pub by_password: bool,
    /// When they signed in.
    pub created_at: String,
    /// When it was last used, to the minute.
    pub used_at: String,
    /// When its token was last changed.
    pub rotated_at: String,
    /// When it ends however much it is used.
    pub expires_at: String,
    /// What a form must bring besides the cookie.
    pub csrf: String,
    /// The hash of the token before, which is good for a little longer.
    pub previous_hash: Option<String>,
}

impl fmt::Debug for SessionRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionRow").field("account", &self.account).finish_non_exhaustive()
    }
}

const COLUMNS: [&str; 9] =
    ["hash", "account_id", "by_password", "created_at", "used_at", "rotated_at", "expires_at", "csrf", "previous_hash"];

impl FromRow for SessionRow {
    const WIDTH: usize = COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            hash: row.get(0)?,
            account: row.get(1)?,
            by_password: row.get(2)?,
            created_at: row.get(3)?,
            used_at: row.get(4)?,
            rotated_at: row.get(5)?,
            expires_at: row.get(6)?,
            csrf: row.get(7)?,
            previous_hash: row.get(8)?,
        })
    }
}

/// A session with its account.
struct Opened(SessionRow, AccountRow);

impl FromRow for Opened {
    const WIDTH: usize = COLUMNS.len() + super::account::COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self(SessionRow::from_row(row)?, read(row, COLUMNS.len())?))
    }
}

fn with_hash(hash: &str) -> Condition {
    Condition::any().add(Expr::col("hash").eq(hash)).add(Expr::col("previous_hash").eq(hash))
}

/// The session whose token, or whose token before, has this hash; with its account.
pub async fn session_by_hash(reader: &Reader, hash: &str) -> Result<Option<(SessionRow, AccountRow)>, Error> {
    let mut select = Query::select();
    select
        .columns(COLUMNS.map(|column| ("account_session", column)))
        .columns(columns())
        .from("account_session")
        .inner_join("account", Expr::col(("account", "id")).equals(("account_session", "account_id")))
        .cond_where(with_hash(hash));
    Ok(reader.all::<Opened>(&select).await?.pop().map(|Opened(session, account)| (session, account)))
}

/// The sessions of an account, the one that began last first. Those that have ended by themselves are among them until they are
/// swept.
pub async fn sessions_of(reader: &Reader, account: Uuid) -> Result<Vec<SessionRow>, Error> {
    let mut select = Query::select();
    select
        .columns(COLUMNS)
        .from("account_session")
        .and_where(Expr::col("account_id").eq(account))
        .order_by("created_at", sea_orm::Order::Desc)
        .order_by("csrf", sea_orm::Order::Asc);
    reader.all::<SessionRow>(&select).await
}

/// Until when a session of an account is good and when it was last used, found by what its forms bring: that stays while its
/// token changes.
pub async fn session_times(reader: &Reader, account: Uuid, csrf: &str) -> Result<Option<(String, String)>, Error> {
    let mut select = Query::select();
    select.columns(["expires_at", "used_at"]).from("account_session");
    select.and_where(Expr::col("account_id").eq(account)).and_where(Expr::col("csrf").eq(csrf));
    Ok(reader.all::<(String, String)>(&select).await?.pop())
}

/// Begins a session.
pub async fn open_session(store: &Store, session: &SessionRow) -> Result<(), Error> {
    let insert = Query::insert()
        .into_table("account_session")
        .columns(COLUMNS)
        .values_panic([
            session.hash.as_str().into(),
            session.account.into(),
            session.by_password.into(),
            session.created_at.as_str().into(),
            session.used_at.as_str().into(),
            session.rotated_at.as_str().into(),
            session.expires_at.as_str().into(),
            session.csrf.as_str().into(),
            session.previous_hash.clone().into(),
        ])
        .to_owned();
    store.writer().execute(&insert).await?;
    Ok(())
}

/// Gives a session another token; false if another request has done so first.
pub async fn rotate_session(store: &Store, hash: &str, new: &str, now: &str) -> Result<bool, Error> {
    let update = Query::update()
        .table("account_session")
        .value("previous_hash", hash)
        .value("hash", new)
        .value("rotated_at", now)
        .value("used_at", now)
        .and_where(Expr::col("hash").eq(hash))
        .to_owned();
    Ok(store.writer().execute(&update).await?.rows_affected() == 1)
}

/// Notes that a session was used.
pub async fn touch_session(store: &Store, hash: &str, now: &str) -> Result<(), Error> {
    let update = Query::update().table("account_session").value("used_at", now).and_where(Expr::col("hash").eq(hash)).to_owned();
    store.writer().execute(&update).await?;
    Ok(())
}

/// Ends the session of this token; false if there is none.
pub async fn end_session(store: &Store, hash: &str) -> Result<bool, Error> {
    let delete = Query::delete().from_table("account_session").cond_where(with_hash(hash)).to_owned();
    Ok(store.writer().execute(&delete).await?.rows_affected() > 0)
}

/// Takes away the sessions of an account that have ended by themselves: those that expired, and those unused since `idle`.
pub async fn sweep_sessions(store: &Store, account: Uuid, now: &str, idle: &str) -> Result<(), Error> {
    let over = Condition::any().add(Expr::col("expires_at").lte(now)).add(Expr::col("used_at").lte(idle));
    let delete =
        Query::delete().from_table("account_session").and_where(Expr::col("account_id").eq(account)).cond_where(over).to_owned();
    store.writer().execute(&delete).await?;
    Ok(())
}

impl UnitOfWork {
    /// Ends all sessions of an account.
    pub async fn end_sessions_of(&mut self, account: Uuid) -> Result<(), Error> {
        let delete = Query::delete().from_table("account_session").and_where(Expr::col("account_id").eq(account)).to_owned();
        self.transaction().execute(&delete).await?;
        Ok(())
    }

    /// Ends the session of an account whose forms bring this; false if there is none.
    pub async fn end_session_of(&mut self, account: Uuid, csrf: &str) -> Result<bool, Error> {
        let delete = Query::delete()
            .from_table("account_session")
            .and_where(Expr::col("account_id").eq(account))
            .and_where(Expr::col("csrf").eq(csrf))
            .to_owned();
        Ok(self.transaction().execute(&delete).await?.rows_affected() == 1)
    }

    /// Ends all sessions of an account but the one whose forms bring this; false if there is no other.
    pub async fn end_other_sessions(&mut self, account: Uuid, csrf: &str) -> Result<bool, Error> {
        let delete = Query::delete()
            .from_table("account_session")
            .and_where(Expr::col("account_id").eq(account))
            .and_where(Expr::col("csrf").ne(csrf))
            .to_owned();
        Ok(self.transaction().execute(&delete).await?.rows_affected() > 0)
    }

    /// Gives the session whose forms bring this the token, and what its forms bring from now on, of another row. The token before
    /// is good no longer, and the session ends no later than it would have. False if it is over.
    pub async fn renew_session(&mut self, csrf: &str, renewed: &SessionRow) -> Result<bool, Error> {
        let update = Query::update()
            .table("account_session")
            .value("hash", renewed.hash.as_str())
            .value("previous_hash", None::<String>)
            .value("csrf", renewed.csrf.as_str())
            .value("rotated_at", renewed.rotated_at.as_str())
            .value("used_at", renewed.used_at.as_str())
            .and_where(Expr::col("account_id").eq(renewed.account))
            .and_where(Expr::col("csrf").eq(csrf))
            .to_owned();
        Ok(self.transaction().execute(&update).await?.rows_affected() == 1)
    }
}
