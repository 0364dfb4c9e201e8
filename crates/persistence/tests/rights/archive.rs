//! What is put away, and how it comes back.

use ketnoi_domain::{AccountRole, Agreement, Kind, Programme, Replication, query::Filter};
use ketnoi_persistence::UnitOfWork;
use ketnoi_test_support::{NOW, TestDb, on_both_databases};
use uuid::Uuid;

use crate::support::{assert_settled, change, filled, levels, one, partner, reach};

#[tokio::test]
async fn a_programme_is_put_away_with_all_that_belongs_to_it_and_comes_back_as_it_was() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let before = (levels(&db).await, reach(&db).await);
        let p: Programme = one(&db, "P").await;
        let id = p.head.id.uuid();
        let account = Uuid::from_u128(9);
        change(&db, async |unit| {
            assert_eq!(unit.archive::<Programme>(&[id], Some(account), "a mistake", NOW).await.unwrap(), 1);
            assert_eq!(unit.archive::<Programme>(&[id], None, "again", NOW).await.unwrap(), 0);
        })
        .await;
        let keeper = db.administrator();
        assert_eq!(keeper.count::<Programme>(&Filter::all()).await.unwrap(), 0, "its component is a part of it");
        assert_eq!(keeper.count::<Agreement>(&Filter::all()).await.unwrap(), 0);
        assert!(keeper.by_ids::<Programme>(&[id]).await.unwrap().is_empty());
        let replication: Replication = one(&db, "R").await;
        assert_eq!(replication.programme, Some(p.head.id), "what points at it stays, and points at nothing one may see");
        assert!(!reach(&db).await.keys().any(|known| known.contains(" P")));
        let away = keeper.archived(Kind::Programme, 10, None).await.unwrap();
        let [away] = away.as_slice() else { panic!("{away:?}") };
        assert_eq!((away.id, away.code.as_str(), away.why.as_str()), (id, "P", "a mistake"));
        assert_eq!((away.at.as_str(), away.account), (NOW, Some(account)));
        assert!(keeper.archived(Kind::Programme, 10, Some((NOW, id))).await.unwrap().is_empty());
        assert_eq!(keeper.archived_record::<Programme>(id).await.unwrap().map(|p| p.head.code), Some(p.head.code.clone()));
        for session in [db.stranger(), partner(&db, AccountRole::Funder, &["A"]).await] {
            session.archived(Kind::Programme, 10, None).await.unwrap_err();
        }
        // Its code stays taken, and importing it again does not bring it back.
        let mut twin = ketnoi_test_support::programme("Q", "Song sinh");
        twin.head.code = p.head.code.clone();
        let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
        assert!(unit.put(&[twin]).await.is_err());
        unit.roll_back().await.unwrap();
        filled(&db).await;
        assert_eq!(keeper.count::<Programme>(&Filter::all()).await.unwrap(), 0);
        assert_settled(&db, "putting away").await;

        change(&db, async |unit| assert_eq!(unit.restore::<Programme>(&[id]).await.unwrap(), 1)).await;
        assert_eq!((levels(&db).await, reach(&db).await), before);
        let operations =
            db.sql("SELECT operation FROM change WHERE operation IN ('archived', 'restored') ORDER BY revision").await;
        assert_eq!(operations, [["archived"], ["restored"]]);
    })
    .await;
}
