//! Good practices and their replications.

use ketnoi_domain::{GoodPractice, Record, Replication};

use super::{stored, table};
use crate::{
    Field, Sort,
    codec::{Decoded, get, to_code, to_json, to_text, to_uuid},
    stored::{Readable, Through},
};

table!(good_practice "good_practice" {
    title: String,
    description: String,
    theme: Option<String>,
    authority_id: Option<Uuid>,
    programme_id: Option<Uuid>,
    since: Option<String>,
});

impl Readable for GoodPractice {
    type Entity = good_practice::Entity;
    type Row = good_practice::Model;

    fn decode(row: good_practice::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            title: get!(json, row.title),
            description: get!(json, row.description),
            theme: get!(coded_null, row.theme),
            authority: get!(id_null, row.authority_id),
            programme: get!(id_null, row.programme_id),
            since: get!(date, row.since),
        })
    }

    fn encode(&self) -> Self::Row {
        good_practice::Model {
            title: to_json(&self.title),
            description: to_json(&self.description),
            theme: to_code(self.theme),
            authority_id: to_uuid(self.authority),
            programme_id: to_uuid(self.programme),
            since: to_text(self.since),
            ..good_practice::Model::headed(self)
        }
    }
}

stored!(GoodPractice in good_practice {
    "theme": Field::Column("theme"),
    "authority": Field::Refers("authority_id", "local_authority"),
    "programme": Field::Refers("programme_id", "programme"),
    "pilot": Field::Through(Through {
        table: "replication", back: "practice_id", column: "authority_id", target: Some("local_authority"), only: None, records: true,
    }),
} by [Sort::TITLE, Sort::date("since", "since")]);

table!(replication "replication" {
    practice_id: Option<Uuid>,
    authority_id: Uuid,
    programme_id: Option<Uuid>,
    title: String,
    result: String,
    stages: String,
} found {
    stage: Option<String>,
    began: Option<String>,
    ended: Option<String>,
});

impl Readable for Replication {
    type Entity = replication::Entity;
    type Row = replication::Model;

    fn decode(row: replication::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            practice: get!(id_null, row.practice_id),
            authority: get!(id, row.authority_id),
            programme: get!(id_null, row.programme_id),
            title: get!(json, row.title),
            result: get!(json, row.result),
            stages: get!(json, row.stages),
        })
    }

    fn encode(&self) -> Self::Row {
        let when = self.when();
        replication::Model {
            practice_id: to_uuid(self.practice),
            authority_id: self.authority.uuid(),
            programme_id: to_uuid(self.programme),
            title: to_json(&self.title),
            result: to_json(&self.result),
            stages: to_json(&self.stages),
            stage: to_code(self.stage()),
            began: to_text(when.from),
            ended: to_text(when.to),
            ..replication::Model::headed(self)
        }
    }
}

stored!(Replication in replication {
    "practice": Field::Refers("practice_id", "good_practice"),
    "authority": Field::Refers("authority_id", "local_authority"),
    "programme": Field::Refers("programme_id", "programme"),
    "stage": Field::Column("stage"),
    "period": Field::Period("began", "ended"),
} by [Sort::TITLE, Sort::date("began", "began")]);
