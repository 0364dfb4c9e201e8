//! What sources say of records of any kind, which are given in the order in which a report tells of them.

use std::collections::{HashMap, HashSet};

use ketnoi_domain::{Document, StatedFigure, Statement, Text};
use ketnoi_reporting::{DocumentFacts, StatedFigureFacts, StatementFacts};
use uuid::Uuid;

use super::{order::pieces, records::ById, sources::document};
use crate::{Error, Session};

/// Statements and figures in the order of their subjects, with the documents that the viewer may see. What comes from another
/// document is left out with it.
pub(super) struct Sayings {
    /// What statements call each subject.
    names: HashMap<Uuid, Text>,
    statements: Vec<Statement>,
    figures: Vec<StatedFigure>,
    documents: ById<Document>,
}

impl Sayings {
    /// Reads what sources say of these subjects, each with its name.
    pub(super) async fn read(session: &Session, subjects: Vec<(Uuid, Text)>) -> Result<Self, Error> {
        let ids: Vec<Uuid> = subjects.iter().map(|(id, _)| *id).collect();
        let mut statements: Vec<Statement> = session.all_children(("subject_id", ids.as_slice())).await?;
        let mut figures: Vec<StatedFigure> = session.all_children(("subject_id", ids.as_slice())).await?;
        let cited: Vec<_> = statements.iter().map(|s| s.document).chain(figures.iter().map(|f| f.document)).collect();
        let documents: ById<Document> = session.found(cited.into_iter()).await?;
        let places: HashMap<Uuid, usize> = ids.iter().enumerate().map(|(n, id)| (*id, n)).collect();
        let place = |id: &Uuid| places.get(id).copied();
        statements.retain(|s| documents.contains_key(&s.document));
        figures.retain(|f| documents.contains_key(&f.document));
        // The sources of the whole come before what they say of a property.
        statements.sort_by_cached_key(|s| {
            (place(&s.subject.id), s.property.is_some(), s.property.clone(), !s.current, pieces(s.head.code.as_str()))
        });
        figures.sort_by_cached_key(|f| (place(&f.subject.id), f.measure.clone(), f.as_of, pieces(f.head.code.as_str())));
        Ok(Self { names: subjects.into_iter().collect(), statements, figures, documents })
    }

    /// The keys of the documents that say something of a record.
    pub(super) fn behind(&self, subject: Uuid) -> Vec<String> {
        let mut keys = Vec::new();
        for s in self.statements.iter().filter(|s| s.subject.id == subject) {
            if let Some(key) = self.documents.get(&s.document).map(|d| d.head.code.to_string())
                && !keys.contains(&key)
            {
                keys.push(key);
            }
        }
        keys
    }

    /// The figures that sources state of a record.
    pub(super) fn figures_of(&self, subject: Uuid) -> Vec<StatedFigureFacts> {
        let facts = self.figures.iter().filter(|f| f.subject.id == subject).filter_map(|f| {
            Some(StatedFigureFacts {
                label: f.label.clone(),
                value: f.value,
                qualifier: f.qualifier,
                as_of: f.as_of,
                source: self.documents.get(&f.document)?.head.code.to_string(),
                registered: None,
            })
        });
        facts.collect()
    }

    /// What sources say of single properties.
    pub(super) fn statements(&self) -> Vec<StatementFacts> {
        let facts = self.statements.iter().filter(|s| s.property.is_some()).filter_map(|s| {
            Some(StatementFacts {
                subject: self.names.get(&s.subject.id).cloned().unwrap_or_default(),
                property: s.property.clone(),
                value: s.value.clone(),
                raw: s.raw.clone(),
                current: s.current,
                source: self.documents.get(&s.document)?.head.code.to_string(),
                locator: s.locator.clone(),
                stated: s.stated,
                note: s.note.clone(),
            })
        });
        facts.collect()
    }

    /// All documents in the order of their first use; those that are only attached come last.
    pub(super) fn documents(&self, attached: &[Document]) -> Vec<DocumentFacts> {
        let cited = self.statements.iter().map(|s| s.document).chain(self.figures.iter().map(|f| f.document));
        let cited = cited.filter_map(|id| self.documents.get(&id));
        let mut numbered = HashSet::new();
        cited.chain(attached).filter(|d| numbered.insert(d.head.id)).map(document).collect()
    }
}
