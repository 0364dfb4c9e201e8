//! The walk along the chain: every hash is computed again.

use std::collections::VecDeque;

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    AuditEntry,
    chain::{EntryFacts, RowFacts, contents_digest},
    feed::CHANGE,
    forget::{FORGET, NOTE},
    read::{FeedState, feed_state, select_entries},
};
use crate::{
    Error, Reader,
    row::{FromRow, Row},
};

/// The first entry that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainFault {
    /// The revision at which it stands or should stand.
    pub revision: i64,
    /// The entry, where there is one.
    pub entry: Option<Uuid>,
    /// What is wrong.
    pub problem: String,
}

/// What a walk found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// How many entries are chained and fit.
    pub entries: usize,
    /// How many changes they hold.
    pub changes: usize,
    /// How many entries are older than the chain, of which nothing can be said.
    pub unchained: usize,
    /// The last entry that fits, with its revision and hash.
    pub head: Option<(i64, String)>,
    /// What does not fit; nothing where everything does.
    pub fault: Option<ChainFault>,
}

/// How many entries or changes are read at once.
const PART: u64 = 500;

/// A row of the feed, whole.
struct Link {
    revision: i64,
    position: i64,
    kind: String,
    record: Uuid,
    operation: String,
    before: Option<String>,
    after: Option<String>,
    contents: Option<String>,
    effective: (Option<i64>, Option<i64>),
    code: Option<String>,
    version: Option<i64>,
}

impl FromRow for Link {
    const WIDTH: usize = CHANGE.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            revision: row.get(0)?,
            position: row.get(1)?,
            kind: row.get(2)?,
            record: row.get(3)?,
            operation: row.get(4)?,
            before: row.get(5)?,
            after: row.get(6)?,
            contents: row.get(7)?,
            effective: (row.get(8)?, row.get(9)?),
            code: row.get(10)?,
            version: row.get(11)?,
        })
    }
}

impl Link {
    fn digest(&self) -> [u8; 32] {
        let facts = RowFacts {
            revision: self.revision,
            position: self.position,
            kind: &self.kind,
            record: self.record,
            operation: &self.operation,
            code: self.code.as_deref(),
            version: self.version,
            effective: self.effective,
            contents: self.contents.as_deref(),
        };
        facts.digest()
    }

    /// What is wrong with it by itself.
    fn problem(&self, expected: i64, kept_from: i64) -> Option<String> {
        if self.position != expected {
            return Some(format!("its change number {expected} is missing"));
        }
        let let_go = self.revision < kept_from && self.before.is_none() && self.after.is_none();
        let says = contents_digest(self.before.as_deref(), self.after.as_deref());
        let differs = says != self.contents && !let_go;
        differs.then(|| {
            format!("what its change number {expected} says of {} {} was altered", self.kind.replace('_', " "), self.record)
        })
    }
}

/// Changes one after another, read in parts.
struct Links<'r> {
    reader: &'r Reader,
    ready: VecDeque<Link>,
    after: (i64, i64),
    ended: bool,
}

impl<'r> Links<'r> {
    fn from(reader: &'r Reader, revision: i64) -> Self {
        Self { reader, ready: VecDeque::new(), after: (revision, -1), ended: false }
    }

    /// The next change, if its revision is not beyond this one.
    async fn next_within(&mut self, revision: i64) -> Result<Option<Link>, Error> {
        if self.ready.is_empty() && !self.ended {
            let here = Expr::tuple([Expr::col("revision"), Expr::col("position")]);
            let mut find = Query::select();
            find.columns(CHANGE).from("change");
            find.and_where(here.gt(Expr::tuple([Expr::val(self.after.0), Expr::val(self.after.1)])));
            find.order_by("revision", Order::Asc).order_by("position", Order::Asc).limit(PART);
            self.ready = self.reader.all_long::<Link>(&find).await?.into();
            self.ended = self.ready.is_empty();
            if let Some(last) = self.ready.back() {
                self.after = (last.revision, last.position);
            }
        }
        Ok(if self.ready.front().is_some_and(|link| link.revision <= revision) { self.ready.pop_front() } else { None })
    }
}

/// How far a walk has come: how many entries, of how many.
pub type Told<'t> = &'t (dyn Fn(usize, usize) + Sync);

struct Walk<'r> {
    links: Links<'r>,
    state: FeedState,
    verdict: Verdict,
    /// From which revision on contents are kept by the word of the entries themselves.
    let_go: i64,
}

/// Walks along the whole chain and stops at the first entry that does not fit. An anchor that was kept elsewhere, a revision
/// and its hash, must be met on the way: without one, whoever can write to the database could have written it all anew.
///
/// Give it a reader to whom the registry stands still.
pub async fn walk(reader: &Reader, anchor: Option<(i64, &str)>, told: Told<'_>) -> Result<Verdict, Error> {
    let state = feed_state(reader).await?;
    let count = Query::select().expr(Expr::cust("COUNT(*)")).from("audit_entry").to_owned();
    let all = reader.all_long::<(i64,)>(&count).await?.pop().and_then(|row| usize::try_from(row.0).ok()).unwrap_or(0);
    let links = Links::from(reader, state.chained_from);
    let mut walk = Walk { links, state, verdict: Verdict::default(), let_go: state.chained_from };
    let fault = match walk.entries(reader, anchor, all, told).await? {
        Some(fault) => Some(fault),
        None => walk.end(anchor).await?,
    };
    Ok(Verdict { fault, ..walk.verdict })
}

impl Walk<'_> {
    /// Looks at all entries, the oldest first.
    async fn entries(
        &mut self,
        reader: &Reader,
        anchor: Option<(i64, &str)>,
        all: usize,
        told: Told<'_>,
    ) -> Result<Option<ChainFault>, Error> {
        // Entries of one revision, which there must not be, do not hide behind one another.
        let mut after = (i64::MIN, Uuid::nil());
        loop {
            let here = Expr::tuple([Expr::col("revision"), Expr::col("id")]);
            let mut find = select_entries();
            find.and_where(here.gt(Expr::tuple([Expr::val(after.0), Expr::val(after.1)])));
            find.order_by("revision", Order::Asc).order_by("id", Order::Asc).limit(PART);
            let part = reader.all_long::<AuditEntry>(&find).await?;
            let Some(last) = part.last() else { return Ok(None) };
            after = (last.revision, last.id);
            for entry in &part {
                if let Some(problem) = self.entry(entry, anchor).await? {
                    return Ok(Some(ChainFault { revision: entry.revision, entry: Some(entry.id), problem }));
                }
            }
            told(std::cmp::min(self.verdict.entries + self.verdict.unchained, all), all);
        }
    }

    /// What is wrong with the next entry.
    async fn entry(&mut self, entry: &AuditEntry, anchor: Option<(i64, &str)>) -> Result<Option<String>, Error> {
        if entry.revision < self.state.chained_from {
            self.verdict.unchained += 1;
            return Ok(entry.hash.as_ref().map(|_| "it is older than the chain and has a hash".to_owned()));
        }
        let expected = self.verdict.head.as_ref().map_or(self.state.chained_from, |(revision, _)| revision + 1);
        if entry.revision != expected {
            return Ok(Some(format!("the entry of revision {expected} is missing, or another has its place")));
        }
        if entry.previous.as_deref() != self.verdict.head.as_ref().map(|(_, hash)| hash.as_str()) {
            return Ok(Some("it does not follow the entry before it".into()));
        }
        let (mut position, mut digest) = (0, Sha256::new());
        while let Some(link) = self.links.next_within(entry.revision).await? {
            if link.revision != entry.revision {
                return Ok(Some(format!("changes of revision {} belong to no entry", link.revision)));
            }
            if let Some(problem) = link.problem(position, self.state.kept_from) {
                return Ok(Some(problem));
            }
            digest.update(link.digest());
            position += 1;
            self.verdict.changes += 1;
        }
        let changes: [u8; 32] = digest.finalize().into();
        let facts = EntryFacts {
            previous: entry.previous.as_deref(),
            id: entry.id,
            revision: entry.revision,
            at: &entry.at,
            actor: &entry.actor,
            account: entry.account,
            request: entry.request.as_deref(),
            action: &entry.action,
            detail: &entry.detail,
            changes: &changes,
        };
        let hash = facts.hash();
        if entry.hash.as_ref() != Some(&hash) {
            return Ok(Some("it or one of its changes was altered, or its hash was".into()));
        }
        if let Some((revision, known)) = anchor
            && revision == entry.revision
            && known != hash
        {
            return Ok(Some("it is not the one that the anchor was taken of".into()));
        }
        if entry.action == FORGET {
            let stated = entry.detail.split("; ").filter_map(|note| note.strip_prefix(NOTE)?.parse().ok()).max();
            self.let_go = std::cmp::max(self.let_go, stated.unwrap_or(0));
        }
        self.verdict.entries += 1;
        self.verdict.head = Some((entry.revision, hash));
        Ok(None)
    }

    /// What is wrong behind the last entry.
    async fn end(&mut self, anchor: Option<(i64, &str)>) -> Result<Option<ChainFault>, Error> {
        let fault = |revision, problem: &str| Ok(Some(ChainFault { revision, entry: None, problem: problem.to_owned() }));
        let last = self.verdict.head.as_ref().map_or(self.state.chained_from - 1, |(revision, _)| *revision);
        if let Some(link) = self.links.next_within(i64::MAX).await? {
            return fault(link.revision, "its changes belong to no entry");
        }
        if self.state.revision != last {
            return fault(last + 1, "the registry is at another revision than its last entry: entries are missing");
        }
        if self.state.kept_from > self.let_go {
            return fault(self.state.kept_from, "contents of changes are missing, and no entry says that they were let go");
        }
        if let Some((revision, _)) = anchor
            && !(self.state.chained_from..=last).contains(&revision)
        {
            return fault(
                revision,
                "the anchor was taken of an entry that is not here: of another registry, or of one that was cut short",
            );
        }
        Ok(None)
    }
}

/// The newest chained entry: what an anchor is taken of.
pub async fn head_of_chain(reader: &Reader) -> Result<Option<AuditEntry>, Error> {
    let mut find = select_entries();
    find.and_where(Expr::col("hash").is_not_null()).order_by("revision", Order::Desc).limit(1);
    Ok(reader.all(&find).await?.pop())
}
