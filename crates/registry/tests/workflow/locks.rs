//! Locked periods.

use ketnoi_domain::{Head, IndicatorPeriod, Money, Transaction};
use ketnoi_registry::{
    NewHead, Reading, Reference,
    UserErrorCode::{Invalid, State},
    import::ImportError,
};
use ketnoi_test_support::{TestDb, demo_files, on_both_databases, on_both_databases_with_demo, programme, transaction};

use crate::support::*;

#[tokio::test]
async fn a_locked_period_stands_as_it_is_until_an_administrator_unlocks_it() {
    on_both_databases(async |db: TestDb| {
        world(&db).await;
        let registry = db.registry();
        let waiting = propose(&db, &hue(), &[(WHOLE, 7)]).await.unwrap();
        assert!(is_forbidden(&lock(&db, &hue(), "P", "2025", "2025").await));
        let locked = lock(&db, &officer(), "P", "2025-01", "2025-12").await.unwrap();
        assert_eq!(refused(lock(&db, &officer(), "P", "2025", "2025").await), at(State, "from"));
        assert_eq!(refused(report(&db, WHOLE, 7).await), at(State, "actual"));
        assert_eq!(refused(propose(&db, &hue(), &[(WHOLE, 8)]).await), at(State, "actuals.0.value"));
        assert_eq!(refused(decide(&db, &officer(), &[(waiting[0], true)]).await), at(State, "decisions.0.actual"));
        let p = programme("P", "");
        let spent = |day: &str| {
            let day = day.parse().unwrap();
            move |_: &mut Reading, head: Head<Transaction>| Transaction {
                head,
                ..transaction(&programme("P", ""), "1", day, Money::from_minor(100, "USD".parse().unwrap()))
            }
        };
        let inside = registry.create::<Transaction>(&officer(), &NewHead::default(), spent("2025-12-31")).await;
        assert_eq!(refused(inside), at(State, "date"));
        registry.create::<Transaction>(&officer(), &NewHead::default(), spent("2026-01-01")).await.unwrap();
        // A target was not reached yet, and other periods are open.
        let retarget = |_: &mut Reading, record: &mut IndicatorPeriod| record.target = Some(number(30));
        registry.update::<IndicatorPeriod>(&officer(), &Reference::code(WHOLE), None, retarget).await.unwrap();
        propose(&db, &hue(), &[(BY_CITY, 5)]).await.unwrap();
        let seen = registry.session(hue().viewer).period_locks(&p).await.unwrap();
        assert_eq!((seen.len(), seen[0].reason.as_str()), (1, ""), "that it is locked, and not why");
        assert_eq!(db.stranger().period_locks(&p).await.unwrap(), []);

        assert!(is_forbidden(&registry.unlock_period(&officer(), locked, "sửa").await));
        assert_eq!(refused(registry.unlock_period(&administrator(), locked, "").await), at(Invalid, "reason"));
        registry.unlock_period(&administrator(), locked, "sửa số liệu").await.unwrap();
        assert_eq!(refused(registry.unlock_period(&administrator(), locked, "sửa").await), at(State, "id"));
        report(&db, WHOLE, 7).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_locked_is_neither_archived_nor_changed_by_an_import() {
    on_both_databases_with_demo(async |db: TestDb| {
        let code = "MINH-HOA-01";
        let found = db.administrator().require::<Transaction>("MINH-HOA-01:transaction:t-001").await.unwrap();
        let day = found.date.to_string();
        lock(&db, &officer(), code, &day, &day).await.unwrap();
        let which = Reference::id(found.head.id);
        assert_eq!(refused(db.registry().archive(&officer(), &which, None, "thử").await), at(State, "id"));
        let import = async |from: &str, to: &str| {
            let mut files = demo_files();
            for file in files.iter_mut().filter(|f| f.name == "illustrative/programme.toml") {
                assert!(file.text.contains(from), "{from}");
                file.text = file.text.replace(from, to);
            }
            db.registry().import(&officer().viewer, &files, true, &|_, _, _| ()).await
        };
        import("t-001", "t-001").await.unwrap();
        let Err(ImportError::Refused(problems)) = import("\"t-001\"", "\"t-909\"").await else { panic!("it is refused") };
        let told: Vec<(&str, bool)> = problems.iter().map(|p| (p.file.as_str(), p.line > 1)).collect();
        assert_eq!(told, [("illustrative/programme.toml", true), ("illustrative/programme.toml", true)], "{problems:?}");
        assert!(problems.iter().any(|p| p.message.contains("t-909")) && problems.iter().any(|p| p.message.contains("no longer")));
    })
    .await;
}
