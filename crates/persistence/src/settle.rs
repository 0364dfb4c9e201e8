//! Who may see a record in truth: the narrowest of its own setting and that of all it belongs to. When something that
//! others belong to changes, they are settled anew in the same transaction, whichever file or person wrote them.

use ketnoi_domain::Kind;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, Statement,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use crate::{Error, search};

/// A table whose records belong to others, and through which columns: (column, table of the owner).
type Belongs = (Kind, &'static str, &'static [(&'static str, &'static str)]);

/// Owners come before what belongs to them, so one pass settles all but a tree within one table.
const BELONGS: &[Belongs] = &[
    (Kind::Programme, "programme", &[("parent_id", "programme")]),
    (Kind::Participation, "participation", &[("programme_id", "programme"), ("organisation_id", "organisation")]),
    (Kind::Agreement, "agreement", &[("programme_id", "programme"), ("funder_id", "organisation")]),
    (Kind::BudgetLine, "budget_line", &[("programme_id", "programme")]),
    (Kind::Transaction, "transaction", &[("programme_id", "programme")]),
    (Kind::InKindContribution, "in_kind_contribution", &[("programme_id", "programme")]),
    (Kind::Outcome, "result", &[("programme_id", "programme")]),
    (Kind::Indicator, "indicator", &[("result_id", "result")]),
    (Kind::IndicatorPeriod, "indicator_period", &[("indicator_id", "indicator")]),
    (Kind::Risk, "risk", &[("programme_id", "programme")]),
    (Kind::Narrative, "narrative", &[("programme_id", "programme")]),
    (Kind::Community, "community", &[("fund_id", "fund")]),
    (Kind::SavingsGroup, "savings_group", &[("community_id", "community")]),
    (Kind::SmallGrant, "small_grant", &[("fund_id", "fund")]),
    (Kind::HousingProject, "housing_project", &[("fund_id", "fund")]),
    (
        Kind::Membership,
        "membership",
        &[
            ("organisation_id", "organisation"),
            ("authority_id", "local_authority"),
            ("network_id", "organisation"),
            ("cluster_id", "cluster"),
            ("fund_id", "fund"),
        ],
    ),
    (Kind::EventSession, "event_session", &[("event_id", "event")]),
    (Kind::Delegation, "delegation", &[("event_id", "event")]),
    (
        Kind::ParticipantCount,
        "participant_count",
        &[("event_id", "event"), ("delegation_id", "delegation"), ("organisation_id", "organisation")],
    ),
    (Kind::EventOutcome, "event_outcome", &[("event_id", "event"), ("delegation_id", "delegation")]),
    (Kind::RoadMapStep, "road_map_step", &[("road_map_id", "road_map")]),
    (Kind::AdvocacyAction, "advocacy_action", &[("recommendation_id", "recommendation")]),
    (Kind::DialogueOption, "dialogue_option", &[("dialogue_id", "dialogue"), ("recommendation_id", "recommendation")]),
    (Kind::DialogueCluster, "dialogue_cluster", &[("dialogue_id", "dialogue"), ("cluster_id", "cluster")]),
    (Kind::Ballot, "ballot", &[("dialogue_id", "dialogue"), ("cluster_id", "cluster")]),
    (Kind::PartnershipParty, "partnership_party", &[("partnership_id", "partnership"), ("authority_id", "local_authority")]),
    (Kind::CooperationAgreement, "cooperation_agreement", &[("partnership_id", "partnership")]),
    (Kind::PublicRole, "public_role", &[("person_id", "person"), ("document_id", "document")]),
    (Kind::Statement, "statement", STATED),
    (Kind::StatedFigure, "stated_figure", STATED),
];

/// What sources say belongs to its document, and to a record of any of the kinds that sources speak of.
const STATED: &[(&str, &str)] = &[
    ("document_id", "document"),
    ("subject_id", "organisation"),
    ("subject_id", "local_authority"),
    ("subject_id", "cluster"),
    ("subject_id", "programme"),
    ("subject_id", "participation"),
    ("subject_id", "agreement"),
    ("subject_id", "narrative"),
    ("subject_id", "membership"),
    ("subject_id", "fund"),
    ("subject_id", "event_series"),
    ("subject_id", "event"),
    ("subject_id", "event_session"),
    ("subject_id", "delegation"),
    ("subject_id", "participant_count"),
    ("subject_id", "event_outcome"),
    ("subject_id", "good_practice"),
    ("subject_id", "replication"),
    ("subject_id", "recommendation"),
    ("subject_id", "advocacy_action"),
    ("subject_id", "road_map"),
    ("subject_id", "dialogue"),
    ("subject_id", "dialogue_cluster"),
    ("subject_id", "partnership"),
    ("subject_id", "cooperation_agreement"),
    ("subject_id", "news_item"),
    ("subject_id", "person"),
];

/// Settles everything; gives what changed.
pub(crate) async fn settle(transaction: &DatabaseTransaction) -> Result<Vec<(Kind, Uuid)>, Error> {
    let mut changed = Vec::new();
    for (kind, table, owners) in BELONGS {
        // A tree settles one level a round; a table without a tree is done after the first.
        loop {
            let moved = settle_table(transaction, table, owners).await?;
            let again = !moved.is_empty() && owners.iter().any(|(_, owner)| owner == table);
            changed.extend(moved.into_iter().map(|id| (*kind, id)));
            if !again {
                break;
            }
        }
    }
    Ok(changed)
}

async fn settle_table(transaction: &DatabaseTransaction, table: &str, owners: &[(&str, &str)]) -> Result<Vec<Uuid>, Error> {
    let own = r#"SELECT "t"."visibility" AS "level""#.to_owned();
    let parts = owners.iter().map(|(column, owner)| format!(r#"SELECT "effective" FROM "{owner}" WHERE "id" = "t"."{column}""#));
    let all: Vec<String> = std::iter::once(own).chain(parts).collect();
    let narrowest = format!(r#"(SELECT MIN("level") FROM ({}) AS "levels")"#, all.join(" UNION ALL "));
    let find =
        format!(r#"SELECT "t"."id" AS "id", {narrowest} AS "level" FROM "{table}" AS "t" WHERE "t"."effective" <> {narrowest}"#);
    let backend = transaction.get_database_backend();
    let rows = transaction.query_all_raw(Statement::from_string(backend, find)).await?;
    let mut moved = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, level): (Uuid, i64) = (row.try_get("", "id")?, row.try_get("", "level")?);
        let update =
            Query::update().table(table.to_owned()).value("effective", level).and_where(Expr::col("id").eq(id)).to_owned();
        transaction.execute(&update).await?;
        search::settle(transaction, id, level).await?;
        moved.push(id);
    }
    Ok(moved)
}
