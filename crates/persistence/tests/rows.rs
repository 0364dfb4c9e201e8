//! Rows: exact on both databases, and a bad one is named.

use chrono::NaiveDate;
use ketnoi_domain::{Money, Programme, Transaction, query::Filter};
use ketnoi_persistence::Error;
use ketnoi_test_support::{
    Bulk, NOW, TestDb, on_both_databases, on_both_databases_with_demo, programme, programmes, transaction,
};

#[tokio::test]
async fn money_keeps_every_digit() {
    let amounts = [
        "86514.0845070423 CAD",
        "0.00 CAD",
        "-0.05 CAD",
        "18458189.00 CAD",
        "0.005 CAD",
        "100000000000000000000 VND",
        "9223372036854775807 VND",
        "12345678901234567890.123456789 EUR",
    ];
    on_both_databases(async |db: TestDb| {
        let one = programme("P", "Tiền");
        let day = NaiveDate::default();
        let values = amounts.map(|a| a.parse::<Money>().unwrap());
        let transactions = values.iter().enumerate().map(|(i, v)| transaction(&one, &i.to_string(), day, *v)).collect();
        db.put(&Bulk { programmes: vec![one], transactions, ..Bulk::default() }).await;
        let read: Vec<Transaction> = db.stranger().all(&Filter::all()).await.unwrap();
        assert_eq!(read.iter().map(|t| t.value.to_string()).collect::<Vec<_>>(), amounts);
        assert_eq!(read.iter().map(|t| t.value).collect::<Vec<_>>(), values);
    })
    .await;
}

#[tokio::test]
async fn a_record_comes_back_as_it_was_written_and_changes_only_when_it_changes() {
    on_both_databases(async |db: TestDb| {
        let mut bulk = programmes(40);
        db.put(&bulk).await;
        let read: Vec<Programme> = db.stranger().all(&Filter::all()).await.unwrap();
        assert_eq!(read, bulk.programmes);
        db.put(&bulk).await;
        assert_eq!(db.stranger().revision().await.unwrap(), 1, "the same again is no change");
        bulk.programmes[7].acronym = Some("MỚI".into());
        db.put(&bulk).await;
        assert_eq!(db.stranger().revision().await.unwrap(), 2);
        let read: Vec<Programme> = db.stranger().all(&Filter::all()).await.unwrap();
        let versions: Vec<i64> = read.iter().map(|p| p.head.version).collect();
        assert_eq!(versions.iter().sum::<i64>(), 41);
        assert_eq!(versions[7], 2);
        // What was written is in the audit and in the change feed of the same revision.
        let audit = db.sql("SELECT revision, at, actor FROM audit_entry ORDER BY revision").await;
        assert_eq!(audit, [["1", NOW, "test"], ["2", NOW, "test"]]);
        let feed = db.sql("SELECT kind, operation FROM change WHERE revision = 2").await;
        assert_eq!(feed, [["programme", "changed"]]);
    })
    .await;
}

#[tokio::test]
async fn a_bad_row_is_reported_with_its_table_column_and_id() {
    on_both_databases(async |db: TestDb| {
        let bulk = programmes(2);
        db.put(&bulk).await;
        let id = bulk.programmes[0].head.id.to_string();
        for (change, column) in [
            ("status = '99'", "status"),
            ("status = NULL, starts = NULL, actual_from = '2010-13'", "actual_from"),
            ("actual_from = NULL, places = 'here'", "places"),
            ("places = '[]', visibility = 7", "visibility"),
            ("visibility = 3, code = 'không'", "code"),
        ] {
            let target = if column == "code" { "places = '[]' AND code = 'P000000'" } else { "code = 'P000000'" };
            db.sql(&format!("UPDATE programme SET {change} WHERE {target}; SELECT 1")).await;
            let error = db.stranger().all::<Programme>(&Filter::all()).await.unwrap_err();
            let ketnoi_registry::Error::Database(Error::BadRow(bad)) = &error else { panic!("{column}: {error}") };
            assert_eq!((bad.table, bad.column, bad.id.as_str()), ("programme", column, id.as_str()));
            assert!(error.to_string().starts_with(&format!("table programme, record {id}, column {column}: ")), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_snapshot_stands_still_while_others_write() {
    on_both_databases(async |db: TestDb| {
        db.put(&programmes(5)).await;
        let still = db.registry().snapshot_session(ketnoi_domain::Viewer::Stranger).await.unwrap();
        db.put(&programmes(9)).await;
        assert_eq!(still.count::<Programme>(&Filter::all()).await.unwrap(), 5);
        assert_eq!(still.revision().await.unwrap(), 1);
        assert_eq!(db.stranger().count::<Programme>(&Filter::all()).await.unwrap(), 9);
    })
    .await;
}

/// The tables with their columns, and the indexes, in words that both databases share.
async fn schema(db: &TestDb) -> Vec<String> {
    let columns = match db.on() {
        ketnoi_test_support::On::Sqlite => {
            "SELECT m.name, c.name, CASE c.\"notnull\" WHEN 1 THEN 'always' ELSE 'perhaps' END, c.type
             FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'seaql_migrations'"
        }
        ketnoi_test_support::On::Postgres => {
            "SELECT table_name, column_name, CASE is_nullable WHEN 'NO' THEN 'always' ELSE 'perhaps' END, data_type
             FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'"
        }
    };
    let indexes = match db.on() {
        ketnoi_test_support::On::Sqlite => "SELECT tbl_name, name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'ix%'",
        ketnoi_test_support::On::Postgres => {
            "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'ix%'"
        }
    };
    let typed = |name: &str| match name {
        "bytea" | "blob(1)" => "blob".to_owned(),
        // SQLite has one size of whole number: 64 bits.
        "integer" => "bigint".to_owned(),
        "uuid_text" => "uuid".to_owned(),
        other => other.to_owned(),
    };
    let mut all: Vec<String> =
        db.sql(columns).await.iter().map(|c| format!("{}.{} {} {}", c[0], c[1], c[2], typed(&c[3].to_lowercase()))).collect();
    all.extend(db.sql(indexes).await.iter().map(|i| format!("{} by {}", i[0], i[1])));
    // Each database has an index of words of its own: SQLite as a table, PostgreSQL in the entry.
    let own =
        ["search_index", "search_entry.name_words", "search_entry.words", "ix_search_entry_name_words", "ix_search_entry_words"];
    all.retain(|line| !own.iter().any(|name| line.contains(name)));
    all.sort();
    all
}

/// The schema in the database's own words, with every constraint.
async fn exact_schema(db: &TestDb) -> Vec<Vec<String>> {
    match db.on() {
        ketnoi_test_support::On::Sqlite => {
            db.sql("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").await
        }
        ketnoi_test_support::On::Postgres => {
            let mut all = db
                .sql(
                    "SELECT table_name, column_name, ordinal_position, data_type, collation_name, is_nullable, column_default
                FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position",
                )
                .await;
            all.extend(db.sql("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname").await);
            all.extend(db.sql("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY conname, 2").await);
            all
        }
    }
}

#[tokio::test]
async fn migrations_go_up_down_and_up_again_on_populated_tables() {
    on_both_databases_with_demo(async |db: TestDb| {
        let (before, exactly) = (schema(&db).await, exact_schema(&db).await);
        assert!(before.len() > 200, "{}", before.len());
        let steps = db.store().migrations().await.unwrap();
        assert!(steps.iter().all(|(_, done)| *done));
        for _ in &steps {
            db.store().migrate_down(1).await.unwrap();
        }
        assert_eq!(schema(&db).await, Vec::<String>::new());
        assert_eq!(db.store().migrate_up("test").await.unwrap().len(), steps.len());
        assert_eq!(exact_schema(&db).await, exactly);
        // And with records in it again.
        let (keeper, files) = (ketnoi_domain::Viewer::LocalAdministrator, ketnoi_test_support::demo_files());
        let report = db.registry().import(&keeper, &files, false, &|_, _, _| ()).await.unwrap();
        assert!(report.total.added > 500);
        assert_eq!(db.store().migrate_up("test").await.unwrap(), Vec::<String>::new(), "up again does nothing");
        before
    })
    .await;
}

#[tokio::test]
async fn a_database_of_something_else_or_of_a_newer_version_is_refused() {
    on_both_databases(async |db: TestDb| {
        db.sql("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0); SELECT 1").await;
        let error = db.store().migrate_up("test").await.unwrap_err().to_string();
        assert!(error.contains("was made by a newer version (it knows the migration m9999_later)"), "{error}");
        db.sql("DROP TABLE seaql_migrations; SELECT 1").await;
        let error = db.store().migrations().await.unwrap_err().to_string();
        assert!(error.contains("holds tables that are not a registry's"), "{error}");
    })
    .await;
}
