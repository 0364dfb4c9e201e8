//! Who holds a vote, and what becomes of its winners.

use ketnoi_domain::{AdvocacyAction, Ballot, Dialogue, DialogueStatus, Lang, Viewer, query::Filter};
use ketnoi_registry::{
    Error, UserErrorCode,
    votes::{Called, WinnerAction},
};
use ketnoi_test_support::{Hall, NOW, TestDb, officer, on_both_databases, refused};

#[tokio::test]
async fn only_officers_hold_a_vote_and_two_who_open_it_do_not_both() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::prepared(&db, "SECRET").await;
        hall.register(&db, "south", 1).await;
        let stranger = ketnoi_registry::Author::of(Viewer::Stranger, Lang::En);
        let vote: Called = "SECRET".into();
        for refused in [
            db.registry().open_dialogue(&stranger, &vote, None).await.unwrap_err(),
            db.registry().close_dialogue(&stranger, &"NOWHERE".into(), None).await.unwrap_err(),
            db.registry().accept_paper(&stranger, &vote, &"south".into()).await.unwrap_err(),
        ] {
            assert!(matches!(refused, ketnoi_registry::WriteError::Registry(Error::Forbidden(_))), "{refused}");
        }
        let errors = refused(&db.registry().open_dialogue(&officer(1), &vote, Some(7)).await);
        assert_eq!((errors[0].code, errors[0].current_version), (UserErrorCode::Conflict, Some(1)));
        db.registry().open_dialogue(&officer(1), &vote, Some(1)).await.unwrap();
        assert_eq!(refused(&db.registry().open_dialogue(&officer(2), &vote, None).await)[0].code, UserErrorCode::State);
        let opened: Dialogue = db.administrator().require("SECRET").await.unwrap();
        assert_eq!((opened.status, opened.period.from.unwrap().to_string()), (DialogueStatus::Open, NOW[..10].to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_named_vote_keeps_the_city_and_winners_become_letters() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "NAMED", &[("south", 3)]).await;
        let (registry, author) = (db.registry(), officer(1));
        for (code, choice) in hall.codes.iter().zip([2, 2, 3]) {
            registry.cast_ballot(Lang::En, code, &[choice]).await.unwrap();
        }
        let vote: Called = "NAMED".into();
        registry.close_dialogue(&author, &vote, None).await.unwrap();
        let ballots: Vec<Ballot> = db.administrator().all(&Filter::all()).await.unwrap();
        assert!(ballots.len() == 3 && ballots.iter().all(|b| b.authority.is_some()), "{ballots:?}");

        let action = |option| WinnerAction {
            option,
            existing: None,
            kind: ketnoi_domain::AdvocacyKind::Letter,
            title: None,
            addressee: None,
            number: Some("12/HHĐT".into()),
            date: None,
        };
        assert_eq!(refused(&registry.link_winners(&author, &vote, &[action(3)]).await)[0].path, "actions.0.option");
        let ids = registry.link_winners(&author, &vote, &[action(2)]).await.unwrap();
        let made: AdvocacyAction = db.administrator().by_ids(&ids).await.unwrap().remove(0);
        assert_eq!((made.head.code.as_str(), made.title.in_lang(Lang::En)), ("NAMED:action:1", "Advice 2"));
        assert_eq!(made.dialogue, Some(ballots[0].dialogue));
    })
    .await;
}
