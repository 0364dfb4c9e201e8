use sea_orm::{
    ConnectionTrait, QueryResult,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Error, Reader, UnitOfWork,
    filter::ids_in,
    row::{FromRow, Row},
};

/// A ballot in a box: nothing tells who cast it, unless the vote is named, and nothing when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BoxedBallot {
    /// A random key, by which the ballots of a box are ordered.
    pub key: Uuid,
    /// The options picked, by their numbers.
    pub choices: Vec<i64>,
    /// Whether it was handed in and does not count.
    pub spoiled: bool,
    /// The city that cast it, where the vote is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Uuid>,
}

/// How much is in a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BallotBox {
    /// The dialogue.
    pub dialogue: Uuid,
    /// The cluster; nothing for the box in which the ballots of clusters that are too small end.
    pub cluster: Option<Uuid>,
    /// How many codes have been given out.
    pub codes: i64,
    /// How many ballots were cast by a code.
    pub electronic: i64,
    /// How many paper ballots were taken in, spoiled ones among them.
    pub paper: i64,
    /// How many of all do not count.
    pub spoiled: i64,
    /// Whether, after the close, its ballots are in the box without a cluster.
    pub merged: bool,
}

impl BallotBox {
    /// How many ballots were handed in.
    pub fn cast(&self) -> i64 {
        self.electronic + self.paper
    }
}

const COLUMNS: [&str; 7] = ["dialogue_id", "cluster_id", "codes", "electronic", "paper", "spoiled", "merged"];

impl FromRow for BallotBox {
    const WIDTH: usize = COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            dialogue: row.get(0)?,
            cluster: row.get(1)?,
            codes: row.get(2)?,
            electronic: row.get(3)?,
            paper: row.get(4)?,
            spoiled: row.get(5)?,
            merged: row.get(6)?,
        })
    }
}

/// How much is in the boxes of these dialogues: never what.
pub async fn ballot_boxes(reader: &Reader, dialogues: &[Uuid]) -> Result<Vec<BallotBox>, Error> {
    let mut select = Query::select();
    select.columns(COLUMNS).from("ballot_box").and_where(ids_in("dialogue_id", dialogues));
    reader.all(&select).await
}

/// The clusters of votes that are closed whose ballots are told together only, and, without a cluster, those ballots.
pub async fn loose_ballots(reader: &Reader, dialogues: &[Uuid]) -> Result<Vec<(Uuid, Option<Uuid>, Vec<BoxedBallot>)>, Error> {
    let mut select = Query::select();
    select.columns(["dialogue_id", "cluster_id", "ballots"]).from("ballot_box");
    select.and_where(ids_in("dialogue_id", dialogues)).and_where(Expr::col("merged").eq(true));
    let rows: Vec<(Uuid, Option<Uuid>, String)> = reader.all(&select).await?;
    rows.into_iter().map(|(dialogue, cluster, ballots)| Ok((dialogue, cluster, read(dialogue, &ballots)?))).collect()
}

fn read(dialogue: Uuid, ballots: &str) -> Result<Vec<BoxedBallot>, Error> {
    // What is wrong is not quoted: it would be a ballot.
    serde_json::from_str(ballots).map_err(|_| Error::Statement(format!("a ballot box of dialogue {dialogue} cannot be read")))
}

/// Ballots in the order of their keys, which is the order of nothing else.
fn written(mut ballots: Vec<BoxedBallot>) -> String {
    ballots.sort_unstable();
    crate::codec::to_json(&ballots)
}

fn which(dialogue: Uuid, cluster: Option<Uuid>) -> SimpleExpr {
    let of = Expr::col("dialogue_id").eq(dialogue);
    match cluster {
        Some(cluster) => of.and(Expr::col("cluster_id").eq(cluster)),
        None => of.and(Expr::col("cluster_id").is_null()),
    }
}

fn counted(row: &QueryResult) -> Result<BallotBox, Error> {
    Ok(BallotBox {
        dialogue: row.try_get("", "dialogue_id")?,
        cluster: row.try_get("", "cluster_id")?,
        codes: row.try_get("", "codes")?,
        electronic: row.try_get("", "electronic")?,
        paper: row.try_get("", "paper")?,
        spoiled: row.try_get("", "spoiled")?,
        merged: row.try_get("", "merged")?,
    })
}

impl UnitOfWork {
    /// The boxes of a dialogue with what is in them.
    pub async fn boxes(&self, dialogue: Uuid) -> Result<Vec<(BallotBox, Vec<BoxedBallot>)>, Error> {
        let find = Query::select()
            .columns(COLUMNS)
            .column("ballots")
            .from("ballot_box")
            .and_where(Expr::col("dialogue_id").eq(dialogue))
            .to_owned();
        let rows = self.transaction().query_all(&find).await?;
        rows.iter()
            .map(|row| {
                let ballots: String = row.try_get("", "ballots")?;
                Ok((counted(row)?, read(dialogue, &ballots)?))
            })
            .collect()
    }

    /// Puts a box and what is in it in the place of the one that was there.
    pub async fn put_box(&mut self, counted: &BallotBox, ballots: Vec<BoxedBallot>) -> Result<(), Error> {
        let b = counted;
        let ballots = written(ballots);
        let update = Query::update()
            .table("ballot_box")
            .value("codes", b.codes)
            .value("electronic", b.electronic)
            .value("paper", b.paper)
            .value("spoiled", b.spoiled)
            .value("merged", b.merged)
            .value("ballots", ballots.as_str())
            .and_where(which(b.dialogue, b.cluster))
            .to_owned();
        if self.transaction().execute(&update).await?.rows_affected() == 0 {
            let insert = Query::insert()
                .into_table("ballot_box")
                .columns(COLUMNS.into_iter().chain(["ballots"]))
                .values_panic([
                    b.dialogue.into(),
                    b.cluster.into(),
                    b.codes.into(),
                    b.electronic.into(),
                    b.paper.into(),
                    b.spoiled.into(),
                    b.merged.into(),
                    ballots.into(),
                ])
                .to_owned();
            self.transaction().execute(&insert).await?;
        }
        self.mark();
        Ok(())
    }
}
