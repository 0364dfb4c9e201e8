use sea_orm::{
    ConnectionTrait, QueryResult,
    sea_query::{Expr, ExprTrait, Order, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    Error, Reader, UnitOfWork,
    filter::among,
    row::{FromRow, Row},
};

/// Someone who votes for a local authority. Which person that is, the registry does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegate {
    /// Its id.
    pub id: Uuid,
    /// The dialogue.
    pub dialogue: Uuid,
    /// The cluster that the delegate votes in.
    pub cluster: Uuid,
    /// The local authority.
    pub authority: Uuid,
    /// The first, the second delegate of that authority.
    pub ordinal: i64,
    /// What there is to say: an office, a seat.
    pub note: String,
    /// Whether the code that was given out was used; nothing where none was given out.
    pub used: Option<bool>,
}

const DELEGATE: [(&str, &str); 7] = [
    ("vote_delegate", "id"),
    ("vote_delegate", "dialogue_id"),
    ("vote_delegate", "cluster_id"),
    ("vote_delegate", "authority_id"),
    ("vote_delegate", "ordinal"),
    ("vote_delegate", "note"),
    ("vote_code", "used"),
];

impl FromRow for Delegate {
    const WIDTH: usize = DELEGATE.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: row.get(0)?,
            dialogue: row.get(1)?,
            cluster: row.get(2)?,
            authority: row.get(3)?,
            ordinal: row.get(4)?,
            note: row.get(5)?,
            used: row.get(6)?,
        })
    }
}

/// A code that was given out, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// The dialogue.
    pub dialogue: Uuid,
    /// The cluster of whoever has it.
    pub cluster: Uuid,
    /// The local authority of whoever has it.
    pub authority: Uuid,
    /// Whether it was used.
    pub used: bool,
}

const CODE: [(&str, &str); 4] =
    [("vote_code", "dialogue_id"), ("vote_delegate", "cluster_id"), ("vote_delegate", "authority_id"), ("vote_code", "used")];

impl FromRow for CodeRow {
    const WIDTH: usize = CODE.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self { dialogue: row.get(0)?, cluster: row.get(1)?, authority: row.get(2)?, used: row.get(3)? })
    }
}

/// The delegates of these dialogues, by cluster, local authority and number.
pub async fn delegates_of(reader: &Reader, dialogues: &[Uuid]) -> Result<Vec<Delegate>, Error> {
    reader.all(&delegates(dialogues)).await
}

/// The code of one of these digests.
pub async fn code_of(reader: &Reader, digests: &[String]) -> Result<Option<CodeRow>, Error> {
    if digests.is_empty() {
        return Ok(None);
    }
    Ok(reader.all::<CodeRow>(&code(digests)).await?.pop())
}

fn delegates(dialogues: &[Uuid]) -> SelectStatement {
    let code = Expr::col(("vote_code", "delegate_id")).equals(("vote_delegate", "id"));
    Query::select()
        .columns(DELEGATE)
        .from("vote_delegate")
        .left_join("vote_code", code)
        .and_where(among(Expr::col(("vote_delegate", "dialogue_id")), dialogues))
        .order_by(("vote_delegate", "cluster_id"), Order::Asc)
        .order_by(("vote_delegate", "authority_id"), Order::Asc)
        .order_by(("vote_delegate", "ordinal"), Order::Asc)
        .to_owned()
}

fn code(digests: &[String]) -> SelectStatement {
    let delegate = Expr::col(("vote_delegate", "id")).equals(("vote_code", "delegate_id"));
    Query::select()
        .columns(CODE)
        .from("vote_code")
        .inner_join("vote_delegate", delegate)
        .and_where(Expr::col(("vote_code", "digest")).is_in(digests.iter().map(String::as_str)))
        .to_owned()
}

fn delegate(row: &QueryResult) -> Result<Delegate, Error> {
    Ok(Delegate {
        id: row.try_get("", "id")?,
        dialogue: row.try_get("", "dialogue_id")?,
        cluster: row.try_get("", "cluster_id")?,
        authority: row.try_get("", "authority_id")?,
        ordinal: row.try_get("", "ordinal")?,
        note: row.try_get("", "note")?,
        used: row.try_get("", "used")?,
    })
}

impl UnitOfWork {
    /// The delegates of a dialogue, by cluster, local authority and number.
    pub async fn delegates(&self, dialogue: Uuid) -> Result<Vec<Delegate>, Error> {
        let rows = self.transaction().query_all(&delegates(&[dialogue])).await?;
        rows.iter().map(delegate).collect()
    }

    /// Registers a delegate.
    pub async fn add_delegate(&mut self, delegate: &Delegate) -> Result<(), Error> {
        let d = delegate;
        let insert = Query::insert()
            .into_table("vote_delegate")
            .columns(["id", "dialogue_id", "cluster_id", "authority_id", "ordinal", "note"])
            .values_panic([
                d.id.into(),
                d.dialogue.into(),
                d.cluster.into(),
                d.authority.into(),
                d.ordinal.into(),
                d.note.as_str().into(),
            ])
            .to_owned();
        self.transaction().execute(&insert).await?;
        self.mark();
        Ok(())
    }

    /// Gives a delegate a code, in the place of one that was not used.
    pub async fn put_code(&mut self, delegate: &Delegate, digest: &str) -> Result<(), Error> {
        self.void_code(delegate.id).await?;
        let insert = Query::insert()
            .into_table("vote_code")
            .columns(["digest", "dialogue_id", "delegate_id", "used"])
            .values_panic([digest.into(), delegate.dialogue.into(), delegate.id.into(), false.into()])
            .to_owned();
        self.transaction().execute(&insert).await?;
        self.mark();
        Ok(())
    }

    /// Takes a delegate's code away, if it was not used; whether there was one.
    pub async fn void_code(&mut self, delegate: Uuid) -> Result<bool, Error> {
        let unused = Expr::col("used").eq(false);
        let void =
            Query::delete().from_table("vote_code").and_where(Expr::col("delegate_id").eq(delegate)).and_where(unused).to_owned();
        let gone = self.transaction().execute(&void).await?.rows_affected() > 0;
        if gone {
            self.mark();
        }
        Ok(gone)
    }

    /// Uses the code of a digest up; nothing where there is none or it was used. Of the use it notes that it was, and no more.
    pub async fn redeem(&mut self, digest: &str) -> Result<Option<CodeRow>, Error> {
        let use_up = Query::update()
            .table("vote_code")
            .value("used", true)
            .and_where(Expr::col("digest").eq(digest))
            .and_where(Expr::col("used").eq(false))
            .to_owned();
        if self.transaction().execute(&use_up).await?.rows_affected() != 1 {
            return Ok(None);
        }
        self.mark();
        let Some(row) = self.transaction().query_one(&code(&[digest.to_owned()])).await? else { return Ok(None) };
        Ok(Some(CodeRow {
            dialogue: row.try_get("", "dialogue_id")?,
            cluster: row.try_get("", "cluster_id")?,
            authority: row.try_get("", "authority_id")?,
            used: row.try_get("", "used")?,
        }))
    }

    /// Forgets all codes of a dialogue, and so who used one.
    pub async fn forget_codes(&mut self, dialogue: Uuid) -> Result<(), Error> {
        let forget = Query::delete().from_table("vote_code").and_where(Expr::col("dialogue_id").eq(dialogue)).to_owned();
        self.transaction().execute(&forget).await?;
        self.mark();
        Ok(())
    }
}
