//! Lists: every record once, in the same order, however they are walked, on both databases.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use std::collections::BTreeSet;

use chrono::NaiveDate;
use ketnoi_domain::{
    Currency, Money, Organisation, PartialDate, Programme, Transaction, Viewer, Visibility, fold,
    query::{Filter, Key, Order, Page, Position, Scalar, Test},
};
use ketnoi_persistence::{Stored, children, page};
use ketnoi_test_support::{Bulk, TestDb, on_both_databases, organisation, programme, programmes, transaction};
use proptest::{prelude::*, test_runner::TestRunner};

/// What makes lists hard: few titles, few dates and few amounts for many records, and unknown ones among them.
#[derive(Clone, Debug)]
struct Row {
    title: usize,
    start: usize,
    end: usize,
    amount: i64,
}

const TITLES: [&str; 6] = ["Đà Nẵng", "Da Nang", "Dĩ An", "điện biên", "Ấp Bắc", "Vinh"];
const DATES: [&str; 7] = ["", "2010", "2010-08", "2010-08-02", "2011", "1998-10", "2025-07-01"];

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..TITLES.len(), 0..DATES.len(), 0..DATES.len(), -2i64..3);
    prop::collection::vec(row.prop_map(|(title, start, end, amount)| Row { title, start, end, amount }), 1..40)
}

fn date(i: usize) -> Option<PartialDate> {
    DATES[i].parse().ok()
}

/// The records that rows stand for, their codes beginning with a letter of their own.
fn records(letter: &str, rows: &[Row]) -> Bulk {
    let mut bulk = Bulk::default();
    for (i, row) in rows.iter().enumerate() {
        let code = format!("{letter}{i}");
        let mut o = organisation(&code, TITLES[row.title]);
        (o.existence.from, o.partner_since) = (date(row.start), date(row.end));
        let mut p = programme(&code, TITLES[row.title]);
        (p.actual.from, p.planned.to) = (date(row.start), date(row.end));
        let day = date(row.start).map_or(NaiveDate::default(), PartialDate::from);
        let cad: Currency = "CAD".parse().unwrap();
        bulk.transactions.push(transaction(&p, "t", day, Money::from_minor(row.amount * 100, cad)));
        bulk.organisations.push(o);
        bulk.programmes.push(p);
    }
    bulk
}

async fn part<T: Stored>(db: &TestDb, order: Order, page_of: &Page) -> ketnoi_persistence::Found<T> {
    page(db.store().reader(), &Viewer::Stranger, &Filter::all(), order, page_of).await.unwrap()
}

fn step(size: u32, from_end: bool, position: Option<Position>) -> Page {
    let (after, before) = if from_end { (None, position) } else { (position, None) };
    Page { size, from_end, after, before }
}

/// The codes of all records, page by page, from the front or from the end.
async fn walk<T: Stored>(db: &TestDb, order: Order, size: u32, from_end: bool) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut position = None;
    loop {
        let begun = position.is_some();
        let found = part::<T>(db, order, &step(size, from_end, position)).await;
        let (more, other) = if from_end { (found.more_before, found.more_after) } else { (found.more_after, found.more_before) };
        assert_eq!(other, begun, "what lies behind the first page of a walk");
        let codes = found.rows.iter().map(|(_, r)| r.head().code.to_string());
        if from_end {
            all.splice(0..0, codes.collect::<Vec<_>>());
            position = found.rows.first().map(|(p, _)| p.clone());
        } else {
            all.extend(codes);
            position = found.rows.last().map(|(p, _)| p.clone());
        }
        if !more {
            return all;
        }
    }
}

/// Walks every order of a kind in both directions; gives the codes in each order.
async fn walks<T: Stored>(db: &TestDb, expected: usize, size: u32) -> Vec<Vec<String>> {
    let mut orders = Vec::new();
    for sort in T::SORTS {
        for descending in [false, true] {
            let order = Order { by: sort.name, descending };
            let whole = part::<T>(db, order, &Page::first(1000)).await;
            assert!(!whole.more_before && !whole.more_after);
            let positions: Vec<(Key, uuid::Uuid)> = whole.rows.iter().map(|(p, _)| (p.key.clone(), p.id)).collect();
            let in_order = positions.windows(2).all(|w| if descending { above(&w[0], &w[1]) } else { above(&w[1], &w[0]) });
            assert!(in_order, "{:?} by {order:?}: {positions:?}", T::KIND);
            let codes: Vec<String> = whole.rows.iter().map(|(_, r)| r.head().code.to_string()).collect();
            assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), expected, "each record once");
            assert_eq!(walk::<T>(db, order, size, false).await, codes, "{:?} by {order:?}, forward", T::KIND);
            assert_eq!(walk::<T>(db, order, size, true).await, codes, "{:?} by {order:?}, backward", T::KIND);
            orders.push(codes);
        }
    }
    orders
}

fn above(a: &(Key, uuid::Uuid), b: &(Key, uuid::Uuid)) -> bool {
    match (&a.0, &b.0) {
        (Key::Bytes(x), Key::Bytes(y)) => (x, a.1) > (y, b.1),
        (Key::Text(x), Key::Text(y)) => (x, a.1) > (y, b.1),
        (Key::Int(x), Key::Int(y)) => (x, a.1) > (y, b.1),
        _ => false,
    }
}

#[test]
fn every_walk_gives_each_record_once_in_the_same_order_on_both_databases() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config = ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config)
        .run(&(rows(), 1u32..9), |(rows, size)| {
            runtime.block_on(on_both_databases(async |db: TestDb| {
                db.put(&records("R", &rows)).await;
                let mut orders = walks::<Programme>(&db, rows.len(), size).await;
                orders.extend(walks::<Organisation>(&db, rows.len(), size).await);
                orders.extend(walks::<Transaction>(&db, rows.len(), size).await);
                orders
            }));
            Ok(())
        })
        .unwrap();
}

#[test]
fn rows_that_come_between_two_pages_neither_hide_nor_repeat_one() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config = ProptestConfig { cases: 3, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config)
        .run(&(rows(), rows(), 1u32..6), |(there, new, size)| {
            runtime.block_on(on_both_databases(async |db: TestDb| {
                db.put(&records("R", &there)).await;
                let mut letter = 0;
                for sort in Programme::SORTS {
                    for (descending, from_end) in [(false, false), (true, false), (false, true), (true, true)] {
                        let order = Order { by: sort.name, descending };
                        let mut seen: Vec<String> = Vec::new();
                        let mut position = None;
                        let before: BTreeSet<String> = walk::<Programme>(&db, order, 100, false).await.into_iter().collect();
                        loop {
                            let found = part::<Programme>(&db, order, &step(size, from_end, position)).await;
                            seen.extend(found.rows.iter().map(|(_, p)| p.head.code.to_string()));
                            let more = if from_end { found.more_before } else { found.more_after };
                            let last = if from_end { found.rows.first() } else { found.rows.last() };
                            position = last.map(|(p, _)| p.clone());
                            if !more {
                                break;
                            }
                            if letter < 6 {
                                letter += 1;
                                db.put(&records(&format!("N{letter}-"), &new[..new.len().min(3)])).await;
                            }
                        }
                        let once: BTreeSet<String> = seen.iter().cloned().collect();
                        assert_eq!(once.len(), seen.len(), "{order:?}: nothing comes twice");
                        assert!(once.is_superset(&before), "{order:?}: nothing that was there is left out");
                    }
                }
            }));
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn what_is_unknown_comes_last_in_both_directions() {
    on_both_databases(async |db: TestDb| {
        let rows: Vec<Row> = (0..21).map(|i| Row { title: i % 6, start: i % 7, end: 0, amount: 0 }).collect();
        db.put(&records("R", &rows)).await;
        for descending in [false, true] {
            let found = part::<Programme>(&db, Order { by: "start", descending }, &Page::first(100)).await;
            let starts: Vec<Option<PartialDate>> = found.rows.iter().map(|(_, p)| p.start()).collect();
            let known: Vec<PartialDate> = starts.iter().flatten().copied().collect();
            assert!(starts[..known.len()].iter().all(Option::is_some), "{starts:?}");
            assert!(known.windows(2).all(|w| if descending { w[0] >= w[1] } else { w[0] <= w[1] }), "{starts:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn titles_follow_the_vietnamese_order() {
    let titles = on_both_databases(async |db: TestDb| {
        let mut bulk = Bulk::default();
        for (i, title) in
            ["Vinh", "Đà Nẵng", "Dĩ An", "Điện Biên", "Cần Thơ", "Cao Bằng", "Ấp Bắc", "An Giang"].iter().enumerate()
        {
            bulk.programmes.push(programme(&format!("P{i}"), title));
        }
        db.put(&bulk).await;
        let found = part::<Programme>(&db, Order { by: "title", descending: false }, &Page::first(100)).await;
        found.rows.iter().map(|(_, p)| p.title.in_lang(ketnoi_domain::Lang::Vi).to_owned()).collect::<Vec<_>>()
    })
    .await;
    assert_eq!(titles, ["An Giang", "Ấp Bắc", "Cao Bằng", "Cần Thơ", "Dĩ An", "Đà Nẵng", "Điện Biên", "Vinh"]);
}

#[tokio::test]
async fn each_parent_has_its_own_page_of_children() {
    on_both_databases(async |db: TestDb| {
        let bulk = programmes(30);
        db.put(&bulk).await;
        let ids: Vec<uuid::Uuid> = bulk.organisations.iter().map(|o| o.head.id.uuid()).collect();
        let order = Order { by: "code", descending: true };
        let all = Filter::all();
        let of = ("organisation_id", ids.as_slice());
        let reader = db.store().reader();
        let whole = children::<ketnoi_domain::Participation>(reader, &Viewer::Stranger, of, &all, order, None).await.unwrap();
        let two = Page::first(2);
        let first =
            children::<ketnoi_domain::Participation>(reader, &Viewer::Stranger, of, &all, order, Some(&two)).await.unwrap();
        assert_eq!(whole.len(), first.len());
        let mut codes = Vec::new();
        for ((a, whole), (b, first)) in whole.iter().zip(&first) {
            assert_eq!(a, b);
            assert_eq!(first.rows, whole.rows[..whole.rows.len().min(2)]);
            assert_eq!((first.more_before, first.more_after), (false, whole.rows.len() > 2));
            codes.push(first.rows.iter().map(|(_, p)| p.head.code.to_string()).collect::<Vec<_>>());
        }
        assert_eq!(reader.counted().statements(), 0);
        codes
    })
    .await;
}

#[tokio::test]
async fn more_parents_than_a_statement_takes_values_are_read_in_parts() {
    on_both_databases(async |db: TestDb| {
        // As many ids as that; few of them stand for a record.
        let many: Vec<uuid::Uuid> =
            (0..17_000).map(|i| ketnoi_test_support::head::<Programme>(&format!("P{i:06}")).id.uuid()).collect();
        db.put(&programmes(60)).await;
        let (reader, viewer, all) = (db.store().reader(), Viewer::Stranger, Filter::all());
        let order = Order { by: "code", descending: false };
        let of = ("programme_id", many.as_slice());
        let found = children::<ketnoi_domain::Participation>(reader, &viewer, of, &all, order, None).await.unwrap();
        assert!(found.len() == 60 && found.iter().all(|(_, f)| f.rows.len() == 3));
        assert!(found.windows(2).all(|w| w[0].0 < w[1].0), "in the order of the ids, as from one statement");
        let page = Page::first(2);
        let first = children::<ketnoi_domain::Participation>(reader, &viewer, of, &all, order, Some(&page)).await.unwrap();
        assert!(first.len() == 60 && first.iter().all(|(_, f)| f.rows.len() == 2 && f.more_after));
        let counts = ketnoi_persistence::count_children::<ketnoi_domain::Participation>(reader, &viewer, of, &all).await.unwrap();
        assert_eq!(counts.iter().map(|(_, n)| n).sum::<i64>(), 180);
        let found: Vec<Programme> = ketnoi_persistence::find_by_ids(reader, &viewer, &many).await.unwrap();
        assert!(found.len() == 60 && found.windows(2).all(|w| w[0].head.id < w[1].head.id));
    })
    .await;
}

#[tokio::test]
async fn a_position_of_another_order_is_refused() {
    on_both_databases(async |db: TestDb| {
        db.put(&programmes(3)).await;
        let found = part::<Programme>(&db, Order { by: "title", descending: false }, &Page::first(1)).await;
        let after = found.rows.first().map(|(p, _)| p.clone());
        let order = Order { by: "start", descending: false };
        let error =
            page::<Programme>(db.store().reader(), &Viewer::Stranger, &Filter::all(), order, &step(1, false, after)).await;
        assert_eq!(error.unwrap_err().to_string(), "the position belongs to a list in another order");
        let order = Order { by: "colour", descending: false };
        let error = page::<Programme>(db.store().reader(), &Viewer::Stranger, &Filter::all(), order, &Page::first(1)).await;
        assert_eq!(error.unwrap_err().to_string(), "Programme has no field `colour` to filter or order by");
    })
    .await;
}

#[tokio::test]
async fn a_period_overlaps_as_its_dates_may_mean() {
    on_both_databases(async |db: TestDb| {
        let mut bulk = Bulk::default();
        for start in 0..DATES.len() {
            for end in 0..DATES.len() {
                let mut p = programme(&format!("P{start}-{end}"), "Kỳ");
                (p.actual.from, p.actual.to) = (date(start), date(end));
                bulk.programmes.push(p);
            }
        }
        db.put(&bulk).await;
        let bounds =
            ["", "1998", "1998-10-31", "2009-12-31", "2010", "2010-08", "2010-08-01", "2010-08-03", "2011-01", "2025-07", "2026"];
        for after in bounds {
            for before in bounds {
                let (from, to): (Option<PartialDate>, Option<PartialDate>) = (after.parse().ok(), before.parse().ok());
                let filter = Filter::Field("period", Test::Overlaps { from, to });
                let order = Order { by: "code", descending: false };
                let found =
                    page::<Programme>(db.store().reader(), &Viewer::Stranger, &filter, order, &Page::first(100)).await.unwrap();
                let found: Vec<&str> = found.rows.iter().map(|(_, p)| p.head.code.as_str()).collect();
                let mut expected: Vec<&str> =
                    bulk.programmes.iter().filter(|p| overlaps(p, from, to)).map(|p| p.head.code.as_str()).collect();
                expected.sort_unstable();
                assert_eq!(found, expected, "{after}..{before}");
            }
        }
    })
    .await;
}

/// The rule in words: some bound is known, and no known bound lies beyond the wanted one, each date counting as its whole span.
fn overlaps(p: &Programme, after: Option<PartialDate>, before: Option<PartialDate>) -> bool {
    let begun = before.is_none_or(|b| p.actual.from.is_none_or(|f| f.from() <= b.to()));
    let not_over = after.is_none_or(|a| p.actual.to.is_none_or(|t| t.to() >= a.from()));
    !p.actual.is_unknown() && begun && not_over
}

#[tokio::test]
async fn the_filters_of_a_search_are_case_and_accent_blind() {
    assert_eq!(fold("Đô Thị"), "do thi");
    on_both_databases(async |db: TestDb| {
        let mut bulk = Bulk::default();
        for (i, title) in ["Đô thị xanh Đà Nẵng", "Thành phố Vinh", "100% nước sạch", "Đô thị_thông minh"].iter().enumerate()
        {
            bulk.programmes.push(programme(&format!("P{i}"), title));
        }
        db.put(&bulk).await;
        let found = async |text: &str| {
            let filter = Filter::Field("search", Test::Matches(text.into()));
            let order = Order { by: "code", descending: false };
            let found = page::<Programme>(db.store().reader(), &Viewer::Stranger, &filter, order, &Page::first(9)).await.unwrap();
            found.rows.iter().map(|(_, p)| p.head.code.to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(found("da nang").await, "P0");
        assert_eq!(found("ĐÀ NẴNG").await, "P0");
        assert_eq!(found("Đa\u{300} N").await, "P0", "decomposed, and the beginning of a word");
        assert_eq!(found("do thi").await, "P0 P3");
        assert_eq!(found("thi do").await, "P0 P3", "in any order");
        assert_eq!(found("anh").await, "", "not in the middle of a word");
        assert_eq!(found("p1").await, "P1", "by its code");
        for nothing in ["%", "_", "' OR 1=1 --", "\"", "", "   "] {
            assert_eq!(found(nothing).await, "", "{nothing}");
        }
        assert_eq!(found("100%").await, "P2");
    })
    .await;
}

#[tokio::test]
async fn a_stranger_sees_only_what_is_public_by_every_way() {
    on_both_databases(async |db: TestDb| {
        let mut bulk = programmes(8);
        let levels = [Visibility::Draft, Visibility::Internal, Visibility::Partners, Visibility::Public];
        for (i, p) in bulk.programmes.iter_mut().enumerate() {
            p.head.visibility = levels[i % 4];
        }
        // The first funder of a public programme is hidden, and so is its participation.
        let public = &bulk.programmes[3];
        let hidden = bulk.participations.iter().find(|x| x.programme == public.head.id).unwrap().organisation;
        bulk.organisations.iter_mut().find(|o| o.head.id == hidden).unwrap().head.visibility = Visibility::Internal;
        let code_of_hidden = bulk.organisations.iter().find(|o| o.head.id == hidden).unwrap().head.code.to_string();
        for x in &mut bulk.participations {
            x.head.visibility = if x.programme == public.head.id { Visibility::Public } else { Visibility::Partners };
        }
        db.put(&bulk).await;
        let (stranger, all) = (db.stranger(), Filter::all());
        let order = Order { by: "code", descending: false };
        let listed = stranger.page::<Programme>(&all, order, &Page::first(100)).await.unwrap();
        assert_eq!(listed.rows.iter().map(|(_, p)| p.head.code.as_str()).collect::<Vec<_>>(), ["P000003", "P000007"]);
        assert_eq!(stranger.count::<Programme>(&all).await.unwrap(), 2);
        assert_eq!(
            stranger
                .count::<Programme>(&Filter::Not(Box::new(Filter::is_in("code", [Scalar::Text("P000003".into())]))))
                .await
                .unwrap(),
            1
        );
        let ids: Vec<uuid::Uuid> = bulk.programmes.iter().map(|p| p.head.id.uuid()).collect();
        assert_eq!(stranger.by_ids::<Programme>(&ids).await.unwrap().len(), 2);
        assert_eq!(stranger.by_code::<Programme>("P000002").await.unwrap(), None);
        assert!(stranger.by_code::<Programme>("P000003").await.unwrap().is_some());
        assert_eq!(stranger.all_children::<ketnoi_domain::Participation>(("programme_id", &ids)).await.unwrap().len(), 2);
        let counted = stranger.count_children::<ketnoi_domain::Participation>(("programme_id", &ids), &all).await.unwrap();
        assert_eq!(counted.values().sum::<i64>(), 2);
        // Through what one may not see nothing is found.
        let by = |field, code: &str| {
            Filter::Field(field, Test::Refers { codes: vec![code.into()], scope: ketnoi_domain::query::Scope::Itself })
        };
        assert_eq!(stranger.count::<Programme>(&by("funder", &code_of_hidden)).await.unwrap(), 0);
        assert!(db.administrator().count::<Programme>(&by("funder", &code_of_hidden)).await.unwrap() > 0);
        assert_eq!(stranger.count::<Organisation>(&by("programme", "P000002")).await.unwrap(), 0);
        assert!(db.administrator().count::<Organisation>(&by("programme", "P000002")).await.unwrap() == 3);
        let unpaid = Filter::Field("funder", Test::IsUnknown(true));
        assert_eq!(stranger.count::<Programme>(&unpaid).await.unwrap(), 1, "its participations are hidden");
        assert_eq!(db.administrator().count::<Programme>(&all).await.unwrap(), 8);
        let snapshot = db.registry().snapshot_session(Viewer::Stranger).await.unwrap();
        assert_eq!(snapshot.count::<Programme>(&all).await.unwrap(), 2);
    })
    .await;
}
