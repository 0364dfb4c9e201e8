//! The names of codes (sectors, countries, goals, markers, currencies) in the languages of the registry. The codes are the
//! lists' own; the names are ours.

use std::{collections::HashMap, sync::OnceLock};

use ketnoi_domain::Text;

type Lists = HashMap<String, HashMap<String, Text>>;

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    // A test reads the file, so that a mistake in it is found there; here it would leave codes without names.
    LISTS.get_or_init(|| toml::from_str(include_str!("../../../data/codelists.toml")).unwrap_or_default())
}

fn name(list: &str, code: &str) -> Text {
    lists().get(list).and_then(|l| l.get(code)).cloned().unwrap_or_default()
}

/// The name of a DAC purpose code; the empty text where the list has none.
pub fn sector(code: &str) -> Text {
    name("sector", code)
}
/// The name of a country by its ISO 3166-1 code.
pub fn country(code: &str) -> Text {
    name("country", code)
}
/// The short name of a Sustainable Development Goal.
pub fn sdg(code: &str) -> Text {
    name("sdg", code)
}
/// The name of a DAC policy marker.
pub fn policy_marker(code: &str) -> Text {
    name("policy_marker", code)
}
/// The name of a currency by its ISO 4217 code.
pub fn currency(code: &str) -> Text {
    name("currency", code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ketnoi_domain::{Coded, Lang};

    #[test]
    fn every_code_has_a_name_in_every_language() {
        let lists: Lists = toml::from_str(include_str!("../../../data/codelists.toml")).unwrap();
        for (list, codes) in &lists {
            for (code, name) in codes {
                for lang in Lang::ALL {
                    assert!(name.get(*lang).is_some(), "{list} {code} has no name in {}", lang.code());
                }
            }
        }
        for goal in 1..=17 {
            assert!(!sdg(&goal.to_string()).is_empty(), "goal {goal}");
        }
        assert!(!country("VN").is_empty() && !sector("43030").is_empty());
        assert!(!policy_marker("1").is_empty() && !currency("VND").is_empty());
    }
}
