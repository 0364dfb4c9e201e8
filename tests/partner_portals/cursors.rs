//! Walking a list by its cursors, forwards and backwards, meets every record once and in order.

use ketnoi_test_support::{TestDb, on_both_databases, on_both_databases_with_demo, programmes};
use serde_json::{Value, json};

use crate::support::Portal;

/// Large enough that ties and unknown dates lie on the edges of pages.
const PROGRAMMES: usize = 230;

#[actix_web::test]
async fn every_order_can_be_walked_both_ways_and_meets_each_record_once() {
    on_both_databases(async |db: TestDb| {
        db.put(&programmes(PROGRAMMES)).await;
        let portal = Portal::stranger(&db);
        let mut walks = Vec::new();
        for field in ["TITLE", "START", "END", "CODE"] {
            for direction in ["ASC", "DESC"] {
                let order = format!("{{ field: {field}, direction: {direction} }}");
                let forwards = walk(&portal, &order, true).await;
                let backwards = walk(&portal, &order, false).await;
                assert_eq!(forwards.len(), PROGRAMMES, "{order}");
                assert_eq!(forwards, backwards, "{order}");
                let mut unique = forwards.clone();
                unique.sort_unstable();
                unique.dedup();
                assert_eq!(unique.len(), PROGRAMMES, "{order}");
                walks.push(forwards);
            }
        }
        // What is unknown comes last in both directions: every fifth start is.
        for walk in &walks[2..4] {
            let unknown = walk.iter().filter(|(_, start)| start.is_none()).count();
            assert_eq!(unknown, PROGRAMMES / 5);
            assert!(walk[PROGRAMMES - unknown..].iter().all(|(_, start)| start.is_none()));
        }
        walks
    })
    .await;
}

/// All programmes with their starts, in pages of 37.
async fn walk(portal: &Portal, order: &str, forwards: bool) -> Vec<(String, Option<String>)> {
    let arguments = if forwards { "first: 37, after: $cursor" } else { "last: 37, before: $cursor" };
    let query = format!(
        "query($cursor: String) {{ programmes(orderBy: {order}, {arguments}) {{
            totalCount nodes {{ code start {{ value }} }} edges {{ cursor }} pageInfo {{ hasPreviousPage hasNextPage startCursor endCursor }} }} }}"
    );
    let mut pages = Vec::new();
    let mut cursor = Value::Null;
    loop {
        let reply = portal.ask(&query, json!({ "cursor": cursor })).await;
        let page = &reply.data()["programmes"];
        let info = &page["pageInfo"];
        assert_eq!(page["totalCount"], PROGRAMMES, "the whole list is counted, wherever the page is");
        assert_eq!(info["startCursor"], page["edges"][0]["cursor"]);
        let (back, on, end) = if forwards {
            ("hasPreviousPage", "hasNextPage", "endCursor")
        } else {
            ("hasNextPage", "hasPreviousPage", "startCursor")
        };
        assert_eq!(info[back], json!(!pages.is_empty()), "there is something where the walk came from");
        let row = |n: &Value| (n["code"].as_str().unwrap().to_owned(), n["start"]["value"].as_str().map(str::to_owned));
        pages.push(page["nodes"].as_array().unwrap().iter().map(row).collect::<Vec<_>>());
        if info[on] == json!(false) {
            break;
        }
        cursor = info[end].clone();
    }
    if !forwards {
        pages.reverse();
    }
    pages.concat()
}

#[actix_web::test]
async fn a_record_that_comes_in_behind_the_cursor_disturbs_nothing() {
    on_both_databases(async |db: TestDb| {
        let mut bulk = programmes(60);
        let late = bulk.programmes.remove(3);
        bulk.participations.retain(|p| p.programme != late.head.id);
        db.put(&bulk).await;
        let portal = Portal::stranger(&db);
        let page = async |after: &Value| {
            let query = "query($after: String) { programmes(orderBy: { field: CODE }, first: 10, after: $after) { nodes { code } pageInfo { endCursor } } }";
            portal.ask(query, json!({ "after": after })).await.data()["programmes"].clone()
        };
        let first = page(&Value::Null).await;
        let before = page(&first["pageInfo"]["endCursor"]).await;
        db.put(&ketnoi_test_support::Bulk { programmes: vec![late], ..Default::default() }).await;
        assert_eq!(page(&first["pageInfo"]["endCursor"]).await, before);
    })
    .await;
}

#[actix_web::test]
async fn a_nested_list_goes_on_from_its_cursor_where_there_is_one_record() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::stranger(&db);
        let query = "query($after: String) { organisation(code: \"FCM\") { participations(first: 3, after: $after) {
            nodes { code } pageInfo { hasNextPage endCursor } } } }";
        let (mut all, mut after) = (Vec::new(), Value::Null);
        loop {
            let reply = portal.ask(query, json!({ "after": after })).await;
            let page = &reply.data()["organisation"]["participations"];
            all.extend(page["nodes"].as_array().unwrap().iter().cloned());
            if page["pageInfo"]["hasNextPage"] == json!(false) {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        let whole = portal.data("{ organisation(code: \"FCM\") { participations(first: 100) { nodes { code } } } }").await;
        assert_eq!(json!(all), whole["organisation"]["participations"]["nodes"]);
        all
    })
    .await;
}
