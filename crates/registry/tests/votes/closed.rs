//! What a vote is held on and by stays as it is: from its opening on the rule and the options, after its close everything.

use ketnoi_domain::{
    Ballot, Cluster, Dialogue, DialogueCluster, DialogueOption, DialogueStatus, Lang, Recommendation, Record as _, Text, Viewer,
    Visibility,
};
use ketnoi_persistence::{Error as StoreError, Signature, UnitOfWork};
use ketnoi_registry::{
    Error, Reference, UserErrorCode, WriteError,
    votes::{DelegateCalled, IssueOrder, NewDelegate, PaperEntry},
};
use ketnoi_test_support::{Hall, NOW, TestDb, officer, on_both_databases, refused};

#[tokio::test]
async fn nobody_changes_a_vote_that_is_closed_on_any_path() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("north", 6)]).await;
        fixed(&hall, &db, "from its opening on the rule and the options stay").await;
        hall.cast_all(&db).await;
        let spare = hall.issue(&db, &hall.register(&db, "north", 1).await).await;
        let (registry, author) = (db.registry(), officer(1));
        registry.close_dialogue(&author, &"SECRET".into(), None).await.unwrap();
        let before = dump(&db).await;
        // Every use case of the vote.
        assert!(registry.cast_ballot(Lang::En, &spare[0], &[1, 2]).await.is_err());
        let state = |done: Vec<ketnoi_registry::UserError>| assert_eq!(done[0].code, UserErrorCode::State, "{done:?}");
        state(refused(&registry.open_dialogue(&author, &"SECRET".into(), None).await));
        state(refused(&registry.close_dialogue(&author, &"SECRET".into(), None).await));
        let late = [NewDelegate { authority: "city-16".into(), note: String::new() }];
        state(refused(&registry.register_delegates(&author, &"SECRET".into(), &"north".into(), &late).await));
        let order = IssueOrder { dialogue: "SECRET".into(), cluster: None, delegates: Vec::new(), reissue: true };
        state(refused(&registry.issue_codes(&author, &order).await));
        let named = [DelegateCalled { authority: "city-01".into(), ordinal: 1 }];
        state(refused(&registry.void_codes(&author, &"SECRET".into(), &named).await));
        let paper = [PaperEntry { number: 1, choices: vec![1, 2], spoiled: false, authority: None }];
        state(refused(&registry.enter_paper(&author, &"SECRET".into(), &"north".into(), 1, &paper).await));
        state(refused(&registry.accept_paper(&author, &"SECRET".into(), &"north".into()).await));
        // Every write of a record, and every file.
        fixed(&hall, &db, "after the close").await;
        let file = Hall::file();
        assert!(registry.import(&Viewer::LocalAdministrator, &[file], false, &|_, _, _| ()).await.is_err());
        assert_eq!(dump(&db).await, before);
        // Only its own last step is left.
        registry.publish_dialogue(&author, &"SECRET".into(), None).await.unwrap();
        fixed(&hall, &db, "after its publication").await;
    })
    .await;
}

#[tokio::test]
async fn what_a_vote_is_held_on_and_by_is_not_put_away_and_nothing_comes_back_into_it() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::prepared(&db, "SECRET").await;
        let (registry, author) = (db.registry(), officer(1));
        let session = db.administrator();
        let dialogue: Dialogue = session.require("SECRET").await.unwrap();
        let options = async || -> Vec<DialogueOption> {
            let of = [dialogue.head.id.uuid()];
            db.administrator().all_children(("dialogue_id", &of)).await.unwrap()
        };
        // While it is being prepared an option may go, by itself or with its recommendation.
        let eighth = options().await.into_iter().find(|o| o.number == 8).unwrap();
        registry.archive(&author, &Reference::id(eighth.head.id), None, "too many").await.unwrap();
        let seventh: Recommendation = session.require("advice-7").await.unwrap();
        registry.archive(&author, &Reference::id(seventh.head.id), None, "said twice").await.unwrap();
        assert_eq!(options().await.len(), 6);
        hall.register(&db, "north", 6).await;
        registry.open_dialogue(&author, &"SECRET".into(), None).await.unwrap();

        let first: Recommendation = session.require("advice-1").await.unwrap();
        let north: Cluster = session.require("north").await.unwrap();
        let stays = async |when: &str| {
            let done = [
                registry.archive(&author, &Reference::id(first.head.id), None, "a mistake").await,
                registry.archive(&author, &Reference::id(north.head.id), None, "a mistake").await,
                registry.restore(&author, &Reference::id(eighth.head.id), None).await,
                registry.restore(&author, &Reference::id(seventh.head.id), None).await,
            ];
            for one in &done {
                let errors = refused(one);
                assert_eq!((errors[0].code, errors[0].path.as_str()), (UserErrorCode::State, "id"), "{when}: {one:?}");
            }
            // On every other path as well.
            let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
            let errors = [
                unit.archive::<Recommendation>(&[first.head.id.uuid()], None, "a mistake", NOW).await.err(),
                unit.archive::<Cluster>(&[north.head.id.uuid()], None, "a mistake", NOW).await.err(),
                unit.restore::<DialogueOption>(&[eighth.head.id.uuid()]).await.err(),
                unit.restore::<Recommendation>(&[seventh.head.id.uuid()]).await.err(),
            ];
            unit.roll_back().await.unwrap();
            for error in errors {
                assert!(matches!(error, Some(StoreError::Fixed { .. })), "{when}: {error:?}");
            }
            assert_eq!(options().await.len(), 6, "{when}");
        };
        stays("while it is open").await;
        registry.close_dialogue(&author, &"SECRET".into(), None).await.unwrap();
        stays("after the close").await;
    })
    .await;
}

#[tokio::test]
async fn a_vote_of_which_a_choice_would_be_lost_is_not_closed() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("north", 6), ("islands", 3)]).await;
        hall.cast_all(&db).await;
        // As if an option had gone behind the back of the vote.
        db.sql("UPDATE dialogue_option SET number = 90 WHERE number = 1; SELECT 1").await;
        let before = dump(&db).await;
        let closed = db.registry().close_dialogue(&officer(1), &"SECRET".into(), None).await;
        assert!(matches!(closed, Err(WriteError::Registry(Error::Outcome(_)))), "{closed:?}");
        assert_eq!(dump(&db).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_file_brings_a_closed_dialogue_once_and_changes_it_never() {
    on_both_databases(async |db: TestDb| {
        let closed = |title: &str| {
            let mut file = Hall::file();
            file.text = file.text.replace("status = \"preparing\"", "status = \"closed\"").replace("Đối thoại kín", title);
            file.text.push_str("ballot = [{ choices = [1], authority = \"city-01\" }]\n");
            file
        };
        let import =
            async |title: &str| db.registry().import(&Viewer::LocalAdministrator, &[closed(title)], false, &|_, _, _| ()).await;
        import("Một").await.unwrap();
        let again = import("Một").await.unwrap();
        assert_eq!((again.total.changed, again.total.added), (0, 0), "the same again is no change");
        let error = import("Hai").await.unwrap_err().to_string();
        assert!(error.contains("SECRET"), "{error}");
    })
    .await;
}

/// Writes past the use cases, as an import or a change of a single record would; what refuses it.
async fn put<T: ketnoi_registry::Stored>(db: &TestDb, record: T) -> Option<StoreError> {
    let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
    let done = unit.put(&[record]).await;
    match done {
        Ok(()) => {
            unit.commit(&Signature::of(db.registry().clock().new_id(), NOW, "test", "change a record")).await.unwrap();
            None
        }
        Err(error) => {
            unit.roll_back().await.unwrap();
            Some(error)
        }
    }
}

/// Fails unless every record of the vote stays as it is, whoever writes it.
async fn fixed(hall: &Hall, db: &TestDb, when: &str) {
    let session = db.administrator();
    let is_fixed = |error: Option<StoreError>, what: &str| {
        assert!(matches!(error, Some(StoreError::Fixed { .. })), "{what} {when}: {error:?}");
    };
    let dialogue: Dialogue = session.require(&hall.dialogue).await.unwrap();
    is_fixed(put(db, Dialogue { title: Text::new(Lang::Vi, "Khác"), ..dialogue.clone() }).await, "the dialogue");
    is_fixed(put(db, Dialogue { status: DialogueStatus::Preparing, ..dialogue.clone() }).await, "the status");
    let of = [dialogue.head.id.uuid()];
    let option: DialogueOption = session.all_children(("dialogue_id", &of)).await.unwrap().remove(0);
    is_fixed(put(db, DialogueOption { number: 40, ..option.clone() }).await, "an option");
    let cluster: DialogueCluster = session.all_children(("dialogue_id", &of)).await.unwrap().remove(0);
    is_fixed(put(db, DialogueCluster { eligible: Some(400), ..cluster.clone() }).await, "a cluster");
    let head = ketnoi_test_support::head::<Ballot>("a-ballot-more");
    let extra = Ballot {
        head,
        dialogue: dialogue.head.id,
        cluster: cluster.cluster,
        authority: None,
        choices: vec![option.head().id],
        spoiled: false,
    };
    is_fixed(put(db, extra).await, "a further ballot");
    let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
    is_fixed(unit.remove::<DialogueOption>(&[option.head.id.uuid()]).await.err(), "taking an option away");
    unit.roll_back().await.unwrap();
    if let Some(ballot) = session.all_children::<Ballot>(("dialogue_id", &of)).await.unwrap().pop() {
        is_fixed(put(db, Ballot { spoiled: true, choices: Vec::new(), ..ballot.clone() }).await, "a ballot");
        let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
        is_fixed(unit.remove::<Ballot>(&[ballot.head.id.uuid()]).await.err(), "taking a ballot away");
        unit.roll_back().await.unwrap();
    }
    // Who may see it is no part of the vote.
    let mut seen = dialogue;
    seen.head.visibility = Visibility::Public;
    assert!(put(db, seen).await.is_none());
}

/// Everything that the vote consists of, as the database has it.
async fn dump(db: &TestDb) -> Vec<Vec<Vec<String>>> {
    let mut all = Vec::new();
    for table in ["dialogue", "dialogue_option", "dialogue_cluster", "ballot", "ballot_box", "vote", "vote_code", "paper_ballot"]
    {
        let mut rows = db.sql(&format!("SELECT * FROM \"{table}\"")).await;
        rows.sort();
        all.push(rows);
    }
    all
}
