//! Who may import, and who sees what was imported.

use ketnoi_domain::{Participation, Programme, Viewer, Visibility, query::Filter};
use ketnoi_registry::import::ImportError;
use ketnoi_test_support::{TestDb, on_both_databases};

use crate::support::{SMALL, file, import, small};

#[tokio::test]
async fn a_part_is_seen_no_further_than_what_it_belongs_to() {
    on_both_databases(async |db: TestDb| {
        let inner = r#"
            [[programme]]
            code = "IN"
            level = "project"
            parent = "PRO"
            title = { vi = "Dự án" }
            [[programme.participation]]
            organisation = "ONE"
            role = "implementing"
        "#;
        let hidden = SMALL.replace("code = \"PRO\"", "code = \"PRO\"\nvisibility = \"internal\"");
        import(&db, &[file("hidden.toml", &hidden), file("inner.toml", inner)]).await.unwrap();
        let inner: Programme = db.administrator().require("IN").await.unwrap();
        assert_eq!((inner.head.visibility, inner.head.effective), (Visibility::Public, Visibility::Internal));
        assert_eq!(db.administrator().count::<Participation>(&Filter::all()).await.unwrap(), 3);
        assert_eq!(db.stranger().count::<Programme>(&Filter::all()).await.unwrap(), 0);
        assert_eq!(db.stranger().count::<Participation>(&Filter::all()).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn narrowing_a_programme_narrows_the_parts_that_are_in_other_files() {
    on_both_databases(async |db: TestDb| {
        let inner = "[[programme]]\ncode = \"IN\"\nlevel = \"project\"\nparent = \"PRO\"\ntitle = { vi = \"Dự án\" }\n";
        import(&db, &[small(), file("inner.toml", inner)]).await.unwrap();
        assert_eq!(db.stranger().count::<Programme>(&Filter::all()).await.unwrap(), 2);
        // Only the file of the outer one, one word changed.
        let hidden = SMALL.replace("code = \"PRO\"", "code = \"PRO\"\nvisibility = \"internal\"");
        import(&db, &[file("small.toml", &hidden)]).await.unwrap();
        assert_eq!(db.stranger().count::<Programme>(&Filter::all()).await.unwrap(), 0);
        assert_eq!(db.stranger().count::<ketnoi_domain::Participation>(&Filter::all()).await.unwrap(), 0);
        // And wide again.
        import(&db, &[small()]).await.unwrap();
        assert_eq!(db.stranger().count::<Programme>(&Filter::all()).await.unwrap(), 2);
        let again = import(&db, &[small(), file("inner.toml", inner)]).await.unwrap();
        assert_eq!((again.total.added, again.total.changed, again.total.removed), (0, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn only_those_who_keep_the_registry_import_into_it() {
    on_both_databases(async |db: TestDb| {
        let refused = db.registry().import(&Viewer::Stranger, &[small()], true, &|_, _, _| ()).await.unwrap_err();
        assert!(matches!(refused, ImportError::Registry(ketnoi_registry::Error::Forbidden(_))), "{refused}");
    })
    .await;
}
