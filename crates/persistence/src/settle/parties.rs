use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use futures_util::future::BoxFuture;
use ketnoi_domain::{Coded, Id, Kind, Organisation, Visibility};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use super::{
    PART,
    belongs::SUBJECT,
    id_of,
    ways::{Group, Rows, Way},
};
use crate::{
    Error,
    codec::{json, level},
    filter::among,
};

/// The column that says of which kind the record is that a source speaks of.
const SUBJECT_KIND: &str = "subject_kind";

/// The parties of records, whoever sees those; what was found once is kept for the next that asks.
pub(super) struct Parties<'t> {
    transaction: &'t DatabaseTransaction,
    known: HashMap<(Group, Uuid), Arc<BTreeSet<Uuid>>>,
}

/// What a record has in the columns that ways begin at.
struct Start {
    id: Uuid,
    points: Vec<(&'static str, Uuid)>,
    lists: Vec<Uuid>,
    subject: Option<Kind>,
}

impl Start {
    fn at(&self, column: &str) -> Option<Uuid> {
        self.points.iter().find(|(c, _)| *c == column).map(|(_, id)| *id)
    }
}

/// What gives rights must itself be more than a draft, and not archived.
fn counts(find: &mut SelectStatement) {
    find.and_where(Expr::col("effective").gte(level(Visibility::Internal)));
}

impl<'t> Parties<'t> {
    pub(super) fn new(transaction: &'t DatabaseTransaction) -> Self {
        Self { transaction, known: HashMap::new() }
    }

    /// Forgets what was found, where that has become much.
    pub(super) fn forget_much(&mut self) {
        const MUCH: usize = 100_000;
        if self.known.len() > MUCH {
            self.known.clear();
        }
    }

    /// The parties of one record, once they were found.
    pub(super) fn of(&self, group: Group, id: Uuid) -> BTreeSet<Uuid> {
        self.known.get(&(group, id)).map(|parties| (**parties).clone()).unwrap_or_default()
    }

    /// Finds the parties of these records. Boxed: ways lead on to other groups.
    pub(super) fn find(&mut self, group: Group, ids: Vec<Uuid>) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async move {
            let mut open: Vec<Uuid> = ids.into_iter().filter(|id| !self.known.contains_key(&(group, *id))).collect();
            open.sort_unstable();
            open.dedup();
            for part in open.chunks(PART) {
                let mut found = self.find_part(group, part).await?;
                for id in part {
                    self.known.insert((group, *id), Arc::new(found.remove(id).unwrap_or_default()));
                }
            }
            Ok(())
        })
    }

    async fn find_part(&mut self, group: Group, part: &[Uuid]) -> Result<HashMap<Uuid, BTreeSet<Uuid>>, Error> {
        let mut starts = self.starts(group, part).await?;
        let whole = group.ways().iter().find_map(|way| if let Way::Whole(column) = way { Some(*column) } else { None });
        if let Some(column) = whole {
            self.climb(group, column, &mut starts).await?;
        }
        let mut own: HashMap<Uuid, BTreeSet<Uuid>> = starts.iter().map(|s| (s.id, BTreeSet::new())).collect();
        for way in group.ways() {
            for (id, party) in self.along(way, &starts).await? {
                own.entry(id).or_default().insert(party);
            }
        }
        let Some(column) = whole else { return Ok(own) };
        let above: HashMap<Uuid, Uuid> = starts.iter().filter_map(|s| Some((s.id, s.at(column)?))).collect();
        let all = |id: &Uuid| {
            let (mut all, mut seen, mut at) = (BTreeSet::new(), HashSet::new(), Some(*id));
            // A circle, which no write lets pass, would end where it closes.
            while let Some(here) = at.filter(|here| seen.insert(*here)) {
                all.extend(own.get(&here).into_iter().flatten().copied());
                at = above.get(&here).copied();
            }
            (*id, all)
        };
        Ok(part.iter().map(all).collect())
    }

    /// Adds what the records are parts of, up to the top.
    async fn climb(&self, group: Group, column: &'static str, starts: &mut Vec<Start>) -> Result<(), Error> {
        let mut seen: HashSet<Uuid> = starts.iter().map(|s| s.id).collect();
        let mut from = 0;
        while from < starts.len() {
            let up: Vec<Uuid> = starts[from..].iter().filter_map(|s| s.at(column)).filter(|id| seen.insert(*id)).collect();
            from = starts.len();
            for part in up.chunks(PART) {
                starts.extend(self.starts(group, part).await?);
            }
        }
        Ok(())
    }

    /// Where the ways of a group begin, for these records of it.
    async fn starts(&self, group: Group, part: &[Uuid]) -> Result<Vec<Start>, Error> {
        let (mut points, mut lists, mut subject) = (BTreeSet::new(), BTreeSet::new(), false);
        for way in group.ways() {
            match way {
                Way::Party(column) | Way::Of(column, _) | Way::Whole(column) => _ = points.insert(*column),
                Way::Unless(other, column, _) => points.extend([*other, *column]),
                Way::Parties(column) => _ = lists.insert(*column),
                Way::Subject => subject = points.insert(SUBJECT),
                Way::Itself | Way::Same(_) | Way::Rows(_) => {}
            }
        }
        let mut find = Query::select();
        find.column("id").columns(points.iter().copied()).columns(lists.iter().copied());
        if subject {
            find.column(SUBJECT_KIND);
        }
        find.from(group.table()).and_where(among(Expr::col("id"), part));
        counts(&mut find);
        let mut starts = Vec::new();
        for row in self.transaction.query_all(&find).await? {
            let id: Uuid = row.try_get("", "id")?;
            let mut start = Start { id, points: Vec::new(), lists: Vec::new(), subject: None };
            for column in &points {
                start.points.extend(id_of(&row, column)?.map(|to| (*column, to)));
            }
            for column in &lists {
                let text: String = row.try_get("", column)?;
                let list: Vec<Id<Organisation>> = json(column, &text).map_err(|bad| bad.in_row(group.table(), id))?;
                start.lists.extend(list.into_iter().map(Id::uuid));
            }
            if subject {
                let kind: String = row.try_get("", SUBJECT_KIND)?;
                start.subject = Kind::from_name(&kind);
            }
            starts.push(start);
        }
        Ok(starts)
    }

    /// Where one way leads: (record, party).
    async fn along(&mut self, way: &Way, starts: &[Start]) -> Result<Vec<(Uuid, Uuid)>, Error> {
        match way {
            Way::Itself => Ok(starts.iter().map(|s| (s.id, s.id)).collect()),
            Way::Party(column) => Ok(starts.iter().filter_map(|s| Some((s.id, s.at(column)?))).collect()),
            Way::Parties(_) => Ok(starts.iter().flat_map(|s| s.lists.iter().map(|party| (s.id, *party))).collect()),
            Way::Of(column, group) => {
                self.through(*group, starts.iter().filter_map(|s| Some((s.id, s.at(column)?))).collect()).await
            }
            Way::Unless(other, column, group) => {
                let open = starts.iter().filter(|s| s.at(other).is_none());
                self.through(*group, open.filter_map(|s| Some((s.id, s.at(column)?))).collect()).await
            }
            Way::Same(group) => self.through(*group, starts.iter().map(|s| (s.id, s.id)).collect()).await,
            Way::Subject => {
                let mut by_kind: BTreeMap<Kind, Vec<(Uuid, Uuid)>> = BTreeMap::new();
                for start in starts {
                    if let (Some(kind), Some(subject)) = (start.subject, start.at(SUBJECT)) {
                        by_kind.entry(kind).or_default().push((start.id, subject));
                    }
                }
                let mut all = Vec::new();
                for (kind, pairs) in by_kind {
                    all.extend(self.through(Group::Of(kind), pairs).await?);
                }
                Ok(all)
            }
            Way::Rows(rows) => self.rows(rows, starts).await,
            // Climbed before.
            Way::Whole(_) => Ok(Vec::new()),
        }
    }

    /// From (record, what it points at) to (record, party of that).
    async fn through(&mut self, group: Group, pairs: Vec<(Uuid, Uuid)>) -> Result<Vec<(Uuid, Uuid)>, Error> {
        self.find(group, pairs.iter().map(|(_, to)| *to).collect()).await?;
        let mut all = Vec::new();
        for (id, to) in pairs {
            if let Some(parties) = self.known.get(&(group, to)) {
                all.extend(parties.iter().map(|party| (id, *party)));
            }
        }
        Ok(all)
    }

    async fn rows(&self, rows: &Rows, starts: &[Start]) -> Result<Vec<(Uuid, Uuid)>, Error> {
        let ids: Vec<Uuid> = starts.iter().map(|s| s.id).collect();
        let mut all = Vec::new();
        for part in ids.chunks(PART) {
            let mut find = Query::select();
            find.column(rows.back).columns(rows.parties.iter().copied()).from(rows.table);
            find.and_where(among(Expr::col(rows.back), part));
            if rows.kind.is_some() {
                counts(&mut find);
            }
            if let Some((column, values)) = rows.only {
                find.and_where(Expr::col(column).is_in(values.iter().copied()));
            }
            for row in self.transaction.query_all(&find).await? {
                let Some(back) = id_of(&row, rows.back)? else { continue };
                for column in rows.parties {
                    all.extend(id_of(&row, column)?.map(|party| (back, party)));
                }
            }
        }
        Ok(all)
    }
}
