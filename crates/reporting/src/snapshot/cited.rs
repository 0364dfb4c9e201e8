//! A snapshot that was narrowed says nothing of sources that only the rest of it named.

use std::collections::BTreeSet;

use ketnoi_domain::{Coded as _, Lang, Text};
use serde_json::Value;

use super::Snapshot;

impl Snapshot {
    /// Lets go of statements on parts that are no longer here, then of documents that nothing names any more. Documents are
    /// numbered by their order: those that are left are numbered anew.
    pub fn keep_cited(&mut self) {
        let parts = self.parts();
        self.statements.retain(|s| parts.contains(&s.subject));
        // Whatever names a document calls it `source` or `sources`. A walk over the snapshot as it is stored also finds what a
        // struct gains later; one that cannot be stored keeps all its documents.
        let Ok(stored) = serde_json::to_value(&*self) else { return };
        let mut cited = BTreeSet::new();
        gather(&stored, &mut cited);
        self.documents.retain(|d| cited.contains(&d.key));
    }

    /// What statements call the parts that are here. The programme itself has no name in them.
    fn parts(&self) -> Vec<Text> {
        let mut all: Vec<Text> = self.programme.iter().map(|_| Text::default()).collect();
        all.extend(self.participations.iter().map(|p| p.name.clone()));
        all.extend(self.agreements.iter().map(|a| a.title.clone()));
        let references = self.agreements.iter().filter_map(|a| a.reference.as_deref());
        all.extend(references.chain(self.agreements.iter().map(|a| a.code.as_str())).map(everywhere));
        all.extend(self.events.iter().map(|e| e.title.clone()));
        all.extend(self.events.iter().flat_map(|e| &e.sessions).map(|s| s.title.clone()));
        all.extend(self.events.iter().flat_map(|e| &e.delegations).map(|d| d.title.clone()));
        all.extend(self.replications.iter().flat_map(|r| [r.title.clone(), r.practice.clone()]));
        all.extend(self.dialogues.iter().map(|d| d.title.clone()));
        all.extend(self.recommendations.iter().map(|r| r.title.clone()));
        all.extend(self.recommendations.iter().flat_map(|r| &r.actions).map(|a| a.title.clone()));
        all.extend(self.road_maps.iter().map(|m| m.title.clone()));
        all.retain(|t| !t.is_empty() || self.programme.is_some());
        all
    }
}

/// A text that reads the same in every language, as the registry gives what has no language.
fn everywhere(text: &str) -> Text {
    Lang::ALL.iter().map(|lang| (*lang, text)).collect()
}

fn gather(value: &Value, cited: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("source", Value::String(key)) => {
                        cited.insert(key.clone());
                    }
                    ("sources", Value::Array(keys)) => cited.extend(keys.iter().filter_map(Value::as_str).map(str::to_owned)),
                    _ => gather(value, cited),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|v| gather(v, cited)),
        _ => {}
    }
}
