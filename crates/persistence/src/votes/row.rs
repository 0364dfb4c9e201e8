use ketnoi_domain::vote::Step;
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use crate::{
    Error, Reader, UnitOfWork,
    filter::ids_in,
    row::{FromRow, Row},
};

/// Who took the steps of a vote, and when. A dialogue that came with its ballots from a file has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoteRow {
    /// The dialogue.
    pub dialogue: Uuid,
    /// When and by whom it was opened.
    pub opened: Option<(String, String)>,
    /// When and by whom it was closed.
    pub closed: Option<(String, String)>,
    /// When and by whom it was published.
    pub published: Option<(String, String)>,
}

const COLUMNS: [&str; 7] = ["dialogue_id", "opened_at", "opened_by", "closed_at", "closed_by", "published_at", "published_by"];

impl FromRow for VoteRow {
    const WIDTH: usize = COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        let step = |at: usize| -> Result<Option<(String, String)>, Error> {
            Ok(row.get::<Option<String>>(at)?.zip(row.get::<Option<String>>(at + 1)?))
        };
        Ok(Self { dialogue: row.get(0)?, opened: step(1)?, closed: step(3)?, published: step(5)? })
    }
}

/// Who took the steps of these votes.
pub async fn votes_of(reader: &Reader, dialogues: &[Uuid]) -> Result<Vec<VoteRow>, Error> {
    let mut select = Query::select();
    select.columns(COLUMNS).from("vote").and_where(ids_in("dialogue_id", dialogues));
    reader.all(&select).await
}

/// The votes that take ballots, each with its pepper.
pub async fn open_votes(reader: &Reader) -> Result<Vec<(Uuid, Vec<u8>)>, Error> {
    let mut select = Query::select();
    select.columns(["dialogue_id", "pepper"]).from("vote");
    select.and_where(Expr::col("opened_at").is_not_null()).and_where(Expr::col("closed_at").is_null());
    reader.all(&select).await
}

impl UnitOfWork {
    /// The pepper of a vote that has one: it is being prepared or under way.
    pub async fn vote_pepper(&self, dialogue: Uuid) -> Result<Option<Vec<u8>>, Error> {
        let find = Query::select().column("pepper").from("vote").and_where(Expr::col("dialogue_id").eq(dialogue)).to_owned();
        let row = self.transaction().query_one(&find).await?;
        Ok(row.map(|row| row.try_get("", "pepper")).transpose()?)
    }

    /// Begins to prepare a vote.
    pub async fn prepare_vote(&mut self, dialogue: Uuid, pepper: &[u8]) -> Result<(), Error> {
        let insert = Query::insert()
            .into_table("vote")
            .columns(["dialogue_id", "pepper"])
            .values_panic([dialogue.into(), pepper.to_vec().into()])
            .to_owned();
        self.transaction().execute(&insert).await?;
        self.mark();
        Ok(())
    }

    /// Notes who takes a step of a vote, and when. With its close the pepper goes: no code can be tried on it any more.
    pub async fn sign_vote(&mut self, dialogue: Uuid, step: Step, at: &str, by: &str) -> Result<(), Error> {
        let (when, who) = match step {
            Step::Open => ("opened_at", "opened_by"),
            Step::Close => ("closed_at", "closed_by"),
            Step::Publish => ("published_at", "published_by"),
        };
        let mut update = Query::update();
        update.table("vote").value(when, at).value(who, by).and_where(Expr::col("dialogue_id").eq(dialogue));
        if step == Step::Close {
            update.value("pepper", Vec::<u8>::new());
        }
        self.transaction().execute(&update).await?;
        self.mark();
        Ok(())
    }
}
