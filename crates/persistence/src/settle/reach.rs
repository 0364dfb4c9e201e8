use std::collections::{BTreeMap, BTreeSet, HashMap};

use ketnoi_domain::{Kind, Visibility};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use super::{
    Moved, PART,
    belongs::{BELONGS, SUBJECT},
    ids,
    parties::Parties,
    touches::{Touches, given_by},
    ways::{Group, Way},
};
use crate::{Error, codec::level, filter::among};

/// Rows that one statement writes.
const ROWS: usize = 5_000;

/// The condition of what is for partners, written out so that the index of such entries serves it.
fn for_partners(find: &mut SelectStatement) {
    find.and_where(Expr::cust(r#""effective" = 2"#));
}

/// Settles the reach of what was touched, of what moved, and of what hangs on either. Gives the records that were not touched
/// themselves, did not move, and are in the reach of others than before.
pub(super) async fn settle(transaction: &DatabaseTransaction, touches: &Touches, moved: &[Moved]) -> Result<Vec<Moved>, Error> {
    if !any_for_partners(transaction).await? {
        if moved.iter().any(|m| m.before == level(Visibility::Partners)) {
            transaction.execute(&Query::delete().from_table("reach").to_owned()).await?;
        }
        return Ok(Vec::new());
    }
    let mut open = touches.records().clone();
    for m in moved {
        open.entry(m.kind).or_default().insert(m.id);
    }
    let known = open.clone();
    for (kind, ids) in hanging(transaction, touches, moved).await? {
        open.entry(kind).or_default().extend(ids);
    }
    let mut parties = Parties::new(transaction);
    let mut reached = Vec::new();
    for (kind, ids) in open {
        let ids: Vec<Uuid> = ids.into_iter().collect();
        for part in ids.chunks(PART) {
            let changed = renew(transaction, &mut parties, kind, part).await?;
            let news = changed.into_iter().filter(|id| !known.get(&kind).is_some_and(|ids| ids.contains(id)));
            reached.extend(news.map(|id| stayed(kind, id)));
        }
    }
    Ok(reached)
}

/// Settles the reach of every record that is for partners, and takes it from all others.
pub(super) async fn settle_all(transaction: &DatabaseTransaction) -> Result<Vec<Moved>, Error> {
    let mut theirs = Query::select();
    theirs.column("record_id").from("search_entry");
    for_partners(&mut theirs);
    let others = Expr::col("record_id").not_in_subquery(theirs);
    transaction.execute(&Query::delete().from_table("reach").and_where(others).to_owned()).await?;
    if !any_for_partners(transaction).await? {
        return Ok(Vec::new());
    }
    let mut parties = Parties::new(transaction);
    let mut reached = Vec::new();
    for (kind, table, _) in BELONGS.iter().filter(|(kind, ..)| !Group::Of(*kind).ways().is_empty()) {
        let mut find = Query::select();
        find.column("id").from(*table);
        for_partners(&mut find);
        let rows = transaction.query_all(&find).await?;
        let all: Vec<Uuid> = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?;
        for part in all.chunks(PART) {
            let changed = renew(transaction, &mut parties, *kind, part).await?;
            reached.extend(changed.into_iter().map(|id| stayed(*kind, id)));
            parties.forget_much();
        }
    }
    Ok(reached)
}

/// A record that is for partners as before.
fn stayed(kind: Kind, id: Uuid) -> Moved {
    let level = level(Visibility::Partners);
    Moved { kind, id, before: level, after: level }
}

/// Whether there is anything at all that is for partners. Most writes of most registries end here.
async fn any_for_partners(transaction: &DatabaseTransaction) -> Result<bool, Error> {
    let mut find = Query::select();
    find.column("record_id").from("search_entry").limit(1);
    for_partners(&mut find);
    Ok(transaction.query_one(&find).await?.is_some())
}

/// The records whose reach hangs on what was touched or moved: down all ways that lead through it.
async fn hanging(
    transaction: &DatabaseTransaction,
    touches: &Touches,
    moved: &[Moved],
) -> Result<BTreeMap<Kind, BTreeSet<Uuid>>, Error> {
    let counts = |at: i64| at >= level(Visibility::Internal);
    let mut turned = touches.turned().clone();
    // What gives rights and is now a draft, or no longer one.
    for m in moved.iter().filter(|m| counts(m.before) != counts(m.after)) {
        turned.entry(m.kind).or_default().insert(m.id);
    }
    let mut open: Vec<(Group, Vec<Uuid>)> =
        touches.behind().iter().map(|(group, ids)| (*group, ids.iter().copied().collect())).collect();
    for (kind, turned) in &turned {
        let turned: Vec<Uuid> = turned.iter().copied().collect();
        for (group, back) in given_by(*kind) {
            let behind = ids(transaction, (Group::Of(*kind).table(), back), ("id", &turned), |_| ()).await?;
            open.push((group, behind));
        }
        open.extend(Group::all().filter(|group| group.kind() == *kind).map(|group| (group, turned.clone())));
    }
    let mut hanging: BTreeMap<Kind, BTreeSet<Uuid>> = BTreeMap::new();
    let mut seen: BTreeMap<Group, BTreeSet<Uuid>> = BTreeMap::new();
    let spoken_of = touches.spoken_of();
    for kind in [Kind::Statement, Kind::StatedFigure] {
        let said = ids(transaction, (Group::Of(kind).table(), "id"), (SUBJECT, &spoken_of), for_partners).await?;
        hanging.entry(kind).or_default().extend(said);
    }
    while let Some((group, given)) = open.pop() {
        let seen = seen.entry(group).or_default();
        let new: Vec<Uuid> = given.into_iter().filter(|id| seen.insert(*id)).collect();
        if new.is_empty() {
            continue;
        }
        if let Group::Of(kind) = group {
            hanging.entry(kind).or_default().extend(&new);
        }
        for (below, way) in group.leads_to() {
            let column = match way {
                Way::Of(column, _) | Way::Unless(_, column, _) | Way::Whole(column) => column,
                Way::Subject => SUBJECT,
                // The same records, by another group.
                _ => {
                    open.push((below, new.clone()));
                    continue;
                }
            };
            // Nothing hangs on most kinds; of those only what is for partners matters, and that is little.
            let is_leaf = below.leads_to().next().is_none();
            let only = |find: &mut SelectStatement| {
                if is_leaf {
                    for_partners(find);
                }
            };
            let found = ids(transaction, (below.table(), "id"), (column, &new), only).await?;
            open.push((below, found));
        }
    }
    Ok(hanging)
}

/// Finds the parties of these records anew, writes what differs, and gives the records of which anything did.
async fn renew(
    transaction: &DatabaseTransaction,
    parties: &mut Parties<'_>,
    kind: Kind,
    part: &[Uuid],
) -> Result<Vec<Uuid>, Error> {
    let group = Group::Of(kind);
    let mut old: HashMap<Uuid, BTreeSet<Uuid>> = HashMap::new();
    let mut find = Query::select();
    find.columns(["record_id", "party_id"]).from("reach").and_where(among(Expr::col("record_id"), part));
    for row in transaction.query_all(&find).await? {
        old.entry(row.try_get("", "record_id")?).or_default().insert(row.try_get("", "party_id")?);
    }
    let theirs = if group.ways().is_empty() {
        Vec::new()
    } else {
        ids(transaction, (group.table(), "id"), ("id", part), for_partners).await?
    };
    parties.find(group, theirs.clone()).await?;
    let new: HashMap<Uuid, BTreeSet<Uuid>> = theirs.into_iter().map(|id| (id, parties.of(group, id))).collect();
    let none = BTreeSet::new();
    let (mut lost, mut won, mut changed) = (BTreeMap::<Uuid, Vec<Uuid>>::new(), Vec::new(), Vec::new());
    for id in part {
        let (old, new) = (old.get(id).unwrap_or(&none), new.get(id).unwrap_or(&none));
        if old == new {
            continue;
        }
        changed.push(*id);
        won.extend(new.difference(old).map(|party| (*id, *party)));
        for party in old.difference(new) {
            lost.entry(*party).or_default().push(*id);
        }
    }
    for (party, records) in lost {
        let rows = Expr::col("party_id").eq(party).and(among(Expr::col("record_id"), &records));
        transaction.execute(&Query::delete().from_table("reach").and_where(rows).to_owned()).await?;
    }
    for part in won.chunks(ROWS) {
        let mut insert = Query::insert();
        insert.into_table("reach").columns(["record_id", "party_id"]);
        for (record, party) in part {
            insert.values_panic([(*record).into(), (*party).into()]);
        }
        transaction.execute(&insert).await?;
    }
    Ok(changed)
}
