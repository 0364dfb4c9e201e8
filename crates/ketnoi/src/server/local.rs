//! Who counts as the person at this machine.

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::http::header;

/// Headers that a proxy adds. Their presence means that the peer is not the client, whatever its address.
const FORWARDED: [&str; 6] = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/// Whether a request comes from this very machine, sent by someone who meant this server.
///
/// The address alone does not show that: a page from elsewhere can make the browser here ask a name that it lets point at
/// 127.0.0.1. The browser then sends that name as `Host`, so only the loopback's own names with our port will do. The
/// server must also listen on the loopback alone, so that nobody can reach it from outside at all. Where browsers say which
/// page sent a request, it must be one of ours: an origin that may use the API is a stranger all the same.
pub(crate) fn is_local(http: &HttpRequest, listen: SocketAddr) -> bool {
    let from_here = http.peer_addr().is_some_and(|peer| is_loopback(peer.ip()));
    let one_host = http.headers().get_all(header::HOST).count() == 1;
    let meant_here =
        http.headers().get(header::HOST).and_then(|host| host.to_str().ok()).is_some_and(|host| names_us(host, listen.port()));
    let direct = FORWARDED.iter().all(|name| !http.headers().contains_key(*name));
    is_loopback(listen.ip()) && from_here && one_host && meant_here && direct && sent_by_us(http, listen.port())
}

/// Whether nothing says that a page from elsewhere sent this. Programs say nothing at all.
fn sent_by_us(http: &HttpRequest, port: u16) -> bool {
    let ours = |origin: &str| origin.strip_prefix("http://").is_some_and(|host| names_us(host, port));
    let origin = http.headers().get_all(header::ORIGIN).all(|value| value.to_str().is_ok_and(ours));
    let elsewhere = |site: &header::HeaderValue| matches!(site.as_bytes(), b"cross-site" | b"same-site");
    origin && !http.headers().get_all("sec-fetch-site").any(elsewhere)
}

/// An IPv4 loopback address may come dressed as IPv6.
fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

fn names_us(host: &str, port: u16) -> bool {
    // Port 80 is the one that browsers leave out.
    let (name, given) = match host.rsplit_once(':') {
        Some((name, given)) if !given.ends_with(']') => (name, given.parse().ok()),
        _ => (host, Some(80)),
    };
    given == Some(port) && ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| own.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    const HERE: &str = "127.0.0.1:8080";

    fn local(peer: &str, host: &str, listen: &str) -> bool {
        let request = TestRequest::get().peer_addr(peer.parse().unwrap()).insert_header((header::HOST, host));
        is_local(&request.to_http_request(), listen.parse().unwrap())
    }

    #[test]
    fn the_person_at_this_machine_is_local() {
        for host in ["localhost:8080", "LOCALHOST:8080", "127.0.0.1:8080", "[::1]:8080"] {
            assert!(local("127.0.0.1:50000", host, HERE), "{host}");
            assert!(local("[::1]:50000", host, "[::1]:8080"), "{host}");
        }
        assert!(local("[::ffff:127.0.0.1]:50000", "localhost:8080", HERE));
        assert!(local("127.0.0.1:50000", "localhost", "127.0.0.1:80"));
        assert!(local("[::1]:50000", "[::1]", "[::1]:80"));
    }

    #[test]
    fn a_name_that_only_points_here_is_not_local() {
        for host in [
            "evil.example:8080",
            "localhost.evil.example:8080",
            "127.0.0.1.nip.io:8080",
            "localhost:9090",
            "localhost",
            "127.0.0.2:8080",
            "",
        ] {
            assert!(!local("127.0.0.1:50000", host, HERE), "{host}");
        }
    }

    #[test]
    fn nobody_is_local_from_elsewhere_or_on_an_open_server() {
        assert!(!local("192.0.2.7:50000", "localhost:8080", HERE));
        assert!(!local("127.0.0.1:50000", "localhost:8080", "0.0.0.0:8080"));
    }

    #[test]
    fn what_a_proxy_passed_on_is_not_local() {
        for name in FORWARDED {
            let request =
                TestRequest::get().peer_addr("127.0.0.1:50000".parse().unwrap()).insert_header((header::HOST, "localhost:8080"));
            let request = request.insert_header((name, "192.0.2.7")).to_http_request();
            assert!(!is_local(&request, HERE.parse().unwrap()), "{name}");
        }
    }

    #[test]
    fn what_a_page_from_elsewhere_sent_is_not_local() {
        let sent = |name: &'static str, value: &'static str| {
            let request = TestRequest::post().peer_addr("127.0.0.1:50000".parse().unwrap());
            let request = request.insert_header((header::HOST, "localhost:8080")).insert_header((name, value));
            is_local(&request.to_http_request(), HERE.parse().unwrap())
        };
        assert!(sent("origin", "http://localhost:8080"));
        assert!(sent("sec-fetch-site", "same-origin") && sent("sec-fetch-site", "none"));
        for origin in ["https://portal.example", "http://localhost:3000", "null", "https://localhost:8080"] {
            assert!(!sent("origin", origin), "{origin}");
        }
        assert!(!sent("sec-fetch-site", "cross-site") && !sent("sec-fetch-site", "same-site"));
    }

    #[test]
    fn no_host_or_two_of_them_is_not_local() {
        let request = || TestRequest::get().peer_addr("127.0.0.1:50000".parse().unwrap());
        assert!(!is_local(&request().to_http_request(), HERE.parse().unwrap()));
        let two = request().append_header((header::HOST, "localhost:8080")).append_header((header::HOST, "evil.example"));
        assert!(!is_local(&two.to_http_request(), HERE.parse().unwrap()));
    }
}
