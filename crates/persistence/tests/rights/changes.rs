//! Who reaches what follows every change, and comes with a registry that is older.

use ketnoi_domain::{
    AccountRole, Agreement, Event, Fund, LocalAuthority, Organisation, Participation, Place, Programme, Role, Text, Visibility,
    query::Filter,
};
use ketnoi_persistence::{Signature, Stored, UnitOfWork};
use ketnoi_test_support::{NOW, TestDb, on_both_databases, participation};

use crate::support::{assert_settled, change, filled, levels, one, partner, reach};

/// The next of a row of numbers that look thrown, the same on every run.
fn thrown(state: &mut u64, below: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % below
}

/// A record, unless it is put away.
async fn seen<T: Stored>(db: &TestDb, code: &str) -> Option<T> {
    db.administrator().by_code(code).await.unwrap()
}

/// Changes a record, unless it is put away.
async fn set<T: Stored>(unit: &mut UnitOfWork, db: &TestDb, code: &str, set: impl Fn(&mut T)) {
    if let Some(mut record) = seen::<T>(db, code).await {
        set(&mut record);
        unit.put(&[record]).await.unwrap();
    }
}

/// One change, chosen by a number.
async fn step(db: &TestDb, unit: &mut UnitOfWork, state: &mut u64) -> String {
    let all = [Visibility::Draft, Visibility::Internal, Visibility::Partners, Visibility::Public];
    let to = all[usize::try_from(thrown(state, 4)).unwrap()];
    let programme = ["P", "C"][usize::try_from(thrown(state, 2)).unwrap()];
    let organisation = ["A", "B", "KIN", "HOST", "CO"][usize::try_from(thrown(state, 5)).unwrap()];
    let which = thrown(state, 14);
    match which {
        0 => set::<Programme>(unit, db, programme, |p| p.head.visibility = to).await,
        1 => set::<Organisation>(unit, db, organisation, |o| o.head.visibility = to).await,
        2 => set::<Fund>(unit, db, "F", |f| f.head.visibility = to).await,
        3 => set::<Event>(unit, db, "E", |e| e.head.visibility = to).await,
        4 => {
            let parent = seen::<Programme>(db, "P").await.filter(|_| thrown(state, 2) == 0).map(|p| p.head.id);
            set::<Programme>(unit, db, "C", |p| p.parent = parent).await;
        }
        5 => {
            if let Some(body) = seen::<Organisation>(db, organisation).await {
                set::<Agreement>(unit, db, "P:agreement:a", |a| a.funder = body.head.id).await;
            }
        }
        6 => {
            if let Some(body) = seen::<Organisation>(db, organisation).await {
                set::<Event>(unit, db, "E", |e| e.co_organisers = vec![body.head.id]).await;
            }
        }
        7 => {
            let there = unit.heads_of::<Participation>(&["P:funding:B"]).await.unwrap();
            if let Some(head) = there.first() {
                unit.remove::<Participation>(&[head.id.uuid()]).await.unwrap();
            } else if let (Some(p), Some(b)) = (seen::<Programme>(db, "P").await, seen::<Organisation>(db, "B").await) {
                unit.put(&[participation(&p, &b, Role::Funding)]).await.unwrap();
            }
        }
        8 => {
            let place: LocalAuthority = one(db, ["hue", "vinh", "lyon"][usize::try_from(thrown(state, 3)).unwrap()]).await;
            if let Some(mut p) = seen::<Programme>(db, "P").await {
                p.places = vec![Place { authority: place.head.id, percentage: None, note: Text::default() }];
                unit.put(&[p.clone()]).await.unwrap();
                unit.put_programme_lists(&[p]).await.unwrap();
            }
        }
        9 => put_away::<Programme>(unit, programme).await,
        10 => put_away::<Event>(unit, "E").await,
        11 => put_away::<Organisation>(unit, organisation).await,
        12 => {
            set::<Participation>(unit, db, "P:implementing:DOER", |p| {
                p.role = if p.role == Role::Funding { Role::Implementing } else { Role::Funding };
            })
            .await;
        }
        _ => {
            if let (Some(p), Some(c)) = (seen::<Programme>(db, "P").await, seen::<Programme>(db, "C").await) {
                set::<Participation>(unit, db, "C:implementing:KIN", |part| {
                    part.programme = if part.programme == c.head.id { p.head.id } else { c.head.id };
                })
                .await;
            }
        }
    }
    format!("{which} of {programme}, {organisation}, {to:?}")
}

/// Puts a record away, or brings it back.
async fn put_away<T: Stored>(unit: &mut UnitOfWork, code: &str) {
    let id = unit.heads_of::<T>(&[code]).await.unwrap()[0].id.uuid();
    if unit.restore::<T>(&[id]).await.unwrap() == 0 {
        unit.archive::<T>(&[id], None, "test", NOW).await.unwrap();
    }
}

#[tokio::test]
async fn looking_only_at_what_was_touched_gives_the_same_as_looking_at_everything() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let mut state = 20_260_101;
        let mut ends = Vec::new();
        for round in 0..60 {
            let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
            let mut done = Vec::new();
            for _ in 0..=thrown(&mut state, 2) {
                done.push(step(&db, &mut unit, &mut state).await);
            }
            let signature = Signature::of(db.registry().clock().new_id(), NOW, "test", "change");
            unit.commit(&signature).await.unwrap_or_else(|e| panic!("{done:?}: {e}"));
            assert_settled(&db, &format!("round {round} ({})", done.join("; "))).await;
            ends.push(levels(&db).await.values().filter(|level| level.as_str() == "2").count());
        }
        assert!(ends.iter().max() > ends.iter().min(), "the changes must change who sees what");
        (levels(&db).await, reach(&db).await)
    })
    .await;
}

#[tokio::test]
async fn what_is_added_below_a_hidden_record_is_hidden() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let (p, host): (Programme, Organisation) = (one(&db, "P").await, one(&db, "HOST").await);
        // It says of itself that everyone may see it.
        change(&db, async |unit| unit.put(&[participation(&p, &host, Role::Extending)]).await.unwrap()).await;
        assert_eq!(db.stranger().count::<Participation>(&Filter::all()).await.unwrap(), 0);
        // It is a party now, and reaches all of the programme, with its parts.
        let session = partner(&db, AccountRole::Partner, &["HOST"]).await;
        assert_eq!(session.count::<Programme>(&Filter::all()).await.unwrap(), 2);
        assert_settled(&db, "adding a participation").await;
    })
    .await;
}

#[tokio::test]
async fn a_registry_older_than_its_rights_has_them_once_it_is_up_to_date() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let before = reach(&db).await;
        let names: Vec<String> = db.store().migrations().await.unwrap().into_iter().map(|(name, _)| name).collect();
        let since = names.iter().rev().position(|name| name == "m0019_rights").unwrap() + 1;
        db.store().migrate_down(u32::try_from(since).unwrap()).await.unwrap();
        db.store().migrate_up("test").await.unwrap();
        assert_eq!(reach(&db).await, before);
        before.len()
    })
    .await;
}
