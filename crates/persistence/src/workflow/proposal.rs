use std::collections::BTreeSet;

use ketnoi_domain::{
    Coded, Kind,
    workflow::{ProposalState, Proposed},
};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Order, Query, SelectStatement},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{coded, kind_of};
use crate::{
    BadRow, Error, Reader, UnitOfWork,
    codec::to_json,
    filter::ids_in,
    row::{FromRow, Row},
};

/// Something that a local authority proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalRow {
    /// Its id.
    pub id: Uuid,
    /// The kind of the record that it is to change.
    pub target_kind: Kind,
    /// That record; nothing while what is proposed is new and not approved.
    pub target: Option<Uuid>,
    /// The local authority whose figures these are.
    pub authority: Uuid,
    /// By whose account.
    pub account: Option<Uuid>,
    /// What whoever proposed it was called.
    pub actor: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// How far it has come.
    pub state: ProposalState,
    /// The version that the record had then.
    pub base_version: Option<i64>,
    /// What stood in its place then; nothing where nothing did.
    pub base: Option<Proposed>,
    /// What is proposed.
    pub contents: Proposed,
    /// What was said of it.
    pub note: String,
    /// By whose account it was decided.
    pub decided_account: Option<Uuid>,
    /// What whoever decided it was called.
    pub decided_by: Option<String>,
    /// When it was decided.
    pub decided_at: Option<String>,
    /// Why it was decided so.
    pub reason: String,
}

const COLUMNS: [&str; 16] = [
    "id",
    "target_kind",
    "target_id",
    "authority_id",
    "account",
    "actor",
    "at",
    "state",
    "base_version",
    "base",
    "contents",
    "note",
    "decided_account",
    "decided_by",
    "decided_at",
    "reason",
];

impl FromRow for ProposalRow {
    const WIDTH: usize = COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        let id: Uuid = row.get(0)?;
        fn read<T: DeserializeOwned>(id: Uuid, column: &'static str, text: &str) -> Result<T, Error> {
            let bad = |e: serde_json::Error| BadRow { table: "proposal", column, id: id.to_string(), problem: e.to_string() };
            Ok(serde_json::from_str(text).map_err(bad)?)
        }
        let (kind, state, contents): (String, String, String) = (row.get(1)?, row.get(7)?, row.get(10)?);
        let base: Option<String> = row.get(9)?;
        Ok(Self {
            id,
            target_kind: kind_of("proposal", "target_kind", &kind)?,
            target: row.get(2)?,
            authority: row.get(3)?,
            account: row.get(4)?,
            actor: row.get(5)?,
            at: row.get(6)?,
            state: coded("proposal", "state", &state)?,
            base_version: row.get(8)?,
            base: base.map(|text| read(id, "base", &text)).transpose()?,
            contents: read(id, "contents", &contents)?,
            note: row.get(11)?,
            decided_account: row.get(12)?,
            decided_by: row.get(13)?,
            decided_at: row.get(14)?,
            reason: row.get(15)?,
        })
    }
}

/// Whose proposals are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposedBy<'p> {
    /// Everyone's.
    Anyone,
    /// Those of these local authorities.
    Parties(&'p BTreeSet<Uuid>),
}

/// Which proposals are wanted; all that is given must hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProposalFilter {
    /// Only those that have come so far.
    pub state: Option<ProposalState>,
    /// Only those of this local authority.
    pub authority: Option<Uuid>,
}

fn select(by: ProposedBy<'_>) -> SelectStatement {
    let mut find = Query::select();
    find.columns(COLUMNS).from("proposal");
    if let ProposedBy::Parties(parties) = by {
        find.and_where(ids_in("authority_id", &parties.iter().copied().collect::<Vec<_>>()));
    }
    find
}

/// Proposals, the newest first: at most so many, behind one of an instant.
pub async fn proposals(
    reader: &Reader,
    by: ProposedBy<'_>,
    filter: ProposalFilter,
    after: Option<(&str, Uuid)>,
    size: u32,
) -> Result<Vec<ProposalRow>, Error> {
    let mut find = select(by);
    if let Some(state) = filter.state {
        find.and_where(Expr::col("state").eq(state.code()));
    }
    if let Some(authority) = filter.authority {
        find.and_where(Expr::col("authority_id").eq(authority));
    }
    if let Some((at, id)) = after {
        let here = Expr::tuple([Expr::col("at"), Expr::col("id")]);
        find.and_where(here.lt(Expr::tuple([Expr::val(at), Expr::val(id)])));
    }
    find.order_by("at", Order::Desc).order_by("id", Order::Desc).limit(u64::from(size));
    reader.all(&find).await
}

/// The proposals with these ids.
pub async fn proposals_by_ids(reader: &Reader, by: ProposedBy<'_>, ids: &[Uuid]) -> Result<Vec<ProposalRow>, Error> {
    let mut find = select(by);
    find.and_where(ids_in("id", ids)).order_by("at", Order::Desc).order_by("id", Order::Desc);
    reader.all(&find).await
}

impl UnitOfWork {
    /// Keeps a proposal.
    pub async fn add_proposal(&mut self, proposal: &ProposalRow) -> Result<(), Error> {
        let p = proposal.clone();
        let values = [
            p.id.into(),
            p.target_kind.name().into(),
            p.target.into(),
            p.authority.into(),
            p.account.into(),
            p.actor.into(),
            p.at.into(),
            p.state.code().into(),
            p.base_version.into(),
            p.base.as_ref().map(to_json).into(),
            to_json(&p.contents).into(),
            p.note.into(),
            p.decided_account.into(),
            p.decided_by.into(),
            p.decided_at.into(),
            p.reason.into(),
        ];
        let insert = Query::insert().into_table("proposal").columns(COLUMNS).values_panic(values).to_owned();
        self.transaction().execute(&insert).await?;
        self.note(&format!("proposal {}", proposal.id));
        Ok(())
    }

    /// Writes what was decided of a proposal that waited; says whether it did.
    pub async fn decide_proposal(&mut self, decided: &ProposalRow) -> Result<bool, Error> {
        let p = decided.clone();
        let update = Query::update()
            .table("proposal")
            .value("state", p.state.code())
            .value("target_id", p.target)
            .value("decided_account", p.decided_account)
            .value("decided_by", p.decided_by)
            .value("decided_at", p.decided_at)
            .value("reason", p.reason)
            .and_where(Expr::col("id").eq(p.id))
            .and_where(Expr::col("state").eq(ProposalState::Proposed.code()))
            .to_owned();
        let done = self.transaction().execute(&update).await?.rows_affected() > 0;
        // Beside who decided, whom the entry names, the trail tells who proposed.
        let proposer = decided.account.map_or_else(|| "no account".to_owned(), |account| format!("account {account}"));
        self.note(&format!("proposal {} of {proposer} {}", decided.id, decided.state.name()));
        Ok(done)
    }
}
