//! The cost of an operation, known before it runs.
//!
//! - A scalar or an enumeration costs nothing: it comes with its object.
//! - An object costs 1 and what is asked of it.
//! - A connection costs 1 and, for each thing on its page, what is asked below `nodes` or `edges`. The page is `first` or
//!   `last`, else the schema's default, else 20; more than 100 counts as 100, which is the most that a page can hold.
//! - A list counts as many things as its argument `first`, `last` or `ids` says, else 10.
//!
//! Selections of different types in a union or interface are added up, and `@skip` and `@include` are not looked at: the
//! figure is the most that the operation can cost. `__schema` costs 1,000 and `__type` 100, whatever is asked of them: the
//! schema is large, and otherwise twenty aliases of it would be free.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet};
use async_graphql::{Name, Value, Variables};

use super::model::{FieldModel, Fields, Many, Model};

/// What a list of unknown length counts as.
const UNKNOWN_LENGTH: u64 = 10;
/// The most that one page holds.
const LARGEST_PAGE: u64 = 100;
const WHOLE_SCHEMA: u64 = 1_000;
const ONE_TYPE: u64 = 100;

/// The cost of an operation with these variables. The document has passed `shape::check`, so no fragment spreads itself.
pub(super) fn cost(model: &Model, document: &ExecutableDocument, operation: &OperationDefinition, variables: &Variables) -> u64 {
    let mut estimate = Estimate { model, document, operation, variables, fragments: HashMap::new() };
    let root = model.root(operation.ty);
    let cost = estimate.selection_set(root, &operation.selection_set.node);
    // A mutation is work even when nothing is asked of its payload.
    cost.once.saturating_add(u64::from(operation.ty == OperationType::Mutation))
}

/// A cost in two parts. Below a connection some fields are paid once and others for each thing on the page, and a
/// fragment does not know the page it will be spread in.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    once: u64,
    each: u64,
}

struct Estimate<'a> {
    model: &'a Model,
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    fragments: HashMap<&'a str, Cost>,
}

impl<'a> Estimate<'a> {
    fn selection_set(&mut self, of: &str, set: &'a SelectionSet) -> Cost {
        let model = self.model;
        let fields = model.fields(of);
        let connection = of.ends_with("Connection");
        let mut sum = Cost::default();
        for item in &set.items {
            let below = match &item.node {
                Selection::Field(field) => self.field(fields, connection, &field.node),
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref().map_or(of, |condition| condition.node.on.node.as_str());
                    self.selection_set(on, &inline.node.selection_set.node)
                }
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node),
            };
            sum.once = sum.once.saturating_add(below.once);
            sum.each = sum.each.saturating_add(below.each);
        }
        sum
    }

    fn fragment(&mut self, name: &str) -> Cost {
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else { return Cost::default() };
        if let Some(known) = self.fragments.get(name.as_str()) {
            return *known;
        }
        let cost = self.selection_set(&fragment.node.type_condition.node.on.node, &fragment.node.selection_set.node);
        self.fragments.insert(name, cost);
        cost
    }

    fn field(&mut self, fields: Option<&Fields>, in_connection: bool, field: &'a Field) -> Cost {
        let name = field.name.node.as_str();
        match name {
            "__schema" => return Cost { once: WHOLE_SCHEMA, each: 0 },
            "__type" => return Cost { once: ONE_TYPE, each: 0 },
            _ => {}
        }
        // A field that does not exist is left to the validator.
        let Some(known) = fields.and_then(|fields| fields.get(name)).filter(|known| known.composite) else {
            return Cost::default();
        };
        let below = self.selection_set(&known.of, &field.selection_set.node);
        if in_connection && name == "edges" {
            // The edge itself is free, so `edges { node }` costs what `nodes` does.
            return Cost { once: 0, each: below.once };
        }
        if in_connection && name == "nodes" {
            return Cost { once: 0, each: below.once.saturating_add(1) };
        }
        let count = self.count(known, field);
        let once = if known.of.ends_with("Connection") {
            1_u64.saturating_add(below.once).saturating_add(below.each.saturating_mul(count))
        } else {
            below.once.saturating_add(1).saturating_mul(count)
        };
        Cost { once, each: 0 }
    }

    /// How many things a field will return at most.
    fn count(&self, known: &FieldModel, field: &Field) -> u64 {
        match known.many {
            Many::One => 1,
            Many::List => UNKNOWN_LENGTH,
            Many::Page(default) => {
                let size = |name: &str| match self.argument(field, name) {
                    Some(Value::Number(number)) => number.as_u64(),
                    _ => None,
                };
                size("first").max(size("last")).unwrap_or(default).min(LARGEST_PAGE)
            }
            Many::Ids => match self.argument(field, "ids") {
                Some(Value::List(ids)) => ids.len() as u64,
                Some(_) => 1,
                None => UNKNOWN_LENGTH,
            },
        }
    }

    /// An argument's value, with the variables and their defaults put in.
    fn argument(&self, field: &Field, name: &str) -> Option<Value> {
        let variable = |name: Name| {
            let definition = || self.operation.variable_definitions.iter().find(|d| d.node.name.node == name);
            let default = || definition()?.node.default_value.as_ref().map(|value| value.node.clone());
            self.variables.get(&name).cloned().or_else(default).ok_or(())
        };
        field.get_argument(name)?.node.clone().into_const_with(variable).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    const SDL: &str = "
        type Query {
            programmes(first: Int, last: Int, after: String): ProgrammeConnection!
            wide(first: Int! = 50): ProgrammeConnection!
            programme(code: String!): Programme
            nodes(ids: [ID!]!): [Node]!
            search(first: Int): [Programme!]!
            __typename: String
        }
        type Mutation { publish(code: String!): Payload! ping: Boolean! }
        type Payload { programme: Programme }
        interface Node { id: ID! }
        type ProgrammeConnection { edges: [ProgrammeEdge!]! nodes: [Programme!]! pageInfo: PageInfo! totalCount: Int! }
        type ProgrammeEdge { cursor: String! node: Programme! }
        type PageInfo { hasNextPage: Boolean! }
        type Programme implements Node { id: ID! title: String! lead: Organisation documents: [Document!]! tags: [String!]!
            funders(first: Int): OrganisationConnection! }
        type OrganisationConnection { nodes: [Organisation!]! }
        type Organisation { name: String! }
        type Document { title: String! }
        schema { query: Query mutation: Mutation }";

    fn cost_of(document: &str, variables: serde_json::Value) -> u64 {
        let document = parse_query(document).unwrap();
        let operation = &document.operations.iter().next().unwrap().1.node;
        cost(&Model::read(SDL).unwrap(), &document, operation, &Variables::from_json(variables))
    }

    fn plain(document: &str) -> u64 {
        cost_of(document, serde_json::Value::Null)
    }

    #[test]
    fn scalars_are_free_and_objects_cost_one() {
        assert_eq!(plain("{ __typename }"), 0);
        assert_eq!(plain("{ programme(code: \"a\") { id title tags } }"), 1);
        assert_eq!(plain("{ programme(code: \"a\") { lead { name } } }"), 2);
    }

    #[test]
    fn a_connection_multiplies_its_page() {
        assert_eq!(plain("{ programmes(first: 50) { nodes { title } } }"), 51);
        assert_eq!(plain("{ programmes(first: 50) { nodes { title funders(first: 3) { nodes { name } } } } }"), 1 + 50 * (1 + 4));
        assert_eq!(plain("{ programmes(last: 7) { totalCount pageInfo { hasNextPage } nodes { title } } }"), 1 + 1 + 7);
    }

    #[test]
    fn edges_cost_what_nodes_do() {
        assert_eq!(plain("{ programmes(first: 50) { edges { cursor node { lead { name } } } } }"), 101);
        assert_eq!(plain("{ programmes(first: 50) { nodes { lead { name } } } }"), 101);
    }

    #[test]
    fn the_page_comes_from_the_literal_the_variable_its_default_or_the_schema() {
        let document = "query($n: Int = 5) { programmes(first: $n) { nodes { title } } }";
        assert_eq!(cost_of(document, serde_json::json!({"n": 30})), 31);
        assert_eq!(plain(document), 6);
        assert_eq!(plain("query($n: Int) { programmes(first: $n) { nodes { title } } }"), 21);
        assert_eq!(plain("{ programmes { nodes { title } } }"), 21);
        assert_eq!(plain("{ wide { nodes { title } } }"), 51);
        assert_eq!(plain("{ programmes(first: 1000000) { nodes { title } } }"), 101);
        assert_eq!(plain("{ programmes(first: -1) { nodes { title } } }"), 21);
    }

    #[test]
    fn lists_count_what_is_known_of_their_length() {
        assert_eq!(plain("{ programme(code: \"a\") { documents { title } } }"), 11);
        assert_eq!(plain("{ nodes(ids: [\"a\", \"b\", \"c\"]) { id } }"), 3);
        assert_eq!(cost_of("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", serde_json::json!({"ids": ["a", "b"]})), 2);
        assert_eq!(plain("{ search(first: 4) { lead { name } } }"), 8);
    }

    #[test]
    fn a_fragment_costs_what_it_costs_where_it_is_spread() {
        let fragment = "fragment F on ProgrammeConnection { totalCount nodes { lead { name } } }";
        assert_eq!(
            plain(&format!("{{ a: programmes(first: 10) {{ ...F }} b: programmes(first: 2) {{ ...F }} }} {fragment}")),
            21 + 5
        );
        assert_eq!(plain("{ nodes(ids: [\"a\"]) { ... on Programme { lead { name } } } }"), 2);
    }

    #[test]
    fn introspection_is_not_free() {
        assert_eq!(plain("{ __schema { types { name } } __type(name: \"T\") { fields { name } } }"), 1_100);
    }

    #[test]
    fn a_mutation_costs_one_more() {
        assert_eq!(plain("mutation { ping }"), 1);
        assert_eq!(plain("mutation { publish(code: \"a\") { programme { id } } }"), 3);
    }

    #[test]
    fn fragments_that_double_each_other_neither_hang_nor_overflow() {
        let doubling: String =
            (0..200).map(|i| format!("fragment F{i} on Programme {{ lead {{ name }} ...F{} ...F{} }} ", i + 1, i + 1)).collect();
        let document =
            format!("{{ programmes(first: 100) {{ nodes {{ ...F0 }} }} }} {doubling} fragment F200 on Programme {{ id }}");
        assert_eq!(plain(&document), u64::MAX);
    }
}
