//! Organisations, local authorities, clusters, and who followed whom.

use ketnoi_domain::{Cluster, Coded, Coordinates, Id, Kind, LocalAuthority, Organisation, Record, Succession, SuccessionKind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryTrait};
use uuid::Uuid;

use super::{stored, table};
use crate::{
    Error, Field, Reader, Sort,
    codec::{Decoded, get, period, to_code, to_json, to_text, to_uuid},
    filter::ids_in,
    row::{FromRow, Row},
    stored::{Readable, Through},
};

table!(organisation "organisation" {
    kind: String,
    names: String,
    country: Option<String>,
    parent_id: Option<Uuid>,
    network: bool,
    founded: Option<String>,
    dissolved: Option<String>,
    seat: String,
    profile: String,
    website: Option<String>,
    iati_identifier: Option<String>,
    partner: bool,
    partner_since: Option<String>,
    contacts: String,
});

impl Readable for Organisation {
    type Entity = organisation::Entity;
    type Row = organisation::Model;

    fn decode(row: organisation::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            kind: get!(coded, row.kind),
            names: get!(json, row.names),
            country: get!(text_null, row.country),
            parent: get!(id_null, row.parent_id),
            network: row.network,
            existence: period(get!(date, row.founded), get!(date, row.dissolved)),
            seat: get!(json, row.seat),
            profile: get!(json, row.profile),
            website: get!(text_null, row.website),
            iati_identifier: get!(text_null, row.iati_identifier),
            partner: row.partner,
            partner_since: get!(date, row.partner_since),
            contacts: get!(json, row.contacts),
        })
    }

    fn encode(&self) -> Self::Row {
        organisation::Model {
            kind: self.kind.code().to_owned(),
            names: to_json(&self.names),
            country: self.country.clone(),
            parent_id: to_uuid(self.parent),
            network: self.network,
            founded: to_text(self.existence.from),
            dissolved: to_text(self.existence.to),
            seat: to_json(&self.seat),
            profile: to_json(&self.profile),
            website: self.website.clone(),
            iati_identifier: self.iati_identifier.clone(),
            partner: self.partner,
            partner_since: to_text(self.partner_since),
            contacts: to_json(&self.contacts),
            ..organisation::Model::headed(self)
        }
    }
}

stored!(Organisation in organisation {
    "kind": Field::Column("kind"),
    "country": Field::Column("country"),
    "network": Field::Column("network"),
    "partner": Field::Column("partner"),
    "parent": Field::Refers("parent_id", "organisation"),
    "memberOf": Field::Through(Through {
        table: "membership", back: "organisation_id", column: "network_id", target: Some("organisation"), only: None, records: true,
    }),
    "programme": Field::Through(Through {
        table: "participation", back: "organisation_id", column: "programme_id", target: Some("programme"), only: None, records: true,
    }),
} by [Sort::TITLE, Sort::date("founded", "founded"), Sort::date("partnerSince", "partner_since")]);

table!(local_authority "local_authority" {
    level: String,
    names: String,
    country: String,
    subdivision: Option<String>,
    parent_id: Option<Uuid>,
    latitude: Option<String>,
    longitude: Option<String>,
    urban_class: Option<String>,
    established: Option<String>,
    abolished: Option<String>,
});

impl Readable for LocalAuthority {
    type Entity = local_authority::Entity;
    type Row = local_authority::Model;

    fn decode(row: local_authority::Cells<'_>) -> Decoded<Self> {
        let head = row.head()?;
        let place = (get!(decimal_null, row.latitude), get!(decimal_null, row.longitude));
        Ok(Self {
            head,
            level: get!(coded, row.level),
            names: get!(json, row.names),
            country: get!(text, row.country),
            subdivision: get!(text_null, row.subdivision),
            parent: get!(id_null, row.parent_id),
            coordinates: place.0.zip(place.1).map(|(latitude, longitude)| Coordinates { latitude, longitude }),
            urban_class: get!(coded_null, row.urban_class),
            existence: period(get!(date, row.established), get!(date, row.abolished)),
        })
    }

    fn encode(&self) -> Self::Row {
        local_authority::Model {
            level: self.level.code().to_owned(),
            names: to_json(&self.names),
            country: self.country.clone(),
            subdivision: self.subdivision.clone(),
            parent_id: to_uuid(self.parent),
            latitude: to_text(self.coordinates.map(|c| c.latitude)),
            longitude: to_text(self.coordinates.map(|c| c.longitude)),
            urban_class: to_code(self.urban_class),
            established: to_text(self.existence.from),
            abolished: to_text(self.existence.to),
            ..local_authority::Model::headed(self)
        }
    }
}

stored!(LocalAuthority in local_authority {
    "level": Field::Column("level"),
    "country": Field::Column("country"),
    "subdivision": Field::Column("subdivision"),
    "urbanClass": Field::Column("urban_class"),
    "parent": Field::Refers("parent_id", "local_authority"),
    "existence": Field::Period("established", "abolished"),
    "cluster": Field::Through(Through {
        table: "membership", back: "authority_id", column: "cluster_id", target: Some("cluster"), only: None, records: true,
    }),
    "fund": Field::Through(Through {
        table: "membership", back: "authority_id", column: "fund_id", target: Some("fund"), only: None, records: true,
    }),
} by [Sort::TITLE, Sort::date("established", "established")]);

table!(cluster "cluster" { name: String, description: String });

impl Readable for Cluster {
    type Entity = cluster::Entity;
    type Row = cluster::Model;

    fn decode(row: cluster::Cells<'_>) -> Decoded<Self> {
        Ok(Self { head: row.head()?, name: get!(json, row.name), description: get!(json, row.description) })
    }

    fn encode(&self) -> Self::Row {
        cluster::Model { name: to_json(&self.name), description: to_json(&self.description), ..cluster::Model::headed(self) }
    }
}

stored!(Cluster in cluster {} by [Sort::TITLE]);

/// Who followed whom; the bodies are told apart by kind.
#[expect(unreachable_pub, reason = "sea-orm's derive makes public items of what it is given")]
pub(crate) mod succession {
    use sea_orm::entity::prelude::*;
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "succession")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub predecessor_id: Uuid,
        pub successor_id: Uuid,
        pub how: String,
        pub happened_on: Option<String>,
    }
    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

impl FromRow for succession::Model {
    const WIDTH: usize = 6;
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: row.get(0)?,
            kind: row.get(1)?,
            predecessor_id: row.get(2)?,
            successor_id: row.get(3)?,
            how: row.get(4)?,
            happened_on: row.get(5)?,
        })
    }
}

impl succession::Model {
    /// The row of a succession. Its id is made of its two ends, so that the same succession is never kept twice.
    pub(crate) fn of<T: Record>(s: &Succession<Id<T>>) -> Self {
        let (a, b) = (s.predecessor.uuid(), s.successor.uuid());
        let ends: Vec<u8> = a.as_bytes().iter().chain(b.as_bytes()).copied().collect();
        Self {
            id: Uuid::new_v5(&Uuid::NAMESPACE_OID, &ends),
            kind: T::KIND.name().to_owned(),
            predecessor_id: a,
            successor_id: b,
            how: s.kind.code().to_owned(),
            happened_on: to_text(s.on),
        }
    }
}

/// The successions of one kind of body; those that touch any of `around`, or all. Ordered by their ends.
pub async fn successions<T: Record>(reader: &Reader, around: Option<&[Uuid]>) -> Result<Vec<Succession<Id<T>>>, Error> {
    debug_assert!(matches!(T::KIND, Kind::Organisation | Kind::LocalAuthority));
    let mut find = succession::Entity::find().filter(succession::Column::Kind.eq(T::KIND.name())).into_query();
    if let Some(ids) = around {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let touches = sea_orm::Condition::any().add(ids_in("predecessor_id", ids)).add(ids_in("successor_id", ids));
        find.cond_where(touches);
    }
    find.order_by("successor_id", sea_orm::Order::Asc).order_by("predecessor_id", sea_orm::Order::Asc);
    let decode = |row: &succession::Model| -> Decoded<Succession<Id<T>>> {
        Ok(Succession {
            predecessor: Id::from_uuid(row.predecessor_id),
            successor: Id::from_uuid(row.successor_id),
            kind: SuccessionKind::from_code(&row.how)
                .ok_or_else(|| crate::codec::BadColumn { column: "how", problem: row.how.clone() })?,
            on: crate::codec::date("happened_on", row.happened_on.as_deref())?,
        })
    };
    let rows = reader.all::<succession::Model>(&find).await?;
    let named = |row: succession::Model| decode(&row).map_err(|b| b.in_row("succession", row.id).into());
    rows.into_iter().map(named).collect()
}
