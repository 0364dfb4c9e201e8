//! The voting page as an old phone meets it.

use std::num::NonZero;

use actix_web::App;
use actix_web::body::to_bytes;
use actix_web::test::{TestRequest, call_service, init_service};
use ketnoi_test_support::{Hall, TestDb, on_both_databases};

use super::*;
use crate::server::cookies::Cookies;
use crate::server::limits::Limiter;

struct Got {
    status: u16,
    headers: header::HeaderMap,
    text: String,
}

fn booth(db: &TestDb) -> Data<Booth> {
    let limiter = Limiter::new(NonZero::<u32>::MAX, NonZero::<u32>::MAX);
    let callers = Callers::new(Arc::new(()), Cookies::default(), limiter);
    Data::new(Booth::new(db.registry().clone(), Arc::new(callers)))
}

async fn ask(booth: &Data<Booth>, request: TestRequest) -> Got {
    let app = init_service(App::new().configure(|config| routes(booth, config))).await;
    let request = request.peer_addr("192.0.2.1:1000".parse().unwrap());
    let (_, response) = call_service(&app, request.to_request()).await.into_parts();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let Ok(body) = to_bytes(response.into_body()).await else { panic!("the body broke off") };
    let text = String::from_utf8(body.to_vec()).unwrap();
    let odd = ["<script", "://", "javascript:"].iter().find(|odd| text.contains(**odd));
    assert_eq!(odd, None, "a page without scripts, from here alone: {text}");
    assert_eq!(headers.get(header::SET_COOKIE), None, "nobody is followed");
    assert!(text.len() < 8_000, "{} bytes are too many for an old phone", text.len());
    Got { status, headers, text }
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path).insert_header((header::ACCEPT_LANGUAGE, "en"))
}

fn post(fields: &[(&str, &str)]) -> TestRequest {
    TestRequest::post().uri("/vote").insert_header((header::ACCEPT_LANGUAGE, "en")).set_form(fields)
}

#[actix_web::test]
async fn a_code_gives_the_ballot_and_the_ballot_a_receipt_that_proves_nothing() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("south", 1)]).await;
        let (booth, code) = (booth(&db), hall.codes[0].as_str());
        let page = ask(&booth, get(&format!("/vote?code={}", code.replace('-', "")))).await;
        assert_eq!((page.status, page.headers.get(header::CACHE_CONTROL).unwrap().to_str().unwrap()), (200, "no-store"));
        assert!(page.text.contains(&format!("value=\"{}\"", code.replace('-', ""))), "{}", page.text);
        let ballot = ask(&booth, post(&[("code", code)])).await;
        assert_eq!(ballot.status, 200);
        assert!(ballot.text.contains("<h1>Anonymous dialogue</h1>") && ballot.text.contains("Pick 2 to 3."), "{}", ballot.text);
        assert_eq!(ballot.text.matches("type=\"checkbox\"").count(), 8);
        assert_eq!(ballot.text.matches(" checked").count(), 0);
        let receipt = ask(&booth, post(&[("code", code), ("step", "ballot"), ("choice", "3"), ("choice", "7")])).await;
        assert_eq!(receipt.status, 200);
        assert!(receipt.text.contains("Your ballot is in."), "{}", receipt.text);
        assert!(!receipt.text.contains(code) && !receipt.text.contains("Advice"), "a receipt that shows a vote could be sold");
        assert_eq!(db.sql("SELECT SUM(electronic) FROM ballot_box").await, [["1"]]);
        // Sent again, as a phone does whose answer was lost.
        let again = ask(&booth, post(&[("code", code), ("step", "ballot"), ("choice", "3"), ("choice", "7")])).await;
        assert_eq!(again.status, 403);
        assert!(again.text.contains("if you have voted, your vote counts"), "{}", again.text);
        let other = ask(&booth, post(&[("code", "01234-T8YZG")])).await;
        assert_eq!(other.text, again.text, "a code that was used and one that never was are told alike");
        assert_eq!(db.sql("SELECT SUM(electronic) FROM ballot_box").await, [["1"]]);
    })
    .await;
}

#[actix_web::test]
async fn too_many_choices_are_told_with_the_rule_and_stay_picked() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("south", 1)]).await;
        let booth = booth(&db);
        let code = hall.codes[0].as_str();
        let four = [("code", code), ("step", "ballot"), ("choice", "1"), ("choice", "2"), ("choice", "3"), ("choice", "8")];
        let page = ask(&booth, post(&four)).await;
        assert_eq!(page.status, 422);
        assert!(page.text.contains("role=\"alert\"") && page.text.contains("You picked 4: pick 2 to 3."), "{}", page.text);
        for n in [1, 2, 3, 8] {
            let kept = format!("name=\"choice\" value=\"{n}\" checked");
            assert!(page.text.contains(&kept), "{n} in {}", page.text);
        }
        assert_eq!(page.text.matches(" checked").count(), 4);
        let odd = ask(&booth, post(&[("code", code), ("step", "ballot"), ("choice", "1"), ("choice", "<b>")])).await;
        assert_eq!(odd.status, 422);
        let fine = ask(&booth, post(&[("code", code), ("step", "ballot"), ("choice", "1"), ("choice", "2")])).await;
        assert_eq!(fine.status, 200);
    })
    .await;
}

#[actix_web::test]
async fn the_page_speaks_four_languages_and_one_choice_is_a_round_button() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "NAMED", &[("south", 1)]).await;
        let booth = booth(&db);
        for (lang, word) in [("vi", "Tiếp tục"), ("en", "Continue"), ("fr", "Continuer"), ("de", "Weiter")] {
            let page = ask(&booth, get(&format!("/vote?lang={lang}"))).await;
            assert!(page.text.contains(word) && page.text.contains(&format!("<html lang=\"{lang}\">")), "{}", page.text);
        }
        let ballot = ask(&booth, post(&[("code", hall.codes[0].as_str()), ("lang", "de")])).await;
        assert_eq!(ballot.text.matches("type=\"radio\"").count(), 3);
        assert!(ballot.text.contains("Wählen Sie genau 1.") && ballot.text.contains("offen abgestimmt"), "{}", ballot.text);
    })
    .await;
}

#[actix_web::test]
async fn who_guesses_codes_has_to_wait() {
    on_both_databases(async |db: TestDb| {
        let hall = Hall::open(&db, "SECRET", &[("south", 1)]).await;
        let booth = booth(&db);
        let mut refused = 0;
        let last = loop {
            let page = ask(&booth, post(&[("code", "01234-T8YZG")])).await;
            if page.status != 403 {
                break page;
            }
            refused += 1;
            assert!(refused < 100, "guessing goes on and on");
        };
        assert_eq!(last.status, 429);
        assert!(last.headers.contains_key(header::RETRY_AFTER));
        let good = ask(&booth, post(&[("code", hall.codes[0].as_str())])).await;
        assert_eq!(good.status, 429, "nobody learns from the answer that a guess was right");
        let elsewhere = TestRequest::post().uri("/vote").set_form([("code", hall.codes[0].as_str())]);
        let app = init_service(App::new().configure(|config| routes(&booth, config))).await;
        let request = elsewhere.peer_addr("198.51.100.7:1000".parse().unwrap()).to_request();
        assert_eq!(call_service(&app, request).await.status().as_u16(), 200, "others go on voting");
    })
    .await;
}
