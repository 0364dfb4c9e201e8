//! How many statements of SQL an operation takes does not depend on how much it shows.

use std::{collections::BTreeSet, fmt::Write as _};

use ketnoi_domain::Viewer;
use ketnoi_test_support::{TestDb, on_both_databases, on_both_databases_with_demo, programmes};
use serde_json::{Value, json};

use super::{
    operations::{SHIPPED, shipped},
    wide::wide,
};
use crate::support::{Portal, Shape};

async fn ten_thousand(db: &TestDb) {
    db.put(&programmes(10_000)).await;
    db.registry().import(&Viewer::LocalAdministrator, &[wide()], false, &|_, _, _| ()).await.unwrap();
}

/// How many statements an operation takes for 1, 10 and 100 records, which must be the same.
async fn statements(portal: &Portal, name: &str, variables: &Value, full: bool) -> u64 {
    let mut taken = Vec::new();
    for first in [1, 10, 100] {
        let mut variables = variables.clone();
        variables["first"] = json!(first);
        let reply = portal.ask(shipped(name), variables).await;
        let shown = sizes(reply.data());
        assert!(shown.contains(&first) || !full, "{name} fills its page of {first}: {shown:?}");
        taken.push(reply.statements);
    }
    assert!(taken.iter().all(|n| *n == taken[0]), "{name} takes {taken:?} statements for 1, 10 and 100 records");
    taken[0]
}

#[actix_web::test]
async fn an_operation_takes_as_many_statements_for_a_hundred_records_as_for_one() {
    let counts = on_both_databases(async |db: TestDb| {
        ten_thousand(&db).await;
        let portal = Portal::of_means(&db);
        let mut counts = String::new();
        for (name, ..) in SHIPPED {
            let about = match name {
                "s4_partner_history" => json!({ "code": "OFFICE" }),
                "s4_canada_portfolio" => json!({ "funder": "STATE", "department": "AFTER" }),
                "s4_community_fund" => json!({ "code": "WIDE" }),
                "s1_replication_network" => json!({ "code": "NET" }),
                "s1_events_and_recommendations" => json!({ "series": "SERIES", "year": 2020 }),
                "s3_mission" => json!({ "event": "MISSION" }),
                "s5_bilateral" => json!({ "countries": ["VN", "FR"], "series": "MISSIONS" }),
                // What is found is of one kind: a search takes a statement for each kind among its hits.
                "search_da_nang" => json!({ "query": "buoi gap", "typed": "buoi" }),
                _ => json!({}),
            };
            writeln!(counts, "{name} {}", statements(&portal, name, &about, true).await).unwrap();
        }
        // A payer of 1,250 programmes, of which little but the payers is known.
        for (name, about) in [
            ("s4_partner_history", json!({ "code": "F00" })),
            ("s4_canada_portfolio", json!({ "funder": "F00", "department": "F00" })),
        ] {
            statements(&portal, name, &about, false).await;
        }
        // What the other kinds that the search asks more of have behind them.
        for query in ["nhan rong", "tin moi", "villeneuve"] {
            statements(&portal, "search_da_nang", &json!({ "query": query, "typed": query }), true).await;
        }
        counts
    })
    .await;
    insta::assert_snapshot!("statements_of_each_operation", counts);
}

/// How many records each list of an answer shows, each number once.
fn sizes(of: &Value) -> BTreeSet<usize> {
    match of {
        Value::Object(fields) => {
            let own = fields.get("nodes").and_then(Value::as_array).map(Vec::len);
            fields.values().flat_map(sizes).chain(own).collect()
        }
        Value::Array(items) => items.iter().flat_map(sizes).collect(),
        _ => BTreeSet::new(),
    }
}

#[actix_web::test]
async fn no_nested_field_is_read_once_for_each_record() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::of_means(&db);
        let shape = Shape::of(&portal).await;
        let mut slow = Vec::new();
        for list in shape.lists("Query") {
            let paged = shape.lists(&list.node);
            let nested = paged
                .iter()
                .map(|l| format!("{} {{ totalCount nodes {{ code }} }}", l.field))
                .chain(shape.references(&list.node).into_iter().map(|r| format!("{} {{ __typename }}", r.field)));
            for field in nested {
                let reply = portal.ask(&format!("{{ {}(first: 100) {{ nodes {{ {field} }} }} }}", list.field), json!({})).await;
                reply.data();
                // The page, then a few for what is below it: the time line gathers from six kinds.
                if reply.statements > 10 {
                    slow.push(format!("{}.{field}: {} statements", list.field, reply.statements));
                }
            }
        }
        assert!(slow.is_empty(), "{}", slow.join("\n"));
    })
    .await;
}
