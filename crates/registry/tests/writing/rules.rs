//! What would break the registry is refused with the field and the rule, all at once.

use ketnoi_domain::{
    Coded as _, Dialogue, Head, Id, Lang, LocalAuthority, Organisation, Outcome, Period, Place, Programme, SuccessionKind, Text,
    Viewer, query::Filter,
};
use ketnoi_registry::{Author, Error, Followed, NewHead, Reading, Reference, UserErrorCode, Writable, WriteError};
use ketnoi_test_support::{TestDb, on_both_databases, on_both_databases_with_demo, organisation, programme};
use uuid::Uuid;

use crate::support::{at, called, errors, id, make_organisation, make_programme, officer, refused, result};

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    on_both_databases(async |db: TestDb| {
        let build = |reading: &mut Reading, head: Head<Programme>| {
            let place =
                |n| Place { authority: Id::from_uuid(Uuid::from_u128(n)), percentage: "60".parse().ok(), note: Text::default() };
            Programme {
                partnership: Some(reading.at("partnership", |r| r.refer(&Reference::code("nobody")))),
                title: Text::default(),
                planned: Period { from: "2024".parse().ok(), to: "2020".parse().ok() },
                places: vec![place(1), place(2)],
                ..Programme { head, ..programme("PRO", "x") }
            }
        };
        let new = NewHead { code: Some("a:b".into()), ..NewHead::default() };
        let wrong = errors(db.registry().create::<Programme>(&officer(), &new, build).await);
        let mut told_at: Vec<(UserErrorCode, &str)> = wrong.iter().map(|e| (e.code, e.path.as_str())).collect();
        told_at.sort_by_key(|(_, path)| *path);
        told_at.dedup();
        let expected = [
            (UserErrorCode::Invalid, "code"),
            (UserErrorCode::NotFound, "partnership"),
            (UserErrorCode::NotFound, "places"),
            (UserErrorCode::Invalid, "planned"),
            (UserErrorCode::Invalid, "title"),
        ];
        assert_eq!(told_at, expected, "{wrong:?}");
        assert!(wrong.iter().all(|e| !e.message.is_empty() && !e.message.contains("no-such")), "{wrong:?}");
        assert_eq!(db.administrator().revision().await.unwrap(), 0, "nothing was written");

        // The same, to one who reads Vietnamese.
        let author = Author::of(Viewer::LocalAdministrator, Lang::Vi);
        let told = errors(db.registry().create::<Programme>(&author, &new, build).await);
        assert!(told.iter().zip(&wrong).any(|(vi, en)| vi.message != en.message));
    })
    .await;
}

#[tokio::test]
async fn percentages_that_are_no_whole_are_refused() {
    on_both_databases_with_demo(async |db: TestDb| {
        let authorities = db.stranger().all::<LocalAuthority>(&Filter::all()).await.unwrap();
        let build = |_: &mut Reading, head: Head<Programme>| {
            let place = |a: &LocalAuthority| Place { authority: a.head.id, percentage: "60".parse().ok(), note: Text::default() };
            Programme { places: authorities.iter().take(2).map(place).collect(), ..Programme { head, ..programme("X", "x") } }
        };
        let wrong = errors(db.registry().create::<Programme>(&officer(), &called("X"), build).await);
        assert_eq!(wrong.iter().map(|e| e.path.as_str()).collect::<Vec<_>>(), ["places"]);
        assert!(wrong[0].message.contains("100"), "{}", wrong[0].message);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_a_part_of_itself_and_nothing_follows_itself() {
    on_both_databases(async |db: TestDb| {
        let (a, b) = (make_organisation(&db, "A").await, make_organisation(&db, "B").await);
        let (a, b) = (id::<Organisation>(&a), id::<Organisation>(&b));
        let below = |parent: Id<Organisation>| move |_: &mut Reading, o: &mut Organisation| o.parent = Some(parent);
        db.registry().update(&officer(), &Reference::id(b), Some(1), below(a)).await.unwrap();
        let circle = db.registry().update(&officer(), &Reference::id(a), Some(1), below(b)).await;
        assert_eq!(refused(circle), [at(UserErrorCode::Invalid, "parent")]);

        let after = |before: Id<Organisation>| {
            move |reading: &mut Reading, _: &mut Organisation| {
                let followed = Followed { predecessor: before.uuid(), kind: SuccessionKind::Renamed, on: None };
                reading.asked().successor_of = Some(vec![followed]);
            }
        };
        db.registry().update(&officer(), &Reference::id(b), None, after(a)).await.unwrap();
        assert_eq!(db.administrator().all_successions::<Organisation>().await.unwrap().len(), 1);
        let circle = db.registry().update(&officer(), &Reference::id(a), None, after(b)).await;
        assert_eq!(refused(circle), [at(UserErrorCode::Invalid, "successorOf")]);
        assert_eq!(db.administrator().all_successions::<Organisation>().await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_part_does_not_point_into_another_whole() {
    on_both_databases(async |db: TestDb| {
        let (one, two) = (make_programme(&db, "ONE").await, make_programme(&db, "TWO").await);
        let registry = db.registry();
        let foreign = registry.create::<Outcome>(&officer(), &NewHead::default(), result(id(&two), "1")).await.unwrap();
        let foreign = id::<Outcome>(&foreign);
        let below = result(id(&one), "1");
        let build = |r: &mut Reading, head: Head<Outcome>| Outcome { parent: Some(foreign), ..below(r, head) };
        let wrong = registry.create::<Outcome>(&officer(), &NewHead::default(), build).await;
        assert_eq!(refused(wrong), [at(UserErrorCode::Invalid, "parent")]);
    })
    .await;
}

#[tokio::test]
async fn a_closed_dialogue_is_not_changed() {
    on_both_databases_with_demo(async |db: TestDb| {
        for (code, status) in [("MH-DT-2023", "published"), ("MH-DT-2024", "closed")] {
            let dialogue: Dialogue = db.administrator().require(code).await.unwrap();
            assert_eq!(dialogue.status.name(), status);
            let rename = |_: &mut Reading, d: &mut Dialogue| d.title = Text::new(Lang::En, "Another");
            let wrong = db.registry().update(&officer(), &Reference::code(code), None, rename).await;
            assert_eq!(refused(wrong), [at(UserErrorCode::State, "")]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_stranger_writes_nothing() {
    on_both_databases(async |db: TestDb| {
        let stranger = Author::of(Viewer::Stranger, Lang::Fr);
        let build = |_: &mut Reading, head: Head<Organisation>| Organisation { head, ..organisation("ONE", "One") };
        let made = db.registry().create::<Organisation>(&stranger, &called("ONE"), build).await;
        assert!(matches!(made, Err(WriteError::Registry(Error::Forbidden(_)))), "{made:?}");
        assert_eq!(Organisation::ACTIONS.create, "create organisation");
    })
    .await;
}
