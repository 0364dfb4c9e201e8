//! Records on their way to publication, and what is kept of them.

use ketnoi_domain::{
    Head, Kind, Money, Programme, Transaction, Visibility,
    workflow::{RecordState, ReviewStep},
};
use ketnoi_persistence::{Signature, UnitOfWork};
use ketnoi_registry::{
    Error, NewHead, Reading, Reference,
    UserErrorCode::{Conflict, Invalid, State},
    workflow::{PartChange, Publishing},
};
use ketnoi_test_support::{NOW, TestDb, on_both_databases, programme, transaction};
use uuid::Uuid;

use crate::support::*;

#[tokio::test]
async fn a_record_goes_through_review_and_what_is_published_of_it_stays() {
    on_both_databases(async |db: TestDb| {
        let registry = db.registry();
        let hidden = |code: &str, title: &str| {
            let mut one = programme(code, title);
            (one.head.visibility, one.head.effective) = (Visibility::Internal, Visibility::Internal);
            one
        };
        let mut part = hidden("B", "Hợp phần");
        let one = hidden("A", "Một");
        part.parent = Some(one.head.id);
        let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
        put(&mut unit, &[one.clone(), part.clone()]).await;
        unit.commit(&Signature::of(registry.clock().new_id(), NOW, "test", "put")).await.unwrap();
        let (which, id) = (Reference::id(one.head.id), one.head.id.uuid());
        let everyone = Publishing { visibility: Visibility::Public, note: "bản đầu".into() };

        assert_eq!(refused(registry.send_back(&officer(), &which, "thiếu").await), at(State, "id"));
        registry.submit_for_review(&officer(), &which, "xem giúp").await.unwrap();
        assert_eq!(refused(registry.submit_for_review(&officer(), &which, "").await), at(State, "id"));
        assert_eq!(db.administrator().records_in_review(10, None).await.unwrap().waiting.len(), 1);
        assert_eq!(refused(registry.send_back(&officer(), &which, "").await), at(Invalid, "reason"));
        registry.send_back(&officer(), &which, "thiếu kinh phí").await.unwrap();
        assert!(is_forbidden(&registry.publish_record(&hue(), &which, 1, &everyone).await));
        assert_eq!(refused(registry.publish_record(&officer(), &which, 9, &everyone).await), at(Conflict, "expectedVersion"));
        let below = Reference::id(part.head.id);
        let wrong = errors(registry.publish_record(&officer(), &below, 1, &everyone).await);
        assert_eq!((wrong[0].code, wrong[0].path.as_str()), (State, "id"));
        assert!(wrong[0].message.contains("programme A"), "{}", wrong[0].message);
        assert_eq!(db.stranger().publications(Kind::Programme, id).await.unwrap(), []);

        let first = registry.publish_record(&officer(), &which, 1, &everyone).await.unwrap();
        assert_eq!((first.publication, first.version), (Some(1), 2));
        let again = registry.publish_record(&officer(), &which, 2, &everyone).await;
        assert_eq!(refused(again), at(State, "id"), "nothing has changed");
        let seen = db.stranger().publications(Kind::Programme, id).await.unwrap();
        assert_eq!((seen.len(), seen[0].actor.as_str(), seen[0].note.as_str()), (1, "", ""));
        assert!(matches!(db.stranger().publication(Kind::Programme, id, 1).await, Err(Error::Forbidden(_))));
        let before = db.administrator().publication(Kind::Programme, id, 1).await.unwrap().unwrap();

        let retitle = |_: &mut Reading, record: &mut Programme| record.title = text("Hai");
        registry.update::<Programme>(&officer(), &which, None, retitle).await.unwrap();
        let spent = |_: &mut Reading, head: Head<Transaction>| Transaction {
            head,
            ..transaction(&programme("A", ""), "1", "2025-03-01".parse().unwrap(), Money::from_minor(100, "USD".parse().unwrap()))
        };
        registry.create::<Transaction>(&officer(), &NewHead::default(), spent).await.unwrap();
        let second = registry.publish_record(&officer(), &which, 3, &everyone).await.unwrap();
        assert_eq!(second.publication, Some(2));
        let after = db.administrator().publication(Kind::Programme, id, 1).await.unwrap().unwrap();
        assert_eq!(before, after, "what was published stays as it was");
        let differences = db.administrator().publication_difference(Kind::Programme, id, (1, 2)).await.unwrap().unwrap();
        assert_eq!(differences.len(), 2, "{differences:?}");
        let fields: Vec<&str> = differences[0].fields.iter().map(|f| f.field.as_str()).collect();
        assert_eq!((differences[0].id, differences[0].change, fields), (id, PartChange::Changed, vec!["title"]));
        assert!(format!("{:?}{:?}", differences[0].fields[0].before, differences[0].fields[0].after).contains("Hai"));
        assert_eq!((differences[1].kind, differences[1].change), (Kind::Transaction, PartChange::Added));
        assert_eq!(db.administrator().publication_difference(Kind::Programme, id, (1, 7)).await.unwrap(), None);

        assert_eq!(
            refused(registry.withdraw_record(&officer(), &which, Visibility::Public, "sai").await),
            at(Invalid, "visibility")
        );
        registry.withdraw_record(&officer(), &which, Visibility::Draft, "sai số liệu").await.unwrap();
        assert!(db.stranger().by_code::<Programme>("A").await.unwrap().is_none());
        assert_eq!(db.stranger().publications(Kind::Programme, id).await.unwrap(), []);
        let told = db.administrator().record_steps(Kind::Programme, id).await.unwrap().unwrap();
        assert_eq!(told.state, RecordState::Draft);
        let steps: Vec<ReviewStep> = told.steps.iter().map(|s| s.step).collect();
        use ReviewStep::{Published, SentBack, Submitted, Withdrawn};
        assert_eq!(steps, [Withdrawn, Published, Published, SentBack, Submitted]);
        assert_eq!((told.steps[0].why.as_str(), told.steps[0].account), ("sai số liệu", Some(Uuid::from_u128(4))));
        assert!(matches!(db.stranger().record_steps(Kind::Programme, id).await, Err(Error::Forbidden(_))));
    })
    .await;
}
