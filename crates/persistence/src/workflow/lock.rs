use ketnoi_domain::{Id, PartialDate, Period, Programme, workflow::keeps};
use sea_orm::{
    ConnectionTrait, QueryResult,
    sea_query::{Expr, ExprTrait, Order, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    BadRow, Error, Reader, UnitOfWork,
    filter::ids_in,
    row::{FromRow, Row},
};

/// A period of a programme in which nothing is changed any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodLock {
    /// Its id.
    pub id: Uuid,
    /// The programme.
    pub programme: Id<Programme>,
    /// From when on.
    pub from: PartialDate,
    /// Until when.
    pub to: PartialDate,
    /// Why.
    pub reason: String,
    /// Since when, RFC 3339 in UTC.
    pub at: String,
    /// By whose account.
    pub account: Option<Uuid>,
    /// What whoever locked it was called.
    pub actor: String,
    /// When, by whom and why it was unlocked; nothing while it holds.
    pub unlocked: Option<(String, String, String)>,
}

impl PeriodLock {
    /// Whether it keeps what is told of a period.
    pub fn keeps(&self, period: Period) -> bool {
        self.unlocked.is_none() && keeps(self.from, self.to, period)
    }
}

const COLUMNS: [&str; 11] = [
    "id",
    "programme_id",
    "from_date",
    "to_date",
    "reason",
    "at",
    "account",
    "actor",
    "unlocked_at",
    "unlocked_by",
    "unlock_reason",
];

fn date(id: Uuid, column: &'static str, text: &str) -> Result<PartialDate, Error> {
    let problem = || BadRow { table: "period_lock", column, id: id.to_string(), problem: format!("`{text}` is no date") };
    Ok(text.parse().map_err(|_| problem())?)
}

fn unlocked(at: Option<String>, by: Option<String>, reason: Option<String>) -> Option<(String, String, String)> {
    at.map(|at| (at, by.unwrap_or_default(), reason.unwrap_or_default()))
}

impl FromRow for PeriodLock {
    const WIDTH: usize = COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        let id: Uuid = row.get(0)?;
        let (from, to): (String, String) = (row.get(2)?, row.get(3)?);
        Ok(Self {
            id,
            programme: Id::from_uuid(row.get(1)?),
            from: date(id, "from_date", &from)?,
            to: date(id, "to_date", &to)?,
            reason: row.get(4)?,
            at: row.get(5)?,
            account: row.get(6)?,
            actor: row.get(7)?,
            unlocked: unlocked(row.get(8)?, row.get(9)?, row.get(10)?),
        })
    }
}

fn typed(row: &QueryResult) -> Result<PeriodLock, Error> {
    let id: Uuid = row.try_get("", "id")?;
    let (from, to): (String, String) = (row.try_get("", "from_date")?, row.try_get("", "to_date")?);
    let (at, by): (Option<String>, Option<String>) = (row.try_get("", "unlocked_at")?, row.try_get("", "unlocked_by")?);
    Ok(PeriodLock {
        id,
        programme: Id::from_uuid(row.try_get("", "programme_id")?),
        from: date(id, "from_date", &from)?,
        to: date(id, "to_date", &to)?,
        reason: row.try_get("", "reason")?,
        at: row.try_get("", "at")?,
        account: row.try_get("", "account")?,
        actor: row.try_get("", "actor")?,
        unlocked: unlocked(at, by, row.try_get("", "unlock_reason")?),
    })
}

fn select() -> SelectStatement {
    let mut find = Query::select();
    find.columns(COLUMNS).from("period_lock");
    find.order_by("programme_id", Order::Asc).order_by("from_date", Order::Asc).order_by("id", Order::Asc);
    find
}

/// The locks of these programmes, those that were taken off among them, by where they begin.
pub async fn locks(reader: &Reader, programmes: &[Uuid]) -> Result<Vec<PeriodLock>, Error> {
    let mut find = select();
    find.and_where(ids_in("programme_id", programmes));
    reader.all(&find).await
}

/// A lock, whether it holds or was taken off.
pub async fn lock(reader: &Reader, id: Uuid) -> Result<Option<PeriodLock>, Error> {
    let mut find = select();
    find.and_where(Expr::col("id").eq(id));
    Ok(reader.all(&find).await?.pop())
}

impl UnitOfWork {
    /// The locks that hold: of one programme, or all there are.
    pub async fn standing_locks(&self, programme: Option<Uuid>) -> Result<Vec<PeriodLock>, Error> {
        let mut find = select();
        find.and_where(Expr::col("unlocked_at").is_null());
        if let Some(programme) = programme {
            find.and_where(Expr::col("programme_id").eq(programme));
        }
        self.transaction().query_all(&find).await?.iter().map(typed).collect()
    }

    /// A lock, whether it holds or was taken off.
    pub async fn period_lock(&self, id: Uuid) -> Result<Option<PeriodLock>, Error> {
        let mut find = select();
        find.and_where(Expr::col("id").eq(id));
        self.transaction().query_one(&find).await?.as_ref().map(typed).transpose()
    }

    /// Locks a period.
    pub async fn add_lock(&mut self, lock: &PeriodLock) -> Result<(), Error> {
        let l = lock.clone();
        let values = [
            l.id.into(),
            l.programme.uuid().into(),
            l.from.to_string().into(),
            l.to.to_string().into(),
            l.reason.into(),
            l.at.into(),
            l.account.into(),
            l.actor.into(),
        ];
        let columns = COLUMNS.into_iter().take(8);
        let insert = Query::insert().into_table("period_lock").columns(columns).values_panic(values).to_owned();
        self.transaction().execute(&insert).await?;
        self.note(&format!("programme {}, {} to {}", lock.programme, lock.from, lock.to));
        Ok(())
    }

    /// Takes a lock off.
    pub async fn take_lock_off(&mut self, lock: &PeriodLock, at: &str, by: &str, reason: &str) -> Result<(), Error> {
        let update = Query::update()
            .table("period_lock")
            .value("unlocked_at", at)
            .value("unlocked_by", by)
            .value("unlock_reason", reason)
            .and_where(Expr::col("id").eq(lock.id))
            .to_owned();
        self.transaction().execute(&update).await?;
        self.note(&format!("programme {}, {} to {}", lock.programme, lock.from, lock.to));
        Ok(())
    }
}
