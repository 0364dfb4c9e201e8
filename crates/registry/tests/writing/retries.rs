//! Of two who save at once one wins, and what is asked for twice is done once.

use ketnoi_domain::{Head, Organisation, Programme, query::Filter};
use ketnoi_registry::{Author, Claim, Reading, Reference, Saved, UserErrorCode};
use ketnoi_test_support::{TestDb, on_both_databases, organisation};

use crate::support::{at, called, errors, make_programme, officer, refused};

#[tokio::test]
async fn of_two_officers_who_save_one_wins_and_the_other_is_told_the_version() {
    on_both_databases(async |db: TestDb| {
        make_programme(&db, "PRO").await;
        let named = |acronym: &'static str| move |_: &mut Reading, p: &mut Programme| p.acronym = Some(acronym.into());
        let (officer, which) = (officer(), Reference::code("PRO"));
        let (first, second) = tokio::join!(
            db.registry().update(&officer, &which, Some(1), named("A")),
            db.registry().update(&officer, &which, Some(1), named("B")),
        );
        let (won, lost) = if first.is_ok() { (first, second) } else { (second, first) };
        assert_eq!(won.unwrap().version, 2);
        let lost = errors(lost);
        assert_eq!((lost[0].code, lost[0].path.as_str()), (UserErrorCode::Conflict, "expectedVersion"));
        assert_eq!(lost[0].current_version, Some(2));
    })
    .await;
}

#[tokio::test]
async fn fifty_retries_of_one_key_make_one_record_and_get_one_answer() {
    on_both_databases(async |db: TestDb| {
        let claim = Claim { key: "k/createOrganisation".into(), digest: "0a".into() };
        let author = Author { claim: Some(claim), ..officer() };
        let mut retries = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (registry, author) = (db.registry().clone(), author.clone());
            retries.spawn(async move {
                let build = |_: &mut Reading, head: Head<Organisation>| Organisation { head, ..organisation("ONE", "One") };
                registry.create::<Organisation>(&author, &called("ONE"), build).await
            });
        }
        let answers: Vec<Saved> = retries.join_all().await.into_iter().map(|done| done.unwrap()).collect();
        assert_eq!(answers.len(), 50);
        assert!(answers.iter().all(|a| *a == answers[0]), "all get the first answer");
        assert_eq!(db.administrator().count::<Organisation>(&Filter::all()).await.unwrap(), 1);
        assert_eq!(db.administrator().revision().await.unwrap(), 1, "one effect");

        let other = Claim { key: "k/createOrganisation".into(), digest: "0b".into() };
        let author = Author { claim: Some(other), ..officer() };
        let build = |_: &mut Reading, head: Head<Organisation>| Organisation { head, ..organisation("TWO", "Two") };
        let reused = db.registry().create::<Organisation>(&author, &called("TWO"), build).await;
        assert_eq!(refused(reused), [at(UserErrorCode::KeyReused, "")]);
    })
    .await;
}

#[tokio::test]
async fn a_key_stays_used_even_if_what_was_done_under_it_changed_nothing() {
    on_both_databases(async |db: TestDb| {
        make_programme(&db, "ONE").await;
        let named = |name: &'static str| move |_: &mut Reading, p: &mut Programme| p.acronym = Some(name.into());
        let update = async |author: &Author, name: &'static str| {
            db.registry().update(author, &Reference::code("ONE"), None, named(name)).await
        };
        update(&officer(), "A").await.unwrap();
        let under = |digest: &str| {
            let claim = Claim { key: "k/updateProgramme".into(), digest: digest.into() };
            Author { claim: Some(claim), ..officer() }
        };
        let first = update(&under("0a"), "A").await.unwrap();
        let entries = db.sql("SELECT COUNT(*) FROM audit_entry").await;
        assert_eq!((first.version, db.administrator().revision().await.unwrap()), (2, 2), "what changes nothing is no change");
        assert_eq!(entries, [["2"]]);
        update(&officer(), "B").await.unwrap();
        assert_eq!(update(&under("0a"), "A").await.unwrap(), first, "a late retry gets the first answer");
        let one: Programme = db.stranger().require("ONE").await.unwrap();
        assert_eq!((one.acronym.as_deref(), db.administrator().revision().await.unwrap()), (Some("B"), 3));
        assert_eq!(refused(update(&under("0b"), "C").await), [at(UserErrorCode::KeyReused, "")]);
    })
    .await;
}
