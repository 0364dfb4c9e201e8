use std::collections::{BTreeMap, BTreeSet, HashSet};

use ketnoi_domain::Kind;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, EntityTrait, IdenStatic, Iterable, ModelTrait,
    sea_query::{Expr, Query, Value},
};
use uuid::Uuid;

use super::{
    PART,
    belongs::is_spoken_of,
    ids,
    ways::{Group, Way},
};
use crate::{
    Error, Stored,
    filter::among,
    stored::{Readable, RowHead},
};

/// What a unit of work touched, as far as it says who may see what.
#[derive(Debug, Default)]
pub(crate) struct Touches {
    /// All records that were touched.
    records: BTreeMap<Kind, BTreeSet<Uuid>>,
    /// Those among them that are new: nothing points at them yet but what sources say.
    added: BTreeMap<Kind, BTreeSet<Uuid>>,
    /// Those among them that now point elsewhere: who reaches what hangs on them may have changed.
    turned: BTreeMap<Kind, BTreeSet<Uuid>>,
    /// Records that have, had or lost a row by which a party reaches them.
    behind: BTreeMap<Group, BTreeSet<Uuid>>,
}

impl Touches {
    pub(crate) fn is_empty(&self) -> bool {
        self.records.is_empty() && self.behind.is_empty()
    }

    /// How many records were touched.
    pub(super) fn len(&self) -> usize {
        self.records.values().map(BTreeSet::len).sum()
    }

    /// Notes a record that was put, in the place of an old one if there was one.
    pub(crate) fn put<T: Stored>(&mut self, old: Option<&<T as Readable>::Row>, new: &<T as Readable>::Row) {
        let id = new.id();
        self.touch(T::KIND, id);
        match old {
            None => {
                self.added.entry(T::KIND).or_default().insert(id);
                self.gives::<T>(new);
            }
            Some(old) if leading(T::KIND).any(|column| cell::<T>(old, column) != cell::<T>(new, column)) => {
                self.turned.entry(T::KIND).or_default().insert(id);
                self.gives::<T>(old);
                self.gives::<T>(new);
            }
            Some(_) => {}
        }
    }

    /// Notes a record whose columns stay as they are.
    pub(crate) fn touch(&mut self, kind: Kind, id: Uuid) {
        self.records.entry(kind).or_default().insert(id);
    }

    /// Notes what a row that holds parties points back at.
    fn gives<T: Stored>(&mut self, row: &<T as Readable>::Row) {
        for (group, back) in given_by(T::KIND) {
            if let Some(Value::Uuid(Some(id))) = cell::<T>(row, back) {
                self.behind.entry(group).or_default().insert(id);
            }
        }
    }

    /// The touched records of a kind.
    pub(super) fn of(&self, kind: Kind) -> Vec<Uuid> {
        self.records.get(&kind).into_iter().flatten().copied().collect()
    }

    pub(super) fn records(&self) -> &BTreeMap<Kind, BTreeSet<Uuid>> {
        &self.records
    }

    pub(super) fn touched(&self, kind: Kind, id: Uuid) -> bool {
        self.records.get(&kind).is_some_and(|ids| ids.contains(&id))
    }

    pub(super) fn turned(&self) -> &BTreeMap<Kind, BTreeSet<Uuid>> {
        &self.turned
    }

    pub(super) fn behind(&self) -> &BTreeMap<Group, BTreeSet<Uuid>> {
        &self.behind
    }

    /// The new records of kinds that sources speak of: they may have been spoken of before they came.
    pub(super) fn spoken_of(&self) -> Vec<Uuid> {
        self.added.iter().filter(|(kind, _)| is_spoken_of(**kind)).flat_map(|(_, ids)| ids).copied().collect()
    }
}

/// Forgets what is kept beside records that are about to be taken away, and notes whom they gave a reach.
pub(crate) async fn forget<T: Stored>(
    transaction: &DatabaseTransaction,
    touches: &mut Touches,
    gone: &[Uuid],
) -> Result<(), Error> {
    for (group, back) in given_by(T::KIND) {
        let behind = ids(transaction, (T::TABLE, back), ("id", gone), |_| ()).await?;
        touches.behind.entry(group).or_default().extend(behind);
    }
    for part in gone.chunks(PART) {
        for table in ["reach", "archived"] {
            let delete = Query::delete().from_table(table).and_where(among(Expr::col("record_id"), part)).to_owned();
            transaction.execute(&delete).await?;
        }
    }
    let gone: HashSet<Uuid> = gone.iter().copied().collect();
    for known in [&mut touches.records, &mut touches.added, &mut touches.turned] {
        if let Some(ids) = known.get_mut(&T::KIND) {
            ids.retain(|id| !gone.contains(id));
        }
    }
    Ok(())
}

/// Which groups rows of a kind hold parties for, and by which column they point back.
pub(super) fn given_by(kind: Kind) -> impl Iterator<Item = (Group, &'static str)> {
    Group::all().flat_map(move |group| {
        group.ways().iter().filter_map(move |way| match way {
            Way::Rows(rows) if rows.kind == Some(kind) => Some((group, rows.back)),
            _ => None,
        })
    })
}

/// The columns of a kind on which it depends who reaches its records, or what hangs on them.
fn leading(kind: Kind) -> impl Iterator<Item = &'static str> {
    let own = Group::all().filter(move |group| group.kind() == kind).flat_map(|group| {
        group.ways().iter().flat_map(|way| match way {
            Way::Party(column) | Way::Parties(column) | Way::Of(column, _) | Way::Whole(column) => vec![*column],
            Way::Unless(other, column, _) => vec![*other, *column],
            // Its places stand in the programme's row as well as in the rows that it is found by.
            Way::Rows(rows) if rows.kind.is_none() => vec!["places"],
            Way::Itself | Way::Same(_) | Way::Subject | Way::Rows(_) => Vec::new(),
        })
    });
    let given = Group::all().flat_map(super::ways::Group::ways).flat_map(move |way| match way {
        Way::Rows(rows) if rows.kind == Some(kind) => {
            let parties = rows.parties.iter().copied();
            std::iter::once(rows.back).chain(parties).chain(rows.only.map(|(column, _)| column)).collect::<Vec<_>>()
        }
        _ => Vec::new(),
    });
    own.chain(given)
}

/// What a row holds in a column.
fn cell<T: Stored>(row: &<T as Readable>::Row, column: &str) -> Option<Value> {
    let found = <<T as Readable>::Entity as EntityTrait>::Column::iter().find(|c| c.as_str() == column);
    found.map(|column| row.get(column))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    /// The columns of every table, to see that no way begins at one that is not there.
    fn columns_of(kind: Kind) -> Vec<&'static str> {
        macro_rules! columns {
            ($($record:ident),+) => { HashMap::from([$((
                <ketnoi_domain::$record as ketnoi_domain::Record>::KIND,
                <<ketnoi_domain::$record as Readable>::Entity as EntityTrait>::Column::iter().map(|c| c.as_str()).collect::<Vec<_>>(),
            )),+]) };
        }
        let mut all: HashMap<Kind, Vec<&'static str>> = crate::tables::every_kind!(columns);
        all.remove(&kind).unwrap_or_default()
    }

    #[test]
    fn every_way_begins_at_a_column_that_is_there() {
        for kind in <Kind as ketnoi_domain::Coded>::ALL {
            let columns = columns_of(*kind);
            for column in leading(*kind) {
                assert!(columns.contains(&column), "{kind:?} has no column {column}");
            }
        }
    }

    #[test]
    fn rows_that_hold_parties_point_back_at_a_group_of_the_right_table() {
        let given: Vec<_> = given_by(Kind::Participation).collect();
        assert_eq!(given, [(Group::ProgrammeOrganisations, "programme_id"), (Group::ProgrammeKeepers, "programme_id")]);
    }
}
