//! The page of one's own account: on a registry of the test's own, and with people whose codes are known.

use ketnoi_domain::{Account, AccountRole};
use ketnoi_registry::{NewAccount, SignIn, SignedIn};
use ketnoi_test_support::{Bulk, TestDb, on_both_databases, organisation};

use super::*;
use crate::server::keeper::people::FACTORED;

const OLD: &str = "một câu dài dễ nhớ";
const NEW: &str = "a new long password";
const PAGE: &str = "/auth/account";
const SESSIONS: &str = "/auth/account/sessions";

fn operator() -> Author {
    Author::of(Viewer::LocalAdministrator, Lang::En)
}

/// A funder, of whom no second factor is demanded; with a password where one is given.
async fn funder(db: &TestDb, name: &str, password: Option<&str>) -> Account {
    let organisation = organisation("FUNDER", "Quỹ Đối tác");
    let (id, registry, name) = (organisation.head.id, db.registry(), name.to_owned());
    db.put(&Bulk { organisations: vec![organisation], ..Bulk::default() }).await;
    let new = NewAccount { name, role: AccountRole::Funder, organisation: Some(id), authority: None };
    let account = registry.create_account(&operator(), &new).await.unwrap();
    if let Some(password) = password {
        let token = registry.issue_reset(&operator(), account.id).await.unwrap().token.unwrap();
        registry.reset(&operator(), &token, password).await.unwrap();
    }
    account
}

async fn signed_in(db: &TestDb, name: &str) -> SignedIn {
    match db.registry().sign_in(name, OLD, None).await.unwrap() {
        SignIn::In(signed_in) => *signed_in,
        other => panic!("{name}: {other:?}"),
    }
}

/// `jane` with two sessions, and the pages.
async fn jane(db: &TestDb) -> (SignedIn, SignedIn, Data<Auth>) {
    funder(db, "jane", Some(OLD)).await;
    (signed_in(db, "jane").await, signed_in(db, "jane").await, pages(db))
}

fn pages(db: &TestDb) -> Data<Auth> {
    auth(db.registry().clone(), false, Vec::new())
}

async fn is_in(db: &TestDb, token: &str) -> bool {
    db.registry().by_session(token).await.unwrap().is_some()
}

fn wish(csrf: &str, current: &str, new: &str, repeated: &str) -> TestRequest {
    post(PAGE, &[("token", csrf), ("current", current), ("password", new), ("repeated", repeated)])
}

/// What the sessions are called that the page offers to end.
fn handles(got: &Got) -> Vec<String> {
    let fields = got.text.split("name=\"session\" value=\"").skip(1);
    fields.filter_map(|field| field.split('"').next()).map(str::to_owned).collect()
}

#[actix_web::test]
async fn the_page_tells_who_one_is_and_what_is_open_in_the_readers_language() {
    on_both_databases(async |db: TestDb| {
        let (this, other, auth) = jane(&db).await;
        for (lang, title, role, since) in [
            ("vi", "Tài khoản của bạn", "Nhà tài trợ", "10:00 ngày 22/11/2026 (giờ UTC)"),
            ("en", "Your account", "Funder", "2026-11-22, 10:00 UTC"),
            ("fr", "Votre compte", "Bailleur de fonds", "22/11/2026 à 10:00 (UTC)"),
            ("de", "Ihr Konto", "Geldgeber", "22.11.2026, 10:00 Uhr UTC"),
        ] {
            let request = TestRequest::get().uri(PAGE).insert_header((header::ACCEPT_LANGUAGE, lang));
            let got = ask(&auth, within(request, &this.token)).await;
            assert_eq!(got.status, 200);
            is_plain(&got, lang);
            let name = "<dd lang=\"vi\">Quỹ Đối tác</dd>";
            for words in [since, name, "<dd>jane</dd>", &format!("<h1>{title}</h1>"), &format!("<dd>{role}</dd>")] {
                assert!(got.text.contains(words), "{words}: {}", got.text);
            }
            assert_eq!(handles(&got).len(), 1, "one's own is left by signing out");
            for secret in [&this.token, &other.token, &other.csrf] {
                assert!(!got.text.contains(secret.as_str()));
            }
        }
        let inside = ask(&auth, within(get("/auth/sign-in"), &this.token)).await;
        assert!(inside.text.contains("href=\"/auth/account\""), "{}", inside.text);
    })
    .await;
}

#[actix_web::test]
async fn who_has_not_signed_in_is_sent_there_and_who_must_set_up_a_second_factor_to_that() {
    let auth = people();
    for request in [get(PAGE), wish(CSRF, PASSWORD, NEW, NEW), get(SESSIONS), post(SESSIONS, &[("token", CSRF)])] {
        let got = ask(&auth, request).await;
        assert_eq!((got.status, got.header("location")), (303, "/auth/sign-in"));
    }
    for request in [get(PAGE), wish(CSRF, PASSWORD, NEW, NEW), post(SESSIONS, &[("token", CSRF)])] {
        let got = ask(&auth, within(request, UNFINISHED)).await;
        assert_eq!((got.status, got.header("location")), (303, "/auth/second-factor"));
    }
}

#[actix_web::test]
async fn a_wrong_current_password_changes_nothing_and_tells_nothing() {
    on_both_databases(async |db: TestDb| {
        let (this, other, auth) = jane(&db).await;
        let set = async |current: &str, new: &str| {
            let got = ask(&auth, within(wish(&this.csrf, current, new, new), &this.token)).await;
            is_plain(&got, "en");
            assert_eq!(got.status, 422);
            assert!(got.text.contains("role=\"alert\"") && got.cookies().is_empty(), "{}", got.text);
            assert!(!got.text.contains(OLD) && !got.text.contains(new), "a password is not sent back");
            got.text
        };
        assert_eq!(set("wrong", NEW).await, set("", NEW).await);
        assert_eq!(set("wrong", "too small").await, set(OLD, "too small").await, "the rules come first");
        assert!(is_in(&db, &this.token).await && is_in(&db, &other.token).await);
        signed_in(&db, "jane").await;
    })
    .await;
}

#[actix_web::test]
async fn a_try_to_change_a_password_is_a_try_to_sign_in() {
    let auth = people();
    let set = async |current: &str| ask(&auth, within(wish(CSRF, current, NEW, NEW), SESSION)).await;
    for _ in 0..4 {
        assert_eq!(set("wrong").await.status, 422);
    }
    assert_eq!(attempt(&auth, "an", "wrong", "").await.status, 403);
    let got = set(PASSWORD).await;
    is_plain(&got, "en");
    assert!(got.status == 429 && got.cookies().is_empty(), "{}", got.text);
    assert_eq!(attempt(&auth, "an", PASSWORD, "").await.status, 429);
    assert_eq!(attempt(&auth, "binh", PASSWORD, "123456").await.status, 303, "another name is another matter");
}

#[actix_web::test]
async fn a_form_that_no_page_of_this_session_wrote_is_refused() {
    on_both_databases(async |db: TestDb| {
        let (this, other, auth) = jane(&db).await;
        let written = |token: &str| [wish(token, OLD, NEW, NEW), post(SESSIONS, &[("token", token)])];
        let before = "A".repeat(43);
        let both = format!("ketnoi={}; ketnoi-form={before}", this.token);
        let mut attacks = Vec::new();
        attacks.extend(["", "forged", other.csrf.as_str()].into_iter().flat_map(written).map(|form| within(form, &this.token)));
        attacks.extend(written(&before).map(|form| form.insert_header((header::COOKIE, both.clone()))));
        attacks.extend(written(&this.csrf).map(|form| within(form, &this.token).insert_header(("sec-fetch-site", "cross-site"))));
        attacks.extend([PAGE, SESSIONS].map(|path| within(get(path).method(actix_web::http::Method::POST), &this.token)));
        assert_eq!(attacks.len(), 12);
        for attack in attacks {
            let got = ask(&auth, attack).await;
            assert_eq!(got.status, 400, "{}", got.text);
            assert!(got.text.contains("out of date") && got.cookies().is_empty(), "{}", got.text);
        }
        assert!(is_in(&db, &other.token).await);
        signed_in(&db, "jane").await;
    })
    .await;
}

#[actix_web::test]
async fn a_new_password_ends_the_other_sessions_and_this_one_goes_on_under_a_new_token() {
    on_both_databases(async |db: TestDb| {
        let (this, other, auth) = jane(&db).await;
        let differ = ask(&auth, within(wish(&this.csrf, OLD, NEW, "another"), &this.token)).await;
        assert!(differ.status == 422 && differ.text.contains("not the same"), "{}", differ.text);
        let got = ask(&auth, within(wish(&this.csrf, OLD, NEW, NEW), &this.token)).await;
        is_plain(&got, "en");
        assert!(got.status == 200 && got.text.contains("The new password is saved"), "{}", got.text);
        assert!(!got.text.contains(NEW) && handles(&got).is_empty());
        let cookies = got.cookies();
        assert_eq!(cookies.len(), 1, "{cookies:?}");
        let token = cookies[0].strip_prefix("ketnoi=").and_then(|c| c.strip_suffix("; Path=/; HttpOnly; SameSite=Lax")).unwrap();
        assert!(is_in(&db, token).await && !is_in(&db, &this.token).await && !is_in(&db, &other.token).await);
        assert_ne!(got.token(), this.csrf);
        let next = ask(&auth, within(post(SESSIONS, &[("token", got.token())]), token)).await;
        assert_eq!((next.status, next.header("location")), (303, PAGE), "the forms of the new page are good");
        assert_eq!(db.registry().sign_in("jane", OLD, None).await.unwrap(), SignIn::Refused);
        assert!(matches!(db.registry().sign_in("jane", NEW, None).await.unwrap(), SignIn::In(_)));
    })
    .await;
}

#[actix_web::test]
async fn a_button_ends_a_session_of_ones_own_and_of_nobody_else() {
    on_both_databases(async |db: TestDb| {
        let (this, other, auth) = jane(&db).await;
        let third = signed_in(&db, "jane").await;
        funder(&db, "mai", Some(OLD)).await;
        let (mais, hers) = (signed_in(&db, "mai").await, signed_in(&db, "mai").await);
        let foreign = handles(&ask(&auth, within(get(PAGE), &mais.token)).await);
        let end = async |handle: &str| {
            ask(&auth, within(post(SESSIONS, &[("token", this.csrf.as_str()), ("session", handle)]), &this.token)).await
        };
        let refused = end(foreign[0].as_str()).await;
        is_plain(&refused, "en");
        assert!(refused.status == 422 && refused.text.contains("There is no such session"), "{}", refused.text);
        assert_eq!(end("").await.text, refused.text, "one of somebody else is like one that there is not");
        assert!(is_in(&db, &hers.token).await);

        let mine = handles(&ask(&auth, within(get(PAGE), &this.token)).await);
        assert_eq!(mine.len(), 2);
        let ended = end(mine[0].as_str()).await;
        assert_eq!((ended.status, ended.header("location")), (303, PAGE));
        let left = (is_in(&db, &other.token).await, is_in(&db, &third.token).await);
        assert!(left == (true, false) || left == (false, true), "one of the two: {left:?}");
        assert_eq!(end(mine[0].as_str()).await.status, 422, "it has ended");
        let all = ask(&auth, within(post(SESSIONS, &[("token", this.csrf.as_str())]), &this.token)).await;
        assert_eq!((all.status, all.header("location")), (303, PAGE));
        assert!(!is_in(&db, &other.token).await && !is_in(&db, &third.token).await);
        assert!(is_in(&db, &this.token).await && is_in(&db, &mais.token).await && is_in(&db, &hers.token).await);
        let alone = ask(&auth, within(get(PAGE), &this.token)).await;
        assert!(alone.text.contains("No other session is open."), "{}", alone.text);
    })
    .await;
}

#[actix_web::test]
async fn who_signs_in_elsewhere_only_is_told_so_in_the_place_of_the_form() {
    on_both_databases(async |db: TestDb| {
        let account = funder(&db, "jane", None).await;
        db.registry().link_subject(&operator(), account.id, "https://issuer", "1").await.unwrap();
        let this = db.registry().sign_in_as("https://issuer", "1").await.unwrap().unwrap();
        let auth = pages(&db);
        let told = |got: &Got| {
            is_plain(got, "en");
            assert!(got.text.contains("through your organisation only"), "{}", got.text);
            assert!(!got.text.contains("type=\"password\"") && !got.text.contains("/auth/second-factor"), "{}", got.text);
        };
        told(&ask(&auth, within(get(PAGE), &this.token)).await);
        let anyway = ask(&auth, within(wish(&this.csrf, "", NEW, NEW), &this.token)).await;
        assert_eq!(anyway.status, 422);
        told(&anyway);
    })
    .await;
}

#[actix_web::test]
async fn a_code_is_asked_for_where_there_is_a_second_factor_and_which_of_the_two_was_wrong_is_not_told() {
    let auth = people();
    assert!(!ask(&auth, within(get(PAGE), SESSION)).await.text.contains("name=\"code\""));
    let page = ask(&auth, within(get(PAGE), FACTORED)).await;
    is_plain(&page, "en");
    assert!(page.text.contains("name=\"code\"") && !page.text.contains("href=\"/auth/second-factor\""), "{}", page.text);
    let set = async |current: &str, code: &str| {
        let fields = [("token", CSRF), ("current", current), ("code", code), ("password", NEW), ("repeated", NEW)];
        ask(&auth, within(post(PAGE, &fields), FACTORED)).await
    };
    let wrong = set(PASSWORD, "").await;
    assert_eq!(wrong.status, 422);
    for (current, code) in [(PASSWORD, "000000"), ("wrong", "123456")] {
        assert_eq!(set(current, code).await.text, wrong.text);
    }
    let done = set(PASSWORD, "123 456").await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert_eq!(done.cookies(), [format!("ketnoi={NEW_TOKEN}; Path=/; HttpOnly; SameSite=Lax")]);
}
