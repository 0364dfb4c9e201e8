//! Signing in at a provider of OpenID Connect, by the code flow with PKCE.
//!
//! What must come back unchanged (state, nonce, verifier) waits in a short-lived cookie of the very browser that began. Issuer,
//! audience and algorithm are those of the settings, whatever the provider says of itself. What a provider vouches for is a
//! subject; whose account that is, an administrator has said before, and nothing is made of it here.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ketnoi_domain::Lang;
use ketnoi_registry::say;
use maud::html;
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreJwsSigningAlgorithm, CoreProviderMetadata};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest as Asked, HttpResponse as Answered, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, TokenResponse as _,
};
use serde::{Deserialize, Serialize};

use super::{Auth, fault, go, too_often, with_cookie};
use crate::config::{Algorithm, Provider, PublicUrl};
use crate::server::caller::{lang_of, request_id, same};
use crate::server::cookies::Jar;
use crate::server::pages::{alarm, page_as};
use crate::server::routes::nothing_here;

/// How long someone may take to sign in at the provider.
const SECONDS: u32 = 600;
/// How long what a provider says of itself, its keys among it, is good.
const KNOWN_FOR: Duration = Duration::from_secs(600);
/// How long a provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most bytes that a provider may answer with.
const LONGEST_ANSWER: u64 = 1 << 20;

/// A provider, and what is known of it.
#[derive(Clone)]
pub(crate) struct Client(Arc<Inner>);

struct Inner {
    provider: Provider,
    secret: Option<ClientSecret>,
    base: Base,
    agent: ureq::Agent,
    known: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

/// Where the provider sends people back to.
enum Base {
    Public(String),
    /// A server on a machine of one's own is reached where it listens.
    Here(Arc<OnceLock<SocketAddr>>),
}

/// What waits in the cookie.
#[derive(Serialize, Deserialize)]
struct Waiting {
    provider: String,
    state: String,
    nonce: String,
    verifier: String,
}

/// What the provider sends back.
#[derive(Deserialize)]
pub(super) struct Back {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

/// The providers of the settings, their secrets read.
pub(crate) fn clients(
    providers: &[Provider],
    public_url: Option<&PublicUrl>,
    listening: &Arc<OnceLock<SocketAddr>>,
) -> anyhow::Result<Vec<Client>> {
    let client = |provider: &Provider| {
        let read = |file: &std::path::PathBuf| {
            let secret = std::fs::read_to_string(file);
            secret.with_context(|| format!("the secret of the provider {} cannot be read: {}", provider.name, file.display()))
        };
        let secret = provider.client_secret_file.as_ref().map(read).transpose()?;
        let secret = secret.map(|secret| ClientSecret::new(secret.trim().to_owned()));
        let base = match public_url {
            Some(url) => Base::Public(url.as_str().to_owned()),
            None => Base::Here(Arc::clone(listening)),
        };
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            // A provider that sends us elsewhere could send us anywhere.
            .max_redirects(0)
            .http_status_as_error(false)
            .https_only(provider.issuer.starts_with("https://"))
            .build()
            .new_agent();
        let known = Mutex::new(None);
        Ok(Client(Arc::new(Inner { provider: provider.clone(), secret, base, agent, known })))
    };
    providers.iter().map(client).collect()
}

impl Client {
    /// Its name in addresses.
    pub(super) fn name(&self) -> &str {
        &self.0.provider.name
    }

    /// What people call it.
    pub(super) fn shown(&self) -> &str {
        self.0.provider.shown()
    }
}

impl Inner {
    /// What the provider says of itself, not older than ten minutes.
    fn metadata(&self) -> anyhow::Result<CoreProviderMetadata> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((since, metadata)) = known
            && since.elapsed() < KNOWN_FOR
        {
            return Ok(metadata);
        }
        let issuer = IssuerUrl::new(self.provider.issuer.clone()).context("its issuer is no address")?;
        let metadata =
            CoreProviderMetadata::discover(&issuer, &|asked: Asked| self.fetch(asked)).context("it cannot be discovered")?;
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), metadata.clone()));
        Ok(metadata)
    }

    fn fetch(&self, asked: Asked) -> Result<Answered, ureq::Error> {
        // What has no body must not say that its body is empty.
        let answer = if asked.body().is_empty() { self.agent.run(asked.map(|_| ()))? } else { self.agent.run(asked)? };
        let (head, body) = answer.into_parts();
        Ok(Answered::from_parts(head, body.into_with_config().limit(LONGEST_ANSWER).read_to_vec()?))
    }

    fn redirect(&self) -> anyhow::Result<RedirectUrl> {
        let base = match &self.base {
            Base::Public(url) => url.clone(),
            Base::Here(listening) => format!("http://{}", listening.get().context("the server does not listen yet")?),
        };
        Ok(RedirectUrl::new(format!("{base}/auth/oidc/{}/callback", self.provider.name))?)
    }

    /// Where to send the browser, and what must wait for its return.
    fn begin(&self) -> anyhow::Result<(String, Waiting)> {
        let (id, secret) = (ClientId::new(self.provider.client_id.clone()), self.secret.clone());
        let client = CoreClient::from_provider_metadata(self.metadata()?, id, secret).set_redirect_uri(self.redirect()?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let (url, state, nonce) =
            client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random).set_pkce_challenge(challenge).url();
        let waiting = Waiting {
            provider: self.provider.name.clone(),
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        };
        Ok((url.to_string(), waiting))
    }

    /// Whom the provider vouches for.
    fn end(&self, code: String, waiting: Waiting) -> anyhow::Result<String> {
        let (id, secret) = (ClientId::new(self.provider.client_id.clone()), self.secret.clone());
        let client = CoreClient::from_provider_metadata(self.metadata()?, id, secret).set_redirect_uri(self.redirect()?);
        let exchange = client.exchange_code(AuthorizationCode::new(code)).context("it has no place to exchange codes")?;
        let exchange = exchange.set_pkce_verifier(PkceCodeVerifier::new(waiting.verifier));
        let answer = exchange.request(&|asked: Asked| self.fetch(asked)).context("it did not take the code")?;
        let token = answer.id_token().context("it sent no token of identity")?;
        let verifier = client.id_token_verifier().set_allowed_algs([algorithm(self.provider.algorithm)]);
        let claims = token.claims(&verifier, &Nonce::new(waiting.nonce)).context("its token does not hold")?;
        Ok(claims.subject().as_str().to_owned())
    }
}

fn algorithm(of: Algorithm) -> CoreJwsSigningAlgorithm {
    match of {
        Algorithm::Rs256 => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        Algorithm::Es256 => CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        Algorithm::EdDsa => CoreJwsSigningAlgorithm::EdDsa,
    }
}

/// Sends the browser to the provider.
pub(super) async fn begin(http: HttpRequest, auth: Data<Auth>, name: Path<String>) -> HttpResponse {
    let lang = lang_of(&http);
    let Some(client) = auth.providers.iter().find(|client| client.name() == name.as_str()).cloned() else {
        return nothing_here(http).await;
    };
    let callers = &auth.callers;
    // Each beginning may ask the provider something.
    if let Err(wait) = callers.limiter.attempt_from(callers.address(&http)) {
        return too_often(lang, wait);
    }
    // The library waits while it asks, so it does that on a thread where nobody else waits.
    let begun = actix_web::web::block(move || client.0.begin()).await.context("it was broken off").flatten();
    let (url, waiting) = match begun {
        Ok(begun) => begun,
        Err(error) => return failed(&http, lang, &name, &error),
    };
    let (Ok(place), Ok(waiting)) = (HeaderValue::from_str(&url), serde_json::to_vec(&waiting)) else {
        return fault(&http, lang, "the address of a provider is no header");
    };
    let mut response = HttpResponse::SeeOther().insert_header((header::CACHE_CONTROL, "no-store")).finish();
    response.headers_mut().insert(header::LOCATION, place);
    with_cookie(response, callers.cookies.set(Jar::Elsewhere, &URL_SAFE_NO_PAD.encode(waiting), Some(SECONDS)))
}

/// Takes back whom the provider sends.
pub(super) async fn end(http: HttpRequest, auth: Data<Auth>, name: Path<String>, back: Query<Back>) -> HttpResponse {
    let (lang, callers) = (lang_of(&http), &auth.callers);
    let Some(client) = auth.providers.iter().find(|client| client.name() == name.as_str()).cloned() else {
        return nothing_here(http).await;
    };
    let over = |response| with_cookie(response, callers.cookies.clear(Jar::Elsewhere));
    if let Err(wait) = callers.limiter.attempt_from(callers.address(&http)) {
        return over(too_often(lang, wait));
    }
    let issuer = client.0.provider.issuer.clone();
    let subject = match awaited(&http, &auth, &name, back.into_inner()) {
        Ok((code, waiting)) => {
            let ended = actix_web::web::block(move || client.0.end(code, waiting)).await;
            ended.context("it was broken off").flatten()
        }
        Err(error) => Err(error),
    };
    let subject = match subject {
        Ok(subject) => subject,
        Err(error) => return over(failed(&http, lang, &name, &error)),
    };
    match callers.keeper.sign_in_as(&issuer, &subject).await {
        Ok(Some(signed_in)) => {
            let response = with_cookie(go("/auth/sign-in"), callers.cookies.set(Jar::Session, &signed_in.token, None));
            over(response)
        }
        Ok(None) => {
            let title = say(lang, "elsewhere-unknown-title", &[]);
            let body = html! {
                p { (say(lang, "elsewhere-unknown", &[])) }
                p { a href="/auth/sign-in" { (say(lang, "sign-in-title", &[])) } }
            };
            over(page_as(StatusCode::FORBIDDEN, lang, &title, body))
        }
        Err(error) => over(fault(&http, lang, &error.to_string())),
    }
}

/// The code, if this browser waits for it.
fn awaited(http: &HttpRequest, auth: &Auth, name: &str, back: Back) -> anyhow::Result<(String, Waiting)> {
    let cookie = auth.callers.cookies.read(http.headers(), Jar::Elsewhere).context("this browser waits for nobody")?;
    let waiting: Waiting = URL_SAFE_NO_PAD
        .decode(cookie)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .context("what this browser waits for cannot be read")?;
    let state = back.state.unwrap_or_default();
    anyhow::ensure!(waiting.provider == name && same(waiting.state.as_bytes(), state.as_bytes()), "nobody waits for this");
    if let Some(error) = back.error {
        // The standard's own words; anything else may be anything.
        let plain: String = error.chars().filter(|c| c.is_ascii_lowercase() || *c == '_').take(40).collect();
        anyhow::bail!("it says {plain}");
    }
    Ok((back.code.context("it sent no code")?, waiting))
}

/// The page of a sign-in elsewhere that came to nothing. Why is for the log.
fn failed(http: &HttpRequest, lang: Lang, name: &str, error: &anyhow::Error) -> HttpResponse {
    let id = request_id(http);
    tracing::warn!(target: "ketnoi::auth", provider = name, request_id = %id, "a sign-in elsewhere failed: {error:#}");
    let title = say(lang, "elsewhere-failed-title", &[]);
    let body = html! {
        (alarm(&say(lang, "elsewhere-failed", &[("id", &id)])))
        p { a href="/auth/sign-in" { (say(lang, "sign-in-title", &[])) } }
    };
    page_as(StatusCode::FORBIDDEN, lang, &title, body)
}
