//! What an import changes: what its files say otherwise than before, and nothing besides.

use ketnoi_domain::{Kind, Organisation, Participation, Programme, Viewer, query::Filter};
use ketnoi_persistence::Receipt;
use ketnoi_test_support::{TestDb, demo_files, on_both_databases, on_both_databases_with_demo};

use crate::support::{SMALL, file, import, small};

#[tokio::test]
async fn the_demonstration_files_are_imported_on_both_databases() {
    on_both_databases(async |db: TestDb| {
        let report = import(&db, &demo_files()).await.unwrap();
        assert!(!report.dry_run);
        assert_eq!((report.total.revision, report.total.changed, report.total.unchanged, report.total.removed), (1, 0, 0, 0));
        let sum: usize = report.kinds.iter().map(|k| k.counts.added).sum();
        assert_eq!(sum, report.total.added);
        assert_eq!(db.administrator().revision().await.unwrap(), 1);
        report
    })
    .await;
}

#[tokio::test]
async fn importing_twice_is_the_same_as_once() {
    on_both_databases_with_demo(async |db: TestDb| {
        let report = import(&db, &demo_files()).await.unwrap();
        assert_eq!((report.total.added, report.total.changed, report.total.removed), (0, 0, 0));
        assert!(report.total.unchanged > 500);
        assert_eq!(report.total.revision, 1, "nothing was written, so the registry was not written again");
        assert_eq!(db.administrator().revision().await.unwrap(), 1);
        assert!(report.kinds.iter().all(|k| k.counts.changed == 0), "{:?}", report.kinds);
        report
    })
    .await;
}

#[tokio::test]
async fn the_order_of_the_files_does_not_matter() {
    on_both_databases_with_demo(async |db: TestDb| {
        let mut files = demo_files();
        files.reverse();
        let report = import(&db, &files).await.unwrap();
        assert_eq!((report.total.added, report.total.changed, report.total.removed), (0, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_says_what_would_change_and_writes_nothing() {
    on_both_databases(async |db: TestDb| {
        let dry = db.registry().import(&Viewer::LocalAdministrator, &demo_files(), true, &|_, _, _| ()).await.unwrap();
        assert!(dry.dry_run && dry.total.added > 500);
        assert_eq!(db.administrator().count::<Programme>(&Filter::all()).await.unwrap(), 0);
        assert_eq!(db.administrator().revision().await.unwrap(), 0);
        let wet = import(&db, &demo_files()).await.unwrap();
        assert_eq!(wet.kinds, dry.kinds, "it does what the dry run said");
    })
    .await;
}

#[tokio::test]
async fn a_changed_fact_changes_one_record() {
    on_both_databases_with_demo(async |db: TestDb| {
        let mut files = demo_files();
        let mped = files.iter_mut().find(|f| f.name.ends_with("mped.toml")).unwrap();
        assert!(mped.text.contains("acronym = \"MPED\""));
        mped.text = mped.text.replace("acronym = \"MPED\"", "acronym = \"M.P.E.D.\"");
        let report = import(&db, &files).await.unwrap();
        assert_eq!((report.total.added, report.total.changed, report.total.removed, report.total.revision), (0, 1, 0, 2));
        let changed: Vec<Kind> = report.kinds.iter().filter(|k| k.counts.changed > 0).map(|k| k.kind).collect();
        assert_eq!(changed, [Kind::Programme]);
        let programme: Programme = db.stranger().require("MPED").await.unwrap();
        assert_eq!((programme.acronym.as_deref(), programme.head.version), (Some("M.P.E.D."), 2));
        let other: Programme = db.stranger().require("MPP").await.unwrap();
        assert_eq!(other.head.version, 1);
    })
    .await;
}

#[tokio::test]
async fn a_part_that_is_no_longer_in_its_file_is_taken_away() {
    on_both_databases(async |db: TestDb| {
        import(&db, &[small()]).await.unwrap();
        let without = SMALL.replace("[[programme.participation]]\norganisation = \"TWO\"\nrole = \"funding\"\n", "");
        let report = import(&db, &[file("small.toml", &without)]).await.unwrap();
        let removed: Vec<(Kind, usize)> =
            report.kinds.iter().map(|k| (k.kind, k.counts.removed)).filter(|(_, n)| *n > 0).collect();
        assert_eq!(removed, [(Kind::Participation, 1)]);
        let left: Vec<Participation> = db.stranger().all(&Filter::all()).await.unwrap();
        assert_eq!(left.iter().map(|p| p.head.code.as_str()).collect::<Vec<_>>(), ["PRO:funding:ONE"]);
        // What stands by itself stays, though no file holds it any more.
        let other = "[[organisation]]\ncode = \"THREE\"\ntype = \"other\"\nname = [{ vi = \"Ba\" }]\n";
        let report = import(&db, &[file("other.toml", other)]).await.unwrap();
        assert_eq!(report.total, Receipt { revision: 3, added: 1, ..Receipt::default() });
        assert_eq!(db.stranger().count::<Organisation>(&Filter::all()).await.unwrap(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_file_may_point_at_what_only_the_registry_has() {
    on_both_databases(async |db: TestDb| {
        import(&db, &[small()]).await.unwrap();
        let more = r#"
            [[programme]]
            code = "MORE"
            level = "project"
            parent = "PRO"
            title = { vi = "Dự án" }
            sources = ["page"]
            [[programme.participation]]
            organisation = "TWO"
            role = "implementing"
        "#;
        import(&db, &[file("more.toml", more)]).await.unwrap();
        let more: Programme = db.stranger().require("MORE").await.unwrap();
        let whole: Programme = db.stranger().require("PRO").await.unwrap();
        assert_eq!(more.parent, Some(whole.head.id));
    })
    .await;
}
