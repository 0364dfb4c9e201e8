//! What sources say of a record: those behind it as a whole, figures, statements on its properties.

use std::collections::HashMap;

use ketnoi_domain::{Coded, Document, Qualifier, StatedFigure, Statement, Text};
use toml::Spanned;

use super::{Builder, Owner};
use crate::import::shape::{Listed, Ref, StatedShape, StatementShape};

impl Builder<'_> {
    /// What sources say of a record: those behind it as a whole, figures, statements on its properties.
    pub(super) fn said(
        &mut self,
        of: &Owner,
        own: &[Ref],
        default: &[Ref],
        figures: &Listed<StatedShape>,
        statements: &Listed<StatementShape>,
    ) {
        self.sources(of, own, default);
        self.statements(of, statements);
        let kind = of.subject.kind.name();
        for figure in figures {
            let s = figure.get_ref();
            let Some((document, limit)) = self.find::<Document>(&s.source) else { continue };
            let as_of = s.as_of.map(|d| format!(":{d}")).unwrap_or_default();
            let limited = Owner { effective: of.effective.min(limit), ..of.clone() };
            let part = format!("{kind}:{}:{}{as_of}", s.measure, s.source.get_ref());
            let Some(head) = self.part(&limited, part, figure.span()) else { continue };
            let record = StatedFigure {
                head,
                subject: of.subject,
                measure: s.measure.clone(),
                label: s.label.clone(),
                value: s.value,
                qualifier: s.qualifier.unwrap_or(Qualifier::Exact),
                as_of: s.as_of,
                document,
            };
            self.keep(figure.span(), record, |b| &mut b.figures);
        }
    }

    pub(super) fn sources(&mut self, of: &Owner, own: &[Ref], default: &[Ref]) {
        let kind = of.subject.kind.name();
        for source in if own.is_empty() { default } else { own } {
            let Some((document, limit)) = self.find::<Document>(source) else { continue };
            let limited = Owner { effective: of.effective.min(limit), ..of.clone() };
            let Some(head) = self.part(&limited, format_args!("{kind}:{}", source.get_ref()), source.span()) else { continue };
            let record = Statement {
                head,
                subject: of.subject,
                property: None,
                value: Text::default(),
                raw: None,
                current: true,
                document,
                locator: None,
                stated: None,
                note: Text::default(),
            };
            self.keep(source.span(), record, |b| &mut b.statements);
        }
    }

    pub(super) fn statements(&mut self, of: &Owner, all: &Listed<StatementShape>) {
        let kind = of.subject.kind.name();
        let mut count: HashMap<(String, String), usize> = HashMap::new();
        for statement in all {
            let s = statement.get_ref();
            let Some((document, limit)) = self.find::<Document>(&s.source) else { continue };
            let limited = Owner { effective: of.effective.min(limit), ..of.clone() };
            let n = count.entry((s.property.clone(), s.source.get_ref().clone())).or_insert(0);
            *n += 1;
            let part = format!("{kind}:{}:{}:{n}", s.property, s.source.get_ref());
            let Some(head) = self.part(&limited, part, statement.span()) else { continue };
            let record = Statement {
                head,
                subject: of.subject,
                property: Some(s.property.clone()),
                value: s.value.clone(),
                raw: s.raw.clone(),
                current: s.current,
                document,
                locator: s.locator.clone(),
                stated: s.stated,
                note: s.note.clone(),
            };
            self.keep(statement.span(), record, |b| &mut b.statements);
        }
        let mut current: HashMap<&str, usize> = HashMap::new();
        for s in all.iter().map(Spanned::get_ref).filter(|s| s.current) {
            *current.entry(s.property.as_str()).or_insert(0) += 1;
        }
        if let Some((property, _)) = current.into_iter().find(|(_, n)| *n > 1) {
            let message =
                format!("{} `{}`: several statements on {property} are current: mark one", kind.replace('_', " "), of.code);
            self.problem(all.first().map(Spanned::span).unwrap_or_default(), message);
        }
    }
}
