//! Everything that has a place, for maps.

use std::collections::HashMap;

use ketnoi_domain::{
    Community, Coordinates, Event, GoodPractice, HousingProject, Id, Kind, LocalAuthority, NewsItem, PartnershipParty, Period,
    Programme, Record, Replication, SmallGrant, Text, query::Filter,
};
use ketnoi_persistence::Stored;
use uuid::Uuid;

use crate::{Error, Session};

/// The kinds that have places.
pub const PLACED: [Kind; 10] = [
    Kind::LocalAuthority,
    Kind::Programme,
    Kind::Event,
    Kind::GoodPractice,
    Kind::Replication,
    Kind::PartnershipParty,
    Kind::NewsItem,
    Kind::Community,
    Kind::SmallGrant,
    Kind::HousingProject,
];

/// A record at one of its places.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Uuid,
    /// Its code.
    pub code: String,
    /// What people call it.
    pub label: Text,
    /// When it was or is.
    pub when: Period,
    /// Whether it exists only to show a feature.
    pub illustrative: bool,
    /// The local authority where it is.
    pub authority: String,
    /// What that is called.
    pub authority_name: Text,
    /// Its country.
    pub country: String,
    /// Where that lies.
    pub coordinates: Coordinates,
}

impl Session {
    /// Every record of these kinds at each of its places whose coordinates are known, by kind and code: a statement a kind
    /// and one for the places.
    pub async fn placed(&self, kinds: &[Kind]) -> Result<Vec<Placed>, Error> {
        let authorities: HashMap<Id<LocalAuthority>, LocalAuthority> =
            self.all::<LocalAuthority>(&Filter::all()).await?.into_iter().map(|a| (a.head.id, a)).collect();
        let mut all = Vec::new();
        for kind in PLACED.iter().filter(|k| kinds.is_empty() || kinds.contains(k)) {
            match kind {
                Kind::LocalAuthority => {
                    let mut own: Vec<&LocalAuthority> = authorities.values().collect();
                    own.sort_by(|a, b| a.head.code.cmp(&b.head.code));
                    all.extend(own.into_iter().flat_map(|a| placed(a, &authorities)));
                }
                Kind::Programme => self.place::<Programme>(&authorities, &mut all).await?,
                Kind::Event => self.place::<Event>(&authorities, &mut all).await?,
                Kind::GoodPractice => self.place::<GoodPractice>(&authorities, &mut all).await?,
                Kind::Replication => self.place::<Replication>(&authorities, &mut all).await?,
                Kind::PartnershipParty => self.place::<PartnershipParty>(&authorities, &mut all).await?,
                Kind::NewsItem => self.place::<NewsItem>(&authorities, &mut all).await?,
                Kind::Community => self.place::<Community>(&authorities, &mut all).await?,
                Kind::SmallGrant => self.place::<SmallGrant>(&authorities, &mut all).await?,
                Kind::HousingProject => self.place::<HousingProject>(&authorities, &mut all).await?,
                // The others have no place of their own.
                _ => {}
            }
        }
        Ok(all)
    }

    async fn place<T: Stored>(
        &self,
        authorities: &HashMap<Id<LocalAuthority>, LocalAuthority>,
        all: &mut Vec<Placed>,
    ) -> Result<(), Error> {
        for record in self.all::<T>(&Filter::all()).await? {
            all.extend(placed(&record, authorities));
        }
        Ok(())
    }
}

/// A record at each of its places that has coordinates. Places that the viewer may not see are not among the authorities.
fn placed<T: Record>(record: &T, authorities: &HashMap<Id<LocalAuthority>, LocalAuthority>) -> Vec<Placed> {
    let at = |authority: Id<LocalAuthority>| {
        let there = authorities.get(&authority)?;
        let name = there.label().cloned().unwrap_or_default();
        Some(Placed {
            kind: T::KIND,
            id: record.head().id.uuid(),
            code: record.head().code.to_string(),
            label: record.label().cloned().unwrap_or_else(|| name.clone()),
            when: record.when(),
            illustrative: record.head().illustrative,
            authority: there.head.code.to_string(),
            authority_name: name,
            country: there.country.clone(),
            coordinates: there.coordinates?,
        })
    };
    record.places().into_iter().filter_map(at).collect()
}
