use serde::{Deserialize, Serialize};

use crate::{Decimal, Faults, Head, Id, Kind, Links, Names, Period, Record, Text, Words, coded::coded};

coded! {
    /// The level of government that a local authority stands on.
    pub enum AuthorityLevel {
        /// A region of several provinces, or a region in the French sense.
        Region = "region" / "region",
        /// A province, a prefecture or a state.
        Province = "province" / "province",
        /// A city that ranks with the provinces.
        Municipality = "municipality" / "municipality",
        /// A city within a province.
        City = "city" / "city",
        /// A district.
        District = "district" / "district",
        /// A town.
        Town = "town" / "town",
        /// A commune.
        Commune = "commune" / "commune",
        /// A ward.
        Ward = "ward" / "ward",
    }
}

coded! {
    /// The class that Viet Nam gives its urban areas.
    pub enum UrbanClass {
        /// The special class: Hà Nội and Ho Chi Minh City.
        Special = "special" / "0",
        /// Class I.
        First = "first" / "1",
        /// Class II.
        Second = "second" / "2",
        /// Class III.
        Third = "third" / "3",
        /// Class IV.
        Fourth = "fourth" / "4",
        /// Class V.
        Fifth = "fifth" / "5",
    }
}

/// A point on the earth (WGS 84), exact to a millionth of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coordinates {
    /// Degrees north, -90 to 90.
    pub latitude: Decimal,
    /// Degrees east, -180 to 180.
    pub longitude: Decimal,
}

/// A local authority as it was over its own time. What became of it later is a succession, not a change of this record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalAuthority {
    /// What every record has.
    pub head: Head<Self>,
    /// Its level.
    pub level: AuthorityLevel,
    /// Its names, the last one first.
    pub names: Names,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: String,
    /// Its ISO 3166-2 code, such as `VN-DN`.
    pub subdivision: Option<String>,
    /// The authority that it is a part of.
    pub parent: Option<Id<LocalAuthority>>,
    /// Where it lies.
    pub coordinates: Option<Coordinates>,
    /// Its urban class.
    pub urban_class: Option<UrbanClass>,
    /// From when to when it existed; an open end means that it still does.
    pub existence: Period,
}

impl Record for LocalAuthority {
    const KIND: Kind = Kind::LocalAuthority;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().maybe("parent", self.parent)
    }
    fn label(&self) -> Option<&Text> {
        self.names.current().map(|n| &n.text)
    }
    fn words(&self) -> Words<'_> {
        Words::default().spelt(self.names.spellings())
    }
    fn when(&self) -> Period {
        self.existence
    }
    fn places(&self) -> Vec<Id<LocalAuthority>> {
        vec![self.head.id]
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(self.names.0.iter().any(|n| !n.text.is_empty()), "name", || "a local authority needs a name".into());
        f.require(self.existence.is_ordered(), "existence", || "it ends before it starts".into());
        f.require(self.parent != Some(self.head.id), "parent", || "an authority is not a part of itself".into());
        crate::organisation::require_country(&mut f, Some(&self.country));
        let within = |d: Decimal, limit: i64| d <= limit.into() && d >= (-limit).into() && d.rescaled(6).is_some();
        let placed = self.coordinates.is_none_or(|c| within(c.latitude, 90) && within(c.longitude, 180));
        f.require(placed, "coordinates", || {
            "latitude lies in -90 to 90, longitude in -180 to 180, with at most 6 digits after the point".into()
        });
        f
    }
}

/// A cluster of member cities that meet and vote together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cluster {
    /// What every record has.
    pub head: Head<Self>,
    /// Its name.
    pub name: Text,
    /// What it is.
    pub description: Text,
}

impl Record for Cluster {
    const KIND: Kind = Kind::Cluster;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.name)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.name).told(&self.description)
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.name.is_empty(), "name", || "a cluster needs a name".into());
        f
    }
}
