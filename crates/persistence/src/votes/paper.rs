use sea_orm::{
    ConnectionTrait, QueryResult,
    sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

use crate::{
    Error, Reader, UnitOfWork,
    row::{FromRow, Row},
};

/// A paper ballot as someone typed it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperBallot {
    /// The dialogue.
    pub dialogue: Uuid,
    /// The cluster that it was cast in.
    pub cluster: Uuid,
    /// The first or the second time that it is typed in.
    pub pass: i64,
    /// The number that was written on the paper.
    pub number: i64,
    /// The options picked, by their numbers.
    pub choices: Vec<i64>,
    /// Whether it does not count.
    pub spoiled: bool,
    /// The city that cast it, where the vote is named.
    pub authority: Option<Uuid>,
    /// Who typed it in.
    pub entered_by: String,
    /// Whether it is in the box already; then its choices are not kept here.
    pub accepted: bool,
}

const COLUMNS: [&str; 9] =
    ["dialogue_id", "cluster_id", "pass", "number", "choices", "spoiled", "authority_id", "entered_by", "accepted"];

impl FromRow for PaperBallot {
    const WIDTH: usize = COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            dialogue: row.get(0)?,
            cluster: row.get(1)?,
            pass: row.get(2)?,
            number: row.get(3)?,
            choices: read(row.get(4)?)?,
            spoiled: row.get(5)?,
            authority: row.get(6)?,
            entered_by: row.get(7)?,
            accepted: row.get(8)?,
        })
    }
}

fn read(choices: &str) -> Result<Vec<i64>, Error> {
    // What is wrong is not quoted: it would be a ballot.
    serde_json::from_str(choices).map_err(|_| Error::Statement("the choices of a paper ballot cannot be read".into()))
}

fn select(dialogue: Uuid) -> SelectStatement {
    Query::select()
        .columns(COLUMNS)
        .from("paper_ballot")
        .and_where(Expr::col("dialogue_id").eq(dialogue))
        .order_by("number", Order::Asc)
        .order_by("pass", Order::Asc)
        .to_owned()
}

/// The paper ballots of a dialogue, by their numbers.
pub async fn paper_of(reader: &Reader, dialogue: Uuid) -> Result<Vec<PaperBallot>, Error> {
    reader.all(&select(dialogue)).await
}

fn typed(row: &QueryResult) -> Result<PaperBallot, Error> {
    let choices: String = row.try_get("", "choices")?;
    Ok(PaperBallot {
        dialogue: row.try_get("", "dialogue_id")?,
        cluster: row.try_get("", "cluster_id")?,
        pass: row.try_get("", "pass")?,
        number: row.try_get("", "number")?,
        choices: read(&choices)?,
        spoiled: row.try_get("", "spoiled")?,
        authority: row.try_get("", "authority_id")?,
        entered_by: row.try_get("", "entered_by")?,
        accepted: row.try_get("", "accepted")?,
    })
}

fn of_cluster(dialogue: Uuid, cluster: Uuid) -> SimpleExpr {
    Expr::col("dialogue_id").eq(dialogue).and(Expr::col("cluster_id").eq(cluster))
}

impl UnitOfWork {
    /// The paper ballots of a dialogue, by their numbers.
    pub async fn paper(&self, dialogue: Uuid) -> Result<Vec<PaperBallot>, Error> {
        let rows = self.transaction().query_all(&select(dialogue)).await?;
        rows.iter().map(typed).collect()
    }

    /// Keeps a paper ballot as it was typed in, in the place of what was typed for it in the same pass.
    pub async fn put_paper(&mut self, ballot: &PaperBallot) -> Result<(), Error> {
        let b = ballot;
        let old = Query::delete()
            .from_table("paper_ballot")
            .and_where(of_cluster(b.dialogue, b.cluster))
            .and_where(Expr::col("pass").eq(b.pass))
            .and_where(Expr::col("number").eq(b.number))
            .to_owned();
        self.transaction().execute(&old).await?;
        let insert = Query::insert()
            .into_table("paper_ballot")
            .columns(COLUMNS)
            .values_panic([
                b.dialogue.into(),
                b.cluster.into(),
                b.pass.into(),
                b.number.into(),
                crate::codec::to_json(&b.choices).into(),
                b.spoiled.into(),
                b.authority.into(),
                b.entered_by.as_str().into(),
                b.accepted.into(),
            ])
            .to_owned();
        self.transaction().execute(&insert).await?;
        self.mark();
        Ok(())
    }

    /// Notes that the paper ballots of a cluster are in the box. Of each its number stays, so that it is not taken in again; what
    /// it says does not.
    pub async fn accept_paper(&mut self, dialogue: Uuid, cluster: Uuid) -> Result<(), Error> {
        let second = Query::delete()
            .from_table("paper_ballot")
            .and_where(of_cluster(dialogue, cluster))
            .and_where(Expr::col("pass").ne(1))
            .to_owned();
        self.transaction().execute(&second).await?;
        let first = Query::update()
            .table("paper_ballot")
            .value("choices", "[]")
            .value("spoiled", false)
            .value("authority_id", Option::<Uuid>::None)
            .value("accepted", true)
            .and_where(of_cluster(dialogue, cluster))
            .to_owned();
        self.transaction().execute(&first).await?;
        self.mark();
        Ok(())
    }
}
