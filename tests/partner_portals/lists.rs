//! Every list of the schema with every order and every filter, found by introspection, so that a new one is tested too.

use ketnoi_test_support::{TestDb, on_both_databases_with_demo};
use serde_json::Value;

use crate::support::{List, Portal, Shape};

/// A root field as it is written, with what it is given.
fn asked(list: &List, given: &str) -> String {
    format!("{}({given}, first: 100) {{ totalCount nodes {{ id code }} }}", list.field)
}

fn codes(answer: &Value) -> Vec<&str> {
    answer["nodes"].as_array().unwrap().iter().map(|n| n["code"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn every_list_can_be_read_in_every_order() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::stranger(&db);
        let shape = Shape::of(&portal).await;
        let mut questions = Vec::new();
        for list in shape.lists("Query") {
            for field in &list.orders {
                for direction in ["ASC", "DESC"] {
                    questions
                        .push((list.clone(), asked(&list, &format!("orderBy: {{ field: {field}, direction: {direction} }}"))));
                }
            }
        }
        let answers = portal.ask_each(&questions.iter().map(|(_, q)| q.clone()).collect::<Vec<_>>()).await;
        for (pair, (_, question)) in answers.chunks(2).zip(questions.iter().step_by(2)) {
            let [up, down] = pair else { panic!("an order has two directions") };
            assert_eq!(up["totalCount"], down["totalCount"], "{question}");
            let total = usize::try_from(up["totalCount"].as_u64().unwrap()).unwrap();
            assert!(total > 0, "{question}: the demonstration has one of each kind");
            assert_eq!(codes(up).len(), total.min(100), "{question}");
            if total <= 100 {
                let (mut up, mut down) = (codes(up), codes(down));
                up.sort_unstable();
                down.sort_unstable();
                assert_eq!(up, down, "{question}");
            }
        }
        answers
    })
    .await;
}

#[actix_web::test]
async fn every_filter_of_every_list_works() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::stranger(&db);
        let shape = Shape::of(&portal).await;
        let mut questions = Vec::new();
        for list in shape.lists("Query") {
            for (field, of) in shape.conditions(&list.filter) {
                for filter in shape.written(&field, &of) {
                    questions.push(asked(&list, &format!("filter: {filter}")));
                    questions.push(asked(&list, &format!("filter: {{ not: {filter} }}")));
                }
            }
        }
        assert!(questions.len() > 500, "{}", questions.len());
        let answers = portal.ask_each(&questions).await;
        for (question, answer) in questions.iter().zip(&answers) {
            let total = usize::try_from(answer["totalCount"].as_u64().unwrap()).unwrap();
            assert_eq!(codes(answer).len(), total.min(100), "{question}");
        }
        answers
    })
    .await;
}

#[actix_web::test]
async fn what_is_known_and_what_is_unknown_make_up_the_whole_list() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::stranger(&db);
        let shape = Shape::of(&portal).await;
        let (mut questions, mut names) = (Vec::new(), Vec::new());
        for list in shape.lists("Query") {
            for (field, of) in shape.conditions(&list.filter) {
                let halves = match of.as_str() {
                    "Boolean" => ["true", "false"],
                    "String" | "KindNameFilter" => continue,
                    _ if matches!(field.as_str(), "and" | "or" | "not") => continue,
                    _ => ["{ isUnknown: true }", "{ isUnknown: false }"],
                };
                names.push(format!("{}.{field}", list.field));
                questions.push(format!("{} {{ totalCount }}", list.field));
                questions.extend(halves.map(|half| format!("{}(filter: {{ {field}: {half} }}) {{ totalCount }}", list.field)));
            }
        }
        let answers = portal.ask_each(&questions).await;
        let total = |answer: &Value| answer["totalCount"].as_u64().unwrap();
        for (name, answer) in names.iter().zip(answers.chunks(3)) {
            assert_eq!(total(&answer[0]), total(&answer[1]) + total(&answer[2]), "{name}");
        }
        answers
    })
    .await;
}

#[actix_web::test]
async fn every_nested_list_and_every_field_can_be_read() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::stranger(&db);
        let shape = Shape::of(&portal).await;
        let mut answers = Vec::new();
        for list in shape.lists("Query") {
            let nested = shape.lists(&list.node);
            let mut selections = vec![shape.scalars(&list.node).join(" ")];
            for inner in &nested {
                let order = format!("orderBy: {{ field: {}, direction: DESC }}", inner.orders[0]);
                selections.push(format!(
                    "{}({order}, first: 2) {{ totalCount pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} edges {{ cursor node {{ code }} }} }}",
                    inner.field
                ));
            }
            for reference in shape.references(&list.node) {
                selections.push(format!("{} {{ __typename {} }}", reference.field, shape.scalars(&reference.to).join(" ")));
            }
            for selection in selections {
                let question = format!("{{ {}(last: 20) {{ nodes {{ __typename {selection} }} }} }}", list.field);
                answers.push((question.clone(), portal.data(&question).await));
            }
        }
        answers
    })
    .await;
}

#[actix_web::test]
async fn words_are_found_whatever_their_accents_and_case() {
    on_both_databases_with_demo(async |db: TestDb| {
        let portal = Portal::stranger(&db);
        let found = async |list: &str, text: &str| {
            let data = portal.data(&format!("{{ {list}(filter: {{ search: \"{text}\" }}) {{ nodes {{ code }} }} }}")).await;
            data[list]["nodes"].as_array().unwrap().iter().map(|n| n["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let city = found("localAuthorities", "Đà Nẵng").await;
        assert!(city.iter().any(|code| code == "da-nang"), "{city:?}");
        assert_eq!(found("localAuthorities", "da nang").await, city);
        assert_eq!(found("localAuthorities", "NANG DA").await, city, "the order of words does not matter");
        let urban = found("programmes", "do thi").await;
        assert!(!urban.is_empty());
        assert_eq!(found("programmes", "ĐÔ THỊ").await, urban);
        for nothing in ["%", "_", "'", "\\\\", "--", " "] {
            let all = found("programmes", nothing).await;
            assert!(all.is_empty(), "{nothing}: {all:?}");
        }
    })
    .await;
}
