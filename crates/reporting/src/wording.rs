//! Wording: every word that is printed and does not come from the registry, from the Fluent files in `reports/wording`.

use std::{cell::RefCell, collections::BTreeSet};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use ketnoi_domain::{Coded, Lang};

use crate::{ReportError, shelf::Shelf};

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
    use ketnoi_domain::{
        AdvocacyKind, AdvocacyStatus, AmendmentKind, AuthorityLevel, DialogueStatus, Dimension, DocumentCategory, EventKind,
        Likelihood, OrganisationType, OutcomeKind, ParticipantCategory, ProgrammeLevel, ProgrammeStatus, Qualifier, RateRule,
        RecommendationStatus, RelationType, ReplicationStage, ResultLevel, RiskStatus, Role, Secrecy, StepStatus, TieRule,
        TransactionType,
    };

    fn keys(lang: &str) -> BTreeSet<String> {
        let text = Shelf::builtin().text(&format!("wording/{lang}.ftl")).unwrap().unwrap().into_owned();
        let key = |line: &str| {
            let (key, _) = line.split_once(" =")?;
            key.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| key.to_owned())
        };
        text.lines().filter_map(key).collect()
    }

    #[test]
    fn every_language_has_the_same_messages() {
        let names = Shelf::builtin().names("wording", "ftl");
        assert!(names.contains(&"vi".into()) && names.contains(&"en".into()));
        let vietnamese = keys("vi");
        for name in names {
            let other = keys(&name);
            let missing: Vec<_> = vietnamese.symmetric_difference(&other).collect();
            assert!(missing.is_empty(), "vi and {name} differ in {missing:?}");
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
            list::<OrganisationType>("organisation"),
            list::<OutcomeKind>("outcome"),
            list::<ParticipantCategory>("participants"),
            list::<ProgrammeLevel>("level"),
            list::<ProgrammeStatus>("status"),
            list::<Qualifier>("qualifier"),
            list::<RateRule>("rate-rule"),
            list::<RecommendationStatus>("recommendation"),
            list::<RelationType>("relation"),
            list::<ReplicationStage>("stage"),
            list::<ResultLevel>("result"),
            list::<RiskStatus>("risk-status"),
            list::<Role>("role"),
            list::<Secrecy>("secrecy"),
            list::<StepStatus>("step"),
            list::<TieRule>("tie"),
            list::<TransactionType>("transaction"),
            list::<Lang>("lang"),
        ];
        for lang in [Lang::Vi, Lang::En] {
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
