//! Documents that were parsed before: clients send the same few again and again, and to copy what the parser made of one is
//! cheaper than to parse it anew.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::parser::types::ExecutableDocument;
use async_graphql::parser::{Error, parse_query};

/// How much text of documents is remembered. What is made of it may take a hundred times as much.
const ROOM: usize = 64 * 1024;
/// No longer document is remembered, lest one pushes out many.
const LONGEST: usize = ROOM / 16;

/// A parser that remembers.
#[derive(Debug, Default)]
pub(super) struct Documents(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    documents: HashMap<String, Arc<ExecutableDocument>>,
    used: usize,
}

impl Documents {
    /// The document of a text.
    pub(super) fn parse(&self, text: &str) -> Result<ExecutableDocument, Error> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).documents.get(text).cloned();
        if let Some(document) = known {
            return Ok(ExecutableDocument::clone(&document));
        }
        let document = parse_query(text)?;
        if text.len() <= LONGEST {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).remember(text, &document);
        }
        Ok(document)
    }
}

impl Known {
    /// Past its room the oldest knowledge is dropped as a whole: what is still asked comes back with its next question.
    fn remember(&mut self, text: &str, document: &ExecutableDocument) {
        if self.used + text.len() > ROOM {
            *self = Self::default();
        }
        if self.documents.insert(text.to_owned(), Arc::new(document.clone())).is_none() {
            self.used += text.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_the_same_when_it_is_remembered() {
        let documents = Documents::default();
        let parse = || format!("{:?}", documents.parse("query A($n: Int) { a(first: $n) { b } }").unwrap());
        assert_eq!(parse(), parse());
        assert_eq!(documents.0.lock().unwrap().documents.len(), 1);
        assert!(documents.parse("{ ?").is_err());
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let documents = Documents::default();
        for n in 0..20_000 {
            documents.parse(&format!("{{ a{n} }}")).unwrap();
        }
        documents.parse(&format!("{{ {} }}", "a ".repeat(LONGEST))).unwrap();
        let known = documents.0.lock().unwrap();
        assert!(known.used <= ROOM);
        assert_eq!(known.used, known.documents.keys().map(String::len).sum::<usize>());
    }
}
