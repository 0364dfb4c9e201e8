use ketnoi_domain::Kind;

/// The table of a kind, and to whose records its own belong: (column, table of the owner).
pub(crate) type Belongs = (Kind, &'static str, &'static [(&'static str, &'static str)]);

/// Every kind. Owners come before what belongs to them, so one pass settles all but a tree within one table.
pub(crate) const BELONGS: &[Belongs] = &[
    (Kind::Organisation, "organisation", &[]),
    (Kind::LocalAuthority, "local_authority", &[]),
    (Kind::Cluster, "cluster", &[]),
    (Kind::ExchangeRate, "exchange_rate", &[]),
    (Kind::Document, "document", &[]),
    (Kind::Fund, "fund", &[]),
    (Kind::EventSeries, "event_series", &[]),
    (Kind::Event, "event", &[]),
    (Kind::GoodPractice, "good_practice", &[]),
    (Kind::Replication, "replication", &[]),
    (Kind::Recommendation, "recommendation", &[]),
    (Kind::RoadMap, "road_map", &[]),
    (Kind::Dialogue, "dialogue", &[]),
    (Kind::Partnership, "partnership", &[]),
    (Kind::NewsItem, "news_item", &[]),
    (Kind::Person, "person", &[]),
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

/// The column by which what sources say points at what they speak of, of whatever kind. No foreign key stands behind it: what
/// it points at may come later.
pub(super) const SUBJECT: &str = "subject_id";

/// What sources say belongs to its document, and to a record of any of the kinds that sources speak of.
const STATED: &[(&str, &str)] = &[
    ("document_id", "document"),
    (SUBJECT, "organisation"),
    (SUBJECT, "local_authority"),
    (SUBJECT, "cluster"),
    (SUBJECT, "programme"),
    (SUBJECT, "participation"),
    (SUBJECT, "agreement"),
    (SUBJECT, "narrative"),
    (SUBJECT, "membership"),
    (SUBJECT, "fund"),
    (SUBJECT, "event_series"),
    (SUBJECT, "event"),
    (SUBJECT, "event_session"),
    (SUBJECT, "delegation"),
    (SUBJECT, "participant_count"),
    (SUBJECT, "event_outcome"),
    (SUBJECT, "good_practice"),
    (SUBJECT, "replication"),
    (SUBJECT, "recommendation"),
    (SUBJECT, "advocacy_action"),
    (SUBJECT, "road_map"),
    (SUBJECT, "dialogue"),
    (SUBJECT, "dialogue_cluster"),
    (SUBJECT, "partnership"),
    (SUBJECT, "cooperation_agreement"),
    (SUBJECT, "news_item"),
    (SUBJECT, "person"),
];

/// Whether sources speak of records of a kind.
pub(super) fn is_spoken_of(kind: Kind) -> bool {
    let table = table_of(kind);
    STATED.iter().any(|(column, owner)| *column == SUBJECT && *owner == table)
}

/// The table that keeps the records of a kind.
pub(crate) fn table_of(kind: Kind) -> &'static str {
    let known = BELONGS.iter().find(|(of, ..)| *of == kind).map(|(_, table, _)| *table);
    known.unwrap_or_else(|| ketnoi_domain::Coded::name(kind))
}

#[cfg(test)]
mod tests {
    use ketnoi_domain::Coded;

    use super::*;

    #[test]
    fn every_kind_is_settled_once_and_after_all_it_belongs_to() {
        assert_eq!(BELONGS.len(), Kind::ALL.len());
        for (at, (kind, table, owners)) in BELONGS.iter().enumerate() {
            assert_eq!(BELONGS.iter().filter(|(k, t, _)| k == kind || t == table).count(), 1, "{table}");
            for (_, owner) in *owners {
                let place = BELONGS.iter().position(|(_, t, _)| t == owner).unwrap();
                assert!(place < at || owner == table, "{table} is settled before {owner}");
            }
        }
    }

    #[test]
    fn the_tables_are_those_of_the_kinds() {
        macro_rules! check {
            ($($kind:ident),+) => { $(
                let kind = <ketnoi_domain::$kind as ketnoi_domain::Record>::KIND;
                assert_eq!(table_of(kind), <ketnoi_domain::$kind as crate::Stored>::TABLE);
            )+ };
        }
        crate::tables::every_kind!(check);
    }
}
