use std::fmt;

use ketnoi_domain::{Account, AccountRole, Coded as _, Id};
use sea_orm::{
    ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    BadRow, Error, Reader, Store, UnitOfWork,
    row::{FromRow, Row},
};

/// An account with its secrets. They leave `persistence` for the rules of signing in alone, and are never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// The account.
    pub account: Account,
    /// Its password as a PHC string of argon2id.
    pub password: Option<String>,
    /// The secret of its second factor in base32.
    pub second_factor: Option<String>,
    /// The secret of a second factor that has not been confirmed.
    pub second_factor_pending: Option<String>,
    /// The last time step of which a code was accepted.
    pub second_factor_step: Option<i64>,
}

impl fmt::Debug for AccountRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountRow").field("account", &self.account).finish_non_exhaustive()
    }
}

/// The columns of an account, in the order in which they are read.
pub(super) const COLUMNS: [&str; 12] = [
    "id",
    "name",
    "role",
    "organisation_id",
    "authority_id",
    "password",
    "second_factor",
    "second_factor_pending",
    "second_factor_step",
    "disabled",
    "created_at",
    "version",
];

/// The columns of an account as a join calls them.
pub(super) fn columns() -> [(&'static str, &'static str); 12] {
    COLUMNS.map(|column| ("account", column))
}

/// A row as the database has it.
#[derive(FromQueryResult)]
struct Cells {
    id: Uuid,
    name: String,
    role: String,
    organisation_id: Option<Uuid>,
    authority_id: Option<Uuid>,
    password: Option<String>,
    second_factor: Option<String>,
    second_factor_pending: Option<String>,
    second_factor_step: Option<i64>,
    disabled: bool,
    created_at: String,
    version: i64,
}

impl Cells {
    fn decode(self) -> Result<AccountRow, Error> {
        let role = AccountRole::from_code(&self.role).ok_or_else(|| BadRow {
            table: "account",
            column: "role",
            id: self.id.to_string(),
            problem: format!("`{}` is no role", self.role),
        })?;
        let account = Account {
            id: self.id,
            name: self.name,
            role,
            organisation: self.organisation_id.map(Id::from_uuid),
            authority: self.authority_id.map(Id::from_uuid),
            has_password: self.password.is_some(),
            has_second_factor: self.second_factor.is_some(),
            disabled: self.disabled,
            created_at: self.created_at,
            version: self.version,
        };
        Ok(AccountRow {
            account,
            password: self.password,
            second_factor: self.second_factor,
            second_factor_pending: self.second_factor_pending,
            second_factor_step: self.second_factor_step,
        })
    }
}

/// Reads an account whose columns begin at this one.
pub(super) fn read(row: &Row<'_>, first: usize) -> Result<AccountRow, Error> {
    Cells {
        id: row.get(first)?,
        name: row.get(first + 1)?,
        role: row.get(first + 2)?,
        organisation_id: row.get(first + 3)?,
        authority_id: row.get(first + 4)?,
        password: row.get(first + 5)?,
        second_factor: row.get(first + 6)?,
        second_factor_pending: row.get(first + 7)?,
        second_factor_step: row.get(first + 8)?,
        disabled: row.get(first + 9)?,
        created_at: row.get(first + 10)?,
        version: row.get(first + 11)?,
    }
    .decode()
}

impl FromRow for AccountRow {
    const WIDTH: usize = COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        read(row, 0)
    }
}

fn select() -> SelectStatement {
    Query::select().columns(COLUMNS).from("account").to_owned()
}

/// The account that signs in with this name.
pub async fn by_name(reader: &Reader, name: &str) -> Result<Option<AccountRow>, Error> {
    let mut select = select();
    select.and_where(Expr::col("name").eq(name));
    Ok(reader.all::<AccountRow>(&select).await?.pop())
}

/// The account of this id.
pub async fn by_id(reader: &Reader, id: Uuid) -> Result<Option<AccountRow>, Error> {
    let mut select = select();
    select.and_where(Expr::col("id").eq(id));
    Ok(reader.all::<AccountRow>(&select).await?.pop())
}

/// The account of whom an issuer of OpenID Connect calls this.
pub async fn of_subject(reader: &Reader, issuer: &str, subject: &str) -> Result<Option<AccountRow>, Error> {
    let mut select = Query::select();
    select
        .columns(columns())
        .from("account")
        .inner_join("account_subject", Expr::col(("account", "id")).equals(("account_subject", "account_id")))
        .and_where(Expr::col(("account_subject", "issuer")).eq(issuer))
        .and_where(Expr::col(("account_subject", "subject")).eq(subject));
    Ok(reader.all::<AccountRow>(&select).await?.pop())
}

/// All accounts in the order of their names.
pub async fn all(reader: &Reader) -> Result<Vec<Account>, Error> {
    let mut select = select();
    select.order_by("name", sea_orm::Order::Asc);
    Ok(reader.all::<AccountRow>(&select).await?.into_iter().map(|row| row.account).collect())
}

/// The issuers and subjects that sign in as this account, in order.
pub async fn subjects_of(reader: &Reader, account: Uuid) -> Result<Vec<(String, String)>, Error> {
    let mut select = Query::select();
    select
        .columns(["issuer", "subject"])
        .from("account_subject")
        .and_where(Expr::col("account_id").eq(account))
        .order_by("issuer", sea_orm::Order::Asc)
        .order_by("subject", sea_orm::Order::Asc);
    reader.all::<(String, String)>(&select).await
}

/// Notes that a code of this time step was accepted; false if one of it, or of a later one, was before. One statement, so
/// that of two who bring the same code at once one is refused.
pub async fn accept_step(store: &Store, account: Uuid, step: i64) -> Result<bool, Error> {
    let earlier = Expr::col("second_factor_step").is_null().or(Expr::col("second_factor_step").lt(step));
    let update = Query::update()
        .table("account")
        .value("second_factor_step", step)
        .and_where(Expr::col("id").eq(account))
        .and_where(earlier)
        .to_owned();
    Ok(store.writer().execute(&update).await?.rows_affected() == 1)
}

/// Whether an account is as it was read, and not shut. The statement writes nothing new, but waits for whoever is changing the
/// account, and so knows what they commit.
pub async fn is_as_read(store: &Store, account: &Account) -> Result<bool, Error> {
    let update = Query::update()
        .table("account")
        .value("version", account.version)
        .and_where(Expr::col("id").eq(account.id))
        .and_where(Expr::col("version").eq(account.version))
        .and_where(Expr::col("disabled").eq(false))
        .to_owned();
    Ok(store.writer().execute(&update).await?.rows_affected() == 1)
}

/// Keeps the secret of a second factor that is to be confirmed.
pub async fn put_pending_factor(store: &Store, account: Uuid, secret: &str) -> Result<(), Error> {
    let update =
        Query::update().table("account").value("second_factor_pending", secret).and_where(Expr::col("id").eq(account)).to_owned();
    store.writer().execute(&update).await?;
    Ok(())
}

impl UnitOfWork {
    /// The account that signs in with this name.
    pub async fn account_named(&self, name: &str) -> Result<Option<AccountRow>, Error> {
        let mut select = select();
        select.and_where(Expr::col("name").eq(name));
        self.one_account(&select).await
    }

    /// The account of this id.
    pub async fn account(&self, id: Uuid) -> Result<Option<AccountRow>, Error> {
        let mut select = select();
        select.and_where(Expr::col("id").eq(id));
        self.one_account(&select).await
    }

    async fn one_account(&self, select: &SelectStatement) -> Result<Option<AccountRow>, Error> {
        let Some(row) = self.transaction().query_one(select).await? else { return Ok(None) };
        Cells::from_query_result(&row, "")?.decode().map(Some)
    }

    /// Makes an account; it has no password yet.
    pub async fn add_account(&mut self, account: &Account) -> Result<(), Error> {
        let columns = ["id", "name", "role", "organisation_id", "authority_id", "disabled", "created_at", "version"];
        let insert = Query::insert()
            .into_table("account")
            .columns(columns)
            .values_panic([
                account.id.into(),
                account.name.as_str().into(),
                account.role.code().into(),
                account.organisation.map(Id::uuid).into(),
                account.authority.map(Id::uuid).into(),
                account.disabled.into(),
                account.created_at.as_str().into(),
                account.version.into(),
            ])
            .to_owned();
        self.transaction().execute(&insert).await?;
        self.note(&format!("account {}", account.name));
        Ok(())
    }

    /// Writes what an administrator may change of an account: its version is one higher afterwards.
    pub async fn set_account(&mut self, account: &Account, said: &str) -> Result<(), Error> {
        let update = Query::update()
            .table("account")
            .value("role", account.role.code())
            .value("organisation_id", account.organisation.map(Id::uuid))
            .value("authority_id", account.authority.map(Id::uuid))
            .value("disabled", account.disabled)
            .value("version", Expr::col("version").add(1))
            .and_where(Expr::col("id").eq(account.id))
            .to_owned();
        self.transaction().execute(&update).await?;
        self.note(&format!("account {}: {said}", account.name));
        Ok(())
    }

    /// Gives an account another password, unless anything of the account has been changed since it was read; false if it has.
    pub async fn change_password(&mut self, account: &Account, hash: &str) -> Result<bool, Error> {
        let unchanged = Query::select()
            .column("id")
            .from("account")
            .and_where(Expr::col("id").eq(account.id))
            .and_where(Expr::col("version").eq(account.version))
            .to_owned();
        if self.transaction().query_one(&unchanged).await?.is_none() {
            return Ok(false);
        }
        self.set_password(account, hash).await?;
        Ok(true)
    }

    /// Gives an account another password: the PHC string of argon2id.
    pub async fn set_password(&mut self, account: &Account, hash: &str) -> Result<(), Error> {
        let update = Query::update()
            .table("account")
            .value("password", hash)
            .value("version", Expr::col("version").add(1))
            .and_where(Expr::col("id").eq(account.id))
            .to_owned();
        self.transaction().execute(&update).await?;
        self.note(&format!("account {}", account.name));
        Ok(())
    }

    /// Gives an account its second factor, of which a code of this step was accepted; or takes it away.
    pub async fn set_second_factor(&mut self, account: &Account, secret: Option<&str>, step: Option<i64>) -> Result<(), Error> {
        let update = Query::update()
            .table("account")
            .value("second_factor", secret.map(str::to_owned))
            .value("second_factor_pending", None::<String>)
            .value("second_factor_step", step)
            .value("version", Expr::col("version").add(1))
            .and_where(Expr::col("id").eq(account.id))
            .to_owned();
        self.transaction().execute(&update).await?;
        self.note(&format!("account {}", account.name));
        Ok(())
    }

    /// How many administrators can be asked besides this one.
    pub async fn administrators_besides(&self, account: Uuid) -> Result<usize, Error> {
        let select = Query::select()
            .column("id")
            .from("account")
            .and_where(Expr::col("role").eq(AccountRole::Administrator.code()))
            .and_where(Expr::col("disabled").eq(false))
            .and_where(Expr::col("id").ne(account))
            .to_owned();
        Ok(self.transaction().query_all(&select).await?.len())
    }

    /// Lets whom an issuer calls this sign in as an account; false if they sign in as one already.
    pub async fn link_subject(&mut self, account: &Account, issuer: &str, subject: &str) -> Result<bool, Error> {
        let known = Query::select()
            .column("account_id")
            .from("account_subject")
            .and_where(Expr::col("issuer").eq(issuer))
            .and_where(Expr::col("subject").eq(subject))
            .to_owned();
        if self.transaction().query_one(&known).await?.is_some() {
            return Ok(false);
        }
        let insert = Query::insert()
            .into_table("account_subject")
            .columns(["issuer", "subject", "account_id"])
            .values_panic([issuer.into(), subject.into(), account.id.into()])
            .to_owned();
        self.transaction().execute(&insert).await?;
        // The subject is what someone else calls a person, so the trail has the issuer alone.
        self.note(&format!("account {} from {issuer}", account.name));
        Ok(true)
    }
}
