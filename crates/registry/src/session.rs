use std::collections::HashMap;

use ketnoi_domain::{
    Agreement, Id, Membership, Moment, Organisation, Participation, Programme, Record, Succession, Viewer, Visibility,
    query::{Filter, Order, Page},
};
use ketnoi_persistence::{Found, Reader, Stored};
use uuid::Uuid;

use crate::Error;

/// Reads of one viewer. Nothing is read without one, and nothing hidden is found by any of them.
#[derive(Clone, Debug)]
pub struct Session {
    reader: Reader,
    viewer: Viewer,
}

/// Child records of these parents, by the column through which they point.
pub type Parents<'a> = (&'static str, &'a [Uuid]);

impl Session {
    pub(crate) fn new(reader: Reader, viewer: Viewer) -> Self {
        Self { reader, viewer }
    }

    /// Who reads.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    pub(crate) fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Whether the viewer sees what is the association's own.
    pub(crate) fn sees_internal(&self) -> bool {
        self.viewer.sees(Visibility::Internal)
    }

    /// How many statements it has taken so far.
    pub fn statements(&self) -> u64 {
        self.reader.statements()
    }

    /// How often the registry has been written.
    pub async fn revision(&self) -> Result<i64, Error> {
        Ok(self.reader.revision().await?)
    }

    /// A part of a list.
    pub async fn page<T: Stored>(&self, filter: &Filter, order: Order, page: &Page) -> Result<Found<T>, Error> {
        Ok(ketnoi_persistence::page(&self.reader, &self.viewer, filter, order, page).await?)
    }

    /// All records that the filter lets pass, in the order of their codes.
    pub async fn all<T: Stored>(&self, filter: &Filter) -> Result<Vec<T>, Error> {
        // One below the largest, because a page asks for one more than its size.
        let whole = Page::first(u32::MAX - 1);
        let found = self.page(filter, Order { by: "code", descending: false }, &whole).await?;
        Ok(found.rows.into_iter().map(|(_, record)| record).collect())
    }

    /// For each parent a part of its children.
    pub async fn children<T: Stored>(
        &self,
        parents: Parents<'_>,
        filter: &Filter,
        order: Order,
        page: Option<&Page>,
    ) -> Result<Vec<(Uuid, Found<T>)>, Error> {
        Ok(ketnoi_persistence::children(&self.reader, &self.viewer, parents, filter, order, page).await?)
    }

    /// All children of these parents, in the order of their codes.
    pub async fn all_children<T: Stored>(&self, parents: Parents<'_>) -> Result<Vec<T>, Error> {
        let order = Order { by: "code", descending: false };
        let found = self.children(parents, &Filter::all(), order, None).await?;
        Ok(found.into_iter().flat_map(|(_, f)| f.rows).map(|(_, record)| record).collect())
    }

    /// How many records the filter lets pass.
    pub async fn count<T: Stored>(&self, filter: &Filter) -> Result<i64, Error> {
        Ok(ketnoi_persistence::count::<T>(&self.reader, &self.viewer, filter).await?)
    }

    /// How many children each parent has.
    pub async fn count_children<T: Stored>(&self, parents: Parents<'_>, filter: &Filter) -> Result<HashMap<Uuid, i64>, Error> {
        Ok(ketnoi_persistence::count_children::<T>(&self.reader, &self.viewer, parents, filter).await?.into_iter().collect())
    }

    /// The records with these ids, in the order of their ids; what is hidden is left out.
    pub async fn by_ids<T: Stored>(&self, ids: &[Uuid]) -> Result<Vec<T>, Error> {
        Ok(ketnoi_persistence::find_by_ids(&self.reader, &self.viewer, ids).await?)
    }

    /// The record with this code.
    pub async fn by_code<T: Stored>(&self, code: &str) -> Result<Option<T>, Error> {
        Ok(ketnoi_persistence::find_by_codes(&self.reader, &self.viewer, &[code]).await?.pop())
    }

    /// The record with this code, which must be there.
    pub async fn require<T: Stored>(&self, code: &str) -> Result<T, Error> {
        let kind = ketnoi_domain::Coded::name(T::KIND);
        self.by_code(code).await?.ok_or_else(|| Error::NotFound { kind, code: code.to_owned() })
    }

    /// Who followed whom around these bodies.
    pub async fn successions<T: Record>(&self, around: &[Uuid]) -> Result<Vec<Succession<Id<T>>>, Error> {
        Ok(ketnoi_persistence::successions(&self.reader, Some(around)).await?)
    }

    /// All successions of a kind of body.
    pub async fn all_successions<T: Record>(&self) -> Result<Vec<Succession<Id<T>>>, Error> {
        Ok(ketnoi_persistence::successions(&self.reader, None).await?)
    }

    /// The programmes that record a relation to this one.
    pub async fn relating_to(&self, programme: Id<Programme>) -> Result<Vec<Programme>, Error> {
        Ok(ketnoi_persistence::relating_to(&self.reader, &self.viewer, programme).await?)
    }

    /// The histories of these organisations with the association, in a number of statements that does not depend on how many.
    pub async fn timelines(&self, organisations: &[Organisation]) -> Result<HashMap<Id<Organisation>, Vec<Moment>>, Error> {
        let ids: Vec<Uuid> = organisations.iter().map(|o| o.head.id.uuid()).collect();
        let successions = self.successions::<Organisation>(&ids).await?;
        let mut memberships: Vec<Membership> = self.all_children(("network_id", &ids)).await?;
        memberships.extend(self.all_children::<Membership>(("organisation_id", &ids)).await?);
        let participations: Vec<Participation> = self.all_children(("organisation_id", &ids)).await?;
        let programmes: Vec<Programme> =
            self.by_ids(&participations.iter().map(|p| p.programme.uuid()).collect::<Vec<_>>()).await?;
        let agreements: Vec<Agreement> = self.all_children(("funder_id", &ids)).await?;
        let history = |o: &Organisation| {
            let me = o.head.id;
            let mut joined: Vec<Membership> =
                memberships.iter().filter(|m| m.network == Some(me) || m.organisation == Some(me)).cloned().collect();
            // A membership between two of these organisations was found from both ends.
            joined.sort_by_key(|m| m.head.id);
            joined.dedup_by_key(|m| m.head.id);
            let parts: Vec<Participation> = participations.iter().filter(|p| p.organisation == me).cloned().collect();
            let agreed: Vec<Agreement> = agreements.iter().filter(|a| a.funder == me).cloned().collect();
            (me, ketnoi_domain::timeline(o, &successions, &joined, &parts, &programmes, &agreed))
        };
        Ok(organisations.iter().map(history).collect())
    }
}
