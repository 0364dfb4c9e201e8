//! The address under which the world reaches the server.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// Scheme, host and perhaps a port: `https://registry.example`.
#[derive(serde::Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(try_from = "String")]
pub(crate) struct PublicUrl(String);

impl PublicUrl {
    /// Without a slash at its end.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether what goes over it is encrypted.
    pub(crate) fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Whether it is an address of this machine, which nothing leaves.
    pub(crate) fn is_loopback(&self) -> bool {
        let host = self.0.split_once("://").map_or("", |(_, host)| host);
        let name = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => name,
            _ => host,
        };
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        name == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url = text.strip_suffix('/').unwrap_or(text).to_lowercase();
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
        if host.is_empty() || host.contains(['/', '?', '#', '@', ' ', '*', '"', ';']) {
            return Err(format!("{text:?} is no address of a site: write scheme and host, such as https://registry.example"));
        }
        Ok(Self(url))
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_scheme_and_host_and_nothing_more() {
        let url: PublicUrl = "https://Registry.example/".parse().unwrap();
        assert_eq!((url.as_str(), url.is_https(), url.is_loopback()), ("https://registry.example", true, false));
        for here in ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080"] {
            assert!(here.parse::<PublicUrl>().unwrap().is_loopback(), "{here}");
        }
        for wrong in ["registry.example", "https://", "https://a/b", "ftp://a", "https://u@a"] {
            assert!(wrong.parse::<PublicUrl>().is_err(), "{wrong}");
        }
    }
}
