//! Every filter and every order of every kind runs on both databases and finds the same.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use std::collections::HashMap;

use ketnoi_domain::{
    AdvocacyAction, Agreement, Ballot, BudgetLine, Cluster, Community, CooperationAgreement, Delegation, Dialogue,
    DialogueCluster, DialogueOption, Document, Event, EventOutcome, EventSeries, EventSession, ExchangeRate, Fund, GoodPractice,
    HousingProject, InKindContribution, Indicator, IndicatorPeriod, LocalAuthority, Membership, Narrative, NewsItem,
    Organisation, Outcome, ParticipantCount, Participation, Partnership, PartnershipParty, Person, Programme, PublicRole,
    Recommendation, Record, Replication, Risk, RoadMap, RoadMapStep, SavingsGroup, SmallGrant, StatedFigure, Statement,
    Transaction, Viewer,
    query::{Filter, Order, Page, Scalar, Scope, Test},
};
use ketnoi_persistence::{Error, Field, Stored, count, page};
use ketnoi_test_support::{On, TestDb, on_both_databases_with_demo};

/// The types of a table's columns, in lower case.
async fn types(db: &TestDb, table: &str) -> HashMap<String, String> {
    let sql = match db.on() {
        On::Sqlite => format!("SELECT name, type FROM pragma_table_info('{table}')"),
        On::Postgres => format!("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = '{table}'"),
    };
    db.sql(&sql).await.into_iter().map(|row| (row[0].clone(), row[1].to_lowercase())).collect()
}

/// Up to three values that stand in a column of the table, and one that does not.
async fn values(db: &TestDb, table: &str, column: &str) -> Vec<Scalar> {
    let types = types(db, table).await;
    let kind = types.get(column).unwrap_or_else(|| panic!("{table} has no column {column}")).clone();
    let own =
        db.sql(&format!("SELECT DISTINCT \"{column}\" FROM \"{table}\" WHERE \"{column}\" IS NOT NULL ORDER BY 1 LIMIT 3")).await;
    let own = own.into_iter().map(|mut row| row.remove(0));
    match kind.as_str() {
        "boolean" => vec![Scalar::Bool(true), Scalar::Bool(false)],
        "bigint" | "integer" => own.filter_map(|n| n.parse().ok()).map(Scalar::Int).chain([Scalar::Int(-1)]).collect(),
        "uuid" | "uuid_text" => {
            own.filter_map(|id| id.parse().ok()).map(Scalar::Id).chain([Scalar::Id(uuid::Uuid::nil())]).collect()
        }
        _ => own.map(Scalar::Text).chain([Scalar::Text("không có".into())]).collect(),
    }
}

/// References by the codes of two records of a table and of one that is nowhere, as far around them as each scope reaches.
async fn references(db: &TestDb, target: &str) -> Vec<Test> {
    let codes =
        db.sql(&format!("SELECT code FROM \"{target}\" ORDER BY code LIMIT 2")).await.into_iter().map(|mut row| row.remove(0));
    let codes: Vec<String> = codes.chain(["NOBODY".into()]).collect();
    [Scope::Itself, Scope::Succession, Scope::Family].map(|scope| Test::Refers { codes: codes.clone(), scope }).into()
}

/// Every test that a field takes.
async fn tests_of(db: &TestDb, table: &str, field: &Field) -> Vec<Test> {
    let mut tests = Vec::new();
    match field {
        Field::Column(column) | Field::Refers(column, _) => {
            let values = values(db, table, column).await;
            tests.extend([Test::In(Vec::new()), Test::In(values[..1].to_vec()), Test::In(values)]);
            tests.extend([Test::IsUnknown(true), Test::IsUnknown(false)]);
            if let Field::Refers(_, target) = field {
                tests.extend(references(db, target).await);
            }
        }
        Field::Period(..) => {
            for (from, to) in [("", ""), ("2010", ""), ("", "2012-03"), ("2010-08-02", "2015"), ("2024", "2023")] {
                tests.push(Test::Overlaps { from: from.parse().ok(), to: to.parse().ok() });
            }
            tests.extend([Test::IsUnknown(true), Test::IsUnknown(false)]);
        }
        Field::Through(through) => {
            let values = values(db, through.table, through.column).await;
            tests.extend([Test::In(Vec::new()), Test::In(values), Test::IsUnknown(true), Test::IsUnknown(false)]);
            if let Some(target) = through.target {
                tests.extend(references(db, target).await);
            }
        }
        Field::Search => tests.extend(["vinh", "do thi", "%", ""].map(|text| Test::Matches(text.into()))),
    }
    tests
}

/// Runs every filter and every order of a kind; gives what each finds.
async fn run<T: Stored>(db: &TestDb) -> Vec<String> {
    let (reader, viewer) = (db.store().reader(), Viewer::LocalAdministrator);
    let total = count::<T>(reader, &viewer, &Filter::all()).await.unwrap();
    assert!(total > 0, "the demonstration registry has every kind, {:?} too", T::KIND);
    let mut all = vec![format!("{:?}: {total}", T::KIND)];
    let by_code = Order { by: "code", descending: false };
    for (name, field) in T::FIELDS {
        for test in tests_of(db, T::TABLE, field).await {
            let filter = Filter::Field(name, test.clone());
            let what = format!("{:?} {name} {test:?}", T::KIND);
            let found =
                page::<T>(reader, &viewer, &filter, by_code, &Page::first(5)).await.unwrap_or_else(|e| panic!("{what}: {e}"));
            let holds = count::<T>(reader, &viewer, &filter).await.unwrap();
            let denied = count::<T>(reader, &viewer, &Filter::Not(Box::new(filter.clone()))).await.unwrap();
            assert_eq!(found.rows.len() as i64, holds.min(5), "{what}");
            assert!(holds + denied <= total, "{what}: nothing both passes and does not");
            if matches!(test, Test::IsUnknown(_)) {
                assert_eq!(holds + denied, total, "{what}: whether something is known is always known");
            }
            let either = Filter::Or(vec![filter.clone(), Filter::is_in("code", [])]);
            assert_eq!(count::<T>(reader, &viewer, &either).await.unwrap(), holds, "{what}");
            assert_eq!(count::<T>(reader, &viewer, &Filter::all().and(filter)).await.unwrap(), holds, "{what}");
            let codes: Vec<&str> = found.rows.iter().map(|(_, r)| r.head().code.as_str()).collect();
            all.push(format!("{what}: {holds}, not {denied}: {codes:?}"));
        }
    }
    for sort in T::SORTS {
        for descending in [false, true] {
            let order = Order { by: sort.name, descending };
            let first = page::<T>(reader, &viewer, &Filter::all(), order, &Page::first(7)).await.unwrap();
            let after = first.rows.last().map(|(p, _)| p.clone());
            let next = page::<T>(reader, &viewer, &Filter::all(), order, &Page { after, ..Page::first(7) }).await.unwrap();
            let codes: Vec<&str> = first.rows.iter().chain(&next.rows).map(|(_, r)| r.head().code.as_str()).collect();
            all.push(format!("{:?} by {order:?}: {codes:?}", T::KIND));
        }
    }
    let wrong = Filter::Field("no such field", Test::IsUnknown(true));
    assert!(matches!(count::<T>(reader, &viewer, &wrong).await, Err(Error::NoSuchField { .. })));
    let wrong = Filter::Field("search", Test::IsUnknown(true));
    assert!(
        matches!(count::<T>(reader, &viewer, &wrong).await, Err(Error::NoSuchField { .. })),
        "a field has only its own tests"
    );
    all
}

#[tokio::test]
async fn every_filter_and_every_order_of_every_kind_finds_the_same_on_both_databases() {
    on_both_databases_with_demo(async |db: TestDb| {
        let mut all = Vec::new();
        macro_rules! every_kind {
            ($($kind:ty),+ $(,)?) => {{
                $(all.extend(run::<$kind>(&db).await);)+
                let run = [$(<$kind as Record>::KIND),+];
                assert!(<ketnoi_domain::Kind as ketnoi_domain::Coded>::ALL.iter().all(|k| run.contains(k)), "a kind is not among those tested");
            }};
        }
        every_kind!(
            Organisation, LocalAuthority, Cluster, Membership, Programme, Participation, Agreement, BudgetLine, Transaction, ExchangeRate,
            InKindContribution, Outcome, Indicator, IndicatorPeriod, Fund, Community, SavingsGroup, SmallGrant, HousingProject, Document, Risk,
            Narrative, StatedFigure, Statement, EventSeries, Event, EventSession, Delegation, ParticipantCount, EventOutcome, GoodPractice, Replication,
            Recommendation, RoadMap, RoadMapStep, AdvocacyAction, Dialogue, DialogueOption, DialogueCluster, Ballot, Partnership,
            PartnershipParty, CooperationAgreement, NewsItem, Person, PublicRole,
        );
        all
    })
    .await;
}
