//! Who asks, on every path alike: a key, else a session, else the person at this machine, else a stranger.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZero;
use std::sync::{Arc, OnceLock};

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage as _, HttpRequest};
use ketnoi_domain::{Coded as _, Lang, Viewer};
use ketnoi_graphql::http::{Code, Introduction, Refusal, RequestId, languages};
use ketnoi_registry::Pass;
use subtle::ConstantTimeEq as _;

use super::client::client_address;
use super::cookies::{Cookies, Jar};
use super::keeper::{Keeper, Seen};
use super::limits::{Limiter, Wait};
use super::local::is_local;

/// The header by which a page of ours shows that it made a request.
pub(crate) const CSRF: HeaderName = HeaderName::from_static("x-ketnoi-csrf");

/// Who asks, in which language, from where.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// Who.
    pub viewer: Viewer,
    /// The language of answers.
    pub lang: Lang,
    /// The address that limits count by.
    pub address: Option<IpAddr>,
    /// How we know.
    pub by: By,
    /// By what it can be asked later whether we still do.
    pub pass: Pass,
}

/// How we know who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// By a key, which no browser sends unasked.
    Key,
    /// By a session's cookie, which a browser sends unasked; `proven` if a page of ours made the request.
    Session {
        /// Whether the request carries the session's token in a header.
        proven: bool,
    },
    /// By the machine that the request comes from.
    Machine,
    /// We do not.
    Nothing,
}

/// Finds out who asks.
pub(crate) struct Callers {
    pub(super) keeper: Arc<dyn Keeper>,
    pub(super) cookies: Cookies,
    pub(super) limiter: Arc<Limiter>,
    proxies: Vec<IpAddr>,
    /// Where it listens, if the person at this machine administers the registry.
    local: Option<Arc<OnceLock<SocketAddr>>>,
}

/// A session's new token, on its way to the browser.
struct Renewed(String);

impl Callers {
    /// Knows those whom the keeper knows, and nobody by their machine.
    pub(crate) fn new(keeper: Arc<dyn Keeper>, cookies: Cookies, limiter: Limiter) -> Self {
        Self { keeper, cookies, limiter: Arc::new(limiter), proxies: Vec::new(), local: None }
    }

    /// Knows nobody.
    pub(crate) fn nobody() -> Self {
        Self::new(Arc::new(()), Cookies::default(), Limiter::new(NonZero::<u32>::MAX, NonZero::<u32>::MAX))
    }

    /// Believes these proxies when they say whose request they pass on.
    #[must_use]
    pub(crate) fn proxies(mut self, proxies: Vec<IpAddr>) -> Self {
        self.proxies = proxies;
        self
    }

    /// Takes whoever sits at this machine for the administrator. Where it listens is known as soon as it does: port 0 stands
    /// for any that is free.
    #[must_use]
    pub(crate) fn local(mut self, listening: Arc<OnceLock<SocketAddr>>) -> Self {
        self.local = Some(listening);
        self
    }

    /// Who asks. A key that does not hold is refused and not ignored: its owner would take a stranger's answer for their own.
    pub(crate) async fn find(&self, http: &HttpRequest) -> Result<Caller, Refusal> {
        let (lang, address) = (lang_of(http), self.address(http));
        let caller = |viewer: Viewer, by| Caller { pass: Pass::of(viewer.clone()), viewer, lang, address, by };
        if http.headers().contains_key(header::AUTHORIZATION) {
            return Ok(caller(self.by_key(http, address).await?, By::Key));
        }
        if let Some((seen, _)) = self.visit(http).await? {
            if seen.must_enrol {
                return Ok(caller(Viewer::Stranger, By::Nothing));
            }
            let proven = http.headers().get(CSRF).is_some_and(|given| same(given.as_bytes(), seen.csrf.as_bytes()));
            let pass = Pass::by_session(seen.viewer.clone(), &seen.csrf);
            return Ok(Caller { pass, ..caller(seen.viewer, By::Session { proven }) });
        }
        let listening = self.local.as_ref().and_then(|listening| listening.get());
        if listening.is_some_and(|listening| is_local(http, *listening)) {
            return Ok(caller(Viewer::LocalAdministrator, By::Machine));
        }
        Ok(caller(Viewer::Stranger, By::Nothing))
    }

    async fn by_key(&self, http: &HttpRequest, address: Option<IpAddr>) -> Result<Viewer, Refusal> {
        self.limiter.may_bring_a_key(address).map_err(too_much)?;
        let mut given = http.headers().get_all(header::AUTHORIZATION);
        let token = given.next().and_then(|value| value.to_str().ok()).and_then(bearer).filter(|_| given.next().is_none());
        if let Some(token) = token
            && let Some(viewer) = self.keeper.by_key(token).await.map_err(|e| fault(http, &e))?
        {
            return Ok(viewer);
        }
        Err(self.wrong_key(address, &request_id(http)))
    }

    /// What is said of a key that does not hold, and what it costs.
    fn wrong_key(&self, address: Option<IpAddr>, request_id: &str) -> Refusal {
        let client = address.map(|address| address.to_string());
        tracing::warn!(target: "ketnoi::auth", client, request_id, "a key was refused");
        match self.limiter.wrong_key(address) {
            Ok(()) => Refusal::unauthenticated("This key does not hold. Send one as `Authorization: Bearer kn_…`, or none."),
            Err(wait) => too_much(wait),
        }
    }

    /// Who speaks over a socket, by what its client says when it begins: a key takes the place of whatever came with the
    /// handshake, and the token of the session shows that a page of ours speaks.
    pub(crate) async fn introduced(&self, caller: Caller, said: &Introduction, id: &str) -> Result<Caller, Refusal> {
        if let Some(authorization) = &said.authorization {
            self.limiter.may_bring_a_key(caller.address).map_err(too_much)?;
            let found = match bearer(authorization) {
                Some(token) => self.keeper.by_key(token).await.map_err(|e| Refusal::internal(id, &e.to_string()))?,
                None => None,
            };
            let viewer = found.ok_or_else(|| self.wrong_key(caller.address, id))?;
            return Ok(Caller { pass: Pass::of(viewer.clone()), viewer, by: By::Key, ..caller });
        }
        let proven = said.csrf.as_deref().is_some_and(|csrf| caller.pass.is_proven_by(csrf));
        match caller.by {
            By::Session { proven: before } => Ok(Caller { by: By::Session { proven: before || proven }, ..caller }),
            By::Key | By::Machine | By::Nothing => Ok(caller),
        }
    }

    /// The session of a request, with its token as it is from now on.
    pub(super) async fn visit(&self, http: &HttpRequest) -> Result<Option<(Seen, String)>, Refusal> {
        let Some(token) = self.cookies.read(http.headers(), Jar::Session) else { return Ok(None) };
        let Some(seen) = self.keeper.by_session(&token).await.map_err(|e| fault(http, &e))? else { return Ok(None) };
        let token = match &seen.rotated {
            Some(new) => {
                http.extensions_mut().insert(Renewed(new.clone()));
                new.clone()
            }
            None => token,
        };
        Ok(Some((seen, token)))
    }

    /// The address that limits count by.
    pub(super) fn address(&self, http: &HttpRequest) -> Option<IpAddr> {
        client_address(http, &self.proxies)
    }

    /// Takes the cost of a request from who asks. The person at this machine has no limit.
    pub(crate) fn charge(&self, caller: &Caller, cost: u64) -> Result<(), Refusal> {
        let spent = match &caller.viewer {
            Viewer::LocalAdministrator => Ok(()),
            Viewer::Known(who) => self.limiter.charge_known(who.key.as_ref().map_or(who.account, |(key, _)| *key), cost),
            Viewer::Stranger => self.limiter.charge_address(caller.address, cost),
        };
        spent.map_err(too_much)
    }
}

impl Caller {
    /// Refuses a change that a page of another site may have sent in the caller's name.
    pub(crate) fn meant(&self) -> Result<(), Refusal> {
        if self.by == (By::Session { proven: false }) {
            tracing::warn!(target: "ketnoi::auth", "a change by a session without its token was refused");
            let message = "A change by a session needs the header `x-ketnoi-csrf` with the token that /auth/session tells.";
            return Err(Refusal::http(StatusCode::FORBIDDEN, Code::Forbidden, message));
        }
        Ok(())
    }
}

/// The layer that hands a session's new token to the browser, whatever the path.
pub(super) async fn renew(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let cookies = request.app_data::<Data<Callers>>().map(|callers| callers.cookies);
    let mut response = next.call(request).await?;
    let renewed = response.request().extensions_mut().remove::<Renewed>();
    if let (Some(Renewed(token)), Some(cookies)) = (renewed, cookies)
        && !cookies.sets_session(response.headers())
        && let Some(cookie) = cookies.set(Jar::Session, &token, None)
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The language that a client reads best, of those that there are.
pub(super) fn lang_of(http: &HttpRequest) -> Lang {
    let known = |tag: &&str| Lang::from_code(&tag.split('-').next().unwrap_or_default().to_ascii_lowercase());
    languages(http.headers()).iter().find_map(known).unwrap_or(Lang::Vi)
}

/// Whether two secrets are the same, in a time that does not tell how much of them is.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    bool::from(one.ct_eq(other))
}

/// The id of a request, as the log has it.
pub(super) fn request_id(http: &HttpRequest) -> Arc<str> {
    http.extensions().get::<RequestId>().map_or_else(|| Arc::from(""), |id| Arc::clone(&id.0))
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && token.starts_with("kn_") && token.len() <= 200).then_some(token)
}

fn too_much(Wait(seconds): Wait) -> Refusal {
    Refusal::rate_limited(format!("You have asked for too much in too short a time: wait {seconds} s."), seconds)
}

fn fault(http: &HttpRequest, error: &ketnoi_registry::Error) -> Refusal {
    Refusal::internal(&request_id(http), &error.to_string())
}
