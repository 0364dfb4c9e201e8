//! Which sockets are open, from where; what they may do; and when they must end.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use tokio::sync::watch;

use super::super::error::{Code, Refusal};

/// What sockets may do, and how long they are waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketOptions {
    /// Origins, besides our own, whose pages may open a socket with a cookie.
    pub origins: Vec<String>,
    /// Sockets from one address, or one network of IPv6.
    pub per_address: usize,
    /// Sockets in all.
    pub in_all: usize,
    /// Operations that run on one socket.
    pub operations: usize,
    /// How long the client may take to begin.
    pub begin: Duration,
    /// How long nothing happens until it is asked whether the client is there.
    pub quiet: Duration,
    /// How long it may take to read what was sent, or to answer that it is there.
    pub patience: Duration,
    /// How often it is asked whether what the client came with still holds.
    pub look: Duration,
    /// How long operations that answer once may take to finish when the server stops.
    pub drain: Duration,
    /// Bytes that may be sent without word that they were read.
    pub unread: u64,
}

impl Default for SocketOptions {
    fn default() -> Self {
        Self {
            origins: Vec::new(),
            per_address: 256,
            in_all: 8192,
            operations: 50,
            begin: Duration::from_secs(10),
            quiet: Duration::from_secs(25),
            patience: Duration::from_secs(30),
            look: Duration::from_secs(60),
            drain: Duration::from_secs(20),
            unread: 256 * 1024,
        }
    }
}

/// The sockets of one server; every clone is the same.
#[derive(Clone, Debug)]
pub struct Sockets(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    options: SocketOptions,
    places: Mutex<Places>,
    subscriptions: AtomicUsize,
    stop: watch::Sender<bool>,
}

#[derive(Debug, Default)]
struct Places {
    in_all: usize,
    by_address: HashMap<Option<IpAddr>, usize>,
}

impl Default for Sockets {
    fn default() -> Self {
        Self::new(SocketOptions::default())
    }
}

impl Sockets {
    /// Sockets that may do this.
    pub fn new(options: SocketOptions) -> Self {
        let (places, subscriptions) = (Mutex::default(), AtomicUsize::new(0));
        Self(Arc::new(Shared { options, places, subscriptions, stop: watch::Sender::new(false) }))
    }

    /// How many are open.
    pub fn open_now(&self) -> usize {
        self.0.places.lock().unwrap_or_else(PoisonError::into_inner).in_all
    }

    /// How many subscriptions run on them.
    pub fn subscriptions(&self) -> usize {
        self.0.subscriptions.load(Ordering::Relaxed)
    }

    /// Tells all of them that the server stops: they end what they follow, finish what answers once, and close with 1001. From
    /// now on none is opened.
    pub fn stop(&self) {
        self.0.stop.send_replace(true);
    }

    pub(super) fn options(&self) -> &SocketOptions {
        &self.0.options
    }

    /// Hears of the stop.
    pub(super) fn stopping(&self) -> watch::Receiver<bool> {
        self.0.stop.subscribe()
    }

    /// Whether a page of this origin may come with a cookie. What says no origin is no browser; our own pages have the host that
    /// they ask; the word `*` lets others in for what is public, never with a cookie.
    pub(super) fn may_come_from(&self, headers: &HeaderMap) -> bool {
        let mut given = headers.get_all(header::ORIGIN);
        let Some(origin) = given.next() else { return true };
        let Some(origin) = origin.to_str().ok().filter(|_| given.next().is_none()) else { return false };
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let place = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        let is_own = place.is_some_and(|place| host.is_some_and(|host| host.eq_ignore_ascii_case(place)));
        is_own || self.0.options.origins.iter().any(|known| known != "*" && known.eq_ignore_ascii_case(origin))
    }

    /// Takes a place for a socket, if there is one; it is free again when it is dropped.
    pub(super) fn open(&self, address: Option<IpAddr>) -> Result<Place, Refusal> {
        if *self.0.stop.borrow() {
            let message = "This server is about to stop: connect again in a moment.";
            return Err(Refusal::http(StatusCode::SERVICE_UNAVAILABLE, Code::RateLimited, message));
        }
        let (network, options) = (address.map(network), &self.0.options);
        let mut places = self.0.places.lock().unwrap_or_else(PoisonError::into_inner);
        let from_there = places.by_address.get(&network).copied().unwrap_or(0);
        if from_there >= options.per_address {
            let message =
                format!("{from_there} sockets are open from your address, the most that there may be: close one first.");
            return Err(Refusal::rate_limited(message, 30).extension("limit", options.per_address as u64));
        }
        if places.in_all >= options.in_all {
            return Err(Refusal::rate_limited("There is no room for another socket now: try again in a moment.", 30));
        }
        places.in_all += 1;
        *places.by_address.entry(network).or_default() += 1;
        Ok(Place { sockets: self.clone(), network })
    }
}

/// Whom an address counts as. One customer of a provider has a whole /64 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    }
}

/// The place of an open socket.
#[derive(Debug)]
pub(super) struct Place {
    sockets: Sockets,
    network: Option<IpAddr>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut places = self.sockets.0.places.lock().unwrap_or_else(PoisonError::into_inner);
        places.in_all = places.in_all.saturating_sub(1);
        if let Entry::Occupied(mut from_there) = places.by_address.entry(self.network) {
            *from_there.get_mut() -= 1;
            if *from_there.get() == 0 {
                from_there.remove();
            }
        }
    }
}

/// A subscription that runs; it counts until it is dropped.
#[derive(Debug)]
pub(super) struct Subscribed(Sockets);

impl Subscribed {
    pub(super) fn on(sockets: &Sockets) -> Self {
        sockets.0.subscriptions.fetch_add(1, Ordering::Relaxed);
        Self(sockets.clone())
    }
}

impl Drop for Subscribed {
    fn drop(&mut self) {
        self.0.0.subscriptions.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair =
            |(name, value): &(&'static str, &'static str)| (HeaderName::from_static(name), HeaderValue::from_static(value));
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn a_page_of_elsewhere_may_not_come_with_a_cookie() {
        let options = SocketOptions { origins: vec!["https://portal.example".into(), "*".into()], ..SocketOptions::default() };
        let sockets = Sockets::new(options);
        let from =
            |origin: &'static str| sockets.may_come_from(&headers(&[("host", "registry.example:8080"), ("origin", origin)]));
        assert!(from("https://portal.example") && from("http://registry.example:8080") && from("https://Registry.example:8080"));
        for elsewhere in
            ["https://evil.example", "null", "", "http://registry.example", "https://registry.example:8080.evil.example"]
        {
            assert!(!from(elsewhere), "{elsewhere}");
        }
        assert!(sockets.may_come_from(&headers(&[("host", "registry.example")])), "a program says no origin");
    }

    #[test]
    fn places_are_counted_by_address_and_given_back() {
        let sockets = Sockets::new(SocketOptions { per_address: 2, in_all: 3, ..SocketOptions::default() });
        let open = |address: &str| sockets.open(Some(address.parse().unwrap()));
        let (first, _second) = (open("192.0.2.1").unwrap(), open("::ffff:192.0.2.1").unwrap());
        assert_eq!(open("192.0.2.1").unwrap_err().status, Some(StatusCode::TOO_MANY_REQUESTS));
        let _other = open("2001:db8::1").unwrap();
        assert!(open("198.51.100.1").is_err(), "there are three in all");
        drop(first);
        assert_eq!(sockets.open_now(), 2);
        let _again = open("192.0.2.1").unwrap();
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_address() {
        let same = |one: &str, other: &str| network(one.parse().unwrap()) == network(other.parse().unwrap());
        assert!(same("2001:db8:0:1::1", "2001:db8:0:1:ffff::2"));
        assert!(!same("2001:db8:0:1::1", "2001:db8:0:2::1"));
    }

    #[test]
    fn none_is_opened_once_the_server_stops() {
        let sockets = Sockets::default();
        sockets.stop();
        assert_eq!(sockets.open(None).unwrap_err().status, Some(StatusCode::SERVICE_UNAVAILABLE));
    }
}
