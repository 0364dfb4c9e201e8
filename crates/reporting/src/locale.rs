//! Numbers as readers of each language write them.

use ketnoi_domain::{Decimal, Lang};

/// What parts thousands, and what parts the whole from the fraction.
fn marks(lang: Lang) -> (char, char) {
    match lang {
        Lang::Vi | Lang::De => ('.', ','),
        Lang::En => (',', '.'),
        Lang::Fr => ('\u{202F}', ','),
    }
}

/// A number with every digit that it has.
pub(crate) fn number(lang: Lang, n: Decimal) -> String {
    let (group, point) = marks(lang);
    let text = n.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("\u{2212}", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use ketnoi_domain::Coded as _;

    #[test]
    fn numbers_are_written_as_their_readers_write_them() {
        let n = |lang, s: &str| number(lang, s.parse().unwrap());
        assert_eq!(n(Lang::Vi, "1234567.89"), "1.234.567,89");
        assert_eq!(n(Lang::En, "1234567.89"), "1,234,567.89");
        assert_eq!(n(Lang::Fr, "1234567.89"), "1\u{202F}234\u{202F}567,89");
        assert_eq!(n(Lang::De, "-10000000000000"), "\u{2212}10.000.000.000.000");
        assert_eq!(n(Lang::Vi, "999"), "999");
        assert_eq!(n(Lang::Vi, "86514.0845070423"), "86.514,0845070423");
    }

    /// The locales of Unicode's CLDR that our languages stand for; English is British.
    fn locale(lang: Lang) -> icu_locale_core::Locale {
        let tag = if lang == Lang::En { "en-GB" } else { lang.code() };
        tag.parse().unwrap()
    }

    #[test]
    fn numbers_are_those_of_unicodes_own_library() {
        for lang in Lang::ALL.iter().copied() {
            let formatter = icu_decimal::DecimalFormatter::try_new(locale(lang).into(), Default::default()).unwrap();
            for n in ["0", "7", "999", "1000", "1234567.89", "-10000000000000", "86514.0845070423", "0.05"] {
                let theirs = formatter.format(&n.parse::<icu_decimal::input::Decimal>().unwrap()).to_string();
                // Ours has the sign that typographers use.
                assert_eq!(number(lang, n.parse().unwrap()), theirs.replace('-', "\u{2212}"), "{lang:?}");
            }
        }
    }

    #[test]
    fn lists_are_those_of_unicodes_own_library() {
        for lang in Lang::ALL.iter().copied() {
            let wording = crate::wording::Wording::load(&crate::Shelf::builtin(), lang).unwrap();
            let formatter = icu_list::ListFormatter::try_new_and(locale(lang).into(), Default::default()).unwrap();
            let ours = wording.say_with("list-and", &[("most", "A, B"), ("last", "C")]);
            assert_eq!(ours, formatter.format_to_string(["A", "B", "C"].iter()), "{lang:?}");
        }
    }
}
