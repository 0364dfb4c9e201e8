//! What is put to the vote stays as it is.
//!
//! From the opening of a vote its row, options and clusters are fixed; from its close its ballots too. This is asked of every
//! write of such a record, whoever makes it: use cases of the vote, changes of single records, imports. A dialogue that a file
//! brings already closed is new in its unit, and so comes in whole, once; afterwards the same file changes nothing, and another
//! file is refused. Who may see a record is no part of the vote and may change.
//!
//! Recommendations and clusters are no parts of a vote; but its options are put away and come back with the ones, and its
//! clusters with the others. So nobody puts those away, or brings them back, either.

use std::collections::{BTreeSet, HashMap};

use ketnoi_domain::{Coded, DialogueStatus, Kind};
use sea_orm::{
    ConnectionTrait, EntityTrait, IdenStatic, Iterable, ModelTrait,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};
use uuid::Uuid;

use crate::{Error, Stored, UnitOfWork, filter::ids_in, stored::Readable};

/// The kinds that a vote consists of.
fn is_of_a_vote(kind: Kind) -> bool {
    matches!(kind, Kind::Dialogue | Kind::DialogueOption | Kind::DialogueCluster | Kind::Ballot)
}

/// Where the dialogues stand of which records of a kind are parts, or which use them: the table, its column with the dialogue,
/// and the one with the record.
fn used_in(kind: Kind) -> Option<(&'static str, &'static str, &'static str)> {
    match kind {
        Kind::Dialogue => Some(("dialogue", "id", "id")),
        Kind::DialogueOption => Some(("dialogue_option", "dialogue_id", "id")),
        Kind::DialogueCluster => Some(("dialogue_cluster", "dialogue_id", "id")),
        Kind::Ballot => Some(("ballot", "dialogue_id", "id")),
        Kind::Recommendation => Some(("dialogue_option", "dialogue_id", "recommendation_id")),
        Kind::Cluster => Some(("dialogue_cluster", "dialogue_id", "cluster_id")),
        _ => None,
    }
}

/// Ids in one statement.
const PART: usize = 1_000;

/// The dialogue that a record belongs to.
fn dialogue_of<T: Stored>(record: &T) -> Option<Uuid> {
    if T::KIND == Kind::Dialogue {
        return Some(record.head().id.uuid());
    }
    record.links().0.into_iter().find(|link| link.kind == Kind::Dialogue).map(|link| link.id)
}

/// Whether two rows say the same of what is voted on.
fn same<T: Stored>(old: &<T as Readable>::Row, new: &<T as Readable>::Row) -> bool {
    let counts = |name: &str| !matches!(name, "visibility" | "effective" | "version");
    let mut columns = <<T as Readable>::Entity as EntityTrait>::Column::iter().filter(|c| counts(c.as_str()));
    columns.all(|c| old.get(c) == new.get(c))
}

impl UnitOfWork {
    /// Lets this unit change a vote although it has begun or is over: for its own next step.
    pub fn admit_vote(&mut self, dialogue: Uuid) {
        self.admitted.insert(dialogue);
    }

    /// Refuses to write records that would change a vote that has begun or is over.
    pub(crate) async fn keep_votes<T: Stored>(&mut self, records: &[T]) -> Result<(), Error> {
        if !is_of_a_vote(T::KIND) {
            return Ok(());
        }
        let ids: Vec<Uuid> = records.iter().map(|r| r.head().id.uuid()).collect();
        let old: HashMap<Uuid, T> = self.standing::<T>(&ids).await?.into_iter().map(|r| (r.head().id.uuid(), r)).collect();
        let mut touched = BTreeSet::new();
        for record in records {
            match old.get(&record.head().id.uuid()) {
                Some(old) if same::<T>(&old.encode(), &record.encode()) => {}
                Some(old) => touched.extend(dialogue_of(old).into_iter().chain(dialogue_of(record))),
                None => touched.extend(dialogue_of(record)),
            }
        }
        self.keep_fixed(touched).await
    }

    /// Refuses to take away, or to archive, what is a part of a vote that has begun or is over, or what it is held on or by.
    pub async fn keep_votes_whole<T: Stored>(&mut self, ids: &[Uuid]) -> Result<(), Error> {
        // What is put away already is no part of the vote.
        let touched = self.dialogues_with(T::KIND, ids, Some(Expr::col("effective").gte(0i64))).await?;
        self.keep_fixed(touched).await
    }

    /// Refuses to bring back what would come into a vote that has begun or is over.
    pub(crate) async fn keep_votes_without<T: Stored>(&mut self, ids: &[Uuid]) -> Result<(), Error> {
        let touched = self.dialogues_with(T::KIND, ids, None).await?;
        self.keep_fixed(touched).await
    }

    /// The dialogues that these records are parts of, or that use them.
    async fn dialogues_with(&self, kind: Kind, ids: &[Uuid], only: Option<SimpleExpr>) -> Result<BTreeSet<Uuid>, Error> {
        let mut all = BTreeSet::new();
        let Some((table, dialogue, record)) = used_in(kind) else { return Ok(all) };
        for part in ids.chunks(PART) {
            let mut find = Query::select();
            find.column(dialogue).from(table).and_where(ids_in(record, part)).and_where_option(only.clone());
            for row in self.transaction().query_all(&find).await? {
                all.insert(row.try_get("", dialogue)?);
            }
        }
        Ok(all)
    }

    /// Refuses if one of these dialogues is fixed. One that is not may be changed by the rest of this unit, even to the end: a
    /// file brings ballots together with the close.
    async fn keep_fixed(&mut self, dialogues: BTreeSet<Uuid>) -> Result<(), Error> {
        let asked: Vec<Uuid> = dialogues.into_iter().filter(|id| !self.admitted.contains(id)).collect();
        if asked.is_empty() {
            return Ok(());
        }
        let begun = Query::select()
            .column("dialogue_id")
            .from("vote")
            .and_where(Expr::col("dialogue_id").is_in(asked.iter().copied()))
            .and_where(Expr::col("opened_at").is_not_null())
            .to_owned();
        let rows = self.transaction().query_all(&begun).await?;
        let begun = rows.iter().map(|row| row.try_get("", "dialogue_id")).collect::<Result<BTreeSet<Uuid>, _>>()?;
        let find = Query::select()
            .columns(["id", "code", "status"])
            .from("dialogue")
            .and_where(Expr::col("id").is_in(asked.iter().copied()))
            .to_owned();
        for row in self.transaction().query_all(&find).await? {
            let (id, status): (Uuid, String) = (row.try_get("", "id")?, row.try_get("", "status")?);
            let over = matches!(DialogueStatus::from_code(&status), Some(DialogueStatus::Closed | DialogueStatus::Published));
            if over || begun.contains(&id) {
                return Err(Error::Fixed { dialogue: row.try_get("", "code")? });
            }
        }
        self.admitted.extend(asked);
        Ok(())
    }
}
