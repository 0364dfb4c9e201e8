//! Documents, what they say, and risks.

use ketnoi_domain::{Coded, Document, Risk, StatedFigure, Statement};

use super::{stored, table};
use crate::{
    Field, Sort,
    codec::{Decoded, get, subject, to_code, to_json, to_text, to_uuid},
    stored::Readable,
};

table!(document "document" {
    title: String,
    category: String,
    publisher: Option<String>,
    published: Option<String>,
    modified: Option<String>,
    url: Option<String>,
    language: Option<String>,
    note: String,
    programme_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
    event_id: Option<Uuid>,
});

impl Readable for Document {
    type Entity = document::Entity;
    type Row = document::Model;

    fn decode(row: document::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            title: get!(json, row.title),
            category: get!(coded, row.category),
            publisher: get!(text_null, row.publisher),
            published: get!(date, row.published),
            modified: get!(date, row.modified),
            url: get!(text_null, row.url),
            language: get!(coded_null, row.language),
            note: get!(json, row.note),
            programme: get!(id_null, row.programme_id),
            organisation: get!(id_null, row.organisation_id),
            event: get!(id_null, row.event_id),
        })
    }

    fn encode(&self) -> Self::Row {
        document::Model {
            title: to_json(&self.title),
            category: self.category.code().to_owned(),
            publisher: self.publisher.clone(),
            published: to_text(self.published),
            modified: to_text(self.modified),
            url: self.url.clone(),
            language: to_code(self.language),
            note: to_json(&self.note),
            programme_id: to_uuid(self.programme),
            organisation_id: to_uuid(self.organisation),
            event_id: to_uuid(self.event),
            ..document::Model::headed(self)
        }
    }
}

stored!(Document in document {
    "category": Field::Column("category"),
    "language": Field::Column("language"),
    "programme": Field::Refers("programme_id", "programme"),
    "organisation": Field::Refers("organisation_id", "organisation"),
    "event": Field::Refers("event_id", "event"),
    "published": Field::Period("published", "published"),
} by [Sort::TITLE, Sort::date("published", "published")]);

table!(statement "statement" {
    subject_kind: String,
    subject_id: Uuid,
    property: Option<String>,
    value: String,
    raw: Option<String>,
    current: bool,
    document_id: Uuid,
    locator: Option<String>,
    stated: Option<String>,
    note: String,
});

impl Readable for Statement {
    type Entity = statement::Entity;
    type Row = statement::Model;

    fn decode(row: statement::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            subject: subject(row.subject_kind, row.subject_id)?,
            property: get!(text_null, row.property),
            value: get!(json, row.value),
            raw: get!(text_null, row.raw),
            current: row.current,
            document: get!(id, row.document_id),
            locator: get!(text_null, row.locator),
            stated: get!(date, row.stated),
            note: get!(json, row.note),
        })
    }

    fn encode(&self) -> Self::Row {
        statement::Model {
            subject_kind: self.subject.kind.name().to_owned(),
            subject_id: self.subject.id,
            property: self.property.clone(),
            value: to_json(&self.value),
            raw: self.raw.clone(),
            current: self.current,
            document_id: self.document.uuid(),
            locator: self.locator.clone(),
            stated: to_text(self.stated),
            note: to_json(&self.note),
            ..statement::Model::headed(self)
        }
    }
}

stored!(Statement in statement {
    "property": Field::Column("property"),
    "subjectKind": Field::Column("subject_kind"),
    "current": Field::Column("current"),
    "document": Field::Refers("document_id", "document"),
    "stated": Field::Period("stated", "stated"),
} by [Sort::date("stated", "stated")]);

table!(stated_figure "stated_figure" {
    subject_kind: String,
    subject_id: Uuid,
    measure: String,
    label: String,
    value: String,
    qualifier: String,
    as_of: Option<String>,
    document_id: Uuid,
});

impl Readable for StatedFigure {
    type Entity = stated_figure::Entity;
    type Row = stated_figure::Model;

    fn decode(row: stated_figure::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            subject: subject(row.subject_kind, row.subject_id)?,
            measure: get!(text, row.measure),
            label: get!(json, row.label),
            value: get!(decimal, row.value),
            qualifier: get!(coded, row.qualifier),
            as_of: get!(date, row.as_of),
            document: get!(id, row.document_id),
        })
    }

    fn encode(&self) -> Self::Row {
        stated_figure::Model {
            subject_kind: self.subject.kind.name().to_owned(),
            subject_id: self.subject.id,
            measure: self.measure.clone(),
            label: to_json(&self.label),
            value: self.value.to_string(),
            qualifier: self.qualifier.code().to_owned(),
            as_of: to_text(self.as_of),
            document_id: self.document.uuid(),
            ..stated_figure::Model::headed(self)
        }
    }
}

stored!(StatedFigure in stated_figure {
    "measure": Field::Column("measure"),
    "subjectKind": Field::Column("subject_kind"),
    "document": Field::Refers("document_id", "document"),
    "asOf": Field::Period("as_of", "as_of"),
} by [Sort::TITLE, Sort::date("asOf", "as_of")]);

table!(risk "risk" {
    programme_id: Uuid,
    title: String,
    likelihood: String,
    impact: String,
    mitigation: String,
    owner_id: Option<Uuid>,
    status: String,
});

impl Readable for Risk {
    type Entity = risk::Entity;
    type Row = risk::Model;

    fn decode(row: risk::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            programme: get!(id, row.programme_id),
            title: get!(json, row.title),
            likelihood: get!(coded, row.likelihood),
            impact: get!(coded, row.impact),
            mitigation: get!(json, row.mitigation),
            owner: get!(id_null, row.owner_id),
            status: get!(coded, row.status),
        })
    }

    fn encode(&self) -> Self::Row {
        risk::Model {
            programme_id: self.programme.uuid(),
            title: to_json(&self.title),
            likelihood: self.likelihood.code().to_owned(),
            impact: self.impact.code().to_owned(),
            mitigation: to_json(&self.mitigation),
            owner_id: to_uuid(self.owner),
            status: self.status.code().to_owned(),
            ..risk::Model::headed(self)
        }
    }
}

stored!(Risk in risk {
    "programme": Field::Refers("programme_id", "programme"),
    "owner": Field::Refers("owner_id", "organisation"),
    "likelihood": Field::Column("likelihood"),
    "impact": Field::Column("impact"),
    "status": Field::Column("status"),
} by [Sort::TITLE]);
