//! Wording: every word that is printed and does not come from the registry, from the Fluent files in `reports/wording`.

use std::{cell::RefCell, collections::BTreeSet};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use ketnoi_domain::{Coded, Lang};

use crate::{ReportError, shelf::Shelf};

/// `NUMBER($day)` in a message: figures that came as words, as a number that a selector can tell apart. What is no whole
/// number stays as it is.
fn counted<'a>(positional: &[FluentValue<'a>], _named: &FluentArgs<'_>) -> FluentValue<'a> {
    match positional.first() {
        Some(FluentValue::String(figures)) => {
            figures.parse::<u64>().map_or_else(|_| FluentValue::String(figures.clone()), FluentValue::from)
        }
        Some(value) => value.clone(),
        None => FluentValue::Error,
    }
}

/// The words of one language.
pub(crate) struct Wording {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
    /// The messages that were asked for and are not there, or do not work; a report with any of them is not printed.
    missing: RefCell<BTreeSet<String>>,
}

impl Wording {
    /// Reads a language's file.
    pub(crate) fn load(shelf: &Shelf, lang: Lang) -> Result<Self, ReportError> {
        let path = format!("wording/{}.ftl", lang.code());
        let none = || ReportError::NoWording { lang, known: shelf.names("wording", "ftl").join(", ") };
        let text = shelf.text(&path)?.ok_or_else(none)?;
        let wrong = |reason: String| ReportError::File { file: path.clone(), reason };
        let resource = FluentResource::try_new(text.into_owned()).map_err(|(resource, errors)| {
            let lines = errors.iter().map(|e| {
                let line = resource.source()[..e.pos.start.min(resource.source().len())].matches('\n').count() + 1;
                format!("line {line}: {}", e.kind)
            });
            wrong(lines.collect::<Vec<_>>().join("; "))
        })?;
        let locale = lang.code().parse().map_err(|e| wrong(format!("{e}")))?;
        let mut bundle = FluentBundle::new(vec![locale]);
        // Marks of direction around every figure would end up in the text that readers copy.
        bundle.set_use_isolating(false);
        bundle.add_function("NUMBER", counted).map_err(|e| wrong(e.to_string()))?;
        bundle
            .add_resource(resource)
            .map_err(|errors| wrong(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))?;
        Ok(Self { lang, bundle, missing: RefCell::default() })
    }

    /// The language.
    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    /// A message, if it is there.
    pub(crate) fn find(&self, key: &str) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, None, &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }

    /// A message.
    pub(crate) fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A message with figures or names in it.
    pub(crate) fn say_with(&self, key: &str, words: &[(&str, &str)]) -> String {
        let args = words.iter().map(|(name, word)| (*name, FluentValue::from(*word))).collect();
        self.format(key, &args)
    }

    /// A message that depends on a count, which is also printed.
    pub(crate) fn count(&self, key: &str, count: usize) -> String {
        let mut args = FluentArgs::new();
        args.set("count", count as u64);
        self.format(key, &args)
    }

    fn format(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let pattern = self.bundle.get_message(key).and_then(|m| m.value());
        let mut errors = Vec::new();
        let text = pattern.map(|p| self.bundle.format_pattern(p, Some(args), &mut errors).into_owned());
        match text {
            Some(text) if errors.is_empty() => text,
            _ => {
                self.missing.borrow_mut().insert(key.to_owned());
                format!("⟦{key}⟧")
            }
        }
    }

    /// Refuses a report whose words were not all there.
    pub(crate) fn check(&self) -> Result<(), ReportError> {
        let missing = self.missing.borrow();
        if missing.is_empty() {
            return Ok(());
        }
        let keys = missing.iter().cloned().collect::<Vec<_>>().join(", ");
        Err(ReportError::Wording { lang: self.lang.code().to_owned(), keys })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brand::{Brand, NEUTRAL};
    use ketnoi_domain::{
        AdvocacyKind, AdvocacyStatus, AmendmentKind, AuthorityLevel, DialogueStatus, Dimension, DocumentCategory, EventKind,
        Likelihood, MomentKind, NarrativeSection, OrganisationType, OutcomeKind, ParticipantCategory, PartnershipKind,
        PartnershipStatus, ProgrammeLevel, ProgrammeStatus, PublicRoleKind, Qualifier, RateRule, RecommendationStatus,
        RelationType, ReplicationStage, ResultLevel, RiskStatus, Role, Secrecy, SessionFormat, StepStatus, SuccessionKind,
        TieRule, TransactionType,
    };
    use std::collections::BTreeMap;

    /// The messages of a language with what each says, further lines included.
    fn messages(lang: &str) -> BTreeMap<String, String> {
        let text = Shelf::builtin().text(&format!("wording/{lang}.ftl")).unwrap().unwrap().into_owned();
        let mut messages: BTreeMap<String, String> = BTreeMap::new();
        let mut last = String::new();
        for line in text.lines() {
            match line.split_once(" =") {
                Some((key, said)) if key.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    key.clone_into(&mut last);
                    assert!(messages.insert(last.clone(), said.to_owned()).is_none(), "{lang} has {key} twice");
                }
                _ if line.starts_with([' ', '}']) => {
                    let said = messages.get_mut(&last).unwrap();
                    said.push('\n');
                    said.push_str(line);
                }
                _ => {}
            }
        }
        messages
    }

    fn keys(lang: &str) -> BTreeSet<String> {
        messages(lang).into_keys().collect()
    }

    /// The names of the values that a message takes.
    fn variables(said: &str) -> BTreeSet<&str> {
        let name = |rest: &str| rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
        said.split('$').skip(1).map(|rest| &rest[..name(rest)]).collect()
    }

    #[test]
    fn every_language_has_the_same_messages() {
        let shelf = Shelf::builtin();
        let languages: Vec<&str> = Lang::ALL.iter().map(|l| l.code()).collect();
        let mut names = shelf.names("wording", "ftl");
        names.retain(|name| !languages.contains(&name.as_str()));
        assert!(names.is_empty(), "no languages of the registry: {names:?}");
        let english = keys("en");
        for lang in languages {
            let other = keys(lang);
            let differ: Vec<_> = english.symmetric_difference(&other).collect();
            assert!(differ.is_empty(), "en and {lang} differ in {differ:?}");
        }
    }

    #[test]
    fn a_message_takes_the_same_values_in_every_language() {
        // A date is written with what its language writes of it.
        let dated = BTreeSet::from(["year", "mm", "month", "dd", "day"]);
        let english = messages("en");
        for lang in Lang::ALL {
            for (key, said) in &messages(lang.code()) {
                let (own, expected) = (variables(said), variables(&english[key]));
                if ["date-day", "date-month"].contains(&key.as_str()) {
                    assert!(own.contains("year") && own.is_subset(&dated), "{} {key}: {own:?}", lang.code());
                } else if key.starts_with("date-") {
                    assert!(own.is_subset(&dated), "{} {key}: {own:?}", lang.code());
                } else {
                    assert_eq!(own, expected, "{} {key}", lang.code());
                }
            }
        }
    }

    #[test]
    fn every_message_works_and_every_plural_has_the_forms_of_its_language() {
        for lang in Lang::ALL {
            let wording = Wording::load(&Shelf::builtin(), *lang).unwrap();
            // French has a form of its own for whole millions too, which no count here comes to.
            let forms = if *lang == Lang::Vi { BTreeSet::from(["other"]) } else { BTreeSet::from(["one", "other"]) };
            for (key, said) in &messages(lang.code()) {
                let values: Vec<_> = variables(said).into_iter().map(|name| (name, "1")).collect();
                assert!(!wording.say_with(key, &values).trim().is_empty(), "{} {key} says nothing", lang.code());
                for variants in said.split("->").skip(1) {
                    let named = variants.lines().filter_map(|line| {
                        line.trim_start().trim_start_matches('*').strip_prefix('[')?.split_once(']').map(|(form, _)| form.trim())
                    });
                    let named: BTreeSet<&str> = named.collect();
                    if ["zero", "one", "two", "few", "many"].iter().any(|form| named.contains(form)) {
                        assert_eq!(named, forms, "{} {key}", lang.code());
                    }
                }
            }
            assert!(wording.check().is_ok(), "{:?}", wording.check().err());
        }
    }

    #[test]
    fn dates_and_counts_are_written_as_their_readers_write_them() {
        let dated = |lang: Lang, day: &str| {
            let wording = Wording::load(&Shelf::builtin(), lang).unwrap();
            let (month, dd) = (wording.say("month-9"), format!("{day:0>2}"));
            let values = [("year", "2011"), ("mm", "09"), ("month", month.as_str()), ("dd", dd.as_str()), ("day", day)];
            wording.say_with("date-day", &values)
        };
        assert_eq!(dated(Lang::Vi, "1"), "01/09/2011");
        assert_eq!(dated(Lang::En, "1"), "1 September 2011");
        assert_eq!(dated(Lang::Fr, "1"), "1er\u{A0}septembre 2011");
        assert_eq!(dated(Lang::Fr, "27"), "27\u{A0}septembre 2011");
        assert_eq!(dated(Lang::De, "27"), "27.\u{A0}September 2011");
        let counted = |lang: Lang, n| Wording::load(&Shelf::builtin(), lang).unwrap().count("count-places", n);
        assert_eq!([0, 1, 2].map(|n| counted(Lang::Fr, n)), ["0 lieu", "1 lieu", "2 lieux"]);
        assert_eq!([0, 1, 2].map(|n| counted(Lang::De, n)), ["0 Orte", "1 Ort", "2 Orte"]);
        assert_eq!([0, 1, 2].map(|n| counted(Lang::En, n)), ["0 places", "1 place", "2 places"]);
    }

    #[test]
    fn every_brand_speaks_every_language() {
        let shelf = Shelf::builtin();
        for name in shelf.names("brands", "toml").iter().filter(|name| *name != NEUTRAL) {
            let brand = Brand::load(&shelf, name).unwrap();
            for lang in Lang::ALL {
                for text in [&brand.acknowledgement, &brand.disclaimer, &brand.co_funding] {
                    assert!(text.get(*lang).is_some(), "{name} lacks a text in {}: {text:?}", lang.code());
                }
            }
        }
    }

    #[test]
    fn every_value_of_every_closed_list_has_a_word() {
        fn list<T: Coded>(prefix: &str) -> Vec<String> {
            T::ALL.iter().map(|v| format!("{prefix}-{}", v.name())).collect()
        }
        let lists = [
            list::<AdvocacyKind>("advocacy"),
            list::<AdvocacyStatus>("advocacy-status"),
            list::<AmendmentKind>("amendment"),
            list::<AuthorityLevel>("authority"),
            list::<DialogueStatus>("dialogue-status"),
            list::<Dimension>("dimension"),
            list::<DocumentCategory>("document"),
            list::<EventKind>("event"),
            list::<Likelihood>("likelihood"),
            list::<NarrativeSection>("narrative"),
            list::<MomentKind>("moment"),
            list::<OrganisationType>("organisation"),
            list::<OutcomeKind>("outcome"),
            list::<ParticipantCategory>("participants"),
            list::<PartnershipKind>("partnership"),
            list::<PartnershipStatus>("partnership-status"),
            list::<ProgrammeLevel>("level"),
            list::<ProgrammeStatus>("status"),
            list::<PublicRoleKind>("public-role"),
            list::<Qualifier>("qualifier"),
            list::<RateRule>("rate-rule"),
            list::<RecommendationStatus>("recommendation"),
            list::<RelationType>("relation"),
            list::<ReplicationStage>("stage"),
            list::<ResultLevel>("result"),
            list::<RiskStatus>("risk-status"),
            list::<Role>("role"),
            list::<Secrecy>("secrecy"),
            list::<SessionFormat>("format"),
            list::<StepStatus>("step"),
            list::<SuccessionKind>("succession"),
            list::<TieRule>("tie"),
            list::<TransactionType>("transaction"),
            list::<Lang>("lang"),
        ];
        for lang in Lang::ALL {
            let keys = keys(lang.code());
            for key in lists.iter().flatten() {
                assert!(keys.contains(key), "{} lacks {key}", lang.code());
            }
        }
    }

    #[test]
    fn a_missing_message_is_named() {
        let wording = Wording::load(&Shelf::builtin().with("wording/fr.ftl", "unknown = inconnu"), Lang::Fr).unwrap();
        assert_eq!(wording.say("unknown"), "inconnu");
        assert_eq!(wording.say("section-places"), "⟦section-places⟧");
        let error = wording.check().unwrap_err().to_string();
        assert_eq!(error, "reports/wording/fr.ftl lacks or misuses section-places: write these messages there");
    }
}
