//! What the registry says to those who write it, in their language: refusals, and the words of its plain pages.
//!
//! Each language is a Fluent file under `wording/`; a test holds them to the same messages with the same variables.

use std::sync::OnceLock;

use fluent_bundle::{FluentResource, FluentValue, concurrent::FluentBundle};
use ketnoi_domain::{Coded, Lang, Rule};

type Bundle = FluentBundle<FluentResource>;

/// Each language: what is said at refusals and on pages, and the rules of the records.
const SOURCES: [(Lang, [&str; 2]); 4] = [
    (Lang::Vi, [include_str!("wording/vi.ftl"), include_str!("wording/rules/vi.ftl")]),
    (Lang::En, [include_str!("wording/en.ftl"), include_str!("wording/rules/en.ftl")]),
    (Lang::Fr, [include_str!("wording/fr.ftl"), include_str!("wording/rules/fr.ftl")]),
    (Lang::De, [include_str!("wording/de.ftl"), include_str!("wording/rules/de.ftl")]),
];

fn bundle(lang: Lang) -> Option<&'static Bundle> {
    static BUNDLES: OnceLock<Vec<(Lang, Bundle)>> = OnceLock::new();
    let bundles = BUNDLES.get_or_init(|| SOURCES.iter().filter_map(|(l, s)| Some((*l, read(*l, *s)?))).collect());
    bundles.iter().find(|(l, _)| *l == lang).map(|(_, b)| b)
}

fn read(lang: Lang, sources: [&str; 2]) -> Option<Bundle> {
    let mut bundle = FluentBundle::new_concurrent(vec![lang.code().parse().ok()?]);
    // Marks of direction around every word would end up in the text that clients compare.
    bundle.set_use_isolating(false);
    for source in sources {
        bundle.add_resource(FluentResource::try_new(source.to_owned()).ok()?).ok()?;
    }
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

/// A broken rule in a language.
pub(crate) fn say_rule(lang: Lang, rule: &Rule) -> String {
    let words: Vec<(&str, &str)> = rule.words.iter().map(|(name, word)| (*name, word.as_str())).collect();
    match (rule.key(), say(lang, &rule.key(), &words)) {
        // A rule that has no translation yet is told by its own sentence.
        (key, told) if key == told => rule.to_string(),
        (_, told) => told,
    }
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
        let english = messages(&SOURCES[1].1.concat());
        for (lang, sources) in SOURCES {
            assert!(bundle(lang).is_some(), "{lang:?} cannot be read");
            assert_eq!(messages(&sources.concat()), english, "{lang:?}");
        }
    }

    #[test]
    fn every_rule_of_the_records_has_its_words() {
        let domain = concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/src");
        let sources = std::fs::read_dir(domain).unwrap().filter_map(|f| std::fs::read_to_string(f.unwrap().path()).ok());
        let source = sources.collect::<Vec<_>>().join("\n");
        // What follows the closure of each `require` up to its first text is the sentence of the rule.
        let told = source.split("require(").skip(1).filter_map(|rest| {
            let rest = &rest[rest.find("||")?..];
            let rest = &rest[..rest.find(';')?];
            rest.split('"').nth(1)
        });
        let told: BTreeSet<&str> = told.filter(|sentence| sentence.contains(' ')).collect();
        assert!(told.len() > 80, "the rules are found in the source: {}", told.len());
        for sentence in told {
            let words = sentence.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
            let key = words.fold("rule".to_owned(), |key, word| key + "-" + &word.to_ascii_lowercase());
            assert!(bundle(Lang::Vi).is_some_and(|b| b.has_message(&key)), "`{sentence}` has no words under {key}");
        }
    }

    #[test]
    fn a_message_is_said_in_the_language_asked_for() {
        assert_ne!(say(Lang::Vi, "key-reused", &[]), say(Lang::En, "key-reused", &[]));
        assert_eq!(say(Lang::Fr, "no-such-message", &[]), "no-such-message");
    }
}
