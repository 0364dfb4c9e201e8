//! What search and sorting compare, computed here so that every database finds and orders alike.

use std::convert::Infallible;

use icu_collator::{CollatorBorrowed, options::CollatorOptions};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// `text` without case, diacritics and punctuation: "Đà Nẵng" gives "da nang", "Île-de-France" gives "ile de france".
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if !c.is_alphanumeric() {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push(' ');
        }
        match c {
            // Đ and these have no decomposition in Unicode.
            'đ' => out.push('d'),
            'ß' => out.push_str("ss"),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            c => out.push(c),
        }
    }
    out
}

/// Bytes whose order is the Vietnamese order of the texts they are made from.
pub fn sort_key(text: &str) -> Vec<u8> {
    thread_local! {
        static VIETNAMESE: Option<CollatorBorrowed<'static>> =
            CollatorBorrowed::try_new(icu_locale_core::locale!("vi").into(), CollatorOptions::default()).ok();
    }
    let mut key = Vec::with_capacity(text.len() * 2);
    VIETNAMESE.with(|collator| match collator {
        Some(collator) => {
            let Ok::<(), Infallible>(()) = collator.write_sort_key_to(text, &mut key);
        }
        // The data of the Vietnamese order is compiled in; were it missing, folded order is the closest we have.
        None => key.extend_from_slice(fold(text).as_bytes()),
    });
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_finds_what_is_typed_without_accents() {
        for (text, folded) in [
            ("Đà Nẵng", "da nang"),
            ("đô thị", "do thi"),
            ("  Île-de-France ", "ile de france"),
            ("PMI-LED", "pmi led"),
            ("TRÀ VINH", "tra vinh"),
            ("Đa\u{300}", "da"),
            ("%_'\"", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn sort_keys_follow_vietnamese() {
        let mut words = vec!["Đà Nẵng", "Dĩ An", "Điện Biên", "Vinh", "Cần Thơ", "Cao Bằng", "Hải Dương", "Hà Tĩnh"];
        words.sort_by_key(|w| sort_key(w));
        assert_eq!(words, ["Cao Bằng", "Cần Thơ", "Dĩ An", "Đà Nẵng", "Điện Biên", "Hà Tĩnh", "Hải Dương", "Vinh"]);
    }
}
