//! The address of a client, which behind a proxy is not the address of the peer.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;

/// The addresses of the proxies whose word counts.
#[derive(Clone, Debug, Default)]
pub(super) struct TrustedProxies(pub(super) Vec<IpAddr>);

/// The address that limits and logs count by. `X-Forwarded-For` is believed only as far as proxies of ours wrote it: from
/// its end, past the trusted addresses, to the first that is not. Whatever stands before was sent by the client and may
/// be anything.
pub(super) fn client_address(http: &HttpRequest, trusted: &[IpAddr]) -> Option<IpAddr> {
    let mut client = http.peer_addr()?.ip().to_canonical();
    for hop in hops(http.headers()).into_iter().rev() {
        // What a trusted proxy wrote and we cannot read hides the client; the proxy's own address is the safe answer.
        match hop {
            Some(address) if trusted.contains(&client) => client = address,
            _ => break,
        }
    }
    Some(client)
}

/// The addresses of all `X-Forwarded-For` headers in order; `None` for what is no address.
fn hops(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let values = headers.get_all("x-forwarded-for").map(|value| value.to_str().unwrap_or("?"));
    let address = |hop: &str| hop.trim().parse::<IpAddr>().ok().map(|address| address.to_canonical());
    values.flat_map(|value| value.split(',')).map(address).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn address(peer: &str, forwarded: &[&'static str], trusted: &[&str]) -> String {
        let mut request = TestRequest::get().peer_addr(format!("{peer}:1234").parse().unwrap());
        for value in forwarded {
            request = request.append_header(("x-forwarded-for", *value));
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|address| address.parse().unwrap()).collect();
        client_address(&request.to_http_request(), &trusted).unwrap().to_string()
    }

    #[test]
    fn without_trusted_proxies_the_header_is_not_believed() {
        assert_eq!(address("192.0.2.1", &["203.0.113.9"], &[]), "192.0.2.1");
        assert_eq!(address("192.0.2.1", &["203.0.113.9"], &["10.0.0.1"]), "192.0.2.1");
    }

    #[test]
    fn the_last_address_before_our_proxies_is_the_client() {
        assert_eq!(address("10.0.0.1", &["203.0.113.9"], &["10.0.0.1"]), "203.0.113.9");
        assert_eq!(address("10.0.0.1", &["1.1.1.1, 203.0.113.9", "10.0.0.2"], &["10.0.0.1", "10.0.0.2"]), "203.0.113.9");
        assert_eq!(address("10.0.0.1", &[], &["10.0.0.1"]), "10.0.0.1");
    }

    #[test]
    fn what_cannot_be_read_ends_the_chain() {
        assert_eq!(address("10.0.0.1", &["203.0.113.9, unknown"], &["10.0.0.1"]), "10.0.0.1");
        assert_eq!(address("10.0.0.1", &["203.0.113.9, 10.0.0.2:443"], &["10.0.0.1", "10.0.0.2"]), "10.0.0.1");
    }
}
