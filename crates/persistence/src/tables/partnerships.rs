//! Partnerships between local authorities, their agreements, news, and people in public roles.

use ketnoi_domain::{Coded, CooperationAgreement, NewsItem, Partnership, PartnershipParty, Person, PublicRole};

use super::{stored, table};
use crate::{
    Field, Sort,
    codec::{Decoded, get, period, to_code, to_json, to_text, to_uuid},
    stored::{Readable, Through},
};

table!(partnership "partnership" {
    kind: String,
    title: String,
    description: String,
    period_from: Option<String>,
    period_to: Option<String>,
    status: Option<String>,
    sectors: String,
});

impl Readable for Partnership {
    type Entity = partnership::Entity;
    type Row = partnership::Model;

    fn decode(row: partnership::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            kind: get!(coded, row.kind),
            title: get!(json, row.title),
            description: get!(json, row.description),
            period: period(get!(date, row.period_from), get!(date, row.period_to)),
            status: get!(coded_null, row.status),
            sectors: get!(json, row.sectors),
        })
    }

    fn encode(&self) -> Self::Row {
        partnership::Model {
            kind: self.kind.code().to_owned(),
            title: to_json(&self.title),
            description: to_json(&self.description),
            period_from: to_text(self.period.from),
            period_to: to_text(self.period.to),
            status: to_code(self.status),
            sectors: to_json(&self.sectors),
            ..partnership::Model::headed(self)
        }
    }
}

stored!(Partnership in partnership {
    "kind": Field::Column("kind"),
    "status": Field::Column("status"),
    "period": Field::Period("period_from", "period_to"),
    "authority": Field::Through(Through {
        table: "partnership_party", back: "partnership_id", column: "authority_id", target: Some("local_authority"), only: None, records: true,
    }),
    "sector": Field::Through(Through {
        table: "partnership_sector", back: "partnership_id", column: "code", target: None, only: None, records: false,
    }),
} by [Sort::TITLE, Sort::date("start", "period_from")]);

/// The sectors of partnerships, to find partnerships by; written together with them.
#[expect(unreachable_pub, reason = "sea-orm's derive makes public items of what it is given")]
pub(crate) mod partnership_sector {
    use sea_orm::entity::prelude::*;
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "partnership_sector")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub partnership_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
    }
    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

table!(partnership_party "partnership_party" { partnership_id: Uuid, authority_id: Uuid });

impl Readable for PartnershipParty {
    type Entity = partnership_party::Entity;
    type Row = partnership_party::Model;

    fn decode(row: partnership_party::Cells<'_>) -> Decoded<Self> {
        Ok(Self { head: row.head()?, partnership: get!(id, row.partnership_id), authority: get!(id, row.authority_id) })
    }

    fn encode(&self) -> Self::Row {
        partnership_party::Model {
            partnership_id: self.partnership.uuid(),
            authority_id: self.authority.uuid(),
            ..partnership_party::Model::headed(self)
        }
    }
}

stored!(PartnershipParty in partnership_party {
    "partnership": Field::Refers("partnership_id", "partnership"),
    "authority": Field::Refers("authority_id", "local_authority"),
} by []);

table!(cooperation_agreement "cooperation_agreement" {
    partnership_id: Uuid,
    title: String,
    reference: Option<String>,
    signed: Option<String>,
    reported: Option<String>,
    period_from: Option<String>,
    period_to: Option<String>,
    document_id: Option<Uuid>,
});

impl Readable for CooperationAgreement {
    type Entity = cooperation_agreement::Entity;
    type Row = cooperation_agreement::Model;

    fn decode(row: cooperation_agreement::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            partnership: get!(id, row.partnership_id),
            title: get!(json, row.title),
            reference: get!(text_null, row.reference),
            signed: get!(date, row.signed),
            reported: get!(date, row.reported),
            period: period(get!(date, row.period_from), get!(date, row.period_to)),
            document: get!(id_null, row.document_id),
        })
    }

    fn encode(&self) -> Self::Row {
        cooperation_agreement::Model {
            partnership_id: self.partnership.uuid(),
            title: to_json(&self.title),
            reference: self.reference.clone(),
            signed: to_text(self.signed),
            reported: to_text(self.reported),
            period_from: to_text(self.period.from),
            period_to: to_text(self.period.to),
            document_id: to_uuid(self.document),
            ..cooperation_agreement::Model::headed(self)
        }
    }
}

stored!(CooperationAgreement in cooperation_agreement {
    "partnership": Field::Refers("partnership_id", "partnership"),
    "signed": Field::Period("signed", "signed"),
    "reported": Field::Period("reported", "reported"),
} by [Sort::TITLE, Sort::date("signed", "signed"), Sort::date("reported", "reported")]);

table!(news_item "news_item" {
    title: String,
    summary: String,
    published: Option<String>,
    publisher_id: Option<Uuid>,
    document_id: Option<Uuid>,
    partnership_id: Option<Uuid>,
    programme_id: Option<Uuid>,
    event_id: Option<Uuid>,
    authority_id: Option<Uuid>,
    related: String,
});

impl Readable for NewsItem {
    type Entity = news_item::Entity;
    type Row = news_item::Model;

    fn decode(row: news_item::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            title: get!(json, row.title),
            summary: get!(json, row.summary),
            published: get!(date, row.published),
            publisher: get!(id_null, row.publisher_id),
            document: get!(id_null, row.document_id),
            partnership: get!(id_null, row.partnership_id),
            programme: get!(id_null, row.programme_id),
            event: get!(id_null, row.event_id),
            authority: get!(id_null, row.authority_id),
            related: get!(json, row.related),
        })
    }

    fn encode(&self) -> Self::Row {
        news_item::Model {
            title: to_json(&self.title),
            summary: to_json(&self.summary),
            published: to_text(self.published),
            publisher_id: to_uuid(self.publisher),
            document_id: to_uuid(self.document),
            partnership_id: to_uuid(self.partnership),
            programme_id: to_uuid(self.programme),
            event_id: to_uuid(self.event),
            authority_id: to_uuid(self.authority),
            related: to_json(&self.related),
            ..news_item::Model::headed(self)
        }
    }
}

stored!(NewsItem in news_item {
    "published": Field::Period("published", "published"),
    "publisher": Field::Refers("publisher_id", "organisation"),
    "partnership": Field::Refers("partnership_id", "partnership"),
    "programme": Field::Refers("programme_id", "programme"),
    "event": Field::Refers("event_id", "event"),
    "authority": Field::Refers("authority_id", "local_authority"),
} by [Sort::date("published", "published"), Sort::TITLE]);

table!(person "person" { name: String, honorific: String });

impl Readable for Person {
    type Entity = person::Entity;
    type Row = person::Model;

    fn decode(row: person::Cells<'_>) -> Decoded<Self> {
        Ok(Self { head: row.head()?, name: get!(json, row.name), honorific: get!(json, row.honorific) })
    }

    fn encode(&self) -> Self::Row {
        person::Model { name: to_json(&self.name), honorific: to_json(&self.honorific), ..person::Model::headed(self) }
    }
}

stored!(Person in person {
    "event": Field::Through(Through {
        table: "public_role", back: "person_id", column: "event_id", target: Some("event"), only: None, records: true,
    }),
    "organisation": Field::Through(Through {
        table: "public_role", back: "person_id", column: "organisation_id", target: Some("organisation"), only: None, records: true,
    }),
} by [Sort::TITLE]);

table!(public_role "public_role" {
    person_id: Uuid,
    kind: String,
    title: String,
    organisation_id: Option<Uuid>,
    event_id: Option<Uuid>,
    session_id: Option<Uuid>,
    programme_id: Option<Uuid>,
    agreement_id: Option<Uuid>,
    period_from: Option<String>,
    period_to: Option<String>,
    said: String,
    contacts: String,
    document_id: Uuid,
});

impl Readable for PublicRole {
    type Entity = public_role::Entity;
    type Row = public_role::Model;

    fn decode(row: public_role::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            person: get!(id, row.person_id),
            kind: get!(coded, row.kind),
            title: get!(json, row.title),
            organisation: get!(id_null, row.organisation_id),
            event: get!(id_null, row.event_id),
            session: get!(id_null, row.session_id),
            programme: get!(id_null, row.programme_id),
            agreement: get!(id_null, row.agreement_id),
            period: period(get!(date, row.period_from), get!(date, row.period_to)),
            said: get!(json, row.said),
            contacts: get!(json, row.contacts),
            document: get!(id, row.document_id),
        })
    }

    fn encode(&self) -> Self::Row {
        public_role::Model {
            person_id: self.person.uuid(),
            kind: self.kind.code().to_owned(),
            title: to_json(&self.title),
            organisation_id: to_uuid(self.organisation),
            event_id: to_uuid(self.event),
            session_id: to_uuid(self.session),
            programme_id: to_uuid(self.programme),
            agreement_id: to_uuid(self.agreement),
            period_from: to_text(self.period.from),
            period_to: to_text(self.period.to),
            said: to_json(&self.said),
            contacts: to_json(&self.contacts),
            document_id: self.document.uuid(),
            ..public_role::Model::headed(self)
        }
    }
}

stored!(PublicRole in public_role {
    "person": Field::Refers("person_id", "person"),
    "kind": Field::Column("kind"),
    "organisation": Field::Refers("organisation_id", "organisation"),
    "event": Field::Refers("event_id", "event"),
    "session": Field::Refers("session_id", "event_session"),
    "programme": Field::Refers("programme_id", "programme"),
    "document": Field::Refers("document_id", "document"),
} by [Sort::TITLE]);
