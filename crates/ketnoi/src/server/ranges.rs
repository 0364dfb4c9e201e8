//! A part of a file, for whoever goes on where they were cut off (RFC 9110, section 14).

use actix_web::http::header::{self, HeaderMap, Range};

/// What of a file is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// From this byte to that one, both of them included.
    Bytes(usize, usize),
    /// What lies behind its end.
    Beyond,
}

/// What is wanted of a file of so many bytes that carries this tag. Whoever has another version, asks for several parts at once
/// or writes what is no range gets all of it, as the standard allows.
pub(super) fn part(headers: &HeaderMap, length: usize, tag: &str) -> Part {
    let said = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let Some(Ok(Range::Bytes(parts))) = said(header::RANGE).map(str::parse) else { return Part::Whole };
    let [one] = parts.as_slice() else { return Part::Whole };
    if said(header::IF_RANGE).is_some_and(|known| known != tag) {
        return Part::Whole;
    }
    let within = |length: u64| {
        let (from, to) = one.to_satisfiable_range(length)?;
        Some(Part::Bytes(usize::try_from(from).ok()?, usize::try_from(to).ok()?))
    };
    u64::try_from(length).ok().and_then(within).unwrap_or(Part::Beyond)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn wanted(range: &str, known: Option<&str>) -> Part {
        let mut http = TestRequest::get().insert_header((header::RANGE, range));
        if let Some(known) = known {
            http = http.insert_header((header::IF_RANGE, known));
        }
        part(http.to_http_request().headers(), 1_000, "\"a\"")
    }

    #[test]
    fn one_part_is_told_from_all_and_from_what_lies_beyond() {
        assert_eq!(wanted("bytes=0-99", None), Part::Bytes(0, 99));
        assert_eq!(wanted("bytes=900-", None), Part::Bytes(900, 999));
        assert_eq!(wanted("bytes=-1", None), Part::Bytes(999, 999));
        assert_eq!(wanted("bytes=990-5000", None), Part::Bytes(990, 999));
        assert_eq!(wanted("bytes=1000-", None), Part::Beyond);
        for all in ["bytes=0-1,5-6", "lines=1-2", "bytes", "bytes=x-y", ""] {
            assert_eq!(wanted(all, None), Part::Whole, "{all}");
        }
    }

    #[test]
    fn a_part_goes_to_whoever_has_the_beginning_of_the_same_file_alone() {
        assert_eq!(wanted("bytes=5-", Some("\"a\"")), Part::Bytes(5, 999));
        for other in ["\"b\"", "W/\"a\"", "Sat, 21 Nov 2026 10:00:00 GMT"] {
            assert_eq!(wanted("bytes=5-", Some(other)), Part::Whole, "{other}");
        }
    }
}
