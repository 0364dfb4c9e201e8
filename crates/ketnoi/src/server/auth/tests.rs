//! The pages as a browser without scripts meets them.

mod account;
mod elsewhere;

use actix_web::App;
use actix_web::body::{MessageBody, to_bytes};
use actix_web::dev::ServiceResponse;
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, call_service, init_service};

use super::*;
use crate::server::caller;
use crate::server::cookies::Cookies;
use crate::server::keeper::Keeper;
use crate::server::keeper::people::{CSRF, LINK, NEW_TOKEN, OLD_SESSION, PASSWORD, People, SESSION, UNFINISHED};
use crate::server::limits::Limiter;

struct Got {
    status: u16,
    headers: header::HeaderMap,
    text: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).map(|cookie| cookie.to_str().unwrap()).collect()
    }

    /// The token in the first form of the page.
    fn token(&self) -> &str {
        let (_, after) = self.text.split_once("name=\"token\" value=\"").unwrap_or_else(|| panic!("no form: {}", self.text));
        after.split('"').next().unwrap()
    }

    /// The cookie that goes with the form, as the browser sends it back.
    fn form_cookie(&self) -> String {
        let cookie = self.cookies().into_iter().find(|cookie| cookie.contains("-form=")).unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }
}

fn auth(keeper: impl Keeper + 'static, https: bool, providers: Vec<oidc::Client>) -> Data<Auth> {
    let limiter = Limiter::new(std::num::NonZero::<u32>::MAX, std::num::NonZero::<u32>::MAX);
    let callers = Callers::new(Arc::new(keeper), Cookies::new(https), limiter);
    Data::new(Auth::new(Arc::new(callers), providers))
}

fn people() -> Data<Auth> {
    auth(People::default(), false, Vec::new())
}

async fn ask(auth: &Data<Auth>, request: TestRequest) -> Got {
    let callers = Data::from(Arc::clone(&auth.callers));
    let app = App::new().app_data(callers).configure(|config| routes(auth, config)).wrap(from_fn(caller::renew));
    let app = init_service(app).await;
    read(call_service(&app, request.peer_addr("192.0.2.1:1000".parse().unwrap()).to_request()).await).await
}

async fn read(response: ServiceResponse<impl MessageBody>) -> Got {
    let (_, response) = response.into_parts();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let Ok(body) = to_bytes(response.into_body()).await else { panic!("the body broke off") };
    Got { status, headers, text: String::from_utf8_lossy(&body).into_owned() }
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path).insert_header((header::ACCEPT_LANGUAGE, "en"))
}

fn post(path: &str, fields: &[(&str, &str)]) -> TestRequest {
    TestRequest::post().uri(path).insert_header((header::ACCEPT_LANGUAGE, "en")).set_form(fields)
}

fn within(request: TestRequest, session: &str) -> TestRequest {
    request.insert_header((header::COOKIE, format!("ketnoi={session}")))
}

/// An attempt by the form of a page.
async fn attempt(auth: &Data<Auth>, name: &str, password: &str, code: &str) -> Got {
    let page = ask(auth, get("/auth/sign-in")).await;
    let fields = [("token", page.token()), ("name", name), ("password", password), ("code", code)];
    ask(auth, post("/auth/sign-in", &fields).insert_header((header::COOKIE, page.form_cookie()))).await
}

/// What holds of every page: its language, its one heading, a label for each field, no script, no inline style.
fn is_plain(got: &Got, lang: &str) {
    assert_eq!(got.header("content-type"), "text/html; charset=utf-8");
    assert!(got.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'; form-action 'self'"));
    assert_eq!(got.header("cache-control"), "no-store");
    assert!(got.text.contains(&format!("<html lang=\"{lang}\">")), "{}", got.text);
    assert_eq!(got.text.matches("<h1>").count(), 1);
    for never in ["<script", " style=", " onclick", "javascript:", "http://", "https://"] {
        assert!(!got.text.contains(never), "{never}: {}", got.text);
    }
    for input in got.text.split("<input").skip(1).filter(|input| !input.contains("type=\"hidden\"")) {
        let id = input.split(" id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert!(got.text.contains(&format!("<label for=\"{id}\">")), "{id} has no label");
    }
}

#[actix_web::test]
async fn the_page_to_sign_in_is_plain_and_speaks_the_readers_language() {
    for (asked, lang, title) in [("vi", "vi", "Đăng nhập"), ("fr-CA, en;q=0.5", "fr", "Se connecter"), ("de", "de", "Anmelden")]
    {
        let request = TestRequest::get().uri("/auth/sign-in").insert_header((header::ACCEPT_LANGUAGE, asked));
        let got = ask(&people(), request).await;
        assert_eq!(got.status, 200);
        is_plain(&got, lang);
        assert!(got.text.contains(&format!("<h1>{title}</h1>")), "{}", got.text);
        assert_eq!(got.form_cookie(), format!("ketnoi-form={}", got.token()));
    }
}

#[actix_web::test]
async fn who_signs_in_gets_a_cookie_that_scripts_cannot_read() {
    let got = attempt(&people(), "an", PASSWORD, "").await;
    assert_eq!((got.status, got.header("location")), (303, "/auth/sign-in"));
    assert!(got.cookies().contains(&"ketnoi=session; Path=/; HttpOnly; SameSite=Lax"), "{:?}", got.cookies());
    let inside = ask(&people(), within(get("/auth/sign-in"), SESSION)).await;
    is_plain(&inside, "en");
    assert!(inside.text.contains("Account: an") && inside.text.contains("action=\"/auth/sign-out\""), "{}", inside.text);

    let secure = attempt(&auth(People::default(), true, Vec::new()), "an", PASSWORD, "").await;
    let expected = "__Host-ketnoi=session; Path=/; HttpOnly; SameSite=Lax; Secure";
    assert!(secure.cookies().contains(&expected), "{:?}", secure.cookies());
}

#[actix_web::test]
async fn a_wrong_name_a_wrong_password_and_a_wrong_code_are_told_alike() {
    let mut texts = Vec::new();
    for (name, password, code) in [("an", "wrong", ""), ("nobody", PASSWORD, ""), ("binh", PASSWORD, "000000"), ("", "", "")] {
        let got = attempt(&people(), name, password, code).await;
        is_plain(&got, "en");
        assert!(got.text.contains("role=\"alert\"") && got.cookies().iter().all(|c| !c.starts_with("ketnoi=")));
        assert!(!got.text.contains(PASSWORD), "a password is not sent back");
        texts.push((got.status, got.text.replace(&format!("value=\"{name}\""), "value=\"\"")));
    }
    assert!(texts.iter().all(|text| *text == texts[0]), "{texts:?}");
    assert_eq!(texts[0].0, 403);
}

#[actix_web::test]
async fn a_code_is_asked_for_where_there_is_a_second_factor() {
    let asked = attempt(&people(), "binh", PASSWORD, "").await;
    assert!(asked.status == 200 && asked.text.contains("needs a code") && asked.text.contains("value=\"binh\""));
    assert_eq!(attempt(&people(), "binh", PASSWORD, "123 456").await.status, 303);
}

#[actix_web::test]
async fn a_form_that_no_page_of_ours_wrote_is_refused() {
    let auth = people();
    let page = ask(&auth, get("/auth/sign-in")).await;
    let form = |token: &str| post("/auth/sign-in", &[("token", token), ("name", "an"), ("password", PASSWORD)]);
    let other = "B".repeat(43);
    let attacks = [
        form(page.token()),
        form(&other).insert_header((header::COOKIE, page.form_cookie())),
        form("").insert_header((header::COOKIE, "ketnoi-form=")),
        form(page.token()).insert_header((header::COOKIE, page.form_cookie())).insert_header(("sec-fetch-site", "cross-site")),
        TestRequest::post().uri("/auth/sign-in").set_payload("no form"),
    ];
    for attack in attacks {
        let got = ask(&auth, attack).await;
        assert_eq!(got.status, 400, "{}", got.text);
        assert!(got.cookies().iter().all(|cookie| !cookie.starts_with("ketnoi=")));
    }
}

#[actix_web::test]
async fn too_many_attempts_under_a_name_wait_whether_or_not_anyone_has_it() {
    let mut told = Vec::new();
    for name in ["an", "nobody"] {
        let auth = people();
        for _ in 0..5 {
            assert_eq!(attempt(&auth, name, "wrong", "").await.status, 403);
        }
        let got = attempt(&auth, name, PASSWORD, "").await;
        assert_eq!(got.status, 429, "{}", got.text);
        assert!(got.header("retry-after").parse::<u64>().is_ok_and(|s| (1..=12).contains(&s)));
        is_plain(&got, "en");
        told.push(got.text.replace(char::is_numeric, ""));
    }
    assert_eq!(told[0], told[1]);
}

#[actix_web::test]
async fn signing_out_takes_the_sessions_token() {
    let auth = people();
    let without = ask(&auth, within(post("/auth/sign-out", &[("token", "x")]), SESSION)).await;
    assert_eq!(without.status, 400);
    let got = ask(&auth, within(post("/auth/sign-out", &[("token", CSRF)]), SESSION)).await;
    assert_eq!((got.status, got.header("location")), (303, "/auth/sign-in"));
    assert!(got.cookies()[0].starts_with("ketnoi=; ") && got.cookies()[0].ends_with("Max-Age=0"), "{:?}", got.cookies());
    assert_eq!(ask(&auth, get("/auth/sign-out")).await.header("location"), "/auth/sign-in");
}

#[actix_web::test]
async fn a_sessions_new_token_reaches_the_browser() {
    let got = ask(&people(), within(get("/auth/session"), OLD_SESSION)).await;
    assert_eq!(got.cookies(), [format!("ketnoi={NEW_TOKEN}; Path=/; HttpOnly; SameSite=Lax")]);
    let json: serde_json::Value = serde_json::from_str(&got.text).unwrap();
    assert_eq!(json, serde_json::json!({"name": "an", "csrf": CSRF, "mustSetUpSecondFactor": false}));
    assert!(ask(&people(), within(get("/auth/session"), SESSION)).await.cookies().is_empty());
    assert_eq!(ask(&people(), get("/auth/session")).await.text, "{}");
}

#[actix_web::test]
async fn a_second_factor_is_set_up_by_reading_a_code_and_typing_another() {
    let auth = people();
    let led = ask(&auth, within(get("/auth/sign-in"), UNFINISHED)).await;
    assert_eq!((led.status, led.header("location")), (303, "/auth/second-factor"));
    let first = ask(&auth, within(get("/auth/second-factor"), UNFINISHED)).await;
    is_plain(&first, "en");
    assert!(first.text.contains("before it can do anything else"), "{}", first.text);

    let shown = ask(&auth, within(post("/auth/second-factor", &[("token", CSRF)]), UNFINISHED)).await;
    is_plain(&shown, "en");
    assert!(shown.text.contains("<svg class=\"qr\"") && shown.text.contains("ABCD EFGH IJ"), "{}", shown.text);

    let confirm =
        |code: &'static str, token| within(post("/auth/second-factor", &[("token", token), ("code", code)]), UNFINISHED);
    assert_eq!(ask(&auth, confirm("123456", "forged")).await.status, 400);
    let wrong = ask(&auth, confirm("000000", CSRF)).await;
    assert!(wrong.status == 422 && wrong.text.contains("The code is not right."), "{}", wrong.text);
    assert_eq!(ask(&auth, confirm("123456", CSRF)).await.header("location"), "/auth/sign-in");
    assert_eq!(ask(&auth, get("/auth/second-factor")).await.header("location"), "/auth/sign-in");
}

#[actix_web::test]
async fn a_link_sets_a_password_and_tells_nothing_before() {
    let auth = people();
    let set = async |link: &str, password: &str, repeated: &str| {
        let page = ask(&auth, get(&format!("/auth/reset/{link}"))).await;
        is_plain(&page, "en");
        let fields = [("token", page.token()), ("password", password), ("repeated", repeated)];
        ask(&auth, post(&format!("/auth/reset/{link}"), &fields).insert_header((header::COOKIE, page.form_cookie()))).await
    };
    let good = ask(&auth, get("/auth/reset/link")).await.text;
    let over = ask(&auth, get("/auth/reset/over")).await.text;
    let plain = |text: &str| text.split("name=\"token\"").nth(1).unwrap().split_once('>').unwrap().1.to_owned();
    assert_eq!(plain(&good), plain(&over), "the page does not tell whether the link is good");

    let differ = set(LINK, "a long enough one", "another").await;
    assert!(differ.status == 422 && differ.text.contains("not the same"), "{}", differ.text);
    assert_eq!(set("over", "a long enough one", "a long enough one").await.status, 422);
    let done = set(LINK, "a long enough one", "a long enough one").await;
    assert!(done.status == 200 && done.text.contains("saved"), "{}", done.text);
    assert!(!done.text.contains("a long enough one"));
}
