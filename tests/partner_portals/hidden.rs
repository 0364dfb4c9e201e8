//! What one may not see looks the same as what does not exist.
//!
//! Two registries are compared: one that holds hidden records, and one that never held them. A stranger who asks both must
//! get the same answers, byte for byte, to every question that the schema allows.

use ketnoi_domain::Viewer;
use ketnoi_registry::import::SourceFile;
use ketnoi_test_support::{TestDb, on_both_databases};
use serde_json::{Value, json};

use crate::support::{Portal, Shape};

/// A registry in which what stands between `# hidden` and `# seen` is hidden, or points at what is.
const FILES: &str = include_str!("hidden.toml");

/// The word that stands in every hidden text, and in no other.
const SECRET: &str = "bí mật";

/// Questions that still tell what is hidden. Each that is mended is struck out here; none is added.
const OPEN: [&str; 0] = [];

fn seen_part() -> String {
    let mut hidden = false;
    let keep = |line: &&str| {
        match line.trim() {
            "# hidden" => hidden = true,
            "# seen" => hidden = false,
            _ => {}
        }
        !hidden
    };
    FILES.lines().filter(keep).collect::<Vec<_>>().join("\n")
}

async fn import(db: &TestDb, text: String) {
    let file = SourceFile { name: "hidden.toml".into(), text };
    db.registry().import(&Viewer::LocalAdministrator, &[file], false, &|_, _, _| ()).await.unwrap_or_else(|e| panic!("{e}"));
}

/// All records that a viewer is shown: kind, id and code.
async fn shown(portal: &Portal, shape: &Shape) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for list in shape.lists("Query") {
        let data = portal.data(&format!("{{ {}(first: 100) {{ nodes {{ id code }} }} }}", list.field)).await;
        let text = |of: &Value| of.as_str().unwrap().to_owned();
        let nodes = data[&list.field]["nodes"].as_array().unwrap();
        all.extend(nodes.iter().map(|n| (list.node.clone(), text(&n["id"]), text(&n["code"]))));
    }
    all
}

/// Every question about lists, records below records, portfolios and words that this registry can be asked.
fn questions(shape: &Shape, hidden: &[(String, String, String)]) -> Vec<String> {
    let mut all = Vec::new();
    let codes: Vec<&str> = hidden.iter().map(|(_, _, code)| code.as_str()).chain(["PAYER", "OPEN", "hue"]).collect();
    for list in shape.lists("Query") {
        let scalars = shape.scalars(&list.node).join(" ");
        let record =
            |given: &str| format!("{}({given}first: 100) {{ totalCount edges {{ cursor node {{ {scalars} }} }} }}", list.field);
        all.push(record(""));
        for order in &list.orders {
            all.push(record(&format!("orderBy: {{ field: {order}, direction: DESC }}, ")));
        }
        for inner in shape.lists(&list.node) {
            let scalars = shape.scalars(&inner.node).join(" ");
            all.push(format!("{} {{ nodes {{ code {}(first: 50) {{ totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ {scalars} }} }} }} }}", list.field, inner.field));
        }
        for reference in shape.references(&list.node) {
            let deeper: Vec<String> = shape
                .references(&reference.to)
                .into_iter()
                .map(|r| format!("{} {{ __typename {} }}", r.field, shape.scalars(&r.to).join(" ")))
                .collect();
            all.push(format!(
                "{} {{ nodes {{ code {} {{ __typename {} {} }} }} }}",
                list.field,
                reference.field,
                shape.scalars(&reference.to).join(" "),
                deeper.join(" ")
            ));
        }
        for (field, of) in shape.conditions(&list.filter) {
            for filter in shape.written(&field, &of) {
                all.push(record(&format!("filter: {filter}, ")));
                all.push(record(&format!("filter: {{ not: {filter} }}, ")));
            }
            let scopes: &[&str] = match of.as_str() {
                "BodyFilter" => &["", ", scope: SUCCESSION", ", scope: FAMILY"],
                "CodeFilter" => &[""],
                _ => continue,
            };
            for code in &codes {
                for scope in scopes {
                    all.push(format!(
                        "{}(filter: {{ {field}: {{ eq: \"{code}\"{scope} }} }}) {{ totalCount nodes {{ code }} }}",
                        list.field
                    ));
                }
            }
        }
        all.push(format!("{}(filter: {{ search: \"bi mat\" }}) {{ totalCount nodes {{ code }} }}", list.field));
        all.push(format!("{}(filter: {{ not: {{ search: \"bi mat\" }} }}) {{ totalCount nodes {{ code }} }}", list.field));
    }
    for by in ["TOTAL", "FUNDER", "FUNDER_SUCCESSION", "YEAR", "SECTOR", "COUNTRY", "AUTHORITY", "STATUS"] {
        let money = "{ byCurrency { amount currency } converted(to: \"USD\", on: \"2026-11-22\") { total { amount } unconverted { amount } } }";
        let groups = format!(
            "groups {{ key label programmeCount withoutAmountCount agreed {money} received {money} disbursed {money} spent {money} }}"
        );
        all.push(format!("portfolio(by: {by}) {{ {groups} }}"));
        all.push(format!("portfolio(by: {by}, filter: {{ funder: {{ eq: \"PAYER\", scope: FAMILY }} }}) {{ {groups} }}"));
    }
    for (node, id, code) in hidden {
        all.push(format!("node(id: \"{id}\") {{ id }}"));
        all.push(format!("nodes(ids: [\"{id}\"]) {{ id }}"));
        all.push(format!("{}(code: \"{code}\") {{ id }}", shape.single(node)));
    }
    all
}

#[actix_web::test]
async fn a_stranger_cannot_tell_what_is_hidden_from_what_does_not_exist() {
    let (with, ids) = on_both_databases(async |db: TestDb| {
        import(&db, FILES.to_owned()).await;
        let (stranger, administrator) = (Portal::of_means(&db), Portal::administrator(&db));
        let shape = Shape::of(&stranger).await;
        let (seen, all) = (shown(&stranger, &shape).await, shown(&administrator, &shape).await);
        let hidden: Vec<_> = all.iter().filter(|record| !seen.contains(record)).cloned().collect();
        assert!(seen.iter().all(|record| all.contains(record)));
        let answers = ask(&stranger, &questions(&shape, &hidden)).await;
        let leaks: Vec<String> =
            answers.iter().filter(|(_, a)| a.to_lowercase().contains(SECRET)).map(|(q, a)| format!("{q}\n  {a}")).collect();
        assert!(
            leaks.is_empty(),
            "{} answers hold hidden words, such as:\n{}",
            leaks.len(),
            leaks[..leaks.len().min(5)].join("\n")
        );
        (answers, hidden)
    })
    .await;
    let codes: Vec<String> = ids.iter().map(|(kind, _, code)| format!("{kind} {code}")).collect();
    insta::assert_snapshot!("hidden_records", codes.join("\n"));

    let without = on_both_databases(async |db: TestDb| {
        import(&db, seen_part()).await;
        let stranger = Portal::of_means(&db);
        let shape = Shape::of(&stranger).await;
        ask(&stranger, &questions(&shape, &ids)).await
    })
    .await;
    let differing: Vec<_> = with.iter().zip(&without).filter(|(with, without)| with != without).collect();
    let open = |question: &str| OPEN.iter().any(|part| question.contains(part));
    let told: Vec<String> = differing
        .iter()
        .filter(|((question, _), _)| !open(question))
        .map(|((question, with), (_, without))| {
            format!("{question}\n  with what is hidden:    {with}\n  without what is hidden: {without}")
        })
        .collect();
    assert!(
        told.is_empty(),
        "{} of {} questions tell them apart, such as:\n{}",
        told.len(),
        with.len(),
        told[..told.len().min(5)].join("\n")
    );
    for part in OPEN {
        assert!(
            differing.iter().any(|((question, _), _)| question.contains(part)),
            "`{part}` tells nothing any more: strike it out"
        );
    }
}

async fn ask(portal: &Portal, questions: &[String]) -> Vec<(String, String)> {
    // Few at a time, so that a failure shows a question that a person can read.
    let mut answers = Vec::with_capacity(questions.len());
    for some in questions.chunks(6) {
        let lines: Vec<String> = some.iter().enumerate().map(|(i, field)| format!("a{i}: {field}")).collect();
        let data = portal.data(&format!("{{ {} }}", lines.join("\n"))).await;
        answers.extend(some.iter().enumerate().map(|(i, question)| (question.clone(), data[format!("a{i}")].to_string())));
    }
    answers
}

#[actix_web::test]
async fn the_administrator_finds_what_is_hidden() {
    on_both_databases(async |db: TestDb| {
        import(&db, FILES.to_owned()).await;
        let query = "{ programme(code: \"SECRET-PROGRAMME\") { title parent { code } components { nodes { code } } agreements { totalCount } }
            organisations(filter: { search: \"bi mat\" }) { nodes { code } } }";
        let seen = Portal::administrator(&db).data(query).await;
        assert_eq!(seen["programme"]["components"]["nodes"], json!([{ "code": "SECRET-PART" }]));
        assert_eq!(seen["programme"]["agreements"]["totalCount"], 1);
        assert!(seen["organisations"]["nodes"].as_array().is_some_and(|found| !found.is_empty()));
        let hidden = Portal::stranger(&db).data(query).await;
        assert_eq!(hidden, json!({ "programme": null, "organisations": { "nodes": [] } }));
    })
    .await;
}
