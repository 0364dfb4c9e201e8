//! Agreements, budgets, transactions, rates and contributions in kind.

use ketnoi_domain::{Agreement, BudgetLine, Coded, ExchangeRate, InKindContribution, Transaction};

use super::{stored, table};
use crate::{
    Field, Sort,
    codec::{Decoded, get, get_money, period, to_code, to_json, to_money, to_money_null, to_text, to_uuid},
    stored::Readable,
};

table!(agreement "agreement" {
    programme_id: Uuid,
    funder_id: Uuid,
    recipient_id: Option<Uuid>,
    title: String,
    reference: Option<String>,
    signed: Option<String>,
    period_from: Option<String>,
    period_to: Option<String>,
    eligible_minor: Option<i64>,
    eligible_exact: Option<String>,
    eligible_currency: Option<String>,
    funder_share: Option<i64>,
    ceiling_minor: Option<i64>,
    ceiling_exact: Option<String>,
    ceiling_currency: Option<String>,
    rate_rule: Option<String>,
    instalments: String,
    amendments: String,
    reports_due: String,
});

impl Readable for Agreement {
    type Entity = agreement::Entity;
    type Row = agreement::Model;

    fn decode(row: agreement::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            programme: get!(id, row.programme_id),
            funder: get!(id, row.funder_id),
            recipient: get!(id_null, row.recipient_id),
            title: get!(json, row.title),
            reference: get!(text_null, row.reference),
            signed: get!(date, row.signed),
            period: period(get!(date, row.period_from), get!(date, row.period_to)),
            eligible_cost: get_money!(row.eligible_minor, row.eligible_exact, row.eligible_currency),
            funder_share: get!(share, row.funder_share),
            ceiling: get_money!(row.ceiling_minor, row.ceiling_exact, row.ceiling_currency),
            rate_rule: get!(coded_null, row.rate_rule),
            instalments: get!(json, row.instalments),
            amendments: get!(json, row.amendments),
            reports_due: get!(json, row.reports_due),
        })
    }

    fn encode(&self) -> Self::Row {
        let (eligible_minor, eligible_exact, eligible_currency) = to_money_null(self.eligible_cost);
        let (ceiling_minor, ceiling_exact, ceiling_currency) = to_money_null(self.ceiling);
        agreement::Model {
            programme_id: self.programme.uuid(),
            funder_id: self.funder.uuid(),
            recipient_id: to_uuid(self.recipient),
            title: to_json(&self.title),
            reference: self.reference.clone(),
            signed: to_text(self.signed),
            period_from: to_text(self.period.from),
            period_to: to_text(self.period.to),
            eligible_minor,
            eligible_exact,
            eligible_currency,
            funder_share: self.funder_share.map(ketnoi_domain::Percentage::millionths),
            ceiling_minor,
            ceiling_exact,
            ceiling_currency,
            rate_rule: to_code(self.rate_rule),
            instalments: to_json(&self.instalments),
            amendments: to_json(&self.amendments),
            reports_due: to_json(&self.reports_due),
            ..agreement::Model::headed(self)
        }
    }
}

stored!(Agreement in agreement {
    "programme": Field::Refers("programme_id", "programme"),
    "funder": Field::Refers("funder_id", "organisation"),
    "recipient": Field::Refers("recipient_id", "organisation"),
    "currency": Field::Column("ceiling_currency"),
    "period": Field::Period("period_from", "period_to"),
    "signed": Field::Period("signed", "signed"),
} by [Sort::date("signed", "signed"), Sort::int("ceiling", "ceiling_minor"), Sort::TITLE]);

table!(budget_line "budget_line" {
    programme_id: Uuid,
    agreement_id: Option<Uuid>,
    number: String,
    title: String,
    kind: String,
    status: String,
    period_from: Option<String>,
    period_to: Option<String>,
    value_minor: i64,
    value_exact: Option<String>,
    value_currency: String,
    eligible: bool,
    explanation: String,
    forecast_minor: Option<i64>,
    forecast_exact: Option<String>,
    forecast_currency: Option<String>,
});

impl Readable for BudgetLine {
    type Entity = budget_line::Entity;
    type Row = budget_line::Model;

    fn decode(row: budget_line::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            programme: get!(id, row.programme_id),
            agreement: get!(id_null, row.agreement_id),
            number: get!(text, row.number),
            title: get!(json, row.title),
            kind: get!(coded, row.kind),
            status: get!(coded, row.status),
            period: period(get!(date, row.period_from), get!(date, row.period_to)),
            value: get_money!(row.value_minor, row.value_exact, row.value_currency),
            eligible: row.eligible,
            explanation: get!(json, row.explanation),
            forecast: get_money!(row.forecast_minor, row.forecast_exact, row.forecast_currency),
        })
    }

    fn encode(&self) -> Self::Row {
        let (value_minor, value_exact, value_currency) = to_money(self.value);
        let (forecast_minor, forecast_exact, forecast_currency) = to_money_null(self.forecast);
        budget_line::Model {
            programme_id: self.programme.uuid(),
            agreement_id: to_uuid(self.agreement),
            number: self.number.clone(),
            title: to_json(&self.title),
            kind: self.kind.code().to_owned(),
            status: self.status.code().to_owned(),
            period_from: to_text(self.period.from),
            period_to: to_text(self.period.to),
            value_minor,
            value_exact,
            value_currency,
            eligible: self.eligible,
            explanation: to_json(&self.explanation),
            forecast_minor,
            forecast_exact,
            forecast_currency,
            ..budget_line::Model::headed(self)
        }
    }
}

stored!(BudgetLine in budget_line {
    "programme": Field::Refers("programme_id", "programme"),
    "agreement": Field::Refers("agreement_id", "agreement"),
    "currency": Field::Column("value_currency"),
    "kind": Field::Column("kind"),
    "eligible": Field::Column("eligible"),
    "period": Field::Period("period_from", "period_to"),
} by [Sort { name: "number", column: "number", kind: crate::SortKind::Text }, Sort::int("value", "value_minor"), Sort::TITLE]);

table!(transaction "transaction" {
    programme_id: Uuid,
    agreement_id: Option<Uuid>,
    budget_line_id: Option<Uuid>,
    kind: String,
    date: String,
    value_minor: i64,
    value_exact: Option<String>,
    value_currency: String,
    provider_id: Option<Uuid>,
    receiver_id: Option<Uuid>,
    description: String,
    voucher: Option<String>,
    document_id: Option<Uuid>,
});

impl Readable for Transaction {
    type Entity = transaction::Entity;
    type Row = transaction::Model;

    fn decode(row: transaction::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            programme: get!(id, row.programme_id),
            agreement: get!(id_null, row.agreement_id),
            budget_line: get!(id_null, row.budget_line_id),
            kind: get!(coded, row.kind),
            date: get!(day, row.date),
            value: get_money!(row.value_minor, row.value_exact, row.value_currency),
            provider: get!(id_null, row.provider_id),
            receiver: get!(id_null, row.receiver_id),
            description: get!(json, row.description),
            voucher: get!(text_null, row.voucher),
            document: get!(id_null, row.document_id),
        })
    }

    fn encode(&self) -> Self::Row {
        let (value_minor, value_exact, value_currency) = to_money(self.value);
        transaction::Model {
            programme_id: self.programme.uuid(),
            agreement_id: to_uuid(self.agreement),
            budget_line_id: to_uuid(self.budget_line),
            kind: self.kind.code().to_owned(),
            date: self.date.to_string(),
            value_minor,
            value_exact,
            value_currency,
            provider_id: to_uuid(self.provider),
            receiver_id: to_uuid(self.receiver),
            description: to_json(&self.description),
            voucher: self.voucher.clone(),
            document_id: to_uuid(self.document),
            ..transaction::Model::headed(self)
        }
    }
}

stored!(Transaction in transaction {
    "programme": Field::Refers("programme_id", "programme"),
    "agreement": Field::Refers("agreement_id", "agreement"),
    "provider": Field::Refers("provider_id", "organisation"),
    "receiver": Field::Refers("receiver_id", "organisation"),
    "kind": Field::Column("kind"),
    "currency": Field::Column("value_currency"),
    "date": Field::Period("date", "date"),
} by [Sort::day("date", "date"), Sort::int("value", "value_minor")]);

table!(exchange_rate "exchange_rate" { base: String, quote: String, date: String, rate: String, source: String });

impl Readable for ExchangeRate {
    type Entity = exchange_rate::Entity;
    type Row = exchange_rate::Model;

    fn decode(row: exchange_rate::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            base: get!(currency, row.base),
            quote: get!(currency, row.quote),
            date: get!(day, row.date),
            rate: get!(decimal, row.rate),
            source: get!(json, row.source),
        })
    }

    fn encode(&self) -> Self::Row {
        exchange_rate::Model {
            base: self.base.to_string(),
            quote: self.quote.to_string(),
            date: self.date.to_string(),
            rate: self.rate.to_string(),
            source: to_json(&self.source),
            ..exchange_rate::Model::headed(self)
        }
    }
}

stored!(ExchangeRate in exchange_rate {
    "base": Field::Column("base"),
    "quote": Field::Column("quote"),
    "date": Field::Period("date", "date"),
} by [Sort::day("date", "date")]);

table!(in_kind_contribution "in_kind_contribution" {
    programme_id: Uuid,
    contributor_id: Uuid,
    description: String,
    value_minor: Option<i64>,
    value_exact: Option<String>,
    value_currency: Option<String>,
    date: Option<String>,
    valuer: String,
    basis: String,
});

impl Readable for InKindContribution {
    type Entity = in_kind_contribution::Entity;
    type Row = in_kind_contribution::Model;

    fn decode(row: in_kind_contribution::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            programme: get!(id, row.programme_id),
            contributor: get!(id, row.contributor_id),
            description: get!(json, row.description),
            value: get_money!(row.value_minor, row.value_exact, row.value_currency),
            date: get!(date, row.date),
            valuer: get!(json, row.valuer),
            basis: get!(json, row.basis),
        })
    }

    fn encode(&self) -> Self::Row {
        let (value_minor, value_exact, value_currency) = to_money_null(self.value);
        in_kind_contribution::Model {
            programme_id: self.programme.uuid(),
            contributor_id: self.contributor.uuid(),
            description: to_json(&self.description),
            value_minor,
            value_exact,
            value_currency,
            date: to_text(self.date),
            valuer: to_json(&self.valuer),
            basis: to_json(&self.basis),
            ..in_kind_contribution::Model::headed(self)
        }
    }
}

stored!(InKindContribution in in_kind_contribution {
    "programme": Field::Refers("programme_id", "programme"),
    "contributor": Field::Refers("contributor_id", "organisation"),
    "date": Field::Period("date", "date"),
} by [Sort::date("date", "date"), Sort::int("value", "value_minor"), Sort::TITLE]);
