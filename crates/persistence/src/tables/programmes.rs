//! Programmes and the parts that organisations take in them.

use ketnoi_domain::{Coded, Id, LocalAuthority, Participation, Percentage, Place, Programme, Relation, RelationType, Text};
use serde::{Deserialize, Serialize};

use ketnoi_domain::{Viewer, query::Filter};
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr};

use super::{stored, table};
use crate::{
    Error, Field, Reader, Sort,
    codec::{Decoded, get, period, to_code, to_json, to_text, to_uuid},
    list::{records, select},
    stored::{Readable, Through},
};

table!(programme "programme" {
    level: String,
    parent_id: Option<Uuid>,
    partnership_id: Option<Uuid>,
    title: String,
    acronym: Option<String>,
    reporting_organisation_id: Option<Uuid>,
    status: Option<String>,
    planned_from: Option<String>,
    planned_to: Option<String>,
    actual_from: Option<String>,
    actual_to: Option<String>,
    iati_identifier: Option<String>,
    classifications: String,
    places: String,
    relations: String,
    description: String,
} found {
    starts: Option<String>,
    ends: Option<String>,
});

/// A place as it stands in the programme's row.
#[derive(Serialize, Deserialize)]
struct PlaceCell {
    authority: Id<LocalAuthority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    percentage: Option<Percentage>,
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    note: Text,
}

/// A relation as it stands in the programme's row.
#[derive(Serialize, Deserialize)]
struct RelationCell {
    programme: Id<Programme>,
    kind: RelationType,
}

impl Readable for Programme {
    type Entity = programme::Entity;
    type Row = programme::Model;

    fn decode(row: programme::Cells<'_>) -> Decoded<Self> {
        let head = row.head()?;
        let places: Vec<PlaceCell> = get!(json, row.places);
        let relations: Vec<RelationCell> = get!(json, row.relations);
        let place = |p: PlaceCell| Place { authority: p.authority, percentage: p.percentage, note: p.note };
        Ok(Self {
            head,
            level: get!(coded, row.level),
            parent: get!(id_null, row.parent_id),
            partnership: get!(id_null, row.partnership_id),
            title: get!(json, row.title),
            acronym: get!(text_null, row.acronym),
            description: get!(json, row.description),
            reporting_organisation: get!(id_null, row.reporting_organisation_id),
            status: get!(coded_null, row.status),
            planned: period(get!(date, row.planned_from), get!(date, row.planned_to)),
            actual: period(get!(date, row.actual_from), get!(date, row.actual_to)),
            iati_identifier: get!(text_null, row.iati_identifier),
            classifications: get!(json, row.classifications),
            places: places.into_iter().map(place).collect(),
            relations: relations.into_iter().map(|r| Relation { programme: r.programme, kind: r.kind }).collect(),
        })
    }

    fn encode(&self) -> Self::Row {
        let place = |p: &Place| PlaceCell { authority: p.authority, percentage: p.percentage, note: p.note.clone() };
        let relation = |r: &Relation| RelationCell { programme: r.programme, kind: r.kind };
        programme::Model {
            level: self.level.code().to_owned(),
            parent_id: to_uuid(self.parent),
            partnership_id: to_uuid(self.partnership),
            title: to_json(&self.title),
            acronym: self.acronym.clone(),
            reporting_organisation_id: to_uuid(self.reporting_organisation),
            status: to_code(self.status),
            planned_from: to_text(self.planned.from),
            planned_to: to_text(self.planned.to),
            actual_from: to_text(self.actual.from),
            actual_to: to_text(self.actual.to),
            starts: to_text(self.start()),
            ends: to_text(self.end()),
            iati_identifier: self.iati_identifier.clone(),
            classifications: to_json(&self.classifications),
            places: to_json(&self.places.iter().map(place).collect::<Vec<_>>()),
            relations: to_json(&self.relations.iter().map(relation).collect::<Vec<_>>()),
            description: to_json(&self.description),
            ..programme::Model::headed(self)
        }
    }
}

const fn takes_part(only: Option<(&'static str, &'static str)>) -> Field {
    let (table, back, column) = ("participation", "programme_id", "organisation_id");
    Field::Through(Through { table, back, column, target: Some("organisation"), only, records: true })
}

const fn classified(scheme: &'static str) -> Field {
    let (table, back, column) = ("programme_classification", "programme_id", "code");
    Field::Through(Through { table, back, column, target: None, only: Some(("scheme", scheme)), records: false })
}

stored!(Programme in programme {
    "level": Field::Column("level"),
    "status": Field::Column("status"),
    "parent": Field::Refers("parent_id", "programme"),
    "partnership": Field::Refers("partnership_id", "partnership"),
    "reportingOrganisation": Field::Refers("reporting_organisation_id", "organisation"),
    "period": Field::Period("starts", "ends"),
    "funder": takes_part(Some(("role", "1"))),
    "participant": takes_part(None),
    "sector": classified("sector"),
    "country": classified("country"),
    "sdg": classified("sdg"),
    "authority": Field::Through(Through {
        table: "programme_place", back: "programme_id", column: "authority_id", target: Some("local_authority"), only: None, records: false,
    }),
} by [Sort::TITLE, Sort::date("start", "starts"), Sort::date("end", "ends")]);

/// The programmes whose relations name this one, in the order of their codes. Relations stand in the row of the programme
/// that records them and are too few for a table of their own: the rows are searched.
pub async fn relating_to(reader: &Reader, viewer: &Viewer, programme: Id<Programme>) -> Result<Vec<Programme>, Error> {
    let mut find = select::<Programme>(viewer, &Filter::all())?;
    // An id as JSON is hexadecimal digits and dashes: no wildcard is among them.
    find.and_where(Expr::col("relations").like(LikeExpr::new(format!("%\"{programme}\"%"))));
    find.order_by("code", sea_orm::sea_query::Order::Asc);
    records(reader, viewer, &find).await
}

/// The classifications of programmes, to find programmes by; written together with them.
#[expect(unreachable_pub, reason = "sea-orm's derive makes public items of what it is given")]
pub(crate) mod programme_classification {
    use sea_orm::entity::prelude::*;
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "programme_classification")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub programme_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub scheme: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
    }
    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// The places of programmes, to find programmes by; written together with them.
#[expect(unreachable_pub, reason = "sea-orm's derive makes public items of what it is given")]
pub(crate) mod programme_place {
    use sea_orm::entity::prelude::*;
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "programme_place")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub programme_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub authority_id: Uuid,
    }
    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

table!(participation "participation" {
    programme_id: Uuid,
    organisation_id: Uuid,
    role: String,
    stated_name: String,
    via_id: Option<Uuid>,
    period_from: Option<String>,
    period_to: Option<String>,
    note: String,
});

impl Readable for Participation {
    type Entity = participation::Entity;
    type Row = participation::Model;

    fn decode(row: participation::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            programme: get!(id, row.programme_id),
            organisation: get!(id, row.organisation_id),
            role: get!(coded, row.role),
            stated_name: get!(json, row.stated_name),
            via: get!(id_null, row.via_id),
            period: period(get!(date, row.period_from), get!(date, row.period_to)),
            note: get!(json, row.note),
        })
    }

    fn encode(&self) -> Self::Row {
        participation::Model {
            programme_id: self.programme.uuid(),
            organisation_id: self.organisation.uuid(),
            role: self.role.code().to_owned(),
            stated_name: to_json(&self.stated_name),
            via_id: to_uuid(self.via),
            period_from: to_text(self.period.from),
            period_to: to_text(self.period.to),
            note: to_json(&self.note),
            ..participation::Model::headed(self)
        }
    }
}

stored!(Participation in participation {
    "role": Field::Column("role"),
    "programme": Field::Refers("programme_id", "programme"),
    "organisation": Field::Refers("organisation_id", "organisation"),
    "via": Field::Refers("via_id", "organisation"),
} by []);
