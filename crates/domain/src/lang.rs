use crate::coded::coded;

coded! {
    /// A language that the registry keeps texts in and answers in.
    pub enum Lang {
        /// Vietnamese.
        Vi = "vi" / "vi",
        /// English.
        En = "en" / "en",
        /// French.
        Fr = "fr" / "fr",
        /// German.
        De = "de" / "de",
    }
}

impl Lang {
    /// The best of our languages for an HTTP `Accept-Language` header, by quality and then by the reader's order.
    pub fn negotiate(header: &str) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';').map(str::trim);
            let tag = pieces.next().unwrap_or_default().to_ascii_lowercase();
            let primary = tag.split('-').next().unwrap_or_default();
            let Some(lang) = <Self as crate::Coded>::from_code(primary) else { continue };
            let quality = pieces.find_map(|p| p.strip_prefix("q=")).map_or(1000, thousandths);
            if quality > 0 && best.is_none_or(|(q, _)| quality > q) {
                best = Some((quality, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }
}

/// A quality value such as `0.8` in thousandths; what cannot be read counts as refused.
fn thousandths(q: &str) -> u16 {
    let (whole, fraction) = q.split_once('.').unwrap_or((q, ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u16>(), digits.parse::<u16>()) {
        (Ok(0), Ok(f)) => f,
        (Ok(1), _) => 1000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readers_first_known_language_of_highest_quality_wins() {
        assert_eq!(Lang::negotiate("th, fr;q=0.8, en-GB;q=0.9"), Some(Lang::En));
        assert_eq!(Lang::negotiate("vi-VN"), Some(Lang::Vi));
        assert_eq!(Lang::negotiate("en;q=0, *"), None);
        assert_eq!(Lang::negotiate(""), None);
    }
}
