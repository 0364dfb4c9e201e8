//! Long lists are read by an index: a page costs the same at the front and ten thousand rows later.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use chrono::{Days, NaiveDate};
use ketnoi_domain::{
    Money, Programme, Transaction, Viewer,
    query::{Filter, Order, Page},
};
use ketnoi_persistence::{Stored, page, plan_of_page};
use ketnoi_test_support::{On, TestDb, on_both_databases, programmes, transaction};

/// The plan of a page in the middle of a list, read forward and backward.
async fn plans<T: Stored>(db: &TestDb, by: &'static str) -> Vec<(String, String)> {
    let (reader, all) = (db.store().reader(), Filter::all());
    let mut plans = Vec::new();
    for descending in [false, true] {
        let order = Order { by, descending };
        let half = page::<T>(reader, &Viewer::Stranger, &all, order, &Page::first(5_000)).await.unwrap();
        let middle = half.rows.last().map(|(p, _)| p.clone());
        for (what, page) in [
            ("first", Page::first(20)),
            ("last", Page { from_end: true, ..Page::first(20) }),
            ("after", Page { after: middle.clone(), ..Page::first(20) }),
            ("before", Page { before: middle.clone(), from_end: true, ..Page::first(20) }),
        ] {
            let plan = plan_of_page::<T>(reader, &Viewer::Stranger, &all, order, &page).await.unwrap();
            plans.push((format!("{what} by {order:?}"), plan.join("\n")));
        }
    }
    plans
}

fn check(on: On, plans: &[(String, String)], index: &str) {
    for (what, plan) in plans {
        assert!(plan.contains(index), "{what} does not use {index}:\n{plan}");
        let bounded = what.starts_with("after") || what.starts_with("before");
        match on {
            On::Sqlite => {
                assert!(!plan.contains("TEMP B-TREE"), "{what} sorts:\n{plan}");
                assert!(!bounded || plan.contains("SEARCH"), "{what} reads all that comes before:\n{plan}");
            }
            On::Postgres => {
                assert!(!plan.contains("Sort"), "{what} sorts:\n{plan}");
                assert!(!bounded || plan.contains("Index Cond"), "{what} reads all that comes before:\n{plan}");
            }
        }
    }
}

#[tokio::test]
async fn long_lists_are_read_by_an_index_in_both_directions() {
    on_both_databases(async |db: TestDb| {
        let mut bulk = programmes(10_500);
        bulk.participations.clear();
        let cad = |i: u64| Money::from_minor(i64::try_from(i).unwrap(), "CAD".parse().unwrap());
        let day = |i: u64| NaiveDate::default().checked_add_days(Days::new(i % 3_000)).unwrap();
        bulk.transactions = (0u64..).zip(&bulk.programmes).map(|(i, p)| transaction(p, "t", day(i), cad(i))).collect();
        db.put(&bulk).await;
        db.sql("ANALYZE; SELECT 1").await;
        check(db.on(), &plans::<Programme>(&db, "title").await, "ix_programme_sort_key_id");
        check(db.on(), &plans::<Programme>(&db, "code").await, "ix_programme_code");
        let starts = plans::<Programme>(&db, "start").await;
        check(db.on(), &starts[..4], "ix_programme_starts_up");
        check(db.on(), &starts[4..], "ix_programme_starts_down");
        check(db.on(), &plans::<Transaction>(&db, "date").await, "ix_transaction_date_id");
    })
    .await;
}
