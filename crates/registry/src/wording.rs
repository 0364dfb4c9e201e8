//! What the registry says to those who write it, in their language: refusals, and the words of its plain pages.
//!
//! Each language is a Fluent file under `wording/`; a test holds them to the same messages with the same variables.

use std::sync::OnceLock;

use fluent_bundle::{FluentResource, FluentValue, concurrent::FluentBundle};
use ketnoi_domain::{Coded, Lang};

type Bundle = FluentBundle<FluentResource>;

const SOURCES: [(Lang, &str); 4] = [
    (Lang::Vi, include_str!("wording/vi.ftl")),
    (Lang::En, include_str!("wording/en.ftl")),
    (Lang::Fr, include_str!("wording/fr.ftl")),
    (Lang::De, include_str!("wording/de.ftl")),
];

fn bundle(lang: Lang) -> Option<&'static Bundle> {
    static BUNDLES: OnceLock<Vec<(Lang, Bundle)>> = OnceLock::new();
    let bundles = BUNDLES.get_or_init(|| SOURCES.iter().filter_map(|(l, s)| Some((*l, read(*l, s)?))).collect());
    bundles.iter().find(|(l, _)| *l == lang).map(|(_, b)| b)
}

fn read(lang: Lang, source: &str) -> Option<Bundle> {
    let mut bundle = FluentBundle::new_concurrent(vec![lang.code().parse().ok()?]);
    // Marks of direction around every word would end up in the text that clients compare.
    bundle.set_use_isolating(false);
    bundle.add_resource(FluentResource::try_new(source.to_owned()).ok()?).ok()?;
    Some(bundle)
}

/// A message. One that a language lacks is said in English, and one that is nowhere by its key: a refusal must never fail
/// for want of words.
pub fn say(lang: Lang, key: &str, words: &[(&str, &str)]) -> String {
    let args = words.iter().map(|(name, word)| (*name, FluentValue::from(*word))).collect();
    let told = |lang| {
        let bundle = bundle(lang)?;
        let pattern = bundle.get_message(key)?.value()?;
        Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
    };
    told(lang).or_else(|| told(Lang::En)).unwrap_or_else(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The messages of a file, each with its variables.
    fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut at = String::new();
        for line in source.lines().filter(|l| !l.starts_with('#')) {
            if let Some((key, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '}', '['])) {
                key.clone_into(&mut at);
            }
            let names =
                line.split('$').skip(1).map(|v| v.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect());
            if !at.is_empty() {
                all.entry(at.clone()).or_default().extend(names);
            }
        }
        all
    }

    #[test]
    fn every_language_has_the_same_messages_with_the_same_variables() {
        let english = messages(SOURCES[1].1);
        for (lang, source) in SOURCES {
            assert!(bundle(lang).is_some(), "{lang:?} cannot be read");
            assert_eq!(messages(source), english, "{lang:?}");
        }
    }

    #[test]
    fn a_message_is_said_in_the_language_asked_for() {
        assert_ne!(say(Lang::Vi, "key-reused", &[]), say(Lang::En, "key-reused", &[]));
        assert_eq!(say(Lang::Fr, "no-such-message", &[]), "no-such-message");
    }
}
