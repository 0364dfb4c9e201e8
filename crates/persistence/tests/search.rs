//! Search: found by words, ranked by one rule, never what is hidden, and kept together with the records.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use ketnoi_domain::{Kind, Programme, Viewer, Visibility, query::Filter};
use ketnoi_persistence::{Hit, Search, search, search_count};
use ketnoi_test_support::{Bulk, TestDb, on_both_databases, programme, programmes};

fn words(text: &str) -> Search {
    Search { text: text.into(), ..Search::default() }
}

async fn found(db: &TestDb, viewer: &Viewer, wanted: &Search) -> Vec<Hit> {
    search(db.registry().store().reader(), viewer, wanted, 100, None).await.unwrap().hits
}

/// The codes of what a stranger finds, the best first.
async fn codes(db: &TestDb, text: &str) -> Vec<String> {
    let all: Vec<Programme> = db.stranger().all(&Filter::all()).await.unwrap();
    let code = |hit: &Hit| all.iter().find(|p| p.head.id.uuid() == hit.id).map(|p| p.head.code.to_string()).unwrap();
    found(db, &Viewer::Stranger, &words(text)).await.iter().map(code).collect()
}

fn titled(all: &[(&str, &str)]) -> Bulk {
    Bulk { programmes: all.iter().map(|(code, title)| programme(code, title)).collect(), ..Bulk::default() }
}

#[tokio::test]
async fn what_is_called_just_so_comes_before_what_begins_so_and_that_before_what_holds_the_words() {
    on_both_databases(async |db: TestDb| {
        let mut bulk = titled(&[
            ("A", "Nâng cấp tại Đà Nẵng"),
            ("B", "Đà Nẵng"),
            ("C", "Đà Nẵng xanh"),
            ("D", "Nặng nề đá"),
            ("E", "Hội An"),
        ]);
        bulk.programmes[4].description = ketnoi_domain::Text::new(ketnoi_domain::Lang::Vi, "Gần Đà Nẵng");
        db.put(&bulk).await;
        assert_eq!(codes(&db, "da nang").await, ["B", "C", "D", "A", "E"]);
        assert_eq!(codes(&db, "ĐÀ NẴNG").await, ["B", "C", "D", "A", "E"]);
        // A word that is typed to its middle may only be the last.
        assert_eq!(codes(&db, "da nan").await, ["B", "C", "D", "A", "E"]);
        assert_eq!(codes(&db, "th nang").await, Vec::<String>::new());
        assert_eq!(codes(&db, "nang xan").await, ["C"]);
    })
    .await;
}

#[tokio::test]
async fn nothing_that_is_typed_breaks_a_search_and_what_holds_no_word_finds_nothing() {
    let answers = on_both_databases(async |db: TestDb| {
        db.put(&titled(&[("A", "Đà Nẵng NEAR OR AND NOT"), ("B", "Trà Vinh")])).await;
        let mut answers = Vec::new();
        let long = "a".repeat(10_000);
        for text in [
            "",
            "   ",
            "%_'\"*()",
            "´ˆ˜",
            "\"da\" OR tra*",
            "NEAR(da tra)",
            "names : da",
            "a & b | !c",
            "')--",
            "da\0nang",
            "-da",
            "^da",
            "{names}: da",
            "da + nang",
            "tra 🌆 vinh",
            "NOT",
            "AND",
            &long,
            "ﬀ",
            "１２",
        ] {
            answers.push((text.chars().take(20).collect::<String>(), codes(&db, text).await));
        }
        answers
    })
    .await;
    for (text, codes) in &answers[..4] {
        assert!(codes.is_empty(), "{text}");
    }
    // Words of the databases' own languages are words here.
    assert_eq!(answers.iter().find(|(t, _)| t == "NOT").unwrap().1, ["A"]);
    assert_eq!(answers.iter().find(|(t, _)| t == "tra 🌆 vinh").unwrap().1, ["B"]);
}

#[tokio::test]
async fn every_hit_comes_once_on_its_page_and_the_count_is_that_of_all_pages() {
    on_both_databases(async |db: TestDb| {
        db.put(&programmes(500)).await;
        let (reader, viewer, wanted) = (db.registry().store().reader().clone(), Viewer::Stranger, words("do thi"));
        let whole = search(&reader, &viewer, &wanted, 1_000, None).await.unwrap().hits;
        let mut paged: Vec<Hit> = Vec::new();
        loop {
            let after = paged.last().map(|h| h.position.clone());
            let page = search(&reader, &viewer, &wanted, 7, after.as_ref()).await.unwrap();
            paged.extend(page.hits);
            if !page.more {
                break;
            }
        }
        assert!(whole.len() > 50);
        assert_eq!(paged, whole);
        assert_eq!(search_count(&reader, &viewer, &wanted).await.unwrap(), i64::try_from(whole.len()).unwrap());
        whole
    })
    .await;
}

#[tokio::test]
async fn what_most_records_hold_is_found_in_the_same_order_rank_by_rank() {
    on_both_databases(async |db: TestDb| {
        let mut bulk = programmes(2_400);
        bulk.programmes[5].title = ketnoi_domain::Text::new(ketnoi_domain::Lang::Vi, "Giai đoạn");
        bulk.programmes[6].title = ketnoi_domain::Text::new(ketnoi_domain::Lang::Vi, "Giai đoạn hai");
        bulk.programmes[7].description = ketnoi_domain::Text::new(ketnoi_domain::Lang::Vi, "Một giai đoạn khác");
        db.put(&bulk).await;
        let (reader, viewer, wanted) = (db.registry().store().reader().clone(), Viewer::Stranger, words("giai doan"));
        let place = |h: &Hit| (h.position.rank, h.position.weight, h.position.key.clone(), h.position.number);
        let whole = search(&reader, &viewer, &wanted, 10_000, None).await.unwrap().hits;
        assert!(whole.len() > 2_000 && whole.is_sorted_by(|a, b| place(a) < place(b)));
        assert_eq!(whole[..2].iter().map(|h| h.position.rank).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(whole.last().unwrap().position.rank, 4);
        let mut paged: Vec<Hit> = Vec::new();
        loop {
            let page = search(&reader, &viewer, &wanted, 399, paged.last().map(|h| h.position.clone()).as_ref()).await.unwrap();
            paged.extend(page.hits);
            if !page.more {
                break;
            }
        }
        assert_eq!(paged, whole);
        assert_eq!(search_count(&reader, &viewer, &wanted).await.unwrap(), i64::try_from(whole.len()).unwrap());
        // Narrowed, few are left, each in its rank: so few that they come in Vietnamese order within it.
        let few = Search { from: "2001-02".parse().ok(), to: "2001-02".parse().ok(), ..wanted.clone() };
        let few = search(&reader, &viewer, &few, 10_000, None).await.unwrap().hits;
        assert!(!few.is_empty() && few.len() < whole.len() && few.is_sorted_by(|a, b| place(a) < place(b)));
        for hit in &few {
            assert!(whole.iter().any(|h| (h.id, h.position.rank) == (hit.id, hit.position.rank)), "{hit:?}");
        }
        whole
    })
    .await;
}

#[tokio::test]
async fn a_stranger_finds_nothing_hidden_and_a_change_is_found_at_once() {
    on_both_databases(async |db: TestDb| {
        let mut bulk = titled(&[("A", "Bí mật"), ("B", "Công khai")]);
        db.put(&bulk).await;
        bulk.programmes[0].head.visibility = Visibility::Internal;
        bulk.programmes[0].head.effective = Visibility::Internal;
        bulk.programmes[1].title = ketnoi_domain::Text::new(ketnoi_domain::Lang::Vi, "Đổi tên");
        db.put(&bulk).await;
        assert_eq!(found(&db, &Viewer::Stranger, &words("bi mat")).await, []);
        assert_eq!(found(&db, &Viewer::LocalAdministrator, &words("bi mat")).await.len(), 1);
        assert_eq!(search_count(db.registry().store().reader(), &Viewer::Stranger, &words("bi mat")).await.unwrap(), 0);
        assert_eq!(found(&db, &Viewer::Stranger, &words("cong khai")).await, []);
        assert_eq!(codes(&db, "doi ten").await, ["B"]);
    })
    .await;
}

#[tokio::test]
async fn a_registry_older_than_its_search_is_searched_once_it_is_up_to_date() {
    on_both_databases(async |db: TestDb| {
        db.put(&titled(&[("A", "Đà Nẵng"), ("B", "Trà Vinh")])).await;
        let store = db.registry().store();
        let names: Vec<String> = store.migrations().await.unwrap().into_iter().map(|(name, _)| name).collect();
        let since = names.iter().rev().position(|name| name == "m0012_search").unwrap() + 1;
        store.migrate_down(u32::try_from(since).unwrap()).await.unwrap();
        store.migrate_up("test").await.unwrap();
        assert_eq!(codes(&db, "tra vinh").await, ["B"]);
        let hits = found(&db, &Viewer::Stranger, &words("da nang")).await;
        assert_eq!(hits.iter().map(|h| h.kind).collect::<Vec<_>>(), [Kind::Programme]);
    })
    .await;
}
