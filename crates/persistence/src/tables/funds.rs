//! Funds, the communities that they serve, and who belongs to what.

use ketnoi_domain::{Community, Fund, HousingProject, Membership, SavingsGroup, SmallGrant};

use super::{stored, table};
use crate::{
    Field, Sort,
    codec::{Decoded, get, get_money, period, to_code, to_json, to_money_null, to_text, to_uuid},
    stored::Readable,
};

table!(fund "fund" {
    name: String,
    description: String,
    manager_id: Option<Uuid>,
    programme_id: Option<Uuid>,
    since: Option<String>,
});

impl Readable for Fund {
    type Entity = fund::Entity;
    type Row = fund::Model;

    fn decode(row: fund::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            name: get!(json, row.name),
            description: get!(json, row.description),
            manager: get!(id_null, row.manager_id),
            programme: get!(id_null, row.programme_id),
            since: get!(date, row.since),
        })
    }

    fn encode(&self) -> Self::Row {
        fund::Model {
            name: to_json(&self.name),
            description: to_json(&self.description),
            manager_id: to_uuid(self.manager),
            programme_id: to_uuid(self.programme),
            since: to_text(self.since),
            ..fund::Model::headed(self)
        }
    }
}

stored!(Fund in fund {
    "manager": Field::Refers("manager_id", "organisation"),
    "programme": Field::Refers("programme_id", "programme"),
} by [Sort::TITLE, Sort::date("since", "since")]);

table!(community "community" { fund_id: Uuid, authority_id: Uuid, name: String, households: Option<i64> });

impl Readable for Community {
    type Entity = community::Entity;
    type Row = community::Model;

    fn decode(row: community::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            fund: get!(id, row.fund_id),
            authority: get!(id, row.authority_id),
            name: get!(json, row.name),
            households: row.households,
        })
    }

    fn encode(&self) -> Self::Row {
        community::Model {
            fund_id: self.fund.uuid(),
            authority_id: self.authority.uuid(),
            name: to_json(&self.name),
            households: self.households,
            ..community::Model::headed(self)
        }
    }
}

stored!(Community in community {
    "fund": Field::Refers("fund_id", "fund"),
    "authority": Field::Refers("authority_id", "local_authority"),
} by [Sort::TITLE, Sort::int("households", "households")]);

table!(savings_group "savings_group" {
    community_id: Uuid,
    name: String,
    since: Option<String>,
    members: Option<i64>,
    women: Option<i64>,
    savings_minor: Option<i64>,
    savings_exact: Option<String>,
    savings_currency: Option<String>,
});

impl Readable for SavingsGroup {
    type Entity = savings_group::Entity;
    type Row = savings_group::Model;

    fn decode(row: savings_group::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            community: get!(id, row.community_id),
            name: get!(json, row.name),
            since: get!(date, row.since),
            members: row.members,
            women: row.women,
            savings: get_money!(row.savings_minor, row.savings_exact, row.savings_currency),
            withheld: false,
        })
    }

    fn encode(&self) -> Self::Row {
        let (savings_minor, savings_exact, savings_currency) = to_money_null(self.savings);
        savings_group::Model {
            community_id: self.community.uuid(),
            name: to_json(&self.name),
            since: to_text(self.since),
            members: self.members,
            women: self.women,
            savings_minor,
            savings_exact,
            savings_currency,
            ..savings_group::Model::headed(self)
        }
    }
}

stored!(SavingsGroup in savings_group {
    "community": Field::Refers("community_id", "community"),
} by [Sort::TITLE, Sort::people("members", "members"), Sort::int("savings", "savings_minor")]);

table!(small_grant "small_grant" {
    fund_id: Uuid,
    authority_id: Uuid,
    community_id: Option<Uuid>,
    title: String,
    value_minor: Option<i64>,
    value_exact: Option<String>,
    value_currency: Option<String>,
    granted: Option<String>,
    status: Option<String>,
});

impl Readable for SmallGrant {
    type Entity = small_grant::Entity;
    type Row = small_grant::Model;

    fn decode(row: small_grant::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            fund: get!(id, row.fund_id),
            authority: get!(id, row.authority_id),
            community: get!(id_null, row.community_id),
            title: get!(json, row.title),
            value: get_money!(row.value_minor, row.value_exact, row.value_currency),
            granted: get!(date, row.granted),
            status: get!(coded_null, row.status),
        })
    }

    fn encode(&self) -> Self::Row {
        let (value_minor, value_exact, value_currency) = to_money_null(self.value);
        small_grant::Model {
            fund_id: self.fund.uuid(),
            authority_id: self.authority.uuid(),
            community_id: to_uuid(self.community),
            title: to_json(&self.title),
            value_minor,
            value_exact,
            value_currency,
            granted: to_text(self.granted),
            status: to_code(self.status),
            ..small_grant::Model::headed(self)
        }
    }
}

stored!(SmallGrant in small_grant {
    "fund": Field::Refers("fund_id", "fund"),
    "authority": Field::Refers("authority_id", "local_authority"),
    "community": Field::Refers("community_id", "community"),
    "status": Field::Column("status"),
    "granted": Field::Period("granted", "granted"),
} by [Sort::TITLE, Sort::date("granted", "granted"), Sort::int("value", "value_minor")]);

table!(housing_project "housing_project" {
    fund_id: Uuid,
    authority_id: Uuid,
    programme_id: Option<Uuid>,
    title: String,
    households: Option<i64>,
    value_minor: Option<i64>,
    value_exact: Option<String>,
    value_currency: Option<String>,
    period_from: Option<String>,
    period_to: Option<String>,
    status: Option<String>,
});

impl Readable for HousingProject {
    type Entity = housing_project::Entity;
    type Row = housing_project::Model;

    fn decode(row: housing_project::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            fund: get!(id, row.fund_id),
            authority: get!(id, row.authority_id),
            programme: get!(id_null, row.programme_id),
            title: get!(json, row.title),
            households: row.households,
            value: get_money!(row.value_minor, row.value_exact, row.value_currency),
            period: period(get!(date, row.period_from), get!(date, row.period_to)),
            status: get!(coded_null, row.status),
        })
    }

    fn encode(&self) -> Self::Row {
        let (value_minor, value_exact, value_currency) = to_money_null(self.value);
        housing_project::Model {
            fund_id: self.fund.uuid(),
            authority_id: self.authority.uuid(),
            programme_id: to_uuid(self.programme),
            title: to_json(&self.title),
            households: self.households,
            value_minor,
            value_exact,
            value_currency,
            period_from: to_text(self.period.from),
            period_to: to_text(self.period.to),
            status: to_code(self.status),
            ..housing_project::Model::headed(self)
        }
    }
}

stored!(HousingProject in housing_project {
    "fund": Field::Refers("fund_id", "fund"),
    "authority": Field::Refers("authority_id", "local_authority"),
    "programme": Field::Refers("programme_id", "programme"),
    "status": Field::Column("status"),
    "period": Field::Period("period_from", "period_to"),
} by [Sort::TITLE, Sort::date("start", "period_from"), Sort::int("households", "households")]);

table!(membership "membership" {
    organisation_id: Option<Uuid>,
    authority_id: Option<Uuid>,
    network_id: Option<Uuid>,
    cluster_id: Option<Uuid>,
    fund_id: Option<Uuid>,
    period_from: Option<String>,
    period_to: Option<String>,
    note: String,
});

impl Readable for Membership {
    type Entity = membership::Entity;
    type Row = membership::Model;

    fn decode(row: membership::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            organisation: get!(id_null, row.organisation_id),
            authority: get!(id_null, row.authority_id),
            network: get!(id_null, row.network_id),
            cluster: get!(id_null, row.cluster_id),
            fund: get!(id_null, row.fund_id),
            period: period(get!(date, row.period_from), get!(date, row.period_to)),
            note: get!(json, row.note),
        })
    }

    fn encode(&self) -> Self::Row {
        membership::Model {
            organisation_id: to_uuid(self.organisation),
            authority_id: to_uuid(self.authority),
            network_id: to_uuid(self.network),
            cluster_id: to_uuid(self.cluster),
            fund_id: to_uuid(self.fund),
            period_from: to_text(self.period.from),
            period_to: to_text(self.period.to),
            note: to_json(&self.note),
            ..membership::Model::headed(self)
        }
    }
}

stored!(Membership in membership {
    "organisation": Field::Refers("organisation_id", "organisation"),
    "authority": Field::Refers("authority_id", "local_authority"),
    "network": Field::Refers("network_id", "organisation"),
    "cluster": Field::Refers("cluster_id", "cluster"),
    "fund": Field::Refers("fund_id", "fund"),
    "period": Field::Period("period_from", "period_to"),
} by [Sort::date("start", "period_from")]);
