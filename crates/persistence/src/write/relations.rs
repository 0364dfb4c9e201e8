//! What relates records and stands in no row of theirs: who follows whom, who is a part of whom, and the lists by which
//! programmes and partnerships are found.

use ketnoi_domain::{Coded as _, Id, Record, Succession};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, ExprTrait, Query},
};
use serde_json::json;
use uuid::Uuid;

use super::{MANY, UnitOfWork, VALUES};
use crate::{
    Error, Stored,
    tables::{partnership_sector, programme_classification, programme_place, succession},
    trail::{Change, Operation, contents_of},
};

impl UnitOfWork {
    /// Puts the successions of these bodies in the place of those they had as successors.
    pub async fn put_successions<T: Record>(&mut self, successors: &[Uuid], all: &[Succession<Id<T>>]) -> Result<(), Error> {
        let mut old: Vec<succession::Model> = Vec::new();
        for part in successors.chunks(VALUES) {
            let find = succession::Entity::find().filter(succession::Column::SuccessorId.is_in(part.iter().copied()));
            old.extend(find.all(&self.transaction).await?);
        }
        let new: Vec<succession::Model> = all.iter().map(succession::Model::of).collect();
        let gone: Vec<&succession::Model> = old.iter().filter(|s| !new.contains(s)).collect();
        let come: Vec<&succession::Model> = new.iter().filter(|s| !old.contains(s)).collect();
        for part in gone.chunks(VALUES) {
            let ids = part.iter().map(|s| s.id);
            succession::Entity::delete_many().filter(succession::Column::Id.is_in(ids)).exec(&self.transaction).await?;
        }
        for part in come.chunks(VALUES / 6) {
            let rows = part.iter().map(|s| (*s).clone().into_active_model());
            succession::Entity::insert_many(rows).exec_without_returning(&self.transaction).await?;
        }
        let mut changed: Vec<Uuid> = gone.iter().chain(&come).map(|s| s.successor_id).collect();
        changed.sort_unstable();
        changed.dedup();
        for part in changed.chunks(MANY) {
            let contents = contents_of(&self.transaction, part.iter().map(|id| (T::KIND, *id))).await?;
            for id in part {
                let told = |all: &[succession::Model]| {
                    let own = all.iter().filter(|s| s.successor_id == *id);
                    let one = |s: &succession::Model| json!({ "id": s.predecessor_id, "how": s.how, "on": s.happened_on });
                    Some(json!({ "predecessors": own.map(one).collect::<Vec<_>>() }).to_string())
                };
                let now = contents.get(id).cloned().unwrap_or_default();
                let change = Change {
                    kind: T::KIND,
                    id: *id,
                    operation: Operation::Changed,
                    before: told(&old),
                    after: told(&new),
                    effective: (now.effective, now.effective),
                    code: now.code,
                    version: now.version,
                };
                self.feed.note(&self.transaction, change).await?;
            }
        }
        Ok(())
    }

    /// All successions of a kind of body, as (predecessor, successor).
    pub async fn successions<T: Record>(&self) -> Result<Vec<(Uuid, Uuid)>, Error> {
        let find = succession::Entity::find().filter(succession::Column::Kind.eq(T::KIND.name()));
        Ok(find.all(&self.transaction).await?.into_iter().map(|s| (s.predecessor_id, s.successor_id)).collect())
    }

    /// Who is a part of whom, as (parent, part), among all records of a kind that is a tree.
    pub async fn parents<T: Stored>(&self) -> Result<Vec<(Uuid, Uuid)>, Error> {
        let part_of = Expr::col("parent_id").is_not_null();
        let find = Query::select().columns(["parent_id", "id"]).from(T::TABLE).and_where(part_of).to_owned();
        let rows = self.transaction.query_all(&find).await?;
        rows.iter().map(|row| Ok((row.try_get("", "parent_id")?, row.try_get("", "id")?))).collect()
    }

    /// Writes the lists by which these programmes are found, in the place of the old ones.
    pub async fn put_programme_lists(&mut self, programmes: &[ketnoi_domain::Programme]) -> Result<(), Error> {
        let ids: Vec<Uuid> = programmes.iter().map(|p| p.head.id.uuid()).collect();
        for part in ids.chunks(VALUES) {
            let part = || part.iter().copied();
            let classifications = programme_classification::Column::ProgrammeId.is_in(part());
            programme_classification::Entity::delete_many().filter(classifications).exec(&self.transaction).await?;
            let places = programme_place::Column::ProgrammeId.is_in(part());
            programme_place::Entity::delete_many().filter(places).exec(&self.transaction).await?;
        }
        let codes: Vec<_> = programmes.iter().flat_map(|p| p.classifications.iter().map(|c| (p.head.id.uuid(), c))).collect();
        for part in codes.chunks(VALUES / 3) {
            let rows = part.iter().map(|(programme_id, c)| {
                let (scheme, code) = (c.scheme.code().to_owned(), c.code.clone());
                programme_classification::Model { programme_id: *programme_id, scheme, code }.into_active_model()
            });
            programme_classification::Entity::insert_many(rows).exec_without_returning(&self.transaction).await?;
        }
        let places: Vec<_> =
            programmes.iter().flat_map(|p| p.places.iter().map(|q| (p.head.id.uuid(), q.authority.uuid()))).collect();
        for part in places.chunks(VALUES / 2) {
            let rows = part.iter().map(|(programme_id, authority_id)| {
                programme_place::Model { programme_id: *programme_id, authority_id: *authority_id }.into_active_model()
            });
            programme_place::Entity::insert_many(rows).exec_without_returning(&self.transaction).await?;
        }
        Ok(())
    }

    /// Writes the lists by which these partnerships are found, in the place of the old ones.
    pub async fn put_partnership_lists(&mut self, partnerships: &[ketnoi_domain::Partnership]) -> Result<(), Error> {
        let ids: Vec<Uuid> = partnerships.iter().map(|p| p.head.id.uuid()).collect();
        for part in ids.chunks(VALUES) {
            let old = partnership_sector::Column::PartnershipId.is_in(part.iter().copied());
            partnership_sector::Entity::delete_many().filter(old).exec(&self.transaction).await?;
        }
        let codes: Vec<_> = partnerships.iter().flat_map(|p| p.sectors.iter().map(|c| (p.head.id.uuid(), c))).collect();
        for part in codes.chunks(VALUES / 2) {
            let rows = part.iter().map(|(partnership_id, code)| {
                partnership_sector::Model { partnership_id: *partnership_id, code: (*code).clone() }.into_active_model()
            });
            partnership_sector::Entity::insert_many(rows).exec_without_returning(&self.transaction).await?;
        }
        Ok(())
    }
}
