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

/// Every question about lists, records below records, portfolios, summaries and words that this registry can be asked.
fn questions(shape: &Shape, hidden: &[(String, String, String)]) -> Vec<String> {
    let mut all = Vec::new();
    let is_body = |node: &str| matches!(node, "Organisation" | "LocalAuthority");
    // Nothing points at what sources say.
    let is_said = |node: &str| matches!(node, "Statement" | "StatedFigure");
    let coded = |wanted: &dyn Fn(&str) -> bool, seen: &[&'static str]| -> Vec<String> {
        let hidden = hidden.iter().filter(|(node, ..)| wanted(node)).map(|(_, _, code)| code.clone());
        hidden.chain(seen.iter().map(|code| (*code).to_owned())).collect()
    };
    let bodies = coded(&is_body, &["PAYER", "HOST", "hue", "lyon"]);
    let codes = coded(&|node| !is_said(node), &["PAYER", "OPEN", "hue", "MEETING", "VOTE", "friends", "advice"]);
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
            let codes = if of == "BodyFilter" { &bodies } else { &codes };
            for code in codes {
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
    all.extend(summaries());
    all.extend(searches(&bodies));
    for (node, id, code) in hidden {
        all.push(format!("node(id: \"{id}\") {{ id }}"));
        all.push(format!("nodes(ids: [\"{id}\"]) {{ id }}"));
        all.push(format!("{}(code: \"{code}\") {{ id }}", shape.single(node)));
    }
    all
}

/// Every question about what is counted by one of its sides, about years, maps and pairs of countries.
fn summaries() -> Vec<String> {
    let mut all = Vec::new();
    for by in ["PRACTICE", "COUNTRY", "STAGE"] {
        for filter in ["", "filter: { authority: { eq: \"hue\", scope: FAMILY } }, "] {
            all.push(format!("replicationSummary({filter}by: {by}) {{ key label replicationCount cityCount }}"));
        }
    }
    for by in ["COUNTRY_PAIR", "AUTHORITY", "SECTOR"] {
        for filter in ["", "filter: { authority: { eq: \"hue\", scope: FAMILY } }, "] {
            all.push(format!(
                "partnershipSummary({filter}by: {by}) {{ key label partnershipCount agreementCount projectCount newsCount }}"
            ));
        }
    }
    for by in ["CATEGORY", "ORGANISATION", "EVENT", "DELEGATION"] {
        for delegations in [false, true] {
            for filter in ["", "filter: { code: { eq: \"MEETING\" } }, ", "filter: { series: { eq: \"MEETINGS\" } }, "] {
                all.push(format!("attendance({filter}by: {by}, delegations: {delegations}) {{ key label women men unstated people uncountedGroups }}"));
            }
        }
    }
    for year in [2010, 2011, 2012] {
        all.push(format!("calendar(year: {year}) {{ month events {{ code title }} }}"));
    }
    let feature = "{ kind nodeId code title start { value } end { value } place placeName country latitude longitude }";
    all.push(format!("map {feature}"));
    for kind in ["LOCAL_AUTHORITY", "PROGRAMME", "EVENT", "GOOD_PRACTICE", "REPLICATION", "PARTNERSHIP_PARTY", "NEWS_ITEM"] {
        all.push(format!("map(kinds: [{kind}]) {feature}"));
    }
    for countries in ["\"VN\", \"FR\"", "\"VN\", \"KH\"", "\"FR\", \"KH\""] {
        all.push(format!(
            "bilateral(countries: [{countries}]) {{ agreementCount projectCount authorities {{ code }}
            partnerships {{ code parties {{ totalCount nodes {{ code authority {{ code }} }} }} }}
            timeline {{ on {{ value }} kind partnership {{ code }} agreement {{ code }} project {{ code }} news {{ code }} }} }}"
        ));
    }
    all
}

/// Words to search for, here and around each of these bodies.
fn searches(bodies: &[String]) -> Vec<String> {
    let hits = "{ totalCount pageInfo { hasNextPage endCursor } edges { cursor node { kind rank title
        titleHighlight { text hit } textHighlight { text hit } node { id } } } }";
    let mut all = Vec::new();
    for text in ["bi mat", "bí", "SECRET", "secret state", "hue", "cuoc hop", "tin", "trang", "1"] {
        all.push(format!("search(query: \"{text}\", first: 100) {hits}"));
        all.push(format!("search(query: \"{text}\", first: 2) {hits}"));
        all.push(format!("search(query: \"{text}\", filter: {{ kinds: [EVENT, STATEMENT, PARTICIPANT_COUNT] }}) {hits}"));
        all.push(format!("search(query: \"{text}\", filter: {{ from: \"2011-05\", to: \"2011\" }}) {hits}"));
        all.push(format!("suggest(query: \"{text}\", first: 100) {{ title kind node {{ id }} }}"));
    }
    for text in ["hue", "hop", "tin", "dien hinh", "nhan rong", "ket nghia"] {
        for body in bodies {
            for scope in ["ITSELF", "SUCCESSION", "FAMILY"] {
                let filter = format!("{{ place: \"{body}\", placeScope: {scope} }}");
                all.push(format!("search(query: \"{text}\", filter: {filter}, first: 100) {hits}"));
            }
        }
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
            organisations(filter: { search: \"bi mat\" }) { nodes { code } }
            search(query: \"bi mat\") { nodes { kind } }
            dialogue(code: \"NEXT-VOTE\") { tally { overall { valid } } ballots { totalCount } }
            partnership(code: \"friends\") { parties { totalCount } } }";
        let seen = Portal::administrator(&db).data(query).await;
        assert_eq!(seen["programme"]["components"]["nodes"], json!([{ "code": "SECRET-PART" }]));
        assert_eq!(seen["programme"]["agreements"]["totalCount"], 1);
        for list in ["organisations", "search"] {
            assert!(seen[list]["nodes"].as_array().is_some_and(|found| !found.is_empty()), "{list}");
        }
        // The vote is not over: nobody, not even they, is told how it stands.
        assert_eq!(seen["dialogue"], json!({ "tally": null, "ballots": { "totalCount": 1 } }));
        assert_eq!(seen["partnership"]["parties"]["totalCount"], 3);
        let hidden = Portal::stranger(&db).data(query).await;
        let nothing = json!({ "nodes": [] });
        assert_eq!(
            hidden,
            json!({
                "programme": null,
                "organisations": nothing,
                "search": nothing,
                "dialogue": { "tally": null, "ballots": { "totalCount": 0 } },
                "partnership": { "parties": { "totalCount": 2 } },
            })
        );
    })
    .await;
}
