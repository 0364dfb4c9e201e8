//! What is published with a record, and what keeps it from being seen.

use std::collections::{BTreeMap, BTreeSet};

use ketnoi_domain::{Coded, Kind, Visibility, workflow::stands_alone};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use crate::{
    Error, UnitOfWork,
    codec::level,
    filter::among,
    people::tells_of_a_person,
    settle::{BELONGS, table_of},
    trail::contents_of,
};

/// How many ids one statement is asked for.
const PART: usize = 1_000;

/// By which columns records of a kind are parts of others: not all to which they belong publish them.
fn part_of(kind: Kind, owners: &'static [(&'static str, &'static str)]) -> &'static [(&'static str, &'static str)] {
    match kind {
        // Ballots are told by the result of their vote, and nowhere else.
        Kind::Ballot => &[],
        // A narrative is a part of its programme, and can also be published by itself.
        Kind::Narrative => owners,
        kind if stands_alone(kind) => &[],
        // What sources say is a part of what they speak of, and not of the document.
        Kind::Statement | Kind::StatedFigure => owners.split_first().map_or(owners, |(_document, subjects)| subjects),
        Kind::Membership => owners,
        _ => owners.get(..1).unwrap_or_default(),
    }
}

impl UnitOfWork {
    /// The parts of a record, as deep as they go, that those see who see this level: by kind and id, in an order that stays.
    pub async fn parts_of(&self, kind: Kind, id: Uuid, visibility: Visibility) -> Result<Vec<(Kind, Uuid)>, Error> {
        let mut found: BTreeMap<&'static str, BTreeSet<Uuid>> = BTreeMap::new();
        found.insert(table_of(kind), BTreeSet::from([id]));
        let mut parts = Vec::new();
        // Owners come before what belongs to them, so one pass finds parts of parts.
        for (part, table, owners) in BELONGS {
            let mut own = BTreeSet::new();
            for (column, owner) in part_of(*part, owners) {
                let of: Vec<Uuid> = found.get(owner).into_iter().flatten().copied().collect();
                for some in of.chunks(PART) {
                    let mut find = Query::select();
                    find.column("id").from(*table).and_where(among(Expr::col(*column), some));
                    find.and_where(Expr::col("effective").gte(level(visibility)));
                    for row in self.transaction().query_all(&find).await? {
                        own.insert(row.try_get::<Uuid>("", "id")?);
                    }
                }
            }
            if own.is_empty() {
                continue;
            }
            parts.extend(own.iter().map(|id| (*part, *id)));
            found.entry(*table).or_default().extend(own);
        }
        Ok(parts)
    }

    /// What records say as they stand in this unit: the code and the record as JSON, by their ids. What is said of a person is
    /// left out, and so is its code: none of it may be kept where it cannot be erased.
    pub async fn told_of(&self, wanted: &[(Kind, Uuid)]) -> Result<BTreeMap<Uuid, (String, String)>, Error> {
        let mut all = BTreeMap::new();
        for part in wanted.chunks(PART) {
            for (id, now) in contents_of(self.transaction(), part.iter().copied()).await? {
                if let (Some(code), Some(contents)) = (now.code, now.contents)
                    && !tells_of_a_person(Some(&contents))
                {
                    all.insert(id, (code, contents));
                }
            }
        }
        Ok(all)
    }

    /// What a record belongs to and fewer see than this level: the kind and the code of each.
    pub async fn narrower_owners(&self, kind: Kind, id: Uuid, visibility: Visibility) -> Result<Vec<(Kind, String)>, Error> {
        let mut all = Vec::new();
        let Some((_, table, owners)) = BELONGS.iter().find(|(of, ..)| *of == kind) else { return Ok(all) };
        for (column, owner) in *owners {
            let mut points = Query::select();
            points.column(*column).from(*table).and_where(Expr::col("id").eq(id));
            let mut find = Query::select();
            find.column("code").from(*owner).and_where(Expr::col("id").in_subquery(points));
            find.and_where(Expr::col("effective").lt(level(visibility)));
            let of = BELONGS.iter().find(|(_, table, _)| table == owner).map_or(kind, |(of, ..)| *of);
            for row in self.transaction().query_all(&find).await? {
                all.push((of, row.try_get::<String>("", "code")?));
            }
        }
        all.sort_by(|a, b| (a.0.name(), &a.1).cmp(&(b.0.name(), &b.1)));
        all.dedup();
        Ok(all)
    }
}
