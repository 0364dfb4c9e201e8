//! How many statements of SQL an operation takes does not depend on how much it shows.

use std::fmt::Write as _;

use ketnoi_domain::Viewer;
use ketnoi_registry::import::SourceFile;
use ketnoi_test_support::{TestDb, on_both_databases, on_both_databases_with_demo, programmes};
use serde_json::{Value, json};

use super::operations::{SHIPPED, shipped};
use crate::support::{Portal, Shape};

/// How many full rows each list of the operations finds.
const ROWS: usize = 101;

/// A partner, a payer and a fund with so many programmes, members and so on that every page asked for is full, and every
/// record with something behind each of its fields.
fn wide() -> SourceFile {
    let mut text = String::from(
        r#"
        sources = ["page"]
        [[document]]
        code = "page"
        title = { vi = "Trang" }
        category = "web_page"
        [[organisation]]
        code = "STATE"
        type = "government"
        name = [{ vi = "Nhà nước" }]
        [[organisation]]
        code = "OFFICE"
        type = "government"
        parent = "STATE"
        name = [{ vi = "Cơ quan cũ", to = "2000" }, { vi = "Cơ quan", from = "2000" }]
        [[organisation.stated]]
        measure = "staff"
        label = { vi = "Người" }
        value = "9"
        source = "page"
        [[organisation]]
        code = "AFTER"
        type = "government"
        name = [{ vi = "Cơ quan sau" }]
        [[organisation.successor_of]]
        organisation = "OFFICE"
        how = "renamed"
        [[local_authority]]
        code = "later"
        level = "province"
        country = "VN"
        name = [{ vi = "Tỉnh mới" }]
        [[fund]]
        code = "WIDE"
        name = { vi = "Quỹ" }
        manager = "OFFICE"
        programme = "W000"
        [[fund.stated]]
        measure = "members"
        label = { vi = "Thành viên" }
        value = "101"
        source = "page"
        "#,
    );
    for i in 0..ROWS {
        write!(
            text,
            r#"
            [[fund.member]]
            authority = "city-{i}"
            [[fund.community]]
            code = "c-{i}"
            authority = "city-{i}"
            name = {{ vi = "Cộng đồng {i}" }}
            [[fund.community.savings_group]]
            code = "s-{i}"
            name = {{ vi = "Nhóm {i}" }}
            [[fund.grant]]
            code = "g-{i}"
            authority = "city-{i}"
            community = "c-{i}"
            title = {{ vi = "Tài trợ {i}" }}
            [[fund.housing]]
            code = "h-{i}"
            authority = "city-{i}"
            programme = "W{i:03}"
            title = {{ vi = "Nhà {i}" }}
            "#
        )
        .unwrap();
    }
    for i in 0..ROWS {
        write!(
            text,
            r#"
            [[local_authority]]
            code = "city-{i}"
            level = "city"
            country = "VN"
            parent = "later"
            name = [{{ vi = "Thành phố {i}" }}]
            [[organisation]]
            code = "PARTNER-{i}"
            type = "foundation"
            partner = true
            partner_since = "1990"
            name = [{{ vi = "Đối tác {i}" }}]
            [[programme]]
            code = "W{i:03}"
            level = "project"
            title = {{ vi = "Dự án {i}" }}
            parent = "{parent}"
            actual = {{ from = "2099", to = "2100" }}
            sectors = [{{ code = "15112" }}]
            [[programme.place]]
            authority = "city-{i}"
            [[programme.participation]]
            organisation = "OFFICE"
            role = "funding"
            via = "PARTNER-{i}"
            [[programme.participation]]
            organisation = "PARTNER-{i}"
            role = "implementing"
            [[programme.agreement]]
            code = "a"
            funder = "OFFICE"
            recipient = "PARTNER-{i}"
            ceiling = "1000.00 CAD"
            [[programme.agreement.statement]]
            property = "ceiling"
            value = {{ vi = "một nghìn" }}
            current = true
            source = "page"
            [[programme.stated]]
            measure = "cities"
            label = {{ vi = "Thành phố" }}
            value = "1"
            source = "page"
            "#,
            // All are parts of one, but for that one.
            parent = if i == 0 { "P000000" } else { "W000" }
        )
        .unwrap();
    }
    SourceFile { name: "wide.toml".into(), text }
}

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
        let shown = longest(reply.data());
        assert!(shown == first || !full, "{name} fills its page of {first}: {shown}");
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
        counts
    })
    .await;
    insta::assert_snapshot!("statements_of_each_operation", counts);
}

/// The longest list of records in an answer.
fn longest(of: &Value) -> usize {
    match of {
        Value::Object(fields) => {
            let own = fields.get("nodes").and_then(Value::as_array).map_or(0, Vec::len);
            fields.values().map(longest).max().unwrap_or(0).max(own)
        }
        Value::Array(items) => items.iter().map(longest).max().unwrap_or(0),
        _ => 0,
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
