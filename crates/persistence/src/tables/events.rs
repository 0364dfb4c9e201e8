//! Event series, events, sessions, delegations, participants, outcomes.

use ketnoi_domain::{Coded, Delegation, Event, EventOutcome, EventSeries, EventSession, ParticipantCount};

use super::{stored, table};
use crate::{
    Field, Sort,
    codec::{Decoded, get, period, to_json, to_text, to_uuid},
    stored::{Readable, Through},
};

table!(event_series "event_series" {
    name: String,
    description: String,
    organiser_id: Option<Uuid>,
    programme_id: Option<Uuid>,
});

impl Readable for EventSeries {
    type Entity = event_series::Entity;
    type Row = event_series::Model;

    fn decode(row: event_series::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            name: get!(json, row.name),
            description: get!(json, row.description),
            organiser: get!(id_null, row.organiser_id),
            programme: get!(id_null, row.programme_id),
        })
    }

    fn encode(&self) -> Self::Row {
        event_series::Model {
            name: to_json(&self.name),
            description: to_json(&self.description),
            organiser_id: to_uuid(self.organiser),
            programme_id: to_uuid(self.programme),
            ..event_series::Model::headed(self)
        }
    }
}

stored!(EventSeries in event_series {
    "organiser": Field::Refers("organiser_id", "organisation"),
    "programme": Field::Refers("programme_id", "programme"),
} by [Sort::TITLE]);

table!(event "event" {
    series_id: Option<Uuid>,
    number: Option<i64>,
    kind: String,
    title: String,
    motto: String,
    description: String,
    organiser_id: Option<Uuid>,
    co_organisers: String,
    programme_id: Option<Uuid>,
    authority_id: Option<Uuid>,
    country: Option<String>,
    venue: String,
    cluster_id: Option<Uuid>,
    period_from: Option<String>,
    period_to: Option<String>,
});

impl Readable for Event {
    type Entity = event::Entity;
    type Row = event::Model;

    fn decode(row: event::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            series: get!(id_null, row.series_id),
            number: row.number,
            kind: get!(coded, row.kind),
            title: get!(json, row.title),
            motto: get!(json, row.motto),
            description: get!(json, row.description),
            organiser: get!(id_null, row.organiser_id),
            co_organisers: get!(json, row.co_organisers),
            programme: get!(id_null, row.programme_id),
            authority: get!(id_null, row.authority_id),
            country: get!(text_null, row.country),
            venue: get!(json, row.venue),
            cluster: get!(id_null, row.cluster_id),
            period: period(get!(date, row.period_from), get!(date, row.period_to)),
        })
    }

    fn encode(&self) -> Self::Row {
        event::Model {
            series_id: to_uuid(self.series),
            number: self.number,
            kind: self.kind.code().to_owned(),
            title: to_json(&self.title),
            motto: to_json(&self.motto),
            description: to_json(&self.description),
            organiser_id: to_uuid(self.organiser),
            co_organisers: to_json(&self.co_organisers),
            programme_id: to_uuid(self.programme),
            authority_id: to_uuid(self.authority),
            country: self.country.clone(),
            venue: to_json(&self.venue),
            cluster_id: to_uuid(self.cluster),
            period_from: to_text(self.period.from),
            period_to: to_text(self.period.to),
            ..event::Model::headed(self)
        }
    }
}

stored!(Event in event {
    "kind": Field::Column("kind"),
    "country": Field::Column("country"),
    "series": Field::Refers("series_id", "event_series"),
    "organiser": Field::Refers("organiser_id", "organisation"),
    "programme": Field::Refers("programme_id", "programme"),
    "authority": Field::Refers("authority_id", "local_authority"),
    "cluster": Field::Refers("cluster_id", "cluster"),
    "period": Field::Period("period_from", "period_to"),
    "participant": Field::Through(Through {
        table: "participant_count", back: "event_id", column: "organisation_id", target: Some("organisation"), only: None, records: true,
    }),
} by [Sort::date("start", "period_from"), Sort::TITLE]);

table!(event_session "event_session" {
    event_id: Uuid,
    number: i64,
    format: String,
    title: String,
    topic: String,
    date: Option<String>,
    counterparts: String,
});

impl Readable for EventSession {
    type Entity = event_session::Entity;
    type Row = event_session::Model;

    fn decode(row: event_session::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            event: get!(id, row.event_id),
            number: row.number,
            format: get!(coded, row.format),
            title: get!(json, row.title),
            topic: get!(json, row.topic),
            date: get!(date, row.date),
            counterparts: get!(json, row.counterparts),
        })
    }

    fn encode(&self) -> Self::Row {
        event_session::Model {
            event_id: self.event.uuid(),
            number: self.number,
            format: self.format.code().to_owned(),
            title: to_json(&self.title),
            topic: to_json(&self.topic),
            date: to_text(self.date),
            counterparts: to_json(&self.counterparts),
            ..event_session::Model::headed(self)
        }
    }
}

stored!(EventSession in event_session {
    "event": Field::Refers("event_id", "event"),
    "format": Field::Column("format"),
    "date": Field::Period("date", "date"),
} by [Sort::int("number", "number"), Sort::TITLE, Sort::date("date", "date")]);

table!(delegation "delegation" {
    event_id: Uuid,
    title: String,
    description: String,
    organiser_id: Option<Uuid>,
    programme_id: Option<Uuid>,
    agreement_id: Option<Uuid>,
    country: Option<String>,
    attended: String,
});

impl Readable for Delegation {
    type Entity = delegation::Entity;
    type Row = delegation::Model;

    fn decode(row: delegation::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            event: get!(id, row.event_id),
            title: get!(json, row.title),
            description: get!(json, row.description),
            organiser: get!(id_null, row.organiser_id),
            programme: get!(id_null, row.programme_id),
            agreement: get!(id_null, row.agreement_id),
            country: get!(text_null, row.country),
            attended: get!(json, row.attended),
        })
    }

    fn encode(&self) -> Self::Row {
        delegation::Model {
            event_id: self.event.uuid(),
            title: to_json(&self.title),
            description: to_json(&self.description),
            organiser_id: to_uuid(self.organiser),
            programme_id: to_uuid(self.programme),
            agreement_id: to_uuid(self.agreement),
            country: self.country.clone(),
            attended: to_json(&self.attended),
            ..delegation::Model::headed(self)
        }
    }
}

stored!(Delegation in delegation {
    "event": Field::Refers("event_id", "event"),
    "organiser": Field::Refers("organiser_id", "organisation"),
    "programme": Field::Refers("programme_id", "programme"),
    "agreement": Field::Refers("agreement_id", "agreement"),
    "country": Field::Column("country"),
} by [Sort::TITLE]);

table!(participant_count "participant_count" {
    event_id: Uuid,
    delegation_id: Option<Uuid>,
    session_id: Option<Uuid>,
    category: String,
    organisation_id: Option<Uuid>,
    women: Option<i64>,
    men: Option<i64>,
    total: Option<i64>,
});

impl Readable for ParticipantCount {
    type Entity = participant_count::Entity;
    type Row = participant_count::Model;

    fn decode(row: participant_count::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            event: get!(id, row.event_id),
            delegation: get!(id_null, row.delegation_id),
            session: get!(id_null, row.session_id),
            category: get!(coded, row.category),
            organisation: get!(id_null, row.organisation_id),
            women: row.women,
            men: row.men,
            total: row.total,
            withheld: false,
        })
    }

    fn encode(&self) -> Self::Row {
        participant_count::Model {
            event_id: self.event.uuid(),
            delegation_id: to_uuid(self.delegation),
            session_id: to_uuid(self.session),
            category: self.category.code().to_owned(),
            organisation_id: to_uuid(self.organisation),
            women: self.women,
            men: self.men,
            total: self.total,
            ..participant_count::Model::headed(self)
        }
    }
}

stored!(ParticipantCount in participant_count {
    "event": Field::Refers("event_id", "event"),
    "delegation": Field::Refers("delegation_id", "delegation"),
    "session": Field::Refers("session_id", "event_session"),
    "category": Field::Column("category"),
    "organisation": Field::Refers("organisation_id", "organisation"),
} by [Sort::people("total", "total")]);

table!(event_outcome "event_outcome" { event_id: Uuid, delegation_id: Option<Uuid>, kind: String, title: String });

impl Readable for EventOutcome {
    type Entity = event_outcome::Entity;
    type Row = event_outcome::Model;

    fn decode(row: event_outcome::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            event: get!(id, row.event_id),
            delegation: get!(id_null, row.delegation_id),
            kind: get!(coded, row.kind),
            title: get!(json, row.title),
        })
    }

    fn encode(&self) -> Self::Row {
        event_outcome::Model {
            event_id: self.event.uuid(),
            delegation_id: to_uuid(self.delegation),
            kind: self.kind.code().to_owned(),
            title: to_json(&self.title),
            ..event_outcome::Model::headed(self)
        }
    }
}

stored!(EventOutcome in event_outcome {
    "event": Field::Refers("event_id", "event"),
    "delegation": Field::Refers("delegation_id", "delegation"),
    "kind": Field::Column("kind"),
} by [Sort::TITLE]);
