//! Signing in at a small issuer that the test starts, which tells the truth or lies in one thing.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Mutex, OnceLock};

use actix_web::HttpServer;
use actix_web::web::{Form, get as on_get, post as on_post};
use base64::{Engine as _, engine::general_purpose::STANDARD, engine::general_purpose::URL_SAFE_NO_PAD};
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, PrivateSigningKey as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::*;
use crate::config::{Algorithm, Provider};

/// What an issuer lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lie {
    Nothing,
    Nonce,
    Issuer,
    Audience,
    MoreAudiences,
    Expiry,
    Signature,
    NoSignature,
    OtherKey,
}

/// An issuer, and what the browser brought to it.
struct Issuer {
    address: String,
    lie: Lie,
    subject: &'static str,
    brought: Mutex<(String, String)>,
}

/// A key made of a seed, as RFC 8410 writes it.
fn key(seed: u8) -> CoreEdDsaPrivateSigningKey {
    let mut der = vec![0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    der.extend([seed; 32]);
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new("test".to_owned()))).unwrap()
}

impl Issuer {
    /// Starts it on a port of its own.
    fn start(lie: Lie, subject: &'static str) -> Arc<Self> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let issuer = Arc::new(Self { address, lie, subject, brought: Mutex::default() });
        let state = Data::from(Arc::clone(&issuer));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(state.clone())
                .route("/.well-known/openid-configuration", on_get().to(configuration))
                .route("/keys", on_get().to(keys))
                .route("/token", on_post().to(token))
        });
        actix_web::rt::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
        issuer
    }

    fn provider(&self) -> Provider {
        Provider {
            name: "partner".to_owned(),
            title: Some("Partner".to_owned()),
            issuer: self.address.clone(),
            client_id: "ketnoi".to_owned(),
            client_secret_file: None,
            algorithm: Algorithm::EdDsa,
        }
    }

    fn id_token(&self, nonce: &str) -> String {
        let lies = |lie| self.lie == lie;
        let audience = match self.lie {
            Lie::Audience => json!("another"),
            Lie::MoreAudiences => json!(["ketnoi", "another"]),
            _ => json!("ketnoi"),
        };
        let claims = json!({
            "iss": if lies(Lie::Issuer) { "https://another.example" } else { self.address.as_str() },
            "sub": self.subject,
            "aud": audience,
            "nonce": if lies(Lie::Nonce) { "another" } else { nonce },
            "iat": 1_700_000_000,
            "exp": if lies(Lie::Expiry) { 1_700_000_001_i64 } else { 4_102_444_800 },
        });
        let header = json!({ "alg": if lies(Lie::NoSignature) { "none" } else { "EdDSA" }, "kid": "test", "typ": "JWT" });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&header), part(&claims));
        let signer = key(if lies(Lie::OtherKey) { 2 } else { 1 });
        let mut signature = signer.sign(&CoreJwsSigningAlgorithm::EdDsa, signed.as_bytes()).unwrap();
        match self.lie {
            Lie::Signature => signature[0] ^= 1,
            Lie::NoSignature => signature.clear(),
            _ => {}
        }
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

async fn configuration(issuer: Data<Issuer>) -> HttpResponse {
    let address = &issuer.address;
    HttpResponse::Ok().json(json!({
        "issuer": address,
        "authorization_endpoint": format!("{address}/authorize"),
        "token_endpoint": format!("{address}/token"),
        "jwks_uri": format!("{address}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "none"],
    }))
}

async fn keys() -> HttpResponse {
    HttpResponse::Ok().json(CoreJsonWebKeySet::new(vec![key(1).as_verification_key()]))
}

/// Gives a token for the code to who knows what the challenge was made of.
async fn token(issuer: Data<Issuer>, form: Form<HashMap<String, String>>) -> HttpResponse {
    let (nonce, challenge) = issuer.brought.lock().unwrap().clone();
    let made = URL_SAFE_NO_PAD.encode(Sha256::digest(form["code_verifier"].as_bytes()));
    if form["code"] != "the-code" || made != challenge || form["grant_type"] != "authorization_code" {
        return HttpResponse::BadRequest().json(json!({ "error": "invalid_grant" }));
    }
    HttpResponse::Ok().json(json!({
        "access_token": "unused",
        "token_type": "Bearer",
        "id_token": issuer.id_token(&nonce),
    }))
}

fn pages(issuer: &Issuer) -> Data<Auth> {
    let listening = Arc::new(OnceLock::new());
    listening.set(SocketAddr::from(([127, 0, 0, 1], 8080))).unwrap();
    auth(People::default(), false, oidc::clients(&[issuer.provider()], None, &listening).unwrap())
}

/// What the browser keeps and brings after it was sent to the issuer: the cookie, and the state.
async fn begin(pages: &Data<Auth>, issuer: &Issuer) -> (String, String) {
    let begun = ask(pages, get("/auth/oidc/partner")).await;
    assert_eq!(begun.status, 303, "{}", begun.text);
    let location = begun.header("location");
    let (place, query) = location.split_once('?').unwrap();
    assert_eq!(place, format!("{}/authorize", issuer.address));
    let parameter = |name: &str| {
        let found = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        found.unwrap_or_else(|| panic!("no {name}: {query}")).to_owned()
    };
    assert_eq!(parameter("code_challenge_method"), "S256");
    assert!(parameter("redirect_uri").ends_with("%2Fauth%2Foidc%2Fpartner%2Fcallback"), "{query}");
    *issuer.brought.lock().unwrap() = (parameter("nonce"), parameter("code_challenge"));
    let cookie = begun.cookies().into_iter().find(|cookie| cookie.starts_with("ketnoi-oidc=")).unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("Max-Age=600"), "{cookie}");
    (cookie.split(';').next().unwrap().to_owned(), parameter("state"))
}

fn back(cookie: &str, query: &str) -> TestRequest {
    get(&format!("/auth/oidc/partner/callback?{query}")).insert_header((header::COOKIE, cookie))
}

async fn journey(lie: Lie, subject: &'static str) -> Got {
    let issuer = Issuer::start(lie, subject);
    let pages = pages(&issuer);
    let (cookie, state) = begin(&pages, &issuer).await;
    let got = ask(&pages, back(&cookie, &format!("code=the-code&state={state}"))).await;
    assert!(got.cookies().iter().any(|c| c.starts_with("ketnoi-oidc=; ")), "it is used once: {:?}", got.cookies());
    got
}

fn let_in(got: &Got) -> bool {
    got.cookies().iter().any(|cookie| cookie.starts_with("ketnoi="))
}

#[actix_web::test]
async fn whom_an_issuer_vouches_for_and_an_account_is_linked_to_is_let_in() {
    let got = journey(Lie::Nothing, "linked").await;
    assert_eq!((got.status, got.header("location")), (303, "/auth/sign-in"), "{}", got.text);
    assert!(let_in(&got));
}

#[actix_web::test]
async fn whom_no_account_is_linked_to_is_told_to_ask_and_nothing_else() {
    let got = journey(Lie::Nothing, "somebody-else").await;
    assert_eq!(got.status, 403);
    is_plain(&got, "en");
    assert!(got.text.contains("Ask an administrator") && !got.text.contains("somebody-else"), "{}", got.text);
    assert!(!let_in(&got));
}

#[actix_web::test]
async fn an_issuer_that_lies_in_anything_lets_nobody_in() {
    let lies = [
        Lie::Nonce,
        Lie::Issuer,
        Lie::Audience,
        Lie::MoreAudiences,
        Lie::Expiry,
        Lie::Signature,
        Lie::NoSignature,
        Lie::OtherKey,
    ];
    for lie in lies {
        let got = journey(lie, "linked").await;
        assert_eq!(got.status, 403, "{lie:?}");
        is_plain(&got, "en");
        assert!(got.text.contains("was not completed") && !let_in(&got), "{lie:?}: {}", got.text);
    }
}

#[actix_web::test]
async fn only_the_browser_that_began_may_come_back_and_only_with_what_it_was_given() {
    let issuer = Issuer::start(Lie::Nothing, "linked");
    let pages = pages(&issuer);
    let (cookie, state) = begin(&pages, &issuer).await;
    for attack in [
        get(&format!("/auth/oidc/partner/callback?code=the-code&state={state}")),
        back(&cookie, "code=the-code&state=another"),
        back(&cookie, "code=the-code"),
        back(&cookie, &format!("state={state}")),
        back(&cookie, &format!("error=access_denied&state={state}")),
        back(&cookie, &format!("code=wrong&state={state}")),
        back("ketnoi-oidc=nonsense", &format!("code=the-code&state={state}")),
    ] {
        let got = ask(&pages, attack).await;
        assert!(got.status == 403 && !let_in(&got), "{}", got.text);
    }
    assert_eq!(ask(&pages, get("/auth/oidc/another")).await.status, 404);
    let page = ask(&pages, get("/auth/sign-in")).await;
    assert!(page.text.contains("href=\"/auth/oidc/partner\"") && page.text.contains("Continue with Partner"), "{}", page.text);
}
