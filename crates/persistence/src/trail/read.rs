//! Reads of the trail: the change feed in a viewer's view, audit entries, the history of a record.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use ketnoi_domain::{Coded, Kind, Viewer, Visibility};
use sea_orm::{
    JoinType,
    sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr, UnionType},
};
use uuid::Uuid;

use super::feed::Operation;
use crate::{
    Error, Reader,
    codec::level,
    filter::{among, ids_in, reached, visible},
    row::{FromRow, Row},
    settle::table_of,
};

/// A place in the change feed: the change of one record in one revision. It names the record and not its number in the
/// revision, which would tell how many records that one may not see were changed before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FeedPlace {
    /// The revision.
    pub revision: i64,
    /// The record.
    pub record: Uuid,
}

/// How far the trail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedState {
    /// The registry's revision.
    pub revision: i64,
    /// From which revision on the feed, and what changes say, is kept.
    pub kept_from: i64,
    /// From which revision on audit entries are chained.
    pub chained_from: i64,
}

/// A change, as far as it concerns a viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fed {
    /// Where it stands in the feed.
    pub place: FeedPlace,
    /// The kind of the record.
    pub kind: Kind,
    /// Whether the viewer saw the record before.
    pub was_seen: bool,
    /// Whether the viewer saw it right after.
    pub is_seen: bool,
}

/// An entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its id.
    pub id: Uuid,
    /// The revision that came of the change.
    pub revision: i64,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What the author was called.
    pub actor: String,
    /// The author's account.
    pub account: Option<Uuid>,
    /// The request that asked for it.
    pub request: Option<String>,
    /// What was done.
    pub action: String,
    /// What there is to say besides.
    pub detail: String,
    /// The hash of the entry before.
    pub previous: Option<String>,
    /// The hash of this one and all before it; nothing for entries older than the chain.
    pub hash: Option<String>,
}

/// Which audit entries are wanted; all that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// Only by this account.
    pub account: Option<Uuid>,
    /// Only what is called so.
    pub action: Option<String>,
    /// Only what touched this record.
    pub record: Option<Uuid>,
    /// Only at this instant and later, RFC 3339 in UTC.
    pub from: Option<String>,
    /// Only before this instant.
    pub to: Option<String>,
}

/// A record that a commit touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// In which revision.
    pub revision: i64,
    /// The kind of the record.
    pub kind: Kind,
    /// The record.
    pub record: Uuid,
    /// What was done with it.
    pub operation: Operation,
    /// Its code; nothing for kinds about persons.
    pub code: Option<String>,
}

/// One change in the history of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The revision.
    pub revision: i64,
    /// When.
    pub at: String,
    /// Who.
    pub actor: String,
    /// The author's account.
    pub account: Option<Uuid>,
    /// The request that asked for it.
    pub request: Option<String>,
    /// What was done in all.
    pub action: String,
    /// What was done with this record.
    pub operation: Operation,
    /// The record's version since.
    pub version: Option<i64>,
    /// The record before, as JSON.
    pub before: Option<String>,
    /// The record since, as JSON; of kinds about persons only which fields changed.
    pub after: Option<String>,
    /// Whether all that is ever kept of it is still there.
    pub kept: bool,
}

/// What a record was at a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PastState {
    /// This, as JSON.
    Known(String),
    /// Not there.
    Absent,
    /// What it was is not kept.
    Unknown,
}

fn kind_of(name: &str) -> Result<Kind, Error> {
    Kind::from_name(name).ok_or_else(|| Error::Statement(format!("table change: `{name}` is no kind of record")))
}

fn operation_of(name: &str) -> Result<Operation, Error> {
    Operation::from_name(name).ok_or_else(|| Error::Statement(format!("table change: `{name}` is no operation")))
}

/// How far the trail goes.
pub async fn feed_state(reader: &Reader) -> Result<FeedState, Error> {
    let read = Query::select().columns(["revision", "kept_from", "chained_from"]).from("registry").to_owned();
    let row = reader.all::<(i64, i64, i64)>(&read).await?.pop();
    Ok(row.map_or(FeedState { revision: 0, kept_from: 1, chained_from: 1 }, |(revision, kept_from, chained_from)| FeedState {
        revision,
        kept_from,
        chained_from,
    }))
}

/// The number of a place within its revision; nothing where there is no such change.
pub async fn place_of(reader: &Reader, place: FeedPlace) -> Result<Option<i64>, Error> {
    let mut read = Query::select();
    read.column("position").from("change");
    read.and_where(Expr::col("record_id").eq(place.record)).and_where(Expr::col("revision").eq(place.revision));
    Ok(reader.all::<(i64,)>(&read).await?.pop().map(|row| row.0))
}

/// Whether the viewer sees a record at the level in this column, where partners see it by this condition.
fn seen_at(viewer: &Viewer, column: &'static str, theirs: impl Fn(&BTreeSet<Uuid>) -> SimpleExpr) -> SimpleExpr {
    let all = Expr::col(column).gte(level(viewer.floor()));
    let Some(parties) = viewer.parties() else { return all };
    all.or(Expr::col(column).eq(level(Visibility::Partners)).and(theirs(parties)))
}

/// Whether one of these parties was ever in the reach of the record of a change. When it came in and went out is not kept: who
/// was in it once is told that it is gone, and never what it has become.
fn once_reached(parties: &BTreeSet<Uuid>) -> SimpleExpr {
    let all: Vec<Uuid> = parties.iter().copied().collect();
    let mut rows = Query::select();
    rows.expr(Expr::cust("1")).from("reach_past");
    rows.and_where(Expr::col(("reach_past", "record_id")).equals(("change", "record_id")));
    rows.and_where(among(Expr::col(("reach_past", "party_id")), &all));
    Expr::exists(rows)
}

impl FromRow for Fed {
    const WIDTH: usize = 5;
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        // A level that is not there is compared to nothing, which neither database calls false.
        let seen = |column| Ok::<bool, Error>(row.get::<Option<bool>>(column)?.unwrap_or(false));
        Ok(Self {
            place: FeedPlace { revision: row.get(0)?, record: row.get(1)? },
            kind: kind_of(row.get(2)?)?,
            was_seen: seen(3)?,
            is_seen: seen(4)?,
        })
    }
}

fn feed(viewer: &Viewer, kept_from: i64) -> SelectStatement {
    let was = seen_at(viewer, "effective_before", once_reached);
    let is = seen_at(viewer, "effective_after", |parties| reached(Expr::col(("change", "record_id")), parties));
    let mut find = Query::select();
    find.columns(["revision", "record_id", "kind"]).expr(was.clone()).expr(is.clone()).from("change");
    find.and_where(Expr::col("revision").gte(kept_from)).and_where(was.or(is));
    find
}

/// The first changes after a place, given as revision and number, that concern the viewer: in commit order.
pub async fn changes_after(
    reader: &Reader,
    viewer: &Viewer,
    kept_from: i64,
    after: Option<(i64, i64)>,
    size: u32,
) -> Result<Vec<Fed>, Error> {
    let mut find = feed(viewer, kept_from);
    if let Some((revision, position)) = after {
        let here = Expr::tuple([Expr::col("revision"), Expr::col("position")]);
        find.and_where(here.gt(Expr::tuple([Expr::val(revision), Expr::val(position)])));
    }
    find.order_by("revision", Order::Asc).order_by("position", Order::Asc).limit(u64::from(size));
    reader.all(&find).await
}

/// The newest change that concerns the viewer.
pub async fn latest_change(reader: &Reader, viewer: &Viewer, kept_from: i64) -> Result<Option<Fed>, Error> {
    let mut find = feed(viewer, kept_from);
    find.order_by("revision", Order::Desc).order_by("position", Order::Desc).limit(1);
    Ok(reader.all(&find).await?.pop())
}

/// Those of these records that the viewer may see now, by one statement.
pub async fn seen_now(reader: &Reader, viewer: &Viewer, wanted: &[(Kind, Uuid)]) -> Result<HashSet<Uuid>, Error> {
    let mut by_kind: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
    for (kind, id) in wanted {
        by_kind.entry(*kind).or_default().push(*id);
    }
    let of_kind = |(kind, ids): (Kind, Vec<Uuid>)| {
        Query::select().column("id").from(table_of(kind)).and_where(visible(viewer)).and_where(ids_in("id", &ids)).to_owned()
    };
    let all = by_kind.into_iter().map(of_kind).reduce(|mut all, one| {
        all.union(UnionType::All, one);
        all
    });
    let Some(all) = all else { return Ok(HashSet::new()) };
    Ok(reader.all::<(Uuid,)>(&all).await?.into_iter().map(|row| row.0).collect())
}

const ENTRY: [&str; 10] = ["id", "revision", "at", "actor", "account", "request", "action", "detail", "previous", "hash"];

impl FromRow for AuditEntry {
    const WIDTH: usize = ENTRY.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: row.get(0)?,
            revision: row.get(1)?,
            at: row.get(2)?,
            actor: row.get(3)?,
            account: row.get(4)?,
            request: row.get(5)?,
            action: row.get(6)?,
            detail: row.get(7)?,
            previous: row.get(8)?,
            hash: row.get(9)?,
        })
    }
}

/// All columns of the audit log.
pub(super) fn select_entries() -> SelectStatement {
    Query::select().columns(ENTRY).from("audit_entry").to_owned()
}

/// Audit entries, the newest first; those before a revision, if one is given.
pub async fn entries(reader: &Reader, filter: &EntryFilter, before: Option<i64>, size: u32) -> Result<Vec<AuditEntry>, Error> {
    let mut find = select_entries();
    if let Some(before) = before {
        find.and_where(Expr::col("revision").lt(before));
    }
    if let Some(account) = filter.account {
        find.and_where(Expr::col("account").eq(account));
    }
    if let Some(action) = &filter.action {
        find.and_where(Expr::col("action").eq(action.as_str()));
    }
    if let Some(from) = &filter.from {
        find.and_where(Expr::col("at").gte(from.as_str()));
    }
    if let Some(to) = &filter.to {
        find.and_where(Expr::col("at").lt(to.as_str()));
    }
    if let Some(record) = filter.record {
        let touched = Query::select().column("revision").from("change").and_where(Expr::col("record_id").eq(record)).to_owned();
        find.and_where(Expr::col("revision").in_subquery(touched));
    }
    find.order_by("revision", Order::Desc).limit(u64::from(size));
    reader.all(&find).await
}

impl FromRow for Touched {
    const WIDTH: usize = 5;
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            revision: row.get(0)?,
            kind: kind_of(row.get(1)?)?,
            record: row.get(2)?,
            operation: operation_of(row.get(3)?)?,
            code: row.get(4)?,
        })
    }
}

/// Of each of these revisions the first records that it touched, in order, and of how many they are the first.
pub async fn touched(reader: &Reader, revisions: &[i64], first: u32) -> Result<(Vec<Touched>, BTreeMap<i64, i64>), Error> {
    if revisions.is_empty() {
        return Ok((Vec::new(), BTreeMap::new()));
    }
    let these = || Expr::col("revision").is_in(revisions.iter().copied());
    let mut find = Query::select();
    find.columns(["revision", "kind", "record_id", "operation", "code"]).from("change");
    find.and_where(these()).and_where(Expr::col("position").lt(i64::from(first)));
    find.order_by("revision", Order::Asc).order_by("position", Order::Asc);
    let mut count = Query::select();
    count.column("revision").expr(Expr::col("position").max()).from("change").and_where(these()).group_by_col("revision");
    // Places count from 0 and have no gaps, so the last one tells how many there are without looking at the others.
    let counts = reader.all::<(i64, i64)>(&count).await?.into_iter().map(|(revision, last)| (revision, last + 1)).collect();
    Ok((reader.all(&find).await?, counts))
}

impl FromRow for Past {
    const WIDTH: usize = 13;
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        let (before, after): (Option<String>, Option<String>) = (row.get(8)?, row.get(9)?);
        let (digest, was, is): (Option<String>, Option<i64>, Option<i64>) = (row.get(10)?, row.get(11)?, row.get(12)?);
        // What says nothing though it has a digest was let go; what has no level either is older than the trail.
        let empty = digest.is_none() && (was.is_some() || is.is_some());
        let kept = before.is_some() || after.is_some() || empty;
        Ok(Self {
            revision: row.get(0)?,
            at: row.get(1)?,
            actor: row.get(2)?,
            account: row.get(3)?,
            request: row.get(4)?,
            action: row.get(5)?,
            operation: operation_of(row.get(6)?)?,
            version: row.get(7)?,
            before,
            after,
            kept,
        })
    }
}

fn select_history(kind: Kind, id: Uuid) -> SelectStatement {
    let mut find = Query::select();
    find.columns([("change", "revision"), ("audit_entry", "at"), ("audit_entry", "actor"), ("audit_entry", "account")]);
    find.columns([("audit_entry", "request"), ("audit_entry", "action"), ("change", "operation"), ("change", "version")]);
    find.columns([("change", "before"), ("change", "after"), ("change", "contents")]);
    find.columns([("change", "effective_before"), ("change", "effective_after")]).from("change");
    let same = Expr::col(("audit_entry", "revision")).equals(("change", "revision"));
    find.join(JoinType::InnerJoin, "audit_entry", same);
    find.and_where(Expr::col(("change", "record_id")).eq(id)).and_where(Expr::col(("change", "kind")).eq(kind.name()));
    find
}

/// The changes of one record, the newest first; those before a revision, if one is given.
pub async fn history(reader: &Reader, kind: Kind, id: Uuid, before: Option<i64>, size: u32) -> Result<Vec<Past>, Error> {
    let mut find = select_history(kind, id);
    if let Some(before) = before {
        find.and_where(Expr::col(("change", "revision")).lt(before));
    }
    find.order_by(("change", "revision"), Order::Desc).limit(u64::from(size));
    reader.all(&find).await
}

/// What a record was when the registry was at a revision.
pub async fn past(reader: &Reader, kind: Kind, id: Uuid, revision: i64) -> Result<PastState, Error> {
    let mut find = select_history(kind, id);
    find.and_where(Expr::col(("change", "revision")).lte(revision)).order_by(("change", "revision"), Order::Desc).limit(1);
    if let Some(last) = reader.all::<Past>(&find).await?.pop() {
        match (last.after, last.operation) {
            (Some(after), _) => return Ok(PastState::Known(after)),
            (None, Operation::Removed) => return Ok(PastState::Absent),
            (None, _) => {}
        }
    }
    // What is not kept as the end of one change may be kept as the start of the next.
    let mut find = select_history(kind, id);
    find.and_where(Expr::col(("change", "revision")).gt(revision)).order_by(("change", "revision"), Order::Asc).limit(1);
    Ok(match reader.all::<Past>(&find).await?.pop() {
        Some(Past { before: Some(before), .. }) => PastState::Known(before),
        Some(Past { operation: Operation::Added, .. }) => PastState::Absent,
        _ => PastState::Unknown,
    })
}
