//! The trail as it is kept: what changes say, what they must not say, the chain, and news of commits.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use std::time::Duration;

use ketnoi_domain::{Lang, Person, Programme, Text, Visibility};
use ketnoi_persistence::{
    Signature, Store, UnitOfWork,
    trail::{Verdict, head_of_chain, walk},
};
use ketnoi_test_support::{
    Bulk, NOW, On, TestDb, head, on_both_databases, on_both_databases_with_demo, organisation, participation, programme,
    programmes,
};
use uuid::Uuid;

async fn begin(db: &TestDb) -> UnitOfWork {
    UnitOfWork::begin(db.store()).await.unwrap()
}

async fn commit(db: &TestDb, unit: UnitOfWork) {
    unit.commit(&Signature::of(db.registry().clock().new_id(), NOW, "test", "test")).await.unwrap();
}

async fn put(db: &TestDb, programmes: &[Programme]) {
    let mut unit = begin(db).await;
    unit.put(programmes).await.unwrap();
    commit(db, unit).await;
}

async fn walked(db: &TestDb) -> Verdict {
    walk(db.store().reader(), None, &|_, _| ()).await.unwrap()
}

/// Some changes of one programme: made, renamed, taken away.
async fn three_revisions(db: &TestDb) -> Programme {
    let mut one = programme("P", "Một");
    put(db, std::slice::from_ref(&one)).await;
    one.title = Text::new(Lang::Vi, "Hai");
    put(db, std::slice::from_ref(&one)).await;
    let mut unit = begin(db).await;
    unit.remove::<Programme>(&[one.head.id.uuid()]).await.unwrap();
    commit(db, unit).await;
    one
}

#[tokio::test]
async fn a_change_says_what_the_record_was_and_became_and_who_could_see_it() {
    on_both_databases(async |db: TestDb| {
        three_revisions(&db).await;
        let rows = db
            .sql("SELECT revision, operation, code, version, effective_before, effective_after FROM change ORDER BY revision")
            .await;
        assert_eq!(
            rows,
            [["1", "added", "P", "1", "", "3"], ["2", "changed", "P", "2", "3", "3"], ["3", "removed", "P", "2", "3", ""]]
        );
        let said = db.sql("SELECT before, after FROM change ORDER BY revision").await;
        assert!(said[0][0].is_empty() && said[0][1].contains("Một"), "{said:?}");
        assert!(said[1][0].contains("Một") && said[1][1].contains("Hai"), "{said:?}");
        assert_eq!(said[1][0], said[0][1], "what it became is what it was before the next change, byte for byte");
        assert!(said[2][0].contains("Hai") && said[2][1].is_empty(), "{said:?}");
        let after: Programme = serde_json::from_str(&said[1][1]).unwrap();
        assert_eq!(after.head.version, 2, "it says what the table says");
    })
    .await;
}

#[tokio::test]
async fn two_changes_of_a_record_in_one_unit_are_one_row_however_far_apart() {
    on_both_databases(async |db: TestDb| {
        let bulk = programmes(1_200);
        let mut unit = begin(&db).await;
        unit.put(&bulk.programmes).await.unwrap();
        // The first is in the database by now, the last is not.
        let mut again: Vec<Programme> = [0, 1_199].map(|i: usize| bulk.programmes[i].clone()).into();
        for one in &mut again {
            one.acronym = Some("LẠI".into());
        }
        unit.put(&again).await.unwrap();
        unit.remove::<Programme>(&[bulk.programmes[5].head.id.uuid()]).await.unwrap();
        commit(&db, unit).await;
        assert_eq!(db.sql("SELECT COUNT(*), MAX(position) FROM change").await, [["1200", "1199"]]);
        for one in &again {
            let code = &one.head.code;
            let row = db.sql(&format!("SELECT operation, before, after, version FROM change WHERE code = '{code}'")).await;
            assert_eq!((row[0][0].as_str(), row[0][1].as_str(), row[0][3].as_str()), ("added", "", "2"));
            assert!(row[0][2].contains("LẠI"), "{row:?}");
        }
        let gone =
            db.sql("SELECT operation, before, after, effective_before, effective_after FROM change WHERE position = 5").await;
        assert_eq!(gone, [["removed", "", "", "", ""]], "of what came and went in one unit there is nothing to tell");
        let verdict = walked(&db).await;
        assert_eq!((verdict.entries, verdict.changes, verdict.fault), (1, 1_200, None));
    })
    .await;
}

#[tokio::test]
async fn what_is_narrowed_with_its_owner_has_a_change_of_its_own() {
    on_both_databases(async |db: TestDb| {
        let (mut one, funder) = (programme("P", "Một"), organisation("F", "Quỹ"));
        let part = participation(&one, &funder, ketnoi_domain::Role::Funding);
        let participations = vec![part];
        db.put(&Bulk { organisations: vec![funder], programmes: vec![one.clone()], participations, ..Bulk::default() }).await;
        (one.head.visibility, one.head.effective) = (Visibility::Draft, Visibility::Draft);
        put(&db, std::slice::from_ref(&one)).await;
        let rows = db
            .sql("SELECT kind, operation, effective_before, effective_after FROM change WHERE revision = 2 ORDER BY position")
            .await;
        assert_eq!(rows, [["programme", "changed", "3", "0"], ["participation", "changed", "3", "0"]]);
        let said = db.sql("SELECT before, after FROM change WHERE revision = 2 AND kind = 'participation'").await;
        assert!(said[0][0].contains("\"effective\":\"public\"") && said[0][1].contains("\"effective\":\"draft\""), "{said:?}");
        assert_eq!(walked(&db).await.fault, None);
    })
    .await;
}

#[tokio::test]
async fn of_a_person_nothing_is_kept_but_which_fields_changed() {
    on_both_databases(async |db: TestDb| {
        let mut who =
            Person { head: head("nguyen-bi-mat"), name: Text::new(Lang::Vi, "Nguyễn Bí Mật"), honorific: Text::default() };
        for name in ["Nguyễn Bí Mật", "Trần Bí Mật"] {
            who.name = Text::new(Lang::Vi, name);
            let mut unit = begin(&db).await;
            unit.put(std::slice::from_ref(&who)).await.unwrap();
            commit(&db, unit).await;
        }
        let mut unit = begin(&db).await;
        unit.remove::<Person>(&[who.head.id.uuid()]).await.unwrap();
        commit(&db, unit).await;
        let rows = db.sql("SELECT operation, before, after, code FROM change ORDER BY revision").await;
        assert_eq!(rows, [["added", "", "", ""], ["changed", "", r#"{"changed":["name"]}"#, ""], ["removed", "", "", ""]]);
        let entries = db.sql("SELECT actor, action, detail FROM audit_entry").await;
        assert!(!format!("{entries:?}").contains("Mật"), "{entries:?}");
        assert_eq!(walked(&db).await.fault, None);
    })
    .await;
}

#[tokio::test]
async fn ballots_leave_no_row_and_the_demonstration_names_nobody() {
    on_both_databases_with_demo(async |db: TestDb| {
        assert_ne!(db.sql("SELECT COUNT(*) FROM ballot").await, [["0"]]);
        assert_eq!(db.sql("SELECT COUNT(*) FROM change WHERE kind = 'ballot'").await, [["0"]]);
        let persons = "SELECT COUNT(*) FROM change WHERE kind IN ('person', 'public_role')";
        assert_ne!(db.sql(persons).await, [["0"]]);
        let said = format!("{persons} AND (before IS NOT NULL OR after IS NOT NULL OR code IS NOT NULL)");
        assert_eq!(db.sql(&said).await, [["0"]]);
        let verdict = walked(&db).await;
        assert_eq!((verdict.entries, verdict.unchained, verdict.fault), (1, 0, None));
        assert!(verdict.changes > 500);
    })
    .await;
}

/// An id as the database writes it in a statement.
fn literal(db: &TestDb, id: Uuid) -> String {
    match db.on() {
        On::Sqlite => format!("X'{}'", id.simple()),
        On::Postgres => format!("'{id}'"),
    }
}

#[tokio::test]
async fn whatever_is_altered_in_an_entry_or_a_change_is_found() {
    on_both_databases(async |db: TestDb| {
        three_revisions(&db).await;
        let whole = walked(&db).await;
        assert_eq!((whole.entries, whole.changes, whole.fault), (3, 3, None));
        let own: Vec<(String, String, String)> = {
            let texts = |table: &str, columns: &[&str]| -> Vec<(String, String, String)> {
                let alter =
                    |c: &&str| (table.to_owned(), format!("{c} = {c} || 'x'"), format!("{c} = SUBSTR({c}, 1, LENGTH({c}) - 1)"));
                columns.iter().map(alter).collect()
            };
            let numbers = |table: &str, columns: &[&str]| -> Vec<(String, String, String)> {
                columns.iter().map(|c| (table.to_owned(), format!("{c} = {c} + 7"), format!("{c} = {c} - 7"))).collect()
            };
            let nothing = |table: &str, columns: &[&str]| -> Vec<(String, String, String)> {
                columns.iter().map(|c| (table.to_owned(), format!("{c} = 'x'"), format!("{c} = NULL"))).collect()
            };
            let mut all = texts("audit_entry", &["at", "actor", "action", "detail", "previous", "hash"]);
            all.extend(nothing("audit_entry", &["request"]));
            all.extend(texts("change", &["kind", "operation", "before", "after", "contents", "code"]));
            all.extend(numbers("change", &["position", "version", "effective_before", "effective_after"]));
            all.extend(numbers("audit_entry", &["revision"]));
            all.extend(numbers("change", &["revision"]));
            all
        };
        let other = literal(&db, Uuid::from_u128(99));
        let mut all = own;
        for (table, column) in [("audit_entry", "id"), ("change", "record_id")] {
            let kept = db.sql(&format!("SELECT {column} FROM {table} WHERE revision = 2")).await[0][0].clone();
            let kept = literal(&db, Uuid::parse_str(&kept).unwrap());
            all.push((table.into(), format!("{column} = {other}"), format!("{column} = {kept}")));
        }
        all.push(("audit_entry".into(), format!("account = {other}"), "account = NULL".into()));
        for (table, alter, restore) in all {
            let moved = if alter.starts_with("revision") { 9 } else { 2 };
            db.sql(&format!("UPDATE {table} SET {alter} WHERE revision = 2; SELECT 1")).await;
            let found = walked(&db).await;
            assert!(found.fault.is_some(), "{table}: {alter}");
            assert!(found.entries < 3, "{table}: {alter}: {found:?}");
            db.sql(&format!("UPDATE {table} SET {restore} WHERE revision = {moved}; SELECT 1")).await;
            assert_eq!(walked(&db).await.fault, None, "{table}: {restore}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_is_found_and_the_first_that_does_not_fit_is_named() {
    on_both_databases(async |db: TestDb| {
        let bulk = programmes(3);
        for one in &bulk.programmes {
            put(&db, std::slice::from_ref(one)).await;
        }
        let last = head_of_chain(db.store().reader()).await.unwrap().unwrap();
        let fault = |found: Verdict| found.fault.map(|f| (f.revision, f.problem)).unwrap();
        // An anchor of what is there is met, and one of another chain is not.
        let anchored = |hash: String, revision: i64| {
            let reader = db.store().reader().clone();
            async move { walk(&reader, Some((revision, hash.as_str())), &|_, _| ()).await.unwrap() }
        };
        assert_eq!(anchored(last.hash.clone().unwrap(), 3).await.fault, None);
        let (revision, problem) = fault(anchored("0".repeat(64), 2).await);
        assert_eq!((revision, problem.as_str()), (2, "it is not the one that the anchor was taken of"));
        let (revision, problem) = fault(anchored(last.hash.clone().unwrap(), 4).await);
        assert!(revision == 4 && problem.contains("of an entry that is not here"), "{problem}");
        // Without its last entry the chain is shorter, and whole in itself.
        db.sql("DELETE FROM change WHERE revision = 3; DELETE FROM audit_entry WHERE revision = 3; SELECT 1").await;
        let (revision, problem) = fault(walked(&db).await);
        assert!(revision == 3 && problem.contains("entries are missing"), "{problem}");
        db.sql("UPDATE registry SET revision = 2; SELECT 1").await;
        assert_eq!(walked(&db).await.fault, None, "only an anchor shows it now");
        assert!(anchored(last.hash.unwrap(), 3).await.fault.is_some());
        db.sql("DELETE FROM change WHERE revision = 1; SELECT 1").await;
        assert_eq!(fault(walked(&db).await).0, 1);
        db.sql("DELETE FROM audit_entry WHERE revision = 1; SELECT 1").await;
        let (revision, problem) = fault(walked(&db).await);
        assert!(revision == 2 && problem.contains("the entry of revision 1 is missing"), "{problem}");
    })
    .await;
}

#[tokio::test]
async fn what_was_let_go_is_believed_only_where_an_entry_says_so() {
    on_both_databases(async |db: TestDb| {
        three_revisions(&db).await;
        let mut unit = begin(&db).await;
        assert_eq!(unit.forget_changes("2027-01-01T00:00:00Z").await.unwrap(), Some(4));
        let note = unit.noted().to_owned();
        let signature = Signature::of(db.registry().clock().new_id(), NOW, "test", ketnoi_persistence::trail::FORGET);
        unit.commit(&Signature { detail: &note, ..signature }).await.unwrap();
        assert_eq!(db.sql("SELECT COUNT(*) FROM change WHERE before IS NOT NULL OR after IS NOT NULL").await, [["0"]]);
        let verdict = walked(&db).await;
        assert_eq!((verdict.entries, verdict.changes, verdict.fault), (4, 3, None));
        // The next one is wiped by somebody else.
        put(&db, &[programme("Q", "Bốn")]).await;
        assert_eq!(walked(&db).await.fault, None);
        db.sql("UPDATE change SET after = NULL WHERE revision = 5; SELECT 1").await;
        assert!(walked(&db).await.fault.is_some());
        db.sql("UPDATE registry SET kept_from = 6; SELECT 1").await;
        let fault = walked(&db).await.fault.unwrap();
        assert!(fault.problem.contains("no entry says that they were let go"), "{}", fault.problem);
        let mut unit = begin(&db).await;
        assert_eq!(unit.forget_changes("2020-01-01T00:00:00Z").await.unwrap(), None, "nothing is as old");
        unit.roll_back().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_record_that_is_archived_and_restored_says_so() {
    on_both_databases(async |db: TestDb| {
        let one = programme("P", "Một");
        put(&db, std::slice::from_ref(&one)).await;
        let id = [one.head.id.uuid()];
        let mut unit = begin(&db).await;
        assert_eq!(unit.archive::<Programme>(&id, None, "made twice", NOW).await.unwrap(), 1);
        commit(&db, unit).await;
        let mut unit = begin(&db).await;
        assert_eq!(unit.restore::<Programme>(&id).await.unwrap(), 1);
        commit(&db, unit).await;
        let rows = db.sql("SELECT operation, effective_before, effective_after, code FROM change ORDER BY revision").await;
        assert_eq!(rows[1..], [["archived", "3", "-1", "P"], ["restored", "-1", "3", "P"]]);
        let said = db.sql("SELECT before, after FROM change WHERE revision = 2").await;
        assert!(said[0][0].contains("\"public\"") && said[0][1].contains("\"archived\""), "{said:?}");
        assert_eq!(walked(&db).await.fault, None);
    })
    .await;
}

#[tokio::test]
async fn those_who_wait_hear_of_commits_of_this_process_and_of_others() {
    on_both_databases(async |db: TestDb| {
        // Another store on the same database stands for another process.
        let other = Store::open(db.database().clone()).await.unwrap();
        let (mut here, mut there) = (db.store().revisions(), other.revisions());
        put(&db, &[programme("P", "Một")]).await;
        assert_eq!(*here.borrow_and_update(), 1, "one's own commits are told before they are answered");
        let heard = tokio::time::timeout(Duration::from_secs(30), there.wait_for(|revision| *revision >= 1)).await;
        assert_eq!(*heard.unwrap().unwrap(), 1);
        // What is rolled back is no news.
        let unit = begin(&db).await;
        unit.roll_back().await.unwrap();
        assert_eq!(*here.borrow_and_update(), 1);
        other.close().await.unwrap();
    })
    .await;
}
