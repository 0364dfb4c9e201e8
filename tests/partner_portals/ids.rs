//! Opaque ids lead back to the record that they came from, for every kind.

use ketnoi_test_support::{TestDb, on_both_databases_with_demo};
use serde_json::{Value, json};

use crate::support::{Portal, Shape};

#[actix_web::test]
async fn every_kind_is_found_by_its_id_alone_together_and_by_its_code() {
    let kinds = on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::stranger(&db);
        let shape = Shape::of(&portal).await;
        let lists = shape.lists("Query");
        let firsts: Vec<String> = lists.iter().map(|l| format!("{}(first: 1) {{ nodes {{ id code __typename }} }}", l.field)).collect();
        let records: Vec<Value> = portal.ask_each(&firsts).await.into_iter().map(|a| a["nodes"][0].clone()).collect();
        let ids: Vec<&Value> = records.iter().map(|r| &r["id"]).collect();

        // All of them, one that is not there, and one twice.
        let nowhere = json!(nowhere(records[0]["id"].as_str().unwrap()));
        let asked: Vec<&Value> = ids.iter().copied().chain([&nowhere, ids[0]]).collect();
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }";
        let reply = portal.ask(query, json!({ "ids": asked })).await;
        let plain = |r: &Value| json!({ "id": r["id"], "__typename": r["__typename"] });
        let mut expected: Vec<Value> = records.iter().map(plain).collect();
        expected.extend([Value::Null, plain(&records[0])]);
        assert_eq!(reply.data()["nodes"], json!(expected));
        // A statement for each kind among them, and no more.
        assert_eq!(reply.statements, lists.len() as u64);

        for (list, record) in lists.iter().zip(&records) {
            let query = format!("query($id: ID!, $code: String!) {{ node(id: $id) {{ id __typename ... on {0} {{ code }} }} {1}(code: $code) {{ id code __typename }} }}",
                list.node, shape.single(&list.node));
            let reply = portal.ask(&query, json!({ "id": record["id"], "code": record["code"] })).await;
            assert_eq!(reply.data()["node"], *record);
            assert_eq!(reply.data()[shape.single(&list.node)], *record);
        }
        records
    })
    .await;
    assert_eq!(kinds.len(), 46);
}

/// An id in the shape of this one, of a record that there is not.
fn nowhere(id: &str) -> String {
    let (kept, last) = id.split_at(id.len() - 4);
    format!("{kept}{}", if last == "AAAA" { "BBBA" } else { "AAAA" })
}

#[actix_web::test]
async fn the_same_record_has_the_same_id_on_both_databases() {
    on_both_databases_with_demo(async |db: TestDb| {
        Portal::stranger(&db).data("{ programmes(first: 100) { nodes { id code version } } }").await
    })
    .await;
}
