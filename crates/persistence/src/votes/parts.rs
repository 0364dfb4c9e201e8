use ketnoi_domain::{Dialogue, Id};
use sea_orm::{ColumnTrait, EntityTrait, IdenStatic, Iterable, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{Error, Stored, UnitOfWork, stored::Readable};

type Column<T> = <<T as Readable>::Entity as EntityTrait>::Column;

/// A column that the kind has.
fn column<T: Stored>(name: &'static str) -> Result<Column<T>, Error> {
    let found = Column::<T>::iter().find(|c| c.as_str() == name);
    found.ok_or_else(|| Error::NoSuchField { kind: T::KIND, field: name.to_owned() })
}

impl UnitOfWork {
    /// Records by their ids as they stand inside this unit, whoever may see them; the archived are left out.
    pub async fn standing<T: Stored>(&self, ids: &[Uuid]) -> Result<Vec<T>, Error> {
        self.standing_with("id", ids).await
    }

    /// The parts of a dialogue as they stand inside this unit: its options, its clusters, its ballots.
    pub async fn parts_of_dialogue<T: Stored>(&self, dialogue: Id<Dialogue>) -> Result<Vec<T>, Error> {
        self.standing_with("dialogue_id", &[dialogue.uuid()]).await
    }

    async fn standing_with<T: Stored>(&self, name: &'static str, ids: &[Uuid]) -> Result<Vec<T>, Error> {
        /// As many values as one statement of SQLite's takes.
        const VALUES: usize = 30_000;
        let mut all = Vec::new();
        for part in ids.chunks(VALUES) {
            let find = <T as Readable>::Entity::find()
                .filter(column::<T>(name)?.is_in(part.iter().copied()))
                .filter(column::<T>("effective")?.gte(0i64))
                .order_by_asc(column::<T>("code")?);
            for row in find.all(self.transaction()).await? {
                all.push(T::from_row(row)?);
            }
        }
        Ok(all)
    }
}
