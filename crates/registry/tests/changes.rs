//! The change feed as its readers meet it, the history of records, and the audit log.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use ketnoi_domain::{AccountRole, Identity, Kind, Lang, Person, Programme, Role, Text, Viewer, Visibility};
use ketnoi_persistence::{Signature, UnitOfWork};
use ketnoi_registry::{
    Error, Registry, Session,
    trail::{EntryFilter, FeedChange, FeedOperation, FeedPlace, Operation},
};
use ketnoi_test_support::{
    NOW, TestDb, Time, head, on_both_databases, on_both_databases_with_demo, organisation, participation, programme, programmes,
};
use uuid::Uuid;

use FeedOperation::{Added, Changed, Removed};

fn of(code: &str, title: &str, visibility: Visibility) -> Programme {
    let mut one = programme(code, title);
    (one.head.visibility, one.head.effective) = (visibility, visibility);
    one
}

async fn put(db: &TestDb, programmes: &[Programme]) {
    let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
    unit.put(programmes).await.unwrap();
    unit.commit(&Signature::of(db.registry().clock().new_id(), NOW, "test", "put")).await.unwrap();
}

async fn remove(db: &TestDb, one: &Programme) {
    let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
    unit.remove::<Programme>(&[one.head.id.uuid()]).await.unwrap();
    unit.commit(&Signature::of(db.registry().clock().new_id(), NOW, "test", "remove")).await.unwrap();
}

/// All changes after a place, read in pages of this size.
async fn follow(session: &Session, mut after: Option<FeedPlace>, size: u32) -> Vec<FeedChange> {
    let mut all = Vec::new();
    loop {
        let page = session.changes(after, size).await.unwrap();
        after = page.changes.last().map(|c| c.place).or(after);
        all.extend(page.changes);
        if !page.more {
            return all;
        }
    }
}

fn told(changes: &[FeedChange]) -> Vec<(Uuid, FeedOperation)> {
    changes.iter().map(|c| (c.record, c.operation)).collect()
}

#[tokio::test]
async fn each_change_comes_once_in_commit_order_while_two_write() {
    on_both_databases(async |db: TestDb| {
        let all = programmes(40).programmes;
        let write = async |part: &[Programme]| {
            for two in part.chunks(2) {
                put(&db, two).await;
            }
        };
        let (first, second) = all.split_at(20);
        // A reader that follows while they write sees what it saw before, and more.
        let reads = async {
            let mut read: Vec<FeedChange> = Vec::new();
            while read.len() < 40 {
                let after = read.last().map(|c| c.place);
                read.extend(follow(&db.stranger(), after, 3).await);
                tokio::task::yield_now().await;
            }
            read
        };
        let ((), (), read) = tokio::join!(write(first), write(second), reads);
        assert_eq!(read, follow(&db.stranger(), None, 100).await);
        assert_eq!(read.iter().map(|c| c.record).collect::<HashSet<_>>().len(), 40);
        assert!(read.is_sorted_by_key(|c| c.place.revision));
        let revisions: Vec<i64> = read.iter().map(|c| c.place.revision).collect();
        assert_eq!(revisions, (1..=20).flat_map(|r| [r, r]).collect::<Vec<i64>>());
        assert!(read.iter().all(|c| c.operation == Added));
        assert_eq!(db.stranger().latest_change().await.unwrap(), read.last().map(|c| c.place));
    })
    .await;
}

#[tokio::test]
async fn what_leaves_a_view_comes_as_removed_and_what_enters_it_as_added() {
    on_both_databases(async |db: TestDb| {
        let public = Visibility::Public;
        let goes = of("C", "c", public);
        put(&db, &[of("A", "a", public), of("B", "b", public), goes.clone()]).await;
        let seen = follow(&db.stranger(), None, 100).await;
        let here = seen.last().map(|c| c.place);
        put(&db, &[of("A", "a2", public), of("B", "b", Visibility::Internal), of("D", "d", Visibility::Draft)]).await;
        remove(&db, &goes).await;
        put(&db, &[of("D", "d", public)]).await;
        let id = |code: &str| programme(code, "").head.id.uuid();
        let stranger = told(&follow(&db.stranger(), here, 2).await);
        assert_eq!(stranger, [(id("A"), Changed), (id("B"), Removed), (id("C"), Removed), (id("D"), Added)]);
        let administrator = told(&follow(&db.administrator(), here, 2).await);
        let expected = [(id("A"), Changed), (id("B"), Changed), (id("D"), Added), (id("C"), Removed), (id("D"), Changed)];
        assert_eq!(administrator, expected);
        // From the start on, what is hidden by now is not told as if it were in view.
        let all = told(&follow(&db.stranger(), None, 100).await);
        assert_eq!(all[..2], [(id("A"), Added), (id("B"), Removed)]);
        assert!(all.iter().all(|(record, operation)| *record != id("C") || *operation == Removed));
    })
    .await;
}

#[tokio::test]
async fn a_stranger_finds_no_trace_of_what_was_never_public() {
    on_both_databases(async |db: TestDb| {
        let hidden = |i: usize| of(&format!("H{i}"), "bí mật", Visibility::Internal);
        let open = |i: usize| of(&format!("O{i}"), "mở", Visibility::Public);
        // Hidden ones before, between and behind, in the same revisions and in revisions of their own.
        for i in 0..4 {
            put(&db, &[hidden(3 * i), open(i), hidden(3 * i + 1)]).await;
            put(&db, &[hidden(3 * i + 2)]).await;
        }
        remove(&db, &hidden(0)).await;
        let seen = follow(&db.stranger(), None, 1).await;
        let open: Vec<(Uuid, FeedOperation)> = (0..4).map(|i| (open(i).head.id.uuid(), Added)).collect();
        assert_eq!(told(&seen), open);
        let page = db.stranger().changes(seen.last().map(|c| c.place), 10).await.unwrap();
        assert!(page.changes.is_empty() && !page.more, "behind the last one there is nothing to tell");
        assert_eq!(db.stranger().latest_change().await.unwrap(), seen.last().map(|c| c.place));
        // The place of a hidden change is none that a stranger was ever given, and tells nothing but what comes after it.
        let hidden_place = db.administrator().changes(None, 1).await.unwrap().changes[0].place;
        assert_eq!(told(&follow(&db.stranger(), Some(hidden_place), 10).await), open);
    })
    .await;
}

#[tokio::test]
async fn a_partner_follows_what_it_takes_part_in_and_is_told_when_that_is_gone() {
    on_both_databases(async |db: TestDb| {
        let (funder, other) = (organisation("F", "Quỹ"), organisation("G", "Khác"));
        let viewer = |party: Uuid| {
            let (account, name, role) = (Uuid::nil(), "funder".into(), AccountRole::Funder);
            let (organisation, authority, parties) = (Some(party), None, BTreeSet::from([party]));
            Viewer::Known(Arc::new(Identity { account, name, role, organisation, authority, parties, key: None }))
        };
        let (own, foreign) = (viewer(funder.head.id.uuid()), viewer(other.head.id.uuid()));
        let (stays, goes) = (of("A", "a", Visibility::Partners), of("B", "b", Visibility::Partners));
        let mut parts = [participation(&stays, &funder, Role::Funding), participation(&goes, &funder, Role::Funding)];
        for part in &mut parts {
            (part.head.visibility, part.head.effective) = (Visibility::Partners, Visibility::Partners);
        }
        let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
        unit.put(&[funder, other]).await.unwrap();
        unit.put(&[stays.clone(), goes.clone()]).await.unwrap();
        unit.put(&parts).await.unwrap();
        unit.commit(&Signature::of(db.registry().clock().new_id(), NOW, "test", "put")).await.unwrap();
        let ids = [stays.head.id.uuid(), goes.head.id.uuid()];
        let programmes = async |viewer: &Viewer, after: Option<FeedPlace>| -> Vec<(Uuid, FeedOperation)> {
            let all = told(&follow(&db.registry().session(viewer.clone()), after, 100).await);
            all.into_iter().filter(|(record, _)| ids.contains(record)).collect()
        };
        assert_eq!(programmes(&own, None).await, ids.map(|id| (id, Added)));
        assert_eq!(programmes(&foreign, None).await, []);
        let here = db.registry().session(own.clone()).latest_change().await.unwrap();
        put(&db, &[of("A", "a2", Visibility::Partners), of("B", "b", Visibility::Internal)]).await;
        assert_eq!(programmes(&own, here).await, [(ids[0], Changed), (ids[1], Removed)]);
        assert_eq!(programmes(&foreign, None).await, []);
        assert_eq!(programmes(&Viewer::Stranger, None).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_cursor_from_before_what_is_kept_has_expired_and_one_that_was_never_given_is_refused() {
    on_both_databases(async |db: TestDb| {
        put(&db, &[of("A", "a", Visibility::Public)]).await;
        let old = db.stranger().latest_change().await.unwrap();
        // Two years on.
        let time = Time::default();
        time.set("2028-11-22T10:00:00Z");
        let later = Registry::new(db.store().clone(), time.clock());
        assert!(matches!(later.forget_changes(&Viewer::Stranger, 400).await, Err(Error::Forbidden(_))));
        assert_eq!(later.forget_changes(&Viewer::LocalAdministrator, 400).await.unwrap(), Some(2));
        assert_eq!(later.forget_changes(&Viewer::LocalAdministrator, 4_000).await.unwrap(), None);
        let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
        unit.put(&[of("B", "b", Visibility::Public)]).await.unwrap();
        unit.commit(&Signature::of(later.clock().new_id(), &later.clock().now(), "test", "put")).await.unwrap();
        assert!(matches!(db.stranger().changes(old, 10).await, Err(Error::CursorExpired)));
        let kept = follow(&db.stranger(), None, 10).await;
        assert_eq!(told(&kept), [(programme("B", "").head.id.uuid(), Added)]);
        let forged = FeedPlace { revision: 3, record: Uuid::from_u128(5) };
        assert!(matches!(db.stranger().changes(Some(forged), 10).await, Err(Error::BadCursor)));
        // What was said is gone, who said it is not, and the chain holds.
        let history = db.administrator().history(Kind::Programme, programme("A", "").head.id.uuid(), None, 10).await.unwrap();
        assert_eq!((history.len(), history[0].kept, history[0].fields.len()), (1, false, 0));
        assert_eq!((history[0].actor.as_str(), history[0].at.as_str()), ("test", NOW));
        let report = db.registry().verify_trail(None, &|_, _| ()).await.unwrap();
        assert_eq!((report.entries, report.fault), (3, None));
    })
    .await;
}

#[tokio::test]
async fn a_record_shows_its_history_and_the_difference_of_two_revisions() {
    on_both_databases(async |db: TestDb| {
        let mut one = of("A", "Một", Visibility::Internal);
        put(&db, std::slice::from_ref(&one)).await;
        one.title = Text::new(Lang::Vi, "Hai");
        one.acronym = Some("H".into());
        put(&db, std::slice::from_ref(&one)).await;
        put(&db, &[programme("B", "khác")]).await;
        one.title = Text::new(Lang::Vi, "Ba");
        put(&db, std::slice::from_ref(&one)).await;
        remove(&db, &one).await;
        let (keeper, id) = (db.administrator(), one.head.id.uuid());
        let history = keeper.history(Kind::Programme, id, None, 10).await.unwrap();
        let short: Vec<(i64, Operation, Option<i64>)> = history.iter().map(|r| (r.revision, r.operation, r.version)).collect();
        use Operation::{Added, Changed, Removed};
        assert_eq!(short, [(5, Removed, Some(3)), (4, Changed, Some(3)), (2, Changed, Some(2)), (1, Added, Some(1))]);
        let names = |r: usize| history[r].fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>();
        assert_eq!((names(1), names(2)), (vec!["title"], vec!["acronym", "title"]));
        assert!(history.iter().all(|r| r.kept));
        assert_eq!(keeper.history(Kind::Programme, id, Some(4), 1).await.unwrap(), history[2..3]);
        // Between the first and the last but one: revision 3 was of another record.
        let between = keeper.difference(Kind::Programme, id, 1, 3).await.unwrap();
        assert_eq!((between.was_there, between.is_there), (Some(true), Some(true)));
        let shown: Vec<(String, String)> =
            between.fields.iter().map(|f| (format!("{:?}", f.before), format!("{:?}", f.after))).collect();
        assert_eq!(between.fields.len(), 2);
        assert!(shown[1].0.contains("Một") && shown[1].1.contains("Hai"), "{shown:?}");
        let gone = keeper.difference(Kind::Programme, id, 0, 5).await.unwrap();
        assert_eq!((gone.was_there, gone.is_there, gone.fields.len()), (Some(false), Some(false), 0));
        let unknown = keeper.difference(Kind::Programme, Uuid::nil(), 0, 5).await.unwrap();
        assert_eq!((unknown.was_there, unknown.is_there), (None, None));
        for refused in [
            db.stranger().history(Kind::Programme, id, None, 10).await.err(),
            db.stranger().difference(Kind::Programme, id, 0, 5).await.err(),
        ] {
            assert!(matches!(refused, Some(Error::Forbidden(_))), "{refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_history_of_a_person_names_fields_and_never_what_they_held() {
    on_both_databases(async |db: TestDb| {
        let mut who = Person { head: head("do-hau"), name: Text::new(Lang::Vi, "Đỗ Hậu"), honorific: Text::default() };
        for honorific in ["TS", "GS"] {
            who.honorific = Text::new(Lang::Vi, honorific);
            let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
            unit.put(std::slice::from_ref(&who)).await.unwrap();
            unit.commit(&Signature::of(db.registry().clock().new_id(), NOW, "test", "put")).await.unwrap();
        }
        let history = db.administrator().history(Kind::Person, who.head.id.uuid(), None, 10).await.unwrap();
        let fields: Vec<&str> = history[0].fields.iter().map(|f| f.field.as_str()).collect();
        assert_eq!(fields, ["honorific"]);
        assert!(history[0].fields.iter().all(|f| f.before.is_none() && f.after.is_none()));
        assert!(history.iter().all(|r| r.kept));
        let difference = db.administrator().difference(Kind::Person, who.head.id.uuid(), 1, 2).await.unwrap();
        assert!(difference.fields.is_empty());
        // The feed tells that the person was changed, as it tells it of every record that one may see.
        assert_eq!(follow(&db.stranger(), None, 10).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_audit_log_is_read_by_account_action_record_and_time() {
    on_both_databases(async |db: TestDb| {
        let account = Uuid::from_u128(77);
        for (i, (action, at)) in
            [("put", "2026-01-01T00:00:00Z"), ("publish", "2026-02-01T00:00:00Z"), ("put", NOW)].into_iter().enumerate()
        {
            let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
            unit.put(&[programme(&format!("P{i}"), "a"), programme("ALWAYS", &format!("lần {i}"))]).await.unwrap();
            let signature = Signature::of(db.registry().clock().new_id(), at, "test", action);
            let account = (i == 1).then_some(account);
            unit.commit(&Signature { account, request: Some("r-1"), ..signature }).await.unwrap();
        }
        let keeper = db.administrator();
        let revisions = async |filter: EntryFilter| -> Vec<i64> {
            keeper.audit_entries(&filter, None, 10).await.unwrap().entries.iter().map(|e| e.revision).collect()
        };
        let all = EntryFilter::default();
        assert_eq!(revisions(all.clone()).await, [3, 2, 1]);
        assert_eq!(revisions(EntryFilter { account: Some(account), ..all.clone() }).await, [2]);
        assert_eq!(revisions(EntryFilter { action: Some("put".into()), ..all.clone() }).await, [3, 1]);
        assert_eq!(revisions(EntryFilter { record: Some(programme("P1", "").head.id.uuid()), ..all.clone() }).await, [2]);
        assert_eq!(revisions(EntryFilter { from: Some("2026-02-01T00:00:00Z".into()), ..all.clone() }).await, [3, 2]);
        assert_eq!(revisions(EntryFilter { to: Some("2026-02-01T00:00:00Z".into()), ..all.clone() }).await, [1]);
        let page = keeper.audit_entries(&all, Some(3), 1).await.unwrap();
        assert!(page.more && page.entries.len() == 1 && page.entries[0].revision == 2);
        assert_eq!(page.entries[0].request.as_deref(), Some("r-1"));
        let (touched, counts) = keeper.touched(&[3, 2], 1).await.unwrap();
        assert_eq!(
            touched.iter().map(|t| (t.revision, t.code.as_deref())).collect::<Vec<_>>(),
            [(2, Some("P1")), (3, Some("P2"))]
        );
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(2, 2), (3, 2)]);
        assert!(matches!(db.stranger().audit_entries(&all, None, 1).await, Err(Error::Forbidden(_))));
    })
    .await;
}

#[tokio::test]
async fn the_demonstration_is_as_its_writers_leave_it() {
    on_both_databases_with_demo(async |db: TestDb| {
        assert_eq!(db.registry().inconsistencies(&|_, _| ()).await.unwrap(), []);
        assert_eq!(db.stranger().revision().await.unwrap(), 1, "looking is no write");
        db.sql("UPDATE programme SET effective = 0 WHERE code = 'MPED'; SELECT 1").await;
        let wrong = db.registry().inconsistencies(&|_, _| ()).await.unwrap();
        assert!(wrong.iter().any(|w| w.code == "MPED" && w.problem.contains("its effective visibility is 0")), "{wrong:?}");
        let anchor = db.registry().anchor(None).await.unwrap().unwrap();
        let report = db.registry().verify_trail(Some(&anchor), &|_, _| ()).await.unwrap();
        assert_eq!((report.fault, report.head), (None, Some((1, anchor.hash))));
    })
    .await;
}
