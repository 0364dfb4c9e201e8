//! What other tests rely on: databases of their own, the same ids and instants each time, records that break no rule.

use ketnoi_domain::{Organisation, Programme, Record, query::Filter};
use ketnoi_test_support::{
    FUNDERS, NOW, TestDb, demo_files, fixed_clock, on_both_databases, on_both_databases_with_demo, programmes,
};

#[tokio::test]
async fn every_test_has_a_database_of_its_own() {
    on_both_databases(async |db: TestDb| {
        let other = TestDb::empty(db.on()).await;
        other.put(&programmes(3)).await;
        assert_eq!(db.stranger().count::<Programme>(&Filter::all()).await.unwrap(), 0);
        assert_eq!(other.stranger().count::<Programme>(&Filter::all()).await.unwrap(), 3);
        let where_it_was = other.database().clone();
        drop(other);
        if let ketnoi_persistence::Database::Sqlite { path } = where_it_was {
            assert!(!std::path::Path::new(&path).exists());
        }
    })
    .await;
}

#[tokio::test]
async fn the_demonstration_registry_is_there_at_its_first_revision() {
    on_both_databases_with_demo(async |db: TestDb| {
        assert_eq!(db.stranger().revision().await.unwrap(), 1);
        let acvn: Organisation = db.stranger().require("ACVN").await.unwrap();
        acvn.head.code.to_string()
    })
    .await;
}

#[test]
fn the_demonstration_files_are_named_from_the_folder_data() {
    let files = demo_files();
    assert!(files.iter().any(|f| f.name == "acvn/programmes/mped.toml"));
    assert!(files.iter().any(|f| f.name == "illustrative/programme.toml"));
}

#[test]
fn a_fixed_clock_tells_the_same_instant_and_counts_its_ids() {
    let (clock, again) = (fixed_clock(), fixed_clock());
    assert_eq!(clock.now(), NOW);
    let ids = [clock.new_id(), clock.new_id()];
    assert_eq!(ids, [again.new_id(), again.new_id()]);
    assert!(ids[0] < ids[1] && ids[0].get_version_num() == 7);
}

#[test]
fn records_in_bulk_break_no_rule_and_hold_what_is_hard() {
    let bulk = programmes(100);
    assert_eq!((bulk.organisations.len(), bulk.programmes.len(), bulk.participations.len()), (FUNDERS, 100, 300));
    assert!(
        bulk.programmes.iter().all(|p| p.faults().0.is_empty()) && bulk.participations.iter().all(|p| p.faults().0.is_empty())
    );
    assert!(bulk.programmes.iter().any(|p| p.start().is_none()) && bulk.programmes.iter().any(|p| p.end().is_none()));
    let mut titles: Vec<String> = bulk.programmes.iter().map(|p| p.title.to_string()).collect();
    titles.sort();
    assert!(titles.windows(2).any(|w| w[0] == w[1]));
    assert!(
        bulk.participations.chunks(3).all(|c| c[0].organisation != c[1].organisation && c[1].organisation != c[2].organisation)
    );
    assert_eq!(programmes(5).programmes, bulk.programmes[..5]);
}
