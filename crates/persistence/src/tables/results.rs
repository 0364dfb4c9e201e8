//! Results, their indicators, and targets and actuals by period.

use ketnoi_domain::{Coded, Indicator, IndicatorPeriod, Outcome};

use super::{stored, table};
use crate::{
    Field, Sort, SortKind,
    codec::{Decoded, get, period, to_json, to_text, to_uuid},
    stored::Readable,
};

const NUMBER: Sort = Sort { name: "number", column: "number", kind: SortKind::Text };

table!(result "result" {
    programme_id: Uuid,
    parent_id: Option<Uuid>,
    level: String,
    number: String,
    title: String,
    description: String,
    assumption: String,
});

impl Readable for Outcome {
    type Entity = result::Entity;
    type Row = result::Model;

    fn decode(row: result::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            programme: get!(id, row.programme_id),
            parent: get!(id_null, row.parent_id),
            level: get!(coded, row.level),
            number: get!(text, row.number),
            title: get!(json, row.title),
            description: get!(json, row.description),
            assumption: get!(json, row.assumption),
        })
    }

    fn encode(&self) -> Self::Row {
        result::Model {
            programme_id: self.programme.uuid(),
            parent_id: to_uuid(self.parent),
            level: self.level.code().to_owned(),
            number: self.number.clone(),
            title: to_json(&self.title),
            description: to_json(&self.description),
            assumption: to_json(&self.assumption),
            ..result::Model::headed(self)
        }
    }
}

stored!(Outcome in result {
    "programme": Field::Refers("programme_id", "programme"),
    "parent": Field::Refers("parent_id", "result"),
    "level": Field::Column("level"),
} by [NUMBER, Sort::TITLE]);

table!(indicator "indicator" {
    result_id: Uuid,
    number: String,
    title: String,
    measure: String,
    unit: String,
    cumulative: bool,
    ascending: bool,
    verification: String,
    baseline: Option<String>,
});

impl Readable for Indicator {
    type Entity = indicator::Entity;
    type Row = indicator::Model;

    fn decode(row: indicator::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            result: get!(id, row.result_id),
            number: get!(text, row.number),
            title: get!(json, row.title),
            measure: get!(coded, row.measure),
            unit: get!(json, row.unit),
            cumulative: row.cumulative,
            ascending: row.ascending,
            verification: get!(json, row.verification),
            baseline: get!(json_null, row.baseline),
        })
    }

    fn encode(&self) -> Self::Row {
        indicator::Model {
            result_id: self.result.uuid(),
            number: self.number.clone(),
            title: to_json(&self.title),
            measure: self.measure.code().to_owned(),
            unit: to_json(&self.unit),
            cumulative: self.cumulative,
            ascending: self.ascending,
            verification: to_json(&self.verification),
            baseline: self.baseline.as_ref().map(to_json),
            ..indicator::Model::headed(self)
        }
    }
}

stored!(Indicator in indicator {
    "result": Field::Refers("result_id", "result"),
    "measure": Field::Column("measure"),
} by [NUMBER, Sort::TITLE]);

table!(indicator_period "indicator_period" {
    indicator_id: Uuid,
    period_from: Option<String>,
    period_to: Option<String>,
    target: Option<String>,
    actual: Option<String>,
});

impl Readable for IndicatorPeriod {
    type Entity = indicator_period::Entity;
    type Row = indicator_period::Model;

    fn decode(row: indicator_period::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            indicator: get!(id, row.indicator_id),
            period: period(get!(date, row.period_from), get!(date, row.period_to)),
            target: get!(json_null, row.target),
            actual: get!(json_null, row.actual),
        })
    }

    fn encode(&self) -> Self::Row {
        indicator_period::Model {
            indicator_id: self.indicator.uuid(),
            period_from: to_text(self.period.from),
            period_to: to_text(self.period.to),
            target: self.target.as_ref().map(to_json),
            actual: self.actual.as_ref().map(to_json),
            ..indicator_period::Model::headed(self)
        }
    }
}

stored!(IndicatorPeriod in indicator_period {
    "indicator": Field::Refers("indicator_id", "indicator"),
    "period": Field::Period("period_from", "period_to"),
} by [Sort::date("start", "period_from")]);
