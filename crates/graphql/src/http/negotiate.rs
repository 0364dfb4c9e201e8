//! Which media type an answer is written in, and which languages a client prefers (RFC 9110, section 12.5).

use actix_web::http::header::{self, HeaderMap, HeaderName};

/// The two media types of GraphQL over HTTP.
///
/// They differ in more than their name: a request error is status 400 in the new one and 200 in the old one,
/// because old clients take any other status for a broken network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Media {
    /// `application/graphql-response+json`, where the status says whether the request was well formed.
    GraphQl,
    /// `application/json`, the default for clients that do not say what they accept.
    Json,
}

impl Media {
    /// The value of `Content-Type`.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// A short name for keys of caches.
    pub(super) fn tag(self) -> u8 {
        match self {
            Self::GraphQl => b'g',
            Self::Json => b'j',
        }
    }
}

/// How much a client wants a media type: thousandths of quality, then how exactly it named it, then who comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Wish {
    quality: u16,
    exactness: u8,
    earliness: std::cmp::Reverse<usize>,
}

/// One entry of an `Accept` or `Accept-Language` header.
struct Range<'a> {
    kind: &'a str,
    quality: u16,
}

fn ranges(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = Range<'_>> {
    let values = headers.get_all(name).filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).filter_map(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let kind = parts.next().filter(|kind| !kind.is_empty())?;
        let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        // A quality that cannot be read counts as none given, as browsers and proxies do.
        let quality = quality.and_then(|q| q.parse::<f32>().ok()).map_or(1000, |q| (q.clamp(0.0, 1.0) * 1000.0) as u16);
        Some(Range { kind, quality })
    })
}

/// What the most exact range that covers `kind` says of it; a quality of 0 is a refusal.
fn wish(headers: &HeaderMap, kind: &str) -> Option<Wish> {
    let family = kind.split('/').next().unwrap_or(kind);
    ranges(headers, header::ACCEPT)
        .enumerate()
        .filter_map(|(position, range)| {
            let exactness = if range.kind.eq_ignore_ascii_case(kind) {
                2
            } else if range.kind.strip_suffix("/*").is_some_and(|f| f.eq_ignore_ascii_case(family)) {
                1
            } else if range.kind == "*/*" {
                0
            } else {
                return None;
            };
            Some(Wish { quality: range.quality, exactness, earliness: std::cmp::Reverse(position) })
        })
        .max_by_key(|wish| (wish.exactness, wish.earliness))
        .filter(|wish| wish.quality > 0)
}

/// The media type to answer in; `None` is status 406.
pub fn negotiate(headers: &HeaderMap) -> Option<Media> {
    if !headers.contains_key(header::ACCEPT) {
        return Some(Media::Json);
    }
    let graphql = wish(headers, "application/graphql-response+json");
    let json = wish(headers, "application/json");
    match (graphql, json) {
        (None, None) => None,
        (Some(_), None) => Some(Media::GraphQl),
        (None, Some(_)) => Some(Media::Json),
        // A wildcard covers both alike and gets the old media type, which every client can read.
        (Some(graphql), Some(json)) => Some(if graphql > json { Media::GraphQl } else { Media::Json }),
    }
}

/// Whether this is a person's browser asking for a page: it names HTML, and wants it no less than JSON.
pub(super) fn wants_page(headers: &HeaderMap) -> bool {
    let named = |kind| wish(headers, kind).filter(|wish| wish.exactness == 2).map_or(0, |wish| wish.quality);
    let page = named("text/html");
    page > 0 && page >= named("application/json").max(named("application/graphql-response+json"))
}

/// The languages that a client reads, the best first, as it wrote them (`vi`, `en-GB`); `*` and refusals are left out.
pub fn languages(headers: &HeaderMap) -> Vec<&str> {
    let wanted = |range: &Range<'_>| range.quality > 0 && range.kind != "*";
    let mut ranges: Vec<_> = ranges(headers, header::ACCEPT_LANGUAGE).filter(wanted).collect();
    // The sort is stable: of two that are wanted alike, the one written first stays first.
    ranges.sort_by_key(|range| std::cmp::Reverse(range.quality));
    ranges.into_iter().map(|range| range.kind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn accept(value: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(value));
        headers
    }

    #[test]
    fn a_client_that_does_not_say_gets_the_old_media_type() {
        assert_eq!(negotiate(&HeaderMap::new()), Some(Media::Json));
        assert_eq!(negotiate(&accept("*/*")), Some(Media::Json));
        assert_eq!(negotiate(&accept("application/*")), Some(Media::Json));
    }

    #[test]
    fn the_higher_quality_wins_and_then_the_earlier() {
        assert_eq!(negotiate(&accept("application/graphql-response+json")), Some(Media::GraphQl));
        assert_eq!(negotiate(&accept("application/graphql-response+json, application/json;q=0.9")), Some(Media::GraphQl));
        assert_eq!(negotiate(&accept("application/json;q=0.9, application/graphql-response+json;q=0.5")), Some(Media::Json));
        assert_eq!(negotiate(&accept("application/json, application/graphql-response+json")), Some(Media::Json));
        assert_eq!(negotiate(&accept("Application/GraphQL-Response+JSON;charset=utf-8, */*;q=0.1")), Some(Media::GraphQl));
    }

    #[test]
    fn nothing_acceptable_is_none() {
        assert_eq!(negotiate(&accept("text/html")), None);
        assert_eq!(negotiate(&accept("application/json;q=0")), None);
        assert_eq!(negotiate(&accept("*/*, application/json;q=0")), Some(Media::GraphQl));
    }

    #[test]
    fn languages_come_best_first() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("en;q=0.8, vi, fr;q=0, en-GB;q=0.8, *;q=0.5"));
        assert_eq!(languages(&headers), ["vi", "en", "en-GB"]);
        assert!(languages(&HeaderMap::new()).is_empty());
    }

    #[test]
    fn only_a_browser_wants_the_page() {
        assert!(wants_page(&accept("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")));
        assert!(!wants_page(&accept("*/*")));
        assert!(!wants_page(&accept("application/json, text/html;q=0.5")));
        assert!(!wants_page(&HeaderMap::new()));
    }
}
