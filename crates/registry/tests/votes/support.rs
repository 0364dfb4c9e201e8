//! Looks at the tables as the database has them.

use ketnoi_test_support::{On, TestDb};

/// The first column of an answer.
pub(crate) async fn column(db: &TestDb, sql: &str) -> Vec<String> {
    db.sql(sql).await.into_iter().map(|mut row| row.remove(0)).collect()
}

/// The names of all tables.
pub(crate) async fn tables(db: &TestDb) -> Vec<String> {
    let sql = match db.on() {
        On::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_index%'",
        On::Postgres => "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()",
    };
    column(db, sql).await
}
