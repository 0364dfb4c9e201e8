//! Puts the root of an answer into the shape that was asked for.
//!
//! The executor resolves root fields side by side and writes them in the order in which they finish, so the same question
//! could give different bytes on each run. It also leaves out a root field that failed. The specification wants the order
//! of the document, null for a failed field, and null for everything if the field cannot be null.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, Selection, SelectionSet};
use async_graphql::{Name, PathSegment, Response, Value};

use super::model::{Fields, Model};

/// The keys at the root of an answer in the order asked, each with whether it may be null.
#[derive(Debug)]
pub(super) struct Roots(Vec<(Name, bool)>);

impl Roots {
    /// Collects the keys; `shape::check` has bounded how many there can be.
    pub(super) fn of(model: &Model, document: &ExecutableDocument, operation: &OperationDefinition) -> Self {
        let mut keys = Vec::new();
        collect(model.fields(model.root(operation.ty)), document, &operation.selection_set.node, &mut keys);
        Self(keys)
    }

    /// Rearranges a response that has been executed.
    pub(super) fn arrange(&self, response: &mut Response) {
        let mut found = match std::mem::take(&mut response.data) {
            Value::Object(found) if response.errors.is_empty() && found.keys().eq(self.0.iter().map(|(key, _)| key)) => {
                response.data = Value::Object(found);
                return;
            }
            Value::Object(found) => found,
            // The executor gives null where nothing was resolved, be it that all failed or that all was skipped.
            _ => IndexMap::new(),
        };
        let mut arranged = IndexMap::with_capacity(self.0.len());
        for (key, nullable) in &self.0 {
            let failed = || {
                response
                    .errors
                    .iter()
                    .any(|error| matches!(error.path.first(), Some(PathSegment::Field(name)) if name == key.as_str()))
            };
            match found.swap_remove(key) {
                Some(value) => _ = arranged.insert(key.clone(), value),
                None if !failed() => {}
                None if *nullable => _ = arranged.insert(key.clone(), Value::Null),
                None => return,
            }
        }
        response.data = Value::Object(arranged);
    }
}

fn collect(fields: Option<&Fields>, document: &ExecutableDocument, set: &SelectionSet, keys: &mut Vec<(Name, bool)>) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => {
                let key = &field.node.response_key().node;
                if !keys.iter().any(|(known, _)| known == key) {
                    let nullable =
                        fields.and_then(|fields| fields.get(field.node.name.node.as_str())).is_some_and(|field| field.nullable);
                    keys.push((key.clone(), nullable));
                }
            }
            Selection::InlineFragment(inline) => collect(fields, document, &inline.node.selection_set.node, keys),
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    collect(fields, document, &fragment.node.selection_set.node, keys);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::ServerError;
    use async_graphql::parser::parse_query;
    use serde_json::json;

    const SDL: &str = "type Query { a: Int b: Int c: Int! } schema { query: Query }";

    fn arranged(document: &str, data: serde_json::Value, failed: &[&str]) -> String {
        let document = parse_query(document).unwrap();
        let operation = &document.operations.iter().next().unwrap().1.node;
        let mut response = Response::new(Value::from_json(data).unwrap());
        response.errors =
            failed.iter().map(|key| ServerError::new("x", None).with_path(vec![PathSegment::Field((*key).into())])).collect();
        Roots::of(&Model::read(SDL).unwrap(), &document, operation).arrange(&mut response);
        serde_json::to_string(&response.data).unwrap()
    }

    #[test]
    fn keys_come_in_the_order_asked_through_fragments() {
        let document = "{ x: c ...F ... { b } a } fragment F on Query { y: a x: c }";
        assert_eq!(arranged(document, json!({"a": 1, "b": 2, "y": 1, "x": 3}), &[]), r#"{"x":3,"y":1,"b":2,"a":1}"#);
    }

    #[test]
    fn a_failed_field_is_null_where_it_may_be() {
        assert_eq!(arranged("{ a b }", json!({"b": 2}), &["a"]), r#"{"a":null,"b":2}"#);
        assert_eq!(arranged("{ a }", json!(null), &["a"]), r#"{"a":null}"#);
    }

    #[test]
    fn a_failed_field_that_cannot_be_null_takes_everything() {
        assert_eq!(arranged("{ a b c }", json!({"a": 1, "b": 2}), &["c"]), "null");
    }

    #[test]
    fn a_skipped_field_is_absent() {
        assert_eq!(arranged("{ b a @skip(if: true) }", json!({"b": 2}), &[]), r#"{"b":2}"#);
        assert_eq!(arranged("{ a @skip(if: true) }", json!(null), &[]), "{}");
    }
}
