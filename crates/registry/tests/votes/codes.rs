//! A code is good for one ballot that the rule allows, and for no more once another has taken its place.

use std::collections::BTreeSet;

use ketnoi_domain::Lang;
use ketnoi_registry::{
    UserErrorCode,
    votes::{Called, DelegateCalled, IssueOrder, SheetOptions},
};
use ketnoi_test_support::{Hall, TestDb, officer, on_both_databases, refused};
use tokio::task::JoinSet;

use crate::support::tables;

#[tokio::test]
async fn one_code_is_one_ballot_however_many_come_with_it_at_once() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("south", 2)]).await;
        let code = hall.codes[0].clone();
        let mut all = JoinSet::new();
        for n in 0..20i64 {
            let (registry, code) = (db.registry().clone(), code.clone());
            all.spawn(async move { registry.cast_ballot(Lang::En, &code, &[1 + n % 4, 5 + n % 4]).await });
        }
        let done: Vec<_> = all.join_all().await;
        let told: BTreeSet<String> =
            done.iter().filter_map(|d| d.as_ref().err().map(|_| refused(d)[0].message.clone())).collect();
        assert_eq!(done.iter().filter(|d| d.is_ok()).count(), 1);
        assert_eq!(told.len(), 1, "every refusal of a code is the same: {told:?}");
        // A code that was never given out, and one that was mistyped, are told the same.
        for other in ["01234-T8YZG", "nonsense", ""] {
            assert_eq!(refused(&db.registry().cast_ballot(Lang::En, other, &[1, 2]).await)[0].message, *told.first().unwrap());
        }
        assert!(db.registry().booth(Lang::En, &code).await.is_err(), "a used code shows no ballot");
        let cast = db.sql("SELECT SUM(electronic) FROM ballot_box").await;
        assert_eq!(cast, [["1"]]);
    })
    .await;
}

#[tokio::test]
async fn a_ballot_of_too_few_or_too_many_choices_is_refused_with_the_rule_and_leaves_the_code_good() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("south", 1)]).await;
        for picked in [&[1][..], &[1, 2, 3, 4], &[], &[2, 2], &[1, 99]] {
            let errors = refused(&db.registry().cast_ballot(Lang::En, &hall.codes[0], picked).await);
            assert_eq!((errors[0].code, errors[0].path.as_str()), (UserErrorCode::Invalid, "choices"), "{picked:?}");
        }
        let told = refused(&db.registry().cast_ballot(Lang::En, &hall.codes[0], &[1, 2, 3, 4]).await);
        assert_eq!(told[0].message, "You picked 4: pick 2 to 3.");
        let booth = db.registry().booth(Lang::Vi, &hall.codes[0].to_lowercase().replace('-', " ")).await.unwrap();
        assert_eq!(booth.options.iter().map(|o| o.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7, 8]);
        db.registry().cast_ballot(Lang::En, &hall.codes[0], &[8, 1]).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_new_code_ends_the_old_one_and_a_voided_one_admits_to_nothing() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("south", 3)]).await;
        let registry = db.registry();
        registry.cast_ballot(Lang::En, &hall.codes[0], &[1, 2]).await.unwrap();
        let order = IssueOrder { dialogue: "SECRET".into(), cluster: None, delegates: Vec::new(), reissue: true };
        let (issued, fresh) = registry.issue_codes(&officer(1), &order).await.unwrap();
        assert_eq!((issued.count, fresh.len()), (2, 2), "who has voted gets no second code");
        assert!(registry.cast_ballot(Lang::En, &hall.codes[1], &[1, 2]).await.is_err());
        let second =
            DelegateCalled { authority: Called { text: String::new(), id: Some(fresh[0].authority.uuid()) }, ordinal: 1 };
        registry.void_codes(&officer(1), &"SECRET".into(), &[second]).await.unwrap();
        assert!(registry.cast_ballot(Lang::En, &fresh[0].code.to_string(), &[1, 2]).await.is_err());
        registry.cast_ballot(Lang::En, &fresh[1].code.to_string(), &[1, 2]).await.unwrap();
        let options = SheetOptions { lang: Lang::Vi, public_url: Some("https://ketnoi.example/".into()) };
        let pdf = registry.print_codes(issued.dialogue, &fresh, &options).await.unwrap();
        assert!(pdf.starts_with(b"%PDF"));
        // No code is kept anywhere as it is.
        let tables = tables(&db).await;
        for table in &tables {
            let rows = db.sql(&format!("SELECT * FROM \"{table}\"")).await;
            let all = rows.concat().join(" ");
            assert!(hall.codes.iter().all(|c| !all.contains(&c.replace('-', ""))), "{table}");
        }
    })
    .await;
}
