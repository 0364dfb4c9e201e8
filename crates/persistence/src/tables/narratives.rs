//! What programmes tell in words.

use ketnoi_domain::{Coded, Narrative};

use super::{stored, table};
use crate::{
    Field, Sort,
    codec::{Decoded, get, period, to_json, to_text},
    stored::Readable,
};

table!(narrative "narrative" {
    programme_id: Uuid,
    section: String,
    period_from: Option<String>,
    period_to: Option<String>,
    text: String,
});

impl Readable for Narrative {
    type Entity = narrative::Entity;
    type Row = narrative::Model;

    fn decode(row: narrative::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            programme: get!(id, row.programme_id),
            section: get!(coded, row.section),
            period: period(get!(date, row.period_from), get!(date, row.period_to)),
            text: get!(json, row.text),
        })
    }

    fn encode(&self) -> Self::Row {
        narrative::Model {
            programme_id: self.programme.uuid(),
            section: self.section.code().to_owned(),
            period_from: to_text(self.period.from),
            period_to: to_text(self.period.to),
            text: to_json(&self.text),
            ..narrative::Model::headed(self)
        }
    }
}

stored!(Narrative in narrative {
    "programme": Field::Refers("programme_id", "programme"),
    "section": Field::Column("section"),
    "period": Field::Period("period_from", "period_to"),
} by [Sort::date("start", "period_from")]);
