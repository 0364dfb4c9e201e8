//! Ballots on paper are read by two people.

use ketnoi_domain::{Dialogue, Lang};
use ketnoi_registry::votes::{Called, PaperEntry};
use ketnoi_test_support::{Hall, TestDb, officer, on_both_databases, refused};

#[tokio::test]
async fn paper_ballots_count_when_two_people_read_the_same() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("south", 4)]).await;
        hall.cast_all(&db).await;
        let (registry, first, second) = (db.registry(), officer(1), officer(2));
        let (vote, south): (Called, Called) = ("SECRET".into(), "south".into());
        let paper = |number, choices: &[i64]| PaperEntry {
            number,
            choices: choices.to_vec(),
            spoiled: choices.is_empty(),
            authority: None,
        };
        let errors = refused(&registry.enter_paper(&first, &vote, &south, 1, &[paper(1, &[1]), paper(1, &[1, 2])]).await);
        let paths: Vec<&str> = errors.iter().map(|e| e.path.as_str()).collect();
        assert_eq!(paths, ["ballots.0.choices", "ballots.1.number"], "all faults at once");

        let read = [paper(1, &[1, 2]), paper(2, &[3, 2, 1]), paper(3, &[])];
        registry.enter_paper(&first, &vote, &south, 1, &read).await.unwrap();
        let errors = refused(&registry.enter_paper(&first, &vote, &south, 2, &read).await);
        assert_eq!(errors[0].path, "pass", "the same person does not read twice");
        registry.enter_paper(&second, &vote, &south, 2, &[paper(1, &[1, 2]), paper(2, &[1, 2])]).await.unwrap();
        let differ = registry.compare_paper(&first, &vote, &south).await.unwrap();
        assert_eq!(differ.iter().map(|d| d.number).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(differ[1].second, None);
        assert!(refused(&registry.accept_paper(&first, &vote, &south).await)[0].message.contains("2, 3"));
        assert!(!refused(&registry.close_dialogue(&first, &vote, None).await).is_empty(), "papers that wait are not left behind");
        registry.enter_paper(&second, &vote, &south, 2, &read[1..]).await.unwrap();
        registry.accept_paper(&first, &vote, &south).await.unwrap();
        assert_eq!(refused(&registry.enter_paper(&first, &vote, &south, 1, &read[..1]).await)[0].path, "ballots.0.number");
        let said = db.sql("SELECT DISTINCT choices, spoiled FROM paper_ballot").await;
        assert_eq!(said.len(), 1, "what the papers say is in the box alone: {said:?}");

        // Nine may vote: four did by code and three on paper, so three more are one too many.
        let more = [paper(4, &[1, 2]), paper(5, &[1, 2]), paper(6, &[1, 2])];
        registry.enter_paper(&first, &vote, &south, 1, &more).await.unwrap();
        registry.enter_paper(&second, &vote, &south, 2, &more).await.unwrap();
        assert!(refused(&registry.accept_paper(&second, &vote, &south).await)[0].message.contains('9'));
        db.sql("DELETE FROM paper_ballot WHERE number = 6; SELECT 1").await;
        registry.accept_paper(&second, &vote, &south).await.unwrap();
        let late = hall.issue(&db, &hall.register(&db, "south", 1).await).await;
        assert!(refused(&registry.cast_ballot(Lang::En, &late[0], &[1, 2]).await)[0].path == "code", "all ballots are in");

        registry.close_dialogue(&first, &vote, None).await.unwrap();
        let dialogue: Dialogue = db.administrator().require("SECRET").await.unwrap();
        let count = db
            .administrator()
            .count_ballots(std::slice::from_ref(&dialogue))
            .await
            .unwrap()
            .remove(&dialogue.head.id)
            .unwrap()
            .count;
        assert_eq!((count.overall.valid, count.overall.spoiled), (8, 1));
    })
    .await;
}
