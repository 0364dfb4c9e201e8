use std::num::NonZero;

use actix_web::dev::ServiceResponse;
use actix_web::http::header;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use ketnoi_domain::Lang;
use ketnoi_graphql::Schema;
use ketnoi_graphql::http::{Gateway, graphql, hash_of};
use ketnoi_registry::{Author, NewOperation};
use ketnoi_test_support::{On, TestDb};
use serde_json::{Value, json};

use super::*;
use crate::server::cookies::Cookies;
use crate::server::keeper::people::{CSRF, KEY, People, SESSION, UNFINISHED};
use crate::server::limits::Limiter;

type TestGateway = Gateway<Schema, RegistryHooks>;

fn limiter(strangers: u32) -> Limiter {
    Limiter::new(NonZero::<u32>::MAX, NonZero::new(strangers).unwrap())
}

fn hooks(db: &TestDb, limiter: Limiter) -> RegistryHooks {
    let callers = Callers::new(Arc::new(People::default()), Cookies::default(), limiter);
    RegistryHooks::new(db.registry().clone(), Arc::new(callers))
}

fn gateway(hooks: RegistryHooks) -> TestGateway {
    Gateway::new(ketnoi_graphql::build(), &ketnoi_graphql::sdl(), hooks).unwrap().cache(1 << 20)
}

async fn ask(gateway: TestGateway, requests: Vec<TestRequest>) -> Vec<(u16, Value, header::HeaderMap)> {
    let handler = web::resource("/graphql").to(graphql::<Schema, RegistryHooks>);
    let app = init_service(App::new().app_data(web::Data::new(gateway)).service(handler)).await;
    let mut answers = Vec::new();
    for request in requests {
        let response: ServiceResponse = call_service(&app, request.to_request()).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        answers.push((status, serde_json::from_slice(&read_body(response).await).unwrap_or(Value::Null), headers));
    }
    answers
}

fn post(body: &Value) -> TestRequest {
    let request = TestRequest::post().uri("/graphql").peer_addr("192.0.2.7:5000".parse().unwrap());
    request.insert_header((header::ACCEPT, "application/graphql-response+json")).set_json(body)
}

fn query(text: &str) -> TestRequest {
    post(&json!({ "query": text }))
}

fn register(name: &str) -> Value {
    let query = "mutation M($name: String) { registerOperation(input: { name: $name, document: \"query Q { __typename }\" }) \
        { operation { name hash } errors { code message } } }";
    json!({ "query": query, "variables": { "name": name } })
}

fn code(body: &Value) -> &str {
    body["errors"][0]["extensions"]["code"].as_str().unwrap_or("none")
}

fn by_session(request: TestRequest, token: &str) -> TestRequest {
    request.insert_header((header::COOKIE, format!("ketnoi={token}")))
}

#[actix_web::test]
async fn a_key_that_does_not_hold_is_refused_with_the_challenge_and_nothing_is_told() {
    let db = TestDb::empty(On::Sqlite).await;
    let with = |value: &str| query("{ __typename }").insert_header((header::AUTHORIZATION, value));
    let wrong = ["Bearer kn_s3cret-that-is-wrong", "Bearer other", "Basic YTpi", "Bearer", "kn_good"];
    let two = with(&format!("Bearer {KEY}")).append_header((header::AUTHORIZATION, "Bearer kn_other"));
    let requests = wrong.into_iter().map(with).chain([two]).collect();
    for (status, body, headers) in ask(gateway(hooks(&db, limiter(u32::MAX))), requests).await {
        assert_eq!((status, code(&body)), (401, "UNAUTHENTICATED"), "{body}");
        assert_eq!(headers.get(header::WWW_AUTHENTICATE).unwrap(), "Bearer");
        assert!(!body.to_string().contains("s3cret"), "{body}");
    }
    let good = ask(gateway(hooks(&db, limiter(u32::MAX))), vec![with(&format!("Bearer {KEY}"))]).await.remove(0);
    assert_eq!(good.0, 200, "{}", good.1);
}

#[actix_web::test]
async fn keys_that_are_tried_out_use_up_what_strangers_may_spend() {
    let db = TestDb::empty(On::Sqlite).await;
    let guess = |n: usize| query("{ __typename }").insert_header((header::AUTHORIZATION, format!("Bearer kn_{n}")));
    let statuses: Vec<u16> =
        ask(gateway(hooks(&db, limiter(1_000))), (0..4).map(guess).collect()).await.iter().map(|a| a.0).collect();
    assert_eq!(statuses, [401, 401, 429, 429]);
}

#[actix_web::test]
async fn a_change_by_a_session_needs_its_token_and_a_question_does_not() {
    let db = TestDb::empty(On::Sqlite).await;
    let change = || by_session(post(&register("Q")), SESSION);
    let requests = vec![
        change(),
        change().insert_header(("x-ketnoi-csrf", "another")),
        by_session(query("{ __typename }"), SESSION),
        change().insert_header(("x-ketnoi-csrf", CSRF)),
        by_session(post(&register("Q")), UNFINISHED).insert_header(("x-ketnoi-csrf", CSRF)),
    ];
    let answers = ask(gateway(hooks(&db, limiter(u32::MAX))), requests).await;
    for refused in &answers[..2] {
        assert_eq!((refused.0, code(&refused.1)), (403, "FORBIDDEN"), "{}", refused.1);
        assert!(refused.1.to_string().contains("x-ketnoi-csrf"));
    }
    assert_eq!(answers[2].0, 200);
    assert_eq!(answers[3].1["data"]["registerOperation"]["operation"]["name"], "Q", "{}", answers[3].1);
    assert_eq!(code(&answers[4].1), "FORBIDDEN", "who must set up a second factor is a stranger: {}", answers[4].1);
}

#[actix_web::test]
async fn a_key_changes_without_a_token_and_does_not_administer() {
    let db = TestDb::empty(On::Sqlite).await;
    let request = post(&register("Q")).insert_header((header::AUTHORIZATION, format!("Bearer {KEY}")));
    let (_, body, _) = ask(gateway(hooks(&db, limiter(u32::MAX))), vec![request]).await.remove(0);
    assert_eq!(code(&body), "FORBIDDEN", "{body}");
    assert!(!body.to_string().contains("x-ketnoi-csrf"), "{body}");
}

#[actix_web::test]
async fn strangers_of_one_address_wait_when_they_have_spent_a_minutes_cost_on_kept_answers_too() {
    let db = TestDb::empty(On::Sqlite).await;
    let requests = (0..4).map(|_| query("{ __typename }")).collect();
    let answers = ask(gateway(hooks(&db, limiter(3))), requests).await;
    assert_eq!(answers.iter().map(|a| a.0).collect::<Vec<_>>(), [200, 200, 200, 429]);
    assert_eq!(code(&answers[3].1), "RATE_LIMITED");
    assert_eq!(answers[3].2.get(header::RETRY_AFTER).unwrap(), "20");
}

#[actix_web::test]
async fn a_retry_under_one_key_is_done_once_and_another_request_under_it_is_refused() {
    let db = TestDb::empty(On::Sqlite).await;
    let keyed = |name: &str| {
        let request = by_session(post(&register(name)), SESSION).insert_header(("x-ketnoi-csrf", CSRF));
        request.insert_header(("idempotency-key", "k-1"))
    };
    let answers = ask(gateway(hooks(&db, limiter(u32::MAX))), vec![keyed("Q"), keyed("Q"), keyed("R")]).await;
    let payload = |n: usize| &answers[n].1["data"]["registerOperation"];
    assert_eq!(payload(0)["operation"]["name"], "Q", "{}", answers[0].1);
    assert_eq!(payload(0), payload(1));
    assert_eq!(payload(2)["errors"][0]["code"], "KEY_REUSED", "{}", answers[2].1);
    let names: Vec<String> = db.registry().operations().await.unwrap().into_iter().map(|o| o.name).collect();
    assert_eq!(names, ["Q"]);
}

#[actix_web::test]
async fn strangers_may_send_registered_operations_only_where_it_is_set_so() {
    let db = TestDb::empty(On::Sqlite).await;
    let document = "query Two { programmes { totalCount } }";
    let new = NewOperation { name: "Two".to_owned(), document: document.to_owned() };
    db.registry().register_operations(&Author::of(Viewer::LocalAdministrator, Lang::En), &[new]).await.unwrap();
    let requests = || {
        vec![
            query("{ __typename }"),
            post(&json!({ "documentId": format!("sha256:{}", hash_of(document)) })),
            query(document),
            query("{ __typename }").insert_header((header::AUTHORIZATION, format!("Bearer {KEY}"))),
        ]
    };
    for (trusted, expected) in [
        (TrustedDocuments::Off, [200, 200, 200, 200]),
        (TrustedDocuments::Strangers, [403, 200, 200, 200]),
        (TrustedDocuments::Everyone, [403, 200, 200, 403]),
    ] {
        let answers = ask(gateway(hooks(&db, limiter(u32::MAX)).trusted(trusted)), requests()).await;
        assert_eq!(answers.iter().map(|a| a.0).collect::<Vec<_>>(), expected, "{trusted:?}");
    }
}

#[actix_web::test]
async fn an_operation_that_was_taken_away_can_no_longer_be_named() {
    let db = TestDb::empty(On::Sqlite).await;
    let author = Author::of(Viewer::LocalAdministrator, Lang::En);
    let document = "query Two { __typename }";
    let new = NewOperation { name: "Two".to_owned(), document: document.to_owned() };
    db.registry().register_operations(&author, &[new]).await.unwrap();
    let documents = Documents::default();
    let hash = hash_of(document);
    assert_eq!(documents.find(db.registry(), &hash).await.unwrap().as_deref(), Some(document));
    db.registry().remove_operation(&author, &hash).await.unwrap();
    assert_eq!(documents.find(db.registry(), &hash).await.unwrap(), None);
    assert!(db.registry().remove_operation(&author, &hash).await.is_err());
}

#[actix_web::test]
async fn in_production_only_those_who_are_known_may_ask_about_the_schema() {
    let db = TestDb::empty(On::Sqlite).await;
    let question = || query("{ __schema { queryType { name } } }");
    let known = || question().insert_header((header::AUTHORIZATION, format!("Bearer {KEY}")));
    let answers = ask(gateway(hooks(&db, limiter(u32::MAX)).production(true)), vec![question(), known()]).await;
    assert_eq!((answers[0].0, code(&answers[0].1)), (400, "FORBIDDEN"), "{}", answers[0].1);
    assert_eq!(answers[1].1["data"]["__schema"]["queryType"]["name"], "Query");
    let open = ask(gateway(hooks(&db, limiter(u32::MAX))), vec![question()]).await.remove(0);
    assert_eq!(open.0, 200);
}
